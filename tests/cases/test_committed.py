"""What only committed work can show: many at once, and the audit record itself.

These tests work on a copy of the template of their own; none is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from adviespunt import embedded
from cases.services import (
    Afronding,
    Conflict,
    Contact,
    Privacy,
    Route,
    Traject,
    moment_on,
)
from tests import people
from tests.cases import seed
from tests.conftest import copy_template, drop
from tests.isolation.conftest import connected_to

DATABASE = "adviespunt_tegelijk"
AANTAL = 20


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        yield DATABASE
        drop(DATABASE)


@pytest.fixture
def committed(made: str, django_db_blocker: Any) -> Iterator[None]:
    """Django on a database where everything is committed."""
    with django_db_blocker.unblock(), connected_to(made):
        yield


@pytest.fixture
def truth(committed: None) -> Iterator[psycopg.Connection[Any]]:
    """A superuser beside it, who sees what there really is."""
    with embedded.current().superuser(DATABASE) as opened:
        yield opened


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """``act(n)`` for n below AANTAL, in as many threads, all starting together."""
    start = Barrier(AANTAL)

    def one(n: int) -> Any:
        start.wait()
        try:
            return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(AANTAL) as pool:
        return list(pool.map(one, range(AANTAL)))


def test_of_twenty_edits_at_once_one_wins(committed: None) -> None:
    kwestie = seed.register()
    anna = people.wie("anna")

    def edit(n: int) -> str | None:
        try:
            text = {"kernvraag": f"Tekst {n}"}
            seed.act_as(anna, "update_kwestie", kwestie, versie=1, wijzigingen=text)
        except Conflict as conflict:
            assert conflict.nu.versie == 2
            return None
        return f"Tekst {n}"

    won = [text for text in at_once(edit) if text is not None]
    now = seed.seen(kwestie)
    assert won == [now.kernvraag]
    assert now.versie == 2


def test_a_form_sent_twenty_times_at_once_makes_one_kwestie(
    truth: psycopg.Connection[Any],
) -> None:
    pk = uuid4()
    before = truth.execute("SELECT count(*) FROM cases_client").fetchone()
    made = at_once(
        lambda _n: seed.register(pk=pk, identiteitsstatus="BEKEND", naam=seed.NAAM)
    )
    assert {kwestie.pk for kwestie in made} == {pk}
    assert len({kwestie.nummer for kwestie in made}) == 1
    after = truth.execute("SELECT count(*) FROM cases_client").fetchone()
    assert before is not None
    assert after == (before[0] + 1,)


def events(truth: psycopg.Connection[Any], pk: UUID) -> list[tuple[str, str, Any]]:
    return truth.execute(
        "SELECT gebeurtenis, grond, extra FROM privacy_auditevent"
        " WHERE %s = ANY (onderwerp_ids) ORDER BY tijdstip",
        [pk],
    ).fetchall()


def test_every_verb_leaves_its_event_and_no_text(
    truth: psycopg.Connection[Any],
) -> None:
    secret = "Geheim verhaal van Truus"
    kwestie = seed.register(
        identiteitsstatus="BEKEND", naam=seed.NAAM, toelichting=secret
    )
    contact = Contact(
        datum_tijd=moment_on(seed.SEVEN["datum"]),
        kanaal="TEL",
        met=("CLIENT",),
        activiteiten=("IND.INFO",),
        notitie=secret,
    )
    traject = Traject(type="bezwaar", instantie=secret, rol_ondersteuner="meegedacht")
    seed.act("add_contactmoment", kwestie, contact=contact)
    told = Privacy(reden="SPOED")
    seed.act("start_ondersteuning", kwestie, doel_client=secret, privacy=told)
    seed.act("wait_kwestie", kwestie, naar="WACHT_CLIENT")
    seed.act("resume_kwestie", kwestie)
    seed.act("update_kwestie", kwestie, versie=4, wijzigingen={"kernvraag": secret})
    seed.act("add_verwijzing", kwestie, verwijzing=Route(instantie_type="GEM"))
    seed.act("add_traject", kwestie, traject=traject)
    given = Afronding(resultaat="NIET", levensdomein=("WON",))
    seed.act("close_kwestie", kwestie, afronding=given)
    seed.act("reopen_kwestie", kwestie)
    seed.assign(kwestie, "bram")
    found = events(truth, kwestie.pk)
    assert [(name, grond) for name, grond, _extra in found] == [
        ("belangencheck_gedaan", "toegewezen"),
        ("kwestie_geregistreerd", "toegewezen"),
        ("contact_toegevoegd", "toegewezen"),
        ("kwestie_status_gewijzigd", "toegewezen"),
        ("kwestie_status_gewijzigd", "toegewezen"),
        ("kwestie_status_gewijzigd", "toegewezen"),
        ("kwestie_gewijzigd", "toegewezen"),
        ("verwijzing_toegevoegd", "toegewezen"),
        ("traject_toegevoegd", "toegewezen"),
        ("kwestie_status_gewijzigd", "toegewezen"),
        ("kwestie_heropend", "toegewezen"),
        ("belangencheck_gedaan", "team"),
        ("kwestie_toegewezen", "team"),
    ]
    extras = [extra for _name, _grond, extra in found]
    assert extras[1]["identiteitsstatus"] == "BEKEND"
    assert extras[3] == {
        "van": "TOEGEWEZEN",
        "naar": "IN_ONDERSTEUNING",
        "resultaat": "",
    }
    assert extras[6] == {"velden": "kernvraag"}
    assert extras[10] == {"resultaat": "NIET"}
    assert extras[12] == {"aan": str(people.ident("bram"))}
    rows = truth.execute("SELECT privacy_auditevent::text FROM privacy_auditevent")
    record = "".join(row[0] for row in rows.fetchall())
    for text in (secret, seed.NAAM, kwestie.nummer):
        assert text not in record


def test_looking_is_recorded_with_who_and_why(
    truth: psycopg.Connection[Any],
) -> None:
    kwestie = seed.register()
    url = f"/t/arnhem/kwesties/{kwestie.pk}/"
    for naam, status in (("anna", 200), ("chantal", 200), ("bram", 404)):
        assert people.browser(naam).get(url).status_code == status
    assert people.browser("anna").get(f"{url}bewerken/").status_code == 200
    rows = truth.execute(
        "SELECT actor_id, grond, tenant_id, rol FROM privacy_auditevent WHERE"
        " gebeurtenis = 'kwestie_ingezien' AND %s = ANY (onderwerp_ids)"
        " ORDER BY tijdstip",
        [kwestie.pk],
    ).fetchall()
    anna = (people.ident("anna"), "toegewezen", 1, "staff")
    assert rows == [anna, (people.ident("chantal"), "team", 1, "staff"), anna]


def test_a_refused_verb_leaves_no_event(truth: psycopg.Connection[Any]) -> None:
    kwestie = seed.register()
    people.browser("anna").post(f"/t/arnhem/kwesties/{kwestie.pk}/afronden/", {})
    names = [name for name, _grond, _extra in events(truth, kwestie.pk)]
    # The form was shown again, with the number of the kwestie on it.
    assert names == [
        *("belangencheck_gedaan", "kwestie_geregistreerd", "formulier_geopend"),
    ]
