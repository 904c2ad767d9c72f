from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from adviespunt import frontend


class Command(BaseCommand):
    help = "Bouwt de CSS van het ontwerpsysteem uit de npm-pakketten."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="Altijd bouwen.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = frontend.build_frontend(frontend.ROOT, force=options["force"])
        except frontend.FrontendError as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(str(path.relative_to(frontend.ROOT)))
