"""The head of the seals outside: by mail and in a file, with nothing about anybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from privacy import anker
from privacy.anker import Anker
from tenants.verzegelen import anchor_now, veranker
from tests.privacy.test_zegels import check, sealed, truth

__all__ = ["sealed", "truth"]
pytestmark = pytest.mark.usefixtures("truth")


def test_each_day_adds_a_line_and_changes_none(settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "anker"
    settings.AUDIT_ANKER_PAD = str(path)
    number = anchor_now()
    first = path.read_text()
    assert veranker() == number
    assert path.read_text().startswith(first)
    lines = path.read_text().splitlines()
    assert len(lines) == 2
    assert set(json.loads(lines[0])) == {"op", "keten", "nummer", "aantal", "hash"}
    assert check(ankers=anker.read(path)).fouten == []


def test_the_fg_gets_the_head_and_counts_only(
    settings: Any, mailoutbox: Any, tmp_path: Path
) -> None:
    settings.AUDIT_ANKER_MAIL = ["fg@adviespunt.example"]
    anchor_now()
    (mail,) = mailoutbox
    assert mail.to == ["fg@adviespunt.example"]
    (line,) = [one for one in mail.body.splitlines() if one.startswith("{")]
    assert len(json.loads(line)["hash"]) == 64
    assert "Arnhem" not in mail.body
    saved = tmp_path / "bericht.txt"
    saved.write_text(mail.body)
    (read,) = anker.read(saved)
    assert isinstance(read, Anker)
    assert check(ankers=[read]).fouten == []


def test_without_a_place_to_put_it_the_log_says_so(caplog: Any, settings: Any) -> None:
    settings.AUDIT_ANKER_MAIL, settings.AUDIT_ANKER_PAD = [], ""
    anchor_now()
    assert "no anchor" in caplog.text


def test_a_file_without_an_anchor_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leeg"
    path.write_text("niets\n")
    with pytest.raises(ValueError, match="no anchor"):
        anker.read(path)
