"""What a visitor meets: readable, and on every page what she must know (S77, S122)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from adviespunt.frontend import ROOT
from cases.brieven.sjablonen import SJABLONEN, Invoer, compose
from cases.brieven.velden import Invulling
from tests import people
from tests.cases import loket as door

pytestmark = pytest.mark.django_db
BELOFTE = "Onze hulp is gratis en onafhankelijk. Wat u ons vertelt, blijft geheim."
TEMPLATES = ROOT / "templates"
# Printed on paper, of which letters have a test of their own and reports theirs.
OP_PAPIER = TEMPLATES / "report"


# ------------------------------------------------------------------ said on every page


def addresses(
    patterns: list[URLPattern | URLResolver], head: str = ""
) -> Iterator[str]:
    """Every address without a part that varies."""
    for one in patterns:
        route = head + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        elif not re.search(r"[<(\\]", route):
            yield "/" + route.strip("^$")


def test_s122_every_page_that_a_visitor_gets_says_free_independent_and_secret() -> None:
    door.open_door()
    browser = people.browser(None)
    fixed = set(addresses(get_resolver().url_patterns))
    seen = set()
    for path in {*fixed, "/loket/bij/arnhem/", "/adviespunt/arnhem/", "/weg/"}:
        page = browser.get(path)
        if not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if page.status_code in (200, 404):
            assert BELOFTE in unescape(page.text), path
            seen.add(path)
    asked = {
        "/",
        "/loket/",
        "/loket/terug/",
        "/loket/bij/arnhem/",
        "/openbaar/",
        "/weg/",
    }
    asked |= {"/adviespunt/", "/adviespunt/arnhem/", "/privacy", "/toegankelijkheid"}
    asked |= {"/wie-doet-wat/", "/begrippen/", "/verifieer/", "/accounts/login/"}
    assert asked <= seen


def test_s122_no_page_has_a_frame_without_it() -> None:
    """Those with an address that varies, and those of errors, are made of these."""
    whole = [
        path
        for path in TEMPLATES.rglob("*.html")
        if "<html" in path.read_text() and not path.is_relative_to(OP_PAPIER)
    ]
    assert {path.name for path in whole} == {"base.html", "error_base.html"}
    for path in whole:
        assert '{% include "components/footer.html" %}' in path.read_text()


@pytest.mark.parametrize("soort", SJABLONEN)
@pytest.mark.parametrize("is_verborgen", [False, True])
def test_s122_every_letter_says_free_independent_and_secret(
    soort: str, is_verborgen: bool
) -> None:
    filled = Invulling({"adviespunt": "Adviespunt Arnhem"}, is_verborgen)
    letter = compose(Invoer(soort, "Brief"), filled)
    assert letter.blokken[-1].tekst == (
        "Hulp van Adviespunt Arnhem is gratis en onafhankelijk. Wat een cliënt vertelt,"
        " blijft geheim."
    )


# --------------------------------------------------------------------------- readable

LANG = 25  # words in a sentence; more is not B1
EENVOUDIG = 60  # Flesch-Douma: from 60 on it is standard or easier
# Words that nobody can replace, and that are explained where they stand.
EIGEN = re.compile(r"cli[eë]ntondersteun\w*|adviespunt\w*|zorgaanbieder\w*", re.I)
KLANK = re.compile(r"aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyëéèïöü]", re.I)
TEKST = re.compile(r"<(p|li|summary|legend|label)\b[^>]*>(.*?)</\1>", re.DOTALL)


def sentences(page: str) -> list[list[str]]:
    """The words of each sentence in the main part, without names and numbers."""
    main = page.partition("<main")[2].partition("</main>")[0]
    found = []
    for _tag, inner in TEKST.findall(main):
        plain = unescape(re.sub(r"<[^>]+>", " ", inner))
        for one in re.split(r"[.!?:;]\s|[.!?:;]$", " ".join(plain.split())):
            words = re.findall(r"[A-Za-zÀ-ÿ]+", one)
            if len(words) > 2:
                found.append(words)
    return found


def douma(found: list[list[str]]) -> float:
    """Reading ease for Dutch (Douma 1960): 206.84 - 0.77 syllables - 0.93 length."""
    words = [word for one in found for word in one if not EIGEN.fullmatch(word)]
    syllables = sum(max(1, len(KLANK.findall(word))) for word in words)
    length = sum(map(len, found)) / len(found)
    return 206.84 - 77 * syllables / len(words) - 0.93 * length


def test_the_measure_tells_plain_words_from_those_of_an_office() -> None:
    plain = (
        "<main><p>Wij helpen u. U hoeft niets te betalen. Bel ons vandaag.</p></main>"
    )
    office = (
        "<main><p>Ten aanzien van de desbetreffende onafhankelijke ondersteuning geldt"
        " dat belanghebbenden overeenkomstig de toepasselijke regelgeving gelegenheid"
        " verkrijgen hun zienswijze kenbaar te maken.</p></main>"
    )
    assert douma(sentences(plain)) > 90
    assert douma(sentences(office)) < 20


def test_s077_what_a_visitor_reads_is_plain() -> None:
    door.open_door()
    browser = people.browser(None)
    for path in (
        *("/", "/loket/", "/loket/?waar=Nergens", "/loket/terug/"),
        *("/loket/bij/arnhem/", "/adviespunt/", "/wie-doet-wat/", "/privacy"),
    ):
        found = sentences(browser.get(path).text)
        assert len(found) > 5, path
        assert [" ".join(one) for one in found if len(one) > LANG] == [], path
        assert douma(found) >= EENVOUDIG, path


def test_s077_a_page_of_the_door_prints_without_what_one_clicks() -> None:
    style = (ROOT / "adviespunt/static/adviespunt/app.css").read_text()
    printed = style.partition("@media print")[2]
    for gone in (".app-nav", ".app-actions", ".app-noprint"):
        assert gone in printed.partition("display: none")[0]
    door.open_door()
    sent = people.browser(None).post("/loket/bij/arnhem/", door.posted()).text
    code = re.search(r"(?:[2-9A-Z]{3}-){6}[2-9A-Z]{3}", sent)
    assert code is not None
    hidden = re.findall(
        r'<div class="[^"]*app-noprint[^"]*">.*?</div>', sent, re.DOTALL
    )
    assert hidden
    assert all(code[0] not in part for part in hidden)
