"""Sentences from numbers, in plain Dutch (B1).

Invariant: every number in a sentence is the ``kwesties`` of a ``PublishableCell``;
nothing is added up, subtracted or turned into a percentage, except minutes into
hours. Where a number is withheld the sentence says so, or is left out; a ranking
never claims more than the shown numbers support
(tests/signalering/test_report.py).

The report is a Dutch document: it is adopted and published in Dutch whatever the
language of the screen, so these sentences are not translated.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from privacy.disclosure import PublishableCell, PublishableTable
from signalering.charts import label_of, toon_getal

MAANDEN: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)
# What a row means, for readers who do not know the field.
SAMEN: Final = "samen-"  # the code of groups that are shown as one
UITLEG: Final = {
    "soort:VRAGEN": "informatie of advies, of iets anders willen",
    "soort:KLACHTEN": "ergens niet tevreden over zijn, of iets laten weten",
    "soort:KLACHT": "iemand noemt het zelf een klacht",
    "aard:FIN": "eigen bijdrage, persoonsgebonden budget (pgb), vergoeding, schulden",
    "aard:REL": "bejegening, informatie, samenwerking, privacy",
    "aard:ORG": "wachttijd, bereikbaarheid, beslistermijn, wisseling van personeel",
    "aard:WEI": "afwijzing, minder of geen hulp meer, geen toegang tot onderzoek",
    "aard:BEH": "kwaliteit, veiligheid, passende hulp, het hulpplan",
    "aard:OVE": "wonen, vervoer, onderwijs, wetten en regels",
    "inhoud:Informatie en advies": "uitleg over rechten, luisteren, de vraag helder"
    " maken",
    "inhoud:Ondersteuning": "meegaan naar een gesprek, helpen schrijven, bemiddelen",
    "inhoud:Hulp bij procedures": "hulp bij een klacht, bezwaar of beroep",
    "inhoud:Verwijzing": "de weg wijzen naar iemand die verder helpt",
    "inhoud:Collectief": "voorlichting, training, contact met lotgenoten",
    "resultaat:opgelost": "vraag beantwoord, afspraken gemaakt, cliënt kan zelf verder",
    "resultaat:deels": "een deel van het knelpunt is weg",
    "resultaat:niet": "het knelpunt is er nog",
    "resultaat:doorverwezen": "iemand anders helpt de cliënt verder",
    "resultaat:procedure": "klacht ingediend, bezwaar of beroep ingesteld",
    "resultaat:beëindigd": "cliënt wilde niet verder of was niet meer bereikbaar",
    "resultaat:gemeld": "cliënt wilde het laten weten en vroeg geen hulp",
    "resultaat:LOPEND": "op de peildatum nog niet klaar",
}
STATUSSEN: Final = {
    "CONCEPT": "concept",
    "INTERNE_CONTROLE": "concept, in interne controle",
    "AANGEBODEN": "concept, aangeboden aan de opdrachtgever",
    "IN_BESPREKING": "concept, in bespreking met de opdrachtgever",
    "BESPROKEN": "besproken, nog niet vastgesteld",
    "VASTGESTELD": "vastgesteld",
    "OPENBAAR_DEELS": "vastgesteld en deels openbaar",
    "VERTROUWELIJK_AFGEROND": "vastgesteld, niet openbaar",
    "INGETROKKEN": "ingetrokken",
}
BRON: Final = (
    "De registratie van onze cliëntondersteuners. Voor dit rapport gebruiken wij alleen"
    " aantallen, geen namen en geen verslagen."
)
BRON_REGIO: Final = (
    "De rapporten van de deelnemers over deze periode, bij elkaar opgeteld zoals zij"
    " toen zijn gemaakt. Elke deelnemer heeft het eigen rapport eerst met ons besproken."
)
ANONIEM_REGIO: Final = (
    "Voor de drempel tellen mensen die anoniem bleven bij elke deelnemer hoogstens zo"
    " vaak mee als in het rapport van die deelnemer."
)
NIET_ALLES: Final = "Een streepje (–) betekent: dit aantal tonen wij niet."
NIET_DEZE_TABEL: Final = (
    "Deze aantallen tonen wij niet. Anders is misschien iemand te herkennen."
)
NIET_IN_KWARTAAL: Final = (
    "Deze aantallen tonen wij niet over een kwartaal. Zo kunnen wij over een half jaar"
    " en een jaar meer laten zien zonder dat iemand te herkennen is."
)

# How a ranking begins, and what it ranks when some numbers are withheld.
OVER_AARD: Final = ("Het vaakst ging het over", "de aard")
OVER_INHOUD: Final = ("Wij gaven het vaakst:", "de ondersteuning")
OVER_RESULTAAT: Final = ("Het vaakst was het resultaat:", "het resultaat")
OVER_WET: Final = ("Het vaakst ging het om:", "de wetten")
OVER_KANAAL: Final = ("Het vaakst:", "de kanalen")

OVER_VERDIEPING: Final = {
    "dienst": ("Het vaakst ging het om:", "de diensten"),
    "reden": ("Het vaakst was de reden:", "de redenen"),
}

Vorm = tuple[str, str]
KWESTIES: Final[Vorm] = ("kwestie", "kwesties")
VRAGEN: Final[Vorm] = ("vraag of wens", "vragen en wensen")
KLACHTEN: Final[Vorm] = (
    "klacht, onvrede of melding",
    "klachten, onvrede en meldingen",
)


def datum(dag: date) -> str:
    """ "1 juli 2025"."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def count(aantal: int, vorm: Vorm) -> str:
    """ "geen kwesties", "geen vragen of wensen", "1 kwestie", "1.130 kwesties"."""
    enkel, meer = vorm
    if aantal == 0:
        return f"geen {meer.replace(' en ', ' of ')}"
    return f"{toon_getal(aantal)} {enkel if aantal == 1 else meer}"


def enumerate_nl(delen: Sequence[str]) -> str:
    """ "a", "a en b", "a, b en c"."""
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} en {delen[-1]}"


def number_of(tabel: PublishableTable, id: str) -> int | None:
    """The printed number of a cell; None when withheld or not in this release."""
    try:
        return tabel.cell(id).kwesties
    except KeyError:
        return None


def status_text(status: str) -> str:
    return STATUSSEN.get(status, status.replace("_", " ").lower())


def total_sentence(cijfers: PublishableTable) -> str:
    """How many kwesties, and how they split into the two public groups (S34)."""
    totaal = number_of(cijfers, "totaal")
    vragen = number_of(cijfers, "soort:VRAGEN")
    klachten = number_of(cijfers, "soort:KLACHTEN")
    if totaal is None:
        return "Het totale aantal kwesties tonen wij niet."
    if totaal == 0:
        return (
            "In deze periode registreerden wij geen kwesties."
            " Dat betekent niet dat er geen knelpunten zijn."
        )
    begin = f"In deze periode registreerden wij {count(totaal, KWESTIES)}"
    if vragen is None or klachten is None:
        return f"{begin}. Hoeveel daarvan vragen of klachten waren, tonen wij niet."
    return f"{begin}: {count(vragen, VRAGEN)}, en {count(klachten, KLACHTEN)}."


def complaint_sentence(cijfers: PublishableTable) -> str:
    """ "Waarvan klachten": dissatisfaction is never called a complaint."""
    klacht = number_of(cijfers, "soort:KLACHT")
    slot = "Onvrede en meldingen zijn nog geen klacht. Daarom tellen wij die apart."
    if klacht is None or not number_of(cijfers, "soort:KLACHTEN"):
        return slot
    if klacht == 0:
        return f"Een klacht was daar niet bij. {slot}"
    werkwoord = "was" if klacht == 1 else "waren"
    return f"Daarvan {werkwoord} {count(klacht, KWESTIES)} een klacht. {slot}"


def comparison_sentence(
    cijfers: PublishableTable, vorige: PublishableTable | None, label: str
) -> str:
    """Compare the totals with what was printed then; "" without an earlier report."""
    if vorige is None:
        return ""
    nu, toen = number_of(cijfers, "totaal"), number_of(vorige, "totaal")
    periode = f"de vorige periode ({label})"
    if nu is None or toen is None:
        return f"Een vergelijking met {periode} kunnen wij niet laten zien."
    werkwoord = {0: "waren er", 1: "was het"}.get(toen, "waren het")
    begin = f"In {periode} {werkwoord} {count(toen, KWESTIES)}."
    if nu > toen:
        return (
            f"{begin} Wij registreerden nu dus meer kwesties. Dat kan ook komen"
            " doordat meer mensen ons weten te vinden."
        )
    if nu < toen:
        return (
            f"{begin} Wij registreerden nu dus minder kwesties. Dat betekent niet"
            " altijd dat er minder knelpunten zijn."
        )
    return f"{begin} Dat is evenveel als nu."


def leaders(
    cellen: Sequence[PublishableCell],
) -> tuple[list[PublishableCell], list[PublishableCell]]:
    """The cells with the highest shown number, and those with the next one.

    Zeros and withheld numbers never lead.
    """
    waarden = sorted({cel.kwesties for cel in cellen if cel.kwesties}, reverse=True)
    return (
        [cel for cel in cellen if waarden and cel.kwesties == waarden[0]],
        [cel for cel in cellen if len(waarden) > 1 and cel.kwesties == waarden[1]],
    )


def ranking_sentence(
    begin: str,
    onderwerp: str,
    cellen: Sequence[PublishableCell],
    labels: Mapping[str, str],
) -> str:
    """ "{begin} Organisatie (120 kwesties). Daarna volgt Weigering (98 kwesties)."

    When a number is withheld it might be the highest of all; the sentence then only
    ranks the numbers shown for ``onderwerp``, and says so. "" when there is nothing
    to tell apart.
    """
    eerste, tweede = leaders(cellen)
    if not eerste or len(eerste) == len(cellen):
        return ""
    if any(cel.onderdrukt for cel in cellen):
        begin = (
            f"Het hoogste aantal dat wij bij {onderwerp} tonen, is dat van"
            if len(eerste) == 1
            else f"De hoogste aantallen die wij bij {onderwerp} tonen, zijn die van"
        )
    zin = f"{begin} {_named(eerste, labels)}."
    if len(eerste) == 1 and tweede:
        volgt = "volgt" if len(tweede) == 1 else "volgen"
        zin = f"{zin} Daarna {volgt} {_named(tweede, labels)}."
    return zin


def _named(cellen: Sequence[PublishableCell], labels: Mapping[str, str]) -> str:
    """ "Financiën en Relatie (ieder 12 kwesties)"."""
    namen = enumerate_nl([label_of(cel, labels) for cel in cellen])
    ieder = "ieder " if len(cellen) > 1 else ""
    return f"{namen} ({ieder}{count(cellen[0].kwesties or 0, KWESTIES)})"


def zero_sentence(cellen: Sequence[PublishableCell], labels: Mapping[str, str]) -> str:
    """Name the cells where nothing was counted; "" when none or all of them are 0."""
    nullen = [label_of(cel, labels) for cel in cellen if cel.kwesties == 0]
    if not nullen or len(nullen) == len(cellen):
        return ""
    return f"Bij {enumerate_nl(nullen)} registreerden wij geen kwesties."


def anonymous_sentence(cijfers: PublishableTable) -> str:
    """How anonymous people count towards the threshold, as it was when counted."""
    if cijfers.telwijze == "ELK":
        return (
            "Voor de drempel telt elke kwestie van iemand die anoniem bleef als een"
            " eigen cliënt. Adviespunt heeft vastgelegd waarom dat hier kan."
        )
    return (
        "Voor de drempel tellen mensen die anoniem bleven samen als één cliënt. Alleen"
        " wie met een terugkomcode terugkwam, telt apart."
    )


def before_complaint_sentence(cijfers: PublishableTable) -> str:
    """Of how many kwesties there was no formal complaint yet (S40)."""
    aantal = number_of(cijfers, "vooraf:JA")
    if aantal is None:
        return (
            "Hoe vaak mensen bij ons kwamen vóórdat er een formele klacht was, tonen"
            " wij niet."
        )
    if aantal == 0:
        return (
            "In deze periode was er geen kwestie over onvrede of een knelpunt vóór een"
            " formele klacht."
        )
    werkwoord = "ging" if aantal == 1 else "gingen"
    wat = "1 kwestie" if aantal == 1 else f"{toon_getal(aantal)} van de kwesties"
    return (
        f"{wat} {werkwoord} over onvrede of een knelpunt waarover nog geen formele"
        " klacht was. In die fase is een klacht vaak nog te voorkomen."
    )


def withheld_views_sentence(titels: Sequence[str]) -> str:
    """Which views show nothing, in one sentence."""
    namen = enumerate_nl([titel[0].lower() + titel[1:] for titel in titels])
    return (
        f"Over deze onderwerpen tonen wij geen aantallen: {namen}. Anders is misschien"
        " iemand te herkennen."
    )


def participants_sentence(cijfers: PublishableTable) -> str:
    """How much work there was with groups (S58)."""
    aantal = number_of(cijfers, "collectief:groepen")
    if any(cel.onderdrukt for cel in cijfers.view("collectief")) and aantal is None:
        return "Hoe vaak wij met een groep werkten, tonen wij niet."
    mensen = number_of(cijfers, "collectief:deelnemers") or 0
    if not aantal:
        return "In deze periode was er geen werk met groepen."
    vaak = "1 keer" if aantal == 1 else f"{toon_getal(aantal)} keer"
    zin = f"Wij werkten {vaak} met een groep."
    if not mensen:
        return zin
    return f"{zin} Daar deden samen ongeveer {toon_getal(mensen)} mensen aan mee."


def merged_sentence(cellen: Sequence[PublishableCell]) -> str:
    """That a table is shown in fewer groups; "" when it is not."""
    if not any(cel.id.partition(":")[2].startswith(SAMEN) for cel in cellen):
        return ""
    return (
        "In deze tabel hebben wij groepen samengevoegd. Zo kunnen wij meer laten zien"
        " zonder dat iemand te herkennen is."
    )


def multiple_sentence(
    cijfers: PublishableTable, cellen: Sequence[PublishableCell]
) -> str:
    """Why the forms of support together are more than the total (S36); "" without any
    number to add up."""
    totaal = number_of(cijfers, "totaal")
    if totaal == 0 or all(cel.onderdrukt for cel in cellen):
        return ""
    som = sum(cel.kwesties or 0 for cel in cellen)
    is_zeker = totaal is not None and som > totaal
    slot = "is de som van deze tabel hoger" if is_zeker else "kan de som hoger zijn"
    return (
        "Bij één kwestie doen wij vaak meer dan één ding. Zo'n kwestie telt dan bij"
        f" elke vorm van ondersteuning mee. Daarom {slot} dan het totale aantal"
        " kwesties."
    )


def result_sentence(
    cellen: Sequence[PublishableCell], labels: Mapping[str, str]
) -> str:
    """The most frequent result among finished kwesties, then what still runs (S37)."""
    klaar = [cel for cel in cellen if cel.id != "resultaat:LOPEND"]
    zin = ranking_sentence(*OVER_RESULTAAT, klaar, labels)
    lopend = next((cel for cel in cellen if cel.id == "resultaat:LOPEND"), None)
    nothing = all(cel.kwesties == 0 for cel in cellen)
    if lopend is None or lopend.kwesties is None or nothing:
        return zin
    if lopend.kwesties == 0:
        return join_sentences(zin, "Op de peildatum liepen er geen kwesties meer.")
    werkwoord = "liep" if lopend.kwesties == 1 else "liepen"
    rest = f"Op de peildatum {werkwoord} er nog {count(lopend.kwesties, KWESTIES)}."
    return join_sentences(zin, rest)


def minutes_sentence(cijfers: PublishableTable) -> str:
    """Registered minutes, also in hours; "" when the release holds no minutes."""
    if not cijfers.view("minuten"):
        return ""
    minuten = number_of(cijfers, "minuten")
    if minuten is None:
        return "De tijd die wij besteedden, tonen wij niet."
    if minuten == 0:
        return "Onze cliëntondersteuners legden geen contacttijd vast."
    uren, rest = divmod(minuten, 60)
    tijd = f"{toon_getal(minuten)} {'minuut' if minuten == 1 else 'minuten'}"
    zin = f"Onze cliëntondersteuners legden {tijd} contacttijd vast."
    if not uren:
        return zin
    over = f" en {rest} {'minuut' if rest == 1 else 'minuten'}" if rest else ""
    return f"{zin} Dat is {toon_getal(uren)} uur{over}."


def signal_sentence(label: str, number: int | None) -> str:
    """The size of the whole aard a signal belongs to, as this report prints it."""
    over = f"“{label}”"
    if number is None:
        return f"Hoeveel kwesties er over {over} waren, tonen wij niet."
    if number == 0:
        return f"In deze periode waren er geen kwesties over {over}."
    kwesties = (
        "was er 1 kwestie"
        if number == 1
        else (f"waren er {toon_getal(number)} kwesties")
    )
    return f"In deze periode {kwesties} over {over}. Niet al die kwesties gaan over dit signaal."


def objection_sentence(wordt_openbaar: bool, op: date | None) -> str:
    if op is None:
        return "Wij hebben hierover nog niet besloten."
    besluit = (
        "dat een deel van dit rapport toch openbaar wordt"
        if wordt_openbaar
        else "dat dit rapport niet openbaar wordt"
    )
    return f"Wij besloten op {datum(op)} {besluit}. Onze reden:"


def join_sentences(*zinnen: str) -> str:
    return " ".join(zin for zin in zinnen if zin)
