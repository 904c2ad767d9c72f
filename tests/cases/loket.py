"""A door of visitors that is open, and questions that came in there."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from typing import Any
from uuid import UUID

from cases.models import Aanmelding, Kwestie
from cases.selectors.loket import door_at
from cases.services import aanmeldingen
from cases.services.aanmeldingen import Codering
from cases.services.loket import Zending, place, send
from privacy.brievenbus import new_secret, post, public_half
from privacy.loketcode import Loketcode
from tenants.beheer import pagina
from tenants.models import Loket, Publiekepagina
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed

TEKSTEN = {veld: f"Wat u leest over {veld}." for veld in Publiekepagina.TEKSTEN}
VRAAG = "Ik wacht al zes weken op een antwoord van de gemeente."
CODES = Codering(soort="ONVREDE", aard="ORG", wet="WMO", rol="CLIENT")


def establish_page(slug: str = "arnhem") -> None:
    """The public page of the tenant holds from now (S165)."""
    dewi, tenant_id = people.wie("dewi"), people.tenant_id(slug)
    with acting_as(dewi.scope(tenant_id)):
        pagina.save_draft(actor=dewi, tenant_id=tenant_id, teksten=TEKSTEN)
        pagina.establish(actor=dewi, tenant_id=tenant_id)


def door_now(slug: str = "arnhem") -> Loket | None:
    with acting_as(Scope("public")):
        return door_at(slug)


def open_door(slug: str = "arnhem", door: str = "chantal") -> Loket:
    """With a complete page, opened by who leads the team."""
    establish_page(slug)
    wie, tenant_id = people.wie(door), people.tenant_id(slug)
    with acting_as(wie.scope(tenant_id)):
        return aanmeldingen.open_loket(actor=wie, tenant_id=tenant_id)


def token() -> str:
    return secrets.token_urlsafe(18)


def ask(loket: Loket, vraag: str = VRAAG, **more: Any) -> Loketcode:
    """A visitor sends this."""
    with acting_as(Scope("public")):
        return send(loket, token(), Zending(vraag=vraag, **more))


def ask_with_id(loket: Loket, pk: UUID) -> None:
    """The same under a fixed id, of a code that nobody has."""
    publiek = bytes(loket.publiek or b"")
    where = place("aanmelding", loket.tenant_id, pk, "team")
    row = Aanmelding(
        id=pk,
        tenant_id=loket.tenant_id,
        loketsleutel_id=loket.sleutel_id,
        melder_publiek=public_half(new_secret()),
        team_publiek=publiek,
        inhoud=post(publiek, json.dumps(asdict(Zending(vraag=VRAAG))), *where),
    )
    with acting_as(Scope("public", pk, (loket.tenant_id,), loket.tenant_id)):
        Aanmelding.objects.bulk_create([row])


def take_up(code: Loketcode, naar: str = "anna", door: str = "chantal") -> Kwestie:
    """The team makes it a kwestie, and it is hers."""
    wie = people.wie(door)
    with acting_as(wie.scope(code.tenant_id)):
        made = aanmeldingen.take_up(
            actor=wie, tenant_id=code.tenant_id, aanmelding_id=code.id, codering=CODES
        )
    return seed.assign(made, naar) if naar else made


def posted(**over: Any) -> dict[str, str]:
    """What a browser sends of the form."""
    return {"token": token(), "vraag": VRAAG, "website": "", **over}
