"""What recognition found, said to people: which word, where, what to do.

Invariant: a text that is looked at is neither kept nor logged; what goes back and forth
is a hash of a word. Guarded by tests/adviespunt/test_meelezen.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from privacy.herkenning import SOORTEN, Vondst, has_bsn, heeft_dag, vind

ROND: Final = 24  # code points shown before and behind a word
MEEST: Final = 12  # words shown at a time
WAT: Final[dict[str, Promise]] = {
    "PERSOON": _("een naam"),
    "ADRES": _("een adres"),
    "PLAATS": _("een plaats"),
    "DATUM": _("een datum"),
    "LEEFTIJD": _("een leeftijd"),
    "TELEFOON": _("een telefoonnummer"),
    "EMAIL": _("een e-mailadres"),
    "URL": _("een webadres"),
    "BSN": _("een burgerservicenummer"),
    "IBAN": _("een rekeningnummer"),
    "POSTCODE": _("een postcode"),
    "KENTEKEN": _("een kenteken"),
    "DOSSIERNUMMER": _("een dossiernummer"),
    "ORGANISATIE": _("een organisatie"),
    "BEROEP": _("een bijzonder beroep"),
    "KENMERK": _("iets wat maar één iemand heeft"),
}
# A provider is nobody's name; the rest is pointed out while somebody types.
GETOOND: Final = frozenset(SOORTEN) - {"ORGANISATIE"}
# These ask once before a text is saved. Places and days belong in casework.
DIRECT: Final = GETOOND - {"PLAATS", "DATUM", "LEEFTIJD", "BEROEP", "KENMERK"}
# A form tells what it is: no reason makes such a number less somebody's.
MET_VORM: Final = frozenset(
    {"TELEFOON", "EMAIL", "BSN", "IBAN", "POSTCODE", "KENTEKEN"}
)


@dataclass(frozen=True, slots=True)
class Herkend:
    """A word in a text, with what stands around it; ``teken``: its hash."""

    tekst: str
    soort: str
    voor: str
    na: str
    teken: str

    @property
    def wat(self) -> Promise:
        """The kind, in words."""
        return WAT[self.soort]

    @property
    def is_bsn(self) -> bool:
        return self.soort == "BSN" and has_bsn(self.tekst)


def herkend_in(
    text: str, soorten: Collection[str] = GETOOND, *, eigen: Iterable[str] = ()
) -> tuple[Herkend, ...]:
    """What is recognised in ``text``, each word once, in order.

    eigen: names that say nothing here, such as the name of the tenant itself.
    """
    bekend = {naam.casefold() for naam in eigen}
    found: dict[str, Herkend] = {}
    for vondst in vind(text):
        word = _herkend(text, vondst)
        if vondst.soort in soorten and word.tekst.casefold() not in bekend:
            found.setdefault(word.teken, word)
    return tuple(found.values())


def voor_rapport(text: str, *, eigen: Iterable[str] = ()) -> tuple[Herkend, ...]:
    """What must not be in a text that is printed: all but providers and months.

    eigen: the name of the tenant, with or without "gemeente" before it.
    """
    namen = {naam for name in eigen for naam in (name, name.removeprefix("Gemeente "))}
    return tuple(
        word
        for word in herkend_in(text, GETOOND, eigen=namen)
        if word.soort != "DATUM" or heeft_dag(word.tekst)
    )


def _herkend(text: str, vondst: Vondst) -> Herkend:
    word = text[vondst.start : vondst.end]
    voor = text[max(0, vondst.start - ROND) : vondst.start]
    na = text[vondst.end : vondst.end + ROND]
    teken = f"{vondst.soort}:{word.casefold()}"
    return Herkend(
        tekst=word,
        soort=vondst.soort,
        voor=("…" if vondst.start > ROND else "") + voor,
        na=na + ("…" if vondst.end + ROND < len(text) else ""),
        teken=hashlib.sha256(teken.encode("utf-8", "replace")).hexdigest()[:16],
    )
