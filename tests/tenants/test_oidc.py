"""The account of one's organisation: linked by hand, known by its ``sub``."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client as Browser

from adviespunt.celery import app as celery
from tenants.inloggen import koppelen
from tests import people
from tests.tenants.oidc_server import CLIENT, Provider, provider
from tests.tenants.test_inloggen import CODE, LOGIN
from tests.tenants.test_logboek import events

pytestmark = pytest.mark.django_db
START = "/accounts/oidc/entra/login/"
BACK = "/accounts/oidc/entra/login/callback/"


@pytest.fixture
def entra(settings: Any) -> Iterator[Provider]:
    cache.clear()
    with provider() as made:
        app = {
            **{"provider_id": "entra", "name": "Entra", "client_id": CLIENT},
            **{"secret": "geheim"},
            "settings": {"server_url": made.issuer, "fetch_userinfo": False},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
        }
        yield made


def go(browser: Browser, entra: Provider, claims: dict[str, Any], **given: str) -> Any:
    """There and back; the answer of our side."""
    entra.claims = claims
    sent = browser.post(START, given)["Location"]
    assert sent.startswith(f"{entra.issuer}/authorize?")
    asked = parse_qs(urlsplit(sent).query)
    assert asked["code_challenge_method"] == ["S256"]
    return browser.get(BACK, {"code": "abc", "state": asked["state"][0]})


def link_of(naam: str) -> str:
    """The address in the mail that she had sent to herself."""
    assert koppelen.send_link(people.ident(naam))
    (url,) = re.findall(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    return str(url)


def link(entra: Provider, naam: str, sub: str) -> Browser:
    browser = people.browser(naam)
    entra.claims = {"sub": sub, "email": "wie@elders.example"}
    sent = browser.post(link_of(naam))["Location"]
    state = parse_qs(urlsplit(sent).query)["state"][0]
    browser.get(BACK, {"code": "abc", "state": state})
    return browser


def test_without_a_provider_there_is_nothing() -> None:
    assert "oidc" not in people.browser(None).get(LOGIN).content.decode()
    assert people.browser(None).post(START).status_code == 404


def test_an_address_links_nothing(entra: Provider) -> None:
    browser = people.browser(None)
    claims = {"sub": "1", "email": people.email("anna"), "email_verified": True}
    answer = go(browser, entra, {**claims, "amr": ["mfa"]})
    assert answer["Location"] == LOGIN
    assert "niet bekend" in browser.get(LOGIN, follow=True).content.decode()
    assert browser.get("/werk/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert [e.extra for e in events("aanmelden_geweigerd")] == [
        {"reden": "niet_gekoppeld"}
    ]


def test_linked_by_who_is_signed_in_it_signs_her_in_with_its_own_factor(
    entra: Provider,
) -> None:
    link(entra, "anna", "s-1")
    (row,) = SocialAccount.objects.all()
    assert (row.provider, row.uid, row.extra_data) == ("entra", "s-1", {})
    assert row.user_id == people.ident("anna")
    browser = people.browser(None)
    other = {"sub": "s-1", "email": people.email("bram"), "amr": ["pwd", "mfa"]}
    answer = go(browser, entra, other, next="/kwesties/")
    assert answer["Location"] == "/kwesties/"
    assert browser.get("/werk/").status_code == 200
    assert SocialAccount.objects.get().extra_data == {}
    assert [e.gebeurtenis for e in events("account_gekoppeld", "aangemeld")] == [
        *("account_gekoppeld", "aangemeld"),
    ]


def test_without_a_factor_there_ours_is_asked(entra: Provider) -> None:
    link(entra, "anna", "s-1")
    for amr in ("geen-mfa", ["pwd"]):  # a text that holds the word says nothing
        browser = people.browser(None)
        answer = go(browser, entra, {"sub": "s-1", "amr": amr})
        assert answer["Location"] == CODE
        assert browser.get("/werk/").status_code == 302
    browser.post(CODE, {"code": people.code()})
    assert browser.get("/werk/").status_code == 200


def test_linking_asks_for_a_factor_again(entra: Provider) -> None:
    anna = people.browser("anna")
    people.prove(anna, "anna", at=time.time() - 3600)
    for url in ("/accounts/koppelen/", link_of("anna")):
        for ask in (anna.get, anna.post):
            assert ask(url)["Location"].startswith("/accounts/bevestigen/")
    assert not SocialAccount.objects.exists()


def test_without_a_link_by_mail_nothing_is_linked(entra: Provider) -> None:
    anna = people.browser("anna")
    answer = go(anna, entra, {"sub": "s-1", "amr": ["mfa"]}, process="connect")
    assert answer["Location"] == "/accounts/koppeling/"
    assert not SocialAccount.objects.exists()
    assert len(events("account_koppelen_geweigerd")) == 1


def test_she_asks_for_the_link_and_gets_it_at_her_own_address(
    entra: Provider, monkeypatch: Any
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(celery, "send_task", lambda n, args, **_o: sent.append(args))
    anna = people.browser("anna")
    for _turn in range(6):
        assert anna.post("/accounts/koppelen/")["Location"] == "/accounts/koppeling/"
    assert sent == 5 * [[str(people.ident("anna"))]]
    assert mail.outbox == []  # the worker makes it
    page = anna.get(link_of("anna")).content.decode()
    assert mail.outbox[0].to == [people.email("anna")]
    assert "Koppelen met Entra" in page


def test_a_link_counts_once_for_one_person_and_half_an_hour(
    entra: Provider, monkeypatch: Any
) -> None:
    url = link_of("anna")
    bram, anna = people.browser("bram"), people.browser("anna")
    assert (bram.get(url).status_code, bram.post(url).status_code) == (404, 404)
    assert people.browser(None).get(url)["Location"].startswith(LOGIN)
    assert anna.get(url).status_code == 200  # looking uses nothing up
    assert anna.post(url)["Location"].startswith(f"{entra.issuer}/authorize?")
    assert (anna.get(url).status_code, anna.post(url).status_code) == (404, 404)
    later = link_of("anna")
    monkeypatch.setattr(koppelen, "GELDIG", timedelta(seconds=-1))
    assert people.browser("anna").get(later).status_code == 404
    assert anna.get("/accounts/koppelen/geen-link/").status_code == 404


def test_who_comes_back_too_late_or_from_elsewhere_is_not_linked(
    entra: Provider,
) -> None:
    anna = people.browser("anna")
    anna.post(link_of("anna"))
    session = anna.session
    session[koppelen.MAG] = ["entra", int(time.time()) - 1]
    session.save()
    go(anna, entra, {"sub": "s-1"}, process="connect")
    anna.post(link_of("anna"))
    session = anna.session
    session[koppelen.MAG] = ["keycloak", int(time.time()) + 600]
    session.save()
    go(anna, entra, {"sub": "s-1"}, process="connect")
    assert not SocialAccount.objects.exists()


def test_what_belongs_to_somebody_stays_hers(entra: Provider) -> None:
    link(entra, "anna", "s-1")
    link(entra, "bram", "s-1")
    assert SocialAccount.objects.get().user_id == people.ident("anna")


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "een-ander"},
        {"iss": "https://elders.example"},
        {"exp": 1_000_000_000},
    ],
)
def test_a_token_for_another_or_of_long_ago_signs_nobody_in(
    entra: Provider, claims: dict[str, Any]
) -> None:
    link(entra, "anna", "s-1")
    browser = people.browser(None)
    go(browser, entra, {"sub": "s-1", "amr": ["mfa"], **claims})
    assert browser.get("/werk/")["Location"].startswith(LOGIN)


def test_a_state_of_somebody_else_signs_nobody_in(entra: Provider) -> None:
    link(entra, "anna", "s-1")
    entra.claims = {"sub": "s-1", "amr": ["mfa"]}
    sent = people.browser(None).post(START)["Location"]
    state = parse_qs(urlsplit(sent).query)["state"][0]
    victim = people.browser(None)
    victim.get(BACK, {"code": "abc", "state": state})
    assert victim.get("/werk/")["Location"].startswith(LOGIN)
