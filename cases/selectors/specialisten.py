"""Whose specialism fits a kwestie: a suggestion when it is assigned, no more (S142).

What a colleague is good at is typed in her own words; it fits when one of them begins
like a word of a doelgroep or levensdomein of the kwestie, or is its very code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from cases.codelists import label
from cases.models import Kwestie
from cases.selectors.achtergrond import achtergrond_of
from cases.selectors.lijsten import colleagues_at
from privacy.blinde_index import fold
from tenants.models import Medewerker

KORTST: Final = 4  # letters of a word that says something
ALGEMEEN: Final = frozenset(
    (
        *("beperking", "aandoening", "zorg", "hulp", "ondersteuning", "ouder", "geen"),
        *(
            "onbekend",
            "andere",
            "sociaal",
            "specialist",
            "maatschappelijke",
            "cliënten",
        ),
    )
)


def specialists_at(kwestie: Kwestie) -> dict[UUID, str]:
    """``specialists_for`` of everybody to whom the kwestie can be assigned."""
    is_strikt = kwestie.vertrouwelijkheid == "STRIKT"
    colleagues = colleagues_at(kwestie.tenant_id, strikt=is_strikt)
    return specialists_for(kwestie, colleagues)


def specialists_for(
    kwestie: Kwestie, colleagues: Iterable[Medewerker]
) -> dict[UUID, str]:
    """Colleagues with a specialism that fits, and which; not who is kept from it."""
    codes = [
        ("doelgroep", code)
        for code in achtergrond_of(kwestie).doelgroepen
        if code != "GEEN"
    ]
    codes += [("levensdomein", code) for code in kwestie.levensdomein]
    subjects = {code.casefold() for _list, code in codes}
    words = {word for one in codes for word in _words(label(*one))}
    found: dict[UUID, str] = {}
    for colleague in colleagues:
        if colleague.pk in kwestie.niet_voor:
            continue
        for specialisme in colleague.specialismen:
            if _fits(specialisme, subjects, words):
                found.setdefault(colleague.pk, specialisme)
    return found


def _fits(specialisme: str, codes: set[str], words: set[str]) -> bool:
    if specialisme.strip().casefold() in codes:
        return True
    return any(
        mine.startswith(word) or word.startswith(mine)
        for mine in _words(specialisme)
        for word in words
    )


def _words(text: str) -> set[str]:
    folded = {fold(word) for word in re.findall(r"[^\W\d_]+", text)}
    general = {fold(word) for word in ALGEMEEN}
    return {word for word in folded if len(word) >= KORTST} - general
