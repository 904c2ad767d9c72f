"""Why each number is withheld, and the proof: for the checker, never for a reader.

An ``Explanation`` tells small numbers from the ones that shield them, so it is as
confidential as the register (tests/privacy/disclosure/test_explaining.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from privacy.disclosure.groups import Spread
from privacy.disclosure.ledger import Ledger, qualified
from privacy.disclosure.problem import Need, Problem
from privacy.disclosure.publishable import PublishableTable
from privacy.disclosure.solution import Solution
from privacy.disclosure.tables import CountTable, Policy

FORMAT: Final = "adviespunt-uitleg/1"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was withheld and why; all ids are qualified ("naam/id").

    ``sensitive``: displayed cells of the new table with few clients. ``chosen``:
    cells named by the policy; ``ceiling``: cells the other version withholds; a small
    cell may be among these too. ``shields``: every other withheld cell, with the
    sensitive cells (also hidden ones, also of earlier releases) whose second tables
    move it; nothing for what was chosen, under the ceiling or withheld before.

    ``loss`` is the weight of what is withheld and not sensitive, ``bound`` what any
    safe pattern loses at least, ``certificates`` how many needs were proven.
    ``proof``: per need {cell, sign, amount, reader, moves}; in a group disclosure
    proof also {total}. ``reader`` is "" for an outsider.
    """

    sensitive: tuple[str, ...] = ()
    shields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    ceiling: tuple[str, ...] = ()
    loss: int = 0
    bound: int = 0
    seconds: float = 0.0
    certificates: int = 0
    proof: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, confidential."""
        return {
            "format": FORMAT,
            "sensitive": list(self.sensitive),
            "shields": {id: list(of) for id, of in self.shields.items()},
            "chosen": list(self.chosen),
            "ceiling": list(self.ceiling),
            "loss": self.loss,
            "bound": self.bound,
            "seconds": self.seconds,
            "certificates": self.certificates,
            "proof": [{**item, "moves": dict(item["moves"])} for item in self.proof],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Explanation":
        """Read back; without "proof" (kept elsewhere) there is none in it.

        ValueError when it is not in this format.
        """
        if data.get("format") != FORMAT:
            raise ValueError("not an explanation in " + FORMAT)
        return cls(
            sensitive=tuple(data["sensitive"]),
            shields={str(id): tuple(of) for id, of in data["shields"].items()},
            chosen=tuple(data["chosen"]),
            ceiling=tuple(data["ceiling"]),
            loss=int(data["loss"]),
            bound=int(data["bound"]),
            seconds=float(data["seconds"]),
            certificates=int(data["certificates"]),
            proof=tuple(data.get("proof", ())),
        )


def explained(
    table: CountTable,
    policy: Policy,
    ledger: Ledger,
    problem: Problem,
    solution: Solution,
    spread: Iterable[Spread],
    seconds: float,
) -> Explanation:
    """The explanation of a pattern that was found."""
    shown = {qualified(table.naam, c.id): c.id for c in table.cells if not c.hidden}
    cells = problem.cells
    withheld = [cells[i] for i in sorted(solution.withheld) if cells[i].id in shown]
    sensitive = tuple(cell.id for cell in withheld if cell.sensitive)
    chosen = tuple(id for id in shown if shown[id] in policy.withhold)
    ceiling = _under(ledger.ceiling, shown)
    decided = {*chosen, *ceiling, *ledger.withheld}
    used = _users(problem, solution)
    shields = {
        cell.id: () if cell.id in decided else tuple(sorted(used.get(cell.id, ())))
        for cell in withheld
        if not cell.sensitive
    }
    return Explanation(
        sensitive=sensitive,
        shields=shields,
        chosen=chosen,
        ceiling=ceiling,
        loss=solution.loss,
        bound=solution.bound,
        seconds=round(seconds, 3),
        certificates=len(problem.needs),
        proof=(*_proof(problem, solution), *(_of_group(problem, s) for s in spread)),
    )


def reader_name(problem: Problem, reader: int) -> str:
    """ "" for the outsider, else the name of the insider."""
    return "" if reader < 0 else problem.insiders[reader].id


def _under(
    ceiling: PublishableTable | None, shown: Mapping[str, str]
) -> tuple[str, ...]:
    if ceiling is None:
        return ()
    printed = ceiling.printed
    return tuple(id for id, own in shown.items() if own not in printed)


def _users(problem: Problem, solution: Solution) -> dict[str, set[str]]:
    """Per cell the sensitive cells whose certificates move it."""
    used: dict[str, set[str]] = {}
    for need, certificate in solution.certificates.items():
        for index in certificate.moves:
            users = used.setdefault(problem.cells[index].id, set())
            users.add(problem.cells[need.cell].id)
    return used


def _proof(problem: Problem, solution: Solution) -> Iterable[dict[str, Any]]:
    for need in problem.needs:
        moves = solution.certificates[need].moves
        yield _item(problem, need, moves)


def _of_group(problem: Problem, spread: Spread) -> dict[str, Any]:
    item = _item(problem, spread.need, spread.moves)
    return item | {"cell": spread.part, "total": spread.total}


def _item(problem: Problem, need: Need, moves: Mapping[int, int]) -> dict[str, Any]:
    return {
        "cell": problem.cells[need.cell].id,
        "sign": need.sign,
        "amount": need.amount,
        "reader": reader_name(problem, need.reader),
        "moves": {problem.cells[i].id: int(move) for i, move in sorted(moves.items())},
    }
