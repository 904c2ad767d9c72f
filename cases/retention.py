"""What of casework is kept for how long, and carrying that out.

What ends is who somebody is and what was written: the client becomes GEANON and the
keys are destroyed (``services.wissen``), so backups follow within their own term. The
codes stay: reports and the comparison of years need them, and they name nobody.

A dossier ends as a whole: all kwesties of a client, counted from the last that was
closed. Nothing ends while a procedure runs, a meldcode is open or a doorbreking has
not been looked back on.

The terms are the organisation's own: no law gives one for client support (domain
note: of the dossiers of care workers, Jeugdwet 7.3.8 and Wgbo 7:454 BW, this is none).
Guarded by tests/cases/test_retention.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from cases.bewaarregels import (
    AVG_TERMIJN,
    BELANG_TERMIJN,
    DATALEK_TERMIJN,
    REGELS,
    Bewaarregel,
)
from cases.codelists import codes
from cases.logboek import geheim as logboek
from cases.models import (
    AvgVerzoek,
    Client,
    Doorbreking,
    ExternTraject,
    Kwestie,
    MeldcodeTraject,
    Nevenbelang,
    Status,
    Vordering,
)
from cases.services.wissen import (
    OP_NAAM,
    erase_client,
    erase_kwesties,
    erase_verzoeken,
)
from privacy.fields import GEWIST
from privacy.models import Sleutel, Verwijdering
from privacy.sleutels import destroy
from tenants.models import Datalek
from tenants.scope import Scope, acting_as

BATCH = 100
DICHT = (Status.AFGEROND, Status.DOORGELEID)
__all__ = [
    "REGELS",
    "Bewaarregel",
    "Registers",
    "Stand",
    "carry_out",
    "close_registers",
]


@dataclass(frozen=True, slots=True)
class Stand:
    """What is due for one tenant: ids of clients, and of kwesties without one."""

    tenant_id: int
    clienten: tuple[UUID, ...]
    kwesties: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """What is due of the registers of one tenant, by id: requests without a kwestie,
    breaches, and interests of colleagues.
    """

    tenant_id: int
    verzoeken: tuple[UUID, ...]
    datalekken: tuple[UUID, ...]
    belangen: tuple[UUID, ...]

    @property
    def aantal(self) -> int:
        return len(self.verzoeken) + len(self.datalekken) + len(self.belangen)


def term(dienst: str) -> relativedelta:
    """How long a dossier of this dienst is kept after closing (BEWAARMAANDEN)."""
    months = settings.BEWAARMAANDEN
    return relativedelta(months=months.get(dienst, months[""]))


def scope(tenant_id: int) -> Scope:
    """The system at work on the cases of one tenant: no person, recorded as such."""
    tenants = (tenant_id,)
    return Scope("staff", None, tenants, tenant_id, tenants)


def due(tenant_id: int, today: date) -> Stand:
    """What is past its term, inside a scope that reads the cases. Changes nothing."""
    closed = Q(pk__in=[])
    for dienst in codes("dienst"):
        closed |= Q(dienst=dienst, afgerond_op__lte=today - term(dienst))
    mine = Kwestie.objects.filter(tenant_id=tenant_id)
    late = mine.filter(closed, status__in=DICHT)
    busy = _busy(mine)
    clients = (
        Client.objects.filter(
            Exists(late.filter(client=OuterRef("pk"))),
            ~Exists(mine.exclude(pk__in=late).filter(client=OuterRef("pk"))),
            ~Exists(busy.filter(client=OuterRef("pk"))),
            tenant_id=tenant_id,
            identiteitsstatus__in=OP_NAAM,
        )
        .annotate(eind=Max("kwesties__afgerond_op"))
        .order_by("eind", "id")
    )
    alone = (
        late.filter(client__isnull=True, geanonimiseerd_op__isnull=True)
        .exclude(pk__in=busy)
        .order_by("afgerond_op", "id")
    )
    return Stand(
        tenant_id,
        tuple(clients.values_list("pk", flat=True)),
        tuple(alone.values_list("pk", flat=True)),
    )


def _busy(rows: QuerySet[Kwestie]) -> QuerySet[Kwestie]:
    """Those with a procedure, a request or a demand that still runs (AVG 17, 18)."""
    here = {"tenant_id": OuterRef("tenant_id"), "kwestie": OuterRef("pk")}
    return rows.filter(
        Exists(
            ExternTraject.objects.filter(**here, oordeel="").exclude(ingediend_op=None)
        )
        | Exists(MeldcodeTraject.objects.filter(**here, gesloten_op=None))
        | Exists(
            Doorbreking.objects.filter(
                **here, verstrekt_op__isnull=False, evaluatie_op=None
            )
        )
        | Exists(Vordering.objects.filter(**here, afgedaan_op=None))
        | Exists(AvgVerzoek.objects.filter(**here).exclude(stand="GESLOTEN"))
        | Q(client__beperkt_op__isnull=False)
    )


def carry_out(stand: Stand) -> int:
    """Erase what is due; returns how many kwesties. Taken up again after a stop: what
    was done is no longer due. A transaction and an audit event per ``BATCH``.
    """
    done = 0
    for clients in _batches(stand.clienten):
        done += _erase(stand.tenant_id, clients, ())
    for kwesties in _batches(stand.kwesties):
        done += _erase(stand.tenant_id, (), kwesties)
    return done


def worker(tenant_id: int) -> Scope:
    """The worker, which removes rows of registers and sees no more of them."""
    return Scope("job", None, (tenant_id,), tenant_id, (tenant_id,))


def due_registers(tenant_id: int, today: date) -> Registers:
    """What of the registers is past its term. Opens its own scopes; changes nothing."""
    with acting_as(scope(tenant_id)):
        loose = AvgVerzoek.objects.filter(
            tenant_id=tenant_id,
            kwestie=None,
            stand="GESLOTEN",
            gesloten_op__date__lte=today - AVG_TERMIJN,
            vraag_v__isnull=False,
        ).exclude(vraag_v=GEWIST)
        verzoeken = tuple(loose.order_by("gesloten_op").values_list("pk", flat=True))
    with acting_as(worker(tenant_id)):
        leaks = Datalek.objects.filter(
            tenant_id=tenant_id, gesloten_op__date__lt=today - DATALEK_TERMIJN
        )
        over = Nevenbelang.objects.filter(
            tenant_id=tenant_id, tot__lt=today - BELANG_TERMIJN
        )
        return Registers(
            tenant_id,
            verzoeken,
            tuple(leaks.order_by("gesloten_op").values_list("pk", flat=True)),
            tuple(over.order_by("tot", "id").values_list("pk", flat=True)),
        )


def close_registers(found: Registers) -> int:
    """Destroy what is due of the registers; recorded. Returns how many rows."""
    if not found.aantal:
        return 0
    tenant_id = found.tenant_id
    with transaction.atomic():
        with acting_as(worker(tenant_id)):
            for model, ids in (
                (Datalek, found.datalekken),
                (Nevenbelang, found.belangen),
            ):
                rows = model._base_manager.filter(tenant_id=tenant_id, pk__in=ids)
                rows._raw_delete(rows.db)
        with acting_as(scope(tenant_id)):
            erase_verzoeken(tenant_id, found.verzoeken)
            _forget_colleagues(tenant_id)
            logboek.registers_opgeruimd(
                tenant_id,
                verzoeken=len(found.verzoeken),
                datalekken=len(found.datalekken),
                nevenbelangen=len(found.belangen),
            )
    return found.aantal


def _forget_colleagues(tenant_id: int) -> None:
    """The keys of colleagues without an interest on record: nothing is under them."""
    held = Nevenbelang.objects.filter(tenant_id=tenant_id).values("medewerker_id")
    empty = Sleutel.objects.filter(tenant_id=tenant_id, soort="medewerker")
    gone = empty.exclude(van__in=held).values_list("van", flat=True)
    destroy(tenant_id, "medewerker", list(gone))


def _batches(ids: tuple[UUID, ...]) -> Iterator[tuple[UUID, ...]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _erase(
    tenant_id: int, clients: tuple[UUID, ...], kwesties: tuple[UUID, ...]
) -> int:
    with acting_as(scope(tenant_id)), transaction.atomic():
        rows = Client.objects.filter(tenant_id=tenant_id, pk__in=clients)
        gone = sum(erase_client(client) for client in rows)
        alone = Kwestie.objects.filter(tenant_id=tenant_id, pk__in=kwesties)
        gone += erase_kwesties(alone, "ANONIEM")
        logboek.bewaartermijn_toegepast(tenant_id, [*clients, *kwesties], gone)
    return gone


def erase_again(tenant_id: int) -> int:
    """After a restore: empty what a receipt says was erased. Returns kwesties."""
    with acting_as(scope(tenant_id)):
        gone = {
            soort: set(
                Verwijdering.objects.filter(
                    tenant_id=tenant_id, soort=soort
                ).values_list("van", flat=True)
            )
            for soort in ("client", "kwestie")
        }
        clients = Client.objects.filter(
            tenant_id=tenant_id, pk__in=gone["client"], identiteitsstatus__in=OP_NAAM
        )
        ids = tuple(clients.values_list("pk", flat=True))
        alone = Kwestie.objects.filter(
            tenant_id=tenant_id, pk__in=gone["kwestie"], geanonimiseerd_op__isnull=True
        ).exclude(client__in=ids)
        stand = Stand(tenant_id, ids, tuple(alone.values_list("pk", flat=True)))
    return carry_out(stand)
