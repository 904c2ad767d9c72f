"""The API: as it is described, for everybody, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser
from django.test import override_settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from signalering.publication.openapi import document
from tests.signalering import openbare
from tests.signalering.openbare import ident

pytestmark = pytest.mark.usefixtures("portaal")
API = "/api/v1"


@pytest.fixture(scope="module")
def portaal(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), openbare.portaal():
        yield


def get(path: str, status: int = 200, **headers: str) -> Any:
    """The answer, after a check against the schema the description gives of it."""
    answer = Browser().get(f"{API}{path}", headers=headers)
    assert answer.status_code == status, answer.content
    assert answer["API-Version"] == document()["info"]["version"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    media = answer.get("Content-Type", "")
    if "json" in media:
        _check(path, answer, media)
    return answer


def _check(path: str, answer: Any, media: str) -> None:
    described = document()
    if path == "/openapi.json":
        return
    if answer.status_code >= 400:
        assert media == "application/problem+json"
        schema: dict[str, Any] = {"$ref": "#/components/schemas/Probleem"}
    else:
        route = _route(path.partition("?")[0])
        answers = described["paths"][route]["get"]["responses"]
        schema = answers[str(answer.status_code)]["content"][media]["schema"]
    whole = {**schema, "components": described["components"]}
    Draft202012Validator(
        whole, format_checker=Draft202012Validator.FORMAT_CHECKER
    ).validate(json.loads(answer.content))


def _route(path: str) -> str:
    parts = path.strip("/").split("/")
    if len(parts) > 1:
        parts[1] = "{id}"
    if len(parts) > 3:
        parts[3] = "{code}"
    return "/" + "/".join(parts)


def test_the_description_is_valid_openapi() -> None:
    served = json.loads(get("/openapi.json").content)
    validate(served)
    assert served == json.loads(json.dumps(document()))
    assert served["openapi"] == "3.1.0"


def test_every_described_endpoint_answers_by_its_schema() -> None:
    q3, weinig = ident("q3"), ident("weinig")
    asked = {
        "/": "/",
        "/publicaties": "/publicaties",
        "/publicaties/{id}": f"/publicaties/{q3}",
        "/publicaties/{id}/tabellen/{code}": f"/publicaties/{q3}/tabellen/aard",
        "/opdrachtgevers": "/opdrachtgevers",
    }
    assert set(asked) == set(document()["paths"])
    for path in (*asked.values(), f"/publicaties/{weinig}"):
        get(path)


def test_s033_what_is_withheld_is_null_in_json_and_empty_in_csv() -> None:
    table = json.loads(get(f"/publicaties/{ident('q3')}/tabellen/aard").content)
    cells = {cell["dims"]["aard"]: cell for cell in table["cellen"]}
    assert (cells["OVE"]["kwesties"], cells["OVE"]["onderdrukt"]) == (None, True)
    assert (cells["FIN"]["kwesties"], cells["FIN"]["onderdrukt"]) == (281, False)
    answer = get(f"/publicaties/{ident('q3')}/tabellen/aard?formaat=csv")
    assert answer.content.startswith("\ufeff".encode())
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["tabel"] for row in rows} == {"aard"}
    shown = {row["code"]: (row["kwesties"], row["onderdrukt"]) for row in rows}
    assert shown["OVE"] == ("", "true")
    assert shown["FIN"] == ("281", "false")
    assert len(shown) == 6


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("opdrachtgever=arnhem", {"q2", "q3", "jaar", "drempel", "weg"}),
        ("zoek=wulpen", {"weinig"}),
        ("jaar=2025", {"q2", "q3", "weg", "weinig"}),
        ("periode=2024", {"jaar"}),
        ("onderwerp=aard:OVE", {"q2", "jaar", "drempel"}),
        ("onderwerp=inhoud:Collectief", set()),  # counted, and 0 everywhere
    ],
)
def test_the_catalogue_is_searched(query: str, found: set[str]) -> None:
    listed = json.loads(get(f"/publicaties?{query}").content)
    ids = {row["id"] for row in listed["publicaties"]}
    assert ids == {str(ident(naam)) for naam in found}
    assert listed["aantal"] == len(found)


def test_pages_point_to_each_other() -> None:
    seen: list[str] = []
    path = "/publicaties?opdrachtgever=arnhem&pageSize=2"
    for _turn in range(3):
        answer = get(path)
        listed = json.loads(answer.content)
        seen += [row["id"] for row in listed["publicaties"]]
        links = listed["links"]
        assert f'<{links["self"]}>; rel="self"' in answer["Link"]
        path = links.get("next", "").partition(API)[2]
    assert path == ""
    assert len(seen) == len(set(seen)) == 5
    assert "opdrachtgever=arnhem" in links["prev"]


@pytest.mark.parametrize(
    "query",
    [
        *("onbekend=1", "jaar=veel", "jaar=1999", "periode=2025-Q5", "pageSize=101"),
        *("page=0", "page=99", "onderwerp=aard:X", "opdrachtgever=A%20B"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_to_do(query: str) -> None:
    problem = json.loads(get(f"/publicaties?{query}", 400).content)
    (fout,) = problem["fouten"]
    assert fout["parameter"] == query.partition("=")[0]
    assert len(fout["reden"]) > 10


def test_a_wrong_format_is_a_400_too() -> None:
    problem = json.loads(get(f"/publicaties/{ident('q2')}?formaat=xml", 400).content)
    assert problem["fouten"][0]["parameter"] == "formaat"


@pytest.mark.parametrize(
    "path",
    [
        "/publicaties/0b1e9c1e-6c55-4c5e-9d53-2f6a0c7d8e91",
        "/publicaties/0b1e9c1e-6c55-4c5e-9d53-2f6a0c7d8e91/tabellen/aard",
        "/publicaties/",  # no slash at the end, by the design rules
        "/publicaties/geen-nummer",
        "/bestaat/niet",
    ],
)
def test_what_is_not_there_is_a_problem_too(path: str) -> None:
    assert json.loads(get(path, 404).content)["status"] == 404


def test_a_table_that_was_not_published_is_not_there() -> None:
    """The tables for the commissioning party exist nowhere in the public API."""
    for code in ("wet", "kanaal", "minuten", "bestaat-niet"):
        get(f"/publicaties/{ident('q3')}/tabellen/{code}", 404)


def test_a_withdrawn_publication_is_gone_with_its_reason_and_without_figures() -> None:
    for path in ("", "/tabellen/aard", "?formaat=csv"):
        answer = get(f"/publicaties/{ident('weg')}{path}", 410)
        problem = json.loads(answer.content)
        assert "fout in <de> telling" in problem["detail"]
        assert problem["publicatie"]["ingetrokken"] is True
        assert "kwesties" not in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed_through_it(method: str) -> None:
    browser = Browser(enforce_csrf_checks=True)
    answer = getattr(browser, method)(f"{API}/publicaties")
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_another_site_may_ask_and_may_read_the_headers() -> None:
    answer = Browser().options(
        f"{API}/publicaties", headers={"Origin": "https://elders.example"}
    )
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Set-Cookie" not in answer
    assert "API-Version" in answer["Access-Control-Expose-Headers"]


def test_the_root_says_where_everything_is_with_and_without_a_slash() -> None:
    answers = [json.loads(get(path).content) for path in ("", "/")]
    assert answers[0] == answers[1]
    for url in answers[0]["links"].values():
        get(url.partition(API)[2])


@override_settings(SECURE_HSTS_SECONDS=3600)
def test_every_answer_carries_the_headers_of_the_design_rules() -> None:
    """/core/transport/security-headers; what is public may be kept for a minute."""
    browser = Browser()
    for path, kept in (("", "public, max-age=60"), ("/bestaat/niet", "no-store")):
        answer = browser.get(f"{API}{path}", secure=True)
        assert answer["Cache-Control"] == kept
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Strict-Transport-Security"].startswith("max-age=3600")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "Server" not in answer and "X-Powered-By" not in answer
        assert not browser.cookies


def test_a_moment_is_in_utc_and_ends_in_z() -> None:
    """/core/date-time/timezone"""
    listed = json.loads(get("/publicaties?opdrachtgever=arnhem").content)
    moments = [
        row[name]
        for row in listed["publicaties"]
        for name in ("gepubliceerdOp", "ingetrokkenOp")
        if name in row
    ]
    assert "2025-09-02T09:00:00Z" in moments
    assert all(re.fullmatch(r"[\d-]{10}T[\d:]{8}Z", moment) for moment in moments)


def test_what_breaks_inside_is_a_problem_without_its_cause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> list[dict[str, Any]]:
        raise RuntimeError("het geheim van de kok")

    monkeypatch.setattr("signalering.selectors.opdrachtgevers_met_publicaties", broken)
    answer = get("/opdrachtgevers", 500)
    assert "kok" not in answer.content.decode()


@override_settings(SITE_ADRES="https://adviespunt.example")
def test_links_are_whole_addresses() -> None:
    answer = json.loads(get("/opdrachtgevers").content)
    codes = {row["code"]: row for row in answer["opdrachtgevers"]}
    assert codes["arnhem"]["aantal"] == 5
    feed = "https://adviespunt.example/openbaar/van/arnhem/feed.atom"
    assert codes["arnhem"]["links"]["feed"] == feed
