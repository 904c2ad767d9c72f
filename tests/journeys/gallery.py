"""Every page the journeys pass, looked at for accessibility.

``Gallery`` decides what is new enough to look at; axe says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from tests.journeys.browsing import (
    DEEP,
    HEIGHT,
    NARROW,
    VARIABLE,
    WIDE,
    is_scrolling_sideways,
)

# What a page is made of: its language and the classes of its elements. And what would
# be wrong, or in the way, without axe.
PARTS = """() => document.contentType !== "text/html" ? null : {
    parts: [...new Set([
        document.documentElement.lang,
        ...[...document.querySelectorAll("main *")].flatMap(e => [...e.classList]),
    ])],
    double: [...document.querySelectorAll("[id]")].map(e => e.id)
        .filter((id, place, all) => all.indexOf(id) !== place),
    asks: document.querySelector("[hx-trigger*=every]") !== null,
}"""
# Most of the time of axe is for the contrast of text. What decides that is the text's
# own colour and size and all that lies behind it: its tone. Text in a tone that was
# measured before, at this width, is not measured again.
RUN_AXE = """async measured => {
    const known = new Set(measured), tones = new Map(), fresh = new Set();
    const states = ["type", "role", "disabled", "open", "aria-current", "aria-invalid"];
    const toneOf = e => {
        if (!e) return 7;
        if (tones.has(e)) return tones.get(e);
        const look = getComputedStyle(e);
        const own = [
            e.tagName, ...e.classList, ...states.map(name => e.getAttribute(name)),
            look.color, look.fontSize, look.fontWeight, look.opacity, look.textShadow,
            look.backgroundColor, look.backgroundImage, look.position,
        ].join();
        let tone = toneOf(e.parentElement);
        for (let at = 0; at < own.length; at++)
            tone = (tone * 31 + own.charCodeAt(at)) % 9007199254740;
        tones.set(e, tone);
        return tone;
    };
    const seen = {visibilityProperty: true, opacityProperty: true};
    const isText = e => e.matches("input, select, textarea")
        || [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
    for (const e of document.body.querySelectorAll("*")) {
        if (!isText(e) || !e.checkVisibility(seen) || known.has(toneOf(e))) continue;
        fresh.add(toneOf(e));
        e.setAttribute("data-toon", "");
    }
    axe.configure({rules: [{id: "color-contrast", selector: "[data-toon]"}]});
    // No-autoplay-audio would have all styles fetched once more.
    const preload = {assets: ["media"]};
    const found = await axe.run({resultTypes: ["violations"], preload});
    for (const e of document.querySelectorAll("[data-toon]"))
        e.removeAttribute("data-toon");
    return {violations: found.violations, fresh: [...fresh]};
}"""


class Gallery:
    """Every page the journeys pass, looked at with axe when it shows something new.

    New is a kind of element that was not on that page before. A page that is seen for
    the first time is looked at with both widths; after that what is new on it with the
    wide one (with both, and every text: ADVIESPUNT_DEEP=1). With ``folder`` it keeps a
    picture of each, at both widths.
    """

    def __init__(self, folder: Path | None) -> None:
        self.axe = Axe()
        self.folder = folder
        self.seen: set[tuple[str, str]] = set()
        self.tones: dict[int, set[int]] = {NARROW: set(), WIDE: set()}
        self.pages = 0
        self.wrong: list[str] = []

    def look(self, page: Page) -> None:
        """Check the page as it stands, at both widths, unless one like it was."""
        found = page.evaluate(PARTS)
        if found is None:
            return
        path = VARIABLE.sub("-", urlsplit(page.url).path)
        parts = {(path, part) for part in found["parts"]}
        if parts <= self.seen:
            return
        is_known = any(before == path for before, _part in self.seen)
        self.seen |= parts
        self.pages += 1
        if found["double"]:
            double = sorted(set(found["double"]))
            self.wrong.append(f"{path}: more than one element has id {double}")
        with _held(page, is_asking=found["asks"]):
            page.evaluate(self.axe.axe_script)
            for width in (NARROW, WIDE):
                is_asked = DEEP or width == WIDE or not is_known
                self._examine(page, path, width, is_asked=is_asked)

    def _examine(self, page: Page, path: str, width: int, *, is_asked: bool) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if self.folder:
            name = f"{self.pages:03}{path.replace('/', '_')}{width}.png"
            page.screenshot(path=self.folder / name, full_page=True)
        if is_scrolling_sideways(page):
            self.wrong.append(f"{path} at {width} px: scrolls sideways")
        if not is_asked:
            return
        measured = set() if DEEP else self.tones[width]
        told = page.evaluate(RUN_AXE, list(measured))
        self.tones[width].update(told["fresh"])
        for found in told["violations"]:
            where = "; ".join(node["html"][:120] for node in found["nodes"][:3])
            self.wrong.append(f"{path} at {width} px: {found['id']}: {where}")


@contextmanager
def _held(page: Page, *, is_asking: bool) -> Iterator[None]:
    """Progress stands still, so that a page that asks for it can be looked at."""
    if not is_asking:
        yield
        return
    waiting: list[Route] = []
    page.route("**/voortgang/", lambda route: waiting.append(route))
    try:
        yield
    finally:
        for route in waiting:
            route.continue_()
        page.unroute("**/voortgang/")
