"""The declaration of secrecy: its text, its versions, and signing it (S17).

Who works for the Adviespunt signs before anything else (UAVG 30 lid 4; Wmo 2015 5.3.3).
A text that was signed never changes: another text is another version, and everybody
is asked again. Guarded by tests/tenants/test_verklaring.py.
"""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from tenants.fouten import RegelFout
from tenants.models import Geheimhouding, User
from tenants.roles import MEDEWERKER

# Legal texts are signed in Dutch; they are not translated.
TEKSTEN: dict[int, tuple[str, ...]] = {
    1: (
        "Ik werk voor het Adviespunt, als medewerker of als vrijwilliger. In dat werk"
        " hoor en lees ik wat cliënten mij en mijn collega's vertellen.",
        "Ik houd alles geheim wat ik over cliënten en hun naasten te weten kom. Ik"
        " vertel het aan niemand, ook niet aan de gemeente, de zorgaanbieder of een"
        " andere opdrachtgever.",
        "Ik deel gegevens van een cliënt alleen als de cliënt dat zelf wil, of als de"
        " wet mij daartoe verplicht. In dat laatste geval volg ik de afgesproken stappen"
        " en leg ik vast wat ik deed en waarom.",
        "Ik kijk alleen in gegevens die ik voor mijn werk nodig heb. Ik weet dat wordt"
        " vastgelegd welke gegevens ik bekijk.",
        "Ik houd mijn wachtwoord en mijn andere middelen om in te loggen voor mijzelf."
        " Merk ik dat er iets mis is met gegevens, dan meld ik dat meteen.",
        "Deze plicht blijft bestaan als ik niet meer voor het Adviespunt werk.",
    ),
}
VERSIE = max(TEKSTEN)


def tekst(versie: int = VERSIE) -> tuple[str, ...]:
    """The paragraphs of a version."""
    return TEKSTEN[versie]


def sha256(versie: int = VERSIE) -> str:
    """Of the text as it was shown: what was signed can be proven later."""
    return hashlib.sha256("\n\n".join(TEKSTEN[versie]).encode()).hexdigest()


def sign(user: User, naam: str) -> Geheimhouding:
    """Record that ``user`` signed the text of today, typing ``naam``.

    As the login role, outside a scope: she has none before. Raises RegelFout.
    """
    if user.soort != MEDEWERKER:
        raise RegelFout(_("Alleen wie voor het Adviespunt werkt, tekent dit."))
    if _plain(naam) != _plain(user.naam):
        raise RegelFout(
            _("Typ je naam zoals die hierboven staat: %(naam)s.") % {"naam": user.naam},
            "naam",
        )
    made, _new = Geheimhouding.objects.get_or_create(
        medewerker_id=user.pk,
        versie=VERSIE,
        defaults={"sha256": sha256(), "naam": naam.strip()},
    )
    return made


def signed_by(user: User) -> Geheimhouding | None:
    """What she signed of the text of today."""
    return Geheimhouding.objects.filter(medewerker_id=user.pk, versie=VERSIE).first()


def _plain(naam: str) -> str:
    return " ".join(naam.split()).casefold()
