"""Undone within ten seconds, as if it was never done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import services
from cases.models import Contactmoment, Handeling, Kwestie, Prullenbak, Verwijzing
from cases.services import Afronding, KwestieError, Route
from cases.services.handeling import snapshot
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.test_prullenbak import contact, path, throw
from tests.cases.toegang import hand_over

pytestmark = pytest.mark.django_db


def acts(kwestie: Kwestie) -> list[Handeling]:
    with acting_as(people.wie("anna").scope(1)):
        return list(
            Handeling.objects.filter(kwestie_id=kwestie.pk).order_by("-op", "-versie")
        )


def undo(kwestie: Kwestie, door: str = "anna", pk: UUID | None = None) -> None:
    wie = people.wie(door)
    last = pk or acts(kwestie)[0].pk
    with acting_as(wie.scope(1)):
        services.undo(actor=wie, tenant_id=1, handeling_id=last)


def supported(**over: Any) -> Kwestie:
    """In support, of an anonymous client, with a goal and a contact."""
    kwestie = seed.register(activiteiten=("IND.INFO",), **over)
    return started(kwestie)


def started(kwestie: Kwestie) -> Kwestie:
    made: Kwestie = seed.act("start_ondersteuning", kwestie, doel_client="Rust")
    return made


def waiting() -> Kwestie:
    made: Kwestie = seed.act("wait_kwestie", supported(), naar="WACHT_CLIENT")
    return made


def closed() -> Kwestie:
    given = Afronding(
        resultaat="VERWEZEN",
        levensdomein=("WON",),
        minuten=5,
        activiteiten=("IND.LUIST",),
        verwijzing=Route(instantie_type="GEM"),
    )
    made: Kwestie = seed.act("close_kwestie", supported(), afronding=given)
    return made


def reopened() -> Kwestie:
    made: Kwestie = seed.act("reopen_kwestie", closed())
    return made


@pytest.mark.parametrize(
    ("make", "was"),
    [
        (supported, "TOEGEWEZEN"),
        (waiting, "IN_ONDERSTEUNING"),
        (closed, "IN_ONDERSTEUNING"),
        (reopened, "AFGEROND"),
    ],
)
def test_a_change_of_status_is_undone(make: Callable[[], Kwestie], was: str) -> None:
    kwestie = make()
    undo(kwestie)
    assert seed.seen(kwestie).status == was


def test_undoing_the_end_puts_back_all_that_came_with_it() -> None:
    kwestie = supported()
    before = snapshot(seed.seen(kwestie))
    given = Afronding(
        resultaat="VERWEZEN",
        resultaat_toelichting="Naar de gemeente",
        levensdomein=("WON",),
        minuten=5,
        activiteiten=("IND.LUIST",),
        verwijzing=Route(instantie_type="GEM"),
    )
    seed.act("close_kwestie", kwestie, afronding=given)
    undo(kwestie)
    now = seed.seen(kwestie)
    assert snapshot(now) == before
    assert now.activiteiten == ["IND.INFO"]
    with acting_as(people.wie("anna").scope(1)):
        assert Verwijzing.objects.filter(kwestie_id=kwestie.pk).count() == 0
        thrown = Prullenbak.objects.filter(kwestie_id=kwestie.pk)
        assert {row.soort for row in thrown} == {"CONTACT", "VERWIJZING"}


def test_a_reopened_kwestie_has_its_result_again() -> None:
    kwestie = closed()
    seed.act("reopen_kwestie", kwestie)
    undo(kwestie)
    now = seed.seen(kwestie)
    assert (now.status, now.resultaat) == ("AFGEROND", "VERWEZEN")
    assert now.afgerond_op == timezone.localdate()


def test_what_was_added_is_taken_away_and_what_was_thrown_away_comes_back() -> None:
    kwestie = seed.register()
    contact(kwestie)
    undo(kwestie)
    assert seed.seen(kwestie).minuten == 0
    throw(kwestie)
    undo(kwestie)
    assert seed.seen(kwestie).nummer == kwestie.nummer


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.services.ongedaan.timezone.now", lambda: moment)


def test_the_clock_of_the_server_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    kwestie = closed()
    (act, *_others) = acts(kwestie)
    with monkeypatch.context() as patched:
        at(act.op + timedelta(seconds=16), patched)
        with pytest.raises(KwestieError, match="10 seconden"):
            undo(kwestie)
    at(act.op + timedelta(seconds=13), monkeypatch)  # the page was on its way
    undo(kwestie)


def test_it_is_undone_once() -> None:
    kwestie = closed()
    (act, *_others) = acts(kwestie)
    undo(kwestie)
    with pytest.raises(KwestieError, match="al ongedaan"):
        undo(kwestie, pk=act.pk)


def test_nobody_undoes_the_act_of_another() -> None:
    kwestie = closed()
    for naam in ("bram", "chantal", "hanna"):
        with pytest.raises(Refused):
            undo(kwestie, naam)
        answer = people.browser(naam).post(f"/t/arnhem/ongedaan/{acts(kwestie)[0].pk}/")
        assert answer.status_code == 404


def test_what_was_changed_meanwhile_is_not_undone() -> None:
    kwestie = closed()
    (act, *_others) = acts(kwestie)
    contact(kwestie, 3)
    now = seed.seen(kwestie)
    changes = {"toelichting": "Nog iets"}
    seed.act("update_kwestie", kwestie, versie=now.versie, wijzigingen=changes)
    with pytest.raises(KwestieError, match="intussen veranderd"):
        undo(kwestie, pk=act.pk)


def test_the_database_lets_a_status_back_only_along_an_act_that_is_undone() -> None:
    kwestie = closed()
    with (
        pytest.raises(IntegrityError, match="kwestie_overgang"),
        acting_as(people.wie("anna").scope(1)),
        transaction.atomic(),
    ):
        Kwestie.objects.filter(pk=kwestie.pk).update(
            status="IN_ONDERSTEUNING", afgerond_op=None, resultaat=""
        )


def test_who_hands_over_gets_no_button() -> None:
    """A colleague has it already; that is not undone behind her back."""
    kwestie = seed.register()
    hand_over(kwestie, "bram")
    assert acts(kwestie) == []


# ------------------------------------------------------------------------- the button


def test_the_message_has_a_button_that_works_without_javascript() -> None:
    kwestie = supported()
    browser = people.browser("anna")
    data = {"naar": "WACHT_DERDEN"}
    shown = browser.post(path(kwestie, "wacht/"), data, follow=True).content.decode()
    url = f"/t/arnhem/ongedaan/{acts(kwestie)[0].pk}/"
    status = shown.partition('role="status"')[2].partition("</form>")[0]
    assert f'action="{url}"' in status
    assert "Ongedaan maken" in status
    assert "csrfmiddlewaretoken" in status
    answer = browser.post(url, follow=True)
    assert answer.redirect_chain == [(path(kwestie), 302)]
    assert "Ongedaan gemaakt." in answer.content.decode()
    assert seed.seen(kwestie).status == "IN_ONDERSTEUNING"


def test_too_late_says_so() -> None:
    kwestie = supported()
    (act, *_others) = acts(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        late = Handeling(
            tenant_id=1,
            kwestie=kwestie,
            medewerker_id=people.ident("anna"),
            op=act.op - timedelta(seconds=30),
            versie=act.versie,
            van=act.van,
            naar=act.naar,
        )
        late.was = "{}"
        late.save(force_insert=True)
    answer = people.browser("anna").post(f"/t/arnhem/ongedaan/{late.pk}/", follow=True)
    assert "eerste 10 seconden" in answer.content.decode()
    assert seed.seen(kwestie).status == "IN_ONDERSTEUNING"


# --------------------------------------------------------------- sent twice, once made


def form_data(kwestie: Kwestie, sub: str, **typed: Any) -> dict[str, Any]:
    key = people.browser("anna").get(path(kwestie, sub)).context["form"]["sleutel"]
    return {"sleutel": key.value(), **typed}


@pytest.mark.parametrize(
    ("sub", "typed", "related"),
    [
        ("verwijzing/", {"instantie_type": "GEM"}, "verwijzingen"),
        (
            "traject/",
            {
                "traject_type": "bezwaar",
                "instantie": "De commissie",
                "rol_ondersteuner": "meegedacht",
            },
            "trajecten",
        ),
        ("stap/", {"omschrijving": "Bellen", "wie": "SAMEN"}, "stap_rijen"),
        (
            "contact/",
            {
                "datum": "vandaag",
                "kanaal": "TEL",
                "richting": "IN",
                "met": ["CLIENT"],
                "activiteiten": ["IND.INFO"],
            },
            "contactmomenten",
        ),
    ],
)
def test_a_form_that_is_sent_twice_makes_one_row(
    sub: str, typed: dict[str, Any], related: str
) -> None:
    kwestie, other = seed.register(), seed.register()
    browser = people.browser("anna")
    data = form_data(kwestie, sub, **typed)
    assert data["sleutel"]
    for _time in range(2):
        assert browser.post(path(kwestie, sub), data).status_code == 302
    assert browser.post(path(other, sub), data).status_code == 422
    with acting_as(people.wie("anna").scope(1)):
        assert getattr(kwestie, related).count() == 1
        assert getattr(other, related).count() == 0


def test_contacts_without_a_key_are_each_their_own() -> None:
    kwestie = seed.register()
    contact(kwestie)
    contact(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        assert Contactmoment.objects.filter(kwestie_id=kwestie.pk).count() == 2
