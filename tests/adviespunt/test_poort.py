"""Counting questions per address: for a minute, in memory, before anything else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from adviespunt import poort
from adviespunt.poort import Poort, address_of


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"pagina"]


def ask(door: Poort, path: str, address: str = "192.0.2.1", **more: str) -> Any:
    """Status line, headers and body."""
    seen: list[Any] = []
    environ = {"PATH_INFO": path, "REMOTE_ADDR": address, **more}
    body = door(environ, lambda status, headers: seen.extend((status, dict(headers))))
    return *seen, b"".join(body)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(clock: Clock) -> Poort:
    return Poort(application, per_minuut=3, proxies=0, clock=clock)


def test_after_so_many_in_a_minute_it_is_429_until_the_minute_is_over(
    door: Poort, clock: Clock
) -> None:
    for _turn in range(3):
        assert ask(door, "/openbaar/")[0] == "200 OK"
    clock.now += 20.5
    status, headers, body = ask(door, "/openbaar/")
    assert status == "429 Too Many Requests"
    assert headers["Retry-After"] == "40"
    assert "Te veel vragen" in body.decode()
    clock.now += 40
    assert ask(door, "/openbaar/")[0] == "200 OK"


def test_the_api_says_it_as_a_problem(door: Poort) -> None:
    for _turn in range(3):
        ask(door, "/api/v1/publicaties")
    status, headers, body = ask(door, "/api/v1/publicaties")
    assert status == "429 Too Many Requests"
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(body)["status"] == 429
    assert headers["Content-Length"] == str(len(body))


def test_another_address_and_another_page_are_not_held_up(door: Poort) -> None:
    for _turn in range(4):
        last = ask(door, "/openbaar/")
    assert last[0] == "429 Too Many Requests"
    assert ask(door, "/openbaar/", "192.0.2.2")[0] == "200 OK"
    for path in ("/", "/kwesties/", "/accounts/login/", "/gezond", "/static/app.css"):
        assert ask(door, path)[0] == "200 OK", path


def test_no_address_is_kept_and_nothing_of_it_outlives_the_minute(
    door: Poort, clock: Clock
) -> None:
    ask(door, "/openbaar/", "192.0.2.77")
    assert "192.0.2.77" not in repr(vars(door))
    (first,) = door.geteld
    assert len(first) == 16
    clock.now += 60
    ask(door, "/openbaar/", "192.0.2.77")
    (second,) = door.geteld
    assert first != second


def test_ten_thousand_guesses_of_a_return_code_from_one_address_are_limited(
    clock: Clock,
) -> None:
    """Twenty come through in a minute; who has a code and another address notices
    nothing, and reading a page is not held up."""
    door = Poort(application, per_minuut=3, proxies=0, clock=clock)
    post = {"REQUEST_METHOD": "POST"}
    got = [ask(door, "/loket/terug/", **post)[0] for _turn in range(10_000)]
    assert got.count("200 OK") == poort.LOKET_PER_MINUUT == 20
    assert got[-1] == "429 Too Many Requests"
    assert ask(door, "/loket/terug/", "192.0.2.2", **post)[0] == "200 OK"
    assert ask(door, "/loket/terug/", REQUEST_METHOD="GET")[0] == "200 OK"
    assert ask(door, "/openbaar/")[0] == "200 OK"
    clock.now += 60
    assert ask(door, "/loket/terug/", **post)[0] == "200 OK"


def test_the_memory_it_takes_has_an_end(
    door: Poort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poort, "MEESTE_ADRESSEN", 10)
    for number in range(50):
        ask(door, "/openbaar/", f"192.0.2.{number}")
    assert len(door.geteld) <= 11


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "found"),
    [
        (0, "198.51.100.9", "192.0.2.1", "192.0.2.1"),  # believed of nobody
        (1, "203.0.113.5, 198.51.100.9", "10.0.0.1", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9", "10.0.0.1", "203.0.113.5"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "", ""),
        (1, "geen adres", "10.0.0.1", "geen adres"),
    ],
)
def test_the_address_is_what_the_last_trusted_proxy_says(
    proxies: int, forwarded: str, remote: str, found: str
) -> None:
    environ = {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": remote}
    assert address_of(environ, proxies) == found
