"""The command that reads a register, as it is used: whole files, processes, traces."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from adviespunt import embedded
from cases.importing import COLUMNS, UnreadableRegister, import_register
from tests import people
from tests.cases.registers import (
    ARNHEM,
    WAARHEID,
    counts,
    line,
    manage,
    numbers,
    rows,
    without_rejected,
    write,
)
from tests.conftest import copy_template, drop

pytestmark = pytest.mark.django_db
UNKNOWN = "Deze code staat niet in de lijst."

# -------------------------------------------------------------------- the command


def command(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_register", *arguments, stdout=out)
    printed: dict[str, Any] = json.loads(out.getvalue())
    return printed


def test_the_command_prints_one_json_object(tmp_path: Path) -> None:
    path = write(tmp_path, line(), line(nummer="A-2", kanaal="FAX"))
    printed = command(str(path), "--actor", people.email("anna"))
    assert printed == {
        **counts(read=2, created=1, warnings=1),
        "rejected": [{"row": 3, "column": "kanaal", "value": "FAX", "reason": UNKNOWN}],
    }


def refusal_of(*arguments: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as caught:
        command(*arguments)
    return caught.value.returncode, str(caught.value)


def test_a_file_without_the_columns_is_refused_as_a_whole(tmp_path: Path) -> None:
    header = ";".join(c for c in COLUMNS if c not in ("aard", "rol"))
    path = write(tmp_path, line(), header=header)
    code, text = refusal_of(str(path))
    assert code == 2
    assert text == (
        "In de eerste regel ontbreken deze kolommen: aard, rol. Het scheidingsteken"
        " is een puntkomma. Er is niets ingelezen."
    )
    assert numbers() == []


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes((";".join(COLUMNS) + "\nZoë").encode("latin-1"))
    double = write(tmp_path, header=";".join([*COLUMNS, "aard"]))
    empty = tmp_path / "leeg.csv"
    empty.touch()
    for path in (latin, double, empty, tmp_path, tmp_path / "weg.csv"):
        assert refusal_of(str(path))[0] == 2
        with pytest.raises(UnreadableRegister):
            import_register(path)


def test_an_actor_must_have_an_account(tmp_path: Path) -> None:
    code, text = refusal_of(str(write(tmp_path, line())), "--actor", "x@y.example")
    assert (code, text) == (2, "Er is geen actief account met het adres x@y.example.")


# ------------------------------------------------------------------ a whole register

DATABASE = "adviespunt_eigen"
PER_CEL = """
SELECT slug || '|' || to_char(datum, 'YYYY-"Q"Q') || '|' || aard, count(*)
FROM cases_kwestie k JOIN tenants_tenant t ON t.id = k.tenant_id GROUP BY 1
"""


@pytest.fixture
def own_database(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """A committed copy with the people of the tests, to see what is left behind."""
    copy_template(DATABASE)
    with embedded.current().superuser(DATABASE) as server:
        yield server
    drop(DATABASE)


def test_the_audit_names_the_actor_and_counts(
    own_database: psycopg.Connection[Any], tmp_path: Path
) -> None:
    path = write(tmp_path, *rows({}, {"kanaal": "FAX"}, {}))
    rehearsal = manage(DATABASE, "import_register", str(path), "--dry-run")
    done = manage(
        DATABASE, "import_register", str(path), "--actor", people.email("anna")
    )
    assert (done.returncode, done.stdout) == (0, rehearsal.stdout)
    events = own_database.execute(
        "SELECT tenant_id, actor_id, rol, onderwerp_ids, grond, extra"
        " FROM privacy_auditevent WHERE gebeurtenis = 'register_ingelezen'"
    ).fetchall()
    extra = {
        "nieuw": 2,
        "gewijzigd": 0,
        "ongewijzigd": 0,
        "afgewezen": 0,
        "waarschuwingen": 2,
    }
    anna = people.ident("anna")
    assert events == [(ARNHEM, anna, "staff", [], "registratie", extra)]


def test_the_register_is_read_whole(register: Any) -> None:
    _server, first, second = register
    lacking = 6047 + 257 + 589 + 365 + 184 + 19
    assert without_rejected(first) == counts(read=6047, created=6047, warnings=lacking)
    assert without_rejected(second) == counts(
        read=6047, unchanged=6047, warnings=lacking
    )
    assert (first["rejected"], second["rejected"]) == ([], [])


def test_the_register_counts_as_the_truth(register: Any) -> None:
    server, *_reports = register
    cells = json.loads(WAARHEID.read_text(encoding="utf-8"))["tenant|kwartaal|aard"]
    found = dict(server.execute(PER_CEL).fetchall())
    assert found == {cell: figures["kwesties"] for cell, figures in cells.items()}


def test_the_register_holds_its_contacts_people_and_traces(register: Any) -> None:
    server, *_reports = register

    def one(query: str) -> Any:
        return server.execute(query).fetchone()[0]

    assert one("SELECT count(*) FROM cases_contactmoment") == 6047
    assert one("SELECT count(*) FROM cases_client") == 3505
    assert one("SELECT count(*) FROM cases_kwestie WHERE ondersteuner_id IS NULL") == 0
    assert one("SELECT count(DISTINCT nummer) FROM cases_kwestie") == 6047
    assert one("SELECT count(*) FROM cases_kwestie WHERE bron <> 'IMPORT'") == 0
    events = server.execute(
        "SELECT tenant_id, actor_id, extra->'nieuw' FROM privacy_auditevent"
        " WHERE gebeurtenis = 'register_ingelezen'"
    ).fetchall()
    assert Counter(actor for _tenant, actor, _new in events) == {None: 50}
    assert sum(new for _tenant, _actor, new in events) == 6047
