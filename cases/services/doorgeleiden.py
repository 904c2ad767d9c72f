"""A kwestie that came to the wrong tenant goes to the right one (model.md §2.4).

Invariant: without the client's consent only codes cross over: no name, no text, no
link back. Guarded by tests/cases/test_herstel.py.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.eigen import of_core
from cases.models import (
    Client,
    Doorgeleiding,
    Kwestie,
    Status,
    new_nummer,
    nummer_prefix,
)
from cases.selectors import readable_for, writable_for
from cases.services.identiteit import save_client
from cases.services.regels import KwestieError
from cases.services.registreren import opdracht_on
from cases.services.rij import move, store
from cases.services.wissen import OP_NAAM
from tenants.access import Plek, Refused, Wie
from tenants.roles import Recht
from tenants.scope import acting_as

CODES = (
    *("datum", "kanaal", "rol", "soort", "aard", "subaard", "wet", "wetten"),
    *("levensdomein", "fase", "gewezen_op_oco"),
)
TEKSTEN = ("kernvraag", "gewenste_oplossing", "toelichting")
IDENTITEIT = ("naam", "telefoon", "email", "adres", "geboortejaar")


@transaction.atomic
def pass_on(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, naar: int, is_met_toestemming: bool
) -> str:
    """NIEUW → DOORGELEID, and a NIEUW kwestie at tenant ``naar``; its number.

    ``naar``: a tenant for which the actor may register. is_met_toestemming: the client
    agreed that name and texts go along. Raises Refused, KwestieError.
    """
    kwestie = _locked(actor, tenant_id, kwestie_id)
    there = actor.plekken.get(naar)
    if there is None or naar == tenant_id or not _may(actor, naar):
        raise KwestieError(
            _("Kies een andere opdrachtgever waarvoor je mag registreren."), "naar"
        )
    move(kwestie, Status.DOORGELEID)
    client = kwestie.client if is_met_toestemming else None
    store(kwestie, ["status"])
    with acting_as(actor.scope(naar)):
        made = _copy(kwestie, client, there, with_texts=is_met_toestemming)
        logboek.kwestie_ontvangen(actor, made)
    Doorgeleiding.objects.create(
        tenant_id=tenant_id,
        kwestie=kwestie,
        naar_id=naar,
        is_met_toestemming=is_met_toestemming,
        medewerker_id=actor.user_id,
    )
    logboek.kwestie_doorgeleid(actor, kwestie, naar)
    return made.nummer


def _may(actor: Wie, tenant_id: int) -> bool:
    return actor.may(Recht.KWESTIE_REGISTREREN, tenant_id)


def _locked(actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    """Hers, or of the team that she leads; locked. Raises Refused."""
    plek = actor.plekken.get(tenant_id)
    if plek is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    is_leader = Recht.KWESTIE_TEAM in plek.rechten
    rows = readable_for(actor, plek) if is_leader else writable_for(actor, plek)
    found = rows.select_for_update(of=("self",)).filter(pk=kwestie_id).first()
    if found is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    return found


def _copy(
    kwestie: Kwestie, client: Client | None, plek: Plek, *, with_texts: bool
) -> Kwestie:
    opdracht = opdracht_on(plek, kwestie.datum)
    made = Kwestie(
        id=uuid4(),
        tenant_id=plek.id,
        nummer=new_nummer(nummer_prefix(plek.slug)),
        opdracht=opdracht,
        dienst=opdracht.diensten[0],
        identiteitsstatus="ANONIEM",
        **{name: getattr(kwestie, name) for name in CODES},
    )
    made.subaard = of_core(kwestie.subaard)
    if client is not None and client.identiteitsstatus in OP_NAAM:
        known = Client(tenant_id=plek.id, identiteitsstatus=client.identiteitsstatus)
        for name in IDENTITEIT:
            setattr(known, name, getattr(client, name))
        save_client(known, is_new=True)
        made.client, made.identiteitsstatus = known, known.identiteitsstatus
    if with_texts:
        for name in TEKSTEN:
            setattr(made, name, getattr(kwestie, name))
    made.save(force_insert=True)
    return made
