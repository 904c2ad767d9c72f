"""A file of a stranger is made safe, or refused (threat model: malicious upload)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import docx
import odfdo
import pikepdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from PIL import Image

from privacy.bestanden import GRENS, Geweigerd, Reden, clean, safe_name, werker
from privacy.bestanden.soorten import SOORTEN
from privacy.bestanden.werker import make_anew

GPS = 0x8825
NAAM = "Truus van Kleef"


def photo(formaat: str = "JPEG") -> bytes:
    """A photo that says where it was taken."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = NAAM
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (51.0, 58.0, 47.0)
    Image.new("RGB", (64, 48), "teal").save(made, formaat, exif=exif)
    return made.getvalue()


@cache
def bare_word() -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.core_properties.author = NAAM
    document.add_paragraph("De rekening klopt niet.")
    document.save(made)
    return made.getvalue()


def word(**parts: bytes) -> bytes:
    """A Word document by somebody, with these parts added."""
    return zipped(bare_word(), parts)


@cache
def text() -> bytes:
    """An OpenDocument text by somebody."""
    made, document = io.BytesIO(), odfdo.Document("text")
    document.meta.creator = NAAM
    document.body.append(odfdo.Paragraph("De rekening klopt niet."))
    document.save(made)
    return made.getvalue()


def zipped(inhoud: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with these parts added, or in the place of what was there."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(inhoud)) as was,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in was.infolist():
            if entry.filename not in parts:
                archive.writestr(entry, was.read(entry))
        for name, piece in parts.items():
            archive.writestr(name, piece)
    return made.getvalue()


def paper(
    dress: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **save: object
) -> bytes:
    made, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    dress(pdf)
    pdf.save(made, **save)  # type: ignore[arg-type]
    return made.getvalue()


def dressed(pdf: pikepdf.Pdf) -> None:
    """Everything a PDF can do by itself, and who made it."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('boe')")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.docinfo["/Author"] = NAAM
    pdf.attachments["virus.exe"] = b"MZ-virus"
    page = pdf.pages[0].obj
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=launch
    )
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=NAAM
    )
    page.Annots = pikepdf.Array([pdf.make_indirect(link), pdf.make_indirect(note)])
    picture = pikepdf.Stream(
        pdf, photo(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
        Width=64, Height=48, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(AA=pdf.make_indirect(picture))
    )


def refused(naam: str, inhoud: bytes) -> Reden:
    """Why, asked of what runs in the child."""
    code = naam.rpartition(".")[2].upper()
    with pytest.raises(Geweigerd) as error:
        make_anew({"JPG": "JPEG"}.get(code, code), inhoud)
    return error.value.reden


# ----------------------------------------------------------------- what is left of it


def test_a_photo_loses_where_it_was_taken() -> None:
    assert Image.open(io.BytesIO(photo())).getexif().get_ifd(GPS)
    made = clean("C:\\foto's\\thuis.JPG", photo())
    picture = Image.open(io.BytesIO(made.inhoud))
    assert (made.naam, picture.size) == ("thuis.jpg", (64, 48))
    assert dict(picture.getexif()) == {}
    assert NAAM.encode() not in made.inhoud


def test_a_png_loses_it_too() -> None:
    made = make_anew("PNG", photo("PNG"))
    assert dict(Image.open(io.BytesIO(made)).getexif()) == {}
    assert b"eXIf" not in made


def test_a_pdf_loses_what_it_does_and_who_made_it() -> None:
    made = make_anew("PDF", paper(dressed))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        plain = b"".join(
            o.unparse(resolved=True)
            + (o.read_raw_bytes() if isinstance(o, pikepdf.Stream) else b"")
            for o in pdf.objects
        )
        assert len(pdf.pages) == 1
        assert "/Info" not in pdf.trailer
        assert list(pdf.attachments) == []
        assert "/AA" in pdf.pages[0].Resources.XObject  # a picture that is called so
    for gone in (
        b"JavaScript",
        b"Launch",
        b"virus",
        NAAM.encode(),
        b"Exif",
        b"OpenAction",
    ):
        assert gone not in plain, gone


def test_a_word_document_opens_again_without_its_maker() -> None:
    made = make_anew("DOCX", word())
    document = docx.Document(io.BytesIO(made))
    assert [p.text for p in document.paragraphs] == ["De rekening klopt niet."]
    assert document.core_properties.author == ""
    assert all(NAAM.encode() not in piece for piece in pieces(made))


def test_an_opendocument_text_opens_again_without_its_maker() -> None:
    made = make_anew("ODT", text())
    document = odfdo.Document(io.BytesIO(made))
    assert "De rekening klopt niet." in document.get_formatted_text()
    assert all(NAAM.encode() not in piece for piece in pieces(made))


def test_a_word_document_fetches_no_template_from_elsewhere() -> None:
    made, document = io.BytesIO(), docx.Document()
    settings = document.part._settings_part
    settings.relate_to(
        "https://kwaad.example/x.dotm",
        RELATIONSHIP_TYPE.IMAGE.replace("image", "attachedTemplate"),
        is_external=True,
    )
    document.part.relate_to(
        "https://kwaad.example/spoor.png", RELATIONSHIP_TYPE.IMAGE, is_external=True
    )
    document.save(made)
    kept = make_anew("DOCX", made.getvalue())
    assert all(b"kwaad.example" not in piece for piece in pieces(kept))
    docx.Document(io.BytesIO(kept))


def test_an_opendocument_text_fetches_no_picture_from_elsewhere() -> None:
    link = b'<draw:image xlink:href="https://kwaad.example/spoor.png"/>'
    with zipfile.ZipFile(io.BytesIO(text())) as archive:
        content = archive.read("content.xml")
    spaces = b' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    if b"xmlns:xlink" in content:
        spaces = b""
    at = content.index(b"</office:text>")
    inside = link.replace(b"<draw:image", b"<draw:image" + spaces)
    made = make_anew(
        "ODT", zipped(text(), {"content.xml": content[:at] + inside + content[at:]})
    )
    assert all(b"kwaad.example" not in piece for piece in pieces(made))


def pieces(inhoud: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archive:
        return [archive.read(name) for name in archive.namelist()]


# ------------------------------------------------------------------------- refused


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
DDE = '<w:p xmlns:w="{}"><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\x</w:instrText></w:r></w:p>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize(
    "naam", ["plaatje.svg", "macro.docm", "x.exe", "pdf", "x.html"]
)
def test_a_kind_that_is_not_on_the_list_is_refused(naam: str) -> None:
    with pytest.raises(Geweigerd) as error:
        clean(naam, SVG)
    assert error.value.reden == Reden.SOORT


@pytest.mark.parametrize(
    "naam", ["x.pdf", "x.docx", "x.odt", "x.png", "x.jpg", "x.txt"]
)
@pytest.mark.parametrize("inhoud", [SVG, HTML, b"MZ" + bytes(500)])
def test_a_page_or_program_under_another_name_is_refused(
    naam: str, inhoud: bytes
) -> None:
    assert refused(naam, inhoud) == Reden.ANDERS


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("x.pdf", b"GIF89a" + paper()),
        ("x.pdf", paper() + word()),
        ("x.png", photo("PNG") + word()),
        ("x.jpg", photo() + HTML),
        ("x.docx", word() + b"%PDF-1.7"),
        ("x.docx", b"MZ" + word()),
    ],
)
def test_two_files_in_one_are_refused(naam: str, inhoud: bytes) -> None:
    assert refused(naam, inhoud) in (Reden.DUBBEL, Reden.ANDERS)


def test_a_macro_is_refused() -> None:
    assert refused("x.docx", word(**{"word/vbaProject.bin": b"x"})) == Reden.MACRO
    assert refused("x.docx", word(**{"word/embeddings/a.bin": b"x"})) == Reden.MACRO
    script = {"Basic/Standard/x.xml": b"<x/>"}
    assert refused("x.odt", zipped(text(), script)) == Reden.MACRO


def test_a_field_that_starts_something_is_refused_also_in_two_pieces() -> None:
    part = {"word/footnotes.xml": DDE.format(W).encode()}
    assert refused("x.docx", word(**part)) == Reden.VERWIJST


def test_a_zip_bomb_is_refused_by_what_it_says_and_by_what_comes_out() -> None:
    bomb = {"word/media/x.xml": bytes(60 << 20)}
    assert refused("x.docx", word(**bomb)) == Reden.BOM
    lying = bytearray(word(**{"word/leeg.xml": b"<x>" + b"a" * 5000 + b"</x>"}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = lying.rindex(mark)  # the part that was added last
        struct.pack_into("<I", lying, start + at, 10)
    assert refused("x.docx", bytes(lying)) in (Reden.BOM, Reden.KAPOT)
    many = {f"word/{n}.xml": b"" for n in range(2001)}
    assert refused("x.docx", word(**many)) == Reden.BOM


def test_entities_in_xml_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "haha">]><x>&a;</x>'
    assert refused("x.docx", word(**{"word/footnotes.xml": laughs})) == Reden.BOM


@pytest.mark.parametrize(
    "pad", ["../../etc/cron.d/x.xml", "/etc/x.xml", "a\\..\\x.xml", "c:x.xml"]
)
def test_a_path_out_of_the_package_is_refused(pad: str) -> None:
    assert refused("x.docx", word(**{pad: b"<x/>"})) == Reden.KAPOT


def test_a_pdf_with_a_password_is_refused() -> None:
    locked = paper(encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused("x.pdf", locked) == Reden.SLOT


def test_a_picture_of_a_billion_points_is_refused() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data))
            + name
            + data
            + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 32000, 32000, 8, 2, 0, 0, 0)
    huge = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    assert refused("x.png", huge) == Reden.BOM


@pytest.mark.parametrize(
    ("inhoud", "reden"), [(b"", Reden.LEEG), (bytes(GRENS + 1), Reden.GROOT)]
)
def test_nothing_and_too_much_are_refused(inhoud: bytes, reden: Reden) -> None:
    with pytest.raises(Geweigerd) as error:
        clean("x.txt", inhoud)
    assert error.value.reden == reden


def test_a_child_that_dies_is_a_file_that_is_refused() -> None:
    """Also through the fence itself: nothing that happens there comes out."""
    with pytest.raises(Geweigerd) as error:
        clean("x.pdf", b"%PDF-1.7\n" + b"[" * 100_000)
    assert error.value.reden == Reden.KAPOT


@pytest.mark.parametrize(
    ("naam", "made"), [("x.docx", word), ("x.odt", text), ("x.pdf", paper)]
)
def test_within_its_limits_the_child_can_do_its_work(
    naam: str, made: Callable[[], bytes]
) -> None:
    assert clean(naam, made()).inhoud[:2] in (b"PK", b"%P")


def test_the_child_has_limits() -> None:
    assert (werker.GEHEUGEN, werker.PROCESSOR) <= (1 << 30, 30)
    assert set(werker.SCHOON) == set(SOORTEN)


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("naam", "wordt"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jan\\brief.final.PDF", "brief final.pdf"),
        ("foto\u202egpj.exe.pdf", "fotogpj exe.pdf"),
        ('a"; filename="x.exe\r\nSet-Cookie: x=1.pdf', "x 1.pdf"),
        ("...pdf", "bijlage.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_does_nothing(naam: str, wordt: str) -> None:
    assert safe_name(naam, SOORTEN["PDF"]) == wordt
