"""A client gets the list of who looked, as a file (the request LOG)."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from pypdf import PdfReader

from tests import people
from tests.cases import avg, seed

pytestmark = pytest.mark.django_db


def test_who_looked_is_handed_over_in_plain_words() -> None:
    first = avg.named()
    second = seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    for kwestie in (first, second):
        people.browser("chantal").get(f"/t/arnhem/kwesties/{kwestie.pk}/")
    row = avg.decided(avg.ask(first, "LOG"))
    anna = people.browser("anna")
    here = f"/t/arnhem/avg/{row.pk}/uitvoer/"
    page = anna.get(here)
    assert page.status_code == 200
    names = [
        naam for naam, _label in page.context["form"].fields["zonder_naam"].choices
    ]
    assert "Chantal" in " ".join(names)
    (chantal,) = [naam for naam in names if naam.startswith("Chantal")]
    answer = anna.post(here, {"zonder_naam": [chantal]})
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("logboek.json"))
        pdf = PdfReader(io.BytesIO(archive.read("logboek.pdf")))
    printed = "".join(one.extract_text() for one in pdf.pages)
    assert {book["nummer"] for book in data["kwesties"]} == {
        first.nummer,
        second.nummer,
    }
    lines = [one for book in data["kwesties"] for one in book["gebeurtenissen"]]
    looked = [one for one in lines if one["wat"] == "Heeft de kwestie bekeken"]
    assert len(looked) == 2
    assert {one["wie"] for one in looked} == {"Een medewerker van het Adviespunt"}
    assert {one["functie"] for one in looked} == {"Teamleider"}
    assert "Heeft de kwestie bekeken" in printed
    for text in (printed, json.dumps(data)):
        assert chantal not in text
        assert "Anna" in text


@pytest.mark.parametrize("naam", ["frits", "bram", "gerard"])
def test_only_who_has_the_kwestie_hands_it_over(naam: str) -> None:
    row = avg.decided(avg.ask(avg.named(), "LOG"))
    here = f"/t/arnhem/avg/{row.pk}/uitvoer/"
    assert people.browser(naam).get(here).status_code == 404
