"""Sentences for the verzonnen kwesties: B1, believable, about nobody.

Each list is as long as the others of its kind, so that one number picks a sentence.
"""

from __future__ import annotations

KERNVRAAG: dict[str, tuple[str, ...]] = {
    "FIN": (
        "Ik begrijp de rekening voor de eigen bijdrage niet.",
        "Mijn budget is lager dan vorig jaar en niemand legt uit waarom.",
        "Ik moet geld terugbetalen, maar dat kan ik niet in één keer.",
        "De vergoeding komt te laat, waardoor ik rekeningen niet kan betalen.",
    ),
    "REL": (
        "Ik voel me niet serieus genomen in de gesprekken.",
        "De hulpverlener praat met mijn familie en niet met mij.",
        "Er zijn afspraken gemaakt zonder dat ik erbij was.",
        "Ik durf niet meer te bellen, want het contact loopt stroef.",
    ),
    "ORG": (
        "Ik sta al lang op de wachtlijst en hoor niets.",
        "Er komt steeds iemand anders, ik moet telkens opnieuw beginnen.",
        "Ik bel vaak, maar krijg niemand te pakken.",
        "De termijn voor een antwoord is al weken voorbij.",
    ),
    "WEI": (
        "Mijn aanvraag is afgewezen en ik snap de reden niet.",
        "Ik krijg minder uren hulp dan eerst.",
        "Ik mag mijn verslag niet inzien.",
        "Ze zeggen dat ik eerst ergens anders moet aankloppen.",
    ),
    "BEH": (
        "De hulp die ik krijg, past niet bij wat ik nodig heb.",
        "De afspraken in het plan worden niet nagekomen.",
        "Ik maak me zorgen over de veiligheid in huis.",
        "De medicijnen waren niet op tijd klaar.",
    ),
    "OVE": (
        "Mijn woning past niet meer bij mijn beperking.",
        "Het vervoer komt vaak te laat.",
        "Ik weet niet bij wie ik met deze vraag moet zijn.",
        "Op school is er geen plek voor extra hulp.",
    ),
}
DOEL: dict[str, tuple[str, ...]] = {
    "FIN": (
        "Ik wil weten wat ik echt moet betalen.",
        "Ik wil een regeling waarmee ik uitkom.",
        "Ik wil op tijd krijgen waar ik recht op heb.",
    ),
    "REL": (
        "Ik wil dat er met mij wordt gepraat en niet over mij.",
        "Ik wil een gesprek waarin mijn kant wordt gehoord.",
        "Ik wil weer prettig contact met mijn hulpverlener.",
    ),
    "ORG": (
        "Ik wil weten wanneer ik aan de beurt ben.",
        "Ik wil één vast gezicht.",
        "Ik wil een antwoord op mijn brief.",
    ),
    "WEI": (
        "Ik wil dat er nog een keer naar mijn aanvraag wordt gekeken.",
        "Ik wil mijn uren hulp houden.",
        "Ik wil begrijpen waarom het antwoord nee is.",
    ),
    "BEH": (
        "Ik wil hulp die bij mij past.",
        "Ik wil dat het plan wordt uitgevoerd zoals we afspraken.",
        "Ik wil me veilig voelen.",
    ),
    "OVE": (
        "Ik wil een oplossing voor mijn woning.",
        "Ik wil op tijd kunnen vertrekken.",
        "Ik wil weten waar ik terechtkan.",
    ),
}
TOELICHTING: dict[str, tuple[str, ...]] = {
    "VRAAG": (
        "Uitleg gegeven en een folder toegestuurd.",
        "De vraag samen op een rij gezet.",
        "Verteld welke stappen er zijn; belt terug als het niet lukt.",
    ),
    "WENS": (
        "De wens opgeschreven voor het gesprek met de gemeente.",
        "Samen bedacht wat een goede eerste stap is.",
        "Wil het eerst thuis bespreken.",
    ),
    "ONVREDE": (
        "Wil het eerst zelf bespreken, met steun vooraf.",
        "Samen een gesprek aangevraagd en voorbereid.",
        "De brieven doorgelezen en een tijdlijn gemaakt.",
    ),
    "KLACHT": (
        "De klacht samen op papier gezet.",
        "Besproken wat een klacht wel en niet kan opleveren.",
        "Er loopt een klacht; we wachten op een uitnodiging.",
    ),
    "MELDING": (
        "Wil alleen melden en vraagt geen hulp.",
        "De melding genoteerd; geen vervolg gevraagd.",
        "Meldt dit zodat anderen er iets aan hebben.",
    ),
}
NOTITIE: tuple[str, ...] = (
    "Verhaal aangehoord en de vraag helder gemaakt.",
    "Besproken wie wat doet en wanneer we weer bellen.",
    "Rechten en mogelijkheden doorgenomen.",
    "Brief samen gelezen; het besluit is nu duidelijk.",
    "Gesprek voorbereid; wil graag dat iemand meegaat.",
    "Afspraken nagelopen, een deel is nog niet uitgevoerd.",
)
VOORNAMEN: tuple[str, ...] = (
    *("Aafke", "Bilal", "Cato", "Dirkje", "Emre", "Femke", "Gijs", "Hilde", "Imane"),
    *("Jorrit", "Karima", "Lieke", "Mees", "Nadir", "Oda", "Piet", "Renske", "Siem"),
    *("Tygo", "Vida", "Wies", "Yara", "Zeno"),
)
ACHTERNAMEN: tuple[str, ...] = (
    *("Beukennoot", "Dauwdruppel", "Eikelpad", "Fluitekruid", "Grasspriet"),
    *("Hazelworm", "IJsvogel", "Kamperfoelie", "Kwikstaart", "Leeuwerik"),
    *("Lisdodde", "Madelief", "Nachtegaal", "Ooievaar", "Pimpernel", "Rietzanger"),
    *("Roodborst", "Sneeuwklok", "Tormentil", "Veenpluis", "Vuursteen", "Zuring"),
)
