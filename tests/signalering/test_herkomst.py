"""Through whom people came, by law: in a year, at no cost, and for one audience."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from cases import counts
from cases.counts import labels
from cases.herkomst import CODES, HERKOMST, KRUISING, TABELLEN, WETTEN, codes
from cases.models import Achtergrond
from privacy.disclosure import CountTable, PublishableTable
from privacy.disclosure.audit import audit
from signalering.charts import DRUK, SCHERM, Vorm
from signalering.documents import document_for
from signalering.lifecycle.cijfers import count_figures, protect_figures, series_of
from signalering.lifecycle.regionaal import summed
from signalering.models import Publiek, Rapportage
from signalering.report import Rapportdocument, render_html
from signalering.report.bijlagen import bijlagen_of
from signalering.report.context import context_for
from signalering.report.herkomst import NIET_VASTGELEGD, TE_WEINIG, TITEL
from signalering.warmtekaart import LEEG, TINTEN, Reeks, heat_map
from tenants.scope import acting_as
from tests import people
from tests.signalering import maken, rapporten
from tests.signalering.test_reeks import exported

SVG = "{http://www.w3.org/2000/svg}"
VIA = {"gemeente": "WIJKT", "zorg": "HA", "naast": "CLO", "functie": "KLF"}


def plant(per_cell: dict[tuple[str, str], int]) -> None:
    """Closed kwesties by (group of origin, law), in both halves of the year."""
    wanted = [
        (groep, wet, n) for (groep, wet), many in per_cell.items() for n in range(many)
    ]
    with acting_as(people.known("nadia").scope(1)):
        rows = [
            {
                "wet": wet,
                "soort": ("VRAAG", "ONVREDE", "KLACHT")[n % 3],
                "aard": ("FIN", "REL", "ORG")[n % 3],
                "datum": maken.DAY.replace(month=(2, 8)[n % 2]),
                "afgerond_op": maken.DAY.replace(month=(2, 8)[n % 2]),
            }
            for _groep, wet, n in wanted
        ]
        known = maken.clients(1, len(rows))
        made = maken.kwesties(1, zip(known, rows, strict=True))
        Achtergrond.objects.bulk_create(
            Achtergrond(tenant_id=1, kwestie=kwestie, herkomst=VIA[groep])
            for kwestie, (groep, _wet, _n) in zip(made, wanted, strict=True)
            if groep in VIA
        )


JAAR = {
    **{("gemeente", "WMO"): 21, ("gemeente", "JW"): 9, ("gemeente", "WLZ"): 7},
    **{("zorg", "WMO"): 14, ("zorg", "WLZ"): 12, ("zorg", "ZVW"): 2},
    **{("naast", "WMO"): 3, ("functie", "WMO"): 1, ("functie", "WLZ"): 8},
    **{("", "WMO"): 17, ("", "WLZ"): 6, ("", "AWB"): 6},
}


def figures(row: Rapportage, publiek: str = "cijfers") -> PublishableTable:
    return PublishableTable.from_json(getattr(row, publiek) or {})


@pytest.mark.django_db
def test_s183_origin_by_law_costs_nothing_and_gives_nobody_away() -> None:
    plant(JAAR)
    year = maken.row(maken.figures_only(periode="2025"))
    cells = {cell.id: cell.kwesties for cell in figures(year).view(KRUISING)}
    assert cells["herkomst_wet:gemeente.gemeente"] == 30
    assert cells["herkomst_wet:naast.gemeente"] is None  # three people
    assert cells["herkomst_wet:functie.gemeente"] is None  # one
    public = {cell.tabel for cell in figures(year, "cijfers_openbaar").cells}
    assert public.isdisjoint(TABELLEN)
    what_was_shown_without_it_is_shown(year)
    maken.offer(year.pk)
    document = exported()
    assert audit(document).breaches == ()
    sums = {(r["sum"], frozenset(r["of"])) for r in document["relations"]}
    margins = frozenset(f"2025/{HERKOMST}:{groep}" for groep in CODES)
    assert ("2025/totaal", margins) in sums
    on_paper(year)


def what_was_shown_without_it_is_shown(year: Rapportage) -> None:
    """And in a half-year there is nothing of it that could be subtracted."""
    with acting_as(maken.job_scope(1)):
        found = Rapportage.objects.get(pk=year.pk)
        series = series_of(found, count_figures(found))
        wide = series[Publiek.OPDRACHTGEVER]
        plain = {**series, Publiek.OPDRACHTGEVER: replace(wide, met_herkomst=None)}
        before, _public = protect_figures(found, plain)
        found.periode = "2025-H1"
        half = count_figures(found)
    shown = figures(year).printed
    assert before.table.printed.items() <= shown.items()
    more = {id.partition(":")[0] for id in shown.keys() - before.table.printed.keys()}
    assert more == {HERKOMST, KRUISING}
    assert {cell.tabel for cell in half.cells}.isdisjoint(TABELLEN)


def on_paper(year: Rapportage) -> None:
    """The page holds the numbers of the table, and the public version nothing."""
    with acting_as(people.known("chantal").scope(1)):
        wide = document_for(year, Publiek.OPDRACHTGEVER)
        narrow = document_for(year, Publiek.OPENBAAR)
    kaart: Any = context_for(wide)["herkomstkaart"]
    shown = [cel.kwesties for cel in figures(year).view(KRUISING)]
    said = [n for _label, aantallen, _som in kaart.rijen for _kolom, n in aantallen]
    assert said == ["–" if n is None else str(n) for n in shown]
    assert TITEL in render_html(wide)
    assert "herkomstkaart" not in context_for(narrow)
    assert TITEL not in render_html(narrow)
    files = {each.naam: each.inhoud.decode() for each in bijlagen_of(wide)}
    assert "herkomst_wet;gemeente.gemeente;" in files["cijfers.csv"]
    tabellen = {t["code"] for t in json.loads(files["cijfers.json"])["tabellen"]}
    assert {HERKOMST, KRUISING} <= tabellen


@pytest.mark.django_db
def test_too_few_to_break_down_is_said_in_words() -> None:
    plant({("gemeente", "WMO"): 3, ("zorg", "WLZ"): 3, ("naast", "JW"): 3})
    row = maken.row(maken.figures_only(periode="2025"))
    assert figures(row).cell("totaal").kwesties == 9
    assert not any(cel.kwesties for cel in figures(row).view(KRUISING))
    with acting_as(people.known("chantal").scope(1)):
        html = render_html(document_for(row, Publiek.OPDRACHTGEVER))
    assert TE_WEINIG in html
    assert "Warmtekaart" not in html


def test_a_region_adds_up_no_origins() -> None:
    cells = tuple(
        counts._cell({}, tabel, code)
        for tabel, code in [("totaal", ""), ("wet", "WMO"), *codes()]
    )
    part = CountTable("2025", cells, (), "totaal")
    found = summed([part, replace(part, naam="ander")], "2025")
    assert {cell.tabel for cell in found.cells} == {"totaal", "wet"}


# ------------------------------------------------------------------------- the drawing


def document(more: dict[str, int | None]) -> Rapportdocument:
    aantallen = {**rapporten.OPDRACHTGEVER, **more}
    return rapporten.rapport(
        cijfers=rapporten.tabel(aantallen), labels={**labels("nl"), **rapporten.LABELS}
    )


def numbers(value: int | None) -> dict[str, int | None]:
    found: dict[str, int | None] = {f"{HERKOMST}:{g}": value for g in CODES}
    return found | {f"{KRUISING}:{g}.{w}": value for g in CODES for w in WETTEN}


def test_nothing_recorded_is_one_sentence() -> None:
    known = {id: 40 for id in numbers(0) if ":ONBEKEND" in id}
    kaart: Any = context_for(document(numbers(0) | known))["herkomstkaart"]
    assert kaart.tekst == (NIET_VASTGELEGD,)
    assert context_for(document({}))["herkomstkaart"] is None


@pytest.mark.parametrize("vorm", [DRUK, SCHERM])
def test_a_square_is_darker_for_more_and_withheld_is_a_dash(vorm: Vorm) -> None:
    kolommen = tuple(WETTEN.values())
    aantallen = [1, 40, None]
    ids = [f"{KRUISING}:zorg.{wet}" for wet in WETTEN]
    cellen = rapporten.tabel(dict(zip(ids, aantallen, strict=True))).view(KRUISING)
    drawn = heat_map("naar wet", kolommen, [Reeks("Zorg <i>", cellen)], vorm)
    svg = ElementTree.fromstring(drawn)
    fills = [rect.attrib["fill"] for rect in svg.iter(f"{SVG}rect")]
    assert fills == [TINTEN[0], TINTEN[-1], LEEG]
    bold = [t.text for t in svg.iter(f"{SVG}text") if "font-weight" in t.attrib]
    assert bold == ["1", "40", "–"]
    (title,) = svg.iter(f"{SVG}title")
    assert title.text == (
        "Warmtekaart naar wet. Zorg <i>: wetten van de gemeente 1, zorgwetten 40,"
        " andere of nog niet bepaald niet getoond."
    )
