"""How small and how large cells can be that hang together, in whole numbers.

For the attacker (``privacy.disclosure.audit``) alone: a table counts only when it was
checked in exact arithmetic. Guarded by tests/privacy/disclosure/test_audit.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import highspy
import numpy as np

from privacy.disclosure.audit.knowing import World, within

_OPTIMAL: Final = highspy.HighsModelStatus.kOptimal
_NEARLY: Final = 1e-6


class Part:
    """Cells that hang together: one model, and the tables seen so far."""

    def __init__(self, world: World, cells: list[int]) -> None:
        self.world, self.cells = world, cells
        self.at = {place: column for column, place in enumerate(cells)}
        self.rows = [
            row for row in world.rows if any(p in self.at for p, _ in row.terms)
        ]
        self.models: dict[bool, Any] = {}
        self.least: list[int] = []
        self.most: list[int] = []

    def possible(self) -> bool:
        """Whether any whole table fits; the first one is kept."""
        return bool(self._look({}, whole=False) or self._look({}, whole=True))

    def reaches(self, place: int, value: int, *, down: bool) -> bool:
        """Whether a checked table has the cell at ``value`` or beyond."""
        column = self.at[place]
        for whole in (False, True):
            seen = self.least[column] <= value if down else self.most[column] >= value
            if seen:
                return True
            if not self._look({place: 1 if down else -1}, whole, (place, value, down)):
                continue
        return self.least[column] <= value if down else self.most[column] >= value

    def extreme(self, place: int, *, down: bool) -> int | None:
        """The end of the interval in whole numbers; None when open or not proven."""
        model = self._model(whole=True)
        self._aim(model, {place: 1 if down else -1})
        value = self._run(model)
        return None if value is None else round(value if down else -value)

    def below_zero(self, weights: Mapping[int, int]) -> bool:
        """Whether a table has a negative weighted sum (fixed cells count); a cell
        without any upper end can always make room."""
        here = {p: w for p, w in weights.items() if p in self.at}
        fixed = sum(
            w * (self.world.low[p] or 0) for p, w in weights.items() if p not in here
        )
        table = self._look(here, whole=True)
        if table is None:
            return any(
                w < 0 and self.extreme(p, down=False) is None for p, w in here.items()
            )
        return fixed + sum(w * table[self.at[p]] for p, w in here.items()) < 0

    def _look(
        self,
        weights: Mapping[int, int],
        whole: bool,
        stop: tuple[int, int, bool] | None = None,
    ) -> list[int] | None:
        """The table with the smallest weighted sum, checked exactly, or None."""
        model = self._model(whole)
        self._aim(model, weights)
        if stop is not None:
            self._clip(model, *stop)
        found = self._run(model)
        point = None if found is None else list(model.getSolution().col_value)
        if stop is not None:
            self._clip(model, stop[0], None, stop[2])
        return None if point is None else self._keep(point)

    def _keep(self, point: Sequence[float]) -> list[int] | None:
        """Remember a point when, rounded, it is a table that fits exactly."""
        table = [round(value) for value in point]
        if max(abs(v - w) for v, w in zip(point, table, strict=True)) > _NEARLY:
            return None
        if not self._fits(table):
            return None
        if not self.least:
            self.least, self.most = list(table), list(table)
        self.least = [min(a, b) for a, b in zip(self.least, table, strict=True)]
        self.most = [max(a, b) for a, b in zip(self.most, table, strict=True)]
        return table

    def _fits(self, table: Sequence[int]) -> bool:
        for place, value in zip(self.cells, table, strict=True):
            low, high = self.world.low[place], self.world.high[place]
            if (low is not None and value < low) or (high is not None and value > high):
                return False
        return all(
            within(row, sum(c * self._value(p, table) for p, c in row.terms))
            for row in self.rows
        )

    def _value(self, place: int, table: Sequence[int]) -> int:
        column = self.at.get(place)
        return self.world.low[place] or 0 if column is None else table[column]

    def _range(self, place: int) -> tuple[float, float]:
        low, high = self.world.low[place], self.world.high[place]
        return (
            -highspy.kHighsInf if low is None else float(low),
            highspy.kHighsInf if high is None else float(high),
        )

    def _aim(self, model: Any, weights: Mapping[int, int]) -> None:
        everything = np.arange(len(self.cells), dtype=np.int32)
        cost = np.zeros(len(self.cells))
        for place, weight in weights.items():
            cost[self.at[place]] = weight
        model.changeColsCost(len(everything), everything, cost)

    def _clip(self, model: Any, place: int, value: int | None, down: bool) -> None:
        """No need to look further than ``value``; None restores the range."""
        low, high = self._range(place)
        if value is not None and down:
            low = max(low, min(value, high))
        elif value is not None:
            high = min(high, max(value, low))
        model.changeColBounds(self.at[place], low, high)

    def _run(self, model: Any) -> float | None:
        """The optimum, or None for whatever else happened."""
        if model.run() == highspy.HighsStatus.kError:
            return None
        if model.getModelStatus() != _OPTIMAL:
            return None
        return float(model.getInfo().objective_function_value)

    def _model(self, whole: bool) -> Any:
        if whole not in self.models:
            self.models[whole] = self._build(whole)
        return self.models[whole]

    def _build(self, whole: bool) -> Any:
        model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.setOptionValue("time_limit", 1e9)
        model.setOptionValue("mip_feasibility_tolerance", 1e-9)
        model.setOptionValue("mip_rel_gap", 0.0)
        model.setOptionValue("mip_max_nodes", 20000)
        for place in self.cells:
            model.addVar(*self._range(place))
        if whole:
            for column in range(len(self.cells)):
                model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for row in self.rows:
            inside = [(self.at[p], c) for p, c in row.terms if p in self.at]
            rest = sum(
                c * (self.world.low[p] or 0) for p, c in row.terms if p not in self.at
            )
            model.addRow(
                -highspy.kHighsInf if row.least is None else float(row.least - rest),
                highspy.kHighsInf if row.most is None else float(row.most - rest),
                len(inside),
                np.array([column for column, _ in inside], dtype=np.int32),
                np.array([float(c) for _, c in inside]),
            )
        return model
