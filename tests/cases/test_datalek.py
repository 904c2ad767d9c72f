"""A breach: anybody reports, the FG judges, the clock of 72 hours is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone

from cases.services import KwestieError
from cases.services import datalek as lekken
from tenants.access import Refused
from tenants.models import Datalek
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db


def report(naam: str = "dewi", uren: int = 1) -> Datalek:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        return lekken.report_datalek(
            actor=wie,
            tenant_id=1,
            ontdekt_op=timezone.now() - timedelta(hours=uren),
            wat="Een brief ging naar het verkeerde adres.",
        )


def carry(verb: str, row: Datalek, naam: str = "frits", **given: Any) -> Datalek:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        done = getattr(lekken, verb)(actor=wie, tenant_id=1, pk=row.pk, **given)
        return seed.readable(done)  # type: ignore[no-any-return]


def test_reported_judged_notified_told_closed() -> None:
    row = report()
    assert row.uren == 70
    with pytest.raises(Refused):
        carry("judge_datalek", row, "dewi", is_meldplichtig=False, tekst="Valt mee.")
    carry("judge_datalek", row, is_meldplichtig=True, tekst="Gezondheid.")
    with pytest.raises(KwestieError, match="Moet worden gemeld"):
        carry("close_datalek", row, tekst="Klaar.")
    carry("notify_ap", row, op=timezone.now())
    carry("inform_people", row, tekst="Gebeld.")
    done = carry("close_datalek", row, tekst="Enveloppen met venster.")
    assert (done.stand, done.te_laat) == ("GESLOTEN", "")


def test_after_72_hours_the_reason_is_asked() -> None:
    row = report(uren=80)
    assert row.uren < 0
    carry("judge_datalek", row, is_meldplichtig=True, tekst="Gezondheid.")
    with pytest.raises(KwestieError) as error:
        carry("notify_ap", row, op=timezone.now())
    assert error.value.veld == "te_laat"
    carry("notify_ap", row, op=timezone.now(), te_laat="Het was een lang weekend.")


def test_a_breach_that_is_no_risk_is_not_notified_but_kept() -> None:
    row = report()
    carry("judge_datalek", row, is_meldplichtig=False, tekst="Versleuteld.")
    with pytest.raises(KwestieError):
        carry("notify_ap", row, op=timezone.now())
    assert carry("close_datalek", row, tekst="Niets nodig.").stand == "GESLOTEN"


def test_who_reported_sees_her_own_and_no_colleague_does() -> None:
    row = report("anna")
    for naam, number in (("anna", 1), ("bram", 0), ("fatma", 0), ("frits", 1)):
        with acting_as(people.wie(naam).scope(1)):
            assert Datalek.objects.filter(pk=row.pk).count() == number
    for kind in ("portal", "public", "job"):
        scope = Scope(kind, people.ident("gerard"), (1,), 1, ())
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(scope):
            Datalek.objects.filter(pk=row.pk).first()


@pytest.mark.parametrize(
    ("naam", "change", "rule"),
    [
        ("dewi", "stand = 'BEOORDEELD'", "datalek_door_fg"),
        ("frits", "stand = 'GEMELD_AP'", "datalek_volgorde"),
        ("frits", "stand = 'BEOORDEELD'", "datalek_beoordeeld"),
        ("frits", "ontdekt_op = now()", "datalek_staat_vast"),
        ("frits", "wat_v = 'x'", "datalek_staat_vast"),
    ],
)
def test_order_and_persons_are_held_by_the_database(
    naam: str, change: str, rule: str
) -> None:
    row = report()
    with pytest.raises(IntegrityError, match=rule):
        with acting_as(people.wie(naam).scope(1)), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE tenants_datalek SET {change} WHERE id = %s", [row.pk]
            )


def test_reported_from_the_page_in_a_minute() -> None:
    els = people.browser("els")
    assert "Datalek melden" in els.get("/rapportages/").text
    sent = {"wat": "Laptop weg.", "datum": "vandaag"}
    answer = els.post("/t/arnhem/datalekken/nieuw/", sent)
    assert answer.headers["Location"] == "/datalekken/"
    page = people.browser("frits").get("/datalekken/").text
    assert "uur van de 72" in page
    assert people.browser("gerard").get("/datalekken/").status_code == 404
