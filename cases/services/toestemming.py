"""Consent of the client for a talk without the client: given, used, taken back.

S12, S13, V5. Guarded by tests/cases/test_regels_toestemming.py; what PostgreSQL holds
of it by test_regels_sql.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import (
    DOOR_BIJ_LEEFTIJD,
    DOOR_VANAF_16,
    INHOUDELIJK_MET,
    Kwestie,
    Toestemming,
)
from cases.selectors.achtergrond import achtergrond_of
from cases.services.regels import KwestieError, check_tijdstip
from cases.services.rij import check_alive, own_locked
from tenants.access import Wie


@dataclass(frozen=True, slots=True, kw_only=True)
class NieuweToestemming:
    """What the client allows: with whom, about what; how and when the client said so.

    geldig_tot: the last day on which it holds; None: until it is taken back.
    gegeven_door: who said so; by the age of the client not everybody can (S118).
    """

    ontvanger_soort: str
    ontvanger_naam: str
    onderwerp: str
    wijze: str
    is_uitdrukkelijk: bool
    gegeven_op: datetime
    geldig_tot: date | None = None
    gegeven_door: str = Toestemming.Door.CLIENT


@transaction.atomic
def give_toestemming(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, toestemming: NieuweToestemming
) -> Toestemming:
    """Record what the client allows. Raises Refused, KwestieError (S13)."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    _check_new(toestemming)
    check_leeftijd(kwestie, toestemming.gegeven_door)
    made = Toestemming(
        tenant_id=tenant_id,
        kwestie=kwestie,
        ontvanger_soort=toestemming.ontvanger_soort,
        wijze=toestemming.wijze,
        gegeven_door=toestemming.gegeven_door,
        is_uitdrukkelijk=True,
        gegeven_op=toestemming.gegeven_op,
        geldig_tot=toestemming.geldig_tot,
        vastgelegd_door_id=actor.user_id,
    )
    made.ontvanger_naam = toestemming.ontvanger_naam
    made.onderwerp = toestemming.onderwerp
    made.save(force_insert=True)
    logboek.toestemming_gegeven(actor, kwestie, made)
    return made


def _check_new(new: NieuweToestemming) -> None:
    if new.ontvanger_soort not in Toestemming.Ontvanger.values:
        raise KwestieError(_("Kies met wie je mag praten."), "ontvanger_soort")
    if not new.ontvanger_naam.strip():
        raise KwestieError(
            _("Schrijf op met wie precies. De toestemming geldt alleen voor hen."),
            "ontvanger_naam",
        )
    if not new.onderwerp.strip():
        raise KwestieError(
            _("Schrijf op waarover. De toestemming geldt alleen daarvoor."), "onderwerp"
        )
    if new.wijze not in Toestemming.Wijze.values:
        raise KwestieError(_("Kies hoe de cliënt dit heeft laten weten."), "wijze")
    if not new.is_uitdrukkelijk:
        raise KwestieError(
            _(
                "De cliënt moet het zelf en uitdrukkelijk zeggen. Vraag het de cliënt"
                " en vink dit daarna aan."
            ),
            "is_uitdrukkelijk",
        )
    check_tijdstip(new.gegeven_op)
    if new.geldig_tot and new.geldig_tot < timezone.localdate(new.gegeven_op):
        raise KwestieError(
            _("De laatste dag ligt voor de dag van de toestemming."), "geldig_tot"
        )


def check_leeftijd(kwestie: Kwestie, door: str) -> None:
    """S118: under 12 a parent, from 12 the young person too, from 16 alone."""
    leeftijd = achtergrond_of(kwestie).leeftijdsklasse
    if door in DOOR_BIJ_LEEFTIJD.get(leeftijd, DOOR_VANAF_16):
        return
    words = {
        "0-11": _("De cliënt is jonger dan 12. Vraag een ouder of voogd."),
        "12-15": _(
            "De cliënt is 12 tot 16. Vraag de jeugdige, en als dat nodig is ook een"
            " ouder of voogd. Kies wie het goed vindt."
        ),
    }
    said = words.get(
        leeftijd, _("Vanaf 16 jaar beslist de cliënt zelf. Vraag de cliënt.")
    )
    raise KwestieError(said, "gegeven_door")


@transaction.atomic
def revoke_toestemming(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, toestemming_id: UUID
) -> Toestemming:
    """The client takes it back: from now on it holds no more, and that stays so."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    found = _of(kwestie, toestemming_id)
    if found is None or found.ingetrokken_op is not None:
        raise KwestieError(_("Deze toestemming is al ingetrokken."))
    found.ingetrokken_op = timezone.now()
    found.ingetrokken_door_id = actor.user_id
    found.save(update_fields=["ingetrokken_op", "ingetrokken_door"])
    logboek.toestemming_ingetrokken(actor, kwestie, found)
    return found


def _of(kwestie: Kwestie, toestemming_id: UUID) -> Toestemming | None:
    return Toestemming.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie, pk=toestemming_id
    ).first()


def consent_for(
    kwestie: Kwestie, toestemming_id: UUID | None, met: Iterable[str], moment: datetime
) -> Toestemming:
    """The consent under which a talk at ``moment`` may be without the client.

    Raises KwestieError when there is none or it does not hold (V5: S12, S13).
    """
    if toestemming_id is None:
        raise KwestieError(
            _(
                "Dit mag niet: “De cliëntondersteuner voert geen inhoudelijke gesprekken"
                " met hulpverleners als de cliënt daarbij niet aanwezig is.” Dat geldt"
                " ook voor de gemeente. Heeft de cliënt er vooraf uitdrukkelijk"
                " toestemming voor gegeven? Kies die dan bij “Met welke toestemming?”."
                " Is er geen toestemming, praat er dan over met je teamleider."
            ),
            "is_client_aanwezig",
        )
    found = _of(kwestie, toestemming_id)
    if found is None:
        raise KwestieError(
            _("Kies een toestemming die bij deze kwestie hoort."), "toestemming"
        )
    _check_holds(found, set(met) & set(INHOUDELIJK_MET), moment)
    return found


def _check_holds(found: Toestemming, met: set[str], moment: datetime) -> None:
    if met != {found.ontvanger_soort}:
        ontvanger = str(Toestemming.Ontvanger(found.ontvanger_soort).label)
        raise KwestieError(
            _(
                "Deze toestemming is voor een gesprek met: %(ontvanger)s. Vraag de"
                " cliënt om toestemming voor dit gesprek, en leg die vast."
            )
            % {"ontvanger": ontvanger},
            "toestemming",
        )
    if moment < found.gegeven_op:
        raise KwestieError(
            _(
                "De cliënt gaf deze toestemming pas op %(op)s, na dit contact. Klopt"
                " het tijdstip van het contact?"
            )
            % {"op": _words(found.gegeven_op)},
            "toestemming",
        )
    if found.ingetrokken_op is not None and moment >= found.ingetrokken_op:
        raise KwestieError(
            _(
                "De cliënt heeft deze toestemming ingetrokken op %(op)s. Praat niet"
                " zonder de cliënt, of vraag de cliënt opnieuw om toestemming."
            )
            % {"op": _words(found.ingetrokken_op)},
            "toestemming",
        )
    if found.geldig_tot is not None and timezone.localdate(moment) > found.geldig_tot:
        raise KwestieError(
            _(
                "Deze toestemming gold tot en met %(dag)s. Vraag de cliënt opnieuw om"
                " toestemming, en leg die vast."
            )
            % {"dag": date_format(found.geldig_tot, "j F Y")},
            "toestemming",
        )


def _words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")
