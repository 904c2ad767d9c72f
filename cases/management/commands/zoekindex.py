"""`manage.py zoekindex`: find clients by name who were there before the index was."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from cases.services.zoekindex import EERSTE, index_batch
from tenants.selectors import tenant_ids_by_slug


class Command(BaseCommand):
    """zoekindex [--tenant SLUG] [--alles [--vanaf ID]]"""

    help = (
        "Maakt de zoektekens van cliënten op naam. Zonder opties alleen van wie er nog"
        " geen heeft; na een onderbreking gaat een tweede keer dus verder. Met --alles"
        " van iedereen (na een andere sleutel)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", metavar="SLUG", help="alleen deze")
        parser.add_argument(
            "--alles", action="store_true", help="ook wie al gevonden wordt"
        )
        parser.add_argument(
            "--vanaf",
            type=UUID,
            default=EERSTE,
            metavar="ID",
            help="met --alles en --tenant: na deze cliënt, zoals de voortgang zei",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One JSON object: by slug how many clients were read and tokens changed."""
        slug, alles = options["tenant"], options["alles"]
        tenants = tenant_ids_by_slug()
        if slug and slug not in tenants:
            raise CommandError(f"Er is geen opdrachtgever met de naam {slug}.")
        if options["vanaf"] != EERSTE and not (slug and alles):
            raise CommandError("--vanaf hoort bij --alles en --tenant.")
        found = {
            one: self._tenant(one, tenants[one], options["vanaf"], alles=alles)
            for one in ([slug] if slug else sorted(tenants))
        }
        self.stdout.write(json.dumps(found))

    def _tenant(
        self, slug: str, tenant_id: int, na: UUID, *, alles: bool
    ) -> dict[str, int]:
        gelezen = geschreven = 0
        while True:
            batch = index_batch(tenant_id, na, alles=alles)
            if batch.laatste is None:
                return {"gelezen": gelezen, "geschreven": geschreven}
            na = batch.laatste
            gelezen += batch.gelezen
            geschreven += batch.geschreven
            self.stderr.write(f"{slug}: {gelezen} cliënten, tot en met {na}")
