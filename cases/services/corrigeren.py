"""Soort or aard put right after a kwestie was closed (append-only: Correctie).

Invariant: whoever changes one of these of a closed kwestie leaves a row with what it
was, and whether a report can have counted that. Guarded by tests/cases/test_herstel.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from cases import logboek
from cases.models import Correctie, Kwestie, Status
from tenants.access import Wie

KWARTAAL = 3  # months


def is_in_closed_period(kwestie: Kwestie) -> bool:
    """True when the quarter of its first contact is over, so a report can have it."""
    today, day = timezone.localdate(), kwestie.datum
    return (day.year, (day.month - 1) // KWARTAAL) < (
        today.year,
        (today.month - 1) // KWARTAAL,
    )


def codes_of(kwestie: Kwestie) -> dict[str, str]:
    """The codes of which a change after closing is a correctie."""
    return {veld: getattr(kwestie, veld) for veld in Correctie.VELDEN}


def mark_correcties(
    actor: Wie, kwestie: Kwestie, was: Mapping[str, str]
) -> list[Correctie]:
    """Record what of ``was`` (from ``codes_of``) is otherwise now, if it is closed."""
    if kwestie.status != Status.AFGEROND:
        return []
    now = codes_of(kwestie)
    made = [
        Correctie(
            tenant_id=kwestie.tenant_id,
            kwestie=kwestie,
            veld=veld,
            was=was[veld],
            werd=now[veld],
            is_gerapporteerd=is_in_closed_period(kwestie),
            medewerker_id=actor.user_id,
        )
        for veld in now
        if now[veld] != was[veld]
    ]
    Correctie.objects.bulk_create(made)
    if made:
        logboek.kwestie_gecorrigeerd(actor, kwestie, made)
    return made
