"""What every page shows around its content: where one can go, for whom one writes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tenants.access import Wie
from tenants.roles import CASE_RIGHTS, Recht

REPORT_RIGHTS = (
    Recht.RAPPORTAGE_LEZEN,
    Recht.RAPPORTAGE_MAKEN,
    Recht.RAPPORTAGE_TOETSEN,
    Recht.RAPPORTAGE_VASTSTELLEN,
    Recht.RAPPORTAGE_ONTVANGEN,
)
# Pages about the team, under *Plaatsvervanging* in the menu.
TEAM = (
    *("plaatsvervangingen", "plaatsvervanging_nieuw", "plaatsvervanging_einde"),
    "ontheffen",
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Variables of base.html; see templates/base.html."""
    wie: Wie | None = getattr(request, "wie", None)
    plek = getattr(request, "plek", None)
    if wie is None:
        return {
            "navigatie": _items(request, [("signalering:openbaar", _("Openbaar"))]),
            "openbaar": True,
        }
    names = []
    if wie.can(*CASE_RIGHTS):
        names += [("cases:werk", _("Mijn werk")), ("cases:lijst", _("Kwesties"))]
        names.append(("cases:zoeken", _("Zoeken")))
    if wie.can(Recht.KWESTIE_REGISTREREN):
        names.append(("cases:registreren", _("Registreren")))
    if wie.can(*CASE_RIGHTS, Recht.TENANT_BEHEREN):
        names.append(("cases:nevenbelangen", _("Onafhankelijkheid")))
    if wie.can(Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN):
        names.append(("cases:plaatsvervangingen", _("Plaatsvervanging")))
    if wie.can(Recht.DOORBREKING_BESLISSEN):
        names.append(("cases:geheimhouding", _("Geheimhouding")))
    if wie.can(*REPORT_RIGHTS):
        names.append(("signalering:lijst", _("Rapportages")))
    if wie.can(Recht.LOG_INZIEN):
        names.append(("cases:logboek", _("Logboek")))
    names.append(("signalering:openbaar", _("Openbaar")))
    return {
        "navigatie": _items(request, names),
        "snelkoppelingen": _shortcuts(wie),
        "springt": wie.can(*CASE_RIGHTS),
        "openbaar": False,
        "fictief": any(p.is_fictief for p in wie.plekken.values()),
        "werkt_voor": plek.naam if plek else "",
    }


def _shortcuts(wie: Wie) -> list[dict[str, str]]:
    """What Ctrl+K offers besides the menu: registering for one tenant in particular,
    the guide to other bodies, and work with groups.
    """
    here = [wie.plekken[t] for t in wie.with_right(Recht.KWESTIE_REGISTREREN)]
    found = [
        {
            "url": reverse("cases:nieuw", kwargs={"slug": plek.slug}),
            "label": _("Registreren voor %(tenant)s") % {"tenant": plek.naam},
        }
        for plek in sorted(here, key=lambda plek: plek.naam)
    ]
    if wie.can(*CASE_RIGHTS):
        found += [
            {"url": reverse("cases:wegwijs"), "label": _("Wegwijs")},
            {"url": reverse("cases:collectief"), "label": _("Werk met groepen")},
        ]
    return found


def _items(request: HttpRequest, names: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """``actief`` is a value of aria-current: this very page, or the part it is in."""
    here = _section(request)
    items = []
    for name, label in names:
        url = reverse(name)
        part = "page" if request.path == url else "true"
        items.append(
            {"url": url, "label": label, "actief": part if name == here else ""}
        )
    return items


def _section(request: HttpRequest) -> str:
    """Name of the page in the main menu under which this page is found."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.namespace == "cases":
        name = {"nieuw": "registreren"}
        name |= {own: own for own in ("werk", "registreren", "zoeken")}
        ours = ("nevenbelangen", "belang_nieuw", "belang_einde", "ambtshalve_toets")
        name |= dict.fromkeys(ours, "nevenbelangen")
        if match.url_name in ("geheimhouding", "doorbreking", "meldcode"):
            return "cases:geheimhouding"
        name |= dict.fromkeys(TEAM, "plaatsvervangingen")
        name |= dict.fromkeys(("logboek", "opvallend", "opvallend_oordeel"), "logboek")
        return f"cases:{name.get(match.url_name or '', 'lijst')}"
    if match.namespace == "signalering":
        is_public = match.url_name in ("openbaar", "publicatie")
        return "signalering:openbaar" if is_public else "signalering:lijst"
    return ""
