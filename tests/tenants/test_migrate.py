"""What the command does after Django's own work."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from adviespunt import embedded
from tenants.roles import Recht
from tests import people
from tests.conftest import as_owner, connected_to, copy_template, drop

DATABASE = "adviespunt_rechten"


def test_who_has_a_role_gets_the_rights_a_new_version_gives_to_it(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    """And loses those that it takes away."""
    right = Recht.DOORBREKING_BESLISSEN
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        try:
            with embedded.current().superuser(DATABASE) as truth:
                truth.execute(
                    "UPDATE tenants_tenantgroupobjectpermission SET permission_id ="
                    " (SELECT id FROM auth_permission WHERE codename = %s)"
                    " WHERE content_object_id = 1 AND permission_id ="
                    " (SELECT id FROM auth_permission WHERE codename = %s)",
                    [Recht.TENANT_BEHEREN, right],
                )
            with connected_to(DATABASE):
                assert not people.wie("fatma").may(right, 1)
            with as_owner(DATABASE):
                call_command("migrate", verbosity=0)
            with connected_to(DATABASE):
                fatma = people.wie("fatma")
                assert fatma.may(right, 1)
                assert not fatma.may(Recht.TENANT_BEHEREN, 1)
        finally:
            drop(DATABASE)
