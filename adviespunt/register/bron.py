"""Reads what is processed from ``bron.toml``, and compares it with the models.

Invariant: every column of every table of the product is named there, once, and as
sealed when it is sealed; a term is a rule of ``cases.bewaarregels`` or said in words.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from cases.bewaarregels import PER_CODE, Bewaarregel
from privacy.fields import sealed_columns

BRON = Path(__file__).with_name("bron.toml")
STOREYS = ("cases", "signalering", "tenants", "privacy")
REGEL = "regel:"
DELEN = ("dossier", "rapporten", "mensen", "kader")


@dataclass(frozen=True, slots=True)
class Tabel:
    """One table. deel: part of the data map; doel, vertrouwelijk: in English."""

    naam: str
    verwerking: str
    deel: str
    doel: str
    vertrouwelijk: str
    bewaren: str
    verwijst: tuple[str, ...]
    verzegeld: tuple[str, ...] = ()
    overig: tuple[str, ...] = ()

    @property
    def kolommen(self) -> tuple[str, ...]:
        return (*self.verwijst, *self.verzegeld, *self.overig)

    @property
    def regel(self) -> Bewaarregel | None:
        """The rule by which it is kept; KeyError when that does not exist."""
        is_rule = self.bewaren.startswith(REGEL)
        return PER_CODE[self.bewaren.removeprefix(REGEL)] if is_rule else None


@dataclass(frozen=True, slots=True)
class Verwerking:
    """One processing, as AVG 30 lid 1 asks for it."""

    code: str
    naam: str
    doel: str
    grondslag: str
    betrokkenen: tuple[str, ...]
    gegevens: tuple[str, ...]
    ontvangers: tuple[str, ...]
    maatregelen: tuple[str, ...]
    bewaren_overig: str
    dpia: bool
    tabellen: tuple[Tabel, ...]

    @property
    def termijnen(self) -> tuple[Bewaarregel, ...]:
        """The rules of its tables, each once."""
        found = {tabel.regel.code for tabel in self.tabellen if tabel.regel}
        return tuple(regel for code, regel in PER_CODE.items() if code in found)


@dataclass(frozen=True, slots=True)
class Bron:
    verwerkingen: dict[str, Verwerking]
    tabellen: dict[str, Tabel]


@cache
def bron() -> Bron:
    """Everything of ``bron.toml``. Raises KeyError, TypeError on what does not fit."""
    text = tomllib.loads(BRON.read_text("utf-8"))
    tables = {name: _tabel(name, row) for name, row in text["tabel"].items()}
    found = {}
    for code, row in text["verwerking"].items():
        said: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in row.items()
        }
        said["maatregelen"] = tuple(text["maatregel"][m] for m in row["maatregelen"])
        own = tuple(one for one in tables.values() if one.verwerking == code)
        found[code] = Verwerking(code=code, tabellen=own, **said)
    return Bron(found, tables)


def _tabel(naam: str, row: dict[str, Any]) -> Tabel:
    lists: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in row.items()
    }
    return Tabel(naam=naam, **lists)


def product_models() -> Iterator[type[models.Model]]:
    for storey in STOREYS:
        yield from apps.get_app_config(storey).get_models()


def gaps() -> list[str]:
    """What the source and the models do not agree on; one line each."""
    known = bron().tabellen
    here = {model._meta.db_table: model for model in product_models()}
    found = [f"{name}: no such table" for name in known if name not in here]
    for name, model in here.items():
        found += _gaps(known[name], model) if name in known else [f"{name}: missing"]
    for tabel in known.values():
        if tabel.verwerking not in bron().verwerkingen:
            found.append(f"{tabel.naam}: no processing {tabel.verwerking}")
        if tabel.deel not in DELEN:
            found.append(f"{tabel.naam}: no part {tabel.deel}")
        rule = tabel.bewaren.removeprefix(REGEL)
        if rule != tabel.bewaren and rule not in PER_CODE:
            found.append(f"{tabel.naam}: no rule {rule}")
    return found


def _gaps(tabel: Tabel, model: type[models.Model]) -> list[str]:
    there = [field.column for field in model._meta.concrete_fields]
    named = tabel.kolommen
    found = [f"{tabel.naam}.{c}: not named" for c in there if c not in named]
    found += [f"{tabel.naam}.{c}: no such column" for c in named if c not in there]
    found += [f"{tabel.naam}.{c}: twice" for c in set(named) if named.count(c) > 1]
    if set(tabel.verzegeld) != set(sealed_columns(model)):
        found.append(f"{tabel.naam}: verzegeld is {', '.join(sealed_columns(model))}")
    return found


def skeleton() -> str:
    """What is missing, as text to paste into ``bron.toml`` and fill in."""
    parts = []
    for model in product_models():
        name, sealed = model._meta.db_table, sealed_columns(model)
        known = bron().tabellen.get(name)
        named = known.kolommen if known else ()
        fresh = [f for f in model._meta.concrete_fields if f.column not in named]
        if not fresh:
            continue
        keys = [f.column for f in fresh if f.is_relation or f.primary_key]
        plain = [f.column for f in fresh if f.column not in (*keys, *sealed)]
        head = [f"[tabel.{name}]"]
        if known is None:
            head += [f'{veld} = ""' for veld in ("verwerking", "deel", "doel")]
            head += ['vertrouwelijk = ""', 'bewaren = "not yet decided"']
        sealed_here = [f.column for f in fresh if f.column in sealed]
        for veld, values in (
            ("verwijst", keys),
            ("verzegeld", sealed_here),
            ("overig", plain),
        ):
            if values:
                head.append(f"{veld} = {json.dumps(values)}")
        parts.append("\n".join(head))
    return "\n\n".join(parts)
