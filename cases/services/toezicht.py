"""What the FG makes of unusual access: looked at, with a note, once."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.services.regels import KwestieError
from tenants.access import Wie
from tenants.models import InzageNotitie
from tenants.roles import Recht

KORTST = 10


@transaction.atomic
def judge_access(
    *, actor: Wie, tenant_id: int, sleutel: str, notitie: str
) -> InzageNotitie:
    """Record the note on one finding. Raises Refused or KwestieError."""
    actor.require(Recht.LOG_INZIEN, tenant_id)
    if len(notitie.strip()) < KORTST:
        raise KwestieError(
            _("Schrijf op wat je hebt nagegaan: minstens 10 tekens."), "notitie"
        )
    made = InzageNotitie(tenant_id=tenant_id, sleutel=sleutel, door_id=actor.user_id)
    made.notitie = notitie.strip()
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "inzagenotitie_eenmaal" not in str(error):
            raise
        raise KwestieError(
            _("Dit is al beoordeeld. Laad de pagina opnieuw.")
        ) from error
    logboek.opvallend_beoordeeld(actor, made)
    return made
