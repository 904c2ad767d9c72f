"""Django's migrate, and then the key of the signed context, as owner."""

from typing import Any

from django.core.management.commands import migrate

from tenants.scope import write_key


class Command(migrate.Command):
    """Apply migrations and store the halves of RLS_KEY for the policies."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["app_label"] and not options["plan"]:
            write_key()
