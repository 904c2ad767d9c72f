"""The public pages: search, compare, feed; the same for everybody, kept and fresh."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from defusedxml import ElementTree
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client as Browser

from adviespunt import embedded
from signalering import selectors
from signalering.models import Publicatie
from signalering.public_views import voorraad as winkel
from signalering.publication import compare
from tenants.scope import Scope, acting_as
from tests.signalering import openbare
from tests.signalering.openbare import ident

pytestmark = pytest.mark.usefixtures("portaal")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def portaal(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), openbare.portaal():
        yield


def page(path: str, status: int = 200, **headers: str) -> str:
    answer = Browser().get(path, headers=headers)
    assert answer.status_code == status, answer.content
    return re.sub(r"\s+", " ", answer.content.decode())


def listed(query: str) -> set[str]:
    """Names of the publications in the catalogue."""
    text = page(f"/openbaar/?{query}")
    return {naam for naam in openbare.ROWS if f"/openbaar/{ident(naam)}/" in text}


def read(naam: str) -> Publicatie:
    with acting_as(Scope("public")):
        return Publicatie.objects.get(pk=ident(naam))


# ---------------------------------------------------------------- the catalogue


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"q2", "q3", "jaar", "drempel", "weg", "weinig"}),
        ("zoek=arnhem&jaar=2025", {"q2", "q3", "weg"}),
        ("deel=JAAR", {"jaar"}),
        ("deel=Q3", {"q3", "weinig"}),
        ("onderwerp=aard:OVE", {"q2", "jaar", "drempel"}),
        ("zoek=bestaat+niet", set()),
    ],
)
def test_the_catalogue_is_searched(query: str, found: set[str]) -> None:
    assert listed(query) == found


def test_a_search_that_finds_nothing_says_what_to_try() -> None:
    assert "schrijf een kleiner deel van de naam" in page("/openbaar/?zoek=zzz")


def test_a_wrong_choice_is_told_and_hides_nothing() -> None:
    text = page("/openbaar/?jaar=abc")
    assert 'aria-invalid="true"' in text
    assert str(ident("q3")) in text


def test_a_subject_shows_its_number_and_a_page_carries_no_cookie() -> None:
    answer = Browser().get("/openbaar/?onderwerp=aard:FIN&jaar=2025")
    assert ">281<" in answer.content.decode().replace(" ", "").replace("\n", "")
    assert "Set-Cookie" not in answer
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_the_language_is_chosen_without_a_form_token_and_leads_back_here() -> None:
    browser = Browser()
    answer = browser.get("/openbaar/taal/?taal=en&terug=/openbaar/?jaar=2025")
    assert answer["Location"] == "/openbaar/?jaar=2025"
    assert 'lang="en"' in browser.get("/openbaar/").content.decode()
    away = browser.get("/openbaar/taal/?taal=xx&terug=https://elders.example/")
    assert away["Location"] == "/openbaar/"
    assert 'lang="en"' in browser.get("/openbaar/").content.decode()


# ------------------------------------------------------------------- comparing


def test_two_periods_are_compared_in_words_with_printed_numbers_only() -> None:
    found = compare(read("q3"), read("q2"))
    assert (found.eerder.periode, found.later.periode) == ("2025-Q2", "2025-Q3")
    rows = {r.label: r for t in found.tabellen for r in t.rijen}
    said = {
        "Financiën": (211, 281, "70 meer"),
        "Relatie": (197, 190, "7 minder"),
        "Organisatie": (283, 283, "evenveel"),
        "Overig": (61, None, "niet te vergelijken"),
    }
    for label, row in said.items():
        (match,) = [r for name, r in rows.items() if name.startswith(label)]
        assert (match.eerder, match.later, match.verschil) == row
    text = page(f"/openbaar/{ident('q2')}/vergelijken/?met={ident('q3')}")
    assert "70 meer" in text
    assert "niet getoond: te weinig mensen" in text


def test_periods_of_another_length_are_beside_each_other_without_a_difference() -> None:
    found = compare(read("jaar"), read("q2"))
    assert not found.even_lang
    assert {r.verschil for t in found.tabellen for r in t.rijen} == {""}
    text = page(f"/openbaar/{ident('q2')}/vergelijken/?met={ident('jaar')}")
    assert "De perioden zijn niet even lang" in text


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("q2", "weg", "is ingetrokken"),
        ("weg", "q2", "is ingetrokken"),
        ("q2", "drempel", "verschillende drempel"),
        ("weinig", "weinig", "tonen wij geen cijfers"),
    ],
)
def test_what_cannot_be_compared_says_why(one: str, other: str, why: str) -> None:
    found = compare(read(one), read(other))
    assert why in found.bezwaar
    assert found.tabellen == ()


def test_one_compares_within_one_opdrachtgever_only() -> None:
    with pytest.raises(ValueError, match="two opdrachtgevers"):
        compare(read("q3"), read("weinig"))
    text = page(f"/openbaar/{ident('q3')}/vergelijken/?met={ident('weinig')}", 422)
    assert "Kies een periode uit de lijst" in text
    assert "Er is nog geen andere periode" in page(
        f"/openbaar/{ident('weinig')}/vergelijken/"
    )


# -------------------------------------------------------------------- the feed


def feed(path: str) -> Any:
    answer = Browser().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def links_of(element: Any) -> dict[str | None, str]:
    return {x.get("rel"): x.get("href") for x in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/openbaar/feed.atom", set(openbare.ROWS)),
        ("/openbaar/van/wulpenhorst/feed.atom", {"weinig"}),
    ],
)
def test_the_feed_has_what_atom_asks_of_it(path: str, names: set[str]) -> None:
    root = feed(path)
    assert root.tag == f"{ATOM}feed"
    for one in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
            assert one.findtext(f"{ATOM}{name}")
        # An address of its own, and moments with a time zone (RFC 3339).
        assert re.match(r"(https?://|urn:uuid:)", one.findtext(f"{ATOM}id"))
        for moment in ("updated", "published"):
            for found in one.findall(f"{ATOM}{moment}"):
                assert datetime.fromisoformat(found.text).tzinfo is not None
        links = links_of(one)
        assert len(links) == len(one.findall(f"{ATOM}link"))
        assert links.get("alternate", links.get(None)).startswith("http")
        for summary in one.findall(f"{ATOM}summary"):
            assert summary.get("type") == "html"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert root.findtext(f"{ATOM}rights").startswith("https://creativecommons.org/")
    assert links_of(root)["self"] == root.findtext(f"{ATOM}id")
    assert links_of(root)["self"].endswith(path)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    ids = {entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")}
    assert ids == {f"urn:uuid:{ident(naam)}" for naam in names}
    times = [e.findtext(f"{ATOM}updated") for e in root.findall(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)


def test_what_was_withdrawn_comes_first_in_the_feed_as_withdrawn() -> None:
    entry = feed("/openbaar/feed.atom").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{ident('weg')}"
    assert entry.findtext(f"{ATOM}title").startswith("Ingetrokken: ")
    # It is read as HTML, and what people typed is not that.
    assert "fout in &lt;de&gt; telling &amp; meer" in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}category").get("term") == "ingetrokken"


def test_there_is_no_feed_of_who_published_nothing() -> None:
    assert Browser().get("/openbaar/van/niemand/feed.atom").status_code == 404


# ------------------------------------------------------------ kept, and fresh

PATHS = (
    "/openbaar/",
    f"/openbaar/{ident('q3')}/",
    f"/openbaar/{ident('q3')}/csv?tabel=aard",
    "/openbaar/feed.atom",
    "/openbaar/catalogus.ttl",
    "/api/v1/publicaties",
)


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_already_gets_304(path: str) -> None:
    first = Browser().get(path)
    assert first["Last-Modified"]
    again = Browser().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = Browser().get(path, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    other = Browser().get(path, headers={"If-None-Match": '"iets-anders"'})
    assert other.status_code == 200
    assert other["ETag"] == first["ETag"]


def test_a_change_shows_at_once(superuser_here: Any) -> None:
    first = Browser().get("/openbaar/")
    superuser_here.execute(
        "UPDATE signalering_publicatie SET gepubliceerd_op = now() WHERE id = %s",
        [ident("q3")],
    )
    again = Browser().get("/openbaar/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


@pytest.fixture
def superuser_here() -> Iterator[Any]:
    with embedded.current().superuser(openbare.DATABASE) as made:
        made.execute("ALTER TABLE signalering_publicatie DISABLE TRIGGER USER")
        before = made.execute(
            "SELECT gepubliceerd_op FROM signalering_publicatie WHERE id = %s",
            [ident("q3")],
        ).fetchone()
        yield made
        made.execute(
            "UPDATE signalering_publicatie SET gepubliceerd_op = %s WHERE id = %s",
            [before[0], ident("q3")],
        )
        made.execute("ALTER TABLE signalering_publicatie ENABLE TRIGGER USER")


@pytest.fixture
def apart(settings: Any) -> Iterator[None]:
    """As in the process of the public pages: the stand is known for a while."""
    settings.OPENBAAR_STAND_SECONDEN, settings.OPENBAAR_VOORRAAD_MB = 60.0, 1
    winkel._laatst.stand = None
    yield
    winkel._laatst.stand = None
    winkel.voorraad.inhoud.clear()
    winkel.voorraad.bytes_in = 0


def test_what_is_kept_touches_no_table(apart: None) -> None:
    def noting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "signalering" in sql:
            asked.append(sql)
        return execute(sql, params, many, context)

    asked: list[str] = []
    with connection.execute_wrapper(noting):
        first = {path: Browser().get(path).content for path in PATHS}
        assert len(asked) >= len(PATHS)
        asked.clear()
        assert {path: Browser().get(path).content for path in PATHS} == first
    assert asked == []


def test_a_database_that_is_away_does_not_take_the_pages_along(
    apart: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    first = page("/openbaar/")

    def away() -> Any:
        raise OperationalError("away")

    monkeypatch.setattr(selectors, "stand_of_publicaties", away)
    settings.OPENBAAR_STAND_SECONDEN = 0.001
    assert page("/openbaar/") == first


def test_the_store_throws_away_what_was_asked_longest_ago(apart: None) -> None:
    half = HttpResponse(b"x" * (1 << 19))
    for key in ("een", "twee"):
        winkel.voorraad.put(key, half)
    assert winkel.voorraad.get("een") is not None
    winkel.voorraad.put("drie", half)
    kept = {key: winkel.voorraad.get(key) is not None for key in ("een", "twee")}
    assert kept == {"een": True, "twee": False}
    winkel.voorraad.put("te groot", HttpResponse(b"x" * (1 << 21)))
    assert winkel.voorraad.get("te groot") is None
    assert winkel.voorraad.bytes_in == 1 << 20
