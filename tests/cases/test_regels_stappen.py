"""Every step is discussed with the client first (S6, S23)."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import Kwestie, Stap, Status
from cases.services import Afronding, KwestieError
from tenants.access import Refused
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
WAT = "Samen een brief aan de gemeente schrijven."


def plan(kwestie: Kwestie, **over: Any) -> Stap:
    given: dict[str, Any] = {"omschrijving": WAT, "uitvoerder": "SAMEN", **over}
    made: Stap = seed.act("plan_stap", kwestie, **given)
    return made


def advance(kwestie: Kwestie, stap: Stap, *moments: str) -> Stap:
    for naar in moments:
        stap = seed.act("advance_stap", kwestie, stap_id=stap.pk, naar=naar)
    return stap


def started() -> Kwestie:
    kwestie = seed.register(activiteiten=("IND.INFO",))
    made: Kwestie = seed.act(
        "start_ondersteuning", kwestie, doel_client="Ik wil zelf naar buiten."
    )
    return made


def closing() -> Afronding:
    return Afronding(resultaat="OPGELOST", levensdomein=("WON",))


def test_s023_discussed_agreed_done() -> None:
    kwestie = seed.register()
    stap = advance(kwestie, plan(kwestie), "besproken", "akkoord", "uitgevoerd")
    assert stap.besproken_op is not None
    assert stap.akkoord_op is not None
    assert stap.besproken_op <= stap.akkoord_op
    assert stap.is_open is False


@pytest.mark.parametrize(
    ("done", "naar"),
    [
        ((), "uitgevoerd"),
        ((), "akkoord"),
        (("besproken",), "uitgevoerd"),
        (("besproken",), "besproken"),
        (("besproken", "akkoord"), "akkoord"),
        (("besproken", "akkoord", "uitgevoerd"), "uitgevoerd"),
        ((), "klaar"),
    ],
)
def test_s023_no_step_is_done_before_the_client_agreed(
    done: tuple[str, ...], naar: str
) -> None:
    kwestie = seed.register()
    stap = advance(kwestie, plan(kwestie), *done)
    with pytest.raises(KwestieError):
        advance(kwestie, stap, naar)


def test_s006_a_step_cannot_become_done_without_being_discussed() -> None:
    kwestie = seed.register()
    stap = plan(kwestie)
    with pytest.raises(KwestieError, match="Bespreek de stap eerst met de cliënt"):
        advance(kwestie, stap, "uitgevoerd")


def test_s023_a_step_is_dropped_with_a_reason_and_then_stays_so() -> None:
    kwestie = seed.register()
    stap = plan(kwestie)
    with pytest.raises(KwestieError) as error:
        seed.act("drop_stap", kwestie, stap_id=stap.pk, reden=" ")
    assert error.value.veld == "reden"
    seed.act("drop_stap", kwestie, stap_id=stap.pk, reden="De cliënt wil het niet.")
    with pytest.raises(KwestieError):
        advance(kwestie, stap, "besproken")


def test_an_agreed_step_that_is_open_keeps_the_kwestie_open() -> None:
    """V4."""
    kwestie = started()
    stap = advance(kwestie, plan(kwestie), "besproken", "akkoord")
    with pytest.raises(KwestieError, match="Er staat nog een stap open"):
        seed.act("close_kwestie", kwestie, afronding=closing())
    advance(kwestie, stap, "uitgevoerd")
    plan(kwestie)  # not agreed: no promise to the client
    seed.act("close_kwestie", kwestie, afronding=closing())
    assert seed.seen(kwestie).status == Status.AFGEROND
    with pytest.raises(KwestieError, match="afgerond"):
        plan(kwestie)


@pytest.mark.parametrize(
    ("over", "veld"),
    [({"omschrijving": " "}, "omschrijving"), ({"uitvoerder": "IEMAND"}, "wie")],
)
def test_a_step_says_what_and_who(over: dict[str, Any], veld: str) -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as error:
        plan(kwestie, **over)
    assert error.value.veld == veld


def test_only_the_own_supporter_takes_steps() -> None:
    kwestie = seed.register()
    stap = plan(kwestie)
    for naam in ("bram", "chantal"):
        with pytest.raises(Refused):
            seed.act("advance_stap", kwestie, naam, stap_id=stap.pk, naar="besproken")


def test_s023_one_button_takes_a_step_on_and_twice_is_once() -> None:
    kwestie = seed.register()
    here = f"/t/arnhem/kwesties/{kwestie.pk}/"
    browser = people.browser("anna")
    sent = {"omschrijving": WAT, "wie": "CLIENT", "gepland_op": "01-12-2030"}
    assert browser.post(f"{here}stap/", sent).status_code == 302
    page = browser.get(here).content.decode()
    assert 'name="naar" value="besproken"' in page
    assert "gepland op 1 december 2030" in page
    address = page.split('/verder/"')[0].split('action="')[-1] + "/verder/"
    for _ in range(2):
        browser.post(address, {"naar": "besproken"})
    page = browser.get(here).content.decode()
    assert 'name="naar" value="akkoord"' in page
    assert page.count("Stap besproken met de cliënt") == 1  # the timeline
    drop = address.replace("verder", "vervallen")
    assert browser.post(drop, {"reden": ""}).status_code == 422
    assert browser.post(drop, {"reden": "Niet meer nodig."}).status_code == 302
    page = browser.get(here).content.decode()
    assert "Stap vervallen" in page
    assert 'name="naar"' not in page
