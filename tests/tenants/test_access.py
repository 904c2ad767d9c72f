"""Who may do what where is read afresh on every request, from what is valid today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from tenants import scope as scopes
from tenants.access import Plek, Refused, Wie, wie_for
from tenants.groepen import Lid
from tenants.models import Membership, Opdracht, User
from tenants.roles import MEDEWERKER, OPDRACHTGEVER, ROLLEN, Recht
from tenants.scope import Scope, acting_as
from tenants.services import grant_membership, revoke_membership
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ARNHEM, WULPENHORST = 1, 2


# ------------------------------------------------------------- pages of this module


def who(request: Any, slug: str = "") -> HttpResponse:
    """What a view knows of who asks."""
    scope = scopes.current()
    assert scope is not None
    wie = request.wie
    return JsonResponse(
        {
            "naam": wie.naam if wie else None,
            "plekken": sorted(wie.plekken) if wie else [],
            "rechten": sorted(request.plek.rechten) if request.plek else [],
            "soort": scope.kind,
            "leest": scope.tenants,
            "schrijft": scope.tenant,
            "kwesties": scope.cases,
        }
    )


def fail(request: HttpRequest, slug: str, how: str) -> HttpResponse:
    """Writes, and then goes wrong."""
    Opdracht.objects.filter(tenant__slug=slug).update(naam=f"Veranderd {how}")
    if how == "exception":
        raise RuntimeError
    return HttpResponse(status={"500": 500, "503": 503, "200": 200}[how])


def stream(request: HttpRequest) -> StreamingHttpResponse:
    names = Opdracht.objects.values_list("naam", flat=True)
    return StreamingHttpResponse(naam for naam in names.iterator())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("niet gevonden", status=404)


handler404 = not_found
urlpatterns = [
    path("", who),
    path("stroom", stream),
    path("openbaar/", who),
    path("api/v1/", who),
    path("t/<slug:slug>/", who),
    path("t/<slug:slug>/<str:how>/", fail),
]


def get(browser: Browser, url: str = "/") -> dict[str, Any]:
    response = browser.get(url)
    assert response.status_code == 200, url
    answer: dict[str, Any] = response.json()
    return answer


def as_administrator() -> Any:
    return acting_as(people.wie("dewi").scope(ARNHEM))


def membership(naam: str, rol: str = "ONDERSTEUNER") -> Membership:
    return Membership.objects.get(tenant_id=ARNHEM, user_id=people.ident(naam), rol=rol)


def set_period(naam: str, rol: str, **fields: Any) -> None:
    with as_administrator():
        assert Membership.objects.filter(pk=membership(naam, rol).pk).update(**fields)


# ------------------------------------------------------------------------- Wie


@pytest.mark.parametrize("naam", people.PEOPLE)
def test_everybody_has_the_rights_of_her_roles_and_no_others(naam: str) -> None:
    wanted: dict[int, set[str]] = {}
    for slug, rol in people.PEOPLE[naam]:
        rights = {str(r) for r in ROLLEN[rol].rechten}
        wanted.setdefault(people.tenant_id(slug), set()).update(rights)
    wie = people.wie(naam)
    assert {t: set(p.rechten) for t, p in wie.plekken.items()} == wanted
    assert wie.soort == (OPDRACHTGEVER if naam in people.CONTACTS else MEDEWERKER)


def test_asking_takes_one_query_whatever_the_number_of_tenants() -> None:
    for naam in ("anna", "nadia", "fatma"):
        user = User(id=people.ident(naam), naam=naam, soort=MEDEWERKER)
        with acting_as(Scope("identity", user.pk)):
            with CaptureQueriesContext(connection) as queries:
                wie_for(user)
        assert len(queries) == 1, naam


def test_the_scope_of_a_person_follows_her_places() -> None:
    nadia, els, gerard = (people.wie(n) for n in ("nadia", "els", "gerard"))
    assert nadia.scope(ARNHEM) == Scope(
        "staff", nadia.user_id, (ARNHEM, WULPENHORST), ARNHEM, (ARNHEM, WULPENHORST)
    )
    assert nadia.scope() == Scope(
        "staff", nadia.user_id, (ARNHEM, WULPENHORST), None, (ARNHEM, WULPENHORST)
    )
    assert els.scope(ARNHEM).cases == ()
    assert gerard.scope(ARNHEM) == Scope("portal", gerard.user_id, (ARNHEM,), ARNHEM)


def test_nobody_writes_where_she_has_no_role() -> None:
    assert people.wie("anna").scope(WULPENHORST).tenant is None
    assert people.wie("niemand").scope(ARNHEM) == Scope(
        "staff", people.ident("niemand")
    )


def test_may_require_and_with_right_say_the_same() -> None:
    wie = people.wie("nadia")
    assert wie.may(Recht.KWESTIE_EIGEN, ARNHEM)
    assert not wie.may(Recht.KWESTIE_TEAM, ARNHEM)
    assert not wie.may(Recht.KWESTIE_EIGEN, 3)
    assert wie.with_right(Recht.KWESTIE_EIGEN) == (ARNHEM, WULPENHORST)
    assert wie.with_right(Recht.KWESTIE_TEAM) == ()
    assert wie.can(Recht.KWESTIE_TEAM, Recht.KWESTIE_EIGEN)
    wie.require(Recht.KWESTIE_EIGEN, ARNHEM)
    for tenant_id in (ARNHEM, 3):
        with pytest.raises(Refused):
            wie.require(Recht.KWESTIE_TEAM, tenant_id)


def test_the_system_has_no_places() -> None:
    system = Wie(None, "Systeem", MEDEWERKER)
    assert not system.can(*Recht)
    assert system.scope(ARNHEM) == Scope("staff")
    assert system.by_slug("arnhem") is None
    assert Plek(1, "x", "X", "gemeente", False).rechten == frozenset()


# -------------------------------------------------------- what is valid today


@pytest.mark.parametrize(
    ("van", "tot", "is_valid"),
    [
        (0, None, True),
        (-1, 0, True),  # her last day
        (0, 0, True),
        (-9, -1, False),
        (1, None, False),
        (1, 9, False),
    ],
)
def test_a_membership_counts_during_its_period(
    van: int, tot: int | None, is_valid: bool
) -> None:
    today = timezone.localdate()
    set_period(
        "anna",
        "ONDERSTEUNER",
        van=today + timedelta(days=van),
        tot=None if tot is None else today + timedelta(days=tot),
    )
    wie = people.wie("anna")
    assert (ARNHEM in wie.plekken) is is_valid
    assert wie.may(Recht.KWESTIE_EIGEN, ARNHEM) is is_valid
    assert wie.scope(ARNHEM).tenants == ((ARNHEM,) if is_valid else ())


def test_a_role_that_ended_gives_nothing_beside_one_that_goes_on() -> None:
    """A group has no dates: an old TEAMLEIDER is now a supporter only."""
    with as_administrator():
        user = User(id=people.ident("anna"), naam="Anna", soort=MEDEWERKER)
        held = membership("anna")
        grant_membership(
            actor=people.wie("dewi"), tenant=held.tenant, user=user, rol="TEAMLEIDER"
        )
    assert people.wie("anna").may(Recht.RAPPORTAGE_MAKEN, ARNHEM)
    today = timezone.localdate()
    set_period("anna", "TEAMLEIDER", van=today - timedelta(9), tot=today - timedelta(1))
    wie = people.wie("anna")
    assert wie.plekken[ARNHEM].rollen == {"ONDERSTEUNER"}
    assert set(wie.plekken[ARNHEM].rechten) == ROLLEN["ONDERSTEUNER"].rechten
    assert not wie.may(Recht.RAPPORTAGE_MAKEN, ARNHEM)
    assert wie.scope(ARNHEM).cases == (ARNHEM,)


def test_a_permission_without_a_membership_gives_nothing() -> None:
    with as_administrator():
        Membership.objects.filter(pk=membership("anna").pk).delete()
        assert Lid.objects.filter(user_id=people.ident("anna")).exists()
    assert people.wie("anna").plekken == {}


def test_a_membership_without_its_permissions_gives_nothing_either() -> None:
    with as_administrator():
        Lid.objects.filter(user_id=people.ident("anna")).delete()
    assert people.wie("anna").plekken[ARNHEM].rechten == frozenset()


# --------------------------------------------------------------- during a session


def test_a_role_that_is_revoked_is_gone_at_the_next_request() -> None:
    anna = people.browser("anna")
    assert get(anna, "/t/arnhem/")["schrijft"] == ARNHEM
    with as_administrator():
        revoke_membership(actor=people.wie("dewi"), membership=membership("anna"))
    assert anna.get("/t/arnhem/").status_code == 404
    after = get(anna)
    assert (after["naam"], after["plekken"], after["leest"]) == ("Anna", [], [])


def test_a_role_that_is_given_is_there_at_the_next_request() -> None:
    niemand = people.browser("niemand")
    assert get(niemand)["plekken"] == []
    with as_administrator():
        user = User(id=people.ident("niemand"), naam="Niemand", soort=MEDEWERKER)
        tenant = membership("anna").tenant
        grant_membership(
            actor=people.wie("dewi"), tenant=tenant, user=user, rol="VRIJWILLIGER"
        )
    seen = get(niemand, "/t/arnhem/")
    assert seen["rechten"] == ["kwestie_eigen", "kwestie_registreren"]


def test_an_account_that_is_closed_is_a_visitor_at_the_next_request() -> None:
    anna = people.browser("anna")
    assert get(anna)["soort"] == "staff"
    User.objects.filter(pk=people.ident("anna")).update(is_active=False)
    seen = get(anna)
    assert (seen["naam"], seen["soort"], seen["leest"]) == (None, "public", [])


def test_a_session_that_was_removed_is_a_visitor() -> None:
    anna = people.browser("anna")
    anna.session.flush()
    assert get(anna)["soort"] == "public"


@pytest.mark.parametrize("url", ["/openbaar/", "/api/v1/"])
@pytest.mark.parametrize("naam", ["anna", "gerard", None])
def test_public_pages_are_the_same_for_everybody(url: str, naam: str | None) -> None:
    seen = get(people.browser(naam), url)
    assert (seen["naam"], seen["soort"], seen["leest"]) == (None, "public", [])


def test_the_tenant_in_the_path_is_the_one_that_is_written() -> None:
    nadia = people.browser("nadia")
    for slug, tenant_id in (("arnhem", ARNHEM), ("wulpenhorst", WULPENHORST)):
        seen = get(nadia, f"/t/{slug}/")
        assert (seen["leest"], seen["schrijft"]) == ([1, 2], tenant_id)
    assert get(nadia)["schrijft"] is None


@pytest.mark.parametrize("slug", ["wulpenhorst", "bestaat-niet"])
@pytest.mark.parametrize("naam", ["anna", "gerard", "niemand"])
def test_a_foreign_tenant_looks_as_if_it_were_not_there(slug: str, naam: str) -> None:
    assert people.browser(naam).get(f"/t/{slug}/").status_code == 404


def test_what_a_person_sees_is_kept_nowhere() -> None:
    response = people.browser("anna").get("/")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("how", "is_kept"),
    [("200", True), ("500", False), ("503", False), ("exception", False)],
)
def test_what_goes_wrong_leaves_nothing_behind(how: str, is_kept: bool) -> None:
    dewi = people.browser("dewi")
    dewi.raise_request_exception = False
    response = dewi.get(f"/t/arnhem/{how}/")
    assert response.status_code == (500 if how == "exception" else int(how))
    with as_administrator():
        naam = Opdracht.objects.get(tenant_id=ARNHEM).naam
    assert (naam == f"Veranderd {how}") is is_kept


def test_a_page_that_is_sent_after_its_scope_is_a_loud_failure() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        with transaction.atomic():
            response = people.browser("dewi").get("/stroom")
            b"".join(response.streaming_content)
