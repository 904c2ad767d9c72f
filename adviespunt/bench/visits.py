"""Child process: pages of casework, asked for by somebody who is signed in.

From the request to the last byte, in this process, through Django's own handler with
every middleware of the settings. What the pages show besides the register itself is made
first, by the forms of the product: clients by name, and one kwestie with two hundred
events. Made twice it is there once, for each form names what it makes.
"""

from __future__ import annotations

import time
from uuid import UUID, uuid5

from django.db import connection  # noqa: TID251 (listens in on a page)

from adviespunt.bench.children import answer
from adviespunt.bench.page import Recorder, browser_of
from adviespunt.bench.people import ONDERSTEUNER, ident, leader_of
from adviespunt.geheugen import settle
from tenants.inloggen.bewijs import ACTIEF, SCHRIJFT
from tenants.selectors import tenant_ids_by_slug

ACHTERNAAM = "Zandbergen"
VAN_TEAMLEIDER = ("werk_teamleider", "team")
EVENT = 'class="app-timeline__event"'
ZEVEN = {
    "datum": "vandaag",
    "kanaal": "TEL",
    "soort": "ONVREDE",
    "aard": "FIN",
    "wet": "WMO",
    "rol": "CLIENT",
    "identiteitsstatus": "BEKEND",
}
GESPREK = {
    "datum": "vandaag",
    "kanaal": "TEL",
    "richting": "IN",
    "met": "CLIENT",
    "activiteiten": "IND.INFO",
    "duur_min": "5",
    "notitie": "Gebeld over de brief; de cliënt denkt er nog over na.",
}


def _first() -> tuple[str, int]:
    """The place where everybody of the bench works: slug and id."""
    slugs = tenant_ids_by_slug()
    slug = min(slugs, key=lambda one: slugs[one])
    return slug, slugs[slug]


def _key(slug: str, *parts: object) -> UUID:
    return uuid5(ident(ONDERSTEUNER), " ".join(map(str, (slug, *parts))))


def _kwestie(slug: str) -> str:
    return f"/t/{slug}/kwesties/{_key(slug, 'client', 0)}/"


def prepare(gebeurtenissen: int, clienten: int) -> int:
    """Clients by name, and the kwestie with many events; how many events it has."""
    slug, _tenant_id = _first()
    for number in range(clienten):
        naam = f"{'ABCDEFGH'[number % 8]}. {ACHTERNAAM}" if number % 2 else f"P{number}"
        made = {**ZEVEN, "id": _key(slug, "client", number), "naam": naam}
        _post(f"/t/{slug}/kwesties/nieuw/", made)
    there = _events(slug)
    for number in range(there, gebeurtenissen):
        sleutel = _key(slug, "contact", number)
        _post(f"{_kwestie(slug)}contact/", {**GESPREK, "sleutel": sleutel})
    found = _events(slug)
    if found < gebeurtenissen:
        raise RuntimeError(f"{found} events on the page")
    return found


def _events(slug: str) -> int:
    shown = browser_of(ONDERSTEUNER).get(f"{_kwestie(slug)}?alles")
    return shown.content.decode().count(EVENT)


def _post(url: str, data: dict[str, object]) -> None:
    got = browser_of(ONDERSTEUNER).post(url, data)
    if got.status_code != 302:
        raise RuntimeError(f"{url}: status {got.status_code}")


def _who(pagina: str) -> str:
    """Name of the person who asks for this page."""
    return leader_of(_first()[1]) if pagina in VAN_TEAMLEIDER else ONDERSTEUNER


def measure(pagina: str, keren: int) -> list[tuple[float, int]]:
    """(seconds of the page, questions to the database), so many times."""
    return [_visit(pagina) for _time in range(keren)]


def count(pagina: str) -> int:
    """The most questions of one visit: that in which it is written down that she is
    active, which is done at most twice a minute and not in every visit.
    """
    session = browser_of(_who(pagina)).session
    session[ACTIEF] = int(time.time()) - SCHRIJFT - 1
    session.save()
    _seconds, questions = _visit(pagina)
    return questions


def _visit(pagina: str) -> tuple[float, int]:
    slug, _tenant_id = _first()
    url, sought = {
        "dag": ("/dag/", None),
        "werk": ("/werk/", None),
        "werk_teamleider": ("/werk/", None),
        "team": ("/team/", None),
        "lijst": ("/kwesties/", None),
        "kwestie": (_kwestie(slug), None),
        "kwestie_heel": (f"{_kwestie(slug)}?alles", None),
        "zoek_naam": ("/zoeken/", ACHTERNAAM),
        "zoek_nummer": ("/zoeken/", f"{slug[:3].upper()}-7K3F9Q2"),
    }[pagina]
    browser, recorder = browser_of(_who(pagina)), Recorder()
    with connection.execute_wrapper(recorder):
        began = time.perf_counter()
        got = browser.post(url, {"tekst": sought}) if sought else browser.get(url)
        seconds = time.perf_counter() - began
    text = got.content.decode()
    if got.status_code != 200 or (sought == ACHTERNAAM and ACHTERNAAM not in text):
        raise RuntimeError(f"{pagina}: status {got.status_code}")
    return seconds, len(recorder.statements)


def main() -> None:
    settle()  # as a web process does
    answer({"prepare": prepare, "measure": measure, "count": count})
