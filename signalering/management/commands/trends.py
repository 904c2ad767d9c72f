"""Trends that the software proposes, as one JSON object."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signalering.lifecycle.trendbesluiten import Voorstel, proposals, reeks_of
from signalering.periodes import Periode, UnknownPeriode, parse
from signalering.trends import MINIMUM, RATE, RATE_AARD
from tenants.scope import Scope, acting_as
from tenants.selectors import tenant_ids_by_slug


class Command(BaseCommand):
    """trends [--tenant SLUG] --periode 2025-Q4

    True counts, for colleagues: nothing of this is meant for an opdrachtgever.
    """

    help = "Zoek trends: onderwerpen die vaker of minder vaak voorkomen dan gewoonlijk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", metavar="SLUG")
        parser.add_argument("--periode", required=True, metavar="2025-Q4")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            periode = parse(options["periode"])
        except UnknownPeriode as error:
            raise CommandError(str(error)) from error
        if "-Q" not in periode.code:
            raise CommandError("Trends zoek je per kwartaal, bijvoorbeeld 2025-Q4.")
        tenants = tenant_ids_by_slug()
        slug = options["tenant"]
        if slug is not None and slug not in tenants:
            raise CommandError(f"Er is geen opdrachtgever “{slug}”.")
        wanted = {slug: tenants[slug]} if slug else tenants
        found = [
            to_json(naam, voorstel)
            for naam, tenant_id in sorted(wanted.items())
            for voorstel in _proposals(tenant_id, periode)
        ]
        report = {
            "periode": periode.code,
            "opdrachtgevers": len(wanted),
            "minimum_kwesties": MINIMUM,
            "kans_op_toeval": {"subaard": RATE, "aard": RATE_AARD},
            "voorstellen": found,
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))


def _proposals(tenant_id: int, periode: Periode) -> list[Voorstel]:
    one = (tenant_id,)
    with acting_as(Scope("job", None, one, None, one)):
        return proposals(reeks_of(tenant_id, periode))


def to_json(slug: str, voorstel: Voorstel) -> dict[str, Any]:
    trend = voorstel.trend
    return {
        "tenant": slug,
        "wet": trend.onderwerp.wet,
        "aard": trend.onderwerp.aard,
        "subaard": trend.onderwerp.sub or None,
        "richting": str(trend.richting),
        "kwartalen": list(trend.kwartalen),
        "sinds": voorstel.sinds,
        "nieuw": voorstel.is_nieuw,
        "kwesties": trend.kwesties,
        "mensen": trend.mensen,
        "historie_kwartalen": trend.historie,
        "kwesties_historie": trend.kwesties_historie,
        "verwacht": trend.verwacht,
        "verhouding": trend.verhouding,
        "p": float(f"{trend.p:.3g}"),
        "q": float(f"{trend.q:.3g}"),
    }
