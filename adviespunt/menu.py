"""The menu: who sees which page in it, and under which of them every page is found."""

from __future__ import annotations

from django.urls import ResolverMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tenants.roles import CASE_RIGHTS, Recht

REPORT_RIGHTS = (
    Recht.RAPPORTAGE_LEZEN,
    Recht.RAPPORTAGE_MAKEN,
    Recht.RAPPORTAGE_TOETSEN,
    Recht.RAPPORTAGE_VASTSTELLEN,
    Recht.RAPPORTAGE_ONTVANGEN,
)
LEDEN = (*CASE_RIGHTS, Recht.TENANT_BEHEREN)
# Who administers; directie and FG read along.
BEHEER = (Recht.TENANT_BEHEREN, Recht.RAPPORTAGE_VASTSTELLEN, Recht.LOG_INZIEN)
# The menu, for who has one of the rights.
PAGES: tuple[tuple[str, Promise, tuple[Recht, ...]], ...] = (
    ("cases:dag", gettext_lazy("Mijn dag"), tuple(CASE_RIGHTS)),
    ("cases:werk", gettext_lazy("Mijn werk"), tuple(CASE_RIGHTS)),
    ("cases:lijst", gettext_lazy("Kwesties"), tuple(CASE_RIGHTS)),
    ("cases:zoeken", gettext_lazy("Zoeken"), tuple(CASE_RIGHTS)),
    (
        "cases:registreren",
        gettext_lazy("Registreren"),
        (Recht.KWESTIE_REGISTREREN,),
    ),
    ("cases:team", gettext_lazy("Mijn team"), (Recht.KWESTIE_TEAM,)),
    (
        "cases:directie",
        gettext_lazy("Uitzonderingen"),
        (Recht.UITZONDERINGEN_TELLEN,),
    ),
    ("cases:uren", gettext_lazy("Uren"), (Recht.UREN_TELLEN,)),
    ("cases:nevenbelangen", gettext_lazy("Onafhankelijkheid"), LEDEN),
    (
        "cases:plaatsvervangingen",
        gettext_lazy("Plaatsvervanging"),
        (Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN),
    ),
    (
        "cases:geheimhouding",
        gettext_lazy("Geheimhouding"),
        (Recht.DOORBREKING_BESLISSEN,),
    ),
    ("signalering:lijst", gettext_lazy("Rapportages"), REPORT_RIGHTS),
    ("signalering:signalen", gettext_lazy("Signalen"), REPORT_RIGHTS),
    ("beheer:lijst", gettext_lazy("Opdrachtgevers"), BEHEER),
    ("signalering:telwijzen", gettext_lazy("Telwijze"), (Recht.TENANT_BEHEREN,)),
    ("signalering:regios", gettext_lazy("Regio's"), (Recht.TENANT_BEHEREN,)),
    ("tenants:mensen", gettext_lazy("Mensen"), (Recht.TENANT_BEHEREN,)),
    ("cases:avg_balie", gettext_lazy("AVG"), (Recht.AVG_BEHANDELEN,)),
    ("cases:datalekken", gettext_lazy("Datalekken"), (Recht.AVG_BEHANDELEN,)),
    ("verwerkingen", gettext_lazy("Verwerkingen"), (Recht.AVG_BEHANDELEN,)),
    ("cases:logboek", gettext_lazy("Logboek"), (Recht.LOG_INZIEN,)),
)
# A menu that is longer has what is not wanted often under *Meer*.
IN_HET_MENU = 6
NIET_VAAK = (
    *("signalering:signalen", "cases:nevenbelangen", "cases:plaatsvervangingen"),
    "signalering:openbaar",
)
# Page → the page of the menu it is part of. What is not here is in its own name when
# that is in the menu, and otherwise in what ELDERS says of its app.
ONDER: dict[str, str] = {
    "cases:nieuw": "cases:registreren",
    "cases:prullenbak": "cases:werk",
    **dict.fromkeys(
        ("cases:belang_nieuw", "cases:belang_einde", "cases:ambtshalve_toets"),
        "cases:nevenbelangen",
    ),
    **dict.fromkeys(
        (
            *("cases:plaatsvervanging_nieuw", "cases:plaatsvervanging_einde"),
            "cases:ontheffen",
        ),
        "cases:plaatsvervangingen",
    ),
    **dict.fromkeys(("cases:doorbreking", "cases:meldcode"), "cases:geheimhouding"),
    "cases:opvallend": "cases:logboek",
    **dict.fromkeys(("cases:avg_nieuw", "cases:avg_verzoek"), "cases:avg_balie"),
    **dict.fromkeys(("cases:datalek", "cases:datalek_nieuw"), "cases:datalekken"),
    "signalering:gevolgen": "cases:dag",
    **dict.fromkeys(
        (
            *("signalering:signaal", "signalering:signaal_nieuw"),
            *("signalering:signaal_bewerken", "signalering:signaal_stap"),
            *("signalering:signaal_overleg", "signalering:signaal_actie"),
            *("signalering:actie_stand", "signalering:bij_kwestie"),
            *("signalering:trends", "signalering:trends_hier"),
            *("signalering:onderzoeken", "signalering:onderzoek"),
            *("signalering:onderzoek_nieuw", "signalering:onderzoek_bewerken"),
            "signalering:onderzoek_stap",
            "signalering:trend_besluit",
        ),
        "signalering:signalen",
    ),
    **dict.fromkeys(
        ("cases:aanmelding", "cases:loket_team", "cases:aanmelding_weg"), "cases:team"
    ),
    **dict.fromkeys(("cases:loket_melden", "cases:loket_terug"), "cases:loket"),
    "signalering:telwijze": "signalering:telwijzen",
    **dict.fromkeys(
        ("signalering:regio", "signalering:regio_nieuw"), "signalering:regios"
    ),
    "signalering:publicatie": "signalering:openbaar",
    **dict.fromkeys(
        (
            *("publiek:uitleg", "publiek:adviespunt", "publiek:versie"),
            *("publiek:document", "publiek:document_versie"),
            *("publiek:ervaring", "publiek:ervaring_bedankt"),
        ),
        "publiek:zoek",
    ),
    "publiek:briefjes": "cases:dag",
    **dict.fromkeys(("publiek:ervaringen", "publiek:ervaringen_lijst"), "cases:team"),
    "signalering:vergelijken": "signalering:openbaar",
    "signalering:berichten": "signalering:lijst",
    "dpia": "verwerkingen",
}
ELDERS = {
    "cases": "cases:lijst",
    "signalering": "signalering:lijst",
    "beheer": "beheer:lijst",
    "tenants": "tenants:mensen",
}
IN_MENU = {
    *("cases:loket", "publiek:zoek", "signalering:openbaar"),
    *(name for name, _label, _may in PAGES),
}


def section(match: ResolverMatch | None) -> str:
    """Name of the page in the menu under which this page is found; '': under none."""
    if match is None:
        return ""
    name = match.view_name
    found = name if name in IN_MENU else ONDER.get(name, "")
    return found or ELDERS.get(match.namespace, "")
