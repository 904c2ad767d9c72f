"""Plaatsvervanging: access starts, ends and is on record (S103)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases import services
from cases.services import KwestieError
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import (
    about,
    dag,
    events,
    path,
    status,
    strikt,
    substitute,
)

pytestmark = pytest.mark.django_db
BREED: dict[str, Any] = {"besluit": "Besluit teamoverleg 3 maart"}


def make(door: str = "chantal", **over: Any) -> Any:
    wie = people.wie(door)
    given: dict[str, Any] = {
        "afwezige_id": people.ident(over.pop("afwezige", "anna")),
        "vervanger_id": people.ident(over.pop("vervanger", "bram")),
        "van": dag(0),
        "tot": dag(7),
        **BREED,
        **over,
    }
    with acting_as(wie.scope(1)):
        return services.make_plaatsvervanging(actor=wie, tenant_id=1, **given)


@pytest.mark.parametrize(
    ("van", "tot", "answer"),
    [
        (-9, -1, 404),  # yesterday was the last day
        (-9, 0, 200),  # today is the last day
        (0, 9, 200),  # today is the first day
        (1, 9, 404),  # tomorrow is the first day
        (0, 0, 200),
    ],
)
def test_s103_access_is_there_in_the_window_and_on_both_its_days(
    van: int, tot: int, answer: int
) -> None:
    kwesties = [seed.register("anna"), strikt("anna")]
    substitute("anna", "bram", van, tot)
    browser = people.browser("bram")
    for kwestie in kwesties:
        for sub in ("", "bewerken/", "contact/", "andere-ondersteuner/"):
            assert browser.get(path(kwestie, sub)).status_code == answer
        listed = kwestie.nummer in browser.get("/kwesties/").content.decode()
        work = kwestie.nummer in browser.get("/werk/").content.decode()
        assert (listed, work) == (answer == 200, answer == 200)


def test_s103_the_substitute_writes_and_her_name_stands_under_it() -> None:
    kwestie = strikt("anna")
    substitute("anna", "bram")
    wijzigingen = {"kernvraag": "Waar blijft de beslissing?"}
    seed.act("update_kwestie", kwestie, "bram", versie=2, wijzigingen=wijzigingen)
    with acting_as(people.wie("anna").scope(1)):
        now = seed.readable(type(kwestie).objects.get(tenant_id=1, pk=kwestie.pk))
    assert (now.kernvraag, now.ondersteuner_id) == (
        "Waar blijft de beslissing?",
        people.ident("anna"),
    )


def test_s103_every_look_of_the_substitute_is_recorded_with_its_ground(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie, own = seed.register("anna"), seed.register("bram")
    substitute("anna", "bram")
    seen = events(monkeypatch)
    browser = people.browser("bram")
    for url in (path(kwestie), "/werk/", "/kwesties/"):
        browser.get(url)
    seed.act(
        "start_ondersteuning", kwestie, "bram", doel_client="Weten waar ik aan toe ben"
    )
    assert about(seen, kwestie.pk) == [
        ("kwestie_ingezien", "plaatsvervanging"),
        ("werk_getoond", "plaatsvervanging"),
        ("kwesties_getoond", "plaatsvervanging"),
        ("kwestie_status_gewijzigd", "plaatsvervanging"),
    ]
    assert about(seen, own.pk) == [("werk_getoond", ""), ("kwesties_getoond", "")]


def test_s103_my_work_says_for_whom_and_until_when() -> None:
    seed.register("anna")
    substitute("anna", "bram", 0, 5)
    page = people.browser("bram").get("/werk/").content.decode()
    assert "Namens Anna" in page
    assert "namens Anna" in people.browser("bram").get("/kwesties/").content.decode()


def test_s103_it_is_for_the_kwesties_of_that_one_and_that_tenant_alone() -> None:
    substitute("nadia", "bram")
    here = seed.register("nadia", "arnhem")
    there = seed.register("nadia", "wulpenhorst")
    others = seed.register("anna")
    answers = [status("bram", k) for k in (here, there, others)]
    assert answers == [200, 404, 404]
    assert status("anna", seed.register("bram")) == 404  # not the other way round


@pytest.mark.parametrize("door", ["chantal", "dewi"])
def test_s103_nobody_makes_herself_the_substitute(door: str) -> None:
    """It opens what is STRIKT as well (S79): somebody else decides that."""
    with pytest.raises(KwestieError) as refused:
        make(door, vervanger=door)
    assert refused.value.veld == "vervanger"
    assert "jezelf" in refused.value.tekst
    with pytest.raises(IntegrityError, match="vervanging_door_ander"):
        with transaction.atomic():
            substitute("anna", door, door=door)
    make("dewi", vervanger="chantal")


def test_s103_it_does_not_pass_on() -> None:
    """Who stands in for a substitute does not stand in for the first."""
    kwestie = seed.register("anna")
    substitute("anna", "bram")
    substitute("bram", "nadia")
    assert status("bram", kwestie) == 200
    assert status("nadia", kwestie) == 404


@pytest.mark.parametrize("door", ["chantal", "dewi"])
def test_s103_teamleider_and_beheer_make_and_end_it_on_the_page(door: str) -> None:
    kwestie = seed.register("anna")
    browser = people.browser(door)
    sent = {
        "afwezige": people.ident("anna"),
        "vervanger": people.ident("bram"),
        "van": "vandaag",
        "tot": f"{dag(7):%d-%m-%Y}",
        "besluit": "Verlof, besproken op 1 maart",
    }
    answer = browser.post("/t/arnhem/plaatsvervanging/nieuw/", sent)
    assert answer.status_code == 302
    assert status("bram", kwestie) == 200
    page = browser.get("/plaatsvervanging/").content.decode()
    assert "Verlof, besproken op 1 maart" in page
    link = page.split("/einde/")[0].rsplit("/", 1)[1]
    end = f"/t/arnhem/plaatsvervanging/{link}/einde/"
    assert browser.get(end).status_code == 200
    assert browser.post(end).status_code == 302
    assert status("bram", kwestie) == 404
    assert browser.post(end).status_code == 422


@pytest.mark.parametrize("door", ["anna", "vera", "els", "fatma", "frits", "teun"])
def test_s103_nobody_else_makes_or_sees_one(door: str) -> None:
    with pytest.raises(Refused):
        make(door)
    browser = people.browser(door)
    assert browser.get("/t/arnhem/plaatsvervanging/nieuw/").status_code == 404
    found = browser.get("/plaatsvervanging/").status_code
    assert found == (200 if door == "teun" else 404)


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"vervanger": "anna"}, "een ander"),
        ({"vervanger": "hanna"}, "hier kwesties"),
        ({"afwezige": "els"}, "hier kwesties"),
        ({"van": dag(3), "tot": dag(2)}, "voor de eerste dag"),
        ({"van": dag(-3), "tot": dag(-2)}, "al voorbij"),
        ({"besluit": "  "}, "besloot"),
    ],
)
def test_what_is_no_substitution_says_why(over: dict[str, Any], says: str) -> None:
    with pytest.raises(KwestieError, match=says):
        make(**over)


@pytest.mark.parametrize(
    ("afwezige", "vervanger", "van", "tot", "name"),
    [
        ("anna", "anna", 0, 1, "vervanging_door_ander"),
        ("anna", "bram", 1, 0, "vervanging_venster"),
    ],
)
def test_the_database_refuses_them_too(
    afwezige: str, vervanger: str, van: int, tot: int, name: str
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        substitute(afwezige, vervanger, van, tot)
