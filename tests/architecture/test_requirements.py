"""What the seed texts ask to be selectable is so, and what they rule out is absent.

Each row names its S-number; docs/requirements.md has all 183. A row of casework that
must be there has a test of its own, named after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps

from cases import codelists
from cases.forms import (
    AfrondForm,
    BewerkForm,
    ContactForm,
    RegistratieForm,
    TrajectForm,
    VerwijzingForm,
)
from cases.forms.achtergrond import AchtergrondForm
from tenants.roles import ROLLEN

STOREYS = ("privacy", "tenants", "cases", "signalering")
# The rows of casework that must be there.
MUST = (
    *(6, 10, 11, 12, 13, 14, 16, 19, 20, 23, 28, 40, 50, 51, 52, 53, 54, 55, 57, 58),
    *(59, 60, 62, 63, 64, 69, 70, 71, 72, 74, 79, 80, 81, 82, 84, 86, 89, 90, 91, 104),
    *(110, 112, 113, 118, 131, 132, 134, 135, 137, 140, 148, 149, 150, 151, 152, 160),
    *(161, 163, 166, 169, 170, 174, 176),
)
WAITS: dict[int, str] = {}
# Field in which a colleague chooses a code of this list.
CHOSEN_IN: dict[str, list[tuple[type[forms.Form], str]]] = {
    "activiteit": [(ContactForm, "activiteiten"), (RegistratieForm, "activiteiten")],
    "aard": [(RegistratieForm, "aard"), (BewerkForm, "aard")],
    "subaard": [(RegistratieForm, "subaard"), (BewerkForm, "subaard")],
    "soort_kwestie": [(RegistratieForm, "soort"), (BewerkForm, "soort")],
    "wet": [(RegistratieForm, "wet"), (BewerkForm, "wet")],
    "levensdomein": [(BewerkForm, "levensdomein"), (AfrondForm, "levensdomein")],
    "rol_hulpvrager": [(RegistratieForm, "rol")],
    "resultaat": [(AfrondForm, "resultaat")],
    "instantie_type": [(VerwijzingForm, "instantie_type")],
    "fase": [(BewerkForm, "fase")],
    "doelgroep": [(AchtergrondForm, "doelgroepen")],
    "functie": [(AchtergrondForm, "functies")],
    "vindplaats": [(ContactForm, "vindplaats")],
    "identiteitsstatus": [(RegistratieForm, "identiteitsstatus")],
    "vertrouwelijkheid": [(BewerkForm, "vertrouwelijkheid")],
}
ASKED: list[tuple[str, str, str]] = [
    ("S1", "levensdomein", "WELZ"),
    ("S1", "wet", "ONBEKEND"),
    ("S14", "soort_kwestie", "VRAAG WENS KLACHT"),
    ("S14", "activiteit", "IND.BRIEF IND.GESPREK"),
    ("S20", "identiteitsstatus", "ANON_ZORG"),
    ("S20", "activiteit", "IND.INWIN"),
    ("S35", "aard", "FIN REL ORG WEI BEH OVE"),
    ("S40", "fase", "KNELP"),
    ("S40", "soort_kwestie", "ONVREDE"),
    ("S47", "functie", "OVP KLF OMB_L"),
    ("S53", "doelgroep", "PGB VERSL DAKTH PSYCH MZ"),
    ("S54", "levensdomein", "MO PREV ZORG JEUGD OND WELZ WON W_INK"),
    ("S55", "activiteit", "IND.INFO IND.VERHELD IND.KORT"),
    (
        "S57",
        "activiteit",
        "IND.INFO IND.VERHELD IND.BEMID IND.VERWIJS IND.KORT IND.CRISIS IND.MONIT"
        " IND.KLACHT IND.BEZWAAR IND.BEROEP",
    ),
    ("S60", "fase", "VOORB KTG VERSLAG BESLUIT"),
    ("S62", "rol_hulpvrager", "CLIENT FAMILIE MANTEL"),
    ("S64", "wet", "ZVW PW ONDW"),
    ("S67", "activiteit", "IND.NETWERK COL.NETW"),
    ("S68", "activiteit", "COL.NETW COL.ERVAR"),
    ("S69", "instantie_type", "GGZ MEE OUDA CLO"),
    ("S70", "doelgroep", "VB LB ZB ASS"),
    ("S72", "activiteit", "COL.LOTG IND.BEZWAAR"),
    ("S73", "instantie_type", "VT CJG WMOL MZSP VRD"),
    ("S79", "vertrouwelijkheid", "STRIKT"),
    ("S80", "activiteit", "IND.RECHT"),
    ("S81", "activiteit", "IND.VERHELD"),
    ("S82", "activiteit", "IND.NETWERK"),
    ("S83", "activiteit", "IND.PLAN IND.BEMID"),
    ("S85", "activiteit", "COL.LOTG COL.GESPR COL.TRAIN"),
    ("S86", "activiteit", "IND.RECHT IND.KLACHT IND.BESPREEK"),
    ("S89", "subaard", "REL.ONGEW"),
    ("S90", "subaard", "REL.SAM REL.ONBILL"),
    ("S93", "rol_hulpvrager", "JEUGDIGE OUDER PLEEG FAMILIE"),
    ("S104", "subaard", "REL.INFO REL.BEJ"),
    ("S104", "activiteit", "IND.GESPREK"),
    ("S113", "soort_kwestie", "MELDING"),
    ("S113", "resultaat", "GEMELD"),
    ("S119", "activiteit", "COL.VOORL"),
    ("S120", "activiteit", "IND.COACH"),
    ("S133", "resultaat", "EIGEN"),
    ("S135", "activiteit", "IND.VERHELD"),
    ("S148", "wet", "WMO JW PW"),
    ("S149", "activiteit", "IND.AANBOD"),
    ("S150", "activiteit", "IND.BEMID IND.VERWIJS IND.KLACHT"),
    ("S172", "functie", "OVP KLF MENTOR"),
    ("S170", "vindplaats", "THUIS INST SCHOOL STRAAT"),
]
PRESENT: list[tuple[str, str, str]] = [
    ("S2", "wet", "JW WMO WLZ"),
    ("S59", "dienst", "VP_SD OCO_SD"),
    ("S93", "dienst", "VP_JEUGD"),
    ("S155", "functie", "KLC BBC OMB_L OMB_N"),
    ("S157", "functie", "OMB_L OMB_N"),
]
# (S-number, what has no place in any model): judging, deciding, invoicing, identifying.
ABSENT = [
    ("S10", r"standpunt|mening|visie"),
    ("S11", r"oordeel|gegrond|gelijk"),
    ("S16", r"hulpplan|indicatie|beschikking|zorgplan"),
    ("S21", r"bsn|burgerservicenummer|geboorte(?!jaar)|nationaliteit|religie|geslacht"),
    ("S48", r"bedrag|tarief|prijs|factuur|kosten"),
    ("S92", r"ontvankelijk|hoorzitting|uitspraak"),
    ("S163", r"verwijsbrief"),
    ("S176", r"overgenomen|overname"),
]


def offered(form: type[forms.Form], name: str) -> Iterator[str]:
    """The codes a field offers, also those under a heading."""
    field: Any = form.base_fields[name]
    for code, label in field.choices:
        if isinstance(label, list | tuple):
            yield from (str(inner) for inner, _name in label)
        else:
            yield str(code)


def test_each_row_that_must_be_there_has_a_test_of_its_name() -> None:
    tests = Path(__file__).resolve().parents[1].rglob("test_*.py")
    text = "\n".join(path.read_text("utf-8") for path in tests)
    named = {int(n) for n in re.findall(r"def test_s(\d{3})_", text)}
    assert set(MUST) - named - set(WAITS) == set()
    assert 10 in named
    assert set(WAITS) <= set(MUST)


@pytest.mark.parametrize(
    ("number", "lijst", "wanted"), ASKED, ids=[f"{n}-{lst}" for n, lst, _c in ASKED]
)
def test_what_is_asked_for_can_be_chosen(number: str, lijst: str, wanted: str) -> None:
    for form, name in CHOSEN_IN[lijst]:
        missing = set(wanted.split()) - set(offered(form, name))
        assert missing == set(), (number, form.__name__)


@pytest.mark.parametrize(
    ("number", "lijst", "wanted"),
    [*ASKED, *PRESENT],
    ids=[f"{n}-{lst}" for n, lst, _c in [*ASKED, *PRESENT]],
)
def test_what_is_asked_for_is_in_the_lists(
    number: str, lijst: str, wanted: str
) -> None:
    assert set(wanted.split()) - set(codelists.codes(lijst)) == set(), number


def test_every_activity_with_or_for_a_client_counts_in_the_report() -> None:
    groups = {
        code: codelists.publieksgroep("activiteit", code)
        for code in codelists.codes("activiteit")
    }
    assert {code for code, group in groups.items() if group is None} == {
        "INT.KLANK",
        "INT.OVERL",
    }
    assert codelists.publieksgroepen("activiteit") == (  # S130
        "Informatie en advies",
        "Ondersteuning",
        "Verwijzing",
        "Hulp bij procedures",
        "Collectief",
    )


def test_the_procedures_of_s105_can_be_recorded() -> None:
    assert set(offered(TrajectForm, "traject_type")) - {""} >= {
        *("klacht_awb", "klacht_wkkgz", "klacht_wmo_aanbieder", "klacht_jeugdwet"),
        *("klacht_wzd", "klacht_wvggz", "bezwaar", "beroep", "geschil", "ombudsman"),
    }


def test_s152_the_two_questions_are_on_the_form() -> None:
    labels = [str(field.label) for field in BewerkForm.base_fields.values()]
    assert "Waar loop ik tegenaan?" in labels
    assert "Hoe wil ik dat oplossen?" in labels


@pytest.mark.parametrize(("number", "pattern"), ABSENT, ids=[n for n, _p in ABSENT])
def test_what_is_ruled_out_has_no_place_in_any_model(number: str, pattern: str) -> None:
    names = [
        f"{model.__name__}.{field.name}"
        for storey in STOREYS
        for model in apps.get_app_config(storey).get_models()
        for field in model._meta.get_fields()
    ]
    assert len(names) > 100
    found = [name for name in names if re.search(pattern, name, re.I)]
    # Of another body, with the day and the body: S11 allows it on the route alone.
    if number == "S11":
        found = [name for name in found if not name.startswith("ExternTraject.oordeel")]
    assert found == [], number


def test_no_role_of_a_commissioning_party_administers_anything() -> None:  # S98
    of_others = {r.value for rol in ROLLEN.values() for r in rol.rechten} - {
        "rapportage_ontvangen",
        "rapportage_reageren",
    }
    held = {
        r.value
        for rol in ROLLEN.values()
        if rol.soort == "OPDRACHTGEVER"
        for r in rol.rechten
    }
    assert held == {
        "rapportage_ontvangen",
        "rapportage_concept",
        "rapportage_reageren",
        "rapportage_downloaden",
    }
    assert "tenant_beheren" in of_others
