"""The rules of independence of one kwestie, in words for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.codelists import label
from cases.models import (
    AmbtshalveActie,
    Doorbreking,
    ExternTraject,
    Kwestie,
    MeldcodeTraject,
    Stap,
    Toestemming,
)
from cases.selectors.geheim import doorbrekingen_of, meldcodes_of
from cases.selectors.onderdelen import load_parts
from cases.selectors.regels import belang_in, uses_of
from cases.selectors.termijnen import termijn_for
from cases.termijnen import Termijn

VERDER: dict[str, Promise] = {
    "besproken": _("Besproken met de cliënt"),
    "akkoord": _("De cliënt is akkoord"),
    "uitgevoerd": _("Uitgevoerd"),
}


@dataclass(frozen=True, slots=True)
class Gegeven:
    """A consent, how often it was used, and whether it holds now."""

    rij: Toestemming
    keren: int
    geldt: bool

    @property
    def ontvanger(self) -> str:
        return str(Toestemming.Ontvanger(self.rij.ontvanger_soort).label)

    @property
    def door(self) -> str:
        """Who said so, when that was not the client alone (S118)."""
        if self.rij.gegeven_door == Toestemming.Door.CLIENT:
            return ""
        return str(Toestemming.Door(self.rij.gegeven_door).label)

    @property
    def wijze(self) -> str:
        return str(Toestemming.Wijze(self.rij.wijze).label)


@dataclass(frozen=True, slots=True)
class Voornemen:
    """A step and the button that takes it on: what it says, what it sends."""

    rij: Stap
    knop: str

    @property
    def wie(self) -> str:
        return str(Stap.Wie(self.rij.wie).label)


@dataclass(frozen=True, slots=True)
class Route:
    """A formal route, and what the body that decides has said."""

    rij: ExternTraject
    soort: str
    oordeel: str
    termijn: Termijn | None

    @property
    def is_voorbij(self) -> bool:
        """Its last day is gone."""
        return self.termijn is not None and self.termijn.dag < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Regelblok:
    """Everything the blocks of the page show.

    is_belang: whose kwestie it is has an interest in whom it is about (V11).
    """

    toestemmingen: tuple[Gegeven, ...]
    stappen: tuple[Voornemen, ...]
    trajecten: tuple[Route, ...]
    acties: tuple[AmbtshalveActie, ...]
    doorbrekingen: tuple[Doorbreking, ...]
    meldcodes: tuple[MeldcodeTraject, ...]
    is_belang: bool


def regels_of(kwestie: Kwestie, tenant_type: str) -> Regelblok:
    """The blocks of this kwestie; at most three queries whatever their number."""
    load_parts(kwestie)
    given = list(kwestie.toestemming_rijen.all())
    uses = uses_of(kwestie) if given else {}
    today = timezone.localdate()
    owner, special = kwestie.ondersteuner_id, kwestie.heeft_procedure
    return Regelblok(
        toestemmingen=tuple(
            Gegeven(row, uses.get(row.pk, 0), _holds(row, today)) for row in given
        ),
        stappen=tuple(
            Voornemen(row, str(VERDER.get(row.volgende, "")))
            for row in kwestie.stap_rijen.all()
        ),
        trajecten=tuple(_route(row) for row in kwestie.trajecten.all()),
        acties=tuple(kwestie.ambtshalveactie_rijen.all()),
        doorbrekingen=tuple(doorbrekingen_of(kwestie)) if special else (),
        meldcodes=tuple(meldcodes_of(kwestie)) if special else (),
        is_belang=bool(owner and belang_in(kwestie, owner, tenant_type)),
    )


def _holds(row: Toestemming, today: date) -> bool:
    return row.ingetrokken_op is None and not (
        row.geldig_tot is not None and row.geldig_tot < today
    )


def _route(row: ExternTraject) -> Route:
    soort = str(ExternTraject.Type(row.type).label)
    ruling = label("extern_oordeel", row.oordeel) if row.oordeel else ""
    return Route(row, soort, ruling, termijn_for(row))
