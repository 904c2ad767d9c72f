"""Checks that the audit record is what was sealed, and says so in plain Dutch.

Guarded by tests/privacy/test_zegels.py.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy import anker
from privacy.controle import Uitslag, verify
from tenants.scope import Scope, acting_as
from tenants.verzegelen import kept_since


class Command(BaseCommand):
    help = "Controleert het logboek tegen zijn zegels. Uitgang 0: in orde, 1: niet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        day = date.fromisoformat
        parser.add_argument(
            "--van", type=day, help="zegels vanaf deze dag (JJJJ-MM-DD)"
        )
        parser.add_argument("--tot", type=day, help="zegels tot en met deze dag")
        parser.add_argument(
            "--anker",
            type=Path,
            action="append",
            default=[],
            help="bestand of bewaard bericht met regels van vroeger; mag vaker",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = [one for path in options["anker"] for one in anker.read(path)]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(
                f"Het ankerbestand is niet te lezen ({type(error).__name__})."
            ) from error
        with acting_as(Scope("zegel")):
            uitslag = verify(
                van=options["van"],
                tot=options["tot"],
                ankers=lines,
                bewaard_sinds=kept_since(),
            )
        self._tell(uitslag)
        if uitslag.fouten:
            raise SystemExit(1)

    def _tell(self, uitslag: Uitslag) -> None:
        self.stdout.write(
            f"Gecontroleerd: {uitslag.zegels} zegels over {uitslag.gebeurtenissen}"
            f" gebeurtenissen, {uitslag.ankers} ankers."
        )
        if uitslag.vervallen:
            self.stdout.write(
                f"Van {uitslag.vervallen} zegels is de bewaartermijn voorbij: alleen de"
                " keten is gecontroleerd."
            )
        if uitslag.wachtend:
            self.stdout.write(
                f"{uitslag.wachtend} gebeurtenissen wachten nog op een zegel."
            )
        for fout in uitslag.fouten:
            self.stdout.write(f"FOUT: {fout}")
        if not uitslag.fouten:
            self.stdout.write("Het logboek is in orde.")
            if not uitslag.ankers:
                self.stdout.write(
                    "Let op: zonder anker (--anker) blijft onzichtbaar of de hele keten"
                    " opnieuw is berekend of aan het eind is afgeknipt."
                )
