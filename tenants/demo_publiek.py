"""Public pages and documents of the fictional tenants, so that a visitor finds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from tenants.beheer.begintekst import BEGIN
from tenants.models import Loket, OpenbaarDocument, Publiekepagina, Tenant
from tenants.models.beheer import Stand

OP = datetime(2026, 1, 1, 9, tzinfo=UTC)
TEKSTEN = {
    "wie_betaalt": "{naam} betaalt ons. U betaalt niets.",
    "onafhankelijk": "{naam} bepaalt niet wat wij u adviseren, en krijgt uw naam en"
    " uw verhaal niet te zien.",
    "gratis": "Onze hulp is gratis. Ook later krijgt u geen rekening.",
    "geheimhouding": "Wat u vertelt, blijft bij ons. Wij delen het alleen als u dat"
    " goed vindt, of als de wet het eist.",
    "klacht": "Bent u niet tevreden over ons? Zeg het tegen uw cliëntondersteuner, of"
    " schrijf naar klacht@adviespunt.example.",
    "bereikbaar": "Elke werkdag van 9 tot 17 uur.\n\nMail naar"
    " hulp@adviespunt.example. Dit adres is verzonnen.",
}
# What of a page stands at the door of online questions as well.
OP_DE_DEUR = ("wie_betaalt", "onafhankelijk", "gratis", "bereikbaar")


def publish_pages(tenants: Sequence[Tenant], door_id: UUID) -> None:
    """An established page, every document and a door that is shut, where there is no
    page yet. Within ``loading``, so what a trigger does otherwise is done here."""
    there = set(Publiekepagina.objects.values_list("tenant_id", flat=True))
    fresh = [tenant for tenant in tenants if tenant.pk not in there]
    Publiekepagina.objects.bulk_create(
        Publiekepagina(
            tenant=tenant,
            versie=1,
            stand=Stand.VASTGESTELD,
            door_id=door_id,
            gewijzigd_op=OP,
            **{key: text.format(naam=tenant.naam) for key, text in TEKSTEN.items()},
        )
        for tenant in fresh
    )
    Loket.objects.bulk_create(
        Loket(
            tenant=tenant,
            slug=tenant.slug,
            naam=tenant.naam,
            type=tenant.type,
            is_fictief=tenant.is_fictief,
            is_actief=True,
            **{key: TEKSTEN[key].format(naam=tenant.naam) for key in OP_DE_DEUR},
        )
        for tenant in fresh
    )
    OpenbaarDocument.objects.bulk_create(
        OpenbaarDocument(
            tenant=tenant,
            soort=soort,
            versie=1,
            stand=Stand.VASTGESTELD,
            tekst=str(text),
            geldig_vanaf=date(2026, 1, 1),
            door_id=door_id,
            gewijzigd_op=OP,
        )
        for tenant in fresh
        for soort, text in BEGIN.items()
    )
