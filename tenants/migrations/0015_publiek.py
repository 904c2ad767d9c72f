"""What everybody may read of a tenant, and what clients say of us without being known.

The public role reads established texts of active tenants and the look they use, and
of those only the columns that a page shows. It adds an answer only by giving up a
slip, and removes a slip only by that answer.
"""

from __future__ import annotations

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

VAN_ACTIEVE = "tenant_id IN (SELECT t.id FROM tenants_tenant t)"
TEKSTEN = (
    *("wie_betaalt", "onafhankelijk", "gratis", "geheimhouding"),
    *("klacht", "bereikbaar"),
)
DIT_KWARTAAL = (
    "kwartaal = date_trunc('quarter', (now() AT TIME ZONE 'Europe/Amsterdam'))::date"
)
LEIDT = (
    "tenant_id IN (SELECT m.tenant_id FROM tenants_membership m WHERE m.user_id ="
    " (SELECT adviespunt.ctx_user('staff')) AND m.rol IN ('TEAMLEIDER', 'DIRECTIE')"
    " AND m.van <= current_date AND (m.tot >= current_date) IS NOT FALSE)"
)
DOCUMENT = """
CREATE FUNCTION adviespunt.bewaak_document() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF current_user = 'adviespunt_staff' AND NEW.stand <> 'CONCEPT' THEN
      RAISE EXCEPTION 'document_begint_als_concept' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.stand = 'VASTGESTELD' OR NEW.versie <> OLD.versie OR NEW.soort <> OLD.soort
  THEN
    RAISE EXCEPTION 'document_staat_vast' USING ERRCODE = '23514';
  END IF;
  IF NEW.stand = 'VASTGESTELD' AND (
     NEW.geldig_vanaf < (now() AT TIME ZONE 'Europe/Amsterdam')::date
     OR EXISTS (SELECT FROM tenants_openbaardocument d
       WHERE d.tenant_id = NEW.tenant_id AND d.soort = NEW.soort
       AND d.stand = 'VASTGESTELD' AND d.geldig_vanaf > NEW.geldig_vanaf)) THEN
    RAISE EXCEPTION 'document_niet_terug_in_de_tijd' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_openbaardocument_bewaking
  BEFORE INSERT OR UPDATE ON tenants_openbaardocument
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_document();
CREATE TRIGGER tenants_openbaardocument_door_beheer
  BEFORE INSERT OR UPDATE ON tenants_openbaardocument
  FOR EACH ROW EXECUTE FUNCTION adviespunt.door_beheer();
"""
# A slip works in its quarter and for 28 days more; figures are shown after that.
ERVARING = """
CREATE FUNCTION adviespunt.neem_ervaring() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  k date;
BEGIN
  DELETE FROM tenants_ervaringscode c
    WHERE c.tenant_id = NEW.tenant_id AND c.hash = NEW.bewijs
    AND (c.kwartaal + interval '3 months')::date + 28
      > (now() AT TIME ZONE 'Europe/Amsterdam')::date
    RETURNING c.kwartaal INTO k;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'ervaring_zonder_briefje' USING ERRCODE = '23514';
  END IF;
  NEW.kwartaal := k;
  NEW.bewijs := '';
  RETURN NEW;
END $$;
CREATE TRIGGER tenants_ervaring_briefje BEFORE INSERT ON tenants_ervaring
  FOR EACH ROW EXECUTE FUNCTION adviespunt.neem_ervaring();
CREATE FUNCTION adviespunt.bewaak_briefje() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'adviespunt_public' AND pg_trigger_depth() = 1 THEN
    RAISE EXCEPTION 'briefje_bij_ervaring' USING ERRCODE = '42501';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER tenants_ervaringscode_bewaking BEFORE DELETE ON tenants_ervaringscode
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_briefje();
"""
BEGIN_KWARTAAL = models.Q(kwartaal__day=1, kwartaal__month__in=[1, 4, 7, 10])


def base() -> list[tuple[str, Any]]:
    return [
        (
            "id",
            models.UUIDField(
                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
            ),
        ),
        (
            "tenant",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="tenants.tenant",
            ),
        ),
    ]


def readable(table: str, columns: tuple[str, ...], rows: str) -> list[str]:
    """The public role reads these columns of these rows."""
    return [
        *rls.policy(table, "openbaar", "public", "SELECT", rows),
        f"GRANT SELECT ({', '.join(columns)}) ON {table} TO adviespunt_public",
    ]


class Migration(migrations.Migration):
    dependencies = [("tenants", "0014_mensen")]

    operations = [
        migrations.CreateModel(
            name="OpenbaarDocument",
            fields=[
                *base(),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("onafhankelijkheid", "Onafhankelijkheidsstatuut"),
                            ("privacyreglement", "Privacyreglement"),
                            (
                                "meldcode",
                                "Meldcode huiselijk geweld en kindermishandeling",
                            ),
                            ("klachtenregeling", "Klachtenregeling over ons"),
                        ],
                        max_length=17,
                    ),
                ),
                ("versie", models.PositiveIntegerField()),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("CONCEPT", "Concept"),
                            ("VASTGESTELD", "Vastgesteld"),
                        ],
                        default="CONCEPT",
                        max_length=11,
                    ),
                ),
                ("tekst", models.TextField(blank=True, verbose_name="Tekst")),
                ("geldig_vanaf", models.DateField(verbose_name="Geldt vanaf")),
                (
                    "gewijzigd_op",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "door",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.medewerker",
                    ),
                ),
            ],
            options={
                "verbose_name": "openbaar document",
                "verbose_name_plural": "openbare documenten",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "soort", "versie"), name="document_versie"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stand", "CONCEPT")),
                        fields=("tenant", "soort"),
                        name="document_een_concept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            soort__in=[
                                *("onafhankelijkheid", "privacyreglement"),
                                *("meldcode", "klachtenregeling"),
                            ]
                        ),
                        name="document_soort_lijst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(stand="CONCEPT")
                        | models.Q(tekst__regex="\\S"),
                        name="document_compleet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ervaringscode",
            fields=[
                *base(),
                ("kwartaal", models.DateField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "ervaringscode",
                "verbose_name_plural": "ervaringscodes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "hash"), name="ervaringscode_eenmaal"
                    ),
                    models.CheckConstraint(
                        condition=BEGIN_KWARTAAL, name="ervaringscode_kwartaal"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ervaring",
            fields=[
                *base(),
                ("kwartaal", models.DateField()),
                (
                    "naast",
                    models.PositiveSmallIntegerField(
                        verbose_name="Iemand stond naast mij"
                    ),
                ),
                (
                    "gehoord",
                    models.PositiveSmallIntegerField(
                        verbose_name="Er werd naar mij geluisterd"
                    ),
                ),
                (
                    "verder",
                    models.PositiveSmallIntegerField(
                        verbose_name="Ik weet nu wat ik kan doen"
                    ),
                ),
                ("bewijs", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "verbose_name": "ervaring",
                "verbose_name_plural": "ervaringen",
                "indexes": [
                    models.Index(fields=["tenant", "kwartaal"], name="ervaring_per")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            naast__range=(1, 5),
                            gehoord__range=(1, 5),
                            verder__range=(1, 5),
                        ),
                        name="ervaring_punten",
                    ),
                    models.CheckConstraint(
                        condition=BEGIN_KWARTAAL, name="ervaring_kwartaal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(bewijs=""), name="ervaring_los"
                    ),
                ],
            },
        ),
        rls.isolate(
            "tenants_openbaardocument",
            rls.Grant("staff", select=True, insert=True, update=True),
        ),
        rls.isolate(
            "tenants_ervaringscode",
            # A colleague adds slips and clears away what is too old; she reads none.
            rls.Grant(
                "staff",
                select=("tenant_id", "kwartaal"),
                insert=True,
                delete=True,
                rows="kwartaal < current_date - 130",
                check=DIT_KWARTAAL,
            ),
            rls.Grant("public", select=("tenant_id", "kwartaal", "hash"), delete=True),
        ),
        rls.isolate(
            "tenants_ervaring",
            rls.Grant("staff", select=True, rows=LEIDT),
            rls.Grant("public", insert=True),
        ),
        rls.run(
            DOCUMENT,
            ERVARING,
            *readable(
                "tenants_tenant",
                ("id", "slug", "naam", "type", "status", "is_fictief", "stijl"),
                "(SELECT adviespunt.ctx('public')) IS NOT NULL"
                " AND status = 'ACTIEF' AND type <> 'regio'",
            ),
            *readable(
                "tenants_publiekepagina",
                ("id", "tenant_id", "versie", "stand", "gewijzigd_op", *TEKSTEN),
                f"stand = 'VASTGESTELD' AND {VAN_ACTIEVE}",
            ),
            *readable(
                "tenants_openbaardocument",
                (
                    *("id", "tenant_id", "soort", "versie", "stand", "tekst"),
                    "geldig_vanaf",
                ),
                f"stand = 'VASTGESTELD' AND {VAN_ACTIEVE}",
            ),
            *readable(
                "tenants_huisstijl",
                (
                    *("id", "tenant_id", "kleur", "merk"),
                    *("logo", "logo_breedte", "logo_hoogte"),
                ),
                "(tenant_id, merk) IN (SELECT t.id, t.stijl FROM tenants_tenant t)",
            ),
        ),
    ]
