"""Perhaps it is there already; to a kwestie by its number; a kwestie on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.models import Kwestie
from cases.selectors.dubbel import plain_name, plain_phone
from privacy.models import AuditEvent
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
DUBBEL = "/t/arnhem/kwesties/nieuw/dubbel/"
OP_NAAM = {
    "identiteitsstatus": "BEKEND",
    "naam": seed.NAAM,
    "telefoon": "06 12 34 56 78",
}


def hint(door: str = "anna", /, **typed: str) -> str:
    answer = people.browser(door).post(DUBBEL, typed)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    "typed",
    [
        {"naam": "truus  van KLEEF zandbergen"},
        {"naam": "Trúus van Kleef-Zandbergen"},
        {"telefoon": "+31 (0)6-12345678"},
        {"naam": "Iemand Anders", "telefoon": "0612345678"},
    ],
)
def test_the_same_name_or_number_is_pointed_out(typed: dict[str, str]) -> None:
    kwestie = seed.register(**OP_NAAM)
    shown = hint(identiteitsstatus="BEKEND", **typed)
    assert kwestie.nummer in shown
    assert "gewoon opslaan" in shown  # it is a hint and nothing more


@pytest.mark.parametrize(
    "typed", [{"naam": "Truus"}, {"telefoon": "06"}, {"naam": ""}, {}]
)
def test_somebody_else_or_nobody_is_not_pointed_out(typed: dict[str, str]) -> None:
    seed.register(**OP_NAAM)
    assert hint(identiteitsstatus="BEKEND", **typed).strip() == ""


def test_the_hint_is_about_her_own_kwesties_only() -> None:
    """Not of colleagues, not of another tenant; also not for who leads the team."""
    seed.register("bram", **OP_NAAM)
    seed.register("nadia", "wulpenhorst", **OP_NAAM)
    for naam in ("anna", "chantal", "nadia", "vera"):
        assert hint(naam, **OP_NAAM).strip() == ""


def test_an_anonymous_call_of_the_same_day_and_kind_is_pointed_out() -> None:
    kwestie = seed.register(datum=date(2025, 3, 5))
    same = {
        "datum": "5-3-2025",
        "kanaal": "TEL",
        "aard": "FIN",
        "identiteitsstatus": "ANONIEM",
    }
    assert kwestie.nummer in hint(**same)
    for other in ({"datum": "6-3-2025"}, {"kanaal": "MAIL"}, {"aard": "REL"}):
        assert hint(**{**same, **other}).strip() == ""
    assert hint("bram", **same).strip() == ""
    assert hint(**{**same, "datum": "geen idee"}).strip() == ""


def test_what_the_hint_shows_is_recorded() -> None:
    kwestie = seed.register(**OP_NAAM)
    events = noted(lambda: hint(**OP_NAAM))
    assert events == [("dubbel_getoond", [kwestie.pk])]


def noted(act: Any) -> list[tuple[str, list[Any]]]:
    """Events that ``act`` records: no role of the application can read them back."""
    events: list[tuple[str, list[Any]]] = []
    original = AuditEvent.save

    def note(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        events.append((self.gebeurtenis, self.onderwerp_ids))
        original(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AuditEvent, "save", note)
        act()
    return events


def test_names_and_numbers_are_compared_without_their_dress() -> None:
    assert plain_name(" Á.  de Boër-Jansen ") == "a de boer jansen"
    same = ("06-12345678", "+31 6 12345678", "0031 (0)6 12345678", "31612345678")
    assert {plain_phone(nummer) for nummer in same} == {"0612345678"}


# --------------------------------------------------------------------------- jumping


def jump(naam: str, tekst: str) -> Any:
    return people.browser(naam).get("/spring/", {"q": tekst})


def page(kwestie: Kwestie, sub: str = "") -> str:
    return f"/t/arnhem/kwesties/{kwestie.pk}/{sub}"


def test_a_number_leads_to_its_kwestie_however_it_is_typed() -> None:
    kwestie = seed.register()
    bare = kwestie.nummer.partition("-")[2]
    for tekst in (kwestie.nummer, kwestie.nummer.lower(), f" {bare} ", bare.lower()):
        assert jump("anna", tekst).headers["Location"] == page(kwestie)
    assert jump("chantal", kwestie.nummer).headers["Location"] == page(kwestie)


def test_of_what_is_not_hers_nothing_is_said_not_even_that_it_is_there() -> None:
    kwestie = seed.register()
    strikt = seed.register()
    seed.act(
        *("update_kwestie", strikt),
        versie=strikt.versie,
        wijzigingen={"vertrouwelijkheid": "STRIKT"},
    )
    none = str(jump("bram", "ARN-2222222").content.decode())
    for naam, nummer in (
        ("bram", kwestie.nummer),
        ("hanna", kwestie.nummer),
        ("chantal", strikt.nummer),
    ):
        answer = jump(naam, nummer)
        assert answer.status_code == 200
        assert "Geen kwestie gevonden" in answer.content.decode()
    answer = jump("bram", kwestie.nummer).content.decode()
    assert answer.replace(kwestie.nummer, "ARN-2222222").count("<a ") == none.count(
        "<a "
    )


def test_nothing_typed_is_an_empty_question() -> None:
    answer = jump("anna", " ")
    assert answer.status_code == 200
    assert answer.context["gevonden"] == []


def test_the_dialog_offers_registering_for_each_tenant() -> None:
    shown = people.browser("nadia").get("/werk/").content.decode()
    dialog = shown.partition('id="spring"')[2].partition("</dialog>")[0]
    for naam in ("Registreren voor Gemeente Arnhem", "Zorggroep Wulpenhorst"):
        assert naam in dialog
    assert 'action="/spring/"' in dialog
    contact = people.browser("gerard").get("/rapportages/").content.decode()
    assert "/spring/" not in contact


# ------------------------------------------------------------------------- on paper


def test_printing_shows_the_kwestie_and_is_recorded() -> None:
    kwestie = seed.register(**OP_NAAM, toelichting="Wacht op een besluit.")
    browser = people.browser("anna")
    answers: list[Any] = []
    events = noted(lambda: answers.append(browser.get(page(kwestie, "afdrukken/"))))
    shown = answers[0].content.decode()
    for said in (kwestie.nummer, seed.NAAM, "Wacht op een besluit.", "Vertrouwelijk"):
        assert said in shown
    assert events == [("kwestie_afgedrukt", [kwestie.pk])]


def test_s020_who_is_anonymous_to_care_is_not_named_on_paper() -> None:
    kwestie = seed.register(**{**OP_NAAM, "identiteitsstatus": "ANON_ZORG"})
    shown = people.browser("anna").get(page(kwestie, "afdrukken/")).content.decode()
    assert kwestie.nummer in shown
    assert seed.NAAM not in shown
    assert "12 34 56 78" not in shown
