"""Making a report in the background: count, protect, freeze, print, store.

Everything happens in the ``job`` database role, under the lease of the job.
Guarded by tests/signalering/test_taken.py (real worker, kill -9 halfway).
"""

from __future__ import annotations

import logging
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.disclosure import Refused
from signalering import storage
from signalering.certificaat import (
    CertificaatFout,
    Sleutelplek,
    certificate_of,
    ensure_trial,
    our_place,
)
from signalering.controlecode import digest, new_code
from signalering.documents import document_for
from signalering.lifecycle import TAAK, freeze_figures, refusal_to_json
from signalering.models import (
    Bestand,
    Druk,
    Publicatie,
    Publiek,
    Rapportage,
    Rapportzegel,
)
from signalering.report import (
    PrintFailed,
    Rapportdocument,
    print_pdfs,
    print_sealed,
)
from tenants.jobs import Claim, JobRefused, job
from tenants.scope import acting_as

MOST_PRINTS = 3
logger = logging.getLogger(__name__)


class Opgeslagen(NamedTuple):
    """A printed version on disk; ``code`` is empty when it was not sealed."""

    naam: str
    sha256: str
    grootte: int
    code: str


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
        # Only what is established is sealed: before that, nothing is.
        codes = [new_code() if rapportage.is_definitief else "" for _each in publieken]
        documents = [
            document_for(rapportage, publiek, code)
            for publiek, code in zip(publieken, codes, strict=True)
        ]
    pdfs = _printed(claim, documents, is_sealed=all(codes))
    claim.progress(90, _("Opslaan"))
    stored = {
        publiek: Opgeslagen(
            *storage.write(claim.onderwerp_id, publiek, pdf), len(pdf), code
        )
        for publiek, pdf, code in zip(publieken, pdfs, codes, strict=True)
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


def _printed(
    claim: Claim, documents: list[Rapportdocument], *, is_sealed: bool
) -> list[bytes]:
    """Both PDFs; JobRefused (and the report marked) when they cannot be made."""
    try:
        return print_sealed(documents, _plek()) if is_sealed else print_pdfs(documents)
    except CertificaatFout as failure:
        logger.error("no report can be sealed: %s", failure)
        _mark_failed(claim)
        raise JobRefused(
            _(
                "Het zegel op de pdf kon niet worden gezet. Een rapportage gaat nooit"
                " zonder zegel de deur uit. Vraag de technisch beheerder om het"
                " certificaat, en maak de pdf's daarna opnieuw."
            )
        ) from failure
    except PrintFailed as failure:
        _mark_failed(claim)
        raise JobRefused(_("De pdf kon niet worden gemaakt.")) from failure


def _plek() -> Sleutelplek:
    """Where key and certificate are; on the embedded servers made when they are not."""
    plek = our_place()
    if settings.EMBEDDED:
        ensure_trial(plek)
    return plek


def _state(rapportage: Rapportage) -> tuple[str, str, str, object]:
    """What a printed version depends on, besides the frozen figures."""
    texts = (rapportage.bevindingen, rapportage.aanbevelingen, rapportage.paragrafen)
    return rapportage.status, *texts


def _record(rapportage: Rapportage, stored: dict[str, Opgeslagen]) -> None:
    for publiek, bestand in stored.items():
        Bestand.objects.update_or_create(
            tenant_id=rapportage.tenant_id,
            rapportage=rapportage,
            publiek=publiek,
            defaults={
                "naam": bestand.naam,
                "sha256": bestand.sha256,
                "grootte": bestand.grootte,
                "gemaakt_op": timezone.now(),
            },
        )
        if bestand.code:
            Rapportzegel.objects.create(
                tenant_id=rapportage.tenant_id,
                rapportage=rapportage,
                publiek=publiek,
                sha256=bestand.sha256,
                code_sha256=digest(bestand.code),
                certificaat_sha256=certificate_of(_plek()).sha256,
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
