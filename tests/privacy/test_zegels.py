"""Tampering with the record shows, in each of the ways there are.

On a copy of the template that is really committed, with a superuser who may do all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from adviespunt import embedded
from privacy import anker, audit, zegels
from privacy.controle import Uitslag, verify
from privacy.models import Keten, Zegel
from tenants.scope import Scope, acting_as
from tenants.verzegelen import anchor_now, seal_now, verzegel
from tests import people
from tests.conftest import as_owner, connected_to, copy_template, drop

DATABASE = "adviespunt_zegels"
ANNA = Scope("staff", people.ident("anna"), (1,), 1, (1,))
Truth = psycopg.Connection[Any]


TABLES = ("privacy_auditevent", "privacy_zegel", "privacy_keten")


@pytest.fixture(scope="module")
def sealed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Truth]:
    """A superuser on a database with three seals, and a copy of what they cover."""
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        with embedded.current().superuser(DATABASE) as made:
            with connected_to(DATABASE):
                for count in (3, 2, 4):
                    look(count)
                    settle()
            for table in TABLES:
                made.execute(f"CREATE TEMP TABLE {table}_toen AS TABLE {table}")
            yield made
        drop(DATABASE)


@pytest.fixture
def truth(sealed: Truth, django_db_blocker: Any) -> Iterator[Truth]:
    """That superuser, with everything as it was; Django is on the database too."""
    tamper(sealed, *(f"DELETE FROM {table}" for table in TABLES))
    tamper(sealed, *(f"INSERT INTO {t} SELECT * FROM {t}_toen" for t in TABLES))
    sealed.execute("ALTER TABLE privacy_auditevent ALTER COLUMN keten SET DEFAULT 1")
    with django_db_blocker.unblock(), connected_to(DATABASE):
        yield sealed


def look(count: int = 1) -> None:
    for _ in range(count):
        with acting_as(ANNA):
            audit.record(
                "kwestie_ingezien",
                tenant_id=1,
                actor_id=ANNA.user_id,
                rol="staff",
                onderwerp="kwestie",
                ids=[uuid4()],
                extra={"naam": "é", "aantal": 3},
            )


def settle() -> None:
    """Seal; other databases of the same server may hold back its oldest transaction."""
    before = unsealed()
    for _ in range(200):
        seal_now()
        if unsealed() == 0:
            return
    raise AssertionError(f"still {unsealed()} of {before} unsealed")


def unsealed() -> int:
    with acting_as(Scope("zegel")):
        return zegels.unsealed()[0]


def check(**options: Any) -> Uitslag:
    with acting_as(Scope("zegel")):
        return verify(**options)


def head() -> anker.Anker:
    with acting_as(Scope("zegel")):
        found = anker.head()
    assert found is not None
    return found


def tamper(truth: Truth, *statements: str) -> None:
    """As a superuser with the triggers off, in one transaction."""
    with truth.transaction():
        truth.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            truth.execute(statement)


def test_untouched_it_is_in_order(truth: Truth) -> None:
    uitslag = check(ankers=[head()])
    assert uitslag.fouten == []
    made = truth.execute(
        "SELECT soort, aantal FROM privacy_zegel ORDER BY nummer"
    ).fetchall()
    assert made[0][0] == "begin"
    assert [aantal for _soort, aantal in made][-2:] == [2, 4]
    total = truth.execute("SELECT count(*) FROM privacy_auditevent").fetchone()
    assert (uitslag.gebeurtenissen,) == total
    assert (uitslag.wachtend, uitslag.ankers) == (0, 1)


SECOND = "(SELECT van_tx FROM privacy_zegel ORDER BY nummer DESC OFFSET 1 LIMIT 1)"
FIRST_OF = f"(SELECT id FROM privacy_auditevent WHERE txid >= {SECOND}::text::xid8 ORDER BY txid LIMIT 1)"
COLUMNS = (
    "tenant_id, rol, functie, deur, gebeurtenis, onderwerp, onderwerp_ids, grond, nood,"
    " uitkomst, extra"
)


@pytest.mark.parametrize(
    "change",
    [
        f"actor_id = '{people.ident('bram')}'",
        "gebeurtenis = 'werk_getoond'",
        "grond = 'team'",
        "tijdstip = tijdstip - interval '1 second'",
        "onderwerp_ids = ARRAY[gen_random_uuid()]",
        "extra = '{}'",
        "deur = 'taak'",
        "nood = true",
        "uitkomst = 'geweigerd'",
        "namens = actor_id",
        "functie = 'FG'",
        "tenants = ARRAY[1]",
        "tenant_id = 2",
        "rol = 'job'",
        "onderwerp = 'x'",
        "id = gen_random_uuid()",
    ],
)
def test_an_edited_event_shows(change: str, truth: Truth) -> None:
    tamper(truth, f"UPDATE privacy_auditevent SET {change} WHERE id = {FIRST_OF}")
    (fout,) = check().fouten
    assert fout.endswith("de inhoud van een gebeurtenis is gewijzigd.")


def test_a_removed_event_shows(truth: Truth) -> None:
    tamper(truth, f"DELETE FROM privacy_auditevent WHERE id = {FIRST_OF}")
    (fout,) = check().fouten
    assert fout.endswith("1 gebeurtenis verwijderd.")


def test_an_event_that_is_added_afterwards_shows(truth: Truth) -> None:
    tamper(
        truth,
        f"INSERT INTO privacy_auditevent (txid, {COLUMNS}) SELECT txid, {COLUMNS}"
        f" FROM privacy_auditevent WHERE id = {FIRST_OF}",
    )
    (fout,) = check().fouten
    assert fout.endswith("1 gebeurtenis achteraf toegevoegd.")


def test_an_event_of_now_with_a_time_of_long_ago_shows(truth: Truth) -> None:
    tamper(
        truth,
        f"INSERT INTO privacy_auditevent (tijdstip, {COLUMNS}) SELECT"
        f" tijdstip - interval '2 days', {COLUMNS} FROM privacy_auditevent"
        f" WHERE id = {FIRST_OF}",
    )
    settle()
    (fout,) = check().fouten
    assert fout.endswith("1 gebeurtenis met een onmogelijk tijdstip.")


def test_a_removed_seal_shows(truth: Truth) -> None:
    tamper(truth, "DELETE FROM privacy_zegel WHERE nummer = 3")
    fouten = check().fouten
    assert fouten[0] == "Zegel 3 ontbreekt: er is een zegel weggehaald."


def test_a_changed_seal_shows(truth: Truth) -> None:
    tamper(
        truth,
        f"DELETE FROM privacy_auditevent WHERE id = {FIRST_OF}",
        "UPDATE privacy_zegel SET aantal = aantal - 1 WHERE nummer = 3",
    )
    assert any(fout.endswith("zelf is veranderd.") for fout in check().fouten)


CUT = (
    "DELETE FROM privacy_auditevent WHERE txid >= (SELECT van_tx FROM privacy_zegel"
    " ORDER BY nummer DESC LIMIT 1)::text::xid8",
    "DELETE FROM privacy_zegel WHERE nummer = (SELECT max(nummer) FROM privacy_zegel)",
)


def test_a_tail_that_was_cut_off_shows_against_the_anchor_only(truth: Truth) -> None:
    kept = head()
    tamper(truth, *CUT)
    assert check().fouten == []
    (fout,) = check(ankers=[kept]).fouten
    assert fout.startswith("De staart is afgeknipt")


def recompute(truth: Truth) -> None:
    """What who manages the database can do: every hash made again, in order."""
    tamper(truth, f"DELETE FROM privacy_auditevent WHERE id = {FIRST_OF}")
    previous = zegels.GENESIS
    with acting_as(Scope("zegel")):
        made = list(Zegel.objects.order_by("nummer"))
        bound = (0, 0)
        for one in made:
            until = (one.keten, one.tot_tx)
            one.aantal, one.wortel = zegels.root_of(zegels.events_between(bound, until))
            one.vorige, bound = previous, until
            one.hash = previous = zegels.zegel_hash(one)
    with truth.transaction():
        truth.execute("SET LOCAL session_replication_role = replica")
        for one in made:
            truth.execute(
                "UPDATE privacy_zegel SET aantal = %s, wortel = %s, vorige = %s,"
                " hash = %s WHERE nummer = %s",
                [one.aantal, one.wortel, one.vorige, one.hash, one.nummer],
            )


def test_a_chain_made_again_shows_against_the_anchor_only(truth: Truth) -> None:
    kept = head()
    recompute(truth)
    assert check().fouten == []
    (fout,) = check(ankers=[kept]).fouten
    assert fout.startswith("De keten is opnieuw berekend")


def test_an_open_transaction_is_never_skipped(truth: Truth) -> None:
    entry = embedded.current().database("owner", DATABASE)
    slow = psycopg.connect(
        host=entry["HOST"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=DATABASE,
    )
    with slow:
        slow.execute(
            "INSERT INTO privacy_auditevent (rol, functie, deur, gebeurtenis, onderwerp,"
            " onderwerp_ids, grond, nood, uitkomst, extra) VALUES ('owner', '',"
            " 'opdracht', 'traag', 'proef', '{}', '', false, 'gelukt', '{}')"
        )
        look(2)
        seal_now()
        assert unsealed() == 2  # later than the open one, so they wait for it
    settle()
    uitslag = check()
    assert uitslag.fouten == []
    last = truth.execute(
        "SELECT aantal FROM privacy_zegel ORDER BY nummer DESC LIMIT 1"
    ).fetchone()
    assert last == (3,)


def test_the_task_of_the_beat_seals(truth: Truth) -> None:
    look()
    for _ in range(200):
        if verzegel():
            break
    assert unsealed() == 0


def test_after_a_restore_elsewhere_a_new_chain_holds_the_old_head(truth: Truth) -> None:
    kept = head()
    look(2)  # not sealed any more on the old server
    tamper(truth, "UPDATE privacy_keten SET cluster = 'another'")
    with pytest.raises(zegels.AndereCluster, match="migrate"):
        seal_now()
    with as_owner(DATABASE):
        assert zegels.begin_chain() is True
        assert zegels.begin_chain() is False
    connection.settings_dict["NAME"] = DATABASE
    # The transactions of the new server are counted from the beginning.
    tamper(truth, "UPDATE privacy_auditevent SET txid = '5' WHERE keten = 2")
    look(3)
    settle()
    uitslag = check(ankers=[kept])
    assert uitslag.fouten == []
    begin = truth.execute(
        "SELECT keten, aantal, encode(vorige, 'hex') FROM privacy_zegel"
        " WHERE soort = 'begin' ORDER BY nummer DESC LIMIT 1"
    ).fetchone()
    assert begin == (2, 2, kept.hash)
    assert truth.execute("SELECT count(*) FROM privacy_keten").fetchone() == (2,)
    tamper(
        truth,
        "DELETE FROM privacy_auditevent WHERE keten = 1 AND txid = (SELECT max(txid) FROM privacy_auditevent WHERE keten = 1)",
    )
    (fout,) = check().fouten
    assert fout.endswith("1 gebeurtenis verwijderd.")


def test_a_period_is_checked_by_itself(truth: Truth) -> None:
    tamper(
        truth,
        f"DELETE FROM privacy_auditevent WHERE id = {FIRST_OF}",
    )
    today = timezone.localdate()
    assert check(van=today + timedelta(days=1)).fouten == []
    assert len(check(van=today, tot=today).fouten) == 1


def test_what_was_removed_at_the_end_of_its_term_is_no_tampering(truth: Truth) -> None:
    tamper(truth, "DELETE FROM privacy_auditevent")
    uitslag = check(bewaard_sinds=datetime.now(UTC) + timedelta(days=1))
    assert uitslag.fouten == []
    assert uitslag.vervallen == uitslag.zegels > 0
    assert check(bewaard_sinds=datetime(2001, 1, 1, tzinfo=UTC)).fouten != []


def test_the_command_speaks_dutch_and_ends_with_one(
    truth: Truth, tmp_path: Path, capsys: Any, settings: Any
) -> None:
    settings.AUDIT_ANKER_PAD = str(tmp_path / "anker")
    anchor_now()
    call_command("audit_verify", anker=[tmp_path / "anker"])
    assert "Het logboek is in orde." in capsys.readouterr().out
    tamper(truth, *CUT)
    call_command("audit_verify")
    assert "zonder anker" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        call_command("audit_verify", anker=[tmp_path / "anker"], van=date(2020, 1, 1))
    assert ended.value.code == 1
    assert "FOUT: De staart is afgeknipt" in capsys.readouterr().out


# ------------------------------------------------------------------ what a role may do


def test_the_sealer_reads_and_adds_and_nothing_else(truth: Truth) -> None:
    with acting_as(Scope("zegel")):
        assert Zegel.objects.exists()
    for sql in (
        "UPDATE privacy_zegel SET aantal = 0",
        "DELETE FROM privacy_zegel",
        "TRUNCATE privacy_zegel",
        "INSERT INTO privacy_keten VALUES (9, 'x', now())",
        "DELETE FROM privacy_auditevent",
        "INSERT INTO privacy_auditevent (rol) VALUES ('x')",
        "SELECT count(*) FROM cases_kwestie",
        "SELECT count(*) FROM adviespunt.auditevent_overig",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            with acting_as(Scope("zegel")), connection.cursor() as cursor:
                cursor.execute(sql)


@pytest.mark.parametrize(
    "change",
    [
        {"nummer": 9},
        {"vorige": b"x" * 32},
        {"van_tx": 1},
        {"tot_tx": 2**60},
        {"keten": 2},
        {"soort": "begin"},
    ],
    ids=lambda c: next(iter(c)),
)
def test_a_seal_that_does_not_follow_on_the_last_is_refused(
    change: dict[str, Any], truth: Truth
) -> None:
    with pytest.raises(DatabaseError, match="zegel_sluit_aan"):
        with acting_as(Scope("zegel")):
            last = zegels.last_zegel()
            assert last is not None
            fields = {
                "nummer": last.nummer + 1,
                "keten": last.keten,
                "soort": "reeks",
                "van_tx": last.tot_tx,
                "tot_tx": last.tot_tx,
                "vorige": bytes(last.hash),
                **change,
            }
            Zegel(
                aantal=0,
                wortel=b"x",
                hash=b"x",
                gezegeld_op=timezone.now(),
                **fields,
            ).save(force_insert=True)


def test_the_chain_is_of_this_server(truth: Truth) -> None:
    with acting_as(Scope("zegel")):
        assert Keten.objects.get().cluster == zegels.cluster()
