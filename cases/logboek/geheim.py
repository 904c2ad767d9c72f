"""Audit events of the exceptional procedures; the subject is the kwestie.

An event holds ids and codes, never a text. Guarded by tests/cases/test_doorbreken.py
and test_meldcode.py.
"""

from __future__ import annotations

from uuid import UUID

from cases.models import Doorbreking, MeldcodeTraject
from privacy import audit
from tenants.access import Wie


def _record(
    gebeurtenis: str,
    wie: Wie,
    row: Doorbreking | MeldcodeTraject,
    grond: str,
    **extra: str,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=row.tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="kwestie",
        ids=[row.kwestie_id],
        grond=grond,
        extra={"procedure": str(row.pk), **extra},
    )


def _doorbreking(gebeurtenis: str, wie: Wie, row: Doorbreking) -> None:
    _record(gebeurtenis, wie, row, "doorbreking", stand=row.stand, reden=row.grond)


def doorbreking_ingezien(wie: Wie, row: Doorbreking) -> None:
    """Somebody who is named in it, or has the kwestie, looked at it."""
    _doorbreking("doorbreking_ingezien", wie, row)


def doorbreking_gevraagd(wie: Wie, row: Doorbreking) -> None:
    _doorbreking("doorbreking_gevraagd", wie, row)


def doorbreking_getoetst(wie: Wie, row: Doorbreking) -> None:
    _doorbreking("doorbreking_getoetst", wie, row)


def doorbreking_besloten(wie: Wie, row: Doorbreking) -> None:
    _doorbreking("doorbreking_besloten", wie, row)


def doorbreking_client_verteld(wie: Wie, row: Doorbreking) -> None:
    """The client was told, or it was put off with a reason."""
    _doorbreking("doorbreking_client_verteld", wie, row)


def doorbreking_verstrekt(wie: Wie, row: Doorbreking) -> None:
    _doorbreking("doorbreking_verstrekt", wie, row)


def doorbreking_geevalueerd(wie: Wie, row: Doorbreking) -> None:
    _doorbreking("doorbreking_geevalueerd", wie, row)


def doorbreking_ingetrokken(wie: Wie, row: Doorbreking) -> None:
    _doorbreking("doorbreking_ingetrokken", wie, row)


def meldcode_ingezien(wie: Wie, row: MeldcodeTraject) -> None:
    _record("meldcode_ingezien", wie, row, "meldcode", stap=row.stap)


def meldcode_gestart(wie: Wie, row: MeldcodeTraject) -> None:
    _record("meldcode_gestart", wie, row, "meldcode")


def meldcode_stap(
    wie: Wie, row: MeldcodeTraject, stap: str, *, is_akkoord: bool | None = None
) -> None:
    """A step was written down; is_akkoord: what the second person said."""
    extra = {} if is_akkoord is None else {"akkoord": str(is_akkoord)}
    _record("meldcode_stap", wie, row, "meldcode", stap=stap, **extra)


def meldcode_andere_meekijker(wie: Wie, row: MeldcodeTraject) -> None:
    """The second person got the kwestie herself, and asked another colleague."""
    ander = str(row.verantwoordelijke_id)
    _record("meldcode_andere_meekijker", wie, row, "meldcode", ander=ander)


def uitzonderingen_geteld(wie: Wie, tenant_id: int, jaar: int) -> None:
    """The directie looked at how many there were."""
    audit.record(
        "uitzonderingen_geteld",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="uitzondering",
        ids=[],
        extra={"jaar": jaar},
    )


def bewaartermijn_toegepast(tenant_id: int, ids: list[UUID], kwesties: int) -> None:
    """The term of these clients and kwesties was over: names and texts are gone."""
    audit.record(
        "bewaartermijn_toegepast",
        tenant_id=tenant_id,
        actor_id=None,
        rol="staff",
        onderwerp="dossier",
        ids=ids,
        grond="bewaartermijn",
        extra={"kwesties": kwesties},
    )


def registers_opgeruimd(tenant_id: int, **aantallen: int) -> None:
    """The term of these rows of the registers was over: they are gone, or empty."""
    audit.record(
        "registers_opgeruimd",
        tenant_id=tenant_id,
        actor_id=None,
        rol="staff",
        onderwerp="register",
        ids=[],
        grond="bewaartermijn",
        extra=dict(aantallen),
    )
