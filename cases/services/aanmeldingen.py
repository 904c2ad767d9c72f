"""What the team does with what came in: take it up, answer it, or turn it away.

Invariant: who sent it stays as unknown as she was: taken up, an anonymous question is
an anonymous kwestie (V7), and only a number she gave to be called back makes a client.
From then on its messages open with a key under that of the kwestie, so that erasing the
kwestie erases them everywhere. A question that nobody took up goes after BEWAARTIJD.

Guarded by tests/cases/test_loket.py and test_loket_sql.py.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.logboek import loket as logboek
from cases.models import Aanmelding, Kwestie, Loketbericht, Loketsleutel
from cases.selectors.loket import aanmelding_of, door_of, messages_of
from cases.services.loket import Zending, letter, place
from cases.services.regels import KwestieError
from cases.services.registreren import Registratie, register_for_queue
from cases.services.rij import check_alive, own_locked
from cases.services.wissen import remove_aanmeldingen
from privacy.brievenbus import (
    BrievenbusFout,
    new_secret,
    post,
    public_half,
    take_out,
)
from privacy.sleutels import destroy
from tenants.access import Refused, Wie
from tenants.models import Loket
from tenants.roles import Recht

BEWAARTIJD = timedelta(days=90)
WEGWIJZERTIJD = timedelta(days=3 * 365)  # where a code leads that was sent on
SLEUTELTIJD = timedelta(days=30)  # how long a key of a door is sealed with
REDENEN = ("GEEN_VRAAG", "DUBBEL", "TEST")


@dataclass(frozen=True, slots=True)
class Codering:
    """What the team makes of a question: the codes of a kwestie (V1, V3)."""

    soort: str
    aard: str
    wet: str
    rol: str
    dienst: str = ""


@dataclass(frozen=True, slots=True)
class GelezenBericht:
    """A message as the team reads it; door '' when it is of the sender."""

    bericht: Loketbericht
    tekst: str


# ---------------------------------------------------------------------------- the door


@transaction.atomic
def open_loket(*, actor: Wie, tenant_id: int) -> Loket:
    """Questions come in from now. Raises Refused, KwestieError (S165)."""
    actor.require(Recht.KWESTIE_TEAM, tenant_id)
    loket = door_of(tenant_id)
    if loket is None or not loket.is_actief:
        raise KwestieError(
            _(
                "Het loket kan pas open als de opdrachtgever actief is en de tekst van"
                " de publieke pagina is vastgesteld. Vraag de beheerder."
            )
        )
    _set_key(loket)
    loket.is_open = True
    loket.save(update_fields=["is_open", "sleutel_id", "publiek"])
    logboek.loket_gezet(actor, tenant_id, True)
    return loket


@transaction.atomic
def shut_loket(*, actor: Wie, tenant_id: int) -> None:
    """Nothing comes in any more; what came in stays. Raises Refused."""
    actor.require(Recht.KWESTIE_TEAM, tenant_id)
    Loket.objects.filter(tenant_id=tenant_id).update(is_open=False)
    logboek.loket_gezet(actor, tenant_id, False)


def _set_key(loket: Loket) -> None:
    """A fresh pair; its secret half under the key chain, the other half on the door."""
    secret = new_secret()
    made = Loketsleutel(tenant_id=loket.tenant_id, publiek=public_half(secret))
    made.geheim = b64encode(secret).decode()
    made.save(force_insert=True)
    loket.sleutel_id, loket.publiek = made.pk, public_half(secret)


# ------------------------------------------------------------------- before it is taken


def contents(aanmelding: Aanmelding) -> Zending:
    """What was sent. Raises BrievenbusFout, ZegelFout."""
    where = place("aanmelding", aanmelding.tenant_id, aanmelding.pk, "team")
    secret = b64decode(aanmelding.loketsleutel.geheim)
    return Zending(
        **json.loads(take_out(secret, bytes(aanmelding.inhoud or b""), *where))
    )


def waiting_locked(tenant_id: int, aanmelding_id: UUID) -> Aanmelding:
    rows = Aanmelding.objects.select_for_update(of=("self",))
    found = (
        rows.select_related("loketsleutel")
        .filter(tenant_id=tenant_id, pk=aanmelding_id, kwestie__isnull=True)
        .filter(naar__isnull=True)
        .first()
    )
    if found is None:
        raise KwestieError(_("Een collega heeft deze aanmelding al opgenomen."))
    return found


@transaction.atomic
def take_up(
    *, actor: Wie, tenant_id: int, aanmelding_id: UUID, codering: Codering
) -> Kwestie:
    """The question becomes a kwestie in the queue: NIEUW, of nobody yet.

    Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_TEAM, tenant_id)
    row = waiting_locked(tenant_id, aanmelding_id)
    zending = contents(row)
    is_known = bool(zending.telefoon)
    kwestie = register_for_queue(
        actor=actor,
        tenant_id=tenant_id,
        sinds=row.ontvangen_op,
        gegevens=Registratie(
            datum=timezone.localdate(row.ontvangen_op),
            kanaal="WEB",
            soort=codering.soort,
            aard=codering.aard,
            wet=codering.wet,
            rol=codering.rol,
            dienst=codering.dienst,
            identiteitsstatus="BEKEND" if is_known else "ANONIEM",
            naam=(zending.naam or _("Naam niet gegeven")) if is_known else "",
            telefoon=zending.telefoon,
            toelichting=zending.vraag,
        ),
    )
    _own_key(row, kwestie)
    logboek.aanmelding_opgenomen(actor, kwestie)
    return kwestie


def _own_key(row: Aanmelding, kwestie: Kwestie) -> None:
    """From here on its messages hang on the key of the kwestie; earlier ones too."""
    said = messages_of(row)
    texts = {bericht.pk: _opened(row, bericht) for bericht in said}
    secret = new_secret()
    row.kwestie, row.opgenomen_op, row.inhoud = kwestie, timezone.now(), None
    row.team_publiek = public_half(secret)
    row.team_geheim = b64encode(secret).decode()
    row.save()
    for bericht in said:
        where = place("bericht", row.tenant_id, bericht.pk, "team")
        bericht.voor_team = post(row.team_publiek, texts[bericht.pk], *where)
        bericht.save(update_fields=["voor_team"])


@transaction.atomic
def turn_away(*, actor: Wie, tenant_id: int, aanmelding_id: UUID, reden: str) -> None:
    """No question for us (REDENEN): it is removed with its messages, for good.

    Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_TEAM, tenant_id)
    if reden not in REDENEN:
        raise KwestieError(_("Kies waarom je deze aanmelding verwijdert."), "reden")
    row = waiting_locked(tenant_id, aanmelding_id)
    logboek.aanmelding_afgewezen(actor, tenant_id, row.pk, reden)
    remove_aanmeldingen(tenant_id, [row.pk])


# ---------------------------------------------------------------------------- afterwards


def _opened(row: Aanmelding, bericht: Loketbericht) -> str:
    """Sealed for the kwestie; or, in the moment it was taken up, for the door."""
    where = place("bericht", row.tenant_id, bericht.pk, "team")
    blob = bytes(bericht.voor_team)
    if row.team_geheim:
        try:
            return take_out(b64decode(row.team_geheim), blob, *where)
        except BrievenbusFout:
            pass
    return take_out(b64decode(row.loketsleutel.geheim), blob, *where)


def read_messages(kwestie: Kwestie) -> list[GelezenBericht]:
    """What was said back and forth. Raises BrievenbusFout, ZegelFout."""
    row = aanmelding_of(kwestie)
    if row is None:
        return []
    return [GelezenBericht(one, _opened(row, one)) for one in messages_of(row)]


def messages_before(aanmelding: Aanmelding) -> list[GelezenBericht]:
    """What the sender added before anybody took it up."""
    return [
        GelezenBericht(one, _opened(aanmelding, one)) for one in messages_of(aanmelding)
    ]


def mark_read(*, actor: Wie, kwestie: Kwestie) -> None:
    """The supporter has seen what the sender wrote; it is recorded that she looked."""
    row = aanmelding_of(kwestie)
    if row is None:
        raise Refused("loket")
    Loketbericht.objects.filter(
        tenant_id=row.tenant_id,
        aanmelding=row,
        is_van_ons=False,
        gelezen_op__isnull=True,
    ).update(gelezen_op=timezone.now())
    logboek.loketberichten_ingezien(actor, kwestie)


@transaction.atomic
def answer(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, tekst: str, bericht_id: UUID
) -> None:
    """A message to whoever has the return code; sent twice it is there once.

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    row = aanmelding_of(kwestie)
    if row is None:
        raise KwestieError(_("Deze kwestie kwam niet binnen via het loket."))
    if not tekst.strip():
        raise KwestieError(_("Schrijf op wat je wilt zeggen."), "tekst")
    rows = Loketbericht.objects.filter(tenant_id=tenant_id, aanmelding=row)
    if rows.filter(pk=bericht_id).exists():
        return
    made = letter(
        tenant_id, row.pk, bericht_id, tekst, row.team_publiek, row.melder_publiek
    )
    made.is_van_ons, made.door_id = True, actor.user_id
    made.save(force_insert=True)
    logboek.loketbericht_verstuurd(actor, kwestie)


# ------------------------------------------------------------------------------- at night


def forget_old(tenant_id: int) -> int:
    """Remove what nobody took up within BEWAARTIJD; recorded. Returns how many.

    What was sent on is not here any more; where its code leads stays WEGWIJZERTIJD.
    """
    now = timezone.now()
    due = Q(naar__isnull=True, ontvangen_op__lt=now - BEWAARTIJD)
    due |= Q(naar__isnull=False, ontvangen_op__lt=now - WEGWIJZERTIJD)
    old = Aanmelding.objects.filter(due, tenant_id=tenant_id, kwestie__isnull=True)
    ids = list(old.values_list("pk", flat=True))
    if ids:
        remove_aanmeldingen(tenant_id, ids)
        logboek.aanmeldingen_opgeruimd(tenant_id, len(ids))
    return len(ids)


@transaction.atomic
def renew_key(tenant_id: int) -> None:
    """A fresh key of the door each month; one with which nothing waits any more is
    destroyed, so that no copy of what was sent then can be read.
    """
    loket = Loket.objects.select_for_update().filter(tenant_id=tenant_id).first()
    if loket is None or loket.sleutel_id is None:
        return
    old = timezone.now() - SLEUTELTIJD
    keys = Loketsleutel.objects.filter(tenant_id=tenant_id, gemaakt_op__lt=old)
    if keys.filter(pk=loket.sleutel_id).exists():
        _set_key(loket)
        loket.save(update_fields=["sleutel_id", "publiek"])
    waiting = Aanmelding.objects.filter(
        tenant_id=tenant_id, kwestie__isnull=True, naar__isnull=True
    )
    gone = keys.exclude(pk=loket.sleutel_id).filter(gemaakt_op__lt=old - SLEUTELTIJD)
    gone = gone.exclude(pk__in=waiting.values("loketsleutel_id"))
    destroy(tenant_id, "loketsleutel", list(gone.values_list("pk", flat=True)))
