"""The figures of a report: counted, protected in the series, and frozen, once.

Runs in the ``job`` role: nobody else reads true counts
(tests/signalering/test_reeks.py, test_taken.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from cases import counts
from cases.herkomst import TABELLEN as HERKOMST
from privacy.disclosure import (
    CountTable,
    Explanation,
    Policy,
    PublishableTable,
    Refused,
    protect_explained,
    verify,
)
from signalering.lifecycle.herkomst import (
    Protected,
    broken_down,
    with_origin,
    without_origin,
)
from signalering.lifecycle.jaarplan import planned
from signalering.lifecycle.kring import GRENS, lock_kring
from signalering.lifecycle.ontwerp import Design, designs
from signalering.lifecycle.reeks import Reeks, lock_year, name_of, reeks_for
from signalering.lifecycle.regionaal import count_members
from signalering.lifecycle.telling import counting_of
from signalering.models import Beveiliging, Publiek, Rapportage
from signalering.periodes import Periode, parse

OPDRACHTGEVER: Final = Publiek.OPDRACHTGEVER.value
OPENBAAR: Final = Publiek.OPENBAAR.value
SECONDS: Final = 4.0  # for the search of one version; a certified pattern is earlier


@dataclass(frozen=True, slots=True)
class Figures:
    """One version: what may be shown, why the rest not, what was left out whole."""

    table: PublishableTable
    explanation: Explanation
    weggelaten: frozenset[str]  # tables left out by a person or as nearly everybody's
    ontwerpen: tuple[Design, ...]
    geteld: CountTable
    policy: Policy


def freeze_figures(rapportage: Rapportage) -> None:
    """Count, protect and store, once; in the scope of the job. Raises Refused.

    Protected against everything the same readers have about that year. The public
    version prints nothing that the version for the commissioning party withholds, so
    nobody learns anything by laying the two side by side.
    """
    lock_kring(rapportage)
    lock_year(rapportage)
    rapportage.refresh_from_db()
    if rapportage.cijfers_sha256:  # another worker was first
        return
    series = series_of(rapportage, count_figures(rapportage))
    wide, narrow = protect_figures(rapportage, series)
    _keep(rapportage, OPDRACHTGEVER, series[OPDRACHTGEVER], wide)
    _keep(rapportage, OPENBAAR, series[OPENBAAR], narrow)
    rapportage.cijfers = wide.table.to_json()
    rapportage.cijfers_openbaar = narrow.table.to_json()
    rapportage.cijfers_sha256 = wide.table.sha256()
    rapportage.openbaar_sha256 = narrow.table.sha256()
    rapportage.weigering = None
    rapportage.save(
        update_fields=[
            "cijfers",
            "cijfers_openbaar",
            "cijfers_sha256",
            "openbaar_sha256",
            "weigering",
        ]
    )


def count_figures(rapportage: Rapportage) -> CountTable:
    """The true figures of the period of this report; in the scope of the job."""
    if rapportage.leden:
        table = count_members(rapportage, OPDRACHTGEVER)
    else:
        periode = parse(rapportage.periode)
        table = count_period(rapportage, periode, met_herkomst=not periode.is_deel)
    return replace(table.merged(*rapportage.samengevoegd), naam=name_of(rapportage))


def count_period(
    rapportage: Rapportage, periode: Periode, *, met_herkomst: bool = False
) -> CountTable:
    """True figures of any period, for the same tenant and opdracht, as of now; over a
    quarter without the deepening."""
    return counts.count_report(
        naam=periode.code,
        tenant_id=rapportage.tenant_id,
        opdracht_id=rapportage.opdracht_id,
        van=periode.van,
        tot=periode.tot,
        telwijze=counting_of(rapportage.tenant_id),
        diensten=() if "-Q" in periode.code else rapportage.diensten,
        met_herkomst=met_herkomst,
    )


def series_of(rapportage: Rapportage, table: CountTable) -> dict[str, Reeks]:
    """What each audience has already, tied to the new table. Raises Refused."""

    @cache
    def count(periode: Periode) -> CountTable:
        return count_period(rapportage, periode)

    def count_public(periode: Periode) -> CountTable:
        return counts.public_part(count(periode))

    if rapportage.leden:
        public = replace(count_members(rapportage, OPENBAAR), naam=table.naam)
    else:
        public = counts.public_part(table)
    plain = without_origin(table)
    wide = reeks_for(rapportage, OPDRACHTGEVER, plain, count)
    if not wide.is_corrected:
        wide = replace(wide, met_herkomst=with_origin(wide.table, table))
    return {
        OPDRACHTGEVER: wide,
        OPENBAAR: reeks_for(rapportage, OPENBAAR, public, count_public),
    }


def protect_figures(
    rapportage: Rapportage, series: Mapping[str, Reeks]
) -> tuple[Figures, Figures]:
    """The figures for the commissioning party and for the public. Raises Refused."""
    wide = _by_origin(
        _protected(rapportage, OPDRACHTGEVER, series[OPDRACHTGEVER]),
        series[OPDRACHTGEVER],
    )
    narrow = _protected(rapportage, OPENBAAR, series[OPENBAAR], within=wide.table)
    return wide, narrow


def _protected(
    rapportage: Rapportage,
    publiek: str,
    reeks: Reeks,
    within: PublishableTable | None = None,
) -> Figures:
    """Protect one version; a table in which nearly everybody has the same is left out."""
    table = reeks.table
    fixed = reeks.weglaten | planned(rapportage, publiek, table, reeks.count)
    left_out = set(rapportage.weglaten)
    ledger = reeks.ledger if within is None else reeks.ledger.within(within)
    for _turn in table.relations:
        withhold = fixed | _cells_in(table, left_out)
        policy = Policy(rapportage.drempel_voor(publiek), publiek, SECONDS, withhold)
        try:
            publishable, explanation = protect_explained(table, policy, ledger)
        except Refused as refusal:
            crowded = _crowded_tables(table, refusal)
            if not crowded - left_out:
                raise
            left_out |= crowded
            continue
        if verify(table, publishable, policy, ledger, explanation):
            raise Refused("rekenaar", "Het bewijs klopt niet.")
        options = designs(rapportage.periode, policy, ledger, reeks, publishable)
        return Figures(
            table=publishable,
            explanation=explanation,
            weggelaten=frozenset(left_out),
            ontwerpen=tuple(options),
            geteld=table,
            policy=policy,
        )
    raise Refused("groepsonthulling", "Bijna iedereen in een totaal zit in één deel.")


def _by_origin(figures: Figures, reeks: Reeks) -> Figures:
    """The same figures, with those by origin in a year."""
    whole = reeks.met_herkomst
    if whole is None or figures.table.te_weinig:
        return figures
    base = Protected(figures.table, figures.explanation, figures.geteld, figures.policy)
    is_left_out = not figures.weggelaten.isdisjoint(HERKOMST)
    made = broken_down(base, whole, reeks.ledger, is_left_out=is_left_out)
    return replace(
        figures,
        table=made.table,
        explanation=made.explanation,
        geteld=made.geteld,
        policy=made.policy,
    )


def _cells_in(table: CountTable, tabellen: set[str]) -> frozenset[str]:
    return frozenset(
        cell.id for cell in table.cells if cell.tabel in tabellen and not cell.hidden
    )


def _crowded_tables(table: CountTable, refusal: Refused) -> set[str]:
    """The tables in which one part holds nearly everybody."""
    if refusal.code != "groepsonthulling":
        return set()
    ids = {cell.rpartition("/")[2] for cell in refusal.cellen}
    return {table.by_id[id].tabel for id in ids if id in table.by_id}


def _keep(rapportage: Rapportage, publiek: str, reeks: Reeks, figures: Figures) -> None:
    """The entry for the ledger, with the proof, for when this version goes out."""
    explanation = figures.explanation.to_json()
    uitleg = {
        **{key: _own(value) for key, value in explanation.items() if key != "proof"},
        "beschermt": _own(_shields(explanation["proof"])),
        "weggelaten": sorted(figures.weggelaten),
        "ontwerpen": figures.ontwerpen,
    }
    Beveiliging.objects.create(
        tenant_id=rapportage.tenant_id,
        rapportage=rapportage,
        publiek=publiek,
        jaar=rapportage.van.year,
        drempel=rapportage.drempel_voor(publiek),
        cijfers_sha256=figures.table.sha256(),
        gerekend_met=list(reeks.eerder),
        bewijs=explanation["proof"],
        uitleg=uitleg,
        grootboek=reeks.entry(figures.table, figures.geteld),
    )


def _shields(proof: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Per cell the small cells whose certificates move it."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in proof:
        for id in item["moves"]:
            found[id].add(item["cell"])
    return {id: sorted(cells - {id}) for id, cells in found.items() if cells - {id}}


def _own(value: Any) -> Any:
    """Lists of cells without the names of those of other tenants: that they are small
    is for nobody here."""
    if isinstance(value, dict):
        return {id: _own(of) for id, of in value.items() if GRENS not in id}
    if not isinstance(value, list):
        return value
    return sorted({GRENS if GRENS in str(id) else id for id in value})


def refusal_to_json(refusal: Refused) -> dict[str, Any]:
    """What a colleague gets to see of a refusal; names of cells, no numbers."""
    return {
        "code": refusal.code,
        "reden": refusal.reason,
        "cellen": _own(list(refusal.cellen)),
        "eerder": list(refusal.eerder),
        "uitwegen": list(refusal.uitwegen),
    }
