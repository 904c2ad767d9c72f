"""Undo what one just did, for ten seconds.

Invariant: only whoever did it, only while nobody changed the kwestie since; the clock
of the server decides. What the act made goes into the prullenbak, what it threw away
comes back, what it changed is as it was. PostgreSQL lets a status go back only along
the act that is on record (migration 0009).

Left out on purpose: what a colleague gets or sees by it (assigning, handing over,
sharing, passing on), and what has an undo of its own (merging clients).

Guarded by tests/cases/test_ongedaan.py.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Handeling, Kwestie
from cases.selectors.prullenbak import ONGEDAAN
from cases.services.handeling import CODES, TEKSTEN
from cases.services.prullenbak import part_of, put_back, put_in
from cases.services.regels import KwestieError
from cases.services.rij import own_locked, store
from cases.services.stappen import check_stappen
from tenants.access import Refused, Wie
from tenants.roles import Recht

# Between the page that shows the button and the answer to it.
SPELING = timedelta(seconds=5)


@transaction.atomic
def undo(*, actor: Wie, tenant_id: int, handeling_id: UUID) -> Handeling:
    """As if it was not done. Raises Refused, KwestieError."""
    found = (
        Handeling.objects.select_for_update()
        .filter(tenant_id=tenant_id, pk=handeling_id, medewerker_id=actor.user_id)
        .first()
    )
    if found is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    _check_in_time(found)
    found.ongedaan_op = timezone.now()
    found.save(update_fields=["ongedaan_op"])
    if found.weggegooid_id is not None:
        put_back(actor=actor, tenant_id=tenant_id, prullenbak_id=found.weggegooid_id)
    else:
        _take_back(actor, found)
    logboek.handeling_ongedaan(actor, found)
    return found


def _check_in_time(found: Handeling) -> None:
    if found.ongedaan_op is not None:
        raise KwestieError(_("Dit is al ongedaan gemaakt."))
    if timezone.now() > found.op + ONGEDAAN + SPELING:
        tekst = _("Ongedaan maken kan alleen in de eerste 10 seconden.")
        if found.weggegooid_id is not None:
            tekst += " " + _("Je vindt het terug in de prullenbak.")
        raise KwestieError(tekst)


def _take_back(actor: Wie, found: Handeling) -> None:
    kwestie = own_locked(actor, found.tenant_id, found.kwestie_id)
    if kwestie.versie != found.versie:
        raise KwestieError(
            _("De kwestie is intussen veranderd. Ongedaan maken kan niet meer.")
        )
    _as_it_was(kwestie, found)
    for soort, pk in found.gemaakt:
        row = part_of(kwestie, soort, UUID(pk))
        if row is not None:
            put_in(actor, kwestie, soort, row, _("Ongedaan gemaakt"))


def _as_it_was(kwestie: Kwestie, found: Handeling) -> None:
    was = found.waarden
    if not was:
        return
    for name, value in was.items():
        if name in CODES:
            value = Kwestie._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        setattr(kwestie, name, value)
    check_stappen(kwestie)
    columns = [f"{name}_v" if name in TEKSTEN else name for name in was]
    store(kwestie, columns)
