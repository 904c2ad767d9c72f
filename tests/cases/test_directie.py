"""What the directie counts: right, hers alone, and without a kwestie behind it."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import intern
from cases.models import Contactmoment, Kwestie
from tenants.access import Refused
from tenants.models import Opdracht
from tenants.scope import acting_as, current
from tests import people
from tests.cases import geheim, seed
from tests.cases.test_regels_toestemming import give
from tests.cases.toegang import hand_over, strikt

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOT_DIRECTIE = sorted(set(people.PEOPLE) - {"fatma"})


def contact(kwestie: Kwestie, moment: datetime, minuten: int, naam: str) -> None:
    with acting_as(people.wie(naam).scope(kwestie.tenant_id)):
        Contactmoment.objects.create(
            tenant_id=kwestie.tenant_id,
            kwestie=kwestie,
            medewerker_id=people.ident(naam),
            datum_tijd=moment,
            kanaal="TEL",
            activiteiten=["IND.INFO"],
            duur_min=minuten,
        )


def at(jaar: int, maand: int, dag: int, uur: int = 10) -> datetime:
    return datetime(jaar, maand, dag, uur, tzinfo=AMSTERDAM)


# -------------------------------------------------------------------------- exceptions


def test_s050_the_year_counts_why_kwesties_changed_hands_strict_ones_too() -> None:
    hand_over(seed.register("anna"), "bram")
    hand_over(strikt("anna"), "nadia")
    hand_over(seed.register("hanna", "wulpenhorst"), None, "hanna", reden="WERK")
    jaar = timezone.localdate().year
    found = intern.exceptions(people.wie("fatma"), jaar)
    assert [(one.plek.slug, one.overdrachten) for one in found] == [
        ("arnhem", {"CLIENT_ANDER": 2}),
        ("wulpenhorst", {"WERK": 1}),
    ]
    assert [
        one.overdrachten for one in intern.exceptions(people.wie("fatma"), jaar - 1)
    ] == [
        *({}, {}),
    ]
    page = people.browser("fatma").get("/directie/").content.decode()
    assert "De cliënt wil een andere ondersteuner" in page


def test_s013_the_year_counts_contacts_about_the_client_without_the_client() -> None:
    kwestie = seed.register("anna")
    given = give(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        Contactmoment.objects.create(
            tenant_id=1,
            kwestie=kwestie,
            medewerker_id=people.ident("anna"),
            datum_tijd=timezone.now(),
            kanaal="TEL",
            met=["GEMEENTE"],
            is_inhoudelijk=True,
            is_client_aanwezig=False,
            toestemming=given,
            activiteiten=["IND.BEMID"],
        )
    jaar = timezone.localdate().year
    (arnhem, other) = intern.exceptions(people.wie("fatma"), jaar)
    assert (arnhem.zonder_client, other.zonder_client) == (1, 0)
    assert intern.exceptions(people.wie("fatma"), jaar - 1)[0].zonder_client == 0


def test_s025_breaches_and_meldcodes_are_counted() -> None:
    kwestie = seed.register()
    geheim.request(kwestie)
    geheim.start(kwestie)
    jaar = timezone.localdate().year
    found = intern.exceptions(people.wie("fatma"), jaar)
    counts = [(one.doorbrekingen, one.meldcodes) for one in found]
    assert counts == [(1, 1), (0, 0)]
    page = people.browser("fatma").get("/directie/").content.decode()
    assert "Doorbrekingen van de geheimhouding" in page


# ------------------------------------------------------------------------------- hours


def test_hours_are_of_the_month_of_the_contact_by_local_time() -> None:
    one, other = seed.register("anna"), strikt("bram")
    contact(one, at(2025, 3, 31, 23), 90, "anna")
    contact(one, at(2025, 4, 1, 0), 30, "anna")
    contact(other, at(2025, 4, 2), 60, "bram")
    contact(other, at(2024, 12, 31), 600, "bram")
    found = intern.hours(people.wie("fatma"), 2025)
    assert [(u.opdracht, u.minuten) for u in found] == [
        ("Cliëntondersteuning Gemeente Arnhem", {3: 90, 4: 90}),
        ("Cliëntondersteuning Zorggroep Wulpenhorst", {}),
    ]
    page = people.browser("fatma").get("/directie/uren/?jaar=2025").content.decode()
    assert page.count('<td class="app-num">1,5</td>') == 2
    assert "<strong>3,0</strong>" in page


def test_hours_without_an_opdracht_are_not_lost() -> None:
    kwestie = seed.register("anna")
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk).update(opdracht=None)
    contact(kwestie, at(2025, 4, 2), 60, "anna")
    found = intern.hours(people.wie("fatma"), 2025)
    assert [(u.opdracht, u.minuten) for u in found if u.minuten] == [("", {4: 60})]
    page = people.browser("fatma").get("/directie/uren/?jaar=2025").content.decode()
    assert "Zonder opdracht" in page


def test_the_table_for_a_spreadsheet_holds_the_same_and_no_formula() -> None:
    contact(seed.register("anna"), at(2025, 4, 2), 45, "anna")
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(naam="=HYPERLINK(1)")
    answer = people.browser("fatma").get("/directie/uren.csv?jaar=2025")
    assert answer["Content-Disposition"] == 'attachment; filename="uren-2025.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode()), delimiter=";"))
    assert rows[0] == ["opdrachtgever", "opdracht", "maand", "minuten"]
    assert rows[4] == ["Gemeente Arnhem", "'=HYPERLINK(1)", "2025-04", "45"]
    assert len(rows) == 1 + 2 * 12


@pytest.mark.parametrize("asked", ["1999", "9999", "x", "²", ""])
def test_a_year_that_is_none_is_this_year(asked: str) -> None:
    page = people.browser("fatma").get(f"/directie/uren/?jaar={asked}")
    assert f"Uren in {timezone.localdate().year}" in page.content.decode()


# ------------------------------------------------------------------------- hers alone


@pytest.mark.parametrize("naam", NOT_DIRECTIE)
def test_nobody_else_counts(naam: str) -> None:
    wie = people.wie(naam)
    for counted in (intern.exceptions, intern.hours):
        with pytest.raises(Refused):
            counted(wie, 2025)


def test_counting_is_done_in_the_role_that_reads_no_texts_and_ends_with_it() -> None:
    fatma, roles = people.wie("fatma"), []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # That there was a doorbreking or a meldcode is told in codes, to herself (S25).
        if "cases_" in sql and "cases_uitzondering" not in sql:
            scope = current()
            roles.append((scope.kind, scope.tenant) if scope else None)
        return execute(sql, params, many, context)

    with acting_as(fatma.scope()), connection.execute_wrapper(note):
        intern.hours(fatma, 2025)
        intern.exceptions(fatma, 2025)
        assert current() == fatma.scope()
    assert set(roles) == {("job", None)}


def test_the_directie_itself_still_reads_no_kwestie() -> None:
    seed.register("anna")
    with acting_as(people.wie("fatma").scope(1)):
        assert Kwestie.objects.count() == Contactmoment.objects.count() == 0


def test_the_pages_name_no_client_and_no_supporter() -> None:
    kwestie = seed.register("anna", identiteitsstatus="BEKEND", naam=seed.NAAM)
    contact(kwestie, timezone.now() - timedelta(minutes=5), 45, "anna")
    browser = people.browser("fatma")
    for url in ("/directie/", "/directie/uren/?per=maand", "/directie/uren.csv"):
        with CaptureQueriesContext(connection) as seen:
            text = browser.get(url).content.decode()
        for word in (seed.NAAM, kwestie.nummer, "Anna", "Bram"):
            assert word not in text
        assert len([q for q in seen if "SAVEPOINT" not in q["sql"]]) <= 12


def test_who_is_directie_already_gets_the_rights_from_the_migration(
    superuser: psycopg.Connection[Any],
) -> None:
    """Every right of a role is with guardian; that of older rows by SQL (0008)."""
    found = superuser.execute(
        "SELECT count(*) FROM tenants_tenantgroupobjectpermission o"
        " JOIN auth_permission p ON p.id = o.permission_id"
        " WHERE p.codename IN ('uren_tellen', 'uitzonderingen_tellen')"
    ).fetchone()
    assert found == (4,)
