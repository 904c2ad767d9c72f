"""Giving and ending roles; nobody works for both sides (V10: S100, S164)."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from tenants.access import Refused
from tenants.models import (
    Job,
    Membership,
    Tenant,
    TenantGroupObjectPermission,
    User,
)
from tenants.roles import MEDEWERKER, OPDRACHTGEVER, ROLLEN, rechten_van
from tenants.scope import acting_as
from tenants.services import (
    IncompatibleRole,
    create_job,
    grant_membership,
    revoke_membership,
)
from tests import people

pytestmark = pytest.mark.django_db
ARNHEM, WULPENHORST = 1, 2


def somebody(naam: str) -> User:
    soort = OPDRACHTGEVER if naam in people.CONTACTS else MEDEWERKER
    return User(id=people.ident(naam), naam=naam.title(), soort=soort)


def tenant(slug: str = "arnhem") -> Tenant:
    return Tenant.objects.get(slug=slug)


def permissions(naam: str, tenant_id: int = ARNHEM) -> set[str]:
    rows = TenantGroupObjectPermission.objects.filter(
        group__user=people.ident(naam), content_object_id=tenant_id
    )
    return set(rows.values_list("permission__codename", flat=True))


def test_a_role_brings_its_permissions_and_no_others() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        made = grant_membership(
            actor=dewi, tenant=tenant(), user=somebody("niemand"), rol="TEAMLEIDER"
        )
        assert (made.soort, made.van, made.tot) == (
            MEDEWERKER,
            timezone.localdate(),
            None,
        )
        assert permissions("niemand") == {str(r) for r in ROLLEN["TEAMLEIDER"].rechten}
        revoke_membership(actor=dewi, membership=made)
        assert permissions("niemand") == set()


def test_ending_one_of_two_roles_leaves_what_the_other_gives() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        for rol in ("TEAMLEIDER", "VRIJWILLIGER"):
            held = grant_membership(
                actor=dewi, tenant=tenant(), user=somebody("niemand"), rol=rol
            )
        both = rechten_van(["TEAMLEIDER", "VRIJWILLIGER"])
        assert permissions("niemand") == {str(r) for r in both}
        first = Membership.objects.get(user_id=held.user_id, rol="TEAMLEIDER")
        revoke_membership(actor=dewi, membership=first)
        left = {str(r) for r in ROLLEN["VRIJWILLIGER"].rechten}
        assert permissions("niemand") == left


def test_giving_a_role_twice_makes_one_membership() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        before = permissions("anna")
        for _turn in range(2):
            grant_membership(
                actor=dewi, tenant=tenant(), user=somebody("anna"), rol="ONDERSTEUNER"
            )
        rows = Membership.objects.filter(user_id=people.ident("anna"))
        assert rows.count() == 1
        assert permissions("anna") == before


@pytest.mark.parametrize("naam", ["anna", "chantal", "fatma", "frits", "els", "gerard"])
def test_who_does_not_administer_gives_and_ends_no_roles(naam: str) -> None:
    wie = people.wie(naam)
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        held = Membership.objects.get(tenant_id=ARNHEM, user_id=people.ident("bram"))
        with pytest.raises(Refused):
            grant_membership(
                actor=wie, tenant=tenant(), user=somebody(naam), rol="BEHEER"
            )
        with pytest.raises(Refused):
            revoke_membership(actor=wie, membership=held)


def test_who_administers_both_still_writes_in_the_tenant_of_the_path_only() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        there = tenant("wulpenhorst")
        with pytest.raises(ProgrammingError, match="row-level security"):
            grant_membership(
                actor=dewi, tenant=there, user=somebody("niemand"), rol="VRIJWILLIGER"
            )


# ------------------------------------------------------------------------- V10


@pytest.mark.parametrize(
    ("naam", "rol"),
    [
        *product(("anna", "niemand", "dewi"), ("CONTACT", "ONTVANGER")),
        *product(
            ("gerard", "ivo"), [c for c, r in ROLLEN.items() if r.soort == MEDEWERKER]
        ),
    ],
)
def test_nobody_gets_a_role_of_the_other_side(naam: str, rol: str) -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(ARNHEM)):
        with pytest.raises(IncompatibleRole, match=naam.title()):
            grant_membership(actor=dewi, tenant=tenant(), user=somebody(naam), rol=rol)


def test_not_for_another_tenant_either() -> None:
    """Gerard, contact of Arnhem, does not become a supporter for Wulpenhorst."""
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(WULPENHORST)):
        with pytest.raises(IncompatibleRole):
            grant_membership(
                actor=dewi,
                tenant=tenant("wulpenhorst"),
                user=somebody("gerard"),
                rol="ONDERSTEUNER",
            )


@pytest.mark.parametrize(
    ("naam", "soort", "rol", "constraint"),
    [
        ("anna", MEDEWERKER, "CONTACT", "membership_rol_van_soort"),
        ("anna", OPDRACHTGEVER, "CONTACT", "membership_user_soort"),
        ("gerard", OPDRACHTGEVER, "TEAMLEIDER", "membership_rol_van_soort"),
        ("gerard", MEDEWERKER, "TEAMLEIDER", "membership_user_soort"),
        ("anna", MEDEWERKER, "BAAS", "membership_rol_van_soort"),
    ],
)
def test_the_database_refuses_it_too(
    naam: str, soort: str, rol: str, constraint: str
) -> None:
    with acting_as(people.wie("dewi").scope(ARNHEM)):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Membership.objects.create(
                tenant_id=ARNHEM, user_id=people.ident(naam), soort=soort, rol=rol
            )
        with pytest.raises(IntegrityError, match="membership_"), transaction.atomic():
            Membership.objects.filter(user_id=people.ident(naam)).update(
                soort=soort, rol=rol
            )


@pytest.mark.parametrize("naam", ["anna", "gerard"])
def test_an_account_does_not_change_sides_under_its_roles(naam: str) -> None:
    other = MEDEWERKER if naam in people.CONTACTS else OPDRACHTGEVER
    with pytest.raises(IntegrityError, match="membership_user_soort"):
        with transaction.atomic():
            User.objects.filter(pk=people.ident(naam)).update(soort=other)


def test_there_are_no_superusers() -> None:
    with pytest.raises(IntegrityError, match="user_geen_superuser"):
        with transaction.atomic():
            User.objects.filter(pk=people.ident("dewi")).update(is_superuser=True)


def test_an_address_is_one_account_whatever_its_capitals() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tenants_user WHERE email <> lower(email)")
        assert cursor.fetchone() == (0,)
    with pytest.raises(Exception, match="bestaat al"):
        User.objects.create_user(
            "ANNA@Adviespunt.example", None, naam="X", soort=MEDEWERKER
        )


# ------------------------------------------------------------------------- jobs


def test_a_job_is_ordered_in_the_name_of_who_acts() -> None:
    chantal = people.wie("chantal")
    subject = people.ident("iets")
    with acting_as(chantal.scope(ARNHEM)):
        made = create_job(
            tenant_id=ARNHEM, taak="x", onderwerp_id=subject, actor=chantal
        )
        assert (made.actor_id, made.status, made.poging) == (
            chantal.user_id,
            Job.Status.WACHT,
            0,
        )
        assert made.is_onderweg
    with acting_as(people.wie("anna").scope(ARNHEM)):
        with pytest.raises(ProgrammingError, match="row-level security"):
            with transaction.atomic():
                create_job(
                    tenant_id=ARNHEM, taak="x", onderwerp_id=subject, actor=chantal
                )
