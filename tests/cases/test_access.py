"""Who sees which kwestie: by the selectors and by the pages, person by person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from cases import access, selectors
from cases.models import Kwestie
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.conftest import undone

LEZEN = {  # kwestie → who may open it
    "anna": {"anna", "chantal"},
    "bram": {"bram", "chantal"},
    "vera": {"vera", "chantal"},
    "anna strikt": {"anna"},
    "chantal strikt": {"chantal"},
    "hanna": {"hanna", "teun"},
    "nadia in arnhem": {"nadia", "chantal"},
    "nadia in wulpenhorst": {"nadia", "teun"},
    "van niemand": {"chantal"},
}
WIE = list(people.PEOPLE)
Kwesties = dict[str, Kwestie]


@pytest.fixture(scope="module")
def kwesties(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kwesties]:
    """Made once for all tests here."""
    with django_db_blocker.unblock(), undone():
        yield planted()


@pytest.fixture(autouse=True)
def private(kwesties: Kwesties) -> Iterator[None]:
    """What a test does is gone after it."""
    with undone():
        yield


def planted() -> Kwesties:
    """A kwestie of each kind, by the name in LEZEN."""
    made = {
        "anna": seed.register("anna"),
        "bram": seed.register("bram"),
        "vera": seed.register("vera"),
        "anna strikt": seed.register("anna"),
        "chantal strikt": seed.register("chantal"),
        "hanna": seed.register("hanna", "wulpenhorst"),
        "nadia in arnhem": seed.register("nadia", "arnhem"),
        "nadia in wulpenhorst": seed.register("nadia", "wulpenhorst"),
    }
    for naam in ("anna", "chantal"):
        seed.act(
            "update_kwestie",
            made[f"{naam} strikt"],
            naam,
            versie=1,
            wijzigingen={"vertrouwelijkheid": "STRIKT"},
        )
    with acting_as(people.wie("chantal").scope(1)):
        made["van niemand"] = Kwestie.objects.create(
            tenant_id=1, nummer="ARN-Q", dienst="OCO_SD", **seed.SEVEN
        )
    return made


# A page to read, one to write on and one of the teamleider; every other address of a
# kwestie × how somebody stands to it: tests/isolation/test_kwestie_matrix.py.
SUB = ("", "bewerken/", "toewijzen/")


def path(kwestie: Kwestie, sub: str = "") -> str:
    slug = {1: "arnhem", 2: "wulpenhorst"}[kwestie.tenant_id]
    return f"/t/{slug}/kwesties/{kwestie.pk}/{sub}"


@pytest.mark.parametrize("naam", WIE)
def test_a_page_opens_for_who_may_read_and_is_404_for_others(
    naam: str, kwesties: Kwesties
) -> None:
    browser = people.browser(naam)
    opened = {
        name
        for name, kwestie in kwesties.items()
        if browser.get(path(kwestie)).status_code == 200
    }
    assert opened == {name for name, readers in LEZEN.items() if naam in readers}


@pytest.mark.parametrize("naam", WIE)
@pytest.mark.parametrize("sub", [sub for sub in SUB if sub])
def test_a_verb_opens_for_the_own_supporter_or_the_assigning_teamleider(
    naam: str, sub: str, kwesties: Kwesties
) -> None:
    browser = people.browser(naam)
    statuses = {n: browser.get(path(k, sub)).status_code for n, k in kwesties.items()}
    allowed = {name for name, status in statuses.items() if status in (200, 302)}
    leads = naam == "chantal"
    if sub == "toewijzen/":
        expected = {n for n, readers in LEZEN.items() if leads and "chantal" in readers}
        expected |= {
            n
            for n, k in kwesties.items()
            if naam == "teun" and k.tenant_id == people.tenant_id("wulpenhorst")
        }
    else:
        expected = {n for n in LEZEN if n.split()[0] == naam}
    assert allowed == expected
    assert set(statuses.values()) <= {200, 302, 404}


@pytest.mark.parametrize("naam", WIE)
@pytest.mark.parametrize("sub", [sub for sub in SUB if sub])
def test_sending_a_form_opens_no_more_than_showing_it(
    naam: str, sub: str, kwesties: Kwesties
) -> None:
    kwestie = kwesties["hanna"]
    browser = people.browser(naam)
    own = naam == "hanna" or (naam == "teun" and sub == "toewijzen/")
    own = own and not (naam == "hanna" and sub == "toewijzen/")
    status = browser.post(path(kwestie, sub), {}).status_code
    assert (status != 404) == own


@pytest.mark.parametrize("sub", SUB)
def test_a_visitor_is_asked_to_sign_in_wherever_she_goes(sub: str) -> None:
    kwestie = seed.register()
    browser = people.browser(None)
    for url in (path(kwestie, sub), "/werk/", "/kwesties/", "/registreren/"):
        response = browser.get(url)
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("naam", WIE)
def test_lists_and_registration_are_for_who_has_a_case_role(naam: str) -> None:
    browser = people.browser(naam)
    roles = dict(people.PEOPLE[naam])
    works = {"ONDERSTEUNER", "VRIJWILLIGER", "TEAMLEIDER"} & {
        rol for _slug, rol in people.PEOPLE[naam]
    }
    for url in ("/werk/", "/kwesties/", "/registreren/"):
        expected = (200, 302) if works else (404,)
        assert browser.get(url).status_code in expected
    for slug in ("arnhem", "wulpenhorst"):
        status = browser.get(f"/t/{slug}/kwesties/nieuw/").status_code
        assert (status == 200) == bool(works and slug in roles)
        assert status in (200, 404)


def test_a_kwestie_is_not_found_under_another_tenant() -> None:
    kwestie = seed.register("nadia", "wulpenhorst")
    browser = people.browser("nadia")
    assert browser.get(f"/t/wulpenhorst/kwesties/{kwestie.pk}/").status_code == 200
    assert browser.get(f"/t/arnhem/kwesties/{kwestie.pk}/").status_code == 404
    assert browser.get(f"/t/arnhem/kwesties/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("naam", WIE)
def test_list_and_access_agree(naam: str, kwesties: Kwesties) -> None:
    """What the list links to is exactly what the door opens."""
    wie = people.wie(naam)
    opened = set()
    with acting_as(wie.scope()):
        listed = set(selectors.kwesties_for(wie).ids)
        for kwestie in kwesties.values():
            plek = wie.plekken.get(kwestie.tenant_id)
            try:
                opened.add(access.kwestie_for(wie, plek, kwestie.pk).pk)
            except Http404:
                continue
    assert listed == opened
    assert listed == {kwesties[n].pk for n, readers in LEZEN.items() if naam in readers}


def test_of_a_strict_kwestie_the_teamleider_sees_that_it_is_there(
    kwesties: Kwesties,
) -> None:
    wie = people.wie("chantal")
    with acting_as(wie.scope()):
        regels = selectors.kwesties_for(wie).regels
    hidden = [regel for regel in regels if regel.is_afgeschermd]
    assert len(regels) == 7
    assert [(r.id, r.nummer, r.aard, r.ondersteuner) for r in hidden] == [
        (None, "", "", "Anna")
    ]
    page = people.browser("chantal").get("/kwesties/").content.decode()
    assert page.count("Strikt vertrouwelijk") == 1
    assert kwesties["anna strikt"].nummer not in page
    assert str(kwesties["anna strikt"].pk) not in page
    assert kwesties["anna"].nummer in page


@pytest.mark.parametrize(
    "narrowed",
    [selectors.Filter(aard="FIN"), selectors.Filter(wet="WMO")],
)
def test_a_filter_on_content_does_not_tell_what_a_strict_kwestie_is_about(
    narrowed: selectors.Filter,
) -> None:
    wie = people.wie("chantal")
    with acting_as(wie.scope()):
        regels = selectors.kwesties_for(wie, narrowed).regels
    assert len(regels) == 6
    assert not [regel for regel in regels if regel.is_afgeschermd]


def test_a_volunteer_does_not_see_her_kwestie_once_it_is_strict() -> None:
    kwestie = seed.register("vera")
    seed.assign(kwestie, "anna")
    seed.act(
        "update_kwestie",
        kwestie,
        "anna",
        versie=2,
        wijzigingen={"vertrouwelijkheid": "STRIKT"},
    )
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk).update(
            ondersteuner_id=people.ident("vera")
        )
    browser = people.browser("vera")
    assert browser.get(path(kwestie)).status_code == 404
    for url in ("/werk/", "/kwesties/"):
        assert kwestie.nummer not in browser.get(url).content.decode()


def test_what_is_given_away_is_gone_at_once() -> None:
    kwestie = seed.register("anna")
    browser = people.browser("anna")
    assert browser.get(path(kwestie)).status_code == 200
    seed.assign(kwestie, "bram")
    assert browser.get(path(kwestie)).status_code == 404
    assert people.browser("bram").get(path(kwestie)).status_code == 200
