"""Through whom people came to us, by law: for the report over a year (S183).

For the commissioning party only. Bodies and functions are counted in fixed groups, laws
in the groups in which that view can be shown as well (``counts.GROEPEN``): chosen
beforehand and not by the numbers. It is in a year and in nothing shorter, so that no
period of it can be subtracted from another (docs/disclosure.md).

Guarded by tests/cases/test_herkomst.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cases.models.achtergrond import herkomsten
from privacy.disclosure import Relation

HERKOMST, KRUISING, WETGROEP = "herkomst", "herkomst_wet", "wetgroep"
TABELLEN = (HERKOMST, KRUISING, WETGROEP)
ONBEKEND = "ONBEKEND"
# Every body and every function of ``herkomsten`` is in one of these.
GROEPEN: Mapping[str, frozenset[str]] = {
    "gemeente": frozenset({"GEM", "WIJKT", "WMOL", "CJG", "SRW", "WIJK"}),
    "zorg": frozenset({"ZA", "JHA", "GI", "VT", "GGZ", "HA", "POH"}),
    "naast": frozenset(
        {
            *("MEE", "OUDA", "CLO", "ZRC", "MZSP", "VRD", "ADVR"),
            *("ERVD", "OUDADV", "MZONDS", "VRIJW"),
        }
    ),
    "functie": frozenset(
        {
            *("OCO", "OVP", "VPJ", "CVPWZD", "PVP", "AKJ"),
            *("KLF", "KLC", "BBC", "OMB_L", "OMB_N", "OMB", "GESCH", "INSP"),
            *("MENTOR", "BEWIND", "JOBC"),
        }
    ),
    "ander": frozenset(
        {
            *("ZV", "ZK", "CIZ", "CAK", "SVB", "UWV", "VNG", "SCH", "WONC"),
            *("OVH", "OV", "ZKANT"),
        }
    ),
}
CODES = (*GROEPEN, ONBEKEND)
LABELS: Mapping[str, str] = {
    "gemeente": "Gemeente, loket of wijkteam",
    "zorg": "Zorg, jeugdhulp of huisarts",
    "naast": "Vrijwilliger, steunpunt of cliëntenorganisatie",
    "functie": "Vertrouwenspersoon, klachtenfunctie of andere functie",
    "ander": "Andere instantie",
    ONBEKEND: "Uit zichzelf, of niet vastgelegd",
}
WETTEN: Mapping[str, str] = {
    "gemeente": "Wetten van de gemeente",
    "zorg": "Zorgwetten",
    "ander": "Andere of nog niet bepaald",
}
_GROEP_VAN = {code: groep for groep, codes in GROEPEN.items() for code in codes}


def group_of(herkomst: str) -> str:
    """The group of a body or function; of none, or one that is unknown, ONBEKEND."""
    return _GROEP_VAN.get(herkomst, ONBEKEND)


def missing() -> set[str]:
    """Codes that somebody can choose and that are in no group."""
    return set(herkomsten()) - _GROEP_VAN.keys()


def codes() -> Iterator[tuple[str, str]]:
    """(view, code) of every cell, in the order of the report."""
    for wet in WETTEN:
        yield WETGROEP, wet
    for groep in CODES:
        yield HERKOMST, groep
        for wet in WETTEN:
            yield KRUISING, f"{groep}.{wet}"


def relations(wetten: Mapping[str, tuple[str, ...]]) -> Iterator[Relation]:
    """How it adds up, down to the laws that the report shows anyway.

    ``wetten``: the codes of each group of laws.
    """
    yield Relation("totaal", tuple(f"{HERKOMST}:{groep}" for groep in CODES))
    for wet, parts in wetten.items():
        total = f"{WETGROEP}:{wet}"
        yield Relation(total, tuple(f"wet:{part}" for part in parts))
        yield Relation(total, tuple(f"{KRUISING}:{g}.{wet}" for g in CODES))
    for groep in CODES:
        parts = tuple(f"{KRUISING}:{groep}.{wet}" for wet in wetten)
        yield Relation(f"{HERKOMST}:{groep}", parts)


def labels() -> dict[str, str]:
    """Label of every cell."""
    found = {f"{WETGROEP}:{wet}": label for wet, label in WETTEN.items()}
    for groep, label in LABELS.items():
        found[f"{HERKOMST}:{groep}"] = label
        for wet, of in WETTEN.items():
            found[f"{KRUISING}:{groep}.{wet}"] = f"{label}: {of.lower()}"
    return found
