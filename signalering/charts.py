"""Bar charts drawn by hand as SVG, for the printed report and for pages alike.

Invariant: a bar can only be drawn from a ``PublishableCell``, so a number that
``protect`` withheld has no bar, no length and no value to read back: it is shown as
"–" and read aloud as "niet getoond" (tests/signalering/test_charts.py).

Only presentation attributes, so that the strict content security policy of the
pages holds; ``<title>`` is a direct child of ``<svg>`` and holds every number as one
sentence, because that is what a screen reader and the PDF take as the alternative.
"""

import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from privacy.disclosure import PublishableCell

NIET_GETOOND: Final = "–"

INKT: Final = "#1c2b33"
STAAF: Final = "#14606e"
STAAF_INGESPRONGEN: Final = "#5d949e"
LIJN: Final = "#8fa3ab"
LETTER: Final = (
    "Source Sans 3, Open Sans, Noto Sans, DejaVu Sans Condensed, DejaVu Sans,"
    " sans-serif"
)
LETTERGROOTTE: Final = 13
REGELHOOGTE: Final = 16
STAAFHOOGTE: Final = 17


@dataclass(frozen=True, slots=True)
class Vorm:
    """Measures of a chart in px; ``labelkolom`` 0 puts each label above its bar.

    ``tekens``: characters of a label on one line.
    """

    breedte: int
    labelkolom: int
    tekens: int
    tussenruimte: int
    waardekolom: int = 58

    @property
    def lengte(self) -> int:
        """Length of the longest bar."""
        return self.breedte - self.labelkolom - self.waardekolom


DRUK: Final = Vorm(breedte=612, labelkolom=224, tekens=31, tussenruimte=10)
DRUK_LANG: Final = Vorm(breedte=612, labelkolom=316, tekens=45, tussenruimte=5)
SCHERM: Final = Vorm(breedte=400, labelkolom=0, tekens=48, tussenruimte=12)


@dataclass(frozen=True, slots=True)
class _Staaf:
    """One bar, placed: ``top`` of its band, lines of its label, length in px."""

    regels: tuple[str, ...]
    waarde: str
    top: int
    hoogte: int
    lengte: float | None
    ingesprongen: bool


def toon_getal(kwesties: int | None) -> str:
    """A number as people here write it ("1.130"), or "–" when it is withheld."""
    if kwesties is None:
        return NIET_GETOOND
    return str(number_format(kwesties, use_l10n=True, force_grouping=True))


def label_of(cel: PublishableCell, labels: Mapping[str, str]) -> str:
    """The label of a cell; without one, its code ("aard:FIN" gives "FIN")."""
    return labels.get(cel.id) or cel.id.rpartition(":")[2]


def chart_sentence(
    titel: str, cellen: Iterable[PublishableCell], labels: Mapping[str, str]
) -> str:
    """The whole chart in one sentence: title, then every label with its number."""
    delen = ", ".join(
        f"{label_of(cel, labels)} "
        + (_("niet getoond") if cel.kwesties is None else toon_getal(cel.kwesties))
        for cel in cellen
    )
    return _("Staafdiagram %(titel)s: %(delen)s.") % {"titel": titel, "delen": delen}


def bar_chart(
    titel: str,
    cellen: Sequence[PublishableCell],
    labels: Mapping[str, str],
    *,
    ingesprongen: Collection[str] = (),
    vorm: Vorm = SCHERM,
) -> SafeString:
    """Horizontal bars for these cells, in this order, as inline ``<svg>``.

    ``ingesprongen``: ids of cells that are part of the bar above them ("waarvan").
    ``titel`` and ``labels`` are plain text and are escaped here. Without cells there
    is nothing to draw: "".
    """
    if not cellen:
        return SafeString("")
    staven = _place(cellen, labels, ingesprongen, vorm)
    onder = staven[-1].top + staven[-1].hoogte
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="grafiek" role="img"'
        ' viewBox="0 0 {} {}" width="{}" height="{}" font-family="{}" font-size="{}"'
        ' fill="{}"><title>{}</title>{}{}</svg>',
        *(vorm.breedte, onder, vorm.breedte, onder, LETTER, LETTERGROOTTE, INKT),
        chart_sentence(titel, cellen, labels),
        _axis(vorm, onder),
        format_html_join("", "{}", ((_bar(staaf, vorm),) for staaf in staven)),
    )


def _place(
    cellen: Sequence[PublishableCell],
    labels: Mapping[str, str],
    ingesprongen: Collection[str],
    vorm: Vorm,
) -> list[_Staaf]:
    langste = max((cel.kwesties or 0 for cel in cellen), default=0)
    staven: list[_Staaf] = []
    top = 0
    for cel in cellen:
        regels = tuple(textwrap.wrap(label_of(cel, labels), vorm.tekens)) or ("",)
        tekst = len(regels) * REGELHOOGTE
        hoogte = max(tekst, STAAFHOOGTE) if vorm.labelkolom else tekst + STAAFHOOGTE
        lengte = None
        if cel.kwesties is not None:
            lengte = vorm.lengte * cel.kwesties / langste if langste else 0.0
        staven.append(
            _Staaf(
                regels,
                toon_getal(cel.kwesties),
                top,
                hoogte + vorm.tussenruimte,
                lengte,
                cel.id in ingesprongen,
            )
        )
        top += hoogte + vorm.tussenruimte
    return staven


def _axis(vorm: Vorm, onder: int) -> SafeString:
    """The line all bars start from; without a label column there is none."""
    if not vorm.labelkolom:
        return SafeString("")
    return format_html(
        '<path d="M{} 0V{}" stroke="{}" stroke-width="1"/>',
        *(vorm.labelkolom, onder, LIJN),
    )


def _bar(staaf: _Staaf, vorm: Vorm) -> SafeString:
    boven = staaf.top + vorm.tussenruimte / 2
    binnen = staaf.hoogte - vorm.tussenruimte
    tekst = len(staaf.regels) * REGELHOOGTE
    if vorm.labelkolom:
        eerste = boven + (binnen - tekst) / 2
        balk = boven + (binnen - STAAFHOOGTE) / 2
    else:
        eerste, balk = boven, boven + tekst
    dun = 4 if staaf.ingesprongen else 0
    return format_html(
        "<g>{}{}{}</g>",
        _label(staaf, eerste),
        _rectangle(staaf, vorm.labelkolom, balk + dun / 2, STAAFHOOGTE - dun),
        format_html(
            '<text class="grafiek__waarde" x="{}" y="{}" font-weight="bold">{}</text>',
            _px(vorm.labelkolom + (staaf.lengte or 0) + 7),
            _px(balk + STAAFHOOGTE / 2 + LETTERGROOTTE * 0.36),
            staaf.waarde,
        ),
    )


def _label(staaf: _Staaf, eerste: float) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        (
            (
                14 if staaf.ingesprongen else 0,
                _px(eerste + nummer * REGELHOOGTE + LETTERGROOTTE * 0.95),
                regel,
            )
            for nummer, regel in enumerate(staaf.regels)
        ),
    )


def _rectangle(staaf: _Staaf, x: int, y: float, hoogte: int) -> SafeString:
    if not staaf.lengte:
        return SafeString("")
    return format_html(
        '<rect class="grafiek__staaf" x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        *(x, _px(y), _px(staaf.lengte), hoogte),
        STAAF_INGESPRONGEN if staaf.ingesprongen else STAAF,
    )


def _px(waarde: float) -> str:
    """At most one decimal, always with a point: SVG knows no decimal comma."""
    return f"{waarde:.1f}".removesuffix(".0")
