"""Two clients who are one, and two again (append-only: Samenvoeging).

Inside one tenant. A supporter merges when she may change kwesties of both; a teamleider
always may. Guarded by tests/cases/test_herstel.py.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Client, Kwestie, Samenvoeging
from cases.selectors import readable_for, writable_for
from cases.services.regels import KwestieError
from cases.services.wissen import OP_NAAM
from tenants.access import Refused, Wie
from tenants.roles import Recht


def mergeable(actor: Wie, tenant_id: int, **which: object) -> Kwestie | None:
    """A kwestie by name of which she may merge the client; None when there is none."""
    plek = actor.plekken[tenant_id]
    is_leader = Recht.KWESTIE_TEAM in plek.rechten
    rows = readable_for(actor, plek) if is_leader else writable_for(actor, plek)
    found = rows.filter(client__identiteitsstatus__in=OP_NAAM, **which)
    return found.select_related("client").first()


def check_merge(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, ander_nummer: str
) -> tuple[Client, Client]:
    """The client of this kwestie and that of the other number, when they may become
    one. Raises Refused, KwestieError.
    """
    this = mergeable(actor, tenant_id, pk=kwestie_id)
    if this is None or this.client is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    other = mergeable(actor, tenant_id, nummer=ander_nummer.strip().upper())
    if other is None or other.client is None:
        raise KwestieError(
            _("Je hebt geen kwestie op naam met dit nummer. Kijk het nummer na."),
            "nummer",
        )
    if other.client_id == this.client_id:
        raise KwestieError(_("Deze kwestie is al van dezelfde cliënt."), "nummer")
    if other.client.identiteitsstatus != this.client.identiteitsstatus:
        raise KwestieError(
            _(
                "De een is op naam, de ander anoniem tegenover de zorg. Vraag de cliënt"
                " wat de bedoeling is en maak dat eerst bij beide gelijk."
            ),
            "nummer",
        )
    return this.client, other.client


@transaction.atomic
def merge_clients(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, ander_nummer: str
) -> Samenvoeging:
    """All kwesties of the client of ``ander_nummer`` become those of this client.

    Raises Refused, KwestieError.
    """
    blijft, vervalt = check_merge(
        actor=actor,
        tenant_id=tenant_id,
        kwestie_id=kwestie_id,
        ander_nummer=ander_nummer,
    )
    moved = _move(tenant_id, vervalt, blijft)
    made = Samenvoeging.objects.create(
        tenant_id=tenant_id,
        blijft=blijft,
        vervalt=vervalt,
        kwestie_ids=moved,
        medewerker_id=actor.user_id,
    )
    logboek.clienten_samengevoegd(actor, made)
    return made


def _move(
    tenant_id: int, van: Client, naar: Client, only: list[UUID] | None = None
) -> list[UUID]:
    """Give the kwesties of one client to the other; returns which they were."""
    rows = Kwestie.alles.filter(tenant_id=tenant_id, client=van)
    if only is not None:
        rows = rows.filter(pk__in=only)
    ids = sorted(rows.select_for_update().values_list("pk", flat=True))
    Kwestie.alles.filter(tenant_id=tenant_id, pk__in=ids).update(client=naar)
    return ids


def merge_to_undo(tenant_id: int, client_id: UUID | None) -> Samenvoeging | None:
    """The latest merge into this client that still stands."""
    return (
        Samenvoeging.objects.filter(
            tenant_id=tenant_id,
            blijft_id=client_id,
            ongedaan_van__isnull=True,
            ongedaan__isnull=True,
        )
        .order_by("-aangemaakt_op", "id")
        .first()
    )


@transaction.atomic
def undo_merge(*, actor: Wie, tenant_id: int, kwestie_id: UUID) -> Samenvoeging:
    """Two clients again: what was moved goes back, as far as it is still there.

    Raises Refused, KwestieError.
    """
    this = mergeable(actor, tenant_id, pk=kwestie_id)
    if this is None or this.client is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    merge = merge_to_undo(tenant_id, this.client_id)
    if merge is None:
        raise KwestieError(_("Er is geen samenvoeging om ongedaan te maken."))
    back = _move(tenant_id, this.client, merge.vervalt, merge.kwestie_ids)
    made = Samenvoeging.objects.create(
        tenant_id=tenant_id,
        blijft=merge.vervalt,
        vervalt=merge.blijft,
        kwestie_ids=back,
        ongedaan_van=merge,
        medewerker_id=actor.user_id,
    )
    logboek.samenvoeging_ongedaan(actor, made)
    return made
