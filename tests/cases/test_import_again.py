"""Reading a register again, for show, and in somebody's name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases.models import Client, Kwestie
from tests import people
from tests.cases.registers import (
    ARNHEM,
    WULPENHORST,
    counts,
    fields,
    inside,
    line,
    numbers,
    read,
    rows,
    stored,
    without_rejected,
    write,
)

pytestmark = pytest.mark.django_db

# ------------------------------------------------------------------- a second time


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({}, {"kanaal": "FAX"}, {"resultaat": "VERWEZEN"}))
    first = read(path)
    before = {nummer: fields(nummer) for nummer in numbers()}
    second = read(path)
    after = {nummer: fields(nummer) for nummer in numbers()}
    assert without_rejected(second) == counts(read=3, unchanged=2, warnings=3)
    assert second["rejected"] == first["rejected"]
    assert after == before


def test_a_row_that_changed_changes_its_kwestie(tmp_path: Path) -> None:
    still_open = {"resultaat": "", "afgerond_op": "", "activiteiten": ""}
    read(write(tmp_path, *rows(still_open, {})))
    other = fields("A-2")
    closed = {"wet": "ZVW", "minuten": "60", "client": "c-9", "ondersteuner": "bram"}
    report = read(write(tmp_path, *rows(closed, {})))
    assert without_rejected(report) == counts(
        read=2, updated=1, unchanged=1, warnings=2
    )
    kwestie = stored()
    assert fields("A-2") == other
    assert (kwestie.status, kwestie.resultaat, kwestie.wet) == (
        "AFGEROND",
        "OPGELOST",
        "ZVW",
    )
    assert (kwestie.minuten, kwestie.activiteiten) == (60, ["IND.BRIEF", "IND.INFO"])
    assert kwestie.ondersteuner_id == people.ident("bram")
    assert (kwestie.versie, kwestie.aan_te_vullen) == (2, ["levensdomein"])
    with inside():
        client = Client.objects.get(tenant_id=ARNHEM, pk=kwestie.client_id)
    assert client.extern_code == "c-9"


def test_what_colleagues_changed_since_stays(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({"resultaat": "", "afgerond_op": ""}, {}))
    read(path)
    with inside():
        Kwestie.objects.filter(tenant_id=ARNHEM, extern_nummer="A-1").update(
            levensdomein=["ZORG"], status="WACHT_CLIENT", kanaal="MAIL", versie=7
        )
    report = read(path)
    assert without_rejected(report) == counts(read=2, unchanged=2, warnings=3)
    assert stored().kanaal == "MAIL"
    change = {"resultaat": "", "afgerond_op": "", "laag": "3"}
    report = read(write(tmp_path, *rows(change, {})))
    assert without_rejected(report) == counts(
        read=2, updated=1, unchanged=1, warnings=2
    )
    kwestie = stored()
    assert (kwestie.laag, kwestie.kanaal, kwestie.status) == (3, "MAIL", "WACHT_CLIENT")
    assert (kwestie.levensdomein, kwestie.aan_te_vullen) == (["ZORG"], ["doel_client"])
    assert kwestie.versie == 8


def test_a_change_that_cannot_be_carried_out_is_refused(tmp_path: Path) -> None:
    read(write(tmp_path, *rows({}, {})))
    report = read(write(tmp_path, *rows({"activiteiten": "", "laag": "3"}, {})))
    [refusal] = report["rejected"]
    assert (refusal["row"], refusal["column"], refusal["value"]) == (
        2,
        "activiteiten",
        "",
    )
    assert (stored().laag, stored().activiteiten) == (2, ["IND.BRIEF", "IND.INFO"])


def test_a_change_that_the_database_refuses_is_refused_whole(tmp_path: Path) -> None:
    read(write(tmp_path, *rows({"resultaat": "", "afgerond_op": ""}, {})))
    with inside():  # closed by a colleague in the meantime
        Kwestie.objects.filter(tenant_id=ARNHEM, extern_nummer="A-1").update(
            status="AFGEROND", resultaat="DEELS", afgerond_op="2025-03-03"
        )
    change = {"resultaat": "", "afgerond_op": "", "datum": "2025-05-05", "laag": "3"}
    report = read(write(tmp_path, *rows(change, {"laag": "1"})))
    [refusal] = report["rejected"]
    assert (refusal["row"], refusal["column"]) == (2, "rij")
    assert without_rejected(report) == counts(read=2, updated=1, warnings=1)
    assert (stored().laag, stored().datum) == (2, date(2025, 3, 3))


def test_an_anonymised_kwestie_does_not_come_back(tmp_path: Path) -> None:
    read(write(tmp_path, line()))
    with inside():
        Kwestie.objects.filter(tenant_id=ARNHEM).update(
            status="GEANONIMISEERD", extern_rij=None
        )
    report = read(write(tmp_path, line()))
    assert [refusal["column"] for refusal in report["rejected"]] == ["nummer"]
    assert stored().status == "GEANONIMISEERD"


def test_a_dry_run_tells_the_same_and_stores_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({}, {"kanaal": "FAX"}, {"tenant": "wulpenhorst"}))
    rehearsal = read(path, dry_run=True)
    assert (numbers(), numbers(WULPENHORST)) == ([], [])
    assert rehearsal == read(path)
    assert (numbers(), numbers(WULPENHORST)) == (["A-1"], ["A-3"])


# ----------------------------------------------------------------- in whose name


def test_rows_of_a_tenant_without_the_right_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({}, {"tenant": "wulpenhorst"}))
    report = read(path, actor="anna")
    assert [(r["row"], r["column"], r["value"]) for r in report["rejected"]] == [
        (3, "tenant", "wulpenhorst")
    ]
    assert report["rejected"][0]["reason"].startswith("Geen recht")
    assert (numbers(), numbers(WULPENHORST)) == (["A-1"], [])


@pytest.mark.parametrize("actor", ["els", "dewi", "gerard", "niemand", "hanna"])
def test_who_does_not_register_kwesties_imports_none(
    tmp_path: Path, actor: str
) -> None:
    report = read(write(tmp_path, line()), actor=actor)
    assert without_rejected(report) == counts(read=1)
    assert numbers() == []


def test_a_supporter_who_gets_an_account_gets_her_kwesties_next_time(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, *rows({"ondersteuner": "annemarie"}, {}))
    read(path)
    with inside():  # as if the code of her account was not known the first time
        Kwestie.objects.filter(tenant_id=ARNHEM, extern_nummer="A-2").update(
            ondersteuner_id=None
        )
    assert without_rejected(read(path)) == counts(
        read=2, updated=1, unchanged=1, warnings=2
    )
    assert stored("A-2").ondersteuner_id == people.ident("anna")
    assert without_rejected(read(path)) == counts(read=2, unchanged=2, warnings=2)
