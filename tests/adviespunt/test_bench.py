"""The bench itself, small: does it still run, and are its figures possible ones?

How good the figures are is for ``make bench``; a test machine is too busy for that.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from adviespunt import embedded
from adviespunt.bench import databases
from adviespunt.bench.casework import PAGINAS
from adviespunt.bench.disclosure import SOORTEN, make
from adviespunt.management.commands.bench import METINGEN, ROOK
from tests.conftest import SCHEMA

RATIOS = (
    *("report_vs_floor", "list_scale", "grant_list", "rls_cost", "sealed"),
    *("casework", "bulk_vs_floor"),
    "portaal",
)
WERK = ("casework_p95_ms", "casework_vragen")
PATRONEN = ("disclosure_100", "disclosure_100_seconds", "disclosure_mb")


@pytest.fixture(scope="module")
def printed(servers: embedded.Instance, django_db_setup: None) -> dict[str, Any]:
    """What `bench --smoke` prints, on the servers of the tests."""
    databases.adopt_empty(servers, SCHEMA)
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", "--smoke"],
        cwd=embedded.ROOT,
        env={**os.environ, "ADVIESPUNT_INSTANCE": servers.name},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_prints_every_figure_and_what_is_behind_it(printed: dict[str, Any]) -> None:
    assert set(printed) == {
        *RATIOS,
        *(f"{ratio}_details" for ratio in RATIOS),
        *("report_seconds", "report_pages", "gehaald", "laadtijd", "sealed_vragen"),
        "worker_memory_last_over_tenth",
        *WERK,
        *(*PATRONEN, "disclosure_100_zeker_seconds", "disclosure_details"),
        "portaal_anders",
    }
    assert set(printed["gehaald"]) == {
        *(*RATIOS, "report_seconds", "report_pages", "sealed_vragen"),
        "worker_memory_last_over_tenth",
        *(*WERK, *PATRONEN, "portaal_anders"),
    }


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_ratio_is_a_possible_one(printed: dict[str, Any], ratio: str) -> None:
    assert math.isfinite(printed[ratio])
    assert 0.2 < printed[ratio] < 20


def test_the_report_is_a_whole_one(printed: dict[str, Any]) -> None:
    assert 3 <= printed["report_pages"] <= 20
    assert 0.1 < printed["report_seconds"] < 60
    details = printed["report_vs_floor_details"]
    assert details["kwesties"] >= 100
    assert details["geheel_s"] >= details["drukken_s"] > 0.05


def test_the_keys_of_fifty_names_cost_one_statement(printed: dict[str, Any]) -> None:
    details = printed["sealed_details"]
    assert details["rijen"] == 50
    assert details["vragen_verzegeld"] - details["vragen_open"] == 1
    assert printed["sealed_vragen"] == 1


def test_the_worst_case_is_the_figure(printed: dict[str, Any]) -> None:
    lists = printed["list_scale_details"]
    assert set(lists) == {"teamleider", "ondersteuner"}
    assert printed["list_scale"] == max(person["pagina"] for person in lists.values())
    walls = printed["rls_cost_details"]
    assert walls["grootste"]["kwesties"] > walls["mediaan"]["kwesties"] > 50
    assert printed["rls_cost"] == max(tenant["ratio"] for tenant in walls.values())


def test_a_page_of_casework_asks_at_most_twelve_questions(
    printed: dict[str, Any],
) -> None:
    pages = printed["casework_details"]
    assert set(pages) == set(PAGINAS)
    assert printed["casework"] == max(page["verhouding"] for page in pages.values())
    assert 5 < min(page["vragen"] for page in pages.values())
    assert printed["casework_vragen"] <= 12
    assert 1 < printed["casework_p95_ms"] < 5000


def test_the_policies_are_really_in_force_on_one_side_only(
    printed: dict[str, Any],
) -> None:
    """The check of a signature takes some time; without any there is no wall."""
    for tenant in printed["rls_cost_details"].values():
        assert tenant["met_ms"] > 0
        assert tenant["zonder_ms"] > 0
        assert tenant["vragen"] >= 2


def test_every_question_of_the_load_gets_one_of_three_answers(
    printed: dict[str, Any],
) -> None:
    load = printed["portaal_details"]
    assert printed["portaal_anders"] == 0
    assert load["gevraagd"] == 300
    assert load["antwoorden"]["200"] > 0
    assert load["antwoorden"]["304"] > 0
    assert load["publicaties"] >= 10


def test_a_pattern_is_never_better_than_what_was_proven(
    printed: dict[str, Any],
) -> None:
    tables = printed["disclosure_details"]["100"]
    assert [table["cellen"] for table in tables] == [100, 100, 100]
    for table in tables:
        assert table["zeker"]
        assert table["gevoelig"] > table["erbij"] > 0
        assert table["verlies"] >= table["grens"] > 0
    assert printed["disclosure_100"] == max(table["ratio"] for table in tables)
    assert 20 < printed["disclosure_mb"] < 2000


@pytest.mark.parametrize(
    ("naam", "cellen"), [("100", 100), ("343", 343), ("reeks", 294), ("10000", 10_560)]
)
def test_the_tables_of_the_search_add_up_and_are_the_same_every_time(
    naam: str, cellen: int
) -> None:
    made = make(SOORTEN[naam].axes, seed=1)
    counts = {cell["id"]: cell["count"] for cell in made["cells"]}
    assert len(counts) == cellen
    assert made == make(SOORTEN[naam].axes, seed=1)
    assert made != make(SOORTEN[naam].axes, seed=2)
    for relation in made["relations"]:
        assert counts[relation["sum"]] == sum(counts[id] for id in relation["of"])


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", "--only", "alles"],
        cwd=embedded.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    for name in METINGEN:
        assert name in done.stderr


def test_a_second_run_uses_what_is_there(
    printed: dict[str, Any], servers: embedded.Instance
) -> None:
    said: list[str] = []
    for volume in ROOK:
        made = databases.prepare(servers, volume, said.append)
        assert made.laadtijd == printed["laadtijd"][volume.database]
    assert said == []


def test_another_number_of_kwesties_is_another_database() -> None:
    assert ROOK[0].mark() == replace(ROOK[0]).mark()
    different = {ROOK[0].mark(), replace(ROOK[0], kwesties=19_999).mark()}
    assert len(different | {replace(ROOK[0], gelijk=True).mark()}) == 3


def test_cleaning_up_leaves_every_other_database_alone(
    servers: embedded.Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "PREFIX", "adviespunt_weg_")

    def names() -> set[str]:
        with servers.superuser() as server:
            return {n for (n,) in server.execute("SELECT datname FROM pg_database")}

    before = names()
    with servers.superuser() as server:
        server.execute("CREATE DATABASE adviespunt_weg_a")
        server.execute("CREATE DATABASE adviespunt_weg_b")
    assert databases.remove_all(servers) == ["adviespunt_weg_a", "adviespunt_weg_b"]
    assert names() == before
