"""Questions of who leads a team: who waits, who has how much, who is away.

Of a kwestie she may not read (STRIKT) she sees the number and the supporter; of one
that a client wanted away from her nothing at all here. The caseload is there for
balance: by name, never ranked, and nothing of what somebody finished (S51). Guarded by
tests/cases/test_team.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from cases import werkdagen
from cases.models import OPEN, Dagstaat, Kwestie, Overdracht, Plaatsvervanging
from cases.selectors.dag import (
    NOG_NIET_BEGONNEN,
    calls_of,
    number_of,
    reaction_border,
    shared_norm,
)
from cases.selectors.lijsten import colleagues_at
from cases.selectors.zicht import ROLLEN_MET_KWESTIES, strict_of_others
from tenants.access import Plek, Wie
from tenants.beheer.lijsten import norms_of
from tenants.models import Membership, Tenant
from tenants.roles import Recht

MAXIMUM = 50
# S174: no kwestie without an owner for longer than one working day.
WACHTRIJNORM = 1


@dataclass(frozen=True, slots=True)
class InRij:
    """A kwestie that waits. is_strikt: she sees its number and no more; sinds: since
    when it waits; ondersteuner '': nobody yet.
    """

    id: UUID
    nummer: str
    plek: Plek
    sinds: datetime
    is_strikt: bool
    is_te_laat: bool
    ondersteuner: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """What one supporter has open for one tenant.

    oudste: the longest ago that one of these clients was heard of; is_weg: she has no
    role here any more; vervanger: who stands in for her today.
    """

    plek: Plek
    naam: str
    open: int
    strikt: int
    oudste: datetime | None
    is_weg: bool
    vervanger: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """Everything of the desk of the teamleider.

    meer: of queue, unanswered and strict, whether there are more than MAXIMUM.
    """

    rij: list[InRij]
    onbeantwoord: list[InRij]
    lasten: list[Last]
    strikt: list[InRij]
    vervangingen: list[tuple[Plek, Plaatsvervanging]]
    turven: list[tuple[Plek, int, int]]  # counted and registered today
    norm: int  # working days for a first answer; 0: not the same for all (S75)
    meer: tuple[bool, bool, bool]


def team_of(wie: Wie) -> Team:
    """Of all teams she leads; six questions."""
    here = wie.with_right(Recht.KWESTIE_TEAM)
    windows = _windows(here)
    norms = norms_of(here)
    found = _waiting(wie, here, norms)
    rij, onbeantwoord, strikt = (part[:MAXIMUM] for part in found)
    strikt.sort(key=lambda one: (one.ondersteuner, one.nummer))
    more_queued, more_late, more_strict = (len(part) > MAXIMUM for part in found)
    return Team(
        rij=rij,
        onbeantwoord=onbeantwoord,
        lasten=_caseload(wie, here, windows),
        strikt=strikt,
        vervangingen=[(wie.plekken[w.tenant_id], w) for w in windows],
        turven=_tallies(wie, here),
        norm=shared_norm(norms.values()),
        meer=(more_queued, more_late, more_strict),
    )


def _open(wie: Wie, here: Sequence[int]) -> QuerySet[Kwestie]:
    """Open kwesties of her teams, without those a client wanted away from her."""
    rows = Kwestie.objects.filter(tenant_id__in=here, status__in=OPEN)
    return rows.exclude(niet_voor__contains=[wie.user_id])


def _waiting(
    wie: Wie, here: Sequence[int], norms: Mapping[int, int]
) -> tuple[list[InRij], ...]:
    """The queue, what is unanswered, and what is STRIKT: one question for all three.

    Of each one more than is shown, so that the page can say that there is more.
    """
    now = timezone.now()
    borders = (werkdagen.voor(now, WACHTRIJNORM), now, now)
    rows_open = _open(wie, here)
    kinds = (in_queue(rows_open), unanswered(rows_open, norms), _strict(wie, here))
    order: tuple[str, ...] = ("sinds", "id")
    columns: tuple[str, ...] = (
        *("deel", "id", "nummer", "tenant_id", "vertrouwelijkheid", "sinds"),
        *("ondersteuner_id", "ondersteuner__naam"),
    )
    parts = [
        rows.annotate(deel=Value(deel))
        .order_by(*order)
        .values_list(*columns)[: MAXIMUM + 1]
        for deel, rows in enumerate(kinds)
    ]
    found: tuple[list[InRij], ...] = ([], [], [])
    rows = parts[0].union(*parts[1:], all=True).order_by("deel", *order)
    for deel, pk, nummer, tenant_id, vertrouwelijk, moment, owner, naam in rows:
        found[deel].append(
            InRij(
                id=pk,
                nummer=nummer,
                plek=wie.plekken[tenant_id],
                sinds=moment,
                is_strikt=vertrouwelijk == "STRIKT" and owner != wie.user_id,
                is_te_laat=moment < borders[deel],
                ondersteuner=naam or "",
            )
        )
    return found


def in_queue(rows: QuerySet[Kwestie]) -> QuerySet[Kwestie]:
    """Those without a supporter; ``sinds``: since when."""
    queued = Overdracht.objects.filter(
        tenant_id=OuterRef("tenant_id"), kwestie_id=OuterRef("pk"), naar__isnull=True
    ).order_by("-op")
    since = Coalesce(Subquery(queued.values("op")[:1]), F("aangemaakt_op"))
    return rows.filter(ondersteuner__isnull=True).annotate(sinds=since)


def unanswered(rows: QuerySet[Kwestie], norms: Mapping[int, int]) -> QuerySet[Kwestie]:
    """Those that wait for a first contact beyond the norm of their tenant (S75)."""
    late = Q(pk__in=())
    for norm in set(norms.values()):
        under = [tenant_id for tenant_id, its in norms.items() if its == norm]
        late |= Q(tenant_id__in=under, aangemaakt_op__lt=reaction_border(norm))
    waiting = rows.filter(
        late,
        ondersteuner__isnull=False,
        status__in=NOG_NIET_BEGONNEN,
        laatste_contact_op__isnull=True,
    )
    return waiting.annotate(sinds=F("aangemaakt_op"))


def _strict(wie: Wie, here: Sequence[int]) -> QuerySet[Kwestie]:
    rows = _open(wie, here).filter(strict_of_others(wie))
    return rows.annotate(sinds=F("aangemaakt_op"))


def _windows(here: Sequence[int]) -> list[Plaatsvervanging]:
    rows = Plaatsvervanging.objects.filter(
        tenant_id__in=here, tot__gte=timezone.localdate(), beeindigd_op__isnull=True
    )
    return list(
        rows.select_related("afwezige", "vervanger").order_by("van", "id")[:MAXIMUM]
    )


def _caseload(
    wie: Wie, here: Sequence[int], windows: Sequence[Plaatsvervanging]
) -> list[Last]:
    """By name; who has nothing open is there too, so that work can be spread."""
    away = {
        (w.tenant_id, w.afwezige_id): w.vervanger.naam for w in windows if w.is_van_nu
    }
    members = _members(here)
    heard = Coalesce("laatste_contact_op", Cast("datum", output_field=DateTimeField()))
    rows = (
        Kwestie.objects.filter(
            tenant_id__in=here, status__in=OPEN, ondersteuner__isnull=False
        )
        .order_by()
        .values_list("tenant_id", "ondersteuner_id", "ondersteuner__naam")
        .annotate(
            open=Count("id"),
            strikt=Count("id", filter=Q(vertrouwelijkheid="STRIKT")),
            oudste=Min(heard),
        )
    )
    found = {
        (t, pk): (naam, n, strikt, oudste) for t, pk, naam, n, strikt, oudste in rows
    }
    for key, naam in members.items():
        found.setdefault(key, (naam, 0, 0, None))
    lasten = [
        Last(
            plek=wie.plekken[key[0]],
            naam=naam,
            open=n,
            strikt=strikt,
            oudste=oudste,
            is_weg=key not in members,
            vervanger=away.get(key, ""),
        )
        for key, (naam, n, strikt, oudste) in found.items()
    ]
    return sorted(lasten, key=lambda last: (last.plek.naam, last.naam))


def _members(here: Sequence[int]) -> dict[tuple[int, UUID], str]:
    """(tenant, person) → name, of who has a role with kwesties there today."""
    today = timezone.localdate()
    rows = Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=today),
        tenant_id__in=here,
        van__lte=today,
        rol__in=sorted(ROLLEN_MET_KWESTIES),
    ).values_list("tenant_id", "user_id", "user__medewerker__naam")
    return {(t, pk): naam or "" for t, pk, naam in rows}


def _tallies(wie: Wie, here: Sequence[int]) -> list[tuple[Plek, int, int]]:
    """Of the team together, never by person (S51, S113)."""
    today: date = timezone.localdate()
    counted = Dagstaat.objects.filter(tenant_id=OuterRef("pk"), dag=today).order_by()
    rows = Tenant.objects.filter(pk__in=here).values_list(
        "pk",
        Subquery(
            counted.values("tenant_id").annotate(n=Sum("telefoontjes")).values("n")
        ),
        number_of(calls_of(today).filter(tenant_id=OuterRef("pk"))),
    )
    return [
        (wie.plekken[tenant_id], calls, made or 0)
        for tenant_id, calls, made in rows.order_by("pk")
        if calls is not None
    ]


def earlier_supporter(wie: Wie, kwestie: Kwestie) -> UUID | None:
    """Who supports or last supported the client in another kwestie that she may read,
    and is not kept from this one (S136).
    """
    if kwestie.client_id is None:
        return None
    found = (
        Kwestie.objects.filter(
            tenant_id=kwestie.tenant_id,
            client_id=kwestie.client_id,
            vertrouwelijkheid="NORM",
            ondersteuner__in=colleagues_at(kwestie.tenant_id),
        )
        .exclude(pk=kwestie.pk)
        .exclude(niet_voor__contains=[wie.user_id])
        .exclude(ondersteuner_id__in=kwestie.niet_voor)
        .order_by("-datum", "id")
        .values_list("ondersteuner_id", flat=True)
        .first()
    )
    return found
