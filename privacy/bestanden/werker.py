"""What the child does: limit itself, read one file, write it anew, and end.

Only what reads this kind of file is loaded: quicker, and less of it is in reach.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from privacy.bestanden.hek import GOED, NIET
from privacy.bestanden.soorten import Geweigerd, Reden

GEHEUGEN: Final = 900 << 20
PROCESSOR: Final = 25
BESTANDEN: Final = 32
SCHOON: Final[Mapping[str, tuple[str, str]]] = {
    "PDF": ("privacy.bestanden.pdf", "clean_pdf"),
    "DOCX": ("privacy.bestanden.docx", "clean_docx"),
    "ODT": ("privacy.bestanden.odt", "clean_odt"),
    "JPEG": ("privacy.bestanden.beeld", "clean_jpeg"),
    "PNG": ("privacy.bestanden.beeld", "clean_png"),
    "TXT": ("privacy.bestanden.tekst", "clean_txt"),
}


def main(code: str) -> None:
    """Read standard input as this kind; answer on standard output."""
    _limit()
    answer = GOED, NIET + Reden.KAPOT.encode()
    try:
        made = make_anew(code, sys.stdin.buffer.read())
        said = answer[0] + made
    except Geweigerd as error:
        said = NIET + error.reden.encode()
    except Exception:  # whatever it is: the file is to blame
        said = answer[1]
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()


def make_anew(code: str, inhoud: bytes) -> bytes:
    """Look at the file and write it anew. Raises Geweigerd."""
    if code != "TXT":
        import_module("privacy.bestanden.kenmerk").check_kind(code, inhoud)
    module, name = SCHOON[code]
    made: Callable[[bytes], bytes] = getattr(import_module(module), name)
    return made(inhoud)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, GEHEUGEN),
        (resource.RLIMIT_CPU, PROCESSOR),
        (resource.RLIMIT_NOFILE, BESTANDEN),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
