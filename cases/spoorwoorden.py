"""What the audit record says, in words for a client and for the FG.

An event has a code (kwestie_ingezien); a code without words of its own is shown as it
is spelled. Guarded by tests/cases/test_spoor.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.beheer import geschiedenis as beheer
from tenants.roles import ROLLEN

# What was done with a dossier; the subject of the sentence is the person.
GEBEURTENISSEN: Mapping[str, Promise] = {
    **beheer.GEBEURTENISSEN,
    "kwestie_ingezien": gettext_lazy("Heeft de kwestie bekeken"),
    "kwestie_afgedrukt": gettext_lazy("Heeft de kwestie bekeken om af te drukken"),
    "formulier_geopend": gettext_lazy("Heeft de kwestie geopend om haar bij te werken"),
    "kwesties_getoond": gettext_lazy("Zag de kwestie in een lijst"),
    "werk_getoond": gettext_lazy("Zag de kwestie in de eigen werklijst"),
    "dag_getoond": gettext_lazy("Zag de kwestie op de eigen dag"),
    "team_getoond": gettext_lazy("Zag de kwestie bij het team"),
    "prullenbak_getoond": gettext_lazy("Zag de kwestie in de prullenbak"),
    "gezocht": gettext_lazy("Zag de kwestie bij een zoekopdracht"),
    "dubbel_getoond": gettext_lazy("Zag dat de kwestie misschien dubbel is"),
    "wie_keek_getoond": gettext_lazy("Heeft bekeken wie in het dossier keek"),
    "kwestie_geregistreerd": gettext_lazy("Heeft de kwestie vastgelegd"),
    "kwestie_gewijzigd": gettext_lazy("Heeft de kwestie gewijzigd"),
    "kwestie_status_gewijzigd": gettext_lazy("Heeft de stand van de kwestie gewijzigd"),
    "contact_toegevoegd": gettext_lazy("Heeft een contact vastgelegd"),
    "termijn_vastgelegd": gettext_lazy("Heeft een termijn vastgelegd"),
    "termijn_opgehaald": gettext_lazy("Heeft een termijn in een agenda gezet"),
    "termijnen_opgehaald": gettext_lazy("Heeft de eigen termijnen in een agenda gezet"),
    "aankomst_vastgelegd": gettext_lazy("Heeft vastgelegd of een verwijzing lukte"),
    "organisatie_bewaard": gettext_lazy("Heeft de sociale kaart bijgewerkt"),
    "organisatie_nagekeken": gettext_lazy("Heeft een organisatie nagekeken"),
    "functie_toegevoegd": gettext_lazy("Heeft een functie aan Wie doet wat toegevoegd"),
    "functie_beeindigd": gettext_lazy("Heeft een functie uit Wie doet wat gehaald"),
    "kwestie_toegewezen": gettext_lazy("Heeft de kwestie aan iemand toegewezen"),
    "kwestie_overgedragen": gettext_lazy("Heeft de kwestie overgedragen"),
    "kwestie_gedeeld": gettext_lazy("Heeft de kwestie met een collega gedeeld"),
    "kwestie_delen_gestopt": gettext_lazy("Deelt de kwestie niet meer"),
    "aanmelding_ontvangen": gettext_lazy("Stuurde een vraag via het loket"),
    "loketbericht_ontvangen": gettext_lazy("Schreef een bericht via het loket"),
    "aanmeldingen_gezien": gettext_lazy("Zag dat er een vraag via het loket wacht"),
    "aanmelding_ingezien": gettext_lazy("Heeft een vraag via het loket gelezen"),
    "aanmelding_opgenomen": gettext_lazy("Nam een vraag via het loket op als kwestie"),
    "aanmelding_doorgestuurd": gettext_lazy(
        "Stuurde een vraag door naar het loket dat erbij hoort"
    ),
    "aanmelding_afgewezen": gettext_lazy(
        "Heeft een aanmelding via het loket verwijderd"
    ),
    "aanmeldingen_opgeruimd": gettext_lazy("Ruimde aanmeldingen op na de termijn"),
    "loket_gezet": gettext_lazy("Heeft het loket geopend of gesloten"),
    "loketberichten_ingezien": gettext_lazy("Las de berichten van de melder"),
    "loketbericht_verstuurd": gettext_lazy("Schreef een bericht aan de melder"),
    "signaal_gekoppeld": gettext_lazy("Liet de kwestie meetellen in een signaal"),
    "signaal_losgemaakt": gettext_lazy("Liet de kwestie niet meer meetellen"),
    "kwestie_heropend": gettext_lazy("Heeft de kwestie weer geopend"),
    "client_gewijzigd": gettext_lazy("Heeft gegevens van de cliënt gewijzigd"),
    "privacy_vastgelegd": gettext_lazy("Heeft vastgelegd dat over privacy is verteld"),
    "register_ingezien": gettext_lazy("Heeft het verwerkingsregister bekeken"),
    "dpia_ingezien": gettext_lazy("Heeft een DPIA bekeken"),
    "dpia_vastgelegd": gettext_lazy("Heeft een DPIA vastgelegd"),
    "avg_export": gettext_lazy("Heeft alle gegevens als bestand meegegeven"),
    "avg_log_export": gettext_lazy("Heeft de lijst van wie keek meegegeven"),
    "avg_nagekeken": gettext_lazy("Keek alles na om het mee te geven"),
    "toegang_geweigerd": gettext_lazy("Wilde de kwestie openen en mocht dat niet"),
    "pagina_mislukt": gettext_lazy("Vroeg een pagina op die niet lukte"),
    "aangemeld": gettext_lazy("Heeft zich aangemeld"),
    "afgemeld": gettext_lazy("Heeft zich afgemeld"),
    "aanmelden_geweigerd": gettext_lazy("Kon zich niet aanmelden"),
    "tweede_factor_geweigerd": gettext_lazy("Gaf een verkeerde tweede factor"),
    "wachtwoord_gewijzigd": gettext_lazy("Heeft het wachtwoord gewijzigd"),
    "rol_gegeven": gettext_lazy("Heeft iemand een rol gegeven"),
    "rol_ingetrokken": gettext_lazy("Heeft een rol van iemand ingetrokken"),
    "uitnodiging_gemaakt": gettext_lazy("Heeft iemand uitgenodigd"),
    "uitnodiging_opnieuw": gettext_lazy("Heeft een uitnodiging opnieuw gestuurd"),
    "uitnodiging_ingetrokken": gettext_lazy("Heeft een uitnodiging ingetrokken"),
    "uitnodiging_verstuurd": gettext_lazy("Een uitnodiging is verstuurd"),
    "uitnodiging_aangenomen": gettext_lazy("Heeft een uitnodiging aangenomen"),
    "uitnodiging_geweigerd": gettext_lazy("Een link van een uitnodiging gold niet"),
    "geheimhouding_getekend": gettext_lazy("Heeft de geheimhouding getekend"),
    "medewerker_gewijzigd": gettext_lazy("Heeft gegevens van een collega gewijzigd"),
    "aanstelling_vastgelegd": gettext_lazy("Heeft een aanstelling vastgelegd"),
    "aanstelling_beeindigd": gettext_lazy("Heeft een aanstelling beëindigd"),
    "rolverzoek_gedaan": gettext_lazy("Heeft om wijziging van eigen rollen gevraagd"),
    "rolverzoek_besloten": gettext_lazy("Heeft over een verzoek om rollen besloten"),
    "mensen_getoond": gettext_lazy("Heeft gegevens van mensen met een rol bekeken"),
    "profiel_gewijzigd": gettext_lazy("Heeft de eigen gegevens gewijzigd"),
    "berichtkeuze_gewijzigd": gettext_lazy("Heeft gekozen welke mail zij krijgt"),
    "logboek_ingezien": gettext_lazy("Heeft het logboek bekeken"),
    "logboek_geexporteerd": gettext_lazy("Heeft het logboek als bestand gehaald"),
    "opvallend_ingezien": gettext_lazy("Heeft de lijst met opvallende inzage bekeken"),
    "opvallend_beoordeeld": gettext_lazy("Heeft opvallende inzage beoordeeld"),
}
GRONDEN: Mapping[str, Promise] = {
    "toegewezen": gettext_lazy("de eigen ondersteuner"),
    "plaatsvervanging": gettext_lazy("vervangt de ondersteuner"),
    "gedeeld": gettext_lazy("met deze collega gedeeld, om te lezen en bij te werken"),
    "meelezen": gettext_lazy("met deze collega gedeeld, om te lezen"),
    "team": gettext_lazy("leiding van het team"),
    "afgeschermd": gettext_lazy("weet alleen dat de kwestie er is"),
    "ambtshalve": gettext_lazy("toetst een ambtshalve actie"),
    "doorgeleid": gettext_lazy("doorgeleid van een andere opdrachtgever"),
    "beheer": gettext_lazy("beheer van rollen"),
    "eigen": gettext_lazy("van zichzelf"),
    "systeem": gettext_lazy("door de beheerder van het systeem"),
    "bewaartermijn": gettext_lazy("de bewaartermijn was voorbij"),
    "registratie": gettext_lazy("bij het registreren"),
    "toezicht": gettext_lazy("toezicht op privacy"),
}
UITKOMSTEN: Mapping[str, Promise] = {
    "gelukt": gettext_lazy("Gelukt"),
    "geweigerd": gettext_lazy("Geweigerd"),
    "mislukt": gettext_lazy("Mislukt"),
}
DEUREN: Mapping[str, Promise] = {
    "web": gettext_lazy("website"),
    "taak": gettext_lazy("taak op de achtergrond"),
    "opdracht": gettext_lazy("opdracht van de beheerder"),
}
LIJSTEN = (
    *("kwesties_getoond", "werk_getoond", "dag_getoond", "team_getoond"),
    *("prullenbak_getoond", "gezocht", "dubbel_getoond"),
)
AANMELDEN = (
    *("aangemeld", "afgemeld", "aanmelden_geweigerd", "tweede_factor_geweigerd"),
    "wachtwoord_gewijzigd",
)
RECHTEN = (
    *("rol_gegeven", "rol_ingetrokken", "medewerker_ontheven", "kwestie_gedeeld"),
    *("kwestie_delen_gestopt", "kwestie_toegewezen", "kwestie_overgedragen"),
    *("plaatsvervanging_gemaakt", "plaatsvervanging_beeindigd"),
    *("uitnodiging_gemaakt", "uitnodiging_opnieuw", "uitnodiging_ingetrokken"),
    *("uitnodiging_verstuurd", "uitnodiging_aangenomen", "uitnodiging_geweigerd"),
    *("rolverzoek_gedaan", "rolverzoek_besloten", "geheimhouding_getekend"),
    *("medewerker_gewijzigd", "aanstelling_vastgelegd", "aanstelling_beeindigd"),
    *("mensen_getoond", "profiel_gewijzigd"),
)
UITVOER = (
    *("kwestie_afgedrukt", "rapportage_gedownload", "logboek_geexporteerd"),
    *("avg_export", "avg_log_export"),
)
INZAGE = (
    *("kwestie_ingezien", "kwestie_afgedrukt", "formulier_geopend"),
    "ambtshalve_ingezien",
)
LOGBOEK = (
    *("logboek_ingezien", "logboek_geexporteerd", "opvallend_ingezien"),
    *("opvallend_beoordeeld", "wie_keek_getoond", "logboek_opgeruimd"),
)
# The kinds of the filter, and the events of each; None: every refusal and failure.
SOORTEN: Mapping[str, tuple[Promise, tuple[str, ...] | None]] = {
    "INZAGE": (gettext_lazy("Kwesties bekijken"), INZAGE),
    "LIJSTEN": (gettext_lazy("Lijsten en zoeken"), LIJSTEN),
    "UITVOER": (gettext_lazy("Afdrukken en bestanden"), UITVOER),
    "GEWEIGERD": (gettext_lazy("Geweigerd of mislukt"), None),
    "AANMELDEN": (gettext_lazy("Aanmelden"), AANMELDEN),
    "RECHTEN": (gettext_lazy("Rollen en toegang"), RECHTEN),
    "LOGBOEK": (gettext_lazy("Het logboek zelf"), LOGBOEK),
}


def gebeurtenis(code: str) -> str:
    """What was done, in words."""
    words = GEBEURTENISSEN.get(code)
    return str(words) if words else code.replace("_", " ").capitalize()


def grond(code: str) -> str:
    """Why it was allowed, in words."""
    return str(GRONDEN.get(code, code))


def functie(codes: str) -> str:
    """The names of the roles in an event: ``TEAMLEIDER+TOETSER``."""
    names = [str(ROLLEN[code].naam) for code in codes.split("+") if code in ROLLEN]
    return ", ".join(names)


def rol(code: str) -> str:
    """What kind of account it was, when there is no name."""
    return {
        "job": _("Het systeem"),
        "owner": _("De beheerder van het systeem"),
        "public": _("Iemand die niet was aangemeld"),
        "portal": _("Contactpersoon van de opdrachtgever"),
    }.get(code, _("Medewerker"))
