"""What the FG makes of unusual access: looked at, with a note, once."""

from __future__ import annotations

from django.db import transaction
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
    made, is_new = InzageNotitie.objects.get_or_create(
        tenant_id=tenant_id,
        sleutel=sleutel,
        defaults={"notitie": notitie.strip(), "door_id": actor.user_id},
    )
    if not is_new:
        raise KwestieError(_("Dit is al beoordeeld. Laad de pagina opnieuw."))
    logboek.opvallend_beoordeeld(actor, made)
    return made
