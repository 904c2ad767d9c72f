"""Names are found the way people say them, and tokens tell nothing by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from privacy.blinde_index import fold, has_words, naamwoorden, teken, tekens_of
from privacy.sleutels import tenant_row
from tenants.scope import acting_as
from tests import people


@pytest.mark.parametrize(
    ("naam", "words"),
    [
        ("Truus van Kleef-Zandbergen", ["truus", "kleef", "zandbergen"]),
        ("Yılmaz", ["yilmaz"]),
        ("MEIJER", ["meyer"]),
        ("José d'Årø Łuczak", ["jose", "aro", "luczak"]),
        ("Đorđe Großmann", ["dorde", "grossmann"]),
        ("A. de Groot", ["groot"]),
        ("van der", ["van", "der"]),
        ("X", []),
        ("", []),
    ],
)
def test_a_name_is_found_by_its_own_words(naam: str, words: list[str]) -> None:
    assert naamwoorden(naam) == words


def test_every_word_counts_in_any_order() -> None:
    assert has_words("Truus van Kleef", naamwoorden("kleef TRUUS"))
    assert not has_words("Truus van Kleef", naamwoorden("Kleefstra"))


def test_folding_keeps_letters_and_figures() -> None:
    assert fold("Über 12 Straße") == "uber 12 strasse"


@pytest.fixture
def keys(db: None) -> Iterator[None]:
    """Two tenants with an index key of their own."""
    with acting_as(people.wie("nadia").scope(1)):
        tenant_row(1)
    with acting_as(people.wie("nadia").scope(2)):
        tenant_row(2)
        yield


def test_a_token_belongs_to_one_tenant_and_its_key(keys: None) -> None:
    here = teken(1, "kleef", "1958")
    assert here == teken(1, "kleef", "1958")
    assert len({here, teken(2, "kleef", "1958"), teken(1, "kleef", "1959")}) == 3


def test_without_a_key_there_is_no_token(db: None) -> None:
    """Nothing was ever sealed for the tenant, so there is nobody to be found."""
    with acting_as(people.wie("anna").scope(1)):
        assert teken(1, "kleef") == ""


def test_a_single_word_is_cut_short_on_purpose(keys: None) -> None:
    """Twelve bits: among many names some share a token, so it proves no name."""
    tokens = {teken(1, f"naam{n}") for n in range(9000)}
    assert max(len(token) for token in tokens) == 4
    assert 3000 < len(tokens) <= 4096
    assert len(teken(1, "kleef", "1958")) == 17


def test_a_year_adds_tokens_and_a_name_without_words_has_none(keys: None) -> None:
    assert len(tekens_of(1, "Truus van Kleef")) == 2
    assert len(tekens_of(1, "Truus van Kleef", "1958")) == 4
    assert tekens_of(1, "X", "1958") == []
