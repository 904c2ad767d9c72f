"""What the social chart says of an organisation, in words for a page (S108, S156)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Kwestie
from cases.selectors.kaart import (
    names_of_gemeenten,
    organisaties_named,
    versies_of,
)
from tenants.models import Organisatie

NAMEN: dict[str, Promise] = {
    "naam": gettext_lazy("naam"),
    "soort": gettext_lazy("soort organisatie"),
    "regio": gettext_lazy("regio"),
    "onderwerpen": gettext_lazy("onderwerpen"),
    "telefoon": gettext_lazy("telefoon"),
    "email": gettext_lazy("e-mailadres"),
    "website": gettext_lazy("website"),
    "klachtenregeling": gettext_lazy("klachtenregeling"),
    "functionaris": gettext_lazy("klachtenfunctionaris"),
    "functionaris_contact": gettext_lazy("contact met de klachtenfunctionaris"),
    "is_functionaris_in_dienst": gettext_lazy("klachtenfunctionaris in dienst"),
    "klachtencommissie": gettext_lazy("klachtencommissie"),
    "geschilleninstantie": gettext_lazy("geschilleninstantie"),
    "opmerking": gettext_lazy("opmerking"),
    "gemeenten": gettext_lazy("gemeenten"),
    "is_vervallen": gettext_lazy("bestaat niet meer"),
}


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One version: who looked or changed, when, and which fields."""

    op: datetime
    door: str
    wat: str


def contact_rows(row: Organisatie) -> list[tuple[str, str]]:
    gemeenten = ", ".join(names_of_gemeenten(row.gemeenten))
    return [
        (_("Onderwerpen"), row.onderwerpen),
        (_("Regio"), row.regio),
        (_("Gemeenten"), gemeenten or _("overal")),
        (_("Telefoon"), row.telefoon),
        (_("E-mailadres"), row.email),
        (_("Website"), _link(row.website)),
    ]


def klacht_rows(row: Organisatie) -> list[tuple[str, str]]:
    """The route of a complaint here, in its order (S108)."""
    return [
        (_("Klachtenfunctionaris"), _officer(row)),
        (_("Klachtenregeling"), _link(row.klachtenregeling)),
        (_("Klachtencommissie"), row.klachtencommissie),
        (_("Geschilleninstantie"), row.geschilleninstantie),
    ]


def _link(adres: str) -> str:
    """A link to a page elsewhere, which does not hear from where somebody came."""
    if not adres:
        return ""
    return format_html(
        '<a class="utrecht-link utrecht-link--html-a" rel="noreferrer" href="{}">{}</a>',
        *(adres, adres),
    )


def _officer(row: Organisatie) -> str:
    """With whether that person is employed there: then not always independent."""
    words = [row.functionaris, row.functionaris_contact]
    if row.is_functionaris_in_dienst is True:
        words.append(_("in dienst bij deze organisatie"))
    if row.is_functionaris_in_dienst is False:
        words.append(_("niet in dienst bij deze organisatie"))
    return ", ".join(filter(None, words))


def history(row: Organisatie) -> list[Wijziging]:
    return [
        Wijziging(v.op, v.door.naam, _what(v.versie, v.wijzigingen))
        for v in versies_of(row)
    ]


def _what(versie: int, wijzigingen: dict[str, object]) -> str:
    if versie == 1:
        return _("Toegevoegd")
    if not wijzigingen:
        return _("Nagekeken, klopt nog")
    names = ", ".join(str(NAMEN.get(veld, veld)) for veld in wijzigingen)
    return _("Gewijzigd: %(velden)s") % {"velden": names}


def routes_of(
    kwestie: Kwestie,
) -> list[tuple[Organisatie, list[tuple[str, str]]]]:
    """Of the organisations that this kwestie names, what the chart says of complaints."""
    named = [traject.instantie for traject in kwestie.trajecten.all()]
    named += (kwestie.wederpartij_organisatie or "").split(";")
    found = organisaties_named(kwestie.tenant_id, named)
    return [(row, klacht_rows(row)) for row in found]
