"""As owner: removes whole months of the audit record whose term is over.

Guarded by tests/privacy/test_delen.py.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from privacy import audit
from privacy.zegels import drop_parts_before
from tenants.verzegelen import kept_since


class Command(BaseCommand):
    help = "Verwijdert maanden van het logboek waarvan de bewaartermijn voorbij is."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = drop_parts_before(kept_since())
        for naam in gone:
            audit.record(
                "logboek_opgeruimd",
                tenant_id=None,
                actor_id=None,
                rol="owner",
                onderwerp="logboek",
                ids=[],
                grond="bewaartermijn",
                extra={"deel": naam},
            )
        self.stdout.write(f"{len(gone)} maanden verwijderd.")
