"""A release: from here on an audience has these figures, whatever happens later.

Refused when an earlier release of that year is not reckoned with; PostgreSQL checks
the same, and that nothing is offered or published outside the ledger (migration 0004).
"""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from signalering.lifecycle.kring import tied_to
from signalering.lifecycle.tabel import RapportageError
from signalering.models import Beveiliging, Publiek, Rapportage, Uitgifte
from signalering.periodes import parse
from tenants.access import Wie

LEESBAAR = (
    "id",
    "tenant_id",
    "rapportage_id",
    "jaar",
    "cijfers_sha256",
    "gerekend_met",
)


def release(actor: Wie, rapportage: Rapportage, publiek: Publiek) -> Uitgifte:
    """Write the figures of this version into the ledger of its audience.

    Raises RapportageError with the report that is in the way.
    """
    here = {"tenant_id": rapportage.tenant_id, "publiek": publiek.value}
    versions = Beveiliging.objects.filter(publiek=publiek.value).only(*LEESBAAR)
    mine = versions.filter(**here, rapportage_id=rapportage.pk).first()
    if mine is None:
        raise RapportageError(_("De cijfers zijn nog niet gemaakt."))
    known = set(mine.gerekend_met)
    out = versions.filter(
        jaar=mine.jaar,
        tenant_id__in=[rapportage.tenant_id, *tied_to(rapportage)],
        uitgiften__tenant_id=F("tenant_id"),
    )
    for other in out:
        if other.pk not in known and mine.pk not in other.gerekend_met:
            raise RapportageError(_in_the_way(rapportage, other))
    is_public = publiek == Publiek.OPENBAAR
    return Uitgifte.objects.create(
        **here,
        rapportage=rapportage,
        beveiliging=mine,
        jaar=mine.jaar,
        cijfers=rapportage.cijfers_openbaar if is_public else rapportage.cijfers,
        cijfers_sha256=mine.cijfers_sha256,
        door_id=actor.user_id,
    )


def _in_the_way(rapportage: Rapportage, other: Beveiliging) -> str:
    earlier = Rapportage.objects.select_related("tenant").get(
        tenant_id=other.tenant_id, pk=other.rapportage_id
    )
    van = "" if earlier.tenant_id == rapportage.tenant_id else earlier.tenant.naam
    return _(
        "Sinds deze cijfers zijn gemaakt, is de rapportage over %(periode)s uitgegeven."
        " Deze cijfers houden daar geen rekening mee. Trek deze rapportage in en maak"
        " een nieuwe versie; die rekent het mee."
    ) % {"periode": f"{parse(earlier.periode).label.lower()} {van}".strip()}
