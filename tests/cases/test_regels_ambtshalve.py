"""Acting without the client's assent: two conditions and a colleague (S84)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cases.models import AmbtshalveActie, Kwestie
from cases.services import Contact, KwestieError, Voorstel
from cases.services.ambtshalve import review_actie
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
FEITEN = "De medicijnen zijn vier dagen niet gebracht."


def propose(kwestie: Kwestie, **over: Any) -> AmbtshalveActie:
    given: dict[str, Any] = {
        "feiten": FEITEN,
        "bewijs": "De lijst aan de muur.",
        "niet_in_staat": "De cliënt is in de war en kan niet bellen.",
        "actie": "De thuiszorg bellen.",
        "is_aantoonbaar": True,
        "is_niet_in_staat": True,
        "toetser_id": people.ident("bram"),
        **over,
    }
    made: AmbtshalveActie = seed.act(
        "propose_actie", kwestie, voorstel=Voorstel(**given)
    )
    return made


def review(actie: AmbtshalveActie, naam: str = "bram", *, akkoord: bool = True) -> None:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        review_actie(
            actor=wie,
            tenant_id=1,
            actie_id=actie.pk,
            is_akkoord=akkoord,
            toelichting="" if akkoord else "Bel eerst de dochter.",
        )


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"is_aantoonbaar": False}, "is_aantoonbaar"),
        ({"is_niet_in_staat": False}, "is_niet_in_staat"),
        ({"feiten": " "}, "feiten"),
        ({"bewijs": ""}, "bewijs"),
        ({"niet_in_staat": ""}, "niet_in_staat"),
        ({"toetser_id": people.ident("anna")}, "toetser"),
        ({"toetser_id": people.ident("hanna")}, "toetser"),
    ],
)
def test_s084_both_conditions_are_mandatory_and_founded(
    over: dict[str, Any], veld: str
) -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as error:
        propose(kwestie, **over)
    assert error.value.veld == veld


def test_s084_without_both_conditions_only_with_the_clients_assent() -> None:
    with pytest.raises(KwestieError, match="als de cliënt akkoord is"):
        propose(seed.register(), is_niet_in_staat=False)


def test_s084_it_is_done_only_after_another_colleague_agreed() -> None:
    kwestie = seed.register()
    actie = propose(kwestie)
    with pytest.raises(KwestieError, match="getoetst"):
        seed.act("execute_actie", kwestie, actie_id=actie.pk)
    for naam in ("anna", "chantal"):  # the proposer; a colleague who was not asked
        with pytest.raises(KwestieError):
            review(actie, naam)
    review(actie)
    done: AmbtshalveActie = seed.act("execute_actie", kwestie, actie_id=actie.pk)
    assert done.uitgevoerd_op is not None


def test_s084_a_colleague_who_says_no_stops_it() -> None:
    kwestie = seed.register()
    actie = propose(kwestie)
    review(actie, akkoord=False)
    with pytest.raises(KwestieError):
        seed.act("execute_actie", kwestie, actie_id=actie.pk)
    with pytest.raises(KwestieError):
        review(actie)


def test_s084_the_colleague_reads_what_was_written_and_not_the_kwestie() -> None:
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    here = f"/t/arnhem/kwesties/{kwestie.pk}/"
    anna, bram = people.browser("anna"), people.browser("bram")
    sent = {
        "feiten": FEITEN,
        "bewijs": "De lijst.",
        "niet_in_staat": "In de war.",
        "actie": "Bellen.",
        "toetser": str(people.ident("bram")),
        "is_aantoonbaar": "on",
    }
    assert anna.post(f"{here}ambtshalve/", sent).status_code == 422
    sent["is_niet_in_staat"] = "on"
    assert anna.post(f"{here}ambtshalve/", sent).headers["Location"] == here
    asked = bram.get("/nevenbelangen/").content.decode()
    review_page = asked.split('/toets/"')[0].split('href="')[-1] + "/toets/"
    page = bram.get(review_page).content.decode()
    assert FEITEN in page
    assert seed.NAAM not in page
    assert kwestie.nummer not in page
    assert bram.get(here).status_code == 404
    assert anna.get(review_page).status_code == 404
    assert bram.post(review_page, {"akkoord": "nee"}).status_code == 422
    assert bram.post(review_page, {"akkoord": "ja"}).status_code == 302
    page = anna.get(here).content.decode()
    assert "Je collega is akkoord." in page
    done = page.split('/gedaan/"')[0].split('action="')[-1] + "/gedaan/"
    anna.post(done)
    assert "na de toets van een collega" in anna.get(here).content.decode()


def test_s084_no_contact_says_it_was_done_before_a_colleague_agreed() -> None:
    contact = Contact(
        datum_tijd=timezone.now(),
        kanaal="TEL",
        met=("ANDERS",),
        activiteiten=("IND.AMBTSH",),
    )
    kwestie = seed.register()
    actie = propose(kwestie)
    with pytest.raises(KwestieError) as error:
        seed.act("add_contactmoment", kwestie, contact=contact)
    assert error.value.veld == "activiteiten"
    review(actie)
    seed.act("add_contactmoment", kwestie, contact=contact)
    with pytest.raises(KwestieError):
        seed.register(activiteiten=("IND.AMBTSH",))
