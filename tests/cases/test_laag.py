"""Layers of support: up and down with a reason; the earlier supporter is proposed."""

from __future__ import annotations

import pytest

from cases.models import Kwestie
from cases.services import KwestieError
from tests import people
from tests.cases import seed
from tests.cases.toegang import events, hand_over, path, status, strikt

pytestmark = pytest.mark.django_db


def change(kwestie: Kwestie, laag: int, reden: str, door: str = "anna") -> Kwestie:
    made: Kwestie = seed.act("change_laag", kwestie, door, laag=laag, reden=reden)
    return made


def test_s140_scaling_up_is_on_record_with_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie = seed.register("anna")
    seen = events(monkeypatch)
    sent = {"laag": "3", "reden": "SPECIFIEK"}
    answer = people.browser("anna").post(path(kwestie, "laag/"), sent)
    assert answer["Location"] == path(kwestie)
    assert seed.seen(kwestie).laag == 3
    (event,) = [e for e in seen if e["gebeurtenis"] == "laag_gewijzigd"]
    assert {k: event["extra"][k] for k in ("van", "naar", "reden")} == {
        "van": 2,
        "naar": 3,
        "reden": "SPECIFIEK",
    }
    change(kwestie, 2, "MINDER")
    assert status("anna", kwestie) == 200


def test_s140_what_a_volunteer_scales_up_goes_to_the_queue_of_the_team() -> None:
    kwestie = seed.register("vera")
    assert kwestie.laag == 1
    change(kwestie, 2, "MEER", "vera")
    assert status("vera", kwestie) == 404
    now = seed.seen(kwestie)
    assert (now.laag, now.ondersteuner_id) == (2, None)
    assert kwestie.nummer in people.browser("chantal").get("/team/").content.decode()


@pytest.mark.parametrize(
    ("laag", "reden", "says"),
    [(2, "MEER", "al in deze laag"), (4, "MEER", "lagen"), (3, "ZOMAAR", "waarom")],
)
def test_s140_without_another_layer_or_a_reason_nothing_changes(
    laag: int, reden: str, says: str
) -> None:
    with pytest.raises(KwestieError, match=says):
        change(seed.register("anna"), laag, reden)


def test_s136_the_supporter_of_the_same_client_is_proposed() -> None:
    first = seed.register("bram", identiteitsstatus="BEKEND", naam=seed.NAAM)
    again = seed.register("bram", identiteitsstatus="BEKEND", client_van=first.pk)
    hand_over(again, None, "bram", reden="WERK")
    page = people.browser("chantal").get(path(again, "toewijzen/")).content.decode()
    assert f'<option value="{people.ident("bram")}" selected>' in page
    assert "Deze collega ondersteunde de cliënt eerder." in page


def test_s136_whom_the_client_left_or_who_does_it_strictly_is_not_proposed() -> None:
    first = seed.register("bram", identiteitsstatus="BEKEND", naam=seed.NAAM)
    again = seed.register("bram", identiteitsstatus="BEKEND", client_van=first.pk)
    hand_over(again, None, "bram", reden="CLIENT_ANDER")
    url = path(again, "toewijzen/")
    assert "eerder." not in people.browser("chantal").get(url).content.decode()
    secret = strikt("anna")
    hand_over(secret, None)
    url = path(secret, "toewijzen/")
    assert "eerder." not in people.browser("chantal").get(url).content.decode()
