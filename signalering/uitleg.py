"""Why a number is withheld, in words for the colleague who checks.

Says which cells have few clients and which ones shield them; never how many. For
colleagues only: a reader who knew which cells are small would know too much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.disclosure import PublishableTable
from signalering.documents import cell_labels
from signalering.lifecycle.kring import GRENS
from signalering.models import Beveiliging, Publiek, Rapportage
from signalering.periodes import parse

TABELLEN: Final = {
    "totaal": gettext_lazy("Totaal"),
    "soort": gettext_lazy("Vragen en klachten"),
    "aard": gettext_lazy("Aard van de kwesties"),
    "inhoud": gettext_lazy("Inhoud van de ondersteuning"),
    "resultaat": gettext_lazy("Resultaat van de ondersteuning"),
    "wet": gettext_lazy("Wet"),
    "kanaal": gettext_lazy("Kanaal"),
    "minuten": gettext_lazy("Bestede minuten"),
    "dienst": gettext_lazy("Dienst"),
    "vooraf": gettext_lazy("Vóór een formele klacht"),
    "moment": gettext_lazy("Vooraf of achteraf"),
    "stelsel": gettext_lazy("Eén wet of meer"),
    "gewezen": gettext_lazy("Gewezen op cliëntondersteuning"),
    "voorkomen": gettext_lazy("Procedure voorkomen"),
    "reden": gettext_lazy("Waarom onze ondersteuning"),
    "collectief": gettext_lazy("Werk met groepen"),
    "herkomst": gettext_lazy("Via wie mensen kwamen"),
    "herkomst_wet": gettext_lazy("Via wie mensen kwamen, per wet"),
}


# Numbers that are never shown and can be worked out.
VERBORGEN: Final = {
    "soort:REST": gettext_lazy("Onvrede en meldingen"),
    "vooraf:NEE": gettext_lazy("Geen klacht, en niet vóór een formele klacht"),
}


@dataclass(frozen=True, slots=True)
class Regel:
    """One number of a version: printed, or withheld with the reason."""

    label: str
    aantal: int | None
    reden: str


@dataclass(frozen=True, slots=True)
class Tabel:
    code: str
    naam: str
    regels: tuple[Regel, ...]


@dataclass(frozen=True, slots=True)
class Ontwerp:
    """Another design: how many numbers it shows, and what carries it out (the name of
    the field and the table), "" when a button cannot."""

    naam: str
    getoond: int
    aantal: int
    veld: str
    tabel: str


@dataclass(frozen=True, slots=True)
class Versie:
    """One version of a report as its checker sees it.

    ``kosten``: weight of what is withheld only to shield, ``ondergrens`` what any safe
    choice costs at least.
    """

    naam: str
    drempel: int
    te_weinig: bool
    getoond: int
    aantal: int
    kosten: int
    ondergrens: int
    bewijzen: int
    eerder: int
    tabellen: tuple[Tabel, ...]
    ontwerpen: tuple[Ontwerp, ...]


def explained(rapportage: Rapportage, row: Beveiliging) -> Versie:
    """One version for the page of the checker."""
    is_public = row.publiek == Publiek.OPENBAAR
    frozen = rapportage.cijfers_openbaar if is_public else rapportage.cijfers
    figures = PublishableTable.from_json(frozen or {})
    reasons = _reasons(row.uitleg)
    codes = dict.fromkeys(cell.tabel for cell in figures.cells)
    return Versie(
        naam=row.get_publiek_display(),
        drempel=row.drempel,
        te_weinig=figures.te_weinig,
        getoond=len(figures.printed),
        aantal=len(figures.cells),
        kosten=row.uitleg["loss"],
        ondergrens=row.uitleg["bound"],
        bewijzen=row.uitleg["certificates"],
        eerder=len(row.gerekend_met),
        tabellen=tuple(_tabel(figures, code, reasons) for code in codes),
        ontwerpen=tuple(
            _ontwerp(code, shown, many)
            for code, shown, many in row.uitleg.get("ontwerpen", ())
        ),
    )


def _tabel(figures: PublishableTable, code: str, reasons: Mapping[str, str]) -> Tabel:
    labels = cell_labels()
    regels = tuple(
        Regel(
            labels[cell.id],
            cell.kwesties,
            ""
            if not cell.onderdrukt
            else reasons.get(cell.id, _("Te weinig cliënten in totaal")),
        )
        for cell in figures.view(code)
    )
    return Tabel(code, str(TABELLEN[code]), regels)


def _reasons(uitleg: Mapping[str, Any]) -> dict[str, str]:
    """Cell id to the reason why it is withheld; the strongest reason last."""
    found: dict[str, str] = {}
    for id in uitleg["shields"]:
        found[_bare(id)] = _("Beschermt een ander aantal")
    for id in uitleg["ceiling"]:
        found[_bare(id)] = _("Staat ook niet in de versie voor de opdrachtgever")
    for id in uitleg["chosen"]:
        found[_bare(id)] = (
            _("Te weinig kwesties om uit te splitsen")
            if _bare(id).startswith("herkomst")
            else _("Weggelaten, zodat andere rapportages meer kunnen tonen")
        )
    own = {*uitleg["shields"], *uitleg["chosen"], *uitleg["ceiling"]}
    for id, shielded in uitleg["beschermt"].items():
        if id in own:
            found[_bare(id)] = _shield(shielded)
    for id in uitleg["sensitive"]:
        found[_bare(id)] = _("Weinig cliënten")
    return found


def _shield(shielded: Sequence[str]) -> str:
    names = sorted({_named(id) for id in shielded})
    return _("Beschermt: %(cellen)s") % {"cellen": "; ".join(names)}


def _named(id: str) -> str:
    """A qualified cell in words: with its period when that is another release."""
    if id == GRENS:
        return _("een aantal van een andere opdrachtgever in de regio")
    naam, _slash, bare = id.rpartition("/")
    bare, _hash, tail = bare.partition("#")
    label = cell_labels().get(bare, bare)
    if bare in VERBORGEN:
        label = str(VERBORGEN[bare])
    if tail.startswith("rest"):
        label = _("alle andere dan %(label)s") % {"label": label.lower()}
    elif tail:
        label = _("correctie van %(label)s") % {"label": label.lower()}
    if not naam:
        return label
    periode = naam.partition("~")[2] or naam
    return f"{label} ({parse(periode.partition('.')[0]).label.lower()})"


def _bare(id: str) -> str:
    return id.rpartition("/")[2]


def _design(code: str) -> str:
    kind, _colon, what = code.partition(":")
    if kind == "zonder":
        return _("Zonder de tabel “%(tabel)s”") % {"tabel": TABELLEN[what]}
    if kind == "periode":
        return _("Een langere periode: %(periode)s") % {
            "periode": parse(what).label.lower()
        }
    return _("De tabel “%(tabel)s” in minder groepen") % {
        "tabel": TABELLEN.get(what, TABELLEN["resultaat"])
    }


def _ontwerp(code: str, shown: int, many: int) -> Ontwerp:
    kind, _colon, tabel = code.partition(":")
    veld = {"zonder": "tabel", "samen": "samen"}.get(kind, "") if tabel else ""
    return Ontwerp(_design(code), shown, many, veld, tabel)


def ways_out(rapportage: Rapportage) -> list[dict[str, str]]:
    """What a colleague can do after a refusal, in order: {uitleg, tabel, veld}."""
    found = []
    for code in (rapportage.weigering or {}).get("uitwegen", ()):
        kind, _colon, tabel = code.partition(":")
        if kind == "totaal":
            found.append({"uitleg": _("Het totaal niet tonen"), "tabel": "totaal"})
        elif kind == "uitsplitsing" and tabel in TABELLEN:
            text = _("De tabel “%(tabel)s” weglaten") % {"tabel": TABELLEN[tabel]}
            found.append({"uitleg": text, "tabel": tabel})
        elif kind == "samenvoegen" and tabel in TABELLEN:
            text = _("De tabel “%(tabel)s” in minder groepen tonen")
            text %= {"tabel": TABELLEN.get(tabel, "")}
            found.append({"uitleg": text, "tabel": tabel, "veld": "samen"})
        elif kind == "langere-periode":
            text = _("Wachten op een langere periode: halfjaar of jaar")
            found.append({"uitleg": text, "tabel": ""})
        else:
            found.append({"uitleg": _("Deze rapportage niet uitgeven"), "tabel": ""})
    return found


def in_the_way(rapportage: Rapportage) -> list[str]:
    """The earlier releases that leave no room, by period."""
    eerder = (rapportage.weigering or {}).get("eerder", ())
    return list(dict.fromkeys(_release(naam) for naam in eerder))


def _release(naam: str) -> str:
    """A release in words; whose it is when not one's own, stays out of it."""
    _owner, is_other, periode = naam.rpartition(GRENS)
    label = parse(periode.partition(".")[0]).label
    if not is_other:
        return label
    return _("%(periode)s van een andere opdrachtgever in de regio") % {
        "periode": label
    }
