"""Questions about reports; each filters on tenants itself, row security or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from signalering.models import (
    BIJ_OPDRACHTGEVER,
    DEFINITIEF,
    ZICHTBAAR_VOOR_OPDRACHTGEVER,
    ActieStand,
    Bespreking,
    Bestand,
    Beveiliging,
    Herinnering,
    Onderzoek,
    OnderzoekStatus,
    Onjuistheid,
    Opmerking,
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


def opmerkingen_of(rapportage: Rapportage) -> QuerySet[Opmerking]:
    """Remarks of colleagues: what is not dealt with first, then the newest."""
    return Opmerking.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    ).order_by(F("klaar_op").asc(nulls_first=True), "-op")


def onjuistheden_of(rapportage: Rapportage) -> QuerySet[Onjuistheid]:
    """Mistakes of fact that were pointed out, in the order in which they came."""
    return Onjuistheid.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    ).order_by("op")


def herinneringen_of(rapportage: Rapportage) -> QuerySet[Herinnering]:
    return Herinnering.objects.filter(
        tenant_id=rapportage.tenant_id, rapportage=rapportage
    ).order_by("op")


def reports_of_period(
    tenants: Collection[int], periode: Periode
) -> tuple[dict[int, Rapportage], dict[UUID, Job]]:
    """The living report of each tenant over a period, and the last job of each."""
    rows = (
        Rapportage.objects.filter(tenant_id__in=tenants, periode=periode.code)
        .exclude(status=Status.INGETROKKEN)
        .defer("cijfers", "cijfers_openbaar")
    )
    reports = {row.tenant_id: row for row in rows}
    jobs = Job.objects.filter(
        tenant_id__in=list(reports),
        onderwerp_id__in=[row.pk for row in reports.values()],
    ).order_by("aangemaakt_op")
    return reports, {job.onderwerp_id: job for job in jobs}


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
    *,
    opdrachtgever: str = "",
    zoek: str = "",
    jaar: int | None = None,
    periode: str = "",
    deel: str = "",
    onderwerp: str = "",
) -> QuerySet[Publicatie]:
    """The public catalogue, newest first; tombstones are in it.

    zoek: a part of a name, also of a participant in a region; periode: 2025-Q3; deel:
    Q3, or JAAR for a whole year; onderwerp: the id of a cell, then only reports that
    show a number for it that is not 0.
    """
    found = Publicatie.objects.order_by("-van", "opdrachtgever", "-versie", "pk")
    if opdrachtgever:
        found = found.filter(opdrachtgever_slug=opdrachtgever)
    if zoek:
        names = Cast("deelnemers", TextField())
        found = found.alias(namen=names).filter(
            Q(opdrachtgever__icontains=zoek) | Q(namen__icontains=zoek)
        )
    if jaar:
        found = found.filter(van__year=jaar)
    if periode:
        found = found.filter(periode=periode)
    if deel:
        ending = Q(periode__regex=r"^\d{4}$") if deel == "JAAR" else Q()
        found = found.filter(ending or Q(periode__endswith=f"-{deel}"))
    if onderwerp:
        shown = found.filter(cijfers__cells__contains=[{"id": onderwerp}])
        for nothing in (None, 0):
            cell = {"id": onderwerp, "kwesties": nothing}
            shown = shown.exclude(cijfers__cells__contains=[cell])
        found = shown
    return found


def newer_publicatie(publicatie: Publicatie) -> Publicatie | None:
    """The version that came in its place and still stands, if that one is public."""
    return (
        Publicatie.objects.filter(
            tenant_id=publicatie.tenant_id,
            periode=publicatie.periode,
            versie__gt=publicatie.versie,
            ingetrokken_op__isnull=True,
        )
        .order_by("-versie")
        .first()
    )


def stand_of_publicaties() -> tuple[str, datetime | None]:
    """Something else whenever one is published or withdrawn, and when that was."""
    found = Publicatie.objects.aggregate(
        aantal=Count("pk"),
        weg=Count("ingetrokken_op"),
        nieuw=Max("gepubliceerd_op"),
        laatst=Max("ingetrokken_op"),
    )
    times = [t for t in (found["nieuw"], found["laatst"]) if t is not None]
    mark = "|".join(str(value) for value in found.values())
    return mark, max(times, default=None)


def standing_publicaties() -> QuerySet[Publicatie]:
    """The catalogue without what was withdrawn."""
    return publicaties().filter(ingetrokken_op__isnull=True)


def days_of_publicaties() -> tuple[date, date] | None:
    """When the first and the last of those was published; None without any."""
    found = standing_publicaties().aggregate(
        eerste=Min("gepubliceerd_op"), laatste=Max("gepubliceerd_op")
    )
    first, last = found["eerste"], found["laatste"]
    return (first.date(), last.date()) if first and last else None


def latest_changes(opdrachtgever: str, most: int) -> list[Publicatie]:
    """What was published or withdrawn last, newest change first, without figures."""
    found = publicaties(opdrachtgever=opdrachtgever).defer("cijfers")
    changed = Coalesce("ingetrokken_op", "gepubliceerd_op")
    return list(found.order_by(changed.desc(), "pk")[:most])


def opdrachtgevers_met_publicaties() -> list[dict[str, Any]]:
    """Name, slug and type of everybody with a publication, and how many, by name."""
    rows = (
        Publicatie.objects.order_by("opdrachtgever", "opdrachtgever_slug")
        .values("opdrachtgever", "opdrachtgever_slug", "opdrachtgever_type")
        .annotate(aantal=Count("pk"))
    )
    return [dict(row) for row in rows]


def publicatiejaren() -> list[int]:
    """The years there are publications about, newest first."""
    days = Publicatie.objects.dates("van", "year", order="DESC")
    return [day.year for day in days]


def other_periods_of(publicatie: Publicatie) -> QuerySet[Publicatie]:
    """What else of this opdrachtgever can be read, newest first."""
    return (
        Publicatie.objects.filter(
            tenant_id=publicatie.tenant_id, ingetrokken_op__isnull=True
        )
        .exclude(pk=publicatie.pk)
        .order_by("-van", "-tot")
    )


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


def onderzoeken_for(wie: Wie) -> QuerySet[Onderzoek]:
    """The own investigations this person may see, what moved last first: a colleague
    those of her tenants, a contact those of its own that were offered.
    """
    if wie.is_medewerker:
        found = Onderzoek.objects.filter(
            tenant_id__in=wie.with_right(Recht.RAPPORTAGE_LEZEN)
        )
    else:
        found = Onderzoek.objects.filter(
            tenant_id__in=wie.with_right(Recht.RAPPORTAGE_ONTVANGEN),
            status__in=BIJ_OPDRACHTGEVER,
        )
    return found.order_by("-gewijzigd_op", "pk")


def public_onderzoeken(tenant_id: int) -> list[Onderzoek]:
    """What everybody may read of the investigations of a tenant, the newest first."""
    return list(
        Onderzoek.objects.filter(tenant_id=tenant_id, status=OnderzoekStatus.OPENBAAR)
        .only(*OPENBAAR_VAN_ONDERZOEK)
        .order_by("-openbaar_op")
    )


OPENBAAR_VAN_ONDERZOEK = (
    *("titel", "vraag", "aanpak", "bevindingen", "aanbevelingen"),
    *("besproken_op", "openbaar_op"),
)


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
