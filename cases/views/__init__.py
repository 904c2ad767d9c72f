"""Pages of casework: what somebody sees, and the verbs on one kwestie.

Each view: who may be here (404 otherwise), the form, the verb or the question, the
answer. Showing content writes an audit event in the same transaction.
"""

from cases.views.aanmeldingen import (
    aanmelding,
    aanmelding_weg,
    loket_team,
    melder,
)
from cases.views.achtergrond import achtergrond, plan, wegwijs
from cases.views.agenda import (
    agenda_gedaan,
    agenda_verzetten,
    bellen,
    laag,
    stap_verzetten,
    termijn,
    turven,
)
from cases.views.avg import (
    avg_balie,
    avg_kwestie,
    avg_nieuw,
    avg_uitvoer,
    avg_verzoek,
    vordering,
    vordering_afdoen,
)
from cases.views.bijlagen import bijlage, bijlage_ophalen
from cases.views.brieven import (
    brief,
    brief_bestand,
    brief_bewerken,
    brief_definitief,
    brief_nieuw,
    brief_voorbeeld,
)
from cases.views.collectief import (
    collectief,
    collectief_bewerken,
    collectief_nieuw,
)
from cases.views.concepten import (
    concept_afronden,
    concept_bewerken,
    concept_contact,
    concept_nieuw,
    concept_weg,
)
from cases.views.dag import dag
from cases.views.datalek import datalek, datalek_nieuw, datalekken
from cases.views.functies import (
    begrippen,
    functie_einde,
    functies,
    wie_doet_wat,
)
from cases.views.geheim import (
    doorbreking,
    doorbreking_nieuw,
    geheimhouding,
    meldcode,
    meldcode_nieuw,
)
from cases.views.handelingen import (
    afronden,
    contact,
    heropenen,
    start,
    toewijzen,
    traject,
    verwijzing,
    wacht,
)
from cases.views.herstel import doorgeleiden, samenvoegen, splitsen
from cases.views.identiteit import anoniem, client
from cases.views.kaart import (
    organisatie,
    organisatie_bewerken,
    organisatie_nieuw,
    organisatie_stand,
    sociale_kaart,
)
from cases.views.kwestie import afdrukken, bewerken, kwestie
from cases.views.leiding import directie, mijn_team, uren, uren_csv
from cases.views.lijsten import filter_bewaren, filter_weg, lijst, spring, werk
from cases.views.logboek import (
    logboek_csv,
    logboek_lijst,
    opvallend,
    opvallend_oordeel,
    wie_keek,
)
from cases.views.loket import loket, loket_melden, loket_terug
from cases.views.onafhankelijk import (
    ambtshalve,
    ambtshalve_gedaan,
    ambtshalve_toets,
    belang_einde,
    belang_nieuw,
    nevenbelangen,
)
from cases.views.prullenbak import ongedaan, prullenbak, terugzetten, weggooien
from cases.views.regels import (
    intrekken,
    oordeel,
    stap,
    stap_verder,
    stap_vervallen,
    toestemming,
)
from cases.views.registreren import dubbel, nieuw, registreren
from cases.views.signalen import signaal_koppelen, signaal_los
from cases.views.team import (
    ontheffen,
    plaatsvervanging_einde,
    plaatsvervanging_nieuw,
    plaatsvervangingen,
)
from cases.views.tekstblokken import (
    tekstblok,
    tekstblok_nieuw,
    tekstblok_weg,
    tekstblokken,
)
from cases.views.termijnen import (
    aankomst,
    termijn_ics,
    termijnen_ics,
    traject_termijn,
)
from cases.views.terugkomen import terugkomcode
from cases.views.toegang import andere_ondersteuner, delen_stoppen, toegang
from cases.views.zoeken import zoeken

__all__ = [
    "aanmelding",
    "aanmelding_weg",
    "loket",
    "loket_melden",
    "loket_team",
    "loket_terug",
    "melder",
    "bijlage",
    "bijlage_ophalen",
    "brief",
    "brief_bestand",
    "brief_bewerken",
    "brief_definitief",
    "brief_nieuw",
    "brief_voorbeeld",
    "aankomst",
    "begrippen",
    "functie_einde",
    "functies",
    "organisatie",
    "organisatie_bewerken",
    "organisatie_nieuw",
    "organisatie_stand",
    "sociale_kaart",
    "termijn_ics",
    "termijnen_ics",
    "traject_termijn",
    "wie_doet_wat",
    "tekstblok",
    "tekstblok_nieuw",
    "tekstblok_weg",
    "tekstblokken",
    "signaal_koppelen",
    "signaal_los",
    "achtergrond",
    "collectief",
    "collectief_bewerken",
    "collectief_nieuw",
    "plan",
    "wegwijs",
    "afdrukken",
    "agenda_gedaan",
    "agenda_verzetten",
    "bellen",
    "dag",
    "directie",
    "stap_verzetten",
    "laag",
    "mijn_team",
    "uren",
    "uren_csv",
    "termijn",
    "turven",
    "afronden",
    "ambtshalve",
    "ambtshalve_gedaan",
    "ambtshalve_toets",
    "anoniem",
    "avg_balie",
    "avg_kwestie",
    "avg_nieuw",
    "avg_uitvoer",
    "avg_verzoek",
    "datalek",
    "datalek_nieuw",
    "datalekken",
    "vordering",
    "vordering_afdoen",
    "belang_einde",
    "belang_nieuw",
    "andere_ondersteuner",
    "bewerken",
    "client",
    "concept_afronden",
    "concept_bewerken",
    "concept_contact",
    "concept_nieuw",
    "concept_weg",
    "contact",
    "doorgeleiden",
    "doorbreking",
    "doorbreking_nieuw",
    "geheimhouding",
    "meldcode",
    "meldcode_nieuw",
    "dubbel",
    "filter_bewaren",
    "filter_weg",
    "delen_stoppen",
    "heropenen",
    "intrekken",
    "kwestie",
    "lijst",
    "logboek_csv",
    "logboek_lijst",
    "nevenbelangen",
    "nieuw",
    "opvallend",
    "opvallend_oordeel",
    "oordeel",
    "ongedaan",
    "ontheffen",
    "plaatsvervanging_einde",
    "plaatsvervanging_nieuw",
    "plaatsvervangingen",
    "prullenbak",
    "registreren",
    "samenvoegen",
    "splitsen",
    "spring",
    "stap",
    "stap_verder",
    "stap_vervallen",
    "start",
    "terugzetten",
    "terugkomcode",
    "toestemming",
    "toegang",
    "toewijzen",
    "traject",
    "verwijzing",
    "wacht",
    "weggooien",
    "werk",
    "wie_keek",
    "zoeken",
]
