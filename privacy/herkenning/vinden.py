"""Everything together: one pass over a text, first what is surest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from privacy.herkenning import achteraf, adressen, datums, plekken, soorten, vorm
from privacy.herkenning.instellingen import Instellingen
from privacy.herkenning.lijsten import lijsten
from privacy.herkenning.namen import Namen
from privacy.herkenning.roepnamen import ervoor, roepnamen, vreemden
from privacy.herkenning.soorten import Dekking, Vondst
from privacy.herkenning.tekens import split

STUK: Final = 4000  # code points looked at together, so that no text takes for ever


def vind(text: str) -> tuple[Vondst, ...]:
    """What in ``text`` can tell who somebody is: in order, without overlap.

    Offsets count code points. The same text always gives the same answer; nothing of
    it is kept. A long text is read in stretches of about STUK code points.
    """
    found: list[Vondst] = []
    for start, part in _stukken(text):
        found += (Vondst(v.start + start, v.end + start, v.soort) for v in _vind(part))
    return tuple(found)


def warm() -> None:
    """Read the lists now, so that nobody waits for them later."""
    lijsten()


def _stukken(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > STUK:
        cut = max(text.rfind(mark, start, start + STUK) for mark in ("\n", ". ", " "))
        end = cut + 1 if cut > start else start + STUK
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _vind(text: str) -> tuple[Vondst, ...]:
    dekking = Dekking(text)
    lijst = lijsten()
    for soort, zoek in vorm.VORMEN:
        for start, end in zoek(text):
            dekking.add(start, end, soort)
    for zoek, soort in (
        (datums.dates, soorten.DATUM),
        (vorm.dossiers, soorten.DOSSIERNUMMER),
        (datums.ages, soorten.LEEFTIJD),
    ):
        for start, end in zoek(text):
            dekking.add(start, end, soort)
    for start, end, soort in plekken.traits(text):
        dekking.add(start, end, soort)
    for start, end in roepnamen(text, lijst):
        dekking.add(start, end, soorten.PERSOON)
    adressen.addresses(text, dekking, lijst)
    zin = split(text, dekking)
    places = plekken.Plekken(zin, lijst)
    for step in (
        Instellingen(zin, lijst).providers,
        places.sure_places,
        partial(achteraf.staart, zin, lijst.plaatsen, lijst.achternamen),
        partial(Namen(zin, lijst).find),
        places.other_places,
        partial(ervoor, zin, lijst),
        partial(vreemden, zin, lijst),
        partial(achteraf.leeftijden, zin),
    ):
        step()
    return dekking.sorted()
