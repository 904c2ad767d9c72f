"""``manage.py deidentify``: lines in, spans out, a bad line named by its number."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GOED = {"id": "a", "text": "É: mail t@v.example of bel Annelies."}


def run(path: Path, **options: str) -> tuple[list[dict[str, object]], str, int]:
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("deidentify", str(path), stdout=out, stderr=err, **options)
    except CommandError as error:
        code = error.returncode
    return (
        [json.loads(line) for line in out.getvalue().splitlines()],
        err.getvalue(),
        code,
    )


def test_each_line_is_answered_in_order(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f"{json.dumps(GOED)}\n\n{json.dumps({'id': 2, 'text': ''})}\n")
    rows, err, code = run(path)
    mail = {"start": 8, "end": 19, "label": "EMAIL"}
    naam = {"start": 27, "end": 35, "label": "PERSOON"}
    assert rows == [{"id": "a", "spans": [mail, naam]}, {"id": 2, "spans": []}]
    assert (err, code) == ("", 0)


@pytest.mark.parametrize(
    "slecht", ["geen json", "[]", '{"id": 1}', '{"id": 1, "text": 3}', '{"text": "x"}']
)
def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, slecht: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f"{slecht}\n{json.dumps(GOED)}\n")
    rows, err, code = run(path)
    assert [row["id"] for row in rows] == ["a"]
    assert err.startswith("regel 1:")
    assert (slecht in err, code) == (False, 1)


def test_it_writes_to_a_file_when_asked(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jsonl", tmp_path / "uit.jsonl"
    path.write_text(json.dumps(GOED))
    rows, _err, code = run(path, out=str(target))
    assert (rows, code) == ([], 0)
    assert json.loads(target.read_text())["id"] == "a"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert run(tmp_path / "weg.jsonl") == ([], "", 2)
