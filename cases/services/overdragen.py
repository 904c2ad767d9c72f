"""Another supporter: whoever the client wants, in one step, and never refused (S50).

Invariant: with the change of hands the former supporter has lost the kwestie, also by
a share or a plaatsvervanging when the client wished it, and an Overdracht keeps both
names. Guarded by tests/cases/test_toegang.py and the triggers of migration 0006.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import VOORGOED, Belangencheck, Kwestie, Overdracht, Status
from cases.selectors import colleagues_at
from cases.services.belang import BelangError, check_belang, record_check
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, move, store, trusted_locked
from tenants.access import Wie

Reden = Overdracht.Reden
# What whoever hands over may give as the reason; the others come with other verbs.
REDENEN = (*VOORGOED, Reden.DESKUNDIG, Reden.WERK)


def check_collega(kwestie: Kwestie, medewerker_id: UUID) -> None:
    """She has a role with kwesties here; for STRIKT no volunteer's (S79, S141)."""
    strikt = kwestie.vertrouwelijkheid == "STRIKT"
    may_have_it = colleagues_at(kwestie.tenant_id, strikt=strikt)
    if not may_have_it.filter(pk=medewerker_id).exists():
        raise KwestieError(
            _("Kies een collega die voor deze opdrachtgever kwesties mag behandelen."),
            "medewerker",
        )


def check_not_kept_out(kwestie: Kwestie, medewerker_id: UUID) -> None:
    """The client did not want her before (S50)."""
    if medewerker_id in kwestie.niet_voor:
        raise KwestieError(
            _(
                "Deze cliënt wilde een andere ondersteuner dan deze collega. Kies een"
                " ander."
            ),
            "medewerker",
        )


def give_to(
    actor: Wie, kwestie: Kwestie, naar: UUID | None, reden: str
) -> Overdracht | None:
    """Make the locked kwestie hers (None: of the queue) and keep whose it was.

    Raises BelangError when she has an interest in whom it is about (V11).
    """
    van = kwestie.ondersteuner_id
    if naar is not None:
        check_belang(actor, kwestie, naar)
    kwestie.ondersteuner_id = naar
    if naar is not None and kwestie.status == Status.NIEUW:
        move(kwestie, Status.TOEGEWEZEN)
    store(kwestie, ["ondersteuner", "status"])
    if naar is not None:
        record_check(actor, kwestie, naar, Belangencheck.Bij.TOEWIJZEN)
    if naar == van:
        return None
    return Overdracht.objects.create(
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        van_id=van,
        naar_id=naar,
        reden=reden,
        door_id=actor.user_id,
    )


def hand_over(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    medewerker_id: UUID | None,
    reden: str,
) -> Kwestie:
    """The kwestie goes to this colleague, or to the queue (None), at once.

    By its supporter, her plaatsvervanger or the teamleider. reden: one of REDENEN.
    Raises Refused, KwestieError; BelangError (V11) is on record too.
    """
    try:
        return _hand_over(actor, tenant_id, kwestie_id, medewerker_id, reden)
    except BelangError as error:
        logboek.belang_in_de_weg(actor, error.kwestie, error.medewerker_id)
        raise


@transaction.atomic
def _hand_over(
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    medewerker_id: UUID | None,
    reden: str,
) -> Kwestie:
    kwestie = trusted_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if reden not in REDENEN:
        raise KwestieError(_("Kies waarom de kwestie naar een ander gaat."), "reden")
    if medewerker_id == kwestie.ondersteuner_id:
        raise KwestieError(
            _("Deze collega heeft de kwestie al. Kies een ander."), "medewerker"
        )
    if medewerker_id is not None:
        check_collega(kwestie, medewerker_id)
        if reden not in VOORGOED:
            check_not_kept_out(kwestie, medewerker_id)
    overdracht = give_to(actor, kwestie, medewerker_id, reden)
    if overdracht is not None:
        logboek.kwestie_overgedragen(actor, kwestie, overdracht)
    return kwestie
