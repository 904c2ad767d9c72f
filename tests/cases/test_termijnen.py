"""Terms of the law against worked cases, each with its article (S105, S124)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases import werkdagen
from cases.models import ExternTraject
from cases.termijnen import (
    REGELS,
    Duur,
    Eenheid,
    Fase,
    Stand,
    Termijn,
    dagen,
    jaren,
    laatste_dag,
    maanden,
    slot,
    termijn_of,
    weken,
)


def d(tekst: str) -> date:
    return date.fromisoformat(tekst)


# from (the day itself does not count: Awb 6:8 lid 1), how long, last day, why
ALGEMEEN = [
    ("2026-01-07", weken(6), "2026-02-18", "Awb 6:7: no day off"),
    ("2026-02-20", weken(6), "2026-04-07", "Atw 3: Goede Vrijdag, Pasen, 2e Paasdag"),
    ("2025-03-15", weken(6), "2025-04-28", "Atw 3: Koningsdag, on Saturday 26 April"),
    ("2026-01-03", weken(6), "2026-02-16", "Atw 1: Saturday"),
    ("2026-01-04", weken(6), "2026-02-16", "Atw 1: Sunday"),
    ("2026-03-16", weken(6), "2026-04-28", "Atw 3: Koningsdag, a Monday"),
    ("2026-03-24", weken(6), "2026-05-06", "Atw 3: 5 mei, a Tuesday"),
    ("2026-04-02", weken(6), "2026-05-18", "Atw 3 lid 1 and 3: Hemelvaart, 15 mei"),
    ("2026-04-03", weken(6), "2026-05-18", "Atw 3 lid 3: 15 mei 2026, made equal"),
    ("2025-11-20", weken(6), "2026-01-05", "Atw 3: Nieuwjaarsdag; lid 3: 2 januari"),
    ("2024-11-14", weken(6), "2024-12-30", "Atw 3: Christmas; lid 3: 27 december"),
    ("2027-02-12", weken(6), "2027-03-30", "Atw 3 lid 2: Goede Vrijdag 2027, Pasen"),
    ("2027-03-24", weken(6), "2027-05-10", "Atw 3: 5 mei, Hemelvaart; lid 3: 7 mei"),
    ("2027-04-05", weken(6), "2027-05-18", "Atw 3: tweede Pinksterdag 2027"),
    ("2027-11-13", weken(6), "2027-12-27", "Atw 1: Christmas in a weekend, no more"),
    ("2028-03-16", weken(6), "2028-05-01", "Atw 3: Koningsdag; lid 3: 28 april 2028"),
    ("2026-12-31", weken(6), "2027-02-11", "Awb 6:8: begins on Nieuwjaarsdag itself"),
    ("2026-07-14", weken(6), "2026-08-25", "Awb 6:7: nothing stands still in summer"),
    ("2026-08-01", weken(6), "2026-09-14", "Atw 1: made known and over on a Saturday"),
    ("2028-02-29", weken(6), "2028-04-11", "Awb 6:8: from a leap day"),
    ("2026-04-13", weken(6), "2026-05-26", "Atw 3: tweede Pinksterdag"),
    ("2026-11-13", weken(6), "2026-12-28", "Atw 3: Christmas and a weekend"),
    ("2026-11-20", weken(6), "2027-01-04", "Atw 3: Nieuwjaarsdag, a Friday"),
    ("2024-11-20", weken(6), "2025-01-02", "Atw 3: Nieuwjaarsdag, a Wednesday"),
    ("2024-01-18", weken(6), "2024-02-29", "a leap day is a day"),
    ("2023-01-18", weken(6), "2023-03-01", "no leap day"),
    ("2031-03-16", weken(6), "2031-04-28", "Atw 3: Koningsdag is the Saturday before"),
    (
        "2031-03-15",
        weken(6),
        "2031-04-28",
        "Atw 3: 26 April 2031, and the Sunday after",
    ),
    ("2032-03-16", weken(6), "2032-04-28", "Atw 3: Koningsdag, a Tuesday"),
    ("2024-03-24", weken(6), "2024-05-06", "Atw 3: 5 mei on a Sunday: the Monday"),
    ("2025-03-24", weken(6), "2025-05-06", "Atw 3: 5 mei on a Monday"),
    ("2026-03-20", dagen(14), "2026-04-07", "Wzd 56a: Goede Vrijdag, Easter"),
    ("2026-04-13", dagen(14), "2026-04-28", "Wzd 56a: Koningsdag"),
    ("2026-06-05", dagen(14), "2026-06-19", "Wzd 56a: a Friday"),
    ("2026-06-06", dagen(14), "2026-06-22", "Wzd 56a: a Saturday"),
    ("2026-04-28", weken(4), "2026-05-26", "Wzd 56a: a Tuesday"),
    ("2026-04-27", weken(4), "2026-05-26", "Wzd 56a: tweede Pinksterdag"),
    ("2026-02-06", weken(12), "2026-05-01", "1 mei is a working day"),
    ("2026-02-08", weken(12), "2026-05-04", "Atw 4: twelve weeks still move"),
    ("2026-02-08", Duur(13, Eenheid.WEKEN), "2026-05-10", "Atw 4: thirteen do not"),
    ("2026-02-09", dagen(90), "2026-05-11", "Atw 4: ninety days still move (Sunday)"),
    ("2026-02-08", dagen(91), "2026-05-10", "Atw 4: ninety-one do not (Sunday)"),
    ("2026-02-14", maanden(3), "2026-05-18", "Atw 4: three months move: Hemelvaart"),
    ("2026-03-31", maanden(3), "2026-06-30", "three months: June has no 31st"),
    ("2026-12-31", maanden(3), "2027-03-31", "three months: March has"),
    ("2026-11-30", maanden(3), "2027-03-01", "three months: 28 February, a Sunday"),
    ("2027-11-30", maanden(3), "2028-02-29", "three months: a leap month"),
    ("2027-01-29", weken(4), "2027-02-26", "four weeks are not a month"),
    ("2027-01-29", maanden(1), "2027-03-01", "a month: 28 February, a Sunday"),
    ("2026-01-14", maanden(4), "2026-05-14", "Atw 4: four months do not"),
    ("2026-08-31", maanden(6), "2027-02-28", "Wkkgz 22: end of the month, a Sunday"),
    ("2027-08-31", maanden(6), "2028-02-29", "Wkkgz 22: end of a leap month"),
    ("2025-10-31", maanden(1), "2025-12-01", "end of the month, a Sunday: it moves"),
    ("2026-01-31", maanden(1), "2026-03-02", "28 February, a Saturday: it moves"),
    ("2024-01-31", maanden(1), "2024-02-29", "end of a leap month"),
    ("2025-12-31", maanden(2), "2026-03-02", "over the year; a Saturday: it moves"),
    ("2024-02-29", jaren(1), "2025-02-28", "Awb 9:24: a year after a leap day"),
    ("2025-05-05", jaren(1), "2026-05-05", "Atw 4: a year does not move (5 mei)"),
    ("2025-04-04", jaren(1), "2026-04-04", "Atw 4: a year does not move (Saturday)"),
]


@pytest.mark.parametrize(("vanaf", "duur", "dag", "waarom"), ALGEMEEN)
def test_s105_the_last_day_of_a_term(
    vanaf: str, duur: Duur, dag: str, waarom: str
) -> None:
    assert laatste_dag(d(vanaf), duur) == d(dag), waarom


def term(type: str, **known: object) -> Termijn | None:
    given = {k: d(v) if isinstance(v, str) else v for k, v in known.items()}
    return termijn_of(Stand(type=type, **given))  # type: ignore[arg-type]


# type, what is known, last day, article
ROUTES = [
    ("bezwaar", {"bekend_op": "2026-01-07"}, "2026-02-18", "Awb 6:7, 6:8"),
    ("beroep", {"bekend_op": "2026-02-20"}, "2026-04-07", "Awb 6:7, 6:8"),
    (  # counted from the end of the six weeks, not from the day it was lodged
        "bezwaar",
        {"bekend_op": "2026-01-07", "ingediend_op": "2026-01-09"},
        *("2026-04-01", "Awb 7:10 lid 1"),
    ),
    (  # the six weeks end on Saturday 14 February, so on the 16th
        "bezwaar",
        {"bekend_op": "2026-01-03", "ingediend_op": "2026-01-09"},
        *("2026-03-30", "Awb 7:10 lid 1"),
    ),
    (
        "bezwaar",
        {"bekend_op": "2026-01-07", "ingediend_op": "2026-01-09", "is_lang": True},
        *("2026-05-13", "Awb 7:10 lid 1"),
    ),
    (
        "bezwaar",
        {
            "bekend_op": "2026-01-07",
            "ingediend_op": "2026-01-09",
            "verdaagd_weken": 6,
        },
        *("2026-05-13", "Awb 7:10 lid 1; Awb 7:10 lid 3"),
    ),
    (
        "bezwaar",
        {
            "bekend_op": "2026-01-07",
            "ingediend_op": "2026-01-09",
            "opgeschort_dagen": 10,
        },
        *("2026-04-13", "Awb 7:10 lid 1; Awb 7:10 lid 2"),  # 11 April: a Saturday
    ),
    (
        "bezwaar",
        {
            "bekend_op": "2026-01-07",
            "ingediend_op": "2026-01-09",
            "oordeel_op": "2026-03-24",
        },
        *("2026-05-06", "Awb 6:7, 6:8"),
    ),
    ("klacht_awb", {"bekend_op": "2025-04-04"}, "2026-04-04", "Awb 9:8 lid 1"),
    ("klacht_awb", {"ingediend_op": "2026-01-07"}, "2026-02-18", "Awb 9:11 lid 1"),
    (
        "klacht_awb",
        {"ingediend_op": "2026-01-07", "is_lang": True},
        *("2026-03-18", "Awb 9:11 lid 1"),
    ),
    (
        "klacht_awb",
        {"ingediend_op": "2026-01-07", "verdaagd_weken": 4},
        *("2026-03-18", "Awb 9:11 lid 1; Awb 9:11 lid 2"),
    ),
    (
        "klacht_awb",
        {"ingediend_op": "2025-01-07", "oordeel_op": "2025-05-05"},
        *("2026-05-05", "Awb 9:24"),
    ),
    ("klacht_wkkgz", {"ingediend_op": "2026-03-16"}, "2026-04-28", "Wkkgz 17 lid 1"),
    (  # six weeks end on Koningsdag, ten on tweede Pinksterdag: put off from the first
        "klacht_wkkgz",
        {"ingediend_op": "2026-03-16", "verdaagd_weken": 4},
        *("2026-05-26", "Wkkgz 17 lid 1; Wkkgz 17 lid 2"),
    ),
    ("klacht_wzd", {"ingediend_op": "2026-06-06"}, "2026-06-22", "Wzd 56a lid 2"),
    (
        "klacht_wzd",
        {"ingediend_op": "2026-04-27", "is_lang": True},
        *("2026-05-26", "Wzd 56a lid 2"),
    ),
    ("klacht_wvggz", {"ingediend_op": "2026-06-05"}, "2026-06-19", "Wvggz 10:5"),
    ("geschil", {"ingediend_op": "2026-08-31"}, "2027-02-28", "Wkkgz 22"),
    ("ombudsman", {"bekend_op": "2024-02-29"}, "2025-02-28", "Awb 9:24"),
    (
        "beroep",
        {"ingediend_op": "2026-01-07", "oordeel_op": "2026-04-02"},
        *("2026-05-18", "Awb 6:24, 6:7"),
    ),
    (  # the term to lodge it ends on 18 May 2026, so this one begins on the 19th
        "bezwaar",
        {"bekend_op": "2026-04-02", "ingediend_op": "2026-04-20"},
        *("2026-06-29", "Awb 7:10 lid 1"),
    ),
    (  # ten weeks end at Christmas
        "klacht_wkkgz",
        {"ingediend_op": "2026-10-16", "verdaagd_weken": 4},
        *("2026-12-28", "Wkkgz 17 lid 1; Wkkgz 17 lid 2"),
    ),
    (
        "klacht_wvggz",
        {"ingediend_op": "2026-04-17", "is_lang": True},
        *("2026-05-18", "Wvggz 10:5"),
    ),
    (
        "klacht_wvggz",
        {"ingediend_op": "2026-06-05", "oordeel_op": "2026-06-19"},
        *("2026-07-31", "Wvggz 10:7"),
    ),
    (
        "klacht_wzd",
        {"ingediend_op": "2027-03-11", "oordeel_op": "2027-03-25"},
        *("2027-05-10", "Wzd 56c"),
    ),
    (
        "tuchtrecht",
        {"ingediend_op": "2026-01-07", "oordeel_op": "2026-11-14"},
        *("2026-12-28", "Wet BIG 73 lid 1"),
    ),
    (  # what was agreed holds, whatever day it is
        "klacht_jeugdwet",
        {"ingediend_op": "2026-01-07", "termijn_tot": "2026-02-14"},
        *("2026-02-14", ""),
    ),
]


@pytest.mark.parametrize(("type", "known", "dag", "artikel"), ROUTES)
def test_s105_the_term_of_a_route(
    type: str, known: dict[str, object], dag: str, artikel: str
) -> None:
    found = term(type, **known)
    assert found is not None
    assert (found.dag, found.artikel) == (d(dag), artikel)


@pytest.mark.parametrize(
    ("type", "known"),
    [
        ("bezwaar", {}),
        ("bezwaar", {"ingediend_op": "2026-01-09"}),  # not without the decision
        ("beroep", {"ingediend_op": "2026-01-09"}),  # Awb 8:66: after the session
        ("klacht_jeugdwet", {"ingediend_op": "2026-01-09"}),  # in the scheme
        ("klacht_wmo_aanbieder", {"ingediend_op": "2026-01-09"}),
        ("ombudsman", {"ingediend_op": "2026-01-09"}),
        ("geschil", {"ingediend_op": "2026-01-09", "oordeel_op": "2026-02-09"}),
    ],
)
def test_where_the_law_has_no_term_none_is_made_up(
    type: str, known: dict[str, object]
) -> None:
    assert term(type, **known) is None


def test_a_typed_day_no_longer_holds_after_the_ruling() -> None:
    found = term(
        *("klacht_awb",),
        ingediend_op="2026-01-07",
        termijn_tot="2026-02-01",
        oordeel_op="2026-02-10",
    )
    assert found is not None
    assert (found.fase, found.dag) == (Fase.VERDER, d("2027-02-10"))


def test_every_route_is_in_the_table_and_every_rule_has_an_article() -> None:
    assert set(REGELS) == set(ExternTraject.Type.values)
    rules = [rule for rules in REGELS.values() for rule in rules.values()]
    assert all(rule.artikel for rule in rules)
    assert all(rule.verdagen_artikel for rule in rules if rule.verdagen)
    assert all(rule.lang_als for rule in rules if rule.duur_lang)
    unread = {rule.artikel for rule in rules if not rule.is_nagekeken}
    assert unread == {"Wzd 56c", "Wvggz 10:5", "Wvggz 10:7"}


def test_a_term_never_ends_on_a_day_off_nor_before_its_length() -> None:
    day = d("2024-01-01")
    while day < d("2029-01-01"):
        last = laatste_dag(day, weken(6))
        assert werkdagen.is_werkdag(last)
        assert last not in werkdagen.GELIJKGESTELD
        assert timedelta(0) <= last - slot(day, weken(6)) <= timedelta(days=5)
        day += timedelta(days=1)
