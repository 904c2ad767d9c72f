"""The report of a region: the sum of the reports its members discussed.

Nothing is counted anew and no kwestie is read: the figures are the frozen figures of
the members' own reports over the same period, added up. So what a reader can subtract
is exactly what is in the ledger (tests/signalering/test_regionaal.py).

Clients of the members are added; as everybody anonymous counts as one person in each of
them, and may be the same one, one less for each member after the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from cases import counts
from cases.herkomst import TABELLEN as HERKOMST
from privacy.disclosure import (
    CountCell,
    CountTable,
    Ledger,
    Refused,
    link_period,
)
from signalering.lifecycle.kring import tables_of
from signalering.lifecycle.tabel import RapportageError
from signalering.models import DEFINITIEF, Rapportage, Status
from signalering.periodes import Periode, parse
from tenants.models import Opdracht, RegioLid, Tenant

BESPROKEN = (Status.BESPROKEN, *DEFINITIEF)
MINSTENS = 2
MINUTEN = "minuten"


def members_over(tenant: Tenant, periode: Periode) -> list[Tenant]:
    """The tenants whose reports make that of a region, by name; none for a tenant
    that is no region. Raises RapportageError with what has to happen first."""
    if tenant.type != Tenant.Type.REGIO:
        return []
    if "-Q" in periode.code:
        raise RapportageError(
            _("Een regionale rapportage gaat over een half jaar of een jaar.")
        )
    rows = RegioLid.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=periode.tot),
        tenant_id=tenant.pk,
        van__lte=periode.van,
    )
    ids = list(rows.values_list("lid_id", flat=True))
    if len(ids) < MINSTENS:
        raise RapportageError(
            _("In deze regio zaten niet de hele periode twee opdrachtgevers of meer.")
        )
    require_discussed(ids, periode)
    return list(Tenant.objects.filter(pk__in=ids).order_by("naam"))


def require_discussed(leden: Iterable[int], periode: Periode) -> None:
    """Every member has discussed its own report (S42); RapportageError names who has
    not."""
    missing = _without(leden, periode, BESPROKEN)
    if missing:
        raise RapportageError(
            _("Deze opdrachtgevers hebben hun eigen rapportage nog niet besproken:")
            + f" {missing}."
        )


def require_publishable(rapportage: Rapportage) -> None:
    """Public after every member discussed its own; who has to agree to publication,
    has agreed to that of its own."""
    periode = parse(rapportage.periode)
    require_discussed(rapportage.leden, periode)
    asks = Opdracht.objects.filter(
        tenant_id__in=rapportage.leden,
        publicatieafspraak=Opdracht.Afspraak.TOESTEMMING,
    )
    careful = set(asks.values_list("tenant_id", flat=True))
    missing = _without(careful, periode, (Status.OPENBAAR_DEELS,))
    if missing:
        raise RapportageError(
            _("Van deze opdrachtgevers is de eigen rapportage niet openbaar:")
            + f" {missing}."
        )


def _without(leden: Iterable[int], periode: Periode, statuses: Sequence[str]) -> str:
    """Names of the members that have no report over the period in these statuses."""
    ids = set(leden)
    have = Rapportage.objects.filter(
        tenant_id__in=ids, periode=periode.code, status__in=statuses
    )
    left = ids - set(have.values_list("tenant_id", flat=True))
    names = Tenant.objects.filter(pk__in=left).order_by("naam")
    return ", ".join(names.values_list("naam", flat=True))


def count_members(rapportage: Rapportage, publiek: str) -> CountTable:
    """The figures of all members added up, as they were frozen for this audience; in
    the scope of the job. Raises Refused when one of them has none."""
    parts = [ledger.releases[0].table for ledger in tables_of(rapportage, publiek)]
    if len(parts) != len(rapportage.leden):
        raise Refused("beleid", "Een lid van de regio heeft geen rapportage meer.")
    return summed(parts, rapportage.periode)


def summed(parts: Sequence[CountTable], naam: str) -> CountTable:
    """The cells that every one of ``parts`` has, added up; minutes are left out, for
    they cannot be tied, and so is the origin of people."""
    first = parts[0]
    ids = [
        cell.id
        for cell in first.cells
        if all(cell.id in part.by_id for part in parts)
        and cell.tabel != MINUTEN
        and cell.id not in counts.GROEP_LABELS
        and cell.tabel not in HERKOMST
    ]
    kept = set(ids)
    return CountTable(
        naam=naam,
        cells=tuple(_sum([part.by_id[id] for part in parts]) for id in ids),
        relations=tuple(
            relation
            for relation in counts.relations()
            if kept.issuperset((relation.total, *relation.parts))
        ),
        total=first.total,
        multi=first.multi,
        quantities=first.quantities,
    )


def _sum(cells: Sequence[CountCell]) -> CountCell:
    people = [cell.clienten for cell in cells if cell.clienten]
    return replace(
        cells[0],
        kwesties=sum(cell.kwesties for cell in cells),
        clienten=max(sum(people) - max(len(people) - 1, 0), 0),
        grootste=max(cell.grootste for cell in cells),
        hidden=cells[0].id in counts.VERBORGEN,
        structural_zero=all(cell.structural_zero for cell in cells),
    )


def tied_to_members(
    ledger: Ledger, rapportage: Rapportage, publiek: str, table: CountTable
) -> Ledger:
    """The ledger that knows that ``table`` is the sum of the members' own figures."""
    parts = [ledger.releases[0].table for ledger in tables_of(rapportage, publiek)]
    return link_period(ledger, table, parts)
