"""Who is read next to whom: the members of a region, and the region itself.

A contact of one gemeente has its own reports and those of the region, and may have seen
those of the others. So once a region has figures about a year, everything about that
year of all its members is one series, in whichever order it goes out
(tests/signalering/test_regionaal.py).

In the ledger of one tenant the cells of another are named ``<tenant id>|<id>``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace

from django.db.models import Q, QuerySet

from privacy.disclosure import Knower, Ledger, Relation
from signalering.models import Beveiliging, Rapportage, Status
from tenants.scope import Scope, acting_as, wait_for
from tenants.selectors import regioleden

GRENS = "|"


def named(tenant_id: int, naam: str) -> str:
    """The name of a table or cell of this tenant in the ledger of another one."""
    return f"{tenant_id}{GRENS}{naam}"


def tied_to(rapportage: Rapportage) -> set[int]:
    """The members of a region, or the regions of a member, by id."""
    regios = {r.tenant_id for r in regioleden() if r.lid_id == rapportage.tenant_id}
    return {*rapportage.leden} or regios


def lock_kring(rapportage: Rapportage) -> None:
    """Reports of tenants that share a region are protected one after the other."""
    if tied_to(rapportage):
        wait_for(f"regio {rapportage.van.year}")


def standing(tenant_id: int, publiek: str, jaar: int) -> list[Beveiliging]:
    """What went out to this audience about a year, or still can; oldest first."""
    rows = _standing({tenant_id}, publiek, jaar)
    return list(rows.order_by("gemaakt_op", "pk"))


def _standing(tenants: set[int], publiek: str, jaar: int) -> QuerySet[Beveiliging]:
    rows = Beveiliging.objects.filter(tenant_id__in=tenants, publiek=publiek, jaar=jaar)
    out = Q(uitgiften__tenant_id__in=tenants)
    alive = ~Q(rapportage__status=Status.INGETROKKEN)
    return rows.filter(out | alive).distinct()


def around(rapportage: Rapportage, publiek: str) -> list[tuple[Beveiliging, Ledger]]:
    """What the others in this circle have about the year, with the ledger of each as
    this tenant names things; nothing for who is in no region with figures."""
    return others_of(rapportage.tenant_id, publiek, rapportage.van.year)


def others_of(
    mine: int, publiek: str, jaar: int, *, is_out: bool = False
) -> list[tuple[Beveiliging, Ledger]]:
    """As ``around``; with ``is_out`` only what went out."""
    regios: dict[int, set[int]] = defaultdict(set)
    for lid in regioleden():
        regios[lid.tenant_id].add(lid.lid_id)
    if mine not in regios and not any(mine in leden for leden in regios.values()):
        return []
    with _reading({*regios, *(lid for leden in regios.values() for lid in leden)}):
        made = {row.tenant_id for row in _standing({*regios}, publiek, jaar)}
        found = _circle(mine, {r: regios[r] for r in made | ({mine} & regios.keys())})
        rows = [r for t in sorted(found - {mine}) for r in standing(t, publiek, jaar)]
        if is_out:
            rows = [row for row in rows if row.uitgiften.exists()]
        return [
            (row, _as_seen_by(mine, row.tenant_id, Ledger.from_json(row.grootboek)))
            for row in rows
        ]


def tables_of(rapportage: Rapportage, publiek: str) -> list[Ledger]:
    """Per member of a region, in order, the ledger entry of its own report over the
    period, as the region names things."""
    here = {"publiek": publiek, "rapportage__periode": rapportage.periode}
    found = []
    with _reading({*rapportage.leden}):
        for lid in rapportage.leden:
            rows = Beveiliging.objects.filter(tenant_id=lid, **here)
            row = rows.exclude(rapportage__status=Status.INGETROKKEN).first()
            if row is not None:
                ledger = Ledger.from_json(row.grootboek)
                found.append(_as_seen_by(rapportage.tenant_id, lid, ledger))
    return found


def _reading(tenants: Iterable[int]) -> AbstractContextManager[None]:
    """The ledgers of these tenants, to read only; no case data."""
    return acting_as(Scope("job", None, tuple(sorted(tenants))))


def _circle(mine: int, regios: dict[int, set[int]]) -> set[int]:
    """Everybody who hangs together with this tenant through these regions."""
    found, growing = {mine}, True
    while growing:
        growing = False
        for regio, leden in regios.items():
            whole = {regio, *leden}
            if whole & found and not whole <= found:
                found |= whole
                growing = True
    return found


def _as_seen_by(mine: int, owner: int, ledger: Ledger) -> Ledger:
    """The same ledger with names as the tenant ``mine`` writes them."""
    own = named(mine, "")

    def name(id: str) -> str:
        full = id if GRENS in id else named(owner, id)
        return full.removeprefix(own)

    return renamed(ledger, name)


def renamed(ledger: Ledger, name: Callable[[str], str]) -> Ledger:
    """Every table, cell and reader of a ledger under another name."""
    return Ledger(
        releases=tuple(
            replace(r, table=replace(r.table, naam=name(r.table.naam)))
            for r in ledger.releases
        ),
        relations=tuple(
            Relation(name(r.total), tuple(map(name, r.parts)), r.group)
            for r in ledger.relations
        ),
        hidden=tuple(replace(cell, id=name(cell.id)) for cell in ledger.hidden),
        insiders=tuple(
            Knower(name(i.id), tuple(map(name, i.own)), tuple(map(name, i.excused)))
            for i in ledger.insiders
        ),
    )
