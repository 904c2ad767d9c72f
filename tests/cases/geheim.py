"""Doorbrekingen and meldcodes for tests, made by the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Doorbreking, Kwestie, MeldcodeTraject
from cases.services import doorbreken, meldcode
from cases.services.doorbreken import Aanvraag
from cases.services.meldcode import Afweging
from tenants.scope import acting_as
from tests import people

BELANG = {
    "feiten": "De cliënt is al twee dagen niet te bereiken.",
    "geen_toestemming": "Niet te vragen.",
    "geprobeerd": "Gebeld, geschreven, aangebeld.",
    "ernst": "Zonder medicijnen wordt de cliënt ernstig ziek.",
    "minimaal": "Dat iemand moet gaan kijken.",
    "ontvanger": "De dienstdoende huisarts.",
}
GEVAAR = {
    **{naam: tekst for naam, tekst in BELANG.items() if naam != "ernst"},
    "wie": "Een huisgenoot.",
    "gevaar": "Geweld met een mes.",
    "concreet": "De cliënt noemde de dag en de plaats.",
}


def aanvraag(**over: Any) -> Aanvraag:
    given: dict[str, Any] = {
        "grond": "BELANG_CLIENT",
        "teksten": BELANG,
        "toetser_id": people.ident("bram"),
        "beslisser_id": people.ident("fatma"),
        **over,
    }
    return Aanvraag(**given)


def request(kwestie: Kwestie, naam: str = "anna", **over: Any) -> Doorbreking:
    wie = people.wie(naam)
    with acting_as(wie.scope(kwestie.tenant_id)):
        return doorbreken.request_doorbreking(
            actor=wie,
            tenant_id=kwestie.tenant_id,
            kwestie_id=kwestie.pk,
            aanvraag=aanvraag(**over),
        )


def carry(
    verb: str, row: Doorbreking | MeldcodeTraject, naam: str, **given: Any
) -> Any:
    """One verb of either procedure as this person."""
    wie = people.wie(naam)
    module = doorbreken if isinstance(row, Doorbreking) else meldcode
    with acting_as(wie.scope(row.tenant_id)):
        return getattr(module, verb)(
            actor=wie, tenant_id=row.tenant_id, pk=row.pk, **given
        )


def allowed(kwestie: Kwestie) -> Doorbreking:
    """Looked at by Bram and allowed by Fatma."""
    row = request(kwestie)
    carry("review_doorbreking", row, "bram", is_akkoord=True, advies="Ja.")
    made: Doorbreking = carry(
        "decide_doorbreking", row, "fatma", is_toegestaan=True, besluit="Het moet."
    )
    return made


def start(kwestie: Kwestie, naam: str = "anna", **over: Any) -> MeldcodeTraject:
    wie = people.wie(naam)
    given: dict[str, Any] = {
        "signalen": "Blauwe plekken, en een verhaal dat niet klopt.",
        "signalen_op": date(2025, 3, 6),
        "functie": "Cliëntondersteuner",
        "verantwoordelijke_id": people.ident("bram"),
        **over,
    }
    with acting_as(wie.scope(kwestie.tenant_id)):
        return meldcode.start_meldcode(
            actor=wie, tenant_id=kwestie.tenant_id, kwestie_id=kwestie.pk, **given
        )


def consulted(row: MeldcodeTraject) -> None:
    carry(
        "record_consultatie",
        row,
        "anna",
        op=date(2025, 3, 7),
        tekst="Gedragsdeskundige: praat eerst.",
        is_veilig_thuis=True,
    )


def talked(row: MeldcodeTraject) -> None:
    consulted(row)
    carry("record_gesprek", row, "anna", op=date(2025, 3, 8), tekst="De cliënt huilde.")


def weighed(row: MeldcodeTraject, **over: Any) -> None:
    talked(row)
    given: dict[str, Any] = {
        "kindcheck": "NEE",
        "is_vermoeden": True,
        "is_onveilig": False,
        "is_hulp_haalbaar": True,
        "is_hulp_aanvaard": True,
        "is_hulp_werkzaam": False,
        "tekst": "De hulp komt te laat.",
        **over,
    }
    carry("weigh", row, "anna", afweging=Afweging(**given))


def decided(row: MeldcodeTraject) -> None:
    weighed(row)
    decide(row)


def decide(row: MeldcodeTraject) -> None:
    carry(
        "decide_meldcode",
        row,
        "anna",
        is_melden=True,
        melden="Het wordt niet op tijd veilig.",
        is_hulp=False,
        hulp="Veilig Thuis doet dat.",
    )
