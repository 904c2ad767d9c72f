"""Why somebody may do something: the page and the command say what really holds."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenants.models import Membership, TenantUserObjectPermission, User
from tenants.roles import Recht
from tenants.scope import Scope, acting_as
from tenants.services import sync_permissions
from tenants.uitleg import explain, stray_permissions
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
    """A row of guardian for Anna that no role of hers gives."""
    with acting_as(people.wie("dewi").scope(1)):
        TenantUserObjectPermission.objects.create(
            user_id=people.ident("anna"),
            content_object_id=1,
            permission=Permission.objects.get(codename="rapportage_vaststellen"),
        )


def test_a_row_of_guardian_without_a_role_gives_nothing_and_is_reported() -> None:
    grant_stray()
    wie = people.wie("anna")
    assert not wie.may(Recht.RAPPORTAGE_VASTSTELLEN, 1)
    with acting_as(READ):
        found = explain(somebody("anna"), 1, ["rapportage_vaststellen"])
        assert [(one.mag, one.bewaard, one.los) for one in found] == [
            (False, True, True)
        ]
        stray = stray_permissions(1)
    assert stray == [(people.ident("anna"), "rapportage_vaststellen")]
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
    assert "+ kwestie_eigen: ONDERSTEUNER" in lines
    assert "- tenant_beheren: no role of today gives it; no row in guardian" in lines
    told: dict[str, Any] = json.loads(command("anna", "--json"))
    may = {one["recht"] for one in told["rechten"] if one["mag"]}
    assert may == {"kwestie_registreren", "kwestie_eigen", "rapportage_lezen"}
    assert told["los"] == []
    with pytest.raises(CommandError):
        command("bestaat-niet")


def test_the_page_answers_for_people_and_tenants_of_the_asker_only() -> None:
    dewi = people.browser("dewi")
    anna = people.ident("anna")
    url = f"/beheer/waarom/?persoon={anna}&waar=arnhem&recht=kwestie_team"
    page = dewi.get(url).content.decode()
    assert "Geen rol van nu geeft dit." in page
    assert dewi.get(f"/beheer/waarom/?persoon={anna}&waar=elders").status_code == 422
    assert people.browser("anna").get(url).status_code == 404


def test_there_are_no_superusers_and_no_permissions_on_everything() -> None:
    user = people.user("anna")
    assert not user.has_perm("tenants.kwestie_eigen")  # without a tenant
    user.is_superuser = True
    with pytest.raises(IntegrityError, match="user_geen_superuser"):
        with transaction.atomic():
            user.save()
