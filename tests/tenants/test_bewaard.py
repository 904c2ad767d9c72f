"""What was typed when a proof was asked is sent once, by who typed it, and by no other.

The proof itself: tests/tenants/test_inloggen.py; which pages ask: test_bewijs.py.
"""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client as Browser

from tenants.models import Rolverzoek, Tenant, User
from tenants.roles import MEDEWERKER
from tenants.scope import acting_as
from tenants.services import grant_membership
from tests import people

pytestmark = pytest.mark.django_db
NAAR = "/t/arnhem/beheer/rolverzoek/"
REDEN = "Ik neem de rol over van Frits, die met pensioen gaat."
GEGEVENS: dict[str, Any] = {"wat": "GEVEN", "rol": "FG", "tot": "", "reden": REDEN}
VERDER = "/accounts/verder/"
ASKS = "/accounts/bevestigen/?next=%2Faccounts%2Fverder%2F"


@pytest.fixture(autouse=True)
def second() -> None:
    """Somebody who can decide about what Dewi asks."""
    wie = people.wie("dewi")
    with acting_as(wie.scope(1)):
        grant_membership(
            actor=wie,
            tenant=Tenant.objects.get(pk=1),
            user=User(id=people.ident("els"), naam="Els", soort=MEDEWERKER),
            rol="BEHEER",
        )


def sent(browser: Browser, **more: Any) -> Browser:
    """The form goes with a proof of an hour ago; then she shows her factor."""
    people.prove(browser, "dewi", at=time.time() - 3600)
    answer = browser.post(NAAR, {**GEGEVENS, **more})
    assert answer.status_code == 302
    people.prove(browser, "dewi")
    return browser


def dewi() -> Browser:
    return sent(people.browser("dewi"))


def mark_in(browser: Browser) -> str:
    page = browser.get(VERDER).content.decode()
    assert f'action="{NAAR}"' in page
    assert REDEN not in page
    (found,) = re.findall(r'name="bewaard" value="([^"]+)"', page)
    return str(found)


def again(browser: Browser, merk: str, naar: str = NAAR) -> HttpResponse:
    return browser.post(naar, {"bewaard": merk})


def asked() -> list[str]:
    with acting_as(people.wie("dewi").scope(1)):
        rows = Rolverzoek.objects.filter(tenant_id=1, reden=REDEN)
        return list(rows.values_list("reden", flat=True))


def test_what_was_typed_is_sent_after_the_proof_and_once() -> None:
    browser = people.browser("dewi")
    people.prove(browser, "dewi", at=time.time() - 3600)
    assert browser.post(NAAR, GEGEVENS)["Location"] == ASKS
    assert browser.get(VERDER)["Location"] == ASKS  # not without the proof
    merk = browser.session["bewaard_formulier"]["merk"]
    assert again(browser, merk)["Location"] == ASKS
    assert asked() == []
    people.prove(browser, "dewi")
    assert again(browser, mark_in(browser))["Location"] == "/beheer/mensen/"
    assert asked() == [REDEN]
    assert again(browser, merk)["Location"] == VERDER  # a second time
    assert "Er wacht niets meer" in browser.get(VERDER).content.decode()
    assert asked() == [REDEN]


def test_a_mistake_in_what_was_typed_is_shown_with_the_text() -> None:
    browser = sent(people.browser("dewi"), rol="")
    answer = again(browser, mark_in(browser))
    assert answer.status_code == 422
    assert REDEN in answer.content.decode()


def test_it_waits_sealed_in_the_session() -> None:
    browser = dewi()
    held = browser.session["bewaard_formulier"]
    assert set(held) == {"merk", "naar", "van", "op", "sleutel", "blob"}
    assert "pensioen" not in str(dict(browser.session.items()))


def test_nobody_else_and_no_other_session_sends_it() -> None:
    hers = dewi()
    merk = mark_in(hers)
    other = people.browser("dewi")
    assert again(other, merk)["Location"] == VERDER
    # Somebody else, with all that was in that session.
    els = people.browser("els")
    session = els.session
    session["bewaard_formulier"] = hers.session["bewaard_formulier"]
    session.save()
    assert again(els, merk)["Location"] == VERDER
    assert asked() == []
    assert again(hers, merk)["Location"] == "/beheer/mensen/"


def test_the_seal_holds_the_person_and_the_address() -> None:
    """Whatever the session says: the blob opens for its own person and address."""
    browser = dewi()
    merk = mark_in(browser)
    session = browser.session
    session["bewaard_formulier"] |= {"naar": "/t/wulpenhorst/beheer/rolverzoek/"}
    session.save()
    assert again(browser, merk)["Location"] == VERDER
    answer = again(browser, merk, "/t/wulpenhorst/beheer/rolverzoek/")
    assert answer["Location"] == VERDER
    assert asked() == []


def test_it_goes_to_the_address_it_was_sent_to_only() -> None:
    browser = dewi()
    merk = mark_in(browser)
    naar = "/t/wulpenhorst/beheer/rolverzoek/"
    assert again(browser, merk, naar)["Location"] == VERDER
    assert again(browser, f"{merk}x")["Location"] == VERDER
    assert again(browser, merk)["Location"] == "/beheer/mensen/"


def test_after_ten_minutes_it_is_gone() -> None:
    browser = dewi()
    merk = mark_in(browser)
    session = browser.session
    session["bewaard_formulier"]["op"] -= 601
    session.save()
    assert again(browser, merk)["Location"] == VERDER
    assert "Er wacht niets meer" in browser.get(VERDER).content.decode()
    assert "bewaard_formulier" not in browser.session
    assert asked() == []


def test_a_form_with_a_file_is_not_kept_and_says_so() -> None:
    browser = people.browser("dewi")
    people.prove(browser, "dewi", at=time.time() - 3600)
    file = SimpleUploadedFile("brief.txt", b"inhoud")
    answer = browser.post(NAAR, {**GEGEVENS, "bijlage": file})
    assert answer["Location"] == "/accounts/bevestigen/?next=%2F"
    assert "bewaard_formulier" not in browser.session


def test_the_button_asks_for_the_token_of_forms() -> None:
    browser = dewi()
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post(NAAR, {"bewaard": mark_in(browser)}).status_code == 403
    assert asked() == []
