"""Names, places and dates in the ways people write them, and words that are none."""

from __future__ import annotations

import pytest

from privacy.herkenning import vind


def found(text: str, soort: str) -> list[str]:
    return [text[v.start : v.end] for v in vind(text) if v.soort == soort]


@pytest.mark.parametrize(
    ("text", "namen"),
    [
        ("Gesproken met dhr. Van der Molen.", ["Van der Molen"]),
        ("mevr jansen wil bellen", ["jansen"]),
        ("Mijn zoon Daan en buurvrouw Ans waren er.", ["Daan", "Ans"]),
        ("Haar ex-man Peter belde.", ["Peter"]),
        ("Getekend: J. de V.", ["J. de V."]),
        ("De heer A.C. Vermeulen-Prins", ["A.C. Vermeulen-Prins"]),
        ("Kowalska, Agnieszka kwam langs", ["Kowalska, Agnieszka"]),
        ("Soraya Ramdin-Jagessar mailt", ["Soraya Ramdin-Jagessar"]),
        ("Lotte en Maud Evers wonen hier", ["Lotte", "Maud Evers"]),
        ("bel henk ff terug", ["henk"]),
        ("Zij praat met Xhemile daarover", ["Xhemile"]),
    ],
)
def test_names_are_found(text: str, namen: list[str]) -> None:
    assert found(text, "PERSOON") == namen


@pytest.mark.parametrize(
    "text",
    [
        "Mei is druk. Roos en bloem. De jonge moeder.",
        "De ziekte van Parkinson en het syndroom van Down.",
        "Mevrouw heeft bezwaar gemaakt bij de Sociale Verzekeringsbank.",
        "De wethouder en de huisarts zijn het eens.",
        "Op maandag belt de consulent van het UWV.",
        "Jan en alleman mag meepraten.",
    ],
)
def test_words_that_are_nobody_are_left(text: str) -> None:
    assert found(text, "PERSOON") == []


@pytest.mark.parametrize(
    ("text", "soort", "wat"),
    [
        ("woont in Velp", "PLAATS", "Velp"),
        ("woont in 's-Heerenberg", "PLAATS", "'s-Heerenberg"),
        ("verhuisd naar arnhem", "PLAATS", "arnhem"),
        ("Molenstraat 101-II", "ADRES", "Molenstraat 101-II"),
        ("aan de Laan van Meerdervoort 12a", "ADRES", "Laan van Meerdervoort 12a"),
        ("op 12 maart 2025", "DATUM", "12 maart 2025"),
        ("op 04-07-1961", "DATUM", "04-07-1961"),
        ("op twaalf maart", "DATUM", "twaalf maart"),
        ("een 7-jarige", "LEEFTIJD", "7-jarige"),
        ("bij Zorggroep Wulpenhorst", "ORGANISATIE", "Zorggroep Wulpenhorst"),
    ],
)
def test_places_dates_and_providers_are_found(text: str, soort: str, wat: str) -> None:
    assert found(text, soort) == [wat]


@pytest.mark.parametrize("datum", ["32-01-2025", "12-13-2025", "32 maart", "7.1.12"])
def test_a_day_that_does_not_exist_is_no_date(datum: str) -> None:
    assert found(f"zie {datum} hier", "DATUM") == []
