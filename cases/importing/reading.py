"""From a file to rows: semicolons, UTF-8, one line a row.

Invariant: whatever is wrong with one line stays with that line. Each line is split
on its own, so a quotation mark that is never closed cannot swallow the rest.

Guarded by tests/cases/test_import.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

COLUMNS = (
    *("nummer", "tenant", "datum", "kanaal", "soort", "aard", "subaard", "wet"),
    *("rol", "identiteit", "client", "laag", "activiteiten", "resultaat"),
    *("afgerond_op", "minuten", "ondersteuner"),
)
HELE_RIJ = "rij"  # the "column" of what is wrong with a row as a whole
LONGEST_SHOWN = 80
LONGEST_LINE = 20_000


class UnreadableRegister(Exception):
    """Nothing of the file can be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Rij:
    """One row: its line in the file (the header is line 1) and its cells by column."""

    regel: int
    cellen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Afwijzing:
    """A row that is not taken in: where, what stood there, and why not."""

    regel: int
    kolom: str
    waarde: str
    reden: str

    def to_json(self) -> dict[str, int | str]:
        value = self.waarde
        if len(value) > LONGEST_SHOWN:
            value = value[:LONGEST_SHOWN] + "…"
        return {
            "row": self.regel,
            "column": self.kolom,
            "value": value,
            "reason": self.reden,
        }


def read_rows(path: Path) -> Iterator[Rij | Afwijzing]:
    """The rows of a register; lines without anything in them are passed over.

    Raises UnreadableRegister when the file cannot be read as one.
    """
    lines = enumerate(io.StringIO(_text(path), newline=None), start=1)
    header = _header(next(lines, (1, ""))[1])
    for number, line in lines:
        if not line.strip(" ;\t\r\n"):
            continue
        try:
            yield _row(number, _split(line), header)
        except csv.Error:
            yield Afwijzing(number, HELE_RIJ, line.strip(), _unreadable(line))


def _row(number: int, cells: list[str], header: list[str]) -> Rij | Afwijzing:
    if len(cells) != len(header):
        reason = _("Deze rij heeft %(is)d kolommen; het moeten er %(want)d zijn.")
        counts = {"is": len(cells), "want": len(header)}
        return Afwijzing(number, HELE_RIJ, ";".join(cells), reason % counts)
    named = dict(zip(header, cells, strict=True))
    return Rij(number, {column: named[column] for column in COLUMNS})


def _unreadable(line: str) -> str:
    if len(line) > LONGEST_LINE:
        return _("Deze regel is te lang: meer dan %(most)d tekens.") % {
            "most": LONGEST_LINE
        }
    return _("Deze regel is niet te lezen: een aanhalingsteken staat verkeerd.")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        text = _("Het bestand %(pad)s is niet te openen: %(fout)s.")
        raise UnreadableRegister(
            text % {"pad": path, "fout": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        text = _(
            "Het bestand %(pad)s is geen UTF-8. Sla het op als"
            " 'CSV UTF-8 (gescheiden door puntkomma's)' en probeer het opnieuw."
        )
        raise UnreadableRegister(text % {"pad": path}) from error


def _header(line: str) -> list[str]:
    try:
        names = _split(line)
    except csv.Error:
        names = []
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        text = _(
            "In de eerste regel ontbreken deze kolommen: %(namen)s. Het"
            " scheidingsteken is een puntkomma. Er is niets ingelezen."
        )
        raise UnreadableRegister(text % {"namen": ", ".join(missing)})
    double = [column for column in COLUMNS if names.count(column) > 1]
    if double:
        text = _(
            "In de eerste regel staan deze kolommen meer dan eens: %(namen)s."
            " Er is niets ingelezen."
        )
        raise UnreadableRegister(text % {"namen": ", ".join(double)})
    return names


def _split(line: str) -> list[str]:
    """Cells of one line, without the space around them. Raises csv.Error."""
    if len(line) > LONGEST_LINE:
        raise csv.Error
    cells = next(csv.reader([line], delimiter=";", strict=True), [])
    return [cell.strip() for cell in cells]
