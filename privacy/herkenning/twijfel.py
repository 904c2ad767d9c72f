"""Words that are a name in one text and an ordinary word in the next.

"Storm zit thuis" and "Storm heeft het dak beschadigd": what follows decides.

Guarded by tests/privacy/herkenning/test_twijfel.py and test_maat.py.
"""

from __future__ import annotations

import re
from typing import Final

from privacy.herkenning.lijsten import Lijsten
from privacy.herkenning.tekens import Woord, Zin

# How ordinary Dutch words end that no list has: "Blijverslening", "Klantcontact".
_GEWOON_EINDE: Final = re.compile(
    r".{2,}(?:(?<!k)ing|ingen|heid|atie|aties|teit|isme|schap|plan|recht|zorg|geld|loket"
    r"|teams?|fonds|toeslag|hulp|wet|lijn|contact|punt|dienst|bureau|groep|kamer|scan"
    r"|test|week|traject|project|programma|pas|kaart|wijzer|gids|krant|kosten|raad"
    r"|lands|raads|landse|dams|gericht|gerichte|loos|matig|elijk|elijke|baar|bare|isch|ische|ees|aans|aanse"
    r"|kunde|vorm|formulier|gesprek|nummer|budget|indicatie|verlof|overleg|centrale"
    r"|beheer|advies|brief|boek|film|spel|cursus|training|café|fonds|route|tijd|werk"
    r"|eren|ieren|eerde|eerd|igen|igde|huizen|thuis|netwerk|keten|kring|markt|dagen)"
)
_BINNEN: Final = re.compile(r"^(?!Mc|Mac|De|La|Le|Van|Di|O['’])[A-Z][a-z]+[A-Z]{2,}")
# "Klantmanager Hoekstra": what somebody does.
_ROL_EINDE: Final = re.compile(
    r".{4,}(?:er|aar|ster|ist|iste|tor|eur|man|vrouw|kundige|ent|ente|ant|aris|loog|peut"
    r"|coach|hoofd|paar|ouder|gezin|familie|groet|groetjes|dank)"
)
# Words that are a first name and cannot say so at the beginning of a sentence.
_NOOIT: Final = frozenset(
    [
        "mei",
        "tien",
        "van",
        "son",
        "kader",
        "made",
        "diep",
        "nader",
        "ping",
        "wei",
        "dik",
        "ben",
        "aan",
        "elke",
    ]
)
_ZIJ: Final = frozenset(
    [
        "haar",
        "hij",
        "zij",
        "ze",
        "hem",
        "zelf",
        "zichzelf",
        "moeder",
        "vader",
        "ouders",
        "mama",
        "papa",
        "oma",
        "opa",
        "zus",
        "broer",
        "jarige",
        "thuis",
        "school",
        "boos",
        "bang",
        "blij",
        "verdrietig",
        "moe",
        "ziek",
        "verhuisd",
        "opgenomen",
    ]
)
_ZICHT: Final = 9  # words looked ahead
# The verb itself: "Wil is boos" cannot be "wil de gemeente".
_WERKWOORD: Final = frozenset({"wil", "mark", "rob", "kim", "job", "win", "just"})


def is_gewoon(word: Woord, lijst: Lijsten) -> bool:
    """An ordinary word with a capital, as in a title, and not much of a name."""
    laag = word.laag
    if _BINNEN.search(word.text):  # "PostNL"
        return True
    if laag in lijst.gezag["naamwoord"] or laag in lijst.vaak:
        return False
    if laag in lijst.gewoon:
        return True
    return not is_bekend(laag, lijst) and bool(_GEWOON_EINDE.fullmatch(laag))


def is_bekend(laag: str, lijst: Lijsten) -> bool:
    return any(
        deel in lijst.voornamen or deel in lijst.achternamen for deel in laag.split("-")
    )


def is_vreemd(word: Woord, lijst: Lijsten) -> bool:
    """Written as a name, and no list knows it as anything else."""
    schrijf = word.text[0].isupper() and word.text[1:].islower() and len(word.laag) > 2
    anders = (lijst.gewoon, lijst.geen_namen, lijst.plaatsen)
    if not schrijf or any(word.laag in words for words in anders):
        return False
    if is_bekend(word.laag, lijst):
        return True
    is_rol = any(word.laag in words for words in lijst.gezag.values())
    return not (
        is_rol or _GEWOON_EINDE.fullmatch(word.laag) or _ROL_EINDE.fullmatch(word.laag)
    )


def is_vreemd_klein(word: Woord, lijst: Lijsten) -> bool:
    """ "mevr haddouch": behind a title, and it ends as no verb does."""
    laag = word.laag
    if word.is_groot or len(laag) < 5 or laag[-1] not in "aichgkmouyz":
        return False
    anders = (lijst.gewoon, lijst.geen_namen, lijst.plaatsen, *lijst.gezag.values())
    return not any(laag in words for words in anders) and not (
        _GEWOON_EINDE.fullmatch(laag) or laag.endswith(("lijk", "ig", "isch"))
    )


def doet_iets(zin: Zin, i: int, end: int, lijst: Lijsten) -> bool:
    """The first word of a sentence is somebody, for people do what follows.

    i: the word; end: the one behind it.
    """
    word, after = zin.woorden[i], zin.at(end)
    if after is None or word.laag in _NOOIT:
        return False
    if re.match(r" ?\((?:\d{1,2}|[a-z]+ jaar)\b", zin.text[word.end :]):
        return True
    samen = after.laag in {"en", "&"} or after.voor.strip() in {"+", "&"}
    other = zin.at(end + (after.laag in {"en", "&"}))
    if samen and other is not None and other.is_groot:
        gewoon = other.laag in lijst.gewoon and other.laag not in lijst.vaak
        return other.laag in lijst.voornamen and not gewoon
    if after.voor != " ":
        return False
    if after.laag in lijst.gezag["doet"]:
        return True
    if after.laag not in lijst.gezag["is"]:
        return False
    return word.laag in _WERKWOORD or any(
        zin.laag(n) in _ZIJ for n in range(end + 1, end + _ZICHT)
    )
