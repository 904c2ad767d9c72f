"""The folder of public PDFs holds what is published, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from signalering import storage
from tests.signalering import openbare
from tests.signalering.openbare import ident

PDF, SHA = openbare.PDF, openbare.PDF_SHA


@pytest.fixture(scope="module")
def portaal(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), openbare.portaal():
        yield


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.RAPPORT_ROOT = tmp_path / "rapporten"
    settings.OPENBAAR_ROOT = tmp_path / "openbaar"


def stored() -> str:
    """The name of a printed report on private storage."""
    naam, _sha256 = storage.write(ident("rapport"), "openbaar", PDF)
    return naam


def test_what_is_laid_out_can_be_read_by_another_user_and_is_the_same() -> None:
    naam = stored()
    storage.set_out(ident("q3"), naam, SHA)
    path = storage.public_path(ident("q3"))
    assert path.read_bytes() == PDF
    assert path.stat().st_mode & 0o777 == 0o644
    assert storage.path_of(naam).stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_not_the_recorded_one_is_not_laid_out() -> None:
    naam = stored()
    storage.path_of(naam).write_bytes(PDF + b" en iets erbij")
    with pytest.raises(ValueError, match="recorded"):
        storage.set_out(ident("q3"), naam, SHA)
    assert not storage.public_path(ident("q3")).exists()


def test_taking_in_what_is_not_there_is_no_error() -> None:
    storage.take_in(ident("q3"))


def test_the_command_lays_out_what_is_missing_and_removes_what_is_of_nobody(
    portaal: None, settings: Any, capsys: Any
) -> None:
    """After an upgrade, or files that were put back."""
    private = settings.RAPPORT_ROOT / openbare.PDF_NAAM
    private.parent.mkdir(parents=True)
    private.write_bytes(openbare.PDF)  # of q3; that of q2 is lost
    settings.OPENBAAR_ROOT.mkdir()
    old, young, foreign = (
        settings.OPENBAAR_ROOT / name
        for name in (f"{ident('weg')}.pdf", f"{ident('nu')}.pdf", "lees.txt")
    )
    for path in (old, young, foreign):
        path.write_bytes(b"x")
    for path in (old, foreign):
        os.utime(path, (0, 0))
    for made in (1, 0):
        with pytest.raises(CommandError, match=str(ident("q2"))):
            call_command("openbare_bestanden")
        assert f"2 public, {made} laid out, {made} removed" in capsys.readouterr().out
    assert storage.public_path(ident("q3")).read_bytes() == openbare.PDF
    kept = {storage.public_path(ident("q3")).name, young.name, foreign.name}
    assert {path.name for path in settings.OPENBAAR_ROOT.iterdir()} == kept
