"""Throw away what was recorded by mistake, and put it back within thirty days.

Invariant: who may change a kwestie may throw it away, or a part of it, with a reason;
nothing that a closed kwestie stands on is thrown away. A kwestie goes with its parts,
and with its client when that one has no other kwestie, and comes back with them.

Guarded by tests/cases/test_prullenbak.py; what PostgreSQL holds by
test_prullenbak_sql.py.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import (
    TRAJECT_BIJ_RESULTAAT,
    AvgVerzoek,
    Bron,
    Client,
    Kwestie,
    Prullenbak,
    Samenvoeging,
    Status,
    Vordering,
)
from cases.models.basis import Weggooibaar
from cases.selectors.prullenbak import SOORTEN, put_back_by
from cases.services.corrigeren import is_in_closed_period
from cases.services.handeling import remember, snapshot
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, own_locked, store
from cases.services.stappen import check_stappen
from tenants.access import Refused, Wie
from tenants.roles import Recht

Soort = Prullenbak.Soort
DELEN = tuple(soort for soort in SOORTEN if soort != Soort.KWESTIE)
GETELD = (Soort.KWESTIE, Soort.CONTACT)  # what a report counts


@transaction.atomic
def throw_away(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    soort: str,
    ding: UUID,
    reden: str,
) -> Prullenbak:
    """Into the prullenbak: the kwestie itself, or the part ``ding`` of it.

    Raises Refused, KwestieError.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    if not reden.strip():
        raise KwestieError(_("Schrijf op waarom je dit weggooit."), "reden")
    row: Weggooibaar | None = kwestie
    if soort != Soort.KWESTIE:
        row = part_of(kwestie, soort, ding)
    if row is None:
        raise KwestieError(_("Dit staat al in de prullenbak."))
    if soort == Soort.KWESTIE and _has_to_stay(kwestie):
        raise KwestieError(
            _(
                "Bij deze kwestie hoort een meldcode, een doorbreking van de"
                " geheimhouding, een AVG-verzoek of een vordering. Daarom kan ze niet"
                " weg."
            )
        )
    was = snapshot(kwestie)
    made = put_in(actor, kwestie, soort, row, reden.strip())
    remember(actor, kwestie, was, weggegooid=made)
    return made


def _has_to_stay(kwestie: Kwestie) -> bool:
    """What was asked or decided about it stays on record."""
    about = {"tenant_id": kwestie.tenant_id, "kwestie": kwestie}
    return (
        kwestie.heeft_procedure
        or AvgVerzoek.objects.filter(**about).exists()
        or Vordering.objects.filter(**about).exists()
    )


def part_of(kwestie: Kwestie, soort: str, ding: UUID) -> Weggooibaar | None:
    """The part of this kwestie, when it is not thrown away."""
    rows = SOORTEN[soort].objects.filter(tenant_id=kwestie.tenant_id, pk=ding)
    found: Weggooibaar | None = rows.filter(kwestie=kwestie).first()
    return found


def put_in(
    actor: Wie, kwestie: Kwestie, soort: str, row: Weggooibaar, reden: str
) -> Prullenbak:
    """Mark the row of a locked kwestie, and say who did it and why."""
    if soort != Soort.KWESTIE and _is_needed(kwestie, soort, row):
        raise KwestieError(
            _(
                "De kwestie is hiermee afgerond, dus dit kan niet weg. Heropen de"
                " kwestie eerst."
            )
        )
    made = Prullenbak(
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        soort=soort,
        ding=row.pk,
        weggegooid_op=timezone.now(),
        weggegooid_door_id=actor.user_id,
        is_gerapporteerd=soort in GETELD and is_in_closed_period(kwestie),
    )
    made.reden = reden
    made.save(force_insert=True)
    if soort == Soort.KWESTIE:
        _mark_kwestie(kwestie, made.weggegooid_op)
    else:
        _mark_part(kwestie, soort, row.pk, made.weggegooid_op)
    logboek.weggegooid(actor, kwestie, made)
    return made


def _is_needed(kwestie: Kwestie, soort: str, row: Weggooibaar) -> bool:
    """V4, V15: the kwestie was closed with this, and with nothing else of its kind."""
    if kwestie.status != Status.AFGEROND or kwestie.bron == Bron.IMPORT:
        return False
    needed = {
        Soort.CONTACT: Q(),
        Soort.VERWIJZING: Q() if kwestie.resultaat == "VERWEZEN" else None,
    }
    if types := TRAJECT_BIJ_RESULTAAT.get(kwestie.resultaat):
        needed[Soort.TRAJECT] = Q(type__in=types)
    which = needed.get(Soort(soort))
    if which is None:
        return False
    of_kind = SOORTEN[soort].objects.filter(tenant_id=kwestie.tenant_id)
    others = of_kind.filter(which, kwestie=kwestie).exclude(pk=row.pk)
    return not bool(others.exists())


def _mark_part(
    kwestie: Kwestie, soort: str, ding: UUID, moment: datetime | None
) -> None:
    rows = SOORTEN[soort].alles.filter(tenant_id=kwestie.tenant_id, pk=ding)
    rows.update(weggegooid_op=moment)
    kwestie.refresh_from_db(fields=["activiteiten", "minuten", "laatste_contact_op"])
    store(kwestie, [])


def _mark_kwestie(kwestie: Kwestie, moment: datetime) -> None:
    """First the kwestie, so that its counts stay what they were; then its parts."""
    kwestie.weggegooid_op = moment
    kwestie.versie += 1
    kwestie.save(update_fields=["weggegooid_op", "versie"])
    for soort in DELEN:
        parts = SOORTEN[soort].objects.filter(tenant_id=kwestie.tenant_id)
        parts.filter(kwestie=kwestie).update(weggegooid_op=moment)
    if not _has_more(kwestie):
        _mark_client(kwestie, moment)


def _mark_client(kwestie: Kwestie, moment: datetime | None) -> None:
    if kwestie.client_id is None:
        return
    Client.objects.filter(tenant_id=kwestie.tenant_id, pk=kwestie.client_id).update(
        weggegooid_op=moment
    )


def _has_more(kwestie: Kwestie) -> bool:
    """The client has another kwestie, or was merged with somebody."""
    tenant_id, client_id = kwestie.tenant_id, kwestie.client_id
    if client_id is None:
        return False
    merged = Samenvoeging.objects.filter(
        Q(blijft_id=client_id) | Q(vervalt_id=client_id), tenant_id=tenant_id
    )
    rows = Kwestie.objects.filter(tenant_id=tenant_id, client_id=client_id)
    return merged.exists() or rows.exclude(pk=kwestie.pk).exists()


# ------------------------------------------------------------------------- and back


@transaction.atomic
def put_back(*, actor: Wie, tenant_id: int, prullenbak_id: UUID) -> Prullenbak:
    """Out of the prullenbak again. Raises Refused, KwestieError."""
    found = _binned(actor, tenant_id, prullenbak_id)
    rows = put_back_by(actor, actor.plekken[tenant_id]).filter(pk=found.kwestie_id)
    kwestie = rows.select_for_update(of=("self",)).get()
    if timezone.now() >= found.vernietigd_vanaf:
        raise KwestieError(
            _("Dit stond langer dan 30 dagen in de prullenbak. Het kan niet terug.")
        )
    if found.soort == Soort.KWESTIE:
        _unmark_kwestie(kwestie)
    else:
        _unmark_part(kwestie, found)
    found.teruggezet_op = timezone.now()
    found.teruggezet_door_id = actor.user_id
    found.save(update_fields=["teruggezet_op", "teruggezet_door"])
    logboek.teruggezet(actor, kwestie, found)
    return found


def _binned(actor: Wie, tenant_id: int, prullenbak_id: UUID) -> Prullenbak:
    """What is in the prullenbak and may be put back by the actor, locked."""
    if tenant_id not in actor.with_right(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM):
        raise Refused(Recht.KWESTIE_EIGEN)
    plek = actor.plekken[tenant_id]
    found = (
        Prullenbak.objects.select_for_update()
        .filter(
            tenant_id=tenant_id,
            pk=prullenbak_id,
            teruggezet_op__isnull=True,
            kwestie_id__in=put_back_by(actor, plek).values("pk"),
        )
        .first()
    )
    if found is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    return found


def _unmark_kwestie(kwestie: Kwestie) -> None:
    """The other way round: client and parts first, so that every rule holds again."""
    moment = kwestie.weggegooid_op
    _mark_client(kwestie, None)
    for soort in DELEN:
        parts = SOORTEN[soort].alles.filter(tenant_id=kwestie.tenant_id)
        parts.filter(kwestie=kwestie, weggegooid_op=moment).update(weggegooid_op=None)
    kwestie.weggegooid_op = None
    kwestie.versie += 1
    kwestie.save(update_fields=["weggegooid_op", "versie"])


def _unmark_part(kwestie: Kwestie, found: Prullenbak) -> None:
    if kwestie.weggegooid_op is not None:
        raise KwestieError(
            _("De kwestie zelf staat in de prullenbak. Zet die eerst terug.")
        )
    check_alive(kwestie)
    _mark_part(kwestie, found.soort, found.ding, None)
    check_stappen(kwestie)
