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
        ("Dhr. P.J. (Piet) van Dalen belde", ["P.J. (Piet) van Dalen"]),
        ("Johannes 'Jan' Mulder belde", ["Johannes 'Jan' Mulder"]),
        (
            "dhr. Te Boekhorst en Karin te Boekhorst",
            ["Te Boekhorst", "Karin te Boekhorst"],
        ),
        ("Layla El-Masri komt langs", ["Layla El-Masri"]),
        ("mw. S. Lie A Ling belde", ["S. Lie A Ling"]),
        ("A. baron van Lynden schrijft", ["A. baron van Lynden"]),
        ("mw visser wil bellen met mevr van t veld", ["visser", "van t veld"]),
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
        "Op afdeling de Wolf en huiskamer de Bakker is het druk.",
        "Bewoners van de Vos en de Haan eten samen.",
        "Neef en nicht van cliënt helpen mee.",
        "S12, S13, V4 en nog meer",
        "GET, HEAD, OPTIONS",
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
        ("te Velp, Burg. de Bruinstraat 4", "ADRES", "Burg. de Bruinstraat 4"),
        ("naar Postbus 12", "ADRES", "Postbus 12"),
        ("Molenstraat 7 IV", "ADRES", "Molenstraat 7 IV"),
        ("Molenstraat 7, 3e verdieping", "ADRES", "Molenstraat 7, 3e verdieping"),
        ("Molenstraat 7 app. 12", "ADRES", "Molenstraat 7 app. 12"),
        ("Molenstraat hoek Kerkstraat", "ADRES", "Molenstraat hoek Kerkstraat"),
        ("vóór 3/4", "DATUM", "3/4"),
        ("hij belt 17/6", "DATUM", "17/6"),
        ("op za 8-3", "DATUM", "8-3"),
        ("ze is van 1951", "DATUM", "1951"),
        ("ik ben 13 en", "LEEFTIJD", "13"),
        ("Bram van 9 jaar", "LEEFTIJD", "9 jaar"),
        ("de baby is 5 mnd oud", "LEEFTIJD", "5 mnd oud"),
        ("naar De Zonnehoek toe", "ORGANISATIE", "De Zonnehoek"),
        ("bij Bouwbedrijf Gebr. Smits", "ORGANISATIE", "Bouwbedrijf Gebr. Smits"),
        ("hulp van Pluryn daarbij", "ORGANISATIE", "Pluryn"),
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


@pytest.mark.parametrize("text", ["24/7 bereikbaar", "voor 3/4 deel", "voor 1/2 jaar"])
def test_parts_and_hours_are_no_date(text: str) -> None:
    assert found(f"Hulp {text} geregeld", "DATUM") == []
