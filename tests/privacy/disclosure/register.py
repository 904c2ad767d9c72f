"""The fictional register as count tables per tenant and period, by a plain recount
of the CSV: nothing of the product's own counting is used."""

import csv
import json
import os
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from privacy.disclosure import CountCell, CountTable, Relation

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("ADVIESPUNT_SHARED") or ROOT.parent / "shared")
PUBLIC = ("totaal", "soort", "aard", "inhoud", "resultaat")


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


def table(tenant: str, naam: str, months: Iterable[str]) -> CountTable:
    """All figures of one tenant over the months ("2024-01"), as one release."""
    wanted = set(months)
    people: dict[str, set[str]] = defaultdict(set)
    number: dict[str, int] = defaultdict(int)
    for row in rows():
        if row["tenant"] == tenant and row["datum"][:7] in wanted:
            for id in _ids(row):
                number[id] += 1
                people[id].add(row["client"] or "anoniem")
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
            kwesties=number[id],
            clienten=len(people[id]),
            hidden=id == "soort:REST",
        )
        for id in names
    )
    relations = [
        Relation("totaal", tuple(f"{view}:{code}" for code in codes))
        for view, codes in views.items()
    ]
    relations.append(Relation("soort:KLACHTEN", ("soort:KLACHT", "soort:REST")))
    return CountTable(naam, cells, tuple(relations), "totaal")


def public_part(whole: CountTable) -> CountTable:
    return whole.without("wet", "kanaal", "minuten")


def _sorted_groups(lijst: str) -> tuple[str, ...]:
    return tuple(sorted({group for group in _groups(lijst).values() if group}))


def _ids(row: dict[str, str]) -> Iterable[str]:
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
