"""The deepening in a report: sentences and tables, in its series, for one audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cases.counts import labels
from cases.verdieping import TABELLEN
from privacy.disclosure import (
    CountCell,
    CountTable,
    Ledger,
    Policy,
    PublishableTable,
    protect,
)
from privacy.disclosure.audit import audit
from signalering.lifecycle.reeks import views_without_past
from signalering.report import Rapportdocument, render_html, wording
from signalering.report.context import context_for
from tenants.scope import acting_as
from tests import people
from tests.signalering import maken, rapporten
from tests.signalering.test_reeks import exported

VIEWS: dict[str, int | None] = {
    "vooraf:JA": 41,
    "moment:PREVENTIEF": 412,
    "moment:CURATIEF": 601,
    "moment:ONBEKEND": 117,
    "gewezen:JA": 311,
    "gewezen:NEE": None,
    "gewezen:ONBEKEND": None,
    "reden:STELSEL": 91,
    "reden:ONAFH": 87,
    "collectief:COL.VOORL": 3,
    "collectief:COL.LOTG": 0,
    "collectief:groepen": 3,
    "collectief:deelnemers": 45,
}


def document(more: Mapping[str, int | None] = VIEWS) -> Rapportdocument:
    aantallen = {**rapporten.OPDRACHTGEVER, **more}
    return rapporten.rapport(
        cijfers=rapporten.tabel(aantallen), labels={**labels("nl"), **rapporten.LABELS}
    )


def text(aantal: int | None) -> str:
    return wording.before_complaint_sentence(rapporten.tabel({"vooraf:JA": aantal}))


def test_s040_before_a_complaint_is_said_for_none_one_many_and_withheld() -> None:
    assert text(0).startswith("In deze periode was er geen kwestie")
    assert text(1).startswith("1 kwestie ging over")
    assert text(1130).startswith("1.130 van de kwesties gingen over")
    assert text(None).endswith("tonen wij niet.")


def test_s058_groups_are_said_for_none_one_and_many() -> None:
    def said(groepen: int, deelnemers: int) -> str:
        return wording.participants_sentence(
            rapporten.tabel(
                {"collectief:groepen": groepen, "collectief:deelnemers": deelnemers}
            )
        )

    assert said(0, 0) == "In deze periode was er geen werk met groepen."
    assert said(1, 0) == "Wij werkten 1 keer met een groep."
    assert said(3, 45).endswith("ongeveer 45 mensen aan mee.")


def test_views_that_show_nothing_are_one_sentence_and_no_table() -> None:
    withheld = {key: None for key in VIEWS if key.startswith("moment")}
    context: Any = context_for(document({**VIEWS, **withheld}))
    blok = {blok.id: blok for blok in context["verdieping"]}
    assert "verdieping-moment" not in blok
    assert blok["weg"].tekst == (
        "Over deze onderwerpen tonen wij geen aantallen: vooraf of achteraf. Anders is"
        " misschien iemand te herkennen.",
    )
    assert [rij.aantal for rij in blok["verdieping-gewezen"].rijen][:2] == ["311", "–"]
    assert blok["verdieping-gewezen"].noot == wording.NIET_ALLES


def test_s095_a_whole_dienst_stands_above_its_parts_and_leads_alone() -> None:
    diensten = {"OCO_SD_GEHEEL": 70, "OCO_SD": 50, "VP_SD": 20, "OCO_WLZ": 30}
    context: Any = context_for(
        document({f"dienst:{d}": n for d, n in diensten.items()})
    )
    (blok,) = (blok for blok in context["verdieping"] if blok.titel == "Per dienst")
    assert [(rij.aantal, rij.is_waarvan) for rij in blok.rijen[:4]] == [
        *(("70", False), ("50", True), ("20", True), ("30", False))
    ]
    assert blok.tekst[1].endswith(
        "sociaal domein, alles samen (70 kwesties). Daarna volgt Onafhankelijke"
        " cliëntondersteuning Wlz (30 kwesties)."
    )


def test_only_groups_that_met_are_in_the_table() -> None:
    html = render_html(document())
    assert "Voorlichting (cursus of groep)" in html
    assert "Lotgenotencontact" not in html


def test_a_report_of_before_the_deepening_reads_as_it_did() -> None:
    html = render_html(document({}))
    assert "Verdieping" not in html
    assert "Werk met groepen" not in html


# ----------------------------------------------------------------------- in the series


@pytest.fixture
def jaar(settings: Any, tmp_path: Any) -> None:
    settings.RAPPORT_ROOT = tmp_path
    wanted = [
        {
            "aard": ("FIN", "REL", "ORG")[n % 3],
            "soort": ("VRAAG", "ONVREDE", "KLACHT")[n % 3],
            "fase": ("KNELP", "BESLUIT", "", "")[n % 4],
            "gewezen_op_oco": "JA" if n < (3 if maand == 2 else 19) else "NEE",
            "datum": maken.DAY.replace(month=maand),
            "afgerond_op": maken.DAY.replace(month=maand),
        }
        for maand in (2, 8)
        for n in range(26)
    ]
    with acting_as(people.known("nadia").scope(1)):
        maken.kwesties_of_each(1, wanted)


def views(periode: str) -> set[str]:
    row = maken.row(maken.figures_only(periode=periode))
    maken.offer(row.pk)
    table = PublishableTable.from_json(row.cijfers or {})
    return {cell.tabel for cell in table.cells} & set(TABELLEN)


@pytest.mark.django_db
def test_half_years_show_it_quarters_do_not_and_nobody_is_given_away(
    jaar: None,
) -> None:
    assert views("2025-Q3") == set()
    assert "gewezen" in views("2025-H1")
    assert "gewezen" in views("2025")
    document = exported()
    sums = {row["sum"]: row["of"] for row in document["relations"]}
    # H2 has no report: of what its quarter does not show it is a number all the same.
    assert "2025~2025-H2/gewezen:JA" in sums["2025/gewezen:JA"]
    assert audit(document).breaches == ()


def test_a_year_that_began_without_a_view_goes_on_without_it() -> None:
    """Otherwise the half-year that did not count it could be subtracted."""
    whole = of("2025")
    half = of("2025-H1").without("gewezen")
    quarter = of("2025-Q3").without("gewezen", "moment")
    shown = protect(half, Policy(5, "opdrachtgever"), Ledger.empty())
    coarse = protect(quarter, Policy(5, "opdrachtgever"), Ledger.empty())
    ledgers = [
        Ledger.empty().add(half, shown),
        Ledger.empty().add(quarter, coarse),
    ]
    found = views_without_past(whole, ledgers)
    assert {cell.tabel for cell in found.cells} == {"totaal", "moment"}


def of(naam: str) -> CountTable:
    ids = ("totaal", "gewezen:JA", "gewezen:NEE", "moment:PREVENTIEF")
    cells = tuple(CountCell(id, id.partition(":")[0], (), 0, 0) for id in ids)
    return CountTable(naam, cells, (), "totaal")
