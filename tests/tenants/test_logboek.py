"""Signing in and out, rights, refusals and failures are on record.

Read back in the role of the sealer, inside the transaction of the test.
"""

from __future__ import annotations

import importlib
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from privacy.models import AuditEvent
from tenants import logboek
from tenants.models import Tenant, User
from tenants.scope import Scope, acting_as
from tenants.services import grant_membership, revoke_membership
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
ARNHEM = 1
FIELDS = ("gebeurtenis", "actor_id", "rol", "uitkomst", "functie", "deur")


def events(*namen: str) -> list[AuditEvent]:
    """Events with these names, the oldest first."""
    with acting_as(Scope("zegel")):
        rows = AuditEvent.objects.filter(gebeurtenis__in=namen)
        return list(rows.order_by("tijdstip"))


@pytest.fixture
def made(monkeypatch: Any) -> list[AuditEvent]:
    """Every event from here on."""
    seen: list[AuditEvent] = []
    real = AuditEvent.save

    def save(self: AuditEvent, **kwargs: Any) -> None:
        real(self, **kwargs)
        seen.append(self)

    monkeypatch.setattr(AuditEvent, "save", save)
    return seen


def told(event: AuditEvent) -> tuple[Any, ...]:
    return tuple(getattr(event, name) for name in FIELDS)


def sign_in(email: str, password: str = people.PASSWORD) -> Any:
    cache.clear()
    browser = Browser()
    given = {"login": email, "password": password}
    answer = browser.post("/accounts/login/", given)
    if answer.headers.get("Location") == "/accounts/2fa/authenticate/":
        answer = browser.post(answer["Location"], {"code": people.code()})
    return browser, answer


# ------------------------------------------------------------------------- signing in


def test_signing_in_and_out_is_recorded_in_ones_own_name(
    made: list[AuditEvent],
) -> None:
    browser, answer = sign_in(people.email("nadia"))
    assert answer.status_code == 302
    browser.post("/accounts/logout/")
    nadia = people.ident("nadia")
    rest = (nadia, "staff", "gelukt", "ONDERSTEUNER", "web")
    assert [told(e) for e in made if e.onderwerp == "account"] == [
        ("aangemeld", *rest),
        ("afgemeld", *rest),
    ]
    assert {tuple(e.tenants or ()) for e in made if e.onderwerp == "account"} == {
        (1, 2)
    }


def test_a_contact_signs_in_in_the_role_of_a_contact(made: list[AuditEvent]) -> None:
    sign_in(people.email("gerard"))
    assert told(made[0])[:3] == ("aangemeld", people.ident("gerard"), "portal")


def test_a_wrong_password_is_recorded_without_what_was_typed(
    made: list[AuditEvent],
) -> None:
    sign_in(people.email("anna"), "Wilhelmina")
    sign_in("wilhelmina@elders.example")
    known, unknown = made
    for event in made:
        assert told(event)[:4] == ("aanmelden_geweigerd", None, "public", "geweigerd")
        assert event.extra == {"reden": "wachtwoord"}
        assert "ilhelmina" not in repr(event.__dict__)
    assert known.onderwerp_ids == [people.ident("anna")]
    assert unknown.onderwerp_ids == []


def test_a_known_and_an_unknown_address_take_the_same_queries() -> None:
    counts = []
    for email in (people.email("anna"), "niemand@elders.example"):
        with CaptureQueriesContext(connection) as asked:
            sign_in(email, "een verkeerd wachtwoord")
        counts.append([q["sql"].split()[0] for q in asked])
    assert counts[0] == counts[1]


def test_too_many_wrong_passwords_are_recorded_as_that(
    made: list[AuditEvent], settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1/m/key"}
    browser = Browser()
    cache.clear()
    given = {"login": people.email("anna"), "password": "verkeerd wachtwoord"}
    for _ in range(2):
        browser.post("/accounts/login/", given)
    assert {e.extra["reden"] for e in made} == {"wachtwoord", "te_vaak"}


def test_a_second_factor_that_is_refused_has_its_event(made: list[AuditEvent]) -> None:
    logboek.tweede_factor_geweigerd(people.wie("anna"), "totp")
    assert told(made[0])[:4] == (
        *("tweede_factor_geweigerd", people.ident("anna"), "staff", "geweigerd"),
    )


def test_no_event_holds_the_address_of_a_computer(made: list[AuditEvent]) -> None:
    Browser(REMOTE_ADDR="203.0.113.9").post(
        "/accounts/login/", {"login": people.email("anna"), "password": "verkeerd x"}
    )
    people.browser("anna").get("/werk/", REMOTE_ADDR="203.0.113.9")
    assert made
    assert all("203.0.113" not in repr(e.__dict__) for e in made)


# ------------------------------------------------------------------------------ rights


def test_giving_and_taking_a_role_is_recorded(made: list[AuditEvent]) -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        membership = grant_membership(
            actor=dewi,
            tenant=Tenant.objects.get(pk=ARNHEM),
            user=User(id=people.ident("niemand"), soort="MEDEWERKER"),
            rol="ONDERSTEUNER",
        )
        revoke_membership(actor=dewi, membership=membership)
    given, taken = made
    assert (given.gebeurtenis, taken.gebeurtenis) == ("rol_gegeven", "rol_ingetrokken")
    for event in made:
        assert event.actor_id == people.ident("dewi")
        assert event.onderwerp_ids == [people.ident("niemand")]
        assert event.extra["rol"] == "ONDERSTEUNER"


def test_roles_given_by_the_owner_are_recorded_as_the_owners() -> None:
    """The people of the tests were put in by a command of the owner."""
    rows = events("rol_gegeven")
    assert len(rows) == sum(len(held) for held in people.PEOPLE.values())
    assert {(e.rol, e.actor_id, e.grond) for e in rows} == {("owner", None, "systeem")}


# ------------------------------------------------------------------ refused and failed


def refused(made: list[AuditEvent], naam: str, url: str) -> AuditEvent:
    made.clear()
    assert people.browser(naam).get(url).status_code == 404
    (event,) = made
    return event


def page(pk: UUID, slug: str = "arnhem") -> str:
    return f"/t/{slug}/kwesties/{pk}/"


def test_a_kwestie_of_a_colleague_is_refused_and_that_is_recorded(
    made: list[AuditEvent],
) -> None:
    kwestie = seed.register()
    event = refused(made, "bram", page(kwestie.pk))
    assert told(event) == (
        *("toegang_geweigerd", people.ident("bram"), "staff", "geweigerd"),
        *("ONDERSTEUNER", "web"),
    )
    assert event.onderwerp == "kwestie"
    assert event.onderwerp_ids == [kwestie.pk]
    assert event.tenant_id == ARNHEM
    assert event.extra == {"pagina": "cases:kwestie", "methode": "GET", "status": 404}


#: What differs between two looks at one page: the token of a form, the seconds that
#: are left of the session.
CHANGING = re.compile(r'(?<=csrfmiddlewaretoken" value=")\w+|data-\w+="[0-9]+"')


def test_an_id_that_does_not_exist_is_refused_in_the_same_way(
    made: list[AuditEvent],
) -> None:
    """Same answer, same event, same work: nothing tells whether it exists."""
    browser = people.browser("bram")
    bodies, work = [], []
    for pk in (seed.register().pk, uuid4()):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(page(pk))
        body = CHANGING.sub("", answer.content.decode()).replace(str(pk), "")
        headers = {k: v for k, v in answer.headers.items() if k != "Content-Length"}
        bodies.append((answer.status_code, body, headers))
        work.append(
            [re.sub(r"_x\d+|'[^']*'", "", q["sql"]).replace(pk.hex, "") for q in asked]
        )
    assert bodies[0] == bodies[1]
    assert work[0] == work[1]
    assert [e.extra for e in made if e.gebeurtenis == "toegang_geweigerd"] == [
        {"pagina": "cases:kwestie", "methode": "GET", "status": 404}
    ] * 2


def test_a_tenant_where_one_has_no_business_is_refused_and_recorded(
    made: list[AuditEvent],
) -> None:
    event = refused(made, "anna", page(uuid4(), "wulpenhorst"))
    assert (event.tenant_id, event.tenants) == (None, [1])


def test_a_page_that_fails_rolls_back_and_its_failure_is_recorded(
    made: list[AuditEvent], monkeypatch: Any
) -> None:
    kwestie = seed.register()
    browser = people.browser("anna")
    browser.raise_request_exception = False

    def broken(*_args: Any) -> None:
        raise RuntimeError("Wilhelmina")

    view = importlib.import_module("cases.views.kwestie")
    monkeypatch.setattr(view, "tijdlijn_of", broken)
    made.clear()
    assert browser.get(page(kwestie.pk)).status_code == 500
    assert [e.gebeurtenis for e in made] == ["kwestie_ingezien", "pagina_mislukt"]
    kept = events("kwestie_ingezien", "pagina_mislukt")
    assert [(e.gebeurtenis, e.uitkomst) for e in kept] == [
        ("pagina_mislukt", "mislukt")
    ]
    assert kept[0].onderwerp_ids == [kwestie.pk]


def test_a_refused_form_without_its_token_is_recorded(made: list[AuditEvent]) -> None:
    kwestie = seed.register()
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(people.user("anna"), backend=people.BACKEND)
    people.prove(browser, "anna")
    made.clear()
    assert browser.post(f"{page(kwestie.pk)}start/", {"x": "Jan"}).status_code == 403
    (event,) = made
    assert event.extra["status"] == 403
    assert event.uitkomst == "geweigerd"


def test_an_address_that_is_no_page_is_not_an_attempt(made: list[AuditEvent]) -> None:
    assert people.browser("anna").get("/bestaat/niet/").status_code == 404
    assert made == []
