"""A heat map drawn by hand as SVG: numbers in a grid, the higher the darker.

Invariant: as for ``charts``: a square is made from a ``PublishableCell``, so a number
that was withheld has no colour and no value, and the number itself is always in it;
``<title>`` says all of it in one sentence (tests/signalering/test_herkomst.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from privacy.disclosure import PublishableCell
from signalering.charts import (
    INKT,
    LETTER,
    LETTERGROOTTE,
    LIJN,
    REGELHOOGTE,
    STAAF,
    Vorm,
    toon_getal,
)

VAK: Final = 30
# How much of the colour is in a square, from few to many; text in ink reads on each.
DELEN: Final = (0.10, 0.20, 0.30, 0.40)
LEEG: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Reeks:
    """One row of the map."""

    label: str
    cellen: tuple[PublishableCell, ...]


def tint(kleur: str, deel: float) -> str:
    """``kleur`` (#rrggbb) thinned with white."""
    parts = (int(kleur[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - deel * (255 - part)):02x}" for part in parts)


TINTEN: Final = tuple(tint(STAAF, deel) for deel in DELEN)


def map_sentence(titel: str, kolommen: Sequence[str], reeksen: Iterable[Reeks]) -> str:
    """The whole map in one sentence: every row with each column and its number."""
    delen = "; ".join(
        f"{reeks.label}: "
        + ", ".join(
            f"{kolom.lower()} "
            + (_("niet getoond") if c.kwesties is None else toon_getal(c.kwesties))
            for kolom, c in zip(kolommen, reeks.cellen, strict=True)
        )
        for reeks in reeksen
    )
    return _("Warmtekaart %(titel)s. %(delen)s.") % {"titel": titel, "delen": delen}


def heat_map(
    titel: str, kolommen: Sequence[str], reeksen: Sequence[Reeks], vorm: Vorm
) -> SafeString:
    """``reeksen`` as inline ``<svg>``, each with as many cells as ``kolommen``; without
    a label column in ``vorm`` each label stands above its row."""
    breed = (vorm.breedte - vorm.labelkolom) / len(kolommen)
    koppen = [wrap(kolom, round(breed / 7.4)) for kolom in kolommen]
    top = max(len(kop) for kop in koppen) * REGELHOOGTE + 4.0
    meest = max((c.kwesties or 0 for r in reeksen for c in r.cellen), default=0)
    drawn = [
        _lines(kop, vorm.labelkolom + breed * (n + 0.5), 0, "middle")
        for n, kop in enumerate(koppen)
    ]
    for reeks in reeksen:
        label = wrap(reeks.label, vorm.tekens)
        hoog = VAK
        if vorm.labelkolom:
            hoog = max(VAK, len(label) * REGELHOOGTE + 4)
            drawn.append(_lines(label, 0, top + (hoog - len(label) * 16) / 2, "start"))
        else:
            drawn.append(_lines(label, 0, top + 4, "start"))
            top += len(label) * REGELHOOGTE + 6
        for n, cel in enumerate(reeks.cellen):
            links = vorm.labelkolom + n * breed
            drawn.append(_square(cel, (links, top, breed, hoog), meest))
        top += hoog
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="grafiek" role="img"'
        ' viewBox="0 0 {} {}" width="{}" height="{}" font-family="{}" font-size="{}"'
        ' fill="{}"><title>{}</title>{}</svg>',
        *(vorm.breedte, _px(top + 1), vorm.breedte, _px(top + 1)),
        *(LETTER, LETTERGROOTTE, INKT, map_sentence(titel, kolommen, reeksen)),
        format_html_join("", "{}", ((part,) for part in drawn)),
    )


def _square(
    cel: PublishableCell, plek: tuple[float, float, float, float], meest: int
) -> SafeString:
    links, top, breed, hoog = plek
    return format_html(
        '<rect class="grafiek__vak" x="{}" y="{}" width="{}" height="{}" fill="{}"'
        ' stroke="{}"/><text class="grafiek__waarde" x="{}" y="{}" font-weight="bold"'
        ' text-anchor="middle">{}</text>',
        *(_px(links + 0.5), _px(top + 0.5), _px(breed - 1), _px(hoog - 1)),
        *(_colour(cel.kwesties, meest), LIJN),
        *(_px(links + breed / 2), _px(top + hoog / 2 + LETTERGROOTTE * 0.36)),
        toon_getal(cel.kwesties),
    )


def _colour(kwesties: int | None, meest: int) -> str:
    if not kwesties:
        return LEEG
    return TINTEN[-(-kwesties * len(TINTEN) // meest) - 1]


def _lines(regels: Sequence[str], x: float, top: float, anker: str) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (_px(x), _px(top + n * REGELHOOGTE + LETTERGROOTTE * 0.95), anker, regel)
            for n, regel in enumerate(regels)
        ),
    )


def _px(waarde: float) -> str:
    """At most one decimal, always with a point: SVG knows no decimal comma."""
    return f"{waarde:.1f}".removesuffix(".0")
