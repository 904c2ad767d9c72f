"""Texts that a team shares: nothing about a client, places from the list."""

from __future__ import annotations

from uuid import uuid4

import pytest

from cases.models import Tekstblok
from tenants.scope import acting_as
from tests import people

pytestmark = pytest.mark.django_db
NIEUW = "/t/arnhem/tekstblokken/nieuw/"


def posted(**over: object) -> dict[str, object]:
    return {
        "sleutel": uuid4(),
        "titel": "Rustige plek",
        "tekst": "Wilt u het gesprek op een rustige plek houden? Groet, {ondersteuner}",
        "soorten": ["BRIEF", "KLACHT"],
        **over,
    }


@pytest.mark.parametrize(
    ("tekst", "said"),
    [
        ("Mevrouw Truus van Kleef wil een gesprek.", "te herkennen"),
        ("Bel 06-12345678.", "te herkennen"),
        ("Dag {wachtwoord}.", "bestaat niet"),
    ],
)
def test_a_block_in_which_somebody_can_be_recognised_is_not_kept(
    tekst: str, said: str
) -> None:
    answer = people.browser("anna").post(NIEUW, posted(tekst=tekst))
    assert answer.status_code == 422
    assert said in answer.text
    with acting_as(people.wie("anna").scope(1)):
        assert not Tekstblok.objects.filter(tenant_id=1).exists()


def test_a_block_is_kept_for_the_team_and_taken_away_again() -> None:
    anna, bram, hanna = map(people.browser, ("anna", "bram", "hanna"))
    assert anna.post(NIEUW, posted()).status_code == 302
    assert "Rustige plek" in bram.get("/tekstblokken/").text
    assert "Rustige plek" not in hanna.get("/tekstblokken/").text
    with acting_as(people.wie("anna").scope(1)):
        row = Tekstblok.objects.get(tenant_id=1)
    here = f"/t/arnhem/tekstblokken/{row.pk}/"
    assert hanna.get(here).status_code == 404
    assert bram.post(here, posted(titel="Prikkelarm")).status_code == 302
    assert bram.post(f"{here}weg/").status_code == 302
    assert "Prikkelarm" not in anna.get("/tekstblokken/").text
