"""The fictional register as count tables per tenant and period, by a plain recount
of the CSV: nothing of the product's own counting is used."""

import csv
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from privacy.disclosure import CountCell, CountTable, Relation

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("ADVIESPUNT_SHARED") or ROOT.parent / "shared")
ABOUT_THE_PERSON = ("aard", "resultaat")
# Gemeenten that report together; care providers are in none.
REGIONS = {
    "achterhoek": ("berkelland", "doetinchem", "oude-ijsselstreek", "winterswijk"),
    "arnhem-nijmegen": (
        "arnhem",
        "doesburg",
        "lingewaard",
        "nijmegen",
        "overbetuwe",
        "renkum",
        "rheden",
        "rozendaal",
        "zevenaar",
    ),
    "foodvalley": ("barneveld", "ede", "scherpenzeel", "wageningen"),
    "rivierenland": ("tiel", "west-betuwe"),
    "stedendriehoek": ("apeldoorn", "zutphen"),
}


@cache
def rows() -> tuple[dict[str, str], ...]:
    with (SHARED / "data" / "register.csv").open(encoding="utf-8-sig") as lines:
        return tuple(csv.DictReader(lines, delimiter=";"))


@cache
def _groups(lijst: str) -> dict[str, str | None]:
    lists = json.loads((SHARED / "domain" / "codelists.json").read_text("utf-8"))
    values = lists[lijst]["values"]
    return {value["code"]: value.get("publieksgroep") for value in values}


@cache
def _codes(lijst: str) -> tuple[str, ...]:
    return tuple(_groups(lijst))


def tenants() -> list[str]:
    return sorted({row["tenant"] for row in rows()})


@cache
def rows_of(tenant: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in rows() if row["tenant"] == tenant)


def table(tenants: Iterable[str] | str, naam: str, months: Iterable[str]) -> CountTable:
    """All figures of a tenant, or of several together, over the months ("2024-01"),
    as one release. All who are anonymous count as one client."""
    names = [tenants] if isinstance(tenants, str) else tenants
    return counted([row for name in names for row in rows_of(name)], naam, months)


def counted(
    rows: Iterable[dict[str, str]], naam: str, months: Iterable[str]
) -> CountTable:
    """The same of any rows that look like those of the register."""
    wanted = set(months)
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["datum"][:7] in wanted:
            for id in cells_of(row):
                people[id][row["client"]] += 1
    views = {
        "soort": ("VRAGEN", "KLACHTEN"),
        "aard": ("FIN", "REL", "ORG", "WEI", "BEH", "OVE"),
        "resultaat": (*_sorted_groups("resultaat"), "LOPEND"),
        "wet": _codes("wet"),
        "kanaal": _codes("kanaal"),
    }
    names = ["totaal", *(f"{v}:{c}" for v, codes in views.items() for c in codes)]
    names += ["soort:KLACHT", "soort:REST"]
    names += [f"inhoud:{group}" for group in _sorted_groups("activiteit")]
    cells = tuple(
        CountCell(
            id=id,
            tabel=id.partition(":")[0],
            dims=(),
            kwesties=people[id].total(),
            clienten=len(people[id]),
            grootste=max((n for who, n in people[id].items() if who), default=0),
            hidden=id == "soort:REST",
        )
        for id in names
    )
    relations = [
        Relation(
            "totaal",
            tuple(f"{view}:{code}" for code in codes),
            group=view in ABOUT_THE_PERSON,
        )
        for view, codes in views.items()
    ]
    relations.append(Relation("soort:KLACHTEN", ("soort:KLACHT", "soort:REST")))
    return CountTable(naam, cells, tuple(relations), "totaal")


MONTHS = {
    "Q1": range(1, 4),
    "Q2": range(4, 7),
    "H1": range(1, 7),
    "Q3": range(7, 10),
    "Q4": range(10, 13),
    "H2": range(7, 13),
    "": range(1, 13),
}


def year(tenants: Iterable[str] | str, jaar: int) -> dict[str, CountTable]:
    """Quarters, half-years and the year, by code, in calendar order."""
    return {
        code: table(tenants, code, [f"{jaar}-{month:02d}" for month in months])
        for part, months in MONTHS.items()
        for code in [f"{jaar}-{part}".rstrip("-")]
    }


def year_of(rows: Iterable[dict[str, str]], jaar: int) -> dict[str, CountTable]:
    """As ``year``, of any rows."""
    every = list(rows)
    return {
        code: counted(every, code, [f"{jaar}-{month:02d}" for month in months])
        for part, months in MONTHS.items()
        for code in [f"{jaar}-{part}".rstrip("-")]
    }


def public_part(whole: CountTable) -> CountTable:
    return whole.without("wet", "kanaal", "minuten")


def _sorted_groups(lijst: str) -> tuple[str, ...]:
    return tuple(sorted({group for group in _groups(lijst).values() if group}))


def cells_of(row: dict[str, str]) -> Iterable[str]:
    """The ids of the cells in which a row of the register counts."""
    yield "totaal"
    if row["soort"] in {"VRAAG", "WENS"}:
        yield "soort:VRAGEN"
    else:
        yield "soort:KLACHTEN"
        yield "soort:KLACHT" if row["soort"] == "KLACHT" else "soort:REST"
    yield f"aard:{row['aard']}"
    yield f"wet:{row['wet']}"
    yield f"kanaal:{row['kanaal']}"
    groups = {_groups("activiteit").get(code) for code in row["activiteiten"].split()}
    for group in sorted(group for group in groups if group):
        yield f"inhoud:{group}"
    done = _groups("resultaat").get(row["resultaat"]) if row["afgerond_op"] else None
    yield f"resultaat:{done or 'LOPEND'}"
