"""Own values of a tenant in lists outside the fixed core, and its settings (S146, S75).

A value lives under a code of the core: its code is made here and begins with it. It is
renamed or taken out of use, never deleted: kwesties may hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.beheer import BeheerFout, logboek
from tenants.diensten import DIENSTEN
from tenants.models import EigenWaarde, TenantInstelling
from tenants.roles import Recht
from tenants.wie import Wie

MEESTE = 50
# The six of the practice (V1); a test keeps them equal to the code list.
AARDEN: Mapping[str, Promise] = {
    "FIN": gettext_lazy("Financiën"),
    "REL": gettext_lazy("Relatie"),
    "ORG": gettext_lazy("Organisatie"),
    "WEI": gettext_lazy("Weigering"),
    "BEH": gettext_lazy("Behandeling"),
    "OVE": gettext_lazy("Overig"),
}


def values_of(
    tenant_ids: Iterable[int], *, ook_oude: bool = False
) -> list[EigenWaarde]:
    """Own values of these tenants, by code; those in use, or all of them."""
    rows = EigenWaarde.objects.filter(
        tenant_id__in=list(tenant_ids), lijst=EigenWaarde.Lijst.SUBAARD
    )
    if not ook_oude:
        rows = rows.filter(is_actief=True)
    return list(rows.order_by("code"))


@transaction.atomic
def add_value(*, actor: Wie, tenant_id: int, onder: str, naam: str) -> EigenWaarde:
    """A new value under this aard. Raises Refused, BeheerFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    if onder not in AARDEN:
        raise BeheerFout(_("Kies waar de waarde onder valt."), "onder")
    there = values_of([tenant_id], ook_oude=True)
    naam = _free_name(naam, there)
    if len(there) >= MEESTE:
        raise BeheerFout(_("Er zijn al 50 eigen waarden. Hernoem er een."), "naam")
    number = 1 + sum(waarde.code.startswith(f"{onder}.") for waarde in there)
    waarde = EigenWaarde.objects.create(
        tenant_id=tenant_id, code=f"{onder}.X{number}", naam=naam
    )
    logboek.waarde_toegevoegd(actor, waarde)
    return waarde


@transaction.atomic
def rename_value(*, actor: Wie, tenant_id: int, pk: UUID, naam: str) -> EigenWaarde:
    """Another name, also where it was used before. Raises Refused, BeheerFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    there = values_of([tenant_id], ook_oude=True)
    waarde = EigenWaarde.objects.get(tenant_id=tenant_id, pk=pk)
    waarde.naam = _free_name(naam, [one for one in there if one.pk != pk])
    waarde.save(update_fields=["naam"])
    logboek.waarde_hernoemd(actor, waarde)
    return waarde


@transaction.atomic
def retire_value(*, actor: Wie, tenant_id: int, pk: UUID, weer: bool) -> EigenWaarde:
    """No longer offered, or (``weer``) offered again. Raises Refused."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    waarde = EigenWaarde.objects.get(tenant_id=tenant_id, pk=pk)
    waarde.is_actief = weer
    waarde.save(update_fields=["is_actief"])
    if weer:
        logboek.waarde_weer_in_gebruik(actor, waarde)
    else:
        logboek.waarde_uit_gebruik(actor, waarde)
    return waarde


def _free_name(naam: str, there: Iterable[EigenWaarde]) -> str:
    naam = " ".join(naam.split())
    if not naam:
        raise BeheerFout(_("Vul een naam in."), "naam")
    if naam.casefold() in {waarde.naam.casefold() for waarde in there}:
        raise BeheerFout(_("Deze naam is er al."), "naam")
    return naam


def setting_of(tenant_id: int) -> TenantInstelling:
    """The settings of the tenant; the usual ones when nothing was set."""
    found = TenantInstelling.objects.filter(tenant_id=tenant_id).first()
    return found or TenantInstelling(tenant_id=tenant_id)


def norms_of(tenant_ids: Iterable[int]) -> dict[int, int]:
    """Reaction norm in working days of each of these tenants (S75)."""
    usual = dict.fromkeys(tenant_ids, TenantInstelling.REACTIENORM)
    rows = TenantInstelling.objects.filter(tenant_id__in=list(usual))
    return {**usual, **dict(rows.values_list("tenant_id", "reactienorm"))}


@transaction.atomic
def change_setting(
    *, actor: Wie, tenant_id: int, reactienorm: int, standaarddienst: str
) -> TenantInstelling:
    """Raises Refused, BeheerFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    if standaarddienst and standaarddienst not in DIENSTEN:
        raise BeheerFout(_("Kies een dienst uit de lijst."), "standaarddienst")
    instelling, _made = TenantInstelling.objects.update_or_create(
        tenant_id=tenant_id,
        defaults={"reactienorm": reactienorm, "standaarddienst": standaarddienst},
    )
    logboek.instelling_gewijzigd(actor, instelling)
    return instelling
