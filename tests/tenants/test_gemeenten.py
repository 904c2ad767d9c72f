"""The list of gemeenten: 342 come with the product, a newer file is compared first."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenants.beheer import BeheerFout
from tenants.beheer.gemeenten import MEEGELEVERD, compare, read_file, take_over
from tenants.models import Gemeente
from tenants.scope import acting_as
from tests import people
from tests.cases.registers import SHARED

pytestmark = pytest.mark.django_db


def newer() -> bytes:
    """Without Aalten, Ede renamed, one new."""
    text = MEEGELEVERD.read_text("utf-8").replace("GM0197,Aalten\n", "")
    return (
        text.replace("GM0228,Ede", "GM0228,Ede-Nieuw") + "GM9001,Nieuwdorp\n"
    ).encode()


def test_all_342_gemeenten_are_there_and_reading_them_again_changes_nothing() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        assert Gemeente.objects.filter(is_vervallen=False).count() == 342
        assert Gemeente.objects.get(code="GM0202").naam == "Arnhem"
        found = take_over(actor=dewi, inhoud=MEEGELEVERD.read_bytes())
    assert (found.verandert, found.gelijk, found.fouten) == (False, 342, [])


def test_the_list_has_each_code_and_name_once_and_agrees_with_that_of_gelderland() -> (
    None
):
    found, wrong = read_file(MEEGELEVERD.read_bytes())
    assert (len(found), wrong) == (342, [])
    assert all(re.fullmatch(r"GM\d{4}", code) for code in found)
    assert len(set(found.values())) == 342
    with (SHARED / "domain" / "gelderland_gemeenten.csv").open() as file:
        gelderland = {r["gemeentecode"]: r["naam"] for r in csv.DictReader(file)}
    assert len(gelderland) == 51
    assert {code: found.get(code) for code in gelderland} == gelderland


def test_a_newer_file_is_compared_and_taken_over_once() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        seen = compare(newer())
        assert seen.nieuw == [("GM9001", "Nieuwdorp")]
        assert seen.hernoemd == [("GM0228", "Ede", "Ede-Nieuw")]
        assert seen.vervallen == [("GM0197", "Aalten")]
        take_over(actor=dewi, inhoud=newer())
        assert not compare(newer()).verandert
        assert Gemeente.objects.get(code="GM0197").is_vervallen
        back = take_over(actor=dewi, inhoud=MEEGELEVERD.read_bytes())
    assert back.terug == [("GM0197", "Aalten")]


@pytest.mark.parametrize(
    ("regel", "reden"),
    [
        ("0202,Arnhem", "GM met vier cijfers"),
        ("GM0202,Arnhem\nGM0202,Arnhem", "al eerder"),
        ("GM0202,", "naam ontbreekt"),
        ("GM0202,=HYPERLINK(1)", "geen naam"),
        ("GM0202,+31", "geen naam"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(regel: str, reden: str) -> None:
    _found, wrong = read_file(f"gemeentecode,naam\n{regel}\n".encode())
    assert [reden in one.reden for one in wrong] == [True]
    assert wrong[0].regel == regel.count("\n") + 2


def test_half_a_list_is_not_taken_over() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        with pytest.raises(BeheerFout, match="niets ingelezen"):
            take_over(actor=dewi, inhoud=b"gemeentecode;naam\nGM0202;Arnhem\n")
        assert Gemeente.objects.filter(is_vervallen=True).count() == 0


@pytest.mark.parametrize("inhoud", [b"\xff\xfe", b"a,b\n1,2\n", b"x" * 200_001])
def test_what_is_no_list_is_refused(inhoud: bytes) -> None:
    with pytest.raises(BeheerFout):
        read_file(inhoud)


def test_an_upload_shows_what_changes_and_writes_only_when_taken_over() -> None:
    browser = people.browser("dewi")
    upload: dict[str, Any] = {"bestand": SimpleUploadedFile("g.csv", newer())}
    shown = browser.post("/beheer/gemeenten/", upload)
    assert "Nieuwdorp" in shown.content.decode()
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        assert not Gemeente.objects.filter(code="GM9001").exists()
    text = shown.context["over"]["inhoud"].value()
    assert browser.post("/beheer/gemeenten/", {"inhoud": text}).status_code == 302
    with acting_as(dewi.scope()):
        assert Gemeente.objects.filter(code="GM9001").exists()
