"""The background of a kwestie: all optional, coded, saved in one go, seen by few."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.achtergrondblok import achtergrond_blok
from cases.models import Achtergrond, Kwestie, Toestemming
from cases.selectors.achtergrond import achtergrond_of
from cases.services import (
    AchtergrondConflict,
    Afronding,
    Contact,
    KwestieError,
    NieuweToestemming,
)
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
ALLES: dict[str, Any] = {
    "leeftijdsklasse": "12-15",
    "doelgroepen": ["ASS", "OUD"],
    "woonsituatie": "INST",
    "waarom": ["AFHANK", "TAAL"],
    "initiatief": "OUTREACH",
    "herkomst": "KLF",
    "eerder_geprobeerd": ["GEM:AFGEWEZEN", "ZA:GEEN"],
    "redenen_inzet": ["STELSEL"],
    "functies": ["KLF", "MENTOR", "OMB_L"],
    "netwerk": ["FAMILIE"],
    "is_conflict": True,
    "effect_regie": "MEER",
    "effect_zelfredzaamheid": "GELIJK",
    "effect_participatie": "ONBEKEND",
    "gewenste_situatie": "Weer zelf naar de dagbesteding.",
    "eerste_stap": "Samen bellen met het vervoer.",
}


def save(kwestie: Kwestie, door: str = "anna", versie: int = 0, **over: Any) -> Any:
    return seed.act(
        "save_achtergrond", kwestie, door, versie=versie, gegevens=over or ALLES
    )


def stored(kwestie: Kwestie) -> Achtergrond:
    with acting_as(people.wie("anna").scope(kwestie.tenant_id)):
        return cast(Achtergrond, seed.readable(achtergrond_of(kwestie)))


def here(kwestie: Kwestie, sub: str = "") -> str:
    return f"/t/arnhem/kwesties/{kwestie.pk}/{sub}"


def page(kwestie: Kwestie, sub: str = "", naam: str = "anna") -> str:
    found = people.browser(naam).get(here(kwestie, sub))
    assert found.status_code == 200
    return str(found.content.decode())


def posted(**over: Any) -> dict[str, Any]:
    return {"versie": "0", **over}


# ----------------------------------------------------------------------- in one go


def test_everything_is_saved_in_one_go_and_nothing_is_needed() -> None:
    kwestie = seed.register()
    assert stored(kwestie).versie == 0
    save(kwestie)
    row = stored(kwestie)
    assert {veld: getattr(row, veld) for veld in ALLES} == ALLES
    assert row.versie == 1
    save(kwestie, versie=1, doelgroepen=[])
    assert (stored(kwestie).doelgroepen, stored(kwestie).versie) == ([], 2)


def test_saving_the_same_again_is_no_version_and_no_event() -> None:
    kwestie = seed.register()
    save(kwestie)
    save(kwestie, versie=1)
    assert stored(kwestie).versie == 1


def test_an_older_version_is_refused_and_the_page_shows_both() -> None:
    kwestie = seed.register()
    save(kwestie, woonsituatie="INST")
    with pytest.raises(AchtergrondConflict) as conflict:
        save(kwestie, woonsituatie="THUIS")
    assert conflict.value.nu.woonsituatie == "INST"
    browser = people.browser("anna")
    answer = browser.post(here(kwestie, "achtergrond/"), posted(woonsituatie="THUIS"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "In een instelling" in text
    assert stored(kwestie).woonsituatie == "INST"
    again = browser.post(
        here(kwestie, "achtergrond/"), {"versie": "1", "woonsituatie": "THUIS"}
    )
    assert (again.status_code, stored(kwestie).woonsituatie) == (302, "THUIS")


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"woonsituatie": "KASTEEL"}, "woonsituatie"),
        ({"functies": ["BAAS"]}, "functies"),
        ({"netwerk": ["GEEN", "FAMILIE"]}, "netwerk"),
        ({"eerder_geprobeerd": ["GEM:GEEN"] * 3}, "eerder_geprobeerd"),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(
    over: dict[str, Any], veld: str
) -> None:
    with pytest.raises(KwestieError) as refusal:
        save(seed.register(), **over)
    assert refusal.value.veld == veld


def test_the_database_refuses_it_too_and_keeps_one_row_a_kwestie() -> None:
    kwestie = seed.register()
    save(kwestie)
    about: dict[str, Any] = {"tenant_id": 1, "kwestie_id": kwestie.pk}
    rows = Achtergrond.objects.filter(tenant_id=1, kwestie=kwestie)
    with acting_as(people.wie("anna").scope(1)):
        for over in ({"woonsituatie": "X"}, {"functies": ["X"]}, {"herkomst": "X"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**over)
        with pytest.raises(IntegrityError, match="achtergrond_van_kwestie"):
            with transaction.atomic():
                Achtergrond.objects.create(**about)


@pytest.mark.parametrize("naam", ["bram", "chantal", "hanna"])
def test_only_who_may_change_the_kwestie_fills_it_in(naam: str) -> None:
    kwestie = seed.register()
    with pytest.raises(Refused):
        save(kwestie, naam)
    assert people.browser(naam).get(here(kwestie, "achtergrond/")).status_code == 404


def test_no_other_role_of_the_database_reads_it(
    superuser: psycopg.Connection[Any],
) -> None:
    found = superuser.execute(
        "SELECT DISTINCT grantee FROM information_schema.column_privileges"
        " WHERE table_name = 'cases_achtergrond' AND grantee LIKE 'adviespunt%'"
    ).fetchall()
    assert sorted(row[0] for row in found) == [
        "adviespunt_job",  # ids only: it removes what was thrown away with its kwestie
        "adviespunt_owner",
        "adviespunt_staff",
    ]


def test_what_changed_is_recorded_by_name_and_not_by_content(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        "privacy.audit.record",
        lambda name, **kept: events.append((name, kept["extra"])),
    )
    save(seed.register(), eerste_stap="Samen bellen.", is_conflict=True)
    found = {"velden": "eerste_stap,is_conflict"}
    assert [kept for name, kept in events if name == "achtergrond_gewijzigd"] == [found]


# ----------------------------------------------------------------- page, form, print


def test_the_page_says_it_on_a_line_and_the_print_says_it_all() -> None:
    kwestie = seed.register()
    assert "Nog niets ingevuld. Het hoeft ook niet." in page(kwestie)
    save(kwestie)
    shown, printed = page(kwestie), page(kwestie, "afdrukken/")
    for text in (
        "12 t/m 15 jaar",
        "Klachtenfunctionaris; Mentor; Gemeentelijke ombudsman",
        "Gemeente: Afgewezen; Zorgaanbieder of -instelling: Geen reactie",
        "Weer zelf naar de dagbesteding.",
    ):
        assert text in shown
        assert text in printed
    assert shown.count('<details class="app-details">') >= 5
    assert "<details" not in printed.partition("<main")[2].partition("</main>")[0]


def test_the_form_is_folded_and_says_what_is_in_it() -> None:
    kwestie = seed.register()
    save(kwestie, woonsituatie="INST", initiatief="NAASTE")
    text = page(kwestie, "achtergrond/")
    main = text.partition("<main")[2].partition("</main>")[0]
    assert main.count("<details") == 5
    assert '<details class="app-details" open' not in text
    assert "De cliënt: In een instelling" in text


def test_a_line_says_enough_by_itself() -> None:
    kwestie = seed.register()
    save(kwestie, is_conflict=True, functies=["KLF"], effect_regie="MEER")
    text = page(kwestie)
    assert "Klachtenfunctionaris · Er is een conflict" in text
    assert "Regie over het eigen leven: Meer" in text


def test_an_answer_that_is_half_is_asked_again_in_an_open_part() -> None:
    kwestie = seed.register()
    answer = people.browser("anna").post(
        here(kwestie, "achtergrond/"), posted(eerder_1="GEM")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Kies wat daarvan kwam." in text
    assert text.count('<details class="app-details" open') == 1


def test_a_bsn_in_its_texts_is_stopped() -> None:
    kwestie = seed.register()
    answer = people.browser("anna").post(
        here(kwestie, "achtergrond/"), posted(eerste_stap="Bel over 111222333.")
    )
    assert answer.status_code == 422
    assert "burgerservicenummer" in answer.content.decode()


def test_every_question_can_be_answered_on_the_form() -> None:
    kwestie = seed.register()
    sent = posted(
        **{k: v for k, v in ALLES.items() if k not in ("eerder_geprobeerd",)},
        eerder_1="GEM",
        uitkomst_1="AFGEWEZEN",
        eerder_2="ZA",
        uitkomst_2="GEEN",
    )
    answer = people.browser("anna").post(here(kwestie, "achtergrond/"), sent)
    assert answer.status_code == 302
    row = stored(kwestie)
    assert {veld: getattr(row, veld) for veld in ALLES} == ALLES


def test_the_print_has_consents_steps_referrals_and_routes() -> None:
    kwestie = seed.register()
    seed.act(
        "plan_stap",
        kwestie,
        omschrijving="Bellen met de gemeente",
        uitvoerder="SAMEN",
        gepland_op=None,
    )
    seed.act("give_toestemming", kwestie, toestemming=consent())
    with acting_as(people.wie("anna").scope(1)):
        kwestie.verwijzingen.create(
            tenant_id=1, instantie_type="MEE", organisatie="MEE Gelderse Poort"
        )
        kwestie.trajecten.create(
            tenant_id=1,
            type="bezwaar",
            instantie="Commissie bezwaar",
            rol_ondersteuner="meegedacht",
        )
    text = page(kwestie, "afdrukken/").partition("Wat er is gebeurd")[0]
    for part in (
        "Bellen met de gemeente",
        "De planning",
        "MEE Gelderse Poort",
        "Commissie bezwaar",
    ):
        assert part in text


# ------------------------------------------------------------------- row by row


def test_s045_why_support_is_needed_is_for_us_alone() -> None:
    kwestie = seed.register()
    save(kwestie, waarom=["GELEERD", "BEPERKING", "AFHANK", "EMOTIE", "TAAL"])
    assert "Emoties zitten in de weg" in page(kwestie)


def test_s046_a_conflict_brings_advice() -> None:
    kwestie = seed.register()
    raad = "Denk aan bemiddelen, of aan een gesprek met iedereen erbij."
    assert raad not in page(kwestie)
    save(kwestie, is_conflict=True)
    assert raad in page(kwestie)


def test_s047_other_functions_are_named_and_see_nothing() -> None:
    kwestie = seed.register()
    save(kwestie, functies=["KLF", "OMB_L"])
    shown = page(kwestie)
    assert "Klachtenfunctionaris; Gemeentelijke ombudsman" in shown
    for naam in ("bram", "gerard", "otto", "hanna"):
        assert people.browser(naam).get(here(kwestie)).status_code == 404


def test_s055_closing_asks_what_it_did_and_does_not_need_it() -> None:
    kwestie = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    form = page(kwestie, "afronden/")
    for text in ("Regie over het eigen leven", "Meer", "Gelijk", "Minder"):
        assert text in form
    browser = people.browser("anna")
    sent = {
        "sleutel": "",
        "versie": kwestie.versie,
        "resultaat": "EIGEN",
        "effect_regie": "MEER",
    }
    assert browser.post(here(kwestie, "afronden/"), sent).status_code == 302
    assert stored(kwestie).effect_regie == "MEER"
    other = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    seed.act("close_kwestie", other, afronding=Afronding(resultaat="BEANTW"))
    assert stored(other).versie == 0


def test_s162_regie_self_reliance_and_taking_part() -> None:
    kwestie = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    effecten = {
        "effect_regie": "MINDER",
        "effect_zelfredzaamheid": "MEER",
        "effect_participatie": "GELIJK",
    }
    seed.act(
        "close_kwestie",
        kwestie,
        afronding=Afronding(resultaat="EIGEN", effecten=effecten),
    )
    row = stored(kwestie)
    assert {veld: getattr(row, veld) for veld in effecten} == effecten


def test_s133_a_client_who_goes_on_alone_with_what_it_did() -> None:
    kwestie = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    done = Afronding(resultaat="EIGEN", effecten={"effect_participatie": "MEER"})
    seed.act("close_kwestie", kwestie, afronding=done)
    assert "Cliënt kan zelf verder" in page(kwestie)
    assert stored(kwestie).effect_participatie == "MEER"


def test_s070_doelgroepen_of_mee_are_chosen_on_the_form() -> None:
    kwestie = seed.register(rol="OUDER")
    sent = posted(doelgroepen=["VB", "LB", "ZB", "ASS"])
    browser = people.browser("anna")
    assert browser.post(here(kwestie, "achtergrond/"), sent).status_code == 302
    assert stored(kwestie).doelgroepen == ["VB", "LB", "ZB", "ASS"]


def test_s053_each_group_of_the_seed_is_chosen_on_the_form() -> None:
    kwestie = seed.register()
    groups = ["PGB", "VERSL", "DAKTH", "PSYCH", "MZ"]
    browser = people.browser("anna")
    answer = browser.post(here(kwestie, "achtergrond/"), posted(doelgroepen=groups))
    assert answer.status_code == 302
    assert stored(kwestie).doelgroepen == groups


def test_s078_who_made_the_first_move() -> None:
    kwestie = seed.register()
    for code in ("CLIENT", "NAASTE", "VERWIJZER", "OUTREACH"):
        save(kwestie, versie=stored(kwestie).versie, initiatief=code)
    assert "Wijzelf, op een vindplaats" in page(kwestie)


def test_s096_where_somebody_lives_changes_without_registering_again() -> None:
    kwestie = seed.register()
    save(kwestie, woonsituatie="THUIS")
    save(kwestie, versie=1, woonsituatie="INST")
    after = seed.seen(kwestie)
    assert (after.nummer, after.wet, after.dienst) == (
        kwestie.nummer,
        kwestie.wet,
        kwestie.dienst,
    )
    assert stored(kwestie).woonsituatie == "INST"


@pytest.mark.parametrize("sub", ["plan/", "afdrukken/"])
def test_s127_the_wish_and_the_first_step_are_on_paper(sub: str) -> None:
    kwestie = seed.register()
    save(kwestie)
    text = page(kwestie, sub)
    assert ALLES["gewenste_situatie"] in text
    assert ALLES["eerste_stap"] in text


def test_s083_the_plan_of_the_client_prints_with_its_steps_and_no_name() -> None:
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    save(kwestie)
    for words in ("Samen de brief schrijven", "Gaat niet door"):
        step = seed.act(
            "plan_stap",
            kwestie,
            omschrijving=words,
            uitvoerder="SAMEN",
            gepland_op=None,
        )
    seed.act("drop_stap", kwestie, stap_id=step.pk, reden="Niet meer nodig")
    text = page(kwestie, "plan/")
    assert "Samen de brief schrijven" in text
    assert "U beslist over elke stap." in text
    assert "Gaat niet door" not in text
    assert seed.NAAM not in text
    assert "Zorgaanbieder of -instelling" not in text


def test_s173_why_this_function_and_not_another() -> None:
    kwestie = seed.register()
    save(kwestie, redenen_inzet=["STELSEL", "ONAFH", "LEVENSBR", "ANDERNT"])
    assert "Geen andere functie paste" in page(kwestie)


def test_s175_what_was_tried_before_and_what_came_of_it() -> None:
    kwestie = seed.register()
    save(kwestie, eerder_geprobeerd=["WIJKT:NIET", "HA:LOOPT"])
    assert "Sociaal team / wijkteam: Hielp niet; Huisarts" in page(kwestie)


# ------------------------------------------------------------ S118: ages and consent


def consent(**over: Any) -> NieuweToestemming:
    given: dict[str, Any] = {
        "ontvanger_soort": "HULPVERLENER",
        "ontvanger_naam": "De begeleider",
        "onderwerp": "De planning",
        "wijze": "GESPREK",
        "is_uitdrukkelijk": True,
        "gegeven_op": timezone.now() - timedelta(hours=1),
        **over,
    }
    return NieuweToestemming(**given)


AGES = {
    "0-11": {"OUDER", "VERTEG"},
    "12-15": {"BEIDEN", "CLIENT"},
    "16-17": {"CLIENT", "VERTEG"},
    "45-64": {"CLIENT", "VERTEG"},
    "ONB": {"CLIENT", "BEIDEN", "OUDER", "VERTEG"},
}


@pytest.mark.parametrize("leeftijd", AGES)
def test_s118_who_can_consent_follows_from_the_age(leeftijd: str) -> None:
    kwestie = seed.register(rol="JEUGDIGE", wet="JW")
    save(kwestie, leeftijdsklasse=leeftijd, woonsituatie="THUIS")
    for door in Toestemming.Door.values:
        given = consent(gegeven_door=door)
        if door in AGES[leeftijd]:
            seed.act("give_toestemming", kwestie, toestemming=given)
            continue
        with pytest.raises(KwestieError) as refusal:
            seed.act("give_toestemming", kwestie, toestemming=given)
        assert refusal.value.veld == "gegeven_door"
        with acting_as(people.wie("anna").scope(1)):
            with pytest.raises(IntegrityError, match="toestemming_leeftijd"):
                with transaction.atomic():
                    _row(kwestie, door)


def _row(kwestie: Kwestie, door: str) -> None:
    Toestemming.objects.create(
        tenant_id=1,
        kwestie=kwestie,
        gegeven_door=door,
        ontvanger_soort="GEMEENTE",
        ontvanger_naam_v="X",
        onderwerp_v="X",
        wijze="GESPREK",
        is_uitdrukkelijk=True,
        gegeven_op=timezone.now(),
        vastgelegd_door_id=people.ident("anna"),
    )


def test_s118_of_somebody_of_fourteen_the_form_asks_the_youth_and_a_parent() -> None:
    kwestie = seed.register(rol="JEUGDIGE", wet="JW")
    unknown = page(kwestie, "toestemming/")
    assert "Leg dan eerst de leeftijd vast" in unknown
    save(kwestie, leeftijdsklasse="12-15")
    text = page(kwestie, "toestemming/")
    assert "De jeugdige en een ouder of voogd" in text
    assert "De jeugdige alleen. Een ouder erbij is hier niet nodig" in text
    assert 'value="BEIDEN" checked' not in text
    sent = {
        "ontvanger_soort": "HULPVERLENER",
        "ontvanger_naam": "De begeleider",
        "onderwerp": "De planning.",
        "wijze": "GESPREK",
        "datum": "gisteren",
        "is_uitdrukkelijk": "on",
    }
    browser = people.browser("anna")
    refused = browser.post(here(kwestie, "toestemming/"), sent)
    assert refused.status_code == 422
    assert "Kies wie het goed vindt." in refused.content.decode()
    both = {**sent, "gegeven_door": "BEIDEN"}
    assert browser.post(here(kwestie, "toestemming/"), both).status_code == 302
    assert "Gegeven door: De jeugdige en een ouder of voogd." in page(kwestie)


# ------------------------------------------------------------------ S177: stepping in


def stepping_in(**over: Any) -> Contact:
    given: dict[str, Any] = {
        "datum_tijd": timezone.now() - timedelta(hours=1),
        "kanaal": "TEL",
        "met": ("CLIENT",),
        "activiteiten": ("IND.INSPR",),
        **over,
    }
    return Contact(**given)


def test_s177_stepping_in_has_a_reason_and_an_end() -> None:
    kwestie = seed.register()
    today = timezone.localdate()
    for over, veld in (
        ({}, "inspringen_reden"),
        ({"inspringen_reden": "SPOED"}, "inspringen_tot"),
        (
            {"inspringen_reden": "SPOED", "inspringen_tot": today - timedelta(days=3)},
            "inspringen_tot",
        ),
    ):
        with pytest.raises(KwestieError) as refusal:
            seed.act("add_contactmoment", kwestie, contact=stepping_in(**over))
        assert refusal.value.veld == veld
    whole = stepping_in(inspringen_reden="SPOED", inspringen_tot=today)
    made = seed.act("add_contactmoment", kwestie, contact=whole)
    assert (made.inspringen_reden, made.inspringen_tot) == ("SPOED", today)
    assert "Ingesprongen" in page(kwestie)
    joining = stepping_in(activiteiten=("IND.GESPREK",), inspringen_reden="SPOED")
    assert (
        seed.act("add_contactmoment", kwestie, contact=joining).inspringen_reden == ""
    )


def test_s177_where_no_reason_can_be_given_nobody_steps_in() -> None:
    with pytest.raises(KwestieError, match="bij een contact"):
        seed.register(activiteiten=("IND.INSPR",))
    kwestie = seed.register(soort="VRAAG")
    done = Afronding(resultaat="BEANTW", activiteiten=("IND.INSPR",))
    with pytest.raises(KwestieError, match="bij een contact"):
        seed.act("close_kwestie", kwestie, afronding=done)


def test_s177_the_database_asks_a_reason_too() -> None:
    kwestie = seed.register(activiteiten=("IND.INFO",))
    with acting_as(people.wie("anna").scope(1)):
        rows = kwestie.contactmomenten.filter(tenant_id=1)
        with pytest.raises(IntegrityError, match="contact_inspringen_reden"):
            with transaction.atomic():
                rows.update(activiteiten=["IND.INSPR"])
        with pytest.raises(IntegrityError, match="contact_inspringen"):
            with transaction.atomic():
                rows.update(inspringen_reden="SPOED")


# ---------------------------------------------------------------------- taken away


def test_s019_the_age_and_the_texts_go_with_the_name_and_the_codes_stay() -> None:
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    save(kwestie)
    seed.act("make_anonymous", kwestie, is_alles=True)
    row = stored(kwestie)
    assert (row.gewenste_situatie, row.eerste_stap) == ("–", "–")
    assert row.leeftijdsklasse == "ONB"
    assert row.functies == ALLES["functies"]


def test_the_block_costs_one_question() -> None:
    kwestie = seed.register()
    save(kwestie)
    asked: list[str] = []
    with acting_as(people.wie("anna").scope(1)):
        with connection.execute_wrapper(
            lambda execute, sql, *rest: (asked.append(sql), execute(sql, *rest))[1]
        ):
            achtergrond_blok(kwestie)
    assert len(asked) == 2  # and the key of its texts, which the page has already
