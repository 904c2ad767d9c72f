"""From a number to its kwestie, for who may open it."""

from __future__ import annotations

from cases.models import Kwestie, nummer_prefix
from cases.selectors.zicht import plekken_for, readable_for
from tenants.access import Plek, Wie


def kwesties_with_number(wie: Wie, tekst: str) -> list[tuple[Plek, Kwestie]]:
    """What she may open with this number: 'ARN-7K3F9Q2', in any case, with or without
    what it begins with. Of others nothing, not even that they are there.
    """
    sought = "".join(tekst.split()).upper()
    if not sought:
        return []
    found = []
    for plek in plekken_for(wie):
        numbers = {tekst.strip(), sought, f"{nummer_prefix(plek.slug)}-{sought}"}
        rows = readable_for(wie, plek).filter(nummer__in=sorted(numbers))
        found += [(plek, kwestie) for kwestie in rows[:5]]
    return found
