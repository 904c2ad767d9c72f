"""The sessions of one person: seen, and ended, by herself.

Guarded by tests/tenants/test_inloggen.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from allauth.core import context
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession

from tenants import logboek
from tenants.inloggen.personen import person_of


class SessieAdapter(DefaultUserSessionsAdapter):
    """Ending sessions is on record."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        rows = list(sessions)
        super().end_sessions(rows)
        if rows:
            logboek.sessies_beeindigd(person_of(context.request.user), len(rows))
