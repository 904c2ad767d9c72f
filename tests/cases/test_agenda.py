"""What must happen on a day: promised, moved, done; by the services and by PostgreSQL."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import services
from cases.models import Agendapunt, Dagstaat, Kwestie, Stap
from cases.services import KwestieError, NieuwPunt, last_day
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
    status,
    substitute,
)

pytestmark = pytest.mark.django_db


def plan(kwestie: Kwestie, door: str = "anna", **over: Any) -> Agendapunt:
    given = {"soort": "BELLEN", "dag": dag(0), **over}
    made: Agendapunt = seed.act(
        "plan_agendapunt", kwestie, door, punt=NieuwPunt(**given)
    )
    return made


def test_a_promised_call_stands_on_the_kwestie_and_is_ticked_off() -> None:
    kwestie = seed.register("anna")
    browser = people.browser("anna")
    sent = {"dag": "morgen", "van": "10", "tot": "11:30", "waarover": "De brief"}
    answer = browser.post(path(kwestie, "terugbellen/"), sent)
    assert (answer.status_code, answer["Location"]) == (302, path(kwestie))
    page = browser.get(path(kwestie)).content.decode()
    assert "10:00–11:30" in page
    assert "De brief" in page
    with acting_as(people.wie("anna").scope(1)):
        (punt,) = Agendapunt.objects.filter(tenant_id=1)
    assert (punt.dag, punt.van, punt.tot) == (dag(1), time(10), time(11, 30))
    done = path(kwestie, f"agenda/{punt.pk}/gedaan/")
    assert browser.post(f"{done}?terug=dag")["Location"] == "/dag/"
    assert "Gedaan op" in browser.get(path(kwestie)).content.decode()
    # Said twice it happens once.
    again = browser.post(done, follow=True).content.decode()
    assert "Dit is al gedaan." in again


def test_s007_a_term_runs_six_weeks_from_the_decision_and_cannot_be_moved() -> None:
    kwestie = seed.register("anna")
    besluit = dag(-20)
    punt = plan(kwestie, soort="BEZWAAR", dag=None, besluit_op=besluit)
    assert punt.dag == last_day(besluit) >= besluit + timedelta(weeks=6)
    with pytest.raises(KwestieError, match="staat in de wet"):
        seed.act("move_agendapunt", kwestie, punt_id=punt.pk, dag=dag(60))
    with acting_as(people.wie("anna").scope(1)):
        rows = Agendapunt.objects.filter(tenant_id=1, pk=punt.pk)
        with pytest.raises(IntegrityError, match="agendapunt_wettelijk"):
            with transaction.atomic():
                rows.update(dag=dag(90))


@pytest.mark.parametrize(
    ("besluit", "last"),
    [
        (date(2026, 1, 7), date(2026, 2, 18)),
        (date(2026, 2, 20), date(2026, 4, 7)),  # Goede Vrijdag, Easter: the Tuesday
        (date(2025, 3, 15), date(2025, 4, 28)),  # Koningsdag, a Saturday
    ],
)
def test_s007_the_last_day_is_no_day_off(besluit: date, last: date) -> None:
    assert last_day(besluit) == last


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"dag": dag(-1)}, "vandaag of een dag"),
        ({"dag": dag(900)}, "binnen twee jaar"),
        ({"dag": None}, "op welke dag"),
        ({"tot": time(9)}, "vanaf hoe laat"),
        ({"van": time(10), "tot": time(9)}, "voor de begintijd"),
        ({"soort": "ZOMAAR"}, "waar het om gaat"),
        ({"soort": "BEROEP"}, "bekend is gemaakt"),
        ({"soort": "BEROEP", "besluit_op": dag(1)}, "na vandaag"),
        ({"soort": "BEROEP", "besluit_op": dag(-70)}, "De laatste dag was"),
    ],
)
def test_what_cannot_be_on_an_agenda_says_why(over: dict[str, Any], says: str) -> None:
    with pytest.raises(KwestieError, match=says):
        plan(seed.register("anna"), **over)


def test_what_is_done_stays_done() -> None:
    kwestie = seed.register("anna")
    punt = plan(kwestie)
    seed.act("finish_agendapunt", kwestie, punt_id=punt.pk)
    with pytest.raises(KwestieError, match="al gedaan"):
        seed.act("move_agendapunt", kwestie, punt_id=punt.pk, dag=dag(2))
    with acting_as(people.wie("anna").scope(1)):
        rows = Agendapunt.objects.filter(tenant_id=1, pk=punt.pk)
        for change in ({"gedaan_op": None, "gedaan_door": None}, {"dag": dag(3)}):
            with pytest.raises(IntegrityError, match="agendapunt_is_gedaan"):
                with transaction.atomic():
                    rows.update(**change)


@pytest.mark.parametrize(
    ("over", "name"),
    [
        ({"soort": "BEZWAAR"}, "agenda_besluit"),
        ({"besluit_op": dag(-3)}, "agenda_besluit"),
        ({"soort": "BEROEP", "besluit_op": dag(0)}, "agenda_besluit"),
        ({"tot": time(9)}, "agenda_venster"),
        ({"van": time(9), "tot": time(9)}, "agenda_venster"),
        ({"soort": "ZOMAAR"}, "agenda_soort_lijst"),
        ({"gedaan_op": timezone.now()}, "agenda_gedaan_door"),
    ],
)
def test_the_database_refuses_it_too(over: dict[str, Any], name: str) -> None:
    kwestie = seed.register("anna")
    given = {"soort": "BELLEN", "dag": dag(0), **over}
    with acting_as(people.wie("anna").scope(1)):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Agendapunt.objects.create(
                tenant_id=1,
                kwestie=kwestie,
                gemaakt_door_id=people.ident("anna"),
                **given,
            )


def test_it_belongs_to_the_kwestie_so_it_goes_along_to_another_supporter() -> None:
    kwestie = seed.register("anna")
    punt = plan(kwestie)
    hand_over(kwestie, "bram")
    url = path(kwestie, f"agenda/{punt.pk}/verzetten/")
    assert people.browser("anna").get(url).status_code == 404
    assert kwestie.nummer in people.browser("bram").get("/dag/").content.decode()
    sent = {"dag": "overmorgen"}
    assert people.browser("bram").post(url, sent).status_code == 302
    with pytest.raises(Refused):
        seed.act("finish_agendapunt", kwestie, "anna", punt_id=punt.pk)


def test_each_step_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    kwestie = seed.register("anna")
    seen = events(monkeypatch)
    punt = plan(kwestie, waarover="Een geheim")
    seed.act("move_agendapunt", kwestie, punt_id=punt.pk, dag=dag(1))
    seed.act("finish_agendapunt", kwestie, punt_id=punt.pk)
    assert [name for name, _grond in about(seen, kwestie.pk)] == [
        *("agendapunt_gemaakt", "agendapunt_verzet", "agendapunt_gedaan"),
    ]
    assert "geheim" not in str(seen)


def test_a_step_is_moved_from_the_day_and_back_to_it() -> None:
    kwestie = seed.register("anna")
    made: Stap = seed.act(
        "plan_stap",
        kwestie,
        omschrijving="Samen bellen",
        uitvoerder="SAMEN",
        gepland_op=dag(0),
    )
    url = path(kwestie, f"stap/{made.pk}/verzetten/?terug=dag")
    answer = people.browser("anna").post(url, {"dag": "morgen"})
    assert answer["Location"] == "/dag/"
    with acting_as(people.wie("anna").scope(1)):
        assert Stap.objects.get(tenant_id=1, pk=made.pk).gepland_op == dag(1)
    seed.act("drop_stap", kwestie, "anna", stap_id=made.pk, reden="Hoeft niet meer")
    with pytest.raises(KwestieError, match="al gedaan of vervallen"):
        seed.act("move_stap", kwestie, stap_id=made.pk, dag=dag(2))


def test_who_only_reads_along_puts_nothing_on_the_agenda() -> None:
    kwestie = seed.register("anna")
    for naam in ("chantal", "bram"):
        assert status(naam, kwestie, "terugbellen/") == 404
        with pytest.raises(Refused):
            plan(kwestie, naam)
    substitute("anna", "bram")
    assert status("bram", kwestie, "terugbellen/") == 200


# ------------------------------------------------------------------------- the tally


def test_s113_the_tally_of_a_day_stands_beside_what_was_registered() -> None:
    today = timezone.localdate()
    seed.register("anna", datum=today, activiteiten=("IND.INFO",), minuten=5)
    browser = people.browser("anna")
    answer = browser.post("/t/arnhem/dagstaat/", {"telefoontjes": "3"}, follow=True)
    page = answer.content.decode()
    assert "1 gesprek vastgelegd." in page
    assert "Nog 2 vast te leggen." in page
    browser.post("/t/arnhem/dagstaat/", {"telefoontjes": "1"})
    with acting_as(people.wie("anna").scope(1)):
        (kept,) = Dagstaat.objects.filter(tenant_id=1)
    assert (kept.telefoontjes, kept.medewerker_id) == (1, people.ident("anna"))
    assert "Nog " not in browser.get("/dag/").content.decode().split("Dagstaat")[1]
    team = people.browser("chantal").get("/team/").content.decode()
    assert "Gemeente Arnhem: 1 geteld, 1 vastgelegd" in team


@pytest.mark.parametrize("typed", ["", "veel", "-1", "501"])
def test_a_tally_that_is_no_number_is_sent_back(typed: str) -> None:
    browser = people.browser("anna")
    sent = {"telefoontjes": typed}
    page = browser.post("/t/arnhem/dagstaat/", sent, follow=True).content.decode()
    assert "Vul een getal van 0 tot 500 in." in page
    wie = people.wie("anna")
    with acting_as(wie.scope(1)), pytest.raises(KwestieError):
        services.keep_tally(actor=wie, tenant_id=1, telefoontjes=501)
