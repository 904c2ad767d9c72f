"""Two periods of one opdrachtgever side by side.

Invariant: every number in it was printed in one of the two reports. A difference is
told only when both numbers were; of a withheld one nothing is worked out.

Guarded by tests/signalering/test_portaal.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.disclosure import PublishableTable
from signalering.documents import cell_labels
from signalering.models import Publicatie
from signalering.periodes import parse
from signalering.publication.gegevens import figures_of, tables_of

TABELLEN: Final[dict[str, Promise]] = {
    "totaal": gettext_lazy("Alle kwesties"),
    "soort": gettext_lazy("Vragen en klachten"),
    "aard": gettext_lazy("Aard van de kwesties"),
    "inhoud": gettext_lazy("Inhoud van de ondersteuning"),
    "resultaat": gettext_lazy("Resultaat van de ondersteuning"),
}
MAANDEN: Final = {"Q": 3, "H": 6, "": 12}


@dataclass(frozen=True, slots=True)
class Rij:
    """One number in both periods; None is withheld."""

    label: str
    eerder: int | None
    later: int | None
    verschil: str


@dataclass(frozen=True, slots=True)
class Tabel:
    code: str
    titel: str
    rijen: tuple[Rij, ...]


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """``bezwaar``: why there is nothing to compare; "" when there is."""

    eerder: Publicatie
    later: Publicatie
    even_lang: bool
    bezwaar: str
    tabellen: tuple[Tabel, ...]

    @property
    def eerder_label(self) -> str:
        return parse(self.eerder.periode).label

    @property
    def later_label(self) -> str:
        return parse(self.later.periode).label


def compare(one: Publicatie, other: Publicatie) -> Vergelijking:
    """Both publications of one opdrachtgever, the earlier period first.

    Raises ValueError for two opdrachtgevers.
    """
    if one.tenant_id != other.tenant_id:
        raise ValueError("two opdrachtgevers")
    eerder, later = sorted((one, other), key=lambda p: (p.van, p.tot, p.versie))
    same_length = _length(eerder) == _length(later)
    bezwaar = _objection(eerder, later)
    tabellen: tuple[Tabel, ...] = ()
    if not bezwaar:
        tabellen = _tables(figures_of(eerder), figures_of(later), same_length)
    return Vergelijking(eerder, later, same_length, bezwaar, tabellen)


def _length(publicatie: Publicatie) -> int:
    return MAANDEN[publicatie.periode[5:6]]


def _objection(eerder: Publicatie, later: Publicatie) -> str:
    for publicatie in (eerder, later):
        about = {"periode": parse(publicatie.periode).label.lower()}
        if publicatie.ingetrokken_op:
            return _("Het rapport over %(periode)s is ingetrokken.") % about
        if figures_of(publicatie).te_weinig:
            return _("Over %(periode)s tonen wij geen cijfers.") % about
    if eerder.drempel != later.drempel:
        return _(
            "Deze rapporten zijn met een verschillende drempel gemaakt. Hun cijfers"
            " zijn niet naast elkaar te leggen."
        )
    return ""


def _tables(
    eerder: PublishableTable, later: PublishableTable, same_length: bool
) -> tuple[Tabel, ...]:
    labels = cell_labels()
    made = []
    for code in dict.fromkeys((*tables_of(eerder), *tables_of(later))):
        cells = dict.fromkeys(c.id for t in (eerder, later) for c in t.view(code))
        rijen = tuple(
            Rij(
                label=labels[id],
                eerder=_number(eerder, id),
                later=_number(later, id),
                verschil=_difference(_number(eerder, id), _number(later, id))
                if same_length
                else "",
            )
            for id in cells
        )
        made.append(Tabel(code, str(TABELLEN.get(code, code)), rijen))
    return tuple(made)


def _number(figures: PublishableTable, id: str) -> int | None:
    return figures.printed.get(id)


def _difference(eerder: int | None, later: int | None) -> str:
    if eerder is None or later is None:
        return _("niet te vergelijken")
    n = abs(later - eerder)
    if later > eerder:
        return _("%(n)s meer") % {"n": n}
    if later < eerder:
        return _("%(n)s minder") % {"n": n}
    return _("evenveel")
