"""Make a kwestie part of a signal, and let it go again (S112).

That the signal is one of this tenant and not closed is held by PostgreSQL (signalering,
migration 0006): this storey knows no signals. Guarded by tests/signalering/test_signalen.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import KwestieSignaal
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked
from tenants.access import Refused, Wie
from tenants.roles import Recht


@transaction.atomic
def link_signaal(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, signaal_id: UUID
) -> KwestieSignaal:
    """From now on the kwestie counts in the signal; once, however often it is asked.

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    rows = KwestieSignaal.objects.filter(
        tenant_id=tenant_id, kwestie=kwestie, signaal_id=signaal_id, los_op=None
    )
    already = rows.first()
    if already is not None:
        return already
    try:
        with transaction.atomic():
            made = KwestieSignaal.objects.create(
                tenant_id=tenant_id,
                kwestie=kwestie,
                signaal_id=signaal_id,
                gekoppeld_door_id=actor.user_id,
            )
    except IntegrityError as error:
        if "kwestiesignaal_zonder_signaal" not in str(error):
            raise
        raise KwestieError(
            _("Dit signaal is er niet of is gesloten. Kies een ander signaal.")
        ) from error
    logboek.signaal_gekoppeld(actor, kwestie, signaal_id)
    return made


@transaction.atomic
def unlink_signaal(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, koppeling_id: UUID
) -> KwestieSignaal:
    """The kwestie counts no more in the signal. Raises Refused, KwestieError."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    found = (
        KwestieSignaal.objects.select_for_update()
        .filter(tenant_id=tenant_id, kwestie=kwestie, pk=koppeling_id)
        .first()
    )
    if found is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    if found.los_op is not None:
        return found
    found.los_op, found.los_door_id = timezone.now(), actor.user_id
    found.save(update_fields=["los_op", "los_door"])
    logboek.signaal_losgemaakt(actor, kwestie, found.signaal_id)
    return found
