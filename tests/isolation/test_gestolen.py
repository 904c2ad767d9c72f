"""The promise: who steals a dump reads no name and no text, and erasure reaches it.

Real pg_dump and pg_restore, on a database in which people wrote through the product.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from adviespunt import embedded
from adviespunt.postgresserver import Postgres
from cases.models import Client, Kwestie
from cases.services import Contact, moment_on
from privacy.zegel import ZegelFout
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.conftest import connected_to, copy_template, drop

BRON, TERUG = "adviespunt_gestolen", "adviespunt_teruggezet"
KEYS = ("privacy_tenantsleutel", "privacy_sleutel", "cases_zoekteken")
WORDS = ("Kwaksteniet", "Zonderland", "zolderkamer", "rollatorpad", "hondenuitlaat")


def run(program: str, *options: str) -> bytes:
    inst = embedded.current()
    done = subprocess.run(
        [str(Postgres(inst).bin / program), *options],
        env={**os.environ, "PGPASSWORD": inst.secrets()["postgres"]},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def where(database: str) -> tuple[str, ...]:
    return ("-h", str(embedded.current().run), "-U", "postgres", "-d", database)


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Kwestie]]:
    """Two clients with their stories, an anonymous one and a draft, committed."""
    with django_db_blocker.unblock():
        copy_template(BRON)
        with connected_to(BRON):
            yield _write()
        drop(BRON)
        drop(TERUG)


def _write() -> list[Kwestie]:
    both = [
        seed.register(
            identiteitsstatus="BEKEND", naam=f"Truus {naam}", toelichting=f"De {wat}."
        )
        for naam, wat in ((WORDS[0], WORDS[2]), (WORDS[1], WORDS[3]))
    ]
    contact = Contact(
        datum_tijd=moment_on(seed.SEVEN["datum"]),
        kanaal="TEL",
        met=("CLIENT",),
        activiteiten=("IND.INFO",),
        notitie=f"Weer over de {WORDS[2]}.",
    )
    seed.act("add_contactmoment", both[0], contact=contact)
    browser = people.browser("anna")
    draft = {"id": uuid4(), "toelichting": WORDS[4], "naam": WORDS[0]}
    path = "/t/arnhem/kwesties/nieuw/concept/"
    answer = browser.post(path, draft, headers={"HX-Request": "true"})
    assert answer.status_code < 300
    return [*both, seed.register(toelichting=f"Anoniem, over de {WORDS[4]}.")]


def test_a_stolen_dump_holds_no_name_and_no_text(written: list[Kwestie]) -> None:
    whole = run("pg_dump", *where(BRON)).decode()
    assert str(written[0].pk) in whole  # codes and ids are there to be read
    assert [word for word in WORDS if word.lower() in whole.lower()] == []
    assert embedded.current().hoofdsleutel() not in whole


def test_after_erasure_an_old_dump_is_unreadable_for_that_client_alone(
    written: list[Kwestie], tmp_path: Path
) -> None:
    erased, kept, anonymous = written
    data, keys = str(tmp_path / "data"), str(tmp_path / "keys")
    without = [f"--exclude-table-data={table}" for table in KEYS]
    run("pg_dump", "-Fc", "-f", data, *without, *where(BRON))
    seed.act("make_anonymous", erased, is_alles=True)
    only = [f"--table={table}" for table in KEYS]
    run("pg_dump", "-Fc", "-a", "-f", keys, *only, *where(BRON))
    drop(TERUG)
    with embedded.current().superuser() as server:
        server.execute(f"CREATE DATABASE {TERUG} OWNER adviespunt_owner")
    run("pg_restore", *where(TERUG), data)
    run("pg_restore", "--disable-triggers", *where(TERUG), keys)
    with connected_to(TERUG):
        _look(erased, kept, anonymous)


def _look(erased: Kwestie, kept: Kwestie, anonymous: Kwestie) -> None:
    """In the restored database: data of before the erasure, keys of after it."""
    assert connection.settings_dict["NAME"] == TERUG
    with acting_as(people.wie("anna").scope(1)):
        clients = {row.pk: row for row in Client.objects.filter(tenant_id=1)}
        rows = {row.pk: row for row in Kwestie.objects.filter(tenant_id=1)}
        assert clients[erased.client_id].identiteitsstatus == "BEKEND"  # the old data
        for row, name in (
            (clients[erased.client_id], "naam"),
            (rows[erased.pk], "toelichting"),
            (rows[erased.pk].contactmomenten.latest("datum_tijd"), "notitie"),
        ):
            with pytest.raises(ZegelFout, match="sleutel_weg"):
                getattr(row, name)
        assert clients[kept.client_id].naam == f"Truus {WORDS[1]}"
        assert rows[kept.pk].toelichting == f"De {WORDS[3]}."
        assert rows[anonymous.pk].toelichting.startswith("Anoniem")
