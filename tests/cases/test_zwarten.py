"""What is blacked out is gone, and nothing else of a text changes on the way."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from pypdf import PdfReader

from cases.zwarten import ZWART, MerkFout, blackened, proposal
from tests import people
from tests.cases import avg

TEKST = "De zus, Marieke Jansen, belt terug.\nDe cliënt wacht af."


def test_a_marked_passage_leaves_nothing_behind() -> None:
    marked = TEKST.replace("Marieke Jansen", "[[Marieke Jansen]]")
    assert blackened(TEKST, marked) == TEKST.replace("Marieke Jansen", ZWART)
    short = blackened("Ja, Bo zei dat.", "Ja, [[Bo]] zei dat.")
    assert short == f"Ja, {ZWART} zei dat."  # as wide as any other


def test_over_two_lines_and_with_the_line_ends_of_a_browser() -> None:
    marked = "De zus, [[Marieke Jansen, belt terug.\r\nDe]] cliënt wacht af."
    assert blackened(TEKST, marked) == f"De zus, {ZWART} cliënt wacht af."


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("[[" + TEKST, "marks"),
        (TEKST + "]]", "marks"),
        (TEKST.replace("zus", "[[z[[u]]s]]"), "marks"),
        (TEKST.replace("zus", "broer"), "words"),
        ("", "words"),
    ],
)
def test_what_does_not_match_is_not_handed_over(marked: str, why: str) -> None:
    with pytest.raises(MerkFout, match=why):
        blackened(TEKST, marked)


def test_names_of_others_are_proposed_and_that_of_the_client_is_not() -> None:
    text = "Mevrouw Van Kleef en haar buurman Piet de Boer kwamen samen."
    found = proposal(text, "Truus van Kleef")
    assert "[[" in found
    assert "Boer]]" in found
    assert "[[Van Kleef" not in found
    assert blackened(text, found).count(ZWART) == 1


@pytest.mark.django_db
def test_the_file_does_not_hold_what_was_blacked_out() -> None:
    kwestie = avg.named(toelichting="De buurman Karel Wouters klaagde over geluid.")
    row = avg.decided(avg.ask(kwestie))
    anna = people.browser("anna")
    here = f"/t/arnhem/avg/{row.pk}/uitvoer/"
    form = anna.get(here).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    (name,) = [n for n in given if n.endswith(":toelichting:zwart")]
    given[name] = "De [[buurman Karel Wouters]] klaagde over geluid."
    wrong = {**given, name: "De [[buurman]] Karel klaagde."}
    refused = anna.post(here, wrong)
    assert refused.status_code == 422
    assert "De tekst zelf is veranderd" in refused.text
    answer = anna.post(here, given)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = archive.read("gegevens.json").decode()
        pdf = PdfReader(io.BytesIO(archive.read("gegevens.pdf")))
    printed = "".join(one.extract_text() for one in pdf.pages)
    for text in (data, printed):
        assert ZWART in text
        assert "Wouters" not in text
        assert "klaagde over geluid" in text
    assert json.loads(data)["gegevens"]
