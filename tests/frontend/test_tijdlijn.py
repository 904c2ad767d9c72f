"""The points of a timeline are written by Python: everything on them is escaped."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import uuid4

from django.template.loader import render_to_string

KWAAD = "<b>&\"'"
VEILIG = "&lt;b&gt;&amp;&quot;&#x27;"


class Punt(NamedTuple):
    op: str = "1 maart 2026, 09:30"
    titel: str = "Telefoon"
    door: str = ""
    tekst: str = ""
    weg: str = ""
    ding: object = None


def shown(*events: Punt, **over: Any) -> str:
    return render_to_string("components/timeline.html", {"events": events, **over})


def test_whatever_stands_in_an_event_is_escaped() -> None:
    evil = Punt(KWAAD, KWAAD, KWAAD, f"{KWAAD}\n{KWAAD}", "cases:weg_contact", uuid4())
    page = shown(evil, slug="arnhem", pk=uuid4())
    assert "<b>" not in page
    assert page.count(VEILIG) == 7  # moment and title twice: in the link too
    assert f"{VEILIG}<br>{VEILIG}" in page


def test_the_mark_comes_after_as_many_as_are_shown_at_first() -> None:
    page = shown(Punt(), Punt(), Punt(), eerste=2)
    assert page.count("<li") == 3
    assert page.count('id="eerder"') == 1
    assert page.index('id="eerder"') > page.rindex("<li", 0, page.index("eerder"))
    assert page.split("<li")[3].startswith(' class="app-timeline__event" id="eerder"')
    assert "eerder" not in shown(Punt())


def test_a_link_to_throw_away_only_where_it_can_be_done() -> None:
    ding, pk = uuid4(), uuid4()
    event = Punt(weg="cases:weg_contact", ding=ding)
    page = shown(event, Punt(), slug="arnhem", pk=pk)
    assert page.count("<a ") == 1
    assert f"/t/arnhem/kwesties/{pk}/" in page
    assert str(ding) in page
    assert "<a " not in shown(event)
