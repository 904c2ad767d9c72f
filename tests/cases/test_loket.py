"""The door of visitors: asked without an account, answered, read with a code.

S39, S48, S65, S74, S76, S92, S161, S165.
"""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from adviespunt import embedded
from cases.models import Aanmelding, Client, Kwestie, Loketbericht, Loketsleutel
from cases.selectors.dag import day_of
from cases.selectors.loket import waiting_for_team
from cases.services import KwestieError, aanmeldingen
from cases.services.loket import come_back, write_back
from cases.services.vernietigen import empty_bin
from cases.services.wissen import erase_kwesties
from privacy.loketcode import code_for, read
from privacy.models import AuditEvent, Sleutel
from tenants.models import Loket
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import loket as door
from tests.cases import seed
from tests.cases.test_prullenbak_sql import mark

pytestmark = pytest.mark.django_db
MELDEN = "/loket/bij/arnhem/"
TERUG = "/loket/terug/"
ANTWOORD = "U mag een besluit vragen. Wij helpen u met de brief."


@pytest.fixture
def visitor() -> Browser:
    return people.browser(None)


def code_on(body: bytes) -> str:
    (found,) = re.findall(r"(?:[2-9A-Z]{3}-){6}[2-9A-Z]{3}", body.decode())
    return str(found)


def as_visitor() -> Any:
    return acting_as(Scope("public"))


def answer(kwestie: Kwestie, tekst: str = ANTWOORD, door: str = "anna") -> None:
    wie = people.wie(door)
    with acting_as(wie.scope(kwestie.tenant_id)):
        aanmeldingen.answer(
            actor=wie,
            tenant_id=kwestie.tenant_id,
            kwestie_id=kwestie.pk,
            tekst=tekst,
            bericht_id=uuid4(),
        )


def read_as(naam: str, kwestie: Kwestie) -> list[str]:
    with acting_as(people.wie(naam).scope(kwestie.tenant_id)):
        return [een.tekst for een in aanmeldingen.read_messages(kwestie)]


# ------------------------------------------------------------------------------ asking


def test_s074_a_question_and_nothing_else_is_enough(visitor: Browser) -> None:
    door.open_door()
    sent = visitor.post(MELDEN, door.posted())
    assert sent.status_code == 200
    code = read(code_on(sent.content))
    assert code is not None
    with acting_as(people.wie("chantal").scope(1)):
        row = Aanmelding.objects.get(tenant_id=1, pk=code.id)
        zending = aanmeldingen.contents(row)
    assert (zending.vraag, zending.naam, zending.telefoon) == (door.VRAAG, "", "")


def test_s065_the_form_asks_five_things_at_most_and_says_what_one_must_know(
    visitor: Browser,
) -> None:
    door.open_door()
    page = visitor.get(MELDEN)
    body = " ".join(page.content.decode().split())
    asked = {"vraag", "soort", "rol", "telefoon", "naam"}
    fields = set(re.findall(r'name="([a-z_]+)"', body.partition("<main")[2]))
    assert fields - {"csrfmiddlewaretoken", "token", "website"} == asked
    assert page.headers["Cache-Control"] == "no-store, private"
    for said in (
        "Onze hulp is gratis",  # S48
        "Wij behandelen uw klacht niet zelf. Wij helpen u ermee",  # S92
        "bel 112",  # S161
        "0800-2000",
        "betaalt ons en ziet niet wat u schrijft",
        "Wat u leest over wie_betaalt.",  # S165
    ):
        assert said in body


def test_without_a_question_or_half_of_a_number_nothing_is_sent(
    visitor: Browser,
) -> None:
    door.open_door()
    for wrong in (
        {"vraag": " "},
        {"naam": "Truus"},
        {"telefoon": "06"},
        {"website": "https://x.example"},
        {"token": "kort"},
        {"vraag": "a" * 4001},
    ):
        assert visitor.post(MELDEN, door.posted(**wrong)).status_code == 422, wrong
    with acting_as(people.wie("chantal").scope(1)):
        assert Aanmelding.objects.filter(tenant_id=1).count() == 0


def test_the_same_form_sent_twice_is_one_question_with_one_code(
    visitor: Browser,
) -> None:
    door.open_door()
    form = door.posted()
    first, second = (visitor.post(MELDEN, form) for _each in range(2))
    assert code_on(first.content) == code_on(second.content)
    with acting_as(people.wie("chantal").scope(1)):
        assert Aanmelding.objects.filter(tenant_id=1).count() == 1


def test_a_form_of_long_ago_does_not_show_its_code_again(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.open_door()
    form = door.posted()
    code = code_on(visitor.post(MELDEN, form).content)
    monkeypatch.setattr("cases.services.loket.DUBBEL", timedelta(0))
    again = visitor.post(MELDEN, form)
    assert again.status_code == 422
    assert code not in again.content.decode()


def test_s076_the_national_door_leads_to_the_tenant_and_says_what_else_to_do(
    visitor: Browser,
) -> None:
    door.open_door()
    found = visitor.get("/loket/", {"waar": "arnh"}).content.decode()
    assert f'href="{MELDEN}"' in found
    missing = visitor.get("/loket/", {"waar": "Lutjebroek"}).content.decode()
    assert MELDEN not in missing
    assert "Bel uw gemeente en vraag naar onafhankelijke cliëntondersteuning" in missing
    assert "Wulpenhorst" not in visitor.get("/loket/").content.decode()  # no page yet


# ------------------------------------------------------------------------------- open?


def test_s165_the_door_opens_only_when_the_public_page_is_complete() -> None:
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(1)), pytest.raises(KwestieError, match="publieke"):
        aanmeldingen.open_loket(actor=chantal, tenant_id=1)
    assert door.door_now() is None
    assert people.browser(None).get(MELDEN).status_code == 404
    assert people.browser("chantal").post("/t/arnhem/loket/").status_code == 422

    door.establish_page()
    shut = people.browser(None).get(MELDEN).content.decode()
    assert "Wat u leest over bereikbaar." in shut
    assert "<textarea" not in shut
    done = people.browser("chantal").post("/t/arnhem/loket/", {"stand": "open"})
    assert done.status_code == 302
    assert "<textarea" in people.browser(None).get(MELDEN).content.decode()

    people.browser("chantal").post("/t/arnhem/loket/", {"stand": "dicht"})
    sent = people.browser(None).post(MELDEN, door.posted())
    assert "Wat u leest over bereikbaar." in sent.content.decode()
    with acting_as(chantal.scope(1)):
        assert Aanmelding.objects.filter(tenant_id=1).count() == 0


# ------------------------------------------------------------------------ taken, answered


def test_s039_a_neighbour_asks_for_somebody_else_and_the_kwestie_says_so(
    visitor: Browser,
) -> None:
    """What she chose is what the form of the team begins with, and what is kept."""
    door.open_door()
    sent = visitor.post(MELDEN, door.posted(rol="BURGER", soort="ONVREDE"))
    code = read(code_on(sent.content))
    assert code is not None
    chantal = people.browser("chantal")
    page = f"/t/arnhem/aanmeldingen/{code.id}/"
    form = chantal.get(page).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    assert (filled["rol"], filled["soort"]) == ("BURGER", "ONVREDE")
    done = chantal.post(page, {**filled, "aard": "ORG", "wet": "WMO"})
    assert done.status_code == 302
    with acting_as(people.wie("chantal").scope(1)):
        kwestie = Kwestie.objects.get(tenant_id=1)
        assert (kwestie.rol, kwestie.identiteitsstatus) == ("BURGER", "ANONIEM")


def test_v7_an_anonymous_question_becomes_an_anonymous_kwestie_of_nobody() -> None:
    code = door.ask(door.open_door(), soort="KLACHT")
    with acting_as(people.wie("chantal").scope(1)):
        (een,) = waiting_for_team(people.wie("chantal"), 1)
        assert een.id == code.id
    made = door.take_up(code, naar="")
    assert (made.status, made.ondersteuner_id, made.kanaal) == ("NIEUW", None, "WEB")
    assert made.identiteitsstatus == "ANONIEM"
    assert seed.seen(made).toelichting == door.VRAAG
    with acting_as(people.wie("chantal").scope(1)):
        row = Aanmelding.objects.get(tenant_id=1, pk=code.id)
        assert made.aangemaakt_op == row.ontvangen_op  # the norm counts from there
        assert Client.objects.filter(tenant_id=1).count() == 0
        assert waiting_for_team(people.wie("chantal"), 1) == []


def test_only_who_wants_to_be_called_is_known_by_name() -> None:
    loket = door.open_door()
    code = door.ask(loket, naam="Truus", telefoon="06 12345678")
    made = door.take_up(code)
    assert made.identiteitsstatus == "BEKEND"
    with acting_as(people.wie("anna").scope(1)):
        client = Client.objects.get(tenant_id=1)
        assert (client.naam, client.telefoon) == ("Truus", "06 12345678")


def test_s174_what_waits_longer_than_a_working_day_is_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = door.ask(door.open_door())
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(1)):
        (een,) = waiting_for_team(chantal, 1)
        assert not een.is_te_laat
        later = timezone.now() + timedelta(days=5)
        with monkeypatch.context() as clock:
            clock.setattr("cases.selectors.loket.timezone.now", lambda: later)
            (late,) = waiting_for_team(chantal, 1)
        assert late.is_te_laat
    page = people.browser("chantal").get("/team/").content.decode()
    assert f"/t/arnhem/aanmeldingen/{code.id}/" in page
    assert door.VRAAG not in page


def test_the_sender_reads_the_answer_with_the_code_and_adds_something(
    visitor: Browser,
) -> None:
    code = door.ask(door.open_door())
    nothing = visitor.post(TERUG, {"code": str(code)}).content.decode()
    assert "Er is nog geen antwoord" in nothing
    kwestie = door.take_up(code)
    answer(kwestie)
    typed = str(code).lower().replace("-", " ")
    page = visitor.post(TERUG, {"code": typed})
    assert ANTWOORD in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"

    form = {"code": str(code), "bericht_id": str(uuid4()), "bericht": "Dank u wel."}
    for _each in range(2):
        assert "Dank u wel." in visitor.post(TERUG, form).content.decode()
    anna = people.wie("anna")
    with acting_as(anna.scope(1)):
        assert [een.id for een in day_of(anna).berichten] == [kwestie.pk]
    assert kwestie.nummer in people.browser("anna").get("/dag/").content.decode()
    shown = people.browser("anna").get(f"/t/arnhem/kwesties/{kwestie.pk}/melder/")
    assert "Dank u wel." in shown.content.decode()
    with acting_as(anna.scope(1)):
        assert day_of(anna).berichten == []


def test_what_is_added_before_it_was_taken_up_goes_along() -> None:
    code = door.ask(door.open_door())
    with as_visitor():
        write_back(code, uuid4(), "Het gaat om mijn moeder.")
    kwestie = door.take_up(code)
    assert read_as("anna", kwestie) == ["Het gaat om mijn moeder."]


def test_only_who_has_the_kwestie_answers() -> None:
    kwestie = door.take_up(door.ask(door.open_door()))
    page = f"/t/arnhem/kwesties/{kwestie.pk}/melder/"
    sent = {"tekst": "X", "bericht_id": str(uuid4())}
    for naam in ("chantal", "gerard"):
        assert people.browser(naam).post(page, sent).status_code == 404
    anna = people.browser("anna")
    form = {"tekst": ANTWOORD, "bericht_id": str(uuid4())}
    assert anna.post(page, {**form, "tekst": ""}).status_code == 422
    for _each in range(2):
        assert anna.post(page, form).status_code == 302
    assert read_as("anna", kwestie) == [ANTWOORD]


def test_what_is_no_question_is_removed_and_its_code_is_of_nobody() -> None:
    code = door.ask(door.open_door())
    with as_visitor():
        write_back(code, uuid4(), "Koop nu!")
    chantal = people.browser("chantal")
    page = f"/t/arnhem/aanmeldingen/{code.id}/weg/"
    assert chantal.post(page, {}).status_code == 422
    assert chantal.post(page, {"reden": "GEEN_VRAAG"}).status_code == 302
    assert chantal.get(page).status_code == 404
    with as_visitor():
        assert come_back(code) is None


def test_a_question_that_two_take_up_at_once_is_one_kwestie() -> None:
    code = door.ask(door.open_door())
    door.take_up(code)
    with pytest.raises(KwestieError, match="al opgenomen"):
        door.take_up(code)


# ----------------------------------------------------------------------------- a wrong code


def test_a_slip_is_told_and_a_code_of_nobody_is_not_known(visitor: Browser) -> None:
    code = door.ask(door.open_door())
    slip = str(code)[:-1] + ("2" if str(code)[-1] != "2" else "3")
    told = visitor.post(TERUG, {"code": slip})
    assert told.status_code == 422
    assert "schrijffout" in told.content.decode()
    nobody = code_for(1, "een ander formulier")
    unknown = visitor.post(TERUG, {"code": str(nobody)})
    assert unknown.status_code == 422
    assert "Deze code kennen we niet" in unknown.content.decode()
    form = {"code": str(nobody), "bericht_id": str(uuid4()), "bericht": "Hallo"}
    assert visitor.post(TERUG, form).status_code == 422


# ------------------------------------------------------------------------------- it ends


def test_erasing_the_kwestie_erases_what_was_said_at_the_door() -> None:
    code = door.ask(door.open_door())
    kwestie = door.take_up(code)
    answer(kwestie)
    with acting_as(Scope("staff", None, (1,), 1, (1,))):
        rows = Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk)
        assert erase_kwesties(rows, "ANONIEM") == 1
        assert Aanmelding.objects.filter(tenant_id=1).count() == 0
        assert Loketbericht.objects.filter(tenant_id=1).count() == 0
    with as_visitor():
        assert come_back(code) is None


def test_the_bin_takes_it_along_after_thirty_days() -> None:
    code = door.ask(door.open_door())
    kwestie = door.take_up(code)
    answer(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        mark(kwestie, timezone.now() - timedelta(days=31))
    with acting_as(Scope("job", None, (1,), 1, (1,))):
        assert empty_bin(1)["kwestie"] == [kwestie.pk]
    with as_visitor():
        assert come_back(code) is None


def test_what_nobody_took_up_goes_after_the_term(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loket = door.open_door()
    door.ask(loket)
    taken = door.ask(loket)
    door.take_up(taken)
    with acting_as(Scope("staff", None, (1,), 1, (1,))):
        assert aanmeldingen.forget_old(1) == 0
        monkeypatch.setattr(aanmeldingen, "BEWAARTIJD", timedelta(0))
        assert aanmeldingen.forget_old(1) == 1
        (left,) = Aanmelding.objects.filter(tenant_id=1)
        assert left.pk == taken.id


def test_the_key_of_the_door_changes_and_an_old_one_is_destroyed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loket = door.open_door()
    waiting = door.ask(loket)
    first = loket.sleutel_id
    with acting_as(Scope("staff", None, (1,), 1, (1,))):
        aanmeldingen.renew_key(1)
        assert Loket.objects.get(tenant_id=1).sleutel_id == first
        monkeypatch.setattr(aanmeldingen, "SLEUTELTIJD", timedelta(0))
        aanmeldingen.renew_key(1)
        assert Loket.objects.get(tenant_id=1).sleutel_id != first
        keys = Sleutel.objects.filter(tenant_id=1, soort="loketsleutel")
        assert keys.filter(van=first).exists()  # somebody still waits
    door.take_up(waiting)
    with acting_as(Scope("staff", None, (1,), 1, (1,))):
        aanmeldingen.renew_key(1)
        assert not keys.filter(van=first).exists()
        assert Loketsleutel.objects.filter(tenant_id=1, pk=first).exists()


# ----------------------------------------------------------------------- nothing of the sender


def test_nothing_of_the_sender_is_kept_or_logged(
    visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """No address, no browser, no text and no code: in no table and in no log line."""
    door.open_door()
    signs = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Kanarie/7.1"}
    with caplog.at_level("DEBUG"):
        sent = visitor.post(MELDEN, door.posted(), **signs)
        code = code_on(sent.content)
        visitor.post(TERUG, {"code": code}, **signs)
        visitor.post(TERUG, {"code": code[:-1]}, **signs)
    written = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name != "django.db.backends"  # of tests only: DEBUG is on
    )
    rows = everything_seen()
    found = read(code)
    assert found is not None
    for secret in ("203.0.113.77", "Kanarie", door.VRAAG, code, found.teken):
        assert secret not in written
        assert secret not in rows
    assert b64encode(door.VRAAG.encode()).decode() not in rows


def test_no_server_in_front_writes_down_who_came() -> None:
    for name in ("Dockerfile", "docker-compose.yml", "deploy/Caddyfile"):
        text = (embedded.ROOT / name).read_text()
        assert re.findall(r"access-?log|^\s*log\b", text, re.IGNORECASE | re.M) == []


def everything_seen() -> str:
    """What staff and the record hold of it, as text."""
    with acting_as(people.wie("chantal").scope(1)):
        found: list[Any] = list(Aanmelding.objects.filter(tenant_id=1).values())
    with acting_as(Scope("audit", people.ident("frits"), (1,))):
        found += list(AuditEvent.objects.values())
    assert len(found) > 2
    return "\n".join(str(row) for row in found)
