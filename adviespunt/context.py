"""What every page shows around its content: where one can go, for whom one writes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.access import Wie
from tenants.roles import CASE_RIGHTS, Recht

REPORT_RIGHTS = (
    Recht.RAPPORTAGE_LEZEN,
    Recht.RAPPORTAGE_MAKEN,
    Recht.RAPPORTAGE_TOETSEN,
    Recht.RAPPORTAGE_VASTSTELLEN,
    Recht.RAPPORTAGE_ONTVANGEN,
)
LEDEN = (*CASE_RIGHTS, Recht.TENANT_BEHEREN)
# The menu, for who has one of the rights.
PAGES: tuple[tuple[str, Promise, tuple[Recht, ...]], ...] = (
    ("cases:dag", gettext_lazy("Mijn dag"), tuple(CASE_RIGHTS)),
    ("cases:werk", gettext_lazy("Mijn werk"), tuple(CASE_RIGHTS)),
    ("cases:lijst", gettext_lazy("Kwesties"), tuple(CASE_RIGHTS)),
    ("cases:zoeken", gettext_lazy("Zoeken"), tuple(CASE_RIGHTS)),
    (
        "cases:registreren",
        gettext_lazy("Registreren"),
        (Recht.KWESTIE_REGISTREREN,),
    ),
    ("cases:team", gettext_lazy("Mijn team"), (Recht.KWESTIE_TEAM,)),
    (
        "cases:directie",
        gettext_lazy("Uitzonderingen"),
        (Recht.UITZONDERINGEN_TELLEN,),
    ),
    ("cases:uren", gettext_lazy("Uren"), (Recht.UREN_TELLEN,)),
    ("cases:nevenbelangen", gettext_lazy("Onafhankelijkheid"), LEDEN),
    (
        "cases:plaatsvervangingen",
        gettext_lazy("Plaatsvervanging"),
        (Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN),
    ),
    (
        "cases:geheimhouding",
        gettext_lazy("Geheimhouding"),
        (Recht.DOORBREKING_BESLISSEN,),
    ),
    ("signalering:lijst", gettext_lazy("Rapportages"), REPORT_RIGHTS),
    ("signalering:telwijzen", gettext_lazy("Telwijze"), (Recht.TENANT_BEHEREN,)),
    ("cases:avg_balie", gettext_lazy("AVG"), (Recht.AVG_BEHANDELEN,)),
    ("cases:datalekken", gettext_lazy("Datalekken"), (Recht.AVG_BEHANDELEN,)),
    ("cases:logboek", gettext_lazy("Logboek"), (Recht.LOG_INZIEN,)),
)
# Pages about the team, under *Plaatsvervanging* in the menu.
TEAM = (
    *("plaatsvervangingen", "plaatsvervanging_nieuw", "plaatsvervanging_einde"),
    "ontheffen",
)
GEHEIM = ("geheimhouding", "doorbreking", "meldcode")
LOG = ("logboek", "opvallend")
AVG = ("avg_balie", "avg_nieuw", "avg_verzoek")
LEKKEN = ("datalek", "datalek_nieuw", "datalekken")
# A menu that is longer has what is not wanted often under *Meer*.
IN_HET_MENU = 6
MENU = ("dag", "werk", "registreren", "zoeken", "team", "directie", "uren")
NIET_VAAK = ("nevenbelangen", "plaatsvervangingen", "openbaar")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Variables of base.html; see templates/base.html."""
    wie: Wie | None = getattr(request, "wie", None)
    plek = getattr(request, "plek", None)
    if wie is None:
        return {
            "navigatie": _items(request, [("signalering:openbaar", _("Openbaar"))]),
            "openbaar": True,
        }
    names = [(name, str(label)) for name, label, may in PAGES if wie.can(*may)]
    names.append(("signalering:openbaar", _("Openbaar")))
    items = _items(request, names)
    return {
        "navigatie": items,
        "navigatie_meer": [item for item in items if item["meer"]],
        "snelkoppelingen": _shortcuts(wie),
        "springt": wie.can(*CASE_RIGHTS),
        "gevolgen_url": _gevolgen(wie),
        "openbaar": False,
        "fictief": any(p.is_fictief for p in wie.plekken.values()),
        "werkt_voor": plek.naam if plek else "",
    }


def _gevolgen(wie: Wie) -> str:
    """Where a supporter sees what came of her kwesties; '' when she may not."""
    here = set(wie.with_right(Recht.KWESTIE_EIGEN))
    reads = here & set(wie.with_right(Recht.RAPPORTAGE_LEZEN))
    return reverse("signalering:gevolgen") if reads else ""


def _shortcuts(wie: Wie) -> list[dict[str, str]]:
    """What Ctrl+K offers besides the menu: registering for one tenant in particular,
    and pages that are not wanted every day.
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
        others = (
            ("cases:prullenbak", _("Prullenbak")),
            ("cases:wegwijs", _("Wegwijs")),
            ("cases:collectief", _("Werk met groepen")),
            ("cases:geheimhouding", _("Geheimhouding en meldcode")),
        )
        found += [{"url": reverse(name), "label": label} for name, label in others]
    return found


def _items(request: HttpRequest, names: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """``actief`` is a value of aria-current: this very page, or the part it is in.

    ``meer``: under *Meer*, where the menu would not fit on one line.
    """
    here = _section(request)
    is_long = len(names) > IN_HET_MENU
    items = []
    for name, label in names:
        url = reverse(name)
        part = "page" if request.path == url else "true"
        items.append(
            {
                "url": url,
                "label": label,
                "actief": part if name == here else "",
                "meer": is_long and name.partition(":")[2] in NIET_VAAK,
            }
        )
    return items


def _section(request: HttpRequest) -> str:
    """Name of the page in the main menu under which this page is found."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.namespace == "cases":
        name = {"nieuw": "registreren"}
        name |= {own: own for own in MENU}
        ours = ("nevenbelangen", "belang_nieuw", "belang_einde", "ambtshalve_toets")
        name |= dict.fromkeys(ours, "nevenbelangen")
        name |= dict.fromkeys(TEAM, "plaatsvervangingen")
        name |= dict.fromkeys(GEHEIM, "geheimhouding")
        name |= dict.fromkeys(LOG, "logboek")
        name |= dict.fromkeys(AVG, "avg_balie")
        name |= dict.fromkeys(LEKKEN, "datalekken")
        name["prullenbak"] = "werk"
        return f"cases:{name.get(match.url_name or '', 'lijst')}"
    if match.namespace == "signalering":
        if match.url_name == "gevolgen":
            return "cases:dag"
        if match.url_name in ("telwijzen", "telwijze"):
            return "signalering:telwijzen"
        is_public = match.url_name in ("openbaar", "publicatie")
        return "signalering:openbaar" if is_public else "signalering:lijst"
    return ""
