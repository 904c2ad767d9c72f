"""Through whom people came, by law: every number by hand, and none of it public."""

from __future__ import annotations

from datetime import date

import pytest

from cases import counts, herkomst
from cases.models import Achtergrond
from privacy.disclosure import CountTable
from privacy.disclosure.tables import problems_in
from tenants.scope import Scope, acting_as
from tests import people
from tests.signalering import maken

JOB = Scope("job", None, (1,), 1, (1,))


def table() -> CountTable:
    with acting_as(JOB):
        return counts.count_report(
            naam="2025",
            tenant_id=1,
            opdracht_id=people.ident("opdracht-arnhem"),
            van=date(2025, 1, 1),
            tot=date(2025, 12, 31),
            diensten=("OCO_SD",),
            met_herkomst=True,
        )


def test_every_body_and_function_is_in_one_group() -> None:
    assert herkomst.missing() == set()
    every = [code for codes in herkomst.GROEPEN.values() for code in codes]
    assert len(every) == len(set(every))


@pytest.mark.django_db
def test_s183_any_function_counts_in_its_group_by_law() -> None:
    wanted = [
        ("WMO", "WIJKT"),
        ("JW", "GEM"),
        ("WLZ", "KLC"),
        ("WMO", "OVP"),
        ("AWB", ""),
        ("ONBEKEND", None),
    ]
    with acting_as(people.known("anna").scope(1)):
        known = maken.clients(1, len(wanted))
        rows = [{"wet": wet} for wet, _via in wanted]
        made = maken.kwesties(1, zip(known, rows, strict=True))
        Achtergrond.objects.bulk_create(
            Achtergrond(tenant_id=1, kwestie=kwestie, herkomst=via)
            for kwestie, (_wet, via) in zip(made, wanted, strict=True)
            if via is not None
        )
    found = table()
    assert problems_in(found) == []
    numbers = {c.id: c.kwesties for c in found.cells if c.kwesties}
    by_origin = {id: n for id, n in numbers.items() if id.startswith("herkomst")}
    assert by_origin == {
        "herkomst:gemeente": 2,
        "herkomst_wet:gemeente.gemeente": 2,
        "herkomst:functie": 2,
        "herkomst_wet:functie.gemeente": 1,
        "herkomst_wet:functie.zorg": 1,
        "herkomst:ONBEKEND": 2,
        "herkomst_wet:ONBEKEND.ander": 2,
    }
    assert found.by_id["herkomst:gemeente"].clienten == 2
    shown = {cell.id for cell in found.cells if not cell.hidden}
    assert shown <= set(counts.labels("nl"))
    views = {cell.tabel for cell in counts.public_part(found).cells}
    assert views.isdisjoint(herkomst.TABELLEN)
