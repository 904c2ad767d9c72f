"""What one contact of an opdrachtgever has and another has not (model.md §2.2), held by
PostgreSQL as well: a report before it is established, a reaction, the printed report.

Its rows are about reports, so it follows the reports: their tables are made above.
"""

from django.db import migrations

from tenants import rls

# Tenants where the person of a portal context has this right today: by a membership of
# her own that was not given without it, or for a region by that of a member. The roles
# of tenants.roles; tests/isolation/test_contact.py holds them next to each other.
MAG = """
CREATE FUNCTION adviespunt.contact_mag(recht text) RETURNS int[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date;
  eigen int[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT m.tenant_id), '{}') INTO eigen
    FROM tenants_membership m
   WHERE m.user_id = adviespunt.ctx_user('portal')
     AND m.van <= today AND (m.tot IS NULL OR m.tot >= today)
     AND (m.rol, recht) IN (
       ('CONTACT', 'rapportage_concept'), ('CONTACT', 'rapportage_reageren'),
       ('CONTACT', 'rapportage_downloaden'), ('ONTVANGER', 'rapportage_downloaden'))
     AND NOT recht = ANY (m.zonder);
  RETURN eigen || ARRAY(
    SELECT l.tenant_id FROM tenants_regiolid l
     WHERE l.lid_id = ANY (eigen)
       AND l.van <= today AND (l.tot IS NULL OR l.tot >= today));
END $$;
"""


def may(recht: str) -> str:
    return f"tenant_id = ANY ((SELECT adviespunt.contact_mag('{recht}'))::int[])"


# A second policy of the same role adds rows, so neither of them needs an OR.
ESTABLISHED = "('VASTGESTELD', 'OPENBAAR_DEELS', 'VERTROUWELIJK_AFGEROND')"
OFFERED = "('AANGEBODEN', 'IN_BESPREKING', 'BESPROKEN')"
RAPPORT = "rapportage_id IN (SELECT id FROM signalering_rapportage{where})"
SIGNAAL = "signaal_id IN (SELECT id FROM signalering_signaal)"
OWN = "door_id = (SELECT adviespunt.ctx_user('portal'))"
POLICIES = (
    "ALTER POLICY signalering_rapportage_portal ON signalering_rapportage"
    f" USING (status IN {ESTABLISHED})",
    "CREATE POLICY signalering_rapportage_portal_concept ON signalering_rapportage"
    " FOR SELECT TO adviespunt_portal"
    f" USING (status IN {OFFERED} AND {may('rapportage_concept')})",
    "ALTER POLICY signalering_reactie_portal ON signalering_reactie WITH CHECK"
    f" ({RAPPORT.format(where='')} AND {OWN} AND {may('rapportage_reageren')})",
    "ALTER POLICY signalering_verbeteractie_portal ON signalering_verbeteractie"
    f" WITH CHECK ({SIGNAAL} AND {OWN} AND {may('rapportage_reageren')})",
    "ALTER POLICY signalering_bestand_portal ON signalering_bestand USING"
    f" ({RAPPORT.format(where=f' WHERE status IN {ESTABLISHED}')}"
    f" AND {may('rapportage_downloaden')})",
)


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0013_register"),
        ("signalering", "0007_regionaal"),
    ]
    operations = [
        rls.run(
            *rls.admit(
                "tenants_membership",
                rls.Grant(
                    "portal",
                    select=("tenant_id", "user_id", "rol", "van", "tot", "zonder"),
                    rows="user_id = (SELECT adviespunt.ctx_user('portal'))",
                    check="false",
                ),
            ),
            *rls.admit(
                "tenants_regiolid",
                rls.Grant(
                    "portal",
                    select=("tenant_id", "lid_id", "van", "tot"),
                    check="false",
                ),
            ),
            MAG,
            "GRANT EXECUTE ON FUNCTION adviespunt.contact_mag(text)"
            " TO adviespunt_portal",
            *POLICIES,
        ),
    ]
