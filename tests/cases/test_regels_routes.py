"""Which route is open, and who says who is right: never we (S11, S123, S124, S126)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.codelists import codes
from cases.models import OORDEEL_BIJ_TRAJECT, ExternTraject, Kwestie
from cases.services import (
    Afronding,
    Contact,
    KwestieError,
    Oordeel,
    RouteWaarschuwing,
    Traject,
)
from cases.services.routes import ombudsman_deadline
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def traject(type_: str, **over: Any) -> Traject:
    given: dict[str, Any] = {
        "type": type_,
        "instantie": "Klachtencommissie Oost",
        "rol_ondersteuner": "bijgestaan",
        **over,
    }
    return Traject(**given)


def lodged(kwestie: Kwestie, type_: str = "klacht_awb", **over: Any) -> ExternTraject:
    made: ExternTraject = seed.act(
        "add_traject", kwestie, traject=traject(type_, **over)
    )
    return made


def decide(kwestie: Kwestie, row: ExternTraject, **over: Any) -> ExternTraject:
    given: dict[str, Any] = {
        "oordeel": "GEGROND",
        "door": "Klachtencommissie Oost",
        "op": TODAY,
        **over,
    }
    made: ExternTraject = seed.act(
        "record_oordeel", kwestie, traject_id=row.pk, oordeel=Oordeel(**given)
    )
    return made


def to_ombudsman(kwestie: Kwestie, **over: Any) -> ExternTraject:
    return lodged(kwestie, "ombudsman", instantie="Nationale ombudsman", **over)


# ------------------------------------------------------------------- V6: the ruling


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"door": " "}, "door"),
        ({"op": None}, "op"),
        ({"op": TODAY + timedelta(days=1)}, "op"),
        ({"op": date(2025, 1, 1)}, "op"),  # before it was lodged
        ({"oordeel": "NIETBEHOORL"}, "oordeel"),
        ({"oordeel": "LOPEND"}, "oordeel"),
        ({"oordeel": ""}, "oordeel"),
    ],
)
def test_s011_a_ruling_is_of_a_body_on_a_day_from_its_own_list(
    over: dict[str, Any], veld: str
) -> None:
    kwestie = seed.register()
    row = lodged(kwestie, ingediend_op=date(2025, 6, 1))
    with pytest.raises(KwestieError) as error:
        decide(kwestie, row, **over)
    assert error.value.veld == veld


def test_s011_a_ruling_is_kept_with_the_route_and_not_with_the_kwestie() -> None:
    kwestie = seed.register()
    row = decide(kwestie, lodged(kwestie), herstelactie="Nieuw gesprek.")
    assert (row.oordeel, row.herstelactie) == ("GEGROND", "Nieuw gesprek.")
    words = {"gegrond", "oordeel", "gelijk"}
    columns = {field.column for field in Kwestie._meta.get_fields() if field.concrete}
    assert not {c for c in columns if any(word in str(c) for word in words)}


def test_s126_the_list_of_rulings_depends_on_the_body() -> None:
    known = set(codes("extern_oordeel"))
    assert set(OORDEEL_BIJ_TRAJECT) == set(ExternTraject.Type.values)
    for allowed in OORDEEL_BIJ_TRAJECT.values():
        assert set(allowed) <= known
    ombudsman = set(OORDEEL_BIJ_TRAJECT["ombudsman"])
    assert {"BEHOORL", "NIETBEHOORL", "AANBEV"} <= ombudsman
    assert "GEGROND" not in ombudsman
    for type_, allowed in OORDEEL_BIJ_TRAJECT.items():
        if type_ != "ombudsman":
            assert not {"BEHOORL", "NIETBEHOORL", "AANBEV"} & set(allowed)


def test_s126_the_form_offers_the_list_of_this_body_and_keeps_what_it_said() -> None:
    kwestie = seed.register()
    row = to_ombudsman(kwestie, reden_direct="Spoed.")
    here = f"/t/arnhem/kwesties/{kwestie.pk}/"
    form = f"{here}traject/{row.pk}/oordeel/"
    browser = people.browser("anna")
    page = browser.get(form).content.decode()
    assert 'value="NIETBEHOORL"' in page
    assert 'value="GEGROND"' not in page
    assert browser.post(form, {"oordeel": "NIETBEHOORL"}).status_code == 422
    sent = {"oordeel": "NIETBEHOORL", "door": "Nationale ombudsman", "op": "vandaag"}
    assert browser.post(form, sent).status_code == 302
    assert "Niet behoorlijk (ombudsman)" in browser.get(here).content.decode()


# ------------------------------------------------------------ V14: to the ombudsman


def test_s123_the_ombudsman_is_about_government_only() -> None:
    kwestie = seed.register("hanna", "wulpenhorst")
    route = traject("ombudsman", reden_direct="De klacht is al geweest.")
    with pytest.raises(RouteWaarschuwing, match="geschilleninstantie"):
        seed.act("add_traject", kwestie, "hanna", traject=route)
    gezien = traject("ombudsman", reden_direct="Al geweest.", route_gezien=True)
    seed.act("add_traject", kwestie, "hanna", traject=gezien)


def test_s123_whom_it_is_about_decides_when_that_is_known() -> None:
    kwestie = seed.register()
    change = {"wederpartij": ["ZORGINST"]}
    seed.act("update_kwestie", kwestie, versie=1, wijzigingen=change)
    with pytest.raises(RouteWaarschuwing):
        to_ombudsman(kwestie, reden_direct="Spoed.")
    change = {"wederpartij": ["ZORGINST", "GEM_MEDEW"]}
    versie = seed.seen(kwestie).versie
    seed.act("update_kwestie", kwestie, versie=versie, wijzigingen=change)
    to_ombudsman(kwestie, reden_direct="Spoed.")


def test_s124_first_the_complaint_or_a_reason() -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as error:
        to_ombudsman(kwestie)
    assert error.value.veld == "reden_direct"
    lodged(kwestie)
    to_ombudsman(kwestie)


def test_s124_the_last_day_is_a_year_after_the_outcome() -> None:
    kwestie = seed.register(datum=date(2023, 1, 9))
    row = lodged(kwestie)
    decide(kwestie, row, op=date(2024, 2, 29))
    with acting_as(people.wie("anna").scope(1)):
        assert ombudsman_deadline(kwestie) == date(2025, 2, 28)
    page = people.browser("anna").get(f"/t/arnhem/kwesties/{kwestie.pk}/traject/")
    assert "28 februari 2025" in page.content.decode()
    with pytest.raises(RouteWaarschuwing, match="28 februari 2025"):
        to_ombudsman(kwestie, ingediend_op=date(2025, 3, 1))
    to_ombudsman(kwestie, ingediend_op=date(2025, 2, 28))


def test_a_warning_about_the_route_is_answered_on_the_form() -> None:
    kwestie = seed.register()
    seed.act(
        "update_kwestie", kwestie, versie=1, wijzigingen={"wederpartij": ["VERZEKER"]}
    )
    form = f"/t/arnhem/kwesties/{kwestie.pk}/traject/"
    sent = {
        "traject_type": "ombudsman",
        "instantie": "Nationale ombudsman",
        "rol_ondersteuner": "meegedacht",
        "reden_direct": "De klacht liep al.",
    }
    browser = people.browser("anna")
    warned = browser.post(form, sent)
    assert warned.status_code == 422
    fields = re.findall(r"<input[^>]*>", warned.content.decode())
    (box,) = [field for field in fields if 'name="route_gezien"' in field]
    assert 'type="checkbox"' in box
    assert browser.post(form, {**sent, "route_gezien": "on"}).status_code == 302


# ---------------------------------------------------------- V13: mediation to care


def test_s167_mediation_to_care_belongs_to_the_wlz() -> None:
    contact: dict[str, Any] = {
        "datum_tijd": timezone.now(),
        "kanaal": "TEL",
        "met": ("CLIENT",),
        "activiteiten": ("IND.ZORGBEM",),
    }
    kwestie = seed.register()
    with pytest.raises(RouteWaarschuwing, match="Wet langdurige zorg"):
        seed.act("add_contactmoment", kwestie, contact=Contact(**contact))
    knowing = Contact(**contact, route_gezien=True)
    seed.act("add_contactmoment", kwestie, contact=knowing)
    of_wlz = seed.register(wet="WLZ")
    seed.act("add_contactmoment", of_wlz, contact=Contact(**contact))


def test_s167_mediation_to_care_warns_at_the_end_too() -> None:
    kwestie = seed.register(soort="VRAAG")
    given: dict[str, Any] = {"resultaat": "BEANTW", "activiteiten": ("IND.ZORGBEM",)}
    with pytest.raises(RouteWaarschuwing):
        seed.act("close_kwestie", kwestie, afronding=Afronding(**given))
    knowing = Afronding(**given, route_gezien=True)
    seed.act("close_kwestie", kwestie, afronding=knowing)


def test_s167_mediation_to_care_warns_while_registering_and_is_answered_there() -> None:
    with pytest.raises(RouteWaarschuwing):
        seed.register(activiteiten=("IND.ZORGBEM",))
    seed.register(activiteiten=("IND.ZORGBEM",), route_gezien=True)
    sent = {**seed.POSTED, "id": uuid4(), "activiteiten": ["IND.ZORGBEM"]}
    browser = people.browser("anna")
    warned = browser.post("/t/arnhem/kwesties/nieuw/", sent)
    assert (warned.status_code, b"Wet langdurige zorg" in warned.content) == (422, True)
    knowing = browser.post("/t/arnhem/kwesties/nieuw/", {**sent, "route_gezien": "on"})
    assert knowing.status_code == 302
