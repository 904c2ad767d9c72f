"""Addresses of casework. What writes has the tenant in its path."""

from django.urls import path

from cases import urls_bezoek, views

app_name = "cases"
KWESTIE = "t/<slug:slug>/kwesties/<uuid:pk>/"

urlpatterns = [
    *urls_bezoek.urlpatterns,
    path("t/<slug:slug>/loket/", views.loket_team, name="loket_team"),
    path("t/<slug:slug>/aanmeldingen/<uuid:pk>/", views.aanmelding, name="aanmelding"),
    path(
        "t/<slug:slug>/aanmeldingen/<uuid:pk>/weg/",
        views.aanmelding_weg,
        name="aanmelding_weg",
    ),
    path(f"{KWESTIE}melder/", views.melder, name="melder"),
    path("dag/", views.dag, name="dag"),
    path("team/", views.mijn_team, name="team"),
    path("directie/", views.directie, name="directie"),
    path("directie/uren/", views.uren, name="uren"),
    path("directie/uren.csv", views.uren_csv, name="uren_csv"),
    path("werk/", views.werk, name="werk"),
    path("kwesties/", views.lijst, name="lijst"),
    path("registreren/", views.registreren, name="registreren"),
    path("spring/", views.spring, name="spring"),
    path("wegwijs/", views.wegwijs, name="wegwijs"),
    path("collectief/", views.collectief, name="collectief"),
    path(
        "t/<slug:slug>/collectief/nieuw/",
        views.collectief_nieuw,
        name="collectief_nieuw",
    ),
    path(
        "t/<slug:slug>/collectief/<uuid:pk>/",
        views.collectief_bewerken,
        name="collectief_bewerken",
    ),
    path("t/<slug:slug>/kwesties/nieuw/", views.nieuw, name="nieuw"),
    path(
        "t/<slug:slug>/kwesties/nieuw/concept/",
        views.concept_nieuw,
        name="concept_nieuw",
    ),
    path("t/<slug:slug>/kwesties/nieuw/dubbel/", views.dubbel, name="dubbel"),
    path(
        "t/<slug:slug>/concepten/<uuid:pk>/weg/",
        views.concept_weg,
        name="concept_weg",
    ),
    path("t/<slug:slug>/filters/", views.filter_bewaren, name="filter_bewaren"),
    path("t/<slug:slug>/filters/<uuid:pk>/weg/", views.filter_weg, name="filter_weg"),
    path(KWESTIE, views.kwestie, name="kwestie"),
    path(f"{KWESTIE}afdrukken/", views.afdrukken, name="afdrukken"),
    path(f"{KWESTIE}achtergrond/", views.achtergrond, name="achtergrond"),
    path(f"{KWESTIE}plan/", views.plan, name="plan"),
    path(f"{KWESTIE}bewerken/", views.bewerken, name="bewerken"),
    path(f"{KWESTIE}contact/", views.contact, name="contact"),
    path(f"{KWESTIE}contact/concept/", views.concept_contact, name="concept_contact"),
    path(f"{KWESTIE}start/", views.start, name="start"),
    path(f"{KWESTIE}wacht/", views.wacht, name="wacht"),
    path(f"{KWESTIE}afronden/", views.afronden, name="afronden"),
    path(
        f"{KWESTIE}afronden/concept/", views.concept_afronden, name="concept_afronden"
    ),
    path(
        f"{KWESTIE}bewerken/concept/", views.concept_bewerken, name="concept_bewerken"
    ),
    path(f"{KWESTIE}heropenen/", views.heropenen, name="heropenen"),
    path(f"{KWESTIE}toewijzen/", views.toewijzen, name="toewijzen"),
    path(
        f"{KWESTIE}andere-ondersteuner/",
        views.andere_ondersteuner,
        name="andere_ondersteuner",
    ),
    path(f"{KWESTIE}toegang/", views.toegang, name="toegang"),
    path(
        f"{KWESTIE}toegang/<uuid:deling>/stoppen/",
        views.delen_stoppen,
        name="delen_stoppen",
    ),
    path("plaatsvervanging/", views.plaatsvervangingen, name="plaatsvervangingen"),
    path(
        "t/<slug:slug>/plaatsvervanging/nieuw/",
        views.plaatsvervanging_nieuw,
        name="plaatsvervanging_nieuw",
    ),
    path(
        "t/<slug:slug>/plaatsvervanging/<uuid:pk>/einde/",
        views.plaatsvervanging_einde,
        name="plaatsvervanging_einde",
    ),
    path("t/<slug:slug>/ontheffen/", views.ontheffen, name="ontheffen"),
    path(f"{KWESTIE}verwijzing/", views.verwijzing, name="verwijzing"),
    path(f"{KWESTIE}traject/", views.traject, name="traject"),
    path(f"{KWESTIE}traject/<uuid:traject>/oordeel/", views.oordeel, name="oordeel"),
    path(
        f"{KWESTIE}traject/<uuid:traject>/termijn/",
        views.traject_termijn,
        name="traject_termijn",
    ),
    path(
        f"{KWESTIE}verwijzing/<uuid:verwijzing>/aangekomen/",
        views.aankomst,
        name="aankomst",
    ),
    path(f"{KWESTIE}termijn/<uuid:ding>.ics", views.termijn_ics, name="termijn_ics"),
    path("termijnen.ics", views.termijnen_ics, name="termijnen_ics"),
    path("sociale-kaart/", views.sociale_kaart, name="sociale_kaart"),
    path(
        "t/<slug:slug>/sociale-kaart/nieuw/",
        views.organisatie_nieuw,
        name="organisatie_nieuw",
    ),
    path(
        "t/<slug:slug>/sociale-kaart/<uuid:pk>/", views.organisatie, name="organisatie"
    ),
    path(
        "t/<slug:slug>/sociale-kaart/<uuid:pk>/bewerken/",
        views.organisatie_bewerken,
        name="organisatie_bewerken",
    ),
    path(
        "t/<slug:slug>/sociale-kaart/<uuid:pk>/stand/",
        views.organisatie_stand,
        name="organisatie_stand",
    ),
    path("wie-doet-wat/", views.wie_doet_wat, name="wie_doet_wat"),
    path("begrippen/", views.begrippen, name="begrippen"),
    path("t/<slug:slug>/functies/", views.functies, name="functies"),
    path(
        "t/<slug:slug>/functies/<uuid:pk>/einde/",
        views.functie_einde,
        name="functie_einde",
    ),
    path(f"{KWESTIE}toestemming/", views.toestemming, name="toestemming"),
    path(
        f"{KWESTIE}toestemming/<uuid:toestemming>/intrekken/",
        views.intrekken,
        name="intrekken",
    ),
    path(f"{KWESTIE}stap/", views.stap, name="stap"),
    path(f"{KWESTIE}stap/<uuid:stap>/verder/", views.stap_verder, name="stap_verder"),
    path(
        f"{KWESTIE}stap/<uuid:stap>/vervallen/",
        views.stap_vervallen,
        name="stap_vervallen",
    ),
    path(
        f"{KWESTIE}stap/<uuid:stap>/verzetten/",
        views.stap_verzetten,
        name="stap_verzetten",
    ),
    path(f"{KWESTIE}laag/", views.laag, name="laag"),
    path(f"{KWESTIE}terugbellen/", views.bellen, name="bellen"),
    path(f"{KWESTIE}termijn/", views.termijn, name="termijn"),
    path(
        f"{KWESTIE}agenda/<uuid:punt>/gedaan/",
        views.agenda_gedaan,
        name="agenda_gedaan",
    ),
    path(
        f"{KWESTIE}agenda/<uuid:punt>/verzetten/",
        views.agenda_verzetten,
        name="agenda_verzetten",
    ),
    path("t/<slug:slug>/dagstaat/", views.turven, name="turven"),
    path(f"{KWESTIE}ambtshalve/", views.ambtshalve, name="ambtshalve"),
    path(
        f"{KWESTIE}ambtshalve/<uuid:actie>/gedaan/",
        views.ambtshalve_gedaan,
        name="ambtshalve_gedaan",
    ),
    path(
        "t/<slug:slug>/ambtshalve/<uuid:pk>/toets/",
        views.ambtshalve_toets,
        name="ambtshalve_toets",
    ),
    path("geheimhouding/", views.geheimhouding, name="geheimhouding"),
    path(f"{KWESTIE}doorbreking/", views.doorbreking_nieuw, name="doorbreking_nieuw"),
    path(
        "t/<slug:slug>/doorbrekingen/<uuid:pk>/", views.doorbreking, name="doorbreking"
    ),
    path(f"{KWESTIE}meldcode/", views.meldcode_nieuw, name="meldcode_nieuw"),
    path("t/<slug:slug>/meldcodes/<uuid:pk>/", views.meldcode, name="meldcode"),
    path("avg/", views.avg_balie, name="avg_balie"),
    path("t/<slug:slug>/avg/nieuw/", views.avg_nieuw, name="avg_nieuw"),
    path("t/<slug:slug>/avg/<uuid:pk>/", views.avg_verzoek, name="avg_verzoek"),
    path("t/<slug:slug>/avg/<uuid:pk>/uitvoer/", views.avg_uitvoer, name="avg_uitvoer"),
    path(f"{KWESTIE}avg/", views.avg_kwestie, name="avg_kwestie"),
    path(f"{KWESTIE}vordering/", views.vordering, name="vordering"),
    path(
        f"{KWESTIE}vordering/<uuid:vordering>/afdoen/",
        views.vordering_afdoen,
        name="vordering_afdoen",
    ),
    path("datalekken/", views.datalekken, name="datalekken"),
    path("t/<slug:slug>/datalekken/nieuw/", views.datalek_nieuw, name="datalek_nieuw"),
    path("t/<slug:slug>/datalekken/<uuid:pk>/", views.datalek, name="datalek"),
    path("nevenbelangen/", views.nevenbelangen, name="nevenbelangen"),
    path("t/<slug:slug>/nevenbelangen/nieuw/", views.belang_nieuw, name="belang_nieuw"),
    path(
        "t/<slug:slug>/nevenbelangen/<uuid:pk>/einde/",
        views.belang_einde,
        name="belang_einde",
    ),
    path(f"{KWESTIE}wie-keek/", views.wie_keek, name="wie_keek"),
    path("logboek/", views.logboek_lijst, name="logboek"),
    path("logboek/csv/", views.logboek_csv, name="logboek_csv"),
    path("logboek/opvallend/", views.opvallend, name="opvallend"),
    path(
        "t/<slug:slug>/logboek/opvallend/oordeel/",
        views.opvallend_oordeel,
        name="opvallend_oordeel",
    ),
    path("prullenbak/", views.prullenbak, name="prullenbak"),
    path(
        "t/<slug:slug>/prullenbak/<uuid:pk>/terug/",
        views.terugzetten,
        name="terugzetten",
    ),
    path("t/<slug:slug>/ongedaan/<uuid:pk>/", views.ongedaan, name="ongedaan"),
    path(f"{KWESTIE}weg/", views.weggooien, name="weg"),
    *(
        path(
            f"{KWESTIE}{soort.lower()}/<uuid:ding>/weg/",
            views.weggooien,
            {"soort": soort},
            name=f"weg_{soort.lower()}",
        )
        for soort in (
            *("CONTACT", "STAP", "VERWIJZING", "TRAJECT"),
            *("BIJLAGE", "BRIEF"),
        )
    ),
    path(f"{KWESTIE}bijlage/", views.bijlage, name="bijlage"),
    path(
        f"{KWESTIE}bijlage/<uuid:bijlage>/",
        views.bijlage_ophalen,
        name="bijlage_ophalen",
    ),
    path(f"{KWESTIE}brief/", views.brief_nieuw, name="brief_nieuw"),
    path(f"{KWESTIE}brief/voorbeeld/", views.brief_voorbeeld, name="brief_voorbeeld"),
    path(f"{KWESTIE}brief/<uuid:brief>/", views.brief, name="brief"),
    path(
        f"{KWESTIE}brief/<uuid:brief>/bewerken/",
        views.brief_bewerken,
        name="brief_bewerken",
    ),
    path(
        f"{KWESTIE}brief/<uuid:brief>/definitief/",
        views.brief_definitief,
        name="brief_definitief",
    ),
    path(
        f"{KWESTIE}brief/<uuid:brief>/bestand/<slug:vorm>/",
        views.brief_bestand,
        name="brief_bestand",
    ),
    path("tekstblokken/", views.tekstblokken, name="tekstblokken"),
    path(
        "t/<slug:slug>/tekstblokken/nieuw/",
        views.tekstblok_nieuw,
        name="tekstblok_nieuw",
    ),
    path("t/<slug:slug>/tekstblokken/<uuid:pk>/", views.tekstblok, name="tekstblok"),
    path(
        "t/<slug:slug>/tekstblokken/<uuid:pk>/weg/",
        views.tekstblok_weg,
        name="tekstblok_weg",
    ),
    path("zoeken/", views.zoeken, name="zoeken"),
    path(f"{KWESTIE}client/", views.client, name="client"),
    path(f"{KWESTIE}anoniem/", views.anoniem, name="anoniem"),
    path(f"{KWESTIE}terugkomcode/", views.terugkomcode, name="terugkomcode"),
    path(f"{KWESTIE}samenvoegen/", views.samenvoegen, name="samenvoegen"),
    path(f"{KWESTIE}splitsen/", views.splitsen, name="splitsen"),
    path(f"{KWESTIE}signaal/", views.signaal_koppelen, name="signaal_koppelen"),
    path(
        f"{KWESTIE}signaal/<uuid:koppeling>/los/",
        views.signaal_los,
        name="signaal_los",
    ),
    path(f"{KWESTIE}doorgeleiden/", views.doorgeleiden, name="doorgeleiden"),
]
