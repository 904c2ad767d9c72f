"""The head of the chain, kept where who manages the database cannot reach.

A line holds a seal's number and hash and a count: nothing about anybody. By mail to the
FG every day, and at the end of a file on a medium that only grows.

Guarded by tests/privacy/test_anker.py.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.mail import EmailMessage
from django.db.models import Sum

from privacy.models import Zegel
from privacy.zegels import last_zegel


@dataclass(frozen=True, slots=True)
class Anker:
    """What was the head of the chain at some moment.

    op: ISO 8601 in UTC; aantal: events under all seals together.
    """

    op: str
    keten: int
    nummer: int
    aantal: int
    hash: str

    def line(self) -> str:
        """One line of JSON."""
        words = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(words, separators=(", ", ": "))


def head() -> Anker | None:
    """The head of this moment; None when nothing was sealed yet. Scope ``zegel``."""
    last = last_zegel()
    if last is None:
        return None
    total = Zegel.objects.aggregate(total=Sum("aantal"))["total"]
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    return Anker(now, last.keten, last.nummer, total, bytes(last.hash).hex())


def write_to(path: Path, anker: Anker) -> None:
    """Add one line to the end of the file; never reads or rewrites it."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(anker.line() + "\n")


def mail_to(addresses: list[str], anker: Anker) -> None:
    """The line and what to do with it, to the FG of each organisation."""
    text = (
        "Dit is het zegel van het logboek van Adviespunt. Bewaar dit bericht buiten het"
        " systeem: het bewijst later dat er niets uit het logboek is gehaald of"
        " veranderd. Er staan geen persoonsgegevens in.\n\n"
        f"{anker.line()}\n\n"
        "Controleren: zet de regel hierboven in een bestand en laat de beheerder"
        " 'python manage.py audit_verify --anker BESTAND' uitvoeren, terwijl u meekijkt."
        "\n"
    )
    EmailMessage("Zegel van het logboek", text, to=addresses).send()


def read(path: Path) -> list[Anker]:
    """The lines of a file (or a saved mail) that are anchors; ValueError if none is."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line.strip().startswith("{"):
            words = json.loads(line)
            found.append(Anker(**{name: words[name] for name in Anker.__slots__}))
    if not found:
        raise ValueError(f"no anchor in {path.name}")
    return found
