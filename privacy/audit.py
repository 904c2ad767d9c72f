"""Write an audit event in the transaction of the act it records.

``record_buiten`` is for what must stay when that transaction is undone: it goes over a
connection of its own and is committed at once, in the same signed scope.

Guarded by tests/privacy/test_audit.py.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import DatabaseError, connection, models
from django.db.models.sql import InsertQuery

from privacy.models import VAN_DE_DATABASE, AuditEvent

logger = logging.getLogger(__name__)
WEB, TAAK, OPDRACHT = "web", "taak", "opdracht"


@dataclass(frozen=True, slots=True)
class _Deur:
    """Through which door somebody came, and her roles for each tenant (codes)."""

    naam: str = OPDRACHT
    functies: Mapping[int, str] = field(default_factory=dict)

    def functie(self, tenant_id: int | None) -> str:
        """Her roles at this tenant; all she has anywhere when there is none."""
        if tenant_id is not None:
            return self.functies.get(tenant_id, "")
        codes = {code for held in self.functies.values() for code in held.split("+")}
        return "+".join(sorted(codes))[:80]


_COMMAND = _Deur()
_deur: ContextVar[_Deur] = ContextVar("adviespunt_deur", default=_COMMAND)


@contextmanager
def through(naam: str, functies: Mapping[int, str] | None = None) -> Iterator[None]:
    """What happens inside came through this door (NEN 7513: the access point).

    functies: per tenant the codes of the person's roles, with ``+`` between them.
    """
    token = _deur.set(_Deur(naam, functies or {}))
    try:
        yield
    finally:
        _deur.reset(token)


class Velden(TypedDict):
    """What an event says; see ``privacy.models.AuditEvent``.

    rol: the kind of account (staff, portal, public, job, owner); grond: why it was
    allowed; extra: codes and counts, never names or free text; tenants: of a page over
    more than one tenant; namens: for whom she stands in; nood: by an emergency
    procedure. One page that shows fifty records is one event with fifty ids.
    """

    tenant_id: int | None
    actor_id: UUID | None
    rol: str
    onderwerp: str
    ids: Iterable[UUID]
    grond: NotRequired[str]
    uitkomst: NotRequired[str]
    extra: NotRequired[Mapping[str, str | int | None]]
    tenants: NotRequired[Iterable[int]]
    namens: NotRequired[UUID | None]
    nood: NotRequired[bool]


def record(gebeurtenis: str, **velden: Unpack[Velden]) -> None:
    """Add one event, in the transaction of the act."""
    _event(gebeurtenis, velden).save(force_insert=True)


def record_buiten(gebeurtenis: str, **velden: Unpack[Velden]) -> bool:
    """The same event outside the transaction: it stays when that one is undone.

    For an act that is refused or failed, so it raises nothing of the database: False
    says that the event could not be written, and the log says so too.
    """
    event = _event(gebeurtenis, velden)
    try:
        _save_apart(event)
    except DatabaseError:
        logger.exception("audit event %s could not be written", gebeurtenis)
        return False
    return True


def _event(gebeurtenis: str, velden: Velden) -> AuditEvent:
    deur = _deur.get()
    return AuditEvent(
        gebeurtenis=gebeurtenis,
        tenant_id=velden["tenant_id"],
        tenants=sorted(velden.get("tenants", ())) or None,
        actor_id=velden["actor_id"],
        namens=velden.get("namens"),
        rol=velden["rol"],
        functie=deur.functie(velden["tenant_id"]),
        deur=deur.naam,
        onderwerp=velden["onderwerp"],
        onderwerp_ids=list(velden["ids"]),
        grond=velden.get("grond", ""),
        nood=velden.get("nood", False),
        uitkomst=velden.get("uitkomst", "gelukt"),
        extra=dict(velden.get("extra", {})),
    )


def _save_apart(event: AuditEvent) -> None:
    """Over a connection of its own; its backend signs the scope of now on it."""
    apart = connection.copy()
    try:
        apart.set_autocommit(False)
        query = InsertQuery(AuditEvent)
        fields: list[models.Field[object, object]] = [
            f for f in AuditEvent._meta.concrete_fields if f.name not in VAN_DE_DATABASE
        ]
        query.insert_values(fields, [event])
        query.get_compiler(connection=apart).execute_sql()
        apart.commit()
    finally:
        apart.close()
