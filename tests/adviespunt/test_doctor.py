"""The doctor finds what is wrong, and says what to do about it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from adviespunt import embedded
from adviespunt.doctor import FOUT, LET_OP, OK, Bevinding, checking, examine
from signalering.certificaat import Sleutelplek, ensure_trial
from tenants.verzegelen import seal_now
from tests.conftest import as_owner, connected_to, copy_template, drop
from tests.privacy.test_zegels import settle

DATABASE = "adviespunt_dokter"
Truth = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Truth]:
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        with connected_to(DATABASE):
            settle()
        with embedded.current().superuser(DATABASE) as opened:
            yield opened
        drop(DATABASE)


@pytest.fixture(scope="module")
def zegel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zegel") / "zegel.pem"
    ensure_trial(Sleutelplek(path, path))
    return path


@pytest.fixture
def patient(
    made: Truth,
    zegel: Path,
    django_db_blocker: Any,
    settings: Any,
    tmp_path: Path,
    monkeypatch: Any,
) -> Iterator[Truth]:
    """An installation with nothing wrong: keys in files, an anchor, a fresh backup."""
    key = tmp_path / "rls_key"
    key.write_text("x" * 60)
    key.chmod(0o600)
    monkeypatch.setenv("RLS_KEY_FILE", str(key))
    mark = tmp_path / "backup"
    mark.touch()
    settings.BACKUP_MERK = str(mark)
    settings.AUDIT_ANKER_PAD = str(tmp_path / "anker")
    settings.ZEGEL_SLEUTEL = settings.ZEGEL_CERTIFICAAT = zegel
    settings.EMBEDDED = False
    settings.LOKET_ELDERS, settings.LOKET_SLEUTEL = True, "y" * 60
    settings.DEBUG = False
    with django_db_blocker.unblock(), connected_to(DATABASE):
        yield made


def wrong() -> list[Bevinding]:
    return [one for one in examine() if one.stand != OK]


def only(stand: str, word: str) -> Bevinding:
    """The one finding that is not ok."""
    (one,) = wrong()
    assert one.stand == stand, one
    assert word in one.wat, one
    assert one.doen
    return one


def test_a_healthy_installation_has_nothing(patient: Truth, capsys: Any) -> None:
    assert wrong() == []
    call_command("doctor")
    said = capsys.readouterr().out
    assert "0 fout, 0 let op." in said
    assert len(said.splitlines()) == len(examine()) + 1


def test_debug_is_a_fault_and_the_command_ends_with_one(
    patient: Truth, settings: Any, capsys: Any
) -> None:
    settings.DEBUG = True
    only(FOUT, "DEBUG staat aan")
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith("fout    DEBUG staat aan\n        → Zet")


def test_a_log_setting_that_lets_data_through(patient: Truth) -> None:
    for name in checking.LOG_SETTINGS:
        value = {"log_statement": "all", "log_error_verbosity": "default"}.get(name)
        value = value or {"log_min_error_statement": "error"}.get(name, "5")
        patient.execute(f"ALTER DATABASE {DATABASE} SET {name} = '{value}'")
        connection.close()
        try:
            only(FOUT, name)
        finally:
            patient.execute(f"ALTER DATABASE {DATABASE} RESET {name}")
            connection.close()


def test_an_owner_is_too_much(patient: Truth) -> None:
    with as_owner(DATABASE):
        connection.settings_dict["NAME"] = DATABASE
        found = list(checking.role())
    connection.settings_dict["NAME"] = DATABASE
    assert [one.stand for one in found] == [FOUT]


def test_counters_of_tables_open(patient: Truth) -> None:
    function = "EXECUTE ON FUNCTION pg_stat_get_live_tuples(oid)"
    patient.execute(f"GRANT {function} TO adviespunt_app")
    try:
        only(FOUT, "Tellers van tabellen zijn open")
    finally:
        patient.execute(f"REVOKE {function} FROM adviespunt_app")


def test_set_config_open(patient: Truth) -> None:
    patient.execute(
        "GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO adviespunt_app"
    )
    try:
        only(FOUT, "set_config() is open")
    finally:
        patient.execute(
            "REVOKE EXECUTE ON FUNCTION set_config(text, text, boolean)"
            " FROM adviespunt_app"
        )


@pytest.mark.parametrize(
    ("number", "stand"),
    [
        (150017, FOUT),
        (150018, OK),
        (160013, FOUT),
        (170010, OK),
        (180003, FOUT),
        (180004, OK),
        (140099, FOUT),
        (190001, LET_OP),
    ],
)
def test_the_minor_version(number: int, stand: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(checking, "LOG_SETTINGS", {})
    monkeypatch.setattr(checking, "_asked", lambda _sql, *_params: (number,))
    (one,) = checking.server()
    assert one.stand == stand


def test_a_backup_that_is_old_missing_or_unknown(patient: Truth, settings: Any) -> None:
    old = time.time() - 27 * 3600
    os.utime(settings.BACKUP_MERK, (old, old))
    only(FOUT, "27 uur oud")
    Path(settings.BACKUP_MERK).unlink()
    only(FOUT, "nog geen back-up")
    settings.BACKUP_MERK = ""
    only(LET_OP, "niet bekend")


def test_a_key_that_is_open_empty_or_gone(patient: Truth) -> None:
    path = Path(os.environ["RLS_KEY_FILE"])
    path.chmod(0o644)
    path.parent.chmod(0o755)
    only(LET_OP, "RLS_KEY_FILE is voor iedereen te lezen")
    path.parent.chmod(0o700)
    assert wrong() == []
    path.write_text("")
    only(FOUT, "RLS_KEY_FILE is leeg")
    path.unlink()
    only(FOUT, "RLS_KEY_FILE is er niet")


def test_the_certificate_of_the_seal_on_reports(
    patient: Truth, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    whole = settings.ZEGEL_CERTIFICAAT
    settings.ZEGEL_SLEUTEL = tmp_path / "elders.pem"  # as in web
    assert "alleen de worker" in [*checking.report_seal()][-1].wat
    settings.ZEGEL_SLEUTEL = tmp_path / "backup"
    assert only(FOUT, "no open private key")
    settings.ZEGEL_SLEUTEL = whole
    monkeypatch.setattr(checking, "RENEW_DAYS", 5000)
    assert only(LET_OP, "geldt nog")
    settings.ZEGEL_CERTIFICAAT = tmp_path / "weg.pem"
    assert only(FOUT, "ZEGEL_CERTIFICAAT cannot be read")


def test_no_anchor(patient: Truth, settings: Any) -> None:
    settings.AUDIT_ANKER_PAD = ""
    only(LET_OP, "anker")


def test_a_sealer_that_stands_still(patient: Truth) -> None:
    patient.execute(
        "INSERT INTO privacy_auditevent (tijdstip, rol, functie, deur, gebeurtenis,"
        " onderwerp, onderwerp_ids, grond, nood, uitkomst, extra)"
        " VALUES (now() - interval '40 minutes', 'owner', '', 'opdracht', 'proef',"
        " 'proef', '{}', '', false, 'gelukt', '{}')"
    )
    only(FOUT, "Wachten op een zegel: 1, de oudste 40 minuten")
    settle()
    assert wrong() == []
    assert seal_now() == 0


def test_a_database_from_another_server(patient: Truth) -> None:
    patient.execute("SET session_replication_role = replica")
    patient.execute("UPDATE privacy_keten SET cluster = cluster || '0'")
    try:
        only(FOUT, "hoort bij deze server")
    finally:
        patient.execute("UPDATE privacy_keten SET cluster = left(cluster, -1)")
        patient.execute("RESET session_replication_role")


def test_an_old_allauth(patient: Truth, monkeypatch: Any) -> None:
    monkeypatch.setattr(checking, "version", lambda _name: "65.19.3")
    only(FOUT, "django-allauth 65.19.3")


def test_a_log_without_its_filter(patient: Truth, settings: Any) -> None:
    handler = {"class": "logging.StreamHandler"}
    settings.LOGGING = {**settings.LOGGING, "handlers": {"kaal": handler}}
    only(FOUT, "log van de applicatie")


def test_a_door_that_holds_more_than_it_needs(patient: Truth, settings: Any) -> None:
    def told() -> list[str]:
        return [one.wat for one in checking.door() if one.stand != OK]

    assert told() == []
    settings.LOKET_ELDERS = False
    assert "binnen bij een proces met hoofdsleutel" in told()[0]
    settings.LOKET_ELDERS, settings.LOKET_SLEUTEL = True, settings.SECRET_KEY
    patient.execute("GRANT adviespunt_staff TO adviespunt_loket")
    try:
        role, key = told()
    finally:
        patient.execute("REVOKE adviespunt_staff FROM adviespunt_loket")
    assert "De rol van het loket" in role
    assert "sleutel van zichzelf" in key


def test_of_a_part_only_what_concerns_it(
    patient: Truth, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.APART, settings.DEEL = True, "loket"
    only(FOUT, "Het deel loket mag te veel")  # it signs in as the application here
    entry = embedded.current().database("loket", DATABASE)
    connection.close()
    for name in ("USER", "PASSWORD"):
        monkeypatch.setitem(connection.settings_dict, name, entry[name])
    assert wrong() == []
    connection.close()
