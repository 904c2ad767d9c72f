"""Make the reports of many tenants over one period; prints one JSON object.

Workers do the work (docs/adr/0030-all-reports-of-a-period.md): this command asks, and
follows. Killed halfway and started again it goes on with what is not there.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from signalering.periodes import Periode, UnknownPeriode, parse
from signalering.tasks import make
from signalering.voorstellen import (
    BEZIG,
    GEWEIGERD,
    KLAAR,
    Stand,
    ask_for,
    in_order,
    look_at,
)
from tenants.jobs import run_job
from tenants.models import Job
from tenants.scope import Scope, acting_as

PATIENCE = 3.0  # seconds in which no worker does anything before this does it itself
POLL = 0.5


class Command(BaseCommand):
    """maak_rapportages --periode 2025-Q4 --alle | --tenant SLUG … [--zelf]

    Exit code 0 when every report is there, 1 when one was refused or failed.
    """

    help = (
        "Maak de rapportages over een periode, van alle opdrachtgevers of van enkele."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--periode", required=True, metavar="2025-Q4")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--alle", action="store_true")
        who.add_argument("--tenant", nargs="+", metavar="SLUG")
        parser.add_argument(
            "--zelf",
            action="store_true",
            help="wacht niet op een worker; dit commando doet het werk zelf",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            periode = parse(options["periode"])
            pairs = in_order(options["tenant"])
        except UnknownPeriode as error:
            raise CommandError(str(error)) from error
        except KeyError as error:
            raise CommandError(
                f"Er is geen opdrachtgever “{error.args[0]}”."
            ) from error
        self.total, self.told = len(pairs), 0
        stands = {slug: ask_for(slug, pk, periode) for slug, pk in pairs}
        for stand in stands.values():
            self._tell(stand)
        self._follow(stands, periode, patience=0.0 if options["zelf"] else PATIENCE)
        self.stdout.write(json.dumps(_answer(periode, stands), ensure_ascii=False))
        refused = [s.slug for s in stands.values() if s.stand == GEWEIGERD]
        if refused:
            raise CommandError(f"Niet gemaakt: {', '.join(refused)}.")

    def _tell(self, stand: Stand) -> None:
        if stand.stand == BEZIG:
            return
        self.told += 1
        reden = f" ({stand.reden})" if stand.reden else ""
        line = f"[{self.told}/{self.total}] {stand.slug}: {stand.stand}{reden}"
        self.stderr.write(line)

    def _follow(
        self, stands: dict[str, Stand], periode: Periode, *, patience: float
    ) -> None:
        """Until nothing is on its way; where no worker is at work, do it here."""
        quiet_since = time.monotonic()
        while waiting := [s for s in stands.values() if s.job]:
            jobs = _jobs(waiting)
            alive = [j for j in jobs.values() if _is_held(j)]
            ended = [s for s in waiting if s.job and not jobs[s.job].is_onderweg]
            for old in ended:
                stands[old.slug] = look_at(old.slug, old.tenant_id, periode)
                self._tell(stands[old.slug])
            if ended or alive:
                quiet_since = time.monotonic()
            if ended:
                continue
            if not alive and time.monotonic() - quiet_since >= patience:
                run_job(next(s.job for s in waiting if s.job), make)
            else:
                time.sleep(POLL)


def _jobs(waiting: list[Stand]) -> dict[Any, Job]:
    """The job rows of these tenants, in one query."""
    tenants = tuple(stand.tenant_id for stand in waiting)
    with acting_as(Scope("staff", None, tenants)):
        rows = Job.objects.filter(
            tenant_id__in=tenants, pk__in=[stand.job for stand in waiting]
        )
        return {row.pk: row for row in rows}


def _is_held(job: Job) -> bool:
    """Somebody is at it and gives signs of life."""
    lease = job.lease_tot
    return job.status == Job.Status.BEZIG and lease is not None and lease > now()


def _answer(periode: Periode, stands: dict[str, Stand]) -> dict[str, Any]:
    by_stand = {
        stand: sorted(s.slug for s in stands.values() if s.stand == stand)
        for stand in (KLAAR, GEWEIGERD)
    }
    refused = [s for s in stands.values() if s.stand == GEWEIGERD]
    return {
        "periode": periode.code,
        "klaar": by_stand[KLAAR],
        "geweigerd": {s.slug: s.reden for s in sorted(refused, key=lambda s: s.slug)},
    }
