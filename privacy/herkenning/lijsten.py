"""The word lists: our own beside those of deduce, built into one file at installation.

``python -m privacy.herkenning.bouwen`` builds (``make setup`` does); a process that
finds no file, or one of other lists, builds in memory (about a second). deduce (LGPL)
is read as data and never imported: its own structures take over a gigabyte a process,
and importing it sets all logging to DEBUG on the standard output.

Long lists (streets, institutions) are kept as sorted hashes: 1.6 MB in place of 30.

Guarded by tests/privacy/herkenning/test_lijsten.py.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

HIER: Final = Path(__file__).resolve().parent
EIGEN: Final = HIER / "lijsten"
GEBOUWD: Final = HIER / "gebouwd" / "lijsten.json"
UIT_DEDUCE: Final = {
    "voornamen": ("names/lst_first_name",),
    "achternamen": ("names/lst_surname", "names/lst_interfix_surname"),
    "plaatsen": (
        "locations/lst_placename/lst_residence",
        "locations/lst_placename/lst_municipality",
    ),
    "gemeenten": ("locations/lst_placename/lst_municipality",),
    "gewoon": ("whitelist/lst_common_word", "whitelist/lst_stop_word"),
    "medisch": ("whitelist/lst_medical_term",),
}
LANG: Final = {
    "straten": ("locations/lst_street",),
    "instellingen": (
        "institutions/lst_healthcare_institution",
        "institutions/lst_hospital",
    ),
}


class Gehakt:
    """A set of texts as sorted 64-bit hashes: can be asked, not read."""

    def __init__(self, waarden: Iterable[int]) -> None:
        self._waarden = array("Q", sorted(waarden))

    def __contains__(self, text: str) -> bool:
        waarde = hak(text)
        at = bisect_left(self._waarden, waarde)
        return at < len(self._waarden) and self._waarden[at] == waarde

    def __len__(self) -> int:
        return len(self._waarden)


@dataclass(frozen=True, slots=True)
class Lijsten:
    """Every list, in folded case. ``gezag``: words before a name, by kind."""

    voornamen: frozenset[str]
    vaak: frozenset[str]
    achternamen: frozenset[str]
    plaatsen: frozenset[str]
    gemeenten: frozenset[str]
    gewoon: frozenset[str]
    geen_namen: frozenset[str]
    gezag: dict[str, frozenset[str]]
    straten: Gehakt
    instellingen: Gehakt


def hak(text: str) -> int:
    digest = hashlib.blake2b(text.casefold().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def build(target: Path = GEBOUWD) -> Path:
    """Write the built lists, whole or not at all; nothing when they are there."""
    stamp = fingerprint()
    if _read(target, stamp) is None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=target.parent, delete=False, encoding="utf-8"
        ) as scratch:
            json.dump({"stempel": stamp, **collect()}, scratch, ensure_ascii=False)
        os.replace(scratch.name, target)
        target.chmod(0o644)
    return target


@cache
def lijsten() -> Lijsten:
    """The lists of this process, read once."""
    raw = _read(GEBOUWD, fingerprint()) or collect()
    plain = {
        name: frozenset(raw[name])
        for name in ("voornamen", "vaak", "achternamen", "plaatsen", "gemeenten")
    }
    return Lijsten(
        **plain,
        gewoon=frozenset(raw["gewoon"]),
        geen_namen=frozenset(raw["geen_namen"]),
        gezag={kind: frozenset(words) for kind, words in raw["gezag"].items()},
        straten=Gehakt(raw["straten"]),
        instellingen=Gehakt(raw["instellingen"]),
    )


def fingerprint() -> str:
    """Changes with the version of deduce and with every change in our own lists."""
    digest = hashlib.sha256(f"2 deduce {version('deduce')}".encode())
    for path in sorted(EIGEN.glob("*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def collect() -> dict[str, Any]:
    """All lists as plain values, from the sources."""
    theirs = {name: _theirs(folders) for name, folders in UIT_DEDUCE.items()}
    ours = {path.stem: _words(path) for path in EIGEN.glob("*.txt")}
    towns = {line.casefold() for line in _lines(EIGEN / "plaatsen_elders.txt")}
    first = theirs["voornamen"] | ours["voornamen"] | ours["voornamen_elders"]
    # Places with their province behind it, "Loo (Li)", are known without it too.
    places = {p.partition(" (")[0] for p in theirs["plaatsen"]} | towns
    found: dict[str, Any] = {
        "voornamen": sorted(first),
        "vaak": sorted(ours["voornamen"] | ours["voornamen_elders"]),
        "achternamen": sorted(theirs["achternamen"] | ours["achternamen"]),
        "plaatsen": sorted(places - ours["geen_plaatsen"]),
        "gemeenten": sorted(
            (theirs["gemeenten"] | towns - ours["geen_plaatsen"]) | ours["plaatsen_ook"]
        ),
        "gewoon": sorted(
            theirs["gewoon"]
            | theirs["medisch"] - first
            | ours["gewone_woorden"]
            | ours["plaatsen_ook"]
        ),
        "geen_namen": sorted(ours["geen_namen"]),
        "gezag": _sections(EIGEN / "gezag.txt"),
    }
    for name, folders in LANG.items():
        found[name] = sorted({hak(text) for text in _theirs(folders)})
    return found


def _read(path: Path, stamp: str) -> dict[str, Any] | None:
    try:
        raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return raw if raw.get("stempel") == stamp else None


def _theirs(folders: Iterable[str]) -> set[str]:
    """Lists of deduce, without what it takes out itself."""
    spec = find_spec("deduce")
    if spec is None or spec.origin is None:
        raise RuntimeError("deduce is not installed: run make setup")
    root = Path(spec.origin).parent / "data" / "lookup" / "src"
    found: set[str] = set()
    for folder in folders:
        items = set(_lines(root / folder / "items.txt"))
        left_out = root / folder / "exceptions.txt"
        items -= set(_lines(left_out)) if left_out.exists() else set()
        found |= {item.casefold() for item in items}
    return found


def _lines(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _words(path: Path) -> set[str]:
    return {word.casefold() for line in _lines(path) for word in line.split()}


def _sections(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _lines(path):
        if line.startswith("["):
            found[line.strip("[]")] = kind = []
        else:
            kind.extend(line.casefold().split())
    return found
