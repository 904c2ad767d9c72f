"""Tasks for the tests of jobs; their outcome is an event in the audit record.

A real worker takes them with ``--include tests.tenants.taken``.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from privacy import audit
from tenants.jobs import Claim, JobRefused, job
from tenants.models import Job
from tenants.scope import acting_as

# Where a task says that it began, and waits for permission to go on.
FOLDER = "ADVIESPUNT_PROEF_MAP"


def outcome(claim: Claim, mark: str = "proef_uitkomst") -> None:
    """The result of a job and the end of it, in one transaction."""
    with acting_as(claim.scope()):
        audit.record(
            mark,
            tenant_id=claim.tenant_id,
            actor_id=claim.actor_id,
            rol="job",
            onderwerp="proef",
            ids=[claim.id],
            extra={"poging": claim.poging, "zichtbaar": Job.objects.count()},
        )
        claim.finish()


@job("proef.klaar")
def klaar(claim: Claim) -> None:
    outcome(claim)


@job("proef.geweigerd")
def geweigerd(claim: Claim) -> None:
    raise JobRefused("Dat kan niet.")


@job("proef.stuk")
def stuk(claim: Claim) -> None:
    raise ValueError("Wilhelmina van Zwanenburg")


@job("proef.wacht")
def wacht(claim: Claim) -> None:
    """Begins, waits for the file ``door``, and only then has its outcome."""
    folder = Path(os.environ[FOLDER])
    (folder / f"{claim.id}-{claim.poging}").write_text(str(os.getpid()))
    claim.progress(50, "halverwege")
    while not (folder / "door").exists():
        time.sleep(0.02)
    outcome(claim)
