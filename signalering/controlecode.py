"""The code on the title page of a sealed report: 80 random bits, read by people.

The letters are those of Crockford: I, L and O are read as 1, 1 and 0. Stored is the
sha256 of the code, so a look into the database gives no code.

Guarded by tests/signalering/test_zegel.py.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTE: Final = 16
VOORAAN: Final = "AP"
_MISREAD: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_CODE: Final = re.compile(f"[{LETTERS}]{{{LENGTE}}}")
_IN_FILE: Final = re.compile(rb"AP(?:-[0-9A-HJKMNP-TV-Z]{4}){4}(?![0-9A-Z-])")
MOST: Final = 20
# Where a code or a file is checked; printed in reports, so it stays as it is.
ADRES: Final = "verifieer/"


def new_code() -> str:
    """ "AP-7K3F-9QWM-22XD-0BVN"."""
    text = "".join(secrets.choice(LETTERS) for _ in range(LENGTE))
    return "-".join([VOORAAN, *re.findall("....", text)])


def digest(code: str) -> str:
    """What is stored of a code, whichever way somebody wrote it; '' when it is none."""
    text = re.sub(r"[\s\-–.]", "", code.upper())
    if len(text) == len(VOORAAN) + LENGTE:
        text = text.removeprefix(VOORAAN)
    text = text.translate(_MISREAD)
    if not _CODE.fullmatch(text):
        return ""
    return hashlib.sha256(text.encode()).hexdigest()


def digests_in(content: bytes) -> list[str]:
    """Of every code that stands openly in a file; at most 20.

    The PDF is not read: nothing of an unknown file is taken apart in the web server.
    """
    found = _IN_FILE.findall(content.replace(rb"\055", b"-"))
    return [digest(code.decode()) for code in dict.fromkeys(found)][:MOST]
