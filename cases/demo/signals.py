"""Plant the signals that the figures of the demonstration are known to hold.

SIG-A to SIG-D: a subject comes up more often for some months, for one tenant. SIG-E
and SIG-F must stay invisible in every report: one incident of one person, and six
kwesties of one client. Kwesties are changed, none are added.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from cases.demo import weights as w
from cases.demo.drawing import GEEN, Kwesties, Opdrachtgever
from cases.demo.weights import Ints

INFO = 1 << w.ACTIVITEIT.index("IND.INFO")


def plant(
    rng: np.random.Generator,
    kwesties: Kwesties,
    bronnen: Sequence[Opdrachtgever],
    tijdvak: w.Tijdvak = w.VAST,
) -> None:
    """Every signal of which the tenant is there and has kwesties enough."""
    slugs = [bron.slug for bron in bronnen]
    for signal in w.weights()["signalen"]:
        if signal["tenant"] not in slugs:
            continue
        index = slugs.index(signal["tenant"])
        here = np.flatnonzero(kwesties.tenant == index)
        here = here[rng.permutation(len(here))]
        if "factor" in signal:
            during = window(signal, tijdvak)
            _raise_level(kwesties, here, signal, bronnen[index].profiel, during)
        else:
            _plant_few(kwesties, here, signal, tijdvak)


def window(signal: dict[str, Any], tijdvak: w.Tijdvak = w.VAST) -> tuple[int, int]:
    """First and last day of a signal, counted from the first of the Tijdvak."""
    year, month = map(int, signal["tot"].split("-"))
    after = tijdvak.moved(date(year + month // 12, month % 12 + 1, 1))
    begin = tijdvak.moved(date.fromisoformat(f"{signal['van']}-01"))
    return (begin - tijdvak.eerste).days, (after - tijdvak.eerste).days - 1


def _raise_level(
    kwesties: Kwesties,
    here: Ints,
    signal: dict[str, Any],
    profiel: str,
    during: tuple[int, int],
) -> None:
    """In the window ``factor`` times as much of (wet, aard) as chance would give."""
    first, last = during
    inside = here[(kwesties.dag[here] >= first) & (kwesties.dag[here] <= last)]
    wet, aard = w.WET.index(signal["wet"]), w.AARD.index(signal["aard"])
    laws = w.of("wet", w.WET, within=profiel)
    kinds = w.of("aard_gegeven_wet", w.AARD, within=signal["wet"])
    chance = laws[wet] / laws.sum() * kinds[aard] / kinds.sum()
    already = (kwesties.wet[inside] == wet) & (kwesties.aard[inside] == aard)
    target = round(len(inside) * chance * signal["factor"])
    extra = inside[~already][: max(target - int(already.sum()), 0)]
    _make(kwesties, np.concatenate([inside[already][: target // 2], extra]), signal)


def _plant_few(
    kwesties: Kwesties, here: Ints, signal: dict[str, Any], tijdvak: w.Tijdvak
) -> None:
    """Exactly so many kwesties of (wet, aard, sub), spread over the window."""
    many = signal["kwesties"]
    sub = w.SUBAARD.index(signal["sub"])
    kwesties.subaard[here[kwesties.subaard[here] == sub]] = GEEN
    known = here[kwesties.client[here] != GEEN]
    if len(known) < many:
        return
    chosen = np.sort(known[:many])
    first, last = window(signal, tijdvak)
    days = first + (np.arange(many) * 2 + 1) * (last - first) // (2 * many)
    kwesties.dag[chosen] = days
    late = (kwesties.afgerond[chosen] != GEEN) & (kwesties.afgerond[chosen] < days)
    kwesties.afgerond[chosen[late]] = np.minimum(days[late] + 7, tijdvak.dagen - 1)
    if signal.get("een_client"):
        kwesties.client[chosen] = kwesties.client[chosen[0]]
        kwesties.identiteit[chosen] = kwesties.identiteit[chosen[0]]
    _make(kwesties, chosen, signal)


def _make(kwesties: Kwesties, chosen: Ints, signal: dict[str, Any]) -> None:
    """Give these kwesties the subject of the signal, and what goes with the law."""
    wet = w.WET.index(signal["wet"])
    domains = w.of("levensdomein_gegeven_wet", w.DOMEIN, within=signal["wet"])
    mediation = 1 << w.ACTIVITEIT.index("IND.ZORGBEM")
    kwesties.wet[chosen] = wet
    kwesties.wet2[chosen[kwesties.wet2[chosen] == wet]] = GEEN
    kwesties.aard[chosen] = w.AARD.index(signal["aard"])
    kwesties.subaard[chosen] = w.SUBAARD.index(signal["sub"])
    kwesties.domein[chosen] = int(np.argmax(domains))
    same = kwesties.domein2[chosen] == kwesties.domein[chosen]
    kwesties.domein2[chosen[same]] = GEEN
    if signal["wet"] != "WLZ":
        bits = kwesties.activiteiten[chosen] & ~mediation
        kwesties.activiteiten[chosen] = np.where(bits == 0, INFO, bits)
