"""Every model stands behind the wall, or in the list below with the reason why not."""

from __future__ import annotations

import importlib
import re

import pytest
from django.apps import apps
from django.db import models

from adviespunt import embedded
from tenants.models import Tenant

# Tables without a tenant: nothing in them is about a client or a report.
FRAME = {
    "admin.logentry": "not installed; named so that installing it is noticed",
    "tenants.gemeente": "the list of the CBS, the same for everybody",
    "mfa.authenticator": "a second factor; of an account, for every tenant",
    "usersessions.usersession": "a session; of an account",
    "socialaccount.socialapp": "the library wants it; empty",
    "socialaccount.socialtoken": "the library wants it; empty",
    "socialaccount.socialaccount": "an account elsewhere; of an account",
    "tenants.inlogpoging": "what went wrong at signing in; before anybody has a tenant",
    "tenants.loketteller": "how often the doors of visitors were used; nobody, nothing",
    "tenants.user": "an account; somebody may work for many tenants",
    "tenants.medewerker": "how colleagues know each other, for whichever tenant",
    "tenants.geheimhouding": "a declaration of secrecy; of a person, for every tenant",
    "tenants.user_groups": "who is in which group; row security by its name",
    "tenants.user_user_permissions": "Django's own permissions; takes no row",
    "privacy.keten": "chains of seals over the audit record; nothing about anybody",
    "privacy.zegel": "seals over all events together: counts and hashes",
    "auth.permission": "the list of rights itself",
    "auth.group": "a tenant and a role by name; row security by that name",
    "auth.group_permissions": "Django's own; takes no row",
    "contenttypes.contenttype": "the list of models itself",
    "privacy.hoofdsleutelproef": "which master keys are needed here; no key itself",
    "sessions.session": "who is signed in where, before any tenant is known",
    "account.emailaddress": "sign-in (allauth), before any tenant is known",
    "account.emailconfirmation": "sign-in (allauth), before any tenant is known",
    "guardian.userobjectpermission": "guardian's generic table; nobody has a grant",
    "guardian.groupobjectpermission": "guardian's generic table; nobody has a grant",
}
# The column of the tenant is called otherwise here.
OTHER_COLUMN = {
    "tenants.tenant": "id",
    "tenants.tenantuserobjectpermission": "content_object",
    "tenants.tenantgroupobjectpermission": "content_object",
}
MODELS = list(apps.get_models(include_auto_created=True))


def tenant_column(model: type[models.Model]) -> str | None:
    names = {field.name for field in model._meta.get_fields()}
    for name in ("tenant", "tenant_id"):
        if name in names:
            return name
    return OTHER_COLUMN.get(model._meta.label_lower)


def isolated_tables() -> set[str]:
    """Tables that a migration hands to ``rls.isolate``, by its operations' SQL."""
    forced = re.compile(r"ALTER TABLE (\w+) FORCE ROW LEVEL SECURITY")
    found: set[str] = set()
    for path in embedded.ROOT.glob("*/migrations/*.py"):
        name = f"{path.parent.parent.name}.migrations.{path.stem}"
        if path.stem == "__init__":
            continue
        module = importlib.import_module(name)
        for operation in module.Migration.operations:
            found |= set(forced.findall(str(getattr(operation, "sql", ""))))
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_a_model_is_isolated_or_a_frame_table_with_a_reason(
    model: type[models.Model],
) -> None:
    is_frame = model._meta.label_lower in FRAME
    assert is_frame is (tenant_column(model) is None)
    assert is_frame is not (model._meta.db_table in isolated_tables())


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_a_frame_table_points_to_nothing_of_a_tenant(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        target = field.related_model
        if not field.concrete or not isinstance(target, type):
            continue
        if tenant_column(target) is not None:
            assert tenant_column(model) is not None


def test_a_model_of_a_tenant_points_to_it_and_never_loses_it() -> None:
    for model in MODELS:
        if tenant_column(model) != "tenant":
            continue
        field = model._meta.get_field("tenant")
        assert isinstance(field, models.ForeignKey)
        assert field.related_model is Tenant
        assert not field.null
        assert field.remote_field.on_delete is models.PROTECT


def test_the_record_of_events_points_to_nothing() -> None:
    """Nothing cascades into it, and a person can be erased without touching it."""
    event = apps.get_model("privacy.AuditEvent")
    assert [f for f in event._meta.get_fields() if f.is_relation] == []


def test_no_model_of_a_report_points_to_a_case() -> None:
    """House rule 3: only numbers leave cases."""
    for model in apps.get_app_config("signalering").get_models():
        for field in model._meta.get_fields():
            target = field.related_model
            if isinstance(target, type) and issubclass(target, models.Model):
                assert target._meta.app_label != "cases"


def test_a_second_door_past_access_is_not_installed() -> None:
    assert not apps.is_installed("django.contrib.admin")
