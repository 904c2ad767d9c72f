"""A small column chart by quarter, for colleagues: these are true counts.

Only presentation attributes; the numbers are in the table beside it as well. What goes
outside is drawn by ``signalering.charts``, from publishable cells only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

KOLOM: Final = 34
HOOGTE: Final = 90
INKT: Final = "#1c2b33"
GEWOON: Final = "#8fa3ab"
NU: Final = "#14606e"


def column_chart(
    titel: str, kwartalen: Sequence[str], aantallen: Sequence[int], nu: int
) -> SafeString:
    """A column a quarter; the last ``nu`` stand out."""
    most = max([*aantallen, 1])
    first_now = len(aantallen) - nu
    columns = []
    for place, (kwartaal, aantal) in enumerate(zip(kwartalen, aantallen, strict=True)):
        height = round(HOOGTE * aantal / most, 1)
        middle = place * KOLOM + KOLOM // 2
        columns.append(
            (
                *(place * KOLOM + 4, 18 + HOOGTE - height, KOLOM - 8, height),
                NU if place >= first_now else GEWOON,
                *(middle, 13 + HOOGTE - height, aantal),
                *(middle, HOOGTE + 34, kwartaal[5:]),
                *(middle, HOOGTE + 48, f"’{kwartaal[2:4]}"),
            )
        )
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"></rect>'
        '<text x="{}" y="{}">{}</text><text x="{}" y="{}">{}</text>'
        '<text x="{}" y="{}">{}</text>',
        columns,
    )
    breedte = max(len(aantallen), 1) * KOLOM
    said = _("Aantal kwesties per kwartaal: %(rij)s.") % {
        "rij": "; ".join(f"{k} {a}" for k, a in zip(kwartalen, aantallen, strict=True))
    }
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {} {}"'
        ' width="{}" height="{}" font-size="11" text-anchor="middle" fill="{}">'
        "<title>{}. {}</title>{}</svg>",
        *(breedte, HOOGTE + 54, breedte, HOOGTE + 54, INKT),
        *(titel, said, bars),
    )
