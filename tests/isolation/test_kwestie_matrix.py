"""Every address of a kwestie × how somebody stands to it → status.

The addresses come from the urlconf: all that begin with that of a kwestie. A new one
has to be put in SOORT, and nowhere else. An address with more ids in it (a share, a
step) is asked with an id that is not there, so it is 404 for everybody.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Kwestie
from cases.urls import KWESTIE, urlpatterns
from tests import people
from tests.cases import seed
from tests.cases.toegang import (
    dag,
    hand_over,
    share,
    share_again,
    strikt,
    substitute,
)

pytestmark = pytest.mark.django_db
DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"

# What an address does with the kwestie. Reading: for whoever may read. Writing: for
# who may change it. Handing over: who decides whose it is. Sharing: its supporter and
# the teamleider. Assigning: the teamleider. Putting right: who may change it, and the
# teamleider.
LEZEN, SCHRIJVEN, OVERDRAGEN, DELEN, TOEWIJZEN, HERSTELLEN = range(6)
SOORT: dict[str, int] = {
    "kwestie": LEZEN,
    "afdrukken": LEZEN,
    "wie_keek": SCHRIJVEN,
    "plan": LEZEN,
    "achtergrond": SCHRIJVEN,
    "bewerken": SCHRIJVEN,
    "contact": SCHRIJVEN,
    "concept_contact": SCHRIJVEN,
    "start": SCHRIJVEN,
    "wacht": SCHRIJVEN,
    "afronden": SCHRIJVEN,
    "concept_afronden": SCHRIJVEN,
    "heropenen": SCHRIJVEN,
    "verwijzing": SCHRIJVEN,
    "traject": SCHRIJVEN,
    "oordeel": SCHRIJVEN,
    "traject_termijn": SCHRIJVEN,
    "aankomst": SCHRIJVEN,
    "termijn_ics": LEZEN,
    "toestemming": SCHRIJVEN,
    "intrekken": SCHRIJVEN,
    "stap": SCHRIJVEN,
    "stap_verder": SCHRIJVEN,
    "stap_vervallen": SCHRIJVEN,
    "stap_verzetten": SCHRIJVEN,
    "bellen": SCHRIJVEN,
    "laag": SCHRIJVEN,
    "termijn": SCHRIJVEN,
    "agenda_gedaan": SCHRIJVEN,
    "agenda_verzetten": SCHRIJVEN,
    "ambtshalve": SCHRIJVEN,
    "ambtshalve_gedaan": SCHRIJVEN,
    "doorbreking_nieuw": SCHRIJVEN,
    "meldcode_nieuw": SCHRIJVEN,
    "avg_kwestie": SCHRIJVEN,
    "vordering": SCHRIJVEN,
    "vordering_afdoen": SCHRIJVEN,
    "client": SCHRIJVEN,
    "concept_bewerken": SCHRIJVEN,
    "weg": SCHRIJVEN,
    "weg_contact": SCHRIJVEN,
    "weg_stap": SCHRIJVEN,
    "weg_verwijzing": SCHRIJVEN,
    "weg_traject": SCHRIJVEN,
    "weg_bijlage": SCHRIJVEN,
    "weg_brief": SCHRIJVEN,
    "bijlage": SCHRIJVEN,
    "bijlage_ophalen": LEZEN,
    "brief_nieuw": SCHRIJVEN,
    "brief_voorbeeld": SCHRIJVEN,
    "brief": LEZEN,
    "brief_bewerken": SCHRIJVEN,
    "brief_definitief": SCHRIJVEN,
    "brief_bestand": LEZEN,
    "anoniem": SCHRIJVEN,
    "terugkomcode": SCHRIJVEN,
    "melder": SCHRIJVEN,
    "signaal_koppelen": SCHRIJVEN,
    "signaal_los": SCHRIJVEN,
    "andere_ondersteuner": OVERDRAGEN,
    "toegang": DELEN,
    "delen_stoppen": DELEN,
    "toewijzen": TOEWIJZEN,
    "samenvoegen": HERSTELLEN,
    "splitsen": HERSTELLEN,
    "doorgeleiden": HERSTELLEN,
}
OPEN = {200, 302, 409, 422}
ALLES = {LEZEN, SCHRIJVEN, HERSTELLEN, OVERDRAGEN, DELEN}
VERVANGT = {LEZEN, SCHRIJVEN, HERSTELLEN, OVERDRAGEN}
NIETS: set[int] = set()


def nothing(kwestie: Kwestie) -> None:
    """She stands to it as she is."""


def withdrawn(kwestie: Kwestie) -> None:
    deling = share(kwestie, "bram", niveau="SCHRIJVEN")
    seed.act("withdraw_grant", kwestie, deling_id=deling.pk)


def to_bram_with_anna_for_him(kwestie: Kwestie) -> None:
    hand_over(kwestie, "bram")
    substitute("bram", "anna")


def chantal_was_sent_away(kwestie: Kwestie) -> None:
    hand_over(kwestie, "chantal", reden="WERK")
    hand_over(kwestie, "anna", "chantal")


# How somebody stands to a kwestie of Anna's → who asks, what came before, and what
# she may do with it. STRIKT when the name says so.
STAND: dict[str, tuple[str, Callable[[Kwestie], object], set[int]]] = {
    "eigen": ("anna", nothing, ALLES),
    "eigen strikt": ("anna", nothing, ALLES),
    "gedeeld om te lezen": ("bram", lambda k: share(k, "bram"), {LEZEN}),
    "strikt en gedeeld om te lezen": ("bram", lambda k: share(k, "bram"), {LEZEN}),
    "gedeeld om te schrijven": (
        *("bram", lambda k: share(k, "bram", niveau="SCHRIJVEN")),
        {LEZEN, SCHRIJVEN, HERSTELLEN},
    ),
    "delen voorbij": (
        "bram",
        lambda k: share_again(share(k, "bram", niveau="SCHRIJVEN"), tot=dag(-1)),
        NIETS,
    ),
    "delen ingetrokken": ("bram", withdrawn, NIETS),
    "plaatsvervanger": ("bram", lambda k: substitute(van=0, tot=0), VERVANGT),
    "plaatsvervanger van strikt": ("bram", lambda k: substitute(), VERVANGT),
    "plaatsvervanger vanaf morgen": ("bram", lambda k: substitute(van=1), NIETS),
    "plaatsvervanger tot gisteren": (
        *("bram", lambda k: substitute(van=-5, tot=-1)),
        NIETS,
    ),
    "teamleider": ("chantal", nothing, ALLES - {SCHRIJVEN} | {TOEWIJZEN}),
    "teamleider van strikt": ("chantal", nothing, {OVERDRAGEN}),
    "teamleider van strikt die de cliënt niet wilde": (
        *("chantal", chantal_was_sent_away),
        NIETS,
    ),
    "teamleider van strikt in de wachtrij": (
        *("chantal", lambda k: hand_over(k, None)),
        {TOEWIJZEN},
    ),
    "collega": ("bram", nothing, NIETS),
    "collega van strikt": ("bram", nothing, NIETS),
    "vorige ondersteuner": ("anna", lambda k: hand_over(k, "bram"), NIETS),
    "vorige en nu plaatsvervanger": ("anna", to_bram_with_anna_for_him, NIETS),
    "vrijwilliger met gedeelde strikte": (
        "vera",
        lambda k: share_again(share(k, "bram"), medewerker_id=people.ident("vera")),
        NIETS,
    ),
    "beheer": ("dewi", nothing, NIETS),
    "directie": ("fatma", nothing, NIETS),
    "opdrachtgever": ("gerard", nothing, NIETS),
    "andere tenant": ("hanna", nothing, NIETS),
    "teamleider van andere tenant": ("teun", nothing, NIETS),
}


def addresses(pk: UUID) -> Iterator[tuple[str, str, bool]]:
    """Name, address, and whether it is about something more than the kwestie."""
    for entry in urlpatterns:
        if not str(entry.pattern).startswith(KWESTIE) or entry.name is None:
            continue
        more = set(entry.pattern.converters) - {"slug", "pk"}
        kwargs = {"slug": "arnhem", "pk": pk, **{name: uuid4() for name in more}}
        yield entry.name, reverse(f"cases:{entry.name}", kwargs=kwargs), bool(more)


def test_every_address_of_a_kwestie_is_in_the_table() -> None:
    assert {name for name, _url, _more in addresses(uuid4())} == set(SOORT)


def is_asked(rights: set[int], turn: int, place: int) -> bool:
    """Who may do nothing at all asks for every other address, in turn (for all of them
    with ADVIESPUNT_DEEP=1): they have the same door.
    """
    return DEEP or bool(rights) or (turn + place) % 2 == 0


def answers(browser: Client, url: str, *, opens: bool, sends: bool) -> set[int]:
    """To looking, and to sending a form with no more than its key; 405 is no answer.

    A page that should open is only looked at, when it can be. One that should not is
    looked at or sent to: every other person in turn (both with ADVIESPUNT_DEEP=1).
    """
    found = set()
    if opens or DEEP or not sends:
        found.add(browser.get(url).status_code)
        if opens and found != {405}:
            return found
    if DEEP or sends or found == {405}:
        with transaction.atomic():  # what is sent is undone
            found.add(browser.post(url, {"sleutel": uuid4()}).status_code)
            transaction.set_rollback(True)
    if found == {405}:
        found.add(browser.get(url).status_code)
    return found - {405}


@pytest.mark.parametrize("stand", STAND)
def test_an_address_opens_for_who_the_table_says(
    stand: str, brief_refusals: None
) -> None:
    naam, before, rights = STAND[stand]
    kwestie = strikt("anna") if "strikt" in stand else seed.register("anna")
    before(kwestie)
    browser = people.browser(naam)
    wrong = []
    turn = list(STAND).index(stand)
    for place, (name, url, more) in enumerate(addresses(kwestie.pk)):
        if not is_asked(rights, turn, place):
            continue
        opens = SOORT[name] in rights
        found = answers(browser, url, opens=opens, sends=(turn + place) // 2 % 2 == 1)
        good = OPEN | ({404} if more else set()) if opens else {404}
        if not found or not found <= good:
            wrong.append((name, found))
    assert wrong == [], stand
