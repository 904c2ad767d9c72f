"""The deepening of a report: every view counted by hand, and nothing of it public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases import counts, verdieping
from cases.models import Achtergrond, CollectieveActiviteit, Kwestie
from privacy.disclosure import CountTable, Policy, Relation, plan_year
from privacy.disclosure.tables import problems_in
from tenants.scope import Scope, acting_as
from tests import people
from tests.signalering import maken

JOB = Scope("job", None, (1,), 1, (1,))


def table(diensten: tuple[str, ...] = ("OCO_SD", "OCO_WLZ")) -> CountTable:
    with acting_as(JOB):
        return counts.count_report(
            naam="2025-H2",
            tenant_id=1,
            opdracht_id=people.ident("opdracht-arnhem"),
            van=date(2025, 7, 1),
            tot=date(2025, 12, 31),
            diensten=diensten,
        )


def numbers(found: CountTable, tabel: str) -> dict[str, int]:
    cells = [cell for cell in found.cells if cell.tabel == tabel]
    return {cell.id.partition(":")[2]: cell.kwesties for cell in cells if cell.kwesties}


def plant() -> list[Kwestie]:
    rows: list[dict[str, Any]] = [
        {"soort": "ONVREDE", "fase": "KNELP", "gewezen_op_oco": "JA"},
        {"soort": "ONVREDE", "gewezen_op_oco": "nee", "dienst": "VP_SD"},
        {"soort": "VRAAG", "fase": "KNELP", "wetten": ["ZVW"]},
        {"soort": "KLACHT", "fase": "KLPROC", "procedure_voorkomen": "NEE"},
        {"soort": "MELDING", "fase": "BESLUIT", "procedure_voorkomen": "JA"},
        {"soort": "VRAAG", "status": "IN_ONDERSTEUNING", "afgerond_op": None},
    ]
    with acting_as(people.known("anna").scope(1)):
        known = maken.clients(1, len(rows))
        return maken.kwesties(1, zip(known, rows, strict=True))


@pytest.mark.django_db
def test_each_view_counts_what_the_codes_say() -> None:
    plant()
    found = table()
    assert problems_in(found) == []
    assert numbers(found, "dienst") == {"OCO_SD": 5, "VP_SD": 1}  # S59
    assert numbers(found, "vooraf") == {"JA": 3, "NEE": 2}  # S40
    moment = {"PREVENTIEF": 2, "CURATIEF": 2, "ONBEKEND": 2}
    assert numbers(found, "moment") == moment  # S168
    assert numbers(found, "stelsel") == {"MEER": 1, "EEN": 5}  # S169
    assert numbers(found, "gewezen") == {"JA": 1, "NEE": 1, "ONBEKEND": 4}  # S61
    voorkomen = {"JA": 1, "NEE": 1, "ONBEKEND": 3}
    assert numbers(found, "voorkomen") == voorkomen  # S66, S88, S106


@pytest.mark.django_db
def test_s173_a_reason_counts_the_people_behind_it() -> None:
    first, second, *_others = plant()
    with acting_as(people.wie("anna").scope(1)):
        for kwestie, redenen in ((first, ["STELSEL", "ONAFH"]), (second, ["ONAFH"])):
            Achtergrond.objects.create(
                tenant_id=1, kwestie=kwestie, redenen_inzet=redenen
            )
    found = table()
    assert numbers(found, "reden") == {"STELSEL": 1, "ONAFH": 2}
    assert found.by_id["reden:ONAFH"].clienten == 2


@pytest.mark.django_db
def test_s058_groups_are_counted_and_people_in_fives_with_no_client_behind_them() -> (
    None
):
    with acting_as(people.wie("anna").scope(1)):
        for soort, aantal in (("COL.VOORL", 12), ("COL.VOORL", 3), ("INT.OVERL", None)):
            CollectieveActiviteit.objects.create(
                tenant_id=1,
                medewerker_id=people.ident("anna"),
                datum=date(2025, 9, 1),
                soort=soort,
                aantal_deelnemers=aantal,
            )
    found = table()
    want = {"COL.VOORL": 2, "groepen": 2, "deelnemers": 15, "INT": 1}
    assert numbers(found, "collectief") == want
    assert {c.clienten for c in found.cells if c.tabel == "collectief"} == {0}


@pytest.mark.django_db
def test_a_quarter_and_the_public_have_none_of_it() -> None:
    plain = {cell.tabel for cell in table(diensten=()).cells}
    assert plain.isdisjoint(verdieping.TABELLEN)
    public = counts.public_part(table())
    assert {cell.tabel for cell in public.cells}.isdisjoint(verdieping.TABELLEN)
    assert "dienst" not in {cell.tabel for cell in table(diensten=("OCO_SD",)).cells}


@pytest.mark.django_db
def test_every_cell_that_can_be_shown_has_a_label() -> None:
    shown = {cell.id for cell in table().cells if not cell.hidden}
    assert shown <= set(counts.labels("nl"))


@pytest.mark.django_db
def test_a_year_with_the_deepening_can_be_planned() -> None:
    plant()
    tables = {"2025": table(), "2025-H1": replace(table(), naam="2025-H1")}
    plan = plan_year(tables, Policy(5, "opdrachtgever", 0.2), [frozenset({"totaal"})])
    assert plan.shown == {"totaal"}


@pytest.mark.django_db
def test_s095_a_part_of_a_dienst_counts_in_its_whole_as_well() -> None:
    plant()
    found = table(("OCO_SD", "VP_SD", "OCO_WLZ"))
    assert problems_in(found) == []
    rolled = {"OCO_SD_GEHEEL": 6, "OCO_SD": 5, "VP_SD": 1}
    assert numbers(found, "dienst") == rolled
    assert found.by_id["dienst:OCO_SD_GEHEEL"].clienten == 6
    of = ("dienst:OCO_SD", "dienst:VP_SD")
    assert Relation("dienst:OCO_SD_GEHEEL", of) in found.relations
    order = [cell.id for cell in found.cells if cell.tabel == "dienst"]
    assert order[:3] == ["dienst:OCO_SD_GEHEEL", *of]
    # What nobody commissioned as a part of a whole is not rolled up.
    assert "dienst:OCO_SD_GEHEEL" not in table(("VP_SD", "OCO_WLZ")).by_id
