"""From arrays to lines of COPY: what each table of the cases gets.

Triggers are off while loading, so what they would derive (activiteiten, minuten and
laatste_contact_op of a kwestie) is written here, from the one contact there is.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from cases.demo import texts
from cases.demo import weights as w
from cases.demo.drawing import PER_DAG, Clienten, Kwesties
from cases.demo.weights import Ints
from cases.models import NUMMER_TEKENS, TRAJECT_BIJ_RESULTAAT

NULL = "\\N"
BLOCK = 20_000  # rows in one piece of text
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DIENST_BIJ_WET = {"JW": "VP_JEUGD", "WZD": "CVP_WZD"}
KLACHTROUTE = {
    "WLZ": "klacht_wkkgz",
    "ZVW": "klacht_wkkgz",
    "WKKGZ": "klacht_wkkgz",
    "WMO": "klacht_wmo_aanbieder",
    "JW": "klacht_jeugdwet",
    "WZD": "klacht_wzd",
}
INSTANTIE = {"KLACHT_ING": "Klachtencommissie", "BEZW_ING": "Bezwaarcommissie"}
VERWEZEN_NAAR = ("GEM", "WIJKT", "SRW", "HA", "MZSP", "CLO", "WONC", "ZV")
STEUN = ("meegedacht", "geschreven", "bijgestaan")
MET = {"CLIENT": "{CLIENT}", "JEUGDIGE": "{CLIENT}", "PROFESS": "{ANDERS}"}

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Plek:
    """Where rows of one tenant belong."""

    id: int
    opdracht_id: UUID
    diensten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """Everything the tables need; ``blocks`` of a table is what COPY gets.

    ondersteuners: (code, account or None) by index. merk: the mark by which earlier
    demo rows are known. with_texts: False leaves out names and free text. tijdvak: the
    days that were drawn for.
    """

    kwesties: Kwesties
    clienten: Clienten
    plekken: Sequence[Plek]
    ondersteuners: Sequence[tuple[str, UUID | None]]
    merk: str
    nummers: Sequence[str]
    kwestie_ids: Sequence[str]
    client_ids: Sequence[str]
    contact_ids: Sequence[str]
    with_texts: bool
    tijdvak: w.Tijdvak = w.VAST

    def tables(self) -> dict[str, tuple[tuple[str, ...], Iterator[str]]]:
        """Columns and blocks by table, in the order in which they must be loaded."""
        routes = np.flatnonzero(
            np.isin(self.kwesties.resultaat, _indexes(TRAJECT_BIJ_RESULTAAT))
        )
        referred = np.flatnonzero(
            self.kwesties.resultaat == w.RESULTAAT.index("VERWEZEN")
        )
        everything = np.arange(len(self.kwesties))
        people = np.arange(len(self.clienten.tenant))
        return {
            "cases_client": (CLIENT, _blocks(people, self._client)),
            "cases_kwestie": (KWESTIE, _blocks(everything, self._kwestie)),
            "cases_contactmoment": (CONTACT, _blocks(everything, self._contact)),
            "cases_verwijzing": (VERWIJZING, _blocks(referred, self._referral)),
            "cases_externtraject": (TRAJECT, _blocks(routes, self._route)),
        }

    def _client(self, at: Ints) -> list[Cells]:
        people = self.clienten
        day = moments(self.tijdvak)[0]
        return [
            [self.client_ids[i] for i in at],
            _take([str(plek.id) for plek in self.plekken], people.tenant[at]),
            _take(w.IDENTITEIT, people.identiteit[at]),
            _take(w.LEEFTIJD, people.leeftijd[at]),
            [f"{self.merk}c{i}" for i in at],
            [day] * len(at),
            self._names(at),
        ]

    def _names(self, at: Ints) -> Cells:
        if not self.with_texts:
            return [NULL] * len(at)
        first = self.clienten.voornaam[at] % len(texts.VOORNAMEN)
        last = self.clienten.achternaam[at] % len(texts.ACHTERNAMEN)
        pairs = zip(
            _take(texts.VOORNAMEN, first), _take(texts.ACHTERNAMEN, last), strict=True
        )
        return [f"{voornaam} {achternaam}" for voornaam, achternaam in pairs]

    def _kwestie(self, at: Ints) -> list[Cells]:
        k = self.kwesties
        begin = _take(moments(self.tijdvak), k.dag[at] * PER_DAG + k.kwartier[at])
        end = _take(evenings(self.tijdvak), k.afgerond[at])
        return [
            [self.kwestie_ids[i] for i in at],
            *self._place(at),
            [self.nummers[i] for i in at],
            [f"{self.merk}{i}" for i in at],
            *self._people(at),
            _take([*w.STATUS_OPEN, "AFGEROND"], k.status[at]),
            _take(days(self.tijdvak), k.dag[at]),
            *_coded(k, at, self.tijdvak),
            begin,
            [late if late != NULL else early for late, early in _pairs(end, begin)],
            begin,
            *self._texts(at),
        ]

    def _place(self, at: Ints) -> list[Cells]:
        """tenant_id, opdracht_id and dienst: the last depends on the law."""
        combined = [
            f"{plek.id}\t{plek.opdracht_id}\t{_dienst(plek.diensten, wet)}"
            for plek in self.plekken
            for wet in w.WET
        ]
        index = self.kwesties.tenant[at] * len(w.WET) + self.kwesties.wet[at]
        return [_take(combined, index)]

    def _people(self, at: Ints) -> list[Cells]:
        """client_id, ondersteuner_id and ondersteuner_code."""
        clients = self.kwesties.client[at]
        both = [f"{user or NULL}\t{code}" for code, user in self.ondersteuners]
        return [
            [self.client_ids[i] if i >= 0 else NULL for i in clients],
            _take([*both, f"{NULL}\t"], self.kwesties.ondersteuner[at]),
        ]

    def _texts(self, at: Ints) -> list[Cells]:
        """kernvraag, doel_client and toelichting; nothing when coded only."""
        if not self.with_texts:
            return [[f"{NULL}\t{NULL}\t{NULL}"] * len(at)]
        k = self.kwesties
        zin, aard, soort = k.zin[at], k.aard[at], k.soort[at]
        return [
            _sentence([texts.KERNVRAAG[code] for code in w.AARD], aard, zin),
            _sentence([texts.DOEL[code] for code in w.AARD], aard, zin),
            _sentence([texts.TOELICHTING[code] for code in w.SOORT], soort, zin // 7),
        ]

    def _contact(self, at: Ints) -> list[Cells]:
        k = self.kwesties
        begin = _take(moments(self.tijdvak), k.dag[at] * PER_DAG + k.kwartier[at])
        users = [str(user or NULL) for _code, user in self.ondersteuners]
        notes = _sentence([texts.NOTITIE], np.zeros(len(at), dtype=np.int64), k.zin[at])
        return [
            [self.contact_ids[i] for i in at],
            _take([str(plek.id) for plek in self.plekken], k.tenant[at]),
            [self.kwestie_ids[i] for i in at],
            _take([*users, NULL], k.ondersteuner[at]),
            begin,
            _take(w.KANAAL, k.kanaal[at]),
            _take([MET.get(rol, "{NAASTE}") for rol in w.ROL], k.rol[at]),
            [_activities(int(bits)) for bits in k.activiteiten[at]],
            _take(w.MINUTEN, k.minuten[at]),
            ["IN\t"] * len(at),
            begin,
            notes if self.with_texts else [NULL] * len(at),
        ]

    def _referral(self, at: Ints) -> list[Cells]:
        k = self.kwesties
        return [
            [self.contact_ids[i] for i in at],
            _take([str(plek.id) for plek in self.plekken], k.tenant[at]),
            [self.kwestie_ids[i] for i in at],
            _take(VERWEZEN_NAAR, k.zin[at] % len(VERWEZEN_NAAR)),
            _take(("t", "f"), k.zin[at] // 8 % 2),
            _take(evenings(self.tijdvak), k.afgerond[at]),
            [""] * len(at),
        ]

    def _route(self, at: Ints) -> list[Cells]:
        k = self.kwesties
        results = _take(w.RESULTAAT, k.resultaat[at])
        laws = _take(w.WET, k.wet[at])
        return [
            [self.contact_ids[i] for i in at],
            _take([str(plek.id) for plek in self.plekken], k.tenant[at]),
            [self.kwestie_ids[i] for i in at],
            [_route_of(result, law) for result, law in _pairs(results, laws)],
            [INSTANTIE.get(result, "Ombudsman") for result in results],
            _take(days(self.tijdvak), k.afgerond[at]),
            _take(STEUN, k.zin[at] % len(STEUN)),
            _take(evenings(self.tijdvak), k.afgerond[at]),
        ]


CLIENT = (
    *("id", "tenant_id", "identiteitsstatus", "leeftijdsklasse", "extern_code"),
    *("aangemaakt_op", "naam_v"),
)
KWESTIE = (
    *("id", "tenant_id", "opdracht_id", "dienst", "nummer", "extern_nummer"),
    *("client_id", "ondersteuner_id", "ondersteuner_code", "status", "datum"),
    *("kanaal", "rol", "identiteitsstatus", "vertrouwelijkheid", "soort", "aard"),
    *("subaard", "wet", "wetten", "levensdomein", "fase", "laag", "gewezen_op_oco"),
    *("resultaat", "afgerond_op", "activiteiten", "minuten", "bron", "wederpartij"),
    *("procedure_voorkomen", "aan_te_vullen", "versie"),
    *("aangemaakt_op", "gewijzigd_op", "laatste_contact_op"),
    *("kernvraag_v", "doel_client_v", "toelichting_v"),
)
CONTACT = (
    *("id", "tenant_id", "kwestie_id", "medewerker_id", "datum_tijd", "kanaal"),
    *("met", "activiteiten", "duur_min", "richting", "vindplaats", "aangemaakt_op"),
    "notitie_v",
)
VERWIJZING = (
    *("id", "tenant_id", "kwestie_id", "instantie_type", "is_warm", "aangemaakt_op"),
    "organisatie",
)
TRAJECT = (
    *("id", "tenant_id", "kwestie_id", "type", "instantie", "ingediend_op"),
    *("rol_ondersteuner", "aangemaakt_op"),
)


def _coded(k: Kwesties, at: Ints, tijdvak: w.Tijdvak) -> list[Cells]:
    """The coded columns of KWESTIE, from kanaal to versie."""
    seconds = len(w.DOMEIN) + 1
    constant = "IMPORT\t{}\t\t{}\t1"  # bron, wederpartij, procedure, aanvullen, versie
    return [
        _take(w.KANAAL, k.kanaal[at]),
        _take(w.ROL, k.rol[at]),
        _take(w.IDENTITEIT, k.identiteit[at]),
        _take(("NORM", "STRIKT"), k.strikt[at].astype(np.int64)),
        _take(w.SOORT, k.soort[at]),
        _take(w.AARD, k.aard[at]),
        _take([*w.SUBAARD, ""], k.subaard[at]),
        _take(w.WET, k.wet[at]),
        _take([*(f"{{{code}}}" for code in w.WET), "{}"], k.wet2[at]),
        _take(_domains(), k.domein[at] * seconds + k.domein2[at] % seconds),
        _take(w.FASE, k.fase[at]),
        _take(w.LAAG, k.laag[at]),
        _take(w.GEWEZEN, k.gewezen[at]),
        _take([*w.RESULTAAT, ""], k.resultaat[at]),
        _take(days(tijdvak), k.afgerond[at]),
        [_activities(int(bits)) for bits in k.activiteiten[at]],
        _take(w.MINUTEN, k.minuten[at]),
        [constant] * len(at),
    ]


def _blocks(rows: Ints, render: Callable[[Ints], list[Cells]]) -> Iterator[str]:
    for start in range(0, len(rows), BLOCK):
        columns = render(rows[start : start + BLOCK])
        lines = map("\t".join, zip(*columns, strict=True))
        yield "\n".join(lines) + "\n"


def _take(values: Sequence[str], index: Ints) -> list[str]:
    """The value at each index; GEEN (-1) takes the last one."""
    found: list[str] = np.array(values, dtype=object)[index].tolist()
    return found


def _pairs(left: Cells, right: Cells) -> Iterable[tuple[str, str]]:
    return zip(left, right, strict=True)


def _sentence(lists: Sequence[Sequence[str]], which: Ints, zin: Ints) -> list[str]:
    """From list ``which`` the sentence that ``zin`` picks; all are equally long."""
    size = len(lists[0])
    flat = [sentence for sentences in lists for sentence in sentences]
    return _take(flat, which * size + zin % size)


def _indexes(results: Iterable[str]) -> list[int]:
    return [w.RESULTAAT.index(result) for result in results]


def _dienst(diensten: tuple[str, ...], wet: str) -> str:
    wanted = DIENST_BIJ_WET.get(wet, "")
    return wanted if wanted in diensten else diensten[0]


def _route_of(resultaat: str, wet: str) -> str:
    if resultaat == "KLACHT_ING":
        return KLACHTROUTE.get(wet, "klacht_awb")
    return "bezwaar" if resultaat == "BEZW_ING" else "ombudsman"


@cache
def _activities(bits: int) -> str:
    """The array literal of a set of activities, in the order of their codes."""
    chosen = (code for i, code in enumerate(w.ACTIVITEIT) if bits >> i & 1)
    return "{" + ",".join(sorted(chosen)) + "}"


@cache
def _domains() -> tuple[str, ...]:
    """Array literals by first and then by second domain; the last second is none."""
    return tuple(
        f"{{{first},{second}}}" if second else f"{{{first}}}"
        for first in w.DOMEIN
        for second in (*w.DOMEIN, "")
    )


@cache
def days(tijdvak: w.Tijdvak) -> tuple[str, ...]:
    """Each day as a date, and NULL at the end."""
    dates = (tijdvak.day(nth) for nth in range(tijdvak.dagen))
    return (*(day.isoformat() for day in dates), NULL)


@cache
def moments(tijdvak: w.Tijdvak) -> tuple[str, ...]:
    """Every quarter of an hour in which a contact can begin, day after day."""
    first = 8 * 60 + 30
    return tuple(
        _at(tijdvak.day(day), first + 15 * nth)
        for day in range(tijdvak.dagen)
        for nth in range(PER_DAG)
    )


@cache
def evenings(tijdvak: w.Tijdvak) -> tuple[str, ...]:
    """The end of each working day, and NULL at the end."""
    dates = (tijdvak.day(nth) for nth in range(tijdvak.dagen))
    return (*(_at(day, 17 * 60 + 15) for day in dates), NULL)


def _at(day: date, minutes: int) -> str:
    clock = time(minutes // 60, minutes % 60)
    return datetime.combine(day, clock, AMSTERDAM).isoformat()


# ------------------------------------------------------------------------ numbers


def idents(rng: np.random.Generator, aantal: int) -> list[str]:
    """Random ids (uuid version 4) in hexadecimal."""
    raw = np.frombuffer(rng.bytes(16 * aantal), dtype=np.uint8).reshape(-1, 16).copy()
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    text = raw.tobytes().hex()
    return [text[i : i + 32] for i in range(0, len(text), 32)]


def nummers(
    rng: np.random.Generator, prefixes: Sequence[str], tenant: Ints
) -> list[str]:
    """A number for each kwestie, looking like those of ``new_nummer``; all differ."""
    base, length = len(NUMMER_TEKENS), 7
    size = base**length
    factor, start = (int(rng.random() * 2**32) for _ in range(2))
    while factor % base == 0:
        factor += 1
    value = (np.arange(len(tenant), dtype=np.int64) * factor + start) % size
    letters = np.array(list(NUMMER_TEKENS))
    parts = [letters[value // base**place % base] for place in range(length)]
    ends = map("".join, zip(*(part.tolist() for part in parts), strict=True))
    starts = _take([f"{prefix}-" for prefix in prefixes], tenant)
    return [start + end for start, end in zip(starts, ends, strict=True)]
