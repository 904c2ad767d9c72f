"""The attacker finds unsafe patterns of every kind, planted one by one."""

from typing import Any

import pytest

from privacy.disclosure.audit import audit


def document(
    cells: dict[str, Any], sums: dict[str, list[str]], k: int = 5, **more: Any
) -> dict[str, Any]:
    """Cells: a number is printed; "s" withheld and sensitive, "c" withheld only as a
    shield, "h" hidden and sensitive, "n" hidden and not sensitive."""
    listed: list[dict[str, Any]] = []
    for id, value in cells.items():
        secret = isinstance(value, str)
        listed.append(
            {
                "id": id,
                "value": None if secret else value,
                "hidden": value in ("h", "n"),
                "sensitive": value in ("s", "h"),
            }
        )
    relations = [{"sum": total, "of": parts} for total, parts in sums.items()]
    return {
        "k": k,
        "must_contain": [1, k],
        "suppressed_min": 0,
        "cells": listed,
        "relations": relations,
    } | more


def kinds(found: Any) -> set[tuple[str, str]]:
    return {(breach.cell, breach.kind) for breach in found.breaches}


SAFE_ROW = {"T": 40, "a": 20, "b": "s", "c": "c"}
SUM = {"T": ["a", "b", "c"]}


def test_a_shielded_cell_is_safe() -> None:
    assert audit(document(SAFE_ROW, SUM)).breaches == ()


PLANTED: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "one withheld cell in a sum": (
        document({"T": 40, "a": 20, "b": "s", "c": 17}, SUM),
        {("b", "exact")},
    ),
    "a small number printed": (
        document({"T": 40, "a": 37, "b": 3}, {}),
        {("b", "printed")},
    ),
    "two withheld cells with too little between them": (
        document({"T": 40, "a": 36, "b": "s", "c": "c"}, SUM),
        {("b", "narrow")},
    ),
    "a hidden rest between two printed numbers": (
        document({"T": 12, "a": 10, "rest": "h"}, {"T": ["a", "rest"]}),
        {("rest", "exact")},
    ),
    "three ones when zeros are always printed": (
        document({"T": 3, "a": "s", "b": "s", "c": "s"}, SUM, k=2, suppressed_min=1),
        {("a", "exact"), ("b", "exact"), ("c", "exact")},
    ),
    "the same cell in two tables, shielded in only one": (
        document(
            {**SAFE_ROW, "T2": 33, "d": 30},
            {**SUM, "T2": ["d", "b"]},
        ),
        {("b", "exact")},
    ),
    "a quarter out of the half-year": (
        document(
            {"H": 30, "Q1": 26, "Q2": "s", "H.a": 14, "Q1.a": 10, "Q2.a": "s"},
            {"H": ["Q1", "Q2"], "H.a": ["Q1.a", "Q2.a"]},
        ),
        {("Q2", "exact"), ("Q2.a", "exact")},
    ),
    "a corrected issue": (
        document({"v1": 20, "v2": 23, "bij": "h"}, {"v2": ["v1", "bij"]}),
        {("bij", "exact")},
    ),
    "a region out of its gemeenten": (
        document({"regio": 60, "a": 30, "b": 27, "c": "s"}, {"regio": ["a", "b", "c"]}),
        {("c", "exact")},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_unsafe_pattern_is_found(name: str) -> None:
    planted, expected = PLANTED[name]
    assert kinds(audit(planted)) == expected


def test_one_half_to_one_is_exactly_one() -> None:
    """2x <= 3 and 2x >= 1: a broad interval in fractions, one whole number."""
    cells = {"x": "s"}
    found = audit(
        document(
            cells,
            {},
            k=2,
        )
        | {
            "relations": [
                {"coef": {"x": 2}, "sense": "<=", "rhs": 3},
                {"coef": {"x": 2}, "sense": ">=", "rhs": 1},
            ]
        }
    )
    assert kinds(found) == {("x", "exact")}
    assert (found.breaches[0].low, found.breaches[0].high) == (1, 1)


def test_a_whole_number_gap_that_linear_programs_do_not_see() -> None:
    """x + y = 3, x + z = 3, y + z = 4: fractions allow nothing else than halves."""
    found = audit(
        document({"x": "s", "y": "s", "z": "s"}, {}, k=2)
        | {
            "relations": [
                {"coef": {"x": 1, "y": 1}, "sense": "==", "rhs": 3},
                {"coef": {"x": 1, "z": 1}, "sense": "==", "rhs": 3},
                {"coef": {"y": 1, "z": 1}, "sense": "==", "rhs": 4},
            ]
        }
    )
    assert {breach.kind for breach in found.breaches} == {"exact"}


def test_odd_numbers_that_only_whole_numbers_contradict() -> None:
    relations = [
        {"coef": {"x": 1, "y": 1}, "sense": "==", "rhs": 3},
        {"coef": {"x": 1, "z": 1}, "sense": "==", "rhs": 3},
        {"coef": {"y": 1, "z": 1}, "sense": "==", "rhs": 3},
    ]
    found = audit(
        document({"x": "s", "y": "s", "z": "s"}, {}) | {"relations": relations}
    )
    assert {breach.kind for breach in found.breaches} == {"contradiction"}


def test_printed_numbers_that_contradict_each_other() -> None:
    found = audit(document({"T": 40, "a": 20, "b": 21}, {"T": ["a", "b"]}))
    assert {breach.kind for breach in found.breaches} == {"contradiction"}


def test_an_insider_who_knows_the_shield() -> None:
    planted = document(
        SAFE_ROW,
        SUM,
        insiders=[{"id": "aanbieder", "own": ["c"], "knows": {"c": 17}}],
    )
    found = audit(planted)
    assert kinds(found) == {("b", "exact")}
    assert {breach.reader for breach in found.breaches} == {"aanbieder"}


def test_a_client_who_knows_a_lower_bound() -> None:
    cells = {"T": 40, "a": 28, "b": "s", "c": "c"}
    knowing = [{"id": "cliënt", "own": [], "knows": {}, "at_least": {"c": 8}}]
    assert audit(document(cells, SUM)).safe
    assert kinds(audit(document(cells, SUM, insiders=knowing))) == {("b", "narrow")}


def test_a_total_that_is_nearly_all_in_one_part() -> None:
    planted = document({"T": 40, "a": 0, "b": 37, "c": 0, "d": "c"}, {})
    planted["cells"][4]["sensitive"] = False
    planted["relations"] = [{"sum": "T", "of": ["a", "b", "c", "d"], "group": True}]
    assert ("b", "group") in kinds(audit(planted))
    planted["cells"][1]["value"], planted["cells"][2]["value"] = 20, 17
    assert audit(planted).safe


def test_a_rounded_number_narrows_what_is_withheld() -> None:
    planted = document(SAFE_ROW, SUM)
    planted["cells"][2] |= {"lo": 2.5, "hi": 7.5}
    assert kinds(audit(planted)) == {("b", "narrow")}


def test_a_net_change_may_be_negative() -> None:
    planted = document({"v1": 20, "v2": 23, "net": "n", "bij": "h", "af": "n"}, {})
    planted["cells"][2]["lo"] = "-inf"
    planted["relations"] = [
        {"sum": "v2", "of": ["v1", "net"]},
        {"coef": {"net": 1, "bij": -1, "af": 1}, "sense": "==", "rhs": 0},
    ]
    assert kinds(audit(planted)) == {("bij", "narrow")}


def test_another_format_is_not_audited() -> None:
    with pytest.raises(ValueError, match="sdc-audit/1"):
        audit({"format": "sdc-protect/1", "k": 5, "cells": [], "relations": []})
