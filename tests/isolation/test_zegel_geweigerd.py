"""Who can write in the database itself changes nothing unseen: refused, and on record.

Each change is committed by a superuser; the page that would show the text is asked for
and the change is put back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests import people
from tests.isolation.planting import ident

pytestmark = pytest.mark.usefixtures("wall")
Truth = psycopg.Connection[Any]
ROWS = {"mine": ident("client", "arnhem"), "other": ident("client", "wulpenhorst")}
PAGE = f"/t/arnhem/kwesties/{ident('kwestie', 'arnhem')}/"
NAAM = "Naam van arnhem"
CHANGES = {
    "another row": "UPDATE cases_client SET naam_v = (SELECT naam_v FROM cases_client"
    " WHERE id = %(other)s) WHERE id = %(mine)s",
    "another column": "UPDATE cases_client SET naam_v = telefoon_v WHERE id = %(mine)s",
    "the key of another": "UPDATE privacy_sleutel SET van = gen_random_uuid()"
    " WHERE van = %(mine)s",
    "version byte": "UPDATE cases_client SET naam_v = set_byte(naam_v, 0, 2)"
    " WHERE id = %(mine)s",
    "a bit": "UPDATE cases_client SET naam_v ="
    " set_bit(naam_v, 200, 1 - get_bit(naam_v, 200)) WHERE id = %(mine)s",
    "cut off": "UPDATE cases_client SET naam_v = substr(naam_v, 1, length(naam_v) - 1)"
    " WHERE id = %(mine)s",
    "plain text": "UPDATE cases_client SET naam_v = 'Een ander' WHERE id = %(mine)s",
    "wrapped key": "UPDATE privacy_sleutel SET sleutel = (SELECT sleutel FROM"
    " privacy_sleutel WHERE van = %(other)s) WHERE van = %(mine)s",
}


@contextmanager
def changed(truth: Truth, change: str) -> Iterator[None]:
    """The change, past every trigger, and afterwards everything as it was."""
    tables = {"cases_client": "id", "privacy_sleutel": "id"}
    truth.execute("SET session_replication_role = replica")
    for table in tables:
        truth.execute(f"CREATE TEMP TABLE was_{table} AS SELECT * FROM {table}")
    try:
        assert truth.execute(change, ROWS).rowcount == 1
        yield
    finally:
        for table in tables:
            truth.execute(f"DELETE FROM {table}")
            truth.execute(f"INSERT INTO {table} SELECT * FROM was_{table}")
            truth.execute(f"DROP TABLE was_{table}")
        truth.execute("SET session_replication_role = DEFAULT")


def events(truth: Truth) -> list[tuple[Any, ...]]:
    return truth.execute(
        "SELECT tenant_id, actor_id, rol, onderwerp, uitkomst, extra->>'reden'"
        " FROM privacy_auditevent WHERE gebeurtenis = 'zegel_geweigerd'"
        " ORDER BY tijdstip"
    ).fetchall()


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_is_refused_and_recorded(name: str, truth: Truth) -> None:
    browser = people.browser("nadia")
    assert NAAM in browser.get(PAGE).content.decode()
    before = len(events(truth))
    with changed(truth, CHANGES[name]):
        browser.raise_request_exception = False
        answer = browser.get(PAGE)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Deze gegevens gaan niet open" in page
    assert "functionaris gegevensbescherming" in page
    assert "arnhem" not in page.lower().replace("/t/arnhem/", "")
    (event,) = events(truth)[before:]
    assert event[:3] == (1, people.ident("nadia"), "staff")
    assert event[4] == "geweigerd"
    assert event[5] in {"geknoeid", "vorm", "sleutel_weg"}
    assert NAAM in browser.get(PAGE).content.decode()


def test_nothing_of_a_request_that_met_a_broken_seal_is_kept(truth: Truth) -> None:
    """The look at the kwestie is rolled back; the refusal is not, nor that a page
    failed.
    """
    browser = people.browser("nadia")
    count = "SELECT count(*) FROM privacy_auditevent WHERE gebeurtenis <> ALL (%s)"
    outside = [["zegel_geweigerd", "pagina_mislukt"]]
    before = truth.execute(count, outside).fetchone()
    with changed(truth, CHANGES["a bit"]):
        browser.raise_request_exception = False
        assert browser.get(PAGE).status_code == 500
    assert truth.execute(count, outside).fetchone() == before
