"""The forms of casework: what is refused is said at the field, and nothing typed is
lost.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict

from cases.codelists import codes
from cases.forms import (
    AfrondForm,
    BewerkForm,
    ContactForm,
    FilterForm,
    RegistratieForm,
    WachtForm,
)
from cases.models import Kwestie
from cases.selectors import Filter
from cases.services import moment_on
from tenants.access import Plek, Wie
from tests.cases.seed import NAAM, POSTED, SEVEN

BSN = "111222333"
WORDS = ["t@v.example", "Annelies Kuipers", "06-12345678"]


def sent(**over: Any) -> QueryDict:
    """A POST of quick registration."""
    data = QueryDict(mutable=True)
    for name, value in {"id": str(uuid4()), **POSTED, **over}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_seven_fields_are_enough() -> None:
    form = RegistratieForm(sent())
    assert form.is_valid(), form.errors
    given = form.gegevens()
    assert {name: getattr(given, name) for name in SEVEN} == SEVEN
    required = [name for name, field in form.fields.items() if field.required]
    assert required == ["id", *_in_form_order(SEVEN)]


def _in_form_order(names: Any) -> list[str]:
    return [name for name in RegistratieForm.base_fields if name in names]


@pytest.mark.parametrize("name", list(SEVEN))
def test_each_of_the_seven_is_required_and_says_what_to_do(name: str) -> None:
    form = RegistratieForm(sent(**{name: ""}))
    assert list(form.errors) == [name]
    assert form.errors[name][0].startswith(("Kies", "Vul", "Dit veld"))


def test_date_and_channel_are_filled_in_beforehand() -> None:
    form = RegistratieForm()
    assert form["datum"].value() == "vandaag"
    assert form["kanaal"].value() == "TEL"
    assert form["id"].value() != RegistratieForm()["id"].value()


def test_the_six_kinds_are_radios_in_the_order_of_the_seed() -> None:
    html = str(RegistratieForm()["aard"])
    at = [html.index(f'value="{code}"') for code in codes("aard")]
    assert html.count('type="radio"') == 6
    assert at == sorted(at)


def test_names_of_an_anonymous_client_are_refused_and_kept_on_screen() -> None:
    typed = {"naam": NAAM, "telefoon": "026 1234567", "email": "t@v.example"}
    form = RegistratieForm(sent(**typed))
    assert not form.is_valid()
    assert set(form.errors) == set(typed)
    page = form.render()
    assert all(value in page for value in typed.values())


@pytest.mark.parametrize("status", ["BEKEND", "ANON_ZORG"])
def test_a_client_who_is_not_anonymous_has_a_name(status: str) -> None:
    form = RegistratieForm(sent(identiteitsstatus=status))
    assert set(form.errors) == {"naam"}
    assert RegistratieForm(sent(identiteitsstatus=status, naam=NAAM)).is_valid()


def test_a_bsn_blocks_until_the_writer_says_it_is_none() -> None:
    text = f"Haar nummer is {BSN}."
    form = RegistratieForm(sent(toelichting=text))
    assert set(form.errors) == {"toelichting"}
    assert "burgerservicenummer" in form.errors["toelichting"][0]
    assert not form["geen_bsn"].is_hidden
    assert text in str(form["toelichting"])
    again = RegistratieForm(sent(toelichting=text, geen_bsn="on"))
    assert again.is_valid()
    assert again.gegevens().bsn_akkoord


def test_without_a_bsn_nobody_is_asked_about_one() -> None:
    form = RegistratieForm(sent(toelichting="Dossier 111222334."))
    assert "burgerservicenummer" not in str(form.errors)
    assert form["geen_bsn"].is_hidden
    ticked = RegistratieForm(sent(toelichting="Niets.", geen_bsn="on"))
    assert ticked.is_valid()
    assert not ticked.gegevens().bsn_akkoord


def test_other_personal_data_are_shown_once_and_can_be_saved_then() -> None:
    text = "Mail t@v.example of bel Annelies Kuipers op 06-12345678."
    form = RegistratieForm(sent(toelichting=text))
    assert set(form.errors) == {"toelichting"}
    page = str(form["toelichting"].as_field_group())
    assert [word for word in WORDS if f"<mark>{word}</mark>" in page] == WORDS
    seen = re.findall(r'name="gezien" value="(\w+)"', page)
    assert RegistratieForm(sent(toelichting=text, gezien=seen)).is_valid()
    assert not RegistratieForm(sent(toelichting=text, gezien=seen[1:])).is_valid()
    more = f"{text} Of Bert Jansen."
    assert not RegistratieForm(sent(toelichting=more, gezien=seen)).is_valid()


@pytest.mark.parametrize(
    "text", ["De rolstoel past niet.", "Op 12 maart 2026 gesproken in Ede."]
)
def test_a_text_without_a_person_is_saved_at_once(text: str) -> None:
    assert RegistratieForm(sent(toelichting=text)).is_valid()


def test_the_folded_part_is_open_when_there_is_something_in_it() -> None:
    assert not RegistratieForm().is_gedaan_open
    assert not RegistratieForm().is_meer_open
    assert RegistratieForm(sent(minuten="x")).is_gedaan_open
    assert RegistratieForm(sent(activiteiten=["IND.INFO"])).is_gedaan_open
    assert RegistratieForm(sent(subaard="x")).is_meer_open


def test_only_results_without_a_procedure_are_offered_at_once() -> None:
    offered = {code for code, _label in RegistratieForm().fields["resultaat"].choices}
    assert offered == {"", *codes("resultaat")} - {"KLACHT_ING", "BEZW_ING", "OMB_GES"}


def test_nothing_on_a_form_sets_the_source_or_the_status() -> None:
    names = {
        name
        for form in (RegistratieForm, BewerkForm, ContactForm)
        for name in form.base_fields
    }
    assert not names & {"bron", "status", "tenant", "tenant_id", "ondersteuner"}


# ------------------------------------------------------------------------- contact


def contact(**over: Any) -> ContactForm:
    data = QueryDict(mutable=True)
    given = {
        "datum": "5-3-25",
        "tijd": "14.30",
        "kanaal": "TEL",
        "richting": "UIT",
        "met": ["CLIENT"],
        "activiteiten": ["IND.INFO"],
        **over,
    }
    for name, value in given.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return ContactForm(data)


def test_a_contact_has_its_day_and_time() -> None:
    form = contact()
    assert form.is_valid(), form.errors
    given = form.contact()
    assert f"{given.datum_tijd:%d-%m-%Y %H:%M}" == "05-03-2025 14:30"
    assert given.is_inhoudelijk is None
    assert (given.duur_min, given.met) == (0, ("CLIENT",))


def test_yes_and_no_are_understood() -> None:
    form = contact(is_inhoudelijk="ja", is_client_aanwezig="nee")
    assert form.is_valid()
    assert form.contact().is_inhoudelijk is True
    assert form.contact().is_client_aanwezig is False


@pytest.mark.parametrize("name", ["met", "activiteiten", "datum"])
def test_a_contact_needs_its_basics(name: str) -> None:
    assert list(contact(**{name: ""}).errors) == [name]


def test_a_day_without_a_time_is_at_noon() -> None:
    given = contact(tijd="")
    assert given.is_valid()
    assert f"{given.contact().datum_tijd:%H:%M}" == "12:00"
    assert moment_on(SEVEN["datum"]).hour == 12


# ------------------------------------------------------------------------- the rest


@pytest.mark.parametrize(
    ("status", "ways"),
    [
        ("IN_ONDERSTEUNING", ["WACHT_CLIENT", "WACHT_DERDEN"]),
        ("WACHT_CLIENT", ["IN_ONDERSTEUNING"]),
        ("AFGEROND", []),
    ],
)
def test_waiting_offers_the_arrows_there_are(status: str, ways: list[str]) -> None:
    form = WachtForm(kwestie=Kwestie(status=status))
    assert [code for code, _label in form.fields["naar"].choices] == ways


def test_closing_asks_only_what_is_missing() -> None:
    whole = Kwestie(
        soort="KLACHT",
        wet="WMO",
        status="IN_ONDERSTEUNING",
        levensdomein=["WON"],
        activiteiten=["IND.INFO"],
    )
    bare = Kwestie(soort="KLACHT", wet="ONBEKEND", status="TOEGEWEZEN")
    question = Kwestie(soort="VRAAG", wet="ONBEKEND", status="TOEGEWEZEN")
    optional = {"wet", "levensdomein", "doel_client", "activiteiten", "minuten"}
    asked = [
        optional & set(AfrondForm(kwestie=k).fields) for k in (whole, bare, question)
    ]
    assert asked == [set(), optional, {"activiteiten", "minuten"}]


def test_a_change_is_every_field_and_says_what_differs() -> None:
    now = Kwestie(aard="ORG", wet="WMO", kanaal="TEL", rol="CLIENT", soort="KLACHT")
    now.datum = SEVEN["datum"]
    now.kernvraag = "Oude tekst"
    data = QueryDict(mutable=True)
    data.update(
        {
            **{"versie": "1", "datum": "5-3-2025", "kanaal": "TEL", "rol": "CLIENT"},
            **{"soort": "KLACHT", "aard": "FIN", "wet": "WMO"},
            **{"kernvraag": "Nieuwe tekst", "vertrouwelijkheid": "NORM"},
        }
    )
    form = BewerkForm(data, kwestie=now)
    assert form.is_valid(), form.errors
    assert form.verschillen(now) == [
        {
            "naam": "Waar loop ik tegenaan?",
            "nu": "Oude tekst",
            "hier": "Nieuwe tekst",
        },
        {"naam": "Wat is de aard?", "nu": "Organisatie", "hier": "Financiën"},
    ]


def test_a_volunteer_is_not_asked_about_strict_confidentiality() -> None:
    kwestie = Kwestie(**SEVEN)
    assert "vertrouwelijkheid" in BewerkForm(kwestie=kwestie).fields
    form = BewerkForm(kwestie=kwestie, is_vrijwilliger=True)
    assert "vertrouwelijkheid" not in form.fields


def place(id_: int, slug: str) -> Plek:
    return Plek(
        id_, slug, slug, "gemeente", False, rechten=frozenset({"kwestie_eigen"})
    )


def test_the_filter_offers_own_tenants_only() -> None:
    two = Wie(uuid4(), "X", "MEDEWERKER", {1: place(1, "a"), 2: place(2, "b")})
    form = FilterForm(QueryDict("tenant=b&status=OPEN&van=1-1-2025"), wie=two)
    assert form.filter() == Filter(tenant_id=2, status="OPEN", van=_day("2025-01-01"))
    assert FilterForm(QueryDict("tenant=c"), wie=two).filter() is None
    one = Wie(uuid4(), "X", "MEDEWERKER", {1: place(1, "a")})
    assert "tenant" not in FilterForm(QueryDict(""), wie=one).fields
    assert FilterForm(QueryDict(""), wie=one).filter() == Filter()


def _day(text: str) -> Any:
    return SEVEN["datum"].fromisoformat(text)
