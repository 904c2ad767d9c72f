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
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from cases import codelists, herkomst, verdieping
from cases.models import Achtergrond, CollectieveActiviteit, Kwestie
from cases.personen import Herkenning, Person, Tally
from privacy.disclosure import CountCell, CountTable, Group, Relation
from tenants.models import Telafspraak

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


def count_report(
    *,
    naam: str,
    tenant_id: int,
    opdracht_id: UUID,
    van: date,
    tot: date,
    telwijze: str = "",
    diensten: Collection[str] = (),
    met_herkomst: bool = False,
) -> CountTable:
    """All figures of one report (``naam``: its period) as one table of linked cells.

    Counts kwesties of the tenant with ``van <= datum <= tot``, inclusive, whatever
    the opdracht; minutes are of ``opdracht_id`` only. ``telwijze``: of Telafspraak.
    ``diensten``: what the opdracht asks for; with any of them the views of
    ``verdieping`` are in it. ``met_herkomst``: those of ``cases.herkomst`` as well.
    Three queries, five with the first, two more with the second.

    Cell ids are ``<tabel>:<code>``; see ``labels`` for their names.
    """
    who = Herkenning(tenant_id, telwijze == ELK)
    period = _period(tenant_id, van, tot)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for (column, code), people in _people(period, who, deep=bool(diensten)).items():
        brought = Counter(people)
        for cell in _cells_of(column, code):
            tallies[cell].add(brought)
            if cell in IN_GROEP:
                tallies[IN_GROEP[cell]].add(brought)
    _minutes(tallies["minuten"], period.filter(opdracht_id=opdracht_id), who)
    cells, relations = list(_cells(tallies)), list(_relations())
    if diensten:
        _reasons(tallies, tenant_id, period, who)
        more = verdieping.codes(diensten)
        cells += [_cell(tallies, tabel, code) for tabel, code in more]
        cells += verdieping.collective_cells(_collective(tenant_id, van, tot))
        relations += verdieping.relations(diensten)
    if met_herkomst:
        _origins(tallies, tenant_id, period, who)
        cells += [_cell(tallies, tabel, code) for tabel, code in herkomst.codes()]
        relations += herkomst.relations(GROEPEN["wet"])
    return CountTable(
        naam=naam,
        cells=tuple(cells),
        relations=tuple(relations),
        total="totaal",
        multi=("inhoud", *verdieping.MULTI),
        quantities=("minuten", *verdieping.HOEVEELHEDEN),
        groups=tuple(_groups(tallies)),
        telwijze=ELK if telwijze == ELK else "",
    )


def public_part(table: CountTable) -> CountTable:
    """What of a report's figures may ever be public: the four subjects (S38)."""
    return table.without(
        "wet", "kanaal", "minuten", *verdieping.TABELLEN, *herkomst.TABELLEN
    )


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
    return found | GROEP_LABELS | verdieping.labels(language) | herkomst.labels()


RESULTAAT_LABELS = {
    "opgelost": "Opgelost, beantwoord of zelf verder",
    "deels": "Deels opgelost",
    "niet": "Niet opgelost",
    "doorverwezen": "Doorverwezen",
    "procedure": "Klacht, bezwaar of andere procedure gestart",
    "beëindigd": "Gestopt door de cliënt of contact verloren",
    "gemeld": "Alleen gemeld",
}


# The id of a kwestie only where it tells people apart.
ANONIEME_KWESTIE = Case(When(client__isnull=True, then=F("id")))


def _people(
    period: QuerySet[Kwestie], who: Herkenning, *, deep: bool
) -> Mapping[tuple[str, str], list[Person]]:
    """(column, code) to who brought each of its kwesties; one query, coded columns.

    Two columns hold more codes: "uitkomst" (result, or LOPEND) and "activiteiten"
    (joined by spaces). With ``deep`` also the views of ``verdieping``.
    """
    more = verdieping.KOLOMMEN if deep else ()
    rows = period.values_list(
        "client_id",
        ANONIEME_KWESTIE,
        *COLUMNS,
        *("resultaat", "status", "activiteiten", *more),
    )
    found: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for client, id, *codes in rows:
        soort, aard, wet, kanaal, resultaat, status, activiteiten, *rest = codes
        person = who.person(client, id)
        is_closed = status in CLOSED
        found["soort", soort].append(person)
        found["aard", aard].append(person)
        found["wet", wet].append(person)
        found["kanaal", kanaal].append(person)
        found["uitkomst", resultaat if is_closed else LOPEND].append(person)
        found["activiteiten", " ".join(activiteiten)].append(person)
        if deep:
            for cell in verdieping.Rij(soort, wet, is_closed, *rest).cells():
                found[cell].append(person)
    return found


def _reasons(
    tallies: dict[str, Tally],
    tenant_id: int,
    period: QuerySet[Kwestie],
    who: Herkenning,
) -> None:
    """Why this function and not another (S173): each reason counts by itself."""
    rows = Achtergrond.objects.filter(
        tenant_id=tenant_id, kwestie__in=period, redenen_inzet__len__gt=0
    ).values_list("kwestie_id", "kwestie__client_id", "redenen_inzet")
    for kwestie, client, redenen in rows:
        for reden in set(redenen):
            tallies[f"reden:{reden}"].add({who.person(client, kwestie): 1})


def _origins(
    tallies: dict[str, Tally],
    tenant_id: int,
    period: QuerySet[Kwestie],
    who: Herkenning,
) -> None:
    """Through whom people came, by law (S183); nothing recorded counts as well."""
    rows = Achtergrond.objects.filter(tenant_id=tenant_id, kwestie__in=period)
    known = dict(rows.exclude(herkomst="").values_list("kwestie_id", "herkomst"))
    found: dict[tuple[str, str], Counter[Person]] = defaultdict(Counter)
    for id, client, wet in period.values_list("id", "client_id", "wet"):
        groep = herkomst.group_of(known.get(id, ""))
        found[groep, WETGROEP_VAN[wet]][who.person(client, id)] += 1
    for (groep, wet), people in found.items():
        tallies[f"herkomst:{groep}"].add(people)
        tallies[f"herkomst_wet:{groep}.{wet}"].add(people)
        tallies[f"wetgroep:{wet}"].add(people)


def _collective(tenant_id: int, van: date, tot: date) -> Counter[str]:
    """Work with groups by kind, and who took part; about no client (S58)."""
    found: Counter[str] = Counter()
    rows = CollectieveActiviteit.objects.filter(
        tenant_id=tenant_id, datum__gte=van, datum__lte=tot
    ).values_list("soort", "aantal_deelnemers")
    for soort, aantal in rows:
        kinds = (soort, verdieping.GROEPEN)
        found.update(kinds if soort.startswith("COL.") else (verdieping.OVERLEG,))
        found[verdieping.DEELNEMERS] += verdieping.rounded(aantal)
    return found


def _period(tenant_id: int, van: date, tot: date) -> QuerySet[Kwestie]:
    # Of what is in the prullenbak the job role has no row at all; this is for others.
    return Kwestie.objects.filter(
        tenant_id=tenant_id, datum__gte=van, datum__lte=tot
    ).exclude(status__in=["DOORGELEID", "VERNIETIGD"])


def _minutes(tally: Tally, period: QuerySet[Kwestie], who: Herkenning) -> None:
    rows = (
        period.filter(minuten__gt=0)
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
        if column == "dienst" and verdieping.whole_of(code):
            yield f"dienst:{verdieping.whole_of(code)}"


def _parts() -> Mapping[str, tuple[str, ...]]:
    """The tables that add up to the total, with their codes in order."""
    return {
        "soort": ("VRAGEN", "KLACHTEN"),
        "aard": codelists.codes("aard"),
        "resultaat": (*codelists.publieksgroepen("resultaat"), LOPEND),
        "wet": codelists.codes("wet"),
        "kanaal": codelists.codes("kanaal"),
    }


def _cell(
    tallies: Mapping[str, Tally], tabel: str, code: str, priority: int = CEL
) -> CountCell:
    name = f"{tabel}:{code}" if code else tabel
    tally = tallies.get(name) or Tally()
    return CountCell(
        id=name,
        tabel=tabel,
        dims=((tabel, code),) if code else (),
        kwesties=tally.aantal,
        clienten=tally.clienten,
        grootste=tally.grootste,
        hidden=name in VERBORGEN,
        priority=priority,
    )


def _cells(tallies: Mapping[str, Tally]) -> Iterator[CountCell]:
    yield _cell(tallies, "totaal", "", TOTAAL)
    for tabel, parts in _parts().items():
        for code in parts:
            yield _cell(tallies, tabel, code, GROEP if tabel == "soort" else CEL)
    yield _cell(tallies, "soort", "KLACHT")
    yield _cell(tallies, "soort", "REST")
    for group in codelists.publieksgroepen("activiteit"):
        yield _cell(tallies, "inhoud", group)
    yield _cell(tallies, "minuten", "")


VERBORGEN = (
    "soort:REST",
    *verdieping.VERBORGEN,
    *(f"wetgroep:{groep}" for groep in herkomst.WETTEN),
)
WETGROEP_VAN = {
    code: groep for groep, codes in GROEPEN["wet"].items() for code in codes
}
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


def relations() -> Iterable[Relation]:
    """How the cells of any report add up, those of ``verdieping`` included."""
    yield from _relations()
    yield from verdieping.relations(codelists.codes("dienst"))


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
