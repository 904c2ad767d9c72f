"""sdc-protect/1: a problem from a file, and the answer as plain values.

For anyone who wants to check us: numbers and sums in, withheld ids and proven loss
out. Wrong input and contradictory numbers are told apart, because the second is
what an attacker would look for first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from privacy.disclosure.certificates import unmet
from privacy.disclosure.problem import (
    Cell,
    Insider,
    Problem,
    State,
    is_sensitive,
    level_weights,
    sum_row,
    targets,
)
from privacy.disclosure.solution import Solution

PROTECT: Final = "sdc-protect/1"
RESULT: Final = "sdc-protect-result/1"
_FLAGS: Final = ("released", "withheld_before", "hidden", "structural_zero")


class BadInput(ValueError):
    """The file does not say what sdc-protect/1 asks for."""


class Contradiction(ValueError):
    """The numbers in the file cannot all be true."""


@dataclass(frozen=True)
class Rule:
    """The parameters of sdc-protect/1, checked."""

    k: int
    must_contain: tuple[int, int] | None
    width: int
    suppressed_min: int
    seconds: float


def read_problem(data: object) -> tuple[Problem, Rule]:
    """BadInput or Contradiction when there is no problem in ``data``."""
    if not isinstance(data, Mapping):
        raise BadInput("the file must hold one JSON object")
    if data.get("format", PROTECT) != PROTECT:
        raise BadInput(f"format is not {PROTECT}")
    rule = _rule(data)
    items = _cells(data)
    sums = _relations(data, items)
    by_size = {total: set(parts) for total, parts in sums if len(parts) > 1}
    weights = level_weights(items, by_size)
    cells = tuple(_cell(items[id], rule, weights[id]) for id in sorted(items))
    number = {cell.id: index for index, cell in enumerate(cells)}
    rows = tuple(
        sum_row(number[total], [number[part] for part in parts])
        for total, parts in sorted(set(sums))
    )
    problem = Problem(cells, rows, _insiders(data, number))
    wrong = problem.contradictions()
    if wrong:
        raise Contradiction("the numbers contradict each other: " + wrong[0])
    return problem, rule


def _rule(data: Mapping[str, Any]) -> Rule:
    k = _whole(data.get("k"), "k", least=1)
    must_contain: tuple[int, int] | None = (1, k)
    if data.get("must_contain", must_contain) is None:
        must_contain = None
    elif "must_contain" in data:
        must_contain = _range(data["must_contain"])
    width = data.get("width")
    seconds = data.get("time_limit")
    seconds = 60 if seconds is None else seconds
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise BadInput("time_limit must be a number of seconds")
    suppressed_min = _whole(data.get("suppressed_min", 0), "suppressed_min")
    if suppressed_min > 1:
        raise BadInput("suppressed_min must be 0 or 1")
    return Rule(
        k,
        must_contain,
        k if width is None else _whole(width, "width"),
        suppressed_min,
        max(float(seconds), 0.0),
    )


def _range(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise BadInput("must_contain must be [a, b] or null")
    low, high = (_whole(item, "must_contain") for item in value)
    if low > high:
        raise BadInput("must_contain must be [a, b] with a <= b")
    return low, high


def _whole(value: object, name: str, least: int = 0) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise BadInput(f"{name} must be a whole number of at least {least}")
    return value


def _cells(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    items = data.get("cells")
    if not isinstance(items, list):
        raise BadInput("cells must be a list")
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        id = item.get("id") if isinstance(item, dict) else None
        if not isinstance(id, str) or not isinstance(item, dict):
            raise BadInput("every cell must be an object with a text id")
        if id in found:
            raise BadInput(f"cell {id!r} is there twice")
        found[id] = _checked(item, id)
    return found


def _checked(item: dict[str, Any], id: str) -> dict[str, Any]:
    """Counts as whole numbers, flags as booleans; contradictions between them."""
    count = _whole(item.get("count"), f"count of {id!r}")
    clients = item.get("clients")
    clients = count if clients is None else _whole(clients, f"clients of {id!r}")
    flags = {name: item.get(name) or False for name in _FLAGS}
    for name, flag in flags.items():
        if not isinstance(flag, bool):
            raise BadInput(f"{name} of {id!r} must be true or false")
    if flags["released"] and (flags["withheld_before"] or flags["hidden"]):
        raise BadInput(f"{id!r} cannot be released and withheld or hidden")
    if clients > count:
        raise Contradiction(f"{id!r} has more clients than kwesties")
    if flags["structural_zero"] and count:
        raise Contradiction(f"{id!r} cannot occur and has been counted")
    priority = item.get("priority")
    if priority is not None:
        priority = _whole(priority, f"priority of {id!r}")
    return {"id": id, "count": count, "clients": clients, "priority": priority} | flags


def _relations(
    data: Mapping[str, Any], known: Mapping[str, object]
) -> list[tuple[str, tuple[str, ...]]]:
    items = data.get("relations")
    if not isinstance(items, list):
        raise BadInput("relations must be a list")
    found = []
    for item in items:
        total = item.get("sum") if isinstance(item, dict) else None
        parts = item.get("of") if isinstance(item, dict) else None
        if not isinstance(total, str) or not isinstance(parts, list):
            raise BadInput('every relation must be {"sum": id, "of": [ids]}')
        ids = [total, *parts]
        for id in ids:
            if not isinstance(id, str) or id not in known:
                raise BadInput(f"a relation names {id!r}, which is not a cell")
        if len(set(ids)) != len(ids):
            raise BadInput(f"the relation of {total!r} names a cell twice")
        found.append((total, tuple(sorted(parts))))
    return found


def _cell(item: Mapping[str, Any], rule: Rule, weight: int) -> Cell:
    count = item["count"]
    sensitive = is_sensitive(count, item["clients"], rule.k)
    state, floor = _state(item, rule)
    low, high = targets(count, rule.k, rule.must_contain, rule.width, floor)
    return Cell(
        id=item["id"],
        count=count,
        state=state,
        weight=weight if item["priority"] is None else item["priority"],
        floor=floor,
        sensitive=sensitive,
        low=low if sensitive else 0,
        high=high if sensitive else 0,
    )


def _state(item: Mapping[str, Any], rule: Rule) -> tuple[State, int]:
    """State and the least a reader may assume of a cell that is not printed."""
    if item["structural_zero"] or item["released"]:
        return State.PRINTED, 0
    if item["hidden"]:
        return State.HIDDEN, 0
    if item["withheld_before"]:
        return State.WITHHELD, rule.suppressed_min
    if item["count"] < rule.suppressed_min:
        return State.PRINTED, 0
    return State.OPEN, rule.suppressed_min


def _insiders(
    data: Mapping[str, Any], number: Mapping[str, int]
) -> tuple[Insider, ...]:
    items = data.get("insiders")
    found = []
    for item in _objects([] if items is None else items, "insiders"):
        own = item.get("own")
        if not isinstance(own, list):
            raise BadInput("own of an insider must be a list of ids")
        for id in own:
            if not isinstance(id, str) or id not in number:
                raise BadInput(f"an insider owns {id!r}, which is not a cell")
        known = frozenset(number[id] for id in own)
        found.append(Insider(str(item.get("id", "")), known))
    return tuple(found)


def _objects(items: object, name: str) -> Iterable[Mapping[str, Any]]:
    if not isinstance(items, list):
        raise BadInput(f"{name} must be a list")
    for item in items:
        if not isinstance(item, dict):
            raise BadInput(f"every one of {name} must be an object")
        yield item


def result_of(problem: Problem, solution: Solution, seconds: float) -> dict[str, Any]:
    """sdc-protect-result/1, after one more check of all certificates."""
    missing = unmet(problem, solution.withheld, solution.certificates)
    safe = not missing
    cells = problem.cells
    return {
        "format": RESULT,
        "status": "safe" if safe else "refused",
        "withheld": sorted(cells[i].id for i in solution.withheld) if safe else [],
        "sensitive": [cell.id for cell in cells if cell.sensitive],
        "complementary": sum(not cells[i].sensitive for i in solution.withheld),
        "loss": solution.loss,
        "bound": solution.bound,
        "seconds": round(seconds, 3),
        "certificates": len(problem.needs) - len(missing),
        "reason": "" if safe else _reason(problem, solution, missing),
    }


def _reason(problem: Problem, solution: Solution, missing: Iterable[Any]) -> str:
    names = sorted({problem.cells[need.cell].id for need in missing})
    why = (
        "no pattern of withheld cells can protect"
        if solution.impossible
        else "no certificate was found in time for"
    )
    return f"{why}: {', '.join(names[:20])}" + (" ..." if len(names) > 20 else "")


def failed(reason: str) -> dict[str, Any]:
    """The result when there is no problem to solve."""
    return {
        "format": RESULT,
        "status": "refused",
        "withheld": [],
        "sensitive": [],
        "complementary": 0,
        "loss": 0,
        "bound": 0,
        "seconds": 0.0,
        "certificates": 0,
        "reason": reason,
    }
