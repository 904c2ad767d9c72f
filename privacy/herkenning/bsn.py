"""A number that can be a burgerservicenummer: nine digits and the 11-proof.

Guarded by tests/privacy/test_herkenning.py.
"""

from __future__ import annotations

import re

NEGEN_CIJFERS = re.compile(r"(?<!\d)(?:\d[ .\-]?){8}\d(?!\d)")


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
