"""The series in the product: everything an audience received, in one ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from privacy.disclosure import (
    Explanation,
    Ledger,
    Policy,
    PublishableTable,
    Refused,
    protect,
    verify,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from signalering import lifecycle, tasks
from signalering.lifecycle import RapportageError
from signalering.lifecycle.reeks import joined
from signalering.models import Beveiliging, Druk, Jaarplan, Rapportage, Status, Uitgifte
from signalering.periodes import parse
from tenants.jobs import run_job
from tenants.scope import Scope, acting_as
from tests import people
from tests.conftest import undone
from tests.signalering import maken

KWARTAAL = {"Q1": 2, "Q2": 5, "Q3": 8, "Q4": 11}


@pytest.fixture(scope="module")
def jaar(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A year with enough kwesties to print and small numbers in every quarter."""
    results = ("OPGELOST", "DEELS", "BEANTW", "NIET", "EIGEN")
    wanted = [
        {
            "aard": aard,
            "soort": ("VRAAG", "ONVREDE", "KLACHT")[n % 3],
            "wet": ("WMO", "JW", "PW")[(n + place) % 3],
            "kanaal": ("TEL", "MAIL")[n % 2],
            "resultaat": results[(n * 3 + quarter) % len(results)],
            "datum": maken.DAY.replace(month=maand, day=n + 1),
            "afgerond_op": maken.DAY.replace(month=maand, day=n + 1),
            "nummer": f"PRF-{kwartaal}{aard}{n}",
        }
        for quarter, (kwartaal, maand) in enumerate(KWARTAAL.items())
        for place, aard in enumerate(("FIN", "REL", "ORG", "WEI", "BEH", "OVE"))
        for n in range((14, 3, 11, 7, 2, 9)[(place + quarter) % 6])
    ]
    with django_db_blocker.unblock(), undone():
        with acting_as(people.known("nadia").scope(1)):
            maken.kwesties_of_each(1, wanted)
        yield


@pytest.fixture(autouse=True)
def private(jaar: None, settings: object, tmp_path: Any) -> Iterator[None]:
    """What a test does to the rows and the files is gone after it."""
    settings.RAPPORT_ROOT = tmp_path  # type: ignore[attr-defined]
    with undone():
        yield


def exported(publiek: str = "opdrachtgever", slug: str = "arnhem") -> dict[str, Any]:
    out = StringIO()
    call_command(
        "disclosure_export", "--tenant", slug, "--audience", publiek, stdout=out
    )
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def releases(document: dict[str, Any]) -> set[str]:
    return {cell["id"].partition("/")[0] for cell in document["cells"]}


def late(number: int, aard: str = "FIN", maand: int = 8) -> None:
    """Kwesties of the past that were registered late."""
    with acting_as(people.wie("nadia").scope(1)):
        day = maken.DAY.replace(month=maand)
        one = {"aard": aard, "datum": day, "afgerond_op": day}
        maken.kwesties_of_each(1, [one] * number)


# ---------------------------------------------------------------- what readers learn


def test_the_whole_year_in_one_ledger_gives_nobody_away(jaar: None) -> None:
    for periode in ("2025-Q1", "2025-Q2", "2025-H1", "2025-Q3", "2025-H2", "2025"):
        maken.offer(maken.figures_only(periode=periode))
    document = exported()
    assert {"2025-Q1", "2025-Q2", "2025-H1", "2025-Q3", "2025-H2", "2025"} <= releases(
        document
    )
    sums = {row["sum"] for row in document["relations"]}
    assert {"2025/aard:FIN", "2025-H1/aard:FIN", "2025-H2/aard:FIN"} <= sums
    found = audit(document)
    assert found.breaches == ()
    assert found.checked > 10


def test_a_quarter_after_its_year_reckons_with_the_year(jaar: None) -> None:
    for periode in ("2025", "2025-Q2", "2025-H2"):
        maken.offer(maken.figures_only(periode=periode))
    assert audit(exported()).breaches == ()


def test_what_came_in_late_is_a_correction_in_the_longer_period(jaar: None) -> None:
    maken.offer(maken.figures_only(periode="2025-Q3"))
    late(2)
    maken.offer(maken.figures_only(periode="2025-H2"))
    document = exported()
    late_cells = [c for c in document["cells"] if c["id"].endswith("aard:FIN#bij")]
    assert [cell["id"] for cell in late_cells] == ["2025-H2/aard:FIN#bij"]
    assert late_cells[0]["sensitive"] and late_cells[0]["value"] is None
    assert audit(document).breaches == ()


def test_protecting_each_report_alone_would_give_people_away(jaar: None) -> None:
    """The ledger does something: without it the attacker finds small numbers."""
    for periode in ("2025-Q3", "2025-Q4", "2025-H2"):
        maken.offer(maken.figures_only(periode=periode))
    with acting_as(maken.job_scope(1)):
        rows = Beveiliging.objects.filter(tenant_id=1, publiek="opdrachtgever")
        ledgers = [Ledger.from_json(row.grootboek) for row in rows]
        whole = joined(ledgers)
        policy = Policy(5, "opdrachtgever", 2.0)
        alone = [
            protect(release.table, policy, Ledger.empty()) for release in whole.releases
        ]
    blind = Ledger.empty()
    for release, publishable in zip(whole.releases, alone, strict=True):
        blind = blind.add(release.table, publishable)
    blind = blind.link(whole.relations, whole.hidden)
    assert audit(audit_document(blind, policy)).breaches != ()


def test_the_stored_proof_holds_without_a_solver(jaar: None) -> None:
    maken.figures_only(periode="2025-Q3")
    maken.figures_only(periode="2025-H2")
    with acting_as(maken.job_scope(1)):
        rows = list(
            Beveiliging.objects.filter(tenant_id=1, publiek="opdrachtgever")
            .select_related("rapportage")
            .order_by("gemaakt_op")
        )
    assert [len(row.gerekend_met) for row in rows] == [0, 1]
    entries = [Ledger.from_json(row.grootboek) for row in rows]
    for row, entry, before in zip(rows, entries, ([], entries[:1]), strict=True):
        ledger = joined([*before, replace(entry, releases=())])
        explanation = Explanation.from_json({**row.uitleg, "proof": row.bewijs})
        chosen = frozenset(id.partition("/")[2] for id in explanation.chosen)
        figures = PublishableTable.from_json(row.rapportage.cijfers)
        policy = Policy(row.drempel, row.publiek, 1.0, chosen)
        table = entry.releases[0].table
        assert verify(table, figures, policy, ledger, explanation) == []
        spoiled = Explanation.from_json({**row.uitleg, "proof": row.bewijs[1:]})
        assert verify(table, figures, policy, ledger, spoiled) != []


# ------------------------------------------------------------- refusals and ways out


def test_a_new_version_that_differs_by_a_few_people_is_refused(jaar: None) -> None:
    first = maken.figures_only(periode="2025-Q3")
    maken.offer(first)
    maken.act("fatma", "trek_in", first, reden="Een telfout.")
    late(2)
    with pytest.raises(Refused, match="te weinig cliënten") as refusal:
        maken.figures_only(periode="2025-Q3")
    assert refusal.value.eerder == ("2025-Q3",)


def test_a_refusal_is_kept_with_its_ways_out_and_one_can_be_taken(jaar: None) -> None:
    first = maken.figures_only(periode="2025-Q3")
    maken.offer(first)
    maken.act("fatma", "trek_in", first, reden="Een telfout.")
    late(2)
    wie = people.wie("chantal")
    with acting_as(wie.scope(1)):
        rapportage, job = lifecycle.request_rapportage(
            actor=wie, tenant_id=1, periode=parse("2025-Q3")
        )
    run_job(job.pk, tasks.make)
    row = maken.row(rapportage.pk)
    assert row.druk == Druk.MISLUKT
    assert row.weigering and row.weigering["code"] == "heruitgave"
    page = people.browser("chantal").get(f"/t/arnhem/rapportages/{row.pk}/")
    text = page.content.decode()
    assert "Derde kwartaal 2025" in text and "Wat je kunt doen" in text
    with acting_as(wie.scope(1)):
        lifecycle.leave_out(actor=wie, tenant_id=1, pk=row.pk, tabellen=["resultaat"])
    assert maken.row(rapportage.pk).weglaten == ["resultaat"]


def test_a_version_nobody_read_does_not_count(jaar: None) -> None:
    first = maken.figures_only(periode="2025-Q3")
    maken.act("chantal", "trek_in", first, reden="Te vroeg.")
    late(2)
    second = maken.figures_only(periode="2025-Q3")
    with acting_as(maken.job_scope(1)):
        row = Beveiliging.objects.get(
            tenant_id=1, rapportage_id=second, publiek="opdrachtgever"
        )
    assert row.gerekend_met == []
    maken.offer(second)
    assert releases(exported()) == {"2025-Q3.v2"}


def test_a_concept_that_was_made_first_may_go_out_last(jaar: None) -> None:
    first = maken.figures_only(periode="2025-Q3")
    second = maken.figures_only(periode="2025-H2")
    maken.offer(second)
    maken.offer(first)
    assert audit(exported()).breaches == ()


# ---------------------------------------------------------------- PostgreSQL refuses


def unaware(pk: UUID, periode: str = "2025") -> UUID:
    """A report with the figures of ``pk`` and proof that knows of nothing else."""
    wie = people.wie("chantal")
    with acting_as(wie.scope(1)):
        made, _job = lifecycle.request_rapportage(
            actor=wie, tenant_id=1, periode=parse(periode)
        )
    with acting_as(maken.job_scope(1)):
        like = Rapportage.objects.get(tenant_id=1, pk=pk)
        Rapportage.objects.filter(pk=made.pk).update(
            druk=Druk.KLAAR,
            cijfers=like.cijfers,
            cijfers_openbaar=like.cijfers_openbaar,
            cijfers_sha256=like.cijfers_sha256,
            openbaar_sha256=like.openbaar_sha256,
        )
        row = Beveiliging.objects.get(
            tenant_id=1, rapportage_id=pk, publiek="opdrachtgever"
        )
        row.pk, row.rapportage_id, row.gerekend_met = made.pk, made.pk, []
        row.save(force_insert=True)
    return made.pk


def test_figures_that_do_not_know_of_a_release_do_not_go_out(jaar: None) -> None:
    offered = maken.figures_only(periode="2025-Q3")
    maken.offer(offered)
    other = unaware(offered)
    maken.act("chantal", "dien_in", other)
    maken.act("els", "teken_toets", other)
    with pytest.raises(RapportageError, match="derde kwartaal 2025"):
        maken.act("chantal", "bied_aan", other)
    like = maken.row(other)
    with acting_as(people.wie("chantal").scope(1)):
        with pytest.raises(IntegrityError, match="uitgifte_rekent_niet_met_eerdere"):
            with transaction.atomic():
                Uitgifte.objects.create(
                    tenant_id=1,
                    rapportage_id=other,
                    beveiliging_id=other,
                    publiek="opdrachtgever",
                    jaar=2025,
                    cijfers=like.cijfers,
                    cijfers_sha256=like.cijfers_sha256,
                    door_id=people.ident("chantal"),
                )
        with pytest.raises(IntegrityError, match="rapportage_zonder_uitgifte"):
            with transaction.atomic():
                Rapportage.objects.filter(pk=other).update(
                    status=Status.AANGEBODEN,
                    aangeboden_op=like.aangemaakt_op,
                    reactie_tot="2099-01-01",
                )


@pytest.mark.parametrize("table", ["beveiliging", "uitgifte", "jaarplan"])
@pytest.mark.parametrize("kind", ["staff", "job"])
def test_the_ledger_only_grows(kind: str, table: str, jaar: None) -> None:
    maken.offer(maken.figures_only(periode="2025-Q3"))
    user = people.ident("chantal") if kind == "staff" else None
    scope = Scope(kind, user, (1,), 1, (1,))  # type: ignore[arg-type]
    for verb in ("UPDATE signalering_{} SET jaar = 2024", "DELETE FROM signalering_{}"):
        with pytest.raises(DatabaseError), acting_as(scope):
            with connection.cursor() as cursor:
                cursor.execute(verb.format(table))


@pytest.mark.parametrize("kind", ["staff", "portal", "public", "identity", "dispatch"])
@pytest.mark.parametrize("column", ["grootboek", "bewijs"])
def test_true_numbers_are_for_the_job_alone(kind: str, column: str) -> None:
    scope = Scope(kind, people.ident("chantal"), (1,), 1, (1,))  # type: ignore[arg-type]
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(scope):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM signalering_beveiliging")


@pytest.mark.parametrize("kind", ["portal", "public"])
@pytest.mark.parametrize("table", ["beveiliging", "uitgifte", "jaarplan"])
def test_no_reader_of_reports_reaches_the_ledger(kind: str, table: str) -> None:
    scope = Scope(kind, people.ident("gerard"), (1,), None, ())  # type: ignore[arg-type]
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(scope):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM signalering_{table}")


# ----------------------------------------------------------------- plan and checker


def test_the_plan_of_a_year_is_chosen_once_and_kept(jaar: None) -> None:
    maken.figures_only(periode="2025-Q1")
    with acting_as(maken.job_scope(1)):
        before = list(Jaarplan.objects.filter(tenant_id=1).values())
    maken.figures_only(periode="2025-Q2")
    with acting_as(maken.job_scope(1)):
        assert list(Jaarplan.objects.filter(tenant_id=1).values()) == before
    assert {plan["publiek"] for plan in before} == {"opdrachtgever", "openbaar"}
    assert {plan["grondslag"] for plan in before} == {"2025"}
    assert all("totaal" in plan["tabellen"] for plan in before)


def test_the_checker_reads_why_and_no_withheld_number(jaar: None) -> None:
    pk = maken.figures_only(periode="2025-H2")
    page = people.browser("els").get(f"/t/arnhem/rapportages/{pk}/beveiliging/")
    text = page.content.decode()
    assert "Weinig cliënten" in text and "Beschermt:" in text
    row = maken.row(pk)
    frozen = [*(row.cijfers or {})["cells"], *(row.cijfers_openbaar or {})["cells"]]
    withheld = [cell for cell in frozen if cell["onderdrukt"]]
    assert len(withheld) > 0
    assert text.count('<span aria-hidden="true">–</span>') == len(withheld)


def test_an_export_of_nothing_is_empty_and_of_nobody_an_error() -> None:
    assert exported()["cells"] == []
    with pytest.raises(CommandError, match="geen opdrachtgever"):
        exported(slug="bestaat-niet")
