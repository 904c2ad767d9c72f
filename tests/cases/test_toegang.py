"""Another supporter, always (S50, S151), and what is STRIKT (S79)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.models import Kwestie, Overdracht
from cases.services import KwestieError
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import (
    about,
    dag,
    events,
    hand_over,
    path,
    share,
    share_again,
    status,
    strikt,
    substitute,
)

pytestmark = pytest.mark.django_db
SUB: tuple[str, ...] = (
    "",
    "bewerken/",
    "contact/",
    "start/",
    "wacht/",
    "afronden/",
    "heropenen/",
)
SUB += ("toewijzen/", "verwijzing/", "traject/", "andere-ondersteuner/", "toegang/")


def overdrachten(kwestie: Any) -> list[tuple[Any, ...]]:
    with acting_as(people.wie("chantal").scope(1)):
        rows = Overdracht.objects.filter(tenant_id=1, kwestie_id=kwestie.pk)
        return list(rows.order_by("op").values_list("van", "naar", "reden", "door"))


def test_s050_the_client_gets_another_supporter_in_one_step_and_the_first_a_404() -> (
    None
):
    kwestie = seed.register("anna")
    browser = people.browser("anna")
    sent = {"reden": "CLIENT_ANDER", "medewerker": people.ident("bram")}
    answer = browser.post(path(kwestie, "andere-ondersteuner/"), sent)
    assert (answer.status_code, answer["Location"]) == (302, "/werk/")
    assert {browser.get(path(kwestie, sub)).status_code for sub in SUB} == {404}
    assert {browser.post(path(kwestie, sub)).status_code for sub in SUB[1:]} == {404}
    assert status("bram", kwestie) == 200
    assert kwestie.nummer not in browser.get("/kwesties/").content.decode()
    anna, bram = people.ident("anna"), people.ident("bram")
    assert overdrachten(kwestie) == [(anna, bram, "CLIENT_ANDER", anna)]


def test_s050_the_log_keeps_both_people(monkeypatch: pytest.MonkeyPatch) -> None:
    kwestie = seed.register("anna")
    seen = events(monkeypatch)
    hand_over(kwestie, "bram")
    (event,) = [e for e in seen if e["gebeurtenis"] == "kwestie_overgedragen"]
    assert event["extra"] == {
        "van": str(people.ident("anna")),
        "naar": str(people.ident("bram")),
        "reden": "CLIENT_ANDER",
    }


@pytest.mark.parametrize("reden", ["CLIENT_ANDER", "CLIENT_ORG", "BELANG"])
def test_s050_neither_a_share_nor_a_substitution_brings_her_back(reden: str) -> None:
    kwestie = seed.register("anna")
    hand_over(kwestie, "bram", reden=reden)
    with pytest.raises(KwestieError):
        share(kwestie, "anna", "bram")
    substitute("bram", "anna")
    assert status("anna", kwestie) == 404
    other = seed.register("bram")
    assert status("anna", other) == 200
    page = people.browser("anna").get("/werk/").content.decode()
    assert (kwestie.nummer in page, other.nummer in page) == (False, True)
    with pytest.raises(KwestieError, match="andere ondersteuner"):
        seed.assign(kwestie, "anna")


def test_s050_it_comes_back_only_when_the_client_asks_for_her() -> None:
    kwestie = seed.register("anna")
    hand_over(kwestie, "bram")
    with pytest.raises(KwestieError):
        hand_over(kwestie, "anna", "bram", "WERK")
    hand_over(kwestie, "anna", "bram", "CLIENT_ANDER")
    assert seed.seen(kwestie).niet_voor == [people.ident("bram")]
    assert (status("anna", kwestie), status("bram", kwestie)) == (200, 404)


def test_s050_handing_over_for_work_keeps_nobody_out() -> None:
    kwestie = seed.register("anna")
    hand_over(kwestie, "bram", reden="WERK")
    assert status("anna", kwestie) == 404
    share(kwestie, "anna", "bram")
    assert status("anna", kwestie) == 200


def test_s050_a_teamleider_whom_the_client_left_sees_only_that_it_is_there() -> None:
    kwestie = seed.register("chantal")
    hand_over(kwestie, "anna", "chantal")
    assert status("chantal", kwestie) == 404
    page = people.browser("chantal").get("/kwesties/").content.decode()
    assert kwestie.nummer not in page
    assert "Strikt vertrouwelijk" in page or "afgeschermd" in page


def test_s050_of_a_shared_kwestie_the_sharing_ends_with_the_change_of_hands() -> None:
    kwestie = seed.register("anna")
    share(kwestie, "nadia")
    assert status("nadia", kwestie) == 200
    hand_over(kwestie, "bram")
    assert status("nadia", kwestie) == 404


def test_s151_it_can_go_to_the_queue_for_another_organisation() -> None:
    kwestie = seed.register("anna")
    sent = {"reden": "CLIENT_ORG", "medewerker": "WACHTRIJ"}
    browser = people.browser("anna")
    assert browser.post(path(kwestie, "andere-ondersteuner/"), sent).status_code == 302
    assert status("anna", kwestie) == 404
    page = people.browser("chantal").get("/werk/").content.decode()
    assert kwestie.nummer in page
    assert overdrachten(kwestie)[0][1:3] == (None, "CLIENT_ORG")
    team = people.browser("chantal").get("/plaatsvervanging/").content.decode()
    assert "De cliënt wil een andere organisatie" in team


@pytest.mark.parametrize(
    ("naar", "reden", "says"),
    [
        ("anna", "CLIENT_ANDER", "heeft de kwestie al"),
        ("hanna", "CLIENT_ANDER", "kwesties mag behandelen"),
        ("bram", "ONTHEVEN", "waarom"),
    ],
)
def test_s050_only_what_cannot_be_meant_is_sent_back(
    naar: str, reden: str, says: str
) -> None:
    with pytest.raises(KwestieError, match=says):
        hand_over(seed.register("anna"), naar, reden=reden)


@pytest.mark.parametrize("door", ["bram", "vera", "hanna", "dewi"])
def test_who_has_nothing_to_do_with_it_hands_nothing_over(door: str) -> None:
    kwestie = seed.register("anna")
    with pytest.raises(Refused):
        hand_over(kwestie, "nadia", door)


def test_a_form_without_a_choice_is_sent_back_with_what_is_missing() -> None:
    kwestie = seed.register("anna")
    browser = people.browser("anna")
    answer = browser.post(path(kwestie, "andere-ondersteuner/"), {})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Kies waarom de kwestie naar een ander gaat." in page
    assert "Kies een collega of de wachtrij." in page


# ----------------------------------------------------------------------------- STRIKT


def test_s079_the_teamleider_sees_that_it_is_there_without_content() -> None:
    kwestie = strikt("anna")
    page = people.browser("chantal").get("/kwesties/").content.decode()
    assert page.count("Strikt vertrouwelijk") == 1
    assert kwestie.nummer not in page
    assert {sub for sub in SUB if status("chantal", kwestie, sub) != 404} == {
        "andere-ondersteuner/"
    }  # and there no content: tests/cases/test_team.py


def test_s079_only_supporter_substitute_and_an_explicit_grant_open_it() -> None:
    kwestie = strikt("anna")
    substitute("anna", "bram")
    share(kwestie, "nadia")
    opens = {naam for naam in people.PEOPLE if status(naam, kwestie) == 200}
    assert opens == {"anna", "bram", "nadia"}


def test_s079_a_teamleider_with_whom_it_was_shared_sees_its_content() -> None:
    kwestie = strikt("anna")
    share(kwestie, "chantal")
    assert status("chantal", kwestie) == 200
    assert (
        kwestie.nummer in people.browser("chantal").get("/kwesties/").content.decode()
    )


def test_s141_a_volunteer_never_sees_what_is_strict() -> None:
    kwestie = seed.register("anna")
    share(kwestie, "vera")
    substitute("anna", "vera")
    assert status("vera", kwestie) == 200
    wijzigingen = {"vertrouwelijkheid": "STRIKT"}
    seed.act("update_kwestie", kwestie, "anna", versie=1, wijzigingen=wijzigingen)
    assert status("vera", kwestie) == 404
    for url in ("/werk/", "/kwesties/"):
        assert kwestie.nummer not in people.browser("vera").get(url).content.decode()
    for refused in (lambda: share(kwestie, "vera"), lambda: hand_over(kwestie, "vera")):
        with pytest.raises(KwestieError):
            refused()


def test_s079_a_strict_one_in_the_queue_is_assigned_without_being_read() -> None:
    kwestie = strikt("anna")
    hand_over(kwestie, None, reden="WERK")
    assert status("chantal", kwestie) == 404
    browser = people.browser("chantal")
    assert browser.get(path(kwestie, "toewijzen/")).status_code == 200
    sent = {"medewerker": people.ident("bram")}
    answer = browser.post(path(kwestie, "toewijzen/"), sent)
    assert (answer.status_code, answer["Location"]) == (302, "/werk/")
    assert status("bram", kwestie) == 200
    assert status("chantal", kwestie) == 404


# ---------------------------------------------------------------------------- sharing


def test_who_reads_along_changes_nothing_and_who_writes_along_does() -> None:
    kwestie = seed.register("anna")
    share(kwestie, "bram")
    share(kwestie, "nadia", niveau="SCHRIJVEN")
    assert [status(n, kwestie, "bewerken/") for n in ("bram", "nadia")] == [404, 200]
    # Whose it is and who else has it is not theirs to say.
    for sub in ("toegang/", "andere-ondersteuner/", "toewijzen/"):
        assert [status(n, kwestie, sub) for n in ("bram", "nadia")] == [404, 404]
    page = people.browser("bram").get("/kwesties/").content.decode()
    assert kwestie.nummer in page
    assert "(met je gedeeld)" in page


@pytest.mark.parametrize(("tot", "answer"), [(-1, 404), (0, 200), (1, 200)])
def test_a_share_counts_up_to_and_with_its_last_day(tot: int, answer: int) -> None:
    kwestie = seed.register("anna")
    deling = share(kwestie, "bram")
    share_again(deling, tot=dag(tot))
    assert status("bram", kwestie) == answer
    listed = kwestie.nummer in people.browser("bram").get("/kwesties/").content.decode()
    assert listed is (answer == 200)


def test_what_is_withdrawn_is_gone_at_once() -> None:
    kwestie = seed.register("anna")
    deling = share(kwestie, "bram")
    browser = people.browser("anna")
    page = browser.get(path(kwestie, "toegang/")).content.decode()
    assert "Bram" in page
    url = path(kwestie, f"toegang/{deling.pk}/stoppen/")
    assert people.browser("bram").post(url).status_code == 404
    assert browser.post(url).status_code == 302
    assert status("bram", kwestie) == 404


def test_sharing_again_replaces_what_there_was() -> None:
    kwestie = seed.register("anna")
    share(kwestie, "bram", niveau="SCHRIJVEN")
    sent = {
        "medewerker": people.ident("bram"),
        "niveau": "LEZEN",
        "tot": f"{dag(3):%d-%m-%Y}",
        "reden": "SAMEN",
    }
    answer = people.browser("anna").post(path(kwestie, "toegang/"), sent)
    assert answer.status_code == 302
    assert status("bram", kwestie, "bewerken/") == 404
    assert status("bram", kwestie) == 200


@pytest.mark.parametrize(
    ("met", "tot", "says"),
    [
        ("bram", -1, "laatste dag"),
        ("bram", 400, "laatste dag"),
        ("hanna", 7, "kwesties mag behandelen"),
        ("anna", 7, "al openen"),
    ],
)
def test_what_cannot_be_shared_says_why(met: str, tot: int, says: str) -> None:
    with pytest.raises(KwestieError, match=says):
        share(seed.register("anna"), met, tot=dag(tot))


def test_only_its_supporter_and_the_teamleider_share() -> None:
    kwestie = seed.register("anna")
    share(kwestie, "nadia", niveau="SCHRIJVEN")
    substitute("anna", "bram")
    for door in ("nadia", "bram", "vera"):
        with pytest.raises(Refused):
            share(kwestie, "vera", door)
    share(kwestie, "vera", "chantal")
    assert status("vera", kwestie) == 200


def test_a_look_at_what_was_shared_is_recorded_with_its_ground(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie = seed.register("anna")
    share(kwestie, "bram")
    seen = events(monkeypatch)
    status("bram", kwestie)
    assert about(seen, kwestie.pk) == [("kwestie_ingezien", "meelezen")]


def test_s079_nobody_takes_a_strikt_kwestie_from_the_queue_for_herself() -> None:
    kwestie = strikt("anna")
    hand_over(kwestie, None, reden="WERK")
    with pytest.raises(KwestieError, match="niet aan jezelf"):
        hand_over(kwestie, "chantal", "chantal", "TOEDELING")
    with acting_as(people.wie("chantal").scope(1)):
        with pytest.raises(IntegrityError, match="strikt_niet_voor_jezelf"):
            with transaction.atomic():
                Kwestie.objects.filter(pk=kwestie.pk).update(
                    ondersteuner_id=people.ident("chantal")
                )
    assert status("chantal", kwestie) == 404
    hand_over(kwestie, "bram", "chantal", "TOEDELING")
    assert status("bram", kwestie) == 200
