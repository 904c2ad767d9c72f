"""The meldcode: five steps in order, two decisions, a second pair of eyes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import MeldcodeTraject
from cases.services import Afronding, KwestieError
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import geheim, seed

pytestmark = pytest.mark.django_db
Stap = MeldcodeTraject.Stap


def test_s027_the_steps_are_taken_in_their_order() -> None:
    row = geheim.start(seed.register())
    with pytest.raises(KwestieError, match="Stap 2"):
        geheim.decide(row)
    geheim.consulted(row)
    with pytest.raises(KwestieError, match="Stap 3"):
        geheim.consulted(row)


def test_s027_without_a_talk_there_is_a_reason_of_safety() -> None:
    row = geheim.start(seed.register())
    geheim.consulted(row)
    with pytest.raises(KwestieError) as error:
        geheim.carry("record_gesprek", row, "anna", op=None, geen_gesprek=" ")
    assert error.value.veld == "geen_gesprek"
    done = geheim.carry(
        "record_gesprek", row, "anna", op=None, geen_gesprek="De dader luistert mee."
    )
    assert done.stap == Stap.AFWEGING


@pytest.mark.parametrize(
    ("answers", "veld"),
    [
        ({"kindcheck": ""}, "kindcheck"),
        ({"is_vermoeden": None}, "is_vermoeden"),
        ({"is_onveilig": None}, "is_onveilig"),
        ({"is_hulp_haalbaar": None}, "is_hulp_haalbaar"),
        ({"is_hulp_aanvaard": None}, "is_hulp_aanvaard"),
        ({"is_hulp_werkzaam": None}, "is_hulp_werkzaam"),
        ({"tekst": ""}, "tekst"),
    ],
)
def test_s027_every_question_that_matters_is_answered(
    answers: dict[str, Any], veld: str
) -> None:
    with pytest.raises(KwestieError) as error:
        geheim.weighed(geheim.start(seed.register()), **answers)
    assert error.value.veld == veld


@pytest.mark.parametrize(
    ("answers", "report"),
    [
        ({"is_vermoeden": False, "is_onveilig": None, "is_hulp_haalbaar": None}, False),
        ({"is_onveilig": True, "is_hulp_haalbaar": None}, True),
        ({"is_hulp_haalbaar": False, "is_hulp_aanvaard": None}, True),
        ({"is_hulp_aanvaard": False, "is_hulp_werkzaam": None}, True),
        ({"is_hulp_werkzaam": False}, True),
        ({"is_hulp_werkzaam": True}, False),
    ],
)
def test_the_afwegingskader_says_whether_a_report_is_indicated(
    answers: dict[str, Any], report: bool
) -> None:
    row = geheim.start(seed.register())
    rest = (
        {}
        if answers.get("is_hulp_werkzaam") is not None
        else {"is_hulp_werkzaam": None}
    )
    geheim.weighed(row, **{**rest, **answers})
    page = people.browser("anna").get(f"/t/arnhem/meldcodes/{row.pk}/").text
    said = "melden bij Veilig Thuis nodig" if report else "melden nu niet nodig"
    assert said in page


def test_s027_two_decisions_are_kept_apart_and_somebody_else_looks() -> None:
    row = geheim.start(seed.register())
    geheim.weighed(row)
    with pytest.raises(KwestieError) as error:
        geheim.carry(
            "decide_meldcode",
            row,
            "anna",
            is_melden=True,
            melden="Het moet.",
            is_hulp=False,
            hulp="",
        )
    assert error.value.veld == "hulp"
    geheim.decide(row)
    for naam in ("anna", "chantal"):
        with pytest.raises(Refused):
            geheim.carry("confirm_meldcode", row, naam, is_akkoord=True, tekst="Ja.")
    back = geheim.carry(
        "confirm_meldcode", row, "bram", is_akkoord=False, tekst="Bied ook hulp."
    )
    assert back.stap == Stap.BESLUIT
    geheim.decide(row)
    done = geheim.carry("confirm_meldcode", row, "bram", is_akkoord=True, tekst="Ja.")
    assert (done.is_melden, done.is_hulp) == (True, False)
    closed = geheim.carry("close_meldcode", row, "anna", gevolg="Het is nu veilig.")
    assert closed.stap == Stap.GESLOTEN


def test_s027_who_looks_along_and_gets_the_kwestie_decides_nothing_alone() -> None:
    """By a handover the second person would look at her own decisions (V12)."""
    kwestie = seed.register()
    row = geheim.start(kwestie)
    geheim.weighed(row)
    seed.assign(kwestie, "bram")
    answer = {"is_melden": False, "melden": "Nee.", "is_hulp": False, "hulp": "Nee."}
    with pytest.raises(KwestieError, match="andere collega die meekijkt"):
        geheim.carry("decide_meldcode", row, "bram", **answer)
    decided = "UPDATE cases_meldcodetraject SET besluit_op = now(), is_melden = false,"
    decided += " melden_v = 'x', is_hulp = false, hulp_v = 'x', bevestigd_op = now(),"
    with acting_as(people.wie("bram").scope(1)), pytest.raises(IntegrityError) as held:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{decided} bevestiging_v = 'x' WHERE id = %s", [row.pk])
    assert "meldcode_besluit_door_ander" in str(held.value)
    bram, here = people.browser("bram"), f"/t/arnhem/meldcodes/{row.pk}/"
    page = bram.get(here).text
    assert ("Vraag een ander" in page, "Stap 5 vastleggen" in page) == (True, False)
    for naam, status in (("bram", 422), ("anna", 422), ("nadia", 302)):
        sent = {"doe": "MEEKIJKER", "verantwoordelijke": str(people.ident(naam))}
        assert bram.post(here, sent).status_code == status
    geheim.carry("decide_meldcode", row, "bram", **answer)
    with pytest.raises(Refused):
        geheim.carry("confirm_meldcode", row, "bram", is_akkoord=True, tekst="Ja.")
    agreed = {"is_akkoord": True, "tekst": "Ja."}
    done = geheim.carry("confirm_meldcode", row, "nadia", **agreed)
    assert done.bevestigd_op is not None


def test_a_kwestie_with_an_open_meldcode_does_not_close() -> None:
    kwestie = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    geheim.start(kwestie)
    with pytest.raises(KwestieError, match="meldcode"):
        seed.act("close_kwestie", kwestie, afronding=Afronding(resultaat="OPGELOST"))


def test_one_kwestie_has_one_open_meldcode() -> None:
    kwestie = seed.register()
    geheim.start(kwestie)
    with pytest.raises(KwestieError, match="loopt de meldcode al"):
        geheim.start(kwestie)


@pytest.mark.parametrize("naam", ["chantal", "nadia", "fatma", "dewi", "frits", "els"])
def test_only_the_supporter_and_the_second_person_see_it(naam: str) -> None:
    row = geheim.start(seed.register())
    here = f"/t/arnhem/meldcodes/{row.pk}/"
    assert people.browser(naam).get(here).status_code == 404
    for reader in ("anna", "bram"):
        assert people.browser(reader).get(here).status_code == 200


def test_the_page_asks_for_the_step_that_is_next() -> None:
    kwestie = seed.register()
    anna, bram = people.browser("anna"), people.browser("bram")
    first = {
        "signalen": "Blauwe plekken.",
        "signalen_op": "05-03-2025",
        "functie": "Cliëntondersteuner",
        "verantwoordelijke": str(people.ident("bram")),
    }
    new = f"/t/arnhem/kwesties/{kwestie.pk}/meldcode/"
    assert anna.post(new, {**first, "signalen_op": "05-03-2999"}).status_code == 422
    here = anna.post(new, first).headers["Location"]
    assert bram.post(here, {"doe": "CONSULTATIE"}).status_code == 422
    for sent in (
        {"doe": "CONSULTATIE", "op": "06-03-2025", "tekst": "Gedragsdeskundige."},
        {"doe": "GESPREK", "gesproken": "nee", "geen_gesprek": "Niet veilig."},
        {
            "doe": "AFWEGING",
            "kindcheck": "NEE",
            "is_vermoeden": "ja",
            "is_onveilig": "ja",
            "tekst": "Er is acuut gevaar.",
        },
        {
            "doe": "BESLUIT",
            "is_melden": "ja",
            "melden": "Acuut.",
            "is_hulp": "ja",
            "hulp": "Opvang geregeld.",
        },
    ):
        assert anna.post(here, sent).status_code == 302
    agree = {"doe": "BEVESTIGING", "akkoord": "ja", "tekst": "Goed zo."}
    assert anna.post(here, agree).status_code == 422
    assert bram.post(here, agree).status_code == 302
    end = {"doe": "GEVOLGD", "tekst": "De cliënt is veilig."}
    assert anna.post(here, end).status_code == 302
    assert "Gesloten" in anna.get(here).text
