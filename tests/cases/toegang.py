"""Who has a kwestie besides its supporter, for tests: made by the services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from cases import services
from cases.models import CaseGrant, Kwestie, Plaatsvervanging
from privacy.models import AuditEvent
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

SLUG = {1: "arnhem", 2: "wulpenhorst"}


def dag(number: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=number)


def path(kwestie: Kwestie, sub: str = "") -> str:
    return f"/t/{SLUG[kwestie.tenant_id]}/kwesties/{kwestie.pk}/{sub}"


def status(naam: str, kwestie: Kwestie, sub: str = "") -> int:
    return int(people.browser(naam).get(path(kwestie, sub)).status_code)


def strikt(naam: str = "anna") -> Kwestie:
    """A STRIKT kwestie of this person."""
    kwestie = seed.register(naam)
    wijzigingen = {"vertrouwelijkheid": "STRIKT"}
    seed.act("update_kwestie", kwestie, naam, versie=1, wijzigingen=wijzigingen)
    return kwestie


def hand_over(
    kwestie: Kwestie, naar: str | None, door: str = "anna", reden: str = "CLIENT_ANDER"
) -> Kwestie:
    made: Kwestie = seed.act(
        "hand_over",
        kwestie,
        door,
        medewerker_id=people.ident(naar) if naar else None,
        reden=reden,
    )
    return made


def share(kwestie: Kwestie, met: str, door: str = "anna", **over: Any) -> CaseGrant:
    made: CaseGrant = seed.act(
        "share_kwestie",
        kwestie,
        door,
        medewerker_id=people.ident(met),
        **{"niveau": "LEZEN", "reden": "MEEDENKEN", "tot": dag(7), **over},
    )
    return made


def share_again(deling: CaseGrant, **over: Any) -> CaseGrant:
    """The same share with other values, in its place; also those a service refuses."""
    rows = CaseGrant.objects.filter(tenant_id=deling.tenant_id)
    with acting_as(people.wie("anna").scope(deling.tenant_id)):
        rows.filter(pk=deling.pk).update(ingetrokken_op=timezone.now())
        made: CaseGrant = rows.get(pk=deling.pk)
        made.ingetrokken_op, made.pk = None, uuid4()
        for naam, value in over.items():
            setattr(made, naam, value)
        made.save(force_insert=True)
    return made


def substitute(
    afwezige: str = "anna",
    vervanger: str = "bram",
    van: int = 0,
    tot: int = 7,
    *,
    tenant_id: int = 1,
    door: str = "chantal",
) -> Plaatsvervanging:
    """A window in days from today, past ones too, so past the service."""
    with acting_as(people.wie(door).scope(tenant_id)):
        return Plaatsvervanging.objects.create(
            tenant_id=tenant_id,
            afwezige_id=people.ident(afwezige),
            vervanger_id=people.ident(vervanger),
            van=dag(van),
            tot=dag(tot),
            besluit="Teamoverleg",
            door_id=people.ident(door),
        )


def relieve(naam: str, door: str = "dewi", **over: Any) -> int:
    wie = people.wie(door)
    with acting_as(wie.scope(1)):
        return services.relieve(
            actor=wie,
            tenant_id=1,
            medewerker_id=people.ident(naam),
            reden=over.pop("reden", "ONTHEVEN"),
            **over,
        )


def events(monkeypatch: Any) -> list[dict[str, Any]]:
    """Audit events from here on; no role of the product can read them back."""
    seen: list[dict[str, Any]] = []
    real = AuditEvent.save

    def save(self: AuditEvent, **kwargs: Any) -> None:
        seen.append(
            {
                "gebeurtenis": self.gebeurtenis,
                "actor": self.actor_id,
                "ids": list(self.onderwerp_ids),
                "grond": self.grond,
                "extra": self.extra,
            }
        )
        real(self, **kwargs)

    monkeypatch.setattr(AuditEvent, "save", save)
    return seen


def about(seen: list[dict[str, Any]], pk: UUID) -> list[tuple[str, str]]:
    """(event, ground) of what was recorded about this row."""
    return [(e["gebeurtenis"], e["grond"]) for e in seen if pk in e["ids"]]
