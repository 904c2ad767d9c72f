"""Draw kwesties: arrays of indexes into the code lists, nothing of a database.

Invariant: the same seed, tenants and number give the same arrays; every draw comes
from the one generator, in a fixed order. What is drawn keeps V1-V4, V7, V13 and V16.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cases.demo import weights as w
from cases.demo.weights import Floats, Ints, choose, choose_given

Bools = NDArray[np.bool_]
GEEN = -1
PER_DAG = 34  # contacts begin at a quarter of an hour between 08:30 and 17:00
RECENT = 30  # days in which an open kwestie can still be new
CASELOAD = 20
INSTELLING = ("gemeente", "instelling")


@dataclass(frozen=True, slots=True)
class Opdrachtgever:
    """What the generator has to know of a tenant.

    ondersteuners: indexes of the people who work for it.
    """

    slug: str
    profiel: str
    gewicht: float
    ondersteuners: tuple[int, ...]


@dataclass(slots=True)
class Kwesties:
    """One array a property, one place a kwestie; GEEN is none.

    tenant, ondersteuner, client: indexes. dag, afgerond: days since the first of the Tijdvak.
    activiteiten: bits of weights.ACTIVITEIT. The rest: indexes into its code list.
    """

    tenant: Ints
    dag: Ints
    soort: Ints
    wet: Ints
    wet2: Ints
    aard: Ints
    subaard: Ints
    kanaal: Ints
    rol: Ints
    identiteit: Ints
    client: Ints
    laag: Ints
    resultaat: Ints
    afgerond: Ints
    status: Ints
    ondersteuner: Ints
    activiteiten: Ints
    minuten: Ints
    domein: Ints
    domein2: Ints
    fase: Ints
    gewezen: Ints
    strikt: Bools
    kwartier: Ints
    zin: Ints

    def __len__(self) -> int:
        return len(self.tenant)

    def take(self, order: Ints) -> None:
        """Put every array in this order."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name)[order])


@dataclass(slots=True)
class Clienten:
    """One place a client; the arrays are indexes."""

    tenant: Ints
    identiteit: Ints
    leeftijd: Ints
    voornaam: Ints
    achternaam: Ints


def volumes(aantal: int, gewichten: Sequence[float]) -> Ints:
    """``aantal`` spread by weight, by the largest remainders; the sum is exact."""
    share = np.array(gewichten) * aantal / sum(gewichten)
    counts = share.astype(np.int64)
    rest = aantal - int(counts.sum())
    counts[np.argsort(counts - share, kind="stable")[:rest]] += 1
    return counts


def draw(
    rng: np.random.Generator,
    bronnen: Sequence[Opdrachtgever],
    aantal: int,
    tijdvak: w.Tijdvak = w.VAST,
) -> tuple[Kwesties, Clienten]:
    """``aantal`` kwesties of ``bronnen``, in order of tenant and day."""
    counts = volumes(aantal, [bron.gewicht for bron in bronnen])
    tenant = np.repeat(np.arange(len(bronnen)), counts)
    profiel = np.array([w.PROFIELEN.index(bron.profiel) for bron in bronnen])[tenant]
    kwesties = _codes(rng, tenant, profiel, tijdvak)
    kwesties.take(np.lexsort((kwesties.dag, kwesties.tenant)))
    _people(rng, kwesties, bronnen, tijdvak)
    clienten = _clients(rng, kwesties)
    return kwesties, clienten


def _codes(
    rng: np.random.Generator, tenant: Ints, profiel: Ints, tijdvak: w.Tijdvak
) -> Kwesties:
    n = len(tenant)
    soort = choose_given(rng.random(n), profiel, w.given("soort", w.PROFIELEN, w.SOORT))
    wet = choose_given(rng.random(n), profiel, w.given("wet", w.PROFIELEN, w.WET))
    wet2 = choose_given(rng.random(n), profiel, w.given("wet", w.PROFIELEN, w.WET))
    has_second = (rng.random(n) < w.weights()["tweede_wet"]) & (wet2 != wet)
    aard = choose_given(rng.random(n), wet, w.given("aard_gegeven_wet", w.WET, w.AARD))
    house = (profiel > 0).astype(np.int64)
    resultaat = choose_given(
        rng.random(n), soort, w.given("resultaat_gegeven_soort", w.SOORT, w.RESULTAAT)
    )
    domein = w.given("levensdomein_gegeven_wet", w.WET, w.DOMEIN)
    first, second = (choose_given(rng.random(n), wet, domein) for _ in range(2))
    two = (rng.random(n) < w.weights()["tweede_levensdomein"]) & (first != second)
    dag = choose(rng.random(n), _days(tijdvak))
    return Kwesties(
        tenant=tenant,
        dag=dag,
        soort=soort,
        wet=wet,
        wet2=np.where(has_second, wet2, GEEN),
        aard=aard,
        subaard=_subaard(rng, aard),
        kanaal=choose_given(
            rng.random(n), house, w.given("kanaal", INSTELLING, w.KANAAL)
        ),
        rol=choose_given(rng.random(n), house, w.given("rol", INSTELLING, w.ROL)),
        identiteit=np.zeros(n, dtype=np.int64),
        client=np.full(n, GEEN),
        laag=choose(rng.random(n), w.of("laag", w.LAAG)),
        resultaat=resultaat,
        afgerond=_closed(rng, dag, soort, tijdvak.dagen),
        status=np.full(n, GEEN),
        ondersteuner=np.full(n, GEEN),
        activiteiten=_activities(rng, wet, resultaat),
        minuten=choose(rng.random(n), w.of("minuten", w.MINUTEN)),
        domein=first,
        domein2=np.where(two, second, GEEN),
        fase=choose_given(
            rng.random(n), soort, w.given("fase_gegeven_soort", w.SOORT, w.FASE)
        ),
        gewezen=choose(rng.random(n), w.of("gewezen_op_oco", w.GEWEZEN)),
        strikt=rng.random(n) < w.weights()["strikt"],
        kwartier=(rng.random(n) * PER_DAG).astype(np.int64),
        zin=(rng.random(n) * 2**20).astype(np.int64),
    )


def _days(tijdvak: w.Tijdvak) -> Floats:
    """Weight of each day: growth by year, season by month, day of the week."""
    table = w.weights()
    names = list(table["weekdag"].values())
    groei = list(table["groei_per_jaar"].values())
    days = (tijdvak.day(nth) for nth in range(tijdvak.dagen))
    return np.array(
        [
            groei[min(day.year - tijdvak.eerste.year, len(groei) - 1)]
            * table["maand"][str(day.month)]
            * names[day.weekday()]
            for day in days
        ]
    )


def _subaard(rng: np.random.Generator, aard: Ints) -> Ints:
    """A refinement that belongs to the aard (V2), or none."""
    tables = [
        np.array([float(sub.startswith(f"{code}.")) for sub in w.SUBAARD])
        for code in w.AARD
    ]
    chosen = choose_given(rng.random(len(aard)), aard, tables)
    filled = rng.random(len(aard)) < w.weights()["subaard_ingevuld"]
    return np.where(filled, chosen, GEEN)


def _closed(rng: np.random.Generator, dag: Ints, soort: Ints, dagen: int) -> Ints:
    """Day of closing, lognormal by soort; GEEN when that is after the last day."""
    table = w.weights()["doorlooptijd_dagen_lognormaal"]
    median = np.array([table[code]["mediaan"] for code in w.SOORT])[soort]
    sigma = np.array([table[code]["sigma"] for code in w.SOORT])[soort]
    days = np.ceil(median * np.exp(sigma * rng.standard_normal(len(dag))))
    closed = dag + np.minimum(days, 2 * dagen).astype(np.int64)
    return np.where(closed < dagen, closed, GEEN)


def _activities(rng: np.random.Generator, wet: Ints, resultaat: Ints) -> Ints:
    """One to three activities; what a result implies is among them."""
    n = len(wet)
    table = w.of("activiteit_gewicht", w.ACTIVITEIT)
    many = 1 + choose(rng.random(n), w.of("activiteiten_aantal", ("1", "2", "3")))
    bits = np.zeros(n, dtype=np.int64)
    for nth in range(3):
        drawn = np.int64(1) << choose(rng.random(n), table)
        bits |= np.where(nth < many, drawn, 0)
    implied = np.zeros(len(w.RESULTAAT), dtype=np.int64)
    for result, activity in w.weights()["activiteit_bij_resultaat"].items():
        implied[w.RESULTAAT.index(result)] = 1 << w.ACTIVITEIT.index(activity)
    bits |= implied[resultaat]
    mediation = np.int64(1 << w.ACTIVITEIT.index("IND.ZORGBEM"))  # V13: Wlz only
    bits = np.where(wet == w.WET.index("WLZ"), bits, bits & ~mediation)
    return np.where(bits == 0, 1 << w.ACTIVITEIT.index("IND.INFO"), bits)


def _people(
    rng: np.random.Generator,
    kwesties: Kwesties,
    bronnen: Sequence[Opdrachtgever],
    tijdvak: w.Tijdvak,
) -> None:
    """A supporter of the tenant for each kwestie; a status for the open ones."""
    teams = [bron.ondersteuners for bron in bronnen]
    sizes = np.array([len(team) for team in teams])
    starts = np.cumsum(sizes) - sizes
    everybody = np.array([person for team in teams for person in team] or [GEEN])
    place = (rng.random(len(kwesties)) * sizes[kwesties.tenant]).astype(np.int64)
    chosen = everybody[(starts[kwesties.tenant] + place).clip(0, len(everybody) - 1)]
    status = choose(rng.random(len(kwesties)), w.of("status_open", w.STATUS_OPEN))
    waiting = w.STATUS_OPEN.index("NIEUW")
    old = kwesties.dag < tijdvak.dagen - RECENT
    status[(status == waiting) & old] = w.STATUS_OPEN.index("IN_ONDERSTEUNING")
    is_open = kwesties.afgerond == GEEN
    kwesties.status = np.where(is_open, status, GEEN)
    kwesties.resultaat = np.where(is_open, GEEN, kwesties.resultaat)
    unassigned = (sizes[kwesties.tenant] == 0) | (kwesties.status == waiting)
    kwesties.ondersteuner = np.where(unassigned, GEEN, chosen)


def give_caseload(
    kwesties: Kwesties, bronnen: Sequence[Opdrachtgever], ondersteuner: int
) -> None:
    """See that this supporter has CASELOAD recent open kwesties, if there are any."""
    hers = np.array([ondersteuner in bron.ondersteuners for bron in bronnen])
    open_here = (kwesties.status != GEEN) & hers[kwesties.tenant]
    short = CASELOAD - int((open_here & (kwesties.ondersteuner == ondersteuner)).sum())
    free = np.flatnonzero(
        open_here
        & (kwesties.ondersteuner >= 0)
        & (kwesties.ondersteuner != ondersteuner)
    )
    latest = free[np.argsort(-kwesties.dag[free], kind="stable")]
    kwesties.ondersteuner[latest[: max(short, 0) * 2 : 2]] = ondersteuner


def _clients(rng: np.random.Generator, kwesties: Kwesties) -> Clienten:
    """Who is behind each kwestie that is not anonymous, and who they are.

    The next kwestie of a tenant is that of a new client, or of one seen before:
    often a recent one.
    """
    n = len(kwesties)
    share = w.weights()["identiteit"]
    known = np.flatnonzero(rng.random(n) >= share["ANONIEM"])
    tenant = kwesties.tenant[known]
    begins = np.flatnonzero(np.diff(tenant, prepend=GEEN))
    is_new = rng.random(len(known)) < 1 / w.weights()["kwesties_per_unieke_client_gem"]
    is_new[begins] = True
    so_far = np.cumsum(is_new)
    length = np.diff(np.append(begins, len(known)))
    before = np.repeat(so_far[begins] - 1, length)
    back = rng.random(len(known)) ** 3 * (so_far - before)
    kwesties.client[known] = so_far - 1 - np.where(is_new, 0, back.astype(np.int64))
    total = int(is_new.sum())
    named = share["BEKEND"] / (share["BEKEND"] + share["ANON_ZORG"])
    identiteit = np.where(rng.random(total) < named, 1, 2)
    kwesties.identiteit[known] = identiteit[kwesties.client[known]]
    return Clienten(
        tenant=tenant[is_new],
        identiteit=identiteit,
        leeftijd=choose(rng.random(total), w.of("leeftijdsklasse", w.LEEFTIJD)),
        voornaam=(rng.random(total) * 2**20).astype(np.int64),
        achternaam=(rng.random(total) * 2**20).astype(np.int64),
    )
