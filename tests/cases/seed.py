"""Kwesties for tests of casework, made the way people make them: by the services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from cases import services
from cases.models import Kwestie, Status, new_nummer
from cases.services import Registratie
from privacy.fields import unlock
from tenants.access import Wie
from tenants.scope import acting_as
from tests import people

SEVEN: dict[str, Any] = {
    "datum": date(2025, 3, 5),
    "kanaal": "TEL",
    "soort": "ONVREDE",
    "aard": "FIN",
    "wet": "WMO",
    "rol": "CLIENT",
    "identiteitsstatus": "ANONIEM",
}
# What a browser sends for the same seven.
POSTED = {**SEVEN, "datum": "05-03-2025"}
NAAM = "Truus van Kleef-Zandbergen"


def registratie(**over: Any) -> Registratie:
    return Registratie(**{**SEVEN, **over})


def register(
    door: str = "anna", slug: str = "arnhem", pk: UUID | None = None, **over: Any
) -> Kwestie:
    """A kwestie of this person, registered by her."""
    wie = people.known(door)
    tenant_id = people.tenant_id(slug)
    with acting_as(wie.scope(tenant_id)):
        return services.register_kwestie(
            actor=wie,
            tenant_id=tenant_id,
            kwestie_id=pk or uuid4(),
            gegevens=registratie(**over),
        )


def like(kwestie: Kwestie, dagen: Iterable[date], door: str = "anna") -> None:
    """An assigned kwestie like this one on each of these days, for lists: in two
    statements, as one has to begin as NIEUW.
    """
    columns = {f.attname: getattr(kwestie, f.attname) for f in Kwestie._meta.fields}
    prefix = kwestie.nummer.partition("-")[0]
    own = [{"id": uuid4(), "nummer": new_nummer(prefix), "datum": d} for d in dagen]
    with acting_as(people.known(door).scope(kwestie.tenant_id)):
        Kwestie.objects.bulk_create(
            Kwestie(**columns | one | {"status": Status.NIEUW}) for one in own
        )
        Kwestie.objects.filter(
            tenant_id=kwestie.tenant_id, pk__in=[one["id"] for one in own]
        ).update(status=kwestie.status)


def act(verb: str, kwestie: Kwestie, door: str = "anna", **arguments: Any) -> Any:
    """Carry out a service on this kwestie as this person."""
    return act_as(people.wie(door), verb, kwestie, **arguments)


def act_as(wie: Wie, verb: str, kwestie: Kwestie, **arguments: Any) -> Any:
    with acting_as(wie.scope(kwestie.tenant_id)):
        return getattr(services, verb)(
            actor=wie,
            tenant_id=kwestie.tenant_id,
            kwestie_id=kwestie.pk,
            **arguments,
        )


def assign(kwestie: Kwestie, naar: str, door: str = "chantal") -> Kwestie:
    """The teamleider gives it to a colleague."""
    made: Kwestie = act(
        *("hand_over", kwestie, door),
        medewerker_id=people.ident(naar),
        reden="TOEDELING",
    )
    return made


def seen(kwestie: Kwestie, door: str = "chantal") -> Kwestie:
    """The kwestie as it is in the database now."""
    with acting_as(people.known(door).scope(kwestie.tenant_id)):
        return readable(Kwestie.objects.get(tenant_id=kwestie.tenant_id, pk=kwestie.pk))


def readable(row: Any) -> Any:
    """This row, with the keys of its texts fetched: to be read outside its scope."""
    unlock([row])
    return row
