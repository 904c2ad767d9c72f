"""`manage.py bench`: how the product scales, as ratios measured side by side.

Prints one JSON object; progress goes to stderr. What each measurement does is told
in its module in ``adviespunt.bench``.
"""

from __future__ import annotations

import json
import shutil
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from adviespunt import embedded
from adviespunt.bench.bulk import bulk_vs_floor
from adviespunt.bench.casework import casework
from adviespunt.bench.databases import Database, Volume, prepare, remove_all
from adviespunt.bench.disclosure import disclosure
from adviespunt.bench.grants import grant_list
from adviespunt.bench.lists import list_scale
from adviespunt.bench.portaal import portaal
from adviespunt.bench.report import report_vs_floor
from adviespunt.bench.rls import rls_cost
from adviespunt.bench.sealed import sealed
from adviespunt.management.commands.demo import collect_static

NEEDED = ("pypdf", "celery", "weasyprint")
DOELEN = {
    "report_vs_floor": 1.3,
    "report_seconds": 10,
    "report_pages": 20,
    "bulk_vs_floor": 1.3,
    "worker_memory_last_over_tenth": 1.1,
    "list_scale": 1.3,
    "grant_list": 2.0,
    "rls_cost": 1.3,
    "sealed": 1.5,
    "sealed_vragen": 1,
    "casework": 1.3,
    "casework_p95_ms": 150,
    "casework_vragen": 12,
    "portaal": 2.0,
    "portaal_anders": 0,
    "disclosure_100": 1.01,
    "disclosure_100_seconds": 5,
    "disclosure_343": 1.01,
    "disclosure_343_seconds": 5,
    "disclosure_reeks": 1.10,
    "disclosure_reeks_seconds": 60,
    "disclosure_reeks_zeker_seconds": 3,
    "disclosure_10000_zeker_seconds": 30,
    "disclosure_mb": 500,
}
GROOT = (
    Volume("groot", 350, 1_000_000),
    Volume("gelijk", 350, 1_000_000, gelijk=True),
    Volume("klein", 4, 10_000, gelijk=True),
    Volume("gedeeld", 2, 100_000, gelijk=True),
    Volume("teksten", 2, 6_000, gelijk=True, teksten=True),
)
# Small, and no more of them than needed: making one costs more than measuring in it.
ROOK = (
    *(Volume("rook_groot", 4, 1_600) for _place in range(2)),
    *(Volume("rook_klein", 2, 3_000, gelijk=True, teksten=True) for _place in range(3)),
)


@dataclass(slots=True)
class Proef:
    """One run: where, how large, how often; databases are made when asked for."""

    inst: embedded.Instance
    smoke: bool
    say: Callable[[str], object]
    used: dict[str, Database] = field(default_factory=dict)

    def database(self, place: int) -> Database:
        """0: uneven tenants, 1: equal tenants, 2: a hundredth, 3: a tenth in two,
        4: with names and texts.
        """
        volume = (ROOK if self.smoke else GROOT)[place]
        if volume.naam not in self.used:
            self.used[volume.naam] = prepare(self.inst, volume, self.say)
        return self.used[volume.naam]

    def rounds(self, many: int) -> int:
        return max(1, many // 100) if self.smoke else many


Meting = Callable[[Proef], dict[str, Any]]
METINGEN: Mapping[str, Meting] = {
    "report_vs_floor": lambda proef: report_vs_floor(
        proef.database(0), rounds=proef.rounds(7)
    ),
    "bulk": lambda proef: bulk_vs_floor(
        proef.database(0),
        tenants=1 if proef.smoke else 40,
        processen=1 if proef.smoke else 2,
        opwarmen=0 if proef.smoke else 2,
    ),
    "list_scale": lambda proef: list_scale(
        proef.database(1), proef.database(2), rounds=proef.rounds(300)
    ),
    "grant_list": lambda proef: grant_list(proef.database(3), rounds=proef.rounds(300)),
    "rls_cost": lambda proef: rls_cost(proef.database(0), rounds=proef.rounds(400)),
    "sealed": lambda proef: sealed(proef.database(4), rounds=proef.rounds(300)),
    "casework": lambda proef: casework(
        proef.database(1),
        proef.database(2),
        rounds=2 if proef.smoke else 200,
        gebeurtenissen=5 if proef.smoke else 200,
        clienten=4 if proef.smoke else 40,
    ),
    "portaal": lambda proef: portaal(
        proef.database(2),
        seconden=1.5 if proef.smoke else 30,
        per_seconde=200 if proef.smoke else 1000,
        workers=1 if proef.smoke else 2,
    ),
    "disclosure": lambda proef: disclosure(smoke=proef.smoke),
}


class Command(BaseCommand):
    """bench [--only NAME] [--smoke] | --opruimen"""

    help = "Meet hoe het product schaalt; drukt één JSON-object af."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=sorted(METINGEN), metavar="NAME")
        parser.add_argument(
            "--smoke", action="store_true", help="alles klein: werkt het nog?"
        )
        parser.add_argument(
            "--opruimen", action="store_true", help="verwijder de databases van bench"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        inst = self._instance()
        if options["opruimen"]:
            removed = remove_all(inst)
            shutil.rmtree(inst.home / "bench", ignore_errors=True)
            self.stdout.write(json.dumps({"verwijderd": removed}))
            return
        collect_static()
        proef = Proef(inst, options["smoke"], self.stderr.write)
        found: dict[str, Any] = {}
        for name in [options["only"]] if options["only"] else METINGEN:
            self.stderr.write(f"{name} …")
            found |= METINGEN[name](proef)
        shutil.rmtree(inst.home / "bench", ignore_errors=True)
        found["gehaald"] = {
            name: found[name] is not None and found[name] <= doel
            for name, doel in DOELEN.items()
            if name in found
        }
        found["laadtijd"] = {d.naam: d.laadtijd for d in proef.used.values()}
        self.stdout.write(json.dumps(found, ensure_ascii=False))

    def _instance(self) -> embedded.Instance:
        """The embedded servers; the bench makes databases, so it uses no others."""
        if not embedded.is_default():
            raise CommandError(
                "De metingen gebruiken eigen servers. Haal DATABASE_URL weg."
            )
        missing = [name for name in NEEDED if find_spec(name) is None]
        if missing:
            raise CommandError(
                f"Voor de metingen ontbreekt {', '.join(missing)}. Draai 'make setup'."
            )
        return embedded.current()
