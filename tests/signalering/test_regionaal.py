"""Reports of a region: what its members discussed, added up, and nobody given away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from privacy.disclosure import Ledger, PublishableTable
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from privacy.disclosure.tables import Policy
from signalering import lifecycle
from signalering.documents import document_for
from signalering.lifecycle import RapportageError
from signalering.lifecycle.kring import GRENS, around
from signalering.lifecycle.reeks import joined
from signalering.models import Beveiliging, Druk, Rapportage
from signalering.periodes import parse
from signalering.report import render_html
from tenants.models import Tenant
from tenants.regios import make_regio
from tenants.scope import acting_as
from tenants.services import grant_membership
from tests import people
from tests.signalering import maken

pytestmark = pytest.mark.django_db
PERIODE = "2025-H2"
LEDEN = {"arnhem": (17, 3, 11, 0, 0, 0), "wulpenhorst": (12, 14, 2, 11, 0, 0)}
AARD = ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")
TEAMLEIDER = {"arnhem": "chantal", "wulpenhorst": "teun"}


@pytest.fixture(autouse=True)
def private_storage(settings: object, tmp_path: Any) -> None:
    settings.RAPPORT_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def regio() -> Iterator[int]:
    """A region of both tenants, led by Chantal, with kwesties of half a year."""
    dewi, chantal = people.wie("dewi"), people.user("chantal")
    with acting_as(dewi.scope(2)):
        grant_membership(
            actor=dewi,
            tenant=Tenant.objects.get(pk=2),
            user=chantal,
            rol="TEAMLEIDER",
            van=date(2020, 1, 1),
        )
    with acting_as(dewi.scope()):
        made = make_regio(
            actor=dewi, naam="Regio Rijn", leden=[1, 2], van=date(2020, 1, 1)
        )
    for slug, numbers in LEDEN.items():
        plant(slug, numbers)
    yield made.pk


def plant(slug: str, numbers: tuple[int, ...], maand: int = 8) -> None:
    tenant = people.tenant_id(slug)
    day = maken.DAY.replace(month=maand)
    wanted = [
        {
            "aard": aard,
            "soort": ("VRAAG", "ONVREDE", "KLACHT")[n % 3],
            "resultaat": ("OPGELOST", "DEELS", "NIET")[n % 3],
            "datum": day,
            "afgerond_op": day,
        }
        for aard, number in zip(AARD, numbers, strict=True)
        for n in range(number)
    ]
    with acting_as(people.known("nadia").scope(tenant)):
        maken.kwesties_of_each(tenant, wanted)


def own(slug: str, periode: str = PERIODE) -> UUID:
    """The own report of a member, offered."""
    maker = TEAMLEIDER[slug]
    pk = maken.figures_only(maker, slug, periode)
    maken.offer(pk, slug, maker)
    return pk


def discuss(slug: str, pk: UUID) -> None:
    maker = TEAMLEIDER[slug]
    maken.act(maker, "open_bespreking", pk, slug, printing=False)
    fields = {"datum": timezone.localdate(), **maken.BESPREKING}
    maken.act(maker, "leg_bespreking_vast", pk, slug, printing=False, **fields)


def discussed() -> dict[str, UUID]:
    made = {slug: own(slug) for slug in LEDEN}
    for slug, pk in made.items():
        discuss(slug, pk)
    return made


def ask(regio: int, periode: str = PERIODE) -> Rapportage:
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(regio)):
        made, _job = lifecycle.request_rapportage(
            actor=chantal, tenant_id=regio, periode=parse(periode)
        )
    return made


def figures(regio: int, periode: str = PERIODE) -> Rapportage:
    """A regional report with its frozen figures."""
    pk = ask(regio, periode).pk
    with acting_as(maken.job_scope(regio)):
        lifecycle.freeze_figures(Rapportage.objects.get(tenant_id=regio, pk=pk))
        Rapportage.objects.filter(tenant_id=regio, pk=pk).update(druk=Druk.KLAAR)
        return Rapportage.objects.get(tenant_id=regio, pk=pk)


def step(naam: str, verb: str, row: Rapportage, **fields: Any) -> None:
    wie = people.wie(naam)
    with acting_as(wie.scope(row.tenant_id)):
        maken.VERBS[verb](actor=wie, tenant_id=row.tenant_id, pk=row.pk, **fields)


def go_out(row: Rapportage) -> None:
    for naam, verb in (("chantal", "dien_in"), ("els", "teken_toets")):
        step(naam, verb, row)
    step("chantal", "bied_aan", row)


def everything(regio: int, publiek: str) -> Ledger:
    """What a reader has who has everything of the region and of all its members."""
    with acting_as(maken.job_scope(regio)):
        row = Beveiliging.objects.get(tenant_id=regio, publiek=publiek)
        report = Rapportage.objects.get(tenant_id=regio, pk=row.rapportage_id)
        others = [ledger for _row, ledger in around(report, publiek)]
        return joined([*others, Ledger.from_json(row.grootboek)])


# ------------------------------------------------------------------ when it may be made


def test_s042_a_region_reports_only_when_every_member_discussed_its_own(
    regio: int,
) -> None:
    made = {slug: own(slug) for slug in LEDEN}
    discuss("arnhem", made["arnhem"])
    with pytest.raises(RapportageError, match="Zorggroep Wulpenhorst"):
        ask(regio)
    with pytest.raises(RapportageError, match="half jaar of een jaar"):
        ask(regio, "2025-Q3")
    discuss("wulpenhorst", made["wulpenhorst"])
    row = ask(regio)
    assert row.deelnemers == ["Gemeente Arnhem", "Zorggroep Wulpenhorst"]
    assert row.drempel_opdrachtgever == 10  # the highest of the members


def test_the_database_refuses_a_region_whose_members_did_not_discuss(
    regio: int,
) -> None:
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(regio)):
        opdracht = Tenant.objects.get(pk=regio).opdracht_set.get()
        values: dict[str, Any] = {
            "tenant_id": regio,
            "opdracht": opdracht,
            "periode": PERIODE,
            "van": date(2025, 7, 1),
            "tot": date(2025, 12, 31),
            "diensten": ["OCO_SD"],
            "drempel_opdrachtgever": 10,
            "drempel_openbaar": 10,
            "opgesteld_door_id": chantal.user_id,
        }
        for leden, why in (
            ([1, 2], "regio_leden_niet_besproken"),
            ([], "rapportage_van_een_regio"),
        ):
            with pytest.raises(IntegrityError, match=why), transaction.atomic():
                Rapportage.objects.create(leden=leden, **values)


# ------------------------------------------------------------------- what readers learn


def test_the_region_is_the_sum_and_gives_nobody_away(regio: int) -> None:
    discussed()
    row = figures(regio)
    table = PublishableTable.from_json(row.cijfers or {})
    total = sum(sum(numbers) for numbers in LEDEN.values())
    assert table.cell("totaal").kwesties == total
    assert len(table.printed) > 5
    for publiek in ("opdrachtgever", "openbaar"):
        document = audit_document(
            everything(regio, publiek),
            Policy(10 if publiek == "openbaar" else 5, publiek),
        )
        found = audit(document)
        assert found.breaches == ()
        assert found.checked > 1
    # Printed without looking, region minus the other is the small number of Arnhem.
    whole = everything(regio, "opdrachtgever")
    last = whole.releases[-1]
    assert GRENS not in last.table.naam
    everywhere = {c.id: c.kwesties for c in last.table.cells if not c.hidden}
    assert last.printed.keys() < everywhere.keys()
    bare = replace(last, printed=everywhere)
    blind = replace(whole, releases=(*whole.releases[:-1], bare))
    leaks = audit(audit_document(blind, Policy(5, "opdrachtgever"))).breaches
    assert any(f"1{GRENS}" in str(breach) for breach in leaks)
    with acting_as(people.wie("chantal").scope(regio)):
        html = render_html(document_for(row, "openbaar"))
    assert "Gemeente Arnhem en Zorggroep Wulpenhorst" in html


def test_a_member_reckons_with_the_region_afterwards(regio: int) -> None:
    discussed()
    row = figures(regio)
    go_out(row)
    out = StringIO()
    call_command(
        "disclosure_export",
        *("--tenant", "regio-rijn", "--audience", "opdrachtgever"),
        stdout=out,
    )
    document = json.loads(out.getvalue())
    names = {cell["id"].partition("/")[0] for cell in document["cells"]}
    assert {PERIODE, f"1{GRENS}{PERIODE}", f"2{GRENS}{PERIODE}"} <= names
    assert audit(document).breaches == ()
    pk = maken.figures_only("chantal", "arnhem", "2025")
    maken.offer(pk)
    with acting_as(maken.job_scope(1)):
        later = Beveiliging.objects.get(
            tenant_id=1, rapportage_id=pk, publiek="opdrachtgever"
        )
    with acting_as(maken.job_scope(regio)):
        mine = Beveiliging.objects.get(tenant_id=regio, publiek="opdrachtgever")
    assert mine.pk in later.gerekend_met
    # Whose numbers it protects besides its own is for nobody who reads this.
    assert f"2{GRENS}" not in json.dumps(later.uitleg)


# --------------------------------------------------------------------------- who reads


def test_s153_contacts_of_every_member_read_the_region_and_not_each_other(
    regio: int,
) -> None:
    made = discussed()
    row = figures(regio)
    for naam in ("gerard", "ivo"):
        assert people.browser(naam).get(row_url(row)).status_code == 404
    go_out(row)
    for naam, other in (("gerard", "wulpenhorst"), ("ivo", "arnhem")):
        page = people.browser(naam).get(row_url(row))
        assert page.status_code == 200
        assert "Gemeente Arnhem, Zorggroep Wulpenhorst" in page.content.decode()
        listed = people.browser(naam).get("/rapportages/").content.decode()
        assert "Regio Rijn" in listed
        foreign = f"/t/{other}/rapportages/{made[other]}/"
        assert people.browser(naam).get(foreign).status_code == 404


def row_url(row: Rapportage) -> str:
    return f"/t/regio-rijn/rapportages/{row.pk}/"
