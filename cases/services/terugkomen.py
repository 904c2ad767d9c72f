"""Who is anonymous and comes back: a code ties kwesties, without a name (S18).

Counting then takes them for one person, and two codes for two. The code itself is
nowhere: it is shown once to who writes it down for the caller.

Guarded by tests/cases/test_terugkomen.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Kwestie
from cases.selectors.terugkomen import has_code
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked
from privacy.terugkomen import bare, code_hash, new_code
from tenants.access import Refused, Wie
from tenants.models import Terugkomcode, Terugkomst


@transaction.atomic
def give_code(*, actor: Wie, tenant_id: int, kwestie_id: UUID) -> str:
    """A new code for the caller of this kwestie; the only time that it can be read.

    Raises Refused, KwestieError when the kwestie is not anonymous or has a code.
    """
    kwestie = _without_code(actor, tenant_id, kwestie_id)
    if actor.user_id is None:
        raise Refused("persoon")
    code = new_code()
    made = Terugkomcode.objects.create(
        tenant_id=tenant_id, hash=code_hash(tenant_id, code), door_id=actor.user_id
    )
    Terugkomst.objects.create(tenant_id=tenant_id, kwestie_id=kwestie.pk, code=made)
    logboek.terugkomcode_gegeven(actor, kwestie)
    return code


@transaction.atomic
def use_code(*, actor: Wie, tenant_id: int, kwestie_id: UUID, code: str) -> None:
    """This kwestie is of the person who was given ``code`` before.

    Raises Refused, KwestieError (also when the code is not known).
    """
    tie(actor, _without_code(actor, tenant_id, kwestie_id), code)


def tie(actor: Wie, kwestie: Kwestie, code: str) -> None:
    """Tie a kwestie that the caller has locked or just made. Raises KwestieError."""
    if kwestie.identiteitsstatus != "ANONIEM":
        raise KwestieError(
            _("Een terugkomcode is alleen voor wie anoniem blijft. Haal hem weg."),
            "terugkomcode",
        )
    known = Terugkomcode.objects.filter(
        tenant_id=kwestie.tenant_id, hash=code_hash(kwestie.tenant_id, code)
    ).first()
    if known is None or not bare(code):
        raise KwestieError(
            _(
                "Deze terugkomcode kennen we niet. Vraag de beller om hem nog een keer"
                " voor te lezen, of laat dit veld leeg."
            ),
            "terugkomcode",
        )
    Terugkomst.objects.create(
        tenant_id=kwestie.tenant_id, kwestie_id=kwestie.pk, code=known
    )
    logboek.terugkomcode_gebruikt(actor, kwestie)


def _without_code(actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if kwestie.identiteitsstatus != "ANONIEM":
        raise KwestieError(
            _("Een terugkomcode is alleen voor wie anoniem blijft."), "terugkomcode"
        )
    if has_code(kwestie):
        raise KwestieError(
            _(
                "Bij deze kwestie is al een terugkomcode gegeven. Die kunnen we niet"
                " nog een keer laten zien."
            )
        )
    return kwestie
