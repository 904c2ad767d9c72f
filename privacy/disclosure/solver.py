"""The one door to HiGHS for the search: an answer, or none.

Whatever is not a proven optimum (a failed run, a time limit, a status that is not
set) counts as no answer, so a broken solver makes a release fail, never pass.
All models run on one thread: the same input gives the same answer, and a second
model with another number of threads would fail silently.
"""

from collections.abc import Sequence
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import NDArray

from privacy.disclosure.effort import (
    COLUMN,
    MIXED_PIVOT,
    MIXED_SOLVE,
    NODE,
    PIVOT,
    SOLVE,
    Clock,
    Effort,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

INFINITY: Final = float(highspy.kHighsInf)
_INTEGER: Final = highspy.HighsVarType.kInteger
_OPTIMAL: Final = highspy.HighsModelStatus.kOptimal
_INFEASIBLE: Final = highspy.HighsModelStatus.kInfeasible
_LIMITS: Final = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kInterrupt,
)


class SolverFailed(Exception):
    """HiGHS did not run, or ended in a status that means nothing."""


def _quiet() -> Any:
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 1)
    highs.setOptionValue("primal_feasibility_tolerance", 1e-9)
    highs.setOptionValue("dual_feasibility_tolerance", 1e-9)
    highs.setOptionValue("mip_feasibility_tolerance", 1e-9)
    return highs


class Model:
    """A linear program kept warm between solves: columns, rows, bounds, costs."""

    def __init__(
        self,
        columns: tuple[Floats, Floats, Floats],
        rows: tuple[Floats, Floats],
        matrix: tuple[Ints, Ints, Floats],
        *,
        maximize: bool = False,
        effort: Effort | None = None,
    ) -> None:
        """``columns``: cost, lower, upper; ``rows``: lower, upper; ``matrix``: by
        column, as start, index, value. ``effort`` is told what each solve took."""
        cost, lower, upper = columns
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(cost), len(rows[0])
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, lower, upper
        lp.row_lower_, lp.row_upper_ = rows
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix
        if maximize:
            lp.sense_ = highspy.ObjSense.kMaximize
        self._highs = _quiet()
        if self._highs.passModel(lp) == highspy.HighsStatus.kError:
            raise SolverFailed("the model was not accepted")
        self._all = np.arange(len(cost), dtype=np.int32)
        self.infeasible = False
        self._effort: Effort = Clock() if effort is None else effort
        self._is_mixed = False

    def set_bounds(self, lower: Floats, upper: Floats) -> None:
        self._highs.changeColsBounds(len(self._all), self._all, lower, upper)

    def set_costs(self, cost: Floats) -> None:
        self._highs.changeColsCost(len(self._all), self._all, cost)

    def set_cost(self, column: int, cost: float) -> None:
        self._highs.changeColCost(column, cost)

    def make_integer(self, columns: Sequence[int]) -> None:
        self._is_mixed = True
        for column in columns:
            self._highs.changeColIntegrality(int(column), _INTEGER)

    def add_row(self, lower: float, index: Ints, value: Floats) -> None:
        """One more row: value . x[index] >= lower."""
        self._highs.addRow(lower, INFINITY, len(index), index, value)

    def solve(self, left: float | None = None) -> Floats | None:
        """The optimal point; None when there is none (``infeasible`` tells why).

        ``left``: what this solve may spend of the effort. SolverFailed when HiGHS did
        not do its work; a limit gives None.
        """
        self._limit(left)
        self.infeasible = False
        ran = self._highs.run()
        self._charge()
        status = self._highs.getModelStatus()
        if ran == highspy.HighsStatus.kError:
            raise SolverFailed(f"HiGHS did not run: {status}")
        if status == _OPTIMAL:
            return np.asarray(self._highs.getSolution().col_value, dtype=np.float64)
        if status == _INFEASIBLE:
            self.infeasible = True
        elif status not in _LIMITS:
            raise SolverFailed(f"HiGHS ended with {status}")
        return None

    def _limit(self, left: float | None) -> None:
        seconds = self._effort.seconds(left)
        if seconds is not None:
            limit = self._highs.getRunTime() + seconds
            self._highs.setOptionValue("time_limit", limit)
        if left is not None and self._is_mixed:
            nodes = self._effort.nodes(left)
            if nodes is not None:
                self.set_nodes(nodes)

    def _charge(self) -> None:
        info = self._highs.getInfo()
        pivots = max(int(info.simplex_iteration_count), 0)
        work = SOLVE + COLUMN * self._highs.getNumNz()
        if self._is_mixed:
            work += MIXED_SOLVE + MIXED_PIVOT * pivots
            work += NODE * max(int(info.mip_node_count), 0)
        else:
            work += PIVOT * pivots
        self._effort.add(work)

    def incumbent(self) -> Floats | None:
        """The best point so far after a time limit in an integer program."""
        if self._highs.getInfo().primal_solution_status != 2:
            return None
        return np.asarray(self._highs.getSolution().col_value, dtype=np.float64)

    def duals(self) -> Floats:
        """One multiplier per row, of the last solve."""
        return np.asarray(self._highs.getSolution().row_dual, dtype=np.float64)

    def objective(self) -> float:
        return float(self._highs.getInfo().objective_function_value)

    def bound(self) -> float:
        """Proven bound of the last integer solve."""
        return float(self._highs.getInfo().mip_dual_bound)

    def set_nodes(self, nodes: int) -> None:
        """Stop an integer program after so many nodes: the same stop every time."""
        self._highs.setOptionValue("mip_max_nodes", nodes)

    def set_gap(self, relative: float) -> None:
        self._highs.setOptionValue("mip_rel_gap", relative)
