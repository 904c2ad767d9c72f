"""*Mijn dag*: what is due is there, for whom it is, and it costs the same for more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import selectors, werkdagen
from cases.models import ExternTraject, Kwestie
from cases.services import Contact
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.test_agenda import plan
from tests.cases.toegang import (
    about,
    dag,
    events,
    hand_over,
    share,
    strikt,
    substitute,
)
from tests.signalering import maken

pytestmark = pytest.mark.django_db


def day(naam: str = "anna") -> selectors.Dag:
    wie = people.wie(naam)
    with acting_as(wie.scope()):
        return selectors.day_of(wie)


def page(naam: str = "anna") -> str:
    return str(people.browser(naam).get("/dag/").content.decode())


def aged(kwestie: Kwestie, made: datetime) -> Kwestie:
    """As if it was registered then."""
    with acting_as(people.wie("chantal").scope(kwestie.tenant_id)):
        rows = Kwestie.objects.filter(tenant_id=kwestie.tenant_id, pk=kwestie.pk)
        rows.update(aangemaakt_op=made)
    return kwestie


def spoken(kwestie: Kwestie, ago: int, door: str = "anna") -> None:
    seed.act(
        "add_contactmoment",
        kwestie,
        door,
        contact=Contact(
            datum_tijd=timezone.now() - timedelta(days=ago),
            kanaal="TEL",
            met=("CLIENT",),
            activiteiten=("IND.INFO",),
        ),
    )


def test_an_empty_day_says_so() -> None:
    text = page()
    for says in (
        "Er staat vandaag niets meer open.",
        "Je hebt geen open kwesties",
        "Je vervangt niemand en niemand vervangt jou.",
    ):
        assert says in text


def test_what_is_due_today_or_late_stands_before_what_comes() -> None:
    kwestie = seed.register("anna")
    plan(kwestie, dag=dag(0), waarover="Nu bellen")
    plan(kwestie, dag=dag(3), soort="REACTIE")
    plan(kwestie, dag=dag(8))
    seed.act(
        "plan_stap",
        kwestie,
        omschrijving="Samen schrijven",
        uitvoerder="SAMEN",
        gepland_op=dag(-1),
    )
    found = day()
    assert [(p.soort, p.dag) for p in found.nu] == [
        ("STAP", dag(-1)),
        ("BELLEN", dag(0)),
    ]
    assert [(p.soort, p.dag) for p in found.straks] == [("REACTIE", dag(3))]
    assert [p.is_te_laat for p in found.nu] == [True, False]
    assert "te laat" in page()


def test_s007_a_term_warns_seven_days_before() -> None:
    kwestie = seed.register("anna")
    # Six weeks after some day ends on a working day within the week.
    besluit = next(
        dag(n) for n in range(-42, -30) if werkdagen.vanaf(dag(n + 42)) == dag(n + 42)
    )
    punt = plan(kwestie, soort="BEZWAAR", dag=None, besluit_op=besluit)
    found = day()
    assert [p.id for p in (*found.nu, *found.straks)] == [punt.pk]
    assert "wettelijke termijn" in page()


def test_s124_the_last_day_for_the_ombudsman_is_there_until_somebody_went() -> None:
    kwestie = seed.register("anna")
    about_it = {"tenant_id": 1, "kwestie_id": kwestie.pk, "instantie": "Gemeente"}
    ruled = dag(3).replace(year=dag(3).year - 1)
    with acting_as(people.wie("anna").scope(1)):
        ExternTraject.objects.create(
            type="klacht_awb",
            rol_ondersteuner="geschreven",
            oordeel="ONGEGROND",
            oordeel_door="Gemeente",
            oordeel_op=ruled,
            **about_it,
        )
    (punt,) = day().straks
    assert (punt.soort, punt.dag) == ("OMBUDSMAN", dag(3))
    with acting_as(people.wie("anna").scope(1)):
        ExternTraject.objects.create(
            type="ombudsman", rol_ondersteuner="meegedacht", **about_it
        )
    assert day().straks == []


def test_s075_what_waits_longer_than_the_norm_is_named() -> None:
    border = werkdagen.voor(timezone.now(), 2)
    late = aged(seed.register("anna"), border - timedelta(minutes=1))
    aged(seed.register("anna"), border + timedelta(minutes=5))
    answered = aged(seed.register("anna"), border - timedelta(days=3))
    spoken(answered, 1)
    assert [zaak.id for zaak in day().onbeantwoord] == [late.pk]
    text = page()
    assert f"Contact vastleggen bij {late.nummer}" in text
    assert f"Contact vastleggen bij {answered.nummer}" not in text


def test_my_kwesties_begin_with_the_one_without_contact_for_longest() -> None:
    first, second, third = (seed.register("anna") for _ in range(3))
    spoken(first, 40)
    spoken(second, 2)
    found = day().eigen
    assert [zaak.id for zaak in found] == [third.pk, first.pk, second.pk]  # of 2025
    assert [zaak.is_stil for zaak in found] == [True, True, False]
    assert page().count("weken stil") == 2


def test_who_stands_in_has_what_was_promised_by_the_absent() -> None:
    kwestie, secret = seed.register("anna"), strikt("anna")
    plan(kwestie)
    plan(secret)
    assert day("bram").nu == []
    window = substitute("anna", "bram")
    assert {p.nummer for p in day("bram").nu} == {kwestie.nummer, secret.nummer}
    assert {p.namens for p in day("bram").nu} == {"Anna"}
    assert "Jij vervangt Anna" in page("bram")
    assert "Bram vervangt jou" in page("anna")
    assert [w.pk for _plek, w in day("anna").vervangingen] == [window.pk]


def test_a_substitution_that_begins_tomorrow_is_named_but_opens_nothing() -> None:
    plan(seed.register("anna"))
    substitute("anna", "bram", van=1)
    found = day("bram")
    assert (found.nu, len(found.vervangingen)) == ([], 1)


def test_of_what_is_shared_or_was_taken_away_nothing_is_due() -> None:
    kwestie = seed.register("anna")
    plan(kwestie)
    share(kwestie, "nadia", niveau="SCHRIJVEN")
    assert (day("nadia").nu, day("chantal").nu) == ([], [])
    hand_over(kwestie, "bram")
    substitute("bram", "anna")  # kept out, whoever she stands in for (S50)
    assert day("anna").nu == []


def test_a_promise_outlives_the_end_of_the_kwestie_but_not_the_file() -> None:
    kwestie = seed.register(
        "anna", soort="VRAAG", resultaat="BEANTW", activiteiten=("IND.INFO",)
    )
    plan(kwestie)
    assert [p.nummer for p in day().nu] == [kwestie.nummer]
    with acting_as(people.wie("anna").scope(1)):
        rows = Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk)
        rows.update(status="GEANONIMISEERD")
    assert day().nu == []


def test_a_look_at_the_day_is_recorded_with_its_ground(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie, own = seed.register("anna"), seed.register("bram")
    plan(kwestie)
    substitute("anna", "bram")
    seen = events(monkeypatch)
    page("bram")
    assert about(seen, own.pk) == [("dag_getoond", "")]
    assert about(seen, kwestie.pk) == [("dag_getoond", "plaatsvervanging")]


@pytest.mark.parametrize("naam", ["anna", "nadia"])
def test_a_day_asks_at_most_twelve_questions_whatever_is_in_it(naam: str) -> None:
    slugs = [slug for slug, _rol in people.PEOPLE[naam]]
    browser = people.browser(naam)
    asked = []
    for rows in (1, 8):
        for slug in slugs:
            for _ in range(rows):
                plan(seed.register(naam, slug), naam)
        with CaptureQueriesContext(connection) as seen:
            browser.get("/dag/")
        # The transaction of the test makes a savepoint of that of the request.
        asked.append([q["sql"][:80] for q in seen if "SAVEPOINT" not in q["sql"]])
    assert len(asked[0]) == len(asked[1]) <= 12, asked[1]


# ------------------------------------------------------------------ what came of it


def test_what_came_of_it_names_reports_over_periods_with_kwesties_of_hers() -> None:
    maken.fill()
    pk = maken.figures_only()
    with acting_as(people.wie("anna").scope(1)):
        (mine, other) = Kwestie.objects.filter(tenant_id=1).order_by("nummer")[:2]
        Kwestie.objects.filter(tenant_id=1, pk=mine.pk).update(
            ondersteuner_id=people.ident("anna")
        )
    url = "/wat-gebeurde-ermee/"
    assert "Derde kwartaal 2025" not in people.browser("anna").get(url).content.decode()
    maken.offer(pk)
    text = people.browser("anna").get(url).content.decode()
    assert "Derde kwartaal 2025" in text
    assert "1 kwestie van jou begon in deze periode." in text
    assert mine.nummer not in text
    # As a part of the day: no page around it.
    part = people.browser("anna").get(url, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    # A colleague who had none there is not told of it.
    bram = people.browser("bram").get(url).content.decode()
    assert "Derde kwartaal 2025" not in bram
    assert other.nummer not in text


def test_only_who_supports_and_reads_reports_is_shown_what_came_of_it() -> None:
    assert 'hx-get="/wat-gebeurde-ermee/"' in page("anna")
    assert "wat-gebeurde-ermee" not in page("vera")
    assert people.browser("fatma").get("/wat-gebeurde-ermee/").status_code == 404


def test_the_day_is_where_a_supporter_begins() -> None:
    assert people.browser("anna").get("/")["Location"] == "/dag/"
