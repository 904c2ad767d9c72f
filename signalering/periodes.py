"""Reporting periods: a quarter, a half-year or a year, written 2025-Q3, 2025-H1, 2025.

Only closed periods are reported on (V18).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

PATTERN = re.compile(r"(?P<jaar>20\d\d)(?:-(?P<deel>Q[1-4]|H[12]))?")


class UnknownPeriode(ValueError):
    """A text that is not a period."""


@dataclass(frozen=True, slots=True)
class Periode:
    """A period with its first and last day (both inclusive)."""

    code: str
    van: date
    tot: date

    @property
    def label(self) -> str:
        """'Derde kwartaal 2025', for on screen and in print."""
        names = {
            "Q1": _("Eerste kwartaal"),
            "Q2": _("Tweede kwartaal"),
            "Q3": _("Derde kwartaal"),
            "Q4": _("Vierde kwartaal"),
            "H1": _("Eerste half jaar"),
            "H2": _("Tweede half jaar"),
        }
        name = names.get(self.code[5:], _("Jaar"))
        return f"{name} {self.van.year}"

    def is_closed(self, today: date) -> bool:
        return self.tot < today

    @property
    def parts(self) -> tuple[Periode, ...]:
        """The two halves of a year, the two quarters of a half-year; none below."""
        jaar, deel = self.code[:4], self.code[5:]
        codes = {"": ("H1", "H2"), "H1": ("Q1", "Q2"), "H2": ("Q3", "Q4")}
        return tuple(parse(f"{jaar}-{code}") for code in codes.get(deel, ()))

    @property
    def jaar(self) -> int:
        return self.van.year

    @property
    def below(self) -> tuple[Periode, ...]:
        """Every shorter period inside this one."""
        return tuple(p for part in self.parts for p in (part, *part.below))

    @property
    def is_deel(self) -> bool:
        """A part of a year, not the whole."""
        return "-" in self.code

    @property
    def earlier(self) -> Periode:
        """The period of the same length right before this one."""
        jaar, deel = self.van.year, self.code[5:]
        if not deel:
            return parse(str(jaar - 1))
        letter, number = deel[0], int(deel[1])
        if number > 1:
            return parse(f"{jaar}-{letter}{number - 1}")
        return parse(f"{jaar - 1}-{letter}{4 if letter == 'Q' else 2}")


def parse(text: str) -> Periode:
    """The period of ``text``; raises UnknownPeriode with how to write one."""
    found = PATTERN.fullmatch(text.strip().upper())
    if not found:
        raise UnknownPeriode(
            _("Schrijf de periode als 2025-Q3, 2025-H1 of 2025, niet als “%(tekst)s”.")
            % {"tekst": text}
        )
    jaar, deel = int(found["jaar"]), found["deel"]
    first, months = 1, 12
    if deel:
        months = 3 if deel[0] == "Q" else 6
        first = (int(deel[1]) - 1) * months + 1
    last = first + months - 1
    return Periode(
        code=f"{jaar}-{deel}" if deel else str(jaar),
        van=date(jaar, first, 1),
        tot=date(jaar, last, calendar.monthrange(jaar, last)[1]),
    )


def closed_periods(frequentie: str, today: date, years: int = 3) -> list[Periode]:
    """Closed periods of a frequency (kwartaal, halfjaar, jaar), newest first.

    A shorter frequency also offers the longer periods.
    """
    found = []
    for jaar in range(today.year, today.year - years - 1, -1):
        codes = [str(jaar)]
        if frequentie in ("kwartaal", "halfjaar"):
            codes += [f"{jaar}-H2", f"{jaar}-H1"]
        if frequentie == "kwartaal":
            codes += [f"{jaar}-Q{n}" for n in (4, 3, 2, 1)]
        found += [parse(code) for code in codes]
    return [p for p in found if p.is_closed(today)]
