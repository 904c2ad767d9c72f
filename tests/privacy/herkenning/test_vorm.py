"""What has a form is found in every shape people write it, and what looks like it is
not.
"""

from __future__ import annotations

import pytest

from privacy.herkenning import vind


def found(text: str) -> list[tuple[str, str]]:
    return [(v.soort, text[v.start : v.end]) for v in vind(text)]


@pytest.mark.parametrize(
    "nummer",
    [
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06 - 123 456 78",
        "+31612345678",
        "+31 6 1234 5678",
        "+31 (0)6 12345678",
        "0031 6 12345678",
        "026-1234567",
        "026 123 45 67",
        "(055) 123 45 67",
        "0481/123456",
        "+32 470 12 34 56",
    ],
)
def test_a_telephone_number_is_found_in_every_shape(nummer: str) -> None:
    assert found(f"Zij belt vanaf {nummer}.") == [("TELEFOON", nummer)]


@pytest.mark.parametrize(
    "text",
    [
        "Bel 0800-1234 of 0900 1234567.",
        "Het nummer van de gemeente is 14 026.",
        "Code 06 in de beschikking.",
        "Het kost € 0.612.345,78.",
        "Zie AP-2025-0123 en artikel 2.3.2, lid 3.",
        "De Wmo 2015 geldt sinds 2015 en niet eerder.",
        "In 2015 is het recht veranderd, in 2024 opnieuw.",
        "Om 21.00 uur of 9.30 uur, 80% van de 12 keer.",
        "Kijk op www.rijksoverheid.nl of uwv.nl.",
        "Vanaf 3-4 dagen per week.",
        "De lift weegt 1500 kg en kost 2000 EU-geld.",
    ],
)
def test_what_only_looks_like_a_number_of_somebody_is_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "wat"),
    [
        ("op NL91 ABNA 0417 1643 00", ("IBAN", "NL91 ABNA 0417 1643 00")),
        ("op nl91abna0417164300", ("IBAN", "nl91abna0417164300")),
        ("op DE89370400440532013000 nu", ("IBAN", "DE89370400440532013000")),
        ("bsn: 12345678", ("BSN", "12345678")),
        ("met 111222333 erop", ("BSN", "111222333")),
        ("in 6811 AB", ("POSTCODE", "6811 AB")),
        ("in 6811ab", ("POSTCODE", "6811ab")),
        ("mail a.b+c@d-e.example!", ("EMAIL", "a.b+c@d-e.example")),
        ("op www.voorbeeld.example/x?y=1.", ("URL", "www.voorbeeld.example/x?y=1")),
        ("uw ref. AB-2025-0123", ("DOSSIERNUMMER", "AB-2025-0123")),
        ("rijdt in K123ZD nu", ("KENTEKEN", "K123ZD")),
        ("zaaknummer 24/12345", ("DOSSIERNUMMER", "24/12345")),
    ],
)
def test_other_numbers_are_found(text: str, wat: tuple[str, str]) -> None:
    assert found(text) == [wat]


@pytest.mark.parametrize(
    "kenteken",
    [
        "XX-12-34",
        "12-34-XX",
        "12-XX-34",
        "XX-12-XX",
        "XX-XX-12",
        "12-XX-XX",
        "12-XXX-3",
        "1-XXX-23",
        "XX-123-X",
        "X-123-XX",
        "XXX-12-X",
        "X-12-XXX",
        "1-XX-234",
        "123-XX-4",
    ],
)
def test_every_side_code_of_a_number_plate_is_found(kenteken: str) -> None:
    assert found(f"Hij rijdt in de {kenteken} weg.") == [("KENTEKEN", kenteken)]


def test_an_account_of_another_country_must_pass_mod_97() -> None:
    assert found("op DE89370400440532013001 nu") == []
