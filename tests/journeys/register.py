"""A register of a closed quarter, and what a report over it must say.

The recount here shares nothing with the product but the code lists.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.utils import timezone

from adviespunt import embedded
from tests.journeys.servers import Site

Row = dict[str, str]
COLUMNS = (
    *("nummer", "tenant", "datum", "kanaal", "soort", "aard", "subaard", "wet"),
    *("rol", "identiteit", "client", "laag", "activiteiten", "resultaat"),
    *("afgerond_op", "minuten", "ondersteuner"),
)
NAMES = ("Eerste", "Tweede", "Derde", "Vierde")
SUPPORTERS = {"arnhem": ("anna", "bram", "nadia"), "wulpenhorst": ("hanna", "nadia")}
# How many kwesties of each aard: some plenty, some few, one none at all.
PLENTY = {"FIN": 31, "REL": 3, "ORG": 38, "WEI": 17, "BEH": 21, "OVE": 0}
SOORTEN = ("VRAAG", "ONVREDE", "KLACHT", "ONVREDE", "WENS", "KLACHT", "MELDING")
RESULTATEN = (
    *("OPGELOST", "DEELS", "BEANTW", "NIET", "VERWEZEN", "AFSPR", "KLACHT_ING"),
    *("AFGEZIEN", "EIGEN"),
)
ACTIVITEITEN = (
    *("IND.INFO", "IND.INFO IND.GESPREK", "IND.KLACHT IND.BRIEF", "IND.VERWIJS"),
    *("IND.GESPREK", "IND.INFO IND.VERWIJS"),
)


@dataclass(frozen=True, slots=True)
class Kwartaal:
    """A quarter: '2026-Q3' and 'Derde kwartaal 2026', with its first day."""

    code: str
    label: str
    van: date

    def day(self, number: int) -> date:
        return self.van + timedelta(days=number % 90)


def closed_quarter(back: int = 1) -> Kwartaal:
    """The last quarter that is over; or the one before that (2), and so on."""
    today = timezone.localdate()
    number = today.year * 4 + (today.month - 1) // 3 - back
    jaar, index = divmod(number, 4)
    return Kwartaal(
        code=f"{jaar}-Q{index + 1}",
        label=f"{NAMES[index]} kwartaal {jaar}",
        van=date(jaar, index * 3 + 1, 1),
    )


def rows_of(tenant: str, kwartaal: Kwartaal, per_aard: dict[str, int]) -> list[Row]:
    """Closed kwesties, one in seven anonymous, one in nine of the same client."""
    aarden = [aard for aard, number in per_aard.items() for _ in range(number)]
    return [
        _row(tenant, kwartaal, number, aard) for number, aard in enumerate(aarden, 1)
    ]


def _row(tenant: str, kwartaal: Kwartaal, number: int, aard: str) -> Row:
    begin = kwartaal.day(number * 7)
    is_anonymous = number % 7 == 0
    client = number - 1 if number % 9 == 0 else number
    helpers = SUPPORTERS[tenant]
    return dict.fromkeys(COLUMNS, "") | {
        "nummer": f"{tenant}-{kwartaal.code}-{number:04}",
        "tenant": tenant,
        "datum": f"{begin}",
        "kanaal": ("TEL", "MAIL", "INLOOP")[number % 3],
        "soort": SOORTEN[number % len(SOORTEN)],
        "aard": aard,
        "wet": ("WMO", "JW", "WLZ")[number % 3],
        "rol": "CLIENT",
        "identiteit": "ANONIEM" if is_anonymous else "BEKEND",
        "client": "" if is_anonymous else f"{tenant}-{kwartaal.code}-c{client:04}",
        "laag": "2",
        "activiteiten": ACTIVITEITEN[number % len(ACTIVITEITEN)],
        "resultaat": RESULTATEN[number % len(RESULTATEN)],
        "afgerond_op": f"{begin + timedelta(days=number % 12)}",
        "minuten": f"{15 * (1 + number % 5)}",
        "ondersteuner": helpers[number % len(helpers)],
    }


def seeded(tenant: str) -> list[Row]:
    """The last closed quarter of a tenant."""
    return rows_of(tenant, closed_quarter(), PLENTY)


def few(tenant: str) -> list[Row]:
    """The quarter before that: too few people to show a number."""
    return rows_of(tenant, closed_quarter(2), {"FIN": 2, "ORG": 2})


def import_into(site: Site) -> None:
    """Read the whole register into the site, the way an organisation does."""
    rows = [*seeded("arnhem"), *few("arnhem"), *seeded("wulpenhorst")]
    path = site.folder / "register.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    told = json.loads(site.command("import_register", str(path)))
    assert (told["created"], told["rejected"]) == (len(rows), [])


# ------------------------------------------------------------------------- recount

RESULTATEN_LABELS = {
    "opgelost": "Opgelost, beantwoord of zelf verder",
    "deels": "Deels opgelost",
    "niet": "Niet opgelost",
    "doorverwezen": "Doorverwezen",
    "procedure": "Klacht, bezwaar of andere procedure gestart",
    "beëindigd": "Gestopt door de cliënt of contact verloren",
    "gemeld": "Alleen gemeld",
    "LOPEND": "Nog lopend",
}
SOORTEN_LABELS = {
    "VRAGEN": "Vragen en wensen",
    "KLACHTEN": "Klachten, onvrede en meldingen",
    "KLACHT": "waarvan klachten",
}
AARDEN_LABELS = {
    "FIN": "Financiën",
    "REL": "Relatie",
    "ORG": "Organisatie",
    "WEI": "Weigering",
    "BEH": "Behandeling",
    "OVE": "Overig",
}
INHOUDEN = (
    *("Informatie en advies", "Ondersteuning", "Hulp bij procedures"),
    *("Verwijzing", "Collectief"),
)
# Every number of a public report: the chapter it is in, its code, what it is called.
LABELS: dict[str, dict[str, str]] = {
    "soort": SOORTEN_LABELS,
    "aard": AARDEN_LABELS,
    "inhoud": {naam: naam for naam in INHOUDEN},
    "resultaat": RESULTATEN_LABELS,
}
# Tables of which the parts add up to the total.
ADDING = {
    "soort": ("VRAGEN", "KLACHTEN"),
    "aard": tuple(AARDEN_LABELS),
    "resultaat": tuple(RESULTATEN_LABELS),
}


@dataclass(slots=True)
class Count:
    """Kwesties of a cell, and the people behind them (the anonymous are one)."""

    kwesties: int = 0
    people: set[str] = field(default_factory=set)


def recount(rows: Iterable[Row]) -> dict[str, Count]:
    """What there is to count for the public, by ``<table>:<code>``; zeros included."""
    counts = {"totaal": Count()}
    for table, codes in LABELS.items():
        counts |= {f"{table}:{code}": Count() for code in codes}
    for row in rows:
        for cell in _cells(row):
            counts[cell].kwesties += 1
            counts[cell].people.add(row["client"] or "anonymous")
    return counts


def _cells(row: Row) -> set[str]:
    soort, resultaat = row["soort"], row["resultaat"]
    is_question = _group("soort_kwestie", soort) == "vragen en wensen"
    groups = {_group("activiteit", code) for code in row["activiteiten"].split()}
    return {
        "totaal",
        "soort:VRAGEN" if is_question else "soort:KLACHTEN",
        *(["soort:KLACHT"] if soort == "KLACHT" else []),
        f"aard:{row['aard']}",
        *(f"inhoud:{group}" for group in groups if group),
        f"resultaat:{_group('resultaat', resultaat) if resultaat else 'LOPEND'}",
    }


def _group(lijst: str, code: str) -> str | None:
    """The group under which a code is made public."""
    return _groups()[lijst][code]


@cache
def _groups() -> dict[str, dict[str, str | None]]:
    path = embedded.ROOT / "cases" / "codelists.json"
    lists = json.loads(path.read_text("utf-8"))
    return {
        lijst: {v["code"]: v["publieksgroep"] for v in lists[lijst]["values"]}
        for lijst in ("soort_kwestie", "activiteit", "resultaat")
    }
