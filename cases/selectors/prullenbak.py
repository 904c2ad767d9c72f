"""What was thrown away, for who may put it back; and what can be undone just now.

Invariant: a teamleider knows of what is STRIKT, or was wanted away from her, only that
something is in the prullenbak. Guarded by tests/cases/test_prullenbak.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from cases.codelists import label
from cases.models import (
    PRULLENBAK_TIJD,
    Bijlage,
    Brief,
    CaseGrant,
    Contactmoment,
    ExternTraject,
    Handeling,
    Kwestie,
    Prullenbak,
    Stap,
    Verwijzing,
)
from cases.selectors.zicht import entrusted_in, let_in, plekken_for, with_grond
from tenants.access import Plek, Wie
from tenants.roles import Recht

MEEST = 100  # rows of one place
ONGEDAAN = timedelta(seconds=10)
SOORTEN: dict[str, Any] = {  # each a Weggooibaar
    Prullenbak.Soort.KWESTIE: Kwestie,
    Prullenbak.Soort.CONTACT: Contactmoment,
    Prullenbak.Soort.STAP: Stap,
    Prullenbak.Soort.VERWIJZING: Verwijzing,
    Prullenbak.Soort.TRAJECT: ExternTraject,
    Prullenbak.Soort.BIJLAGE: Bijlage,
    Prullenbak.Soort.BRIEF: Brief,
}


@dataclass(frozen=True, slots=True)
class Weggegooid:
    """One row of the page. is_afgeschermd: no more than that it is there."""

    plek: Plek
    op: datetime
    weg_op: datetime
    is_afgeschermd: bool
    id: UUID | None = None
    kwestie_id: UUID | None = None
    soort: str = ""
    nummer: str = ""
    wat: str = ""
    door: str = ""
    reden: str = ""
    is_gerapporteerd: bool = False


def put_back_by(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties, thrown away or not, of which she may put things back: those she may
    change, and as teamleider those of the team she may read.
    """
    may = entrusted_in(wie, plek, CaseGrant.Niveau.SCHRIJVEN)
    if Recht.KWESTIE_TEAM in plek.rechten:
        may |= Q(vertrouwelijkheid="NORM") & let_in(wie, plek)
    return with_grond(Kwestie.alles.filter(may, tenant_id=plek.id), wie, plek)


def prullenbak_of(wie: Wie) -> list[Weggegooid]:
    """What is in the prullenbak for her, place by place, the last thing first."""
    found: list[Weggegooid] = []
    for plek in plekken_for(wie):
        found += _of_place(wie, plek)
    return found


def _of_place(wie: Wie, plek: Plek) -> list[Weggegooid]:
    rows = (
        Prullenbak.objects.filter(
            tenant_id=plek.id,
            teruggezet_op__isnull=True,
            weggegooid_op__gte=timezone.now() - PRULLENBAK_TIJD,
        )
        .select_related("kwestie", "weggegooid_door")
        .order_by("-weggegooid_op", "id")
    )
    if Recht.KWESTIE_TEAM not in plek.rechten:
        rows = rows.filter(kwestie_id__in=put_back_by(wie, plek).values("pk"))
    shown = list(rows[:MEEST])
    about = {row.kwestie_id for row in shown}
    open_ones = set(
        put_back_by(wie, plek).filter(pk__in=about).values_list("pk", flat=True)
    )
    words = _words(plek.id, [r for r in shown if r.kwestie_id in open_ones])
    return [_row(plek, row, open_ones, words) for row in shown]


def _row(
    plek: Plek, row: Prullenbak, open_ones: set[UUID], words: dict[UUID, str]
) -> Weggegooid:
    known = {"plek": plek, "op": row.weggegooid_op, "weg_op": row.vernietigd_vanaf}
    if row.kwestie_id not in open_ones:
        return Weggegooid(is_afgeschermd=True, **known)  # type: ignore[arg-type]
    return Weggegooid(
        is_afgeschermd=False,
        id=row.pk,
        kwestie_id=row.kwestie_id,
        soort=str(Prullenbak.Soort(row.soort).label),
        nummer=row.kwestie.nummer,
        wat=words.get(row.ding, ""),
        door=row.weggegooid_door.naam,
        reden=row.reden,
        is_gerapporteerd=row.is_gerapporteerd,
        **known,  # type: ignore[arg-type]
    )


def _words(tenant_id: int, rows: Sequence[Prullenbak]) -> dict[UUID, str]:
    """In a few words what each thing is: at most one query a kind."""
    found: dict[UUID, str] = {}
    for soort, model in SOORTEN.items():
        ids = [row.ding for row in rows if row.soort == soort]
        if ids:
            things = model.alles.filter(tenant_id=tenant_id, pk__in=ids)
            found |= {thing.pk: in_words(thing) for thing in things}
    return found


def in_words(thing: object) -> str:
    """A thing that was or will be thrown away, in a few words."""
    match thing:
        case Kwestie():
            return f"{label('aard', thing.aard)}, {_day(thing.datum)}"
        case Contactmoment():
            day = timezone.localtime(thing.datum_tijd)
            return f"{label('kanaal', thing.kanaal)}, {_day(day)}"
        case Stap():
            return thing.omschrijving
        case Verwijzing():
            naar = label("instantie_type", thing.instantie_type)
            return f"{naar} {thing.organisatie}".strip()
        case ExternTraject():
            soort = ExternTraject.Type(thing.type).label
            return f"{soort}, {thing.instantie}"
        case Bijlage():
            return thing.naam
        case Brief():
            return f"{Brief.Soort(thing.soort).label}: {thing.onderwerp}"
    return ""


def _day(day: object) -> str:
    return date_format(day, "j F Y")  # type: ignore[arg-type]


def last_act(wie: Wie, kwestie: Kwestie) -> Handeling | None:
    """What she did with this kwestie a moment ago, while it can be undone."""
    return (
        Handeling.objects.filter(
            tenant_id=kwestie.tenant_id,
            kwestie_id=kwestie.pk,
            medewerker_id=wie.user_id,
            ongedaan_op__isnull=True,
            op__gte=timezone.now() - ONGEDAAN,
        )
        .order_by("-op")
        .first()
    )


def kwesties_in(rows: Iterable[Weggegooid]) -> list[UUID]:
    """The kwesties of which something was shown, each once."""
    ids = (row.kwestie_id for row in rows if row.kwestie_id is not None)
    return list(dict.fromkeys(ids))
