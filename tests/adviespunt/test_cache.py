"""The cache never runs code, and sign-in attempts are still counted in it."""

from __future__ import annotations

import json
import os
import pickle
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from adviespunt.cache import JsonSerializer
from tests import people

WRONG = {"login": people.email("anna"), "password": "dit-is-het-niet"}


class Trap:
    """What a thief with access to Valkey would leave for the web server to read."""

    def __reduce__(self) -> tuple[Any, tuple[str, str]]:
        return os.putenv, ("ADVIESPUNT_VAL", "dicht")


def test_a_pickle_is_not_opened() -> None:
    with pytest.raises(ValueError, match=r".+"):
        JsonSerializer().loads(pickle.dumps(Trap()))


@pytest.mark.parametrize("value", [1, [1.5, 2.5], True, {"a": None}, "tekst"])
def test_what_goes_in_comes_out(value: object) -> None:
    serializer = JsonSerializer()
    assert serializer.loads(serializer.dumps(value)) == value
    assert json.loads(serializer.dumps(value)) == value


def test_the_cache_of_the_product_uses_it(servers: object) -> None:
    entry = settings.CACHES["default"]
    assert entry["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert entry["OPTIONS"] == {"serializer": "adviespunt.cache.JsonSerializer"}
    cache.set("proef", [1, 2.5])
    cache.incr("teller") if cache.add("teller", 41) else None
    assert (cache.get("proef"), cache.get("teller")) == ([1, 2.5], 42)
    cache.delete_many(["proef", "teller"])


@pytest.mark.django_db
def test_too_many_wrong_passwords_are_refused() -> None:
    browser = people.browser(None)
    answers = [
        browser.post("/accounts/login/", WRONG, secure=settings.HTTPS)
        for _attempt in range(6)
    ]
    texts = [answer.content.decode() for answer in answers]
    assert "Te veel" not in texts[4]
    assert "Te veel" in texts[5]
