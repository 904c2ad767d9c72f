"""``manage.py verwerkingen``: the source of the register against the models."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from adviespunt.register import bron, kaart


class Command(BaseCommand):
    help = (
        "Compares the register of processing with the models and says what is missing;"
        " --schrijf writes the tables of docs/data-map.md. Ends with 1 on a gap."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schrijf", action="store_true", help="write the page")

    def handle(self, *args: Any, schrijf: bool, **options: Any) -> None:
        gaps = bron.gaps()
        for line in gaps:
            self.stderr.write(line)
        missing = bron.skeleton()
        if missing:
            self.stdout.write(missing)
        if schrijf:
            kaart.write()
        if gaps:
            raise SystemExit(1)
