"""The real thing: pg_dump, an erasure, pg_restore, and who can be read then."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from adviespunt import embedded, reservekopie, stroom
from adviespunt.doctor import checking
from adviespunt.reservekopie import KopieFout, Server
from cases import retention
from cases.models import Client, Kwestie
from privacy.zegel import ZegelFout
from tenants.checks import refuse_lost_keys
from tenants.scope import acting_as
from tenants.sleutelbos import lost_texts, without_tenant_key
from tests import people
from tests.cases import seed
from tests.conftest import as_owner, connected_to, copy_template, drop

DATABASE, TERUG = "adviespunt_bron", "adviespunt_terug"
GEHEIM = "reservekopie-" * 5
NAMEN = {"weg": "Walburga Zoetewey", "blijft": "Quirinus Brandsteder"}


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[tuple[Path, dict[str, Kwestie]]]:
    """A database with two clients of which one is erased after the first backup."""
    folder = tmp_path_factory.mktemp("kopie")
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        with connected_to(DATABASE):
            kwesties = {
                wie: seed.register(
                    identiteitsstatus="BEKEND",
                    naam=naam,
                    toelichting=f"{naam} belde over de rekening.",
                )
                for wie, naam in NAMEN.items()
            }
            reservekopie.make(server(), folder, GEHEIM)
        yield folder, kwesties
        for name in (DATABASE, TERUG):
            drop(name)


def server(database: str = DATABASE) -> Server:
    return Server.from_django(embedded.current().database("postgres", database))


def dumped(folder: Path, part: str) -> bytes:
    """The first backup of this part as pg_dump wrote it, in plain SQL."""
    path = sorted((folder / part).glob("*.dump"))[0]
    plain = folder / "open.dump"
    with path.open("rb") as source, plain.open("wb") as target:
        stroom.unseal(source, target, GEHEIM, part)
    done = subprocess.run(
        [reservekopie.program("pg_restore"), "--file=-", str(plain)],
        capture_output=True,
        check=True,
    )
    return bytes(done.stdout)


def test_the_data_part_holds_no_name_no_text_and_no_key(made: Any) -> None:
    folder, kwesties = made
    data = dumped(folder, "gegevens")
    assert kwesties["weg"].nummer.encode() in data  # it is the register
    for word in (*NAMEN.values(), "rekening", "Walburga", "Brandsteder"):
        assert word.encode() not in data
    for table in (*reservekopie.SLEUTELS, *reservekopie.NERGENS):
        assert f"COPY public.{table} ".encode() not in data
    keys = dumped(folder, "sleutels")
    assert b"COPY public.privacy_sleutel " in keys
    assert b"COPY public.cases_" not in keys
    sealed = sorted((folder / "gegevens").glob("*.dump"))[0].read_bytes()
    assert kwesties["weg"].nummer.encode() not in sealed


def test_rows_are_counted_by_somebody_who_sees_them_all(made: Any) -> None:
    folder, _kwesties = made
    written = json.loads(next((folder / "gegevens").glob("*.json")).read_text())
    assert written["rijen"]["cases_kwestie"] == 2
    app = Server.from_django(embedded.current().database("owner", DATABASE))
    with pytest.raises(KopieFout, match="BYPASSRLS"):
        reservekopie.make(app, folder / "leeg", GEHEIM)


def erase(kwestie: Kwestie) -> None:
    with connected_to(DATABASE), acting_as(retention.scope(1)):
        client = Client.objects.get(pk=kwestie.client_id)
        stand = retention.Stand(1, (client.pk,), ())
    with connected_to(DATABASE):
        assert retention.carry_out(stand) == 1


def read(kwestie: Kwestie) -> tuple[str, str]:
    """Name and text of this kwestie, as its supporter reads them."""
    with acting_as(people.wie("anna").scope(1)):
        row = Kwestie.objects.select_related("client").get(pk=kwestie.pk)
        assert row.client is not None
        return row.client.naam, row.toelichting


def test_who_was_erased_does_not_come_back_with_an_old_backup(
    made: Any, django_db_blocker: Any
) -> None:
    folder, kwesties = made
    with django_db_blocker.unblock():
        erase(kwesties["weg"])
        later(folder)
        first, _second = reservekopie.moments(folder, "gegevens")
        back = reservekopie.put_back(server(), folder, GEHEIM, TERUG, first)
        assert back.rijen["cases_kwestie"] == 2
        with as_owner(TERUG):
            call_command("migrate", verbosity=0)
        with connected_to(TERUG):
            with pytest.raises(ZegelFout):
                read(kwesties["weg"])
            naam = NAMEN["blijft"]
            text = f"{naam} belde over de rekening."
            assert read(kwesties["blijft"]) == (naam, text)
            assert retention.erase_again(1) == 1
            assert read(kwesties["weg"]) == ("", "")


def later(folder: Path) -> None:
    """A second backup, with a moment of its own."""
    for part in ("gegevens", "sleutels"):
        for path in (folder / part).iterdir():
            moment = datetime.strptime(f"{path.stem}+0000", f"{reservekopie.STEMPEL}%z")
            early = (moment - timedelta(days=1)).strftime(reservekopie.STEMPEL)
            path.rename(path.with_stem(early))
    with connected_to(DATABASE):
        reservekopie.make(server(), folder, GEHEIM)


@pytest.mark.parametrize("bad", ["flip", "cut", "key"])
def test_a_damaged_backup_leaves_no_database_behind(
    made: Any, tmp_path: Path, bad: str
) -> None:
    folder, _kwesties = made
    for part in ("gegevens", "sleutels"):
        (tmp_path / part).mkdir()
        for path in (folder / part).iterdir():
            (tmp_path / part / path.name).write_bytes(path.read_bytes())
    target = sorted((tmp_path / "gegevens").glob("*.dump"))[-1]
    data = bytearray(target.read_bytes())
    if bad == "flip":
        data[len(data) // 2] ^= 1
    target.write_bytes(data[:-20] if bad == "cut" else data)
    name = f"{TERUG}_{bad}"
    key = "andere-sleutel-" * 5 if bad == "key" else GEHEIM
    with pytest.raises((KopieFout, stroom.StroomFout)):
        reservekopie.put_back(server(), tmp_path, key, name)
    with embedded.current().superuser() as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    assert found == (0,)


def test_keys_are_thrown_away_after_their_term(tmp_path: Path) -> None:
    (tmp_path / "sleutels").mkdir()
    now = datetime.now(UTC)
    stems = [
        (now - timedelta(days=days)).strftime(reservekopie.STEMPEL)
        for days in (29, 27, 0)
    ]
    for stem in stems:
        (tmp_path / "sleutels" / f"{stem}.dump").touch()
    assert reservekopie.prune(tmp_path) == [stems[0]]
    assert reservekopie.moments(tmp_path, "sleutels") == stems[1:]


def lose(what: str) -> None:
    """Rows of keys are gone, as when the data were put back without them."""
    with server().connect() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(what)


def test_data_without_their_keys_are_noticed_and_web_does_not_start(made: Any) -> None:
    _folder, kwesties = made
    with connected_to(DATABASE):
        assert (without_tenant_key(), lost_texts()) == ([], {})
        assert [one.stand for one in checking.texts()] == [checking.OK]
        lose(f"DELETE FROM privacy_sleutel WHERE van = '{kwesties['blijft'].pk}'")
        assert lost_texts() == {"arnhem": 1}
        (one,) = checking.texts()
        assert one.stand == checking.FOUT
        assert "arnhem 1" in one.wat
        refuse_lost_keys()
        lose("DELETE FROM privacy_tenantsleutel; DELETE FROM privacy_hoofdsleutelproef")
        assert without_tenant_key() == ["arnhem"]
        with pytest.raises(ImproperlyConfigured, match="sealed texts of arnhem"):
            refuse_lost_keys()
