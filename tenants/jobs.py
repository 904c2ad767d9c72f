"""Background work: a message is a job id, authority comes from the job row.

Invariant: a job runs under a lease with a fencing token (``poging``); whoever lost
the lease cannot finish. A message that got lost is sent again by ``sweep``; a
message that came twice finds the lease taken. So killing a worker at any moment
leaves exactly one result.

Guarded by tests/tenants/test_jobs.py and tests/signalering/test_taken.py.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from celery import current_app, shared_task
from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from privacy import audit
from tenants.models import Job, Tenant
from tenants.scope import Scope, acting_as

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
MOST_TRIES = 5
WAIT_BEFORE_SWEEP = timedelta(seconds=10)
PATIENCE = 2.0  # seconds a worker gets to take a job before who waits does it
LONGEST = 300.0


class LostLease(Exception):
    """Another worker has this job now; this one has to let go."""


class JobRefused(Exception):
    """The job cannot be done, and trying again would not help; the text says why."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job this worker holds, with the scope it may work in."""

    id: UUID
    tenant_id: int
    onderwerp_id: UUID
    actor_id: UUID | None
    poging: int

    def scope(self) -> Scope:
        tenants = (self.tenant_id,)
        return Scope("job", self.actor_id, tenants, self.tenant_id, tenants)

    def progress(self, percentage: int, stap: str) -> None:
        """Say how far the work is (0-100) and keep the lease; raises LostLease."""
        with acting_as(self.scope()):
            kept = self._mine().update(
                voortgang=percentage, stap=stap, lease_tot=timezone.now() + LEASE
            )
        if not kept:
            raise LostLease(self.id)

    def finish(self) -> None:
        """Mark the job done, in the transaction that stores its result."""
        done = self._mine().update(
            status=Job.Status.KLAAR,
            voortgang=100,
            stap="",
            fout="",
            klaar_op=timezone.now(),
        )
        if not done:
            raise LostLease(self.id)

    def fail(self, fout: str, *, again: bool) -> None:
        """Give the job back (again=True) or mark it as failed for good."""
        status = Job.Status.WACHT if again else Job.Status.MISLUKT
        with acting_as(self.scope()):
            self._mine().update(
                status=status, fout=fout[:300], klaar_op=timezone.now(), stap=""
            )

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(
            tenant_id=self.tenant_id,
            pk=self.id,
            poging=self.poging,
            status=Job.Status.BEZIG,
        )


def claim(job_id: UUID) -> Claim | None:
    """Take the lease of a job that waits or was abandoned; None when it is taken."""
    with acting_as(Scope("dispatch")):
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(
                Q(status=Job.Status.WACHT)
                | Q(status=Job.Status.BEZIG, lease_tot__lt=timezone.now()),
                pk=job_id,
            )
            .first()
        )
        if job is None:
            return None
        if job.poging >= MOST_TRIES:
            job.status, job.klaar_op = Job.Status.MISLUKT, timezone.now()
            job.fout = _("Dit is vijf keer niet gelukt.")
            job.save(update_fields=["status", "klaar_op", "fout"])
            return None
        job.status, job.poging = Job.Status.BEZIG, job.poging + 1
        job.lease_tot = timezone.now() + LEASE
        job.save(update_fields=["status", "poging", "lease_tot"])
        return Claim(job.pk, job.tenant_id, job.onderwerp_id, job.actor_id, job.poging)


def run_job(job_id: UUID, work: Callable[[Claim], None]) -> bool:
    """Claim a job and do ``work``; False when somebody else has it.

    ``work`` calls ``claim.finish()`` in its last transaction.
    """
    held = claim(job_id)
    if held is None:
        return False
    try:
        with audit.through(audit.TAAK):
            work(held)
    except LostLease:
        logger.warning("job %s: lease lost at try %s", held.id, held.poging)
    except JobRefused as refusal:
        held.fail(str(refusal), again=False)
    except Exception:
        logger.exception("job %s failed at try %s", held.id, held.poging)
        text = _("Er ging iets mis. We proberen het nog een keer.")
        held.fail(text, again=held.poging < MOST_TRIES)
    return True


def wait_for(scope: Scope, job: Job, work: Callable[[Claim], None]) -> None:
    """Until the job is done: by a worker or, when none takes it, here with ``work``.

    scope: who asks. Raises JobRefused with what went wrong, or that it takes too long.
    """
    started = time.monotonic()
    while time.monotonic() - started < LONGEST:
        with acting_as(scope):
            job = Job.objects.get(tenant_id=job.tenant_id, pk=job.pk)
        if job.status == Job.Status.MISLUKT:
            raise JobRefused(job.fout)
        if job.status == Job.Status.KLAAR:
            return
        if time.monotonic() - started > PATIENCE and _is_nobodys(job):
            run_job(job.pk, work)
        else:
            time.sleep(0.1)
    raise JobRefused(_("Het duurt te lang. De taak staat nog in de wachtrij."))


def _is_nobodys(job: Job) -> bool:
    """Nobody took it, or who had it gave no sign of life."""
    lease = job.lease_tot
    is_left = lease is not None and lease < timezone.now()
    return job.status == Job.Status.WACHT or is_left


def job(naam: str) -> Callable[[Callable[[Claim], None]], Callable[[str], None]]:
    """Make ``work(claim)`` the Celery task ``naam`` that takes a job id."""

    def decorate(work: Callable[[Claim], None]) -> Callable[[str], None]:
        @shared_task(name=naam)  # type: ignore[untyped-decorator]
        def task(job_id: str) -> None:
            close_old_connections()
            run_job(UUID(job_id), work)

        return task  # type: ignore[no-any-return]

    return decorate


def every_tenant(
    naam: str,
) -> Callable[[Callable[[int], None]], Callable[[], int]]:
    """Make ``work(tenant_id)`` the Celery task ``naam`` of the beat (``each_tenant``)."""

    def decorate(work: Callable[[int], None]) -> Callable[[], int]:
        @shared_task(name=naam)  # type: ignore[untyped-decorator]
        def task() -> int:
            close_old_connections()
            with audit.through(audit.TAAK):
                return each_tenant(work)

        return task  # type: ignore[no-any-return]

    return decorate


def beat(naam: str) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Make ``work`` the Celery task ``naam`` of the beat; it opens its own scope."""

    def decorate(work: Callable[[], int]) -> Callable[[], int]:
        @shared_task(name=naam)  # type: ignore[untyped-decorator]
        def task() -> int:
            close_old_connections()
            with audit.through(audit.TAAK):
                return work()

        return task  # type: ignore[no-any-return]

    return decorate


def letter(naam: str) -> Callable[[Callable[[UUID], bool]], Callable[[str], bool]]:
    """Make ``work(user_id)`` the Celery task ``naam``: mail about an account.

    It has no tenant and works as the login role.
    """

    def decorate(work: Callable[[UUID], bool]) -> Callable[[str], bool]:
        @shared_task(name=naam)  # type: ignore[untyped-decorator]
        def task(user_id: str) -> bool:
            close_old_connections()
            with audit.through(audit.TAAK):
                return work(UUID(user_id))

        return task  # type: ignore[no-any-return]

    return decorate


def send_letter(naam: str, user_id: UUID) -> None:
    """Ask for it; a broker that is away is logged, and the page does not tell."""
    try:
        _send(naam, str(user_id))
    except OperationalError:
        logger.exception("%s could not be sent", naam)


def each_tenant(work: Callable[[int], None]) -> int:
    """Do ``work(tenant_id)`` for each tenant by itself, in the job role of that tenant
    alone; returns for how many it went well. What goes wrong at one is logged and does
    not keep the others waiting.
    """
    with acting_as(Scope("dispatch")):
        tenants = list(Tenant.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_done_for(work, tenant_id) for tenant_id in tenants)


def _done_for(work: Callable[[int], None], tenant_id: int) -> bool:
    tenants = (tenant_id,)
    try:
        with acting_as(Scope("job", None, tenants, tenant_id, tenants)):
            work(tenant_id)
    except Exception:
        logger.exception("%s failed for tenant %s", work.__qualname__, tenant_id)
        return False
    return True


def enqueue(row: Job) -> None:
    """Send the id of ``row`` to its task once the transaction is committed.

    A broker that is away is no error: the sweeper sends it later.
    """
    taak, job_id = row.taak, str(row.pk)

    def send() -> None:  # Django names it in the log, and a partial has no name
        _send(taak, job_id)

    transaction.on_commit(send, robust=True)


def _send(taak: str, job_id: str) -> None:
    current_app.send_task(taak, [job_id], retry=False)


@shared_task(name="tenants.jobs.sweep")  # type: ignore[untyped-decorator]
def sweep() -> int:
    """Send again what waits too long or whose worker died; returns how many."""
    close_old_connections()
    now = timezone.now()
    with acting_as(Scope("dispatch")):
        left = list(
            Job.objects.filter(
                Q(status=Job.Status.WACHT, aangemaakt_op__lt=now - WAIT_BEFORE_SWEEP)
                | Q(status=Job.Status.BEZIG, lease_tot__lt=now)
            ).values_list("taak", "pk")
        )
    for taak, job_id in left:
        _send(taak, str(job_id))
    return len(left)
