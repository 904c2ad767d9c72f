"""Cells of a table that people open in a spreadsheet program.

Guarded by tests/privacy/test_rekenblad.py.
"""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
