"""That a client knows how we handle what we know (S22), or why not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases import logboek
from cases.models import PRIVACYVERKLARING, Client, Kwestie, PrivacyInformatie
from cases.services.regels import KwestieError, check_datum
from tenants.access import Wie


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """How the client was told (wijze, datum), or why not (reden); never both."""

    wijze: str = ""
    datum: date | None = None
    reden: str = ""


def is_asked(kwestie: Kwestie) -> bool:
    """True when it is not on record that this client was told."""
    if kwestie.client_id is None or kwestie.identiteitsstatus == "GEANON":
        return False
    told = PrivacyInformatie.objects.filter(
        tenant_id=kwestie.tenant_id, client_id=kwestie.client_id
    )
    return not told.exclude(wijze="").exists()


def check_privacy(kwestie: Kwestie, privacy: Privacy | None) -> None:
    """S22: of a client by name, told or a reason. Raises KwestieError."""
    if privacy is None:
        if kwestie.bron != "IMPORT" and is_asked(kwestie):
            raise KwestieError(
                _(
                    "Vertel de cliënt eerst hoe wij met gegevens omgaan en kies hoe je"
                    " dat deed, of kies waarom het nog niet kan."
                ),
                "privacy",
            )
        return
    if privacy.reden:
        if privacy.reden not in PrivacyInformatie.Reden.values or privacy.wijze:
            raise KwestieError(_("Kies een van de mogelijkheden."), "privacy")
        return
    if privacy.wijze not in PrivacyInformatie.Wijze.values:
        raise KwestieError(_("Kies een van de mogelijkheden."), "privacy")
    if privacy.datum is None:
        raise KwestieError(_("Vul in wanneer je het hebt verteld."), "privacy_datum")
    check_datum(privacy.datum, "privacy_datum")


def save_privacy(actor: Wie, client: Client, privacy: Privacy) -> PrivacyInformatie:
    """Record what ``check_privacy`` allowed."""
    told = bool(privacy.wijze)
    made = PrivacyInformatie.objects.create(
        tenant_id=client.tenant_id,
        client=client,
        versie=PRIVACYVERKLARING if told else "",
        wijze=privacy.wijze,
        datum=privacy.datum if told else None,
        reden=privacy.reden,
        medewerker_id=actor.user_id,
    )
    logboek.privacy_vastgelegd(actor, made)
    return made
