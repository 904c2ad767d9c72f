"""Somebody behind a browser: looks, clicks and types, and notices what is wrong.

A page that logs an error, breaks the Content-Security-Policy, throws, asks anything of
another machine or answers with an unexpected status fails the journey that passes it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import (
    APIResponse,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests import people

if TYPE_CHECKING:
    from tests.journeys.gallery import Gallery

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"
WIDE, NARROW = 1280, 390
HEIGHT = 900
LONG = 120_000  # ms: a report, on a busy machine
# What differs between addresses of the same page: the tenant, and of what it is.
VARIABLE = re.compile(r"(?<=/t/)[\w-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_scrolling_sideways(page: Page) -> bool:
    """Whether the page is wider than the window."""
    root = page.locator("html")
    return bool(root.evaluate("e => e.scrollWidth > e.clientWidth"))


AGAIN = ("Failed to load resource", "Response Status Error Code")


class Visitor:
    """One person and her browser. Without ``naam`` somebody passing by."""

    def __init__(
        self, context: BrowserContext, gallery: Gallery | None, naam: str | None
    ) -> None:
        context.set_default_timeout(LONG / 4)
        self.context = context
        self.gallery = gallery
        self.naam = naam
        self.problems: list[str] = []
        self._expected: set[int] = set()
        self.page = context.new_page()
        context.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.problems.append(f"{error}"))
        if naam is not None:
            self.visit("/")

    # ------------------------------------------------------------------ noticing

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost", None):
            self.problems.append(f"asked elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        expected = self._expected
        if not response.request.is_navigation_request():
            expected = expected & {401}  # signed out while a page asked for something
        if response.status >= 400 and response.status not in expected:
            self.problems.append(f"{response.status} from {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # A status of 400 and up is said here once more; ``_answered`` judges that.
        known = message.text.startswith(AGAIN)
        if message.type in ("error", "warning") and not known:
            self.problems.append(f"console: {message.text}")

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Within the block a page may answer with these statuses."""
        self._expected = set(statuses)
        try:
            yield
        finally:
            self._expected = set()

    def arrived(self) -> None:
        """On a page: nothing wrong so far, and have it looked at."""
        assert self.problems == [], f"{self.naam} at {self.page.url}"
        if self.gallery is not None:
            self.gallery.look(self.page)

    # ------------------------------------------------------------------ going about

    def sign_in(self, naam: str) -> None:
        """Type everything; ``visitors(naam)`` comes in without."""
        self.visit("/accounts/login/")
        self.fill("E-mailadres", people.email(naam))
        self.fill("Wachtwoord", people.PASSWORD)
        self.press("Inloggen")
        self.fill("Code", people.code())
        self.press("Verder")
        assert "/accounts/" not in self.page.url

    def visit(self, path: str, status: int = 200) -> None:
        """Type an address; the page answers with ``status``."""
        with self.expecting(status):
            answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{self.naam}: {path}"
        self.arrived()

    def menu(self, naam: str) -> None:
        bar = self.page.get_by_role("navigation", name="Hoofdmenu")
        link = bar.get_by_role("link", name=naam, exact=True)
        if not link.is_visible():  # folded in, or not on this page yet
            more = bar.locator("details:not([open]) > summary")
            if more.count():
                more.click()
        self.go(link)

    def follow(self, naam: str) -> None:
        """Click the link with this name in the page."""
        main = self.page.get_by_role("main")
        self.go(main.get_by_role("link", name=naam, exact=True))

    def press(self, naam: str, status: int = 200) -> None:
        """Click the button with this name in the page."""
        with self.expecting(status):
            self.go(self.button(naam))

    def go(self, target: Locator) -> None:
        """Click what leads to another page."""
        with self.page.expect_navigation():
            target.click()
        self.arrived()

    def button(self, naam: str) -> Locator:
        main = self.page.get_by_role("main")
        return main.get_by_role("button", name=naam, exact=True)

    def download(self, naam: str | re.Pattern[str]) -> bytes:
        """The file behind the link with this name."""
        link = self.page.get_by_role("main").get_by_role("link", name=naam)
        with self.page.expect_download() as waiting:
            link.click()
        return waiting.value.path().read_bytes()

    def wait_until_made(self) -> None:
        """Stay on the page of a report until its making is done."""
        link = self.page.get_by_role("link", name="Kijk of het klaar is")
        while link.count():  # only without JavaScript
            time.sleep(0.5)
            self.go(link)
        progress = self.page.locator(".app-progress")
        expect(progress).to_have_count(0, timeout=LONG)
        self.page.wait_for_load_state()
        self.arrived()

    def back(self) -> None:
        """The button of the browser."""
        self.page.go_back()
        self.arrived()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    # ------------------------------------------------------------------ filling in

    def field(self, label: str) -> Locator:
        """The control with this label, required or not."""
        name = re.compile(rf"^\s*{re.escape(label)}\s*(\(niet verplicht\))?\s*$")
        return self.page.get_by_label(name)

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """In a list that folds out."""
        self.field(label).select_option(label=option)

    def group(self, legend: str) -> Locator:
        """The fieldset of one question."""
        here = self.page.locator("fieldset.app-field")
        mark = self.page.locator("legend", has_text=legend)
        return here.filter(has=mark)

    def unfold(self, summary: str) -> None:
        """Open what is folded in."""
        self.page.locator("summary", has_text=summary).click()

    def pick(self, legend: str, *options: str) -> None:
        """Of radio buttons one, of check boxes as many as given."""
        for option in options:
            self.group(legend).get_by_label(option, exact=True).check()

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    # ------------------------------------------------------------------ by keyboard

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the focus is on or in ``target``."""
        for _ in range(120):
            if target.evaluate("e => e.contains(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {target}")

    def key(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.arrived()

    def type_in(self, label: str, text: str) -> None:
        self.tab_to(self.field(label))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def key_choice(self, label: str, option: str) -> None:
        """Choose in a list that folds out, with the arrow keys."""
        field = self.field(label)
        self.tab_to(field)
        self._arrow_until(field, f"e => e.selectedOptions[0].label === {option!r}")

    def key_pick(self, legend: str, option: str) -> None:
        """Choose a radio button, with the arrow keys."""
        group = self.group(legend)
        self.tab_to(group)
        wanted = group.get_by_label(option, exact=True)
        self._arrow_until(wanted, "e => e === document.activeElement")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def _arrow_until(self, target: Locator, is_there: str) -> None:
        for _ in range(40):
            if target.evaluate(is_there):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys never came to {target}")

    # ------------------------------------------------------------------ by hand

    def ask(self, path: str) -> APIResponse:
        """Ask for an address outside the page, with this person's cookies."""
        return self.context.request.get(path, max_redirects=0)

    def send(self, path: str, **fields: str) -> APIResponse:
        """Send a form that is not on the page, with a valid token of this person."""
        token = self._token()
        return self.context.request.post(
            path,
            form={"csrfmiddlewaretoken": token, **fields},
            headers={"Referer": self.page.url},
            max_redirects=0,
        )

    def _token(self) -> str:
        """Of a form on the page; public pages have none, the one to sign in has."""
        here = self.page.locator("[name=csrfmiddlewaretoken]")
        if here.count():
            return here.first.input_value()
        text = self.context.request.get("/accounts/login/").text()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        assert found, "no form at /accounts/login/"
        return found[1]
