"""The lists are built once, whole, and the same from a file as from the sources."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from privacy.herkenning import lijsten as module

SNEL = """
import sys, logging
from privacy.herkenning import vind
assert vind("Bel dhr. Jansen")
assert "deduce" not in sys.modules
assert logging.getLogger().level != logging.DEBUG
"""


def test_what_is_built_is_what_the_sources_say(tmp_path: Path) -> None:
    path = module.build(tmp_path / "sub" / "lijsten.json")
    raw = json.loads(path.read_text("utf-8"))
    assert raw.pop("stempel") == module.fingerprint()
    assert raw == module.collect()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("kapot", ["", "{", '{"stempel": "oud"}'])
def test_a_file_that_is_broken_or_old_is_built_again(
    tmp_path: Path, kapot: str
) -> None:
    path = tmp_path / "lijsten.json"
    path.write_text(kapot)
    assert json.loads(module.build(path).read_text("utf-8"))["straten"]


def test_a_hashed_list_answers_without_its_words() -> None:
    lijst = module.Gehakt(module.hak(s) for s in ("Molenstraat", "Kerkplein"))
    assert ("molenstraat" in lijst, "Kerkplein" in lijst, "Dorp" in lijst) == (
        True,
        True,
        False,
    )


def test_deduce_is_read_and_never_imported() -> None:
    """Importing it would set every logger to DEBUG on the standard output."""
    subprocess.run([sys.executable, "-c", SNEL], check=True)
    assert logging.getLogger().level != logging.DEBUG
