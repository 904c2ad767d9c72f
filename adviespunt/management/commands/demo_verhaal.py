"""What happened in the demonstration before you came; `make demo` runs it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from adviespunt import verhaal


class Command(BaseCommand):
    """demo_verhaal: reports, a signal and an agenda for the fictional tenants."""

    help = "Vul de demonstratie met rapportages, een signaal en een agenda."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verhaal.tell(timezone.localdate())
        except verhaal.NietGelukt as error:
            raise CommandError(str(error)) from error
