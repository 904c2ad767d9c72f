"""The social chart of the demonstration: fictional organisations, one of them stale.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.utils import timezone

from cases.demo.deuren import somebody
from cases.services.kaart import VELDEN, save_organisatie
from tenants.access import Wie
from tenants.demo import SPACE
from tenants.models import Organisatie, OrganisatieVersie
from tenants.scope import acting_as

PATH = Path(__file__).with_name("kaart.json")
LIJSTEN: dict[str, Any] = {"gemeenten": [], "is_functionaris_in_dienst": None}


def fill_chart(ondersteuner: str) -> int:
    """What ``kaart.json`` has, on the charts of her tenants; returns how many.

    ondersteuner: her e-mail address. What is there already stays as it is.
    """
    wie = somebody(ondersteuner)
    by_slug = {plek.slug: plek.id for plek in wie.plekken.values()}
    rows = json.loads(PATH.read_text(encoding="utf-8"))["organisaties"]
    made = 0
    for row in rows:
        for slug in row["waar"]:
            if slug in by_slug:
                made += _add(wie, by_slug[slug], row)
    return made


def _add(wie: Wie, tenant_id: int, row: dict[str, Any]) -> bool:
    pk = uuid5(SPACE, f"kaart {tenant_id} {row['naam']}")
    given = {veld: row.get(veld, LIJSTEN.get(veld, "")) for veld in VELDEN}
    with acting_as(wie.scope(tenant_id)):
        if Organisatie.objects.filter(tenant_id=tenant_id, pk=pk).exists():
            return False
        made = save_organisatie(
            actor=wie, tenant_id=tenant_id, organisatie_id=pk, gegevens=given
        )
        if "dagen_geleden" in row:
            _make_old(wie, made, row["dagen_geleden"])
    return True


def _make_old(wie: Wie, row: Organisatie, dagen: int) -> None:
    """As if nobody looked at it for so long (S15)."""
    row.versie += 1
    row.gecontroleerd_op = timezone.localdate() - timedelta(days=dagen)
    OrganisatieVersie.objects.create(
        tenant_id=row.tenant_id,
        organisatie=row,
        versie=row.versie,
        door_id=wie.user_id,
    )
    row.save()
