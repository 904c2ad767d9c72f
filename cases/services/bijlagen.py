"""A file with a kwestie: made safe, sealed in pieces, kept.

Invariant: what a stranger sent is read in a closed child process only, and what is
stored is what that made of it, under the key of the kwestie. Guarded by
tests/cases/test_bijlagen.py; what is done to a file by tests/privacy/test_bestanden.py.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.logboek import brieven as logboek
from cases.models import Bijlage, BijlageStuk, Contactmoment, Kwestie, Prullenbak
from cases.selectors.brieven import plaats_of
from cases.services.handeling import remember, snapshot
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, once, own_locked
from privacy.bestanden import Geweigerd, Reden, Schoon, clean
from privacy.sleutelring import Houder
from privacy.sleutels import keys_for_writing
from privacy.zegel import seal_bytes
from tenants.access import Wie
from tenants.roles import Recht

STUK = 1 << 20
MEEST = 100  # files of one kwestie
TEKST: dict[Reden, Promise] = {
    Reden.LEEG: gettext_lazy("Dit bestand is leeg. Kies een ander bestand."),
    Reden.GROOT: gettext_lazy("Dit bestand is te groot. Het mag hoogstens 20 MB zijn."),
    Reden.SOORT: gettext_lazy(
        "Dit soort bestand kan niet. Kies een PDF, Word-document (docx),"
        " OpenDocument-tekst (odt), foto (jpg, png) of tekst (txt)."
    ),
    Reden.ANDERS: gettext_lazy(
        "De inhoud past niet bij de naam van dit bestand. Vraag om het bestand opnieuw,"
        " of maak er een PDF van."
    ),
    Reden.DUBBEL: gettext_lazy(
        "In dit bestand zit nog een ander bestand verstopt. Open het niet. Vraag om een"
        " gewone PDF."
    ),
    Reden.MACRO: gettext_lazy(
        "Dit bestand kan zelf iets doen (een macro of een ingesloten bestand). Dat is"
        " niet veilig. Sla het op als PDF en voeg die toe."
    ),
    Reden.BOM: gettext_lazy(
        "Dit bestand is uitgepakt veel te groot. Dat is niet veilig. Open het niet."
    ),
    Reden.SLOT: gettext_lazy(
        "Er zit een wachtwoord op dit bestand. Vraag om het bestand zonder wachtwoord."
    ),
    Reden.VERWIJST: gettext_lazy(
        "Dit bestand haalt iets op van een andere plek. Sla het op als PDF en voeg die"
        " toe."
    ),
    Reden.KAPOT: gettext_lazy(
        "Dit bestand is niet te lezen. Sla het opnieuw op, of maak er een PDF van."
    ),
}


@transaction.atomic
def add_bijlage(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    naam: str,
    inhoud: bytes,
    contact_id: UUID | None = None,
    bijlage_id: UUID | None = None,
) -> Bijlage:
    """Keep a file, made safe. Raises Refused, KwestieError.

    bijlage_id is chosen by the form: sent twice, it is there once.
    """
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    schoon = _made_safe(naam, inhoud)  # before anything is locked: it takes a second
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    bijlage_id = bijlage_id or uuid4()
    before = kwestie.bijlage_rijen.filter(pk=bijlage_id).first()
    if before is not None:
        return before
    check_alive(kwestie)
    _check_room(kwestie)
    _check_contact(kwestie, contact_id)
    made = Bijlage(
        id=bijlage_id,
        tenant_id=tenant_id,
        kwestie=kwestie,
        soort=schoon.soort.code,
        omvang=len(schoon.inhoud),
        stukken=-(-len(schoon.inhoud) // STUK),
        contact=contact_id,
        toegevoegd_door_id=actor.user_id,
    )
    made.naam = schoon.naam
    with once("cases_bijlage_pkey"):
        made.save(force_insert=True)
    _store(made, schoon.inhoud)
    logboek.bijlage_toegevoegd(actor, kwestie, made)
    new = (Prullenbak.Soort.BIJLAGE, made.pk)
    remember(actor, kwestie, snapshot(kwestie), gemaakt=[new])
    return made


def _made_safe(naam: str, inhoud: bytes) -> Schoon:
    try:
        return clean(naam, inhoud)
    except Geweigerd as error:
        raise KwestieError(TEKST[error.reden], "bestand") from error


def _check_room(kwestie: Kwestie) -> None:
    if kwestie.bijlage_rijen.count() >= MEEST:
        raise KwestieError(
            _("Bij deze kwestie staan al %(aantal)s bijlagen. Gooi er eerst een weg.")
            % {"aantal": MEEST},
            "bestand",
        )


def _check_contact(kwestie: Kwestie, contact_id: UUID | None) -> None:
    here = {"tenant_id": kwestie.tenant_id, "kwestie": kwestie, "pk": contact_id}
    if contact_id and not Contactmoment.objects.filter(**here).exists():
        raise KwestieError(_("Kies een contact van deze kwestie."), "contact")


def _store(bijlage: Bijlage, inhoud: bytes) -> None:
    """The pieces one after another, so that one at most is in memory twice."""
    houder = Houder(bijlage.tenant_id, "kwestie", bijlage.kwestie_id)
    key: AESGCM = keys_for_writing([houder])[houder]
    for nr in range(bijlage.stukken):
        stuk = BijlageStuk(
            tenant_id=bijlage.tenant_id,
            kwestie_id=bijlage.kwestie_id,
            bijlage=bijlage,
            nr=nr,
        )
        piece = inhoud[nr * STUK : (nr + 1) * STUK]
        stuk.inhoud_v = seal_bytes(key, piece, *plaats_of(stuk, bijlage))
        stuk.save(force_insert=True)
