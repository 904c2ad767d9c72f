"""The list of gemeenten with their CBS codes: read from a file, compared, taken over.

The file is a CSV with the columns ``gemeentecode`` (GM and four digits) and ``naam``,
with commas or semicolons. The list that comes with the product (``tenants/gemeenten.csv``)
holds the 342 gemeenten of 2025 and 2026: names and codes as Statistics Netherlands
(CBS) publishes them in "Gemeenten alfabetisch".

Reading a file twice changes nothing. A gemeente that is not in the file is marked as
gone, never removed. Guarded by tests/tenants/test_gemeenten.py.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.beheer import BeheerFout, logboek
from tenants.models import Gemeente
from tenants.roles import Recht
from tenants.wie import Refused, Wie

MEEGELEVERD = Path(__file__).resolve().parent.parent / "gemeenten.csv"
MEESTE_BYTES = 200_000
MEESTE_REGELS = 1_000
MINST = 300  # fewer is not the Netherlands; so half a file marks nothing as gone
CODE = re.compile(r"GM\d{4}")
# What a spreadsheet would run as a formula is not the name of a gemeente.
NAAM = re.compile(r"['’]?[^\W\d_][\w '’.,()/-]{0,119}")


@dataclass(frozen=True, slots=True)
class Regelfout:
    """A line (1: the heading) that cannot be read, and why."""

    regel: int
    reden: str


@dataclass(slots=True)
class Vergelijking:
    """What taking over a file would do; nothing was written.

    hernoemd: (code, old name, new name); terug: gone before, there again.
    """

    nieuw: list[tuple[str, str]] = field(default_factory=list)
    hernoemd: list[tuple[str, str, str]] = field(default_factory=list)
    terug: list[tuple[str, str]] = field(default_factory=list)
    vervallen: list[tuple[str, str]] = field(default_factory=list)
    gelijk: int = 0
    fouten: list[Regelfout] = field(default_factory=list)

    @property
    def verandert(self) -> bool:
        return bool(self.nieuw or self.hernoemd or self.terug or self.vervallen)


def read_file(inhoud: bytes) -> tuple[dict[str, str], list[Regelfout]]:
    """Code → name, and the lines that cannot be read. Raises BeheerFout when the
    file as a whole is no such list.
    """
    if len(inhoud) > MEESTE_BYTES:
        raise BeheerFout(
            _("Dit bestand is te groot voor een gemeentelijst."), "bestand"
        )
    try:
        text = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BeheerFout(
            _("Sla het bestand op als CSV in UTF-8."), "bestand"
        ) from error
    heading = text.partition("\n")[0]
    rows = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in heading else ","
    )
    if not {"gemeentecode", "naam"} <= set(rows.fieldnames or ()):
        raise BeheerFout(
            _("De eerste regel moet de kolommen “gemeentecode” en “naam” noemen."),
            "bestand",
        )
    return _read_rows(rows)


def _read_rows(rows: csv.DictReader[str]) -> tuple[dict[str, str], list[Regelfout]]:
    found: dict[str, str] = {}
    wrong: list[Regelfout] = []
    try:
        for number, row in enumerate(rows, start=2):
            if number > MEESTE_REGELS:
                wrong.append(Regelfout(number, _("Er zijn te veel regels.")))
                break
            code = (row["gemeentecode"] or "").strip()
            naam = (row["naam"] or "").strip()
            reason = _wrong(code, naam, found)
            if reason:
                wrong.append(Regelfout(number, reason))
            else:
                found[code] = naam
    except csv.Error as error:
        raise BeheerFout(_("Dit is geen leesbaar CSV-bestand."), "bestand") from error
    return found, wrong


def _wrong(code: str, naam: str, found: dict[str, str]) -> str:
    if not CODE.fullmatch(code):
        return _("De code is niet GM met vier cijfers.")
    if code in found:
        return _("Deze code staat al eerder in het bestand.")
    if not NAAM.fullmatch(naam):
        return _("De naam ontbreekt of is geen naam.")
    return ""


def compare(inhoud: bytes) -> Vergelijking:
    """What taking over this file would change. Raises BeheerFout."""
    wanted, wrong = read_file(inhoud)
    if len(wanted) < MINST:
        wrong.append(
            Regelfout(
                1,
                _("Er staan maar %(aantal)s gemeenten in; een lijst is altijd heel.")
                % {"aantal": len(wanted)},
            )
        )
    there = {gemeente.code: gemeente for gemeente in Gemeente.objects.all()}
    found = Vergelijking(fouten=wrong)
    for code, naam in wanted.items():
        _sort_out(found, code, naam, there.get(code))
    found.vervallen = [
        (code, gemeente.naam)
        for code, gemeente in there.items()
        if code not in wanted and not gemeente.is_vervallen
    ]
    return found


def _sort_out(found: Vergelijking, code: str, naam: str, is_: Gemeente | None) -> None:
    if is_ is None:
        found.nieuw.append((code, naam))
        return
    if is_.naam != naam:
        found.hernoemd.append((code, is_.naam, naam))
    if is_.is_vervallen:
        found.terug.append((code, naam))
    if is_.naam == naam and not is_.is_vervallen:
        found.gelijk += 1


@transaction.atomic
def take_over(*, actor: Wie | None, inhoud: bytes) -> Vergelijking:
    """Make the list equal to the file; returns what changed.

    actor None: the owner of the installation, by command. Raises Refused, BeheerFout
    when a line cannot be read (then nothing changes).
    """
    if actor is not None and not actor.can(Recht.TENANT_BEHEREN):
        raise Refused(Recht.TENANT_BEHEREN)
    found = compare(inhoud)
    if found.fouten:
        first = found.fouten[0]
        raise BeheerFout(
            _("Regel %(regel)s: %(reden)s Er is niets ingelezen.")
            % {"regel": first.regel, "reden": first.reden},
            "bestand",
        )
    year = timezone.localdate().year
    Gemeente.objects.bulk_create(
        Gemeente(code=code, naam=naam, jaar=year) for code, naam in found.nieuw
    )
    for code, _was, naam in found.hernoemd:
        Gemeente.objects.filter(code=code).update(naam=naam, jaar=year)
    back, gone = (
        [code for code, _n in part] for part in (found.terug, found.vervallen)
    )
    Gemeente.objects.filter(code__in=back).update(is_vervallen=False, jaar=year)
    Gemeente.objects.filter(code__in=gone).update(is_vervallen=True, jaar=year)
    if actor is not None and found.verandert:
        logboek.gemeenten_ingelezen(
            actor,
            nieuw=len(found.nieuw) + len(back),
            gewijzigd=len(found.hernoemd),
            vervallen=len(gone),
        )
    return found
