"""Putting right: two clients who are one, the wrong tenant, a wrong code, and what an
old register says of who became anonymous.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from cases.models import Client, Correctie, Doorgeleiding, Kwestie, Samenvoeging
from cases.services import Afronding, KwestieError
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.test_identiteit import named

pytestmark = pytest.mark.django_db


def inside(naam: str = "chantal", tenant_id: int = 1) -> Any:
    return acting_as(people.wie(naam).scope(tenant_id))


def clients() -> int:
    with inside():
        rows = Kwestie.objects.filter(tenant_id=1, client__isnull=False)
        return rows.values("client_id").distinct().count()


# ---------------------------------------------------------------------------- merging


def test_s028_two_kwesties_of_one_client_who_was_registered_twice() -> None:
    first, second = named(), named("anna", naam="Truus Zandbergen")
    assert clients() == 2
    seed.act("merge_clients", first, ander_nummer=second.nummer)
    assert clients() == 1
    assert seed.seen(second).client_id == first.client_id
    with inside():
        made = Samenvoeging.objects.get(tenant_id=1)
    assert made.kwestie_ids == [second.pk]


def test_a_merge_can_be_undone_once_and_keeps_what_came_after() -> None:
    first, second = named(), named()
    own = second.client_id
    seed.act("merge_clients", first, ander_nummer=second.nummer)
    later = seed.register(identiteitsstatus="BEKEND", client_van=second.pk)
    seed.act("undo_merge", first)
    assert seed.seen(second).client_id == own
    assert seed.seen(later).client_id == first.client_id
    with pytest.raises(KwestieError, match="geen samenvoeging"):
        seed.act("undo_merge", first)


def test_only_who_may_change_both_merges_or_the_leader_of_the_team() -> None:
    hers, his = named("anna"), named("bram")
    with pytest.raises(KwestieError, match="geen kwestie op naam"):
        seed.act("merge_clients", hers, ander_nummer=his.nummer)
    with pytest.raises(Refused):
        seed.act("merge_clients", his, ander_nummer=hers.nummer)
    seed.act("merge_clients", hers, "chantal", ander_nummer=his.nummer)
    assert seed.seen(his).client_id == hers.client_id


@pytest.mark.parametrize("over", [{"identiteitsstatus": "ANON_ZORG"}, {"same": True}])
def test_what_cannot_be_one_is_not_merged(over: dict[str, Any]) -> None:
    first = named()
    if over.pop("same", False):
        other = seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    else:
        other = named(**over)
    with pytest.raises(KwestieError):
        seed.act("merge_clients", first, ander_nummer=other.nummer)


def test_who_was_merged_becomes_anonymous_with_the_client() -> None:
    first, second = named(), named()
    own = second.client_id
    seed.act("merge_clients", first, ander_nummer=second.nummer)
    seed.act("make_anonymous", first, is_alles=True)
    with inside():
        rows = Client.objects.filter(tenant_id=1, pk__in=[first.client_id, own])
        assert {row.identiteitsstatus for row in rows} == {"GEANON"}
        assert {row.naam for row in rows} == {""}


def test_the_screen_shows_who_it_is_before_it_merges() -> None:
    first, second = named(), named(naam="Truus Zandbergen")
    browser = people.browser("anna")
    url = f"/t/arnhem/kwesties/{first.pk}/samenvoegen/"
    shown = browser.post(url, {"nummer": second.nummer}).content.decode()
    assert "Is dit dezelfde persoon?" in shown
    assert "Truus Zandbergen" in shown
    assert clients() == 2
    given = {"nummer": second.nummer, "nagekeken": second.nummer}
    assert browser.post(url, given).status_code == 302
    assert clients() == 1
    undo = f"/t/arnhem/kwesties/{first.pk}/splitsen/"
    assert browser.get(undo).status_code == 200
    assert browser.post(undo).status_code == 302
    assert clients() == 2


# --------------------------------------------------------------------------- passing on


def received(slug: str = "wulpenhorst") -> Kwestie:
    with inside("teun", people.tenant_id(slug)):
        found = Kwestie.objects.select_related("client").get(tenant_id=2)
        if found.client is not None:
            seed.readable(found.client)
        return seed.readable(found)


def test_a_kwestie_for_another_tenant_goes_there_without_who_it_is() -> None:
    kwestie = named("nadia", toelichting="Over mevrouw Zandbergen", aard="WEI")
    seed.act("pass_on", kwestie, "nadia", naar=2, is_met_toestemming=False)
    assert seed.seen(kwestie).status == "DOORGELEID"
    there = received()
    assert (there.status, there.ondersteuner_id) == ("NIEUW", None)
    assert (there.identiteitsstatus, there.client_id) == ("ANONIEM", None)
    assert (there.aard, there.soort, there.wet) == ("WEI", "ONVREDE", "WMO")
    assert there.toelichting == ""
    with inside():
        assert Doorgeleiding.objects.get(tenant_id=1).naar_id == 2


def test_with_the_wish_of_the_client_name_and_story_go_along() -> None:
    kwestie = named("nadia", toelichting="Het hele verhaal")
    seed.act("pass_on", kwestie, "nadia", naar=2, is_met_toestemming=True)
    there = received()
    assert there.client is not None
    assert (there.client.naam, there.toelichting) == (seed.NAAM, "Het hele verhaal")
    assert there.client_id != kwestie.client_id


@pytest.mark.parametrize(("door", "naar"), [("anna", 2), ("nadia", 1), ("nadia", 99)])
def test_it_only_goes_where_one_may_register(door: str, naar: int) -> None:
    kwestie = named(door)
    with pytest.raises(KwestieError, match="andere opdrachtgever"):
        seed.act("pass_on", kwestie, door, naar=naar, is_met_toestemming=False)
    assert seed.seen(kwestie).status == "TOEGEWEZEN"


def test_the_screen_passes_it_on_and_says_the_number() -> None:
    kwestie = named("nadia")
    browser = people.browser("nadia")
    url = f"/t/arnhem/kwesties/{kwestie.pk}/doorgeleiden/"
    assert browser.post(url, {}).status_code == 422
    given = {"naar": "2", "is_met_toestemming": "nee"}
    page = browser.post(url, given, follow=True).content.decode()
    assert f"Het nieuwe nummer is {received().nummer}" in page
    assert browser.get(url).status_code == 302


# --------------------------------------------------------------------------- correcting


def closed() -> Kwestie:
    kwestie = seed.register(
        soort="VRAAG", activiteiten=("IND.INFO",), resultaat="BEANTW"
    )
    assert kwestie.status == "AFGEROND"
    return kwestie


def test_a_code_put_right_after_closing_is_marked_as_such() -> None:
    kwestie = closed()
    changes = {"aard": "REL", "soort": "MELDING", "wet": "WLZ"}
    seed.act("update_kwestie", kwestie, versie=kwestie.versie, wijzigingen=changes)
    with inside():
        rows = Correctie.objects.filter(tenant_id=1).order_by("veld")
        assert [(r.veld, r.was, r.werd, r.is_gerapporteerd) for r in rows] == [
            ("aard", "FIN", "REL", True),
            ("soort", "VRAAG", "MELDING", True),
        ]
    page = people.browser("anna").get(f"/t/arnhem/kwesties/{kwestie.pk}/")
    assert "Een rapportage kan de oude indeling hebben geteld." in (
        page.content.decode()
    )


def test_a_code_of_an_open_kwestie_is_no_correction() -> None:
    kwestie = seed.register()
    changes = {"aard": "REL"}
    seed.act("update_kwestie", kwestie, versie=kwestie.versie, wijzigingen=changes)
    with inside():
        assert not Correctie.objects.filter(tenant_id=1).exists()


def test_reopening_takes_the_result_away_and_support_can_go_on() -> None:
    kwestie = closed()
    seed.act("reopen_kwestie", kwestie)
    seed.act("start_ondersteuning", kwestie, doel_client="Toch nog iets.")
    given = Afronding(resultaat="NIET")
    seed.act("close_kwestie", kwestie, afronding=given)
    assert seed.seen(kwestie).resultaat == "NIET"


# -------------------------------------------------------------------------- held by SQL


@pytest.mark.parametrize(
    "table", ["samenvoeging", "correctie", "doorgeleiding", "privacyinformatie"]
)
@pytest.mark.parametrize(
    "verb", ["UPDATE cases_{} SET id = id", "DELETE FROM cases_{}"]
)
def test_what_was_put_right_stays_on_record(table: str, verb: str) -> None:
    with (
        inside("anna"),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ("'wet', 'WMO', 'WLZ'", "correctie_veld"),
        ("'aard', 'FIN', 'FIN'", "correctie_verschil"),
    ],
)
def test_postgresql_refuses_a_correction_of_nothing(values: str, name: str) -> None:
    kwestie = closed()
    with pytest.raises(IntegrityError, match=name):
        insert(
            "INSERT INTO cases_correctie (id, tenant_id, kwestie_id, veld, was, werd,"
            " is_gerapporteerd, aangemaakt_op) VALUES (gen_random_uuid(), 1, %s,"
            f" {values}, true, now())",
            kwestie.pk,
        )


def test_postgresql_refuses_a_client_merged_with_itself() -> None:
    kwestie = named()
    with pytest.raises(IntegrityError, match="samenvoeging_twee_clienten"):
        insert(
            "INSERT INTO cases_samenvoeging (id, tenant_id, blijft_id, vervalt_id,"
            " kwestie_ids, aangemaakt_op) SELECT gen_random_uuid(), 1, id, id, '{}',"
            " now() FROM cases_client WHERE id = %s",
            kwestie.client_id,
        )


def insert(statement: str, pk: UUID | None) -> None:
    with inside("anna"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [pk])
