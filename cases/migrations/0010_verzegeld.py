"""Names and texts are sealed: columns of blobs, and walls around the keys.

What was plain text is sealed here, under keys made here, in the same transaction: no
row is left open. A trigger guards the keys: the key of somebody who is still on
record by name is not destroyed, and a wrapped key changes in a rotation only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import migrations, models

from privacy.fields import GEWIST_TEKST
from privacy.sleutelring import Houder
from privacy.sleutels import keys_for_writing
from privacy.zegel import Plaats, seal
from tenants import rls
from tenants.scope import loading

BATCH = 2_000
SLEUTELS = ("privacy_tenantsleutel", "privacy_sleutel")
# By table: model, whose key, the column that names the holder, the columns to seal.
VERZEGELD: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "cases_client": (
        *("client", "client", "id"),
        ("naam_v", "telefoon_v", "email_v", "adres_v", "geboortejaar_v"),
    ),
    "cases_kwestie": (
        *("kwestie", "kwestie", "id"),
        (
            *("kernvraag_v", "gewenste_oplossing_v", "doel_client_v"),
            *("toelichting_v", "resultaat_toelichting_v"),
        ),
    ),
    "cases_contactmoment": (
        *("contactmoment", "kwestie", "kwestie_id"),
        ("notitie_v",),
    ),
    "cases_externtraject": (
        *("externtraject", "kwestie", "kwestie_id"),
        ("herstelactie_v", "reden_direct_v"),
    ),
    "cases_toestemming": (
        *("toestemming", "kwestie", "kwestie_id"),
        ("ontvanger_naam_v", "onderwerp_v"),
    ),
    "cases_stap": (
        *("stap", "kwestie", "kwestie_id"),
        ("omschrijving_v", "vervallen_reden_v"),
    ),
    "cases_nevenbelang": (
        *("nevenbelang", "medewerker", "medewerker_id"),
        ("toelichting_v",),
    ),
    "cases_ambtshalveactie": (
        *("ambtshalveactie", "kwestie", "kwestie_id"),
        (
            *("feiten_v", "bewijs_v", "niet_in_staat_v", "actie_v"),
            "toets_toelichting_v",
        ),
    ),
    "cases_agendapunt": (*("agendapunt", "kwestie", "kwestie_id"), ("waarover_v",)),
    "cases_prullenbak": (*("prullenbak", "kwestie", "kwestie_id"), ("reden_v",)),
    "cases_handeling": (*("handeling", "kwestie", "kwestie_id"), ("was_v",)),
    "cases_concept": (*("concept", "concept", "id"), ("invoer_v",)),
}

SLEUTEL = """
CREATE FUNCTION adviespunt.bewaak_sleutel() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  in_gebruik boolean;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- Of whom it is never changes; a wrapped key only with what it is wrapped with.
    IF (NEW.soort, NEW.van) IS DISTINCT FROM (OLD.soort, OLD.van)
       OR NEW.onder_id = OLD.onder_id THEN
      RAISE EXCEPTION 'sleutel_staat_vast' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  -- Who may not see case data cannot know whether the key is still needed.
  IF current_user = 'adviespunt_staff' AND NOT coalesce(
      OLD.tenant_id = ANY (adviespunt.signed('staff', 'cases')), false) THEN
    RAISE EXCEPTION 'sleutel_in_gebruik' USING ERRCODE = '23514';
  END IF;
  IF OLD.soort = 'client' THEN
    in_gebruik := EXISTS (SELECT FROM cases_client WHERE tenant_id = OLD.tenant_id
      AND id = OLD.van AND identiteitsstatus <> 'GEANON');
  ELSIF OLD.soort = 'kwestie' THEN
    in_gebruik := EXISTS (SELECT FROM cases_kwestie WHERE tenant_id = OLD.tenant_id
      AND id = OLD.van AND geanonimiseerd_op IS NULL);
  ELSIF OLD.soort = 'concept' THEN
    in_gebruik := EXISTS (SELECT FROM cases_concept WHERE tenant_id = OLD.tenant_id
      AND id = OLD.van);
  ELSE
    in_gebruik := EXISTS (SELECT FROM cases_nevenbelang
      WHERE tenant_id = OLD.tenant_id AND medewerker_id = OLD.van);
  END IF;
  IF in_gebruik THEN
    RAISE EXCEPTION 'sleutel_in_gebruik' USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER privacy_sleutel_bewaking BEFORE UPDATE OR DELETE ON privacy_sleutel
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_sleutel();

-- What is needed to tell at the door whether the master keys are the right ones.
REVOKE ALL ON privacy_hoofdsleutelproef FROM PUBLIC;
GRANT SELECT ON privacy_hoofdsleutelproef TO adviespunt_app, adviespunt_staff;
GRANT INSERT, DELETE ON privacy_hoofdsleutelproef TO adviespunt_staff;
"""
# Comparing a blob as JSON: the mark of a text that was taken away, in hexadecimal.
WISSEN = f"""
CREATE OR REPLACE FUNCTION adviespunt.alleen_wissen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  n record;
BEGIN
  FOR n IN SELECT key, value FROM jsonb_each_text(to_jsonb(NEW))
    WHERE key LIKE '%#_v' ESCAPE '#' LOOP
    IF n.value IS DISTINCT FROM was ->> n.key
       AND n.value <> '\\x{GEWIST_TEKST.encode().hex()}' THEN
      RAISE EXCEPTION 'tekst_alleen_wissen' USING ERRCODE = '23514';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
"""
TOESTEMMING_AF = "DROP TRIGGER cases_toestemming_wissen ON cases_toestemming"
TOESTEMMING_AAN = """
CREATE TRIGGER cases_toestemming_wissen
  BEFORE UPDATE OF ontvanger_naam_v, onderwerp_v ON cases_toestemming
  FOR EACH ROW EXECUTE FUNCTION adviespunt.alleen_wissen()
"""


def seal_what_is_there(_apps: Any, schema_editor: Any) -> None:
    """Every text as a blob in hexadecimal, still in its column of text."""
    with loading(*VERZEGELD, *SLEUTELS):
        for table, (_model, soort, holder, columns) in VERZEGELD.items():
            for rows in _batches(schema_editor.connection, table, holder, columns):
                _seal(schema_editor.connection, table, soort, columns, rows)


def _batches(
    connection: Any, table: str, holder: str, columns: tuple[str, ...]
) -> Iterator[list[tuple[Any, ...]]]:
    """(id, tenant_id, holder, texts…) of the rows that have a text, in order of id."""
    last = UUID(int=0)
    query = (
        f"SELECT id, tenant_id, {holder}, {', '.join(columns)} FROM {table}"
        f" WHERE id > %s AND coalesce({', '.join(columns)}) IS NOT NULL"
        f" ORDER BY id LIMIT {BATCH}"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [last])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _seal(
    connection: Any,
    table: str,
    soort: str,
    columns: tuple[str, ...],
    rows: list[tuple[Any, ...]],
) -> None:
    holders = {row[0]: Houder(row[1], soort, row[2]) for row in rows}
    keys = keys_for_writing(set(holders.values()))
    values = []
    for pk, tenant_id, _holder, *texts in rows:
        blobs = [
            _blob(keys[holders[pk]], text, Plaats(tenant_id, table, pk, column))
            for column, text in zip(columns, texts, strict=True)
        ]
        values.append([*blobs, pk])
    assigned = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {assigned} WHERE id = %s", values)


def _blob(key: Any, text: str | None, plaats: Plaats) -> str | None:
    if text is None:
        return None
    sealed = GEWIST_TEKST.encode() if text == GEWIST_TEKST else seal(key, text, plaats)
    return f"\\x{sealed.hex()}"


def as_bytes(table: str, columns: tuple[str, ...]) -> str:
    """One rewrite of the table for all its columns."""
    changes = (f"ALTER COLUMN {c} TYPE bytea USING {c}::bytea" for c in columns)
    return f"ALTER TABLE {table} {', '.join(changes)}"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_prullenbak"),
        ("privacy", "0003_sleutels"),
        ("tenants", "0004_auditregels"),
    ]

    operations = [
        rls.isolate(
            "privacy_tenantsleutel",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("hoofdsleutel", "sleutel", "zoek"),
                delete=True,
            ),
        ),
        rls.isolate(
            "privacy_sleutel",
            rls.Grant(
                "staff",
                select=True,
                insert=True,
                update=("onder_id", "sleutel"),
                delete=True,
            ),
            # The worker that clears away old drafts, and their keys with them.
            rls.Grant(
                "job",
                select=("id", "tenant_id", "soort", "van"),
                delete=True,
                scope="cases",
                rows="soort = 'concept'",
            ),
        ),
        rls.composite_key("privacy_sleutel", "onder_id", "privacy_tenantsleutel"),
        rls.run(SLEUTEL, WISSEN),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                rls.run(
                    TOESTEMMING_AF,
                    *(as_bytes(table, row[3]) for table, row in VERZEGELD.items()),
                    TOESTEMMING_AAN,
                )
            ],
            state_operations=[
                migrations.AlterField(model, column, models.BinaryField(null=True))
                for model, _soort, _holder, columns in VERZEGELD.values()
                for column in columns
            ],
        ),
    ]
