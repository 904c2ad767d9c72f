"""``manage.py restore FOLDER --database NEW``: a backup in a new database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from adviespunt import reservekopie
from adviespunt.reservekopie import KopieFout
from adviespunt.reserveserver import backup_server, backup_sleutel
from adviespunt.stroom import StroomFout

NEXT = """Next, with this database in DATABASE_URL and DATABASE_OWNER_URL:
  manage.py migrate           (stores the key of the signed context again)
  manage.py verwijderingen    (empties the rows of whoever was erased since)
  manage.py zoekindex         (makes the search tokens again)"""


class Command(BaseCommand):
    help = (
        "Put back the data of a backup with the newest keys, in a new database. What"
        " was erased since the backup stays erased."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--database", required=True, help="name of the new one")
        parser.add_argument("--stempel", default="", help="which backup; else the last")

    def handle(
        self, *args: Any, folder: Path, database: str, stempel: str, **options: Any
    ) -> None:
        try:
            back = reservekopie.put_back(
                backup_server(), folder, backup_sleutel(), database, stempel
            )
        except (KopieFout, StroomFout) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{back.stempel} is back in {database}, as many rows as it had."
            f" Erased since: {back.gewist} keys."
        )
        self.stdout.write(NEXT)
