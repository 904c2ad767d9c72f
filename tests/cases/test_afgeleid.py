"""What follows from the codes: part one or two, before or after, over several laws."""

from __future__ import annotations

import pytest

from cases.afgeleid import (
    BEREIK,
    ONDERDEEL,
    PREVENTIEF,
    buiten_bereik,
    is_preventief,
    is_stelseloverstijgend,
    is_voor_klacht,
    onderdeel_of,
)
from cases.codelists import codes
from cases.models import Kwestie
from cases.wegwijs import WEGEN, wegen_for
from tenants.scope import acting_as
from tests import people
from tests.cases import seed


def test_every_fase_has_a_part_and_a_moment() -> None:
    assert set(ONDERDEEL) == set(PREVENTIEF) == set(codes("fase"))


@pytest.mark.parametrize("fase", ["ORIENT", "VOORB", "KTG", "VERSLAG", "ZORGGOED"])
def test_s149_before_and_during_care_that_goes_well_is_part_one(fase: str) -> None:
    assert onderdeel_of(Kwestie(fase=fase)) == 1


@pytest.mark.parametrize("fase", ["KNELP", "KLPROC"])
def test_s150_problems_are_part_two(fase: str) -> None:
    assert onderdeel_of(Kwestie(fase=fase)) == 2


def test_without_a_fase_nothing_follows() -> None:
    assert onderdeel_of(Kwestie()) is None
    assert is_preventief(Kwestie()) is None


def test_s168_before_a_decision_is_preventive_and_a_procedure_is_not() -> None:
    assert is_preventief(Kwestie(fase="VOORB"))
    assert is_preventief(Kwestie(fase="KNELP"))
    assert is_preventief(Kwestie(fase="KLPROC")) is False


@pytest.mark.parametrize(
    ("wet", "wetten", "several"),
    [
        ("WMO", [], False),
        ("WMO", ["ZVW"], True),
        ("ONBEKEND", ["ZVW"], False),
        ("ONBEKEND", ["ZVW", "PW"], True),
    ],
)
def test_s169_two_laws_or_more_go_over_a_system(
    wet: str, wetten: list[str], several: bool
) -> None:
    assert is_stelseloverstijgend(Kwestie(wet=wet, wetten=wetten)) is several


def test_s040_before_a_complaint_is_something_else_than_a_complaint() -> None:
    assert is_voor_klacht(Kwestie(soort="ONVREDE"))
    assert is_voor_klacht(Kwestie(soort="VRAAG", fase="KNELP"))
    assert not is_voor_klacht(Kwestie(soort="KLACHT", fase="KNELP"))
    assert not is_voor_klacht(Kwestie(soort="VRAAG", fase="KTG"))


@pytest.mark.django_db
def test_what_follows_is_on_the_page() -> None:
    kwestie = seed.register()
    seed.act(
        "update_kwestie",
        kwestie,
        versie=1,
        wijzigingen={"fase": "KNELP", "wetten": ["ZVW"]},
    )
    shown = people.browser("anna").get(f"/t/arnhem/kwesties/{kwestie.pk}/")
    text = shown.content.decode()
    for words in ("2: bij een knelpunt", "Preventief", "Gaat over meer dan één wet"):
        assert words in text


@pytest.mark.parametrize(
    ("dienst", "wet", "wetten", "outside"),
    [
        ("VP_JEUGD", "PW", [], "JW"),
        ("VP_JEUGD", "PW", ["JW"], ""),
        ("VP_JEUGD", "ONBEKEND", [], ""),
        ("OCO_WLZ", "WMO", [], "WLZ"),
        ("OCO_SD", "ZVW", [], ""),
    ],
)
def test_s144_a_dienst_for_one_law_notices_another(
    dienst: str, wet: str, wetten: list[str], outside: str
) -> None:
    assert buiten_bereik(Kwestie(dienst=dienst, wet=wet, wetten=wetten)) == outside
    assert set(BEREIK) <= set(codes("dienst"))
    assert set(BEREIK.values()) <= set(codes("wet"))


@pytest.mark.django_db
def test_s144_outside_the_commission_warns_and_saves() -> None:
    kwestie = seed.register(wet="PW")
    here = f"/t/arnhem/kwesties/{kwestie.pk}/"
    warning = "Deze kwestie gaat over een andere wet."
    assert warning not in people.browser("anna").get(here).content.decode()
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk).update(dienst="VP_JEUGD")
    assert warning in people.browser("anna").get(here).content.decode()
    change = {"aard": "REL"}
    seed.act("update_kwestie", kwestie, versie=1, wijzigingen=change)
    assert seed.seen(kwestie).aard == "REL"


# ------------------------------------------------------------------------- the guide


@pytest.mark.parametrize(
    ("about", "wet", "found"),
    [
        (["GEMEENTE"], "WMO", ["bezwaar", "klacht_overheid"]),
        (["ZORGINST"], "WLZ", ["klacht_zorg"]),
        (["DIENSTVERL"], "WMO", ["klacht_wmo"]),
        (["ZORGINST"], "JW", ["klacht_jeugd"]),
        (["VERZEKER"], "ZVW", ["verzekeraar"]),
        (["ZORGINST"], "WZD", ["klacht_wzd"]),
        ([], "ONBEKEND", []),
    ],
)
def test_s138_the_guide_leads_to_the_right_body(
    about: list[str], wet: str, found: list[str]
) -> None:
    routes = wegen_for(Kwestie(wederpartij=about, wet=wet))
    assert [weg.code for weg in routes] == found


@pytest.mark.django_db
def test_s138_body_and_term_are_on_the_page_of_the_kwestie() -> None:
    kwestie = seed.register()
    changes = {"wederpartij": ["GEMEENTE"]}
    seed.act("update_kwestie", kwestie, versie=1, wijzigingen=changes)
    text = people.browser("anna").get(f"/t/arnhem/kwesties/{kwestie.pk}/").content
    assert "Bezwaar binnen 6 weken na het besluit." in text.decode()


@pytest.mark.django_db
def test_s171_the_page_says_what_our_work_is_and_all_routes() -> None:
    text = people.browser("anna").get("/wegwijs/").content.decode()
    for aspect in ("Waar je staat", "Hoe breed je kijkt", "Hoe iemand binnenkomt"):
        assert aspect in text
    assert "Wat je doet: informeren, adviseren en ondersteunen." in text
    assert all(str(weg.titel) in text for weg in WEGEN)
    assert people.browser("gerard").get("/wegwijs/").status_code == 404
