"""Django's migrate, and then the key of the signed context, as owner.

On another server than before (a restore) the audit record gets its next chain too.
"""

from typing import Any

from django.core.management.commands import migrate

from privacy.zegels import begin_chain
from tenants.scope import write_key


class Command(migrate.Command):
    """Apply migrations and store the halves of RLS_KEY for the policies."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["app_label"] and not options["plan"]:
            write_key()
            if begin_chain():
                self.stdout.write("  The audit record begins a new chain of seals.")
