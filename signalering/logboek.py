"""The audit events of reports: one function per event."""

from __future__ import annotations

from privacy import audit
from signalering.models import (
    Berichtkeuze,
    Onderzoek,
    Rapportage,
    Signaal,
    Trendbesluit,
)
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


def onjuistheid_beslist(wie: Wie, rapportage: Rapportage, besluit: str) -> None:
    """A mistake of fact that the commissioning party pointed out was decided about."""
    _record(wie, rapportage, "onjuistheid_beslist", besluit=besluit)


def bezwaar_beslist(wie: Wie, rapportage: Rapportage, besluit: str) -> None:
    """An objection to publication was decided about."""
    _record(wie, rapportage, "bezwaar_beslist", besluit=besluit)


def herinnerd(rapportage: Rapportage, soort: str, aantal: int) -> None:
    """People were mailed to look at a report; which kind, and how many."""
    _record(None, rapportage, "rapportage_herinnerd", soort=soort, aantal=str(aantal))


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


def berichtkeuze_gewijzigd(wie: Wie, keuze: Berichtkeuze) -> None:
    """A contact chose what she is mailed about."""
    audit.record(
        "berichtkeuze_gewijzigd",
        tenant_id=keuze.tenant_id,
        actor_id=wie.user_id,
        rol="portal",
        onderwerp="berichtkeuze",
        ids=[keuze.pk],
        extra={"openbaar": keuze.openbaar},
    )


def signaal_stap(
    wie: Wie, signaal: Signaal, gebeurtenis: str, toegestaan: int = 0, reden: str = ""
) -> None:
    """A verb on a signal was carried out; how many words were let pass, and why."""
    extra = {"status": signaal.status}
    if toegestaan:
        extra |= {"woorden": str(toegestaan), "reden": reden}
    _signaal(wie, signaal, gebeurtenis, **extra)


def signaal_gelezen(wie: Wie, signaal: Signaal) -> None:
    """Somebody opened the signal on screen."""
    _signaal(wie, signaal, "signaal_gelezen", status=signaal.status)


def _signaal(wie: Wie, signaal: Signaal, gebeurtenis: str, **extra: str) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=signaal.tenant_id,
        actor_id=wie.user_id,
        rol="staff" if wie.is_medewerker else "portal",
        onderwerp="signaal",
        ids=[signaal.pk],
        extra=extra,
    )


def onderzoek_stap(
    wie: Wie,
    onderzoek: Onderzoek,
    gebeurtenis: str,
    toegestaan: int = 0,
    reden: str = "",
) -> None:
    """A verb on an own investigation was carried out; how many words were let pass."""
    extra = {"status": onderzoek.status}
    if toegestaan:
        extra |= {"woorden": str(toegestaan), "reden": reden}
    _onderzoek(wie, onderzoek, gebeurtenis, **extra)


def onderzoek_gelezen(wie: Wie, onderzoek: Onderzoek) -> None:
    """Somebody opened the investigation on screen."""
    _onderzoek(wie, onderzoek, "onderzoek_gelezen", status=onderzoek.status)


def _onderzoek(wie: Wie, onderzoek: Onderzoek, gebeurtenis: str, **extra: str) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=onderzoek.tenant_id,
        actor_id=wie.user_id,
        rol="staff" if wie.is_medewerker else "portal",
        onderwerp="onderzoek",
        ids=[onderzoek.pk],
        extra=extra,
    )


def trend_beoordeeld(wie: Wie, besluit: Trendbesluit) -> None:
    """A trend that the software proposed was taken up or dismissed."""
    audit.record(
        "trend_beoordeeld",
        tenant_id=besluit.tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="trend",
        ids=[besluit.pk],
        extra={"periode": besluit.periode, "besluit": besluit.besluit},
    )


def trends_getoond(wie: Wie, tenant_id: int, periode: str) -> None:
    """A colleague looked at the trends of a tenant; these are true counts."""
    audit.record(
        "trends_getoond",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="trend",
        ids=[],
        extra={"periode": periode},
    )
