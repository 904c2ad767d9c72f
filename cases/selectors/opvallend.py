"""Unusual access, for the FG to look at: rules that anybody can check.

A finding is a question, not a verdict. What the rules are stands on the page itself.
Everything is worked out from the audit record, in the scope ``audit``.

Guarded by tests/cases/test_opvallend.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.selectors.spoor import of_tenants, reading
from cases.selectors.zicht import Grond
from cases.spoorwoorden import INZAGE
from privacy.models import AuditEvent
from tenants.access import Wie
from tenants.models import InzageNotitie, Medewerker, User
from tenants.scope import acting_as

DAGEN = 30
GESCHIEDENIS = 90
VEEL, VEEL_NIEUW, KEER = 12, 20, 3
BUITEN = 15
WEIGERINGEN = 5
NACHT = (23, 6)
ANDERMANS = (Grond.TEAM, Grond.MEELEZEN, Grond.GEDEELD)

REGELS: Mapping[str, Promise] = {
    "veel": _(
        "Veel verschillende kwesties in een uur: minstens 12, en meer dan drie keer wat"
        " voor deze persoon gewoon is (de middelste van de uren in de 90 dagen ervoor)."
        " Is er nog te weinig om mee te vergelijken: minstens 20."
    ),
    "buiten": _(
        "Op één dag minstens 15 verschillende kwesties van anderen geopend: als leiding"
        " van het team, of omdat ze gedeeld waren."
    ),
    "nacht": _("Een kwestie geopend tussen 23.00 en 6.00 uur."),
    "geweigerd": _(
        "Minstens 5 keer in een uur iets gevraagd dat niet mocht, of 5 keer in een uur"
        " niet kunnen aanmelden."
    ),
    "strikt": _("Een strikt vertrouwelijke kwestie van een ander geopend."),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody opened one kwestie."""

    tenant_id: int | None
    actor_id: UUID | None
    op: datetime
    kwestie_id: UUID | None
    grond: str
    is_strikt: bool


@dataclass(frozen=True, slots=True)
class Bevinding:
    """Something to look at. ``sleutel`` stays the same as long as the events do."""

    regel: str
    sleutel: str
    tenant_id: int
    actor_id: UUID | None
    op: datetime
    aantal: int
    wie: str = ""
    oordeel: InzageNotitie | None = None

    @property
    def uitleg(self) -> str:
        return str(REGELS[self.regel])


def findings_for(wie: Wie, tenants: Sequence[int]) -> list[Bevinding]:
    """What is unusual in the last 30 days, newest first, with what was made of it."""
    since = timezone.now() - timedelta(days=DAGEN)
    with acting_as(reading(wie, tenants)):
        openings = _openings(tenants, since)
        usual = _usual(tenants, since)
        refusals = _refusals(tenants, since)
    home = min(tenants)
    found = [
        *_many(openings, usual, home),
        *_others(openings, home),
        *_night(openings, home),
        *_strict(openings, home),
        *_refused(refusals, home),
    ]
    return _told(tenants, sorted(found, key=lambda one: one.op, reverse=True))


def _openings(tenants: Sequence[int], since: datetime) -> list[Opening]:
    rows = AuditEvent.objects.filter(
        of_tenants(tenants), tijdstip__gte=since, gebeurtenis__in=INZAGE
    ).values_list(
        "tenant_id", "actor_id", "tijdstip", "onderwerp_ids__0", "grond", "extra"
    )
    return [
        Opening(t, a, timezone.localtime(op), k, g, "strikt" in (extra or {}))
        for t, a, op, k, g, extra in rows.iterator()
    ]


def _usual(tenants: Sequence[int], since: datetime) -> dict[UUID | None, list[int]]:
    """Per person how many kwesties she opened in each hour that she did, before."""
    rows = (
        AuditEvent.objects.filter(
            of_tenants(tenants),
            tijdstip__gte=since - timedelta(days=GESCHIEDENIS),
            tijdstip__lt=since,
            gebeurtenis__in=INZAGE,
        )
        .annotate(uur=TruncHour("tijdstip"))
        .values("actor_id", "uur")
        .annotate(n=Count("onderwerp_ids__0", distinct=True))
        .values_list("actor_id", "n")
    )
    usual: dict[UUID | None, list[int]] = defaultdict(list)
    for actor, n in rows:
        usual[actor].append(n)
    return usual


def _refusals(
    tenants: Sequence[int], since: datetime
) -> list[tuple[int | None, UUID | None, datetime]]:
    """Tenant, whom it is about and when: pages refused, and sign-ins that failed."""
    rows = AuditEvent.objects.filter(
        of_tenants(tenants), tijdstip__gte=since, uitkomst="geweigerd"
    ).values_list("tenant_id", "actor_id", "tijdstip", "onderwerp", "onderwerp_ids")
    return [
        (
            t,
            a or (ids[0] if what == "account" and ids else None),
            timezone.localtime(op),
        )
        for t, a, op, what, ids in rows.iterator()
    ]


def _hour(op: datetime) -> datetime:
    return op.replace(minute=0, second=0, microsecond=0)


def _day(op: datetime) -> datetime:
    return op.replace(hour=0, minute=0, second=0, microsecond=0)


def _found(
    regel: str,
    actor: UUID | None,
    bucket: datetime,
    group: Sequence[Opening],
    home: int,
) -> Bevinding:
    tenant = min((o.tenant_id for o in group if o.tenant_id), default=home)
    return Bevinding(
        regel,
        f"{regel}:{actor}:{bucket:%Y-%m-%dT%H}",
        tenant,
        actor,
        max(o.op for o in group),
        len({o.kwestie_id for o in group}),
    )


def _grouped(
    openings: Iterable[Opening], *, by_hour: bool
) -> dict[tuple[UUID | None, datetime], list[Opening]]:
    groups: dict[tuple[UUID | None, datetime], list[Opening]] = defaultdict(list)
    for one in openings:
        bucket = _hour(one.op) if by_hour else _day(one.op)
        groups[one.actor_id, bucket].append(one)
    return groups


def _many(
    openings: Sequence[Opening], usual: Mapping[UUID | None, list[int]], home: int
) -> Iterable[Bevinding]:
    for (actor, hour), group in _grouped(openings, by_hour=True).items():
        before = usual.get(actor, [])
        known = len(before) >= 5
        least = max(VEEL, KEER * median(before) + 1) if known else VEEL_NIEUW
        if len({o.kwestie_id for o in group}) >= least:
            yield _found("veel", actor, hour, group, home)


def _others(openings: Sequence[Opening], home: int) -> Iterable[Bevinding]:
    of_others = [o for o in openings if o.grond in ANDERMANS]
    for (actor, day), group in _grouped(of_others, by_hour=False).items():
        if len({o.kwestie_id for o in group}) >= BUITEN:
            yield _found("buiten", actor, day, group, home)


def _night(openings: Sequence[Opening], home: int) -> Iterable[Bevinding]:
    """A night belongs to the day on which it began."""
    late, early = NACHT
    at_night = [o for o in openings if o.op.hour >= late or o.op.hour < early]
    groups: dict[tuple[UUID | None, datetime], list[Opening]] = defaultdict(list)
    for one in at_night:
        groups[one.actor_id, _day(one.op - timedelta(hours=early))].append(one)
    for (actor, day), group in groups.items():
        yield _found("nacht", actor, day, group, home)


def _strict(openings: Sequence[Opening], home: int) -> Iterable[Bevinding]:
    strict = [o for o in openings if o.is_strikt and o.grond != Grond.TOEGEWEZEN]
    for (actor, day), group in _grouped(strict, by_hour=False).items():
        yield _found("strikt", actor, day, group, home)


def _refused(
    refusals: Iterable[tuple[int | None, UUID | None, datetime]], home: int
) -> Iterable[Bevinding]:
    groups: dict[tuple[UUID | None, datetime], list[tuple[int | None, datetime]]]
    groups = defaultdict(list)
    for tenant, about, op in refusals:
        groups[about, _hour(op)].append((tenant, op))
    for (about, hour), group in groups.items():
        if len(group) >= WEIGERINGEN:
            tenant = min((t for t, _op in group if t), default=home)
            sleutel = f"geweigerd:{about}:{hour:%Y-%m-%dT%H}"
            last = max(op for _t, op in group)
            yield Bevinding("geweigerd", sleutel, tenant, about, last, len(group))


def _told(tenants: Sequence[int], found: Sequence[Bevinding]) -> list[Bevinding]:
    """The same with names, and with what the FG made of it earlier."""
    keys = {one.sleutel for one in found}
    made = {
        one.sleutel: one
        for one in InzageNotitie.objects.filter(
            tenant_id__in=tenants, sleutel__in=keys
        ).select_related("door")
    }
    ids = {one.actor_id for one in found if one.actor_id}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "naam"))
    names |= dict(Medewerker.objects.filter(pk__in=ids).values_list("pk", "naam"))
    return [
        Bevinding(
            one.regel,
            one.sleutel,
            one.tenant_id,
            one.actor_id,
            one.op,
            one.aantal,
            names.get(one.actor_id, "") if one.actor_id else "",
            made.get(one.sleutel),
        )
        for one in found
    ]
