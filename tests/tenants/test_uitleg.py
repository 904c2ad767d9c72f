"""Why somebody may do something: the page and the command say what really holds."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from tenants.groepen import stray_permissions, sync_permissions
from tenants.models import Membership, Tenant, User
from tenants.roles import Recht
from tenants.scope import Scope, acting_as
from tenants.services import grant_membership
from tenants.uitleg import explain
from tests import people

pytestmark = pytest.mark.django_db
READ = Scope("staff", None, (1, 2))


def somebody(naam: str) -> User:
    soort = "OPDRACHTGEVER" if naam in people.CONTACTS else "MEDEWERKER"
    return User(id=people.ident(naam), naam=naam, soort=soort)


def test_for_everybody_and_every_right_the_explanation_is_what_holds() -> None:
    for naam in people.PEOPLE:
        wie = people.wie(naam)
        for tenant_id in (1, 2):
            with acting_as(READ):
                found = explain(somebody(naam), tenant_id)
            may = {one.recht for one in found if one.mag}
            assert may == {str(r) for r in Recht if wie.may(r, tenant_id)}, naam


def grant_stray() -> None:
    """Anna is still in a group of a role that was over yesterday."""
    dewi, today = people.wie("dewi"), timezone.localdate()
    with acting_as(dewi.scope(1)):
        row = grant_membership(
            actor=dewi,
            tenant=Tenant.objects.get(pk=1),
            user=somebody("anna"),
            rol="TOETSER",
            van=today - timedelta(days=9),
        )
        Membership.objects.filter(pk=row.pk).update(tot=today - timedelta(days=1))


def test_a_group_without_its_role_gives_nothing_and_is_reported() -> None:
    grant_stray()
    wie = people.wie("anna")
    assert not wie.may(Recht.RAPPORTAGE_TOETSEN, 1)
    with acting_as(READ):
        found = explain(somebody("anna"), 1, ["rapportage_toetsen"])
        assert [(one.mag, one.bewaard, one.los) for one in found] == [
            (False, True, True)
        ]
        stray = stray_permissions(1)
    assert stray == [(people.ident("anna"), "rapportage_toetsen")]
    page = people.browser("dewi").get("/t/arnhem/beheer/mensen/").content.decode()
    assert "1 recht opgeslagen waar geen rol bij hoort" in page
    with acting_as(people.wie("dewi").scope(1)):
        sync_permissions(tenant_id=1, user_id=people.ident("anna"))
        assert stray_permissions(1) == []


def test_a_role_that_is_over_is_named_with_its_last_day() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with acting_as(people.wie("dewi").scope(1)):
        Membership.objects.filter(tenant_id=1, user_id=people.ident("bram")).update(
            tot=yesterday
        )
        (found,) = explain(somebody("bram"), 1, ["kwestie_eigen"])
    assert [(r.stand, r.geeft, r.tot) for r in found.rollen] == [
        ("voorbij", True, yesterday)
    ]
    assert (found.is_gegeven, found.los, found.mag) == (False, True, False)


def command(naam: str, *more: str) -> str:
    out = StringIO()
    call_command(
        "permissions",
        "--user",
        people.email(naam),
        "--tenant",
        "arnhem",
        *more,
        stdout=out,
    )
    return out.getvalue()


def test_the_command_prints_the_same() -> None:
    lines = command("anna").splitlines()
    through = "through the group 1:ondersteuner"
    assert f"+ kwestie_eigen: ONDERSTEUNER, {through}" in lines
    no = "- tenant_beheren: no role of today gives it; in no group of guardian"
    assert f"{no} that has it" in lines
    told: dict[str, Any] = json.loads(command("anna", "--json"))
    may = {one["recht"] for one in told["rechten"] if one["mag"]}
    assert may == {"kwestie_registreren", "kwestie_eigen", "rapportage_lezen"}
    assert told["los"] == []
    groups = {tuple(one["groepen"]) for one in told["rechten"] if one["mag"]}
    assert groups == {("1:ondersteuner",)}
    with pytest.raises(CommandError):
        command("bestaat-niet")


def test_the_page_answers_for_people_and_tenants_of_the_asker_only() -> None:
    dewi = people.browser("dewi")
    anna = people.ident("anna")
    url = f"/beheer/waarom/?persoon={anna}&waar=arnhem&recht=kwestie_team"
    page = dewi.get(url).content.decode()
    assert "Geen rol van nu geeft dit." in page
    page = dewi.get(url.replace("team", "eigen")).content.decode()
    assert "Opgeslagen via de groep 1:ondersteuner." in page
    assert dewi.get(f"/beheer/waarom/?persoon={anna}&waar=elders").status_code == 422
    assert people.browser("anna").get(url).status_code == 404


def test_there_are_no_superusers_and_no_permissions_on_everything() -> None:
    user = people.user("anna")
    with pytest.raises(ProgrammingError, match="permission denied"):
        with transaction.atomic():  # a right without a tenant is nowhere to be asked
            user.has_perm("tenants.kwestie_eigen")
    user.is_superuser = True
    with pytest.raises(IntegrityError, match="user_geen_superuser"):
        with transaction.atomic():
            user.save()
