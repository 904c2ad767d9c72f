"""A second person's check of a release: the stored proof, in whole numbers only.

No search, no solver and no clock: what the release and the ledger say becomes one set
of equations, and every certificate in the proof is added up
(tests/privacy/disclosure/test_explaining.py tampers with it in every way).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from privacy.disclosure.certificates import Certificate, is_possible, unmet
from privacy.disclosure.explaining import Explanation, reader_name
from privacy.disclosure.groups import group_pairs, is_crowded
from privacy.disclosure.ledger import Ledger, qualified
from privacy.disclosure.problem import Problem, State
from privacy.disclosure.publishable import PublishableTable, Refused
from privacy.disclosure.tables import LOWEST_K, CountTable, Policy, problems_in
from privacy.disclosure.union import union_of

_Key = tuple[str, int, int, str]


def verify(
    table: CountTable,
    publishable: PublishableTable,
    policy: Policy,
    ledger: Ledger,
    explanation: Explanation,
) -> list[str]:
    """What is not proven about releasing ``publishable`` next to ``ledger``; an
    empty list means that the stored proof holds."""
    found = [*problems_in(table), *_wrong_figures(table, publishable, policy, ledger)]
    if found:
        return found
    if publishable.te_weinig:
        return _too_few(table, policy, ledger)
    return _unproven(table, publishable, policy, ledger, explanation)


def _wrong_figures(
    table: CountTable, publishable: PublishableTable, policy: Policy, ledger: Ledger
) -> Iterable[str]:
    """The figures are of this table, for this audience, and show nothing that was
    decided not to be shown."""
    of = (publishable.naam, publishable.k, publishable.publiek)
    if of != (table.naam, policy.k, policy.publiek):
        yield "de cijfers horen bij een andere tabel, drempel of doelgroep"
    if publishable.telwijze != table.telwijze:
        yield "de cijfers noemen een andere telwijze"
    if publishable.te_weinig and publishable.printed:
        yield "te weinig cliënten en toch een getal"
    if policy.k < LOWEST_K:
        yield "de drempel is te laag"
    above = None if ledger.ceiling is None else ledger.ceiling.printed
    for id, number in publishable.printed.items():
        cell = table.by_id.get(id)
        if cell is None or cell.hidden or cell.kwesties != number:
            yield f"{id}: getoond met een ander aantal"
        elif id in policy.withhold or (above is not None and id not in above):
            yield f"{id}: getoond en mocht niet getoond worden"


def _too_few(table: CountTable, policy: Policy, ledger: Ledger) -> list[str]:
    """ "Too few" may be said only when it is so."""
    ceiling = ledger.ceiling
    if table.totaal.clienten < policy.k or (ceiling and ceiling.te_weinig):
        return []
    return ["te weinig cliënten gemeld terwijl het er genoeg zijn"]


def _unproven(
    table: CountTable,
    publishable: PublishableTable,
    policy: Policy,
    ledger: Ledger,
    explanation: Explanation,
) -> list[str]:
    try:
        problem = union_of(table, policy, ledger)
        number = {cell.id: index for index, cell in enumerate(problem.cells)}
        proof = _read(explanation.proof, number)
    except Refused as refusal:
        return [refusal.reason]
    except (KeyError, TypeError, ValueError):
        return ["het bewijs is niet te lezen"]
    shown = {qualified(table.naam, id) for id in publishable.printed}
    own = {qualified(table.naam, cell.id) for cell in table.cells}
    withheld = {
        index
        for index, cell in enumerate(problem.cells)
        if cell.state is State.WITHHELD
        or (cell.state is State.OPEN and cell.id in own - shown)
    }
    certificates = {
        need: proof[key]
        for need in problem.needs
        if (key := _key_of(problem, need.cell, need.sign, need.amount, need.reader))
        in proof
    }
    found = [
        f"{problem.cells[need.cell].id}: niet bewezen"
        f" voor {reader_name(problem, need.reader) or 'een lezer'}"
        for need in unmet(problem, withheld, certificates)
    ]
    tables = [item for item in explanation.proof if "total" in item]
    return found + _crowded(table, ledger, problem, withheld, tables)


def _key_of(problem: Problem, cell: int, sign: int, amount: int, reader: int) -> _Key:
    return problem.cells[cell].id, sign, amount, reader_name(problem, reader)


def _read(
    proof: Iterable[Mapping[str, Any]], number: Mapping[str, int]
) -> dict[_Key, Certificate]:
    """Certificates per need; KeyError when one names a cell that is not there."""
    return {
        (item["cell"], item["sign"], item["amount"], item["reader"]): Certificate(
            _moves(item, number)
        )
        for item in proof
        if "total" not in item
    }


def _moves(item: Mapping[str, Any], number: Mapping[str, int]) -> dict[int, int]:
    return {number[id]: move for id, move in item["moves"].items()}


def _crowded(
    table: CountTable,
    ledger: Ledger,
    problem: Problem,
    withheld: set[int],
    tables: Iterable[Mapping[str, Any]],
) -> list[str]:
    """Parts that hold nearly everybody without a table that leaves room for doubt."""
    number = {cell.id: index for index, cell in enumerate(problem.cells)}
    doubt: set[tuple[str, str]] = set()
    for item in tables:
        total, part = str(item["total"]), str(item["cell"])
        if total in number and part in number and item["moves"].keys() <= number.keys():
            moves = _moves(item, number)
            possible = is_possible(problem, withheld, moves)
            if possible and not is_crowded(problem, number[total], number[part], moves):
                doubt.add((total, part))
    return [
        f"{part}: bijna iedereen in het totaal"
        for total, part in group_pairs(table, ledger)
        if total in number
        and part in number
        and is_crowded(problem, number[total], number[part], {})
        and (total, part) not in doubt
    ]
