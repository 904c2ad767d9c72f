"""What holds for any text whatever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.herkenning import SOORTEN, vind
from privacy.herkenning.vinden import STUK

WOORDEN = st.sampled_from(
    [
        "dhr.",
        "Van",
        "de",
        "Jansen",
        "Anna",
        ",",
        "en",
        "O.",
        "06",
        "12",
        "3456789",
        "-",
        "/",
        "12",
        "maart",
        "2025",
        "6811",
        "AB",
        "NL91",
        "ABNA",
        "Molenstraat",
        "'t",
        "in",
        "Velp",
        "(",
        ")",
        ".",
        "\n",
        "€",
        "@",
        "www.",
        "x.nl",
        "J.P.",
        "mevr",
        "bsn",
        ":",
        "111222333",
        "Stichting",
        "De",
        "El",
        "jaar",
        "'s-Heerenberg",
        "É",
        "ij",
        "😀",
        "İ",
    ]
)
TEKST = st.text() | st.lists(WOORDEN, max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEKST)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = vind(text)
    assert list(found) == sorted(found)
    assert all(0 <= v.start < v.end <= len(text) for v in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert {v.soort for v in found} <= set(SOORTEN)
    assert all(text[v.start : v.end].strip() == text[v.start : v.end] for v in found)
    assert vind(text) == found


def test_a_long_text_is_read_to_its_end() -> None:
    text = "Er is niets aan de hand met de rolstoel. " * 400 + "Bel dhr. Jansen."
    assert len(text) > 2 * STUK
    assert [text[v.start : v.end] for v in vind(text)] == ["Jansen"]


@pytest.mark.parametrize(
    "teken", ["1 ", "A", "a.", "A. ", "(", "van ", "- ", "1-", "@"]
)
def test_no_text_takes_for_ever(teken: str) -> None:
    start = time.process_time()
    vind((teken * 20_000)[:20_000])
    assert time.process_time() - start < 5
