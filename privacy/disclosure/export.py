"""sdc-audit/1: everything released to one audience, for an outsider's attacker.

Holds what was printed and how it hangs together; of a withheld or hidden cell it
says that it exists and whether it is sensitive, never how large it is. Insiders are
the exception: what they know is in it, so the file is confidential with them.
"""

from typing import Any, Final

from privacy.disclosure.ledger import Ledger, qualified
from privacy.disclosure.problem import State
from privacy.disclosure.tables import Policy
from privacy.disclosure.union import union_of_ledger

FORMAT: Final = "sdc-audit/1"


def audit_document(ledger: Ledger, policy: Policy) -> dict[str, Any]:
    """The document for ``audit`` (or any other attacker) over the whole ledger.

    Each cell is judged by the threshold it was released under; ``k`` in the
    document is that of ``policy``.
    """
    problem = union_of_ledger(ledger, policy)
    clients = _clients(ledger)
    ids = [cell.id for cell in problem.cells]
    cells = []
    for cell in problem.cells:
        known = cell.state is State.PRINTED
        value = cell.count if known else None
        cells.append(
            {
                "id": cell.id,
                "value": value,
                "hidden": cell.state is State.HIDDEN,
                "sensitive": cell.sensitive,
                "clients": clients.get(cell.id) if known else None,
            }
        )
    groups = _groups(ledger)
    relations = []
    for row in problem.rows:
        total, *parts = (ids[index] for index, _ in row)
        group = (total, frozenset(parts)) in groups
        relations.append({"sum": total, "of": parts, "group": group})
    insiders = [
        {
            "id": insider.id,
            "own": sorted(ids[i] for i in insider.own | insider.excused),
            "knows": {
                ids[index]: problem.cells[index].count for index in sorted(insider.own)
            },
            "at_least": {},
        }
        for insider in problem.insiders
    ]
    return {
        "format": FORMAT,
        "k": policy.k,
        "must_contain": [1, policy.k],
        "suppressed_min": 0,
        "cells": cells,
        "relations": relations,
        "insiders": insiders,
    }


def _clients(ledger: Ledger) -> dict[str, int]:
    """Distinct clients behind every number that was printed."""
    return {
        qualified(release.table.naam, cell.id): cell.clienten
        for release in ledger.releases
        for cell in release.table.cells
        if cell.id in release.printed
    }


def _groups(ledger: Ledger) -> frozenset[tuple[str, frozenset[str]]]:
    """The sums whose parts say something about a person."""
    inside = [
        (
            qualified(release.table.naam, relation.total),
            frozenset(qualified(release.table.naam, p) for p in relation.parts),
        )
        for release in ledger.releases
        for relation in release.table.relations
        if relation.group
    ]
    across = [(r.total, frozenset(r.parts)) for r in ledger.relations if r.group]
    return frozenset([*inside, *across])
