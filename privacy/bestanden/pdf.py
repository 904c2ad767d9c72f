"""PDF: no scripts, no attachments, no actions, no forms that send, nobody named."""

from __future__ import annotations

import io
from typing import Any, Final

import pikepdf

from privacy.bestanden.soorten import Geweigerd, Reden

# Keys (ISO 32000-2) under which a document does something, holds a file, or tells
# who made it with what.
WEG: Final = (
    *("/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF"),
    *("/XFA", "/Metadata", "/PieceInfo", "/RichMediaContent", "/RichMediaSettings"),
    *("/LastModified", "/Collection", "/Threads", "/SpiderInfo", "/DSS"),
)
DAAD: Final = ("/GoTo", "/URI", "/Named")  # actions that may stay
NOTITIES: Final = (
    *("/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"),
    "/TrapNet",
)
VELD: Final = "/Widget"
DIEP: Final = 60


def clean_pdf(inhoud: bytes) -> bytes:
    """Written anew. Raises Geweigerd."""
    if not inhoud.startswith(b"%PDF-"):
        raise Geweigerd(Reden.DUBBEL)
    behind = inhoud[inhoud.rfind(b"%%EOF") + 5 :] if b"%%EOF" in inhoud else b""
    if behind.strip(b"\r\n\t \0"):
        raise Geweigerd(Reden.DUBBEL)
    try:
        with pikepdf.open(io.BytesIO(inhoud), attempt_recovery=True) as pdf:
            _strip(pdf)
            made = io.BytesIO()
            pdf.save(made, encryption=False, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise Geweigerd(Reden.SLOT) from error
    except pikepdf.PdfError as error:
        raise Geweigerd(Reden.KAPOT) from error
    return made.getvalue()


def _strip(pdf: pikepdf.Pdf) -> None:
    if not len(pdf.pages):
        raise Geweigerd(Reden.KAPOT)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        _strip_notes(page.obj)
    for found in pdf.objects:
        _walk(found, 0)


def _strip_notes(page: pikepdf.Object) -> None:
    """Annotations that hold or play a file go; who wrote a remark stays unnamed."""
    notes: Any = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = []
    for note in notes:
        if not isinstance(note, pikepdf.Dictionary):
            continue
        kind = str(note.get("/Subtype", ""))
        if kind in NOTITIES:
            continue
        if kind != VELD and "/T" in note:
            del note["/T"]
        kept.append(note)
    page["/Annots"] = pikepdf.Array(kept)


def _walk(found: Any, depth: int) -> None:
    """Clean one object with what stands directly in it; others come by themselves."""
    if depth > DIEP:
        raise Geweigerd(Reden.KAPOT)
    if isinstance(found, pikepdf.Array):
        for item in found:
            _inside(item, depth)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        _strip_keys(found)
        if isinstance(found, pikepdf.Stream):
            _strip_picture(found)
        for key in list(found.keys()):
            _inside(found[key], depth)


def _strip_keys(found: pikepdf.Object) -> None:
    for key in WEG:
        if key in found and not _is_resource(found[key]):
            del found[key]
    action = found.get("/A")
    if isinstance(action, pikepdf.Dictionary) and not _is_dead(action):
        del found["/A"]
    if "/Next" in found and str(found.get("/S", "")) in DAAD:
        del found["/Next"]


def _is_resource(value: Any) -> bool:
    """A font or picture: the key is a name that the maker of the file chose."""
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    kinds = ("/Font", "/XObject", "/ExtGState", "/Pattern")
    return str(value.get("/Type", "")) in kinds


def _inside(value: Any, depth: int) -> None:
    is_own = isinstance(value, pikepdf.Object) and not value.is_indirect
    if is_own and isinstance(value, pikepdf.Dictionary | pikepdf.Array):
        _walk(value, depth + 1)


def _is_dead(action: pikepdf.Object) -> bool:
    """An action that goes to a page or to an address on the web, and no further."""
    kind = str(action.get("/S", ""))
    if kind == "/URI":
        target = str(action.get("/URI", "")).lower()
        return target.startswith(("https://", "http://", "mailto:"))
    return kind in DAAD


def _strip_picture(stream: pikepdf.Object) -> None:
    """A JPEG in the document loses what the camera wrote about place and time."""
    if stream.get("/Filter") != pikepdf.Name("/DCTDecode"):
        return
    raw = stream.read_raw_bytes()
    bare = without_camera(raw)
    if bare != raw:
        kept: Any = stream.get("/DecodeParms")
        stream.write(bare, filter=pikepdf.Name("/DCTDecode"), decode_parms=kept)


def without_camera(raw: bytes) -> bytes:
    """A JPEG without its APP1..APP13 and APP15 segments and comments."""
    if not raw.startswith(b"\xff\xd8"):
        return raw
    made, at = bytearray(raw[:2]), 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        mark = raw[at + 1]
        if mark == 0xDA:
            break
        end = at + 2 + int.from_bytes(raw[at + 2 : at + 4])
        is_camera = 0xE1 <= mark <= 0xEF and mark != 0xEE
        if not is_camera and mark != 0xFE:
            made += raw[at:end]
        at = end
    return bytes(made + raw[at:])
