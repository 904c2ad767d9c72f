"""Verbs of administration: what the Adviespunt agrees with an opdrachtgever.

Every verb asks for ``Recht.TENANT_BEHEREN``, checks its rules, writes and records in
one transaction. The rules hold once more in the database (migration 0011).
Guarded by tests/tenants/test_beheer.py.
"""

from __future__ import annotations


class BeheerFout(Exception):
    """A rule says no; the text says what to do, ``veld`` where it belongs."""

    def __init__(self, tekst: str, veld: str | None = None) -> None:
        super().__init__(tekst)
        self.tekst = tekst
        self.veld = veld
