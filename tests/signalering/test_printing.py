"""The printer reaches nothing, cannot last, and works where Celery works."""

import base64
import contextlib
import json
import multiprocessing
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from pypdf import PdfReader

from signalering.report import (
    Grenzen,
    PrintFailed,
    PrintRefused,
    drawing,
    print_html,
    printing,
    warm_up,
)
from signalering.report.printing import Asset
from tests.signalering.rapporten import text_of

PAGE = "<!DOCTYPE html><html lang='nl'><head><title>Proef</title>{}</head>{}</html>"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
# Far more than can be drawn in the seconds these tests give it.
ENDLESS = "<body>" + "<table><tr>" + "<td>cel <b>tekst</b>" * 60_000


def page(body: str, head: str = "") -> str:
    return PAGE.format(head, f"<body>{body}")


def children() -> set[str]:
    """Process ids of the children of this process, dead ones not yet collected too."""
    pid = os.getpid()
    found: set[str] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            found |= set((task / "children").read_text().split())
    return found


def in_child(work: Callable[[], bytes], grenzen: Grenzen | None = None) -> bytes:
    """Run something else than printing under the same limits."""
    grenzen = grenzen or Grenzen()
    with printing._child(work, grenzen) as pijp:
        return printing._unpack(printing._collect(pijp, grenzen))


# --------------------------------------------------------------------------- reach


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine: its address, and the paths that were asked."""
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"@import url(/verder.css);")

        def log_message(self, format: str, *args: object) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_address[1]}", hits
    made.shutdown()
    made.server_close()
    thread.join()


NESTED_SVG = (
    "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E"
    "%3Cimage href='{url}/genest'/%3E%3C/svg%3E\">"
)
REACHING = {
    "image": ("<img src='{url}/a.png'>", ""),
    "style sheet": ("", "<link rel=stylesheet href='{url}/a.css'>"),
    "import": ("", "<style>@import url({url}/a.css);</style>"),
    "background": ("", "<style>body{{background:url({url}/a.png)}}</style>"),
    "marker": ("<ul style='list-style-image:url({url}/a.png)'><li>a</ul>", ""),
    "font": (
        "<p style='font-family:x'>a",
        "<style>@font-face{{font-family:x;src:url({url}/a.ttf)}}</style>",
    ),
    "object": ("<object data='{url}/a'></object>", ""),
    "embed": ("<embed src='{url}/a'>", ""),
    "attachment": ("", "<link rel=attachment href='{url}/a'>"),
    "linked attachment": ("<a rel=attachment href='{url}/a'>a</a>", ""),
    "svg image": ("<svg width='9' height='9'><image href='{url}/a'/></svg>", ""),
    "svg in data": (NESTED_SVG, ""),
    "base": ("<img src='a.png'>", "<base href='{url}/'>"),
}


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("name", REACHING)
def test_a_document_that_reaches_out_is_not_printed(
    name: str, scheme: str, server: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, hits = server
    secret = tmp_path / "a.png"
    secret.write_bytes(PIXEL)
    url = address if scheme == "http" else tmp_path.as_uri()
    body, head = (part.format(url=url) for part in REACHING[name])
    with pytest.raises(PrintRefused) as refused:
        print_html([page(body, head)])
    assert hits == []
    assert all(one.startswith(scheme) for one in refused.value.adressen)
    assert len(refused.value.adressen) == 1


def test_a_drawing_elsewhere_is_not_fetched(server: tuple[str, list[str]]) -> None:
    address, hits = server
    drawing = f"<svg width='9' height='9'><use href='{address}/a#b'/></svg>"
    assert print_html([page(drawing)])[0].startswith(b"%PDF")
    assert hits == []


def test_the_server_of_these_tests_does_count(server: tuple[str, list[str]]) -> None:
    address, hits = server
    with urlopen(f"{address}/telt", timeout=5) as response:
        assert response.status == 200
    assert hits == ["/telt"]


def test_the_machine_s_own_files_are_not_printed() -> None:
    with pytest.raises(PrintRefused) as refused:
        print_html([page("<img src='file:///etc/passwd'>")])
    assert refused.value.adressen == ("file:///etc/passwd",)


@pytest.mark.parametrize(
    "url", ["DATA:text/plain,a", "asset:anders.png", "ftp://127.0.0.1/a", "gopher:a"]
)
def test_other_addresses_are_refused_as_well(url: str) -> None:
    with pytest.raises(PrintRefused):
        print_html([page(f"<img src='{url}'>")])


def test_an_address_without_a_base_is_nowhere() -> None:
    [pdf] = print_html([page("<img src='a.png' alt='plaatje'>")])
    assert text_of(pdf) == "plaatje"


def test_assets_handed_over_are_printed() -> None:
    html = page("<img alt='punt' src='asset:punt.png'>")
    [pdf] = print_html([html], assets={"punt.png": Asset(PIXEL, "image/png")})
    assert [len(p.images) for p in PdfReader(BytesIO(pdf)).pages] == [1]


def test_small_data_is_printed_and_large_is_refused() -> None:
    small = "data:image/png;base64," + base64.b64encode(PIXEL).decode()
    [pdf] = print_html([page(f"<img alt='punt' src='{small}'>")])
    assert len(PdfReader(BytesIO(pdf)).pages[0].images) == 1
    large = small + "A" * drawing.SMALL_DATA
    with pytest.raises(PrintRefused):
        print_html([page(f"<img alt='punt' src='{large}'>")])


# -------------------------------------------------------------------------- limits


def test_an_endless_document_is_stopped_in_time() -> None:
    warm_up()
    before, start = children(), time.monotonic()
    with pytest.raises(PrintFailed, match="within 0.7 seconds"):
        print_html([page(ENDLESS)], grenzen=Grenzen(seconden=0.7))
    assert time.monotonic() - start < 30  # by itself it takes minutes
    assert children() == before


def test_an_endless_document_runs_out_of_processor_time() -> None:
    with pytest.raises(PrintFailed, match="before its PDF was there"):
        print_html([page(ENDLESS)], grenzen=Grenzen(processor=1))


def test_one_endless_document_takes_the_other_with_it() -> None:
    before = children()
    with pytest.raises(PrintFailed):
        print_html([page("kort"), page(ENDLESS)], grenzen=Grenzen(seconden=0.7))
    assert children() == before


def test_a_child_that_eats_memory_is_stopped() -> None:
    with pytest.raises(PrintFailed, match="stopped: MemoryError"):
        in_child(lambda: bytes(200 << 20), Grenzen(geheugen=64 << 20))
    # More than what earlier tests may have left free in this process.
    with pytest.raises(PrintFailed, match=r"MemoryError|before its PDF was there"):
        print_html([page(ENDLESS)], grenzen=Grenzen(geheugen=1 << 20))


def test_a_pdf_that_is_too_large_is_refused() -> None:
    with pytest.raises(PrintFailed, match="larger than"):
        print_html([page("tekst")], grenzen=Grenzen(omvang=500))


def test_a_crash_of_the_printer_is_an_error_and_no_more() -> None:
    def crash() -> bytes:
        os.kill(os.getpid(), signal.SIGSEGV)
        return b""

    with pytest.raises(PrintFailed, match="before its PDF was there"):
        in_child(crash)


def test_half_an_answer_is_no_answer() -> None:
    def half() -> bytes:
        os.write(printing.ANSWER_FD, b"P" + (100).to_bytes(8) + b"%PDF")
        os._exit(0)

    with pytest.raises(PrintFailed, match="before its PDF was there"):
        in_child(half)


def test_what_went_wrong_never_quotes_the_document() -> None:
    def fail() -> bytes:
        raise ValueError("mevrouw Jansen")

    with pytest.raises(PrintFailed) as failed:
        in_child(fail)
    assert str(failed.value) == "the printer stopped: ValueError"


# ----------------------------------------------------------------------- the child


def test_the_child_holds_no_file_or_socket_of_its_parent() -> None:
    with socket.socket() as held:
        assert held.fileno() > 2
        open_files = json.loads(
            in_child(lambda: json.dumps(os.listdir("/proc/self/fd")).encode())
        )
    listing = {"4"}  # the one that reads the list
    assert set(open_files) - listing == {"0", "1", "2", "3"}


def test_the_child_cannot_outlive_its_limits_without_its_parent() -> None:
    def limits() -> bytes:
        timer = signal.getitimer(signal.ITIMER_REAL)[0]
        cpu = resource.getrlimit(resource.RLIMIT_CPU)
        handler = signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
        return json.dumps([0 < timer <= 8, cpu, handler]).encode()

    answer = in_child(limits, Grenzen(seconden=7, processor=5))
    assert json.loads(answer) == [True, [5, 5], True]


def test_a_connection_of_the_parent_notices_nothing() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        print_html([page("tekst")])
        theirs.setblocking(False)
        with pytest.raises(BlockingIOError):  # nothing sent, not closed either
            theirs.recv(1)
        ours.send(b"a")
        assert theirs.recv(1) == b"a"


def test_the_parent_s_signals_are_left_as_they_were() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    print_html([page("tekst")])
    after = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    assert after == before


def _print_to(path: str) -> None:
    Path(path).write_bytes(print_html([page("Uit een daemon.")])[0])


def test_printing_works_inside_a_daemonic_process(tmp_path: Path) -> None:
    """Celery's workers are daemonic: they may not have multiprocessing children."""
    target = tmp_path / "a.pdf"
    context = multiprocessing.get_context("fork")
    worker = context.Process(target=_print_to, args=(str(target),), daemon=True)
    worker.start()
    worker.join(30)
    assert worker.exitcode == 0
    assert text_of(target.read_bytes()) == "Uit een daemon."


def test_printing_works_from_several_threads() -> None:
    found: dict[int, str] = {}

    def work(number: int) -> None:
        found[number] = text_of(print_html([page(f"Draad {number}")])[0])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == {number: f"Draad {number}" for number in range(4)}


def test_a_child_collected_by_somebody_else_is_no_problem() -> None:
    kept = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        [pdf] = print_html([page("tekst")])
    finally:
        signal.signal(signal.SIGCHLD, kept)
    assert text_of(pdf) == "tekst"


def test_a_page_of_the_website_does_not_load_the_printer() -> None:
    code = (
        "import sys, adviespunt.wsgi; from django.urls import get_resolver;"
        "get_resolver().url_patterns; print('weasyprint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
