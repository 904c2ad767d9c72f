"""Is this row a kwestie? The rules of the model on what a register says.

V1-V3, V7 and V16 hold in full; the database has them as constraints as well. What a
register simply does not know (``aan_te_vullen_of``) is no reason to refuse a row.

Guarded by tests/cases/test_import.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.codelists import codes
from cases.importing.reading import COLUMNS, Afwijzing, Rij
from cases.models import TRAJECT_BIJ_RESULTAAT, Status

EERSTE_DAG = date(2015, 1, 1)  # V16: the Wmo 2015 is in force (S129)
MEESTE_MINUTEN = 24 * 60
LENGTHS = {"nummer": 80, "client": 80, "ondersteuner": 40}
LISTS = {
    "kanaal": "kanaal",
    "soort": "soort_kwestie",
    "aard": "aard",
    "rol": "rol_hulpvrager",
    "laag": "laag",
}
IDENTITEITEN = ("ANONIEM", "ANON_ZORG", "BEKEND")
FEW = 8  # up to this many codes the message names them all
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Registratie:
    """A row that keeps the rules, with values in their own types.

    tenant: slug. nummer: of the register. wet: the primary law (V3). client and
    ondersteuner: codes of the register, '' for none. minuten: whole minutes.
    cellen: the row itself, as the kwestie keeps it.
    """

    regel: int
    tenant: str
    nummer: str
    datum: date
    kanaal: str
    soort: str
    aard: str
    subaard: str
    wet: str
    wetten: tuple[str, ...]
    rol: str
    identiteit: str
    client: str
    laag: int
    activiteiten: tuple[str, ...]
    resultaat: str
    afgerond_op: date | None
    minuten: int
    ondersteuner: str
    cellen: Mapping[str, str]

    @property
    def status(self) -> str:
        return status_of(self.cellen)


def status_of(cellen: Mapping[str, str]) -> str:
    """How far a kwestie is, going by the cells of its row."""
    if cellen["afgerond_op"]:
        return Status.AFGEROND
    return Status.IN_ONDERSTEUNING if cellen["ondersteuner"] else Status.NIEUW


def registratie_of(rij: Rij, today: date) -> Registratie | Afwijzing:
    """The row as a Registratie, or why it is refused.

    One Afwijzing a row: the first column that is wrong, and the names of the others.
    today: the last day that is not in the future (V16).
    """
    check = _Check(rij.cellen, today)
    check.all()
    if check.reasons:
        first, *others = sorted(check.reasons, key=COLUMNS.index)
        reason = check.reasons[first]
        if others:
            also = _("Ook niet goed: %(kolommen)s.") % {"kolommen": ", ".join(others)}
            reason = f"{reason} {also}"
        return Afwijzing(rij.regel, first, rij.cellen[first], reason)
    return _registratie(rij, check)


def aan_te_vullen_of(rij: Registratie) -> list[str]:
    """Names of what an old register lacks of this kwestie."""
    closed = rij.afgerond_op is not None
    is_question = rij.soort in ("VRAAG", "MELDING")
    lacks = {
        "levensdomein": True,
        "doel_client": not closed,
        "verwijzing": rij.resultaat == "VERWEZEN",
        "traject": rij.resultaat in TRAJECT_BIJ_RESULTAAT,
        "activiteiten": closed and not rij.activiteiten,
        "wet": closed and rij.wet == "ONBEKEND" and not is_question,
    }
    return [name for name, lacking in lacks.items() if lacking]


class _Check:
    """Collects what is wrong with a row: at most one reason a column."""

    def __init__(self, cells: Mapping[str, str], today: date) -> None:
        self.cells = cells
        self.today = today
        self.reasons: dict[str, str] = {}

    def all(self) -> None:
        self._characters()
        self._texts()
        for column, lijst in LISTS.items():
            self._code(column, codes(lijst))
        self._code("identiteit", IDENTITEITEN)
        self._subaard()
        self._wet()
        self._activiteiten()
        self._client()
        self._dates()
        self._result()
        self._minutes()

    def refuse(self, column: str, reason: str) -> None:
        self.reasons.setdefault(column, reason)

    def dates(self, column: str) -> date | None:
        """The date in a column; None when it is empty or already refused."""
        text = self.cells[column]
        if not text:
            return None
        if not DATE.fullmatch(text):
            self.refuse(column, _("Schrijf de datum als jjjj-mm-dd."))
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(column, _("Deze datum bestaat niet."))
            return None

    def _characters(self) -> None:
        for column in COLUMNS:
            if any(unicodedata.category(char) == "Cc" for char in self.cells[column]):
                self.refuse(
                    column,
                    _(
                        "Hier staat een onzichtbaar teken dat niet in een register hoort."
                    ),
                )

    def _texts(self) -> None:
        if not self.cells["nummer"]:
            self.refuse("nummer", _("Het nummer ontbreekt."))
        if not self.cells["tenant"]:
            self.refuse("tenant", _("De opdrachtgever ontbreekt."))
        for column, most in LENGTHS.items():
            if len(self.cells[column]) > most:
                reason = _("Dit is langer dan %(most)d tekens.") % {"most": most}
                self.refuse(column, reason)

    def _code(self, column: str, known: tuple[str, ...]) -> None:
        if not self.cells[column]:
            self.refuse(column, _("Hier moet een code staan."))
        elif self.cells[column] not in known:
            self.refuse(column, _unknown(known))

    def _subaard(self) -> None:
        """V2."""
        aard, subaard = self.cells["aard"], self.cells["subaard"]
        if subaard and subaard not in codes("subaard"):
            self.refuse("subaard", _("Deze code staat niet in de lijst."))
        elif subaard and not subaard.startswith(f"{aard}."):
            reason = _("Deze nadere aanduiding hoort niet bij aard %(aard)s.")
            self.refuse("subaard", reason % {"aard": aard or "–"})

    def _wet(self) -> None:
        """V3: the first code is the primary law, and no law is named twice."""
        laws = self.cells["wet"].split()
        if not laws:
            self.refuse("wet", _("Hier moet een code staan."))
        elif not set(laws) <= set(codes("wet")):
            self.refuse("wet", _unknown(codes("wet")))
        elif len(laws) != len(set(laws)):
            self.refuse("wet", _("Dezelfde wet staat hier meer dan eens."))

    def _activiteiten(self) -> None:
        if not set(self.cells["activiteiten"].split()) <= set(codes("activiteit")):
            self.refuse("activiteiten", _unknown(codes("activiteit")))

    def _client(self) -> None:
        """V7: who is anonymous has no client, everybody else has one."""
        anonymous = self.cells["identiteit"] == "ANONIEM"
        if anonymous and self.cells["client"]:
            self.refuse(
                "client",
                _("Wie anoniem is, heeft geen cliëntcode. Haal de code weg."),
            )
        if self.cells["identiteit"] in IDENTITEITEN[1:] and not self.cells["client"]:
            self.refuse(
                "client", _("De cliëntcode ontbreekt. Alleen ANONIEM mag zonder.")
            )

    def _dates(self) -> None:
        """V16."""
        if not self.cells["datum"]:
            self.refuse("datum", _("De datum ontbreekt."))
        begin, end = self.dates("datum"), self.dates("afgerond_op")
        if begin and begin < EERSTE_DAG:
            self.refuse("datum", _("Deze datum ligt voor 1 januari 2015."))
        for column, day in (("datum", begin), ("afgerond_op", end)):
            if day and day > self.today:
                self.refuse(column, _("Deze datum ligt in de toekomst."))
        if begin and end and end < begin:
            reason = _(
                "De kwestie kan niet zijn afgerond voor de datum waarop zij begon."
            )
            self.refuse("afgerond_op", reason)

    def _result(self) -> None:
        """V4: a result and the day of closing come together."""
        result, closed = self.cells["resultaat"], self.cells["afgerond_op"]
        if result and result not in codes("resultaat"):
            self.refuse("resultaat", _unknown(codes("resultaat")))
        elif closed and not result:
            self.refuse(
                "resultaat", _("De kwestie is afgerond, maar zonder resultaat.")
            )
        elif result and not closed:
            self.refuse(
                "afgerond_op",
                _("Er staat een resultaat, maar niet wanneer de kwestie is afgerond."),
            )

    def _minutes(self) -> None:
        text = self.cells["minuten"]
        if not NUMBER.fullmatch(text) or int(text) > MEESTE_MINUTEN:
            reason = _("Schrijf hele minuten: een getal van 0 tot en met %(most)d.")
            self.refuse("minuten", reason % {"most": MEESTE_MINUTEN})


def _unknown(known: tuple[str, ...]) -> str:
    if len(known) > FEW:
        return _("Deze code staat niet in de lijst.")
    return _("Deze code staat niet in de lijst. Kies uit: %(codes)s.") % {
        "codes": ", ".join(known)
    }


def _registratie(rij: Rij, check: _Check) -> Registratie:
    cells = rij.cellen
    wet, *wetten = cells["wet"].split()
    datum = check.dates("datum")
    if datum is None:
        raise ValueError("only for a row that passed every rule")
    same = ("tenant", "nummer", "kanaal", "soort", "aard", "subaard", "rol")
    return Registratie(
        regel=rij.regel,
        datum=datum,
        wet=wet,
        wetten=tuple(wetten),
        identiteit=cells["identiteit"],
        client=cells["client"],
        laag=int(cells["laag"]),
        activiteiten=tuple(sorted(set(cells["activiteiten"].split()))),
        resultaat=cells["resultaat"],
        afgerond_op=check.dates("afgerond_op"),
        minuten=int(cells["minuten"]),
        ondersteuner=cells["ondersteuner"],
        cellen=cells,
        **{column: cells[column] for column in same},
    )
