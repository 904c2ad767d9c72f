"""Hoor en wederhoor, sentence by sentence (rapportage.md §3.4), and who is reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import Error, transaction
from django.utils import timezone

from privacy.models import AuditEvent
from signalering import herinneren, lifecycle
from signalering.documents import document_for
from signalering.lifecycle import RapportageError
from signalering.models import (
    Bestand,
    Druk,
    Herinnering,
    Onjuistheid,
    Opmerking,
    Publicatie,
    Rapportage,
    Reactie,
    Status,
)
from signalering.post import bericht
from signalering.report import render_html
from signalering.storage import path_of
from tenants.access import Refused
from tenants.jobs import run_job
from tenants.models import Job, Opdracht, Tenant
from tenants.scope import Scope, acting_as
from tenants.services import grant_membership
from tests import people
from tests.conftest import undone
from tests.signalering import maken

TODAY = timezone.localdate()
FOUT: dict[str, Any] = {
    "onderdeel": "aard",
    "tekst": "De zorglijn heet sinds dit jaar anders.",
    "functie": "beleidsadviseur",
}


@pytest.fixture(scope="module")
def aangeboden(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[UUID]:
    """A report of Arnhem that the commissioning party can read; nothing is printed."""
    with django_db_blocker.unblock(), undone():
        maken.fill()
        pk = maken.figures_only()
        maken.offer(pk)
        yield pk


@pytest.fixture(autouse=True)
def own_copy(aangeboden: UUID, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.RAPPORT_ROOT = tmp_path
    with undone():
        yield


def as_person(naam: str, verb: Any, pk: UUID, **fields: Any) -> Any:
    with acting_as(people.wie(naam).scope(1)):
        return verb(actor=people.wie(naam), tenant_id=1, pk=pk, **fields)


def discussed(pk: UUID) -> None:
    for naam, verb in (
        ("chantal", "open_bespreking"),
        ("chantal", "leg_bespreking_vast"),
    ):
        maken.act(naam, verb, pk, printing=False, **maken.fields_for(verb))


def test_the_reaction_term_is_28_days(aangeboden: UUID) -> None:
    row = maken.row(aangeboden)
    assert row.reactie_tot == timezone.localdate() + timedelta(days=28)


# ------------------------------------------------------- mistakes of fact


def test_who_commissions_points_out_a_mistake_and_reads_the_reasoned_decision(
    aangeboden: UUID,
) -> None:
    fout = as_person("gerard", lifecycle.point_out, aangeboden, **FOUT)
    url = f"/t/arnhem/rapportages/{aangeboden}/"
    waits = people.browser("gerard").get(url).content.decode()
    assert FOUT["tekst"] in waits
    assert "nog niet besloten" in waits
    as_person(
        "chantal",
        lifecycle.decide,
        aangeboden,
        onjuistheid_id=fout.pk,
        besluit="NIET_OVERGENOMEN",
        motivering="In deze periode gold de oude naam nog.",
    )
    for naam in ("gerard", "chantal"):
        page = people.browser(naam).get(url).content.decode()
        assert "In deze periode gold de oude naam nog." in page


def test_a_decision_needs_a_reason_and_is_taken_once(aangeboden: UUID) -> None:
    fout = as_person("gerard", lifecycle.point_out, aangeboden, **FOUT)
    about = {"onjuistheid_id": fout.pk, "besluit": "OVERGENOMEN"}
    with pytest.raises(RapportageError, match="schrijf op waarom"):
        as_person("chantal", lifecycle.decide, aangeboden, motivering=" ", **about)
    with pytest.raises(Refused):
        as_person("anna", lifecycle.decide, aangeboden, motivering="Klopt.", **about)
    as_person("chantal", lifecycle.decide, aangeboden, motivering="Klopt.", **about)
    with pytest.raises(RapportageError, match="al besloten"):
        as_person("chantal", lifecycle.decide, aangeboden, motivering="Nee.", **about)
    with (
        acting_as(people.wie("chantal").scope(1)),
        pytest.raises(Error, match="onjuistheid_besluit_staat_vast"),
        transaction.atomic(),
    ):
        Onjuistheid.objects.filter(pk=fout.pk).update(motivering="Toch niet.")


def test_nothing_is_established_while_a_mistake_waits_or_was_right(
    aangeboden: UUID,
) -> None:
    fout = as_person("gerard", lifecycle.point_out, aangeboden, **FOUT)
    maken.act("gerard", "reageer", aangeboden, **maken.REACTIE)
    discussed(aangeboden)
    with pytest.raises(RapportageError, match="Besluit daar eerst over"):
        maken.act("fatma", "stel_vast", aangeboden, printing=False)
    as_person(
        "chantal",
        lifecycle.decide,
        aangeboden,
        onjuistheid_id=fout.pk,
        besluit="OVERGENOMEN",
        motivering="Klopt.",
    )
    with pytest.raises(RapportageError, match="maak een nieuwe versie"):
        maken.act("fatma", "stel_vast", aangeboden, printing=False)
    with (
        acting_as(people.wie("fatma").scope(1)),
        pytest.raises(Error, match="rapportage_met_onjuistheid"),
        transaction.atomic(),
    ):
        Rapportage.objects.filter(pk=aangeboden).update(status=Status.VASTGESTELD)


def test_after_the_discussion_no_mistake_can_be_pointed_out(aangeboden: UUID) -> None:
    discussed(aangeboden)
    with pytest.raises(RapportageError, match="tot de bespreking"):
        as_person("gerard", lifecycle.point_out, aangeboden, **FOUT)
    with (
        acting_as(people.wie("gerard").scope(1)),
        pytest.raises(Error, match="onjuistheid_buiten_de_tijd"),
        transaction.atomic(),
    ):
        Onjuistheid.objects.create(
            tenant_id=1,
            rapportage_id=aangeboden,
            door_id=people.ident("gerard"),
            **FOUT,
        )


def test_a_mistake_that_names_somebody_is_not_taken(aangeboden: UUID) -> None:
    named = {**FOUT, "tekst": "Bel mevrouw Jansen op 06-12345678."}
    with pytest.raises(RapportageError, match="te herkennen"):
        as_person("gerard", lifecycle.point_out, aangeboden, **named)


def test_a_correction_is_a_new_version_with_the_texts_and_their_authors(
    aangeboden: UUID,
) -> None:
    maken.act("fatma", "trek_in", aangeboden, reden="Er stond een oude naam in.")
    new = maken.row(maken.figures_only(naam="chantal"))
    old = maken.row(aangeboden)
    assert (new.versie, new.vorige_versie_id) == (2, old.pk)
    assert (new.bevindingen, new.paragrafen) == (old.bevindingen, old.paragrafen)
    assert set(old.schrijvers) <= set(new.schrijvers)
    with pytest.raises(RapportageError, match="ingetrokken"):
        as_person(
            "els", lifecycle.remark, aangeboden, onderdeel="aard", tekst="Te laat."
        )


# ------------------------------------------------------------- publication


def test_an_objection_is_on_record_with_its_reason_and_stops_where_consent_is_asked(
    aangeboden: UUID,
) -> None:
    with pytest.raises(RapportageError, match="Niet allebei"):
        maken.act("gerard", "reageer", aangeboden, **maken.REACTIE, bezwaar="Nee.")
    no = {**maken.REACTIE, "is_akkoord": False, "bezwaar": "Er loopt een aanbesteding."}
    maken.act("gerard", "reageer", aangeboden, **no)
    discussed(aangeboden)
    with pytest.raises(RapportageError, match="Besluit daar eerst over"):
        maken.act("fatma", "stel_vast", aangeboden, printing=False)
    with (
        acting_as(people.wie("fatma").scope(1)),
        pytest.raises(Error, match="rapportage_met_open_bezwaar"),
        transaction.atomic(),
    ):
        Rapportage.objects.filter(pk=aangeboden).update(
            status=Status.VASTGESTELD, vastgesteld_op=TODAY
        )
    decide_objection(aangeboden, "GEHONOREERD")
    maken.act("fatma", "stel_vast", aangeboden, printing=False)
    with acting_as(maken.job_scope(1)):
        Rapportage.objects.filter(pk=aangeboden).update(druk=Druk.KLAAR)
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(publicatieafspraak="toestemming")
    with pytest.raises(RapportageError, match="Er loopt een aanbesteding"):
        maken.act("fatma", "publiceer", aangeboden)
    with (
        acting_as(people.wie("fatma").scope(1)),
        pytest.raises(Error, match="rapportage_zonder_toestemming"),
        transaction.atomic(),
    ):
        Rapportage.objects.filter(pk=aangeboden).update(status=Status.OPENBAAR_DEELS)
    maken.act("fatma", "rond_vertrouwelijk_af", aangeboden, reden="Zie het bezwaar.")
    row = maken.row(aangeboden)
    assert (row.status, row.afgerond_reden) == (
        Status.VERTROUWELIJK_AFGEROND,
        "Zie het bezwaar.",
    )
    with acting_as(people.wie("fatma").scope(1)):
        assert not Publicatie.objects.filter(rapportage_id=aangeboden).exists()


BEZWAAR = {**maken.REACTIE, "is_akkoord": False, "bezwaar": "Er loopt een onderzoek."}
WAAROM = "Over wachttijden weten inwoners graag iets."


def decide_objection(pk: UUID, besluit: str, naam: str = "fatma") -> Reactie:
    made = as_person(
        naam, lifecycle.decide_objection, pk, besluit=besluit, motivering=WAAROM
    )
    assert isinstance(made, Reactie)
    return made


def printed(pk: UUID, publiek: str) -> str:
    with acting_as(maken.job_scope(1)):
        return unescape(render_html(document_for(maken.row(pk), publiek)))


def test_an_objection_and_what_was_decided_is_printed_as_the_reaction_is(
    aangeboden: UUID,
) -> None:
    maken.act("gerard", "reageer", aangeboden, **BEZWAAR)
    assert "nog niet besloten" in printed(aangeboden, "opdrachtgever")
    assert BEZWAAR["bezwaar"] not in printed(aangeboden, "openbaar")
    url = f"/t/arnhem/rapportages/{aangeboden}/"
    typed = {"besluit": "AFGEWEZEN", "motivering": WAAROM}
    for naam in ("gerard", "anna"):
        assert people.browser(naam).post(f"{url}bezwaar/", typed).status_code == 404
    fatma = people.browser("fatma")
    assert BEZWAAR["bezwaar"] in fatma.get(f"{url}bezwaar/").text
    empty = fatma.post(f"{url}bezwaar/", {"besluit": "", "motivering": ""})
    assert empty.status_code == 422
    assert fatma.post(f"{url}bezwaar/", typed).status_code == 302
    assert fatma.get(f"{url}bezwaar/").status_code == 404
    again = fatma.post(f"{url}bezwaar/", typed, follow=True)
    assert again.redirect_chain == [(url, 302)]
    assert "geen bezwaar waarover nog besloten moet worden" in again.text
    assert WAAROM in people.browser("gerard").get(url).text
    for publiek in ("opdrachtgever", "openbaar"):
        page = printed(aangeboden, publiek)
        assert page.count(BEZWAAR["bezwaar"]) == page.count(WAAROM) == 1
        assert "toch openbaar wordt" in page


def test_a_decision_about_an_objection_is_taken_once_by_who_may(
    aangeboden: UUID,
) -> None:
    with pytest.raises(RapportageError, match="geen bezwaar"):
        decide_objection(aangeboden, "AFGEWEZEN")
    maken.act("gerard", "reageer", aangeboden, **BEZWAAR)
    with pytest.raises(Refused):
        decide_objection(aangeboden, "AFGEWEZEN", "chantal")
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(publicatieafspraak="toestemming")
    with pytest.raises(RapportageError, match="vraagt toestemming"):
        decide_objection(aangeboden, "AFGEWEZEN")
    made = decide_objection(aangeboden, "GEHONOREERD")
    with pytest.raises(RapportageError, match="geen bezwaar"):
        decide_objection(aangeboden, "GEHONOREERD")
    with (
        acting_as(people.wie("fatma").scope(1)),
        pytest.raises(Error, match="reactie_bezwaar_staat_vast"),
        transaction.atomic(),
    ):
        Reactie.objects.filter(pk=made.pk).update(bezwaar_besluit="AFGEWEZEN")


def test_what_was_promised_not_to_become_public_does_not(aangeboden: UUID) -> None:
    maken.act("gerard", "reageer", aangeboden, **BEZWAAR)
    decide_objection(aangeboden, "GEHONOREERD")
    discussed(aangeboden)
    maken.act("fatma", "stel_vast", aangeboden, printing=False)
    with acting_as(maken.job_scope(1)):
        Rapportage.objects.filter(pk=aangeboden).update(druk=Druk.KLAAR)
    with pytest.raises(RapportageError, match="niet openbaar wordt"):
        maken.act("fatma", "publiceer", aangeboden)
    with (
        acting_as(people.wie("fatma").scope(1)),
        pytest.raises(Error, match="rapportage_met_bezwaar"),
        transaction.atomic(),
    ):
        Rapportage.objects.filter(pk=aangeboden).update(status=Status.OPENBAAR_DEELS)
    assert "niet openbaar wordt. Onze reden" in printed(aangeboden, "opdrachtgever")
    reden = "Zie het besluit over het bezwaar."
    maken.act("fatma", "rond_vertrouwelijk_af", aangeboden, reden=reden)
    assert (
        reden
        in people.browser("gerard").get(f"/t/arnhem/rapportages/{aangeboden}/").text
    )


# --------------------------------------------------------------- recipients


def test_s087_a_gemeente_and_a_provider_read_one_report_and_each_look_is_on_record(
    aangeboden: UUID,
) -> None:
    """And S94: the contact of a hoofdaannemer as one more recipient of a report."""
    dewi, ivo = people.wie("dewi"), people.user("ivo")  # contact of a zorgaanbieder
    with acting_as(dewi.scope(1)):
        grant_membership(
            actor=dewi, tenant=Tenant.objects.get(pk=1), user=ivo, rol="ONTVANGER"
        )
    url = f"/t/arnhem/rapportages/{aangeboden}/"
    readers = {naam: people.browser(naam) for naam in ("gerard", "ivo")}
    assert readers["ivo"].get(url).status_code == 404  # not before it stands
    maken.act("gerard", "reageer", aangeboden, **maken.REACTIE)
    discussed(aangeboden)
    maken.act("fatma", "stel_vast", aangeboden, printing=False)
    name = f"{aangeboden}/opdrachtgever.pdf"
    path_of(name).parent.mkdir(parents=True, exist_ok=True)
    path_of(name).write_bytes(b"%PDF-1.7 proef")
    with acting_as(maken.job_scope(1)):
        Bestand.objects.create(
            tenant_id=1,
            rapportage_id=aangeboden,
            publiek="opdrachtgever",
            naam=name,
            sha256="0" * 64,
            grootte=14,
        )
    for browser in readers.values():
        assert browser.get(url).status_code == 200
        file = browser.get(f"{url}pdf/opdrachtgever/")
        assert file.getvalue() == b"%PDF-1.7 proef"
    assert readers["ivo"].get(f"{url}reactie/").status_code == 404
    both = sorted(str(people.ident(naam)) for naam in readers)
    for event in ("rapportage_gelezen", "rapportage_gedownload"):
        with acting_as(Scope("zegel")):
            seen = AuditEvent.objects.filter(gebeurtenis=event, tenant_id=1)
            assert sorted(str(row.actor_id) for row in seen) == both


# ---------------------------------------------------------------- reminders


def days_on(pk: UUID, days: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Kinds of reminders after so many days; what the beat does then."""
    later = TODAY + timedelta(days=days)
    monkeypatch.setattr(herinneren.timezone, "localdate", lambda *a: later)
    herinneren.remind_all()
    with acting_as(people.wie("chantal").scope(1)):
        return sorted(
            Herinnering.objects.filter(rapportage_id=pk).values_list("soort", flat=True)
        )


def test_who_does_not_react_is_reminded_once_and_then_it_goes_to_the_directie(
    aangeboden: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert days_on(aangeboden, 20, monkeypatch) == []
    assert days_on(aangeboden, 21, monkeypatch) == ["BIJNA"]
    assert days_on(aangeboden, 22, monkeypatch) == ["BIJNA"]
    assert days_on(aangeboden, 29, monkeypatch) == ["BIJNA", "VOORBIJ"]
    assert days_on(aangeboden, 43, monkeypatch) == [
        "BIJNA",
        "NIET_BESPROKEN",
        "VOORBIJ",
    ]
    assert maken.row(aangeboden).status == Status.AANGEBODEN
    with acting_as(people.wie("chantal").scope(1)):
        told = list(
            Job.objects.filter(taak=herinneren.BERICHT)
            .order_by("aangemaakt_op")
            .values_list("onderwerp_id", flat=True)
        )
    ids = {naam: people.ident(naam) for naam in ("gerard", "chantal", "fatma", "otto")}
    assert told.count(ids["gerard"]) == 3  # offered, nearly over, over
    assert told.count(ids["fatma"]) == 1
    assert told.count(ids["chantal"]) == 2
    assert ids["otto"] not in told


def test_who_reacted_is_not_reminded_and_who_discussed_is_left_alone(
    aangeboden: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    maken.act("gerard", "reageer", aangeboden, **maken.REACTIE)
    assert days_on(aangeboden, 21, monkeypatch) == []
    monkeypatch.undo()
    discussed(aangeboden)
    assert days_on(aangeboden, 99, monkeypatch) == []


def test_the_mail_says_that_there_is_something_and_not_what(aangeboden: UUID) -> None:
    with acting_as(people.wie("chantal").scope(1)):
        (row,) = Job.objects.filter(taak=herinneren.BERICHT)
    assert run_job(row.pk, bericht)
    (sent,) = mail.outbox
    words = f"{sent.subject} {sent.body}".lower()
    assert sent.to == [people.email("gerard")]
    for content in ("arnhem", "kwartaal", "2025", "rapport ", "signalering", "kwestie"):
        assert content not in words, content
    assert str(aangeboden) not in words


# ------------------------------------------------------------------ remarks


def test_remarks_are_between_colleagues_and_make_nobody_an_author(
    aangeboden: UUID,
) -> None:
    made = as_person(
        "els", lifecycle.remark, aangeboden, onderdeel="aard", tekst="Klopt de zin?"
    )
    url = f"/t/arnhem/rapportages/{aangeboden}/"
    assert "Klopt de zin?" in people.browser("anna").get(f"{url}opmerkingen/").text
    assert people.browser("gerard").get(f"{url}opmerkingen/").status_code == 404
    assert "Klopt de zin?" not in people.browser("gerard").get(url).text
    assert people.ident("els") not in maken.row(aangeboden).schrijvers
    with (
        acting_as(people.wie("gerard").scope(1)),
        pytest.raises(Error, match="permission denied"),
        transaction.atomic(),
    ):
        list(Opmerking.objects.all())
    done = people.browser("chantal").post(f"{url}opmerkingen/{made.pk}/klaar/")
    assert done.status_code == 302
    with pytest.raises(RapportageError, match="al afgehandeld"):
        as_person("els", lifecycle.settle_remark, aangeboden, opmerking_id=made.pk)
    with pytest.raises(Refused):
        as_person("els", lifecycle.settle_remark, aangeboden, opmerking_id=uuid4())


# ------------------------------------------------------------------- the editor


def test_texts_per_subject_are_seen_beside_the_form_and_only_by_who_may(
    aangeboden: UUID,
) -> None:
    maken.act("fatma", "trek_in", aangeboden, reden="Opnieuw.")
    pk = maken.figures_only()
    url = f"/t/arnhem/rapportages/{pk}/tekst/"
    chantal = people.browser("chantal")
    typed = {"aard_bevindingen": "Over de organisatie ging het vaker."}
    seen = chantal.post(url, {**typed, "actie": "voorbeeld"})
    assert seen.status_code == 200
    assert seen.text.count(typed["aard_bevindingen"]) == 2  # typed, and in the chapter
    assert maken.row(pk).paragrafen == {}
    live = chantal.post(f"{url}voorbeeld/", {**typed, "kijk": "openbaar"}).text
    assert "staan niet in de openbare versie" in live
    assert typed["aard_bevindingen"] not in live
    named = {"aard_bevindingen": "Bel mevrouw Jansen op 06-12345678."}
    assert "te herkennen" in chantal.post(f"{url}voorbeeld/", named).text
    assert chantal.post(url, named).status_code == 422
    assert chantal.post(url, typed).status_code == 302
    assert maken.row(pk).paragrafen == {
        "aard": {"bevindingen": typed["aard_bevindingen"]}
    }
    with (
        acting_as(people.wie("els").scope(1)),
        pytest.raises(Error, match="rapportage_schrijver_onbekend"),
        transaction.atomic(),
    ):
        Rapportage.objects.filter(pk=pk).update(paragrafen={"aard": {"x": "y"}})
