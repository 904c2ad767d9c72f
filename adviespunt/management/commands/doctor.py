"""Says in plain Dutch what of this installation is not safe, and what to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from adviespunt.doctor import FOUT, LET_OP, OK, examine


class Command(BaseCommand):
    help = (
        "Controleert instellingen, rollen, versies, sleutels, back-up en zegels."
        " Uitgang 0: geen fouten, 1: wel."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = examine()
        for stand in (FOUT, LET_OP, OK):
            for one in (f for f in found if f.stand == stand):
                self.stdout.write(f"{stand:<7} {one.wat}")
                if one.doen:
                    self.stdout.write(f"        → {one.doen}")
        wrong = sum(one.stand == FOUT for one in found)
        doubtful = sum(one.stand == LET_OP for one in found)
        self.stdout.write(f"{len(found)} controles: {wrong} fout, {doubtful} let op.")
        if wrong:
            raise SystemExit(1)
