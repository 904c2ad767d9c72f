"""The code that a demonstration asks after the password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from adviespunt import embedded
from tenants.demo import DOMAIN
from tenants.inloggen.demo import code, secret_of
from tenants.models import User

WEIGERT = (
    "Dit kan alleen bij de demonstratie met fictieve gegevens (make demo)."
    " Elders heeft iedereen een eigen app of passkey."
)


class Command(BaseCommand):
    """Shows the code of this half minute; only where everything is made up.

    Guarded by tests/tenants/test_factoren.py.
    """

    help = "Toon de inlogcode van de demonstratie."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(WEIGERT)
        if User.objects.exclude(email__endswith=f"@{DOMAIN}").exists():
            raise CommandError(WEIGERT)
        figures, seconds = code(secret_of(embedded.current().secrets()["demo"]))
        self.stdout.write(f"{figures}  (nog {seconds} seconden)")
