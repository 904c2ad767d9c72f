"""``manage.py backup FOLDER``: data and keys apart, sealed, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from adviespunt import reservekopie
from adviespunt.reservekopie import KEY_DAYS, KopieFout
from adviespunt.reserveserver import backup_server, backup_sleutel


class Command(BaseCommand):
    help = (
        "Make a backup in two parts: FOLDER/gegevens holds the data, FOLDER/sleutels"
        " the keys that open it. Keep them in different places; key parts older than"
        f" {KEY_DAYS} days are removed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = reservekopie.make(backup_server(), folder, backup_sleutel())
        except KopieFout as error:
            raise CommandError(str(error)) from error
        gone = reservekopie.prune(folder)
        rows = sum(n for table, n in made.rijen.items() if not table.startswith("#"))
        self.stdout.write(f"{made.stempel}: {rows} rows of {len(made.rijen)} tables.")
        if gone:
            self.stdout.write(f"Keys thrown away: {', '.join(gone)}.")
