"""Translations: Dutch is the language of the source, locale/ has the others.

``python -m adviespunt.talen`` compiles (only what changed); ``--collect`` gathers
the texts into locale/en; ``--check`` fails on a text that is missing, empty or fuzzy.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
SOURCES = ("adviespunt", "signalering", "cases", "tenants", "privacy", "templates")


def read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source)


def compile_all() -> None:
    """Make the .mo beside every .po that is newer."""
    for po in LOCALE.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with mo.open("wb") as target:
            write_mo(target, read(po))


def collect(root: Path) -> Path:
    """Run Django's makemessages over the sources in ``root``; returns the .po."""
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "en"]
    command += ["--no-location", "--no-wrap", "--verbosity", "0"]
    subprocess.run(command, cwd=root, check=True)  # noqa: S603
    return root / "locale" / "en" / "LC_MESSAGES" / "django.po"


def _in_scratch(folder: Path) -> Path:
    for name in SOURCES:
        ignore = shutil.ignore_patterns("static", "__pycache__", "migrations")
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    shutil.copytree(LOCALE, folder / "locale")
    return collect(folder)


def _is_whole(message: Message) -> bool:
    """Translated, in every plural form."""
    string = message.string
    return bool(string) and (isinstance(string, str) or all(string or ()))


def check() -> list[str]:
    """What is wrong with the English catalogue; empty when it is complete."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = read(_in_scratch(Path(scratch)))
    kept = read(LOCALE / "en" / "LC_MESSAGES" / "django.po")
    wrong = []
    for message in fresh:
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        if known is None or not _is_whole(known):
            wrong.append(f"zonder vertaling: {message.id!r}")
        elif known.fuzzy:
            wrong.append(f"onzeker vertaald: {message.id!r}")
    return wrong


def main(args: list[str]) -> int:
    if "--collect" in args:
        collect(ROOT)
    if "--check" in args:
        wrong = check()
        print(*wrong, sep="\n", file=sys.stderr)  # noqa: T201
        return 1 if wrong else 0
    compile_all()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
