"""The rules of casework that are about more than one field (model.md §2.5).

Each is also a constraint or trigger in PostgreSQL where that can hold it; here it is
said first, in words that tell what to do. V5 is S12.

Guarded by tests/cases/test_registration.py and test_services.py, with their twins in
test_sql_rules.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.codelists import codes, label
from cases.eigen import is_subaard
from cases.models import (
    INHOUDELIJK_MET,
    MET_DOEL,
    TRAJECT_BIJ_RESULTAAT,
    Kwestie,
    Status,
    Wederpartij,
)

VANAF = date(2015, 1, 1)  # S129: the function exists in law from this day
ZONDER_START = ("VRAAG", "MELDING")  # may be answered at once
# The client ended or moved on before support began, so there may be no goal.
GESTOPT = ("AFGEZIEN", "CONTACT", "BUITEN", "VERWEZEN")
# Fields of which the value is one code of a list.
LIJSTEN = {
    "aard": "aard",
    "soort": "soort_kwestie",
    "wet": "wet",
    "kanaal": "kanaal",
    "rol": "rol_hulpvrager",
    "vertrouwelijkheid": "vertrouwelijkheid",
}


class KwestieError(Exception):
    """A rule says no. ``veld``: the field it is about, '' when about the whole."""

    def __init__(self, tekst: str | Promise, veld: str = "") -> None:
        super().__init__(str(tekst))
        self.tekst = str(tekst)
        self.veld = veld


def check_codes(kwestie: Kwestie) -> None:
    """V1 and its like: exactly one known code in each coded field."""
    for veld, lijst in LIJSTEN.items():
        if getattr(kwestie, veld) not in codes(lijst):
            raise KwestieError(_("Kies een van de mogelijkheden."), veld)
    if kwestie.fase and kwestie.fase not in codes("fase"):
        raise KwestieError(_("Kies een van de mogelijkheden."), "fase")
    several = {
        "wetten": codes("wet"),
        "levensdomein": codes("levensdomein"),
        "wederpartij": tuple(Wederpartij.values),
    }
    for veld, mogelijk in several.items():
        if not set(getattr(kwestie, veld)) <= set(mogelijk):
            raise KwestieError(_("Kies een van de mogelijkheden."), veld)


def check_subaard(kwestie: Kwestie) -> None:
    """V2: the further description belongs to the aard."""
    sub = kwestie.subaard
    if not sub:
        return
    known = sub in codes("subaard") or is_subaard(kwestie.tenant_id, sub)
    if not known or not sub.startswith(f"{kwestie.aard}."):
        raise KwestieError(
            _(
                "Deze nadere aanduiding hoort niet bij de aard “%(aard)s”. Kies een"
                " andere of laat haar leeg."
            )
            % {"aard": label("aard", kwestie.aard)},
            "subaard",
        )


def check_wetten(kwestie: Kwestie) -> None:
    """V3: exactly one law is the main one; the others are others."""
    if kwestie.wet in kwestie.wetten:
        raise KwestieError(
            _("Deze wet is al de hoofdwet. Haal haar weg bij de andere wetten."),
            "wetten",
        )


def check_datum(dag: date, veld: str = "datum") -> None:
    """V16: between 1 January 2015 and today."""
    if dag > timezone.localdate():
        raise KwestieError(
            _("Deze datum ligt in de toekomst. Vul vandaag of een eerdere dag in."),
            veld,
        )
    if dag < VANAF:
        raise KwestieError(
            _("De datum kan niet voor 1 januari 2015 liggen. Vul een latere dag in."),
            veld,
        )


def check_tijdstip(moment: datetime) -> None:
    """V16 for a contact: it has been."""
    check_datum(timezone.localdate(moment))
    if moment > timezone.now():
        raise KwestieError(
            _("Dit tijdstip ligt in de toekomst. Vul in wanneer het contact was."),
            "tijd",
        )


def check_anoniem(identiteitsstatus: str, **identiteit: str) -> None:
    """V7: of an anonymous client nothing that tells who it is; of others a name."""
    if identiteitsstatus == "ANONIEM":
        for veld, waarde in identiteit.items():
            if waarde:
                raise KwestieError(
                    _(
                        "Deze cliënt blijft anoniem. Maak dit veld leeg, of kies bij"
                        " “Wie is de cliënt?” dat de cliënt op naam is."
                    ),
                    veld,
                )
    elif not identiteit.get("naam"):
        raise KwestieError(
            _("Vul de naam van de cliënt in, of kies dat de cliënt anoniem is."),
            "naam",
        )


def is_zonder_client(
    met: Iterable[str], is_inhoudelijk: bool | None, is_client_aanwezig: bool | None
) -> bool:
    """V5 (S12): True for a talk about the client without the client.

    Such a talk needs a consent (``services.toestemming``).
    """
    if not set(met) & set(INHOUDELIJK_MET):
        return False
    if is_inhoudelijk is None:
        raise KwestieError(
            _("Geef aan of het gesprek inhoudelijk over de cliënt ging."),
            "is_inhoudelijk",
        )
    return is_inhoudelijk and not is_client_aanwezig


def check_doel(kwestie: Kwestie) -> None:
    """S134: from the start of support on the client's own goal is on record."""
    if kwestie.status in MET_DOEL and not kwestie.doel_client:
        raise KwestieError(
            _("Schrijf op wat de cliënt wil bereiken. Zonder doel start je niet."),
            "doel_client",
        )


def check_afgerond(kwestie: Kwestie, activiteiten: Iterable[str]) -> None:
    """V4: what has to be known of a kwestie that is closed.

    activiteiten: what was done in all its contacts.
    """
    if kwestie.status != Status.AFGEROND:
        return
    if kwestie.resultaat not in codes("resultaat"):
        raise KwestieError(_("Kies het resultaat."), "resultaat")
    if not list(activiteiten):
        raise KwestieError(
            _("Kies wat je hebt gedaan. Minstens één activiteit is nodig."),
            "activiteiten",
        )
    if kwestie.soort in ZONDER_START:
        return
    if kwestie.wet == "ONBEKEND":
        raise KwestieError(
            _("Kies de wet. Bij het afronden is “nog niet bepaald” niet genoeg."),
            "wet",
        )
    if not kwestie.levensdomein:
        raise KwestieError(_("Kies minstens één levensdomein."), "levensdomein")


def check_start(kwestie: Kwestie) -> None:
    """A kwestie that goes from its start to its end at once: when that may be.

    A question or a report may; of others the goal is on record (S134), unless the
    client stopped or moved on before there was one.
    """
    if (
        kwestie.soort not in ZONDER_START
        and kwestie.resultaat not in GESTOPT
        and not kwestie.doel_client
    ):
        raise KwestieError(_("Schrijf op wat de cliënt wilde bereiken."), "doel_client")


def check_routes(kwestie: Kwestie) -> None:
    """V15: a result that names a route has that route on record."""
    if kwestie.status != Status.AFGEROND:
        return
    if kwestie.resultaat == "VERWEZEN" and not kwestie.verwijzingen.exists():
        raise KwestieError(_("Kies waarheen je hebt doorverwezen."), "instantie_type")
    types = TRAJECT_BIJ_RESULTAAT.get(kwestie.resultaat)
    if types and not kwestie.trajecten.filter(type__in=types).exists():
        raise KwestieError(
            _("Kies bij “Soort procedure” een procedure die past bij “%(resultaat)s”.")
            % {"resultaat": label("resultaat", kwestie.resultaat)},
            "traject_type",
        )


# What an old register can have left out, and when it is there after all.
AANVULBAAR: dict[str, Callable[[Kwestie], bool]] = {
    "levensdomein": lambda k: bool(k.levensdomein),
    "doel_client": lambda k: bool(k.doel_client),
    "wet": lambda k: k.wet != "ONBEKEND",
    "activiteiten": lambda k: bool(k.activiteiten),
    "verwijzing": lambda k: k.verwijzingen.exists(),
    "traject": lambda k: k.trajecten.filter(
        type__in=TRAJECT_BIJ_RESULTAAT.get(k.resultaat, ())
    ).exists(),
}


def still_missing(kwestie: Kwestie) -> list[str]:
    """What remains of ``aan_te_vullen`` now."""
    return [
        naam
        for naam in kwestie.aan_te_vullen
        if naam not in AANVULBAAR or not AANVULBAAR[naam](kwestie)
    ]
