"""Finding and putting right: tokens to search by, who somebody is, what was undone.

The ways between knowing and not knowing a client (model.md §2.4, S19, S20) and privacy
information before support (S22) are triggers here; cases.services says them first.
"""

from __future__ import annotations

import uuid
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from tenants import rls

CLIENTS = ("cases_privacyinformatie", "cases_zoekteken")
KWESTIES = ("cases_correctie", "cases_doorgeleiding")


def add_only(table: str) -> rls.Grant:
    """Rows that nobody changes or takes away."""
    return rls.Grant("staff", select=True, insert=True, scope="cases")


IDENTITEIT = """
CREATE FUNCTION adviespunt.bewaak_client() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.identiteitsstatus <> OLD.identiteitsstatus
     AND (OLD.identiteitsstatus, NEW.identiteitsstatus) NOT IN (
       ('BEKEND', 'ANON_ZORG'), ('ANON_ZORG', 'BEKEND'),
       ('BEKEND', 'GEANON'), ('ANON_ZORG', 'GEANON')) THEN
    RAISE EXCEPTION 'client_identiteit: % -> %',
      OLD.identiteitsstatus, NEW.identiteitsstatus USING ERRCODE = '23514';
  END IF;
  -- Who is anonymous is found by no name.
  IF NEW.identiteitsstatus = 'GEANON' THEN
    DELETE FROM cases_zoekteken
    WHERE tenant_id = NEW.tenant_id AND client_id = NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_client_bewaking BEFORE UPDATE ON cases_client
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_client();

CREATE FUNCTION adviespunt.bewaak_zoekteken() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM cases_client WHERE tenant_id = NEW.tenant_id
             AND id = NEW.client_id AND identiteitsstatus = 'GEANON') THEN
    RAISE EXCEPTION 'zoekteken_van_anonieme_client' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_zoekteken_bewaking BEFORE INSERT ON cases_zoekteken
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_zoekteken();

CREATE FUNCTION adviespunt.bewaak_identiteit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.identiteitsstatus <> OLD.identiteitsstatus THEN
    IF (OLD.identiteitsstatus, NEW.identiteitsstatus) NOT IN (
       ('ANONIEM', 'BEKEND'), ('ANONIEM', 'ANON_ZORG'),
       ('BEKEND', 'ANON_ZORG'), ('ANON_ZORG', 'BEKEND'),
       ('BEKEND', 'ANONIEM'), ('ANON_ZORG', 'ANONIEM'),
       ('BEKEND', 'GEANON'), ('ANON_ZORG', 'GEANON')) THEN
      RAISE EXCEPTION 'kwestie_identiteit: % -> %',
        OLD.identiteitsstatus, NEW.identiteitsstatus USING ERRCODE = '23514';
    END IF;
    -- A register may say that its own row was anonymous all along.
    IF (NEW.identiteitsstatus = 'GEANON'
        OR NEW.identiteitsstatus = 'ANONIEM' AND NEW.bron <> 'IMPORT')
       AND NEW.geanonimiseerd_op IS NOT DISTINCT FROM OLD.geanonimiseerd_op THEN
      RAISE EXCEPTION 'kwestie_anoniem_zonder_wissen' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF NEW.geanonimiseerd_op IS DISTINCT FROM OLD.geanonimiseerd_op THEN
    IF NEW.geanonimiseerd_op IS NULL THEN
      RAISE EXCEPTION 'kwestie_anoniem_blijft' USING ERRCODE = '23514';
    END IF;
    IF NEW.kernvraag_v IS NOT NULL OR NEW.gewenste_oplossing_v IS NOT NULL
       OR NEW.toelichting_v IS NOT NULL OR NEW.resultaat_toelichting_v IS NOT NULL
       OR NEW.extern_rij IS NOT NULL OR coalesce(NEW.doel_client_v, '–') <> '–' THEN
      RAISE EXCEPTION 'kwestie_anoniem_met_tekst' USING ERRCODE = '23514';
    END IF;
  END IF;
  -- S22: who is supported by name knows what happens with what we know.
  IF NEW.status = 'IN_ONDERSTEUNING' AND NEW.bron <> 'IMPORT'
     AND OLD.status IN ('NIEUW', 'TOEGEWEZEN', 'HEROPEND')
     AND NEW.identiteitsstatus IN ('BEKEND', 'ANON_ZORG')
     AND NOT EXISTS (SELECT FROM cases_privacyinformatie
       WHERE tenant_id = NEW.tenant_id AND client_id = NEW.client_id) THEN
    RAISE EXCEPTION 'kwestie_privacyinformatie' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_kwestie_identiteit BEFORE UPDATE ON cases_kwestie
  FOR EACH ROW EXECUTE FUNCTION adviespunt.bewaak_identiteit();
"""


# A kwestie is registered as TOEGEWEZEN, so from there too it can go on elsewhere.
OVERGANG = """
CREATE OR REPLACE FUNCTION adviespunt.kwestie_overgang(van text, naar text)
RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (van, naar) IN (
  ('NIEUW', 'TOEGEWEZEN'), ('NIEUW', 'AFGEROND'), ('NIEUW', 'DOORGELEID'),
  ('TOEGEWEZEN', 'IN_ONDERSTEUNING'), ('TOEGEWEZEN', 'AFGEROND'),
  ('TOEGEWEZEN', 'DOORGELEID'),
  ('IN_ONDERSTEUNING', 'WACHT_CLIENT'), ('IN_ONDERSTEUNING', 'WACHT_DERDEN'),
  ('WACHT_CLIENT', 'IN_ONDERSTEUNING'), ('WACHT_DERDEN', 'IN_ONDERSTEUNING'),
  ('IN_ONDERSTEUNING', 'AFGEROND'), ('WACHT_CLIENT', 'AFGEROND'),
  ('WACHT_DERDEN', 'AFGEROND'), ('AFGEROND', 'HEROPEND'),
  ('HEROPEND', 'IN_ONDERSTEUNING'), ('AFGEROND', 'GEANONIMISEERD'),
  ('GEANONIMISEERD', 'VERNIETIGD')
);
"""

# What is laid down does not change; it can be wiped when a client becomes anonymous.
WISSEN = """
CREATE FUNCTION adviespunt.alleen_wissen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  n record;
BEGIN
  FOR n IN SELECT key, value FROM jsonb_each_text(to_jsonb(NEW))
    WHERE key LIKE '%#_v' ESCAPE '#' LOOP
    IF n.value IS DISTINCT FROM was ->> n.key AND n.value <> '–' THEN
      RAISE EXCEPTION 'tekst_alleen_wissen' USING ERRCODE = '23514';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_toestemming_wissen
  BEFORE UPDATE OF ontvanger_naam_v, onderwerp_v ON cases_toestemming
  FOR EACH ROW EXECUTE FUNCTION adviespunt.alleen_wissen();
GRANT UPDATE (ontvanger_naam_v, onderwerp_v) ON cases_toestemming TO adviespunt_staff;
"""


def key(to: str, **options: Any) -> Any:
    """A foreign key without index of its own; between tables of tenants the pair of
    tenant and id is the key (composite_key below).
    """
    options.setdefault("on_delete", django.db.models.deletion.PROTECT)
    return models.ForeignKey(to=to, db_index=False, **options)


def pair(to: str, **options: Any) -> Any:
    return key(to, db_constraint=False, **options)


def base() -> list[tuple[str, Any]]:
    return [
        (
            "id",
            models.UUIDField(
                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("tenant", key("tenants.tenant")),
    ]


def written() -> list[tuple[str, Any]]:
    return [
        ("medewerker", key("tenants.medewerker", null=True)),
        ("aangemaakt_op", models.DateTimeField(default=django.utils.timezone.now)),
    ]


CASCADE = django.db.models.deletion.CASCADE
ISOLATED = ("cases_privacyinformatie", "cases_samenvoeging", *KWESTIES)
WIJZEN = [
    ("MONDELING", "Mondeling verteld"),
    ("PAPIER", "Op papier gegeven"),
    ("EMAIL", "Per e-mail gestuurd"),
    ("WEBSITE", "Gewezen op de website"),
]
REDENEN = [
    ("SPOED", "Het had nu te veel haast"),
    ("KON_NIET", "De cliënt kon het nu niet volgen"),
    ("WIL_NIET", "De cliënt wil er niet over praten"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_toegang"), ("tenants", "0002_isolatie")]

    operations = [
        migrations.RemoveConstraint(model_name="client", name="client_geanon_leeg"),
        migrations.AddField(
            model_name="client",
            name="geboortejaar_v",
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                name="client_geanon_leeg",
                condition=~models.Q(identiteitsstatus="GEANON")
                | models.Q(
                    naam_v__isnull=True,
                    telefoon_v__isnull=True,
                    email_v__isnull=True,
                    adres_v__isnull=True,
                    geboortejaar_v__isnull=True,
                    extern_code__isnull=True,
                    leeftijdsklasse="ONB",
                ),
            ),
        ),
        migrations.AddField(
            model_name="kwestie",
            name="geanonimiseerd_op",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="PrivacyInformatie",
            fields=[
                *base(),
                ("client", pair("cases.client", related_name="privacyinformatie")),
                ("versie", models.CharField(blank=True, max_length=20)),
                (
                    "wijze",
                    models.CharField(blank=True, choices=WIJZEN, max_length=9),
                ),
                ("datum", models.DateField(null=True)),
                (
                    "reden",
                    models.CharField(blank=True, choices=REDENEN, max_length=8),
                ),
                *written(),
            ],
            options={
                "verbose_name": "privacyinformatie",
                "verbose_name_plural": "privacyinformatie",
                "indexes": [
                    models.Index(fields=["tenant", "client"], name="privacyinfo_client")
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="privacyinfo_wijze_of_reden",
                        condition=(
                            models.Q(wijze__in=[code for code, _label in WIJZEN])
                            & ~models.Q(versie="")
                            & models.Q(datum__isnull=False, reden="")
                        )
                        | models.Q(
                            reden__in=[code for code, _label in REDENEN],
                            wijze="",
                            versie="",
                            datum__isnull=True,
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Zoekteken",
            fields=[
                *base(),
                (
                    "client",
                    pair("cases.client", on_delete=CASCADE, related_name="zoektekens"),
                ),
                ("teken", models.CharField(max_length=17)),
            ],
            options={
                "verbose_name": "zoekteken",
                "verbose_name_plural": "zoektekens",
                "indexes": [
                    models.Index(fields=["tenant", "client"], name="zoekteken_client")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "teken", "client"], name="zoekteken_eenmaal"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Samenvoeging",
            fields=[
                *base(),
                ("blijft", pair("cases.client", related_name="+")),
                ("vervalt", pair("cases.client", related_name="+")),
                (
                    "kwestie_ids",
                    django.contrib.postgres.fields.ArrayField(models.UUIDField()),
                ),
                (
                    "ongedaan_van",
                    pair("cases.samenvoeging", null=True, related_name="ongedaan"),
                ),
                *written(),
            ],
            options={
                "verbose_name": "samenvoeging",
                "verbose_name_plural": "samenvoegingen",
                "indexes": [
                    models.Index(
                        fields=["tenant", "blijft"], name="samenvoeging_blijft"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "id"], name="samenvoeging_tenant_id"
                    ),
                    models.UniqueConstraint(
                        fields=["tenant", "ongedaan_van"],
                        name="samenvoeging_eenmaal_ongedaan",
                    ),
                    models.CheckConstraint(
                        name="samenvoeging_twee_clienten",
                        condition=~models.Q(blijft=models.F("vervalt")),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correctie",
            fields=[
                *base(),
                (
                    "kwestie",
                    pair("cases.kwestie", on_delete=CASCADE, related_name="correcties"),
                ),
                ("veld", models.CharField(max_length=10)),
                ("was", models.CharField(max_length=10)),
                ("werd", models.CharField(max_length=10)),
                ("is_gerapporteerd", models.BooleanField()),
                *written(),
            ],
            options={
                "verbose_name": "correctie",
                "verbose_name_plural": "correcties",
                "indexes": [
                    models.Index(fields=["tenant", "kwestie"], name="correctie_kwestie")
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="correctie_veld",
                        condition=models.Q(veld__in=["soort", "aard"]),
                    ),
                    models.CheckConstraint(
                        name="correctie_verschil",
                        condition=~models.Q(was=models.F("werd")),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Doorgeleiding",
            fields=[
                *base(),
                (
                    "kwestie",
                    pair(
                        "cases.kwestie",
                        on_delete=CASCADE,
                        related_name="doorgeleidingen",
                    ),
                ),
                ("naar", key("tenants.tenant", related_name="+")),
                ("is_met_toestemming", models.BooleanField()),
                *written(),
            ],
            options={
                "verbose_name": "doorgeleiding",
                "verbose_name_plural": "doorgeleidingen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "kwestie"], name="doorgeleiding_eenmaal"
                    )
                ],
            },
        ),
        *(rls.isolate(table, add_only(table)) for table in ISOLATED),
        rls.isolate(
            "cases_zoekteken",
            rls.Grant("staff", select=True, insert=True, delete=True, scope="cases"),
        ),
        *(rls.composite_key(table, "client_id", "cases_client") for table in CLIENTS),
        *(
            rls.composite_key("cases_samenvoeging", column, "cases_client")
            for column in ("blijft_id", "vervalt_id")
        ),
        rls.composite_key(
            "cases_samenvoeging", "ongedaan_van_id", "cases_samenvoeging"
        ),
        *(
            rls.composite_key(table, "kwestie_id", "cases_kwestie")
            for table in KWESTIES
        ),
        rls.run(IDENTITEIT, OVERGANG, WISSEN),
    ]
