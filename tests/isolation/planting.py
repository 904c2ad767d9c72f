"""What could leak: the same kind of rows in both tenants, committed, by name.

Everything of a tenant carries its slug in the text, so a leak can be read off.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from cases.models import (
    Aanmelding,
    Achtergrond,
    Agendapunt,
    AmbtshalveActie,
    AvgVerzoek,
    Belangencheck,
    BewaardFilter,
    Bijlage,
    BijlageStuk,
    Brief,
    CaseGrant,
    Client,
    CollectieveActiviteit,
    Concept,
    Contactmoment,
    Correctie,
    Dagstaat,
    Doorbreking,
    Doorgeleiding,
    ExternTraject,
    Handeling,
    Kwestie,
    KwestieSignaal,
    Loketbericht,
    Loketsleutel,
    MeldcodeTraject,
    Nevenbelang,
    Overdracht,
    Plaatsvervanging,
    PrivacyInformatie,
    Prullenbak,
    Samenvoeging,
    Stap,
    Tekstblok,
    Toestemming,
    Uitzondering,
    Verwijzing,
    Vordering,
    Zoekteken,
)
from privacy.models import AuditEvent
from signalering.models import (
    DEFINITIEF,
    Berichtkeuze,
    Bespreking,
    Bestand,
    Beveiliging,
    Herinnering,
    Jaarplan,
    Onderzoek,
    Onjuistheid,
    Opmerking,
    Publicatie,
    Rapportage,
    Rapportzegel,
    Reactie,
    Signaal,
    Signaaloverleg,
    Signaalstap,
    Status,
    Trendbesluit,
    Uitgifte,
    Verbeteractie,
)
from tenants.models import (
    Aanstelling,
    Datalek,
    Dpia,
    EigenWaarde,
    Ervaring,
    Ervaringscode,
    FunctieScope,
    Huisstijl,
    InzageNotitie,
    Job,
    Loket,
    OpenbaarDocument,
    Organisatie,
    OrganisatieVersie,
    Publiekepagina,
    RegioLid,
    Rolverzoek,
    Telafspraak,
    TenantInstelling,
    Terugkomcode,
    Terugkomst,
    Uitnodiging,
)
from tenants.scope import loading
from tests import people

FIGURES = {"naam": "totaal", "cellen": []}
SHA = "a" * 64
# One report per status, each over a quarter of its own.
PERIODS = {status.value: f"{2019 + n}-Q1" for n, status in enumerate(Status)}
DISCUSSED = {
    Status.BESPROKEN,
    Status.VASTGESTELD,
    Status.OPENBAAR_DEELS,
    Status.VERTROUWELIJK_AFGEROND,
}
OFFERED = {Status.AANGEBODEN, Status.IN_BESPREKING, *DISCUSSED}
TABLES = (
    "cases_client",
    "cases_kwestie",
    "cases_contactmoment",
    "cases_verwijzing",
    "cases_externtraject",
    "cases_overdracht",
    "cases_plaatsvervanging",
    "cases_casegrant",
    "cases_concept",
    "cases_bewaardfilter",
    "cases_toestemming",
    "cases_stap",
    "cases_nevenbelang",
    "cases_belangencheck",
    "cases_ambtshalveactie",
    "cases_doorbreking",
    "cases_meldcodetraject",
    "cases_uitzondering",
    "cases_achtergrond",
    "cases_collectieveactiviteit",
    "cases_avgverzoek",
    "cases_vordering",
    "tenants_datalek",
    "cases_privacyinformatie",
    "cases_zoekteken",
    "cases_samenvoeging",
    "cases_correctie",
    "cases_doorgeleiding",
    "cases_prullenbak",
    "cases_handeling",
    "cases_agendapunt",
    "cases_dagstaat",
    "tenants_regiolid",
    "cases_bijlage",
    "cases_bijlagestuk",
    "cases_brief",
    "cases_tekstblok",
    "tenants_huisstijl",
    "tenants_publiekepagina",
    "tenants_openbaardocument",
    "tenants_ervaringscode",
    "tenants_ervaring",
    "tenants_eigenwaarde",
    "tenants_tenantinstelling",
    "tenants_organisatie",
    "tenants_organisatieversie",
    "tenants_functiescope",
    "tenants_telafspraak",
    "tenants_terugkomcode",
    "tenants_terugkomst",
    "tenants_uitnodiging",
    "tenants_rolverzoek",
    "tenants_aanstelling",
    "tenants_job",
    "cases_kwestiesignaal",
    "signalering_signaal",
    "signalering_signaalstap",
    "signalering_signaaloverleg",
    "signalering_verbeteractie",
    "signalering_trendbesluit",
    "signalering_onderzoek",
    "signalering_opmerking",
    "signalering_onjuistheid",
    "signalering_herinnering",
    "signalering_rapportage",
    "signalering_beveiliging",
    "signalering_uitgifte",
    "signalering_jaarplan",
    "signalering_bespreking",
    "signalering_reactie",
    "signalering_bestand",
    "signalering_publicatie",
    "signalering_rapportzegel",
    "signalering_berichtkeuze",
    "privacy_auditevent",
    "privacy_sleutel",
    "privacy_verwijdering",
    "privacy_tenantsleutel",
    "tenants_inzagenotitie",
    "tenants_dpia",
    "tenants_loket",
    "cases_loketsleutel",
    "cases_aanmelding",
    "cases_loketbericht",
)
# To clean up or to look at: everything of a tenant, whatever the column is called.
TENANT_COLUMN = {
    "tenants_tenant": "id",
    "tenants_opdracht": "tenant_id",
    "tenants_membership": "tenant_id",
    "tenants_tenantgroupobjectpermission": "content_object_id",
    **dict.fromkeys(TABLES, "tenant_id"),
}


def ident(kind: str, slug: str) -> UUID:
    """The fixed id of the planted row ``kind`` of the tenant ``slug``."""
    return people.ident(f"{kind}-{slug}")


def plant() -> None:
    """Put everything in, as owner."""
    with loading(*TABLES):
        for slug in people.TENANTS:
            _cases(slug)
            _concepten(slug)
            _regels(slug)
            _dag(slug)
            _brieven(slug)
            _herstel(slug)
            _tellen(slug)
            _loket(slug)
            _signalen(slug)
            _beheer(slug)
            _mensen(slug)
            for status in Status:
                _rapportage(slug, status)


def _mensen(slug: str) -> None:
    tenant_id, dewi = people.tenant_id(slug), people.ident("dewi")
    Uitnodiging.objects.create(
        id=ident("uitnodiging", slug),
        tenant_id=tenant_id,
        email=f"{slug}@uitgenodigd.example",
        soort="MEDEWERKER",
        rol="TOETSER",
        door_id=dewi,
    )
    Rolverzoek.objects.create(
        id=ident("rolverzoek", slug),
        tenant_id=tenant_id,
        door_id=dewi,
        wat="GEVEN",
        rol="TOETSER",
        reden=f"Nodig in {slug}",
    )
    Aanstelling.objects.create(
        id=ident("aanstelling", slug),
        tenant_id=tenant_id,
        medewerker_id=people.ident("nadia"),
        instantie=f"Het college van {slug}",
        besluit_op=date(2024, 1, 1),
        functie="OCO",
        van=date(2024, 1, 1),
        door_id=dewi,
    )


def _cases(slug: str) -> None:
    tenant_id = people.tenant_id(slug)
    supporter = {"arnhem": "anna", "wulpenhorst": "hanna"}[slug]
    client = Client.objects.create(
        id=ident("client", slug),
        tenant_id=tenant_id,
        identiteitsstatus="BEKEND",
        extern_code="C-1",
        naam_v=f"Naam van {slug}",
        telefoon_v=f"06-{slug}",
        email_v=f"client@{slug}.example",
        adres_v=f"Straat {slug}",
    )
    kwestie(slug, "kwestie", client=client, ondersteuner_id=people.ident("nadia"))
    kwestie(slug, "anoniem", ondersteuner_id=people.ident(supporter))
    Contactmoment.objects.create(
        id=ident("contact", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("kwestie", slug),
        medewerker_id=people.ident("nadia"),
        datum_tijd=datetime(2025, 3, 1, 10, tzinfo=UTC),
        kanaal="TEL",
        activiteiten=["IND.INFO"],
        duur_min=17,
        notitie_v=f"Notitie {slug}",
    )
    Verwijzing.objects.create(
        id=ident("verwijzing", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("kwestie", slug),
        instantie_type="GEM",
        organisatie=f"Loket {slug}",
    )
    ExternTraject.objects.create(
        id=ident("traject", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("kwestie", slug),
        type="bezwaar",
        instantie=f"Commissie {slug}",
        rol_ondersteuner="bijgestaan",
    )
    _toegang(slug, tenant_id)
    Job.objects.create(
        id=ident("job", slug),
        tenant_id=tenant_id,
        taak="signalering.maak_rapportage",
        onderwerp_id=ident("rapport-CONCEPT", slug),
        actor_id=people.ident("chantal"),
        status=Job.Status.KLAAR,
    )
    InzageNotitie.objects.create(
        id=ident("oordeel", slug),
        tenant_id=tenant_id,
        sleutel=f"nacht:{slug}",
        notitie_v=f"Besproken {slug}",
        door_id=people.ident("frits"),
    )
    Dpia.objects.create(
        id=ident("dpia", slug),
        tenant_id=tenant_id,
        verwerking="ondersteuning",
        versie=1,
        restrisico="LAAG",
        beschrijving_v=f"Beschrijving {slug}",
        noodzaak_v=f"Noodzaak {slug}",
        risicos_v=f"Risico {slug}",
        maatregelen_v=f"Maatregel {slug}",
        door_id=people.ident("frits"),
    )
    AuditEvent.objects.create(
        id=ident("audit", slug),
        tenant_id=tenant_id,
        rol="staff",
        gebeurtenis="kwestie_ingezien",
        onderwerp="kwestie",
        onderwerp_ids=[ident("kwestie", slug)],
    )


def _dag(slug: str) -> None:
    """A call that was promised, and the tally of a day."""
    tenant_id, nadia = people.tenant_id(slug), people.ident("nadia")
    Agendapunt.objects.create(
        id=ident("agenda", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("kwestie", slug),
        soort="BELLEN",
        dag=date(2025, 3, 9),
        waarover_v=f"Terugbellen {slug}",
        gemaakt_door_id=nadia,
    )
    Dagstaat.objects.create(
        id=ident("dagstaat", slug),
        tenant_id=tenant_id,
        medewerker_id=nadia,
        dag=date(2025, 3, 9),
        telefoontjes=7,
    )


def _brieven(slug: str) -> None:
    """A file in one piece, a letter that was begun, a text of the team."""
    tenant_id, nadia = people.tenant_id(slug), people.ident("nadia")
    about = {"tenant_id": tenant_id, "kwestie_id": ident("kwestie", slug)}
    file = Bijlage.objects.create(
        id=ident("bijlage", slug),
        soort="PDF",
        omvang=3,
        stukken=1,
        toegevoegd_door_id=nadia,
        naam_v=f"Bestand {slug}.pdf",
        **about,
    )
    BijlageStuk.objects.create(
        id=ident("stuk", slug), bijlage=file, nr=0, inhoud_v=f"Inhoud {slug}", **about
    )
    Brief.objects.create(
        id=ident("brief", slug),
        soort="KLACHT",
        aan_soort="ANDER",
        opgesteld_door_id=nadia,
        tekst_v=f"Brief {slug}",
        **about,
    )
    Tekstblok.objects.create(
        id=ident("tekstblok", slug),
        tenant_id=tenant_id,
        titel=f"Blok {slug}",
        tekst=f"Tekst {slug}",
        soorten=["BRIEF"],
        gemaakt_door_id=nadia,
    )


def _herstel(slug: str) -> None:
    """Privacy told, a token of a name, a merge, a correction, one passed on."""
    tenant_id = people.tenant_id(slug)
    about = {"tenant_id": tenant_id, "kwestie_id": ident("kwestie", slug)}
    other = Client.objects.create(
        id=ident("dubbel", slug), tenant_id=tenant_id, identiteitsstatus="BEKEND"
    )
    PrivacyInformatie.objects.create(
        id=ident("privacy", slug),
        tenant_id=tenant_id,
        client_id=ident("client", slug),
        reden="SPOED",
    )
    Zoekteken.objects.create(
        id=ident("teken", slug),
        tenant_id=tenant_id,
        client_id=ident("client", slug),
        teken=f"w-{slug}",
    )
    Samenvoeging.objects.create(
        id=ident("samen", slug),
        tenant_id=tenant_id,
        blijft_id=ident("client", slug),
        vervalt=other,
        kwestie_ids=[],
    )
    Correctie.objects.create(
        id=ident("correctie", slug),
        veld="aard",
        was="ORG",
        werd="FIN",
        is_gerapporteerd=True,
        **about,
    )
    Doorgeleiding.objects.create(
        id=ident("doorgeleid", slug),
        naar_id=tenant_id,
        is_met_toestemming=False,
        **about,
    )
    thrown = Prullenbak.objects.create(
        id=ident("prullenbak", slug),
        soort="VERWIJZING",
        ding=ident("verwijzing", slug),
        weggegooid_door_id=people.ident("nadia"),
        reden_v=f"Dubbel {slug}",
        **about,
    )
    Handeling.objects.create(
        id=ident("handeling", slug),
        medewerker_id=people.ident("nadia"),
        versie=1,
        van="TOEGEWEZEN",
        naar="TOEGEWEZEN",
        weggegooid=thrown,
        was_v=f"Was {slug}",
        **about,
    )


def _tellen(slug: str) -> None:
    """How anonymous people count, and one who came back."""
    tenant_id, dewi = people.tenant_id(slug), people.ident("dewi")
    RegioLid.objects.create(  # of long ago, so that it gives nobody a place
        id=ident("regiolid", slug),
        tenant_id=people.tenant_id(slug),
        lid_id=3 - people.tenant_id(slug),
        van=date(2015, 1, 1),
        tot=date(2015, 12, 31),
    )
    Berichtkeuze.objects.create(
        tenant_id=tenant_id, user_id=people.ident("gerard"), openbaar=True
    )
    Telafspraak.objects.create(
        id=ident("telafspraak", slug),
        tenant_id=tenant_id,
        wijze="EEN",
        reden=f"De reden van {slug}",
        door_id=dewi,
    )
    code = Terugkomcode.objects.create(
        id=ident("code", slug), tenant_id=tenant_id, hash=slug.ljust(64), door_id=dewi
    )
    Terugkomst.objects.create(
        id=ident("terugkomst", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("anoniem", slug),
        code=code,
    )


def _loket(slug: str) -> None:
    """A door, a question that waits and one that was taken up, with an answer."""
    tenant_id = people.tenant_id(slug)
    key = Loketsleutel(
        id=ident("loketsleutel", slug), tenant_id=tenant_id, publiek=b"p" * 32
    )
    key.geheim = f"Geheim {slug}"
    key.save(force_insert=True)
    Loket.objects.create(
        id=ident("loket", slug),
        tenant_id=tenant_id,
        slug=slug,
        naam=f"Loket {slug}",
        type="gemeente",
        bereikbaar=f"Bel {slug}",
    )
    about: dict[str, Any] = {
        "tenant_id": tenant_id,
        "loketsleutel": key,
        "melder_publiek": b"m" * 32,
        "team_publiek": b"t" * 32,
    }
    Aanmelding.objects.create(
        id=ident("aanmelding", slug), inhoud=f"Dicht {slug}".encode(), **about
    )
    Aanmelding.objects.create(
        id=ident("opgenomen", slug),
        kwestie_id=ident("anoniem", slug),
        opgenomen_op=datetime(2025, 3, 1, 10, tzinfo=UTC),
        team_geheim_v=f"Sleutel {slug}",
        **about,
    )
    Loketbericht.objects.create(
        id=ident("loketbericht", slug),
        tenant_id=tenant_id,
        aanmelding_id=ident("opgenomen", slug),
        is_van_ons=True,
        door_id=people.ident("nadia"),
        voor_team=f"Team {slug}".encode(),
        voor_melder=f"Melder {slug}".encode(),
    )


def _signalen(slug: str) -> None:
    """A signal that was brought in, with all that hangs on it."""
    door = people.ident("nadia")
    about = {"tenant_id": people.tenant_id(slug), "signaal_id": ident("signaal", slug)}
    Signaal.objects.create(
        id=ident("signaal", slug),
        tenant_id=about["tenant_id"],
        titel=f"Signaal {slug}",
        aard="ORG",
        omschrijving=f"Wat er speelt bij {slug}",
        status="INGEBRACHT",
        voorgesteld_door_id=door,
        ingebracht_op=datetime(2025, 3, 1, tzinfo=UTC),
    )
    Onderzoek.objects.create(
        id=ident("onderzoek", slug),
        tenant_id=about["tenant_id"],
        titel=f"Onderzoek {slug}",
        vraag=f"Hoe zit het bij {slug}?",
        signalen=[ident("signaal", slug)],
        status="AANGEBODEN",
        gestart_door_id=door,
        schrijvers=[door],
        aangeboden_op=datetime(2025, 3, 1, tzinfo=UTC),
    )
    Signaalstap.objects.create(
        id=ident("signaalstap", slug), naar="INGEBRACHT", door_id=door, **about
    )
    Signaaloverleg.objects.create(
        id=ident("overleg", slug),
        datum=date(2025, 3, 2),
        ontvangers=["IGJ"],
        deelnemers=["Inspecteur"],
        afspraak=f"Afspraak {slug}",
        door_id=door,
        **about,
    )
    Verbeteractie.objects.create(
        id=ident("verbeteractie", slug),
        wat=f"Actie {slug}",
        wie="Afdeling",
        uiterlijk=date(2025, 9, 1),
        door_id=door,
        **about,
    )
    Trendbesluit.objects.create(
        id=ident("trendbesluit", slug),
        periode="2025-Q1",
        wet="JW",
        aard="ORG",
        richting="stijging",
        besluit="OPGEPAKT",
        door_id=door,
        **about,
    )
    KwestieSignaal.objects.create(
        id=ident("koppeling", slug),
        kwestie_id=ident("kwestie", slug),
        gekoppeld_door_id=door,
        **about,
    )


def _beheer(slug: str) -> None:
    """The look, the public page, an own value and the settings of a tenant."""
    tenant_id, dewi = people.tenant_id(slug), people.ident("dewi")
    Huisstijl.objects.create(
        id=ident("huisstijl", slug),
        tenant_id=tenant_id,
        kleur="#0b5a72",
        merk=slug,
        door_id=dewi,
    )
    Publiekepagina.objects.create(
        id=ident("pagina", slug),
        tenant_id=tenant_id,
        versie=1,
        wie_betaalt=f"Betaald door {slug}",
        door_id=dewi,
    )
    OpenbaarDocument.objects.create(
        id=ident("document", slug),
        tenant_id=tenant_id,
        soort="meldcode",
        versie=1,
        tekst=f"Meldcode van {slug}",
        geldig_vanaf=date(2025, 1, 1),
        door_id=dewi,
    )
    kwartaal = date(2025, 1, 1)
    Ervaringscode.objects.create(
        id=ident("code", slug), tenant_id=tenant_id, kwartaal=kwartaal, hash=slug
    )
    Ervaring.objects.create(
        id=ident("ervaring", slug),
        **{"tenant_id": tenant_id, "kwartaal": kwartaal},
        **dict.fromkeys(Ervaring.VRAGEN, 4),
    )
    EigenWaarde.objects.create(
        id=ident("waarde", slug),
        tenant_id=tenant_id,
        code="ORG.X1",
        naam=f"Eigen {slug}",
    )
    TenantInstelling.objects.create(
        id=ident("instelling", slug), tenant_id=tenant_id, reactienorm=3
    )
    Organisatie.objects.create(
        id=ident("organisatie", slug),
        tenant_id=tenant_id,
        naam=f"Steunpunt {slug}",
        soort="MZSP",
        gecontroleerd_op=date(2026, 1, 1),
    )
    OrganisatieVersie.objects.create(
        id=ident("organisatieversie", slug),
        tenant_id=tenant_id,
        organisatie_id=ident("organisatie", slug),
        versie=1,
        door_id=dewi,
    )
    FunctieScope.objects.create(
        id=ident("functie", slug),
        tenant_id=tenant_id,
        naam=f"Maatje {slug}",
        wet="WMO",
        bereik="BEPERKT",
        van=date(2026, 1, 1),
        door_id=dewi,
    )


def _regels(slug: str) -> None:
    """Consent, a step, an interest, its check, and acting without assent."""
    nadia = people.ident("nadia")
    about = {
        "tenant_id": people.tenant_id(slug),
        "kwestie_id": ident("kwestie", slug),
    }
    Toestemming.objects.create(
        id=ident("toestemming", slug),
        ontvanger_soort="GEMEENTE",
        ontvanger_naam_v=f"Consulent {slug}",
        onderwerp_v=f"Onderwerp {slug}",
        wijze="GESPREK",
        is_uitdrukkelijk=True,
        gegeven_op=datetime(2025, 3, 1, 9, tzinfo=UTC),
        vastgelegd_door_id=nadia,
        **about,
    )
    Achtergrond.objects.create(
        id=ident("achtergrond", slug),
        doelgroepen=["VB"],
        gewenste_situatie_v=f"Wens {slug}",
        eerste_stap_v=f"Eerste stap {slug}",
        **about,
    )
    Stap.objects.create(
        id=ident("stap", slug),
        omschrijving_v=f"Stap {slug}",
        wie="SAMEN",
        gepland_op=date(2025, 3, 8),
        **about,
    )
    CollectieveActiviteit.objects.create(
        id=ident("collectief", slug),
        tenant_id=about["tenant_id"],
        medewerker_id=nadia,
        datum=date(2025, 3, 1),
        soort="COL.LOTG",
        publiek=["CLIENTEN"],
    )
    Nevenbelang.objects.create(
        id=ident("belang", slug),
        tenant_id=about["tenant_id"],
        medewerker_id=nadia,
        organisatie=f"Vereniging {slug}",
        soort="BESTUUR",
        van=date(2024, 1, 1),
        toelichting_v=f"Belang {slug}",
    )
    Belangencheck.objects.create(
        id=ident("check", slug),
        medewerker_id=nadia,
        gedaan_door_id=nadia,
        bij="REGISTREREN",
        uitkomst="GEEN",
        **about,
    )
    AmbtshalveActie.objects.create(
        id=ident("ambtshalve", slug),
        feiten_v=f"Feiten {slug}",
        bewijs_v=f"Bewijs {slug}",
        niet_in_staat_v=f"Waarom {slug}",
        actie_v=f"Actie {slug}",
        is_aantoonbaar=True,
        is_niet_in_staat=True,
        voorgesteld_door_id=nadia,
        toetser_id=people.ident("chantal"),
        **about,
    )
    _geheim(slug, about, nadia)


def _geheim(slug: str, about: dict[str, Any], nadia: UUID) -> None:
    """Two exceptional procedures and that they were there."""
    fatma, bram = people.ident("fatma"), people.ident("chantal")
    Doorbreking.objects.create(
        id=ident("doorbreking", slug),
        grond="BELANG_CLIENT",
        aanvrager_id=nadia,
        toetser_id=bram,
        beslisser_id=fatma,
        betrokkenen=[nadia, bram, fatma],
        **about,
        **{
            f"{veld}_v": f"{veld} {slug}"
            for veld in (
                *("feiten", "geen_toestemming", "geprobeerd", "ernst", "minimaal"),
                "ontvanger",
            )
        },
    )
    MeldcodeTraject.objects.create(
        id=ident("meldcode", slug),
        gestart_door_id=nadia,
        verantwoordelijke_id=bram,
        functie="Ondersteuner",
        signalen_op=date(2025, 3, 8),
        signalen_v=f"Signalen {slug}",
        **about,
    )
    AvgVerzoek.objects.create(
        id=ident("avgverzoek", slug),
        soort="INZAGE",
        leeftijd="VANAF_16",
        ondertekenaar="ZELF",
        ontvangen_op=date(2025, 3, 3),
        termijn_op=date(2025, 4, 3),
        geregistreerd_door_id=nadia,
        vraag_v=f"Vraag {slug}",
        **about,
    )
    Vordering.objects.create(
        id=ident("vordering", slug),
        instantie=f"Instantie {slug}",
        ontvangen_op=date(2025, 3, 3),
        vastgelegd_door_id=nadia,
        wat_v=f"Vordering {slug}",
        **about,
    )
    Datalek.objects.create(
        id=ident("datalek", slug),
        tenant_id=about["tenant_id"],
        ontdekt_op=datetime(2025, 3, 3, tzinfo=UTC),
        gemeld_door_id=nadia,
        wat_v=f"Lek {slug}",
    )
    Uitzondering.objects.create(
        id=ident("doorbreking", slug),
        tenant_id=about["tenant_id"],
        soort="DOORBREKING",
        jaar=2025,
        uitkomst="TOETS",
    )


def _concepten(slug: str) -> None:
    """What Nadia, who works for both, has not sent yet, and how she looks at it."""
    hers = {
        "tenant_id": people.tenant_id(slug),
        "medewerker_id": people.ident("nadia"),
    }
    Concept.objects.create(
        id=ident("concept", slug),
        soort="CONTACT",
        kwestie_id=ident("kwestie", slug),
        invoer_v=f"Concept {slug}",
        **hers,
    )
    BewaardFilter.objects.create(
        id=ident("filter", slug), naam=f"Filter {slug}", zoek="aard=FIN", **hers
    )


def _toegang(slug: str, tenant_id: int) -> None:
    """Nadia's kwestie: where it came from, who stands in for her, who reads along."""
    colleague, leader = {
        "arnhem": ("bram", "chantal"),
        "wulpenhorst": ("hanna", "teun"),
    }[slug]
    about = {"tenant_id": tenant_id, "kwestie_id": ident("kwestie", slug)}
    Overdracht.objects.create(
        id=ident("overdracht", slug),
        naar_id=people.ident("nadia"),
        reden="TOEDELING",
        door_id=people.ident(leader),
        **about,
    )
    Plaatsvervanging.objects.create(
        id=ident("vervanging", slug),
        tenant_id=tenant_id,
        afwezige_id=people.ident("nadia"),
        vervanger_id=people.ident(colleague),
        van=date(2025, 3, 1),
        tot=date(2025, 3, 8),
        besluit=f"Besluit {slug}",
        door_id=people.ident(leader),
    )
    CaseGrant.objects.create(
        id=ident("deling", slug),
        medewerker_id=people.ident(colleague),
        niveau="LEZEN",
        reden="MEEDENKEN",
        datum=date(2025, 3, 1),
        tot=date(2025, 3, 8),
        door_id=people.ident("nadia"),
        **about,
    )


def kwestie(slug: str, kind: str, **fields: Any) -> Kwestie:
    """A kwestie with confidential text, of a known client or of nobody."""
    known = "client" in fields
    return Kwestie.objects.create(
        id=ident(kind, slug),
        tenant_id=people.tenant_id(slug),
        nummer=f"{slug[:3].upper()}-{kind}",
        opdracht_id=people.ident(f"opdracht-{slug}"),
        dienst="OCO_SD",
        status="NIEUW",
        datum=date(2025, 3, 1),
        kanaal="TEL",
        rol="CLIENT",
        identiteitsstatus="BEKEND" if known else "ANONIEM",
        soort="VRAAG",
        aard="FIN",
        wet="WMO",
        kernvraag_v=f"Kernvraag {slug}",
        toelichting_v=f"Toelichting {slug}",
        doel_client_v=f"Doel {slug}",
        **fields,
    )


def _grootboek(slug: str, status: Status, year: int, about: dict[str, Any]) -> None:
    """The proof of both versions, and what went out of them."""
    out = {
        "opdrachtgever": status in OFFERED,
        "openbaar": status == Status.OPENBAAR_DEELS,
    }
    for publiek, is_out in out.items():
        Beveiliging.objects.create(
            id=ident(f"beveiliging-{publiek}-{status}", slug),
            publiek=publiek,
            jaar=year,
            drempel=10,
            cijfers_sha256=SHA,
            uitleg={"loss": 0, "bound": 0, "certificates": 0},
            grootboek={"geheim": slug},
            bewijs=[],
            **about,
        )
        if is_out:
            Uitgifte.objects.create(
                id=ident(f"uitgifte-{publiek}-{status}", slug),
                beveiliging_id=ident(f"beveiliging-{publiek}-{status}", slug),
                publiek=publiek,
                jaar=year,
                cijfers=FIGURES,
                cijfers_sha256=SHA,
                **about,
            )
    Jaarplan.objects.create(
        id=ident(f"plan-{status}", slug),
        tenant_id=about["tenant_id"],
        publiek="openbaar",
        jaar=year,
        tabellen=["totaal"],
        grondslag=str(year),
    )


def _rapportage(slug: str, status: Status) -> None:
    tenant_id = people.tenant_id(slug)
    pk = ident(f"rapport-{status}", slug)
    code = PERIODS[status]
    year = int(code[:4])
    made = status != Status.CONCEPT
    Rapportage.objects.create(
        id=pk,
        tenant_id=tenant_id,
        opdracht_id=people.ident(f"opdracht-{slug}"),
        periode=code,
        van=date(year, 1, 1),
        tot=date(year, 3, 31),
        peildatum=date(year, 4, 2),
        diensten=["OCO_SD"],
        status=status,
        druk="KLAAR",
        drempel_opdrachtgever=5,
        drempel_openbaar=10,
        cijfers=FIGURES if made else None,
        cijfers_openbaar=FIGURES if made else None,
        cijfers_sha256=SHA if made else "",
        openbaar_sha256=SHA if made else "",
        bevindingen=f"Bevindingen {slug}",
        opgesteld_door_id=people.ident("chantal"),
        schrijvers=[people.ident("chantal")],
        toets_door_id=people.ident("els") if status in OFFERED else None,
        toets_op=datetime(year, 4, 3, tzinfo=UTC) if status in OFFERED else None,
        aangeboden_op=datetime(year, 4, 4, tzinfo=UTC) if status in OFFERED else None,
        reactie_tot=date(year, 5, 4) if status in OFFERED else None,
        vastgesteld_op=date(year, 6, 1)
        if status in DISCUSSED and status != Status.BESPROKEN
        else None,
    )
    about = {"tenant_id": tenant_id, "rapportage_id": pk}
    if status == Status.IN_BESPREKING:
        _gesprek(slug, about)
    if made:
        _grootboek(slug, status, year, about)
    if status in {*DISCUSSED, Status.INGETROKKEN}:
        Bespreking.objects.create(
            id=ident(f"bespreking-{status}", slug),
            datum=date(year, 5, 1),
            deelnemers=["Beleidsadviseur"],
            verslag=f"Verslag {slug}",
            vastgelegd_door_id=people.ident("chantal"),
            **about,
        )
        Reactie.objects.create(
            id=ident(f"reactie-{status}", slug),
            tekst=f"Reactie {slug}",
            functie="Wethouder",
            door_id=people.ident("gerard" if slug == "arnhem" else "ivo"),
            **about,
        )
    if made:
        for publiek in ("opdrachtgever", "openbaar"):
            Bestand.objects.create(
                publiek=publiek,
                naam=f"{pk}/{publiek}-{slug}.pdf",
                sha256=SHA,
                grootte=1,
                **about,
            )
            if status in DEFINITIEF:
                Rapportzegel.objects.create(
                    id=ident(f"zegel-{publiek}-{status}", slug),
                    publiek=publiek,
                    sha256=SHA,
                    code_sha256=SHA,
                    certificaat_sha256=SHA,
                    **about,
                )
    if status == Status.OPENBAAR_DEELS:
        publicatie(slug, pk, code)


def _gesprek(slug: str, about: dict[str, Any]) -> None:
    Opmerking.objects.create(
        id=ident("opmerking", slug),
        onderdeel="aard",
        tekst=f"Opmerking {slug}",
        door_id=people.ident("els"),
        **about,
    )
    Onjuistheid.objects.create(
        id=ident("onjuistheid", slug),
        onderdeel="aard",
        tekst=f"Onjuistheid {slug}",
        functie="Wethouder",
        door_id=people.ident("gerard" if slug == "arnhem" else "ivo"),
        **about,
    )
    Herinnering.objects.create(
        id=ident("herinnering", slug), soort="BIJNA", aantal=1, **about
    )


def publicatie(slug: str, pk: UUID, code: str) -> Publicatie:
    """The public copy of the planted report over the quarter ``code``."""
    year = int(code[:4])
    naam, soort, _code = people.TENANTS[slug]
    return Publicatie.objects.create(
        id=ident("publicatie", slug),
        tenant_id=people.tenant_id(slug),
        rapportage_id=pk,
        opdrachtgever=naam,
        opdrachtgever_slug=slug,
        opdrachtgever_type=soort,
        periode=code,
        van=date(year, 1, 1),
        tot=date(year, 3, 31),
        peildatum=date(year, 4, 2),
        versie=1,
        diensten=["OCO_SD"],
        drempel=10,
        cijfers=FIGURES,
        cijfers_sha256=SHA,
        besproken_op=date(year, 5, 1),
        vastgesteld_op=date(year, 6, 1),
        reactie=f"Reactie {slug}",
        reactie_functie="Wethouder",
        pdf=f"{pk}/openbaar-{slug}.pdf",
        pdf_sha256=SHA,
    )
