"""What is past its term loses names and texts; what is not, nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import retention
from cases.models import AvgVerzoek, Client, ExternTraject, Kwestie, Nevenbelang
from privacy.models import Sleutel, Verwijdering
from tenants.models import Datalek
from tenants.scope import acting_as
from tests import people
from tests.cases import avg, seed
from tests.cases.seed import NAAM
from tests.cases.test_datalek import carry, report
from tests.cases.test_regels_belang import declare

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATE = TODAY - relativedelta(months=24)


def closed(op: date = LATE, **over: Any) -> Kwestie:
    """A kwestie with a text, closed on that day."""
    given = {"soort": "VRAAG", "datum": op, "toelichting": "Over de rekening.", **over}
    made = seed.register(resultaat="OPGELOST", activiteiten=("IND.INFO",), **given)
    assert made.afgerond_op == op
    return made


def stand() -> retention.Stand:
    with acting_as(retention.scope(1)):
        return retention.due(1, TODAY)


def keys() -> set[str]:
    with acting_as(retention.scope(1)):
        return {str(k.van) for k in Sleutel.objects.filter(tenant_id=1)}


def test_an_anonymous_kwestie_keeps_its_text_until_the_day_it_is_due() -> None:
    late, young = closed(), closed(LATE + relativedelta(days=1))
    assert stand().kwesties == (late.pk,)
    assert retention.carry_out(stand()) == 1
    assert stand().kwesties == ()
    erased, kept = seed.seen(late), seed.seen(young)
    assert erased.toelichting_v is None
    assert (erased.aard, erased.resultaat) == (late.aard, late.resultaat)
    assert str(late.pk) not in keys()
    with acting_as(people.wie("anna").scope(1)):
        assert Kwestie.objects.get(pk=kept.pk).toelichting == "Over de rekening."


def named(**over: Any) -> Kwestie:
    who = {"identiteitsstatus": "BEKEND", "naam": NAAM, **over}
    return closed(**who)


def test_a_client_goes_with_all_kwesties_or_not_at_all() -> None:
    first = named()
    second = closed(
        LATE + relativedelta(days=30),
        identiteitsstatus="BEKEND",
        client_van=first.pk,
    )
    assert stand().clienten == ()
    with acting_as(retention.scope(1)):
        Kwestie.objects.filter(pk=second.pk).update(datum=LATE, afgerond_op=LATE)
    assert stand().clienten == (first.client_id,)
    assert retention.carry_out(stand()) == 2
    with acting_as(retention.scope(1)):
        client = Client.objects.get(pk=first.client_id)
        receipts = set(Verwijdering.objects.values_list("soort", "van"))
    assert client.identiteitsstatus == "GEANON"
    assert client.naam_v is None
    assert {("client", client.pk), ("kwestie", first.pk)} <= receipts


def test_what_still_runs_is_kept() -> None:
    late = closed()
    with acting_as(retention.scope(1)):
        ExternTraject.objects.create(
            tenant_id=1,
            kwestie=late,
            type="bezwaar",
            instantie="C",
            rol_ondersteuner="meegedacht",
            ingediend_op=LATE,
        )
    assert stand().kwesties == ()


def test_a_dienst_may_have_a_term_of_its_own(settings: Any) -> None:
    settings.BEWAARMAANDEN = {"": 24, "OCO_SD": 25}
    closed()
    assert stand().kwesties == ()


def test_the_command_shows_and_only_then_erases(capsys: Any) -> None:
    late = closed()
    call_command("bewaartermijnen", tenant="arnhem")
    assert capsys.readouterr().out == (
        "arnhem: 0 clients, 1 kwesties, 0 requests, 0 breaches, 0 interests\n"
    )
    assert seed.seen(late).toelichting_v is not None
    call_command("bewaartermijnen", tenant="arnhem", uitvoeren=True)
    assert "erased 1 kwesties" in capsys.readouterr().out
    assert seed.seen(late).toelichting_v is None


def test_a_request_of_nobody_we_know_keeps_its_texts_for_two_years() -> None:
    row = avg.ask(None)
    given = {"uitkomst": "NIET_TE_KOPPELEN", "motivering": "Niemand bekend."}
    avg.carry("decide_verzoek", row, "frits", **given)
    avg.carry("tell_person", row, "frits", op=TODAY)
    avg.carry("close_verzoek", row, "frits")
    end = TODAY + relativedelta(months=24)
    assert retention.due_registers(1, end - relativedelta(days=1)).verzoeken == ()
    found = retention.due_registers(1, end)
    assert found.verzoeken == (row.pk,)
    assert str(row.pk) in keys()
    assert retention.close_registers(found) == 1
    assert retention.due_registers(1, end).verzoeken == ()
    with acting_as(retention.scope(1)):
        kept = AvgVerzoek.objects.get(pk=row.pk)
    assert (kept.vraag, kept.besluit, kept.stand) == ("–", "–", "GESLOTEN")
    assert str(row.pk) not in keys()


def test_a_breach_and_its_key_go_five_years_after_closing() -> None:
    old, young = report(), report()
    for row in (old, young):
        carry("judge_datalek", row, is_meldplichtig=False, tekst="Versleuteld.")
        carry("close_datalek", row, tekst="Niets nodig.")
    with acting_as(people.wie("frits").scope(1)):
        Datalek.objects.filter(pk=old.pk).update(
            gesloten_op=timezone.now() - relativedelta(years=5, days=2)
        )
    found = retention.due_registers(1, TODAY)
    assert found.datalekken == (old.pk,)
    assert retention.close_registers(found) == 1
    with acting_as(people.wie("frits").scope(1)):
        assert list(Datalek.objects.values_list("pk", flat=True)) == [young.pk]
    assert str(old.pk) not in keys()
    with acting_as(retention.worker(1)), pytest.raises(IntegrityError, match="sleutel"):
        with transaction.atomic():
            rows = Sleutel.objects.filter(soort="datalek", van=young.pk)
            rows._raw_delete(rows.db)


def test_an_interest_goes_two_years_after_it_ended() -> None:
    ended, held = declare("bram", toelichting="Zwager."), declare("nadia")
    with acting_as(people.wie("bram").scope(1)):
        Nevenbelang.objects.filter(pk=ended.pk).update(tot=LATE - relativedelta(days=1))
    assert str(people.ident("bram")) in keys()
    found = retention.due_registers(1, TODAY)
    assert found.belangen == (ended.pk,)
    assert retention.close_registers(found) == 1
    with acting_as(retention.scope(1)):
        assert list(Nevenbelang.objects.values_list("pk", flat=True)) == [held.pk]
    assert str(people.ident("bram")) not in keys()
