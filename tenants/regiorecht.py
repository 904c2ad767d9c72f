"""What somebody may do for a region: it follows from her roles for its members.

Invariant: nobody has a role for a region itself. A colleague reads what is made for a
region when she reads reports of one member, and does the rest when she may do it for
every member. A contact of one member receives the reports of the region, and of the
other members nothing. Who is no member (any more) gives nobody anything.

Guarded by tests/tenants/test_regio.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from tenants.models import RegioLid
from tenants.roles import MEDEWERKER, Recht
from tenants.wie import Plek

VAN_EEN = {
    Recht.RAPPORTAGE_LEZEN,
    Recht.RAPPORTAGE_ONTVANGEN,
    Recht.RAPPORTAGE_REAGEREN,
    Recht.RAPPORTAGE_CONCEPT,
    Recht.RAPPORTAGE_DOWNLOADEN,
}
VAN_ALLE = {
    Recht.RAPPORTAGE_MAKEN,
    Recht.RAPPORTAGE_TOETSEN,
    Recht.RAPPORTAGE_AANBIEDEN,
    Recht.BESPREKING_VASTLEGGEN,
    Recht.RAPPORTAGE_VASTSTELLEN,
    Recht.RAPPORTAGE_PUBLICEREN,
    Recht.TENANT_BEHEREN,
}


def regioplekken(
    plekken: Mapping[int, Plek], leden: Iterable[RegioLid], dag: date, soort: str
) -> dict[int, Plek]:
    """Her places in regions by id; ``leden``: all rows of the regions that touch her."""
    per_regio: dict[int, list[RegioLid]] = defaultdict(list)
    for lid in leden:
        if lid.is_lid(dag):
            per_regio[lid.tenant_id].append(lid)
    found = {}
    for regio_id, rows in per_regio.items():
        rechten = _rechten([plekken.get(lid.lid_id) for lid in rows], soort)
        if rechten:
            regio = rows[0].tenant
            found[regio_id] = Plek(
                id=regio_id,
                slug=regio.slug,
                naam=regio.naam,
                type=regio.type,
                is_fictief=regio.is_fictief,
                rechten=rechten,
            )
    return found


def _rechten(leden: list[Plek | None], soort: str) -> frozenset[str]:
    held = [lid.rechten if lid else frozenset() for lid in leden]
    some = frozenset().union(*held) & {str(recht) for recht in VAN_EEN}
    if soort != MEDEWERKER:
        return some
    every = frozenset.intersection(*held) & {str(recht) for recht in VAN_ALLE}
    return some | every
