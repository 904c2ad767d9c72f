"""What every page shows around its content: where one can go, for whom one writes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from adviespunt.menu import IN_HET_MENU, NIET_VAAK, PAGES, section
from tenants.access import Plek, Wie
from tenants.beheer.huisstijl import look_of
from tenants.inloggen.bewijs import seconds_left
from tenants.middleware import SIGN_IN
from tenants.roles import CASE_RIGHTS, Recht
from tenants.views.huisstijl import theme_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Variables of base.html; see templates/base.html."""
    wie: Wie | None = getattr(request, "wie", None)
    plek = getattr(request, "plek", None)
    if wie is None:
        return _without_scope(request)
    names = [(name, str(label)) for name, label, may in PAGES if wie.can(*may)]
    names.append(("signalering:openbaar", _("Openbaar")))
    items = _items(request, names)
    return {
        "navigatie": items,
        "navigatie_meer": [item for item in items if item["meer"]],
        "snelkoppelingen": _shortcuts(wie),
        "springt": wie.can(*CASE_RIGHTS),
        "gevolgen_url": _gevolgen(wie),
        "signalen_url": _signalen(wie, plek),
        "openbaar": False,
        "fictief": any(p.is_fictief for p in wie.plekken.values()),
        "werkt_voor": plek.naam if plek else "",
        **_look(plek),
        "voorbeeld_menu": _menu_of(getattr(request, "voorbeeld", None)),
        "sessie": seconds_left(request),
    }


def _look(plek: Plek | None) -> dict[str, Any]:
    """The theme of the tenant whose page this is, and where its logo is.

    A page that tries another look says so itself (``thema_url`` in its own context).
    """
    stijl = look_of(plek.id, plek.stijl) if plek and plek.stijl else None
    return theme_of(plek, stijl) if plek and stijl else {}


def _menu_of(wie: Wie | None) -> list[str]:
    """The menu of somebody else, in words; for *Bekijk als* of a role."""
    if wie is None:
        return []
    return [str(label) for _name, label, may in PAGES if wie.can(*may)]


def _without_scope(request: HttpRequest) -> dict[str, Any]:
    """A visitor, or the pages of signing in: nothing is known of a tenant there."""
    at_door = request.path_info.startswith(SIGN_IN)
    user = getattr(request, "user", None)  # a host name that is refused has none
    is_known = at_door and user is not None and user.is_authenticated
    doors = [
        ("cases:loket", _("Stel uw vraag")),
        ("publiek:zoek", _("Adviespunten")),
        ("signalering:openbaar", _("Openbaar")),
    ]
    items = _items(request, doors)
    return {
        "navigatie": [] if is_known else items,
        "openbaar": not is_known,
        "demo": at_door and settings.DEMO,
        "aan_de_deur": at_door,
        "oidc": _oidc() if at_door else None,
        "sessie": seconds_left(request) if is_known else None,
    }


def _oidc() -> dict[str, Any] | None:
    """The provider somebody can sign in with besides; None when there is none."""
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    apps: list[dict[str, Any]] = providers["openid_connect"]["APPS"]
    return apps[0] if apps else None


def _gevolgen(wie: Wie) -> str:
    """Where a supporter sees what came of her kwesties; '' when she may not."""
    here = set(wie.with_right(Recht.KWESTIE_EIGEN))
    reads = here & set(wie.with_right(Recht.RAPPORTAGE_LEZEN))
    return reverse("signalering:gevolgen") if reads else ""


def _signalen(wie: Wie, plek: Plek | None) -> str:
    """Where a kwestie of this tenant is linked to signals; '' when she may not."""
    if plek is None or not wie.may(Recht.KWESTIE_EIGEN, plek.id):
        return ""
    if not wie.may(Recht.RAPPORTAGE_LEZEN, plek.id):
        return ""
    return reverse("signalering:bij_kwestie", kwargs={"slug": plek.slug})


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
    if wie.can(Recht.KWESTIE_TEAM):
        found.append({"url": reverse("signalering:trends"), "label": _("Trends")})
    if wie.can(*CASE_RIGHTS):
        others = (
            ("cases:prullenbak", _("Prullenbak")),
            ("cases:wegwijs", _("Wegwijs")),
            ("cases:collectief", _("Werk met groepen")),
            ("cases:geheimhouding", _("Geheimhouding en meldcode")),
            ("cases:tekstblokken", _("Tekstblokken voor brieven")),
            ("cases:sociale_kaart", _("Sociale kaart")),
            ("cases:wie_doet_wat", _("Wie doet wat")),
            ("cases:begrippen", _("Begrippenlijst")),
        )
        found += [{"url": reverse(name), "label": label} for name, label in others]
    found.append({"url": reverse("publiek:zoek"), "label": _("Adviespunten")})
    return found


def _items(request: HttpRequest, names: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """``actief`` is a value of aria-current: this very page, or the part it is in.

    ``meer``: under *Meer*, where the menu would not fit on one line.
    """
    here = section(request.resolver_match)
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
                "meer": is_long and name in NIET_VAAK,
            }
        )
    return items
