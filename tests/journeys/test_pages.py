"""What holds for the pages as such: light, narrow enough, and in two languages."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response, expect

from tests.journeys.browsing import Visitor, is_scrolling_sideways
from tests.journeys.conftest import Visitors
from tests.journeys.gallery import Gallery

pytestmark = pytest.mark.journey
HEAVIEST = 60 * 1024  # bytes of one page as they travel, everything in it together
NARROWEST = 320  # px: 1280 at 400% (WCAG 1.4.10)
MAIN_PAGES = {
    "anna": (
        *(
            "/dag/",
            "/werk/",
            "/kwesties/",
            "/t/arnhem/kwesties/nieuw/",
            "/rapportages/",
        ),
        "/privacy",
    ),
    "chantal": ("/t/arnhem/rapportages/nieuw/",),
    None: ("/", "/openbaar/", "/accounts/login/", "/toegankelijkheid"),
}


@pytest.mark.parametrize("naam", MAIN_PAGES)
def test_pages_are_light_and_fit_a_narrow_screen(
    naam: str | None, visitors: Visitors
) -> None:
    visitor = visitors(naam)
    for path in MAIN_PAGES[naam]:
        assert _weight(visitor, path) <= HEAVIEST, path
        visitor.page.set_viewport_size({"width": NARROWEST, "height": 640})
        assert not is_scrolling_sideways(visitor.page), path


def _weight(visitor: Visitor, path: str) -> int:
    """Bytes of a page with an empty cache; what is not compressed yet counts so."""
    came: list[Response] = []

    def count(answer: Response) -> None:
        came.append(answer)

    visitor.page.wait_for_load_state("networkidle")  # a part may come by itself
    visitor.page.on("response", count)
    cache = visitor.context.new_cdp_session(visitor.page)
    cache.send("Network.setCacheDisabled", {"cacheDisabled": True})
    visitor.visit(path)
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.remove_listener("response", count)
    cache.detach()
    assert len(came) >= 5  # the page, styles, scripts
    return sum(len(gzip.compress(answer.body())) for answer in came if answer.ok)


NOT_ALLOWED = {
    "style": "document.body.setAttribute('style', 'color: red')",
    "script": "document.body.append(Object.assign("
    "document.createElement('script'), {textContent: '1'}))",
    "elsewhere": "new Image().src = 'http://adviespunt.example/pixel.png'",
    "exception": "setTimeout(() => { throw new Error('stuk') })",
    "missing": "fetch('/bestaat-niet').then(() => 1)",
    "log": "console.error('au')",
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_a_journey_notices_what_a_page_may_not_do(
    what: str, visitors: Visitors
) -> None:
    passer_by = visitors(None)
    passer_by.visit("/openbaar/")
    passer_by.page.evaluate(f"() => {{ {NOT_ALLOWED[what]} }}")
    passer_by.page.wait_for_timeout(200)
    assert len(passer_by.problems) >= 1
    passer_by.problems.clear()


def test_a_journey_notices_text_that_is_hard_to_read(
    visitors: Visitors, gallery: Gallery
) -> None:
    """Also on a page and in a kind of element that were looked at before."""
    passer_by = visitors(None)
    passer_by.visit("/openbaar/")
    passer_by.visit("/openbaar/")
    before = list(gallery.wrong)
    passer_by.page.evaluate(
        """() => {
            const text = document.querySelector("main p");
            text.classList.add("proef");
            text.style.color = "#ddd";
        }"""
    )
    passer_by.arrived()
    wrong, gallery.wrong = gallery.wrong, before
    assert {line.partition(": ")[2].partition(":")[0] for line in wrong} == {
        "color-contrast"
    }


def test_the_language_can_be_changed(visitors: Visitors) -> None:
    anna = visitors("anna")
    anna.menu("Mijn werk")
    expect(anna.page.locator("html")).to_have_attribute("lang", "nl")
    bar = anna.page.get_by_role("banner")
    anna.go(bar.get_by_role("button", name="English"))
    expect(anna.page.locator("html")).to_have_attribute("lang", "en")
    title = anna.page.get_by_role("heading", level=1)
    expect(title).not_to_have_text("Mijn werk")
    anna.go(bar.get_by_role("button", name="Nederlands"))
    expect(title).to_have_text("Mijn werk")
