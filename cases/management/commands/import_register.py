"""Read a register kept elsewhere into Adviespunt."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.importing import COLUMNS, UnreadableRegister, import_register
from tenants.access import Wie, wie_for
from tenants.models import User
from tenants.scope import Scope, acting_as

HELP = f"""Read a register: CSV with semicolons, UTF-8, one row a kwestie.

The first line names the columns, in any order:
{", ".join(COLUMNS)}.
A kwestie is known by tenant and nummer: running twice changes nothing, and a row
that changed in a later file changes that kwestie.

Prints one JSON object: read, created, updated, unchanged, warnings (how many things
the register lacks; they show as 'aan te vullen') and rejected. In rejected, row is
the line in the file as a spreadsheet or editor numbers it: the header is line 1.
Exit code 2: the file cannot be used at all and nothing was done.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--actor", metavar="EMAIL", help="in whose name; default: the system"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would happen, no more"
        )

    def handle(
        self, *args: Any, file: Path, actor: str | None, dry_run: bool, **options: Any
    ) -> None:
        wie = _wie(actor) if actor else None
        try:
            verslag = import_register(file, actor=wie, dry_run=dry_run)
        except UnreadableRegister as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(verslag.to_json(), ensure_ascii=False))


def _wie(email: str) -> Wie:
    """The person with this address. Raises CommandError."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise CommandError(
            f"Er is geen actief account met het adres {email}.", returncode=2
        )
    with acting_as(Scope("identity", user.pk)):
        return wie_for(user)
