"""``manage.py verwijderingen``: after a restore, empty the rows of who was erased."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cases import retention
from tenants.models import Tenant
from tenants.scope import Scope, acting_as


class Command(BaseCommand):
    help = (
        "After a restore: who was erased since the backup has no key any more; this"
        " empties those rows as well, so that pages and lists show them as erased."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(Scope("dispatch")):
            places = list(Tenant.objects.order_by("slug").values_list("id", "slug"))
        for pk, slug in places:
            gone = retention.erase_again(pk)
            if gone:
                self.stdout.write(f"{slug}: {gone} kwesties")
