"""The audit events of reports: one function per event."""

from __future__ import annotations

from privacy import audit
from signalering.models import Rapportage
from tenants.access import Wie
from tenants.models import Telafspraak


def rapportage_stap(wie: Wie | None, rapportage: Rapportage, gebeurtenis: str) -> None:
    """A verb of the lifecycle was carried out (the table names the event)."""
    _record(wie, rapportage, gebeurtenis)


def rapportage_gelezen(wie: Wie, rapportage: Rapportage) -> None:
    """Somebody opened the report on screen."""
    _record(wie, rapportage, "rapportage_gelezen")


def versie_bekeken(wie: Wie, rapportage: Rapportage, publiek: str) -> None:
    """A colleague looked at the report as one audience sees it."""
    _record(wie, rapportage, "versie_bekeken", publiek=publiek)


def rapportage_gedownload(wie: Wie, rapportage: Rapportage, publiek: str) -> None:
    """Somebody fetched the PDF of one version."""
    _record(wie, rapportage, "rapportage_gedownload", publiek=publiek)


def beveiliging_gelezen(wie: Wie, rapportage: Rapportage) -> None:
    """Somebody looked at what is withheld and why."""
    _record(wie, rapportage, "beveiliging_gelezen")


def woorden_toegestaan(wie: Wie, rapportage: Rapportage, reden: str, n: int) -> None:
    """Words that looked like a person were let pass in a text, and why (a code)."""
    _record(wie, rapportage, "woorden_toegestaan", reden=reden, aantal=str(n))


def _record(
    wie: Wie | None, rapportage: Rapportage, gebeurtenis: str, **extra: str
) -> None:
    is_staff = wie is None or wie.is_medewerker
    audit.record(
        gebeurtenis,
        tenant_id=rapportage.tenant_id,
        actor_id=wie.user_id if wie else None,
        rol="staff" if is_staff else "portal",
        onderwerp="rapportage",
        ids=[rapportage.pk],
        extra={
            "periode": rapportage.periode,
            "versie": rapportage.versie,
            "status": rapportage.status,
            **extra,
        },
    )


def telwijze_afgesproken(wie: Wie, afspraak: Telafspraak) -> None:
    """How anonymous kwesties count was changed; the reason is in the agreement."""
    audit.record(
        "telwijze_afgesproken",
        tenant_id=afspraak.tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="telafspraak",
        ids=[afspraak.pk],
        grond="beheer",
        extra={"wijze": afspraak.wijze},
    )
