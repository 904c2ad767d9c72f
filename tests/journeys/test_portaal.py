"""Somebody passing by in the process of the public pages, also without JavaScript."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import expect

from adviespunt import embedded
from tests.conftest import drop
from tests.journeys.conftest import Visitors
from tests.journeys.servers import HOST, PATIENCE, Site, _free_port, _stop, environment
from tests.signalering import openbare

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def address(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the public pages are, with nothing of casework behind them."""
    with ThreadPoolExecutor(1) as away_from_playwright:
        away_from_playwright.submit(openbare.fill).result()
    folder: Path = tmp_path_factory.mktemp("openbaar")
    bind = f"{HOST}:{_free_port()}"
    public = folder / "openbaar" / f"{openbare.ident('q3')}.pdf"
    public.parent.mkdir()
    public.write_bytes(openbare.PDF)
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "adviespunt.wsgi", "--bind", bind),
                *("--threads", "4", "--log-level", "warning", "--preload"),
            ],
            cwd=embedded.ROOT,
            env=environment(openbare.DATABASE, folder)
            | {"ADVIESPUNT_DEEL": "openbaar"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _wait(process, f"http://{bind}")
    yield f"http://{bind}"
    _stop([process])
    drop(openbare.DATABASE)
    text = (folder / "web.log").read_text()
    assert not [w for w in ("Traceback", "ERROR", "CRITICAL") if w in text], text


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/gezond", timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError("the public pages did not start")


@pytest.mark.parametrize("javascript", [True, False], ids=["met js", "zonder js"])
def test_a_citizen_finds_a_report_compares_two_periods_and_takes_the_figures(
    visitors: Visitors, address: str, javascript: bool
) -> None:
    citizen = visitors(None, javascript=javascript, base_url=address)
    citizen.visit("/openbaar/")
    citizen.fill("Gemeente of zorgaanbieder", "bestaat niet")
    citizen.press("Zoeken")
    main = citizen.page.get_by_role("main")
    expect(main).to_contain_text("Geen rapport gevonden")
    citizen.fill("Gemeente of zorgaanbieder", "arnhem")
    citizen.choose("Jaar", "2025")
    citizen.choose("Onderwerp", "Financiën")
    citizen.press("Zoeken")
    rows = main.get_by_role("row").filter(has_text="Derde kwartaal 2025")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("281")
    citizen.go(rows.get_by_role("link").first)
    expect(main).to_contain_text("Wij gaan hiermee aan de slag.")
    assert citizen.download(re.compile("^pdf")) == openbare.PDF
    citizen.choose("Vergelijk met", "Tweede kwartaal 2025")
    citizen.press("Vergelijken")
    finance = main.get_by_role("row").filter(has_text="Financiën")
    for text in ("211", "281", "70 meer"):
        expect(finance).to_contain_text(text)
    other = main.get_by_role("row").filter(has_text="niet te vergelijken").first
    expect(other).to_contain_text("niet getoond: te weinig mensen")
    file = citizen.ask(f"/openbaar/{openbare.ident('q3')}/csv?tabel=aard")
    assert file.body().startswith("\ufeffopdrachtgever;periode;tabel".encode())
    citizen.visit("/openbaar/")
    banner = citizen.page.get_by_role("banner")
    citizen.go(banner.get_by_role("button", name="English"))
    expect(citizen.page.locator("html")).to_have_attribute("lang", "en")
    withdrawn = f"/openbaar/{openbare.ident('weg')}/"
    assert citizen.ask(withdrawn).status == 410
