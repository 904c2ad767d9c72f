"""Compares the audit record with its seals, and the seals with what is kept elsewhere.

Everything is computed again from the rows; nothing of the database is believed but its
bookkeeping of transactions. Runs in the scope ``zegel``.

Guarded by tests/privacy/test_zegels.py, which tampers in each of these ways.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from privacy.anker import Anker
from privacy.models import Zegel
from privacy.zegels import END, GENESIS, Gebeurtenis, events_between, zegel_hash

# A transaction is never open longer: its signed context has expired (tenants.scope).
LONGEST = timedelta(hours=1, minutes=5)
CHAINS = END // 2**32


@dataclass(slots=True)
class Uitslag:
    """What the check found; ``fouten`` in plain words, '' of nothing else."""

    zegels: int = 0
    gebeurtenissen: int = 0
    wachtend: int = 0
    vervallen: int = 0
    ankers: int = 0
    fouten: list[str] = field(default_factory=list)


def verify(
    *,
    van: date | None = None,
    tot: date | None = None,
    ankers: Sequence[Anker] = (),
    bewaard_sinds: datetime | None = None,
) -> Uitslag:
    """Check all seals, or those put on from ``van`` up to and including ``tot``.

    bewaard_sinds: events before it were removed at the end of their term; of their
    seals only the chain is checked.
    """
    uitslag = Uitslag()
    zegels = list(Zegel.objects.order_by("nummer"))
    _check_chain(zegels, uitslag)
    _check_ankers(zegels, ankers, uitslag)
    start = _midnight(van) if van else None
    end = _midnight(tot + timedelta(days=1)) if tot else None
    kept = [n for n, z in enumerate(zegels) if _within(z.gezegeld_op, start, end)]
    if kept:
        _check_events(zegels, kept, uitslag, bewaard_sinds)
    if tot is None:
        last = (zegels[-1].keten, zegels[-1].tot_tx) if zegels else (0, 0)
        uitslag.wachtend = sum(1 for _one in events_between(last, (CHAINS, 0)))
    return uitslag


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _within(op: datetime, start: datetime | None, end: datetime | None) -> bool:
    return (start is None or op >= start) and (end is None or op < end)


def _check_chain(zegels: Sequence[Zegel], uitslag: Uitslag) -> None:
    """Numbers without a gap, each hash right, each following on the one before."""
    previous: Zegel | None = None
    for zegel in zegels:
        wanted = previous.nummer + 1 if previous else 1
        if zegel.nummer != wanted:
            uitslag.fouten.append(
                f"Zegel {wanted} ontbreekt: er is een zegel weggehaald."
            )
        if zegel_hash(zegel) != bytes(zegel.hash):
            uitslag.fouten.append(f"{_naam(zegel)} zelf is veranderd.")
        head = bytes(previous.hash) if previous else GENESIS
        if bytes(zegel.vorige) != head or not _follows(previous, zegel):
            uitslag.fouten.append(f"{_naam(zegel)} sluit niet aan op het zegel ervoor.")
        previous = zegel


def _follows(previous: Zegel | None, zegel: Zegel) -> bool:
    if zegel.soort == "begin":
        return zegel.van_tx == zegel.tot_tx == 0
    return (
        previous is not None
        and zegel.keten == previous.keten
        and zegel.van_tx == previous.tot_tx
    )


def _check_ankers(
    zegels: Sequence[Zegel], ankers: Sequence[Anker], uitslag: Uitslag
) -> None:
    """The seals named by an anchor are still there, and still the same."""
    by_number = {zegel.nummer: zegel for zegel in zegels}
    for anker in ankers:
        uitslag.ankers += 1
        zegel = by_number.get(anker.nummer)
        total = sum(z.aantal for z in zegels if z.nummer <= anker.nummer)
        if zegel is None:
            uitslag.fouten.append(
                f"De staart is afgeknipt: het anker van {anker.op} noemt zegel"
                f" {anker.nummer}, en dat is er niet meer."
            )
        elif bytes(zegel.hash).hex() != anker.hash or total != anker.aantal:
            uitslag.fouten.append(
                f"De keten is opnieuw berekend: zegel {anker.nummer} is niet meer wat"
                f" het was volgens het anker van {anker.op}."
            )


def _check_events(
    zegels: Sequence[Zegel],
    kept: Sequence[int],
    uitslag: Uitslag,
    bewaard_sinds: datetime | None,
) -> None:
    last = zegels[kept[-1]]
    before = zegels[kept[0] - 1] if kept[0] else None
    van = (before.keten, before.tot_tx) if before else (0, 0)
    events = _Reader(events_between(van, (last.keten, last.tot_tx)))
    for zegel in zegels[kept[0] : kept[-1] + 1]:
        found = list(events.before((zegel.keten, zegel.tot_tx)))
        uitslag.zegels += 1
        uitslag.gebeurtenissen += len(found)
        if bewaard_sinds and zegel.gezegeld_op < bewaard_sinds:
            uitslag.vervallen += 1
        else:
            uitslag.fouten += _compare(zegel, found, before)
        before = zegel


class _Reader:
    """A stream of events that is handed out up to a bound at a time."""

    def __init__(self, events: Iterator[Gebeurtenis]) -> None:
        self.events = events
        self.next = next(events, None)

    def before(self, bound: tuple[int, int]) -> Iterator[Gebeurtenis]:
        while self.next is not None and (self.next.keten, self.next.txid) < bound:
            yield self.next
            self.next = next(self.events, None)


def _compare(
    zegel: Zegel, found: Sequence[Gebeurtenis], before: Zegel | None
) -> Iterator[str]:
    """What is wrong with the events under one seal."""
    missing = zegel.aantal - len(found)
    root = hashlib.sha256(b"".join(event.hash for event in found)).digest()
    if missing > 0:
        yield f"{_naam(zegel)}: {_gebeurtenissen(missing)} verwijderd."
    elif missing < 0:
        yield f"{_naam(zegel)}: {_gebeurtenissen(-missing)} achteraf toegevoegd."
    elif root != bytes(zegel.wortel):
        yield f"{_naam(zegel)}: de inhoud van een gebeurtenis is gewijzigd."
    if before is None or before.soort == "begin":
        return  # what was there before the first seal, however old
    floor, roof = before.gezegeld_op - LONGEST, zegel.gezegeld_op + LONGEST
    odd = [e for e in found if not floor <= e.tijdstip <= roof]
    if odd:
        yield f"{_naam(zegel)}: {_gebeurtenissen(len(odd))} met een onmogelijk tijdstip."


def _naam(zegel: Zegel) -> str:
    op = timezone.localtime(zegel.gezegeld_op).strftime("%d-%m-%Y %H:%M")
    return f"Zegel {zegel.nummer} van {op}"


def _gebeurtenissen(count: int) -> str:
    return "1 gebeurtenis" if count == 1 else f"{count} gebeurtenissen"
