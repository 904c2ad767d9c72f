"""The points of a timeline: hundreds on a page, so not by a template for each.

Guarded by tests/cases/test_vragen.py and tests/frontend/test_tijdlijn.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.templatetags.codelijst import adres

register = template.Library()

PUNT = """<li class="app-timeline__event"{merk}>
<p class="app-timeline__when">{op}{door}</p>
<p class="app-timeline__title">{titel}</p>{tekst}{weg}
</li>
"""
MERK = ' id="eerder" tabindex="-1"'
TEKST = '\n<p class="utrecht-paragraph">{}</p>'
WEG = """
<p class="app-noprint"><a class="utrecht-link utrecht-link--html-a" href="{adres}">\
{weggooien}<span class="app-hidden">: {titel}, {op}</span></a></p>"""


class Punt(Protocol):
    """What happened: op, titel, door (words) and tekst, which may be ''.

    weg and ding, when it has them: where it is thrown away, and its id there.
    """

    @property
    def op(self) -> str: ...
    @property
    def titel(self) -> str: ...
    @property
    def door(self) -> str: ...
    @property
    def tekst(self) -> str: ...


@register.simple_tag
def gebeurtenissen(
    events: Iterable[Punt],
    eerste: int | str = "",
    slug: str = "",
    pk: UUID | str = "",
) -> SafeString:
    """The points, each escaped. eerste: after so many there is a mark (#eerder). slug
    and pk of a kwestie: what can be thrown away has a link.
    """
    weggooien = conditional_escape(_("Weggooien"))
    parts = []
    for place, event in enumerate(events):
        op, titel = conditional_escape(event.op), conditional_escape(event.titel)
        tekst, door = event.tekst, event.door
        parts.append(
            PUNT.format(
                merk=MERK if place == eerste else "",
                op=op,
                door=f" · {conditional_escape(door)}" if door else "",
                titel=titel,
                tekst=TEKST.format(linebreaksbr(tekst)) if tekst else "",
                weg=_weg(event, slug, pk, weggooien, titel, op) if slug else "",
            )
        )
    return mark_safe("".join(parts))  # noqa: S308 (each part is escaped)


def _weg(event: Any, slug: str, pk: Any, weggooien: str, titel: str, op: str) -> str:
    naam = getattr(event, "weg", "")
    if not naam:
        return ""
    where = conditional_escape(adres(naam, slug, pk, event.ding))
    return WEG.format(adres=where, weggooien=weggooien, titel=titel, op=op)
