"""Every address × every person → status, generated from the urlconf.

A new address without a row here fails. 404 is the answer to whatever one may not
see; a visitor is sent to the sign-in page. Every page is asked with GET; addresses
that only take POST are asked with POST by everybody who has no business there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cases.models import (
    Agendapunt,
    AmbtshalveActie,
    AvgVerzoek,
    Bijlage,
    Brief,
    CollectieveActiviteit,
    Contactmoment,
    Doorbreking,
    ExternTraject,
    Kwestie,
    MeldcodeTraject,
    Nevenbelang,
    Plaatsvervanging,
    Stap,
    Tekstblok,
    Toestemming,
    Verwijzing,
    Vordering,
)
from cases.services.avg import end_of_term
from cases.services.bijlagen import _store
from signalering.models import Onderzoek, Signaal
from tenants.access import Wie
from tenants.beheer import pagina
from tenants.beheer.documenten import establish_document, save_document
from tenants.models import (
    Aanstelling,
    Datalek,
    EigenWaarde,
    FunctieScope,
    Huisstijl,
    Membership,
    Opdracht,
    Organisatie,
    Publiekepagina,
    Rolverzoek,
    Tenant,
    Uitnodiging,
)
from tenants.scope import acting_as
from tests import people
from tests.cases import loket as door
from tests.conftest import undone
from tests.signalering import maken

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"

STAFF = {naam for naam in people.PEOPLE if naam not in people.CONTACTS}
CASEWORK = {"anna", "bram", "vera", "chantal", "hanna", "nadia", "teun"}
ARNHEM = {"anna", "bram", "vera", "chantal", "nadia"}
READS = {"anna", "bram", "chantal", "els", "fatma", "nadia"}
SIGNED_IN = set(people.PEOPLE)
PROPOSE = {"anna", "bram", "chantal", "nadia"}
BIJ_ARNHEM = {"els", "fatma", "frits", "dewi", "gerard", "otto"}
KWESTIE = {"anna", "chantal"}  # hers, and the leader of her team
MERK = "0123456789abcdef"  # of a look
EVERYBODY = {*people.PEOPLE, None}

# Address → who gets the page (200); everybody else 404, a visitor 302 to sign-in.
GET: dict[str, set[Any]] = {
    "cases:dag": CASEWORK,
    "cases:team": {"chantal", "teun"},
    "cases:directie": {"fatma"},
    "cases:uren": {"fatma"},
    "cases:uren_csv": {"fatma"},
    "cases:bellen": {"anna"},
    "cases:laag": {"anna"},
    "cases:termijn": {"anna"},
    "cases:agenda_verzetten": {"anna"},
    "cases:stap_verzetten": {"anna"},
    "signalering:gevolgen": CASEWORK - {"vera"},
    "cases:werk": CASEWORK,
    "cases:lijst": CASEWORK,
    "cases:nieuw": ARNHEM,
    "cases:kwestie": KWESTIE,
    "cases:afdrukken": KWESTIE,
    "cases:spring": CASEWORK,
    "cases:wegwijs": CASEWORK,
    "cases:collectief": CASEWORK,
    "cases:collectief_nieuw": ARNHEM,
    "cases:collectief_bewerken": {"anna"},  # her own
    "cases:achtergrond": {"anna"},
    "cases:plan": KWESTIE,
    "cases:bewerken": {"anna"},
    "cases:contact": {"anna"},
    "cases:afronden": {"anna"},
    "cases:verwijzing": {"anna"},
    "cases:traject": {"anna"},
    "cases:traject_termijn": {"anna"},
    "cases:aankomst": {"anna"},
    "cases:termijn_ics": KWESTIE,
    "cases:termijnen_ics": CASEWORK,
    "cases:sociale_kaart": {*CASEWORK, "dewi"},
    "cases:organisatie": {*ARNHEM, "dewi"},
    "cases:organisatie_nieuw": {*ARNHEM, "dewi"},
    "cases:organisatie_bewerken": {*ARNHEM, "dewi"},
    "cases:wie_doet_wat": EVERYBODY,
    "cases:begrippen": EVERYBODY,
    "cases:functies": {"dewi"},
    "cases:toewijzen": {"chantal"},
    "cases:andere_ondersteuner": KWESTIE,
    "cases:toegang": KWESTIE,
    "cases:plaatsvervangingen": {"chantal", "dewi", "teun"},
    "cases:plaatsvervanging_nieuw": {"chantal", "dewi"},
    "cases:plaatsvervanging_einde": {"chantal", "dewi"},
    "cases:ontheffen": {"dewi"},
    "cases:toestemming": {"anna"},
    "cases:intrekken": {"anna"},
    "cases:stap": {"anna"},
    "cases:stap_vervallen": {"anna"},
    "cases:oordeel": {"anna"},
    "cases:ambtshalve": {"anna"},
    "cases:ambtshalve_toets": {"bram"},  # the colleague who was asked
    "cases:geheimhouding": {*CASEWORK, "fatma"},
    "cases:doorbreking_nieuw": {"anna"},
    "cases:doorbreking": {"anna", "bram", "fatma"},  # asks, looks, decides
    "cases:meldcode_nieuw": {"anna"},
    "cases:meldcode": {"anna", "bram"},  # and the colleague who looks along
    "cases:avg_balie": {*CASEWORK, "frits"},
    "cases:avg_nieuw": {"frits"},
    "cases:avg_verzoek": {"anna", "frits"},  # gathers, decides
    "cases:avg_uitvoer": set(),  # nothing was decided: tests/cases/test_uitvoer
    "cases:avg_kwestie": {"anna"},
    "cases:vordering": {"anna"},
    "cases:vordering_afdoen": {"anna"},
    "cases:datalekken": STAFF - {"niemand"},
    "cases:datalek_nieuw": {*ARNHEM, "els", "fatma", "frits", "dewi"},
    "cases:datalek": {"frits"},
    "cases:nevenbelangen": {*CASEWORK, "dewi"},
    "cases:belang_nieuw": ARNHEM,
    "cases:belang_einde": {"nadia"},
    "cases:wie_keek": {"anna", "frits"},
    "cases:logboek": {"frits"},
    "cases:logboek_csv": {"frits"},
    "cases:opvallend": {"frits"},
    "cases:zoeken": CASEWORK,
    "cases:prullenbak": CASEWORK,
    "cases:weg": {"anna"},
    "cases:weg_contact": {"anna"},
    "cases:weg_stap": {"anna"},
    "cases:weg_verwijzing": {"anna"},
    "cases:weg_traject": {"anna"},
    "cases:weg_bijlage": {"anna"},
    "cases:weg_brief": {"anna"},
    "cases:bijlage": {"anna"},
    "cases:bijlage_ophalen": KWESTIE,
    "cases:brief_nieuw": {"anna"},
    "cases:brief": KWESTIE,
    "cases:brief_bewerken": {"anna"},
    "cases:brief_definitief": {"anna"},
    "cases:brief_bestand": set(),  # of one that is final: tests/cases/test_brieven
    "cases:tekstblokken": CASEWORK,
    "cases:tekstblok_nieuw": ARNHEM,
    "cases:tekstblok": ARNHEM,
    "cases:client": {"anna"},
    "cases:anoniem": {"anna"},
    "cases:samenvoegen": KWESTIE,
    "cases:terugkomcode": {"anna"},
    "signalering:lijst": {*READS, "gerard", "otto", "hanna", "ivo", "teun"},
    "signalering:periode_voortgang": {*READS, "hanna", "teun"},
    "signalering:nieuw": {"chantal"},
    "signalering:rapportage": READS,
    "signalering:voortgang": READS,
    "signalering:versie": READS,
    "signalering:beveiliging": READS,
    "signalering:pdf": READS,
    "signalering:knelpunten": set(),  # no signals in it: tests/signalering/test_signalen
    "signalering:tekst": {"chantal"},
    "signalering:opmerkingen": READS,
    "signalering:onjuistheid": set(),  # a concept: the contact does not see it
    "signalering:onjuistheid_besluit": set(),  # nothing was pointed out
    "signalering:toets": {"els"},
    "signalering:bespreking": {"chantal"},
    "signalering:bezwaar": set(),  # a concept: nobody objected
    "signalering:reactie": set(),
    "signalering:vertrouwelijk": {"fatma"},
    "signalering:intrekken": {"chantal", "fatma"},
    "signalering:regios": {"dewi"},
    "signalering:regio": set(),  # Arnhem is none: tests/tenants/test_regio
    "signalering:regio_nieuw": {"dewi"},
    "signalering:signalen": {*READS, "gerard", "otto", "hanna", "ivo", "teun"},
    "signalering:signaal_nieuw": PROPOSE,
    "signalering:bij_kwestie": PROPOSE,
    "signalering:signaal": READS,  # contacts only from INGEBRACHT on
    "signalering:signaal_bewerken": {"anna", "chantal"},  # her own, and who leads
    "signalering:signaal_stap": set(),  # no such step: tests/signalering/test_signalen
    "signalering:signaal_overleg": {"chantal"},
    "signalering:signaal_actie": {"chantal"},
    "signalering:actie_stand": set(),  # nothing was promised
    "signalering:onderzoeken": {*READS, "gerard", "otto", "hanna", "ivo", "teun"},
    "signalering:onderzoek_nieuw": {"chantal"},
    "signalering:onderzoek": READS,  # contacts only from AANGEBODEN on
    "signalering:onderzoek_bewerken": {"chantal"},
    "signalering:onderzoek_stap": set(),  # no such step: signalering/test_onderzoek
    "signalering:eigen_onderzoek": EVERYBODY,
    "signalering:trends": {"chantal", "teun"},
    "signalering:trends_hier": {"chantal"},
    "signalering:telwijzen": {"dewi"},
    "signalering:telwijze": {"dewi"},
    "beheer:lijst": {"dewi", "fatma", "frits"},
    "beheer:nieuw": {"dewi"},
    "beheer:gemeenten": {"dewi"},
    "beheer:opdrachtgever": {"dewi", "fatma", "frits"},
    "beheer:gegevens": {"dewi"},
    "beheer:stand": set(),  # dewi is sent on: no step was named
    "beheer:instelling": {"dewi"},
    "beheer:geschiedenis": {"dewi", "frits"},
    "beheer:opdrachten": {"dewi", "fatma", "frits"},
    "beheer:opdracht_nieuw": {"dewi"},
    "beheer:opdracht": {"dewi"},
    "beheer:pagina": {"dewi"},
    "beheer:pagina_voorbeeld": {"dewi"},
    "beheer:documenten": {"dewi"},
    "beheer:document": {"dewi"},
    "beheer:lijsten": {"dewi"},
    "beheer:waarde": {"dewi"},
    "beheer:huisstijl": {"dewi"},
    "beheer:voorbeeld": {"dewi"},
    "beheer:stijlblad": {*ARNHEM, *BIJ_ARNHEM},  # colours, for who has a role there
    "beheer:logo": {*ARNHEM, *BIJ_ARNHEM},
    "signalering:openbaar": EVERYBODY,
    "cases:loket": EVERYBODY,
    "cases:loket_terug": EVERYBODY,
    "cases:loket_melden": EVERYBODY,
    "cases:loket_team": {"chantal"},
    "cases:aanmelding": {"chantal"},
    "cases:aanmelding_weg": {"chantal"},
    "signalering:api": EVERYBODY,
    "signalering:api_publicaties": EVERYBODY,
    "signalering:verifieer": EVERYBODY,
    "signalering:api_opdrachtgevers": EVERYBODY,
    "signalering:api_openapi": EVERYBODY,
    "signalering:feed": EVERYBODY,
    "signalering:dcat_jsonld": EVERYBODY,
    "signalering:dcat_turtle": EVERYBODY,
    "signalering:berichten": set(people.CONTACTS),
    "verwerkingen": {"frits"},
    "verwerkingen_csv": {"frits"},
    "verwerkingen_json": {"frits"},
    "dpia": {"frits"},
    "dpia_json": {"frits"},
    "tenants:mensen": {"dewi"},
    "tenants:persoon": {"dewi"},
    "tenants:rollen": {"dewi"},
    "tenants:voorbeeld": {"dewi"},
    "tenants:waarom": {"dewi"},
    "tenants:rolverdeling": {"dewi"},
    "tenants:uitnodigen": {"dewi"},
    "tenants:rol_geven": {"dewi"},
    "tenants:rol_stoppen": {"dewi"},
    "tenants:gegevens": {"dewi"},
    "tenants:aanstelling": {"dewi"},
    "tenants:aanstelling_einde": {"dewi"},
    "tenants:rolverzoek": {"dewi"},
    "tenants:rolverzoek_besluit": {"dewi"},
    "publiek:zoek": EVERYBODY,
    "publiek:uitleg": EVERYBODY,
    "publiek:adviespunt": EVERYBODY,
    "publiek:versie": EVERYBODY,
    "publiek:document": EVERYBODY,
    "publiek:document_versie": EVERYBODY,
    "publiek:stijlblad": EVERYBODY,
    "publiek:logo": EVERYBODY,
    "publiek:ervaring": EVERYBODY,
    "publiek:ervaring_bedankt": EVERYBODY,
    "publiek:briefjes": ARNHEM,
    "publiek:ervaringen_lijst": {"chantal", "fatma", "teun"},
    "publiek:ervaringen": {"chantal", "fatma"},
    "toegankelijkheid": EVERYBODY,
    "privacy": EVERYBODY,
    "kwetsbaarheid": EVERYBODY,
    "robots_txt": EVERYBODY,
    "sitemap": EVERYBODY,
    "security_txt": EVERYBODY,
    "gezond": EVERYBODY,
}
# Nothing is public in this test, so these are 404 for everybody.
NOBODY = {
    "signalering:publicatie",
    "signalering:publicatie_pdf",
    "signalering:publicatie_csv",
    "signalering:api_publicatie",
    "signalering:vergelijken",
    "signalering:feed_van",
    "signalering:api_tabel",
    "signalering:api_onbekend",
}
# These take POST only; whoever is named gets through the door.
POST = {
    "signalering:berichten_hier": {"gerard", "otto"},
    "cases:delen_stoppen": KWESTIE,
    "cases:concept_nieuw": ARNHEM,
    "cases:concept_contact": {"anna"},
    "cases:concept_afronden": {"anna"},
    "cases:concept_weg": ARNHEM,  # each her own draft only: tests/cases/test_concepten
    "cases:dubbel": ARNHEM,
    "cases:filter_bewaren": ARNHEM,
    "cases:filter_weg": ARNHEM,
    "cases:concept_bewerken": {"anna"},
    "cases:ongedaan": ARNHEM,  # each her own act only: tests/cases/test_ongedaan
    "cases:terugzetten": ARNHEM,  # of what she may change: tests/cases/test_prullenbak
    "cases:start": {"anna"},  # sends her on: support has begun already
    "cases:wacht": {"anna"},
    "cases:heropenen": {"anna"},
    "cases:stap_verder": {"anna"},
    "cases:agenda_gedaan": {"anna"},
    "cases:turven": ARNHEM,
    "cases:ambtshalve_gedaan": {"anna"},
    "cases:brief_voorbeeld": {"anna"},
    "cases:tekstblok_weg": ARNHEM,
    "cases:organisatie_stand": {*ARNHEM, "dewi"},
    "cases:functie_einde": {"dewi"},
    "cases:opvallend_oordeel": {"frits"},
    "cases:splitsen": KWESTIE,  # sends her on: nothing was merged
    "cases:doorgeleiden": KWESTIE,  # and on: support has begun
    "cases:signaal_koppelen": {"anna"},
    "cases:melder": {"anna"},  # sends her on: it did not come in at the door
    "cases:signaal_los": {"anna"},
    "signalering:trend_besluit": {"chantal"},
    "tenants:uitnodiging_opnieuw": {"dewi"},
    "tenants:uitnodiging_intrekken": {"dewi"},
    "signalering:stap": READS,
    "signalering:tekst_voorbeeld": {"chantal"},
    "signalering:opmerking_klaar": set(),  # no remark: tests/signalering/test_gesprek
    "signalering:opnieuw": {"chantal"},
    "signalering:weglaten": {"chantal"},
    "signalering:opzet": {"chantal"},
    "beheer:waarde_stand": {"dewi"},
}
# Doors of the frame, tried in tests of their own.
FRAME = {"start", "set_language", "cases:registreren", "meelezen", "signalering:taal"}


def names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every named address of the product; those of signing in are tried in
    tests/tenants/test_inloggen.py.
    """
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if str(entry.pattern).startswith("accounts/"):
                continue
            deeper = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry, deeper)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{prefix}{entry.name}"


@pytest.fixture(scope="module")
def places(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, UUID]]:
    """A kwestie of Anna and a concept report, both of Arnhem; made once."""
    folder = tmp_path_factory.mktemp("rapporten")
    with django_db_blocker.unblock(), undone(), override_settings(RAPPORT_ROOT=folder):
        yield _planted()


@pytest.fixture(autouse=True)
def _on_its_own(places: dict[str, UUID]) -> Iterator[None]:
    """What a test does to the rows is gone after it."""
    with undone():
        yield


def _planted() -> dict[str, UUID]:
    maken.fill(per_aard=6)
    wie = people.wie("anna")
    with acting_as(wie.scope(1)):
        (client,) = maken.clients(1, 1)
        kwestie = maken.kwestie(
            1,
            client,
            ondersteuner_id=wie.user_id,
            status="IN_ONDERSTEUNING",
            resultaat="",
            afgerond_op=None,
        )
        hang_on(kwestie)
    rapport = maken.make_report()
    administer(kwestie.pk)
    door.ask_with_id(door.open_door(), kwestie.pk)
    of_people()
    with acting_as(wie.scope(1)):
        Signaal.objects.create(
            id=rapport,
            tenant_id=1,
            titel="Lang wachten",
            aard="ORG",
            omschrijving="Cliënten wachten lang.",
            voorgesteld_door_id=wie.user_id,
        )
    begin_onderzoek(rapport)
    return {
        "cases": kwestie.pk,
        "signalering": rapport,
        "beheer": kwestie.pk,
        "tenants": people.ident("anna"),  # one id: of a person, a role, a request
    }


def begin_onderzoek(pk: UUID) -> None:
    """An investigation of Chantal because of the signal with the same id."""
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(1)):
        Onderzoek.objects.create(
            id=pk,
            tenant_id=1,
            titel="Wachten",
            vraag="Waarom duurt het lang?",
            signalen=[pk],
            gestart_door_id=chantal.user_id,
            schrijvers=[chantal.user_id],
        )


def administer(pk: UUID) -> None:
    """An opdracht, an own value and a look of Arnhem."""
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        Opdracht.objects.create(
            id=pk,
            tenant_id=1,
            naam="Jeugd",
            diensten=["VP_JEUGD"],
            van=date(2026, 1, 1),
        )
        EigenWaarde.objects.create(id=pk, tenant_id=1, code="ORG.X", naam="Loket")
        FunctieScope.objects.create(
            id=pk,
            tenant_id=1,
            naam="Maatje",
            wet="WMO",
            bereik="BEPERKT",
            van=timezone.localdate(),
            door_id=dewi.user_id,
        )
        Organisatie.objects.create(
            id=pk,
            tenant_id=1,
            naam="Steunpunt",
            soort="MZSP",
            gecontroleerd_op=timezone.localdate(),
        )
        Huisstijl.objects.create(
            tenant_id=1,
            kleur="#0b5a72",
            logo=b"png",
            logo_breedte=1,
            logo_hoogte=1,
            merk=MERK,
            door_id=dewi.user_id,
        )
        publish(dewi)


def publish(dewi: Wie) -> None:
    """The page of Arnhem with a document, in the look that it uses."""
    teksten = dict.fromkeys(Publiekepagina.TEKSTEN, "Een tekst.")
    pagina.save_draft(actor=dewi, tenant_id=1, teksten=teksten)
    pagina.establish(actor=dewi, tenant_id=1)
    about: dict[str, Any] = {"actor": dewi, "tenant_id": 1, "soort": "meldcode"}
    save_document(tekst="Stap 1.", geldig_vanaf=timezone.localdate(), **about)
    establish_document(**about)
    Tenant.objects.filter(pk=1).update(stijl=MERK)


def of_people() -> None:
    """What hangs on tenant administration, all with the id of Anna."""
    dewi, anna = people.wie("dewi"), people.ident("anna")
    about: dict[str, Any] = {"id": anna, "tenant_id": 1, "door_id": dewi.user_id}
    with acting_as(dewi.scope(1)):
        Membership.objects.create(
            id=anna,
            tenant_id=1,
            user_id=anna,
            soort="MEDEWERKER",
            rol="VRIJWILLIGER",
            van=date(2099, 1, 1),
        )
        Uitnodiging.objects.create(
            email="nieuw@x.example", soort="MEDEWERKER", rol="TOETSER", **about
        )
        Rolverzoek.objects.create(wat="GEVEN", rol="TOETSER", reden="Nodig", **about)
        Aanstelling.objects.create(
            medewerker_id=anna,
            instantie="Het college",
            besluit_op=date(2024, 1, 1),
            functie="OCO",
            van=date(2024, 1, 1),
            **about,
        )


def hang_on(kwestie: Kwestie) -> None:
    """One of each part, with the id of the kwestie itself; Bram reviews the action."""
    about: dict[str, Any] = {"id": kwestie.pk, "tenant_id": 1, "kwestie": kwestie}
    anna = people.ident("anna")
    Toestemming.objects.create(
        ontvanger_soort="GEMEENTE",
        ontvanger_naam_v="Consulent",
        onderwerp_v="De brief",
        wijze="GESPREK",
        is_uitdrukkelijk=True,
        gegeven_op=timezone.now(),
        vastgelegd_door_id=anna,
        **about,
    )
    Stap.objects.create(omschrijving_v="Brief", wie="SAMEN", **about)
    hang_letters_on(about, anna)
    Agendapunt.objects.create(
        soort="BELLEN",
        dag=timezone.localdate(),
        waarover_v="De brief",
        gemaakt_door_id=anna,
        **about,
    )
    ExternTraject.objects.create(
        type="bezwaar", instantie="C", rol_ondersteuner="meegedacht", **about
    )
    texts = ("feiten_v", "bewijs_v", "niet_in_staat_v", "actie_v")
    AmbtshalveActie.objects.create(
        is_aantoonbaar=True,
        is_niet_in_staat=True,
        voorgesteld_door_id=anna,
        toetser_id=people.ident("bram"),
        **dict.fromkeys(texts, "Tekst"),
        **about,
    )
    texts = ("feiten", "geen_toestemming", "geprobeerd", "ernst", "minimaal")
    Doorbreking.objects.create(
        grond="BELANG_CLIENT",
        aanvrager_id=anna,
        toetser_id=people.ident("bram"),
        beslisser_id=people.ident("fatma"),
        **{f"{veld}_v": "Tekst" for veld in (*texts, "ontvanger")},
        **about,
    )
    MeldcodeTraject.objects.create(
        gestart_door_id=anna,
        verantwoordelijke_id=people.ident("bram"),
        functie="Ondersteuner",
        signalen_op=date(2025, 3, 8),
        signalen_v="Tekst",
        **about,
    )
    Contactmoment.objects.create(
        datum_tijd=timezone.now(), kanaal="TEL", activiteiten=["IND.INFO"], **about
    )
    Verwijzing.objects.create(instantie_type="GEM", **about)
    AvgVerzoek.objects.create(
        soort="INZAGE",
        leeftijd="VANAF_16",
        ondertekenaar="ZELF",
        ontvangen_op=timezone.localdate(),
        termijn_op=end_of_term(timezone.localdate(), 1),
        geregistreerd_door_id=anna,
        vraag_v="Tekst",
        **about,
    )
    Vordering.objects.create(
        instantie="OM",
        ontvangen_op=timezone.localdate(),
        vastgelegd_door_id=anna,
        wat_v="Tekst",
        **about,
    )
    Datalek.objects.create(
        id=kwestie.pk,
        tenant_id=1,
        ontdekt_op=timezone.now(),
        gemeld_door_id=anna,
        wat_v="Tekst",
    )
    Plaatsvervanging.objects.create(
        id=kwestie.pk,
        tenant_id=1,
        afwezige_id=anna,
        vervanger_id=people.ident("vera"),
        van=date(2024, 1, 1),
        tot=date(2024, 1, 8),
        besluit="Voorbij",
        door_id=people.ident("chantal"),
    )
    CollectieveActiviteit.objects.create(
        id=kwestie.pk,
        tenant_id=1,
        medewerker_id=anna,
        datum=date(2025, 3, 1),
        soort="COL.LOTG",
    )
    Nevenbelang.objects.create(
        id=kwestie.pk,
        tenant_id=1,
        medewerker_id=people.ident("nadia"),
        organisatie="Siza",
        soort="NEVEN",
        van=date(2024, 1, 1),
    )


def hang_letters_on(about: dict[str, Any], anna: UUID) -> None:
    file = Bijlage.objects.create(
        soort="TXT",
        omvang=4,
        stukken=1,
        toegevoegd_door_id=anna,
        naam_v="a.txt",
        **about,
    )
    _store(file, b"Dag.")
    Brief.objects.create(
        soort="BRIEF", aan_soort="ANDER", opgesteld_door_id=anna, **about
    )
    Tekstblok.objects.create(
        id=about["id"],
        tenant_id=1,
        titel="Blok",
        tekst="Tekst",
        gemaakt_door_id=anna,
    )


def address(name: str, places: dict[str, UUID]) -> str:
    app = name.partition(":")[0]
    options: list[dict[str, Any]] = [
        {},
        {"slug": "arnhem"},
        {"slug": "arnhem", "code": "ondersteuning"},
        {"pk": places.get(app, uuid4())},
        {"code": "arnhem"},
        {"rest": "v9"},
        {"pk": places.get(app), "code": "aard"},
        {"rol": "TOETSER"},
        {"slug": "arnhem", "pk": places.get(app)},
        {"slug": "arnhem", "pk": places.get(app), "publiek": "opdrachtgever"},
        {"slug": "arnhem", "pk": places.get(app), "verb": "dien-in"},
        {"slug": "arnhem", "merk": MERK},
        {"slug": "arnhem", "versie": 1},
        {"slug": "arnhem", "soort": "meldcode"},
        {"slug": "arnhem", "soort": "meldcode", "versie": 1},
        *(
            {"slug": "arnhem", "pk": places.get(app), part: places.get(app)}
            for part in (
                *("toestemming", "stap", "traject", "actie", "deling", "verwijzing"),
                *("ding", "punt", "vordering", "bijlage", "brief", "koppeling"),
                *("opmerking", "onjuistheid"),
            )
        ),
        {
            **{"slug": "arnhem", "pk": places.get(app), "brief": places.get(app)},
            "vorm": "pdf",
        },
    ]
    for kwargs in options:
        try:
            return reverse(name, kwargs=kwargs)
        except Exception:
            continue
    raise AssertionError(f"no arguments known for {name}")


def status(browser: Client, name: str, places: dict[str, UUID]) -> int:
    response = browser.get(address(name, places))
    for close in response._resource_closers:  # the PDF, without ending the request
        close()
    return int(response.status_code)


def refused(browser: Client, name: str, places: dict[str, UUID]) -> bool:
    got = browser.post(address(name, places), {"x": "1"}).status_code
    if got == 405:  # nothing can be sent there; then it is about looking
        got = status(browser, name, places)
    return got in (302, 404)


def looks(turn: int, place: int) -> bool:
    """Whether it is the turn of this person to look at what is not for her."""
    return DEEP or (turn + place) % 2 == 0


def sends(turn: int, place: int) -> bool:
    """Or to send something to it."""
    return DEEP or (turn + place) % 2 == 1


def test_every_address_has_a_row() -> None:
    rows = {*GET, *NOBODY, *POST, *FRAME}
    assert set(names()) == rows


def test_every_page_is_for_who_the_table_says(
    places: dict[str, UUID], brief_refusals: None
) -> None:
    """A page that is not for somebody is looked at by every other person in turn, and
    sent to by the rest (the next test); all do both with ADVIESPUNT_DEEP=1.
    """
    wrong = []
    for turn, naam in enumerate((*people.PEOPLE, None)):
        browser = people.browser(naam)
        for place, (name, allowed) in enumerate(GET.items()):
            if naam not in allowed and not looks(turn, place):
                continue
            got = status(browser, name, places)
            want = 200 if naam in allowed else 302 if naam is None else 404
            want = 302 if (name, naam) == ("beheer:stand", "dewi") else want
            if got != want:
                wrong.append((name, naam, got, want))
        for place, name in enumerate(NOBODY):
            if looks(turn, place) and status(browser, name, places) != 404:
                wrong.append((name, naam, "not 404"))
    assert wrong == [], wrong


def test_posts_are_refused_to_who_has_no_business_there(
    places: dict[str, UUID], brief_refusals: None
) -> None:
    """Everybody in turn: each address is sent to by every other person (all of them with
    ADVIESPUNT_DEEP=1)."""
    wrong = []
    for turn, naam in enumerate((*people.PEOPLE, None)):
        browser = people.browser(naam)
        for place, (name, allowed) in enumerate({**GET, **POST}.items()):
            if naam in allowed or not sends(turn, place):
                continue
            if not refused(browser, name, places):
                wrong.append((name, naam))
    # A contact who may react gets the form again, with what is missing (422).
    assert wrong == [("signalering:reactie", "gerard")] or wrong == []


def test_the_other_tenant_is_not_there(places: dict[str, UUID]) -> None:
    """The same ids under the slug of another tenant, for who works in both."""
    browser = people.browser("nadia")
    for app, pk in places.items():
        name = {
            "cases": "cases:kwestie",
            "signalering": "signalering:rapportage",
            "beheer": "beheer:opdracht",
            "tenants": "tenants:gegevens",
        }[app]
        url = reverse(name, kwargs={"slug": "wulpenhorst", "pk": pk})
        assert browser.get(url).status_code == 404
    assert (
        people.browser("hanna").get("/t/bestaat-niet/rapportages/nieuw/").status_code
        == 404
    )


def test_case_data_shows_on_no_page_of_a_contact(places: dict[str, UUID]) -> None:
    with acting_as(people.wie("anna").scope(1)):
        nummers = list(Kwestie.objects.values_list("nummer", flat=True))
    assert len(nummers) > 30
    browser = people.browser("gerard")
    for name in (*GET, *NOBODY, *POST):
        body = browser.get(address(name, places)).content.decode(errors="ignore")
        assert not any(nummer in body for nummer in nummers), name


def test_start_sends_everybody_to_her_own_first_page() -> None:
    assert people.browser(None).get("/").status_code == 200
    assert people.browser("anna").get("/").headers["Location"] == "/dag/"
    assert people.browser("gerard").get("/").headers["Location"] == "/rapportages/"
    assert people.browser("els").get("/").headers["Location"] == "/rapportages/"


def test_what_is_for_one_person_is_never_stored() -> None:
    assert people.browser("anna").get("/werk/").headers["Cache-Control"] == "no-store"
    assert "no-store" not in people.browser(None).get("/openbaar/").headers.get(
        "Cache-Control", ""
    )


def test_public_pages_run_in_the_public_role_whoever_asks() -> None:
    roles = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "signalering_publicatie" in sql:
            with connection.connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                roles.append(cursor.fetchone()[0])
        return execute(sql, params, many, context)

    for naam in (None, "anna", "gerard"):
        with connection.execute_wrapper(note):
            assert people.browser(naam).get("/openbaar/").status_code == 200
    assert set(roles) == {"adviespunt_public"}
