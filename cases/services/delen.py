"""Share one kwestie with a colleague, until a day; and stop sharing it.

Guarded by tests/cases/test_toegang.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import CaseGrant, Kwestie
from cases.selectors import may_share
from cases.services.belang import BelangError, check_belang
from cases.services.overdragen import check_collega, check_not_kept_out
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, trusted_locked
from tenants.access import Refused, Wie
from tenants.roles import Recht

LANGST = timedelta(days=366)


def share_kwestie(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    medewerker_id: UUID,
    niveau: str,
    tot: date,
    reden: str,
) -> CaseGrant:
    """Let a colleague read (or change) this kwestie up to and with ``tot``.

    Sharing again with the same colleague replaces what there was. Raises Refused,
    KwestieError; BelangError (V11) is on record too.
    """
    try:
        return _share(actor, tenant_id, kwestie_id, medewerker_id, niveau, tot, reden)
    except BelangError as error:
        logboek.belang_in_de_weg(actor, error.kwestie, error.medewerker_id)
        raise


@transaction.atomic
def _share(
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    medewerker_id: UUID,
    niveau: str,
    tot: date,
    reden: str,
) -> CaseGrant:
    kwestie = _locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    _check(actor, kwestie, medewerker_id, tot)
    if niveau not in CaseGrant.Niveau or reden not in CaseGrant.Reden:
        raise KwestieError(_("Kies wat je collega mag en waarom."))
    _live(kwestie).filter(medewerker_id=medewerker_id).update(
        ingetrokken_op=timezone.now()
    )
    made = CaseGrant.objects.create(
        tenant_id=tenant_id,
        kwestie=kwestie,
        medewerker_id=medewerker_id,
        niveau=niveau,
        reden=reden,
        datum=kwestie.datum,
        tot=tot,
        door_id=actor.user_id,
    )
    logboek.kwestie_gedeeld(actor, kwestie, made)
    return made


@transaction.atomic
def withdraw_grant(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, deling_id: UUID
) -> None:
    """Stop sharing: the colleague's next request is a 404. Raises Refused."""
    kwestie = _locked(actor, tenant_id, kwestie_id)
    found = _live(kwestie).filter(pk=deling_id).first()
    if found is None:
        return
    found.ingetrokken_op = timezone.now()
    found.save(update_fields=["ingetrokken_op"])
    logboek.delen_gestopt(actor, kwestie, found)


def _locked(actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    kwestie = trusted_locked(actor, tenant_id, kwestie_id)
    if not may_share(actor, kwestie):
        raise Refused(Recht.KWESTIE_EIGEN)
    return kwestie


def _live(kwestie: Kwestie) -> QuerySet[CaseGrant]:
    return CaseGrant.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie, ingetrokken_op__isnull=True
    )


def _check(actor: Wie, kwestie: Kwestie, medewerker_id: UUID, tot: date) -> None:
    if medewerker_id in (actor.user_id, kwestie.ondersteuner_id):
        raise KwestieError(
            _("Deze collega kan de kwestie al openen. Kies een ander."), "medewerker"
        )
    check_collega(kwestie, medewerker_id)
    check_not_kept_out(kwestie, medewerker_id)
    check_belang(actor, kwestie, medewerker_id)
    today = timezone.localdate()
    if not today <= tot <= today + LANGST:
        raise KwestieError(
            _("Kies een laatste dag vanaf vandaag, hoogstens een jaar vooruit."), "tot"
        )
