"""The one window: from kwesties to numbers, and only numbers leave.

Invariant: nothing here returns a kwestie, a client or a text. Every figure is a
count of kwesties with the count of distinct clients behind it; distinct clients of a
cell = distinct known clients, plus one if it holds any anonymous kwestie (who cannot
be told apart count as one person: the careful lower bound).

It works in the ``job`` database role, which reads coded columns only (S114).
Guarded by tests/cases/test_counts.py and tests/signalering/test_register.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from cases import codelists
from cases.models import Kwestie
from privacy.disclosure import CountCell, CountTable, Relation

LOPEND = "LOPEND"
COLUMNS = ("soort", "aard", "wet", "kanaal")
CLOSED = ("AFGEROND", "GEANONIMISEERD")
VRAGEN, KLACHTEN = codelists.publieksgroepen("soort_kwestie")
SOORTGROEP = {VRAGEN: "VRAGEN", KLACHTEN: "KLACHTEN"}
# Everybody in one part of these is a disclosure about everybody (disclosure.md §2).
OVER_DE_PERSOON = ("aard", "resultaat")
# Integer weights by level, never by value (disclosure.md §3).
TOTAAL, GROEP, CEL = 16, 4, 1


Person = int | None  # a known client, or one of the anonymous callers


@dataclass(slots=True)
class Tally:
    """The number of a cell (kwesties, or minutes) and the people behind it."""

    aantal: int = 0
    people: Counter[Person] = field(default_factory=Counter)

    @property
    def clienten(self) -> int:
        """Distinct known clients, and one for whoever is anonymous."""
        return len(self.people)

    @property
    def grootste(self) -> int:
        """The most that one known client brings."""
        known = (n for person, n in self.people.items() if person is not None)
        return max(known, default=0)

    def add(self, people: Mapping[Person, int]) -> None:
        """Count in what each of these people brings."""
        self.aantal += sum(people.values())
        for person, number in people.items():
            self.people[person] += number


def count_report(
    *, naam: str, tenant_id: int, opdracht_id: UUID, van: date, tot: date
) -> CountTable:
    """All figures of one report (``naam``: its period) as one table of linked cells.

    Counts kwesties of the tenant with ``van <= datum <= tot``, inclusive, whatever
    the opdracht; minutes are of ``opdracht_id`` only. Two queries.

    Cell ids are ``<tabel>:<code>``; see ``labels`` for their names.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    for (column, code), people in _people(tenant_id, van, tot).items():
        brought = Counter(people)
        for cell in _cells_of(column, code):
            tallies[cell].add(brought)
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


def _people(
    tenant_id: int, van: date, tot: date
) -> Mapping[tuple[str, str], list[Person]]:
    """(column, code) to who brought each of its kwesties; one query, coded columns.

    Two columns hold more codes: "uitkomst" (result, or LOPEND) and "activiteiten"
    (joined by spaces).
    """
    rows = _period(tenant_id, van, tot).values_list(
        "client_id", *COLUMNS, "resultaat", "status", "activiteiten"
    )
    found: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for client, soort, aard, wet, kanaal, resultaat, status, activiteiten in rows:
        person = client and client.int  # an int is much cheaper to compare
        found["soort", soort].append(person)
        found["aard", aard].append(person)
        found["wet", wet].append(person)
        found["kanaal", kanaal].append(person)
        found["uitkomst", resultaat if status in CLOSED else LOPEND].append(person)
        found["activiteiten", " ".join(activiteiten)].append(person)
    return found


def _period(tenant_id: int, van: date, tot: date) -> QuerySet[Kwestie]:
    # Of what is in the prullenbak the job role has no row at all; this is for others.
    return Kwestie.objects.filter(
        tenant_id=tenant_id, datum__gte=van, datum__lte=tot
    ).exclude(status__in=["DOORGELEID", "VERNIETIGD"])


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
        tally.add({client and client.int: som})


def _cells_of(column: str, code: str) -> Iterator[str]:
    """The ids of the cells in which a kwestie with this code counts."""
    if column == "soort":
        group = SOORTGROEP[str(codelists.publieksgroep("soort_kwestie", code))]
        yield "totaal"
        yield f"soort:{group}"
        if group == "KLACHTEN":
            yield "soort:KLACHT" if code == "KLACHT" else "soort:REST"
    elif column == "activiteiten":
        groups = {codelists.publieksgroep("activiteit", one) for one in code.split()}
        yield from (f"inhoud:{group}" for group in groups if group is not None)
    elif column == "uitkomst":
        is_open = code == LOPEND
        yield f"resultaat:{code if is_open else codelists.publieksgroep('resultaat', code)}"
    else:
        yield f"{column}:{code}"


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
            kwesties=tally.aantal,
            clienten=tally.clienten,
            grootste=tally.grootste,
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
        codes = tuple(f"{tabel}:{code}" for code in parts)
        yield Relation("totaal", codes, group=tabel in OVER_DE_PERSOON)
    yield Relation("soort:KLACHTEN", ("soort:KLACHT", "soort:REST"))


Deel = tuple[int, date, date]  # tenant, first and last day


def own_kwesties(medewerker_id: UUID, delen: Mapping[str, Deel]) -> dict[str, int]:
    """How many kwesties of this colleague began in each of ``delen``: for herself only,
    in her own scope, so without distinct clients. One query.
    """
    if not delen:
        return {}
    wanted = {
        name: Count("id", filter=Q(tenant_id=tenant_id, datum__gte=van, datum__lte=tot))
        for name, (tenant_id, van, tot) in delen.items()
    }
    rows = Kwestie.objects.filter(
        tenant_id__in={tenant_id for tenant_id, _van, _tot in delen.values()},
        ondersteuner_id=medewerker_id,
    )
    return dict(rows.aggregate(**wanted))
