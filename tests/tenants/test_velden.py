"""A date as people type it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django import forms
from django.utils import timezone

from tenants.velden import DatumField


@pytest.mark.parametrize(
    "text",
    ["5-3-26", "05-03-2026", "5/3/2026", "5/3/26", " 05-03-2026 ", "2026-03-05"],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert DatumField().clean(text) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("vandaag", 0),
        ("Gisteren", 1),
        (" eergisteren ", 2),
        ("today", 0),
        ("Morgen", -1),
    ],
)
def test_a_day_in_a_word(text: str, back: int) -> None:
    assert DatumField().clean(text) == timezone.localdate() - timedelta(days=back)


@pytest.mark.parametrize("text", ["31-2-2026", "ooit", "3-2026", "03-13-2026"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="05-03-2026"):
        DatumField().clean(text)


def test_an_empty_date_says_what_to_do() -> None:
    with pytest.raises(forms.ValidationError, match="Vul de datum in"):
        DatumField().clean("")
    assert DatumField(required=False).clean("") is None
