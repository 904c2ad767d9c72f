"""Free text and identity: one accessor between the record and its column.

Invariant: code reads and writes ``kwestie.toelichting``; only this descriptor knows
the column ``toelichting_v``. Sealing the columns changes this file and no other.

Guarded by tests/privacy/test_fields.py.
"""

from __future__ import annotations

from typing import Any, overload


class Vertrouwelijk:
    """Descriptor for a confidential text in the column ``<name>_v``.

    Reading gives a str ('' when there is nothing). Writing '' stores NULL, so that
    an anonymous person has no identity columns filled at all.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.column = f"{name}_v"

    @overload
    def __get__(self, row: None, owner: type) -> Vertrouwelijk: ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> Vertrouwelijk | str:
        if row is None:
            return self
        return getattr(row, self.column) or ""

    def __set__(self, row: object, value: str) -> None:
        setattr(row, self.column, value or None)
