"""Search: by number, date, code, organisation, name, and in one's own open texts.

Invariant: every hit comes from ``readable_rows``, so what somebody may not open is not
found, not counted and not hinted at; a kwestie that is STRIKT of a colleague never
shows. Names are found by tokens and compared after reading; texts are read only of
one's own open kwesties. The number of queries does not depend on what is found.

Guarded by tests/cases/test_zoeken.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases import codelists
from cases.models import Client, Contactmoment, Kwestie, nummer_prefix
from cases.selectors.lijsten import KOLOMMEN, Regel
from cases.selectors.zicht import plekken_for, vorm_of
from cases.selectors.zoekvragen import (
    CODE,
    DATUM,
    EIGEN,
    GEWOON,
    MAXIMUM,
    NOTITIES,
    NUMMER,
    OP_NAAM,
    ORGANISATIE,
    TEKSTEN,
    Codes,
    Row,
)
from privacy.blinde_index import fold, has_words, naamwoorden, teken
from privacy.fields import Cel, announce_cells, texts_of
from tenants.access import Plek, Wie

KORTSTE_TEKST = 3
LIJSTEN = (
    ("aard", "aard"),
    ("subaard", "subaard"),
    ("wet", "wet"),
    ("soort", "soort_kwestie"),
)
CIJFER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is searched for. geboortejaar: with a name only. van, tot: first contact."""

    tekst: str = ""
    geboortejaar: str = ""
    van: date | None = None
    tot: date | None = None


@dataclass(frozen=True, slots=True)
class Treffer:
    """One kwestie that was found; client: the name, when it was found by that."""

    regel: Regel
    client: str = ""


@dataclass(frozen=True, slots=True)
class Groep:
    """The hits of one kind. is_meer: there are more than are shown."""

    soort: str
    titel: str
    treffers: tuple[Treffer, ...]
    is_meer: bool = False


@dataclass(frozen=True)
class Blik:
    """Where somebody looks for something, as the kept questions want it."""

    wie: Wie
    vraag: Vraag
    plekken: tuple[Plek, ...]

    @cached_property
    def tekst(self) -> str:
        return self.vraag.tekst.strip()

    @cached_property
    def vormen(self) -> tuple[Any, ...]:
        return tuple(vorm_of(plek) for plek in self.plekken)

    @cached_property
    def gegeven(self) -> dict[str, Any]:
        return {
            "wie": self.wie.user_id,
            "tenants": tuple(plek.id for plek in self.plekken),
            "van": self.vraag.van,
            "tot": self.vraag.tot,
        }


def search(wie: Wie, vraag: Vraag) -> list[Groep]:
    """What this person may open and was asked for, kind by kind; empty kinds left out.

    At most four queries, and two for keys.
    """
    blik = Blik(wie, vraag, tuple(plekken_for(wie)))
    return [
        Groep(
            soort,
            titel,
            tuple(
                Treffer(_regel(wie, row), clients.get(row["id"], ""))
                for row in rows[:MAXIMUM]
            ),
            len(rows) > MAXIMUM,
        )
        for soort, titel, rows, clients in _kinds(blik)
        if rows
    ]


def _kinds(blik: Blik) -> Iterator[tuple[str, str, list[Row], dict[UUID, str]]]:
    """(kind, heading, rows, name by kwestie) of each way to look."""
    plain = _plain(blik)
    yield DATUM, _("Op datum van het eerste contact"), plain.get(DATUM, []), {}
    yield NUMMER, _("Op nummer"), plain.get(NUMMER, []), {}
    yield CODE, _("Op aard, wet of soort"), plain.get(CODE, []), {}
    words = naamwoorden(blik.tekst)
    # Fetched before any name is read: one query then brings the keys of both.
    own = _own_texts(blik) if len(blik.tekst) >= KORTSTE_TEKST else None
    if words:
        rows, names = _by_name(blik, words)
        yield "naam", _("Cliënten op naam"), rows, names
    yield ORGANISATIE, _("Op organisatie"), plain.get(ORGANISATIE, []), {}
    if own is not None:
        rows = _by_text(blik, *own)
        yield "tekst", _("In de tekst van je open kwesties"), rows, {}


def _regel(wie: Wie, row: Row) -> Regel:
    return Regel(
        id=row["id"],
        plek=wie.plekken[row["tenant_id"]],
        datum=row["datum"],
        status=row["status"],
        ondersteuner=row["ondersteuner_naam"] or "",
        is_afgeschermd=False,
        nummer=row["nummer"],
        soort=row["soort"],
        aard=row["aard"],
        wet=row["wet"],
        laatste_contact_op=row["laatste_contact_op"],
    )


# ---------------------------------------------------------------------- each kind


def _plain(blik: Blik) -> dict[str, list[Row]]:
    """By date alone, or by number, code and organisation: one question for all."""
    tekst, codes = blik.tekst, _codes_like(blik.tekst)
    wanted = {
        DATUM: not tekst,
        NUMMER: bool(CIJFER.search(tekst)) or " " not in tekst,
        CODE: bool(codes),
        ORGANISATIE: len(tekst) >= KORTSTE_TEKST,
    }
    soorten = (DATUM,) if not tekst else tuple(s for s in wanted if wanted[s])
    if not soorten:
        return {}
    found: dict[str, list[Row]] = {soort: [] for soort in soorten}
    rows = GEWOON(
        blik.vormen,
        soorten,
        codes,
        **blik.gegeven,
        nummers=_numbers(blik) if NUMMER in soorten else (),
        tekst=tekst if ORGANISATIE in soorten else None,
    )
    for row in sorted(rows, key=_newest_first):
        found[soorten[row["deel"]]].append(row)
    return found


def _newest_first(row: Row) -> tuple[int, UUID]:
    return -row["datum"].toordinal(), row["id"]


def _numbers(blik: Blik) -> tuple[str, ...]:
    """The number with what it begins with at each place; as it was typed, for that of
    an old register; and in capitals.
    """
    upper = blik.tekst.upper().replace(" ", "")
    ours = (f"{nummer_prefix(plek.slug)}-{upper}" for plek in blik.plekken)
    return (*ours, blik.tekst, upper)


def _codes_like(tekst: str) -> Codes:
    """Per field the codes of which the code or a word of the label is ``tekst``."""
    wanted, language = fold(tekst), get_language() or ""
    found = []
    for veld, lijst in LIJSTEN:
        hits = tuple(
            code
            for code in codelists.codes(lijst)
            if wanted in _words(lijst, code, language)
        )
        if hits:
            found.append((veld, hits))
    return tuple(found)


@cache
def _words(lijst: str, code: str, language: str) -> frozenset[str]:
    """By what a code is found: itself, its label, and each word of that."""
    label = fold(codelists.label(lijst, code, language))
    return frozenset({fold(code), label, *re.findall(r"\w+", label)})


def _by_name(blik: Blik, words: Sequence[str]) -> tuple[list[Row], dict[UUID, str]]:
    """Kwesties of clients with these words in their name (and this year of birth)."""
    jaar = blik.vraag.geboortejaar
    tekens = [teken(plek.id, word, jaar) for plek in blik.plekken for word in words]
    # A token is short on purpose: what counts is the name itself.
    rows = OP_NAAM(blik.vormen, **blik.gegeven, tekens=tuple(tekens))
    namen = [_of_client(row, "client__naam_v") for row in rows]
    jaren = [_of_client(row, "client__geboortejaar_v") for row in rows]
    found = zip(
        rows,
        texts_of(Client, "naam_v", namen),
        texts_of(Client, "geboortejaar_v", jaren) if jaar else [""] * len(rows),
        strict=True,
    )
    names = {
        row["id"]: naam
        for row, naam, its in found
        if its == jaar and has_words(naam, list(words))
    }
    return [row for row in rows if row["id"] in names], names


def _of_client(row: Row, column: str) -> Cel:
    return Cel(row["tenant_id"], row["client_id"], row["client_id"], row[column])


def _own_texts(blik: Blik) -> tuple[list[Row], list[Cel]]:
    """Her own open kwesties, and their notes; nothing is read yet."""
    rows = EIGEN(blik.vormen, **blik.gegeven)
    if not rows:
        return [], []
    notes = NOTITIES(
        tenants=sorted({row["tenant_id"] for row in rows}),
        kwesties=[row["id"] for row in rows],
    )
    cells = [Cel(*note) for note in notes]
    announce_cells(Contactmoment, cells)
    for naam in TEKSTEN:
        announce_cells(Kwestie, _column(rows, naam))
    return rows, cells


def _column(rows: Iterable[Row], naam: str) -> list[Cel]:
    return [
        Cel(row["tenant_id"], row["id"], row["id"], row[f"{naam}_v"]) for row in rows
    ]


def _by_text(blik: Blik, rows: list[Row], notes: list[Cel]) -> list[Row]:
    """Those of her own in whose texts or notes every word occurs."""
    words = fold(blik.vraag.tekst).split()
    texts: dict[UUID, list[str]] = {row["id"]: [] for row in rows}
    for naam in TEKSTEN:
        for row, text in zip(
            rows, texts_of(Kwestie, f"{naam}_v", _column(rows, naam)), strict=True
        ):
            texts[row["id"]].append(text)
    for note, text in zip(
        notes, texts_of(Contactmoment, "notitie_v", notes), strict=True
    ):
        texts[note.van].append(text)
    return [
        {name: row[name] for name in KOLOMMEN} | {"ondersteuner_naam": blik.wie.naam}
        for row in rows
        if _has_all(words, texts[row["id"]])
    ]


def _has_all(words: Iterable[str], texts: Iterable[str]) -> bool:
    whole = fold(" ".join(texts))
    return all(word in whole for word in words)
