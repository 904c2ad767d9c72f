"""Nobody's kwesties: relieved of a function (S102), and the queue (S174)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from cases.models import Kwestie, Overdracht
from cases.selectors import a_working_day_before, neglected_kwesties_for
from cases.services import KwestieError
from tenants.access import Refused
from tenants.models import Job, Membership
from tenants.rolbericht import ROLWIJZIGING
from tenants.scope import acting_as
from tenants.vierogen import give_role
from tests import people
from tests.cases import seed
from tests.cases.toegang import (
    hand_over,
    path,
    relieve,
    status,
    strikt,
    substitute,
)

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_s102_sessions_end_roles_end_and_the_caseload_goes_to_the_substitute(
    django_capture_on_commit_callbacks: Any,
) -> None:
    kwesties = [seed.register("anna"), strikt("anna")]
    closed = seed.register(
        "anna", soort="VRAAG", activiteiten=("IND.INFO",), resultaat="BEANTW"
    )
    anna, bram = people.browser("anna"), people.browser("bram")
    assert anna.get("/werk/").status_code == 200
    sent = {
        "medewerker": people.ident("anna"),
        "reden": "ONTHEVEN",
        "naar": people.ident("bram"),
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = people.browser("dewi").post("/t/arnhem/ontheffen/", sent)
    assert answer.status_code == 302
    # Signed out at once, and without a role should she sign in again.
    assert anna.get("/werk/")["Location"].startswith("/accounts/login/")
    assert people.browser("anna").get("/werk/").status_code == 404
    assert bram.get("/werk/").status_code == 200
    assert [status("bram", k) for k in kwesties] == [200, 200]
    assert status("bram", closed) == 404
    with acting_as(people.wie("chantal").scope(1)):
        rows = Overdracht.objects.filter(tenant_id=1, reden="ONTHEVEN")
        doors = list(rows.values_list("van", "naar", "door"))
    assert (
        doors
        == [(people.ident("anna"), people.ident("bram"), people.ident("dewi"))] * 2
    )


def test_s102_her_substitutions_end_with_her_function() -> None:
    kwestie = seed.register("bram")
    substitute("bram", "anna")
    assert status("anna", kwestie) == 200
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        give_role(
            actor=dewi, tenant_id=1, user_id=people.ident("niemand"), rol="BEHEER"
        )
    relieve("anna")
    with acting_as(people.wie("dewi").scope(1)):
        mails = Job.objects.filter(tenant_id=1, taak=ROLWIJZIGING).count()
        assert mails == 1  # the other one who administers hears of it
        Membership.objects.filter(tenant_id=1, user_id=people.ident("anna"))
    assert status("anna", kwestie) == 404


def test_s102_whom_a_client_did_not_want_does_not_inherit_it() -> None:
    kwestie = seed.register("bram")
    hand_over(kwestie, "anna", "bram")
    assert relieve("anna", naar=people.ident("bram")) == 1
    assert seed.seen(kwestie).ondersteuner_id is None
    assert status("bram", kwestie) == 404


def test_s174_who_has_open_kwesties_does_not_leave_before_they_are_handed_over() -> (
    None
):
    kwestie = seed.register("anna")
    with pytest.raises(KwestieError, match="Kies wie de open kwesties krijgt"):
        relieve("anna")
    assert status("anna", kwestie) == 200
    answer = people.browser("dewi").post(
        "/t/arnhem/ontheffen/",
        {"medewerker": people.ident("anna"), "reden": "UIT_DIENST"},
    )
    assert answer.status_code == 422
    assert relieve("anna", in_wachtrij=True, reden="UIT_DIENST") == 1
    page = people.browser("chantal").get("/werk/").content.decode()
    assert kwestie.nummer in page


def test_s174_without_open_kwesties_nobody_needs_to_be_named() -> None:
    assert relieve("anna") == 0
    with acting_as(people.wie("dewi").scope(1)):
        held = Membership.objects.filter(tenant_id=1, user_id=people.ident("anna"))
        assert not held.exclude(tot__lt=timezone.localdate()).exists()


@pytest.mark.parametrize("naar", ["vera", "anna", "hanna"])
def test_s102_the_heir_must_be_able_to_have_all_of_it(naar: str) -> None:
    strikt("anna")
    with pytest.raises(KwestieError, match="al deze kwesties"):
        relieve("anna", naar=people.ident(naar))


def test_who_administers_does_not_take_them_herself() -> None:
    """Not even with a role for kwesties besides: she would choose what she reads."""
    strikt("anna")
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        for rol in ("BEHEER", "ONDERSTEUNER"):
            give_role(actor=dewi, tenant_id=1, user_id=people.ident("niemand"), rol=rol)
    with pytest.raises(KwestieError) as refused:
        relieve("anna", "niemand", naar=people.ident("niemand"))
    assert refused.value.veld == "naar"
    assert relieve("anna", "niemand", naar=people.ident("bram")) == 1


@pytest.mark.parametrize("door", ["chantal", "anna", "fatma", "teun", "gerard"])
def test_s102_only_beheer_relieves(door: str) -> None:
    with pytest.raises(Refused):
        relieve("bram", door)
    assert people.browser(door).get("/t/arnhem/ontheffen/").status_code == 404


def test_beheer_sees_nothing_of_the_kwesties_it_hands_over() -> None:
    kwestie = seed.register("anna")
    relieve("anna", naar=people.ident("bram"))
    assert status("dewi", kwestie) == 404
    with acting_as(people.wie("dewi").scope(1)):
        assert list(Kwestie.objects.filter(tenant_id=1)) == []


def test_sessions_of_others_stay(django_capture_on_commit_callbacks: Any) -> None:
    people.browser("anna"), people.browser("anna"), people.browser("bram")
    before = Session.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        relieve("anna")
    assert Session.objects.count() == before - 2


# ------------------------------------------------------------------------- the queue


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((2026, 3, 4, 10), (2026, 3, 3, 10)),  # Wednesday
        ((2026, 3, 2, 10), (2026, 2, 27, 10)),  # Monday, from Friday
        ((2026, 3, 3, 10), (2026, 3, 2, 10)),
    ],
)
def test_s174_a_weekend_is_no_working_day(
    now: tuple[int, ...], then: tuple[int, ...]
) -> None:
    moment = datetime(*now, tzinfo=AMSTERDAM)  # type: ignore[misc,arg-type]
    assert a_working_day_before(moment) == datetime(*then, tzinfo=AMSTERDAM)  # type: ignore[misc,arg-type]


def test_s174_on_a_sunday_all_of_friday_has_gone_by() -> None:
    sunday = datetime(2026, 3, 1, 15, tzinfo=AMSTERDAM)
    found = a_working_day_before(sunday)
    assert (found.date().isoformat(), found.hour) == ("2026-02-26", 23)


def unowned(naam: str, sinds: datetime) -> Kwestie:
    with acting_as(people.wie("chantal").scope(1)):
        return Kwestie.objects.create(
            tenant_id=1,
            nummer=f"ARN-{naam}",
            dienst="OCO_SD",
            aangemaakt_op=sinds,
            **seed.SEVEN,
        )


def test_s174_the_teamleider_is_warned_of_what_waits_longer_than_a_working_day() -> (
    None
):
    border = a_working_day_before(datetime.now(AMSTERDAM))
    late = unowned("LAAT", border.replace(year=border.year - 1))
    unowned("VROEG", datetime.now(AMSTERDAM))
    chantal = people.wie("chantal")
    with acting_as(chantal.scope()):
        found = neglected_kwesties_for(chantal)
    assert [(w.id, w.nummer) for w in found] == [(late.pk, "ARN-LAAT")]
    page = people.browser("chantal").get("/werk/").content.decode()
    assert "Langer dan een werkdag zonder ondersteuner" in page
    assert path(late, "toewijzen/") in page
    assert "Langer dan" not in people.browser("anna").get("/werk/").content.decode()


def test_s174_what_was_put_in_the_queue_waits_from_then_on() -> None:
    kwestie = seed.register("anna")
    hand_over(kwestie, None)
    with acting_as(people.wie("chantal").scope(1)):
        Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk).update(
            aangemaakt_op=datetime(2025, 3, 5, tzinfo=AMSTERDAM)
        )
    chantal = people.wie("chantal")
    with acting_as(chantal.scope()):
        assert neglected_kwesties_for(chantal) == []


def test_s174_a_supporter_whose_role_ran_out_leaves_a_warning() -> None:
    kwestie = seed.register("bram")
    with acting_as(people.wie("dewi").scope(1)):
        Membership.objects.filter(tenant_id=1, user_id=people.ident("bram")).update(
            tot="2026-01-01"
        )
    chantal = people.wie("chantal")
    with acting_as(chantal.scope()):
        found = neglected_kwesties_for(chantal)
    assert [(w.id, w.van, w.sinds) for w in found] == [(kwestie.pk, "Bram", None)]
