"""Questions about reports; each filters on tenants itself, row security or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from signalering.models import (
    DEFINITIEF,
    ZICHTBAAR_VOOR_OPDRACHTGEVER,
    ActieStand,
    Bespreking,
    Bestand,
    Beveiliging,
    Publicatie,
    Rapportage,
    Reactie,
    Signaal,
    Signaaloverleg,
    Signaalstap,
    Status,
    Verbeteractie,
)
from signalering.periodes import Periode
from tenants.access import Wie
from tenants.models import Job
from tenants.roles import Recht


def rapportages_for(wie: Wie) -> QuerySet[Rapportage]:
    """The reports this person may see, newest period first."""
    if wie.is_medewerker:
        found = Rapportage.objects.filter(
            tenant_id__in=wie.with_right(Recht.RAPPORTAGE_LEZEN)
        )
    else:
        here = wie.with_right(Recht.RAPPORTAGE_ONTVANGEN)
        early = set(here) & set(wie.with_right(Recht.RAPPORTAGE_CONCEPT))
        found = Rapportage.objects.filter(
            Q(status__in=DEFINITIEF)
            | Q(tenant_id__in=early, status__in=ZICHTBAAR_VOOR_OPDRACHTGEVER),
            tenant_id__in=here,
        )
    return found.defer("cijfers", "cijfers_openbaar").order_by("-van", "tenant_id")


def offered_rapportages_for(wie: Wie, most: int = 12) -> list[Rapportage]:
    """The newest that were offered to an opdrachtgever, where she has kwesties, each
    with its discussions and what of it is public.
    """
    here = set(wie.with_right(Recht.KWESTIE_EIGEN))
    return list(
        rapportages_for(wie)
        .filter(tenant_id__in=here, status__in=ZICHTBAAR_VOOR_OPDRACHTGEVER)
        .prefetch_related(
            Prefetch(
                "besprekingen",
                Bespreking.objects.filter(tenant_id__in=here).order_by("-datum"),
            ),
            Prefetch(
                "publicaties",
                Publicatie.objects.filter(
                    tenant_id__in=here, ingetrokken_op__isnull=True
                ).defer("cijfers"),
            ),
        )[:most]
    )


def besprekingen_of(rapportage: Rapportage) -> QuerySet[Bespreking]:
    return Bespreking.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    ).order_by("-datum")


def reacties_of(rapportage: Rapportage) -> QuerySet[Reactie]:
    """Newest first: the first is the one that is printed."""
    return Reactie.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    ).order_by("-gegeven_op")


def bestanden_of(rapportage: Rapportage) -> QuerySet[Bestand]:
    return Bestand.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    ).order_by("-publiek")


def beveiligingen_of(rapportage: Rapportage) -> QuerySet[Beveiliging]:
    """How both versions were protected, as far as a colleague may know."""
    return (
        Beveiliging.objects.filter(
            tenant_id=rapportage.tenant_id, rapportage=rapportage
        )
        .defer("grootboek", "bewijs")
        .order_by("-publiek")
    )


def job_of(rapportage: Rapportage) -> Job | None:
    """The last job for this report, for its progress."""
    return (
        Job.objects.filter(tenant_id=rapportage.tenant_id, onderwerp_id=rapportage.pk)
        .order_by("-aangemaakt_op")
        .first()
    )


def earlier_rapportage(rapportage: Rapportage, periode: Periode) -> Rapportage | None:
    """The established report of an earlier period: quoted as it was printed."""
    return (
        Rapportage.objects.filter(
            tenant_id=rapportage.tenant_id,
            periode=periode.code,
            status__in=[
                Status.VASTGESTELD,
                Status.OPENBAAR_DEELS,
                Status.VERTROUWELIJK_AFGEROND,
            ],
        )
        .order_by("-versie")
        .first()
    )


def earlier_publicatie(tenant_id: int, periode: Periode) -> Publicatie | None:
    """What the public read about an earlier period, if it still stands."""
    return Publicatie.objects.filter(
        tenant_id=tenant_id, periode=periode.code, ingetrokken_op__isnull=True
    ).first()


def publicaties(
    *, opdrachtgever: str = "", jaar: int | None = None
) -> QuerySet[Publicatie]:
    """The public catalogue, newest first; tombstones are in it."""
    found = Publicatie.objects.order_by("-van", "opdrachtgever", "-versie")
    if opdrachtgever:
        found = found.filter(opdrachtgever_slug=opdrachtgever)
    if jaar:
        found = found.filter(van__year=jaar)
    return found


def publicatie_by_id(pk: UUID) -> Publicatie | None:
    return Publicatie.objects.filter(pk=pk).first()


def signalen_for(wie: Wie) -> QuerySet[Signaal]:
    """The signals this person may see, what moved last first: a colleague those of her
    tenants, a contact those of its own that were brought in.
    """
    if wie.is_medewerker:
        found = Signaal.objects.filter(
            tenant_id__in=wie.with_right(Recht.RAPPORTAGE_LEZEN)
        )
    else:
        found = Signaal.objects.filter(
            tenant_id__in=wie.with_right(Recht.RAPPORTAGE_ONTVANGEN),
            ingebracht_op__isnull=False,
        )
    return found.order_by("-gewijzigd_op", "pk")


def acties_of(signaal: Signaal) -> QuerySet[Verbeteractie]:
    return Verbeteractie.objects.filter(
        tenant_id=signaal.tenant_id, signaal=signaal
    ).order_by("uiterlijk", "op")


def stappen_of(signaal: Signaal) -> QuerySet[Signaalstap]:
    return Signaalstap.objects.filter(tenant_id=signaal.tenant_id, signaal=signaal)


def overleggen_of(signaal: Signaal) -> QuerySet[Signaaloverleg]:
    return Signaaloverleg.objects.filter(tenant_id=signaal.tenant_id, signaal=signaal)


def late_actions_for(wie: Wie) -> list[Verbeteractie]:
    """Promises whose day has passed, where she records what came of them (S117)."""
    return list(
        Verbeteractie.objects.filter(
            tenant_id__in=wie.with_right(Recht.BESPREKING_VASTLEGGEN),
            stand=ActieStand.TOEGEZEGD,
            uiterlijk__lt=timezone.localdate(),
        )
        .select_related("signaal")
        .order_by("uiterlijk")[:20]
    )


def reports_with(
    signalen: Collection[UUID], reports: Iterable[Rapportage]
) -> dict[UUID, list[Rapportage]]:
    """Of these reports, in which each signal is told."""
    found: dict[UUID, list[Rapportage]] = {pk: [] for pk in signalen}
    for report in reports:
        for row in report.signalen:
            if UUID(row["id"]) in found:
                found[UUID(row["id"])].append(report)
    return found
