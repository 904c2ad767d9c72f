"""Reads the audit record: who looked in one dossier, and what the FG looks for.

Invariant: every question here runs in the scope ``audit`` of the tenants for which the
person may read the record. That role sees events and numbers of kwesties; nothing of
what is in them. Being asked is itself recorded, by the view.

Guarded by tests/cases/test_spoor.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases import spoorwoorden as woorden
from cases.models import Kwestie
from privacy.models import AuditEvent
from tenants.access import Wie
from tenants.models import Medewerker, Membership, User
from tenants.scope import Scope, acting_as

PER_PAGINA = 50
MEESTE_REGELS = 500
MEESTE_UITVOER = 10_000


@dataclass(frozen=True, slots=True)
class Spoor:
    """One event as it is shown; ``nummers``: of the kwesties it is about, or the names
    of the people whose account it is about. plek: name of the opdrachtgever; '' of a
    page over several, or where it goes without saying.
    """

    id: UUID
    op: datetime
    wie: str
    functie: str
    wat: str
    waarom: str
    uitkomst: str
    deur: str
    nummers: tuple[str, ...]
    aantal: int
    namens: str = ""
    is_nood: bool = False
    plek: str = ""


@dataclass(frozen=True, slots=True)
class Gezien:
    """In how many lists somebody saw the kwestie, and when last."""

    wie: str
    aantal: int
    laatst: datetime


@dataclass(frozen=True, slots=True)
class Vraagstelling:
    """What the FG looks for; an empty field asks nothing."""

    tenants: tuple[int, ...]
    van: date
    tot: date
    persoon: UUID | None = None
    soort: str = ""
    nummer: str = ""


def reading(wie: Wie, tenants: Iterable[int]) -> Scope:
    """The scope in which this person reads the record of these tenants."""
    return Scope("audit", wie.user_id, tuple(sorted(tenants)))


def of_tenants(tenants: Sequence[int]) -> Q:
    """Condition: events of these tenants, and of pages over several tenants."""
    return Q(tenant_id__in=tenants) | Q(tenant_id__isnull=True)


def number_of(wie: Wie, tenant_id: int, kwestie_id: UUID) -> str:
    """The number of this kwestie of the tenant; '' when there is none."""
    with acting_as(reading(wie, [tenant_id])):
        rows = Kwestie.alles.filter(tenant_id=tenant_id, pk=kwestie_id)
        return rows.values_list("nummer", flat=True).first() or ""


def trail_of(
    wie: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    client_id: UUID | None,
    most: int = MEESTE_REGELS,
) -> tuple[list[Spoor], list[Gezien]]:
    """What was done with one dossier, the newest ``most`` first, and who saw it in a
    list.
    """
    about = [kwestie_id, *([client_id] if client_id else [])]
    with acting_as(reading(wie, [tenant_id])):
        direct = AuditEvent.objects.filter(
            of_tenants([tenant_id]), onderwerp_ids__0__in=about
        ).exclude(gebeurtenis__in=woorden.LIJSTEN)
        events = list(direct.order_by("-tijdstip")[:most])
        lists = list(_in_lists(tenant_id, kwestie_id))
    known = _names(e.actor_id for e in events) | _names(a for a, _op in lists)
    known |= _names(e.namens for e in events)
    return [_shown(e, known, {}, {}) for e in events], _seen(lists, known)


def _in_lists(
    tenant_id: int, kwestie_id: UUID
) -> QuerySet[AuditEvent, tuple[UUID | None, datetime]]:
    """Lists of the last year that held the kwestie: person and moment."""
    since = timezone.now() - timedelta(days=365)
    return AuditEvent.objects.filter(
        of_tenants([tenant_id]),
        tijdstip__gte=since,
        gebeurtenis__in=woorden.LIJSTEN,
        onderwerp_ids__contains=[kwestie_id],
    ).values_list("actor_id", "tijdstip")


def _seen(
    lists: Iterable[tuple[UUID | None, datetime]], known: Mapping[UUID, str]
) -> list[Gezien]:
    moments: dict[UUID | None, list[datetime]] = {}
    for actor, op in lists:
        moments.setdefault(actor, []).append(op)
    found = [
        Gezien(known.get(actor, "") if actor else "", len(ops), max(ops))
        for actor, ops in moments.items()
    ]
    return sorted(found, key=lambda one: one.laatst, reverse=True)


def events_for(
    wie: Wie, vraag: Vraagstelling, *, voor: datetime | None = None, most: int
) -> list[Spoor]:
    """Events that answer the question, newest first, at most ``most``."""
    with acting_as(reading(wie, vraag.tenants)):
        rows = AuditEvent.objects.filter(_condition(vraag))
        if voor is not None:
            rows = rows.filter(tijdstip__lt=voor)
        events = list(rows.order_by("-tijdstip")[:most])
        numbers = _numbers(vraag.tenants, events)
    known = _names(e.actor_id for e in events) | _names(e.namens for e in events)
    known |= _names(
        i for e in events if e.onderwerp == "account" for i in e.onderwerp_ids
    )
    named = {tenant_id: wie.plekken[tenant_id].naam for tenant_id in vraag.tenants}
    return [_shown(event, known, numbers, named) for event in events]


def _condition(vraag: Vraagstelling) -> Q:
    zone = timezone.get_current_timezone()
    start = datetime.combine(vraag.van, time.min, zone)
    end = datetime.combine(vraag.tot + timedelta(days=1), time.min, zone)
    asked = of_tenants(vraag.tenants) & Q(tijdstip__gte=start, tijdstip__lt=end)
    if vraag.persoon:
        asked &= Q(actor_id=vraag.persoon) | Q(
            onderwerp="account", onderwerp_ids__contains=[vraag.persoon]
        )
    if vraag.soort in woorden.SOORTEN:
        names = woorden.SOORTEN[vraag.soort][1]
        asked &= (
            Q(uitkomst__in=("geweigerd", "mislukt"))
            if names is None
            else Q(gebeurtenis__in=names)
        )
    if vraag.nummer:
        ids = Kwestie.alles.filter(
            tenant_id__in=vraag.tenants, nummer=vraag.nummer.strip().upper()
        ).values_list("pk", flat=True)
        asked &= Q(onderwerp_ids__overlap=list(ids))
    return asked


def _numbers(tenants: Sequence[int], events: Iterable[AuditEvent]) -> dict[UUID, str]:
    """Numbers of the kwesties in these events, by id."""
    ids = {pk for event in events for pk in event.onderwerp_ids}
    rows = Kwestie.alles.filter(tenant_id__in=tenants, pk__in=ids)
    return dict(rows.values_list("pk", "nummer"))


def _names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of these people, whoever they work for; in the scope of the asker."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    known = dict(User.objects.filter(pk__in=wanted).values_list("pk", "naam"))
    staff = Medewerker.objects.filter(pk__in=wanted).values_list("pk", "naam")
    return known | dict(staff)


def _shown(
    event: AuditEvent,
    known: Mapping[UUID, str],
    numbers: Mapping[UUID, str],
    tenants: Mapping[int, str],
) -> Spoor:
    is_account = event.onderwerp == "account"
    names = known if is_account else numbers
    nummers = [names[pk] for pk in event.onderwerp_ids if pk in names]
    wie = known.get(event.actor_id, "") if event.actor_id else ""
    return Spoor(
        id=event.id,
        op=event.tijdstip,
        wie=wie or woorden.rol(event.rol),
        functie=woorden.functie(event.functie),
        wat=woorden.gebeurtenis(event.gebeurtenis),
        waarom=woorden.grond(event.grond),
        uitkomst=str(woorden.UITKOMSTEN.get(event.uitkomst, event.uitkomst)),
        deur=str(woorden.DEUREN.get(event.deur, event.deur)),
        nummers=tuple(nummers[:3]),
        aantal=len(event.onderwerp_ids),
        namens=known.get(event.namens, "") if event.namens else "",
        is_nood=event.nood,
        plek=tenants.get(event.tenant_id, "") if event.tenant_id else "",
    )


def people_at(tenants: Sequence[int]) -> list[tuple[UUID, str]]:
    """Everybody with a role, now or ever, at these tenants: id and name."""
    held = Membership.objects.filter(tenant_id__in=tenants).values("user_id")
    rows = User.objects.filter(pk__in=held).order_by("naam", "pk")
    return list(rows.values_list("pk", "naam"))
