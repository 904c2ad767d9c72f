"""The one window: from kwesties to numbers, and only numbers leave.

Invariant: nothing here returns a kwestie, a client or a text. Every figure is a
count of kwesties with the count of distinct clients behind it; distinct clients of a
cell = distinct known clients, plus one if it holds any anonymous kwestie (who cannot
be told apart count as one person: the careful lower bound).

It works in the ``job`` database role, which reads coded columns only (S114).
Guarded by tests/cases/test_counts.py and tests/signalering/test_register.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from cases import codelists
from cases.models import Kwestie
from privacy.disclosure import CountCell, CountTable, Relation

LOPEND = "LOPEND"
VRAGEN, KLACHTEN = codelists.publieksgroepen("soort_kwestie")
SOORTGROEP = {VRAGEN: "VRAGEN", KLACHTEN: "KLACHTEN"}
# Integer weights by level, never by value (disclosure.md §3).
TOTAAL, GROEP, CEL = 16, 4, 1


@dataclass(slots=True)
class Tally:
    """Kwesties, minutes and the people behind them, of one cell."""

    kwesties: int = 0
    minuten: int = 0
    known: set[UUID] = field(default_factory=set)
    has_anonymous: bool = False

    @property
    def clienten(self) -> int:
        return len(self.known) + self.has_anonymous


@dataclass(frozen=True, slots=True)
class Row:
    """Kwesties of one client (None: anonymous) that are alike in all that counts."""

    client: UUID | None
    soort: str
    aard: str
    wet: str
    kanaal: str
    resultaat: str
    is_open: bool
    activiteiten: tuple[str, ...]
    kwesties: int
    minuten: int


def count_report(
    *, naam: str, tenant_id: int, opdracht_id: UUID, van: date, tot: date
) -> CountTable:
    """All figures of one report (``naam``: its period) as one table of linked cells.

    Counts kwesties of the tenant with ``van <= datum <= tot``, inclusive, whatever
    the opdracht; minutes are of ``opdracht_id`` only. Two queries.

    Cell ids are ``<tabel>:<code>``; see ``labels`` for their names.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    for row in _rows(tenant_id, van, tot):
        for cell in _cells_of(row):
            _add(tallies[cell], row)
    _minutes(tallies["minuten"], tenant_id, opdracht_id, van, tot)
    return CountTable(
        naam=naam,
        cells=tuple(_cells(tallies)),
        relations=tuple(_relations()),
        total="totaal",
    )


def public_part(table: CountTable) -> CountTable:
    """What of a report's figures may ever be public: the four subjects (S38)."""
    return table.without("wet", "kanaal", "minuten")


def labels(language: str | None = None) -> dict[str, str]:
    """Label of every cell that a report can show."""
    found = {
        "totaal": "Aantal kwesties",
        "soort:VRAGEN": VRAGEN.capitalize(),
        "soort:KLACHTEN": KLACHTEN.capitalize(),
        "soort:KLACHT": "waarvan klachten",
        "minuten": "Bestede minuten",
        f"resultaat:{LOPEND}": "Nog lopend",
    }
    for tabel, lijst in (("aard", "aard"), ("wet", "wet"), ("kanaal", "kanaal")):
        for code in codelists.codes(lijst):
            found[f"{tabel}:{code}"] = codelists.label(lijst, code, language)
    for tabel, lijst in (("inhoud", "activiteit"), ("resultaat", "resultaat")):
        for group in codelists.publieksgroepen(lijst):
            found[f"{tabel}:{group}"] = RESULTAAT_LABELS.get(group, group)
    return found


RESULTAAT_LABELS = {
    "opgelost": "Opgelost, beantwoord of zelf verder",
    "deels": "Deels opgelost",
    "niet": "Niet opgelost",
    "doorverwezen": "Doorverwezen",
    "procedure": "Klacht, bezwaar of andere procedure gestart",
    "beëindigd": "Gestopt door de cliënt of contact verloren",
    "gemeld": "Alleen gemeld",
}


def _rows(tenant_id: int, van: date, tot: date) -> Iterator[Row]:
    """One grouped query over the coded columns."""
    grouped = (
        _period(tenant_id, van, tot)
        .values_list(
            "client_id",
            "soort",
            "aard",
            "wet",
            "kanaal",
            "resultaat",
            "status",
            "activiteiten",
        )
        .annotate(aantal=Count("id"), som=Sum("minuten"))
        .order_by()
    )
    for client, soort, aard, wet, kanaal, resultaat, status, acts, n, som in grouped:
        yield Row(
            client=client,
            soort=soort,
            aard=aard,
            wet=wet,
            kanaal=kanaal,
            resultaat=resultaat,
            is_open=status not in ("AFGEROND", "GEANONIMISEERD"),
            activiteiten=tuple(acts),
            kwesties=n,
            minuten=som,
        )


def _period(tenant_id: int, van: date, tot: date) -> QuerySet[Kwestie]:
    return Kwestie.objects.filter(
        tenant_id=tenant_id, datum__gte=van, datum__lte=tot
    ).exclude(status__in=["DOORGELEID", "VERNIETIGD"])


def _add(tally: Tally, row: Row) -> None:
    tally.kwesties += row.kwesties
    if row.client is None:
        tally.has_anonymous = True
    else:
        tally.known.add(row.client)


def _minutes(
    tally: Tally, tenant_id: int, opdracht_id: UUID, van: date, tot: date
) -> None:
    rows = (
        _period(tenant_id, van, tot)
        .filter(opdracht_id=opdracht_id, minuten__gt=0)
        .values_list("client_id")
        .annotate(som=Sum("minuten"))
        .order_by()
    )
    for client, som in rows:
        tally.kwesties += som
        if client is None:
            tally.has_anonymous = True
        else:
            tally.known.add(client)


def _cells_of(row: Row) -> Iterator[str]:
    """The ids of the cells in which the kwesties of this row count."""
    yield "totaal"
    group = SOORTGROEP[str(codelists.publieksgroep("soort_kwestie", row.soort))]
    yield f"soort:{group}"
    if group == "KLACHTEN":
        yield "soort:KLACHT" if row.soort == "KLACHT" else "soort:REST"
    yield f"aard:{row.aard}"
    for inhoud in {codelists.publieksgroep("activiteit", a) for a in row.activiteiten}:
        if inhoud is not None:
            yield f"inhoud:{inhoud}"
    if row.is_open:
        yield f"resultaat:{LOPEND}"
    else:
        yield f"resultaat:{codelists.publieksgroep('resultaat', row.resultaat)}"
    yield f"wet:{row.wet}"
    yield f"kanaal:{row.kanaal}"


def _parts() -> Mapping[str, tuple[str, ...]]:
    """The tables that add up to the total, with their codes in order."""
    return {
        "soort": ("VRAGEN", "KLACHTEN"),
        "aard": codelists.codes("aard"),
        "resultaat": (*codelists.publieksgroepen("resultaat"), LOPEND),
        "wet": codelists.codes("wet"),
        "kanaal": codelists.codes("kanaal"),
    }


def _cells(tallies: Mapping[str, Tally]) -> Iterator[CountCell]:
    empty = Tally()

    def cell(tabel: str, code: str, priority: int, hidden: bool = False) -> CountCell:
        name = f"{tabel}:{code}" if code else tabel
        tally = tallies.get(name, empty)
        return CountCell(
            id=name,
            tabel=tabel,
            dims=((tabel, code),) if code else (),
            kwesties=tally.kwesties,
            clienten=tally.clienten,
            hidden=hidden,
            priority=priority,
        )

    yield cell("totaal", "", TOTAAL)
    for tabel, parts in _parts().items():
        for code in parts:
            yield cell(tabel, code, GROEP if tabel == "soort" else CEL)
    yield cell("soort", "KLACHT", CEL)
    yield cell("soort", "REST", CEL, hidden=True)
    for group in codelists.publieksgroepen("activiteit"):
        yield cell("inhoud", group, CEL)
    yield cell("minuten", "", CEL)


def _relations() -> Iterable[Relation]:
    for tabel, parts in _parts().items():
        yield Relation("totaal", tuple(f"{tabel}:{code}" for code in parts))
    yield Relation("soort:KLACHTEN", ("soort:KLACHT", "soort:REST"))
