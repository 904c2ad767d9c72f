"""Who does not know where to be: the national door, and from there to a tenant (S76)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from cases.models import Aanmelding, Loketbericht
from cases.services import KwestieError, aanmeldingen
from cases.services.doorsturen import send_on
from cases.services.loket import Zending, come_back, sent_on, write_back
from privacy.loketcode import Loketcode
from privacy.models import AuditEvent
from tenants.access import Refused
from tenants.models import Loket
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import loket as door

pytestmark = pytest.mark.django_db
HIER, DAAR = 2, 1  # the national door stands at Wulpenhorst here


@pytest.fixture
def visitor() -> Browser:
    return people.browser(None)


@pytest.fixture
def landelijk(settings: Any) -> Loket:
    """Both doors are open; that of Wulpenhorst is the national one."""
    door.open_door()
    settings.LOKET_LANDELIJK = "wulpenhorst"
    return door.open_door("wulpenhorst", "teun")


def on(code: Loketcode, naar: str = "arnhem", wie: str = "teun", **over: Any) -> None:
    actor = people.wie(wie)
    given: dict[str, Any] = {"tenant_id": HIER, "is_met_toestemming": False, **over}
    with acting_as(actor.scope(given["tenant_id"])):
        send_on(actor=actor, aanmelding_id=code.id, naar=naar, **given)


def arrived(code: Loketcode) -> Zending:
    """What the team of Arnhem reads."""
    with acting_as(people.wie("chantal").scope(DAAR)):
        row = Aanmelding.objects.get(tenant_id=DAAR, pk=sent_on(code.id, DAAR))
        return aanmeldingen.contents(row)


def test_s076_who_does_not_know_asks_nationally_and_is_answered_where_it_belongs(
    landelijk: Loket, visitor: Browser
) -> None:
    found = visitor.get("/loket/").text
    assert 'href="/loket/bij/wulpenhorst/"' in found
    assert "Wij zoeken het uit" in visitor.get("/loket/bij/wulpenhorst/").text
    code = door.ask(landelijk)
    with acting_as(Scope("public")):
        write_back(code, uuid4(), "Ik woon in Arnhem.")
    teun = people.browser("teun")
    page = f"/t/wulpenhorst/aanmeldingen/{code.id}/"
    assert "Vraag doorsturen" in teun.get(page).text
    assert teun.post(page, {"naar": ""}).status_code == 422
    assert teun.post(page, {"naar": "arnhem"}).status_code == 302
    assert teun.get(page).status_code == 404

    assert arrived(code).vraag == door.VRAAG
    with acting_as(people.wie("teun").scope(HIER)):
        row = Aanmelding.objects.get(tenant_id=HIER)
        assert (row.naar_id, row.inhoud) == (DAAR, None)
        assert Loketbericht.objects.filter(tenant_id=HIER).count() == 0
    # At Arnhem it goes on as every other question; her code still works.
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(DAAR)):
        kwestie = aanmeldingen.take_up(
            actor=chantal,
            tenant_id=DAAR,
            aanmelding_id=sent_on(code.id, DAAR),
            codering=door.CODES,
        )
        assert [one.tekst for one in aanmeldingen.read_messages(kwestie)] == [
            "Ik woon in Arnhem."
        ]
    with acting_as(Scope("public")):
        write_back(code, uuid4(), "Dank u.")
        draad = come_back(code)
    assert draad is not None
    assert (draad.tenant_id, draad.is_opgenomen) == (DAAR, True)
    assert [one.tekst for one in draad.berichten] == ["Ik woon in Arnhem.", "Dank u."]


@pytest.mark.parametrize("is_met_toestemming", [False, True])
def test_s076_a_name_goes_along_only_when_the_sender_agreed(
    landelijk: Loket, is_met_toestemming: bool
) -> None:
    code = door.ask(landelijk, naam="Truus", telefoon="06 12345678")
    on(code, is_met_toestemming=is_met_toestemming)
    got = arrived(code)
    assert got.vraag == door.VRAAG
    expected = ("Truus", "06 12345678") if is_met_toestemming else ("", "")
    assert (got.naam, got.telefoon) == expected


def test_only_the_team_of_the_national_door_sends_on_and_only_to_an_open_one(
    landelijk: Loket,
) -> None:
    code = door.ask(landelijk)
    for naar in ("wulpenhorst", "nergens"):
        with pytest.raises(KwestieError, match="open is"):
            on(code, naar)
    with pytest.raises(Refused):
        on(code, wie="nadia")
    here = door.door_now()
    assert here is not None
    mine = door.ask(here)
    with pytest.raises(Refused):  # not at a door that somebody chose herself
        on(mine, "wulpenhorst", "chantal", tenant_id=DAAR)
    assert "Vraag doorsturen" not in (
        people.browser("chantal").get(f"/t/arnhem/aanmeldingen/{mine.id}/").text
    )
    on(code)
    with pytest.raises(KwestieError, match="al opgenomen"):
        on(code)


def test_it_is_on_record_at_both_and_says_nothing_of_the_text(
    landelijk: Loket, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[AuditEvent] = []
    original = AuditEvent.save

    def note(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        noted.append(self)
        original(self, *args, **kwargs)

    code = door.ask(landelijk)
    monkeypatch.setattr(AuditEvent, "save", note)
    on(code)
    assert [(one.gebeurtenis, one.tenant_id) for one in noted] == [
        ("aanmelding_ontvangen", DAAR),
        ("aanmelding_doorgestuurd", HIER),
    ]
    assert door.VRAAG not in str([vars(one) for one in noted])


def test_postgresql_holds_that_what_was_sent_on_stays_so(landelijk: Loket) -> None:
    code = door.ask(landelijk)
    on(code)
    with acting_as(people.wie("teun").scope(HIER)):
        rows = Aanmelding.objects.filter(tenant_id=HIER, pk=code.id)
        for change in ({"naar_id": None}, {"inhoud": b"x"}):
            with pytest.raises(IntegrityError, match="aanmelding_staat_vast"):
                with transaction.atomic():
                    rows.update(**change)
    other = door.ask(landelijk)
    with acting_as(people.wie("teun").scope(HIER)):
        fresh = Aanmelding.objects.filter(tenant_id=HIER, pk=other.id)
        with pytest.raises(IntegrityError, match="aanmelding_opgenomen"):
            with transaction.atomic():
                fresh.update(naar_id=DAAR)  # and keeps the text


def test_without_a_national_door_the_page_says_whom_to_call(visitor: Browser) -> None:
    door.open_door()
    page = visitor.get("/loket/").text
    assert "landelijke loket" not in page
    assert "Bel uw gemeente" in page
