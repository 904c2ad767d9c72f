"""Plain text: as UTF-8, and nothing that a browser would take for a page."""

from __future__ import annotations

import re

from privacy.bestanden.soorten import Geweigerd, Reden

PAGINA = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE
)
# What other kinds of files begin with.
MERKEN = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
)


def clean_txt(inhoud: bytes) -> bytes:
    """The text in UTF-8 with plain line ends. Raises Geweigerd."""
    if inhoud.startswith(MERKEN) or b"\0" in inhoud:
        raise Geweigerd(Reden.ANDERS)
    try:
        text = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = inhoud.decode("cp1252", errors="replace")
    if PAGINA.search(text):
        raise Geweigerd(Reden.ANDERS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c >= " " or c in "\n\t").encode()
