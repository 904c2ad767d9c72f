"""Plaatsvervanging: who stands in for whom, from when until when (S103).

Invariant: only a teamleider or beheer makes or ends one, and never for herself to stand
in: it opens what is STRIKT too (S79); its window alone decides, by the day
(selectors.zicht); nobody stands in who has an interest in whom a kwestie is about (V11). Guarded by tests/cases/test_toegang_vervangen.py.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import OPEN, Kwestie, Plaatsvervanging
from cases.selectors import colleagues_at
from cases.services.belang import BelangError, check_substitute
from cases.services.regels import KwestieError
from tenants.access import Refused, Wie
from tenants.roles import Recht
from tenants.scope import Scope, acting_as


def with_cases(actor: Wie, tenant_id: int) -> Scope:
    """For what needs the kwesties of the team themselves, not just her own."""
    return Scope("staff", actor.user_id, (tenant_id,), tenant_id, (tenant_id,))


def caseload_of(tenant_id: int, medewerker_id: UUID) -> QuerySet[Kwestie]:
    """Her open kwesties here."""
    return Kwestie.objects.filter(
        tenant_id=tenant_id, ondersteuner_id=medewerker_id, status__in=OPEN
    )


def _require(actor: Wie, tenant_id: int) -> None:
    if tenant_id not in actor.with_right(Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN):
        raise Refused(Recht.KWESTIE_TEAM)


def make_plaatsvervanging(
    *,
    actor: Wie,
    tenant_id: int,
    afwezige_id: UUID,
    vervanger_id: UUID,
    van: date,
    tot: date,
    besluit: str,
) -> Plaatsvervanging:
    """``vervanger`` has the kwesties of ``afwezige`` from van up to and with tot.

    besluit: what was decided and by whom. Raises Refused, KwestieError; BelangError
    (V11) is on record too.
    """
    _require(actor, tenant_id)
    if vervanger_id == actor.user_id:
        raise KwestieError(
            _(
                "Je kunt jezelf niet als vervanger kiezen. Vraag het een andere"
                " teamleider of iemand van tenantbeheer."
            ),
            "vervanger",
        )
    _check_window(tenant_id, afwezige_id, vervanger_id, van, tot)
    if not besluit.strip():
        raise KwestieError(_("Schrijf op wie dit wanneer besloot."), "besluit")
    made = Plaatsvervanging(
        tenant_id=tenant_id,
        afwezige_id=afwezige_id,
        vervanger_id=vervanger_id,
        van=van,
        tot=tot,
        besluit=besluit.strip(),
        door_id=actor.user_id,
    )
    try:
        # Who administers a tenant may not read kwesties; for this look only, she does.
        with acting_as(with_cases(actor, tenant_id)):
            return _save(actor, made)
    except BelangError as error:
        logboek.belang_in_de_weg(actor, error.kwestie, error.medewerker_id)
        raise


def _save(actor: Wie, made: Plaatsvervanging) -> Plaatsvervanging:
    open_now = caseload_of(made.tenant_id, made.afwezige_id)
    check_substitute(actor, made.tenant_id, made.vervanger_id, list(open_now))
    made.save(force_insert=True)
    logboek.plaatsvervanging_gemaakt(actor, made)
    return made


def _check_window(
    tenant_id: int, afwezige_id: UUID, vervanger_id: UUID, van: date, tot: date
) -> None:
    here = set(
        colleagues_at(tenant_id)
        .filter(pk__in=[afwezige_id, vervanger_id])
        .values_list("pk", flat=True)
    )
    if vervanger_id == afwezige_id:
        raise KwestieError(_("Kies een ander dan wie er niet is."), "vervanger")
    for veld, medewerker_id in (("afwezige", afwezige_id), ("vervanger", vervanger_id)):
        if medewerker_id not in here:
            raise KwestieError(
                _("Kies een collega die hier kwesties mag behandelen."), veld
            )
    if tot < van:
        raise KwestieError(_("De laatste dag ligt voor de eerste dag."), "tot")
    if tot < timezone.localdate():
        raise KwestieError(_("De laatste dag is al voorbij."), "tot")


@transaction.atomic
def end_plaatsvervanging(
    *, actor: Wie, tenant_id: int, vervanging_id: UUID
) -> Plaatsvervanging:
    """End it now, whatever its last day. Raises Refused, KwestieError."""
    _require(actor, tenant_id)
    found = (
        Plaatsvervanging.objects.select_for_update()
        .filter(tenant_id=tenant_id, pk=vervanging_id)
        .first()
    )
    if found is None:
        raise Refused(Recht.KWESTIE_TEAM)
    if found.is_voorbij:
        raise KwestieError(_("Deze plaatsvervanging is al voorbij."))
    end_now(actor, found)
    return found


def end_now(actor: Wie, vervanging: Plaatsvervanging) -> None:
    vervanging.beeindigd_op = timezone.now()
    vervanging.beeindigd_door_id = actor.user_id
    vervanging.save(update_fields=["beeindigd_op", "beeindigd_door"])
    logboek.plaatsvervanging_beeindigd(actor, vervanging)
