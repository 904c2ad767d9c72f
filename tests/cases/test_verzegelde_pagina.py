"""What the seals cost a page: the same statements, however much there is to read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Kwestie
from cases.services import Contact, moment_on
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
MOST_FOR_KEYS = 2  # of the kwestie and what hangs on it; of its client


def with_notes(kwestie: Kwestie, many: int) -> None:
    for number in range(many):
        contact = Contact(
            datum_tijd=moment_on(seed.SEVEN["datum"]),
            kanaal="TEL",
            met=("CLIENT",),
            activiteiten=("IND.INFO",),
            notitie=f"Notitie {number}",
        )
        seed.act("add_contactmoment", kwestie, contact=contact)


def statements(kwestie: Kwestie) -> tuple[int, int]:
    """Of the page of this kwestie: all of them, and those that fetch keys."""
    browser = people.browser("anna")
    address = f"/t/arnhem/kwesties/{kwestie.pk}/"
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(address).content.decode()
    assert "Notitie 0" in page and seed.NAAM in page
    keys = [q for q in asked.captured_queries if '"privacy_sleutel"' in q["sql"]]
    return len(asked), len(keys)


def test_a_kwestie_with_many_notes_costs_as_many_statements_as_with_one() -> None:
    kwestie = seed.register(
        identiteitsstatus="BEKEND", naam=seed.NAAM, toelichting="Het verhaal."
    )
    with_notes(kwestie, 1)
    one, keys = statements(kwestie)
    assert 1 <= keys <= MOST_FOR_KEYS
    with_notes(kwestie, 9)
    assert statements(kwestie) == (one, keys)
