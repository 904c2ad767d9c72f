"""Somebody who wants in: what is known to be tried at a sign-in page."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client as Browser
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tenants.inloggen import pogingen, post
from tenants.inloggen.factoren import sealed
from tenants.models import Inlogpoging
from tests import people
from tests.conftest import connected_to, copy_template, drop
from tests.tenants.test_inloggen import CODE, LOGIN, password
from tests.tenants.test_logboek import events

DATABASE = "adviespunt_aanval"
TEMPLATES = Path(__file__).parents[2] / "templates"
TE_VAAK = "Te veel"


# ------------------------------------------------------------- sessions and factors


@pytest.mark.django_db
def test_a_session_that_was_given_to_somebody_is_not_the_one_she_gets() -> None:
    browser = people.browser(None)
    browser.get(LOGIN)
    session = browser.session
    session["geplant"] = True
    session.save()
    planted = session.session_key
    browser.cookies["adviespunt_sessie"] = planted
    password(browser, "anna")
    browser.post(CODE, {"code": people.code()})
    assert browser.session.session_key != planted
    thief = Browser()
    thief.cookies["adviespunt_sessie"] = planted
    assert thief.get("/werk/")["Location"].startswith(LOGIN)


@pytest.mark.django_db
@pytest.mark.parametrize("flushed", [False, True])
def test_a_code_that_was_seen_does_not_work_again(flushed: bool) -> None:
    code = people.code()
    for expected in (302, 200):
        browser = people.browser(None)
        password(browser, "anna")
        assert browser.post(CODE, {"code": code}).status_code == expected
        if flushed:
            cache.clear()
    assert browser.get("/werk/").status_code == 302


@pytest.mark.django_db
def test_a_secret_of_somebody_else_is_not_stored_and_does_not_work(
    superuser: Any,
) -> None:
    bram = Authenticator.objects.get(user_id=people.ident("bram"), type="totp")
    anna = Authenticator.objects.filter(user_id=people.ident("anna"), type="totp")
    for data in (bram.data, {"secret": people.SECRET}):
        with pytest.raises(IntegrityError, match="authenticator_verzegeld"):
            with transaction.atomic():
                anna.update(data=data)
    with pytest.raises(IntegrityError, match="authenticator_verzegeld"):
        with transaction.atomic():
            anna.update(data={"seed": "abc"})


@pytest.mark.django_db
def test_the_last_factor_stays() -> None:
    anna = people.browser("anna")
    assert anna.post("/accounts/2fa/totp/deactivate/").status_code == 200
    rows = Authenticator.objects.filter(user_id=people.ident("anna"))
    assert rows.count() == 1
    made = Authenticator.objects.create(
        user_id=people.ident("anna"), type="webauthn", data={"name": "laptop"}
    )
    assert anna.post("/accounts/2fa/totp/deactivate/").status_code == 302
    url = f"/accounts/2fa/webauthn/keys/{made.pk}/remove/"
    assert people.browser("bram").post(url).status_code == 404
    assert anna.post(url)["Location"] == "/accounts/2fa/"
    assert list(rows) == [made]
    with pytest.raises(IntegrityError, match="factor_laatste"):
        with transaction.atomic():
            made.delete()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


EMPTY = {
    **{"id": "YQ", "rawId": "YQ", "type": "public-key"},
    "response": {
        **dict.fromkeys(("clientDataJSON", "userHandle"), "e30"),
        **dict.fromkeys(("authenticatorData", "signature"), "AA"),
        "attestationObject": "oA",
    },
}
NO_PASSKEY = (
    *("null", "{", "[]", '{"response": {"userHandle": "YWJj"}}', json.dumps(EMPTY)),
    *("1" * 5000, "[" * 15_000),  # what Python itself does not read
)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", NO_PASSKEY, ids=range(len(NO_PASSKEY)))
def test_what_is_no_answer_of_a_passkey_is_refused_and_breaks_nothing(
    answer: str,
) -> None:
    given = {"name": "x", "credential": answer}
    visitor, anna = Browser(), people.browser("anna")
    visitor.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    sent = visitor.post("/accounts/2fa/webauthn/login/", given)
    assert (sent.status_code, visitor.get("/werk/").status_code) == (302, 302)
    halfway = people.browser(None)
    password(halfway, "anna")
    assert halfway.post(CODE, given).status_code == 200
    for page in ("add/", "reauthenticate/"):
        anna.get(f"/accounts/2fa/webauthn/{page}")
        assert anna.post(f"/accounts/2fa/webauthn/{page}", given).status_code < 400
    rows = Authenticator.objects.filter(user_id=people.ident("anna"), type="webauthn")
    assert not rows.exists()


# -------------------------------------------------------------- at the same moment


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own, where others see at once what somebody did."""
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        try:
            with connected_to(DATABASE):
                yield
        finally:
            drop(DATABASE)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do these in threads of their own at the same moment; what each answered."""
    together, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int) -> None:
        together.wait()
        try:
            found[index] = acts[index]()
        except IntegrityError as error:
            found[index] = str(error).split("\n")[0]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_what_works_once_works_once_when_used_at_the_same_moment(
    committed: None,
) -> None:
    cache.clear()
    anna = people.ident("anna")
    seed = {"seed": sealed(anna, RecoveryCodes.generate_seed()), "used_mask": 0}
    row = Authenticator.objects.create(user_id=anna, type="recovery_codes", data=seed)
    for make in (lambda: row.wrap().generate_codes()[0], people.code):
        halfway = [Browser() for _ in range(3)]
        for one in halfway:
            password(one, "anna")
        cache.clear()
        given = {"code": make()}
        answers = at_once(*(partial(_status, one, given) for one in halfway))
        assert sorted(answers) == [200, 200, 302], given
    _two_with_one_link()
    made = Authenticator.objects.create(user_id=anna, type="webauthn", data={})
    totp = Authenticator.objects.get(user_id=anna, type="totp")
    gone = at_once(lambda: bool(made.delete()), lambda: bool(totp.delete()))
    assert sorted(map(str, gone)) == ["True", "factor_laatste"]
    wrong = at_once(*[lambda: pogingen.consume("factor", "bram")] * 12)
    assert wrong.count(True) == 5


def test_an_attempt_is_counted_while_the_count_is_being_cleared(
    committed: None,
) -> None:
    """Somebody signs in well in one window and tries in another: never a failure."""

    def both() -> bool:
        pogingen.clear("factor", "bram")
        return pogingen.consume("factor", "bram")

    for _round in range(4):
        assert set(at_once(*[both] * 8)) <= {True, False}


def _two_with_one_link() -> None:
    """A link for a new password, opened in two browsers and sent at once."""
    post.send_reset(people.ident("bram"))
    (link,) = re.findall(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    two = [Browser(), Browser()]
    form = [one.get(link)["Location"] for one in two][0]
    words = ("een-heel-nieuw-wachtwoord-een", "een-heel-nieuw-wachtwoord-twee")

    def send(browser: Browser, word: str) -> int:
        given = dict.fromkeys(("password1", "password2"), word)
        return browser.post(form, given).status_code

    answers = at_once(
        *(partial(send, one, w) for one, w in zip(two, words, strict=True))
    )
    assert sorted(answers) == [200, 302]
    works = [people.user("bram").check_password(word) for word in words]
    assert works == [answer == 302 for answer in answers]


def _status(browser: Browser, given: dict[str, str]) -> int:
    return browser.post(CODE, given).status_code


# ---------------------------------------------------------------- guessing passwords


@pytest.mark.django_db
def test_other_addresses_and_a_flushed_cache_give_no_new_chances() -> None:
    texts = []
    for _earlier in range(3):
        pogingen.consume("naam", people.email("anna"))
    for nummer in range(4):
        cache.clear()
        browser = Browser(REMOTE_ADDR=f"203.0.113.{nummer}")
        texts.append(password(browser, "anna", "verkeerd").content.decode())
    assert [TE_VAAK in text for text in texts] == [False] * 2 + [True] * 2
    cache.clear()
    right = password(Browser(REMOTE_ADDR="203.0.113.99"), "anna")
    assert TE_VAAK in right.content.decode()
    assert {e.extra["reden"] for e in events("aanmelden_geweigerd")} == {
        *("wachtwoord", "te_vaak"),
    }
    # A passkey is asked for all the same: nobody is locked out by somebody else.
    answer = Browser().get(
        "/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}
    )
    assert "challenge" in answer.json()["request_options"]["publicKey"]


@pytest.mark.django_db
def test_an_unknown_name_is_counted_and_answered_like_a_known_one() -> None:
    pages = []
    for email in (people.email("anna"), "niemand@elders.example"):
        for _ in range(4):
            pogingen.consume("naam", email)
        cache.clear()
        given = {"login": email, "password": "verkeerd"}
        first, second = (Browser().post(LOGIN, given).content.decode() for _ in "ab")
        assert TE_VAAK not in first
        assert TE_VAAK in second
        page = first + second
        page = re.sub(r'value="[^"]*"', "", page)
        pages.append(page.replace(email, "-"))
    assert pages[0] == pages[1]
    assert "@" not in "".join(Inlogpoging.objects.values_list("sleutel", flat=True))


@pytest.mark.django_db
def test_waiting_doubles_and_being_right_ends_it(monkeypatch: Any) -> None:
    for _ in range(5):
        assert pogingen.consume("naam", "Anna@x")
    assert not pogingen.consume("naam", " anna@X ")
    row = Inlogpoging.objects.get()
    for expected in (1, 2, 4, 8, 16, 32, 60, 60):
        waits = (row.tot - row.laatst).total_seconds() / 60
        assert waits == expected
        Inlogpoging.objects.update(tot=row.laatst)
        assert pogingen.consume("naam", "anna@x")
        row.refresh_from_db()
    pogingen.clear("naam", "anna@x")
    assert pogingen.consume("naam", "anna@x")


@pytest.mark.django_db
def test_a_wrong_code_is_counted_as_well() -> None:
    browser = people.browser(None)
    password(browser, "anna")
    for _ in range(5):
        cache.clear()
        browser.post(CODE, {"code": "000000"})
    cache.clear()
    answer = browser.post(CODE, {"code": people.code()})
    assert "Te vaak een verkeerde code" in answer.content.decode()


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "10.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.5")]
)
def test_an_address_from_a_header_counts_only_behind_so_many_proxies(
    proxies: int, seen: str, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5, 198.51.100.7"
    )
    assert get_adapter(request).get_client_ip(request) == seen


# --------------------------------------------------------------- links and addresses


AWAY = (
    *("https://elders.example/", "//elders.example/", "/\\elders.example"),
    *("javascript:alert(1)", "https:elders.example", "http:///elders.example"),
    *("\\\\elders.example", "/\t/elders.example", "////elders.example"),
    *("HTTPS://elders.example", "data:text/html,x", "//testserver@elders.example"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("away", AWAY)
def test_signing_in_leads_nowhere_else(away: str) -> None:
    browser = people.browser(None)
    browser.get(LOGIN, {"next": away})
    given = {"login": people.email("anna"), "password": people.PASSWORD, "next": away}
    browser.post(LOGIN, given)
    assert browser.post(CODE, {"code": people.code()})["Location"] == "/"
    then = browser.get("/accounts/bevestigen/", {"next": away})["Location"]
    answer = browser.post(then, {"code": people.code(time.time() + 30), "next": away})
    assert answer["Location"] == "/"
    assert "elders" not in browser.post("/accounts/logout/", {"next": away})["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize("away", AWAY)
def test_no_other_page_that_goes_on_leads_elsewhere(away: str) -> None:
    anna = people.browser("anna")
    given = {"language": "nl", "next": away}
    assert anna.post("/i18n/setlang/", given)["Location"] == "/"
    given = {"email": "niemand@elders.example", "next": away}
    sent = Browser().post("/accounts/password/reset/", given)
    assert sent["Location"] == "/accounts/password/reset/done/"
    # Where a form was sent from, before proof is asked or a session has ended.
    people.prove(anna, "anna", at=time.time() - 3600)
    sent = anna.post("/accounts/koppelen/", headers={"Referer": away})
    assert sent["Location"] == "/accounts/bevestigen/?next=%2Faccounts%2Fverder%2F"
    assert anna.session["bewaard_formulier"]["van"] == "/"
    session = anna.session
    session["actief"] = 1
    session.save()
    ended = anna.post("/werk/", headers={"Referer": away})
    assert ended["Location"] == f"{LOGIN}?verlopen=stil&next=%2F"


@pytest.mark.django_db
def test_after_another_password_one_is_nowhere_else() -> None:
    words = dict.fromkeys(("password1", "password2"), "nog-een-lang-wachtwoord")
    given = {"oldpassword": people.PASSWORD, **words, "next": AWAY[1]}
    answer = people.browser("anna").post("/accounts/password/change/", given)
    assert answer.status_code == 302
    assert "elders" not in answer["Location"]


def test_these_are_the_forms_that_say_where_to_go_on() -> None:
    """Each is tried above, or in test_oidc.py; a new one is to be tried as well."""
    found = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if re.search(r'name="next"|redirect_field|[?&]next=', path.read_text())
    }
    assert found == {
        *(f"account/{naam}.html" for naam in ("login", "logout", "reauthenticate")),
        *(f"account/password_{naam}.html" for naam in ("change", "reset")),
        *("account/password_reset_from_key.html", "components/header.html"),
        *("mfa/authenticate.html", "mfa/reauthenticate.html"),
        *("mfa/webauthn/reauthenticate.html", "tenants/uitnodiging_inloggen.html"),
    }


@pytest.mark.django_db
def test_a_known_and_an_unknown_name_take_the_same_work(monkeypatch: Any) -> None:
    """Counted, not timed: queries, and how often a password is hashed or compared."""
    hasher, counts = type(get_hasher()), []
    for email in (people.email("anna"), "niemand@elders.example"):
        cache.clear()
        hashed: list[str] = []

        def noted(work: Any, hashed: list[str] = hashed) -> Any:
            def does(*args: Any, **kwargs: Any) -> Any:
                hashed.append("x")
                return work(*args, **kwargs)

            return does

        given = {"login": email, "password": "verkeerd"}
        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as asked:
            for naam in ("encode", "verify"):
                patch.setattr(hasher, naam, noted(getattr(hasher, naam)))
            Browser().post(LOGIN, given)
        verb = re.compile(r'^\w+|(?:INTO|FROM|UPDATE) "\w+"')
        shapes = [verb.findall(query["sql"]) for query in asked]
        counts.append((hashed, shapes))
    assert counts[0] == counts[1]
    assert counts[0][0] == ["x"]
    assert len(counts[0][1]) > 5


@pytest.mark.django_db
def test_another_host_name_is_refused_and_is_in_no_mail() -> None:
    given = {"email": people.email("anna")}
    hostile = Browser(headers={"Host": "elders.example"})
    assert hostile.post("/accounts/password/reset/", given).status_code == 400
    post.send_reset(people.ident("anna"))
    assert "elders" not in mail.outbox[-1].body


@pytest.mark.django_db
def test_a_link_for_a_new_password_works_once_and_gives_no_entrance() -> None:
    post.send_reset(people.ident("anna"))
    (link,) = re.findall(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    browser = people.browser(None)
    form = browser.get(link)["Location"]
    fresh = dict.fromkeys(("password1", "password2"), "nog-een-lang-wachtwoord")
    assert browser.post(form, fresh)["Location"].endswith("/done/")
    assert browser.get("/werk/")["Location"].startswith(LOGIN)
    again = Browser().get(link)
    assert again.status_code == 200
    assert "werkt niet meer" in again.content.decode()
    assert password(Browser(), "anna", fresh["password1"])["Location"] == CODE


@pytest.mark.django_db
def test_ones_own_name_to_sign_in_with_is_not_for_oneself_to_change() -> None:
    assert people.browser("anna").get("/accounts/email/").status_code == 404
    assert people.browser("anna").post("/accounts/email/").status_code == 404
