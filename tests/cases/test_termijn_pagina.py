"""Terms of formal routes on the page, on Mijn dag and in a calendar; referrals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar

from cases import werkdagen
from cases.models import ExternTraject, Kwestie, Verwijzing
from cases.selectors.dag import Punt, day_of
from cases.services import KwestieError, Route, Termijngegevens, Traject
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import dag, events, path, share, strikt

pytestmark = pytest.mark.django_db


def lodge(kwestie: Kwestie, type: str = "klacht_awb", **over: Any) -> ExternTraject:
    given = {"instantie": "Gemeente Arnhem", "rol_ondersteuner": "bijgestaan", **over}
    made: ExternTraject = seed.act(
        "add_traject", kwestie, traject=Traject(type=type, **given)
    )
    return made


def set_term(kwestie: Kwestie, row: ExternTraject, **over: Any) -> ExternTraject:
    made: ExternTraject = seed.act(
        "set_termijn", kwestie, traject_id=row.pk, gegevens=Termijngegevens(**over)
    )
    return made


def punten(naam: str = "anna") -> list[Punt]:
    wie = people.wie(naam)
    with acting_as(wie.scope()):
        found = day_of(wie)
        return [*found.nu, *found.straks]


def six_weeks_before(days: int) -> date:
    """A day whose term of six weeks ends so many days from now, or a little later."""
    return werkdagen.vanaf(dag(days)) - timedelta(weeks=6)


def test_s105_a_term_is_on_the_page_and_warns_seven_days_before() -> None:
    kwestie = seed.register("anna")
    soon = lodge(kwestie, ingediend_op=six_weeks_before(2))
    far = lodge(kwestie, "klacht_wkkgz", ingediend_op=dag(-5))
    (punt,) = punten()
    assert (punt.id, punt.dag) == (soon.pk, werkdagen.vanaf(dag(2)))
    assert punt.is_wettelijk
    assert punt.id != far.pk
    browser = people.browser("anna")
    page = browser.get(path(kwestie)).text
    assert page.count("Beslissing op de klacht verwacht") >= 3  # routes, timeline
    assert "Awb 9:11 lid 1" in page
    shown = browser.get("/dag/").text
    assert "Beslissing op de klacht verwacht" in shown
    assert "wettelijke termijn" in shown


def test_s105_what_was_not_decided_in_time_stays_until_there_is_a_ruling() -> None:
    kwestie = seed.register("anna")
    row = lodge(kwestie, ingediend_op=dag(-80))
    assert [punt.is_te_laat for punt in punten()] == [True]
    set_term(kwestie, row, ingediend_op=dag(-80), verdaagd_weken=4, is_lang=True)
    assert punten() == []  # fourteen weeks: later than in a week
    set_term(kwestie, row, ingediend_op=dag(-80), termijn_tot=dag(3))
    assert [(punt.dag, punt.is_wettelijk) for punt in punten()] == [(dag(3), False)]


def test_s105_beroep_is_warned_of_until_somebody_went() -> None:
    kwestie = seed.register("anna")
    row = lodge(kwestie, "bezwaar", bekend_op=dag(-120), ingediend_op=dag(-119))
    with acting_as(people.wie("anna").scope(1)):
        ExternTraject.objects.filter(tenant_id=1, pk=row.pk).update(
            oordeel="ONGEGROND",
            oordeel_door="College",
            oordeel_op=six_weeks_before(1),
        )
    (punt,) = punten()
    assert (punt.soort, punt.wat) == ("TRAJECT", "Laatste dag voor beroep")
    lodge(kwestie, "beroep", instantie="Rechtbank")
    assert punten() == []


@pytest.mark.parametrize(
    ("type", "over", "veld"),
    [
        ("klacht_awb", {"verdaagd_weken": 5}, "verdaagd_weken"),
        ("klacht_wzd", {"verdaagd_weken": 1}, "verdaagd_weken"),
        ("klacht_wkkgz", {"is_lang": True}, "is_lang"),
        ("klacht_awb", {"opgeschort_dagen": 3}, "opgeschort_dagen"),
        ("bezwaar", {"opgeschort_dagen": 366}, "opgeschort_dagen"),
        ("bezwaar", {"bekend_op": dag(1)}, "bekend_op"),
        ("geschil", {"ingediend_op": dag(-3), "termijn_tot": dag(-4)}, "termijn_tot"),
        ("geschil", {"termijn_tot": dag(1200)}, "termijn_tot"),
    ],
)
def test_s105_what_the_law_does_not_have_says_what_to_do(
    type: str, over: dict[str, Any], veld: str
) -> None:
    kwestie = seed.register("anna")
    row = lodge(kwestie, type)
    with pytest.raises(KwestieError) as error:
        set_term(kwestie, row, **over)
    assert error.value.veld == veld


@pytest.mark.parametrize(
    ("type", "over", "name"),
    [
        ("klacht_awb", {"verdaagd_weken": 5}, "traject_verdaagd"),
        ("klacht_wzd", {"verdaagd_weken": 1}, "traject_verdaagd"),
        ("klacht_wkkgz", {"is_lang": True}, "traject_lange_termijn"),
        ("klacht_awb", {"opgeschort_dagen": 3}, "traject_opgeschort"),
    ],
)
def test_postgresql_holds_the_same(type: str, over: dict[str, Any], name: str) -> None:
    row = lodge(seed.register("anna"), type)
    with acting_as(people.wie("anna").scope(1)):
        rows = ExternTraject.objects.filter(tenant_id=1, pk=row.pk)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**over)


def test_the_form_of_a_term_asks_only_what_its_law_knows() -> None:
    kwestie = seed.register("anna")
    row = lodge(kwestie, ingediend_op=dag(-5))
    browser = people.browser("anna")
    here = path(kwestie, f"traject/{row.pk}/termijn/")
    page = browser.get(here).text
    assert "Er is een commissie die adviseert" in page
    assert "opgeschort_dagen" not in page
    other = lodge(kwestie, "klacht_jeugdwet")
    page = browser.get(path(kwestie, f"traject/{other.pk}/termijn/")).text
    assert "De wet noemt hier geen termijn" in page
    assert "is_lang" not in page
    sent = {"ingediend_op": f"{dag(-5):%d-%m-%Y}", "is_lang": "on"}
    assert browser.post(here, {**sent, "verdaagd_weken": "5"}).status_code == 422
    assert browser.post(here, sent).status_code == 302
    with acting_as(people.wie("anna").scope(1)):
        row.refresh_from_db()
    assert (row.is_lang, row.ingediend_op) == (True, dag(-5))


# --------------------------------------------------------------- calendars elsewhere


def downloaded(naam: str, url: str) -> list[Any]:
    answer = people.browser(naam).get(url)
    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )
    assert "attachment" in answer["Content-Disposition"]
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_s105_one_term_and_all_of_them_in_a_calendar_without_a_client(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie = seed.register("anna", identiteitsstatus="BEKEND", naam=seed.NAAM)
    row = lodge(kwestie, ingediend_op=dag(-5), instantie="Zorghuis De Linde")
    other = seed.register("bram")
    with acting_as(people.wie("bram").scope(1)):
        ExternTraject.objects.create(
            type="klacht_awb",
            instantie="C",
            rol_ondersteuner="meegedacht",
            ingediend_op=dag(-5),
            tenant_id=1,
            kwestie=other,
        )
    seen = events(monkeypatch)
    (one,) = downloaded("anna", path(kwestie, f"termijn/{row.pk}.ics"))
    (same,) = downloaded("anna", "/termijnen.ics")
    last = werkdagen.vanaf(dag(-5) + timedelta(weeks=6))
    assert one["dtstart"].dt == last
    assert one["uid"] == same["uid"]
    summary = f"{kwestie.nummer}: Beslissing op de klacht verwacht"
    assert str(one["summary"]) == summary == str(same["summary"])
    text = one.to_ical().decode()
    for secret in ("Truus", "Linde", "arnhem", "Awb", str(kwestie.pk), str(row.pk)):
        assert secret.casefold() not in text.casefold()
    recorded = [event["gebeurtenis"] for event in seen if kwestie.pk in event["ids"]]
    assert recorded == ["termijn_opgehaald", "termijnen_opgehaald"]


def test_a_term_of_another_kwestie_is_not_there() -> None:
    kwestie, other = seed.register("anna"), seed.register("anna")
    row = lodge(other, ingediend_op=dag(-5))
    undated = lodge(other, "klacht_jeugdwet", ingediend_op=dag(-5))
    anna = people.browser("anna")
    for where, ding in ((kwestie, row.pk), (other, uuid4()), (other, undated.pk)):
        assert anna.get(path(where, f"termijn/{ding}.ics")).status_code == 404
    hidden = lodge(strikt(), ingediend_op=dag(-5))
    bram = people.browser("bram")
    assert bram.get(path(other, f"termijn/{row.pk}.ics")).status_code == 404
    assert downloaded("bram", "/termijnen.ics") == []
    share(other, "bram")
    assert len(downloaded("bram", path(other, f"termijn/{row.pk}.ics"))) == 1
    assert hidden.pk != row.pk


# ------------------------------------------------------------------------ referrals


def refer(kwestie: Kwestie, **over: Any) -> Verwijzing:
    given = {"instantie_type": "MZSP", "organisatie": "Steunpunt Oost", **over}
    made: Verwijzing = seed.act("add_verwijzing", kwestie, verwijzing=Route(**given))
    return made


def test_a_referral_is_warm_and_arrives() -> None:
    kwestie = seed.register("anna")
    browser = people.browser("anna")
    sent = {
        "sleutel": uuid4(),
        "instantie_type": "MZSP",
        "organisatie": "Steunpunt Oost",
        "is_warm": "ja",
    }
    assert browser.post(path(kwestie, "verwijzing/"), sent).status_code == 302
    page = browser.get(path(kwestie)).text
    assert "Warm: wij gingen mee" in page
    assert "Nog niet bekend of de cliënt daar is aangekomen" in page
    with acting_as(people.wie("anna").scope(1)):
        (row,) = Verwijzing.objects.filter(tenant_id=1, kwestie=kwestie)
    here = path(kwestie, f"verwijzing/{row.pk}/aangekomen/")
    assert 'value="ja"' in browser.get(here).text
    assert browser.post(here, {}).status_code == 422
    assert browser.post(here, {"aangekomen": "JA", "is_warm": "nee"}).status_code == 302
    page = browser.get(path(kwestie)).text
    assert "Ja, de cliënt is daar geholpen" in page
    assert "Koud." in page


def test_whether_somebody_arrived_is_of_ones_own_kwestie_and_from_the_list() -> None:
    kwestie, other = seed.register("anna"), seed.register("anna")
    row = refer(kwestie)
    said: dict[str, Any] = {"is_warm": None, "verwijzing_id": row.pk}
    with pytest.raises(KwestieError, match="Kies of de cliënt"):
        seed.act("record_aankomst", kwestie, aangekomen="MISSCHIEN", **said)
    with pytest.raises(KwestieError, match="hoort niet bij"):
        seed.act("record_aankomst", other, aangekomen="JA", **said)
    with pytest.raises(Refused):
        seed.act("record_aankomst", kwestie, "bram", aangekomen="JA", **said)
    with acting_as(people.wie("anna").scope(1)):
        rows = Verwijzing.objects.filter(tenant_id=1, pk=row.pk)
        with pytest.raises(IntegrityError, match="verwijzing_aangekomen_lijst"):
            with transaction.atomic():
                rows.update(aangekomen="TOCH")


def test_a_term_of_another_kwestie_cannot_be_set() -> None:
    row = lodge(seed.register("anna"))
    other = seed.register("anna")
    with pytest.raises(KwestieError, match="hoort niet bij"):
        set_term(other, row)
    assert isinstance(row.pk, UUID)
