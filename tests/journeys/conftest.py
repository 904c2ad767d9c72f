"""One site for all journeys, and people who visit it.

Playwright keeps an event loop running in this thread, in which Django refuses to work
with the database; so it is closed when the journeys are over, and no journey does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from adviespunt import systeem
from adviespunt.management.commands.demo import collect_static
from tests.conftest import copy_template, drop
from tests.journeys import register
from tests.journeys.binnen import cookie
from tests.journeys.browsing import HEIGHT, WIDE, Visitor
from tests.journeys.gallery import Gallery
from tests.journeys.servers import Site, serving

DATABASE = "adviespunt_reis"
CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
]
Visitors = Callable[..., Visitor]


@pytest.fixture(scope="package")
def site(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The product at work, with the kwesties of ``tests.journeys.register``."""
    folder = tmp_path_factory.mktemp("reis")
    copy_template(DATABASE)
    collect_static()
    try:
        with serving(DATABASE, folder) as served:
            register.import_into(served)
            yield served
            assert served.complaints() == []
    finally:
        drop(DATABASE)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = systeem.browser()
    assert path, "No browser: run python -m adviespunt.systeem chromium"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield made
        made.close()


@pytest.fixture(scope="package")
def gallery() -> Gallery:
    """What was seen so far; ADVIESPUNT_SHOTS names a folder for pictures of it."""
    shots = os.environ.get("ADVIESPUNT_SHOTS")
    return Gallery(Path(shots) if shots else None)


@pytest.fixture
def visitors(site: Site, chromium: Browser, gallery: Gallery) -> Iterator[Visitors]:
    """Make visitors: ``visitors("anna")``, ``visitors(None, javascript=False)``."""
    came: list[Visitor] = []
    with ExitStack() as doors:

        def visitor(
            naam: str | None, *, javascript: bool = True, width: int = WIDE, **more: Any
        ) -> Visitor:
            context = chromium.new_context(
                base_url=more.pop("base_url", site.address),
                java_script_enabled=javascript,
                viewport={"width": width, "height": HEIGHT},
                locale="nl-NL",
                **more,
            )
            doors.callback(context.close)
            if naam is not None:
                context.add_cookies([cookie(site.database, site.address, naam)])
            is_watched = javascript and width == WIDE
            came.append(Visitor(context, gallery if is_watched else None, naam))
            return came[-1]

        yield visitor
    wrong, gallery.wrong = gallery.wrong, []
    assert [problem for one in came for problem in one.problems] == []
    assert wrong == []
