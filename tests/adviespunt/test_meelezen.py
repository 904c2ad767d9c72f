"""The typing aid: who may ask, what comes back, and that nothing of it stays."""

from __future__ import annotations

import logging
import re

import pytest
from django.urls import reverse

from tests import people

pytestmark = pytest.mark.django_db
TEKST = "Mail t@v.example of bel Annelies <b>Kuipers</b>."


def ask(naam: str | None, tekst: str = TEKST, **more: object):  # type: ignore[no-untyped-def]
    browser = people.browser(naam) if naam else people.browser()
    return post(browser, tekst, **more)


def post(browser, tekst: str, **more: object):  # type: ignore[no-untyped-def]
    data = {"veld": "toelichting", "toelichting": tekst, **more}
    return browser.post(reverse("meelezen"), data)


def test_a_colleague_sees_the_words_marked_and_nothing_is_run() -> None:
    page = ask("anna").content.decode()
    assert re.findall(r"<mark>(.*?)</mark>", page) == [
        "t@v.example",
        "Annelies",
        "Kuipers",
    ]
    assert "<b>" not in page
    assert (page.count("een e-mailadres"), page.count("een naam")) == (1, 2)


def test_what_she_just_saw_is_not_said_again() -> None:
    browser = people.browser("anna")
    seen = re.findall(r'value="(\w+)"', post(browser, TEKST).content.decode())
    assert post(browser, TEKST, gezien=seen).status_code == 204
    assert post(browser, "Niets.", gezien=seen).content.strip() == b""


def test_a_word_that_is_nobody_is_taken_off_and_stays_off() -> None:
    browser = people.browser("anna")
    page = post(browser, TEKST).content.decode()
    weg = dict(
        re.findall(r'id="weg-toelichting-(\d)"\s+name="weg"\s+value="(\w+)"', page)
    )
    after = post(browser, TEKST, weg=weg["2"]).content.decode()
    assert re.findall(r"<mark>(.*?)</mark>", after) == ["t@v.example", "Kuipers"]
    assert f'name="niemand" value="{weg["2"]}"' in after
    seen = sorted(weg.values())
    again = post(browser, TEKST, niemand=weg["2"], gezien=seen)
    assert again.status_code == 204


def test_a_bsn_cannot_be_taken_off() -> None:
    browser = people.browser("anna")
    page = post(browser, "bsn 999993653").content.decode()
    teken = re.findall(r'name="gezien" value="(\w+)"', page)
    assert ("Dit is niemand" in page, len(teken)) == (False, 1)
    assert (
        "<mark>999993653</mark>"
        in post(browser, "bsn 999993653", weg=teken[0]).content.decode()
    )


def test_an_empty_text_gives_an_empty_answer() -> None:
    assert ask("anna", "").status_code == 204


@pytest.mark.parametrize("naam", sorted(people.CONTACTS))
def test_people_of_the_portal_are_refused(naam: str) -> None:
    assert ask(naam).status_code == 404


def test_it_takes_posts_only() -> None:
    assert people.browser("anna").get(reverse("meelezen")).status_code == 405


def test_a_session_may_not_ask_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adviespunt.meelezen.RUIM", 5)
    browser = people.browser("anna")
    codes = [post(browser, "").status_code for _ in range(2 * 5 + 1)]
    assert 429 in codes  # the sixth of a minute, and eleven fall in two at most
    assert 204 in codes


def test_nothing_of_the_text_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask("anna")
    assert "Annelies" not in caplog.text
