"""The desk of the teamleider: who waits, who has how much; and of STRIKT the number."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import werkdagen
from cases.models import Kwestie, Overdracht
from cases.selectors.lasten import per_collega
from cases.selectors.team import Last, Team, team_of
from cases.services import KwestieError, NieuwBelang
from cases.services.belang import BelangError, declare_belang
from tenants.access import Plek
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.test_dag import aged, spoken
from tests.cases.toegang import (
    about,
    events,
    hand_over,
    path,
    share,
    status,
    strikt,
    substitute,
)

pytestmark = pytest.mark.django_db
SECRET = "Zorgboerderij De Stille Hoek"


def team(naam: str = "chantal") -> Team:
    wie = people.wie(naam)
    with acting_as(wie.scope()):
        return team_of(wie)


def page(naam: str = "chantal") -> str:
    return str(people.browser(naam).get("/team/").content.decode())


def secret_one(naam: str = "anna") -> Kwestie:
    """A STRIKT kwestie with something to tell in every place."""
    kwestie = seed.register(
        naam, identiteitsstatus="BEKEND", naam=seed.NAAM, toelichting=SECRET
    )
    wijzigingen = {
        "vertrouwelijkheid": "STRIKT",
        "wederpartij_organisatie": SECRET,
        "wederpartij": ["ZORGINST"],
    }
    seed.act("update_kwestie", kwestie, naam, versie=1, wijzigingen=wijzigingen)
    return kwestie


# ---------------------------------------------------------------------------- waiting


def test_s174_the_queue_says_what_waits_longer_than_a_working_day() -> None:
    late, new = seed.register("anna"), seed.register("anna")
    for kwestie in (late, new):
        hand_over(kwestie, None)
    border = werkdagen.voor(timezone.now(), 1)
    received = unowned(border - timedelta(minutes=1))
    found = {one.id: one.is_te_laat for one in team().rij}
    assert found == {received.pk: True, late.pk: False, new.pk: False}
    assert team().rij[0].id == received.pk
    text = page()
    assert path(received, "toewijzen/") in text
    assert text.count("te lang") == 1


def unowned(sinds: datetime) -> Kwestie:
    with acting_as(people.wie("chantal").scope(1)):
        return Kwestie.objects.create(
            tenant_id=1,
            nummer="ARN-RIJ",
            dienst="OCO_SD",
            aangemaakt_op=sinds,
            **seed.SEVEN,
        )


def test_s075_the_teamleider_sees_what_nobody_answered_within_the_norm() -> None:
    border = werkdagen.voor(timezone.now(), 2)
    late = aged(seed.register("anna"), border - timedelta(minutes=1))
    aged(seed.register("anna"), border + timedelta(minutes=5))
    answered = aged(seed.register("anna"), border - timedelta(days=3))
    spoken(answered, 1)
    assert [(one.id, one.ondersteuner) for one in team().onbeantwoord] == [
        (late.pk, "Anna")
    ]
    assert late.nummer in page()


def test_what_a_client_wanted_away_from_the_teamleider_is_not_on_her_desk() -> None:
    border = werkdagen.voor(timezone.now(), 9)
    kwestie = aged(seed.register("chantal"), border)
    hand_over(kwestie, "anna", "chantal")
    assert team().onbeantwoord == []
    assert kwestie.nummer not in page()


# --------------------------------------------------------------------------- caseload


def test_s051_the_caseload_is_by_name_and_counts_what_is_open_only() -> None:
    for _ in range(3):
        seed.register("bram")
    done = seed.register(
        "anna", soort="VRAAG", resultaat="BEANTW", activiteiten=("IND.INFO",)
    )
    assert not done.is_open
    strikt("anna")
    lasten = {last.naam: (last.open, last.strikt) for last in team().lasten}
    assert lasten == {
        "Anna": (1, 1),
        "Bram": (3, 0),
        "Chantal": (0, 0),
        "Nadia": (0, 0),
        "Vera": (0, 0),
    }
    assert list(lasten) == sorted(lasten)
    shown = re.findall(r'<th scope="row">(\w+)</th>', page())
    assert shown == sorted(lasten)


def test_the_caseload_says_who_is_away_and_since_when_a_client_heard_nothing() -> None:
    kwestie = seed.register("anna")
    spoken(kwestie, 5)
    substitute("anna", "bram")
    (anna,) = [last for last in team().lasten if last.naam == "Anna"]
    assert anna.vervanger == "Bram"
    assert anna.oudste is not None
    assert (timezone.now() - anna.oudste).days == 5
    text = page()
    assert "afwezig, Bram vervangt" in text
    assert "Bram vervangt Anna" in text


def test_another_team_is_not_there() -> None:
    mine, theirs = seed.register("anna"), seed.register("hanna", "wulpenhorst")
    hand_over(mine, None)
    assert {last.naam for last in team("teun").lasten} == {"Hanna", "Nadia", "Teun"}
    assert mine.nummer not in page("teun")
    assert theirs.nummer not in page("chantal")


def test_the_desk_asks_the_same_whatever_is_on_it() -> None:
    browser = people.browser("chantal")
    asked = []
    for rows in (1, 6):
        for _ in range(rows):
            strikt("anna")
            hand_over(seed.register("bram"), None, "bram")
        with CaptureQueriesContext(connection) as seen:
            browser.get("/team/")
        asked.append([q["sql"][:80] for q in seen if "SAVEPOINT" not in q["sql"]])
    assert len(asked[0]) == len(asked[1]) <= 15, asked[1]


# ----------------------------------------------------------------------------- STRIKT


def test_s079_of_a_strict_kwestie_the_desk_has_number_and_supporter_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie = secret_one()
    seen = events(monkeypatch)
    text = page()
    assert text.count(kwestie.nummer) == 2  # in its row, and for who hears the page
    assert path(kwestie) + '"' not in text
    assert about(seen, kwestie.pk) == [("team_getoond", "afgeschermd")]
    for word in (SECRET, seed.NAAM, "Financi"):
        assert word not in text


def test_s050_the_teamleider_gives_a_strict_kwestie_another_supporter_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie = secret_one()
    seen = events(monkeypatch)
    browser = people.browser("chantal")
    url = path(kwestie, "andere-ondersteuner/")
    form = browser.get(url).content.decode()
    assert kwestie.nummer in form
    assert "Anna" in form
    for word in (SECRET, seed.NAAM, "Chantal</option>", "WACHTRIJ"):
        assert word not in form
    sent = {"reden": "CLIENT_ANDER", "medewerker": people.ident("bram")}
    answer = browser.post(url, sent)
    assert (answer.status_code, answer["Location"]) == (302, "/team/")
    assert [status(naam, kwestie) for naam in ("anna", "bram", "chantal")] == [
        *(404, 200, 404)
    ]
    assert about(seen, kwestie.pk)[:1] == [("afgeschermd_getoond", "afgeschermd")]
    assert ("kwestie_overgedragen", "afgeschermd") in about(seen, kwestie.pk)


@pytest.mark.parametrize("naar", ["chantal", None])
def test_s079_a_strict_kwestie_goes_neither_to_herself_nor_to_the_queue(
    naar: str | None,
) -> None:
    kwestie = strikt("anna")
    with pytest.raises(KwestieError, match="niet jezelf of de wachtrij"):
        hand_over(kwestie, naar, "chantal", reden="WERK")
    browser = people.browser("chantal")
    chosen: Any = people.ident(naar) if naar else "WACHTRIJ"
    sent = {"reden": "WERK", "medewerker": chosen}
    answer = browser.post(path(kwestie, "andere-ondersteuner/"), sent)
    assert answer.status_code == 422
    assert status("chantal", kwestie) == 404


def test_s079_the_database_does_not_let_her_take_it_either() -> None:
    kwestie = strikt("anna")
    chantal, anna = people.ident("chantal"), people.ident("anna")
    taken = {"van_id": anna, "naar_id": chantal, "reden": "WERK", "door_id": chantal}
    with acting_as(people.wie("chantal").scope(1)):
        rows = Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk)
        with pytest.raises(IntegrityError, match="overdracht_strikt_aan_zichzelf"):
            with transaction.atomic():
                rows.update(ondersteuner_id=chantal)
                Overdracht.objects.create(tenant_id=1, kwestie_id=kwestie.pk, **taken)


def test_s103_her_substitute_may_take_over_a_strict_kwestie() -> None:
    kwestie = strikt("anna")
    substitute("anna", "bram")
    hand_over(kwestie, "bram", "bram", reden="WERK")
    assert status("bram", kwestie) == 200


def test_v11_the_refusal_tells_her_not_which_organisation_it_is_about() -> None:
    kwestie = secret_one()
    bram = people.wie("bram")
    belang = NieuwBelang(
        is_opdrachtgever=False,
        organisatie=SECRET,
        soort="NEVEN",
        van=timezone.localdate() - timedelta(days=9),
        tot=None,
        toelichting="",
    )
    with acting_as(bram.scope(1)):
        declare_belang(actor=bram, tenant_id=1, belang=belang)
    with pytest.raises(BelangError) as refused:
        hand_over(kwestie, "bram", "chantal")
    assert SECRET not in refused.value.tekst
    with pytest.raises(BelangError, match="Stille Hoek"):
        hand_over(kwestie, "bram", "anna")


def test_s079_the_teamleider_shares_no_strict_kwestie() -> None:
    kwestie = strikt("anna")
    assert status("chantal", kwestie, "toegang/") == 404
    share(kwestie, "nadia")
    assert status("nadia", kwestie) == 200


def test_who_works_for_many_tenants_is_one_row_with_where_she_has_something() -> None:
    arnhem, wulpenhorst = (
        Plek(id=nr, slug=slug, naam=slug.title(), type="gemeente", is_fictief=True)
        for nr, slug in ((1, "arnhem"), (2, "wulpenhorst"))
    )
    nadia, tim = uuid4(), uuid4()
    rows = (
        (wulpenhorst, "Tim", tim, 0, 0, ""),
        (arnhem, "Nadia", nadia, 2, 1, ""),
        (wulpenhorst, "Nadia", nadia, 3, 0, ""),
        (arnhem, "Tim", tim, 0, 0, "Nadia"),
    )
    found = per_collega(
        Last(plek, naam, pk, open_, strikt_, None, is_weg=False, vervanger=vervanger)
        for plek, naam, pk, open_, strikt_, vervanger in rows
    )
    assert [(one.naam, one.open, one.strikt) for one in found] == [
        ("Nadia", 5, 1),
        ("Tim", 0, 0),
    ]
    assert [last.plek.naam for one in found for last in one.waar] == [
        *("Arnhem", "Wulpenhorst", "Arnhem"),
    ]
    assert [one.let_op for one in found] == [False, True]
