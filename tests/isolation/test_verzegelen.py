"""The migration that seals: what was plain text before is sealed in the same step."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from adviespunt import embedded
from cases.models import Client
from tenants.scope import acting_as
from tests import people
from tests.conftest import as_owner, connected_to, copy_template, drop

VROEGER = "adviespunt_vroeger"
MIGRATIE: Any = import_module("cases.migrations.0010_verzegeld")
COLUMNS = MIGRATIE.VERZEGELD["cases_client"][3]


@pytest.fixture
def vroeger(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database whose clients are still in plain text."""
    with django_db_blocker.unblock():
        copy_template(VROEGER)
        to_text = ", ".join(f"ALTER COLUMN {c} TYPE text USING NULL" for c in COLUMNS)
        with embedded.current().superuser(VROEGER) as server:
            server.execute(f"ALTER TABLE cases_client {to_text}")
        with connected_to(VROEGER):
            yield VROEGER
        drop(VROEGER)


def test_what_was_plain_text_is_sealed_and_opens(vroeger: str) -> None:
    known, wiped = uuid4(), uuid4()
    insert = (
        "INSERT INTO cases_client (id, tenant_id, identiteitsstatus, leeftijdsklasse,"
        " aangemaakt_op, naam_v, adres_v) VALUES (%s, %s, 'BEKEND', 'ONB', now(), %s, %s)"
    )
    with embedded.current().superuser(vroeger) as server:
        server.execute(insert, [known, 1, "Truus van Kleef", None])
        server.execute(insert, [wiped, 2, "–", "Eikelpad 4"])
    with as_owner(vroeger), transaction.atomic():
        MIGRATIE.seal_what_is_there(None, SimpleNamespace(connection=connection))
        with connection.cursor() as cursor:
            cursor.execute(MIGRATIE.as_bytes("cases_client", COLUMNS))
    with embedded.current().superuser(vroeger) as server:
        stored = server.execute("SELECT naam_v, adres_v FROM cases_client").fetchall()
        assert b"Truus" not in b"".join(b for row in stored for b in row if b)
    with acting_as(people.wie("nadia").scope(1)):
        row = Client.objects.get(pk=known)
        assert (row.naam, row.adres, row.telefoon) == ("Truus van Kleef", "", "")
        row = Client.objects.get(pk=wiped)
        assert (row.naam, row.adres) == ("–", "Eikelpad 4")
