"""Clients, kwesties and contacts.

Kwestie = one question or knelpunt of one client (S28), of exactly one aard (V1).
Client = a person the Adviespunt knows; an anonymous caller has no Client at all.
Contactmoment = one contact, with what support was given and how long it took.

V1-V4, V7, V15 and V16 are constraints of the database too (constraints below,
triggers in migration 0002); only ``bron=IMPORT`` is exempt from what an old register
lacks, and no form can set that.

Confidential columns end in ``_v`` and are reached through ``privacy.fields`` only.
"""

from cases.models.achtergrond import (
    EERDER_HOOGSTENS,
    EFFECTEN,
    Achtergrond,
    Effect,
    Initiatief,
    Netwerk,
    RedenInzet,
    Uitkomst,
    Waarom,
    Woonsituatie,
    herkomsten,
    pogingen,
)
from cases.models.avg import AvgVerzoek, Vordering
from cases.models.basis import (
    INHOUDELIJK_MET,
    MEE,
    MET_DOEL,
    NUMMER_TEKENS,
    OPEN,
    OVERHEID,
    Bron,
    Status,
    Wederpartij,
    Weggooibaar,
    new_nummer,
    nummer_prefix,
)
from cases.models.belangen import Belangencheck, Nevenbelang
from cases.models.brieven import Bijlage, BijlageStuk, Brief, Tekstblok
from cases.models.collectief import CollectieveActiviteit, Publiek, soorten
from cases.models.concepten import BEWAARTIJD, BewaardFilter, Concept
from cases.models.contacten import (
    OORDEEL_BIJ_TRAJECT,
    TRAJECT_BIJ_RESULTAAT,
    Contactmoment,
    ExternTraject,
    Verwijzing,
)
from cases.models.dag import Agendapunt, Dagstaat
from cases.models.dossier import Client, Kwestie
from cases.models.geheim import Doorbreking, MeldcodeTraject, Uitzondering
from cases.models.herstel import (
    PRIVACYVERKLARING,
    Correctie,
    Doorgeleiding,
    PrivacyInformatie,
    Samenvoeging,
    Zoekteken,
)
from cases.models.loket import Aanmelding, Loketbericht, Loketsleutel
from cases.models.prullenbak import PRULLENBAK_TIJD, Handeling, Prullenbak
from cases.models.regels import (
    DOOR_BIJ_LEEFTIJD,
    DOOR_VANAF_16,
    AmbtshalveActie,
    Stap,
    Toestemming,
)
from cases.models.signalen import KwestieSignaal
from cases.models.toegang import VOORGOED, CaseGrant, Overdracht, Plaatsvervanging

__all__ = [
    "KwestieSignaal",
    "BEWAARTIJD",
    "DOOR_BIJ_LEEFTIJD",
    "DOOR_VANAF_16",
    "EERDER_HOOGSTENS",
    "EFFECTEN",
    "Achtergrond",
    "CollectieveActiviteit",
    "Publiek",
    "soorten",
    "Effect",
    "Initiatief",
    "Netwerk",
    "RedenInzet",
    "Uitkomst",
    "Waarom",
    "Woonsituatie",
    "herkomsten",
    "pogingen",
    "INHOUDELIJK_MET",
    "MEE",
    "MET_DOEL",
    "NUMMER_TEKENS",
    "OORDEEL_BIJ_TRAJECT",
    "OPEN",
    "OVERHEID",
    "PRIVACYVERKLARING",
    "PRULLENBAK_TIJD",
    "TRAJECT_BIJ_RESULTAAT",
    "VOORGOED",
    "Aanmelding",
    "Agendapunt",
    "Loketbericht",
    "Loketsleutel",
    "AmbtshalveActie",
    "AvgVerzoek",
    "Belangencheck",
    "BewaardFilter",
    "Bijlage",
    "BijlageStuk",
    "Brief",
    "Bron",
    "CaseGrant",
    "Client",
    "Concept",
    "Contactmoment",
    "Correctie",
    "Doorbreking",
    "Dagstaat",
    "Doorgeleiding",
    "ExternTraject",
    "Handeling",
    "Kwestie",
    "MeldcodeTraject",
    "PrivacyInformatie",
    "Prullenbak",
    "Samenvoeging",
    "Nevenbelang",
    "Overdracht",
    "Plaatsvervanging",
    "PrivacyInformatie",
    "Samenvoeging",
    "Stap",
    "Status",
    "Tekstblok",
    "Toestemming",
    "Uitzondering",
    "Verwijzing",
    "Vordering",
    "Wederpartij",
    "Zoekteken",
    "Weggooibaar",
    "new_nummer",
    "nummer_prefix",
]
