"""``manage.py bewaartermijnen``: what is past its term; with --uitvoeren erase it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases import retention
from tenants.models import Tenant
from tenants.scope import Scope, acting_as


class Command(BaseCommand):
    help = (
        "Show per tenant how many clients, anonymous kwesties and rows of registers are"
        " past their term; --uitvoeren erases their names and texts, or the rows, for"
        " good. Safe to stop and start."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", metavar="SLUG", help="only this one")
        parser.add_argument("--uitvoeren", action="store_true", help="erase them")

    def handle(
        self, *args: Any, tenant: str | None, uitvoeren: bool, **options: Any
    ) -> None:
        with acting_as(Scope("dispatch")):
            places = list(Tenant.objects.order_by("slug").values_list("id", "slug"))
        chosen = [(pk, slug) for pk, slug in places if tenant in (None, slug)]
        if not chosen:
            raise CommandError(f"No tenant {tenant}.", returncode=2)
        for pk, slug in chosen:
            with acting_as(retention.scope(pk)):
                stand = retention.due(pk, timezone.localdate())
            registers = retention.due_registers(pk, timezone.localdate())
            line = (
                f"{slug}: {len(stand.clienten)} clients, {len(stand.kwesties)} kwesties"
                f", {len(registers.verzoeken)} requests"
                f", {len(registers.datalekken)} breaches"
                f", {len(registers.belangen)} interests"
            )
            if uitvoeren:
                line += f"; erased {retention.carry_out(stand)} kwesties"
                line += f", {retention.close_registers(registers)} rows of registers"
            self.stdout.write(line)
