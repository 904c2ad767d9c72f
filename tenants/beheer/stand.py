"""The life of an opdrachtgever: in preparation, active, ended; and what is missing.

The arrows and what must be there are held by a trigger as well (migration 0011).
Guarded by tests/tenants/test_beheer.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.beheer import BeheerFout, logboek
from tenants.beheer.opdrachtgevers import is_valid_on
from tenants.models import Membership, Opdracht, Publiekepagina, Tenant
from tenants.models.beheer import Stand
from tenants.roles import Recht
from tenants.wie import Wie

Status = Tenant.Status


@dataclass(frozen=True, slots=True)
class Punt:
    """One thing on the list. ``moet``: without it the tenant cannot become active.

    url: name of the page on which it is mended; '' when another page than ours does.
    """

    code: str
    tekst: str
    is_goed: bool
    moet: bool
    url: str = ""
    stand: str = ""


@dataclass(frozen=True, slots=True)
class Stap:
    """An arrow: where it starts and ends, its name on a button, its guard."""

    van: str
    naar: str
    naam: Promise
    wacht: Callable[[Tenant], str]


def checklist(tenant: Tenant) -> list[Punt]:
    """What an opdrachtgever needs, in the order in which one sees to it."""
    opdracht = running(tenant.pk).first()
    today = timezone.localdate()
    held = Membership.objects.filter(tenant_id=tenant.pk).order_by("rol")
    rollen = {row.rol for row in held if is_valid_on(row, today)}
    agreed = opdracht and opdracht.onafhankelijkheidsclausule_akkoord_op
    page = Publiekepagina.objects.filter(
        tenant_id=tenant.pk, stand=Stand.VASTGESTELD
    ).exists()
    return [
        Punt(
            "opdracht",
            _("Er loopt een opdracht met een dienst en een periode"),
            opdracht is not None,
            True,
            "beheer:opdrachten",
            opdracht.naam if opdracht else "",
        ),
        Punt(
            "clausule",
            _("De opdrachtgever ging akkoord met onze onafhankelijkheid"),
            bool(agreed and agreed <= today),
            True,
            "beheer:opdrachten",
        ),
        Punt(
            "drempels",
            _("De drempels van rapportages zijn afgesproken"),
            opdracht is not None,
            True,
            "beheer:opdrachten",
            _drempels(opdracht),
        ),
        Punt(
            "pagina",
            _("De tekst van de publieke pagina is vastgesteld"),
            page,
            True,
            "beheer:pagina",
        ),
        Punt(
            "ondersteuner",
            _("Er is een cliëntondersteuner aangesteld"),
            "ONDERSTEUNER" in rollen,
            True,
        ),
        Punt(
            "contact",
            _("De opdrachtgever heeft een contactpersoon"),
            "CONTACT" in rollen,
            True,
        ),
        Punt(
            "toezicht",
            _("Teamleider, directie en FG zijn bekend"),
            rollen >= {"TEAMLEIDER", "DIRECTIE", "FG"},
            False,
        ),
        Punt(
            "huisstijl",
            _("De huisstijl is gekozen"),
            bool(tenant.stijl),
            False,
            "beheer:huisstijl",
            "" if tenant.stijl else _("nu die van het Adviespunt"),
        ),
    ]


def running(tenant_id: int) -> QuerySet[Opdracht]:
    """Opdrachten that are in force today and have a dienst, agreed ones first."""
    today = timezone.localdate()
    rows = Opdracht.objects.filter(
        tenant_id=tenant_id, van__lte=today, diensten__len__gte=1
    ).exclude(tot__lt=today)
    return rows.order_by("onafhankelijkheidsclausule_akkoord_op", "-van", "id")


def _drempels(opdracht: Opdracht | None) -> str:
    if opdracht is None:
        return ""
    return _("%(een)s voor de opdrachtgever, %(ander)s openbaar") % {
        "een": opdracht.drempel_opdrachtgever,
        "ander": opdracht.drempel_openbaar,
    }


def _complete(tenant: Tenant) -> str:
    missing = [
        punt.tekst for punt in checklist(tenant) if punt.moet and not punt.is_goed
    ]
    if not missing:
        return ""
    return _("Dit ontbreekt nog: %(punten)s.") % {"punten": "; ".join(missing)}


def _nothing_runs(tenant: Tenant) -> str:
    today = timezone.localdate()
    rows = Opdracht.objects.filter(tenant_id=tenant.pk).exclude(tot__lte=today)
    if not rows.exists():
        return ""
    return _("Er loopt nog een opdracht. Vul daar eerst in tot wanneer zij loopt.")


def _always(tenant: Tenant) -> str:
    return ""


STAPPEN: dict[str, Stap] = {
    "activeren": Stap(
        Status.VOORBEREIDING, Status.ACTIEF, gettext_lazy("Actief maken"), _complete
    ),
    "beeindigen": Stap(
        Status.ACTIEF, Status.BEEINDIGD, gettext_lazy("Beëindigen"), _nothing_runs
    ),
    "hervatten": Stap(
        Status.BEEINDIGD,
        Status.VOORBEREIDING,
        gettext_lazy("Opnieuw voorbereiden"),
        _always,
    ),
}


def steps_of(tenant: Tenant) -> dict[str, str]:
    """Verb and name of what may be done from this status."""
    return {
        verb: str(stap.naam)
        for verb, stap in STAPPEN.items()
        if stap.van == tenant.status
    }


@transaction.atomic
def change_status(*, actor: Wie, tenant_id: int, verb: str) -> Tenant:
    """Follow one arrow. Raises Refused, BeheerFout with what is missing."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    tenant = Tenant.objects.select_for_update().get(pk=tenant_id)
    stap = STAPPEN[verb]
    if tenant.status != stap.van:
        raise BeheerFout(_("Dat kan niet meer: de stand is intussen veranderd."))
    reden = stap.wacht(tenant)
    if reden:
        raise BeheerFout(reden)
    was, tenant.status = tenant.status, stap.naar
    tenant.save(update_fields=["status"])
    logboek.opdrachtgever_stand(actor, tenant_id, was, tenant.status)
    return tenant
