"""No kwestie for whoever has an interest in whom it is about (S52, V11).

Every colleague declares her interests herself. Whoever gives a kwestie to somebody
calls ``check_belang`` first: it refuses, or leaves on record that nothing was found.

Guarded by tests/cases/test_regels_belang.py; what PostgreSQL holds of it by
test_regels_sql.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Belangencheck, Kwestie, Nevenbelang
from cases.selectors import grond_of
from cases.selectors.regels import belang_in, first_belang, nevenbelangen_at
from cases.selectors.zicht import VAN_EEN_ANDER
from cases.services.regels import KwestieError
from tenants.access import Wie
from tenants.roles import Recht

VANAF = date(1950, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NieuwBelang:
    """An interest in an organisation, or (is_opdrachtgever) in the opdrachtgever."""

    soort: str
    van: date
    tot: date | None = None
    is_opdrachtgever: bool = False
    organisatie: str = ""
    toelichting: str = ""


class BelangError(KwestieError):
    """V11: this colleague has an interest in whom the kwestie is about."""

    def __init__(
        self,
        kwestie: Kwestie,
        medewerker_id: UUID,
        tekst: str,
        veld: str = "medewerker",
    ) -> None:
        super().__init__(tekst, veld)
        self.kwestie = kwestie
        self.medewerker_id = medewerker_id


def check_belang(
    actor: Wie, kwestie: Kwestie, medewerker_id: UUID, veld: str = "medewerker"
) -> None:
    """Raise BelangError when this colleague may not have the kwestie (V11), nor read it
    or judge it; veld: where she was chosen.
    """
    plek = actor.plekken[kwestie.tenant_id]
    found = belang_in(kwestie, medewerker_id, plek.type)
    if found is None:
        return
    waarin = plek.naam if found.is_opdrachtgever else found.organisatie
    if medewerker_id == actor.user_id:
        raise BelangError(
            kwestie,
            medewerker_id,
            _(
                "Je hebt gemeld dat je een belang hebt bij %(waarin)s. Daarom kan deze"
                " kwestie niet van jou zijn. Vraag een collega om haar te doen."
            )
            % {"waarin": waarin},
            veld,
        )
    raise BelangError(
        kwestie,
        medewerker_id,
        _(
            "%(naam)s heeft een belang gemeld bij %(waarin)s. Daarom kan deze kwestie"
            " niet naar %(naam)s. Kies een andere collega."
        )
        % {"naam": found.medewerker.naam, "waarin": waarin},
        veld,
    )


def record_check(
    actor: Wie,
    kwestie: Kwestie,
    medewerker_id: UUID,
    bij: str,
    uitkomst: str = Belangencheck.Uitkomst.GEEN,
) -> Belangencheck:
    """Leave on record what came of the look at her interests."""
    made = Belangencheck.objects.create(
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        medewerker_id=medewerker_id,
        gedaan_door_id=actor.user_id,
        bij=bij,
        uitkomst=uitkomst,
    )
    logboek.belangencheck_gedaan(actor, kwestie, made)
    return made


def check_substitute(
    actor: Wie, tenant_id: int, vervanger_id: UUID, kwesties: Sequence[Kwestie]
) -> None:
    """None of these may be about somebody in whom the plaatsvervanger has an interest.

    What is told does not say which kwestie: who plans need not know. Raises BelangError
    (V11); else what came of it is on record for each.
    """
    plek = actor.plekken[tenant_id]
    today = timezone.localdate()
    declared = list(nevenbelangen_at(tenant_id, vervanger_id, today))
    for kwestie in kwesties:
        found = first_belang(kwestie, declared, plek.type)
        if found is not None:
            raise BelangError(
                kwestie,
                vervanger_id,
                _(
                    "%(naam)s heeft een belang bij wie een van deze kwesties over gaat."
                    " Kies een andere vervanger, of laat die kwestie eerst aan een"
                    " ander overdragen."
                )
                % {"naam": found.medewerker.naam},
                "vervanger",
            )
    for kwestie in kwesties:
        record_check(actor, kwestie, vervanger_id, Belangencheck.Bij.VERVANGEN)


def check_stand_in(actor: Wie, kwestie: Kwestie) -> None:
    """She has it from somebody else, and whom it is about became known since: look
    once more at what she declared. Raises BelangError (V11).
    """
    if grond_of(kwestie) in VAN_EEN_ANDER and actor.user_id is not None:
        check_belang(actor, kwestie, actor.user_id)


def check_again(actor: Wie, kwestie: Kwestie) -> None:
    """Whom the kwestie is about became known: look again at whose it is.

    What is on record stays true, so this does not refuse; the page says that a
    colleague must take over.
    """
    if kwestie.ondersteuner_id is None:
        return
    plek = actor.plekken[kwestie.tenant_id]
    found = belang_in(kwestie, kwestie.ondersteuner_id, plek.type)
    uitkomst = Belangencheck.Uitkomst.BELANG if found else Belangencheck.Uitkomst.GEEN
    bij = Belangencheck.Bij.WIJZIGEN
    record_check(actor, kwestie, kwestie.ondersteuner_id, bij, uitkomst)


@transaction.atomic
def declare_belang(*, actor: Wie, tenant_id: int, belang: NieuwBelang) -> Nevenbelang:
    """An interest of the actor herself. Raises Refused, KwestieError (S52)."""
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    _check_belang(belang)
    made = Nevenbelang(
        tenant_id=tenant_id,
        medewerker_id=actor.user_id,
        is_opdrachtgever=belang.is_opdrachtgever,
        organisatie="" if belang.is_opdrachtgever else belang.organisatie.strip(),
        soort=belang.soort,
        van=belang.van,
        tot=belang.tot,
    )
    made.toelichting = belang.toelichting
    made.save(force_insert=True)
    logboek.belang_gemeld(actor, made)
    return made


def _check_belang(belang: NieuwBelang) -> None:
    if belang.soort not in Nevenbelang.Soort.values:
        raise KwestieError(_("Kies wat voor belang het is."), "soort")
    if not belang.is_opdrachtgever and not belang.organisatie.strip():
        raise KwestieError(_("Vul de naam van de organisatie in."), "organisatie")
    if not VANAF <= belang.van <= timezone.localdate():
        raise KwestieError(
            _("Vul in sinds wanneer. Dat is vandaag of een eerdere dag."), "van"
        )
    if belang.tot is not None and belang.tot < belang.van:
        raise KwestieError(_("De laatste dag ligt voor de eerste."), "tot")


@transaction.atomic
def end_belang(*, actor: Wie, tenant_id: int, belang_id: UUID) -> Nevenbelang:
    """The actor's own interest ended today. Raises KwestieError."""
    found = (
        Nevenbelang.objects.select_for_update()
        .filter(tenant_id=tenant_id, medewerker_id=actor.user_id, pk=belang_id)
        .first()
    )
    today = timezone.localdate()
    if found is None or (found.tot is not None and found.tot <= today):
        raise KwestieError(_("Dit belang is al beëindigd."))
    found.tot = max(today, found.van)
    found.save(update_fields=["tot"])
    logboek.belang_beeindigd(actor, found)
    return found
