"""Recognise personal data that slipped into a free text.

Mechanism only: it finds patterns and says which kind; what to do about it (block,
hint) is for the caller. Patterns find what has a fixed shape; names need reading.

Guarded by tests/privacy/test_herkenning.py.
"""

from __future__ import annotations

import re

NEGEN_CIJFERS = re.compile(r"(?<!\d)(?:\d[ .\-]?){8}\d(?!\d)")
MAANDEN = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
    "|december"
)
PATRONEN = {
    "EMAIL": re.compile(r"[\w.+\-]+@[\w\-]+\.[\w.\-]+"),
    "TELEFOON": re.compile(
        r"(?<![\w+])(?:\+31|0031|0)[ \-]?(?:\(0\))?(?:\d[ \-]?){8}\d(?!\d)"
    ),
    "IBAN": re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"),
    "DATUM": re.compile(
        rf"\b\d{{1,2}}(?:[\-/.]\d{{1,2}}[\-/.]| (?:{MAANDEN}) )(?:19|20)?\d{{2}}\b",
        re.IGNORECASE,
    ),
}


def is_bsn(digits: str) -> bool:
    """True when nine digits pass the 11-proof of a burgerservicenummer."""
    if len(digits) != 9 or not digits.isdecimal() or digits == "000000000":
        return False
    total = sum(int(d) * (9 - i) for i, d in enumerate(digits[:8])) - int(digits[8])
    return total % 11 == 0


def has_bsn(text: str) -> bool:
    """True when the text holds a number that can be a burgerservicenummer."""
    return any(
        is_bsn(re.sub(r"\D", "", found)) for found in NEGEN_CIJFERS.findall(text)
    )


def soorten_in(text: str) -> tuple[str, ...]:
    """The kinds of personal data seen: EMAIL, TELEFOON, IBAN, DATUM (in this order)."""
    # The end of an account number can look like a telephone number.
    rest = PATRONEN["IBAN"].sub(" ", text)
    return tuple(
        soort
        for soort, patroon in PATRONEN.items()
        if patroon.search(text if soort == "IBAN" else rest)
    )
