"""Layers of support: up and down with a reason; the earlier supporter is proposed."""

from __future__ import annotations

import pytest

from cases.models import Achtergrond, Kwestie
from cases.selectors.specialisten import specialists_for
from cases.services import KwestieError
from tenants.models import Medewerker
from tenants.scope import acting_as
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


def test_s142_whose_specialism_fits_stands_first_with_the_reason() -> None:
    kwestie = seed.register("anna")
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(pk=kwestie.pk).update(levensdomein=["JEUGD"])
    hand_over(kwestie, None)
    url = path(kwestie, "toewijzen/")
    chantal = people.browser("chantal")
    assert "specialisme" not in chantal.get(url).content.decode()
    with acting_as(people.wie("dewi").scope(1)):
        for naam, wat in (
            ("nadia", ["Wlz", "jeugdhulp"]),
            ("bram", ["zorg", "schuld"]),
        ):
            Medewerker.objects.filter(pk=people.ident(naam)).update(specialismen=wat)
    page = chantal.get(url).content.decode()
    assert "Nadia (past: specialisme jeugdhulp)" in page
    assert "Bram (past" not in page
    first = page.partition('<option value="" selected>')[2]
    assert first.index("Nadia") < first.index("Anna") < first.index("Bram")
    assert "Bovenaan staat wie een specialisme heeft" in page


@pytest.mark.parametrize(
    ("specialisme", "doelgroep", "fits"),
    [
        ("Verslaving en schulden", "VERSL", True),
        ("LVB", "VB", False),
        ("vb", "VB", True),
        ("lichamelijke beperking", "VB", False),
        ("verstandelijke beperking", "VB", True),
        ("autisme", "ASS", True),
        ("mantelzorg", "MZ", True),
        ("ouderen", "OUD", True),
        ("iedereen", "GEEN", False),
    ],
)
def test_s142_a_specialism_fits_a_doelgroep_by_its_words(
    specialisme: str, doelgroep: str, fits: bool
) -> None:
    kwestie = seed.register("anna")
    colleague = Medewerker(
        user_id=people.ident("bram"), naam="Bram", specialismen=[specialisme]
    )
    with acting_as(people.wie("anna").scope(1)):
        Achtergrond.objects.create(
            tenant_id=1, kwestie_id=kwestie.pk, doelgroepen=[doelgroep]
        )
        found = specialists_for(kwestie, [colleague])
    assert found == ({colleague.pk: specialisme} if fits else {})
