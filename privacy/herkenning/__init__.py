"""Recognise personal data that slipped into a free text.

Mechanism only: it says what stands where and of which kind; what to do about it (block,
hint) is for the caller. It points out what to look at; it makes no text anonymous:
who somebody is can be told without a single name. Measured in
docs/deidentification.md.

Invariant: nothing of a text is kept or logged. Guarded by tests/privacy/herkenning.
"""

from privacy.herkenning.bsn import has_bsn, is_bsn
from privacy.herkenning.datums import heeft_dag
from privacy.herkenning.soorten import SOORTEN, Vondst
from privacy.herkenning.vinden import vind, warm

__all__ = [
    "SOORTEN",
    "Vondst",
    "has_bsn",
    "heeft_dag",
    "is_bsn",
    "soorten_in",
    "vind",
    "warm",
]


def soorten_in(text: str) -> tuple[str, ...]:
    """The kinds of data seen in ``text``, each once, in the order of SOORTEN."""
    seen = {vondst.soort for vondst in vind(text)}
    return tuple(soort for soort in SOORTEN if soort in seen)
