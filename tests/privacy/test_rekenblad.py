"""What goes to a spreadsheet is never a formula there."""

from __future__ import annotations

import pytest

from privacy.rekenblad import harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_a_formula_becomes_text(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_are_left_alone() -> None:
    assert [harmless(v) for v in ("", "2025-01", "Wmo = mooi")] == [
        "",
        "2025-01",
        "Wmo = mooi",
    ]
