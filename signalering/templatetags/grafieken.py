"""Charts and numbers in templates: ``{% load grafieken %}``."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.safestring import SafeString

from privacy.disclosure import PublishableCell
from signalering import charts

register = template.Library()


@register.simple_tag
def bar_chart(
    titel: str,
    cellen: Sequence[PublishableCell],
    labels: Mapping[str, str],
    ingesprongen: str = "",
) -> SafeString:
    """``{% bar_chart titel cellen labels "soort:KLACHT" %}``: a chart for a page.

    ``ingesprongen``: ids, separated by spaces, of cells that are part of the one
    above them.
    """
    return charts.bar_chart(titel, cellen, labels, ingesprongen=ingesprongen.split())


@register.filter
def getal(kwesties: int | None) -> str:
    """``{{ cel.kwesties|getal }}``: "1.130", or "–" when the number is withheld."""
    return charts.toon_getal(kwesties)
