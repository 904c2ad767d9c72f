"""The fence: a file of a stranger is read in a process of its own, that can do little.

The child gets no environment, no files but its three streams, and limits on memory,
processor, open files and what it writes to disk (nothing); after ``SECONDEN`` it is
killed. When it fails in any way the file is refused.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from privacy.bestanden.soorten import GRENS, Geweigerd, Reden, Schoon, safe_name
from privacy.bestanden.soorten import soort_of as promised

SECONDEN: Final = 40.0
GOED, NIET = b"+", b"-"
ROOT: Final = Path(__file__).resolve().parents[2]
BEGIN: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from privacy.bestanden.werker import main; main(sys.argv[2])"
)


def clean(naam: str, inhoud: bytes) -> Schoon:
    """The file made safe. Raises Geweigerd."""
    if not inhoud:
        raise Geweigerd(Reden.LEEG)
    if len(inhoud) > GRENS:
        raise Geweigerd(Reden.GROOT)
    soort = promised(naam)
    made = _in_child(soort.code, inhoud)
    if len(made) > GRENS:
        raise Geweigerd(Reden.GROOT)
    return Schoon(safe_name(naam, soort), soort, made)


def _in_child(code: str, inhoud: bytes) -> bytes:
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-B", "-c", BEGIN, str(ROOT), code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
        start_new_session=True,
    )
    try:
        answer, _errors = child.communicate(inhoud, timeout=SECONDEN)
    except subprocess.TimeoutExpired as error:
        raise Geweigerd(Reden.KAPOT) from error
    finally:
        if child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    return _read(answer)


def _read(answer: bytes) -> bytes:
    """The child's answer: the file, or the reason. Nothing said is a reason too."""
    if answer.startswith(GOED):
        return answer[1:]
    try:
        reden = Reden(answer[1:].decode("ascii"))
    except (UnicodeDecodeError, ValueError):
        reden = Reden.KAPOT
    raise Geweigerd(reden)
