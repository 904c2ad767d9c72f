"""Making a region and saying who is in it (S42, S145); reports are made of members.

Guarded by tests/tenants/test_regio.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.models import Opdracht, RegioLid, Tenant
from tenants.roles import Recht
from tenants.scope import acting_as, next_tenant_id
from tenants.selectors import tenant_ids_by_slug
from tenants.wie import Plek, Wie

MINSTENS = 2


class RegioError(Exception):
    """The region cannot be made or changed so; the text says what to do."""


def mogelijke_leden(wie: Wie) -> list[Plek]:
    """The tenants this person may put in a region: those she administers."""
    here = [wie.plekken[t] for t in wie.with_right(Recht.TENANT_BEHEREN)]
    return sorted((p for p in here if p.type != "regio"), key=lambda plek: plek.naam)


def leden_van(tenant_id: int) -> QuerySet[RegioLid]:
    """Everybody who is or was in this region; the name of a member only where the
    reader has a place there."""
    return RegioLid.objects.filter(tenant_id=tenant_id).order_by("van", "pk")


@transaction.atomic
def make_regio(*, actor: Wie, naam: str, leden: Collection[int], van: date) -> Tenant:
    """A region of these tenants (ids), with an opdracht for its reports: the highest
    thresholds of its members. Raises RegioError; Refused without the right for one.
    """
    _require(actor, leden)
    slug = slugify(naam if naam.lower().startswith("regio") else f"regio {naam}")[:60]
    if slug in tenant_ids_by_slug():
        raise RegioError(_("Er is al een regio met deze naam. Kies een andere naam."))
    tenants = list(Tenant.objects.filter(pk__in=leden))
    regio_id = next_tenant_id()
    scope = actor.scope()
    here = replace(scope, tenants=(*scope.tenants, regio_id), tenant=regio_id)
    opdrachten = list(Opdracht.objects.filter(tenant_id__in=leden))
    with acting_as(here):
        regio = Tenant.objects.create(
            id=regio_id,
            slug=slug,
            naam=naam,
            type=Tenant.Type.REGIO,
            status=Tenant.Status.ACTIEF,
            is_fictief=any(tenant.is_fictief for tenant in tenants),
        )
        _opdracht(regio, tenants, opdrachten)
        for lid_id in sorted(leden):
            _add(actor, regio, lid_id, van)
        logboek.regio_gemaakt(actor, regio.pk, sorted(leden))
    return regio


@transaction.atomic
def change_regio(
    *, actor: Wie, tenant_id: int, naam: str, leden: Collection[int], dag: date
) -> None:
    """Rename, let tenants in from ``dag`` and out after it; in her scope for the
    region. Who left stays left: the reports were made with who was in then.
    """
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    _require(actor, leden)
    regio = Tenant.objects.get(pk=tenant_id)
    if regio.naam != naam:
        regio.naam = naam
        regio.save(update_fields=["naam"])
    known = {lid.lid_id: lid for lid in leden_van(tenant_id)}
    left = [t for t in leden if t in known and known[t].tot is not None]
    if left:
        raise RegioError(
            _("Deze opdrachtgever is uit de regio gegaan. Dat kan niet terug.")
        )
    for lid_id in sorted(set(leden) - known.keys()):
        _add(actor, regio, lid_id, dag)
    for lid_id in sorted(known.keys() - set(leden)):
        lid = known[lid_id]
        if lid.tot is None:
            lid.tot = max(lid.van, dag)
            lid.save(update_fields=["tot"])
    logboek.regio_gewijzigd(actor, tenant_id, sorted(leden))


def _require(actor: Wie, leden: Collection[int]) -> None:
    if len(set(leden)) < MINSTENS:
        raise RegioError(_("Kies ten minste twee opdrachtgevers."))
    for tenant_id in leden:
        actor.require(Recht.TENANT_BEHEREN, tenant_id)
        if actor.plekken[tenant_id].type == Tenant.Type.REGIO:
            raise RegioError(_("Een regio kan niet in een andere regio."))


def _add(actor: Wie, regio: Tenant, lid_id: int, van: date) -> None:
    RegioLid.objects.create(tenant=regio, lid_id=lid_id, van=van, door_id=actor.user_id)


def _opdracht(
    regio: Tenant, leden: Sequence[Tenant], opdrachten: Sequence[Opdracht]
) -> None:
    """What the reports of a region go by; a provider knows its clients, so ten."""
    floor = 10 if any(t.type == Tenant.Type.ZORGAANBIEDER for t in leden) else 5
    highest = [o.drempel_opdrachtgever for o in opdrachten]
    Opdracht.objects.create(
        tenant=regio,
        naam=_("Regionale rapportage"),
        diensten=sorted({dienst for o in opdrachten for dienst in o.diensten}),
        van=min((o.van for o in opdrachten), default=date(2015, 1, 1)),
        drempel_opdrachtgever=max([floor, *highest]),
        drempel_openbaar=max([10, *(o.drempel_openbaar for o in opdrachten)]),
        rapportagefrequentie=Opdracht.Frequentie.HALFJAAR,
    )
