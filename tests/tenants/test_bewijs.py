"""Which pages ask once more who somebody is, when the last time is minutes ago.

Roles, what an opdrachtgever is and what was agreed, publication, export, keys (issue
text of sign-in). Read from the urlconf: a page that begins or stops asking fails here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from tests import people
from tests.isolation import test_url_matrix as matrix

pytestmark = pytest.mark.django_db
# Address → who would get in there, what she sends (None: she looks at it).
ASKS: dict[str, tuple[str, dict[str, str] | None]] = {
    # roles, and who comes in
    "tenants:uitnodigen": ("dewi", None),
    "tenants:uitnodiging_opnieuw": ("dewi", {}),
    "tenants:uitnodiging_intrekken": ("dewi", {}),
    "tenants:rol_geven": ("dewi", {"rol": "TOETSER"}),
    "tenants:rol_stoppen": ("dewi", {}),
    "tenants:rolverzoek": ("dewi", {"rol": "FG"}),
    "tenants:rolverzoek_besluit": ("dewi", {"besluit": "ja"}),
    "cases:ontheffen": ("dewi", {"medewerker": "x"}),
    # what an opdrachtgever is, and what was agreed with it
    "beheer:nieuw": ("dewi", {"naam": "Gemeente X"}),
    "beheer:stand": ("dewi", {"stap": "beeindig"}),
    "beheer:opdracht_nieuw": ("dewi", None),
    "beheer:opdracht": ("dewi", {"drempel_openbaar": "1"}),
    "beheer:gemeenten": ("dewi", {"inhoud": "GM0202,Arnhem"}),
    # publication
    "signalering:stap": ("fatma", {}),
    "signalering:vertrouwelijk": ("fatma", {"reden": "x"}),
    "signalering:intrekken": ("chantal", {"reden": "x"}),
    # export
    "cases:avg_uitvoer": ("anna", None),
    "cases:logboek_csv": ("frits", None),
    "cases:uren_csv": ("fatma", None),
    # keys: wiping somebody destroys hers
    "cases:avg_verzoek": ("anna", {"doe": "uitvoeren"}),
}
# Linking the account of one's organisation: tests/tenants/test_oidc.py.
KOPPELEN = {"inloggen_koppelen", "inloggen_koppelen_link"}
# Files without anything about a person: the register of processing, a DPIA.
OVER_NIEMAND = {"verwerkingen_csv", "verwerkingen_json", "dpia_json"}


def asking(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from asking(
                entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            )
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "asks_proof"):
            yield f"{prefix}{entry.name}"


def test_these_pages_ask_and_no_other() -> None:
    assert set(asking()) == {*ASKS, *KOPPELEN}
    csv = {name for name in matrix.GET if name.endswith(("_csv", "_json"))}
    assert csv - set(ASKS) == OVER_NIEMAND


def long_ago(naam: str) -> Browser:
    browser = people.browser(naam)
    people.prove(browser, naam, at=time.time() - 3600)
    return browser


@pytest.mark.parametrize("name", ASKS)
def test_with_a_proof_of_an_hour_ago_it_asks(name: str) -> None:
    naam, data = ASKS[name]
    url = matrix.address(name, dict.fromkeys(matrix_apps(), uuid4()))
    url = url.replace("stap/dien-in/", "stap/publiceer/")
    browser = long_ago(naam)
    answer: Any = browser.get(url) if data is None else browser.post(url, data)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/bevestigen/?next=")


def matrix_apps() -> tuple[str, ...]:
    return ("cases", "signalering", "beheer", "tenants")


def test_it_does_not_ask_for_what_is_no_end_of_anything() -> None:
    """Another step on the same page goes on without."""
    url = matrix.address("cases:avg_verzoek", {"cases": uuid4()})
    assert long_ago("anna").post(url, {"doe": "vertellen"}).status_code == 404
