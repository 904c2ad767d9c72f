"""Why a number is withheld, and a proof that a second person can add up."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from privacy.disclosure import (
    CountCell,
    CountTable,
    Explanation,
    Group,
    Knower,
    Ledger,
    Policy,
    PublishableTable,
    Refused,
    Relation,
    link_period,
    protect,
    protect_explained,
    qualified,
    verify,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from privacy.disclosure.tables import problems_in
from privacy.disclosure.ways_out import ways_out
from tests.privacy.disclosure.test_protect import BROAD, PUBLIC, report

Proof = list[dict[str, Any]]


def withholding(policy: Policy, *ids: str) -> Policy:
    return replace(policy, withhold=frozenset(ids))


def view(table: CountTable, tabel: str) -> list[str]:
    return [cell.id for cell in table.cells if cell.tabel == tabel]


def test_a_view_that_somebody_leaves_out_is_not_shown_and_shields_the_rest() -> None:
    table = report()
    left_out = withholding(BROAD, *view(table, "aard"))
    figures, why = protect_explained(table, left_out, Ledger.empty())
    assert all(cell.onderdrukt for cell in figures.view("aard"))
    assert figures.cell("totaal").kwesties == 50
    assert set(why.chosen) == {qualified("2025", id) for id in view(table, "aard")}
    assert verify(table, figures, left_out, Ledger.empty(), why) == []
    shown = Ledger.empty().add(table, figures)
    assert audit(audit_document(shown, left_out)).breaches == ()


def test_what_cannot_occur_can_be_left_out_as_well() -> None:
    table = report()
    cells = tuple(
        replace(cell, structural_zero=True) if cell.id == "aard:WEI" else cell
        for cell in table.cells
    )
    table = replace(table, cells=cells)
    figures = protect(table, withholding(BROAD, "aard:WEI"), Ledger.empty())
    assert figures.cell("aard:WEI").onderdrukt


def test_what_the_other_version_withholds_goes_together_with_what_is_chosen() -> None:
    table = report()
    wide = protect(table, BROAD, Ledger.empty())
    policy = withholding(PUBLIC, "soort:VRAGEN")
    ledger = Ledger.empty().within(wide)
    figures, why = protect_explained(table, policy, ledger)
    assert figures.withheld >= wide.withheld | {"soort:VRAGEN"}
    assert set(why.ceiling) == {qualified("2025", id) for id in wide.withheld}
    assert verify(table, figures, policy, ledger, why) == []


def test_every_withheld_number_has_its_reason() -> None:
    table = report()
    figures, why = protect_explained(table, BROAD, Ledger.empty())
    withheld = {qualified("2025", id) for id in figures.withheld}
    assert set(why.sensitive) | set(why.shields) == withheld
    assert "2025/aard:REL" in why.sensitive
    shielding = [id for id in why.shields if id.startswith("2025/aard:")]
    assert [why.shields[id] for id in shielding] == [("2025/aard:REL",)]
    assert all(why.shields.values())
    assert (why.chosen, why.ceiling) == ((), ())
    assert why.loss == why.bound > 0
    assert why.certificates == len(why.proof) > 0


def test_what_was_withheld_before_shields_nothing_in_particular() -> None:
    table = report()
    figures = protect(table, BROAD, Ledger.empty())
    again = Ledger.empty().add(table, figures)
    _, why = protect_explained(table, BROAD, again)
    assert set(why.shields.values()) == {()}


def test_an_explanation_survives_json_also_without_its_proof() -> None:
    _, why = protect_explained(report(), BROAD, Ledger.empty())
    stored = json.loads(json.dumps(why.to_json()))
    assert Explanation.from_json(stored) == why
    del stored["proof"]
    assert Explanation.from_json(stored) == replace(why, proof=())
    with pytest.raises(ValueError, match="adviespunt-uitleg/1"):
        Explanation.from_json({"format": "x"})


@pytest.fixture
def series() -> tuple[CountTable, PublishableTable, Ledger, Explanation]:
    """A half-year after its quarter, with a reader who knows one number."""
    quarter, rest = report((6, 2, 9, 0, 12, 3), (6, 4)), report((6, 1, 3, 0, 9, 6))
    quarter, rest = replace(quarter, naam="Q1"), replace(rest, naam="Q2")
    half = report((12, 3, 12, 0, 21, 9), (12, 8))
    ledger = Ledger.empty().add(quarter, protect(quarter, BROAD, Ledger.empty()))
    ledger = ledger.add(rest, protect(rest, BROAD, ledger))
    ledger = link_period(ledger, half, [quarter, rest])
    ledger = ledger.link((), (), [Knower("gemeente", ("2025/aard:WEI",))])
    figures, why = protect_explained(half, BROAD, ledger)
    return half, figures, ledger, why


def test_the_stored_proof_of_a_series_adds_up(
    series: tuple[CountTable, PublishableTable, Ledger, Explanation],
) -> None:
    half, figures, ledger, why = series
    stored = Explanation.from_json(json.loads(json.dumps(why.to_json())))
    assert {item["reader"] for item in stored.proof} == {"", "gemeente"}
    assert verify(half, figures, BROAD, ledger, stored) == []


def _lose(proof: Proof) -> None:
    proof.pop()


def _turn(proof: Proof) -> None:
    proof[0]["sign"] = -proof[0]["sign"]


def _nudge(proof: Proof) -> None:
    moves = proof[0]["moves"]
    moves[next(iter(moves))] += 1


def _half(proof: Proof) -> None:
    moves = proof[0]["moves"]
    proof[0]["moves"] = {id: move / 2 for id, move in moves.items()}


def _stray(proof: Proof) -> None:
    proof[0]["moves"]["elders/totaal"] = 1


def _read_by_another(proof: Proof) -> None:
    for item in proof:
        item["reader"] = ""


TAMPERING = (_lose, _turn, _nudge, _half, _stray, _read_by_another)


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda t: t.__name__.strip("_"))
def test_a_proof_that_was_tampered_with_proves_nothing(
    series: tuple[CountTable, PublishableTable, Ledger, Explanation],
    tamper: Callable[[Proof], None],
) -> None:
    half, figures, ledger, why = series
    stored = json.loads(json.dumps(why.to_json()))
    tamper(stored["proof"])
    assert verify(half, figures, BROAD, ledger, Explanation.from_json(stored)) != []


def _with_numbers(figures: PublishableTable, **numbers: int) -> PublishableTable:
    data = figures.to_json()
    for cell in data["cells"]:
        if cell["id"] in numbers:
            cell |= {"kwesties": numbers[cell["id"]], "onderdrukt": False}
    return PublishableTable.from_json(data)


def test_other_figures_than_those_proven_are_not_proven(
    series: tuple[CountTable, PublishableTable, Ledger, Explanation],
) -> None:
    half, figures, ledger, why = series
    open_cell = next(iter(figures.withheld))
    true = half.by_id[open_cell].kwesties
    more = _with_numbers(figures, **{open_cell: true})
    assert verify(half, more, BROAD, ledger, why) != []
    other = _with_numbers(figures, totaal=1)
    assert verify(half, other, BROAD, ledger, why) != []
    assert verify(half, figures, PUBLIC, ledger, why) != []
    chosen = withholding(BROAD, next(iter(figures.printed)))
    assert verify(half, figures, chosen, ledger, why) != []


def test_too_few_is_said_only_when_it_is_so() -> None:
    small = report((1, 0, 2, 0, 1, 0), (1, 0))
    figures, why = protect_explained(small, BROAD, Ledger.empty())
    assert verify(small, figures, BROAD, Ledger.empty(), why) == []
    enough = report((1, 0, 2, 0, 2, 0), (1, 0))
    assert verify(enough, figures, BROAD, Ledger.empty(), why) != []


# Ways out


def crowd(number: int, *, possible: bool = True) -> CountTable:
    """Everybody has aard WEI; ``possible``: the other subjects could occur."""
    table = report((0, 0, 0, number, 0, 0), (number // 2, number // 4), group=True)
    cells = tuple(
        replace(cell, structural_zero=not possible)
        if cell.tabel == "aard" and cell.id != "aard:WEI"
        else cell
        for cell in table.cells
    )
    return replace(table, cells=cells)


@pytest.mark.parametrize("number", [40, 400])
def test_group_disclosure_passes_when_that_view_is_left_out(number: int) -> None:
    table = crowd(number)
    with pytest.raises(Refused) as refusal:
        protect(table, BROAD, Ledger.empty())
    assert refusal.value.code == "groepsonthulling"
    assert refusal.value.uitwegen == ("uitsplitsing:aard", "langere-periode", "niet")
    policy = withholding(BROAD, *view(table, "aard"))
    figures, why = protect_explained(table, policy, Ledger.empty())
    assert figures.cell("totaal").kwesties == number
    assert verify(table, figures, policy, Ledger.empty(), why) == []
    without = replace(why, proof=tuple(i for i in why.proof if "total" not in i))
    assert verify(table, figures, policy, Ledger.empty(), without) != []
    marked = Ledger.empty().add(table, figures)
    assert audit(audit_document(marked, policy)).breaches == ()


def test_a_view_that_everybody_knows_by_heart_does_not_help_when_left_out() -> None:
    table = crowd(40, possible=False)
    with pytest.raises(Refused) as refusal:
        protect(table, BROAD, Ledger.empty())
    assert "uitsplitsing:aard" not in refusal.value.uitwegen
    assert refusal.value.uitwegen[-1] == "niet"


def test_a_crowded_part_may_be_printed_when_the_total_leaves_room_for_doubt() -> None:
    """36 of 40, but the total, another part and the rest of the views are withheld:
    for all a reader knows there were many more."""
    table = CountTable(
        "2025",
        (
            CountCell("totaal", "totaal", (), 40, 40),
            CountCell("aard:WEI", "aard", (), 36, 36),
            CountCell("aard:FIN", "aard", (), 4, 4),
        ),
        (Relation("totaal", ("aard:WEI", "aard:FIN"), group=True),),
        "totaal",
    )
    policy = withholding(BROAD, "totaal")
    figures, why = protect_explained(table, policy, Ledger.empty())
    assert figures.cell("aard:WEI").kwesties == 36
    assert verify(table, figures, policy, Ledger.empty(), why) == []
    marked = Ledger.empty().add(table, figures)
    assert audit(audit_document(marked, policy)).breaches == ()


def test_without_time_the_ways_out_are_tried_all_the_same() -> None:
    with pytest.raises(Refused) as refusal:
        protect(report(), replace(BROAD, time_limit=0.0), Ledger.empty())
    assert refusal.value.code == "tijd"
    assert refusal.value.uitwegen == ("langere-periode", "niet")


def test_where_no_pattern_exists_nothing_can_be_left_out_either() -> None:
    alone = CountTable(
        "2025",
        (
            CountCell("T", "totaal", (), 20, 20),
            CountCell("a", "aard", (), 3, 3),
            CountCell("h", "x", (), 17, 17, structural_zero=False),
        ),
        (Relation("T", ("a", "h")),),
        "T",
    )
    released = Ledger.empty().add(alone, protect(alone, BROAD, Ledger.empty()))
    fixed = replace(
        released.releases[0], table=alone, printed={"T": 20, "h": 17, "a": 3}
    )
    ledger = replace(released, releases=(fixed,))
    with pytest.raises(Refused) as refusal:
        protect(alone, BROAD, ledger)
    assert refusal.value.code == "vastgelegd"
    assert refusal.value.uitwegen == ("niet",)


def test_only_ways_out_that_were_tried_and_certified_are_listed() -> None:
    table = replace(report((12, 3, 9, 2, 20, 4)), groups=(SAMEN,))
    soort = frozenset(view(table, "soort"))
    refusal = Refused("tijd", "Er is geen tijd.")

    def attempt(tried: CountTable, withhold: frozenset[str]) -> bool:
        return withhold >= soort or tried is not table

    found = ways_out(table, refusal, attempt)
    assert found == (
        *("uitsplitsing:soort", "samenvoegen:aard"),
        *("langere-periode", "niet"),
    )


SAMEN = Group(
    CountCell("aard:samen", "aard", (), 9, 6), ("aard:REL", "aard:WEI", "aard:OVE")
)


def test_categories_put_together_stay_in_the_system_as_hidden_cells() -> None:
    table = replace(report((12, 3, 9, 2, 20, 4)), groups=(SAMEN,))
    coarser = table.merged("aard")
    assert problems_in(coarser) == []
    whole = coarser.by_id["aard:samen"]
    assert (whole.kwesties, whole.clienten) == (9, 6)
    hidden = {cell.id for cell in coarser.cells if cell.hidden}
    assert hidden == {"soort:REST", *SAMEN.parts}
    assert table.merged("soort") == table
    figures = protect(coarser, BROAD, Ledger.empty())
    assert figures.cell("aard:samen").kwesties == 9
    assert not set(SAMEN.parts) & {cell.id for cell in figures.cells}
