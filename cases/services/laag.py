"""To another layer of support, up or down, with a reason (S140).

Guarded by tests/cases/test_laag.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import logboek
from cases.codelists import codes
from cases.models import Kwestie, Overdracht
from cases.selectors import is_vrijwilliger
from cases.services.overdragen import give_to
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked, store
from tenants.access import Wie


class Laagreden(models.TextChoices):
    """Why a kwestie goes to another layer; the code stands in the audit record."""

    MEER = "MEER", gettext_lazy("Er is meer nodig dan ik hier kan bieden")
    SPECIFIEK = (
        "SPECIFIEK",
        gettext_lazy("Een specifieke doelgroep of een bijzonder probleem"),
    )
    MINDER = "MINDER", gettext_lazy("Lichtere ondersteuning is genoeg")
    CLIENT = "CLIENT", gettext_lazy("De cliënt wil dit")


@transaction.atomic
def change_laag(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, laag: int, reden: str
) -> Kwestie:
    """What a volunteer scales up leaves her, for the queue of the team.

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if str(laag) not in codes("laag"):
        raise KwestieError(_("Kies een van de lagen."), "laag")
    if laag == kwestie.laag:
        raise KwestieError(_("De kwestie is al in deze laag. Kies een andere."), "laag")
    if reden not in Laagreden:
        raise KwestieError(_("Kies waarom."), "reden")
    was, kwestie.laag = kwestie.laag, laag
    store(kwestie, ["laag"])
    logboek.laag_gewijzigd(actor, kwestie, was, reden)
    if laag > was and is_vrijwilliger(actor.plekken[tenant_id]):
        gone = give_to(actor, kwestie, None, Overdracht.Reden.DESKUNDIG)
        if gone is not None:
            logboek.kwestie_overgedragen(actor, kwestie, gone)
    return kwestie
