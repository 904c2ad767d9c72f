"""Django's migrate, and then what goes with it, as owner.

The key of the signed context is stored; who has a role gets the rights that a new
version gives to it; on another server than before (a restore) the audit record gets
its next chain.
"""

from typing import Any

from django.core.management.commands import migrate

from privacy.zegels import begin_chain
from tenants.groepen import TABLES, sync_all_permissions
from tenants.scope import loading, write_key


class Command(migrate.Command):
    """Apply migrations and store the halves of RLS_KEY for the policies."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["app_label"] and not options["plan"]:
            write_key()
            with loading(*TABLES):
                sync_all_permissions()
            if begin_chain():
                self.stdout.write("  The audit record begins a new chain of seals.")
