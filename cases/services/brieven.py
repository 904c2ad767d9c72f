"""Letters with the client: typed, discussed, agreed, and then final.

Rules: nothing becomes final before the client agreed with this very text (S23); to the
gemeente or a hulpverlener only with a consent that holds (V5: S12, S13); who is
anonymous, or anonymous to care, is not in a letter that goes out (V8: S20).

Guarded by tests/cases/test_brieven.py; what PostgreSQL holds by test_brieven_sql.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.brieven import (
    Document,
    Invoer,
    Invulling,
    OnbekendVeld,
    VerborgenVeld,
    compose,
    identity_in,
)
from cases.brieven.sjablonen import is_client_named
from cases.logboek import brieven as logboek
from cases.models import Brief, Client, Kwestie, Prullenbak, Toestemming
from cases.services.handeling import remember, snapshot
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, once, own_locked
from cases.services.toestemming import check_leeftijd, consent_for
from tenants.access import Wie
from tenants.models import Medewerker

ADVIESPUNT = "Adviespunt"
MET_TOESTEMMING = (Brief.Aan.HULPVERLENER, Brief.Aan.GEMEENTE)
TEKSTEN = ("aan", "onderwerp", "woorden", "tekst", "wens")


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefgegevens:
    """What is typed and chosen for a letter.

    aan_soort: what kind of reader (Brief.Aan); aan: name and address on the letter.
    woorden: what happened, in the client's own words; wens: what the client wants.
    """

    soort: str
    aan_soort: str
    aan: str = ""
    onderwerp: str = ""
    woorden: str = ""
    tekst: str = ""
    wens: str = ""
    toestemming_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Akkoord:
    """When the letter was discussed and agreed with, by whom, and how they said so."""

    besproken_op: date
    akkoord_op: date
    door: str
    wijze: str


# ----------------------------------------------------------------------- its text


def is_hidden(kwestie: Kwestie, aan_soort: str) -> bool:
    """V8: in a letter to this kind of reader nothing tells who the client is."""
    if kwestie.client_id is None:
        return True
    is_known = kwestie.identiteitsstatus == Client.Identiteit.BEKEND
    return not is_known and aan_soort != Brief.Aan.CLIENT


def document_of(kwestie: Kwestie, gegevens: Briefgegevens) -> Document:
    """The letter as it would be now. Raises KwestieError."""
    invoer, invulling = _filled(kwestie, gegevens)
    try:
        return compose(invoer, invulling)
    except OnbekendVeld as error:
        raise KwestieError(
            _("In de tekst staat {%(veld)s}. Dat veld bestaat niet. Haal het weg.")
            % {"veld": error}
        ) from error
    except VerborgenVeld as error:
        raise KwestieError(
            _(
                "In de tekst staat {%(veld)s}. De cliënt wil niet met naam bekend zijn"
                " bij wie deze brief leest. Haal het weg."
            )
            % {"veld": error}
        ) from error


def _filled(kwestie: Kwestie, gegevens: Briefgegevens) -> tuple[Invoer, Invulling]:
    given = _toestemming(kwestie, gegevens)
    hidden = is_hidden(kwestie, gegevens.aan_soort)
    client = None if hidden else kwestie.client
    waarden = {
        "adviespunt": ADVIESPUNT,
        "opdrachtgever": kwestie.tenant.naam,
        **_supporter(kwestie),
        "nummer": kwestie.nummer,
        "vandaag": _day(timezone.localdate()),
    }
    if client is not None:
        for name in ("naam", "adres", "telefoon", "email"):
            waarden[name] = getattr(client, name)
    if given is not None:
        waarden |= _consent_words(given)
    invoer = Invoer(
        soort=gegevens.soort,
        titel=str(Brief.Soort(gegevens.soort).label),
        toestemming=given.onderwerp if given else "",
        **{name: getattr(gegevens, name) for name in TEKSTEN},
    )
    return invoer, Invulling(waarden, hidden)


def _supporter(kwestie: Kwestie) -> dict[str, str]:
    """Name and title of who writes: the title of her functievariant (S5)."""
    found = Medewerker.objects.filter(pk=kwestie.ondersteuner_id).first()
    functie = found.functie if found else Medewerker.Functie.OCO
    if functie == Medewerker.Functie.OVERIG:  # no title of its own
        functie = Medewerker.Functie.OCO
    titel = str(Medewerker.Functie(functie).label)
    return {
        "ondersteuner": found.naam if found else ADVIESPUNT,
        "functie": titel[:1].lower() + titel[1:],
    }


def _consent_words(given: Toestemming) -> dict[str, str]:
    until = given.geldig_tot
    return {
        "toestemming_met": given.ontvanger_naam,
        "toestemming_op": _day(timezone.localdate(given.gegeven_op)),
        "toestemming_tot": f"tot en met {_day(until)}" if until else "tot intrekking",
    }


def _day(day: date) -> str:
    with override("nl"):  # a letter is in Dutch, whoever makes it
        return date_format(day, "j F Y")


def _toestemming(kwestie: Kwestie, gegevens: Briefgegevens) -> Toestemming | None:
    if gegevens.toestemming_id is None:
        return None
    rows = Toestemming.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    found = rows.filter(pk=gegevens.toestemming_id).first()
    if found is None:
        raise KwestieError(
            _("Kies een toestemming die bij deze kwestie hoort."), "toestemming"
        )
    return found


def named_in(kwestie: Kwestie, gegevens: Briefgegevens) -> tuple[str, ...]:
    """What of the client's identity was typed in the letter itself."""
    client = kwestie.client
    if client is None:
        return ()
    invoer, invulling = _filled(kwestie, gegevens)
    typed = f"{invoer.getypt}\n{invulling.waarden.get('toestemming_met', '')}"
    rest = (client.telefoon, client.email, client.adres)
    return identity_in(typed, client.naam, *rest)


# -------------------------------------------------------------------------- the verbs


@transaction.atomic
def save_brief(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    gegevens: Briefgegevens,
    brief_id: UUID | None = None,
    versie: int | None = None,
) -> Brief:
    """A new concept (``versie`` None; the form chose ``brief_id``), or one changed that
    was at ``versie``. Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    _check_text(kwestie, gegevens)
    if versie is not None:
        brief = _concept(kwestie, brief_id, versie)
        brief.versie += 1
    else:
        brief_id = brief_id or uuid4()
        before = kwestie.brief_rijen.filter(pk=brief_id).first()
        if before is not None:
            return before
        brief = Brief(id=brief_id, tenant_id=tenant_id, kwestie=kwestie)
        brief.opgesteld_door_id = _user(actor)
    _take(brief, gegevens)
    if versie is not None:
        brief.save()
    else:
        with once("cases_brief_pkey"):
            brief.save(force_insert=True)
        new = (Prullenbak.Soort.BRIEF, brief.pk)
        remember(actor, kwestie, snapshot(kwestie), gemaakt=[new])
    logboek.brief_bewaard(actor, kwestie, brief)
    return brief


def _user(actor: Wie) -> UUID:
    assert actor.user_id is not None  # noqa: S101 (own_locked asked her rights)
    return actor.user_id


def _take(brief: Brief, gegevens: Briefgegevens) -> None:
    brief.soort, brief.aan_soort = gegevens.soort, gegevens.aan_soort
    brief.toestemming_id = gegevens.toestemming_id
    brief.gewijzigd_op = timezone.now()
    for name in TEKSTEN:
        setattr(brief, name, getattr(gegevens, name))


def _check_text(kwestie: Kwestie, gegevens: Briefgegevens) -> None:
    if gegevens.soort not in Brief.Soort.values:
        raise KwestieError(_("Kies een van de mogelijkheden."), "soort")
    if gegevens.aan_soort not in Brief.Aan.values:
        raise KwestieError(_("Kies aan wie de brief is."), "aan_soort")
    if gegevens.soort == Brief.Soort.MACHTIGING and gegevens.toestemming_id is None:
        raise KwestieError(
            _(
                "Een machtiging gaat over een toestemming die de cliënt gaf. Leg die"
                " eerst vast bij de kwestie, en kies haar hier."
            ),
            "toestemming",
        )
    document_of(kwestie, gegevens)
    named = named_in(kwestie, gegevens)
    if named and is_hidden(kwestie, gegevens.aan_soort):
        raise KwestieError(
            _(
                "De cliënt wil niet met naam bekend zijn bij wie deze brief leest. In de"
                " tekst staat: %(woorden)s. Haal dit weg."
            )
            % {"woorden": ", ".join(named)}
        )


def _concept(kwestie: Kwestie, brief_id: UUID | None, versie: int) -> Brief:
    """The letter, not final and as the actor saw it last."""
    brief = kwestie.brief_rijen.filter(pk=brief_id).first() if brief_id else None
    if brief is None:
        raise KwestieError(_("Deze brief is weggegooid."))
    if brief.is_definitief:
        raise KwestieError(
            _("Deze brief is definitief. Maak een nieuwe brief als er iets verandert.")
        )
    if brief.versie != versie:
        raise KwestieError(
            _(
                "Iemand heeft deze brief intussen veranderd. Open hem opnieuw in een"
                " ander tabblad, en neem jouw wijziging over."
            )
        )
    return brief


def gegevens_of(brief: Brief) -> Briefgegevens:
    """What was typed for this letter."""
    return Briefgegevens(
        soort=brief.soort,
        aan_soort=brief.aan_soort,
        toestemming_id=brief.toestemming_id,
        **{name: getattr(brief, name) for name in TEKSTEN},
    )


@transaction.atomic
def finish_brief(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    brief_id: UUID,
    versie: int,
    akkoord: Akkoord,
) -> Brief:
    """The client agreed: the letter is as it is. Raises Refused, KwestieError."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    brief = _concept(kwestie, brief_id, versie)
    gegevens = gegevens_of(brief)
    _check_text(kwestie, gegevens)
    _check_akkoord(kwestie, brief, akkoord)
    _check_consent(kwestie, brief)
    document = document_of(kwestie, gegevens)
    invoer, invulling = _filled(kwestie, gegevens)
    brief.is_met_client = is_client_named(invoer, invulling) or bool(
        named_in(kwestie, gegevens)
    )
    brief.inhoud = document.as_text()
    brief.besproken_op, brief.akkoord_op = akkoord.besproken_op, akkoord.akkoord_op
    brief.akkoord_door, brief.akkoord_wijze = akkoord.door, akkoord.wijze
    brief.definitief_op, brief.definitief_door_id = timezone.now(), actor.user_id
    brief.save()
    logboek.brief_definitief(actor, kwestie, brief)
    return brief


def _check_akkoord(kwestie: Kwestie, brief: Brief, akkoord: Akkoord) -> None:
    """S23: discussed, then agreed, with the text as it is now, by who may say so."""
    if akkoord.wijze not in Toestemming.Wijze.values:
        raise KwestieError(_("Kies hoe de cliënt dit liet weten."), "wijze")
    check_leeftijd(kwestie, akkoord.door)
    if akkoord.akkoord_op > timezone.localdate():
        raise KwestieError(_("Deze dag moet nog komen."), "akkoord_op")
    if akkoord.akkoord_op < akkoord.besproken_op:
        raise KwestieError(
            _("Bespreek de brief eerst. Daarna kan de cliënt akkoord zijn."),
            "akkoord_op",
        )
    changed = timezone.localdate(brief.gewijzigd_op)
    if akkoord.akkoord_op < changed:
        raise KwestieError(
            _(
                "De tekst is op %(dag)s nog veranderd. Leg de brief opnieuw voor aan de"
                " cliënt."
            )
            % {"dag": date_format(changed, "j F Y")},
            "akkoord_op",
        )


def _check_consent(kwestie: Kwestie, brief: Brief) -> None:
    """V5: a letter to them is a talk without the client."""
    if brief.aan_soort not in MET_TOESTEMMING:
        return
    if brief.toestemming_id is None:
        raise KwestieError(
            _(
                "Deze brief gaat naar de gemeente of een hulpverlener. Dat mag alleen"
                " met toestemming van de cliënt. Leg de toestemming vast bij de kwestie,"
                " en kies haar bij de brief."
            )
        )
    consent_for(kwestie, brief.toestemming_id, [brief.aan_soort], timezone.now())
