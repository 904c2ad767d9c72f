"""The promise of docs/deidentification.md on texts that were not developed on.

The held-out half of teksten.jsonl was written before the rules and not tuned to; it is
by the same hand, so life will be harder than this. blind.jsonl is by somebody who had
not seen the rules; it was measured first and learned from after (the numbers of both in
docs/deidentification.md), so that by now it guards against going back.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from privacy.herkenning import vind, warm
from tests.privacy.herkenning.meten import NAAM, VORM, Maat, halve, lees, meet, wilson

HIER = Path(__file__).parent
ROOT = HIER.parents[2]
SHARED = Path(os.environ.get("ADVIESPUNT_SHARED", ROOT.parent / "shared"))
EIGEN = HIER / "teksten.jsonl"
GEGEVEN = SHARED / "data" / "deid-dev.jsonl"


BLIND = HIER / "blind.jsonl"
VIERDE_SET = HIER / "vierde.jsonl"
SETS = [
    (EIGEN, "toets"),
    (GEGEVEN, "toets"),
    (BLIND, "ontwikkel"),
    (BLIND, "toets"),
    (BLIND, "tweede"),
    (BLIND, "derde"),
]


@pytest.fixture(scope="module", params=SETS, ids=lambda one: f"{one[0].stem}-{one[1]}")
def maat(request: pytest.FixtureRequest) -> Maat:
    return meet(halve(lees(request.param[0]), request.param[1]))


def test_what_has_a_form_is_found(maat: Maat) -> None:
    goed, al = maat.recall(VORM)
    assert goed / al >= 0.98, maat.gemist


def test_names_addresses_places_and_dates_are_found(maat: Maat) -> None:
    goed, al = maat.recall(NAAM)
    assert goed / al >= 0.90, maat.gemist


def test_texts_without_anybody_raise_no_alarm(maat: Maat) -> None:
    assert len(maat.vals) <= 0.10 * maat.schoon, maat.teveel


def test_there_are_enough_texts_of_our_own() -> None:
    rijen = lees(EIGEN)
    vol = [rij for rij in rijen if rij["spans"]]
    assert (len(vol) >= 120, len(rijen) - len(vol) >= 60) == (True, True)
    assert 0.4 < len(halve(rijen, "toets")) / len(rijen) < 0.6


def test_the_blind_texts_lost_nothing_since_they_were_learned_from() -> None:
    maat = meet(lees(BLIND))
    goed, al = maat.recall(NAAM)
    assert (al >= 350, goed / al >= 0.97) == (True, True), maat.gemist
    goed, al = maat.recall(("ORGANISATIE", "LEEFTIJD"))
    assert goed / al >= 0.95, maat.gemist
    assert (maat.schoon >= 90, len(maat.vals) <= 2) == (True, True), maat.teveel


def test_each_label_by_itself_in_the_fourth_set() -> None:
    """Four hundred texts: measured first, learned from after (the docs have both)."""
    maat = meet(lees(VIERDE_SET))
    shares = {label: maat.goed[label] / maat.al[label] for label in (*NAAM, *VORM)}
    low = {label for label in NAAM if shares[label] < 0.95}
    low |= {label for label in VORM if shares[label] < 0.98}
    assert (len(maat.lek) <= 40, low) == (True, set()), maat.gemist
    assert (maat.schoon, len(maat.vals) <= 4) == (160, True), maat.teveel


def test_a_text_takes_less_than_thirty_milliseconds() -> None:
    warm()
    took = []
    for rij in lees(EIGEN):
        start = time.process_time()  # not the clock: the machine does more than this
        vind(rij["text"])
        took.append(time.process_time() - start)
    assert sorted(took)[int(0.95 * len(took))] < 0.030


def test_wilson_is_the_interval_of_a_share() -> None:
    low, high = wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)


NOTITIES = HIER / "notities.txt"
MERK = re.compile(r"\[\[([A-Z]+):(.*?)\]\]")


def gemerkt(regel: str) -> tuple[str, list[tuple[str, int, int]]]:
    """A line with [[KIND:words]] as its text and the places of those words."""
    text, found, last = "", [], 0
    for one in MERK.finditer(regel):
        text += regel[last : one.start()]
        found.append((one[1], len(text), len(text) + len(one[2])))
        text += one[2]
        last = one.end()
    return text + regel[last:], found


def test_hurried_notes_are_read_as_well() -> None:
    """Ninety notes as people type them; they were measured before anything was
    changed for them (docs/deidentification.md) and are no longer unseen.
    """
    hits: dict[bool, list[bool]] = {True: [], False: []}
    alarms = []
    for regel in NOTITIES.read_text("utf-8").splitlines():
        text, wanted = gemerkt(regel)
        seen = {i for one in vind(text) for i in range(one.start, one.end)}
        for soort, start, end in wanted:
            letters = {i for i in range(start, end) if text[i].isalnum()}
            hits[soort in VORM].append(letters <= seen)
        if not wanted:
            alarms.append(bool(seen))
    assert len(hits[True]) > 20
    assert sum(hits[True]) / len(hits[True]) >= 0.98
    assert sum(hits[False]) / len(hits[False]) >= 0.95
    assert sum(alarms) <= 0.10 * len(alarms)
