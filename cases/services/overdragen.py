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
from cases.selectors import Grond, colleagues_at, grond_of
from cases.services.belang import BelangError, check_belang, record_check
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, move, store, team_locked, trusted_locked
from tenants.access import Wie

Reden = Overdracht.Reden
# What whoever hands over may give as the reason. TOEDELING is the teamleider's, also of
# what nobody has yet; the others come with other verbs.
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


def check_strikt_in_queue(
    actor: Wie, kwestie: Kwestie, medewerker_id: UUID | None
) -> None:
    """Nobody takes a STRIKT kwestie from the queue for herself: she would be the one
    who decides that she may read it (S79).
    """
    is_queued = kwestie.vertrouwelijkheid == "STRIKT" and not kwestie.ondersteuner_id
    if is_queued and medewerker_id == actor.user_id:
        raise KwestieError(
            _(
                "Deze kwestie is strikt vertrouwelijk. Je kunt haar niet aan jezelf"
                " geven: kies een collega, of vraag een andere teamleider."
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
        _check_belang(actor, kwestie, naar)
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


def _check_belang(actor: Wie, kwestie: Kwestie, naar: UUID) -> None:
    """V11; to who may not read the kwestie it is not said in what the interest is."""
    try:
        check_belang(actor, kwestie, naar)
    except BelangError as error:
        if grond_of(kwestie) != Grond.AFGESCHERMD:
            raise
        raise BelangError(
            kwestie,
            error.medewerker_id,
            _("Deze collega kan deze kwestie niet krijgen. Kies een andere collega."),
        ) from error


def check_afgeschermd(actor: Wie, kwestie: Kwestie, naar: UUID | None) -> None:
    """A kwestie she may not read goes to a colleague at once: not to herself, and not
    to the queue, from where she could take it (S79).
    """
    if grond_of(kwestie) != Grond.AFGESCHERMD or kwestie.ondersteuner_id is None:
        return
    if naar is None or naar == actor.user_id:
        raise KwestieError(
            _(
                "Deze kwestie is strikt vertrouwelijk. Kies een collega, niet jezelf of"
                " de wachtrij."
            ),
            "medewerker",
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

    By its supporter, her plaatsvervanger or the teamleider, who sees of a STRIKT one
    no more than number and supporter. reden: one of REDENEN; TOEDELING when the
    teamleider assigns it to a colleague, which makes a new one TOEGEWEZEN.
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
    is_assigned = reden == Reden.TOEDELING and medewerker_id is not None
    lock = team_locked if is_assigned else trusted_locked
    kwestie = lock(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if reden not in REDENEN and not is_assigned:
        raise KwestieError(_("Kies waarom de kwestie naar een ander gaat."), "reden")
    if medewerker_id == kwestie.ondersteuner_id:
        raise KwestieError(
            _("Deze collega heeft de kwestie al. Kies een ander."), "medewerker"
        )
    check_afgeschermd(actor, kwestie, medewerker_id)
    check_strikt_in_queue(actor, kwestie, medewerker_id)
    if medewerker_id is not None:
        check_collega(kwestie, medewerker_id)
        if reden not in VOORGOED:
            check_not_kept_out(kwestie, medewerker_id)
    overdracht = give_to(actor, kwestie, medewerker_id, reden)
    if is_assigned:
        logboek.kwestie_toegewezen(actor, kwestie)
    elif overdracht is not None:
        logboek.kwestie_overgedragen(actor, kwestie, overdracht)
    return kwestie
