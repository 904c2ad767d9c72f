"""Print what somebody may do for a tenant, and why: the same as the page *Waarom*."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.groepen import stray_permissions
from tenants.models import User
from tenants.scope import Scope, acting_as
from tenants.selectors import tenant_ids_by_slug
from tenants.uitleg import Uitleg, explain


class Command(BaseCommand):
    help = "What a person may do for a tenant, with every condition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", required=True, metavar="EMAIL")
        parser.add_argument("--tenant", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["user"].strip().lower()).first()
        tenant_id = tenant_ids_by_slug().get(options["tenant"])
        if user is None or tenant_id is None:
            raise CommandError("No such account, or no such tenant.")
        with acting_as(Scope("staff", None, (tenant_id,))):
            found = explain(user, tenant_id)
            stray = [code for pk, code in stray_permissions(tenant_id) if pk == user.pk]
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "user": user.email,
                        "tenant": options["tenant"],
                        "rechten": [one.to_json() for one in found],
                        "los": stray,
                    },
                    indent=2,
                )
            )
            return
        for one in found:
            self.stdout.write(_line(one))


def _line(one: Uitleg) -> str:
    """``+ kwestie_eigen: ONDERSTEUNER, through the group 1:ondersteuner`` or ``- …``."""
    if one.mag:
        roles = [r.rol for r in one.rollen if r.geeft and r.stand == "geldig"]
        groups = ", ".join(one.groepen)
        return f"+ {one.recht}: {', '.join(roles)}, through the group {groups}"
    reasons = [
        text
        for is_wrong, text in (
            (not one.is_actief, "account is not active"),
            (not one.is_getekend, "declaration of secrecy not signed"),
            (not one.is_gegeven, "no role of today gives it"),
            (not one.bewaard, "in no group of guardian that has it"),
            (one.los, "in a group of guardian without the role: it gives nothing"),
        )
        if is_wrong
    ]
    return f"- {one.recht}: {'; '.join(reasons)}"
