"""The named places of a letter: ``{naam}``, ``{vandaag}``. A list, not a language.

Invariant: only the names below are filled in, each by its text and nothing else: what
is filled in is not read again, and no template can ask for more. A name of the client
in a text in which the client is hidden is refused, never left blank in passing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from privacy.blinde_index import fold, naamwoorden

VAN_CLIENT: Final = ("naam", "adres", "telefoon", "email")
ANDERE: Final = (
    *("adviespunt", "opdrachtgever", "ondersteuner", "functie", "nummer", "vandaag"),
    *("toestemming_met", "toestemming_op", "toestemming_tot"),
)
NAMEN: Final = frozenset({*VAN_CLIENT, *ANDERE})
PLEK: Final = re.compile(r"\{\s*([A-Za-z_.]{1,40})\s*\}")
# A part of a name that is shorter counts only where it begins with a capital.
LANG: Final = 5
CIJFERS: Final = 6
POSTCODE: Final = re.compile(r"\b\d{4}\s?[a-z]{2}\b")


class OnbekendVeld(ValueError):
    """A place between braces that is not on the list; the argument is its name."""


class VerborgenVeld(ValueError):
    """A place for who the client is, where that is not to be known."""


@dataclass(frozen=True, slots=True)
class Invulling:
    """What is filled in: name → text. is_verborgen: the client is not to be known."""

    waarden: Mapping[str, str]
    is_verborgen: bool


def fill(text: str, invulling: Invulling) -> str:
    """The text with its places filled in. Raises OnbekendVeld, VerborgenVeld."""

    def one(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name not in NAMEN:
            raise OnbekendVeld(name)
        if name in VAN_CLIENT and invulling.is_verborgen:
            raise VerborgenVeld(name)
        return invulling.waarden.get(name) or "…"

    return PLEK.sub(one, text)


def asks_client(text: str) -> bool:
    """The text has a place for who the client is."""
    return any(match[1].lower() in VAN_CLIENT for match in PLEK.finditer(text))


def identity_in(text: str, naam: str, *rest: str) -> tuple[str, ...]:
    """What of the client's name, and of telephone, e-mail and address (``rest``),
    stands in the text. A name counts by each of its parts, a number by its digits, an
    address by its street and by its postcode.
    """
    parts = {fold(word): word for word in re.findall(r"[^\W\d_]+", text)}
    capitals = {fold(w) for w in re.findall(r"[^\W\d_]+", text) if w[0].isupper()}
    own = {word: word.replace("y", "ij") for word in naamwoorden(naam)}
    found = [
        word
        for word, other in own.items()
        if (word in parts or other in parts)
        and (len(word) >= LANG or {word, other} & capitals)
    ]
    plain, digits = fold(text), re.sub(r"\D", "", text)
    for value in filter(None, rest):
        number = re.sub(r"\D", "", value)[-9:]
        if (
            len(number) >= CIJFERS
            and number in digits
            or any(part in plain for part in _tellen(fold(value)))
        ):
            found.append(value)
    return tuple(dict.fromkeys(found))


def _tellen(value: str) -> list[str]:
    """Of an e-mail address all, of an address the street and the postcode."""
    if "@" in value:
        return [value.strip()]
    street = re.split(r"[,\n]", value)[0].strip()
    found = [street] if re.search(r"[a-z]", street) and street[-1:].isalnum() else []
    return [part for part in [*found, *POSTCODE.findall(value)] if len(part) > LANG]
