"""Files that were made to get through: each did, once, or brought something along."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pikepdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from PIL import Image

from privacy.bestanden import Reden, safe_name
from privacy.bestanden import pdf as pdf_module
from privacy.bestanden.docx import _leads_to_web
from privacy.bestanden.soorten import SOORTEN
from privacy.bestanden.werker import make_anew
from tests.privacy.test_bestanden import (
    GPS,
    HTML,
    NAAM,
    W,
    dressed,
    paper,
    photo,
    pieces,
    refused,
    text,
    zipped,
)

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
FIELD = (
    '<w:p xmlns:w="{}"><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
    '{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
CORE = (
    '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata'
    '/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>'
    f"{NAAM}</dc:creator></p:coreProperties>"
)
VML = (
    '<w:pict xmlns:w="{}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:'
    'schemas-microsoft-com:office:office"><v:shape href="ms-msdt:/id kwaad"><v:imagedata'
    ' src="https://kwaad.example/a" o:href="https://kwaad.example/b"/></v:shape></w:pict>'
)
MERGE = '<w:settings xmlns:w="{}"><w:mailMerge><w:connectString w:val="kwaad"/></w:mailMerge></w:settings>'
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId9" Type="{}" Target="{}"{}/></Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


MAIN = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
SMALL = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
    ),
    "_rels/.rels": RELS.format(f"{OFFICE}officeDocument", "word/document.xml", ""),
    "word/document.xml": f'<w:document xmlns:w="{W}"><w:body/></w:document>',
}


def small(**parts: bytes) -> bytes:
    """The least that is a Word document, with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, said in SMALL.items():
            archive.writestr(name, said)
        for name, piece in parts.items():
            archive.writestr(name, piece)
    return made.getvalue()


def still(formaat: str) -> bytes:
    """A picture of another kind, that says where it was taken, with a file behind it."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = NAAM
    exif.get_ifd(GPS)[1] = "N"
    more = {"exif": exif} if formaat == "TIFF" else {"comment": NAAM.encode()}
    Image.new("RGB", (64, 48), "teal").save(made, formaat, **more)
    return made.getvalue() + b"MZ-virus"


def emf(*records: tuple[int, bytes]) -> bytes:
    head = bytearray(108)
    struct.pack_into("<II", head, 0, 1, 108)
    head[40:44] = b" EMF"
    body = b"".join(
        struct.pack("<II", kind, 8 + len(data)) + data
        for kind, data in (*records, (14, bytes(12)))
    )
    return bytes(head) + body + b"MZ-virus"


def wmf(*records: tuple[int, bytes]) -> bytes:
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
    body = b"".join(
        struct.pack("<IH", 3 + len(data) // 2, kind) + data
        for kind, data in (*records, (0, b""))
    )
    return head + body + b"MZ-virus"


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.tif", still("TIFF")),
        ("a.gif", still("GIF")),
        ("a.bmp", still("BMP")),
        ("a.emf", emf((70, b"MZ-virus " + NAAM.encode()), (0x1B, bytes(8)))),
        ("a.wmf", wmf((0x0626, b"\t\0MZ-virus " + NAAM.encode()), (0x0213, bytes(4)))),
    ],
    ids=["tif", "gif", "bmp", "emf", "wmf"],
)
def test_any_picture_in_a_document_is_drawn_anew(name: str, piece: bytes) -> None:
    for kept in (
        make_anew("DOCX", small(**{f"word/media/{name}": piece})),
        make_anew("ODT", zipped(text(), {f"Pictures/{name}": piece})),
    ):
        for gone in (NAAM.encode(), b"virus", b"GPS"):
            assert all(gone not in one for one in pieces(kept)), gone
        with zipfile.ZipFile(io.BytesIO(kept)) as archive:
            (where,) = (one for one in archive.namelist() if one.endswith(name))
            assert archive.read(where)[:2] == piece[:2]


@pytest.mark.parametrize("name", ["a.tif", "a.gif", "a.emf", "a.wmf"])
def test_what_is_no_picture_is_not_kept_as_one(name: str) -> None:
    reden = refused("x.docx", small(**{f"word/media/{name}": b"MZ" + bytes(200)}))
    assert reden in (Reden.ANDERS, Reden.KAPOT)


@pytest.mark.parametrize(
    ("space", "said"),
    [
        (W, "ddeauto c:\\x"),
        (STRICT, "DDEAUTO c:\\x"),
        (W, 'HYPERLINK "ms-msdt:/id kwaad"'),
        (W, 'hyperlink \\o "bekijk" "file://kwaad/share"'),
        (W, "HYPERLINK \\\\kwaad\\share"),
        (W, 'Embed "x"'),
    ],
)
def test_a_field_is_known_however_it_is_written(space: str, said: str) -> None:
    part = {"word/footnotes.xml": FIELD.format(space, said.replace('"', "&quot;"))}
    piece = {name: made.encode() for name, made in part.items()}
    assert refused("x.docx", small(**piece)) == Reden.VERWIJST


def test_a_link_to_the_web_or_into_the_document_may_stay() -> None:
    for said in (
        'HYPERLINK "https://voorbeeld.example/link" \\o "DDE uitleg" \\t "_blank"',
        'HYPERLINK \\l "_Toc1"',
        "HYPERLINK mailto:a@voorbeeld.example",
    ):
        assert _leads_to_web(said), said


@pytest.mark.parametrize(
    ("name", "piece", "gone"),
    [
        ("word/eigenschap.xml", CORE, NAAM),
        ("word/footnotes.xml", VML.format(W), "kwaad"),
        ("word/endnotes.xml", MERGE.format(STRICT), "kwaad"),
        (
            "word/_rels/footnotes.xml.rels",
            RELS.format(f"{OFFICE}image", "//kwaad.example/a.png", ""),
            "kwaad",
        ),
        (
            "word/_rels/footnotes.xml.rels",
            RELS.format(f"{OFFICE}hyperlink", "search-ms:kwaad", ""),
            "kwaad",
        ),
    ],
)
def test_what_names_somebody_or_fetches_is_gone_under_any_name(
    name: str, piece: str, gone: str
) -> None:
    kept = make_anew("DOCX", small(**{name: piece.encode()}))
    assert all(gone.encode() not in one for one in pieces(kept))
    docx.Document(io.BytesIO(kept))


@pytest.mark.parametrize("kind", ["oleObject/", "webextensiontaskpanes"])
def test_an_object_or_an_add_in_is_refused_however_it_is_called(kind: str) -> None:
    part = RELS.format(f"{OFFICE}{kind}", "media/a.xml", "").encode()
    inside = {"word/_rels/footnotes.xml.rels": part, "word/media/a.xml": b"<x/>"}
    assert refused("x.docx", small(**inside)) == Reden.MACRO


def test_a_page_behind_a_long_text_is_still_a_page() -> None:
    assert refused("x.txt", b"a " * 40_000 + HTML) == Reden.ANDERS


def test_a_letter_of_its_own_is_left_out_of_a_document() -> None:
    made, document = io.BytesIO(), docx.Document()
    document.part.relate_to("fonts/a.odttf", RELATIONSHIP_TYPE.FONT, is_external=True)
    document.save(made)
    kept = make_anew("DOCX", zipped(made.getvalue(), {"word/fonts/a.odttf": b"MZ"}))
    assert all(b"odttf" not in one for one in pieces(kept))


def test_an_opendocument_text_runs_no_macro_and_holds_no_file_in_letters() -> None:
    with zipfile.ZipFile(io.BytesIO(text())) as archive:
        content = archive.read("content.xml")

    def inside(piece: bytes) -> bytes:
        at = content.index(b"</office:text>")
        return zipped(text(), {"content.xml": content[:at] + piece + content[at:]})

    field = b'<text:execute-macro text:name="x"/>'
    assert refused("x.odt", inside(field)) == Reden.MACRO
    kept = make_anew("ODT", inside(b"<office:binary-data>TVo=</office:binary-data>"))
    signed = zipped(
        text(), {"META-INF/documentsignatures.xml": f"<x>{NAAM}</x>".encode()}
    )
    assert all(b"TVo=" not in one for one in pieces(kept))
    assert all(NAAM.encode() not in one for one in pieces(make_anew("ODT", signed)))


def test_a_pdf_fetches_nothing_is_signed_by_nobody_and_no_photo_tells_where() -> None:
    def dress(pdf: pikepdf.Pdf) -> None:
        dressed(pdf)
        page = pdf.pages[0].obj
        for n, filters in enumerate(
            (
                [pikepdf.Name.DCTDecode],
                [pikepdf.Name.ASCIIHexDecode, pikepdf.Name.DCTDecode],
            )
        ):
            raw = photo() if n == 0 else photo().hex().encode() + b">"
            picture = pikepdf.Stream(
                pdf, raw, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
                Width=64, Height=48, ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8, Filter=pikepdf.Array(filters),
                F=pikepdf.String("\\\\kwaad\\share"),
            )  # fmt: skip
            page.Resources.XObject[f"/Foto{n}"] = pdf.make_indirect(picture)
        box = b"\0\0\0\x0cjP  \r\n\x87\n" + struct.pack(">I", 8 + len(NAAM)) + b"uuid"
        scan = pikepdf.Stream(
            pdf, box + NAAM.encode(), Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image, Width=1, Height=1, Filter=pikepdf.Name.JPXDecode,
        )  # fmt: skip
        page.Resources.XObject["/Scan"] = pdf.make_indirect(scan)
        signature = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=NAAM)
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=signature)
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([pdf.make_indirect(field)])
        )
        answer = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Text, Rect=pikepdf.Array([0, 0, 1, 1]), T=NAAM
        )
        page.Annots[1].IRT = pdf.make_indirect(answer)  # shown on no page

    made = make_anew("PDF", paper(dress))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert {"/Foto0", "/Foto1", "/Scan"} <= set(
            pdf.pages[0].Resources.XObject.keys()
        )
        plain = b"".join(
            one.unparse(resolved=True)
            + (one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else b"")
            for one in pdf.objects
        )
    for gone in (NAAM, "Exif", "kwaad", photo()[30:60].hex()):
        assert gone.encode() not in plain, gone


def test_a_pdf_that_unpacks_to_very_much_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_module, "UITGEPAKT", 1 << 20)

    def pressed(*times: int) -> bytes:
        def dress(pdf: pikepdf.Pdf) -> None:
            for often in times:
                raw = bytes(700_000)
                for _each in range(often):
                    raw = zlib.compress(raw)
                name = [pikepdf.Name.FlateDecode] * often
                made = pikepdf.Stream(pdf, raw, Filter=pikepdf.Array(name))
                pdf.Root[f"/X{id(made)}"] = pdf.make_indirect(made)

        as_it_is = pikepdf.StreamDecodeLevel.none
        return paper(dress, stream_decode_level=as_it_is, compress_streams=False)

    assert make_anew("PDF", pressed(1))
    assert refused("x.pdf", pressed(1, 1)) == Reden.BOM
    assert refused("x.pdf", pressed(2)) == Reden.BOM


@pytest.mark.parametrize(
    ("naam", "wordt"),
    [
        ("nul.pdf", "bijlage nul.pdf"),
        ("COM1.pdf", "bijlage COM1.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("brief\0.exe.pdf", "brief exe.pdf"),
        ("字" * 100 + ".pdf", "字" * 66 + ".pdf"),
        ("．．／x.pdf", "x.pdf"),
    ],
)
def test_a_name_fits_on_every_disk(naam: str, wordt: str) -> None:
    assert safe_name(naam, SOORTEN["PDF"]) == wordt
