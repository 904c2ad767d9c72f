"""HTML to PDF, in a child process that can reach nothing and cannot last.

Invariants (tests/signalering/test_printing.py):

- The printer fetches nothing but assets handed over beforehand and small ``data:``
  addresses. Any other address ends the printing: the templates hold none, so one
  that turns up was smuggled in.
- Each printing happens in a forked child with a limit on time, processor and
  memory. The child closes every inherited file and socket except the pipe its answer
  goes through, and it dies by its own timer even when its parent is gone.

A fork and not a new process: WeasyPrint and its fonts are loaded once, the child
shares them. ``os.fork`` and not multiprocessing: Celery's workers are daemonic and
may have no such children.
"""

import contextlib
import gc
import logging
import os
import resource
import select
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Final, NoReturn

logger = logging.getLogger(__name__)

CHUNK: Final = 1 << 16
ANSWER_FD: Final = 3
LENGTH: Final = 8
PRINTED, REFUSED, FAILED = b"P", b"R", b"F"
_warming = threading.Lock()


class PrintFailed(Exception):
    """No PDF: the printer crashed, ran out of time or memory, or is not there."""


class PrintRefused(PrintFailed):
    """The document asked for an address outside itself.

    ``adressen`` holds the first of them, shortened.
    """

    def __init__(self, adressen: tuple[str, ...]) -> None:
        super().__init__("the document asked for an address outside itself")
        self.adressen = adressen


@dataclass(frozen=True, slots=True)
class Grenzen:
    """What one printing may use: seconds on the clock and of processor, bytes on top
    of the parent's memory, bytes of PDF. A report takes about two seconds; the clock
    is generous because the machine may be busy."""

    seconden: float = 120.0
    processor: int = 60
    geheugen: int = 1 << 29
    omvang: int = 50 << 20


@dataclass(frozen=True, slots=True)
class Asset:
    """A file handed to the printer, used in the document as ``asset:<name>``."""

    inhoud: bytes
    soort: str


@dataclass(frozen=True, slots=True)
class Bijlage:
    """A file inside the PDF, with a sentence on what it is."""

    naam: str
    inhoud: bytes
    uitleg: str


@dataclass(frozen=True, slots=True)
class Drukwerk:
    """One document to print. With a ``code`` it will be sealed: the code stands in its
    properties, and there is a place for the seal.
    """

    html: str
    bijlagen: tuple[Bijlage, ...] = ()
    code: str = ""


def print_html(
    htmls: Sequence[str],
    *,
    assets: Mapping[str, Asset] | None = None,
    grenzen: Grenzen | None = None,
) -> list[bytes]:
    """The PDF of each HTML document; see ``print_all``."""
    return print_all([Drukwerk(html) for html in htmls], assets=assets, grenzen=grenzen)


def print_all(
    drukwerken: Sequence[Drukwerk],
    *,
    assets: Mapping[str, Asset] | None = None,
    grenzen: Grenzen | None = None,
) -> list[bytes]:
    """The PDF of each document, each rendered in a limited child of its own.

    Raises ``PrintRefused`` when a document reaches out, ``PrintFailed`` when there is
    no PDF for another reason (its message holds no text of the document).
    """
    draw = warm_up().draw
    return in_children(
        [partial(draw, werk, assets or {}) for werk in drukwerken], grenzen
    )


def in_children(
    works: Sequence[Callable[[], bytes]], grenzen: Grenzen | None = None
) -> list[bytes]:
    """What each of ``works`` answers, all of them side by side in a limited child.

    When one fails there are no answers at all and no children left.
    """
    grenzen = grenzen or Grenzen()
    with contextlib.ExitStack() as kinderen:
        pijpen = [kinderen.enter_context(_child(work, grenzen)) for work in works]
        return [_unpack(_collect(pijp, grenzen)) for pijp in pijpen]


def warm_up() -> ModuleType:
    """Load WeasyPrint and the fonts before the first fork; later calls cost nothing.

    Loaded here and not with this module: no page of the web server prints. Raises
    ``PrintFailed`` when Pango is not installed.
    """
    with _warming:
        try:
            from signalering.report import drawing  # noqa: PLC0415
        except OSError as missing:
            raise PrintFailed(f"WeasyPrint misses a library: {missing}") from missing
        drawing.fonts()
        return drawing


# ------------------------------------------------------------------ the child process


@contextlib.contextmanager
def _child(work: Callable[[], bytes], grenzen: Grenzen) -> Iterator[int]:
    """Run ``work`` in a fork of this process; yields where its answer is read.

    The child is gone when the context ends, whatever happened.
    """
    lezer, schrijver = os.pipe()
    with warnings.catch_warnings():
        # Other threads do not matter: the child draws, answers and is gone.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        _be_child(work, schrijver, grenzen)
    try:
        os.close(schrijver)
        yield lezer
    finally:
        os.close(lezer)
        _end(pid)


def _end(pid: int) -> None:
    """Collect the child; one that still runs is killed first."""
    with contextlib.suppress(ChildProcessError):  # collected by somebody else
        done, _status = os.waitpid(pid, os.WNOHANG)
        if not done:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _be_child(work: Callable[[], bytes], schrijver: int, grenzen: Grenzen) -> NoReturn:
    """The whole life of the child; nothing of the parent runs on its way out."""
    try:
        _isolate(schrijver, grenzen)
        soort, inhoud = _answer(work)
        with os.fdopen(ANSWER_FD, "wb") as pijp:
            pijp.write(soort + len(inhoud).to_bytes(LENGTH) + inhoud)
    finally:
        os._exit(0)


def _isolate(schrijver: int, grenzen: Grenzen) -> None:
    gc.freeze()  # the parent's objects (its database connections) stay untouched
    logging.disable(logging.CRITICAL)
    signal.set_wakeup_fd(-1)
    for nummer in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(nummer, signal.SIG_DFL)
    os.dup2(schrijver, ANSWER_FD)
    os.closerange(ANSWER_FD + 1, os.sysconf("SC_OPEN_MAX"))
    # The parent stops it on time; this is for when the parent is gone.
    signal.setitimer(signal.ITIMER_REAL, grenzen.seconden + 1)
    _limit(resource.RLIMIT_CPU, grenzen.processor)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, _address_space() + grenzen.geheugen)


def _limit(soort: int, waarde: int) -> None:
    """Lower a limit; a machine that does not know it (macOS: memory) goes without."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(soort, (waarde, waarde))


def _address_space() -> int:
    """Bytes of address space in use (Linux); elsewhere a generous guess."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 4 << 30
    return pages * resource.getpagesize()


def _answer(work: Callable[[], bytes]) -> tuple[bytes, bytes]:
    """The PDF, or what kind of thing went wrong: never text of the document."""
    try:
        return PRINTED, work()
    except PrintRefused as refused:
        return REFUSED, "\n".join(refused.adressen).encode()
    except BaseException as failure:
        return FAILED, type(failure).__name__.encode()


def _collect(lezer: int, grenzen: Grenzen) -> bytes:
    """Everything the child writes; PrintFailed when it takes too long or too much."""
    einde = time.monotonic() + grenzen.seconden
    delen: list[bytes] = []
    omvang = 0
    wachter = select.poll()
    wachter.register(lezer, select.POLLIN)
    while True:
        rest = einde - time.monotonic()
        if rest <= 0 or not wachter.poll(rest * 1000):
            raise PrintFailed(f"no PDF within {grenzen.seconden:g} seconds")
        deel = os.read(lezer, CHUNK)
        if not deel:
            return b"".join(delen)
        omvang += len(deel)
        if omvang > grenzen.omvang:
            raise PrintFailed(f"the PDF is larger than {grenzen.omvang} bytes")
        delen.append(deel)


def _unpack(antwoord: bytes) -> bytes:
    soort, inhoud = antwoord[:1], antwoord[1 + LENGTH :]
    if len(inhoud) != int.from_bytes(antwoord[1 : 1 + LENGTH]) or not soort:
        raise PrintFailed("the printer was stopped before its PDF was there")
    if soort == REFUSED:
        adressen = tuple(inhoud.decode(errors="replace").splitlines())
        logger.error("printing refused: %d addresses asked for", len(adressen))
        raise PrintRefused(adressen)
    if soort == FAILED:
        raise PrintFailed(f"the printer stopped: {inhoud.decode()}")
    return inhoud
