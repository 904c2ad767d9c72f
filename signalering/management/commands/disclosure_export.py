"""Everything one audience received, as sdc-audit/1: for whoever wants to check us."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.disclosure import Ledger, Policy
from privacy.disclosure.export import audit_document
from signalering.lifecycle.kring import others_of
from signalering.lifecycle.reeks import joined
from signalering.models import Publiek, Uitgifte
from tenants.scope import Scope, acting_as
from tenants.selectors import tenant_ids_by_slug


class Command(BaseCommand):
    """disclosure_export --tenant SLUG --audience opdrachtgever|openbaar

    Prints one JSON object (docs/disclosure.md). Confidential for an audience with
    insiders: what they know is in it.
    """

    help = "Schrijf alles wat een publiek kreeg, om na te rekenen (sdc-audit/1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG")
        parser.add_argument(
            "--audience", required=True, choices=[p.value for p in Publiek]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant_id = tenant_ids_by_slug().get(options["tenant"])
        if tenant_id is None:
            raise CommandError(f"Er is geen opdrachtgever “{options['tenant']}”.")
        with acting_as(Scope("job", None, (tenant_id,), tenant_id, (tenant_id,))):
            document = exported(tenant_id, options["audience"])
        self.stdout.write(json.dumps(document, ensure_ascii=False))


def exported(tenant_id: int, publiek: str) -> dict[str, Any]:
    """The document, in the scope of the job; empty when nothing went out.

    With what the other members of a region and the region itself have of those years:
    one reader may have it all. Their names begin with the number of the tenant.
    """
    rows = Uitgifte.objects.filter(tenant_id=tenant_id, publiek=publiek)
    released = [
        row.beveiliging
        for row in rows.select_related("beveiliging").order_by("uitgegeven_op", "pk")
    ]
    own = [Ledger.from_json(one.grootboek) for one in released]
    others = [
        pair
        for jaar in sorted({one.jaar for one in released})
        for pair in others_of(tenant_id, publiek, jaar, is_out=True)
    ]
    ledger = joined([*(ledger for _row, ledger in others), *own])
    released += [row for row, _ledger in others]
    k = min((one.drempel for one in released), default=5)
    return audit_document(ledger, Policy(k, publiek))
