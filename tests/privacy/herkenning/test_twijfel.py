"""Words that are a name here and an ordinary word there, and what stands beside names."""

from __future__ import annotations

import pytest

from privacy.herkenning import vind


def found(text: str, soort: str) -> list[str]:
    return [text[v.start : v.end] for v in vind(text) if v.soort == soort]


@pytest.mark.parametrize(
    ("text", "namen"),
    [
        ("Storm zit thuis en gaat niet naar school.", ["Storm"]),
        ("Wil is boos over de brief.", ["Wil"]),
        ("Mark wil niet dat zijn ouders meelezen.", ["Mark"]),
        ("Pim en Puck wonen bij pleegouders.", ["Pim", "Puck"]),
        ("Fatima's aanvraag is zoekgeraakt.", ["Fatima"]),
        ("Mevrouw d'Hondt vraagt uitleg.", ["d'Hondt"]),
        (
            "Brief van J.W.A. de Vries - van den Berg.",
            ["J.W.A. de Vries - van den Berg"],
        ),
        ("Jurgita Kazlauskaitė is ziek geworden.", ["Jurgita Kazlauskaitė"]),
        ("Boer, H. de heeft een afspraak.", ["Boer, H. de"]),
        ("De zaak van Okonkwo, Chidi is kwijt.", ["Okonkwo, Chidi"]),
        ("Ties + Roos, tweeling", ["Ties", "Roos"]),
        ("terugbellen: Wullem (nummer bekend)", ["Wullem"]),
        ("advocaat = mr Van Nispen tot Pannerden", ["Van Nispen tot Pannerden"]),
        ("Mo el Khattabi en Frans Grooten", ["Mo el Khattabi", "Frans Grooten"]),
        # Without capitals, as on a telephone.
        ("kasia nowak werkt in de kas", ["kasia nowak"]),
        ("papa van tijn belde", ["tijn"]),
        ("mijn naam is ali hassan", ["ali hassan"]),
        # Surnames that end as a street does.
        (
            "mevrouw Hoogendijk belde met Anneke Groeneweg",
            ["Hoogendijk", "Anneke Groeneweg"],
        ),
    ],
)
def test_names_that_could_be_something_else(text: str, namen: list[str]) -> None:
    assert found(text, "PERSOON") == namen


@pytest.mark.parametrize(
    "text",
    [
        "De Kern van de Zaak is een cursus voor nieuwe ondersteuners.",
        "Storm heeft het dak beschadigd. Wil de gemeente dit heroverwegen?",
        "De training Omgaan met Verlies en het project Thuis in de Wijk stoppen.",
        "Jeugdhulp met Verblijf en Begeleiding Groep zijn besproken.",
        "De podcast Hart voor Zorg; op de gang Maanlicht is het rustig.",
        "Op afdeling Roos is het personeel ziek, op afdeling Iris niet.",
        "Methodiek Oplossingsgericht Werken toegepast bij de afdeling Sociale Zaken.",
        "Moeder Zorgt is een lotgenotengroep; het plan heet Samen Verder.",
        "Naam cliënt: Anoniem. Actie: Bellen. Onderwerp: Verslag Spreekuur.",
        "Punt 1. Aanvraag. Punt 2. Bezwaar. Knop Opslaan doet het niet.",
        "Moeder wil 3 dagdelen; hij is 2 weken weg, zij komt van 10 tot 12.",
        "Zij is klaar.de hulp komt morgen.",
    ],
)
def test_ordinary_words_are_left(text: str) -> None:
    assert vind(text) == ()


@pytest.mark.parametrize(
    ("text", "plaatsen"),
    [
        ("Hij woont aan de Lange Voorhout 12 in Den Haag.", ["Den Haag"]),
        ("Zaandam, 3 mei 2025", ["Zaandam"]),
        ("Ouddorp, den 3en november 2025", ["Ouddorp"]),
        (
            "komt uit bergen op zoom, zus in Capelle a/d IJssel",
            ["bergen op zoom", "Capelle a/d IJssel"],
        ),
        ("Zij werkt in Goes, eerder in Moerdijk.", ["Goes", "Moerdijk"]),
        (
            "Familie in Nieuw-Vennep en Alphen aan den Rijn.",
            ["Nieuw-Vennep", "Alphen aan den Rijn"],
        ),
        (
            "Woont in St. Odiliënberg, werkt in Oost Gelre",
            ["St. Odiliënberg", "Oost Gelre"],
        ),
        ("Cees Raaphorst Noordwijkerhout", ["Noordwijkerhout"]),
    ],
)
def test_places(text: str, plaatsen: list[str]) -> None:
    assert found(text, "PLAATS") == plaatsen


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("Van 1 t/m 14 augustus is zij weg.", ["1 t/m 14 augustus"]),
        ("Op 1, 3 en 5 maart kwam niemand.", ["1, 3 en 5 maart"]),
        ("Gesprek 3-4 verzet naar 10-4", ["3-4", "10-4"]),
        ("geboortedatum 12031948", ["12031948"]),
        ("Sinds herfst 2023 geen hulp", ["herfst 2023"]),
        ("2e Jan van der Heijdenstraat 88-2", []),
    ],
)
def test_days(text: str, data: list[str]) -> None:
    assert found(text, "DATUM") == data


@pytest.mark.parametrize(
    ("text", "leeftijden"),
    [
        ("Dewi, 16. Zit op de groep", ["16"]),
        ("mijn zoontje Milan van 6 krijgt hulp", ["6"]),
        ("Mijn moeder (toen 86) zat daar", ["86"]),
        ("Hij is 47 en woont thuis", ["47"]),
        ("vader 78 jr, spreekt alleen Tarifit", ["78 jr"]),
    ],
)
def test_ages_beside_a_name(text: str, leeftijden: list[str]) -> None:
    assert found(text, "LEEFTIJD") == leeftijden


@pytest.mark.parametrize(
    ("text", "adres"),
    [
        ("2e Jan van der Heijdenstraat 88-2", "2e Jan van der Heijdenstraat 88-2"),
        ("woont op de molenweg 18a", "molenweg 18a"),
        ("nieuw: lange hilleweg 23 b", "lange hilleweg 23 b"),
        ("Scheldestr 40-2", "Scheldestr 40-2"),
        ("Van Eeghenlaan 27hs, 1071 EN", "Van Eeghenlaan 27hs"),
        ("Kanaalweg 33 (2e etage)", "Kanaalweg 33 (2e etage)"),
        ("Bosrand 3, chalet 14", "Bosrand 3, chalet 14"),
    ],
)
def test_addresses(text: str, adres: str) -> None:
    assert found(text, "ADRES") == [adres]


@pytest.mark.parametrize(
    ("text", "soort"),
    [
        ("wa.me/31612345678", "URL"),
        ("https://voorbeeld.nl/a_(b)", "URL"),
        ("jan punt jansen apenstaartje voorbeeld punt com", "EMAIL"),
        ("o'brien@voorbeeld.ie", "EMAIL"),
        ("(+31) 6 12345678", "TELEFOON"),
        ("6811-KC", "POSTCODE"),
        ("ND 456 T", "KENTEKEN"),
    ],
)
def test_forms(text: str, soort: str) -> None:
    assert found(text, soort) == [text]
