"""What everybody reads of a tenant: established versions, and nothing else (S4, S165)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tenants.access import Refused, Wie
from tenants.beheer import BeheerFout, pagina
from tenants.beheer.documenten import documents, establish_document, save_document
from tenants.diensten import DIENSTEN, GRONDSLAG
from tenants.models import Opdracht, OpenbaarDocument, Publiekepagina, Tenant
from tenants.scope import Scope, acting_as
from tests import people

pytestmark = pytest.mark.django_db
STATUUT = "/adviespunt/arnhem/onafhankelijkheid/"
MORGEN = timedelta(days=1)


@contextmanager
def as_(naam: str, tenant_id: int = 1) -> Iterator[Wie]:
    wie = people.wie(naam)
    with acting_as(wie.scope(tenant_id)):
        yield wie


def publish(tekst: str, tenant_id: int = 1, **more: str) -> None:
    teksten = {**dict.fromkeys(Publiekepagina.TEKSTEN, tekst), **more}
    with as_("dewi", tenant_id) as dewi:
        pagina.save_draft(actor=dewi, tenant_id=tenant_id, teksten=teksten)
        pagina.establish(actor=dewi, tenant_id=tenant_id)


def statuut(tekst: str, vanaf: date, *, establish: bool = True) -> None:
    about: dict[str, Any] = {"tenant_id": 1, "soort": "onafhankelijkheid"}
    with as_("dewi") as dewi:
        save_document(actor=dewi, tekst=tekst, geldig_vanaf=vanaf, **about)
        if establish:
            establish_document(actor=dewi, **about)


def read(path: str, naam: str | None = None, status: int = 200) -> str:
    response = people.browser(naam).get(path)
    assert response.status_code == status, path
    return str(response.content.decode())


def draft(tekst: str) -> None:
    with as_("dewi") as dewi:
        teksten = dict.fromkeys(Publiekepagina.TEKSTEN, tekst)
        pagina.save_draft(actor=dewi, tenant_id=1, teksten=teksten)


# ------------------------------------------------------------------------- the page


def test_s165_the_page_says_who_pays_and_what_that_means() -> None:
    publish("Bel 026 123.", wie_betaalt="De gemeente Arnhem betaalt ons.")
    body = read("/adviespunt/arnhem/")
    for text in (
        *("De gemeente Arnhem betaalt ons.", "Bel 026 123.", "Wat kost het?"),
        *("Wij zijn onafhankelijk", "Wij houden geheim wat u vertelt"),
        *("Een klacht over ons", "/openbaar/?opdrachtgever=arnhem", "/privacy"),
        "/toegankelijkheid",
    ):
        assert text in body, text


def test_s002_the_page_says_by_which_law_each_dienst_is_there() -> None:
    publish("Wij zijn er.")
    page = read("/adviespunt/arnhem/")
    cso = "Onafhankelijke cliëntondersteuning sociaal domein"
    assert f"{cso}: Wet maatschappelijke ondersteuning 2015" in page
    assert "Jeugdwet, artikel" not in page
    with as_("dewi"):
        mine = Opdracht.objects.filter(tenant_id=1)
        mine.update(diensten=["OCO_WLZ", "VP_JEUGD", "CVP_WZD"])
    page = read("/adviespunt/arnhem/")
    for law in ("Wet langdurige zorg", "artikelen 2.6 en 4.1.9", "artikel 57"):
        assert law in page
    assert "Wmo" not in page.partition('id="wet"')[2].partition("<h2")[0]
    with as_("dewi"):
        mine.update(tot=timezone.localdate() - timedelta(days=1))
    assert 'id="wet"' not in read("/adviespunt/arnhem/")
    assert list(GRONDSLAG) == list(DIENSTEN)


def test_s092_the_page_says_that_we_do_not_handle_complaints() -> None:
    publish("Een tekst.")
    assert "Wij behandelen uw klacht niet zelf, wij helpen u" in read(
        "/adviespunt/arnhem/"
    )


def test_s048_the_page_says_that_help_is_free() -> None:
    publish("Een tekst.", gratis="U betaalt niets.")
    body = read("/adviespunt/arnhem/")
    assert "Gratis, en u hoeft uw naam niet te noemen." in body
    assert "U betaalt niets." in body


def test_s161_every_way_in_shows_whom_to_call_at_night() -> None:
    publish("Een tekst.")
    for path in ("/", "/adviespunt/", "/adviespunt/arnhem/"):
        body = read(path)
        assert "112" in body and "0800-0113" in body and "0800-2000" in body


def test_a_draft_is_nobodys_business_until_it_is_established() -> None:
    draft("Nog niet af.")
    assert read("/adviespunt/arnhem/", status=404)
    publish("Eerste tekst.")
    draft("Nog niet af.")
    for naam in (None, "anna", "dewi", "gerard"):
        body = read("/adviespunt/arnhem/", naam)
        assert "Eerste tekst." in body
        assert "Nog niet af." not in body
    assert read("/adviespunt/arnhem/versie/2/", status=404)
    assert "Nog niet af." in read("/t/arnhem/beheer/pagina/voorbeeld/", "dewi")


def test_an_older_version_stays_readable_and_says_it_is_old() -> None:
    publish("Eerste tekst.")
    publish("Tweede tekst.")
    old = read("/adviespunt/arnhem/versie/1/")
    assert "Eerste tekst." in old
    assert "Dit is een oude tekst: versie 1" in old
    assert "Dit is een oude tekst" not in read("/adviespunt/arnhem/versie/2/")
    assert read("/adviespunt/arnhem/versie/3/", status=404)


def test_s076_a_visitor_finds_an_adviespunt_by_the_name_of_the_gemeente() -> None:
    publish("Een tekst.")
    assert "/adviespunt/wulpenhorst/" not in read("/adviespunt/")  # has no page
    publish("Een tekst.", 2)
    found = read("/adviespunt/?zoek=arnh")
    assert "/adviespunt/arnhem/" in found
    assert "/adviespunt/wulpenhorst/" not in found
    assert "Niet gevonden" in read("/adviespunt/?zoek=nergenshuizen")


def test_s158_s171_everybody_reads_what_we_are_and_who_must_cooperate() -> None:
    body = read("/adviespunt/wat-is-clientondersteuning/")
    assert "Aan vier dingen herkent u onafhankelijke cliëntondersteuning." in body
    assert "verplicht om mee te werken" in body


def test_what_ended_is_not_shown_any_more() -> None:
    publish("Een tekst.")
    with acting_as(Scope("public")):
        assert [t.slug for t in Tenant.objects.only("slug")] == [
            "arnhem",
            "wulpenhorst",
        ]
    with as_("dewi"), connection.cursor() as cursor:
        cursor.execute("UPDATE tenants_opdracht SET tot = '2020-01-01'")
        cursor.execute("UPDATE tenants_tenant SET status = 'BEEINDIGD' WHERE id = 1")
    assert read("/adviespunt/arnhem/", status=404)
    assert "/adviespunt/arnhem/" not in read("/adviespunt/")


def test_typed_markup_is_text() -> None:
    publish("<script>alert(1)</script> mail ons@x.example")
    body = read("/adviespunt/arnhem/")
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;" in body
    assert 'href="mailto:ons@x.example"' in body


# -------------------------------------------------------------------- the documents


def test_s004_a_visitor_sees_the_statuut_that_holds_and_from_when() -> None:
    today = timezone.localdate()
    publish("Een tekst.")
    assert read(STATUUT, status=404)
    statuut("Alleen uw belang telt.", today)
    statuut("Vanaf morgen anders.", today + MORGEN)
    body = read(STATUUT)
    assert "Alleen uw belang telt." in body
    assert "Vanaf morgen anders." not in body
    assert "Versie 1, geldt vanaf" in body
    later = read(f"{STATUUT}2/")
    assert "Vanaf morgen anders." in later
    assert "Deze versie geldt nog niet." in later
    assert STATUUT in read("/adviespunt/arnhem/")


def test_a_document_does_not_count_from_a_day_that_is_past() -> None:
    today = timezone.localdate()
    with pytest.raises(BeheerFout, match="al voorbij"):
        statuut("Een tekst.", today - MORGEN)
    statuut("Een tekst.", today + 2 * MORGEN)
    with pytest.raises(BeheerFout, match="geldt pas later"):
        statuut("Een andere tekst.", today + MORGEN)
    with pytest.raises(BeheerFout, match="Vul de tekst in"):
        statuut(" ", today + 3 * MORGEN)


def test_postgresql_holds_documents_as_well() -> None:
    today = timezone.localdate()
    statuut("Een tekst.", today)
    statuut("Concept.", today - MORGEN, establish=False)
    for wrong, sql in (
        ("document_staat_vast", "SET tekst = 'Anders' WHERE versie = 1"),
        ("document_staat_vast", "SET stand = 'CONCEPT' WHERE versie = 1"),
        ("document_niet_terug", "SET stand = 'VASTGESTELD' WHERE versie = 2"),
    ):
        with as_("dewi"), pytest.raises(DatabaseError, match=wrong):
            with transaction.atomic():
                execute(f"UPDATE tenants_openbaardocument {sql}")
    with as_("chantal"), pytest.raises(DatabaseError, match="door_beheer"):
        with transaction.atomic():
            execute("UPDATE tenants_openbaardocument SET tekst = 'x' WHERE versie = 2")


def test_only_who_administers_writes_documents() -> None:
    with as_("chantal") as chantal, pytest.raises(Refused):
        save_document(
            actor=chantal,
            tenant_id=1,
            soort="meldcode",
            tekst="x",
            geldig_vanaf=timezone.localdate(),
        )


def test_the_form_begins_with_an_example_and_keeps_what_was_wrong() -> None:
    browser = people.browser("dewi")
    path = "/t/arnhem/beheer/documenten/meldcode/"
    assert "vijf stappen" in browser.get(path).content.decode()
    sent = {"tekst": "Zo doen wij het.", "geldig_vanaf": "01-01-2020"}
    refused = browser.post(path, {**sent, "vaststellen": "1"})
    assert refused.status_code == 422
    assert "al voorbij" in refused.content.decode()
    assert browser.post(path, {**sent, "geldig_vanaf": "vandaag"}).status_code == 302
    with as_("dewi"):
        (kept,) = documents(1, "meldcode")
    assert (kept.stand, kept.tekst) == ("CONCEPT", "Zo doen wij het.")


# ---------------------------------------------------------------- the public role


def execute(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None


def test_the_public_role_reads_established_rows_and_shown_columns_only() -> None:
    publish("Vast.")
    draft("Concept.")
    statuut("Vast.", timezone.localdate())
    statuut("Concept.", timezone.localdate(), establish=False)
    with acting_as(Scope("public")):
        assert execute("SELECT versie, gratis FROM tenants_publiekepagina") == [
            (1, "Vast.")
        ]
        assert execute("SELECT tekst FROM tenants_openbaardocument") == [("Vast.",)]
        for sql in (
            "SELECT door_id FROM tenants_publiekepagina",
            "SELECT * FROM tenants_openbaardocument",
            "SELECT gewijzigd_op FROM tenants_openbaardocument",
            "SELECT kvk FROM tenants_tenant",
            "SELECT door_id FROM tenants_huisstijl",
            "SELECT drempel_openbaar FROM tenants_opdracht",
            "UPDATE tenants_publiekepagina SET gratis = 'x'",
            "DELETE FROM tenants_openbaardocument",
            "INSERT INTO tenants_publiekepagina (id) VALUES (gen_random_uuid())",
        ):
            with pytest.raises(DatabaseError, match="permission denied"):
                with transaction.atomic():
                    execute(sql)


def test_a_look_that_is_not_used_is_not_public() -> None:
    publish("Een tekst.")
    with as_("dewi"):
        execute(
            "INSERT INTO tenants_huisstijl (id, tenant_id, kleur, merk, door_id,"
            " logo_breedte, logo_hoogte, gemaakt_op) SELECT gen_random_uuid(), 1,"
            f" '#0b5a72', m, '{people.ident('dewi')}', 0, 0, now()"
            " FROM unnest(ARRAY['aaaa', 'bbbb']) m"
        )
        Tenant.objects.filter(pk=1).update(stijl="aaaa")
    assert "/adviespunt/arnhem/stijl/aaaa.css" in read("/adviespunt/arnhem/")
    assert ".thema-tenant" in read("/adviespunt/arnhem/stijl/aaaa.css")
    assert read("/adviespunt/arnhem/stijl/bbbb.css", status=404)
    with acting_as(Scope("public")):
        assert execute("SELECT merk FROM tenants_huisstijl") == [("aaaa",)]


def test_every_kind_of_document_has_a_text_to_begin_with() -> None:
    browser = people.browser("dewi")
    for soort in OpenbaarDocument.Soort.values:
        page = browser.get(f"/t/arnhem/beheer/documenten/{soort}/")
        assert "Dit is een voorbeeld om mee te beginnen." in page.content.decode()
