"""Requests about one's data for tests, made by the services."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cases.models import AvgVerzoek, Kwestie
from cases.services import avg
from cases.services.avg import Verzoek
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

NAAM = "Truus van Kleef-Zandbergen"


def named(**over: Any) -> Kwestie:
    """A kwestie of a client on record by name."""
    who = {"identiteitsstatus": "BEKEND", "naam": NAAM, **over}
    return seed.register(**who)


def ask(kwestie: Kwestie | None, soort: str = "INZAGE", **over: Any) -> AvgVerzoek:
    """Registered by Anna for a kwestie, by Frits (FG) without one."""
    wie = people.wie("anna" if kwestie else "frits")
    given: dict[str, Any] = {
        "soort": soort,
        "ontvangen_op": timezone.localdate(),
        "vraag": "Wat weten jullie van mij?",
        "bereik": "Bellen na zessen.",
        **over,
    }
    with acting_as(wie.scope(1)):
        return avg.register_verzoek(
            actor=wie,
            tenant_id=1,
            kwestie_id=kwestie.pk if kwestie else None,
            verzoek=Verzoek(**given),
        )


def carry(verb: str, row: AvgVerzoek, naam: str, **given: Any) -> AvgVerzoek:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        done: AvgVerzoek = getattr(avg, verb)(
            actor=wie, tenant_id=1, pk=row.pk, **given
        )
        return seed.readable(done)  # type: ignore[no-any-return]


def decided(row: AvgVerzoek, uitkomst: str = "INGEWILLIGD", **over: Any) -> AvgVerzoek:
    """Established by Anna, decided by Frits, told by Anna."""
    carry("establish_identity", row, "anna", vaststelling="BEKEND")
    given = {"uitkomst": uitkomst, "motivering": "Het mag.", **over}
    carry("decide_verzoek", row, "frits", **given)
    return carry("tell_person", row, "anna", op=timezone.localdate())


def executed(row: AvgVerzoek, **over: Any) -> AvgVerzoek:
    given = {"tekst": "Gedaan.", "ontvangers": "NVT", **over}
    return carry("execute_verzoek", row, "anna", **given)
