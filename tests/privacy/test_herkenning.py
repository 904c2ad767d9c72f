"""Patterns of personal data in a free text. The numbers are made up to pass or fail."""

from __future__ import annotations

import pytest

from privacy.herkenning import has_bsn, is_bsn, soorten_in

# 9·1+8·1+7·1+6·2+5·2+4·2+3·3+2·3−1·3 = 66 = 6·11
GOED = "111222333"


@pytest.mark.parametrize(
    "text",
    [
        GOED,
        f"bsn {GOED}.",
        "1112.22.333",
        "111 222 333",
        "111-222-333",
        f"eerst 026 1234567 en dan ({GOED})",
    ],
)
def test_a_number_that_passes_the_eleven_proof_is_found(text: str) -> None:
    assert has_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "111222334",
        "1112223334",
        "000000000",
        "dossier 12345678",
        "tel. 06 12345678",
        "ordernummer 11122233344455",
    ],
)
def test_another_number_is_not_a_bsn(text: str) -> None:
    assert not has_bsn(text)


def test_one_in_eleven_numbers_passes() -> None:
    passing = sum(is_bsn(str(n)) for n in range(123450000, 123461000))
    assert passing == 1000


@pytest.mark.parametrize(
    ("text", "soorten"),
    [
        ("mail truus@voorbeeld.example terug", ("EMAIL",)),
        ("bel 06-12345678", ("TELEFOON",)),
        ("bel +31 26 123 45 67", ("TELEFOON",)),
        ("op NL91 ABNA 0417 1643 00", ("IBAN",)),
        ("geboren 3-5-1961", ("DATUM",)),
        ("geboren op 3 mei 1961", ("DATUM",)),
        ("de Wmo 2015 en de Wlz, 24 uur per week", ()),
        ("t@v.example en 0612345678", ("EMAIL", "TELEFOON")),
    ],
)
def test_other_patterns_are_named(text: str, soorten: tuple[str, ...]) -> None:
    assert soorten_in(text) == soorten
