"""Not about a client without the client, unless the client said so (S12, S13, V5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Contactmoment, Kwestie, Toestemming
from cases.selectors.regels import uses_of, yearly_uses
from cases.services import Contact, KwestieError, NieuweToestemming
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
NAAM = "Wijkteam Presikhaaf, consulent"


def ago(**span: int) -> datetime:
    return timezone.now() - timedelta(**span)


def consent(**over: Any) -> NieuweToestemming:
    given: dict[str, Any] = {
        "ontvanger_soort": "GEMEENTE",
        "ontvanger_naam": NAAM,
        "onderwerp": "De wachttijd voor het keukentafelgesprek.",
        "wijze": "TELEFOON",
        "is_uitdrukkelijk": True,
        "gegeven_op": ago(days=2),
        **over,
    }
    return NieuweToestemming(**given)


def talk(**over: Any) -> Contact:
    """About the client, with the gemeente, without the client; an hour ago."""
    given: dict[str, Any] = {
        "datum_tijd": ago(hours=1),
        "kanaal": "TEL",
        "met": ("GEMEENTE",),
        "activiteiten": ("IND.BEMID",),
        "duur_min": 10,
        "is_inhoudelijk": True,
        "is_client_aanwezig": False,
        **over,
    }
    return Contact(**given)


def give(kwestie: Kwestie, **over: Any) -> Toestemming:
    made: Toestemming = seed.act(
        "give_toestemming", kwestie, toestemming=consent(**over)
    )
    return made


def refused(kwestie: Kwestie, **over: Any) -> KwestieError:
    with pytest.raises(KwestieError) as error:
        seed.act("add_contactmoment", kwestie, contact=talk(**over))
    return error.value


# -------------------------------------------------------------------- S12: the rule


def test_s012_without_consent_a_talk_without_the_client_is_refused() -> None:
    error = refused(seed.register())
    assert error.veld == "is_client_aanwezig"
    assert "voert geen inhoudelijke gesprekken met hulpverleners" in error.tekst
    assert "toestemming" in error.tekst


def test_s012_a_valid_consent_allows_the_talk_and_is_kept_with_it() -> None:
    kwestie = seed.register()
    given = give(kwestie)
    made: Contactmoment = seed.act(
        "add_contactmoment", kwestie, contact=talk(toestemming_id=given.pk)
    )
    assert made.toestemming_id == given.pk
    assert made.is_client_aanwezig is False


def test_s012_with_the_client_there_no_consent_is_used() -> None:
    kwestie = seed.register()
    given = give(kwestie)
    made: Contactmoment = seed.act(
        "add_contactmoment",
        kwestie,
        contact=talk(toestemming_id=given.pk, is_client_aanwezig=True),
    )
    assert made.toestemming_id is None


# ------------------------------------------------------------ S13: what a consent is


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"ontvanger_soort": "BUURMAN"}, "ontvanger_soort"),
        ({"ontvanger_naam": " "}, "ontvanger_naam"),
        ({"onderwerp": ""}, "onderwerp"),
        ({"wijze": "ROOK"}, "wijze"),
        ({"is_uitdrukkelijk": False}, "is_uitdrukkelijk"),
        ({"gegeven_op": timezone.now() + timedelta(days=1)}, "datum"),
        ({"geldig_tot": ago(days=9).date()}, "geldig_tot"),
    ],
)
def test_s013_a_consent_is_explicit_specific_and_dated(
    over: dict[str, Any], veld: str
) -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as error:
        give(kwestie, **over)
    assert error.value.veld == veld


def test_s013_after_taking_it_back_the_same_contact_cannot_be_saved() -> None:
    kwestie = seed.register()
    given = give(kwestie)
    allowed = talk(toestemming_id=given.pk)
    seed.act("add_contactmoment", kwestie, contact=allowed)
    seed.act("revoke_toestemming", kwestie, toestemming_id=given.pk)
    error = refused(kwestie, toestemming_id=given.pk, datum_tijd=timezone.now())
    assert error.veld == "toestemming"
    assert "ingetrokken" in error.tekst
    with pytest.raises(KwestieError):
        seed.act("revoke_toestemming", kwestie, toestemming_id=given.pk)


def test_s013_each_use_counts_as_an_exception_for_the_teamleider() -> None:
    kwestie = seed.register()
    given, unused = give(kwestie), give(kwestie)
    for hours in (1, 2):
        contact = talk(toestemming_id=given.pk, datum_tijd=ago(hours=hours))
        seed.act("add_contactmoment", kwestie, contact=contact)
    with acting_as(people.wie("chantal").scope(1)):
        assert uses_of(kwestie) == {given.pk: 2}
        assert yearly_uses(1, timezone.localdate(ago(hours=1)).year) >= 1
        assert unused.pk not in uses_of(kwestie)
    page = people.browser("chantal").get("/nevenbelangen/").content.decode()
    assert "Contacten zonder de cliënt, met toestemming" in page


@pytest.mark.parametrize(
    ("gave", "over", "said"),
    [
        ({"ontvanger_soort": "HULPVERLENER"}, {}, "Deze toestemming is voor"),
        ({}, {"met": ("GEMEENTE", "HULPVERLENER")}, "Deze toestemming is voor"),
        ({"gegeven_op": ago(minutes=5)}, {}, "pas op"),
        (
            {"gegeven_op": ago(days=9), "geldig_tot": ago(days=3).date()},
            {},
            "gold tot en met",
        ),
    ],
)
def test_s013_a_consent_holds_for_these_people_in_this_time_only(
    gave: dict[str, Any], over: dict[str, Any], said: str
) -> None:
    kwestie = seed.register()
    given = give(kwestie, **gave)
    error = refused(kwestie, toestemming_id=given.pk, **over)
    assert (error.veld, said in error.tekst) == ("toestemming", True)


def test_s013_the_last_day_counts_in_full() -> None:
    kwestie = seed.register()
    today = timezone.localdate()
    given = give(kwestie, geldig_tot=today)
    moment = timezone.now()
    seed.act(
        "add_contactmoment",
        kwestie,
        contact=talk(toestemming_id=given.pk, datum_tijd=moment),
    )


def test_s013_the_consent_of_another_kwestie_is_no_consent() -> None:
    given = give(seed.register())
    assert refused(seed.register(), toestemming_id=given.pk).veld == "toestemming"


def test_s013_giving_and_taking_back_are_on_record() -> None:
    kwestie = seed.register()
    given = give(kwestie)
    seed.act("revoke_toestemming", kwestie, toestemming_id=given.pk)
    with acting_as(people.wie("anna").scope(1)):
        row = Toestemming.objects.get(tenant_id=1, pk=given.pk)
    assert row.ingetrokken_door_id == people.ident("anna")
    assert row.ingetrokken_op is not None


@pytest.mark.parametrize("naam", ["bram", "chantal", "hanna"])
def test_only_the_own_supporter_records_a_consent(naam: str) -> None:
    kwestie = seed.register("anna")
    with pytest.raises(Refused):
        seed.act("give_toestemming", kwestie, naam, toestemming=consent())


# --------------------------------------------------------------------------- pages


def test_the_page_shows_consents_with_their_use_and_takes_one_back() -> None:
    kwestie = seed.register()
    given = give(kwestie)
    seed.act("add_contactmoment", kwestie, contact=talk(toestemming_id=given.pk))
    here = f"/t/arnhem/kwesties/{kwestie.pk}/"
    browser = people.browser("anna")
    page = browser.get(here).content.decode()
    assert NAAM in page
    assert "1 keer gebruikt" in page
    assert "Zonder de cliënt, met toestemming van de cliënt." in page
    take_back = f"{here}toestemming/{given.pk}/intrekken/"
    assert "niet terugdraaien" in browser.get(take_back).content.decode()
    assert browser.post(take_back).headers["Location"] == here
    page = browser.get(here).content.decode()
    assert "ingetrokken" in page
    assert take_back not in page


def test_the_contact_form_offers_the_consents_of_this_kwestie() -> None:
    kwestie, other = seed.register(), seed.register()
    given, foreign = give(kwestie), give(other)
    browser = people.browser("anna")
    page = browser.get(f"/t/arnhem/kwesties/{kwestie.pk}/contact/").content.decode()
    assert str(given.pk) in page
    assert str(foreign.pk) not in page


def test_a_consent_posted_whole_is_recorded_and_a_bare_one_is_refused() -> None:
    kwestie = seed.register()
    here = f"/t/arnhem/kwesties/{kwestie.pk}/toestemming/"
    browser = people.browser("anna")
    bare = browser.post(here, {"datum": "vandaag"})
    assert bare.status_code == 422
    assert "Zonder uitdrukkelijke toestemming mag het niet" in bare.content.decode()
    sent = {
        "ontvanger_soort": "HULPVERLENER",
        "ontvanger_naam": NAAM,
        "onderwerp": "De planning.",
        "wijze": "SCHRIFT",
        "datum": "gisteren",
        "is_uitdrukkelijk": "on",
    }
    assert browser.post(here, sent).status_code == 302
    with acting_as(people.wie("anna").scope(1)):
        row = seed.readable(Toestemming.objects.get(tenant_id=1, kwestie=kwestie))
    assert (row.ontvanger_naam, row.wijze) == (NAAM, "SCHRIFT")
    # Of an earlier day without a time: from the beginning of that day.
    assert timezone.localtime(row.gegeven_op).hour == 0
