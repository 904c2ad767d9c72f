"""The look of a tenant: readable whatever its colour; a logo is only its pixels."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from signalering.report import print_pdf, render_html
from tenants import thema
from tenants.beheer import BeheerFout, huisstijl
from tenants.beheer.huisstijl import BREEDTE, HOOGTE, read_logo
from tenants.scope import acting_as
from tests import people
from tests.signalering.rapporten import rapport

TEKST_OP = [
    ("color-default", "bg-active"),
    ("color-default", "bg-document"),
    ("color-subtle", "bg-default"),
    ("color-document", "bg-document"),
    ("inverse-color-default", "inverse-bg-default"),
    ("inverse-color-default", "inverse-bg-hover"),
]


def picture(
    kind: str = "PNG", size: tuple[int, int] = (600, 90), **extra: Any
) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#cc0000").save(out, kind, **extra)
    return out.getvalue()


def bomb() -> bytes:
    """A small file that says it is 30,000 by 30,000."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + end

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"x")


def test_text_is_readable_in_five_hundred_colours() -> None:
    chance = random.Random(5)
    for _ in range(500):
        steps = thema.ramp(f"#{chance.randrange(1 << 24):06x}")
        for text, ground in TEKST_OP:
            assert thema.contrast(steps[text], steps[ground]) >= 4.5


def test_a_logo_is_drawn_anew_and_holds_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x010E] = "geheime beschrijving"
    read = read_logo(picture("JPEG", exif=exif) + b"<script>alert(1)</script>")
    assert read.png.startswith(b"\x89PNG")
    assert b"geheime" not in read.png and b"script" not in read.png
    assert read.breedte <= BREEDTE and read.hoogte <= HOOGTE
    with Image.open(io.BytesIO(read.png)) as again:
        assert (again.size, dict(again.getexif()), again.info) == (
            (read.breedte, read.hoogte),
            {},
            {},
        )


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "geen afbeelding"),
        (b"GIF89a", "geen afbeelding"),
        (b"x" * 1_000_001, "te groot"),
        (bomb(), "te veel beeldpunten"),
    ],
)
def test_what_is_no_small_picture_is_refused(inhoud: bytes, reden: str) -> None:
    with pytest.raises(BeheerFout, match=reden):
        read_logo(inhoud)


@pytest.mark.django_db
def test_a_look_is_tried_used_and_served_to_who_works_there() -> None:
    browser = people.browser("dewi")
    page = "/t/arnhem/beheer/huisstijl/"
    assert browser.post(page, {"kleur": "rood"}).status_code == 422
    logo = SimpleUploadedFile("l.png", picture(), content_type="image/png")
    tried = browser.post(page, {"kleur": "#FFCC00", "logo": logo})
    assert tried.status_code == 302
    merk = tried["Location"].rstrip("/").rpartition("/")[2]
    sheet = f"/t/arnhem/stijl/{merk}.css"
    overview = "/t/arnhem/beheer/"
    assert sheet in browser.get(tried["Location"]).content.decode()
    assert sheet not in browser.get(overview).content.decode()
    browser.post(tried["Location"])
    body = browser.get(overview).content.decode()
    assert 'class="thema-tenant"' in body and sheet in body
    css = people.browser("gerard").get(sheet)
    assert css["Content-Type"] == "text/css"
    assert css["Cache-Control"].startswith("private, max-age=")
    assert css.content.decode().startswith(".thema-tenant{--basis-color-")
    png = people.browser("anna").get(f"/t/arnhem/stijl/{merk}.png")
    assert (png["Content-Type"], png.content[:4]) == ("image/png", b"\x89PNG")
    assert people.browser("hanna").get(sheet).status_code == 404
    assert browser.get(f"/t/wulpenhorst/stijl/{merk}.css").status_code == 404
    assert browser.get(overview)["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_same_look_is_kept_once_and_a_logo_stays_when_the_colour_changes() -> None:
    dewi = people.wie("dewi")
    logo = read_logo(picture())
    with acting_as(dewi.scope(1)):
        about: dict[str, Any] = {"actor": dewi, "tenant_id": 1}
        one = huisstijl.save_look(kleur="#0b5a72", logo=logo, **about)
        same = huisstijl.save_look(kleur="#0B5A72", logo=logo, **about)
        other = huisstijl.save_look(kleur="#cc0000", logo=None, houdt=one.merk, **about)
    assert one.pk == same.pk
    assert other.logo == one.logo and other.merk != one.merk


def test_a_report_is_printed_in_the_colour_and_with_the_logo_of_its_tenant() -> None:
    logo = read_logo(picture())
    document = rapport(kleur="#ffcc00", logo=logo.png)
    steps = thema.ramp("#ffcc00")
    assert f"--merk:{steps['color-default']};" in render_html(document)
    assert "--merk:#14606e;" in render_html(rapport())
    bar = f'fill="{steps["color-default"]}"'
    assert bar in render_html(document) and bar not in render_html(rapport())
    assert 'fill="#14606e"' not in render_html(document)
    first = PdfReader(io.BytesIO(print_pdf(document))).pages[0]
    assert [image.image.size for image in first.images if image.image] == [
        (logo.breedte, logo.hoogte)
    ]
