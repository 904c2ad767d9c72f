"""Who looked in a dossier, in words; the record for the FG; looking is recorded."""

from __future__ import annotations

import ast
import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from adviespunt import embedded
from cases import spoorwoorden
from cases.models import Kwestie
from privacy.models import AuditEvent
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed, toegang
from tests.isolation.test_url_matrix import GET, KWESTIE, address, hang_on, places

__all__ = ["hang_on", "places"]
pytestmark = pytest.mark.django_db
LOG = "/logboek/"


def text(answer: Any) -> str:
    """The words of a page, without its markup."""
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(page.split())


def path(kwestie: Kwestie, what: str = "") -> str:
    return f"/t/arnhem/kwesties/{kwestie.pk}/{what}"


def events(gebeurtenis: str) -> list[AuditEvent]:
    with acting_as(Scope("zegel")):
        rows = AuditEvent.objects.filter(gebeurtenis=gebeurtenis)
        return list(rows.order_by("tijdstip"))


# ------------------------------------------------------------ who looked in a dossier


def test_s017_each_look_at_a_dossier_is_on_record_and_can_be_shown() -> None:
    """Date, name and role, what was done and why, in plain Dutch (NEN 7513)."""
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    people.browser("chantal").get(path(kwestie))
    people.browser("bram").get(path(kwestie))
    anna = people.browser("anna")
    anna.get(path(kwestie, "afdrukken/"))
    anna.get("/werk/")
    page = text(anna.get(path(kwestie, "wie-keek/")))
    today = timezone.localdate().strftime("%d-%m-%Y")
    assert page.index("bekeken om af te drukken") < page.index("Heeft de kwestie vast")
    assert "Chantal, teamleider Heeft de kwestie bekeken leiding van het team" in page
    assert "Bram, cliëntondersteuner Wilde de kwestie openen en mocht dat niet" in page
    assert "de eigen ondersteuner" in page
    assert f"Anna: 1 keer, op {today}" in page
    assert seed.NAAM not in page


def test_showing_it_is_itself_on_record() -> None:
    kwestie = seed.register()
    anna = people.browser("anna")
    anna.get(path(kwestie, "wie-keek/"))
    (event,) = events("wie_keek_getoond")
    assert (event.actor_id, event.onderwerp_ids) == (
        people.ident("anna"),
        [kwestie.pk],
    )
    assert "Heeft bekeken wie in het dossier keek" in text(
        anna.get(path(kwestie, "wie-keek/"))
    )


def test_another_dossier_is_not_in_it() -> None:
    one, other = seed.register(), seed.register()
    people.browser("chantal").get(path(other))
    assert "Chantal" not in text(people.browser("anna").get(path(one, "wie-keek/")))


@pytest.mark.parametrize("naam", ["bram", "chantal", "fatma", "dewi", "els", "gerard"])
def test_it_is_for_who_has_the_dossier_and_for_the_fg(naam: str) -> None:
    """A teamleider leads people; the record of whom they look at is the FG's."""
    kwestie = seed.register()
    assert people.browser(naam).get(path(kwestie, "wie-keek/")).status_code == 404


def test_the_fg_sees_who_looked_and_nothing_of_the_dossier() -> None:
    kwestie = seed.register(
        identiteitsstatus="BEKEND", naam=seed.NAAM, toelichting="Geheim verhaal"
    )
    frits = people.browser("frits")
    page = text(frits.get(path(kwestie, "wie-keek/")))
    assert kwestie.nummer in page
    assert "Heeft de kwestie vastgelegd" in page
    assert seed.NAAM not in page
    assert "Geheim" not in page
    assert frits.get(path(kwestie)).status_code == 404
    assert frits.get(f"/t/arnhem/kwesties/{uuid4()}/wie-keek/").status_code == 404


def test_who_stands_in_for_somebody_is_named_with_her() -> None:
    kwestie = seed.register()
    toegang.substitute()
    people.browser("bram").get(path(kwestie))
    page = text(people.browser("anna").get(path(kwestie, "wie-keek/")))
    assert "Heeft de kwestie bekeken vervangt de ondersteuner (Anna)" in page


# ---------------------------------------------------------------- the record of the FG


def test_the_fg_finds_by_person_kind_period_and_number() -> None:
    one, other = seed.register(), seed.register()
    people.browser("chantal").get(path(one))
    people.browser("bram").get(path(other))
    frits = people.browser("frits")
    page = text(frits.get(LOG))
    assert one.nummer in page
    assert other.nummer in page
    chantal = people.ident("chantal")
    page = text(frits.get(LOG, {"persoon": chantal, "soort": "INZAGE"}))
    assert one.nummer in page
    assert other.nummer not in page
    page = text(frits.get(LOG, {"soort": "GEWEIGERD"}))
    assert one.nummer not in page
    assert f"{other.nummer} –" in page or other.nummer in page
    page = text(frits.get(LOG, {"nummer": one.nummer.lower()}))
    assert other.nummer not in page
    assert one.nummer in page
    page = text(frits.get(LOG, {"van": "01-01-2020", "tot": "02-01-2020"}))
    assert "Niets gevonden" in page
    wrong = frits.get(LOG, {"van": "02-01-2020", "tot": "01-01-2020"})
    assert "Kies een dag op of na de eerste dag." in text(wrong)


def test_the_fg_sees_no_events_of_a_tenant_that_is_not_hers() -> None:
    there = seed.register("hanna", "wulpenhorst")
    here = seed.register()
    page = text(people.browser("frits").get(LOG))
    assert here.nummer in page
    assert there.nummer not in page
    assert "Hanna" not in page.partition("het nieuwste eerst")[2]


def test_a_list_over_two_tenants_shows_of_hers_the_numbers_only() -> None:
    here, there = seed.register("nadia"), seed.register("nadia", "wulpenhorst")
    people.browser("nadia").get("/kwesties/")
    page = text(people.browser("frits").get(LOG, {"soort": "LIJSTEN"}))
    assert here.nummer in page
    assert there.nummer not in page
    assert "2 onderwerpen" in page


def test_looking_at_the_record_and_taking_it_out_are_on_record() -> None:
    frits = people.browser("frits")
    frits.get(LOG, {"persoon": people.ident("anna"), "soort": "INZAGE"})
    frits.get(f"{LOG}csv/")
    frits.get(f"{LOG}opvallend/")
    (looked,) = events("logboek_ingezien")
    assert looked.actor_id == people.ident("frits")
    assert looked.extra["persoon"] == str(people.ident("anna"))
    assert looked.extra["soort"] == "INZAGE"
    assert len(events("logboek_geexporteerd")) == 1
    assert len(events("opvallend_ingezien")) == 1
    assert "Heeft het logboek als bestand gehaald" in text(
        frits.get(LOG, {"soort": "LOGBOEK"})
    )


def test_the_file_has_the_same_events_and_no_formulas(monkeypatch: Any) -> None:
    kwestie = seed.register()
    monkeypatch.setitem(spoorwoorden.GRONDEN, "toegewezen", "=1+1")
    answer = people.browser("frits").get(f"{LOG}csv/")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    reader = csv.DictReader(
        io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"
    )
    rows = [row for row in reader if kwestie.nummer in row["nummers"]]
    assert rows
    assert {row["waarom"] for row in rows} == {"'=1+1"}
    assert all(row["wie"] == "Anna" for row in rows)


def test_the_pages_of_the_record_go_on_where_they_stopped() -> None:
    for _ in range(60):
        with acting_as(people.wie("anna").scope(1)):
            AuditEvent(
                tenant_id=1,
                actor_id=people.ident("anna"),
                rol="staff",
                gebeurtenis="proef_gedaan",
                onderwerp="proef",
                onderwerp_ids=[],
            ).save(force_insert=True)
    frits = people.browser("frits")
    first = frits.get(LOG, {"persoon": people.ident("anna")})
    (more,) = re.findall(r'href="(\?[^"]+)" rel="next"', first.content.decode())
    second = frits.get(LOG + more.replace("&amp;", "&"))
    assert first.content.decode().count("Proef gedaan") == 50
    assert second.content.decode().count("Proef gedaan") == 10


def test_the_reader_works_with_an_index_behind_the_wall() -> None:
    """Looking up one dossier does not read the record of the whole tenant."""
    with acting_as(Scope("audit", people.ident("frits"), (1,))):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT 1 FROM privacy_auditevent WHERE tenant_id = 1"
                " AND onderwerp_ids[1] = gen_random_uuid()"
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())
    assert re.search(r"Index Cond: .*onderwerp_ids\[1\]", plan) or re.search(
        r"Index Cond: .*tenant_id = 1", plan
    )


# -------------------------------------------------------- every page, and every event


NAMED = ("anna", "chantal", "bram", "nadia", "hanna", "frits", "dewi", "els", "teun")


def canaries(kwestie_id: UUID) -> list[str]:
    """Texts of one kwestie; whoever gets them on a page has seen the dossier."""
    with acting_as(people.wie("anna").scope(1)):
        kwestie = Kwestie.objects.get(pk=kwestie_id)
        kwestie.kernvraag = "Kanariekernvraag"
        kwestie.toelichting = "Kanarietoelichting"
        kwestie.save(update_fields=["kernvraag_v", "toelichting_v"])
        numbers = list(Kwestie.objects.values_list("nummer", flat=True))
    return ["Kanarie", *numbers]


def test_every_page_that_shows_client_data_leaves_an_event(
    places: dict[str, UUID], monkeypatch: Any
) -> None:
    """The urlconf as somebody who may: a number or text on the page is on record."""
    texts = canaries(places["cases"])
    made: list[str] = []
    real = AuditEvent.save

    def save(self: AuditEvent, **kwargs: Any) -> None:
        real(self, **kwargs)
        made.append(self.gebeurtenis)

    monkeypatch.setattr(AuditEvent, "save", save)
    silent, seen = [], set()
    for naam in NAMED:
        browser = people.browser(naam)
        for name, allowed in GET.items():
            if naam not in allowed or (name in seen and naam not in KWESTIE):
                continue
            made.clear()
            answer = browser.get(address(name, places))
            body = b"" if answer.streaming else answer.content
            for close in answer._resource_closers:  # the PDF
                close()
            if any(one in body.decode(errors="ignore") for one in texts):
                seen.add(name)
                if not made:
                    silent.append((name, naam))
    assert silent == [], silent
    assert {"cases:kwestie", "cases:lijst", "cases:afdrukken", "cases:logboek"} <= seen


def names_in(source: str) -> set[str]:
    """Names of events in a logboek module: the first text of each call."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return {name for name in found if re.fullmatch(r"[a-z]+(_[a-z]+)+", name)}


def test_words_of_the_record_are_about_events_there_are() -> None:
    sources = [
        *embedded.ROOT.glob("*/logboek*.py"),
        *embedded.ROOT.glob("cases/logboek/*.py"),
        *embedded.ROOT.glob("tenants/beheer/*.py"),
        embedded.ROOT / "tenants/management/commands/audit_opruimen.py",
    ]
    names = set().union(*(names_in(p.read_text("utf-8")) for p in sources))
    names |= {"aangemeld", "afgemeld", "gezocht", "toegang_geweigerd", "pagina_mislukt"}
    kinds = {n for _w, codes in spoorwoorden.SOORTEN.values() for n in codes or ()}
    later = {"rapportage_gedownload"}
    assert set(spoorwoorden.GEBEURTENISSEN) - names == set()
    assert kinds - names - later == set()
    assert spoorwoorden.gebeurtenis("stap_gepland") == "Stap gepland"
    assert spoorwoorden.functie("TEAMLEIDER+FG") == (
        "Teamleider, Functionaris gegevensbescherming"
    )


def test_who_signed_in_wrongly_is_found_by_the_account() -> None:
    with acting_as(Scope("public")):
        AuditEvent(
            rol="public",
            gebeurtenis="aanmelden_geweigerd",
            onderwerp="account",
            onderwerp_ids=[people.ident("anna")],
            uitkomst="geweigerd",
        ).save(force_insert=True)
    frits = people.browser("frits")
    asked = {"persoon": people.ident("anna"), "soort": "AANMELDEN"}
    page = text(frits.get(LOG, asked))
    assert "Iemand die niet was aangemeld Kon zich niet aanmelden – Anna" in page
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "Niets gevonden" in text(frits.get(LOG, {"van": f"{tomorrow:%d-%m-%Y}"}))


def test_a_kwestie_in_whatever_list_is_found_again_by_who_asks_who_looked() -> None:
    """An event of many kwesties is searched through; one of one kwestie is not."""
    of_one = {"wie_keek_getoond", "afgeschermd_getoond"}
    of_none = {"nevenbelangen_getoond", "cijfers_getoond"}
    sources = (embedded.ROOT / "cases/logboek").glob("*.py")
    names = set().union(*(names_in(p.read_text("utf-8")) for p in sources))
    lists = {name for name in names if name.endswith("_getoond")} - of_one - of_none
    assert lists <= set(spoorwoorden.LIJSTEN)
    assert {"dag_getoond", "team_getoond"} <= lists
