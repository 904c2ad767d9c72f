"""Own investigations: started because of signals, read by two, discussed, then public."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from privacy.models import AuditEvent
from signalering.documents import document_for
from signalering.lifecycle import RapportageError
from signalering.lifecycle.onderzoeken import (
    Onderzoekgegevens,
    edit_onderzoek,
    possible_steps,
    start_onderzoek,
    take_step,
)
from signalering.models import Onderzoek, OnderzoekStatus, Publiek
from signalering.report import render_html
from signalering.report.document import NietOpenbaar
from tenants.access import Refused
from tenants.scope import Scope, acting_as
from tests import people
from tests.signalering import maken
from tests.signalering.signalen import GEGEVENS, acting, brought_in, propose
from tests.tenants.test_publiek import publish

pytestmark = pytest.mark.django_db
PAGINA = "/adviespunt/arnhem/onderzoek/"


def gegevens(*signalen: Any, **over: Any) -> Onderzoekgegevens:
    values = {
        "titel": "Wie wacht waarop",
        "vraag": "Waarom duurt het zo lang voor er jeugdhulp is?",
        "signalen": [signaal.pk for signaal in signalen],
        "aanpak": "Wij lazen het beleid en spraken met aanbieders.",
        "bevindingen": "Niemand weet wie ouders laat weten hoe lang het duurt.",
        "aanbevelingen": "Spreek af wie elke maand bericht.",
        **over,
    }
    return Onderzoekgegevens(**values)


def started(**over: Any) -> Onderzoek:
    given = gegevens(brought_in(), **over)
    found: Onderzoek = acting(start_onderzoek, "chantal", gegevens=given)
    return found


def step(onderzoek: Onderzoek, verb: str, door: str = "chantal", **more: Any) -> Any:
    return acting(take_step, door, pk=onderzoek.pk, verb=verb, **more)


def discussed(onderzoek: Onderzoek) -> Any:
    return step(
        onderzoek,
        "bespreek",
        datum=timezone.localdate(),
        deelnemers=["beleidsadviseur jeugd"],
    )


def offered() -> Onderzoek:
    made = started()
    step(made, "rond-af")
    step(made, "teken", "els")
    step(made, "bied-aan")
    return made


def public_page() -> str:
    return people.browser(None).get(PAGINA).content.decode()


def test_s159_from_a_signal_to_the_report_and_to_the_public() -> None:
    publish("Wij zijn er.")
    made = offered()
    browser = people.browser("gerard")  # of the commissioning party
    page = f"/t/arnhem/onderzoeken/{made.pk}/"
    assert "Spreek af wie elke maand bericht." in browser.get(page).content.decode()
    report = maken.figures_only(periode="2025")
    maken.step("chantal", "dien_in", report)
    with acting_as(people.known("chantal").scope(1)):
        wide = document_for(maken.row(report), Publiek.OPDRACHTGEVER)
        narrow = document_for(maken.row(report), Publiek.OPENBAAR)
    html = render_html(wide)
    assert html.index("<h2>Signalen</h2>") < html.index("<h2>Eigen onderzoek</h2>")
    assert "Niemand weet wie ouders laat weten" in html and "Lang wachten op" in html
    assert "Eigen onderzoek" not in render_html(narrow)
    with pytest.raises(NietOpenbaar):
        replace(narrow, onderzoeken=wide.onderzoeken)
    assert made.titel not in public_page()
    discussed(made)
    assert made.titel not in public_page()  # discussing it makes nothing public
    step(made, "maak-openbaar", "fatma")
    html = public_page()
    assert made.titel in html and "Spreek af wie elke maand bericht." in html
    assert "beleidsadviseur" not in html
    step(made, "trek-in", "fatma", reden="Er zat een fout in.")
    assert made.titel not in public_page()
    assert browser.get(page).status_code == 404


def test_four_eyes_sign_and_release() -> None:
    made = started()
    step(made, "rond-af")
    with pytest.raises(RapportageError, match="toets"):
        step(made, "bied-aan")
    for door in ("chantal", "anna", "gerard"):  # has no right to sign
        with pytest.raises(Refused):
            step(made, "teken", door)
    step(made, "teken", "els")
    step(made, "heropen")
    step(made, "rond-af")
    with pytest.raises(RapportageError, match="toets"):  # a signature is of one text
        step(made, "bied-aan")
    with pytest.raises(RapportageError, match="nog niet"):
        step(made, "maak-openbaar", "fatma")


def test_who_wrote_signs_nothing_even_with_both_roles() -> None:
    given = gegevens(propose("hanna", "wulpenhorst"))
    slug = "wulpenhorst"
    made = acting(start_onderzoek, "teun", slug, gegevens=given)
    acting(take_step, "teun", slug, pk=made.pk, verb="rond-af")
    with pytest.raises(RapportageError, match="zelf aan dit onderzoek"):
        acting(take_step, "teun", slug, pk=made.pk, verb="teken")
    teun = people.wie("teun")
    with acting_as(teun.scope(2)):
        found = Onderzoek.objects.get(pk=made.pk)
        assert set(possible_steps(teun, found)) == {"heropen", "trek-in"}
        mine = {"toets_door_id": teun.user_id, "toets_op": NOEN}
        with pytest.raises(IntegrityError, match="onderzoek_vier_ogen"):
            with transaction.atomic():
                Onderzoek.objects.filter(pk=made.pk).update(**mine)
    els = acting(take_step, "els", slug, pk=made.pk, verb="teken")
    assert els.toets_door_id == people.ident("els")


def test_what_is_finished_is_whole_and_stays_as_it_is() -> None:
    made = started(bevindingen="")
    with pytest.raises(RapportageError, match="Vul eerst in"):
        step(made, "rond-af")
    signaal = propose(gegevens=replace(GEGEVENS, titel="Nog niet ingebracht"))
    acting(edit_onderzoek, "chantal", pk=made.pk, gegevens=gegevens(signaal))
    step(made, "rond-af")
    with pytest.raises(RapportageError, match="Heropen"):
        acting(edit_onderzoek, "chantal", pk=made.pk, gegevens=gegevens(signaal))
    step(made, "teken", "els")
    with pytest.raises(RapportageError, match="Breng eerst de signalen in"):
        step(made, "bied-aan")


def test_a_name_stops_it_and_so_does_a_signal_of_another_tenant() -> None:
    named = {"bevindingen": "Mevrouw De Vries wachtte het langst."}
    with pytest.raises(RapportageError, match="te herkennen"):
        started(**named)
    theirs = propose("hanna", "wulpenhorst")
    with pytest.raises(RapportageError, match="Kies de signalen"):
        acting(start_onderzoek, "chantal", gegevens=gegevens(theirs))


def test_who_may_not_gets_404_and_a_contact_sees_nothing_before_it_is_offered() -> None:
    made = started()
    page = f"/t/arnhem/onderzoeken/{made.pk}/"
    assert people.browser("gerard").get(page).status_code == 404
    assert people.browser("anna").get(page).status_code == 200
    assert people.browser("anna").post(f"{page}stap/rond-af/").status_code == 404
    assert (
        made.titel not in people.browser("gerard").get("/onderzoeken/").content.decode()
    )
    with acting_as(Scope("zegel")):
        seen = AuditEvent.objects.filter(onderwerp="onderzoek", tenant_id=1)
        assert {event.gebeurtenis for event in seen} == {
            *("onderzoek_gestart", "onderzoek_gelezen")
        }


def test_forms_carry_the_steps_out() -> None:
    made = offered()
    page = f"/t/arnhem/onderzoeken/{made.pk}/"
    chantal = people.browser("chantal")
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"datum": f"{tomorrow:%d-%m-%Y}", "deelnemers": "beleidsadviseur"}
    assert chantal.post(f"{page}stap/bespreek/", sent).status_code == 422
    sent["datum"] = f"{timezone.localdate():%d-%m-%Y}"
    assert chantal.post(f"{page}stap/bespreek/", sent).status_code == 302
    fatma = people.browser("fatma")
    assert fatma.get(f"{page}stap/trek-in/").status_code == 200
    fatma.post(f"{page}stap/trek-in/", {"reden": "Er zat een fout in."})
    with acting_as(people.known("chantal").scope(1)):
        assert Onderzoek.objects.get(pk=made.pk).status == OnderzoekStatus.INGETROKKEN


NOEN = datetime(2025, 8, 12, 12, tzinfo=UTC)
STEPS = {
    "onderzoek_overgang": {"status": "OPENBAAR"},
    "onderzoek_zonder_toets": {"status": "AANGEBODEN"},
    "onderzoek_vier_ogen": {
        "toets_door_id": people.ident("chantal"),
        "toets_op": NOEN,
    },
    "onderzoek_staat_vast": {"bevindingen": "Toch anders."},
    "onderzoek_dag_hoort_bij_stap": {"openbaar_op": NOEN},
}


def test_postgresql_holds_it_as_well() -> None:
    made = started()
    step(made, "rond-af")
    with acting_as(people.known("chantal").scope(1)):
        rows = Onderzoek.objects.filter(pk=made.pk)
        for naam, values in STEPS.items():
            with pytest.raises(IntegrityError, match=naam), transaction.atomic():
                rows.update(**values)
