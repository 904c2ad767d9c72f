"""Questions of who leads a team: who waits, who has how much, who is away.

Of a kwestie she may not read (STRIKT) she sees the number and the supporter; of one
that a client wanted away from her nothing at all here. The caseload is there for
balance: by name, never ranked, and nothing of what somebody finished (S51). Guarded by
tests/cases/test_team.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
from cases.selectors.dag import NOG_NIET_BEGONNEN, reaction_border, shared_norm
from cases.selectors.dagvragen import (
    calls_between,
    day_around,
    norm_of,
    number_of,
    usual_norm,
)
from cases.selectors.lijsten import colleagues_at
from cases.selectors.zicht import ROLLEN_MET_KWESTIES, strict_of_others
from privacy.voorbereid import Vandaag, Voorbereid
from tenants.access import Plek, Wie
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
    medewerker_id: UUID
    open: int
    strikt: int
    oudste: datetime | None
    is_weg: bool
    vervanger: str = ""

    @property
    def let_op(self) -> bool:
        return self.is_weg or bool(self.vervanger)


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
    """Of all teams she leads; five questions."""
    here = wie.with_right(Recht.KWESTIE_TEAM)
    windows = _WINDOWS(tenants=here)
    norms, turven = _per_tenant(wie, here)
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
        turven=turven,
        norm=shared_norm(norms.values()),
        meer=(more_queued, more_late, more_strict),
    )


def _open(wie: UUID, here: Sequence[int]) -> QuerySet[Kwestie]:
    """Open kwesties of her teams, without those a client wanted away from her."""
    rows = Kwestie.objects.filter(tenant_id__in=here, status__in=OPEN)
    return rows.exclude(niet_voor__contains=[wie])


def _waiting(
    wie: Wie, here: Sequence[int], norms: Mapping[int, int]
) -> tuple[list[InRij], ...]:
    """The queue, what is unanswered, and what is STRIKT: one question for all three.

    Of each one more than is shown, so that the page can say that there is more.
    """
    now = timezone.now()
    borders = (werkdagen.voor(now, WACHTRIJNORM), now, now)
    alike = _alike(here, norms)
    rows = _WACHTEND(
        tuple(
            tuple(str(here.index(one)) for one in tenants) for tenants in alike.values()
        ),
        wie=wie.user_id,
        tenants=tuple(here),
        grenzen=tuple(reaction_border(norm) for norm in alike),
    )
    found: tuple[list[InRij], ...] = ([], [], [])
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


def _three_kinds(
    alike: Sequence[Sequence[str]],
    *,
    wie: UUID,
    tenants: Sequence[int],
    grenzen: Sequence[datetime],
) -> QuerySet[Kwestie, tuple[Any, ...]]:
    """The question of ``_waiting``. alike: places in ``tenants`` of those with the same
    norm; grenzen: of each such group the moment before which an answer had to come.
    """
    rows = _open(wie, tenants)
    groups = ([tenants[int(place)] for place in group] for group in alike)
    late = _before(zip(groups, grenzen, strict=True))
    kinds = (in_queue(rows), _unanswered(rows, late), _strict(wie, tenants))
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
    return parts[0].union(*parts[1:], all=True).order_by("deel", *order)


_WACHTEND = Voorbereid(_three_kinds)


def in_queue(rows: QuerySet[Kwestie]) -> QuerySet[Kwestie]:
    """Those without a supporter; ``sinds``: since when."""
    queued = Overdracht.objects.filter(
        tenant_id=OuterRef("tenant_id"), kwestie_id=OuterRef("pk"), naar__isnull=True
    ).order_by("-op")
    since = Coalesce(Subquery(queued.values("op")[:1]), F("aangemaakt_op"))
    return rows.filter(ondersteuner__isnull=True).annotate(sinds=since)


def unanswered(rows: QuerySet[Kwestie], norms: Mapping[int, int]) -> QuerySet[Kwestie]:
    """Those that wait for a first contact beyond the norm of their tenant (S75)."""
    alike = _alike(norms, norms)
    late = ((tenants, reaction_border(norm)) for norm, tenants in alike.items())
    return _unanswered(rows, _before(late))


def _alike(here: Iterable[int], norms: Mapping[int, int]) -> dict[int, list[int]]:
    """By norm the tenants that have it."""
    found: dict[int, list[int]] = {}
    for tenant_id in here:
        found.setdefault(norms[tenant_id], []).append(tenant_id)
    return found


def _before(late: Iterable[tuple[Sequence[int], datetime]]) -> Q:
    found = Q(pk__in=())
    for tenants, grens in late:
        found |= Q(tenant_id__in=tenants, aangemaakt_op__lt=grens)
    return found


def _unanswered(rows: QuerySet[Kwestie], late: Q) -> QuerySet[Kwestie]:
    waiting = rows.filter(
        late,
        ondersteuner__isnull=False,
        status__in=NOG_NIET_BEGONNEN,
        laatste_contact_op__isnull=True,
    )
    return waiting.annotate(sinds=F("aangemaakt_op"))


def _strict(wie: UUID, here: Sequence[int]) -> QuerySet[Kwestie]:
    rows = _open(wie, here).filter(strict_of_others(wie))
    return rows.annotate(sinds=F("aangemaakt_op"))


def _windows(*, tenants: Sequence[int]) -> QuerySet[Plaatsvervanging]:
    rows = Plaatsvervanging.objects.filter(
        tenant_id__in=tenants, tot__gte=Vandaag(), beeindigd_op__isnull=True
    )
    return rows.select_related("afwezige", "vervanger").order_by("van", "id")[:MAXIMUM]


_WINDOWS = Voorbereid(_windows)


def _caseload(
    wie: Wie, here: tuple[int, ...], windows: Sequence[Plaatsvervanging]
) -> list[Last]:
    """By name; who has nothing open is there too, so that work can be spread."""
    away = {
        (w.tenant_id, w.afwezige_id): w.vervanger.naam for w in windows if w.is_van_nu
    }
    members = {(t, pk): naam or "" for t, pk, naam in _MEMBERS(tenants=here)}
    rows = _CASELOAD(tenants=here)
    found = {
        (t, pk): (naam, n, strikt, oudste) for t, pk, naam, n, strikt, oudste in rows
    }
    for key, naam in members.items():
        found.setdefault(key, (naam, 0, 0, None))
    lasten = [
        Last(
            plek=wie.plekken[key[0]],
            naam=naam,
            medewerker_id=key[1],
            open=n,
            strikt=strikt,
            oudste=oudste,
            is_weg=key not in members,
            vervanger=away.get(key, ""),
        )
        for key, (naam, n, strikt, oudste) in found.items()
    ]
    return sorted(lasten, key=lambda last: (last.plek.naam, last.naam))


def _counted(*, tenants: Sequence[int]) -> QuerySet[Kwestie, tuple[Any, ...]]:
    """Tenant, supporter and her name; how many she has open, how many of those are
    STRIKT, and when the one without contact for longest was heard of.
    """
    heard = Coalesce("laatste_contact_op", Cast("datum", output_field=DateTimeField()))
    rows = Kwestie.objects.filter(
        tenant_id__in=tenants, status__in=OPEN, ondersteuner__isnull=False
    )
    by_owner = rows.order_by().values_list(
        "tenant_id", "ondersteuner_id", "ondersteuner__naam"
    )
    return by_owner.annotate(
        open=Count("id"),
        strikt=Count("id", filter=Q(vertrouwelijkheid="STRIKT")),
        oudste=Min(heard),
    )


_CASELOAD = Voorbereid(_counted)


def _members(*, tenants: Sequence[int]) -> QuerySet[Membership, tuple[Any, ...]]:
    """(tenant, person, name) of who has a role with kwesties there today."""
    return Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=Vandaag()),
        tenant_id__in=tenants,
        van__lte=Vandaag(),
        rol__in=sorted(ROLLEN_MET_KWESTIES),
    ).values_list("tenant_id", "user_id", "user__medewerker__naam")


_MEMBERS = Voorbereid(_members)


def _per_tenant(
    wie: Wie, here: tuple[int, ...]
) -> tuple[dict[int, int], list[tuple[Plek, int, int]]]:
    """The reaction norm of each tenant (S75); and what was counted and registered today
    of the team together, never by person (S51, S113).
    """
    begin, eind = day_around(timezone.localdate())
    rows = _TALLIES(tenants=here, begin=begin, eind=eind)
    norms = {t: usual_norm(norm) for t, norm, _calls, _made in rows}
    return {t: norms.get(t, usual_norm(None)) for t in here}, [
        (wie.plekken[tenant_id], calls, made or 0)
        for tenant_id, _norm, calls, made in rows
        if calls is not None
    ]


def _tallies(
    *, tenants: Sequence[int], begin: datetime, eind: datetime
) -> QuerySet[Tenant, tuple[Any, ...]]:
    counted = Dagstaat.objects.filter(tenant_id=OuterRef("pk"), dag=Vandaag())
    calls = counted.order_by().values("tenant_id").annotate(n=Sum("telefoontjes"))
    rows = Tenant.objects.filter(pk__in=tenants).values_list(
        "pk",
        norm_of(),
        Subquery(calls.values("n")),
        number_of(calls_between(begin, eind).filter(tenant_id=OuterRef("pk"))),
    )
    return rows.order_by("pk")


_TALLIES = Voorbereid(_tallies)


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
