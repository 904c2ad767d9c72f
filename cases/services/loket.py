"""What a visitor can do without an account: send a question, come back, add to it.

Invariant: a visitor works in the scope of the one row that her code names
(``Scope("public", code.id)``); what she writes is sealed before it is stored, and of
who she is nothing is asked by this module: no address and no browser reach it (V7).
A code that is of nobody costs what a code of somebody costs; a code of somebody opens
however many others are being guessed.

Guarded by tests/cases/test_loket.py and test_loket_sql.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.logboek import loket as logboek
from cases.models import Aanmelding, Loketbericht
from cases.services.loketdrempel import (
    BERICHTEN,
    CODES,
    ZENDINGEN,
    ZENDINGEN_HIER,
    TeDruk,
    add,
    room_for,
    tally,
)
from cases.services.regels import KwestieError
from privacy.brievenbus import post, take_out
from privacy.loketcode import Loketcode, code_for, keyed_id
from tenants.models import Loket
from tenants.scope import Scope, acting_as

# So long a form that is sent twice shows its code again.
DUBBEL = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Zending:
    """What the form asks: five answers, of which one is needed."""

    vraag: str
    soort: str = ""
    rol: str = ""
    naam: str = ""
    telefoon: str = ""


@dataclass(frozen=True, slots=True)
class Bericht:
    """A message as the sender reads it."""

    op: datetime
    is_van_ons: bool
    tekst: str


@dataclass(frozen=True, slots=True)
class Draad:
    """What there is behind a code."""

    tenant_id: int
    ontvangen_op: datetime
    is_opgenomen: bool
    berichten: list[Bericht]


def place(soort: str, tenant_id: int, pk: UUID, voor: str) -> tuple[object, ...]:
    """Where a letter belongs: soort is ``aanmelding`` or ``bericht``."""
    return f"loket {soort}", tenant_id, pk.hex, voor


def scope_of(code: Loketcode) -> Scope:
    """A visitor with a code: of one row, in one tenant."""
    return Scope("public", code.id, (code.tenant_id,), code.tenant_id)


def sent_on(aanmelding_id: UUID, naar: int) -> UUID:
    """The id at tenant ``naar`` of what was sent on from the national door: its code
    leads there, and from there nothing leads back.
    """
    return keyed_id(f"doorgestuurd {naar}", aanmelding_id.hex)


def _where(code: Loketcode) -> Scope:
    """The scope of the row to which this code leads: its own, or where it was sent."""
    here = scope_of(code)
    with acting_as(here):
        mine = Aanmelding.objects.filter(tenant_id=code.tenant_id, pk=code.id)
        naar = mine.values_list("naar_id", flat=True).first()
    if naar is None:
        return here
    return Scope("public", sent_on(code.id, naar), (naar,), naar)


def send(loket: Loket, token: str, zending: Zending) -> Loketcode:
    """Keep the question and give its code. The same form sent twice is one question.

    Raises TeDruk, KwestieError (shut, or sent before and too long ago).
    """
    if not loket.is_open or loket.publiek is None or loket.sleutel_id is None:
        raise KwestieError(_("Dit loket is op dit moment dicht. Bel ons."))
    tellers = [
        room_for("zending", ZENDINGEN),
        room_for(f"zending:{loket.tenant_id}", ZENDINGEN_HIER),
    ]
    code = code_for(loket.tenant_id, token)
    with acting_as(scope_of(code)):
        if _sent_before(code):
            return code
        publiek = bytes(loket.publiek)
        where = place("aanmelding", code.tenant_id, code.id, "team")
        made = Aanmelding(
            id=code.id,
            tenant_id=code.tenant_id,
            melder_publiek=code.publiek,
            loketsleutel_id=loket.sleutel_id,
            team_publiek=publiek,
            inhoud=post(publiek, json.dumps(asdict(zending)), *where),
        )
        Aanmelding.objects.bulk_create([made], ignore_conflicts=True)
    with acting_as(Scope("public", None, (code.tenant_id,))):
        logboek.aanmelding_ontvangen(code.tenant_id, code.id)
    for teller in tellers:
        add(teller)
    return code


def _sent_before(code: Loketcode) -> bool:
    rows = Aanmelding.objects.filter(tenant_id=code.tenant_id, pk=code.id)
    since = rows.values_list("ontvangen_op", flat=True).first()
    if since is None:
        return False
    if timezone.now() - since > DUBBEL:
        raise KwestieError(
            _(
                "Dit formulier is al verstuurd. Wilt u nog iets vragen? Gebruik uw code"
                " of begin een nieuw formulier."
            )
        )
    return True


def come_back(code: Loketcode) -> Draad | None:
    """What was said, for who has the code; None when the code is of nobody.

    Counts the codes that are of nobody. Raises TeDruk for one of those when there were
    too many; never for a code of somebody.
    """
    secret = code.geheim
    where = _where(code)
    tenant_id, pk = where.tenant or 0, where.user_id or code.id
    with acting_as(where):
        mine = Aanmelding.objects.filter(tenant_id=tenant_id, pk=pk)
        found = mine.values_list("ontvangen_op", "opgenomen_op").first()
        said = Loketbericht.objects.filter(
            tenant_id=tenant_id, aanmelding_id=pk
        ).order_by("op", "id")
        columns = ("id", "op", "is_van_ons", "voor_melder")
        rows = list(said.values_list(*columns))
    minuten = tally("code", CODES, found is None)
    if found is None:
        if minuten:
            raise TeDruk(minuten)
        return None
    berichten = [
        Bericht(
            op,
            is_van_ons,
            take_out(secret, bytes(blob), *place("bericht", tenant_id, one, "melder")),
        )
        for one, op, is_van_ons, blob in rows
    ]
    return Draad(tenant_id, found[0], found[1] is not None, berichten)


def write_back(code: Loketcode, bericht_id: UUID, tekst: str) -> None:
    """Add a message to what was sent; once for each ``bericht_id``.

    Only for a code that ``come_back`` knows. Raises TeDruk.
    """
    where = _where(code)
    tenant_id, pk = where.tenant or 0, where.user_id or code.id
    with acting_as(where):
        mine = Aanmelding.objects.filter(tenant_id=tenant_id, pk=pk)
        (publiek, melder) = mine.values_list("team_publiek", "melder_publiek").get()
        said = Loketbericht.objects.filter(
            tenant_id=tenant_id, aanmelding_id=pk, is_van_ons=False
        )
        if said.filter(pk=bericht_id).exists():
            return
        since = timezone.now() - BERICHTEN.venster
        if said.filter(op__gt=since).count() >= BERICHTEN.hoogstens:
            raise TeDruk(24 * 60)
        made = letter(tenant_id, pk, bericht_id, tekst, publiek, melder)
        Loketbericht.objects.bulk_create([made], ignore_conflicts=True)
    with acting_as(Scope("public", None, (tenant_id,))):
        logboek.loketbericht_ontvangen(tenant_id, pk)


def letter(
    tenant_id: int,
    aanmelding_id: UUID,
    bericht_id: UUID,
    tekst: str,
    team: bytes | memoryview,
    melder: bytes | memoryview,
) -> Loketbericht:
    """A message sealed for both sides; not saved, and of the sender."""
    return Loketbericht(
        id=bericht_id,
        tenant_id=tenant_id,
        aanmelding_id=aanmelding_id,
        voor_team=post(
            bytes(team), tekst, *place("bericht", tenant_id, bericht_id, "team")
        ),
        voor_melder=post(
            bytes(melder), tekst, *place("bericht", tenant_id, bericht_id, "melder")
        ),
    )
