"""Who does what, and what our words mean: the same for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.begrippen import begrippen
from cases.codelists import codes, label
from cases.forms import TrajectForm
from cases.functies import Functie, matrix, oordelende_instanties, wetten
from cases.keuzehulp import keuzehulp
from tenants.models.kaart import BEREIKEN, WETTEN

# S178-S181, literally: row, law, functions. What is not here is empty.
CELLEN = {
    ("TAAK", "Wlz"): (
        *("VG-vertrouwenspersoon", "GGZ-vertrouwenspersoon"),
        *("Mentoren", "Klachtenfunctionarissen"),
    ),
    ("TAAK", "Justitie"): ("Bewindvoering",),
    ("TAAK", "Participatiewet"): ("Jobcoach",),
    ("DOELGR", "Wlz"): ("Ervaringsdeskundigen GGZ", "Ouderenadvies"),
    ("DOELGR", "Zvw"): ("Praktijkondersteuners",),
    ("BEPERKT", "Wmo"): (
        "Wijkgebonden ondersteuning of bemiddeling Wmo-voorzieningen",
        "Mezzo e.a. mantelzorgondersteuning",
    ),
    ("BEPERKT", "Wlz"): ("Ondersteuning door zorgkantoren",),
}


def test_s178_s179_s180_the_table_has_exactly_these_cells() -> None:
    assert wetten() == ("Wmo", "Wlz", "Jeugdwet", "Zvw", "Justitie", "Participatiewet")
    rows = matrix()
    assert tuple(row.bereik for row in rows) == BEREIKEN == codes("matrix_bereik")
    found = {
        (row.bereik, cel.wet): tuple(functie.naam for functie in cel.functies)
        for row in rows
        for cel in row.cellen
    }
    assert {cel: names for cel, names in found.items() if names} == CELLEN
    assert len(found) == 3 * 6
    known = {f.code for row in rows for cel in row.cellen for f in cel.functies}
    assert known < set(codes("functie"))
    assert set(WETTEN) < set(codes("wet"))


def test_s181_support_for_everything_is_one_cell_over_all_laws() -> None:
    row = matrix()[-1]
    name = "Onafhankelijke cliëntondersteuning in Wmo en Wlz"
    assert (row.cellen, row.overal) == ((), (Functie("OCO", name),))


@pytest.mark.django_db
def test_s147_everybody_reads_the_table_with_its_caveat(client: Client) -> None:
    page = client.get("/wie-doet-wat/").text
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    rows = body.split("<tr>")[1:]
    assert [row.count("<td") for row in rows] == [6, 6, 6, 1]
    assert rows[3].count('colspan="6"') == 1
    assert [row.count('<th scope="row"') for row in rows] == [1, 1, 1, 1]
    assert "geen uitputtende beschrijving" in page
    for names in CELLEN.values():
        assert all(page.count(f">{name}<") == 1 for name in names)


def ends(node: dict[str, Any], asked: int = 1) -> Iterator[tuple[int, str]]:
    """How many questions each way is, and the function at its end."""
    for answer in node["antwoorden"]:
        if "verder" in answer:
            yield from ends(answer["verder"], asked + 1)
        else:
            yield asked, answer["einde"]["functie"]


def test_s147_at_most_four_questions_end_at_a_function() -> None:
    found = list(ends(keuzehulp()))
    assert max(asked for asked, _code in found) <= 4
    assert {code for _asked, code in found} <= set(codes("functie"))
    # The ombudsman only after a complaint, and only about government (S123, S124).
    about = keuzehulp()["antwoorden"][0]["verder"]["antwoorden"]
    overheid = about[0]["verder"]["antwoorden"]
    assert [one["einde"]["functie"] for one in overheid] == ["OCO", "OMB_N"]
    assert sum(code.startswith("OMB") for _asked, code in found) == 1


def test_s155_the_bodies_that_judge_can_be_chosen_where_a_route_is_written_down() -> (
    None
):
    """And never who supports: OCO and the like do not judge."""
    names = {
        label("functie", code) for code in ("KLC", "BBC", "OMB_L", "OMB_N", "GESCH")
    }
    assert set(oordelende_instanties()) == names
    drawn = unescape(str(TrajectForm()["instantie"]))
    offered = set(re.findall(r'<option value="([^"]+)"', drawn))
    assert offered == names
    assert label("functie", "OCO") not in drawn


@pytest.mark.django_db
def test_s044_every_word_has_an_anchor_and_is_explained_briefly(
    client: Client,
) -> None:
    page = client.get("/begrippen/").text
    words = begrippen()
    assert len({word.anker for word in words}) == len(words) >= 60
    for word in words:
        assert f'id="{word.anker}"' in page
        sentences = re.split(r"(?<=[.:])\s", word.uitleg)
        assert max(len(one.split()) for one in sentences) <= 20, word.begrip
    (officer,) = [word for word in words if word.anker == "klachtenfunctionaris"]
    assert "in dienst" in officer.uitleg  # S44, S156
    assert "benoemd door" not in page  # S157
