"""Nobody goes on without a second factor used in this session, or too long."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from adviespunt.celery import app as celery
from tenants.inloggen import post, toelating
from tests import people
from tests.tenants.test_logboek import events

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"
FREE = toelating.ALTIJD | {"account_logout"}


def password(browser: Browser, naam: str, text: str = people.PASSWORD) -> Any:
    return browser.post(LOGIN, {"login": people.email(naam), "password": text})


def without_factor(naam: str) -> Browser:
    """Somebody who has no factor yet, signed in with her password just now."""
    browser = people.browser(None)
    password(browser, naam)
    return browser


def addresses(
    resolver: URLResolver | None = None, naam: str = "", route: str = "/"
) -> Iterator[tuple[str, str]]:
    """(name, an address) of every page; ids and keys are guesses."""
    for entry in (resolver or get_resolver()).url_patterns:
        deeper = route + str(entry.pattern).removeprefix("^").removesuffix("$")
        if isinstance(entry, URLResolver):
            space = f"{naam}{entry.namespace}:" if entry.namespace else naam
            yield from addresses(entry, space, deeper)
        elif isinstance(entry, URLPattern) and entry.name:
            path = re.sub(r"\(\?P<(\w+)>[^)]+\)", r"<str:\1>", deeper)
            path = re.sub(r"<int:\w+>", "7", path)
            path = re.sub(r"<uuid:\w+>", f"{UUID(int=7)}", path)
            yield f"{naam}{entry.name}", re.sub(r"<[^>]+>", "x1", path)


# ---------------------------------------------------------------- the second factor


def test_password_and_code_are_both_needed() -> None:
    browser = people.browser(None)
    answer = password(browser, "anna")
    assert answer["Location"] == CODE
    assert browser.get("/werk/")["Location"] == f"{LOGIN}?next=/werk/"
    assert browser.post(CODE, {"code": "000000"}).status_code == 200
    assert browser.get("/werk/").status_code == 302
    assert browser.post(CODE, {"code": people.code()})["Location"] == "/"
    assert browser.get("/werk/").status_code == 200
    (signed,) = events("aangemeld")
    assert signed.extra == {"met": "password+totp"}
    (refused,) = events("tweede_factor_geweigerd")
    assert refused.extra == {"soort": "totp"}


@pytest.mark.parametrize(
    ("has_factor", "method"), [(True, "post"), (False, "get")], ids=["unused", "none"]
)
def test_halfway_there_is_no_page_but_those_that_finish_it(
    has_factor: bool, method: str
) -> None:
    browser = people.browser("anna", factor=False)
    if not has_factor:
        browser = without_factor("vera")
    free = FREE | (toelating.GEBRUIKEN if has_factor else toelating.MAKEN)
    free |= set() if has_factor else toelating.OPNIEUW
    away = reverse("inloggen_bevestigen" if has_factor else "inloggen_factor")
    walked = 0
    for name, path in addresses():
        if name in free or path.startswith((*toelating.PUBLIC, "/favicon")):
            continue
        answer = getattr(browser, method)(path)
        assert answer.status_code == 302, (name, path)
        assert answer["Location"].startswith(away), (name, answer["Location"])
        walked += 1
    assert walked > 100


def test_a_session_of_somebody_elses_factor_does_not_count() -> None:
    browser = people.browser("anna", factor=False)
    session = browser.session
    session.update(people.proof("bram"))
    session.save()
    assert browser.get("/werk/")["Location"].startswith("/accounts/bevestigen/")


def test_a_part_of_a_page_sends_the_whole_page_away() -> None:
    browser = people.browser("anna", factor=False)
    answer = browser.get("/werk/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/accounts/bevestigen/")


@pytest.mark.parametrize(
    "url",
    [
        "/t/arnhem/kwesties/nieuw/concept/",
        "/t/arnhem/kwesties/nieuw/dubbel/",
        "/meelezen/",
    ],
)
@pytest.mark.parametrize("naam", ["anna", None])
def test_what_is_sent_while_somebody_types_does_not_send_the_page_away(
    url: str, naam: str | None
) -> None:
    """What was typed is still in it: nothing takes its place, by whatever door."""
    browser = people.browser(naam, factor=False) if naam else Browser()
    answer = browser.post(url, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.content == b""
    assert not {"HX-Redirect", "Location"} & set(answer.headers)


def test_setting_up_an_app_comes_first_and_then_work(
    django_capture_on_commit_callbacks: Any,
) -> None:
    browser = without_factor("vera")
    assert browser.get("/", follow=True).redirect_chain[-1][0] == "/accounts/factor/"
    page = browser.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    before = browser.session.session_key
    assert secret not in json.dumps(dict(browser.session))
    with django_capture_on_commit_callbacks(execute=True):
        code = people.code_of(secret, None)[0]
        answer = browser.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert browser.session.session_key != before
    shown = browser.get(answer["Location"])
    assert shown["Cache-Control"] == "no-store"
    codes = shown.context["unused_codes"]
    assert len({c for c in codes if c.isdigit()}) == 10
    again = browser.get(answer["Location"]).context["unused_codes"]
    assert set(again) == {"****"}
    assert browser.get("/werk/").status_code == 200
    assert [e.extra["soort"] for e in events("factor_toegevoegd")] == [
        *("totp", "recovery_codes"),
    ]
    stored = Authenticator.objects.filter(user_id=people.ident("vera"))
    assert secret not in json.dumps([row.data for row in stored])


def test_a_lost_app_is_replaced_with_a_recovery_code_and_never_just_removed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    anna = people.browser("anna")
    anna.post("/accounts/2fa/recovery-codes/generate/")
    code, *_more = anna.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    browser = people.browser(None)
    password(browser, "anna")
    assert browser.post(CODE, {"code": code})["Location"] == "/"
    page = browser.get("/accounts/2fa/totp/vervangen/")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        fresh = people.code_of(secret, None)[0]
        browser.post("/accounts/2fa/totp/vervangen/", {"code": fresh})
    (row,) = Authenticator.objects.filter(user_id=people.ident("anna"), type="totp")
    assert row.wrap().validate_code(people.code()) is False
    assert [e.extra["soort"] for e in events("factor_verwijderd")] == ["totp"]


# ------------------------------------------------------------------------- the clock


def aged(browser: Browser, **seconds: int) -> None:
    """The session was begun or used so many seconds ago."""
    session = browser.session
    for name, ago in seconds.items():
        session[name] = int(time.time()) - ago
    session.save()


@pytest.mark.parametrize(
    ("ago", "reden"),
    [
        ({"actief": settings.SESSIE_STIL + 1}, "stil"),
        ({"begonnen": settings.SESSIE_GEHEEL + 1}, "geheel"),
    ],
)
def test_too_long_ends_the_session_and_says_why(
    ago: dict[str, int], reden: str
) -> None:
    browser = people.browser("anna")
    key = browser.session.session_key
    aged(browser, **ago)
    answer = browser.get("/kwesties/?q=1")
    assert answer["Location"] == f"{LOGIN}?verlopen={reden}&next=%2Fkwesties%2F%3Fq%3D1"
    assert not Session.objects.filter(session_key=key).exists()
    page = browser.get(answer["Location"]).content.decode()
    assert {"stil": "half uur niets", "geheel": "8 uur ingelogd"}[reden] in page
    assert 'value="/kwesties/?q=1"' in page
    assert [e.extra for e in events("sessie_verlopen")] == [{"reden": reden}]


def test_a_page_that_asks_for_the_time_hears_that_it_is_over() -> None:
    """And is not sent away: what somebody types in it is still there."""
    browser = people.browser("anna")
    aged(browser, actief=settings.SESSIE_STIL + 1)
    answer = browser.get("/accounts/sessie/")
    assert answer.json() == {"stil": 0, "geheel": 0, "token": ""}
    assert browser.get("/werk/")["Location"].startswith(LOGIN)
    assert [e.extra for e in events("sessie_verlopen")] == [{"reden": "stil"}]


def test_doing_something_keeps_the_session_and_asking_the_time_does_not() -> None:
    browser = people.browser("anna")
    for ask, kept in ((browser.get, False), (browser.post, True)):
        aged(browser, actief=1000)
        left = ask("/accounts/sessie/").json()
        assert (left["stil"] > 1700) is kept
        assert bool(left["token"])
    aged(browser, actief=1000)
    browser.get("/werk/")
    assert browser.get("/accounts/sessie/").json()["stil"] > 1700
    assert Browser().get("/accounts/sessie/").json() == {
        **{"stil": 0, "geheel": 0, "token": ""}
    }


def test_waiting_for_a_report_is_not_doing_something() -> None:
    browser = people.browser("anna")
    aged(browser, actief=1000)
    browser.get(f"/t/arnhem/rapportages/{UUID(int=7)}/voortgang/")
    assert browser.get("/accounts/sessie/").json()["stil"] < 900


# -------------------------------------------------------------------- recent proof


def test_what_matters_asks_for_a_factor_again(made_report: str) -> None:
    fatma = people.browser("fatma")
    people.prove(fatma, "fatma", at=time.time() - 3600)
    url = f"{made_report}stap/publiceer/"
    answer = fatma.post(url, headers={"Referer": f"http://testserver{made_report}"})
    again = "/accounts/bevestigen/?next=%2Faccounts%2Fverder%2F"
    assert answer["Location"] == again
    where = fatma.get(again)["Location"]
    assert where.startswith("/accounts/2fa/reauthenticate/?next=")
    assert "/accounts/reauthenticate/" not in where  # a password is not enough
    before = fatma.session.session_key
    back = fatma.post(where, {"code": people.code(), "next": made_report})
    assert back["Location"] == made_report
    assert fatma.session.session_key != before
    assert fatma.post(url).status_code == 404  # through the door: no such report
    assert [e.extra for e in events("opnieuw_bevestigd")] == [{"soort": "totp"}]


def test_other_steps_do_not_ask(made_report: str) -> None:
    chantal = people.browser("chantal")
    people.prove(chantal, "chantal", at=time.time() - 3600)
    answer = chantal.post(f"{made_report}stap/dien-in/")
    assert "/accounts/" not in answer.headers.get("Location", "")


@pytest.fixture
def made_report(settings: Any, tmp_path: Any) -> str:
    return f"/t/arnhem/rapportages/{UUID(int=7)}/"


# ------------------------------------------------------------------------- sessions


def test_one_sees_and_ends_ones_own_sessions_and_no_other() -> None:
    browsers = []
    for agent in ("Mozilla/5.0 Firefox/140.0", "Mozilla/5.0 Chrome/140 Safari/537"):
        browser = Browser(headers={"User-Agent": agent}, REMOTE_ADDR="203.0.113.9")
        password(browser, "anna")
        given = people.code(time.time() + 30 * len(browsers))
        browser.post(CODE, {"code": given})
        browsers.append(browser)
    here, other = browsers
    rows = UserSession.objects.filter(user_id=people.ident("anna")).order_by("pk")
    assert [(r.ip, r.user_agent) for r in rows] == [
        ("0.0.0.0", "Firefox"),
        ("0.0.0.0", "Chrome"),
    ]
    page = here.get("/accounts/sessies/").content.decode()
    assert "Firefox" in page
    bram = people.browser("bram")
    end = f"/accounts/sessies/{rows[1].pk}/einde/"
    assert bram.post(end).status_code == 404
    assert other.get("/werk/").status_code == 200
    here.post(end)
    assert other.get("/werk/")["Location"].startswith(LOGIN)
    assert here.get("/werk/").status_code == 200
    assert [e.extra for e in events("sessies_beeindigd")] == [{"aantal": "1"}]


def test_signing_out_leaves_nothing_on_the_computer() -> None:
    browser = people.browser("anna")
    answer = browser.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert browser.get("/werk/")["Location"].startswith(LOGIN)
    assert "Clear-Site-Data" not in browser.get(LOGIN)


# ------------------------------------------------------------------- a new password


def test_a_reset_takes_the_same_steps_for_every_address(monkeypatch: Any) -> None:
    sent: list[UUID] = []
    monkeypatch.setattr(
        celery, "send_task", lambda naam, args, **_o: sent.append(UUID(args[0]))
    )
    answers = [
        people.browser(None).post("/accounts/password/reset/", {"email": email})
        for email in (people.email("anna"), "niemand@elders.example")
    ]
    assert {a["Location"] for a in answers} == {"/accounts/password/reset/done/"}
    assert len(sent) == 2
    assert sent[0] == people.ident("anna")
    assert mail.outbox == []  # nothing is sent while the page is made
    assert [post.send_reset(one) for one in sent] == [True, False]
    assert [m.to for m in mail.outbox] == [[people.email("anna")]]
    assert settings.SITE_ADRES in mail.outbox[0].body


def test_cleaning_up_removes_what_is_over() -> None:
    people.browser("anna")
    UserSession.objects.create(
        user=people.user("anna"), session_key="weg", ip="203.0.113.9", user_agent="x"
    )
    assert post.clean_up() == 1
    assert not UserSession.objects.exists()
