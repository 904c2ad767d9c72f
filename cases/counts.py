"""The one window: from kwesties to numbers, and only numbers leave.

Invariant: nothing here returns a kwestie, a client or a text. Every figure is a
count of kwesties with the count of distinct clients behind it; distinct clients of a
cell = distinct known clients, plus one for each return code in it, or one if it holds
only anonymous kwesties without a code (who cannot be told apart count as one person:
the careful lower bound). A tenant may agree, with a reason, that each anonymous kwestie
without a code is somebody else (``telwijze`` ELK).

It works in the ``job`` database role, which reads coded columns only (S114).
Guarded by tests/cases/test_counts.py and tests/signalering/test_register.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from cases import codelists
from cases.models import Kwestie
from privacy.disclosure import CountCell, CountTable, Group, Relation
from tenants.models import Telafspraak, Terugkomst

LOPEND = "LOPEND"
COLUMNS = ("soort", "aard", "wet", "kanaal")
CLOSED = ("AFGEROND", "GEANONIMISEERD")
VRAGEN, KLACHTEN = codelists.publieksgroepen("soort_kwestie")
SOORTGROEP = {VRAGEN: "VRAGEN", KLACHTEN: "KLACHTEN"}
# Everybody in one part of these is a disclosure about everybody (disclosure.md §2).
OVER_DE_PERSOON = ("aard", "resultaat")
# Integer weights by level, never by value (disclosure.md §3).
TOTAAL, GROEP, CEL = 16, 4, 1


ELK = Telafspraak.Wijze.ELK.value
# What a view can be shown in instead, chosen beforehand and not by the numbers. Aard
# is always the same six (S35); in inhoud a kwestie counts in several cells.
GROEPEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "resultaat": {
        "opgelost": ("opgelost", "deels"),
        "niet": ("niet", "beëindigd"),
        "verder": ("doorverwezen", "procedure", "gemeld"),
    },
    "wet": {
        "gemeente": ("WMO", "JW", "PW", "ONDW"),
        "zorg": ("WLZ", "ZVW", "WZD", "WVGGZ", "WKKGZ"),
        "ander": ("JUST", "AWB", "OVERIG", "ONBEKEND"),
    },
    "kanaal": {
        "bellen": ("TEL", "BEELD"),
        "schrijven": ("MAIL", "WEB", "CHAT", "BRIEF", "APP"),
        "ontmoeten": ("INLOOP", "HUIS", "LOCATIE", "GROEP"),
        "ander": ("PROF", "ANDERS"),
    },
}
GROEP_LABELS = {
    "resultaat:samen-opgelost": "Samengevoegd: helemaal of deels opgelost",
    "resultaat:samen-niet": "Samengevoegd: niet opgelost of gestopt",
    "resultaat:samen-verder": "Samengevoegd: doorverwezen, procedure of alleen gemeld",
    "wet:samen-gemeente": "Samengevoegd: Wmo, Jeugdwet, Participatiewet en onderwijs",
    "wet:samen-zorg": "Samengevoegd: Wlz, Zvw, Wzd, Wvggz en Wkkgz",
    "wet:samen-ander": "Samengevoegd: justitie, Awb, andere of nog niet bepaald",
    "kanaal:samen-bellen": "Samengevoegd: bellen en beeldbellen",
    "kanaal:samen-schrijven": "Samengevoegd: e-mail, website, chat, brief en berichten",
    "kanaal:samen-ontmoeten": "Samengevoegd: inloop, huisbezoek, locatie en groep",
    "kanaal:samen-ander": "Samengevoegd: via een professional of anders",
}


@dataclass(frozen=True, slots=True)
class Anoniem:
    """An anonymous person: with a return code, one kwestie that counts by itself
    (``code`` is then its own id), or nobody in particular (``code`` 0)."""

    code: int = 0
    is_los: bool = False


NIEMAND = Anoniem()
Person = int | Anoniem  # a known client, or somebody anonymous


@dataclass(slots=True)
class Tally:
    """The number of a cell (kwesties, or minutes) and the people behind it."""

    aantal: int = 0
    people: Counter[Person] = field(default_factory=Counter)

    @property
    def clienten(self) -> int:
        """Distinct known clients and codes; who has neither may be one of those with
        a code, and is somebody else only when there is nobody with a code."""
        codes = any(isinstance(p, Anoniem) and p.code for p in self.people)
        return len(self.people) - (NIEMAND in self.people and codes)

    @property
    def grootste(self) -> int:
        """The most that one person brings who can be told apart."""
        known = (n for person, n in self.people.items() if person != NIEMAND)
        return max(known, default=0)

    def add(self, people: Mapping[Person, int]) -> None:
        """Count in what each of these people brings."""
        self.aantal += sum(people.values())
        for person, number in people.items():
            self.people[person] += number


def count_report(
    *,
    naam: str,
    tenant_id: int,
    opdracht_id: UUID,
    van: date,
    tot: date,
    telwijze: str = "",
) -> CountTable:
    """All figures of one report (``naam``: its period) as one table of linked cells.

    Counts kwesties of the tenant with ``van <= datum <= tot``, inclusive, whatever
    the opdracht; minutes are of ``opdracht_id`` only. ``telwijze``: of Telafspraak.
    Three queries.

    Cell ids are ``<tabel>:<code>``; see ``labels`` for their names.
    """
    who = Herkenning(tenant_id, telwijze == ELK)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for (column, code), people in _people(tenant_id, van, tot, who).items():
        brought = Counter(people)
        for cell in _cells_of(column, code):
            tallies[cell].add(brought)
            if cell in IN_GROEP:
                tallies[IN_GROEP[cell]].add(brought)
    _minutes(tallies["minuten"], tenant_id, opdracht_id, van, tot, who)
    return CountTable(
        naam=naam,
        cells=tuple(_cells(tallies)),
        relations=tuple(_relations()),
        total="totaal",
        groups=tuple(_groups(tallies)),
        telwijze=ELK if telwijze == ELK else "",
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
    return found | GROEP_LABELS


RESULTAAT_LABELS = {
    "opgelost": "Opgelost, beantwoord of zelf verder",
    "deels": "Deels opgelost",
    "niet": "Niet opgelost",
    "doorverwezen": "Doorverwezen",
    "procedure": "Klacht, bezwaar of andere procedure gestart",
    "beëindigd": "Gestopt door de cliënt of contact verloren",
    "gemeld": "Alleen gemeld",
}


class Herkenning:
    """Who brought a kwestie: a client, a code, or somebody anonymous.

    A person with a code who is known by name since is that client in all kwesties with
    the code: nobody counts twice.
    """

    def __init__(self, tenant_id: int, is_elk: bool) -> None:
        self.is_elk = is_elk
        rows = Terugkomst.objects.filter(tenant_id=tenant_id)
        self.codes: dict[int, int] = {
            kwestie.int: code.int
            for kwestie, code in rows.values_list("kwestie_id", "code_id")
        }
        self.same: dict[Person, Person] = {}
        if self.codes:
            self._join_clients(tenant_id)

    def _join_clients(self, tenant_id: int) -> None:
        named = Kwestie.objects.filter(
            tenant_id=tenant_id,
            pk__in=[UUID(int=kwestie) for kwestie in self.codes],
            client__isnull=False,
        )
        for kwestie, client in named.values_list("id", "client_id").order_by("id"):
            one = self._first(Anoniem(self.codes[kwestie.int]))
            other = self._first(client.int if client else one)
            if one != other:
                self.same[one] = other

    def _first(self, person: Person) -> Person:
        while person in self.same:
            person = self.same[person]
        return person

    def person(self, client: UUID | None, kwestie: UUID | None) -> Person:
        """``kwestie``: the id, of an anonymous one."""
        if client is not None:
            return self._first(client.int) if self.same else client.int
        if kwestie is None:
            return NIEMAND
        code = self.codes.get(kwestie.int)
        if code is not None:
            return self._first(Anoniem(code))
        return Anoniem(kwestie.int, is_los=True) if self.is_elk else NIEMAND


# The id of a kwestie only where it tells people apart.
ANONIEME_KWESTIE = Case(When(client__isnull=True, then=F("id")))


def _people(
    tenant_id: int, van: date, tot: date, who: Herkenning
) -> Mapping[tuple[str, str], list[Person]]:
    """(column, code) to who brought each of its kwesties; one query, coded columns.

    Two columns hold more codes: "uitkomst" (result, or LOPEND) and "activiteiten"
    (joined by spaces).
    """
    rows = _period(tenant_id, van, tot).values_list(
        "client_id",
        ANONIEME_KWESTIE,
        *COLUMNS,
        *("resultaat", "status", "activiteiten"),
    )
    found: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for client, id, soort, aard, wet, kanaal, resultaat, status, activiteiten in rows:
        person = who.person(client, id)
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
    tally: Tally,
    tenant_id: int,
    opdracht_id: UUID,
    van: date,
    tot: date,
    who: Herkenning,
) -> None:
    rows = (
        _period(tenant_id, van, tot)
        .filter(opdracht_id=opdracht_id, minuten__gt=0)
        .values_list("client_id", ANONIEME_KWESTIE)
        .annotate(som=Sum("minuten"))
        .order_by()
    )
    for client, id, som in rows:
        tally.add({who.person(client, id): som})


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


IN_GROEP = {
    f"{tabel}:{code}": f"{tabel}:samen-{groep}"
    for tabel, groepen in GROEPEN.items()
    for groep, codes in groepen.items()
    for code in codes
}


def _groups(tallies: Mapping[str, Tally]) -> Iterator[Group]:
    """Cells that can be shown instead of their parts, with people counted once."""
    for tabel, groepen in GROEPEN.items():
        for groep, codes in groepen.items():
            name = f"{tabel}:samen-{groep}"
            tally = tallies.get(name, Tally())
            cell = CountCell(
                id=name,
                tabel=tabel,
                dims=((tabel, f"samen-{groep}"),),
                kwesties=tally.aantal,
                clienten=tally.clienten,
                grootste=tally.grootste,
                priority=GROEP,
            )
            yield Group(cell, tuple(f"{tabel}:{code}" for code in codes))


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
