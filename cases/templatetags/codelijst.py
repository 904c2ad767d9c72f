"""Codes in a template: their label and the colour of a status; addresses of rows."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from cases.codelists import UnknownCode, label
from cases.eigen import subaard_label
from cases.models import Kwestie, Status, Wederpartij

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
def subaardlabel(kwestie: Kwestie) -> str:
    """The further description of this kwestie, also when it is one of its tenant's."""
    return subaard_label(kwestie.tenant_id, kwestie.subaard)


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


# Stand in the address where the ids of a row come.
PK, DING = UUID(int=1), UUID(int=2)


@register.simple_tag
def adres(naam: str, slug: str, pk: UUID, ding: UUID | None = None) -> str:
    """The address of a kwestie, or of a thing of it: as ``{% url %}`` gives it, which
    looks for its pattern again in every row.
    """
    found = _adres(get_script_prefix(), naam, slug, ding is not None)
    found = found.replace(str(PK), str(pk))
    return found if ding is None else found.replace(str(DING), str(ding))


@lru_cache(4096)
def _adres(prefix: str, naam: str, slug: str, of_ding: bool) -> str:
    ids = {"pk": PK, "ding": DING} if of_ding else {"pk": PK}
    return reverse(naam, kwargs={"slug": slug, **ids})
