"""python -m privacy.disclosure: what it prints and how it exits."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from privacy.disclosure.__main__ import answer

ROOT = Path(__file__).resolve().parents[3]


def document(**more: Any) -> dict[str, Any]:
    return {
        "k": 5,
        "must_contain": [1, 5],
        "width": 5,
        "suppressed_min": 0,
        "cells": [
            {"id": "T", "count": 40},
            {"id": "a", "count": 20},
            {"id": "b", "count": 3},
            {"id": "c", "count": 17},
        ],
        "relations": [{"sum": "T", "of": ["a", "b", "c"]}],
        "time_limit": 10,
    } | more


def run(tmp_path: Path, data: object) -> tuple[int, dict[str, Any]]:
    file = tmp_path / "in.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return answer(str(file))


def test_the_command_answers_in_its_format_and_exits_with_zero(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps(document()), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "privacy.disclosure", str(file)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert result.pop("seconds") >= 0
    assert result == {
        "format": "sdc-protect-result/1",
        "status": "safe",
        "withheld": ["a", "b"],
        "sensitive": ["b"],
        "complementary": 1,
        "loss": 1,
        "bound": 1,
        "certificates": 2,
        "reason": "",
    }


def test_a_frozen_number_in_the_way_is_refused_and_named(tmp_path: Path) -> None:
    frozen = document()
    for cell in frozen["cells"]:
        if cell["id"] != "b":
            cell["released"] = True
    code, result = run(tmp_path, frozen)
    assert (code, result["status"], result["withheld"]) == (1, "refused", [])
    assert "b" in result["reason"]


def test_a_small_number_that_was_printed_earlier_cannot_be_saved(
    tmp_path: Path,
) -> None:
    printed = document()
    printed["cells"][2]["released"] = True
    code, result = run(tmp_path, printed)
    assert (code, result["withheld"]) == (1, [])
    assert result["reason"] == "no pattern of withheld cells can protect: b"


def test_a_number_withheld_before_stays_withheld_and_serves_as_shield(
    tmp_path: Path,
) -> None:
    before = document()
    before["cells"][3]["withheld_before"] = True
    code, result = run(tmp_path, before)
    assert (code, result["withheld"]) == (0, ["b", "c"])


def test_a_hidden_cell_shields_for_nothing(tmp_path: Path) -> None:
    hidden = document()
    hidden["cells"][3]["hidden"] = True
    code, result = run(tmp_path, hidden)
    assert (code, result["withheld"], result["loss"]) == (0, ["b"], 0)


def test_an_insider_needs_another_shield(tmp_path: Path) -> None:
    knowing = document(insiders=[{"id": "aanbieder", "own": ["a"]}])
    code, result = run(tmp_path, knowing)
    assert (code, result["withheld"]) == (0, ["b", "c"])
    assert result["certificates"] == 4


def test_few_clients_need_width_to_both_sides(tmp_path: Path) -> None:
    few = document()
    few["cells"][2]["count"], few["cells"][2]["clients"] = 13, 2
    few["cells"][0]["count"] = 50
    few["cells"][1]["released"] = True
    code, result = run(tmp_path, few)
    assert (code, result["withheld"]) == (0, ["b", "c"])
    few["cells"][3]["count"], few["cells"][0]["count"] = 4, 37
    few["cells"][3]["clients"] = 4
    code, result = run(tmp_path, few)
    assert (code, result["withheld"]) == (0, ["T", "b", "c"])


def test_zeros_that_are_always_printed_cannot_shield(tmp_path: Path) -> None:
    zeros = document()
    zeros["cells"][1]["count"] = 37
    zeros["cells"][3]["count"] = 0
    zeros["cells"][1]["released"] = zeros["cells"][0]["released"] = True
    code, result = run(tmp_path, zeros)
    assert (code, result["withheld"]) == (1, [])
    assert run(tmp_path, zeros | {"suppressed_min": 1})[0] == 1
    zeros["cells"][2]["count"], zeros["cells"][1]["count"] = 4, 30
    zeros["cells"][0]["count"], zeros["cells"][3]["count"] = 40, 6
    assert run(tmp_path, zeros)[0] == 0


CONTRADICTIONS: dict[str, Any] = {
    "parts do not add up": {"relations": [{"sum": "T", "of": ["a", "b"]}]},
    "more clients than kwesties": {"cells": [{"id": "T", "count": 3, "clients": 4}]},
    "cannot occur and was counted": {
        "cells": [{"id": "T", "count": 3, "structural_zero": True}]
    },
    "withheld zero although zeros are always printed": {
        "suppressed_min": 1,
        "cells": [{"id": "T", "count": 0, "withheld_before": True}],
    },
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradictory_numbers_exit_with_three(tmp_path: Path, name: str) -> None:
    more = CONTRADICTIONS[name]
    more = {"relations": []} | more if "cells" in more else more
    code, result = run(tmp_path, document(**more))
    assert (code, result["status"], result["withheld"]) == (3, "refused", [])


BAD: dict[str, Any] = {
    "not JSON": "{",
    "not an object": [1],
    "no k": {"k": None},
    "a negative count": {"cells": [{"id": "T", "count": -1}], "relations": []},
    "a broken count": {"cells": [{"id": "T", "count": 1.5}], "relations": []},
    "an id twice": {
        "cells": [{"id": "T", "count": 1}, {"id": "T", "count": 1}],
        "relations": [],
    },
    "an unknown cell": {"relations": [{"sum": "T", "of": ["x"]}]},
    "an unknown insider cell": {"insiders": [{"id": "x", "own": ["y"]}]},
    "a flag that is no flag": {
        "cells": [{"id": "T", "count": 1, "hidden": "ja"}],
        "relations": [],
    },
    "another format": {"format": "sdc-audit/1"},
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_exits_with_two(tmp_path: Path, name: str) -> None:
    more = BAD[name]
    code, result = run(tmp_path, document(**more) if isinstance(more, dict) else more)
    assert (code, result["status"]) == (2, "refused")
    assert result["reason"].startswith("bad input")


def test_a_missing_file_exits_with_two(tmp_path: Path) -> None:
    assert answer(str(tmp_path / "nothing.json"))[0] == 2


def test_no_time_at_all_is_a_refusal_and_not_a_guess(tmp_path: Path) -> None:
    code, result = run(tmp_path, document(time_limit=0))
    assert (code, result["withheld"]) == (1, [])
