"""How much is found: ``python -m tests.privacy.herkenning.meten FILE [FILE…]``.

A gold span counts as found (strictly) when every sign of it lies within found spans of
its own kind. A false alarm is a text without gold spans in which anything was found. A
leak is a text of which a direct gold span was not wholly covered, by whatever kind.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

from privacy.herkenning import Vondst, vind

VORM = ("TELEFOON", "EMAIL", "BSN", "IBAN", "POSTCODE", "KENTEKEN", "URL")
NAAM = ("PERSOON", "ADRES", "PLAATS", "DATUM")
VIERDE = ("vierde-a", "vierde-b", "vierde-c", "vierde-d")
DELEN = ("toets", "ontwikkel", "tweede", "derde", *VIERDE)
INDIRECT = ("KENMERK", "BEROEP")
Rij = dict[str, Any]


@dataclass
class Maat:
    """Counts over a set of texts."""

    goed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    al: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lek: list[str] = field(default_factory=list)
    vals: list[str] = field(default_factory=list)
    schoon: int = 0
    vol: int = 0
    gemist: list[tuple[str, str, str]] = field(default_factory=list)
    teveel: list[tuple[str, str, str]] = field(default_factory=list)

    def recall(self, labels: Iterable[str]) -> tuple[int, int]:
        return sum(self.goed[x] for x in labels), sum(self.al[x] for x in labels)


def meet(rijen: Iterable[Rij]) -> Maat:
    """Compare what is found with the gold spans."""
    maat = Maat()
    for rij in rijen:
        found = vind(rij["text"])
        _tel(maat, rij, found)
    return maat


def _tel(maat: Maat, rij: Rij, found: tuple[Vondst, ...]) -> None:
    text, lekt = rij["text"], False
    if rij["spans"]:
        maat.vol += 1
    else:
        maat.schoon += 1
        if found:
            maat.vals.append(rij["id"])
    for gold in rij["spans"]:
        label = gold["label"]
        maat.al[label] += 1
        if _gedekt(gold, text, [v for v in found if v.soort == label]):
            maat.goed[label] += 1
        else:
            maat.gemist.append((rij["id"], label, text[gold["start"] : gold["end"]]))
        lekt |= label not in INDIRECT and not _gedekt(gold, text, list(found))
    if lekt:
        maat.lek.append(rij["id"])
    for v in found:
        if not any(g["start"] < v.end and v.start < g["end"] for g in rij["spans"]):
            maat.teveel.append((rij["id"], v.soort, text[v.start : v.end]))


def _gedekt(gold: Rij, text: str, found: list[Vondst]) -> bool:
    return all(
        text[i].isspace() or any(v.start <= i < v.end for v in found)
        for i in range(gold["start"], gold["end"])
    )


def wilson(goed: int, al: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    if not al:
        return 0.0, 1.0
    p, n = goed / al, al
    middle = p + z * z / (2 * n)
    width = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - width) / (1 + z * z / n), (middle + width) / (1 + z * z / n)


def lees(path: Path) -> list[Rij]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def halve(rijen: list[Rij], welke: str) -> list[Rij]:
    """ "toets" or "ontwikkel": by the field ``deel``, else every second row is toets."""
    if rijen and "deel" in rijen[0]:
        return [rij for rij in rijen if rij["deel"] == welke]
    return rijen[1::2] if welke == "toets" else rijen[::2]


def tabel(maat: Maat) -> str:
    lines = ["| label | gevonden | van | strikt | 95 % |", "|---|---|---|---|---|"]
    groups = [(label, (label,)) for label in sorted(maat.al)]
    groups += [
        ("**met een vorm**", VORM),
        ("**namen, adressen, plaatsen, data**", NAAM),
    ]
    for name, labels in groups:
        goed, al = maat.recall(labels)
        low, high = wilson(goed, al)
        share = f"{goed / al:.3f}" if al else "–"
        lines.append(f"| {name} | {goed} | {al} | {share} | {low:.2f}–{high:.2f} |")
    lines.append(f"\nTeksten met een lek: {len(maat.lek)} van {maat.vol}.")
    lines.append(f"Vals alarm: {len(maat.vals)} van {maat.schoon} schone teksten.")
    return "\n".join(lines)


def main(args: list[str]) -> int:
    parts = [a for a in args if a in DELEN] or ["toets"]
    for name in (a for a in args if a not in {*DELEN, "-v"}):
        for part in parts:
            maat = meet(halve(lees(Path(name)), part))
            print(f"\n{Path(name).name}, {part}\n\n{tabel(maat)}")
            if "-v" in args:
                print(*maat.gemist, sep="\n")
                print("te veel:", *maat.teveel, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
