"""Codes in a template: their label and the colour of a status."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext_lazy as _

from cases.codelists import UnknownCode, label
from cases.models import Status, Wederpartij

register = template.Library()

SOORT_BADGE = {
    Status.NIEUW: "warning",
    Status.TOEGEWEZEN: "neutral",
    Status.IN_ONDERSTEUNING: "active",
    Status.WACHT_CLIENT: "neutral",
    Status.WACHT_DERDEN: "neutral",
    Status.AFGEROND: "success",
    Status.HEROPEND: "warning",
}
SOORT_KORT = {
    "VRAAG": _("Vraag"),
    "WENS": _("Wens"),
    "ONVREDE": _("Onvrede"),
    "KLACHT": _("Klacht"),
    "MELDING": _("Melding"),
}
AANVULNAMEN = {
    "levensdomein": _("Levensdomeinen"),
    "doel_client": _("Wat de cliënt wil bereiken"),
    "wet": _("De wet"),
    "activiteiten": _("Wat er is gedaan"),
    "verwijzing": _("Waarheen is doorverwezen"),
    "traject": _("De klacht, het bezwaar of de andere procedure"),
}
# Elsewhere than on the page on which codes and texts are changed.
AANVULPAGINAS = {
    "activiteiten": "contact",
    "verwijzing": "verwijzing",
    "traject": "traject",
}


@register.filter
def codelabel(code: str, lijst: str) -> str:
    """Label of ``code`` in code list ``lijst``; '' for '', the code when unknown."""
    if not code:
        return ""
    try:
        return label(lijst, code)
    except UnknownCode:
        return code


@register.filter
def codelabels(codes: Iterable[str], lijst: str) -> str:
    """The labels of several codes, with '; ' between them."""
    return "; ".join(codelabel(code, lijst) for code in codes)


@register.filter
def wederpartijen(codes: Iterable[str]) -> str:
    """Whom it is about, in words."""
    return "; ".join(str(Wederpartij(code).label) for code in codes)


@register.filter
def statuslabel(status: str) -> str:
    return str(Status(status).label)


@register.filter
def statuskleur(status: str) -> str:
    """Kind of components/status_badge.html for a status."""
    return SOORT_BADGE.get(Status(status), "inactive")


@register.filter
def wetkort(code: str) -> str:
    """The short name of a law: what stands between brackets, unless that is a list."""
    long, bracket, short = codelabel(code, "wet").rpartition("(")
    return (
        short.rstrip(")") if bracket and "," not in short else (long or short).strip()
    )


@register.filter
def soortkort(code: str) -> str:
    return str(SOORT_KORT.get(code, code))


@register.filter
def aanvulnaam(naam: str) -> str:
    """What is missing, in words."""
    return str(AANVULNAMEN.get(naam, naam))


@register.filter
def aanvulpagina(naam: str) -> str:
    """Url name of the page on which ``naam`` can be filled in."""
    return f"cases:{AANVULPAGINAS.get(naam, 'bewerken')}"
