"""A page asks at most twelve questions, whatever there is to show."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Contactmoment, Kwestie, Overdracht
from cases.services import NieuweToestemming, Route, Traject
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import path, share, substitute

pytestmark = pytest.mark.django_db
MEEST = 12


def asked_for(naam: str, url: str) -> list[str]:
    browser = people.browser(naam)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    # A request is one transaction; here it is a savepoint in that of the test. That she
    # is active is written at most twice a minute: on a slow machine, here.
    aside = ("SAVEPOINT", 'UPDATE "django_session"')
    own = [q for q in asked if not any(word in q["sql"] for word in aside)]
    return [re.sub(r"SELECT .*? FROM", "SELECT FROM", q["sql"])[:130] for q in own]


def eventful(events: int = 200) -> Kwestie:
    """By name, with an interest to look at and something of every kind."""
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    given = NieuweToestemming(
        ontvanger_soort="GEMEENTE",
        ontvanger_naam="Consulent",
        onderwerp="De brief",
        wijze="GESPREK",
        is_uitdrukkelijk=True,
        gegeven_op=timezone.now(),
    )
    for number in range(5):
        seed.act("give_toestemming", kwestie, toestemming=given)
        seed.act("plan_stap", kwestie, omschrijving="Bellen", uitvoerder="SAMEN")
        seed.act("add_verwijzing", kwestie, verwijzing=Route(instantie_type="GEM"))
        traject = Traject(
            type="bezwaar", instantie=f"C{number}", rol_ondersteuner="meegedacht"
        )
        seed.act("add_traject", kwestie, traject=traject)
    share(kwestie, "bram")
    with acting_as(people.wie("anna").scope(1)):
        Contactmoment.objects.bulk_create(
            Contactmoment(
                tenant_id=1,
                kwestie=kwestie,
                medewerker_id=people.ident("anna"),
                datum_tijd=timezone.now() - timedelta(hours=hours),
                kanaal="TEL",
                met=["CLIENT"],
                activiteiten=["IND.INFO"],
                duur_min=5,
                notitie_v="Notitie",
            )
            for hours in range(events - 20)
        )
    return kwestie


@pytest.mark.parametrize("naam", ["anna", "chantal"])
def test_the_page_of_a_kwestie_with_two_hundred_events(naam: str) -> None:
    kwestie = eventful()
    asked = asked_for(naam, path(kwestie))
    assert len(asked) <= MEEST, "\n".join(asked)
    events = [sql for sql in asked if "privacy_auditevent" in sql]
    assert len(events) == 1


def test_the_timeline_begins_with_the_latest_fifty_and_paper_has_all() -> None:
    kwestie = eventful(120)
    browser = people.browser("anna")

    def events(url: str) -> list[str]:
        text = browser.get(url).content.decode()
        found = text.split('class="app-timeline__event"')[1:]
        moments = [re.sub(r"\s+", " ", one).split("</p>")[0] for one in found]
        return [moment.rpartition(">")[2] for moment in moments]

    first = browser.get(path(kwestie)).content.decode()
    everything = events(f"{path(kwestie)}?alles")
    assert len(everything) == 120
    assert events(path(kwestie)) == everything[:50]
    assert events(f"{path(kwestie)}afdrukken/") == everything
    assert "Toon ook 70 eerdere gebeurtenissen" in first
    whole = browser.get(f"{path(kwestie)}?alles").content.decode()
    before, _mark, after = whole.partition('id="eerder"')
    assert before.count('class="app-timeline__event"') == 51
    assert "eerdere gebeurtenis" not in after


def test_of_a_closed_one_too() -> None:
    kwestie = eventful(30)
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(pk=kwestie.pk).update(
            status="AFGEROND",
            resultaat="OPGELOST",
            afgerond_op=timezone.localdate(),
            levensdomein=["WON"],
        )
    asked = asked_for("anna", path(kwestie))
    assert len(asked) <= MEEST, "\n".join(asked)


@pytest.mark.parametrize("naam", ["anna", "chantal", "nadia"])
def test_my_work_of_a_supporter_and_of_a_teamleider(naam: str) -> None:
    for slug in [slug for slug, _rol in people.PEOPLE[naam]]:
        seed.register(naam, slug)
    queued = seed.register("anna")
    seed.act("hand_over", queued, medewerker_id=None, reden="WERK")
    with acting_as(people.wie("chantal").scope(1)):
        assert Overdracht.objects.filter(kwestie_id=queued.pk).exists()
    data: dict[str, Any] = {"toelichting": "Half", "id": str(people.ident("concept"))}
    slug = people.PEOPLE[naam][0][0]
    people.browser(naam).post(f"/t/{slug}/kwesties/nieuw/concept/", data)
    for url in ["/werk/", "/dag/", *(["/team/"] if naam == "chantal" else [])]:
        asked = asked_for(naam, url)
        assert len(asked) <= MEEST, "\n".join(asked)


def test_my_work_of_who_stands_in() -> None:
    seed.register("anna")
    seed.register("bram")
    substitute("anna", "chantal")
    asked = asked_for("chantal", "/werk/")
    assert len(asked) <= MEEST, "\n".join(asked)


def test_searching_by_name() -> None:
    eventful(30)
    browser = people.browser("anna")
    with CaptureQueriesContext(connection) as asked:
        assert browser.post("/zoeken/", {"tekst": "Zandbergen"}).status_code == 200
    sent = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(sent) <= MEEST, sent
