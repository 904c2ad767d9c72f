"""Fill a database with fictional tenants, people and kwesties."""

from __future__ import annotations

import secrets
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from adviespunt import embedded
from cases.demo import AANTAL, SEED, VAST, AlreadyLoaded, load_kwesties, until
from tenants.demo import (
    BEKEND,
    MEESTE,
    NotFictional,
    make_tenants,
    sign_ins,
)
from tenants.inloggen.demo import secret_of

ALREADY_LOADED = 3  # exit code: these kwesties are there already


class Command(BaseCommand):
    help = (
        "Fill the database with fictional tenants, people and kwesties: three years, and"
        " what there is of a quarter. The same seed and the same days give the same rows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--tenants", type=int, default=BEKEND, metavar="N", help=f"1-{MEESTE}")
        add("--kwesties", type=int, default=AANTAL, metavar="M", help="in total; 0: no")
        add("--seed", type=int, default=SEED, metavar="S")
        add("--coded-only", action="store_true", help="no names and no free text")
        add("--gelijk", action="store_true", help="as many kwesties for every tenant")
        add("--opnieuw", action="store_true", help="replace earlier demo kwesties")
        add("--tot", type=date.fromisoformat, default=VAST.laatste, metavar="DATUM")
        add("--geen-mensen", action="store_true", help="make no demo accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        begin = time.perf_counter()
        password = None if options["geen_mensen"] else _password()
        try:
            app = secret_of(password) if password and settings.EMBEDDED else None
            made = make_tenants(options["tenants"], password=password, app=app)
            loaded = load_kwesties(
                made.tenants,
                options["kwesties"],
                seed=options["seed"],
                coded_only=options["coded_only"],
                gelijk=options["gelijk"],
                opnieuw=options["opnieuw"],
                tijdvak=until(options["tot"]),
            )
        except NotFictional as refusal:
            raise CommandError(str(refusal)) from refusal
        except AlreadyLoaded as refusal:
            raise CommandError(str(refusal), returncode=ALREADY_LOADED) from refusal
        seconds = time.perf_counter() - begin
        self.stdout.write(
            f"{len(made.tenants)} opdrachtgevers en {loaded} kwesties (fictief,"
            f" seed {options['seed']}) in {seconds:.1f} s."
        )
        if made.accounts and not settings.EMBEDDED:
            self._show_sign_ins(password)

    def _show_sign_ins(self, password: str | None) -> None:
        """Once: the password is stored nowhere else."""
        for rol, email in sign_ins():
            self.stdout.write(f"{email:40}{rol}")
        self.stdout.write(f"Wachtwoord van alle demonstratie-accounts: {password}")

    @staticmethod
    def _check(options: dict[str, Any]) -> None:
        if not 1 <= options["tenants"] <= MEESTE:
            raise CommandError(f"--tenants: een getal van 1 tot en met {MEESTE}.")
        if options["kwesties"] < 0 or options["seed"] < 0:
            raise CommandError("--kwesties en --seed zijn 0 of meer.")
        if timezone.localdate() <= options["tot"]:
            raise CommandError(
                f"De klok staat op {timezone.localdate()}; de gegevens lopen tot en met"
                f" {options['tot']}. Zet de klok goed, of kies een andere dag met --tot."
            )


def _password() -> str:
    """Of the demo accounts: that of the embedded instance, or one made up now."""
    if settings.EMBEDDED:
        return embedded.current().secrets()["demo"]
    return secrets.token_urlsafe(12)
