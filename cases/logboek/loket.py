"""The door of visitors: what came in, who looked at it, what was done with it.

Of a visitor nothing is recorded but that something was sent: no address, no browser.
"""

from __future__ import annotations

from uuid import UUID

from cases.logboek.basis import _about, _rol
from cases.models import Kwestie
from privacy import audit
from tenants.access import Wie

ONDERWERP = "aanmelding"


def _of_visitor(gebeurtenis: str, tenant_id: int, aanmelding_id: UUID) -> None:
    with audit.through(audit.WEB):
        audit.record(
            gebeurtenis,
            tenant_id=tenant_id,
            actor_id=None,
            rol="public",
            onderwerp=ONDERWERP,
            ids=[aanmelding_id],
        )


def aanmelding_ontvangen(tenant_id: int, aanmelding_id: UUID) -> None:
    """A visitor sent a question; nobody knows who."""
    _of_visitor("aanmelding_ontvangen", tenant_id, aanmelding_id)


def loketbericht_ontvangen(tenant_id: int, aanmelding_id: UUID) -> None:
    """Somebody with the return code added something."""
    _of_visitor("loketbericht_ontvangen", tenant_id, aanmelding_id)


def _by(
    gebeurtenis: str, wie: Wie, tenant_id: int, ids: list[UUID], **extra: str | int
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp=ONDERWERP,
        ids=ids,
        extra=extra,
    )


def aanmeldingen_gezien(wie: Wie, tenant_id: int, ids: list[UUID]) -> None:
    """What waits was listed: since when, and nothing of what it says."""
    _by("aanmeldingen_gezien", wie, tenant_id, ids)


def aanmelding_ingezien(wie: Wie, tenant_id: int, aanmelding_id: UUID) -> None:
    """A question was opened that nobody has taken up yet."""
    _by("aanmelding_ingezien", wie, tenant_id, [aanmelding_id])


def aanmelding_afgewezen(
    wie: Wie, tenant_id: int, aanmelding_id: UUID, reden: str
) -> None:
    """What was sent was no question for us, and is removed."""
    _by("aanmelding_afgewezen", wie, tenant_id, [aanmelding_id], reden=reden)


def aanmelding_doorgestuurd(
    wie: Wie, tenant_id: int, aanmelding_id: UUID, naar: int, is_met_naam: bool
) -> None:
    """A question of the national door went to tenant ``naar``."""
    extra = {"naar": naar, "met_naam": int(is_met_naam)}
    _by("aanmelding_doorgestuurd", wie, tenant_id, [aanmelding_id], **extra)


def loket_gezet(wie: Wie, tenant_id: int, is_open: bool) -> None:
    """The door was opened or shut."""
    _by("loket_gezet", wie, tenant_id, [], stand="open" if is_open else "dicht")


def aanmelding_opgenomen(wie: Wie, kwestie: Kwestie) -> None:
    """A question that was sent became this kwestie."""
    _about("aanmelding_opgenomen", wie, kwestie)


def loketberichten_ingezien(wie: Wie, kwestie: Kwestie) -> None:
    """The messages between the sender and us were shown."""
    _about("loketberichten_ingezien", wie, kwestie)


def loketbericht_verstuurd(wie: Wie, kwestie: Kwestie) -> None:
    """The sender was answered; only who has the code can read it."""
    _about("loketbericht_verstuurd", wie, kwestie)


def aanmeldingen_opgeruimd(tenant_id: int, aantal: int) -> None:
    """Questions that nobody took up within the term were removed."""
    audit.record(
        "aanmeldingen_opgeruimd",
        tenant_id=tenant_id,
        actor_id=None,
        rol="staff",
        onderwerp=ONDERWERP,
        ids=[],
        extra={"aantal": aantal},
    )
