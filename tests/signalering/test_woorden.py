"""What a person writes for a report names nobody (S114); a word that is recognised
wrongly passes with a reason on record.
"""

from __future__ import annotations

import pytest

from signalering.forms import BesprekingForm, ReactieForm
from signalering.forms_tekst import TekstForm
from signalering.lifecycle import REDENEN, herkenbaar, toe_te_staan
from tenants.access import Plek

PLEK = Plek(1, "arnhem", "Gemeente Arnhem", "gemeente", True, frozenset(), frozenset())
NAAM = "Mevrouw Hendrika van den Brinkhof kreeg geen antwoord."


def tekst(text: str, **more: object) -> TekstForm:
    return TekstForm({"bevindingen": text, "aanbevelingen": "", **more}, plek=PLEK)


@pytest.mark.parametrize(
    "text",
    [
        NAAM,
        "Een cliënt aan de Molenstraat 12 wacht nog.",
        "Bel 06-12345678.",
        "Een van de mensen woont in Velp.",
        "Iemand (83 jaar) wachtte lang.",
        "De enige rolstoelgebruiker in het dorp klaagde.",
    ],
)
def test_a_text_that_points_at_somebody_is_stopped(text: str) -> None:
    form = tekst(text)
    assert set(form.errors) == {"bevindingen"}
    assert "Haal dit weg" in form.errors["bevindingen"][0]


@pytest.mark.parametrize(
    "text",
    [
        "Inwoners van Arnhem wachten langer op een besluit van de gemeente Arnhem.",
        "In maart 2026 steeg het aantal vragen over de Wmo 2015 met 12%.",
        "Jongeren tot 18 jaar vallen onder de Jeugdwet; zie artikel 2.3.",
        "Stichting Samen Verder stelt informatie beschikbaar.",
    ],
)
def test_a_text_about_a_group_passes(text: str) -> None:
    form = tekst(text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["toegestaan"].tekens == frozenset()


def test_a_word_that_is_nobody_passes_with_a_reason() -> None:
    text = "Cliënten uit Velp reizen ver."
    (word,) = herkenbaar(PLEK.naam, [text])
    assert word.tekst == "Velp"
    without = tekst(text, woorden=[word.teken])
    assert set(without.errors) == {"waarom"}
    form = tekst(text, woorden=[word.teken], waarom="GEBIED")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["toegestaan"].reden == "GEBIED"
    assert set(form.cleaned_data) == {*TekstForm.tekst_velden, "toegestaan"}


def test_no_reason_lets_a_telephone_number_pass() -> None:
    text = "Bel 06-12345678."
    (word,) = herkenbaar(PLEK.naam, [text])
    assert toe_te_staan([word]) == ()
    for code in REDENEN:
        assert not tekst(text, woorden=[word.teken], waarom=code).is_valid()


def test_minutes_and_reactions_are_read_too() -> None:
    minutes = BesprekingForm(
        {"datum": "vandaag", "deelnemers": "Beleidsadviseur Wmo", "verslag": NAAM},
        plek=PLEK,
    )
    assert set(minutes.errors) == {"verslag"}
    names = BesprekingForm(
        {"datum": "vandaag", "deelnemers": "J. de Vries", "verslag": "Besproken."},
        plek=PLEK,
    )
    assert set(names.errors) == {"deelnemers"}
    reaction = ReactieForm({"tekst": NAAM, "functie": "beleidsadviseur"}, plek=PLEK)
    assert set(reaction.errors) == {"tekst"}
    assert "hx-post" not in reaction.render()
