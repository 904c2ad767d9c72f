"""No text of a report names somebody: what is recognised stops it.

A word that is recognised wrongly passes when a person says which of REDENEN holds; that
is on record (the kind and how many, never the word). What has a form of its own, such
as a telephone number, passes for no reason. The herleidbaarheidstoets by a second
person stays: no program sees everything (V12).

Guarded by tests/signalering/test_woorden.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.meelezen import MET_VORM, Herkend, voor_rapport
from signalering import logboek
from signalering.lifecycle.tabel import RapportageError
from signalering.models import Rapportage
from tenants.access import Wie
from tenants.models import Tenant

REDENEN: Final[Mapping[str, Promise]] = {
    "GEBIED": gettext_lazy("Het is een gebied of plaats met veel inwoners"),
    "ORGANISATIE": gettext_lazy("Het is een organisatie, wet of regeling"),
    "WOORD": gettext_lazy("Het is een gewoon woord"),
    "ALGEMEEN": gettext_lazy("Het gaat over een groep of over beleid"),
}


@dataclass(frozen=True, slots=True)
class Toegestaan:
    """Hashes of words (Herkend.teken) that a person lets pass, and the code why."""

    tekens: frozenset[str] = frozenset()
    reden: str = ""


NIETS: Final = Toegestaan()


def herkenbaar(tenant_naam: str, teksten: Iterable[str]) -> tuple[Herkend, ...]:
    """The words in these texts that may tell who somebody is, each once."""
    found = {
        word.teken: word
        for text in teksten
        for word in voor_rapport(text, eigen=[tenant_naam])
    }
    return tuple(found.values())


def toe_te_staan(words: Iterable[Herkend]) -> tuple[Herkend, ...]:
    """Those that a reason can let pass."""
    return tuple(word for word in words if word.soort not in MET_VORM)


def let_pass(tenant_id: int, teksten: Iterable[str], toegestaan: Toegestaan) -> int:
    """How many words a person lets pass in these texts. Raises RapportageError when
    somebody can be recognised.
    """
    naam = Tenant.objects.get(pk=tenant_id).naam
    words = herkenbaar(naam, teksten)
    may = {word.teken for word in toe_te_staan(words)} & toegestaan.tekens
    left = [word for word in words if word.teken not in may]
    if left or (may and toegestaan.reden not in REDENEN):
        named = left or [word for word in words if word.teken in may]
        raise RapportageError(
            _("Hieraan is misschien iemand te herkennen: %(woorden)s. Haal dit weg.")
            % {"woorden": ", ".join(word.tekst for word in named)}
        )
    return len(may)


def require_unnamed(
    actor: Wie, rapportage: Rapportage, teksten: Iterable[str], toegestaan: Toegestaan
) -> None:
    """Raises RapportageError when somebody can be recognised; records what was let
    pass."""
    passed = let_pass(rapportage.tenant_id, teksten, toegestaan)
    if passed:
        logboek.woorden_toegestaan(actor, rapportage, toegestaan.reden, passed)
