"""The figures of the whole register, each counted again from the CSV itself."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from cases import codelists, counts
from privacy.disclosure import CountTable, Ledger, Policy, PublishableTable, protect
from signalering.periodes import parse
from tenants.models import Opdracht
from tenants.scope import Scope, acting_as
from tests.cases.registers import REGISTER, WAARHEID
from tests.conftest import GEHEEL, connected_to

Cells = dict[str, tuple[int, int]]
KWARTALEN = [f"{jaar}-Q{n}" for jaar in (2023, 2024, 2025) for n in (1, 2, 3, 4)]
KWARTALEN.insert(0, "2022-Q4")


def kwartaal(datum: str) -> str:
    return f"{datum[:4]}-Q{(int(datum[5:7]) + 2) // 3}"


def cells_of(row: dict[str, str]) -> Iterator[str]:
    """Where a row of the CSV counts; shares nothing with cases.counts."""
    yield "totaal"
    vragen = row["soort"] in ("VRAAG", "WENS")
    yield "soort:VRAGEN" if vragen else "soort:KLACHTEN"
    if row["soort"] == "KLACHT":
        yield "soort:KLACHT"
    yield f"aard:{row['aard']}"
    yield f"wet:{row['wet'].split()[0]}"
    yield f"kanaal:{row['kanaal']}"
    activities = row["activiteiten"].split()
    groups = {codelists.publieksgroep("activiteit", code) for code in activities}
    yield from (f"inhoud:{group}" for group in groups if group)
    result = row["resultaat"]
    group = codelists.publieksgroep("resultaat", result) if result else "LOPEND"
    yield f"resultaat:{group}"


@pytest.fixture(scope="module")
def recount() -> dict[tuple[str, str], Cells]:
    """(tenant, kwartaal) → cell → (kwesties, distinct clients), from the CSV."""
    kwesties: dict[tuple[str, str], Any] = defaultdict(lambda: defaultdict(int))
    people: dict[tuple[str, str], Any] = defaultdict(lambda: defaultdict(set))
    with REGISTER.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source, delimiter=";"):
            key = (row["tenant"], kwartaal(row["datum"]))
            for cell in cells_of(row):
                kwesties[key][cell] += 1
                people[key][cell].add(row["client"] or "anoniem")
            kwesties[key]["minuten"] += int(row["minuten"])
            people[key]["minuten"].add(row["client"] or "anoniem")
    return {
        key: {cell: (n, len(people[key][cell])) for cell, n in cells.items()}
        for key, cells in kwesties.items()
    }


@pytest.fixture(scope="module")
def tables(
    register: Any, django_db_blocker: Any
) -> dict[tuple[str, str], tuple[str, CountTable]]:
    """(tenant, kwartaal) → (type of tenant, all its figures), as the job role."""
    server, *_printed = register
    found = {}
    known = server.execute("SELECT id, slug, type FROM tenants_tenant").fetchall()
    with django_db_blocker.unblock(), connected_to(GEHEEL):
        for pk, slug, soort in known:
            with acting_as(Scope("job", None, (pk,), pk, (pk,))):
                opdracht = Opdracht.objects.filter(tenant_id=pk).first()
                assert opdracht is not None
                for code in KWARTALEN:
                    periode = parse(code)
                    table = counts.count_report(
                        naam=code,
                        tenant_id=pk,
                        opdracht_id=opdracht.pk,
                        van=periode.van,
                        tot=periode.tot,
                    )
                    found[slug, code] = (soort, table)
    return found


def test_kwesties_per_aard_equal_the_truth(tables: Any) -> None:
    truth = json.loads(WAARHEID.read_text("utf-8"))["tenant|kwartaal|aard"]
    found = {
        f"{slug}|{code}|{cell.dims[0][1]}": cell.kwesties
        for (slug, code), (_soort, table) in tables.items()
        for cell in table.cells
        if cell.tabel == "aard" and cell.kwesties
    }
    assert found == {key: cell["kwesties"] for key, cell in truth.items()}


def test_every_other_table_equals_a_recount(tables: Any, recount: Any) -> None:
    for key, (_soort, table) in tables.items():
        expected = recount.get(key, {})
        for cell in table.cells:
            if cell.hidden:
                continue
            want = expected.get(cell.id, (0, 0))
            assert (cell.kwesties, cell.clienten) == want, (key, cell.id)


def protected(
    soort: str, table: CountTable
) -> tuple[PublishableTable, PublishableTable]:
    k = 5 if soort == "gemeente" else 10
    wide = protect(table, Policy(k, "opdrachtgever"), Ledger.empty())
    public = counts.public_part(table)
    return wide, protect(public, Policy(10, "openbaar"), Ledger.subset_of(wide))


@pytest.mark.parametrize("slug", ["nijmegen", "zutphen", "rozendaal", "kleinhof"])
def test_what_is_printed_is_true_and_never_about_few(slug: str, tables: Any) -> None:
    for (tenant, code), (soort, table) in tables.items():
        if tenant != slug:
            continue
        for shown in protected(soort, table):
            for cell in shown.cells:
                made = table.by_id[cell.id]
                if cell.kwesties is None:
                    continue
                assert cell.kwesties == made.kwesties
                assert made.clienten == 0 or made.clienten >= shown.k, (code, cell.id)


def test_no_withheld_number_follows_from_a_total(tables: Any) -> None:
    """At least two unknowns in every sum that holds an unknown."""
    for slug in ("nijmegen", "tiel", "wulpenhorst"):
        for code in KWARTALEN[1:]:
            soort, table = tables[slug, code]
            for shown in protected(soort, table):
                printed = shown.printed
                for relation in table.relations:
                    ids = (relation.total, *relation.parts)
                    if not all(id in table.by_id for id in ids):
                        continue
                    unknown = [table.by_id[id] for id in ids if id not in printed]
                    if len(unknown) == 1:  # then it may be known: the rest of a sum
                        (cell,) = unknown
                        assert cell.hidden, (slug, code, cell.id)
                        assert cell.clienten == 0 or cell.clienten >= shown.k


def test_the_public_prints_a_part_of_what_the_opdrachtgever_gets(tables: Any) -> None:
    for slug in ("arnhem", "ede", "kleinhof"):
        for code in KWARTALEN[5:9]:
            wide, public = protected(*tables[slug, code])
            assert public.printed.items() <= wide.printed.items()


def test_six_kwesties_of_one_client_are_never_shown(tables: Any) -> None:
    """SIG-F: Kleinhof, six kwesties of one person; SIG-E: one person in Rozendaal."""
    for code in KWARTALEN:
        for slug in ("kleinhof", "rozendaal"):
            for shown in protected(*tables[slug, code]):
                assert shown.te_weinig or shown.cell("aard:BEH").kwesties in (None, 0)
