"""The letters that come with the product, and how one is put together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cases.brieven.document import CITAAT, KOP, TEKST, Blok, Document
from cases.brieven.velden import Invulling, asks_client, fill

_DATA: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "sjablonen.json").read_text(encoding="utf-8")
)
SJABLONEN: Final[Mapping[str, dict[str, Any]]] = _DATA["sjablonen"]
BELOFTE: Final[str] = _DATA["belofte"]  # under every letter (S122)


@dataclass(frozen=True, slots=True)
class Standaardblok:
    """A text block that comes with the product."""

    code: str
    titel: str
    soorten: tuple[str, ...]
    tekst: str


BLOKKEN: Final = tuple(
    Standaardblok(b["code"], b["titel"], tuple(b["soorten"]), b["tekst"])
    for b in _DATA["blokken"]
)


@dataclass(frozen=True, slots=True)
class Invoer:
    """What somebody typed for one letter. toestemming: what the client allowed, about
    what (a machtiging). titel: the kind of letter in words.
    """

    soort: str
    titel: str
    aan: str = ""
    onderwerp: str = ""
    woorden: str = ""
    tekst: str = ""
    wens: str = ""
    toestemming: str = ""

    @property
    def getypt(self) -> str:
        """Everything a person typed."""
        parts = (self.aan, self.onderwerp, self.woorden, self.tekst, self.wens)
        return "\n".join((*parts, self.toestemming))


def onderwerp_of(soort: str) -> str:
    """The usual subject line."""
    return str(SJABLONEN[soort]["onderwerp"])


def is_client_named(invoer: Invoer, invulling: Invulling) -> bool:
    """The letter tells who the client is, by a place for it."""
    return not invulling.is_verborgen and any(
        asks_client(text)
        for text in (*_own_texts(invoer.soort, "op_naam"), invoer.getypt)
    )


def _own_texts(soort: str, kies: str) -> list[str]:
    sjabloon = SJABLONEN[soort]
    parts = [
        d["tekst"]
        for d in sjabloon["delen"]
        if d.get("als", kies) == kies and "tekst" in d
    ]
    slot = sjabloon.get(f"slot_{kies}", sjabloon["slot"])
    return [*parts, *slot]


def compose(invoer: Invoer, invulling: Invulling) -> Document:
    """The letter with everything filled in. Raises OnbekendVeld, VerborgenVeld."""
    sjabloon = SJABLONEN[invoer.soort]
    kies = "verborgen" if invulling.is_verborgen else "op_naam"
    found = _head(invoer, sjabloon, invulling)
    for deel in sjabloon["delen"]:
        if deel.get("als", kies) == kies:
            found += _part(deel, invoer)
    slot = sjabloon.get(f"slot_{kies}", sjabloon["slot"])
    found += [Blok(TEKST, "\n".join(slot)), Blok(TEKST, BELOFTE)]
    filled = tuple(Blok(b.soort, fill(_tidy(b.tekst), invulling)) for b in found)
    return Document(invoer.titel, fill(_tidy(invoer.onderwerp), invulling), filled)


def _head(invoer: Invoer, sjabloon: dict[str, Any], invulling: Invulling) -> list[Blok]:
    """From whom, to whom, when, with what number."""
    is_own = not invulling.is_verborgen and "slot_op_naam" in sjabloon
    van = "{naam}\n{adres}" if is_own else "{adviespunt}"
    if is_own and not invulling.waarden.get("adres"):
        van = "{naam}"
    rows = [van, invoer.aan, "{vandaag}\nOns kenmerk: {nummer}"]
    found = [Blok(TEKST, row) for row in rows if row.strip()]
    return [*found, Blok(TEKST, sjabloon["aanhef"])] if sjabloon["aanhef"] else found


def _part(deel: dict[str, str], invoer: Invoer) -> list[Blok]:
    if "tekst" in deel:
        return [Blok(TEKST, deel["tekst"])]
    said = {
        "woorden": invoer.woorden,
        "tekst": invoer.tekst,
        "wens": invoer.wens,
        "onderwerp_toestemming": invoer.toestemming,
    }[deel["deel"]]
    paragraphs = [p for p in _tidy(said).split("\n\n") if p.strip()]
    if not paragraphs:
        return []
    soort = CITAAT if deel["deel"] == "woorden" else TEKST
    head = [Blok(KOP, deel["kop"])] if "kop" in deel else []
    return [*head, *(Blok(soort, p.strip("\n")) for p in paragraphs)]


def _tidy(text: str) -> str:
    """Line ends as one character, no marks of control."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c >= " " or c in "\n\t").strip("\n")
