"""The last day of a term of the law, computed (S105). Arithmetic and texts, no models.

A term runs from the day after the one it is counted from (Awb 6:8 lid 1). One of months
or years ends on the day with the same number, or on the last day of a month that has no
such day. One that ends on a Saturday, a Sunday or a public holiday ends on the next
working day (Algemene termijnenwet art. 1 lid 1, art. 3); not when it is longer than 90
days, 12 weeks or 3 months, or of years (art. 4 under a). Days that were made equal to a
holiday by decree (art. 3 lid 3) are in ``cases.werkdagen``, as far as they are known.

Read again in 2026, in public copies: Awb 7:10, 9:8, 9:11 and 9:24, Algemene termijnenwet
1 and 3, word for word; of its art. 4, Wkkgz 17 (six weeks, four more) and Wzd 56a (two
weeks, four) what others say of them; Wkkgz 22 and Wet BIG 73 not again. What has
``is_nagekeken`` False was written down from general knowledge; pages say so. Of Wzd 56c
and Wvggz 10:5 and 10:7 no text was found: only that one who is late under 10:7 is not
heard (ECLI:NL:RBROT:2024:4342).

Not here, because no formal route begins with it: the term in which a gemeente looks
into a request and decides on it (Wmo 2.3.2 and 2.3.5, Awb 4:13), and the penalty when
it does not (Awb 4:17). Guarded by tests/cases/test_termijnen.py.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import werkdagen


class Eenheid(StrEnum):
    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"
    JAREN = "jaren"


# Art. 4 under a: what is longer than this does not move off a day off.
LANGSTE = {Eenheid.DAGEN: 90, Eenheid.WEKEN: 12, Eenheid.MAANDEN: 3, Eenheid.JAREN: 0}


@dataclass(frozen=True, slots=True)
class Duur:
    """How long a term of the law is."""

    aantal: int
    eenheid: Eenheid

    @property
    def verschuift(self) -> bool:
        """It moves to the next working day (Algemene termijnenwet, art. 4)."""
        return self.aantal <= LANGSTE[self.eenheid]


def dagen(aantal: int) -> Duur:
    return Duur(aantal, Eenheid.DAGEN)


def weken(aantal: int) -> Duur:
    return Duur(aantal, Eenheid.WEKEN)


def maanden(aantal: int) -> Duur:
    return Duur(aantal, Eenheid.MAANDEN)


def jaren(aantal: int) -> Duur:
    return Duur(aantal, Eenheid.JAREN)


def slot(vanaf: date, duur: Duur) -> date:
    """The last day of a term, whatever day that is; ``vanaf`` itself does not count."""
    match duur.eenheid:
        case Eenheid.DAGEN:
            return vanaf + timedelta(days=duur.aantal)
        case Eenheid.WEKEN:
            return vanaf + timedelta(weeks=duur.aantal)
        case Eenheid.MAANDEN:
            return _months_on(vanaf, duur.aantal)
        case _:
            return _months_on(vanaf, 12 * duur.aantal)


def _months_on(dag: date, aantal: int) -> date:
    year, month = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(dag.day, last))


def laatste_dag(vanaf: date, duur: Duur) -> date:
    """The last day as the Algemene termijnenwet has it."""
    dag = slot(vanaf, duur)
    return werkdagen.vanaf(dag) if duur.verschuift else dag


class Fase(StrEnum):
    """Where a formal route is: to be lodged, to be decided on, decided."""

    INDIENEN = "indienen"
    BESLISSEN = "beslissen"
    VERDER = "verder"


class Door(StrEnum):
    """Whose term it is."""

    CLIENT = "client"
    INSTANTIE = "instantie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One term of the law: how long, whose, by which article.

    duur_lang: the longer one of the same article, and lang_als: when that holds.
    verdagen: by how many weeks at most the body may put it off, by verdagen_artikel.
    vervolg: type of the route that ends this term.
    """

    naam: Promise
    door: Door
    duur: Duur
    artikel: str
    duur_lang: Duur | None = None
    lang_als: Promise | str = ""
    verdagen: int = 0
    verdagen_artikel: str = ""
    vervolg: str = ""
    is_nagekeken: bool = True


OP_KLACHT = _("Beslissing op de klacht verwacht")
OP_BEZWAAR = _("Beslissing op het bezwaar verwacht")
NAAR_RECHTER = _("Laatste dag om naar de rechter te gaan")
MET_COMMISSIE = _("Er is een commissie die adviseert")
ZONDER_GEVOLG = _("De zorg of beslissing waar het om gaat is al voorbij")
BEZWAAR_TERMIJN = Regel(
    naam=_("Laatste dag voor bezwaar"),
    door=Door.CLIENT,
    duur=weken(6),
    artikel="Awb 6:7, 6:8",
)
BEROEP_TERMIJN = Regel(
    naam=_("Laatste dag voor beroep"),
    door=Door.CLIENT,
    duur=weken(6),
    artikel="Awb 6:7, 6:8",
    vervolg="beroep",
)
OMBUDSMAN_TERMIJN = Regel(
    naam=_("Laatste dag voor de ombudsman"),
    door=Door.CLIENT,
    duur=jaren(1),
    artikel="Awb 9:24",
    vervolg="ombudsman",
)
# Type of route → phase → the term that runs in it.
REGELS: Mapping[str, Mapping[Fase, Regel]] = {
    "bezwaar": {
        Fase.INDIENEN: BEZWAAR_TERMIJN,
        Fase.BESLISSEN: Regel(
            naam=OP_BEZWAAR,
            door=Door.INSTANTIE,
            duur=weken(6),
            duur_lang=weken(12),
            lang_als=MET_COMMISSIE,
            verdagen=6,
            verdagen_artikel="Awb 7:10 lid 3",
            artikel="Awb 7:10 lid 1",
        ),
        Fase.VERDER: BEROEP_TERMIJN,
    },
    "beroep": {
        Fase.INDIENEN: BEROEP_TERMIJN,
        Fase.VERDER: Regel(
            naam=_("Laatste dag voor hoger beroep"),
            door=Door.CLIENT,
            duur=weken(6),
            artikel="Awb 6:24, 6:7",
            vervolg="beroep",
        ),
    },
    "klacht_awb": {
        Fase.INDIENEN: Regel(
            naam=_("Klacht binnen een jaar"),
            door=Door.CLIENT,
            duur=jaren(1),
            artikel="Awb 9:8 lid 1",
        ),
        Fase.BESLISSEN: Regel(
            naam=OP_KLACHT,
            door=Door.INSTANTIE,
            duur=weken(6),
            duur_lang=weken(10),
            lang_als=MET_COMMISSIE,
            verdagen=4,
            verdagen_artikel="Awb 9:11 lid 2",
            artikel="Awb 9:11 lid 1",
        ),
        Fase.VERDER: OMBUDSMAN_TERMIJN,
    },
    "klacht_wkkgz": {
        Fase.BESLISSEN: Regel(
            naam=OP_KLACHT,
            door=Door.INSTANTIE,
            duur=weken(6),
            verdagen=4,
            verdagen_artikel="Wkkgz 17 lid 2",
            artikel="Wkkgz 17 lid 1",
        ),
    },
    "klacht_wzd": {
        Fase.BESLISSEN: Regel(
            naam=OP_KLACHT,
            door=Door.INSTANTIE,
            duur=dagen(14),
            duur_lang=weken(4),
            lang_als=ZONDER_GEVOLG,
            artikel="Wzd 56a lid 2",
        ),
        Fase.VERDER: Regel(
            naam=NAAR_RECHTER,
            door=Door.CLIENT,
            duur=weken(6),
            artikel="Wzd 56c",
            vervolg="beroep",
            is_nagekeken=False,
        ),
    },
    "klacht_wvggz": {
        Fase.BESLISSEN: Regel(
            naam=OP_KLACHT,
            door=Door.INSTANTIE,
            duur=dagen(14),
            duur_lang=weken(4),
            lang_als=ZONDER_GEVOLG,
            artikel="Wvggz 10:5",
            is_nagekeken=False,
        ),
        Fase.VERDER: Regel(
            naam=NAAR_RECHTER,
            door=Door.CLIENT,
            duur=weken(6),
            artikel="Wvggz 10:7",
            vervolg="beroep",
            is_nagekeken=False,
        ),
    },
    "geschil": {
        Fase.BESLISSEN: Regel(
            naam=_("Uitspraak van de geschilleninstantie verwacht"),
            door=Door.INSTANTIE,
            duur=maanden(6),
            artikel="Wkkgz 22",
        ),
    },
    "ombudsman": {Fase.INDIENEN: OMBUDSMAN_TERMIJN},
    "tuchtrecht": {
        Fase.VERDER: Regel(
            naam=_("Laatste dag voor hoger beroep"),
            door=Door.CLIENT,
            duur=weken(6),
            artikel="Wet BIG 73 lid 1",
            vervolg="tuchtrecht",
        ),
    },
    # The law leaves the term to the scheme of the provider: it is typed.
    "klacht_wmo_aanbieder": {},
    "klacht_jeugdwet": {},
    "melding_inspectie": {},
}
AFGESPROKEN = {
    Fase.INDIENEN: _("Laatste dag om in te dienen"),
    Fase.BESLISSEN: _("Uitkomst verwacht"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What is known of a route; see ``cases.models.ExternTraject``."""

    type: str
    bekend_op: date | None = None
    ingediend_op: date | None = None
    oordeel_op: date | None = None
    is_lang: bool = False
    verdaagd_weken: int = 0
    opgeschort_dagen: int = 0
    termijn_tot: date | None = None

    @property
    def fase(self) -> Fase:
        if self.oordeel_op is not None:
            return Fase.VERDER
        return Fase.BESLISSEN if self.ingediend_op is not None else Fase.INDIENEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Termijn:
    """The term that runs now, and its last day.

    zonder: what that day would be without the Algemene termijnenwet. artikel: '' for a
    day that somebody typed.
    """

    fase: Fase
    naam: Promise
    door: Door
    dag: date
    zonder: date
    artikel: str = ""
    vervolg: str = ""
    is_nagekeken: bool = True

    @property
    def is_verschoven(self) -> bool:
        return self.dag != self.zonder


def regel_of(type: str, fase: Fase) -> Regel | None:
    """The rule of the law for this route in this phase; None when there is none."""
    return REGELS.get(type, {}).get(fase)


def termijn_of(stand: Stand) -> Termijn | None:
    """The term that runs now; None when there is none, or when nothing is known of the
    day it runs from.
    """
    fase = stand.fase
    if stand.termijn_tot is not None and fase != Fase.VERDER:
        return Termijn(
            fase=fase,
            naam=AFGESPROKEN[fase],
            door=Door.CLIENT if fase == Fase.INDIENEN else Door.INSTANTIE,
            dag=stand.termijn_tot,
            zonder=stand.termijn_tot,
        )
    regel, vanaf = regel_of(stand.type, fase), _start(stand)
    if regel is None or vanaf is None:
        return None
    duur = _duration(regel, stand)
    zonder = slot(vanaf, duur) + _extra(stand)
    return Termijn(
        fase=fase,
        naam=regel.naam,
        door=regel.door,
        dag=werkdagen.vanaf(zonder) if duur.verschuift else zonder,
        zonder=zonder,
        artikel=_articles(regel, stand),
        vervolg=regel.vervolg if fase == Fase.VERDER else "",
        is_nagekeken=regel.is_nagekeken,
    )


def _start(stand: Stand) -> date | None:
    """The day it is counted from. A decision on a bezwaar: when the term to lodge it is
    over, whatever day it was lodged (Awb 7:10 lid 1).
    """
    match stand.fase:
        case Fase.VERDER:
            return stand.oordeel_op
        case Fase.INDIENEN:
            return stand.bekend_op
        case _ if stand.type != "bezwaar":
            return stand.ingediend_op
    if stand.bekend_op is None:
        return None
    return laatste_dag(stand.bekend_op, BEZWAAR_TERMIJN.duur)


def _duration(regel: Regel, stand: Stand) -> Duur:
    return regel.duur_lang if stand.is_lang and regel.duur_lang else regel.duur


def _extra(stand: Stand) -> timedelta:
    """Put off (a term of its own, within art. 4) and suspended; by the body only."""
    if stand.fase != Fase.BESLISSEN:
        return timedelta(0)
    return timedelta(weeks=stand.verdaagd_weken, days=stand.opgeschort_dagen)


def _articles(regel: Regel, stand: Stand) -> str:
    found = [regel.artikel]
    if stand.fase == Fase.BESLISSEN:
        if stand.verdaagd_weken:
            found.append(regel.verdagen_artikel)
        if stand.opgeschort_dagen:
            found.append("Awb 7:10 lid 2")
    return "; ".join(found)
