"""Words in a reaction that point at one colleague: her role, said of one person (S101).

A name stops the text (``privacy.herkenning``). A role does not: "de ondersteuner" may
be anybody's. It asks for a second look; what somebody has to say about one colleague
is for the directie and never for a report.

Guarded by tests/signalering/test_medewerkers.py.
"""

from __future__ import annotations

import re
from typing import Final

ROLLEN: Final = (
    *("medewerk(?:st)?er", "(?:cli[eë]nt)?ondersteun(?:st)?er", "collega"),
    *("vertrouwenspersoon", "teamleid(?:st)?er", "co[oö]rdinator", "consulente?"),
    *("begeleid(?:st)?er", "vrijwillig(?:st)?er", "bestuurder", "directeur"),
)
# One person: "de nieuwe medewerker", "uw collega", "een van uw ondersteuners".
EEN: Final = r"(?:de|die|deze|uw|jullie|een|één|onze|haar|zijn)"
WOORD: Final = re.compile(
    rf"\b(?:(?:een|één)\s+van\s+(?:de|uw|jullie)\s+(?:\w+\s+)?(?:{'|'.join(ROLLEN)})s?"
    rf"|{EEN}\s+(?:\w+\s+)?(?:{'|'.join(ROLLEN)}))\b",
    re.IGNORECASE,
)


def rolwoorden(text: str) -> tuple[str, ...]:
    """What points at one colleague by her role, each once, in order."""
    found = (" ".join(match[0].split()) for match in WOORD.finditer(text))
    return tuple(dict.fromkeys(found))
