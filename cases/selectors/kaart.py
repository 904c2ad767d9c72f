"""Questions about the social chart. Guarded by tests/cases/test_kaart.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from tenants.access import Plek, Wie
from tenants.models import FunctieScope, Gemeente, Organisatie, OrganisatieVersie
from tenants.models.kaart import HOUDBAAR
from tenants.roles import Recht

MOST = 200
MOST_NAMES = 300
MOST_WORDS = 6


SCHRIJVEN = (Recht.KWESTIE_EIGEN, Recht.TENANT_BEHEREN)


@dataclass(frozen=True, slots=True)
class KaartVraag:
    """Words that all must be found, a code of instantie_type, old ones only, gone."""

    woorden: str = ""
    soort: str = ""
    alleen_oud: bool = False
    ook_vervallen: bool = False


def plekken_on_kaart(wie: Wie) -> list[Plek]:
    """For which tenants she sees the chart."""
    rights = (Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN)
    found = [wie.plekken[t] for t in wie.with_right(*rights)]
    return sorted(found, key=lambda plek: plek.naam)


def may_write(wie: Wie, tenant_id: int) -> bool:
    """Whether she keeps the chart of this tenant."""
    return any(wie.may(recht, tenant_id) for recht in SCHRIJVEN)


def organisaties_for(wie: Wie, vraag: KaartVraag) -> list[Organisatie]:
    """On the charts of her tenants, by name; the first MOST."""
    tenants = [plek.id for plek in plekken_on_kaart(wie)]
    rows = Organisatie.objects.filter(tenant_id__in=tenants)
    if not vraag.ook_vervallen:
        rows = rows.filter(is_vervallen=False)
    if vraag.soort:
        rows = rows.filter(soort=vraag.soort)
    if vraag.alleen_oud:
        rows = rows.filter(gecontroleerd_op__lt=timezone.localdate() - HOUDBAAR)
    for word in vraag.woorden.casefold().split()[:MOST_WORDS]:
        rows = rows.filter(zoektekst__contains=word)
    return list(rows.select_related("tenant").order_by("naam", "id")[:MOST])


def organisatie_at(tenant_id: int, pk: UUID) -> Organisatie | None:
    return Organisatie.objects.filter(tenant_id=tenant_id, pk=pk).first()


def versies_of(row: Organisatie) -> QuerySet[OrganisatieVersie]:
    """What was changed, the last first."""
    rows = OrganisatieVersie.objects.filter(tenant_id=row.tenant_id, organisatie=row)
    return rows.select_related("door").order_by("-versie")[:MOST]


def names_on_kaart(tenant_id: int) -> list[str]:
    """To type from: the organisations of this tenant."""
    rows = Organisatie.objects.filter(tenant_id=tenant_id, is_vervallen=False)
    names = rows.order_by("naam").values_list("naam", flat=True)
    return list(names[:MOST_NAMES])


def organisaties_named(tenant_id: int, names: Iterable[str]) -> list[Organisatie]:
    """What the chart says of organisations with these names (S108)."""
    sought = {" ".join(name.casefold().split()) for name in names} - {""}
    if not sought:
        return []
    rows = Organisatie.objects.filter(tenant_id=tenant_id, is_vervallen=False)
    found = rows.annotate(klein=Lower("naam")).filter(klein__in=sought)
    return list(found.order_by("naam", "id")[:MOST_WORDS])


def gemeenten_named(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """(codes, names that are of no gemeente), in the order of ``names``."""
    sought = [name.strip() for name in names if name.strip()]
    wanted = Q(pk__in=[])
    for name in sought:
        wanted |= Q(naam__iexact=name)
    rows = Gemeente.objects.filter(wanted, is_vervallen=False)
    by_name = {naam.casefold(): code for code, naam in rows.values_list("pk", "naam")}
    found = [by_name[n.casefold()] for n in sought if n.casefold() in by_name]
    return found, [n for n in sought if n.casefold() not in by_name]


def names_of_gemeenten(codes: Iterable[str]) -> list[str]:
    rows = Gemeente.objects.filter(pk__in=list(codes)).order_by("naam")
    return list(rows.values_list("naam", flat=True))


def functies_for(wie: Wie) -> QuerySet[FunctieScope]:
    """What her tenants added to the table and still show."""
    rows = FunctieScope.objects.filter(tenant_id__in=list(wie.plekken), tot=None)
    return rows.select_related("tenant").order_by("naam", "id")


def functies_at(tenant_id: int) -> QuerySet[FunctieScope]:
    """Everything this tenant added, also what is no longer shown."""
    rows = FunctieScope.objects.filter(tenant_id=tenant_id)
    return rows.select_related("door").order_by("-van", "naam")[:MOST]
