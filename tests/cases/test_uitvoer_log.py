"""A client gets the list of who looked, as a file (the request LOG)."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from pypdf import PdfReader

from cases.uitvoer_log import books_of
from tenants.scope import acting_as
from tests import people
from tests.cases import avg, loket, seed

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


def test_who_read_it_at_the_door_before_it_was_a_kwestie_is_in_it() -> None:
    code = loket.ask(loket.open_door(), naam="Truus", telefoon="06 12345678")
    people.browser("chantal").get(f"/t/arnhem/aanmeldingen/{code.id}/")
    kwestie = loket.take_up(code)
    anna = people.wie("anna")
    with acting_as(anna.scope(1)):
        (book,) = books_of(anna, kwestie)
    seen = [(one.wat, one.wie.split()[0]) for one in book.sporen]
    assert ("Heeft een vraag via het loket gelezen", "Chantal") in seen
    assert ("Nam een vraag via het loket op als kwestie", "Chantal") in seen
    assert seen[-1] == ("Stuurde een vraag via het loket", "Iemand")


@pytest.mark.parametrize("naam", ["frits", "bram", "gerard"])
def test_only_who_has_the_kwestie_hands_it_over(naam: str) -> None:
    row = avg.decided(avg.ask(avg.named(), "LOG"))
    here = f"/t/arnhem/avg/{row.pk}/uitvoer/"
    assert people.browser(naam).get(here).status_code == 404
