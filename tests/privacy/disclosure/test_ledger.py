"""A series of releases: nothing an audience got before gives a later number away."""

import json
import os

import pytest

from privacy.disclosure import (
    Correction,
    CountCell,
    CountTable,
    Knower,
    Ledger,
    Policy,
    Refused,
    Relation,
    link_period,
    link_reissue,
    protect,
    qualified,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from tests.privacy.disclosure import register

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"
POLICY = Policy(5, "opdrachtgever", time_limit=5)


def table(naam: str, **counts: int) -> CountTable:
    cells = [CountCell("T", "totaal", (), sum(counts.values()), sum(counts.values()))]
    cells += [CountCell(id, "aard", (), n, n) for id, n in counts.items()]
    return CountTable(naam, tuple(cells), (Relation("T", tuple(counts)),), "T")


def released(ledger: Ledger, new: CountTable) -> Ledger:
    return ledger.add(new, protect(new, POLICY, ledger))


def breaches(ledger: Ledger) -> set[tuple[str, str]]:
    found = audit(audit_document(ledger, POLICY))
    return {(breach.cell, breach.kind) for breach in found.breaches}


def test_a_half_year_does_not_give_back_what_its_quarters_withheld() -> None:
    q1, q2 = table("Q1", a=20, b=3, c=15), table("Q2", a=9, b=12, c=30)
    half = table("H1", a=29, b=15, c=45)
    ledger = released(released(Ledger.empty(), q1), q2)
    blind = ledger.add(half, protect(half, POLICY, Ledger.empty()))
    assert breaches(blind.link(_sums(half, [q1, q2]))) != set()
    safe = released(link_period(ledger, half, [q1, q2]), half)
    assert breaches(safe) == set()
    assert "H1/T" in safe.printed


def _sums(whole: CountTable, parts: list[CountTable]) -> list[Relation]:
    return [
        Relation(
            qualified(whole.naam, cell.id),
            tuple(qualified(part.naam, cell.id) for part in parts),
        )
        for cell in whole.cells
    ]


def test_a_period_that_showed_nothing_is_not_the_difference_of_two_others() -> None:
    q1, q2 = table("Q1", a=20, b=12, c=15), table("Q2", a=1, b=2, c=0)
    half = table("H1", a=21, b=14, c=15)
    ledger = released(released(Ledger.empty(), q1), q2)
    assert ledger.releases[-1].te_weinig
    safe = released(link_period(ledger, half, [q1, q2]), half)
    assert breaches(safe) == set()
    assert "H1/T" not in safe.printed


def test_a_few_late_registrations_stay_hidden_in_the_longer_period() -> None:
    q1, q2 = table("Q1", a=20, b=12, c=15), table("Q2", a=19, b=12, c=30)
    half = table("H1", a=41, b=24, c=45)
    late = {"a": Correction(2, 2), "T": Correction(2, 2)}
    ledger = released(released(Ledger.empty(), q1), q2)
    safe = released(link_period(ledger, half, [q1, q2], late), half)
    assert breaches(safe) == set()
    assert not {"H1/a", "H1/T"} & set(safe.printed)


def test_corrections_that_do_not_add_up_are_refused() -> None:
    q1, half = table("Q1", a=20, b=12), table("H1", a=24, b=12)
    wrong = {"a": Correction(3, 3)}
    with pytest.raises(Refused) as refusal:
        link_period(Ledger.empty(), half, [q1], wrong)
    assert refusal.value.code == "tegenstrijdig"


def test_a_corrected_issue_over_a_few_clients_is_refused() -> None:
    old, new = table("2025", a=20, b=12), table("2025 v2", a=23, b=12)
    ledger = released(Ledger.empty(), old)
    with pytest.raises(Refused) as refusal:
        link_reissue(ledger, old, new, POLICY.k)
    assert refusal.value.code == "heruitgave"
    assert refusal.value.eerder == ("2025",)


def test_a_corrected_issue_over_many_clients_is_released() -> None:
    old, new = table("2025", a=20, b=12), table("2025 v2", a=40, b=12)
    ledger = released(Ledger.empty(), old)
    ledger = link_reissue(ledger, old, new, POLICY.k)
    safe = released(ledger, new)
    assert safe.printed["2025 v2/a"] == 40
    assert breaches(safe) == set()


def test_something_taken_out_and_something_put_in_are_kept_apart() -> None:
    q1, half = table("Q1", a=20, b=12, c=30), table("H1", a=21, b=12, c=30)
    change = {"a": Correction(4, 4, 3, 3), "T": Correction(4, 4, 3, 3)}
    ledger = released(Ledger.empty(), q1)
    safe = released(link_period(ledger, half, [q1], change), half)
    assert breaches(safe) == set()


def test_the_same_release_with_other_numbers_is_refused() -> None:
    ledger = released(Ledger.empty(), table("Q1", a=20, b=12))
    with pytest.raises(Refused) as refusal:
        protect(table("Q1", a=21, b=12), POLICY, ledger)
    assert refusal.value.code == "vastgelegd"
    assert refusal.value.eerder == ("Q1",)


def test_the_same_release_again_prints_and_withholds_the_same() -> None:
    new = table("Q1", a=20, b=3, c=15)
    figures = protect(new, POLICY, Ledger.empty())
    again = protect(new, POLICY, Ledger.empty().add(new, figures))
    assert again.printed == figures.printed


def test_printed_numbers_that_leave_no_room_are_named() -> None:
    """Both the region and one gemeente are printed; the other gemeente is small."""
    region, first = table("regio", a=30, b=20), table("A", a=27, b=20)
    other = table("B", a=3, b=20)
    ledger = released(released(Ledger.empty(), region), first)
    ledger = link_period(ledger, region, [first, table("B", a=3, b=0)])
    with pytest.raises(Refused) as refusal:
        protect(table("B", a=3, b=0), Policy(2, "x"), ledger)
    assert refusal.value.code == "beleid"
    ledger = released(released(Ledger.empty(), table("regio", a=30, b=40)), first)
    ledger = link_period(ledger, table("regio", a=30, b=40), [first, other])
    with pytest.raises(Refused) as refusal:
        protect(other, POLICY, ledger)
    assert refusal.value.code == "vastgelegd"
    assert "B/a" in refusal.value.cellen
    assert set(refusal.value.eerder) == {"regio", "A"}


def test_an_insider_does_not_find_another_ones_number() -> None:
    new = table("2025", a=20, b=3, c=15, d=12)
    plain = protect(new, POLICY, Ledger.empty())
    shield = sorted(plain.withheld - {"b"})
    knows = Knower("aanbieder", tuple(qualified("2025", id) for id in shield))
    ledger = Ledger.empty().link((), (), [knows])
    assert ("2025/b", "exact") in breaches(ledger.add(new, plain))
    assert breaches(ledger.add(new, protect(new, POLICY, ledger))) == set()


def test_a_ledger_survives_json() -> None:
    q1, half = table("Q1", a=20, b=3, c=15), table("H1", a=24, b=15, c=45)
    ledger = released(Ledger.empty(), q1)
    ledger = released(link_period(ledger, half, [q1]), half)
    again = Ledger.from_json(json.loads(json.dumps(ledger.to_json())))
    assert again == ledger
    assert again.withheld == ledger.withheld


def test_figures_of_another_table_do_not_enter_the_ledger() -> None:
    figures = protect(table("Q1", a=20, b=12), POLICY, Ledger.empty())
    with pytest.raises(Refused):
        Ledger.empty().add(table("Q2", a=20, b=12), figures)
    with pytest.raises(Refused):
        Ledger.empty().add(table("Q1", a=19, b=12), figures)


PERIODS = (
    ("Q1", range(1, 4), ()),
    ("Q2", range(4, 7), ()),
    ("H1", range(1, 7), ("Q1", "Q2")),
    ("Q3", range(7, 10), ()),
    ("Q4", range(10, 13), ()),
    ("H2", range(7, 13), ("Q3", "Q4")),
    ("Y", range(1, 13), ("H1", "H2")),
)


@pytest.mark.parametrize(
    "tenant", ["doesburg", "de-kluizenaar", "nijmegen"] if DEEP else ["doesburg"]
)
def test_a_year_of_a_tenant_in_calendar_order_to_both_audiences(tenant: str) -> None:
    wide, narrow = Ledger.empty(), Ledger.empty()
    public, k5 = Policy(10, "openbaar", 0.4), Policy(5, "opdrachtgever", 0.4)
    tables: dict[str, CountTable] = {}
    for naam, months, parts in PERIODS:
        new = register.table(tenant, naam, [f"2024-{m:02d}" for m in months])
        tables[naam] = new
        wide = (
            link_period(wide, new, [tables[part] for part in parts]) if parts else wide
        )
        figures = protect(new, k5, wide)
        wide = wide.add(new, figures)
        shown = register.public_part(new)
        if parts:
            smaller = [register.public_part(tables[part]) for part in parts]
            narrow = link_period(narrow, shown, smaller)
        public_figures = protect(shown, public, narrow.within(figures))
        narrow = narrow.add(shown, public_figures)
        assert public_figures.printed.items() <= figures.printed.items()
    assert breaches(wide) == set()
    assert audit(audit_document(narrow, public)).breaches == ()
