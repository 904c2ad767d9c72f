"""Whom a kwestie is about is sealed; interests go after their term; held in the bin.

Interests of colleagues and organisations of a kwestie are compared by keyed tokens
(``privacy.blinde_index``), so that the database still holds V11.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Value

from cases.models.basis import array_of_codes
from privacy.blinde_index import organisatie_teken
from privacy.overzetten import Kolom, replace_in, seal_texts, texts
from tenants import rls
from tenants.scope import loading

WEDERPARTIJ = Kolom(
    "cases_kwestie",
    "wederpartij_organisatie",
    "wederpartij_organisatie_v",
    "kwestie",
    behalve="geanonimiseerd_op IS NOT NULL",
)
BELANG = Kolom("cases_nevenbelang", "organisatie", "organisatie_teken", "")
SLEUTELS = ("privacy_tenantsleutel", "privacy_sleutel")
ENDED = "tot < (now() - interval '24 months')::date"


def seal_what_is_there(_apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with loading(WEDERPARTIJ.tabel, BELANG.tabel, *SLEUTELS):
        seal_texts(connection, WEDERPARTIJ)
        tokens = [
            [sorted({organisatie_teken(tenant_id, een) for een in naam.split(";")}), pk]
            for rows in texts(connection, WEDERPARTIJ)
            for pk, tenant_id, _holder, naam in rows
        ]
        of_belang = [
            [organisatie_teken(tenant_id, naam), pk]
            for rows in texts(connection, BELANG)
            for pk, tenant_id, _holder, naam in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE cases_kwestie SET wederpartij_tekens = array_remove(%s, '')"
                " WHERE id = %s",
                tokens,
            )
            cursor.executemany(
                "UPDATE cases_nevenbelang SET organisatie_teken = %s WHERE id = %s",
                of_belang,
            )


def compare_tokens(_apps: Any, schema_editor: Any) -> None:
    """V11 in its two triggers: by token, and also where there are several names."""
    replace_in(
        schema_editor.connection,
        "adviespunt.bewaak_belang",
        """lower(btrim(n.organisatie)) = ANY (SELECT lower(btrim(een))
          FROM unnest(string_to_array(NEW.wederpartij_organisatie, ';')) AS een)""",
        "n.organisatie_teken <> '' AND n.organisatie_teken = ANY (NEW.wederpartij_tekens)",
    )
    replace_in(
        schema_editor.connection,
        "adviespunt.bewaak_vervanging",
        "lower(btrim(n.organisatie)) = lower(btrim(k.wederpartij_organisatie))",
        "n.organisatie_teken <> '' AND n.organisatie_teken = ANY (k.wederpartij_tekens)",
    )


STRIKT = """
-- S79: nobody takes a kwestie that is STRIKT from the queue for herself.
CREATE FUNCTION adviespunt.bewaak_strikt_wachtrij() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.ondersteuner_id = adviespunt.ctx_user('staff') THEN
    RAISE EXCEPTION 'kwestie_strikt_niet_voor_jezelf' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_strikt_wachtrij
  BEFORE UPDATE OF ondersteuner_id ON cases_kwestie FOR EACH ROW
  WHEN (OLD.vertrouwelijkheid = 'STRIKT' AND OLD.ondersteuner_id IS NULL
    AND NEW.ondersteuner_id IS NOT NULL)
  EXECUTE FUNCTION adviespunt.bewaak_strikt_wachtrij();
"""
HELD = """
-- AVG 18: what is restricted is not destroyed either. The worker sees that it is, and
-- nothing else of that client.
GRANT SELECT (beperkt_op) ON cases_client TO adviespunt_job;
CREATE POLICY cases_client_job_beperkt ON cases_client FOR SELECT
  TO adviespunt_job USING (beperkt_op IS NOT NULL);
CREATE TRIGGER cases_kwestie_beperking_weg BEFORE DELETE ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_beperking();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_signalen"), ("tenants", "0013_register")]
    operations = [
        migrations.AddField(
            "kwestie", "wederpartij_organisatie_v", models.BinaryField(null=True)
        ),
        migrations.AddField(
            "kwestie", "wederpartij_tekens", array_of_codes(db_default=Value([]))
        ),
        migrations.AddField(
            "nevenbelang",
            "organisatie_teken",
            models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=20
            ),
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(compare_tokens, migrations.RunPython.noop),
        migrations.RemoveField("kwestie", "wederpartij_organisatie"),
        rls.run(
            HELD,
            STRIKT,
            *rls.admit(
                "cases_nevenbelang",
                rls.Grant(
                    "job",
                    select=("id", "tenant_id", "tot"),
                    delete=True,
                    scope="cases",
                    rows=ENDED,
                    check="false",
                ),
            ),
        ),
    ]
