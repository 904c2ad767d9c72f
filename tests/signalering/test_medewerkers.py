"""Nothing about one colleague in the words of the commissioning party (S101)."""

from __future__ import annotations

import re

import pytest

from signalering.forms import ReactieForm
from signalering.medewerkers import rolwoorden
from tenants.access import Plek

PLEK = Plek(1, "arnhem", "Gemeente Arnhem", "gemeente", False)
DIRECTIE = "klachten over een medewerker gaan naar de directie"


def form(tekst: str, **more: str) -> ReactieForm:
    return ReactieForm({"tekst": tekst, "functie": "wethouder", **more}, plek=PLEK)


def kind_of_gelezen(made: ReactieForm) -> str:
    page = " ".join(made.render().split())
    found = re.search(r'<input type="(\w+)" name="gelezen"', page)
    assert found is not None
    return found[1]


def test_s101_a_name_stops_the_reaction_and_says_where_a_complaint_goes() -> None:
    made = form("Mevrouw Jansen van uw team belde ons nooit terug.")
    assert set(made.errors) == {"tekst"}
    assert "Jansen" in made.errors["tekst"][0]
    assert DIRECTIE in " ".join(made.errors["tekst"][1].split())
    # A second look does not help: a name stays a name.
    assert not form("Mevrouw Jansen belde nooit terug.", gelezen="on").is_valid()


def test_s101_a_role_that_may_be_one_person_asks_for_a_second_look() -> None:
    tekst = "De nieuwe ondersteuner kwam te laat, en een van uw medewerkers ook."
    made = form(tekst)
    assert set(made.errors) == {"gelezen"}
    (error,) = made.errors["gelezen"]
    assert "De nieuwe ondersteuner, een van uw medewerkers" in error
    assert DIRECTIE in error
    assert kind_of_gelezen(made) == "checkbox"
    again = form(tekst, gelezen="on")
    assert again.is_valid(), again.errors
    assert "gelezen" not in again.cleaned_data


def test_s101_what_is_about_nobody_asks_nothing() -> None:
    made = form("Wij herkennen dit beeld. Onze medewerkers gaan ermee aan de slag.")
    assert made.is_valid(), made.errors
    assert kind_of_gelezen(made) == "hidden"
    assert "gaat naar de directie" in form("").render()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("de cliëntondersteuner", ("de cliëntondersteuner",)),
        ("Die Medewerkster zei", ("Die Medewerkster",)),
        ("uw collega en\nuw   collega", ("uw collega",)),
        ("één van de jonge vrijwilligers", ("één van de jonge vrijwilligers",)),
        ("de ondersteuning, de ondersteuners, medewerkers", ()),
        ("het medewerkersonderzoek", ()),
        ("de medewerkersraad", ()),
    ],
)
def test_only_one_person_is_pointed_at(text: str, found: tuple[str, ...]) -> None:
    assert rolwoorden(text) == found
