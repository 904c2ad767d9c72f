"""What the first bytes of a file say that it is."""

from __future__ import annotations

from typing import Final

import puremagic

from privacy.bestanden.soorten import SOORTEN, Geweigerd, Reden

# By its first bytes an office document is a zip, whatever else it may be.
ZIP: Final = frozenset({".zip", ".docx", ".odt"})


def check_kind(code: str, inhoud: bytes) -> None:
    """What the first bytes say is what the name says. Raises Geweigerd."""
    wanted = {f".{naam}" for naam in SOORTEN[code].namen}
    if code in ("DOCX", "ODT"):
        wanted |= ZIP
    try:
        found = {match.extension for match in puremagic.magic_string(inhoud[:8192])}
    except (puremagic.PureError, ValueError) as error:
        raise Geweigerd(Reden.ANDERS) from error
    if not found & wanted:
        raise Geweigerd(Reden.ANDERS)
