"""What machines read: security.txt, robots.txt and the sitemap."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from adviespunt import embedded, vindbaar
from tests import people
from tests.tenants.test_publiek import draft, publish, statuut

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 22, 12, tzinfo=UTC)
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_security_txt_has_what_rfc_9116_asks(settings: Any) -> None:
    settings.SITE_ADRES = "https://adviespunt.example"
    response = people.browser(None).get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert list(lines) == [
        *("Contact", "Expires", "Preferred-Languages", "Policy", "Canonical"),
    ]
    assert re.fullmatch(r"(mailto:|https://).+", lines["Contact"])
    assert lines["Canonical"] == "https://adviespunt.example/.well-known/security.txt"
    policy = lines["Policy"].removeprefix("https://adviespunt.example")
    assert people.browser(None).get(policy).status_code == 200
    until = datetime.fromisoformat(lines["Expires"])
    assert until < datetime.now(UTC) + timedelta(days=365)


def test_security_txt_is_not_prolonged_by_time_going_by(settings: Any) -> None:
    first, later = vindbaar.expires(NU), vindbaar.expires(NU + timedelta(days=200))
    assert first == later == datetime(2027, 11, 17, 23, 59, 59, tzinfo=UTC)
    settings.SECURITY_GELDIG_TOT = "2027-02-01"
    assert vindbaar.expires(NU) == datetime(2027, 2, 1, 23, 59, 59, tzinfo=UTC)
    settings.SECURITY_GELDIG_TOT = "2035-01-01"
    assert vindbaar.expires(NU) == NU + timedelta(days=364)


def test_the_day_of_release_is_that_of_publiccode() -> None:
    text = (embedded.ROOT / "publiccode.yml").read_text("utf-8")
    (day,) = re.findall(r'^releaseDate: "(.+)"$', text, re.MULTILINE)
    assert day == vindbaar.UITGEBRACHT.isoformat()


def test_robots_leave_alone_what_is_for_one_person(settings: Any) -> None:
    settings.SITE_ADRES = "https://adviespunt.example"
    lines = people.browser(None).get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /t/", "Disallow: /accounts/"} <= set(lines)
    assert "Disallow: /openbaar/taal/" in lines
    assert not {"Disallow: /openbaar/", "Disallow: /api/"} & set(lines)
    assert lines[-1] == "Sitemap: https://adviespunt.example/sitemap.xml"


def test_the_sitemap_holds_public_pages_that_are_there(settings: Any) -> None:
    settings.SITE_ADRES = "https://adviespunt.example"
    publish("Een tekst.")
    draft("Concept.")
    statuut("Een statuut.", datetime.now(UTC).date() + timedelta(days=1))
    bodies = [people.browser(naam).get("/sitemap.xml") for naam in (None, "hanna")]
    assert bodies[0].content == bodies[1].content
    assert bodies[0]["Content-Type"] == "application/xml"
    found = [
        one.text or ""
        for one in ElementTree.fromstring(bodies[0].content).iter(f"{NS}loc")
    ]
    paths = [url.removeprefix("https://adviespunt.example") for url in found]
    assert "/adviespunt/arnhem/" in paths
    assert "/adviespunt/arnhem/onafhankelijkheid/" not in paths  # holds from tomorrow
    assert "/adviespunt/wulpenhorst/" not in paths
    visitor = people.browser(None)
    assert {visitor.get(path).status_code for path in paths} == {200}


@pytest.mark.parametrize(
    "path", ["/privacy", "/toegankelijkheid", "/kwetsbaarheid-melden"]
)
def test_statements_name_whom_to_write_to(path: str) -> None:
    assert "@adviespunt.example" in people.browser(None).get(path).content.decode()
    assert "24 maanden nadat" in people.browser(None).get("/privacy").content.decode()
