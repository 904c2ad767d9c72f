"""Bring the folder of public PDFs in line with what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signalering import selectors, storage
from tenants.scope import Scope, acting_as


class Command(BaseCommand):
    help = (
        "Lay out the PDF of every publication that stands, and remove what belongs to"
        " none. At every start, and after files were put back from a backup."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(Scope("public")):
            found = selectors.standing_publicaties()
            rows = list(found.exclude(pdf="").values_list("pk", "pdf", "pdf_sha256"))
        made, failed = 0, []
        for pk, naam, sha256 in rows:
            if storage.public_path(pk).is_file():
                continue
            try:
                storage.set_out(pk, naam, sha256)
            except (OSError, ValueError):
                failed.append(str(pk))
            else:
                made += 1
        gone = storage.left_over({pk for pk, _naam, _sha256 in rows})
        for path in gone:
            path.unlink(missing_ok=True)
        self.stdout.write(f"{len(rows)} public, {made} laid out, {len(gone)} removed")
        if failed:
            raise CommandError(
                "No PDF, or another one than was recorded: " + ", ".join(failed)
            )
