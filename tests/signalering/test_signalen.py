"""Signals: from a supporter's proposal to what the commissioning party did about it."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.counts_signalen import Sterkte
from cases.models import KwestieSignaal
from cases.services import KwestieError, link_signaal, unlink_signaal
from signalering.documents import document_for
from signalering.lifecycle import RapportageError, submit
from signalering.lifecycle.signalen import (
    SIGNAALSTAPPEN,
    SignaalError,
    edit_signal,
    take_step,
)
from signalering.lifecycle.sterkte import strength_of
from signalering.lifecycle.trendbesluiten import proposals_for
from signalering.models import (
    Publiek,
    Rapportage,
    Signaal,
    Signaalstap,
    SignaalStatus,
    Verbeteractie,
)
from signalering.periodes import parse
from signalering.report import render_html
from signalering.report.document import NietOpenbaar
from signalering.trends import Onderwerp
from tenants.access import Refused, Wie
from tenants.roles import rechten_van
from tenants.scope import acting_as
from tests import people
from tests.signalering import maken
from tests.signalering.signalen import (
    GEGEVENS,
    acting,
    brought_in,
    link,
    promise,
    propose,
    settle,
    step,
    talk,
)

pytestmark = pytest.mark.django_db


def strength(signaal: Signaal, naam: str = "chantal") -> Sterkte | None:
    wie = people.wie(naam)
    with acting_as(wie.scope(signaal.tenant_id)):
        return strength_of(wie, [signaal]).get(signaal.pk)


def test_s112_a_kwestie_counts_in_the_signals_it_is_linked_to() -> None:
    signaal, other = propose(), propose(gegevens=replace(GEGEVENS, titel="Ander"))
    (kwestie,) = link(signaal, 1)
    browser = people.browser("anna")
    page = f"/t/arnhem/kwesties/{kwestie}/"
    browser.post(f"{page}signaal/", {"signaal": str(other.pk)})
    assert (strength(signaal), strength(other)) == (Sterkte(1, 1), Sterkte(1, 1))
    html = browser.get(page).content.decode()
    assert str(signaal.pk) in html and str(other.pk) in html
    part = browser.get("/wat-gebeurde-ermee/").content.decode()
    assert GEGEVENS.titel in part and "1 kwestie van jou telt mee" in part


def test_what_is_let_go_counts_no_more_and_may_be_linked_again() -> None:
    signaal = propose()
    (kwestie,) = link(signaal, 1)
    wie = people.wie("anna")
    with acting_as(wie.scope(1)):
        (koppeling,) = signalen_of(kwestie)
        about: dict[str, Any] = {"actor": wie, "tenant_id": 1, "kwestie_id": kwestie}
        unlink_signaal(koppeling_id=koppeling, **about)
    assert strength(signaal) == Sterkte(0, 0)
    browser = people.browser("anna")
    browser.post(f"/t/arnhem/kwesties/{kwestie}/signaal/", {"signaal": signaal.pk})
    assert strength(signaal) == Sterkte(1, 1)


def signalen_of(kwestie: UUID) -> list[UUID]:
    rows = KwestieSignaal.objects.filter(tenant_id=1, kwestie_id=kwestie, los_op=None)
    return list(rows.values_list("pk", flat=True))


def test_only_ones_own_kwestie_and_a_signal_of_the_tenant_can_be_linked() -> None:
    signaal, closed = (
        propose(),
        propose(gegevens=replace(GEGEVENS, titel="Wachten op hulp")),
    )
    step(closed, "sluit", reden="Het kwam één keer voor.")
    (kwestie,) = link(signaal, 1)
    browser = people.browser("bram")
    page = f"/t/arnhem/kwesties/{kwestie}/signaal/"
    assert browser.post(page, {"signaal": str(signaal.pk)}).status_code == 404
    theirs = propose("hanna", "wulpenhorst")
    wie = people.wie("anna")
    for other in (closed, theirs):
        with (
            acting_as(wie.scope(1)),
            pytest.raises(KwestieError, match="ander signaal"),
        ):
            link_signaal(
                actor=wie, tenant_id=1, kwestie_id=kwestie, signaal_id=other.pk
            )


def test_s116_a_signal_is_confirmed_from_five_clients_on() -> None:
    signaal = propose()
    link(signaal, 4)
    with pytest.raises(SignaalError, match="vanaf 5"):
        step(signaal, "bevestig")
    with pytest.raises(IntegrityError, match="signaal_te_zwak"), raw(signaal) as rows:
        rows.update(status="BEVESTIGD", bevestigd_op=timezone.now())
    link(signaal, 1)
    assert step(signaal, "bevestig").status == SignaalStatus.BEVESTIGD


def test_six_kwesties_of_one_client_confirm_nothing() -> None:
    signaal = propose()
    wie = people.wie("anna")
    with acting_as(wie.scope(1)):
        (client,) = maken.clients(1, 1)
        for _ in range(6):
            kwestie = maken.kwestie(1, client, ondersteuner_id=wie.user_id)
            link_signaal(
                actor=wie, tenant_id=1, kwestie_id=kwestie.pk, signaal_id=signaal.pk
            )
    assert strength(signaal) == Sterkte(6, 1)
    with pytest.raises(SignaalError, match="vanaf 5"):
        step(signaal, "bevestig")


def test_two_tenants_confirm_it_but_few_people_are_never_brought_in() -> None:
    signaal = propose("nadia")
    twin = propose("nadia", "wulpenhorst", samen_met=signaal.pk)
    assert twin.gezamenlijk_id == signaal.gezamenlijk_id
    link(signaal, 2, "nadia")
    link(twin, 2, "nadia", "wulpenhorst")
    both = leading_both()
    with acting_as(both.scope(1)):
        about: dict[str, Any] = {"actor": both, "tenant_id": 1, "pk": signaal.pk}
        take_step(verb="bevestig", **about)
        with pytest.raises(SignaalError, match="herleiden"):
            take_step(verb="breng-in", **about)
    update = {"status": "INGEBRACHT", "ingebracht_op": timezone.now()}
    with pytest.raises(IntegrityError, match="te_klein"), raw(signaal) as rows:
        rows.update(**update)


def test_who_leads_one_of_two_tenants_sees_the_kwesties_of_that_one() -> None:
    signaal = propose("nadia")
    twin = propose("nadia", "wulpenhorst", samen_met=signaal.pk)
    link(signaal, 2, "nadia")
    link(twin, 2, "nadia", "wulpenhorst")
    with pytest.raises(SignaalError, match="vanaf 5"):
        step(signaal, "bevestig")


def leading_both() -> Wie:
    """Nadia, if she led both teams."""
    wie = people.wie("nadia")
    more = rechten_van(["TEAMLEIDER"])
    plekken = {t: replace(p, rechten=p.rechten | more) for t, p in wie.plekken.items()}
    return replace(wie, plekken=plekken)


@contextmanager
def raw(signaal: Signaal, naam: str = "chantal") -> Iterator[Any]:
    """The row for an update that goes round the services; undone."""
    with acting_as(people.wie(naam).scope(1)), transaction.atomic():
        yield Signaal.objects.filter(tenant_id=1, pk=signaal.pk)


def test_every_arrow_of_the_table_is_one_of_the_database_and_no_other() -> None:
    arrows = {(van, stap.naar) for (van, _verb), stap in SIGNAALSTAPPEN.items()}
    with acting_as(people.wie("chantal").scope(1)), connection.cursor() as cursor:
        for van, naar in itertools.product(SignaalStatus.values, repeat=2):
            cursor.execute("SELECT adviespunt.signaal_overgang(%s, %s)", [van, naar])
            assert cursor.fetchone() == ((van, naar) in arrows,), (van, naar)


def test_from_the_proposal_to_the_end_every_step_is_on_record() -> None:
    signaal = brought_in()
    with pytest.raises(SignaalError, match="overleg"):
        step(signaal, "bespreek")
    talk(signaal)
    step(signaal, "bespreek")
    with pytest.raises(SignaalError, match="toegezegd"):
        step(signaal, "zeg-toe")
    actie = promise(signaal)
    step(signaal, "zeg-toe")
    with pytest.raises(SignaalError, match="open"):
        step(signaal, "realiseer")
    settle(signaal, actie, "UITGEVOERD")
    for verb in ("realiseer", "volg"):
        step(signaal, verb)
    with pytest.raises(SignaalError, match="waarom"):
        step(signaal, "sluit")
    step(signaal, "sluit", reden="Een jaar lang kwam het niet terug.")
    with acting_as(people.wie("chantal").scope(1)):
        steps = Signaalstap.objects.filter(tenant_id=1, signaal=signaal)
        assert list(steps.order_by("op").values_list("naar", flat=True)) == [
            *("OPGEPAKT", "BEVESTIGD", "INGEBRACHT", "IN_GESPREK", "TOEGEZEGD"),
            *("GEREALISEERD", "GEMONITORD", "GESLOTEN"),
        ]


def test_a_supporter_proposes_and_the_teamleider_confirms() -> None:
    signaal = propose("anna")
    for verb in ("bevestig", "sluit", "meld-inspectie"):
        with pytest.raises(Refused):
            step(signaal, verb, "bram", reden="Zomaar.")
    with pytest.raises(Refused):
        propose("vera")  # a volunteer
    with pytest.raises(Refused):
        acting(edit_signal, "bram", pk=signaal.pk, gegevens=GEGEVENS)
    acting(edit_signal, "anna", pk=signaal.pk, gegevens=GEGEVENS)


def test_s114_a_text_that_names_somebody_is_refused() -> None:
    naam = replace(GEGEVENS, omschrijving="Mevrouw Van den Brinkhof wacht al lang.")
    with pytest.raises(RapportageError, match="te herkennen"):
        propose(gegevens=naam)
    signaal = brought_in()
    with pytest.raises(RapportageError, match="te herkennen"):
        talk(signaal, deelnemers=["Mevrouw Van den Brinkhof"])
    with pytest.raises(RapportageError, match="te herkennen"):
        promise(signaal, wat="Wij bellen 06-12345678.")


def test_what_the_commissioning_party_read_does_not_change() -> None:
    signaal = brought_in()
    with pytest.raises(SignaalError, match="verandert niet meer"):
        acting(edit_signal, "chantal", pk=signaal.pk, gegevens=GEGEVENS)
    with pytest.raises(IntegrityError, match="tekst_staat_vast"), raw(signaal) as rows:
        rows.update(vraag="Iets anders.")


def test_a_contact_reads_it_from_inbrengen_on_and_without_a_number() -> None:
    signaal = propose()
    link(signaal, 7)
    step(signaal, "bevestig")
    browser = people.browser("gerard")
    page = f"/t/arnhem/signalen/{signaal.pk}/"
    assert browser.get(page).status_code == 404
    assert signaal.titel not in browser.get("/signalen/").content.decode()
    step(signaal, "breng-in")
    html = browser.get(page).content.decode()
    assert signaal.titel in html and "Verschillende cliënten" not in html
    assert "Wat er is gebeurd" not in html and ">7<" not in html
    assert people.browser("ivo").get(page).status_code == 404
    assert strength(signaal, "anna") == Sterkte(7, 7)
    assert strength(signaal, "els") is None  # no right on kwesties, no numbers


def test_s115_a_talk_with_the_inspectorate_is_recorded_with_functions() -> None:
    signaal = brought_in()
    talk(signaal, "IGJ", "VERZ")
    html = people.browser("chantal").get(f"/t/arnhem/signalen/{signaal.pk}/")
    assert "Inspectie (IGJ)" in html.content.decode()


def test_s117_a_promise_of_which_the_day_has_passed_is_on_the_list() -> None:
    signaal = brought_in()
    promise(signaal)
    seen = people.browser("chantal").get("/signalen/").content.decode()
    assert "de dag voorbij is" not in seen
    wie = people.wie("chantal")
    with acting_as(wie.scope(1)):
        actie = Verbeteractie.objects.create(
            tenant_id=1,
            signaal=signaal,
            wat="Een brief aan iedereen die wacht",
            wie="Afdeling jeugd",
            uiterlijk=timezone.localdate() - timedelta(days=1),
            door_id=people.ident("chantal"),
        )
    seen = people.browser("chantal").get("/signalen/").content.decode()
    assert "de dag voorbij is" in seen and actie.wat in seen


def test_s030_the_next_report_tells_the_signal_and_what_was_promised() -> None:
    maken.fill()
    signaal = brought_in()
    promise(signaal)
    weak = propose(gegevens=replace(GEGEVENS, titel="Te klein om te noemen"))
    link(weak, 2)
    pk = maken.make_report()
    wie = people.wie("chantal")
    with acting_as(wie.scope(1)):
        before = Rapportage.objects.get(tenant_id=1, pk=pk)  # as in an older report
        assert document_for(before, Publiek.OPDRACHTGEVER).signalen == ()
        submit(actor=wie, tenant_id=1, pk=pk)
        rapportage = Rapportage.objects.get(tenant_id=1, pk=pk)
        document = document_for(rapportage, Publiek.OPDRACHTGEVER)
        html = render_html(document)
        openbaar = document_for(rapportage, Publiek.OPENBAAR)
        public = render_html(openbaar)
    assert "Opvolging van toezeggingen" in html and "Afdeling jeugd" in html
    assert GEGEVENS.omschrijving in html and GEGEVENS.vraag in html
    assert weak.titel not in html
    assert GEGEVENS.titel not in public
    number = document.cijfers.cell("aard:ORG").kwesties
    assert number and f"{number} kwesties over “" in html
    url = f"/t/arnhem/rapportages/{pk}/knelpunten.csv"  # S107
    (line,) = csv.DictReader(
        io.StringIO(people.browser("chantal").get(url).text.removeprefix("\ufeff")),
        delimiter=";",
    )
    assert (line["signaal"], line["wie"]) == (GEGEVENS.titel, "Afdeling jeugd")
    assert (line["kwesties_met_deze_aard"], line["onderdrukt"]) == (
        str(number),
        "false",
    )
    assert people.browser("gerard").get(url).status_code == 404  # a concept
    with pytest.raises(NietOpenbaar):
        replace(openbaar, signalen=document.signalen)
    with pytest.raises(IntegrityError, match="staan_vast"), acting_as(wie.scope(1)):
        Rapportage.objects.filter(tenant_id=1, pk=pk).update(signalen=[])


def test_a_trend_is_taken_up_or_dismissed_by_who_leads_the_team() -> None:
    grow()
    wie, periode = people.wie("chantal"), parse("2025-Q3")
    with acting_as(wie.scope(1)):
        (voorstel,) = proposals_for(wie, 1, periode)
    assert voorstel.trend.onderwerp == Onderwerp("JW", "ORG", "ORG.WACHT")
    assert voorstel.besluit is None
    page = "/t/arnhem/trends/?periode=2025-Q3"
    html = people.browser("chantal").get(page).content.decode()
    assert "12 kwesties, waarvan 12" in html
    browser = people.browser("chantal")
    sent = {"periode": "2025-Q3", "code": "JW|ORG|ORG.WACHT|stijging", "nummer": "1"}
    url = "/t/arnhem/trends/besluit/"
    assert browser.post(url, sent).status_code == 422
    sent["v1-reden"] = "Wij vroegen er dit kwartaal zelf naar."
    assert browser.post(url, sent).status_code == 302
    with acting_as(wie.scope(1)):
        (voorstel,) = proposals_for(wie, 1, periode)
        assert voorstel.besluit is not None
        assert voorstel.besluit.besluit == "AFGEWEZEN"
    with acting_as(people.wie("anna").scope(1)), pytest.raises(Refused):
        proposals_for(people.wie("anna"), 1, periode)


def grow() -> None:
    """Arnhem has two years of ordinary quarters, and then one subject grows."""
    more = {"wet": "JW", "aard": "ORG", "subaard": "ORG.WACHT"}
    with acting_as(people.known("nadia").scope(1)):
        for year, month in itertools.product((2024, 2025), (2, 5, 8)):
            day = date(year, month, 10)
            maken.kwesties_of_each(1, [{"datum": day, "afgerond_op": day}] * 8)
        maken.kwesties_of_each(1, [more] * 12)
