"""Rights go by groups: one for each tenant and role (django-guardian, ADR 32).

A group is called after the id of its tenant and the code of its role. A person is in
it only with the membership behind it; it holds rights on its own tenant only; nobody
has a right directly, or for every tenant. Who is in which group is for who reads that
tenant, and for the person herself.

Besides: a visitor reads which diensten an active tenant commissions (S2).
"""

from django.db import migrations, models

from tenants import rls

# What a role may do at the time of this migration; ``migrate`` keeps it up to date.
RECHTEN = {
    "VRIJWILLIGER": ("kwestie_registreren", "kwestie_eigen"),
    "ONDERSTEUNER": ("kwestie_registreren", "kwestie_eigen", "rapportage_lezen"),
    "TEAMLEIDER": (
        "kwestie_registreren",
        "kwestie_eigen",
        "kwestie_team",
        "rapportage_lezen",
        "rapportage_maken",
        "rapportage_aanbieden",
        "bespreking_vastleggen",
    ),
    "TOETSER": ("rapportage_lezen", "rapportage_toetsen"),
    "DIRECTIE": (
        "rapportage_lezen",
        "rapportage_vaststellen",
        "rapportage_publiceren",
        "doorbreking_beslissen",
        "uitzonderingen_tellen",
        "uren_tellen",
    ),
    "FG": ("log_inzien", "avg_behandelen"),
    "BEHEER": ("tenant_beheren",),
    "CONTACT": (
        "rapportage_ontvangen",
        "rapportage_concept",
        "rapportage_reageren",
        "rapportage_downloaden",
    ),
    "ONTVANGER": ("rapportage_ontvangen", "rapportage_downloaden"),
}
RIJEN = ", ".join(
    f"('{rol}', '{recht}')" for rol, rechten in RECHTEN.items() for recht in rechten
)
NAAM = """
CREATE FUNCTION adviespunt.groepsnaam(tenant int, rol text, zonder text[])
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT tenant || ':' || lower(rol) || coalesce(
    (SELECT string_agg('-' || z, '' ORDER BY z COLLATE "C") FROM unnest(zonder) z), '')
$$;
GRANT EXECUTE ON FUNCTION adviespunt.groepsnaam(int, text, text[]) TO adviespunt_staff;
"""
BEWAKING = """
ALTER TABLE auth_group ADD CONSTRAINT groep_naam
  CHECK (name ~ '^[0-9]+:[a-z]+(-[a-z_]+)*$');
-- No right of a person apart from a group, and none for every tenant.
ALTER TABLE tenants_tenantuserobjectpermission
  ADD CONSTRAINT recht_alleen_via_groep CHECK (false);
ALTER TABLE tenants_user_user_permissions
  ADD CONSTRAINT recht_nooit_algemeen CHECK (false);
ALTER TABLE auth_group_permissions ADD CONSTRAINT groepsrecht_nooit_algemeen CHECK (false);

-- Who may write a membership may write what follows from it, and nobody else.
CREATE FUNCTION adviespunt.mag_groepen(tenant int) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN adviespunt.ctx_user('staff') IS NULL OR adviespunt.beheert(tenant)
    OR (adviespunt.beheert_iets() AND adviespunt.is_nieuw(tenant));
END $$;
GRANT EXECUTE ON FUNCTION adviespunt.mag_groepen(int) TO adviespunt_staff;

CREATE FUNCTION adviespunt.bewaak_groep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.name IS DISTINCT FROM OLD.name THEN
    RAISE EXCEPTION 'groep_heet_vast' USING ERRCODE = '23514';
  END IF;
  IF current_user = 'adviespunt_staff'
     AND NOT adviespunt.mag_groepen(split_part(NEW.name, ':', 1)::int) THEN
    RAISE EXCEPTION 'groep_door_beheer' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
-- AFTER: a row that the policy refuses is refused by the policy.
CREATE TRIGGER auth_group_bewaking AFTER INSERT OR UPDATE ON auth_group
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_groep();

CREATE FUNCTION adviespunt.bewaak_groepsrecht() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM auth_group g WHERE g.id = NEW.group_id
      AND split_part(g.name, ':', 1)::int = NEW.content_object_id) THEN
    RAISE EXCEPTION 'groepsrecht_eigen_tenant' USING ERRCODE = '23514';
  END IF;
  IF current_user = 'adviespunt_staff'
     AND NOT adviespunt.mag_groepen(NEW.content_object_id) THEN
    RAISE EXCEPTION 'groep_door_beheer' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_groepsrecht_bewaking
  AFTER INSERT OR UPDATE ON tenants_tenantgroupobjectpermission
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_groepsrecht();

CREATE FUNCTION adviespunt.bewaak_groepslid() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  naam text;
  waar int;
BEGIN
  SELECT g.name INTO naam FROM auth_group g WHERE g.id =
    CASE TG_OP WHEN 'DELETE' THEN OLD.group_id ELSE NEW.group_id END;
  waar := split_part(naam, ':', 1)::int;
  IF current_user = 'adviespunt_staff' AND NOT adviespunt.mag_groepen(waar) THEN
    RAISE EXCEPTION 'groep_door_beheer' USING ERRCODE = '23514';
  END IF;
  IF TG_OP <> 'DELETE' AND NOT EXISTS (SELECT FROM tenants_membership m
      WHERE m.tenant_id = waar AND m.user_id = NEW.user_id
      AND (m.tot IS NULL OR m.tot >= current_date)
      AND adviespunt.groepsnaam(m.tenant_id, m.rol, m.zonder) = naam) THEN
    RAISE EXCEPTION 'groep_zonder_rol' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tenants_groepslid_bewaking
  AFTER INSERT OR UPDATE OR DELETE ON tenants_user_groups
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_groepslid();
"""
ROLLEN = """(SELECT m.tenant_id, m.user_id, m.rol, m.zonder::text[] AS zonder,
    adviespunt.groepsnaam(m.tenant_id, m.rol, m.zonder::text[]) AS naam
  FROM tenants_membership m WHERE m.tot IS NULL OR m.tot >= current_date)"""
# What was given to people before goes to the groups of their roles.
OVER = f"""
ALTER TABLE tenants_membership NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_tenantuserobjectpermission NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_tenantgroupobjectpermission NO FORCE ROW LEVEL SECURITY;
DELETE FROM tenants_tenantgroupobjectpermission;
DELETE FROM tenants_user_groups;
DELETE FROM auth_group_permissions;
DELETE FROM tenants_user_user_permissions;
DELETE FROM auth_group;
INSERT INTO auth_group (name) SELECT DISTINCT naam FROM {ROLLEN} o;
INSERT INTO tenants_user_groups (user_id, group_id)
  SELECT o.user_id, g.id FROM {ROLLEN} o JOIN auth_group g ON g.name = o.naam;
INSERT INTO tenants_tenantgroupobjectpermission
  (content_object_id, group_id, permission_id)
  SELECT DISTINCT o.tenant_id, g.id, p.id FROM {ROLLEN} o
  JOIN auth_group g ON g.name = o.naam
  JOIN (VALUES {RIJEN}) AS r(rol, recht) ON r.rol = o.rol AND NOT r.recht = ANY (o.zonder)
  JOIN django_content_type t ON (t.app_label, t.model) = ('tenants', 'tenant')
  JOIN auth_permission p ON p.content_type_id = t.id AND p.codename = r.recht;
DELETE FROM tenants_tenantuserobjectpermission;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE tenants_membership FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_tenantuserobjectpermission FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_tenantgroupobjectpermission FORCE ROW LEVEL SECURITY;
"""
VAN_WIE = "split_part(name, ':', 1)::int = ANY ((SELECT adviespunt.signed('staff', '{}'))::int[])"
IN_GROEP = "group_id IN (SELECT id FROM auth_group WHERE {})"
EIGEN = "user_id = (SELECT adviespunt.ctx_user('{}'))"
HAAR_GROEPEN = "IN (SELECT group_id FROM tenants_user_groups)"
GROEPEN, LEDEN = "auth_group", "tenants_user_groups"


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0017_loket"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="tenantgroupobjectpermission",
            index=models.Index(
                fields=["content_object", "group"], name="recht_van_groep"
            ),
        ),
        rls.run(
            NAAM,
            "ALTER TABLE auth_group ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE tenants_user_groups ENABLE ROW LEVEL SECURITY",
            # The login role knows of no tenant, so of no group.
            "REVOKE ALL ON auth_group, auth_group_permissions, tenants_user_groups,"
            " tenants_user_user_permissions FROM adviespunt_app",
            "REVOKE INSERT, DELETE ON tenants_tenantuserobjectpermission"
            " FROM adviespunt_staff",
            *rls.policy(GROEPEN, "staff", "staff", "SELECT", VAN_WIE.format("read")),
            *rls.policy(
                GROEPEN, "staff_nieuw", "staff", "INSERT", VAN_WIE.format("write")
            ),
            *rls.policy(
                LEDEN,
                "staff",
                "staff",
                "SELECT",
                IN_GROEP.format(VAN_WIE.format("read")),
            ),
            *rls.policy(
                LEDEN,
                "staff_nieuw",
                "staff",
                "INSERT",
                IN_GROEP.format(VAN_WIE.format("write")),
            ),
            *rls.policy(
                LEDEN,
                "staff_weg",
                "staff",
                "DELETE",
                IN_GROEP.format(VAN_WIE.format("write")),
            ),
            *rls.policy(LEDEN, "portal", "portal", "SELECT", EIGEN.format("portal")),
            *rls.policy(
                LEDEN, "identity", "identity", "SELECT", EIGEN.format("identity")
            ),
            *rls.policy(GROEPEN, "portal", "portal", "SELECT", f"id {HAAR_GROEPEN}"),
            *rls.policy(
                GROEPEN, "identity", "identity", "SELECT", f"id {HAAR_GROEPEN}"
            ),
            *rls.policy(
                "tenants_tenantgroupobjectpermission",
                "identity",
                "identity",
                "SELECT",
                f"group_id {HAAR_GROEPEN}",
            ),
            "GRANT INSERT ON auth_group, tenants_tenantgroupobjectpermission"
            " TO adviespunt_staff",
            "GRANT INSERT, DELETE ON tenants_user_groups TO adviespunt_staff",
            "GRANT SELECT ON tenants_user_groups, tenants_tenantgroupobjectpermission"
            " TO adviespunt_identity",
        ),
        migrations.RunSQL(OVER, rls.NOOP),
        rls.run(BEWAKING),
        # S2: a visitor reads by which law we do what; so which diensten there are.
        rls.run(
            *rls.policy(
                "tenants_opdracht",
                "openbaar",
                "public",
                "SELECT",
                "tenant_id IN (SELECT t.id FROM tenants_tenant t)",
            ),
            "GRANT SELECT (id, tenant_id, diensten, van, tot) ON tenants_opdracht"
            " TO adviespunt_public",
        ),
    ]
