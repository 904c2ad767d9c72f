"""What cannot be done: steps that are skipped, and pages of somebody else.

Refused twice: there is no button for it, and sending the form all the same changes
nothing. Who may not read something gets 404, as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from cases.urls import urlpatterns
from tenants.middleware import PUBLIC
from tests.isolation.test_kwestie_matrix import SCHRIJVEN, SOORT
from tests.journeys.browsing import DEEP, Visitor
from tests.journeys.conftest import Visitors
from tests.journeys.register import closed_quarter
from tests.journeys.walking import WULPENHORST, Weg, status_of

pytestmark = pytest.mark.journey
# Who takes which step, in order; addresses are below that of the report.
STEPS: Mapping[str, str] = {
    "stap/dien-in/": "teun",
    "toets/": "els",
    "stap/bied-aan/": "teun",
    "reactie/": "ivo",
    "stap/open-bespreking/": "teun",
    "bespreking/": "teun",
    "stap/stel-vast/": "fatma",
    "stap/publiceer/": "fatma",
}
# Reference pages of casework that say nothing of anybody.
FOR_ALL = ("/wie-doet-wat/", "/begrippen/")
FIELDS: Mapping[str, dict[str, str]] = {
    "toets/": {"personen": "on", "cijfers": "on"},
    "reactie/": {"tekst": "Te vroeg.", "functie": "wethouder"},
    "bespreking/": {"datum": "vandaag", "deelnemers": "wethouder", "verslag": "Nee."},
}


@dataclass(frozen=True, slots=True)
class Fase:
    """Where the report is, and the buttons that the people of the Adviespunt have."""

    status: str
    teun: tuple[str, ...] = ()
    els: tuple[str, ...] = ()
    fatma: tuple[str, ...] = ()
    is_offered: bool = True
    is_established: bool = False


FASEN = (
    Fase(
        "Concept",
        teun=("Ter controle aanbieden", "Tekst schrijven", "Intrekken"),
        is_offered=False,
    ),
    Fase(
        "Interne controle",
        teun=("Terug naar concept", "Intrekken"),
        els=("Herleidbaarheidstoets tekenen",),
        is_offered=False,
    ),
    Fase(
        "Interne controle",
        teun=("Aanbieden aan de opdrachtgever", "Terug naar concept", "Intrekken"),
        is_offered=False,
    ),
    Fase("Aangeboden", teun=("Bespreking beginnen",), fatma=("Intrekken",)),
    Fase("Aangeboden", teun=("Bespreking beginnen",), fatma=("Intrekken",)),
    Fase("In bespreking", teun=("Bespreking vastleggen",), fatma=("Intrekken",)),
    Fase("Besproken", fatma=("Vaststellen", "Intrekken")),
    Fase(
        "Vastgesteld",
        fatma=("Deels openbaar maken", "Niet openbaar maken", "Intrekken"),
        is_established=True,
    ),
    Fase("Deels openbaar", fatma=("Intrekken",), is_established=True),
)


def test_no_step_is_skipped_or_taken_by_somebody_else(visitors: Visitors) -> None:
    weg = Weg(WULPENHORST, closed_quarter(2), visitors)
    steps = weg.steps()
    for index, fase in enumerate(FASEN):
        assert next(steps) == fase.status
        _look_from_inside(weg, fase)
        _look_from_outside(weg, fase)
        _send_what_is_not_theirs(weg, list(STEPS)[index : index + 1])
        _send_too_early(weg, list(STEPS)[index + 1 :])
        weg.maker.visit(weg.path)
        assert status_of(weg.maker) == fase.status
    _read_that_there_is_too_little(weg)


def _look_from_inside(weg: Weg, fase: Fase) -> None:
    for naam in ("teun", "els", "fatma"):
        visitor = weg.as_(naam)
        visitor.visit(weg.path)
        buttons = visitor.page.locator("main > .app-actions .utrecht-button")
        assert set(buttons.all_inner_texts()) == set(getattr(fase, naam)), naam


def _look_from_outside(weg: Weg, fase: Fase) -> None:
    """The contact from the offer on; others never; the public once it is public."""
    pdf, version = f"{weg.path}pdf/opdrachtgever/", f"{weg.path}versie/opdrachtgever/"
    ivo = weg.as_("ivo")
    assert ivo.ask(weg.path).status == (200 if fase.is_offered else 404)
    assert ivo.ask(pdf).status == (200 if fase.is_established else 404)
    assert ivo.ask(version).status == 404
    ivo.visit("/rapportages/")
    listed = ivo.page.get_by_role("link", name=weg.kwartaal.label, exact=True)
    expect(listed).to_have_count(1 if fase.is_offered else 0)
    for naam in ("gerard", "dewi"):
        for path in (weg.path, pdf, version, f"{weg.path}tekst/"):
            assert weg.as_(naam).ask(path).status == 404, (naam, path)

    passer_by = weg.as_("")
    for path in (weg.path, pdf, version):
        assert "/accounts/login/" in passer_by.ask(path).headers["location"]
    guess = f"/openbaar/{weg.path.split('/')[-2]}/"
    for path in (guess, f"{guess}pdf", f"{guess}csv"):
        assert passer_by.ask(path).status == 404
    if fase.status != "Deels openbaar":
        for path in ("/openbaar/", "/api/v1/publicaties"):
            assert weg.kwartaal.label not in passer_by.ask(path).text()
            assert weg.kwartaal.code not in passer_by.ask(path).text()


def _send_what_is_not_theirs(weg: Weg, steps: list[str]) -> None:
    for step in steps:
        for naam in ("teun", "els", "fatma", "ivo", "gerard", "hanna", "dewi", ""):
            if naam == STEPS[step]:
                continue
            answer = weg.as_(naam).send(f"{weg.path}{step}", **FIELDS.get(step, {}))
            # Teun may sign checks, but not of what he made himself.
            own_work = (naam, step) == ("teun", "toets/")
            expected = 422 if own_work else 404 if naam else 302
            assert answer.status == expected, (naam, step)


def _send_too_early(weg: Weg, steps: list[str]) -> None:
    """The right person, but not yet: the page says so, or does not exist yet."""
    for step in steps:
        if step == "stap/open-bespreking/" and status_of(weg.maker) == "Aangeboden":
            continue  # a reaction may also come during the discussion
        visitor = weg.as_(STEPS[step])
        answer = visitor.send(f"{weg.path}{step}", **FIELDS.get(step, {}))
        assert answer.status in (302, 404, 422), step
        if answer.status == 302:
            assert answer.headers["location"] == weg.path
            said = visitor.ask(weg.path).text()
            assert "utrecht-alert--error" in said
            assert "utrecht-alert--ok" not in said


def _read_that_there_is_too_little(weg: Weg) -> None:
    """Too few people in this quarter: the report says so and shows no number."""
    passer_by = weg.as_("")
    passer_by.visit("/openbaar/")
    passer_by.go(weg.in_catalogue(passer_by))
    main = passer_by.page.get_by_role("main")
    expect(main).to_contain_text("Over deze periode tonen wij geen cijfers")
    expect(main.locator("table.cijfers")).to_have_count(0)


# ------------------------------------------------------------------------ casework


def test_a_kwestie_is_of_who_works_on_it(visitors: Visitors) -> None:
    bram = visitors("bram")
    bram.menu("Kwesties")
    own = bram.page.get_by_role("row").filter(has_text="Bram").get_by_role("link")
    nummer = own.first.inner_text()
    bram.go(own.first)
    kwestie = bram.path
    pages = _pages_of(kwestie)
    assert kwestie in pages
    assert len(pages) == len(urlpatterns)

    anna = visitors("anna")
    anna.menu("Kwesties")
    expect(anna.page.get_by_role("main")).not_to_contain_text(nummer)
    about = [path for path in pages if path.startswith(kwestie)]
    _refused(anna, about, turn=0)

    chantal = visitors("chantal")
    chantal.visit(kwestie)
    expect(chantal.page.get_by_role("heading", level=1)).to_have_text(nummer)
    expect(chantal.page.get_by_role("link", name="Bewerken")).to_have_count(0)
    chantal.follow("Toewijzen")
    of_her_own = {
        f"{kwestie}{naam}/" for naam, soort in SOORT.items() if soort == SCHRIJVEN
    }
    assert len(of_her_own & set(about)) >= 10
    _refused(chantal, sorted(of_her_own & set(about)), turn=1)

    behind = [path for path in pages if not path.startswith((*PUBLIC, *FOR_ALL))]
    assert len(pages) - len(behind) < 10
    for turn, naam in enumerate(("gerard", "ivo")):
        _refused(visitors(naam), behind, turn=turn)

    passer_by = visitors(None)
    passer_by.visit("/accounts/login/")
    for path in behind:
        for answer in (passer_by.ask(path), passer_by.send(path)):
            assert answer.status in (302, 405), path
            if answer.status == 302:
                assert "/accounts/login/" in answer.headers["location"]


def _pages_of(kwestie: str) -> list[str]:
    """Every address of casework, filled in for this kwestie."""
    _, _, slug, _, pk, _ = kwestie.split("/")
    routes = [str(pattern.pattern) for pattern in urlpatterns]
    filled = [r.replace("<slug:slug>", slug).replace("<uuid:pk>", pk) for r in routes]
    whole = [re.sub("<uuid:[a-z_]+>", pk, path) for path in filled]
    return [f"/{re.sub('<slug:[a-z_]+>', 'pdf', path)}" for path in whole]


def _refused(visitor: Visitor, paths: list[str], *, turn: int) -> None:
    """Each address is looked at or sent to, in turn, and what takes the one not also the
    other; both with ADVIESPUNT_DEEP=1.
    """
    visitor.visit("/rapportages/")
    for place, path in enumerate(paths):
        ways = [visitor.ask, visitor.send]
        if (turn + place) % 2:
            ways.reverse()
        for way in ways:
            status = way(path).status
            assert status in (404, 405), (visitor.naam, path)
            if status == 404 and not DEEP:
                break
