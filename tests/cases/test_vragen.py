"""A page asks at most twelve questions, whatever there is to show."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Contactmoment, Kwestie, Overdracht
from cases.services import NieuweToestemming, Route, Traject
from tenants.inloggen.bewijs import ACTIEF, SCHRIJFT
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import path, share, strikt, substitute

pytestmark = pytest.mark.django_db
MEEST = 12


def asked_for(naam: str, url: str, **sent: str) -> list[str]:
    """Every question of a visit in which it is written down that she is active, as is
    done at most twice a minute.
    """
    browser = people.browser(naam)
    session = browser.session
    session[ACTIEF] = int(time.time()) - SCHRIJFT - 1
    session.save()
    with CaptureQueriesContext(connection) as asked:
        got = browser.post(url, sent) if sent else browser.get(url)
        assert got.status_code == 200
    # A request is one transaction; here it is a savepoint in that of the test.
    own = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert any('UPDATE "django_session"' in sql for sql in own)
    return [re.sub(r"SELECT .*? FROM", "SELECT FROM", sql)[:130] for sql in own]


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
    substitute("anna", "chantal", door="dewi")
    asked = asked_for("chantal", "/werk/")
    assert len(asked) <= MEEST, "\n".join(asked)


def test_searching_by_name() -> None:
    eventful(30)
    asked = asked_for("anna", "/zoeken/", tekst="Zandbergen")
    assert len(asked) <= MEEST, "\n".join(asked)


def test_the_desk_of_a_team_with_something_in_every_part() -> None:
    """What is STRIKT is an event of its own: two, in a visit that asks the most."""
    strikt("anna")
    queued = seed.register("anna")
    seed.act("hand_over", queued, medewerker_id=None, reden="WERK")
    substitute("anna", "bram")
    asked = asked_for("chantal", "/team/")
    assert sum("privacy_auditevent" in sql for sql in asked) == 2
    assert len(asked) <= MEEST, "\n".join(asked)
