"""Search finds what one may open, by everything people remember, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Kwestie
from cases.selectors import Groep, Vraag, search
from cases.services import Contact, Identiteit, Route, moment_on
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
QUERIES = 15  # of one search, whatever is found
ZOEKEN = "/zoeken/"


def named(naam: str = seed.NAAM, door: str = "anna", **over: Any) -> Kwestie:
    over = {"identiteitsstatus": "BEKEND", "naam": naam} | over
    return seed.register(door, **over)


def groups(vraag: Vraag, door: str = "anna") -> list[Groep]:
    wie = people.wie(door)
    with acting_as(wie.scope(None)):
        return search(wie, vraag)


def found(tekst: str, door: str = "anna", **over: Any) -> dict[str, set[str]]:
    """Numbers of what is found, by kind."""
    return {
        groep.soort: {treffer.regel.nummer for treffer in groep.treffers}
        for groep in groups(Vraag(tekst=tekst, **over), door)
    }


# ------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    "tekst", ["truus", "Zandbergen", "VAN KLEEF", "kleef truus", "Truüs Zandbergen"]
)
def test_a_client_is_found_by_any_part_of_the_name(tekst: str) -> None:
    kwestie = named()
    named("Piet Kleefstra")
    assert found(tekst)["naam"] == {kwestie.nummer}


def test_a_name_with_a_year_of_birth_finds_that_one() -> None:
    old, young = named("Jan Jansen"), named("Jan Jansen")
    for kwestie, year in ((old, "1940"), (young, "2001")):
        given = Identiteit(status="BEKEND", naam="Jan Jansen", geboortejaar=year)
        seed.act("change_client", kwestie, identiteit=given)
    assert found("jansen")["naam"] == {old.nummer, young.nummer}
    assert found("jansen", geboortejaar="1940")["naam"] == {old.nummer}
    assert "naam" not in found("jansen", geboortejaar="1941")


def test_every_kwestie_of_a_client_shows_with_the_name() -> None:
    first = named()
    second = seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    (groep,) = [g for g in groups(Vraag(tekst="Zandbergen")) if g.soort == "naam"]
    assert {t.regel.nummer for t in groep.treffers} == {first.nummer, second.nummer}
    assert {t.client for t in groep.treffers} == {seed.NAAM}


def test_who_is_anonymous_now_is_found_by_no_name() -> None:
    kwestie = named()
    seed.act("make_anonymous", kwestie, is_alles=True)
    assert found("Zandbergen") == {}


def test_the_same_token_is_not_the_same_name(monkeypatch: Any) -> None:
    """Tokens are short; two names with the same one are told apart by reading."""
    monkeypatch.setattr("privacy.blinde_index.WOORD_TEKENS", 0)
    kwestie = named()
    named("Piet Puk")
    assert found("Zandbergen")["naam"] == {kwestie.nummer}


# --------------------------------------------------------------------------- the rest


def test_a_number_is_found_with_and_without_what_it_begins_with() -> None:
    kwestie = seed.register()
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(pk=kwestie.pk).update(extern_nummer="A-2019/7")
    short = kwestie.nummer.partition("-")[2]
    for tekst in (kwestie.nummer, kwestie.nummer.lower(), short, "A-2019/7"):
        assert found(tekst)["nummer"] == {kwestie.nummer}


@pytest.mark.parametrize("tekst", ["REL", "rel", "Relatie"])
def test_an_aard_is_found_by_code_and_word(tekst: str) -> None:
    wanted = seed.register(aard="REL")
    seed.register(aard="FIN")
    got = found(tekst)
    assert got.get("code", set()) == {wanted.nummer}


def test_a_law_is_found_by_its_short_name() -> None:
    wanted = seed.register(wet="WLZ")
    seed.register(wet="WMO")
    assert found("Wlz")["code"] == {wanted.nummer}


def test_an_organisation_is_found_by_part_of_its_name() -> None:
    kwestie = seed.register()
    route = Route(instantie_type="GEM", organisatie="Wijkteam Malburgen")
    seed.act("add_verwijzing", kwestie, verwijzing=route)
    assert found("malburgen")["organisatie"] == {kwestie.nummer}


def test_ways_to_look_that_are_one_question_keep_their_own_hits_in_order() -> None:
    """A word can be an organisation, a code and the number of an old register."""
    day = seed.SEVEN["datum"]
    dated = [
        seed.register(aard="REL", datum=day.replace(month=month)) for month in (4, 6, 5)
    ]
    route = Route(instantie_type="GEM", organisatie="Relatie 100%_Zorg")
    seed.act("add_verwijzing", dated[0], verwijzing=route)
    old = seed.register()
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(pk=old.pk).update(extern_nummer="relatie")
    (nummer, code, organisatie) = groups(Vraag(tekst="relatie"))
    shown = [[t.regel.nummer for t in g.treffers] for g in (nummer, code, organisatie)]
    april, june, may = (kwestie.nummer for kwestie in dated)
    assert shown == [[old.nummer], [june, may, april], [april]]
    assert found("100%_z")["organisatie"] == {april}
    assert found("100__z") == {}


def test_a_period_narrows_and_finds_by_itself() -> None:
    march = named(datum=seed.SEVEN["datum"])
    april = named(datum=seed.SEVEN["datum"].replace(month=4))
    day = seed.SEVEN["datum"]
    assert found("", van=day, tot=day)["datum"] == {march.nummer}
    later = day.replace(month=4, day=1)
    assert found("Zandbergen", van=later)["naam"] == {april.nummer}


@pytest.mark.parametrize("tekst", ["05-03-2025", "maart 2025", "2025"])
def test_a_day_a_month_or_a_year_can_be_typed_as_such(tekst: str) -> None:
    wanted = seed.register()
    seed.register(datum=seed.SEVEN["datum"].replace(year=2024, month=7))
    page = people.browser("anna").post(ZOEKEN, {"tekst": tekst}).content.decode()
    assert wanted.nummer in page
    assert page.count("<tbody>") == 1
    assert page.count("<tr>") == 2


def test_a_word_is_looked_for_in_ones_own_open_kwesties_only() -> None:
    kwestie = seed.register(toelichting="De rolstoel past niet door de deur.")
    note = seed.register()
    contact = Contact(
        datum_tijd=moment_on(seed.SEVEN["datum"]),
        kanaal="TEL",
        met=("CLIENT",),
        activiteiten=("IND.INFO",),
        notitie="Over de Rolstoel gebeld.",
    )
    seed.act("add_contactmoment", note, contact=contact)
    seed.register(
        soort="VRAAG",
        toelichting="Ook een rolstoel.",
        activiteiten=("IND.INFO",),
        resultaat="BEANTW",
    )
    seed.register("bram", toelichting="De rolstoel van Bram.")
    assert found("rolstoel")["tekst"] == {kwestie.nummer, note.nummer}
    assert found("rolstoel", "chantal") == {}


# ------------------------------------------------------------------ never what one may not


def test_what_one_may_not_open_is_not_there_in_any_way() -> None:
    theirs = named("Bea Bijzonder", "bram", aard="WEI")
    strict = named("Bea Bijzonder", "bram", aard="WEI")
    there = seed.register(
        "hanna", "wulpenhorst", identiteitsstatus="BEKEND", naam="Bea Bijzonder"
    )
    seed.act(
        "update_kwestie",
        strict,
        "bram",
        versie=strict.versie,
        wijzigingen={"vertrouwelijkheid": "STRIKT"},
    )
    day = seed.SEVEN["datum"]
    for tekst in ("Bijzonder", "WEI", theirs.nummer, strict.nummer, there.nummer):
        assert found(tekst) == {}, tekst
    assert found("", van=day, tot=day) == {}
    # The leader of the team finds what she may open, and of STRIKT nothing at all.
    assert found("Bijzonder", "chantal") == {"naam": {theirs.nummer}}
    assert found("WEI", "chantal")["code"] == {theirs.nummer}
    assert found(strict.nummer, "chantal") == {}
    assert found("", "chantal", van=day, tot=day)["datum"] == {theirs.nummer}
    assert found("Bijzonder", "bram")["naam"] == {theirs.nummer, strict.nummer}
    assert found("Bijzonder", "hanna") == {"naam": {there.nummer}}


# ---------------------------------------------------------------------------- the page


def test_the_page_finds_says_so_and_keeps_the_name_out_of_the_address() -> None:
    kwestie = named()
    browser = people.browser("anna")
    assert "In teksten zoeken we alleen" in browser.get(ZOEKEN).content.decode()
    answer = browser.post(ZOEKEN, {"tekst": "zandbergen"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert kwestie.nummer in page
    assert seed.NAAM in page
    assert 'method="post"' in page
    assert (
        kwestie.nummer not in browser.get(f"{ZOEKEN}?tekst=zandbergen").content.decode()
    )


def test_nothing_found_comes_with_help() -> None:
    page = people.browser("anna").post(ZOEKEN, {"tekst": "bestaat niet"})
    assert "Niets gevonden" in page.content.decode()
    assert "alleen de achternaam" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "tekst"),
        ({"geboortejaar": "1958"}, "tekst"),
        ({"tekst": "Jansen", "geboortejaar": "58"}, "geboortejaar"),
        ({"van": "05-03-2025", "tot": "01-03-2025"}, "tot"),
    ],
)
def test_a_question_that_is_none_is_refused(typed: dict[str, str], field: str) -> None:
    answer = people.browser("anna").post(ZOEKEN, typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_search_is_recorded_without_what_was_typed(monkeypatch: Any) -> None:
    kwestie = named()
    noted: list[dict[str, Any]] = []

    def note(gebeurtenis: str, **fields: Any) -> None:
        noted.append({"gebeurtenis": gebeurtenis, **fields})

    monkeypatch.setattr("cases.logboek.kwestie.audit.record", note)
    people.browser("anna").post(ZOEKEN, {"tekst": "zandbergen"})
    (event,) = noted
    assert event["gebeurtenis"] == "gezocht"
    assert list(event["ids"]) == [kwestie.pk]
    assert event["extra"] == {"soorten": "naam", "aantal": 1}
    assert "zandbergen" not in repr(event).lower()


@pytest.mark.parametrize("door", ["anna", "nadia", "chantal"])
def test_a_search_asks_the_database_as_often_whatever_there_is(door: str) -> None:
    browser = people.browser(door)
    counts = []
    for _ in range(2):
        browser.post(ZOEKEN, {"tekst": "niets"})
        with CaptureQueriesContext(connection) as asked:
            browser.post(ZOEKEN, {"tekst": "jansen"})
        counts.append(len(asked))
        for number in range(6):
            named("Jan Jansen", door, toelichting=f"jansen {number}")
    assert max(counts) <= QUERIES, counts
    assert counts[1] - counts[0] <= 3, counts  # notes and keys, when there are any
