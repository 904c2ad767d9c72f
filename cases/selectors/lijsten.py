"""Questions about kwesties: which ones there are for somebody, page by page.

Every query starts from one tenant, so its cost does not grow with the rows of other
tenants. Guarded by tests/cases/test_views.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import OPEN, Kwestie
from cases.selectors.delen import NIEUWSTE, OUDSTE, Grens, parts_for
from cases.selectors.zicht import (
    ROLLEN_MET_KWESTIES,
    VRIJWILLIGER,
    Grond,
    Vorm,
    met_vorm,
    plekken_for,
    vorm_of,
)
from privacy.voorbereid import Voorbereid
from tenants.access import Plek, Wie
from tenants.models import Medewerker, Membership

PER_PAGINA = 50
AANVULLEN = "AANVULLEN"  # filter: an old register left something out
ALLE_OPEN = "OPEN"  # filter: every status in which work is left
KOLOMMEN = (
    *("id", "tenant_id", "nummer", "datum", "status", "soort", "aard", "wet"),
    *("vertrouwelijkheid", "aan_te_vullen", "laatste_contact_op"),
    "ondersteuner_id",
)


# ----------------------------------------------------------------------- the list


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to. '' and None: not narrowed.

    tenant_id: one tenant. status: a Status, ALLE_OPEN or AANVULLEN.
    van, tot: first and last day of the first contact.
    """

    tenant_id: int | None = None
    status: str = ""
    aard: str = ""
    wet: str = ""
    fase: str = ""
    van: date | None = None
    tot: date | None = None

    @property
    def is_about_content(self) -> bool:
        """True when a hit would tell what a kwestie is about."""
        return bool(self.aard or self.wet or self.fase or self.status == AANVULLEN)

    def condition(self) -> Q:
        statuses = {ALLE_OPEN: Q(status__in=OPEN), AANVULLEN: ~Q(aan_te_vullen=[])}
        found = Q()
        if self.status:
            found &= statuses.get(self.status, Q(status=self.status))
        if self.aard:
            found &= Q(aard=self.aard)
        if self.wet:
            found &= Q(wet=self.wet)
        if self.fase:
            found &= Q(fase=self.fase)
        if self.van:
            found &= Q(datum__gte=self.van)
        if self.tot:
            found &= Q(datum__lte=self.tot)
        return found


@dataclass(frozen=True, slots=True)
class Plaats:
    """A place in the order of the list (newest first); pages start beside one."""

    datum: date
    id: UUID

    def __str__(self) -> str:
        return f"{self.datum:%Y%m%d}-{self.id.hex}"

    @classmethod
    def parse(cls, text: str) -> Plaats | None:
        """The place that ``str`` wrote; None when it is something else."""
        try:
            day, _sep, ident = text.partition("-")
            return cls(date.fromisoformat(day), UUID(hex=ident))
        except ValueError:
            return None

    def after(self) -> Q:
        return Q(datum__lte=self.datum) & (Q(datum__lt=self.datum) | Q(id__gt=self.id))

    def before(self) -> Q:
        return Q(datum__gte=self.datum) & (Q(datum__gt=self.datum) | Q(id__lt=self.id))


@dataclass(frozen=True, slots=True)
class Regel:
    """One row of a list. ``is_afgeschermd``: STRIKT of a colleague, so without
    number, codes or link; id and content are empty then. ``grond``: why she has it.
    """

    id: UUID | None
    plek: Plek
    datum: date
    status: str
    ondersteuner: str
    is_afgeschermd: bool
    nummer: str = ""
    soort: str = ""
    aard: str = ""
    wet: str = ""
    is_aan_te_vullen: bool = False
    laatste_contact_op: datetime | None = None
    grond: str = Grond.TOEGEWEZEN

    @property
    def is_namens(self) -> bool:
        """She stands in for its supporter."""
        return self.grond == Grond.PLAATSVERVANGING

    @property
    def is_gedeeld(self) -> bool:
        return self.grond in (Grond.GEDEELD, Grond.MEELEZEN)


@dataclass(frozen=True, slots=True)
class Lijst:
    """A page of at most PER_PAGINA rows and the places beside it."""

    regels: tuple[Regel, ...]
    vorige: Plaats | None = None
    volgende: Plaats | None = None

    @property
    def ids(self) -> list[UUID]:
        return [regel.id for regel in self.regels if regel.id is not None]


def _regel(wie: Wie, row: dict[str, Any], names: Mapping[UUID, str]) -> Regel:
    plek = wie.plekken[row["tenant_id"]]
    grond = row.get("grond") or _own_grond(wie, row)
    hidden = grond == Grond.AFGESCHERMD
    known = {
        "grond": grond,
        "plek": plek,
        "datum": row["datum"],
        "status": row["status"],
        "ondersteuner": names.get(row["ondersteuner_id"], ""),
    }
    if hidden:
        return Regel(id=None, is_afgeschermd=True, **known)
    return Regel(
        id=row["id"],
        is_afgeschermd=False,
        nummer=row["nummer"],
        soort=row["soort"],
        aard=row["aard"],
        wet=row["wet"],
        is_aan_te_vullen=bool(row["aan_te_vullen"]),
        laatste_contact_op=row["laatste_contact_op"],
        **known,
    )


def _own_grond(wie: Wie, row: dict[str, Any]) -> str:
    """Of a row that is her own, or of nobody."""
    if row["ondersteuner_id"] == wie.user_id:
        return Grond.TOEGEWEZEN
    hidden = row["vertrouwelijkheid"] == "STRIKT"
    return Grond.AFGESCHERMD if hidden else Grond.TEAM


def regels_of(
    wie: Wie, rows: Iterable[dict[str, Any]], names: Mapping[UUID, str]
) -> tuple[Regel, ...]:
    """Rows of KOLOMMEN (and ``grond``) as they show; names: of their supporters."""
    return tuple(_regel(wie, row, names) for row in rows)


def own_regels(wie: Wie, rows: Iterable[dict[str, Any]]) -> tuple[Regel, ...]:
    """Rows of which she herself is the supporter, or nobody."""
    names = {wie.user_id: wie.naam} if wie.user_id else {}
    return regels_of(wie, rows, names)


def _names(rows: Sequence[dict[str, Any]]) -> dict[UUID, str]:
    """Names of the supporters of these rows.

    A question of its own: joined to the list, PostgreSQL sorts a whole tenant before
    it takes the first fifty.
    """
    wanted = {row["ondersteuner_id"] for row in rows} - {None}
    return dict(_NAMEN(wie=list(wanted))) if wanted else {}


def _named(*, wie: list[UUID]) -> QuerySet[Medewerker, tuple[UUID, str]]:
    return Medewerker.objects.filter(pk__een_van=wie).values_list("pk", "naam")


_NAMEN = Voorbereid(_named)


def _page(
    wie: Wie,
    plekken: Sequence[Plek],
    narrowed: Filter,
    beside: Q,
    order: Sequence[str],
    grens: Grens | None,
) -> list[dict[str, Any]]:
    """One query: from each part of each tenant the first rows, of those the first.

    The list as it opens is a kept question; with filters, and further on, a new one.
    """
    is_as_it_opens = narrowed == Filter(narrowed.tenant_id) and order == NIEUWSTE
    if plekken and is_as_it_opens and not beside:
        return _EERSTE(
            tuple(vorm_of(plek) for plek in plekken),
            wie=wie.user_id,
            tenants=tuple(plek.id for plek in plekken),
        )
    rows = _page_rows(wie, plekken, narrowed, beside, order, grens)
    return [] if rows is None else list(rows)


def _first_page(
    vormen: Sequence[Vorm], *, wie: UUID, tenants: Sequence[int]
) -> QuerySet[Kwestie, dict[str, Any]]:
    somebody, plekken = met_vorm(wie, tenants, vormen)
    rows = _page_rows(somebody, plekken, Filter(), Q(), NIEUWSTE, None)
    assert rows is not None  # noqa: S101 (who has no place has no list)
    return rows


_EERSTE = Voorbereid(_first_page)


def _page_rows(
    wie: Wie,
    plekken: Sequence[Plek],
    narrowed: Filter,
    beside: Q,
    order: Sequence[str],
    grens: Grens | None,
) -> QuerySet[Kwestie, dict[str, Any]] | None:
    parts = [
        part.values(*KOLOMMEN, "grond")[: PER_PAGINA + 1]
        for plek in plekken
        for part in parts_for(
            wie,
            plek,
            narrowed.condition() & beside,
            order,
            grens=grens,
            open_only=narrowed.is_about_content,
        )
    ]
    if len(parts) < 2:
        return parts[0] if parts else None
    united = parts[0].union(*parts[1:], all=True)
    first: QuerySet[Kwestie, dict[str, Any]]
    first = united.order_by(*order)[: PER_PAGINA + 1]
    return first


def kwesties_for(
    wie: Wie,
    filter: Filter | None = None,
    *,
    na: Plaats | None = None,
    voor: Plaats | None = None,
) -> Lijst:
    """A page of the list of all kwesties this person knows of, newest first.

    na: start after this place; voor: end before it. One query of at most
    PER_PAGINA + 1 rows per tenant and reason to have them (``delen``), along indexes
    that start with the tenant, and one for the names of supporters.
    """
    narrowed = filter or Filter()
    plekken = [
        plek
        for plek in plekken_for(wie)
        if narrowed.tenant_id is None or plek.id == narrowed.tenant_id
    ]
    if voor is not None:
        grens: Grens | None = ("gte", voor.datum)
        rows = _page(wie, plekken, narrowed, voor.before(), OUDSTE, grens)
        more = len(rows) > PER_PAGINA
        rows = rows[:PER_PAGINA][::-1]
        has_previous, has_next = more, True
    else:
        beside = na.after() if na else Q()
        grens = ("lte", na.datum) if na else None
        rows = _page(wie, plekken, narrowed, beside, NIEUWSTE, grens)
        has_previous, has_next = na is not None, len(rows) > PER_PAGINA
        rows = rows[:PER_PAGINA]
    ends = [Plaats(row["datum"], row["id"]) for row in rows]
    names = _names(rows)
    return Lijst(
        regels_of(wie, rows, names),
        ends[0] if ends and has_previous else None,
        ends[-1] if ends and has_next else None,
    )


# --------------------------------------------------------------- around a kwestie


def colleagues_at(tenant_id: int, *, strikt: bool = False) -> QuerySet[Medewerker]:
    """Who has a role with kwesties for this tenant today.

    strikt: only those who may have a strictly confidential kwestie.
    """
    today = timezone.localdate()
    rollen = set(ROLLEN_MET_KWESTIES) - ({VRIJWILLIGER} if strikt else set())
    members = Membership.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=today),
        tenant_id=tenant_id,
        van__lte=today,
        rol__in=sorted(rollen),
    )
    return Medewerker.objects.filter(pk__in=members.values("user_id")).order_by("naam")
