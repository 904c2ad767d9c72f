"""A pattern of withheld cells together with the certificates that carry it.

``complete`` buys a certificate for every need, ``tidy`` prints again what no
certificate uses. The result is worth what ``certificates.unmet`` says of it.
"""

from collections.abc import Iterable

from privacy.disclosure.certificates import Certificate
from privacy.disclosure.effort import Budget
from privacy.disclosure.ground import Ground
from privacy.disclosure.moves import Mover
from privacy.disclosure.problem import Need, Problem, State


def must_withhold(problem: Problem) -> set[int]:
    """Sensitive cells and cells withheld earlier: no search can print these."""
    return {
        index
        for index, cell in enumerate(problem.cells)
        if cell.state is State.WITHHELD or (cell.sensitive and cell.state is State.OPEN)
    }


def loss_of(problem: Problem, withheld: Iterable[int]) -> int:
    """Weight of the withheld cells that are not sensitive themselves."""
    return sum(
        problem.cells[index].weight
        for index in withheld
        if not problem.cells[index].sensitive
    )


class Pattern:
    """Withheld cells, a certificate per need, and who uses which cell."""

    def __init__(self, mover: Mover, withheld: Iterable[int]) -> None:
        self.mover = mover
        self.problem = mover.problem
        self.forced = must_withhold(self.problem)
        self.ground = Ground(self.problem, self.forced | set(withheld))
        self.certificates: dict[Need, Certificate] = {}
        self.impossible: list[Need] = []
        self.used: dict[int, set[Need]] = {}
        self._needs_at: dict[int, list[Need]] = {}
        for need in self.problem.needs:
            self._needs_at.setdefault(need.cell, []).append(need)

    @property
    def withheld(self) -> set[int]:
        return self.ground.withheld

    @property
    def loss(self) -> int:
        return loss_of(self.problem, self.withheld)

    def missing(self) -> list[Need]:
        return [n for n in self.problem.needs if n not in self.certificates]

    def complete(self, budget: Budget) -> bool:
        """Give every need a certificate, withholding more where it has to.

        False when time ran out or some need was not met; needs that no pattern can
        meet are listed in ``impossible``.
        """
        met = True
        for need in self.problem.needs:
            if need in self.certificates:
                continue
            if budget.left() <= 0:
                return False
            moves = self.mover.quick(need, self.ground)
            if moves is None:
                moves = self.mover.repair(need, self.ground)
            if moves is not None:
                self.accept(moves)
                continue
            met = False
            if self.mover.impossible:
                self.impossible.append(need)
        return met

    def accept(self, moves: dict[int, int]) -> None:
        """Withhold what ``moves`` uses and credit every need it happens to settle."""
        cells = self.problem.cells
        for index in moves:
            if cells[index].state is State.OPEN:
                self.ground.hold(index)
        certificate = Certificate(moves)
        for index in moves:
            for need in self._needs_at.get(index, ()):
                if need not in self.certificates and self._settles(certificate, need):
                    self._store(need, certificate)

    def _settles(self, certificate: Certificate, need: Need) -> bool:
        known = self.problem.known_to(need.reader)
        return certificate.shows(need) and known.isdisjoint(certificate.moves)

    def _store(self, need: Need, certificate: Certificate) -> None:
        old = self.certificates.get(need)
        if old is not None:
            for index in old.moves:
                self.used[index].discard(need)
        self.certificates[need] = certificate
        for index in certificate.moves:
            self.used.setdefault(index, set()).add(need)

    def tidy(self, budget: Budget, busy: int = 80) -> None:
        """Print again what can be printed: unused cells, then the heaviest first.

        A cell that more than ``busy`` certificates lean on is left alone.
        """
        self._sweep()
        spare = self.withheld - self.forced
        weight = {index: self.problem.cells[index].weight for index in spare}
        for index in sorted(spare, key=lambda i: (-weight[i], i)):
            if budget.left() <= 0:
                break
            users = self.used.get(index, set())
            if index in self.withheld and len(users) <= busy:
                self._try_printing(index, users)
        self._sweep()

    def _sweep(self) -> None:
        idle = {i for i in self.withheld - self.forced if not self.used.get(i)}
        for index in idle:
            self.ground.let_go(index)

    def _try_printing(self, index: int, users: Iterable[Need]) -> None:
        order = sorted(users, key=lambda need: (need.cell, need.sign, need.reader))
        waiting = dict.fromkeys(order)
        fresh: list[Certificate] = []
        while waiting:
            need = next(iter(waiting))
            moves = self.mover.certificate(need, self.ground, ban=index)
            if moves is None:
                return
            certificate = Certificate(moves)
            fresh.append(certificate)
            waiting = {n: None for n in waiting if not self._settles(certificate, n)}
        self.ground.let_go(index)
        for need in order:
            settled = next(c for c in fresh if self._settles(c, need))
            self._store(need, settled)
