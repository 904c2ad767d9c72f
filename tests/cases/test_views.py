"""The pages of casework: what they show, how much they ask of the database, and that
nothing typed is lost.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import selectors
from cases.models import Kwestie, Status
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
NIEUW = "/t/arnhem/kwesties/nieuw/"


def path(kwestie: Kwestie, sub: str = "") -> str:
    return f"/t/arnhem/kwesties/{kwestie.pk}/{sub}"


def plant(count: int, door: str = "anna", slug: str = "arnhem") -> None:
    """``count`` kwesties of this person, on as many days."""
    dagen = [seed.SEVEN["datum"].replace(day=n % 28 + 1) for n in range(count)]
    if dagen:
        seed.like(seed.register(door, slug, datum=dagen[0]), dagen[1:], door)


def all_kwesties(tenant_id: int = 1) -> list[Kwestie]:
    with acting_as(people.wie("chantal").scope(tenant_id)):
        return [seed.readable(k) for k in Kwestie.objects.filter(tenant_id=tenant_id)]


# ------------------------------------------------------------------------- registering


def test_quick_registration_saves_and_shows_the_number() -> None:
    browser = people.browser("anna")
    answer = browser.post(NIEUW, {"id": uuid4(), **seed.POSTED}, follow=True)
    (kwestie,) = all_kwesties()
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{path(kwestie)}?net=1", 302)]
    assert f"Kwestie {kwestie.nummer} is opgeslagen." in page
    assert "Nog een registreren" in page


def test_the_form_says_for_whom_one_writes() -> None:
    page = people.browser("anna").get(NIEUW).content.decode()
    assert "Je schrijft voor <strong>Gemeente Arnhem</strong>" in page


def test_save_and_another_comes_back_to_an_empty_form() -> None:
    browser = people.browser("anna")
    data = {"id": uuid4(), **seed.POSTED, "nog": "1"}
    answer = browser.post(NIEUW, data, follow=True)
    assert answer.redirect_chain == [(f"{NIEUW}?leeg=1", 302)]
    assert "is opgeslagen" in answer.content.decode()
    assert str(data["id"]) not in answer.content.decode()


def test_sending_twice_makes_one_row() -> None:
    browser = people.browser("anna")
    data = {
        "id": uuid4(),
        **seed.POSTED,
        "identiteitsstatus": "BEKEND",
        "naam": seed.NAAM,
    }
    answers = [browser.post(NIEUW, data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(all_kwesties()) == 1


def test_what_is_refused_comes_back_with_everything_typed() -> None:
    typed = {
        "naam": seed.NAAM,
        "telefoon": "026 1234567",
        "email": "truus@voorbeeld.example",
        "toelichting": "De rolstoel past niet door de deur.",
        "minuten": "17",
        "organisatie": "Wijkteam Malburgen",
    }
    answer = people.browser("anna").post(
        NIEUW, {"id": uuid4(), **seed.POSTED, **typed, "datum": "5-3-25"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(value in page for value in (*typed.values(), "5-3-25"))
    assert page.count("Deze cliënt blijft anoniem.") == 6  # summary and field, three
    assert "<title>Fout: " in page
    assert all_kwesties() == []


def test_a_rule_of_the_service_is_shown_at_its_field() -> None:
    answer = people.browser("anna").post(
        NIEUW, {"id": uuid4(), **seed.POSTED, "subaard": "REL.BEJ"}
    )
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == ["subaard"]


def test_a_bsn_is_stopped_and_let_through_on_the_writers_word() -> None:
    browser = people.browser("anna")
    data = {"id": uuid4(), **seed.POSTED, "toelichting": "Nummer 111222333"}
    answer = browser.post(NIEUW, data)
    assert answer.status_code == 422
    assert 'type="checkbox" name="geen_bsn"' in re.sub(
        r"\s+", " ", answer.content.decode()
    )
    assert browser.post(NIEUW, {**data, "geen_bsn": "on"}).status_code == 302
    assert all_kwesties()[0].toelichting == "Nummer 111222333"


def test_a_telephone_number_in_the_text_is_shown_once_before_saving() -> None:
    data = {"id": uuid4(), **seed.POSTED, "toelichting": "Bel 06-12345678"}
    browser = people.browser("anna")
    refused = browser.post(NIEUW, data)
    page = refused.content.decode()
    assert (refused.status_code, "een telefoonnummer" in page) == (422, True)
    seen = re.findall(r'name="gezien" value="(\w+)"', page)
    assert browser.post(NIEUW, {**data, "gezien": seen}).status_code == 302


def test_another_kwestie_of_the_same_client_needs_no_name() -> None:
    first = seed.register(identiteitsstatus="ANON_ZORG", naam=seed.NAAM)
    browser = people.browser("anna")
    url = f"{NIEUW}?bij={first.pk}"
    page = browser.get(url).content.decode()
    assert f"Voor dezelfde cliënt als kwestie {first.nummer}" in page
    assert 'name="naam"' not in page
    data = {k: v for k, v in seed.POSTED.items() if k != "identiteitsstatus"}
    assert browser.post(url, {"id": uuid4(), **data}).status_code == 302
    kwesties = all_kwesties()
    assert {k.client_id for k in kwesties} == {first.client_id}
    assert len(kwesties) == 2


def test_who_works_for_one_tenant_goes_straight_to_its_form() -> None:
    answer = people.browser("anna").get("/registreren/")
    assert answer["Location"] == NIEUW
    page = people.browser("nadia").get("/registreren/").content.decode()
    assert NIEUW in page
    assert "/t/wulpenhorst/kwesties/nieuw/" in page


# ------------------------------------------------------------------------------ lists


@pytest.mark.parametrize(
    ("naam", "url", "queries"),
    [
        ("anna", "/kwesties/", 9),
        ("chantal", "/kwesties/", 9),
        ("nadia", "/kwesties/", 9),
        ("anna", "/werk/", 10),
        ("chantal", "/werk/", 11),
        ("nadia", "/werk/", 10),
    ],
)
def test_a_list_asks_as_much_for_one_row_as_for_thirty(
    naam: str, url: str, queries: int
) -> None:
    browser = people.browser(naam)
    for slug in [slug for slug, _rol in people.PEOPLE[naam]]:
        seed.register(naam, slug)
    for rows, more in ((1, 0), (30, 29)):
        for slug in [slug for slug, _rol in people.PEOPLE[naam]]:
            plant(more, naam, slug)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = browser.get(url)
        tenants = len(people.PEOPLE[naam])
        assert answer.content.decode().count('<th scope="row"') == min(
            rows * tenants, 50 if url == "/kwesties/" else 100
        )
        assert len(asked) == queries, [q["sql"][:90] for q in asked]


def test_the_list_is_one_question_and_the_names_whatever_the_number_of_tenants() -> (
    None
):
    plant(3, "nadia", "arnhem")
    plant(3, "nadia", "wulpenhorst")
    wie = people.wie("nadia")
    with acting_as(wie.scope()), CaptureQueriesContext(connection) as asked:
        found = selectors.kwesties_for(wie)
    assert len(asked) == 2
    assert len(found.regels) == 6
    days = [regel.datum for regel in found.regels]
    assert days == sorted(days, reverse=True)


def test_one_turns_every_page_to_the_end_and_back() -> None:
    plant(60, "nadia", "arnhem")
    plant(57, "nadia", "wulpenhorst")
    wie = people.wie("nadia")
    with acting_as(wie.scope()):
        pages = [selectors.kwesties_for(wie)]
        while pages[-1].volgende:
            pages.append(selectors.kwesties_for(wie, na=pages[-1].volgende))
        back = [pages[-1]]
        while back[-1].vorige:
            back.append(selectors.kwesties_for(wie, voor=back[-1].vorige))
    assert [len(page.regels) for page in pages] == [50, 50, 17]
    ids = [pk for page in pages for pk in page.ids]
    assert len(set(ids)) == 117
    assert [page.ids for page in back] == [page.ids for page in reversed(pages)]
    assert pages[0].vorige is None


def test_the_pages_link_to_each_other_and_keep_the_filter() -> None:
    plant(60)
    browser = people.browser("anna")
    page = browser.get("/kwesties/?aard=FIN").content.decode()
    (next_url,) = re.findall(r'href="(\?[^"]*na=[^"]*)"', page)
    assert "aard=FIN" in next_url
    assert 'rel="prev"' not in page
    second = browser.get("/kwesties/" + next_url.replace("&amp;", "&")).content.decode()
    assert second.count('<th scope="row"') == 10
    (prev_url,) = re.findall(r'href="(\?[^"]*voor=[^"]*)"', second)
    again = browser.get("/kwesties/" + prev_url.replace("&amp;", "&")).content.decode()
    assert again.count('<th scope="row"') == 50


def test_a_place_that_is_none_is_the_first_page() -> None:
    plant(2)
    page = people.browser("anna").get("/kwesties/?na=x-y&voor=").content.decode()
    assert page.count('<th scope="row"') == 2


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {"fin", "org", "wlz", "oud"}),
        ("aard=ORG", {"org"}),
        ("wet=WLZ", {"wlz"}),
        ("van=1-1-2024", {"fin", "org", "wlz"}),
        ("tot=31-12-2023", {"oud"}),
        ("van=5-3-2025&tot=5-3-2025&aard=FIN", {"fin", "wlz"}),
        ("status=OPEN", {"fin", "wlz", "oud"}),
        ("status=AFGEROND", {"org"}),
        ("status=IN_ONDERSTEUNING", set()),
        ("status=AANVULLEN", set()),
    ],
)
def test_filters_narrow_the_list(query: str, numbers: set[str]) -> None:
    made = {
        "fin": seed.register(),
        "org": seed.register(
            aard="ORG",
            soort="VRAAG",
            activiteiten=("IND.INFO",),
            resultaat="BEANTW",
        ),
        "wlz": seed.register(wet="WLZ"),
        "oud": seed.register(datum=seed.SEVEN["datum"].replace(year=2023)),
    }
    page = people.browser("anna").get(f"/kwesties/?{query}").content.decode()
    assert {name for name, k in made.items() if k.nummer in page} == numbers


def test_a_wrong_filter_says_so_and_shows_nothing() -> None:
    kwestie = seed.register()
    page = people.browser("anna").get("/kwesties/?van=ooit").content.decode()
    assert "Deze datum klopt niet" in page
    assert kwestie.nummer not in page


def test_one_tenant_can_be_chosen_when_there_are_more() -> None:
    here, there = seed.register("nadia"), seed.register("nadia", "wulpenhorst")
    browser = people.browser("nadia")
    page = browser.get("/kwesties/?tenant=arnhem").content.decode()
    assert here.nummer in page
    assert there.nummer not in page
    # A tenant that is not hers is no choice.
    page = people.browser("anna").get("/kwesties/?tenant=wulpenhorst").content.decode()
    assert there.nummer not in page


def test_my_work_is_mine_and_open_and_the_longest_silence_first() -> None:
    quiet = seed.register(datum=seed.SEVEN["datum"].replace(year=2024))
    recent = seed.register(activiteiten=("IND.INFO",))
    closed = seed.register(
        soort="VRAAG", activiteiten=("IND.INFO",), resultaat="BEANTW"
    )
    of_bram = seed.register("bram")
    page = people.browser("anna").get("/werk/").content.decode()
    assert page.index(quiet.nummer) < page.index(recent.nummer)
    assert closed.nummer not in page
    assert of_bram.nummer not in page


def test_an_empty_desk_says_so() -> None:
    page = people.browser("anna").get("/werk/").content.decode()
    assert "Je hebt geen open kwesties" in page


def test_the_teamleider_sees_what_waits_for_somebody() -> None:
    with acting_as(people.wie("chantal").scope(1)):
        waiting = Kwestie.objects.create(
            tenant_id=1, nummer="ARN-WACHT", dienst="OCO_SD", **seed.SEVEN
        )
    assert waiting.nummer in people.browser("chantal").get("/werk/").content.decode()
    assert waiting.nummer not in people.browser("anna").get("/werk/").content.decode()


def test_what_an_old_register_left_out_is_shown_as_work() -> None:
    with acting_as(people.wie("anna").scope(1)):
        old = Kwestie.objects.create(
            tenant_id=1,
            nummer="OUD-1",
            bron="IMPORT",
            dienst="OCO_SD",
            status=Status.AFGEROND,
            resultaat="VERWEZEN",
            afgerond_op=seed.SEVEN["datum"],
            ondersteuner_id=people.ident("anna"),
            aan_te_vullen=["levensdomein", "verwijzing"],
            **seed.SEVEN,
        )
    browser = people.browser("anna")
    assert "OUD-1" in browser.get("/werk/").content.decode()
    assert "OUD-1" in browser.get("/kwesties/?status=AANVULLEN").content.decode()
    page = browser.get(path(old)).content.decode()
    assert "Levensdomeinen" in page
    assert path(old, "verwijzing/") in page


# ------------------------------------------------------------------------- one kwestie


def test_the_page_shows_client_texts_and_timeline() -> None:
    kwestie = seed.register(
        identiteitsstatus="BEKEND",
        naam=seed.NAAM,
        toelichting="De rolstoel past niet.",
        activiteiten=("IND.LUIST",),
        minuten=20,
    )
    page = people.browser("anna").get(path(kwestie)).content.decode()
    for text in (seed.NAAM, "De rolstoel past niet.", "Luisterend oor", "20 minuten"):
        assert text in page


@pytest.mark.parametrize(
    ("verbs", "shown"),
    [
        ([], {"start", "contact", "afronden", "bewerken"}),
        (["start"], {"contact", "wacht", "afronden", "bewerken"}),
        (["start", "wacht"], {"contact", "wacht", "afronden", "bewerken"}),
        (["start", "afronden"], {"contact", "heropenen", "bewerken"}),
        (["start", "afronden", "heropenen"], {"start", "contact", "bewerken"}),
    ],
)
def test_there_is_a_button_for_each_arrow(verbs: list[str], shown: set[str]) -> None:
    data: dict[str, dict[str, Any]] = {
        "start": {"doel_client": "Weer slapen."},
        "wacht": {"naar": "WACHT_CLIENT"},
        "afronden": {"resultaat": "NIET", "levensdomein": ["WON"]},
        "heropenen": {},
    }
    kwestie = seed.register(activiteiten=("IND.INFO",))
    browser = people.browser("anna")
    for verb in verbs:
        assert browser.post(path(kwestie, f"{verb}/"), data[verb]).status_code == 302
    page = browser.get(path(kwestie)).content.decode()
    every = {"start", "contact", "wacht", "afronden", "heropenen", "bewerken"}
    every.add("toewijzen")
    assert {verb for verb in every if f'"{path(kwestie, verb)}/"' in page} == shown


def test_the_teamleider_reads_and_may_only_assign() -> None:
    kwestie = seed.register()
    browser = people.browser("chantal")
    page = browser.get(path(kwestie)).content.decode()
    assert path(kwestie, "toewijzen/") in page
    assert path(kwestie, "bewerken/") not in page
    answer = browser.post(
        path(kwestie, "toewijzen/"), {"medewerker": people.ident("bram")}, follow=True
    )
    assert "De kwestie is nu van Bram." in answer.content.decode()


def test_a_page_of_a_verb_without_an_arrow_leads_back() -> None:
    kwestie = seed.register()
    browser = people.browser("anna")
    assert browser.get(path(kwestie, "heropenen/"))["Location"] == path(kwestie)
    answer = browser.post(path(kwestie, "heropenen/"), {})
    assert answer.status_code == 422
    assert "Dit kan nu niet" in answer.content.decode()


def test_a_contact_is_added_and_a_talk_without_the_client_is_not() -> None:
    kwestie = seed.register()
    browser = people.browser("anna")
    data = {
        "datum": "gisteren",
        "kanaal": "TEL",
        "richting": "UIT",
        "met": ["GEMEENTE"],
        "activiteiten": ["IND.BEMID"],
        "duur_min": "25",
        "notitie": "De gemeente belt terug.",
        "is_inhoudelijk": "ja",
        "is_client_aanwezig": "nee",
    }
    answer = browser.post(path(kwestie, "contact/"), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "voert geen inhoudelijke gesprekken" in page
    assert "De gemeente belt terug." in page
    data["is_client_aanwezig"] = "ja"
    page = browser.post(path(kwestie, "contact/"), data, follow=True).content.decode()
    assert "Het contact is opgeslagen." in page
    assert "De gemeente belt terug." in page


def test_s069_one_screen_closes_with_a_referral() -> None:
    kwestie = seed.register(wet="ONBEKEND")
    browser = people.browser("anna")
    data: dict[str, Any] = {
        "resultaat": "VERWEZEN",
        "wet": "WMO",
        "levensdomein": ["WON", "ZORG"],
        "activiteiten": ["IND.VERWIJS"],
        "minuten": "30",
    }
    answer = browser.post(path(kwestie, "afronden/"), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["instantie_type"]
    data["instantie_type"] = "WIJKT"
    page = browser.post(path(kwestie, "afronden/"), data, follow=True).content.decode()
    assert "De kwestie is afgerond." in page
    assert "Doorverwezen: Sociaal team / wijkteam" in page


def test_a_referral_and_a_procedure_are_recorded_afterwards() -> None:
    kwestie = seed.register()
    browser = people.browser("anna")
    assert browser.post(path(kwestie, "verwijzing/"), {}).status_code == 422
    browser.post(path(kwestie, "verwijzing/"), {"instantie_type": "GEM"})
    data = {
        "traject_type": "bezwaar",
        "instantie": "Bezwaarcommissie",
        "rol_ondersteuner": "geschreven",
        "ingediend_op": "1-6-2025",
    }
    browser.post(path(kwestie, "traject/"), data)
    page = browser.get(path(kwestie)).content.decode()
    assert "Doorverwezen: Gemeente" in page
    assert "Ingediend op 1 juni 2025" in page


# ----------------------------------------------------------------------------- editing


def edited(kwestie: Kwestie, versie: int, **over: Any) -> dict[str, Any]:
    return {**seed.POSTED, "versie": versie, "vertrouwelijkheid": "NORM", **over}


def test_texts_and_codes_are_changed() -> None:
    kwestie = seed.register()
    browser = people.browser("anna")
    data = edited(
        kwestie,
        1,
        kernvraag="De deur is te smal.",
        gewenste_oplossing="Een bredere deur.",
        wetten=["WLZ"],
        levensdomein=["WON"],
        fase="KTG",
    )
    page = browser.post(path(kwestie, "bewerken/"), data, follow=True).content.decode()
    assert "De kwestie is opgeslagen." in page
    for text in ("De deur is te smal.", "Een bredere deur.", "Wonen"):
        assert text in page


def test_a_conflict_shows_both_texts_and_loses_neither() -> None:
    kwestie = seed.register()
    browser = people.browser("anna")
    first = edited(kwestie, 1, kernvraag="Eerst geschreven.")
    second = edited(kwestie, 1, kernvraag="Later geschreven.")
    url = path(kwestie, "bewerken/")
    assert browser.post(url, first).status_code == 302
    answer = browser.post(url, second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("Eerst geschreven.") == 1  # in the table
    assert page.count("Later geschreven.") == 2  # in the table and in the form
    assert seed.seen(kwestie).kernvraag == "Eerst geschreven."
    (versie,) = re.findall(r'name="versie"\s+value="(\d+)"', page)
    again = browser.post(url, {**second, "versie": versie})
    assert again.status_code == 302
    assert seed.seen(kwestie).kernvraag == "Later geschreven."


# ------------------------------------------------------------------------------- audit


def events_of(asked: CaptureQueriesContext) -> list[str]:
    return [
        q["sql"]
        for q in asked
        if q["sql"].startswith('INSERT INTO "privacy_auditevent"')
    ]


def test_every_view_of_a_kwestie_is_recorded_with_its_ground() -> None:
    kwestie = seed.register()
    for naam, grond in (("anna", "toegewezen"), ("chantal", "team")):
        browser = people.browser(naam)
        with CaptureQueriesContext(connection) as asked:
            browser.get(path(kwestie))
        (event,) = events_of(asked)
        for text in (
            "kwestie_ingezien",
            grond,
            kwestie.pk.hex,
            people.ident(naam).hex,
        ):
            assert text in event
        assert kwestie.nummer not in event


def test_who_is_refused_is_not_recorded_as_having_seen_it() -> None:
    kwestie = seed.register()
    browser = people.browser("bram")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path(kwestie)).status_code == 404
    (event,) = events_of(asked)
    assert "toegang_geweigerd" in event
    assert "kwestie_ingezien" not in event


@pytest.mark.parametrize(
    ("url", "gebeurtenis"),
    [("/kwesties/", "kwesties_getoond"), ("/werk/", "werk_getoond")],
)
def test_a_list_is_one_event_with_the_ids_that_were_shown(
    url: str, gebeurtenis: str
) -> None:
    here, there = seed.register("nadia"), seed.register("nadia", "wulpenhorst")
    other = seed.register("anna")
    browser = people.browser("nadia")
    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    (event,) = events_of(asked)
    assert gebeurtenis in event
    assert here.pk.hex in event
    assert there.pk.hex in event
    assert other.pk.hex not in event
