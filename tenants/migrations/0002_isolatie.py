"""Context functions, row security of the ground floor, rights of the login role."""

from django.db import migrations

from tenants import rls

ROLES = ("staff", "portal", "job")
PERSON = "user_id = (SELECT adviespunt.ctx_user('identity'))"
GRANTS = "tenants_tenantuserobjectpermission"
GROUP_GRANTS = "tenants_tenantgroupobjectpermission"


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        *rls.install(),
        # An account keeps to its kind: a role of the other kind has no account.
        rls.run(
            "ALTER TABLE tenants_membership ADD CONSTRAINT membership_user_soort"
            " FOREIGN KEY (user_id, soort) REFERENCES tenants_user (id, soort)",
        ),
        rls.isolate(
            "tenants_tenant",
            *(rls.Grant(role, select=True) for role in ROLES),
            column="id",
        ),
        rls.isolate(
            "tenants_membership",
            rls.Grant("staff", select=True, insert=True, update=True, delete=True),
        ),
        rls.isolate(
            GRANTS,
            rls.Grant("staff", select=True, insert=True, delete=True),
            rls.Grant(
                "portal",
                select=True,
                rows="user_id = (SELECT adviespunt.ctx_user('portal'))",
            ),
            column="content_object_id",
        ),
        rls.isolate(
            GROUP_GRANTS,
            rls.Grant("staff", select=True),
            rls.Grant("portal", select=True),
            column="content_object_id",
        ),
        rls.isolate(
            "tenants_opdracht",
            rls.Grant("staff", select=True, insert=True, update=True),
            rls.Grant("portal", select=True),
            rls.Grant("job", select=True),
        ),
        rls.isolate(
            "tenants_job",
            # A job is ordered in one's own name; a worker writes how far it is.
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                check="actor_id IS NOT DISTINCT FROM"
                " (SELECT adviespunt.ctx_user('staff'))",
            ),
            rls.Grant(
                "job",
                select=True,
                update=("status", "voortgang", "stap", "lease_tot", "fout", "klaar_op"),
            ),
        ),
        rls.run(
            # Who somebody is: her own memberships, their tenants, her own grants.
            *rls.policy("tenants_membership", "identity", "identity", "SELECT", PERSON),
            *rls.policy(
                "tenants_tenant",
                "identity",
                "identity",
                "SELECT",
                "id IN (SELECT tenant_id FROM tenants_membership)",
            ),
            *rls.policy(GRANTS, "identity", "identity", "SELECT", PERSON),
            "GRANT SELECT ON tenants_membership, tenants_tenant,"
            f" {GRANTS} TO adviespunt_identity",
            # The queue: every job's state, nothing of what it is about.
            *rls.policy(
                "tenants_job",
                "dispatch",
                "dispatch",
                "ALL",
                "(SELECT adviespunt.ctx('dispatch')) IS NOT NULL",
            ),
            "GRANT SELECT ON tenants_job TO adviespunt_dispatch",
            "GRANT UPDATE (status, poging, lease_tot, fout, klaar_op) ON tenants_job"
            " TO adviespunt_dispatch",
            # Which tenant a name in a command or a file is about: its id, no more.
            *rls.policy(
                "tenants_tenant",
                "dispatch",
                "dispatch",
                "SELECT",
                "(SELECT adviespunt.ctx('dispatch')) IS NOT NULL",
            ),
            "GRANT SELECT (id, slug) ON tenants_tenant TO adviespunt_dispatch",
            # Colleagues are known by name, never with their account.
            "GRANT SELECT ON tenants_medewerker TO adviespunt_staff",
            "GRANT SELECT (id, naam, email, soort, is_active) ON tenants_user"
            " TO adviespunt_staff",
            "GRANT SELECT ON django_content_type, auth_permission, auth_group"
            " TO adviespunt_staff, adviespunt_portal, adviespunt_identity",
            "GRANT SELECT ON tenants_user_groups TO adviespunt_staff,"
            " adviespunt_portal",
            "GRANT SELECT, INSERT, UPDATE ON tenants_user TO adviespunt_app",
            "GRANT SELECT ON tenants_medewerker, tenants_user_groups,"
            " tenants_user_user_permissions, auth_group, auth_permission,"
            " django_content_type, auth_group_permissions TO adviespunt_app",
            "GRANT SELECT ON django_migrations TO adviespunt_app",
        ),
    ]
