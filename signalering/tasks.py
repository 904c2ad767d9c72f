"""Making a report in the background: count, protect, freeze, print, store.

Everything happens in the ``job`` database role, under the lease of the job.
Guarded by tests/signalering/test_taken.py (real worker, kill -9 halfway).
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.disclosure import Refused
from signalering import storage
from signalering.documents import document_for
from signalering.lifecycle import TAAK, freeze_figures, refusal_to_json
from signalering.models import Bestand, Druk, Publicatie, Publiek, Rapportage
from signalering.report import PrintFailed, print_pdfs
from tenants.jobs import Claim, JobRefused, job
from tenants.scope import acting_as

MOST_PRINTS = 3


@job(TAAK)
def maak_rapportage(claim: Claim) -> None:
    """The Celery task; its message is a job id and nothing else."""
    make(claim)


def make(claim: Claim) -> None:
    """Do the job of ``claim``: figures when there are none yet, then both PDFs.

    Prints again when the report moved on while it was being printed.
    """
    claim.progress(10, _("Kwesties tellen en cijfers beschermen"))
    try:
        with acting_as(claim.scope()):
            freeze_figures(_rapportage(claim))
    except Refused as refusal:
        _mark_failed(claim, refusal)
        raise JobRefused(refusal.reason) from refusal
    for _turn in range(MOST_PRINTS):
        claim.progress(50, _("Pdf's maken"))
        if _print(claim):
            return
    raise RuntimeError("the report kept changing while it was printed")


def _rapportage(claim: Claim, *, lock: bool = False) -> Rapportage:
    rows = Rapportage.objects.filter(tenant_id=claim.tenant_id, pk=claim.onderwerp_id)
    if lock:
        rows = rows.select_for_update()
    found = rows.first()
    if found is None:
        raise JobRefused(_("De rapportage bestaat niet meer."))
    return found


def _print(claim: Claim) -> bool:
    """Print both versions and store them; False when they are already out of date."""
    publieken = (Publiek.OPDRACHTGEVER.value, Publiek.OPENBAAR.value)
    with acting_as(claim.scope()):
        rapportage = _rapportage(claim)
        before = _state(rapportage)
        documents = [document_for(rapportage, publiek) for publiek in publieken]
    try:
        pdfs = print_pdfs(documents)
    except PrintFailed as failure:
        _mark_failed(claim)
        raise JobRefused(_("De pdf kon niet worden gemaakt.")) from failure
    claim.progress(90, _("Opslaan"))
    stored = {
        publiek: (*storage.write(claim.onderwerp_id, publiek, pdf), len(pdf))
        for publiek, pdf in zip(publieken, pdfs, strict=True)
    }
    with acting_as(claim.scope()):
        rapportage = _rapportage(claim, lock=True)
        if _state(rapportage) != before:
            return False
        _record(rapportage, stored)
        claim.finish()
        names = _names_in_use(rapportage)
    storage.tidy(claim.onderwerp_id, names)
    return True


def _state(rapportage: Rapportage) -> tuple[str, str, str]:
    """What a printed version depends on, besides the frozen figures."""
    return rapportage.status, rapportage.bevindingen, rapportage.aanbevelingen


def _record(rapportage: Rapportage, stored: dict[str, tuple[str, str, int]]) -> None:
    for publiek, (naam, sha256, grootte) in stored.items():
        Bestand.objects.update_or_create(
            tenant_id=rapportage.tenant_id,
            rapportage=rapportage,
            publiek=publiek,
            defaults={
                "naam": naam,
                "sha256": sha256,
                "grootte": grootte,
                "gemaakt_op": timezone.now(),
            },
        )
    rapportage.druk = Druk.KLAAR
    rapportage.save(update_fields=["druk"])


def _names_in_use(rapportage: Rapportage) -> set[str]:
    about = {"tenant_id": rapportage.tenant_id, "rapportage": rapportage}
    names = Bestand.objects.filter(**about).values_list("naam", flat=True)
    public = Publicatie.objects.filter(**about).values_list("pdf", flat=True)
    return {*names, *public}


def _mark_failed(claim: Claim, refusal: Refused | None = None) -> None:
    """No figures or no PDF; a refusal is kept, so that its ways out can be offered."""
    with acting_as(claim.scope()):
        Rapportage.objects.filter(
            tenant_id=claim.tenant_id, pk=claim.onderwerp_id
        ).update(
            druk=Druk.MISLUKT, weigering=refusal_to_json(refusal) if refusal else None
        )
