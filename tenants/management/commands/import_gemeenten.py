"""``manage.py import_gemeenten [FILE.csv]``: make the list of gemeenten equal to a file.

As the owner (ADVIESPUNT_DB_ROL=owner). Without FILE: the list that comes with the
product. ``--kijk`` shows what would change and writes nothing. Twice is once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.beheer import BeheerFout
from tenants.beheer.gemeenten import MEEGELEVERD, Vergelijking, compare, take_over


class Command(BaseCommand):
    help = "Make the list of gemeenten equal to a CSV file (gemeentecode,naam)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", nargs="?", type=Path, default=MEEGELEVERD)
        parser.add_argument("--kijk", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            inhoud = options["bestand"].read_bytes()
            if options["kijk"]:
                found = compare(inhoud)
            else:
                found = take_over(actor=None, inhoud=inhoud)
        except (OSError, BeheerFout) as error:
            raise CommandError(str(error)) from error
        self._tell(found)

    def _tell(self, found: Vergelijking) -> None:
        for fout in found.fouten:
            self.stdout.write(f"regel {fout.regel}: {fout.reden}")
        for code, was, naam in found.hernoemd:
            self.stdout.write(f"{code}: {was} > {naam}")
        for code, naam in found.vervallen:
            self.stdout.write(f"{code}: {naam} vervallen")
        self.stdout.write(
            f"nieuw {len(found.nieuw)}, hernoemd {len(found.hernoemd)},"
            f" terug {len(found.terug)}, vervallen {len(found.vervallen)},"
            f" gelijk {found.gelijk}"
        )
