"""Breaking confidentiality: asked, looked at, decided, and only then done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Doorbreking
from cases.selectors.geheim import exceptions_of_year
from cases.services import KwestieError
from privacy.models import AuditEvent
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import geheim, seed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("veld", sorted(geheim.BELANG))
def test_s024_each_of_the_motivations_is_needed(veld: str) -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as error:
        geheim.request(kwestie, teksten={**geheim.BELANG, veld: " "})
    assert error.value.veld == veld


@pytest.mark.parametrize("veld", ["wie", "gevaar", "concreet", "geprobeerd"])
def test_s026_danger_to_somebody_else_is_concrete_or_it_is_refused(veld: str) -> None:
    kwestie = seed.register()
    texts = {**geheim.GEVAAR, veld: ""}
    with pytest.raises(KwestieError) as error:
        geheim.request(kwestie, grond="GEVAAR_ANDER", teksten=texts)
    assert error.value.veld == veld
    geheim.request(kwestie, grond="GEVAAR_ANDER", teksten=geheim.GEVAAR)


def test_s024_a_third_ground_does_not_exist() -> None:
    with pytest.raises(KwestieError) as error:
        geheim.request(seed.register(), grond="GEMAK")
    assert error.value.veld == "grond"


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"toetser_id": people.ident("anna")}, "toetser"),
        ({"toetser_id": people.ident("hanna")}, "toetser"),  # of another tenant
        ({"beslisser_id": people.ident("bram")}, "beslisser"),  # no directie
        ({"beslisser_id": people.ident("gerard")}, "beslisser"),  # who pays
    ],
)
def test_s024_nobody_approves_her_own(over: dict[str, Any], veld: str) -> None:
    with pytest.raises(KwestieError) as error:
        geheim.request(seed.register(), **over)
    assert error.value.veld == veld


def test_s024_without_toets_and_besluit_nothing_is_marked_as_given() -> None:
    row = geheim.request(seed.register())
    give = {"verstrekt": "Gebeld met de huisarts."}
    decide = {"is_toegestaan": True, "besluit": "Ja."}
    with pytest.raises(KwestieError):
        geheim.carry("give_information", row, "anna", **give)
    with pytest.raises(KwestieError):
        geheim.carry("decide_doorbreking", row, "fatma", **decide)
    for naam in ("anna", "chantal", "fatma"):
        with pytest.raises(Refused):
            geheim.carry("review_doorbreking", row, naam, is_akkoord=True, advies="Ja.")
    geheim.carry("review_doorbreking", row, "bram", is_akkoord=False, advies="Nee.")
    for naam in ("anna", "bram"):
        with pytest.raises(Refused):
            geheim.carry("decide_doorbreking", row, naam, **decide)
    geheim.carry("decide_doorbreking", row, "fatma", **decide)
    with pytest.raises(KwestieError, match="Vertel het eerst de cliënt"):
        geheim.carry("give_information", row, "anna", **give)
    geheim.carry("tell_client", row, "anna", op=None, uitstel="Niet bereikbaar.")
    geheim.carry("give_information", row, "anna", **give)
    done = geheim.carry("look_back", row, "anna", evaluatie="Het ging goed.")
    assert done.stand == Doorbreking.Stand.GEEVALUEERD


def test_what_the_directie_refuses_stays_refused() -> None:
    row = geheim.request(seed.register())
    geheim.carry("review_doorbreking", row, "bram", is_akkoord=True, advies="Ja.")
    geheim.carry(
        "decide_doorbreking", row, "fatma", is_toegestaan=False, besluit="Bel opnieuw."
    )
    for verb, given in (
        ("tell_client", {"op": timezone.now()}),
        ("give_information", {"verstrekt": "x"}),
        ("withdraw_doorbreking", {}),
    ):
        with pytest.raises(KwestieError, match="Afgewezen"):
            geheim.carry(verb, row, "anna", **given)


def test_a_decision_by_telephone_is_written_down_within_a_day() -> None:
    kwestie = seed.register()
    late = timezone.now() - timedelta(hours=25)
    with pytest.raises(KwestieError) as error:
        geheim.request(kwestie, mondeling_besluit_op=late)
    assert error.value.veld == "mondeling_besluit_op"
    row = geheim.request(
        kwestie, mondeling_besluit_op=timezone.now() - timedelta(hours=1)
    )
    assert row.stand == Doorbreking.Stand.TOETS


def test_s025_the_directie_sees_the_request_and_the_number_not_the_kwestie() -> None:
    row = geheim.allowed(seed.register())
    fatma = people.browser("fatma")
    page = fatma.get(f"/t/arnhem/doorbrekingen/{row.pk}/")
    assert page.status_code == 200
    assert geheim.BELANG["minimaal"] in page.text
    assert fatma.get(f"/t/arnhem/kwesties/{row.kwestie_id}/").status_code == 404
    overview = fatma.get("/geheimhouding/").text
    jaar = timezone.localdate().year
    assert f">{jaar}</th>" in "".join(overview.split())
    with acting_as(people.wie("fatma").scope()):
        counts = exceptions_of_year(1, jaar)
    assert counts == {("DOORBREKING", "TOEGESTAAN"): 1}


@pytest.mark.parametrize("naam", ["chantal", "nadia", "els", "dewi", "frits"])
def test_who_is_not_named_in_it_does_not_see_it(naam: str) -> None:
    row = geheim.request(seed.register())
    here = f"/t/arnhem/doorbrekingen/{row.pk}/"
    assert people.browser(naam).get(here).status_code == 404
    for reader in ("anna", "bram", "fatma"):
        assert people.browser(reader).get(here).status_code == 200


def test_every_look_and_step_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[tuple[str, str]] = []
    names = {people.ident(naam): naam for naam in people.PEOPLE}
    original = AuditEvent.save

    def note(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        if self.gebeurtenis.startswith("doorbreking"):
            noted.append((self.gebeurtenis, names[self.actor_id]))
            assert self.onderwerp_ids == [kwestie.pk]
        original(self, *args, **kwargs)

    kwestie = seed.register()
    monkeypatch.setattr(AuditEvent, "save", note)
    row = geheim.request(kwestie)
    people.browser("bram").get(f"/t/arnhem/doorbrekingen/{row.pk}/")
    geheim.carry("withdraw_doorbreking", row, "anna")
    assert noted == [
        ("doorbreking_gevraagd", "anna"),
        ("doorbreking_ingezien", "bram"),
        ("doorbreking_ingetrokken", "anna"),
    ]


def test_on_the_screen_each_person_is_asked_what_is_hers() -> None:
    kwestie = seed.register()
    anna, bram, fatma = (people.browser(n) for n in ("anna", "bram", "fatma"))
    sent = {
        "grond": "BELANG_CLIENT",
        **geheim.BELANG,
        "toetser": str(people.ident("bram")),
        "beslisser": str(people.ident("fatma")),
    }
    new = f"/t/arnhem/kwesties/{kwestie.pk}/doorbreking/"
    answer = anna.post(new, {**sent, "ernst": ""})
    assert answer.status_code == 422
    assert geheim.BELANG["feiten"] in answer.text  # nothing typed is lost
    here = anna.post(new, sent).headers["Location"]
    assert "Wacht op jou" in bram.get("/geheimhouding/").text
    said = {"akkoord": "ja", "tekst": "Dit kan niet anders."}
    assert anna.post(here, {"doe": "toets", **said}).status_code == 422
    assert bram.post(here, {"doe": "toets", "akkoord": "ja"}).status_code == 422
    assert bram.post(here, {"doe": "toets", **said}).status_code == 302
    assert bram.post(here, {"doe": "besluit", **said}).status_code == 422
    assert fatma.post(here, {"doe": "besluit", **said}).status_code == 302
    told = {"doe": "vertellen", "verteld": "ja", "datum": "vandaag"}
    assert anna.post(here, {**told, "datum": ""}).status_code == 422
    assert anna.post(here, told).status_code == 302
    given = {"doe": "verstrekken", "tekst": "De huisarts gaat kijken."}
    assert anna.post(here, given).status_code == 302
    back = {"doe": "terugkijken", "tekst": "De cliënt is opgenomen."}
    assert anna.post(here, back).status_code == 302
    assert "Afgerond en teruggekeken" in anna.get(here).text


def test_what_waits_for_her_is_told_where_her_day_begins() -> None:
    kwestie = seed.register()
    bram = people.browser("bram")
    assert "wacht op jouw toets" not in bram.get("/dag/").text
    row = geheim.request(kwestie)
    assert "Een collega wacht op jouw toets" in bram.get("/dag/").text
    geheim.carry("review_doorbreking", row, "bram", is_akkoord=True, advies="Ja.")
    assert "wacht op jouw toets" not in bram.get("/dag/").text
    geheim.decided(geheim.start(seed.register()))
    assert "Een collega wacht op jouw toets" in bram.get("/dag/").text
