"""Charts show only what may be shown, and say in words what they show."""

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from privacy.disclosure import PublishableCell
from signalering import charts
from tests.signalering.rapporten import LABELS, tabel

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def in_dutch() -> object:
    with translation.override("nl"):
        yield


def cells(weg: tuple[str, ...] = ()) -> tuple[PublishableCell, ...]:
    return tabel(weg=weg).view("aard")


def draw(
    cellen: tuple[PublishableCell, ...], vorm: charts.Vorm = charts.DRUK
) -> ElementTree.Element:
    drawn = charts.bar_chart("aard van de kwesties", cellen, LABELS, vorm=vorm)
    return ElementTree.fromstring(drawn)


def texts(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("vorm", [charts.DRUK, charts.DRUK_LANG, charts.SCHERM])
def test_every_bar_has_its_label_and_its_number(vorm: charts.Vorm) -> None:
    assert texts(draw(cells(), vorm)) == [
        *("Financiën", "211", "Relatie", "197", "Organisatie", "283"),
        *("Weigering", "229", "Behandeling", "149", "Overig", "61"),
    ]


def test_bars_are_as_long_as_their_numbers() -> None:
    lengths = [float(bar.attrib["width"]) for bar in draw(cells()).iter(f"{SVG}rect")]
    full = max(lengths)
    assert [round(283 * length / full) for length in lengths] == [
        *(211, 197, 283, 229, 149, 61)
    ]


def test_a_withheld_number_is_a_dash_without_a_bar() -> None:
    svg = draw(cells(weg=("aard:ORG", "aard:OVE")))
    assert texts(svg)[4:6] == ["Organisatie", "–"]
    assert texts(svg)[10:12] == ["Overig", "–"]
    assert len(list(svg.iter(f"{SVG}rect"))) == 4


def test_two_withheld_numbers_leave_the_same_drawing_whatever_they_were() -> None:
    high = tabel({"aard:FIN": 900, "aard:REL": 10}, weg=("aard:FIN",)).view("aard")
    low = tabel({"aard:FIN": 1, "aard:REL": 10}, weg=("aard:FIN",)).view("aard")
    assert charts.bar_chart("a", high, LABELS) == charts.bar_chart("a", low, LABELS)


def test_zero_is_a_number_without_a_bar() -> None:
    svg = draw(tabel({"aard:FIN": 0, "aard:REL": 7}).view("aard"))
    assert texts(svg) == ["Financiën", "0", "Relatie", "7"]
    assert len(list(svg.iter(f"{SVG}rect"))) == 1


def test_only_zeros_can_be_drawn() -> None:
    svg = draw(tabel({"aard:FIN": 0, "aard:REL": 0}).view("aard"))
    assert list(svg.iter(f"{SVG}rect")) == []


def test_no_cells_no_chart() -> None:
    assert charts.bar_chart("leeg", (), LABELS) == ""


def test_the_title_is_a_sentence_and_a_direct_child() -> None:
    svg = draw(cells(weg=("aard:WEI",)))
    assert svg[0].tag == f"{SVG}title"
    assert svg[0].text == (
        "Staafdiagram aard van de kwesties: Financiën 211, Relatie 197,"
        " Organisatie 283, Weigering niet getoond, Behandeling 149, Overig 61."
    )
    assert svg.attrib["role"] == "img"


@pytest.mark.parametrize("vorm", [charts.DRUK, charts.SCHERM])
def test_the_drawing_needs_no_style_and_no_script(vorm: charts.Vorm) -> None:
    drawn = charts.bar_chart("aard", cells(), LABELS, vorm=vorm)
    found = re.findall(r"style|<script|<pattern|\son\w+=|href|url\(", drawn)
    assert found == []


def test_labels_and_title_are_escaped() -> None:
    evil = '<script>alert(1)</script>&"'
    cellen = tabel({"aard:FIN": 7}).view("aard")
    drawn = charts.bar_chart(evil, cellen, {"aard:FIN": evil})
    svg = ElementTree.fromstring(drawn)
    assert [element.tag for element in svg.iter() if "script" in element.tag] == []
    assert texts(svg)[0] == evil


def test_a_long_label_runs_over_lines_inside_its_column() -> None:
    label = "Justitie (bewind, mentorschap, curatele, jeugdbescherming)"
    cellen = tabel({"wet:JUST": 12}).view("wet")
    drawn = charts.bar_chart("wet", cellen, {"wet:JUST": label}, vorm=charts.DRUK)
    svg = ElementTree.fromstring(drawn)
    *regels, waarde = texts(svg)
    assert " ".join(regels) == label
    assert max(len(regel) for regel in regels) <= charts.DRUK.tekens
    assert waarde == "12"


def test_everything_stays_inside_the_drawing() -> None:
    svg = draw(cells())
    _, _, width, height = (float(part) for part in svg.attrib["viewBox"].split())
    for bar in svg.iter(f"{SVG}rect"):
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= width
        assert float(bar.attrib["y"]) + float(bar.attrib["height"]) <= height
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["y"]) <= height
        assert float(text.attrib["x"]) < width - 20


def test_a_cell_without_a_label_shows_its_code() -> None:
    cellen = tabel({"inhoud:Verwijzing": 12}).view("inhoud")
    assert charts.label_of(cellen[0], {}) == "Verwijzing"


@pytest.mark.parametrize(
    ("aantal", "shown"), [(None, "–"), (0, "0"), (999, "999"), (1130, "1.130")]
)
def test_numbers_are_written_the_dutch_way(aantal: int | None, shown: str) -> None:
    assert charts.toon_getal(aantal) == shown


def test_the_template_tag_draws_the_chart_of_a_page() -> None:
    template = Template(
        '{% load grafieken %}{% bar_chart "soort" cellen labels "soort:KLACHT" %}'
        "{{ cellen.0.kwesties|getal }} {{ geen|getal }}"
    )
    cellen = tabel().view("soort")
    made = template.render(Context({"cellen": cellen, "labels": LABELS, "geen": None}))
    assert made == (
        charts.bar_chart("soort", cellen, LABELS, ingesprongen=("soort:KLACHT",))
        + "431 –"
    )
    assert made.count(charts.STAAF_INGESPRONGEN) == 1
