"""``manage.py deidentify FILE.jsonl``: what in each text can tell who somebody is.

Reads one ``{"id": …, "text": …}`` a line and writes ``{"id", "spans": [{"start",
"end", "label"}]}``; offsets count code points. Line by line, so a file of any size
will do. A line that cannot be read is named by its number on stderr; the exit code is
then 1 and the other lines are written all the same. Nothing of a text is printed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from privacy.herkenning import vind


class Command(BaseCommand):
    help = "Points out names, addresses, numbers and dates in texts (JSON lines)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="JSON lines with id and text; - is stdin")
        parser.add_argument("--out", help="write here, not to the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        with ExitStack() as files:
            source = _source(files, options["file"])
            out = _target(files, options["out"], self.stdout)
            for number, answer in answers(source):
                if answer is None:
                    wrong += 1
                    self.stderr.write(f"regel {number}: geen {{id, text}} in JSON")
                else:
                    out.write(answer + "\n")
        if wrong:
            raise CommandError(f"{wrong} regel(s) overgeslagen", returncode=1)


def answers(lines: Iterable[str]) -> Iterator[tuple[int, str | None]]:
    """Per line that is not empty: its number, and the answer or None when it is bad."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, answer(line)


def answer(line: str) -> str | None:
    """The line of JSON that answers ``line``; None when that has no id and text."""
    try:
        row = json.loads(line)
        key, text = row["id"], row["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(text, str) or not isinstance(key, str | int):
        return None
    spans = [{"start": v.start, "end": v.end, "label": v.soort} for v in vind(text)]
    return json.dumps({"id": key, "spans": spans}, ensure_ascii=True)


def _source(files: ExitStack, name: str) -> Iterable[str]:
    if name == "-":
        return sys.stdin
    try:
        # A byte that is no UTF-8 spoils its own line and no other.
        return files.enter_context(
            Path(name).open(encoding="utf-8-sig", errors="surrogateescape")
        )
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=2) from error


def _target(files: ExitStack, name: str | None, stdout: Any) -> TextIO:
    if not name:
        out: TextIO = getattr(stdout, "_out", sys.stdout)
        return out
    try:
        return files.enter_context(Path(name).open("w", encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=2) from error
