"""What happened in the demonstration before you came: a signal, reports on their way
from concept to public, work with a group and what is due today.

Everything goes through the verbs that people use, as the people of the demonstration,
and the worker prints. What is there already stays as it is.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from cases.demo.dag import fill_day, link_to, work_with_group
from cases.demo.deuren import somebody
from signalering import lifecycle
from signalering.lifecycle import opvolging, signalen
from signalering.models import Rapportage, Signaal
from signalering.periodes import Periode, parse
from signalering.tasks import make
from tenants.access import Wie
from tenants.demo import DOMAIN
from tenants.jobs import JobRefused, enqueue, wait_for
from tenants.models import Job
from tenants.scope import acting_as

MAKER, TOETSER, DIRECTIE = "teamleider", "toetser", "directie"
ONDERSTEUNER = "ondersteuner"
CONTACT = {"arnhem": "contact-arnhem", "nijmegen": "contact"}
ADVISEUR = "beleidsadviseur Wmo en Jeugd"
BEVINDINGEN = (
    "Cliënten vertellen dat zij lang op een besluit wachten en niet weten bij wie zij"
    " daarover terechtkunnen. Wie minder hulp krijgt dan eerst, leest in de brief vaak"
    " niet waarom."
)
AANBEVELINGEN = (
    "Geef iedereen die wacht één vast aanspreekpunt. Zet in elke brief waarom de hulp"
    " verandert, in gewone taal."
)
REACTIE = (
    "Wij herkennen dit beeld. Sinds dit voorjaar krijgt iedereen die langer dan zes weken"
    " wacht een telefoontje van de toegang. De brieven herschrijven wij dit jaar."
)
VERSLAG = (
    "Wij spraken over het wachten op een besluit en over de brieven. De gemeente komt bij"
    " de volgende rapportage terug op wat er is veranderd."
)
SIGNAAL = signalen.Signaalgegevens(
    titel="Lang wachten en niets horen",
    aard="ORG",
    sub="ORG.WACHT",
    omschrijving=(
        "Mensen wachten maanden op een besluit of op hulp en horen in die tijd niets. Zij"
        " weten niet wie hen helpt als het thuis niet meer gaat."
    ),
    verbeterrichting="Bel wie wacht elke maand, en noem wie zij mogen bellen.",
    vraag="Wie houdt contact met iemand die wacht?",
)


class NietGelukt(Exception):
    """A report could not be printed; the text says why."""


def tell(today: date) -> None:
    """All of it. Raises NietGelukt; what was done before that stays."""
    anna = f"{ONDERSTEUNER}@{DOMAIN}"
    fill_day(anna, today)
    work_with_group(anna, today)
    raise_signal(today)
    vorig = str(today.year - 1)
    Weg("arnhem", parse(str(today.year - 2))).go(until="publiceer")
    Weg("arnhem", parse(vorig)).go(until="publiceer")
    Weg("nijmegen", parse(vorig)).go(until="publiceer")
    last = _half_year(today)
    if last.jaar == today.year:
        Weg("arnhem", last).go(until="bied_aan")
        Weg("nijmegen", last).go(until="dien_in")


def _half_year(today: date) -> Periode:
    """The last one that is over."""
    return parse(f"{today.year}-H1" if today.month > 6 else f"{today.year - 1}-H2")


@cache
def _person(adres: str) -> Wie:
    return somebody(f"{adres}@{DOMAIN}")


def _place(wie: Wie, slug: str) -> int:
    return next(plek.id for plek in wie.plekken.values() if plek.slug == slug)


# ------------------------------------------------------------------------- a signal


def raise_signal(today: date) -> None:
    """From the supporter who saw it to what the commissioning party promised."""
    anna, chantal, gerard = (
        _person(naam) for naam in (ONDERSTEUNER, MAKER, CONTACT["nijmegen"])
    )
    here = _place(anna, "nijmegen")
    with acting_as(anna.scope(here)):
        if Signaal.objects.filter(tenant_id=here).exists():
            return
        signaal = signalen.propose_signal(actor=anna, tenant_id=here, gegevens=SIGNAAL)
    if link_to(anna, here, signaal.pk, SIGNAAL.aard) < signalen.CLIENTEN:
        return
    given: dict[str, Any] = {"tenant_id": here, "pk": signaal.pk}
    with acting_as(chantal.scope(here)):
        for verb in ("bevestig", "breng-in"):
            signalen.take_step(actor=chantal, verb=verb, **given)
        opvolging.record_talk(
            actor=chantal,
            datum=today,
            ontvangers=["OPDR"],
            deelnemers=[ADVISEUR],
            afspraak="De gemeente zoekt uit wie contact houdt met mensen die wachten.",
            **given,
        )
        signalen.take_step(actor=chantal, verb="bespreek", **given)
    with acting_as(gerard.scope(here)):
        opvolging.promise_action(
            actor=gerard,
            wat="Wij bellen iedereen die langer dan zes weken wacht elke maand.",
            wie="de toegang",
            uiterlijk=today + timedelta(days=90),
            **given,
        )
    with acting_as(chantal.scope(here)):
        signalen.take_step(actor=chantal, verb="zeg-toe", **given)


# ------------------------------------------------------------------------ the reports


@dataclass(frozen=True, slots=True)
class _Stap:
    """Who carries out a verb, with what besides the report."""

    naam: str
    wie: str
    verb: Callable[..., object]
    waarmee: Callable[[], dict[str, Any]] = dict


def _steps(contact: str) -> tuple[_Stap, ...]:
    texts = {"bevindingen": BEVINDINGEN, "aanbevelingen": AANBEVELINGEN}
    answer = {"tekst": REACTIE, "functie": ADVISEUR, "is_akkoord": True}
    talk: dict[str, Any] = {"deelnemers": ["wethouder Zorg", ADVISEUR]}
    return (
        _Stap("bewerk", MAKER, lifecycle.edit_texts, lambda: texts),
        _Stap("dien_in", MAKER, lifecycle.submit),
        _Stap("teken_toets", TOETSER, lifecycle.sign_check),
        _Stap("bied_aan", MAKER, lifecycle.offer),
        _Stap("reageer", contact, lifecycle.react, lambda: answer),
        _Stap("open_bespreking", MAKER, lifecycle.open_discussion),
        _Stap(
            "leg_bespreking_vast",
            MAKER,
            lifecycle.record_discussion,
            lambda: talk | {"datum": timezone.localdate(), "verslag": VERSLAG},
        ),
        _Stap("stel_vast", DIRECTIE, lifecycle.establish),
        _Stap("publiceer", DIRECTIE, lifecycle.publish),
    )


@dataclass(frozen=True, slots=True)
class Weg:
    """The way of one report."""

    slug: str
    periode: Periode

    def go(self, *, until: str) -> None:
        """Make it and take it along the way; nothing when there is one already."""
        maker = _person(MAKER)
        here = _place(maker, self.slug)
        with acting_as(maker.scope(here)):
            if lifecycle.living_rapportage(here, self.periode) is not None:
                return
            made, job = lifecycle.request_rapportage(
                actor=maker, tenant_id=here, periode=self.periode
            )
        self._print(maker, job)
        for stap in _steps(CONTACT[self.slug]):
            self._take(stap, here, made)
            if stap.naam == until:
                return

    def _take(self, stap: _Stap, here: int, rapportage: Rapportage) -> None:
        wie = _person(stap.wie)
        with acting_as(wie.scope(here)):
            done = stap.verb(
                actor=wie, tenant_id=here, pk=rapportage.pk, **stap.waarmee()
            )
        for job in done if isinstance(done, tuple) else ():
            if isinstance(job, Job):
                self._print(wie, job)

    def _print(self, wie: Wie, job: Job) -> None:
        enqueue(job)
        try:
            wait_for(wie.scope(job.tenant_id), job, make)
        except JobRefused as refusal:
            raise NietGelukt(f"{self.slug} {self.periode.code}: {refusal}") from refusal
