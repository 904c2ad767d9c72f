"""What somebody just did, kept with what it was before, so that it can be undone.

Guarded by tests/cases/test_ongedaan.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from cases.models import Handeling, Kwestie, Prullenbak
from tenants.access import Wie

# What a verb that changes the status can change with it: codes, and texts.
CODES = ("status", "resultaat", "afgerond_op", "wet", "levensdomein")
TEKSTEN = ("doel_client", "resultaat_toelichting")


def snapshot(kwestie: Kwestie) -> dict[str, Any]:
    """What can be put back of the kwestie as it is now: name → value."""
    return {name: getattr(kwestie, name) for name in (*CODES, *TEKSTEN)}


def remember(
    actor: Wie,
    kwestie: Kwestie,
    was: Mapping[str, Any],
    *,
    gemaakt: Iterable[tuple[str, UUID]] = (),
    weggegooid: Prullenbak | None = None,
) -> Handeling:
    """Keep what the actor did: ``was`` before it (``snapshot``), what it made
    (Prullenbak.Soort, id), what it threw away. Last in the verb, after storing.
    """
    now = snapshot(kwestie)
    changed = {name: value for name, value in was.items() if now[name] != value}
    made = Handeling(
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        medewerker_id=actor.user_id,
        versie=kwestie.versie,
        van=was["status"],
        naar=kwestie.status,
        gemaakt=[[soort, str(pk)] for soort, pk in gemaakt],
        weggegooid=weggegooid,
    )
    made.was = json.dumps(changed, cls=DjangoJSONEncoder)
    made.save(force_insert=True)
    return made
