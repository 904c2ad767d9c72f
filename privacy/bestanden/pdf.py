"""PDF: no scripts, no attachments, no actions, no forms that send, nobody named."""

from __future__ import annotations

import io
import zlib
from typing import Any, Final

import pikepdf

from privacy.bestanden.soorten import Geweigerd, Reden

# Keys (ISO 32000-2) under which a document does something, holds a file, or tells
# who made it with what.
WEG: Final = (
    *("/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF"),
    *("/XFA", "/Metadata", "/PieceInfo", "/RichMediaContent", "/RichMediaSettings"),
    *("/LastModified", "/Collection", "/Threads", "/SpiderInfo", "/DSS", "/Perms"),
    *("/Thumb", "/OPI"),
)
# Keys of a stream whose content stands in another file.
ELDERS: Final = ("/F", "/FFilter", "/FDecodeParms", "/Ref")
DAAD: Final = ("/GoTo", "/URI", "/Named")  # actions that may stay
NOTITIES: Final = (
    *("/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"),
    "/TrapNet",
)
VELD: Final = "/Widget"
DIEP: Final = 60
UITGEPAKT: Final = 600 << 20  # bytes of all streams together
HAP: Final = 1 << 20
PERS: Final = "/FlateDecode"


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
    left = UITGEPAKT
    for found in pdf.objects:
        _walk(found, 0)
        if isinstance(found, pikepdf.Stream):
            left -= _unpacked_size(found, left)


def _unpacked_size(stream: pikepdf.Object, most: int) -> int:
    """Bytes that come out of it, counted while they are thrown away. Raises Geweigerd
    when there are more than ``most``, or when it was pressed twice.
    """
    filters = _filters(stream)
    if filters.count(PERS) > 1:
        raise Geweigerd(Reden.BOM)
    piece, size = stream.read_raw_bytes(), 0
    if filters[:1] != [PERS]:
        return len(piece)
    reader = zlib.decompressobj()
    while piece and not reader.eof:
        try:
            size += len(reader.decompress(piece, HAP))
        except zlib.error:  # what is broken is for the reader to leave out
            break
        if size > most:
            raise Geweigerd(Reden.BOM)
        piece = reader.unconsumed_tail
    return size


def _filters(stream: pikepdf.Object) -> list[str]:
    """By their names, the first that is undone first."""
    said: Any = stream.get("/Filter")
    return list(map(str, said)) if isinstance(said, pikepdf.Array) else [str(said)]


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
        _strip_people(found)
        if isinstance(found, pikepdf.Stream):
            _strip_stream(found)
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


def _strip_people(found: pikepdf.Object) -> None:
    """Who made a remark, also one that no page shows, and who signed: what is written
    anew is signed by nobody.
    """
    if str(found.get("/FT", "")) == "/Sig" and "/V" in found:
        del found["/V"]
    is_note = "/Subtype" in found and "/Rect" in found
    if is_note and str(found["/Subtype"]) != VELD and "/T" in found:
        del found["/T"]


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


def _strip_stream(stream: pikepdf.Object) -> None:
    for key in ELDERS:
        if key in stream:
            del stream[key]
    _strip_picture(stream)


def _strip_picture(stream: pikepdf.Object) -> None:
    """A photo in the document loses what the camera wrote about place and time, also
    when it is packed once more.
    """
    filters = _filters(stream)
    bare_of = FOTO.get(filters[-1]) if filters else None
    if bare_of is None:
        return
    raw, params = stream.read_raw_bytes(), _params(stream)
    if len(filters) > 1:
        raw = _unpacked(raw, filters[:-1], params[:-1])
    bare = bare_of(raw)
    if bare != raw or len(filters) > 1:
        last = params[-1] if isinstance(params[-1], pikepdf.Dictionary) else None
        stream.write(bare, filter=pikepdf.Name(filters[-1]), decode_parms=last)


def _params(stream: pikepdf.Object) -> list[Any]:
    """Of each filter how it was used; at least one."""
    said: Any = stream.get("/DecodeParms")
    return (list(said) if isinstance(said, pikepdf.Array) else [said]) or [None]


def _unpacked(raw: bytes, filters: list[str], params: list[Any]) -> bytes:
    """Without what was put around the photo. Raises Geweigerd."""
    if any(isinstance(one, pikepdf.Dictionary) for one in params):
        raise Geweigerd(Reden.KAPOT)  # seldom, and not worth the risk
    aid = pikepdf.new()
    packed = pikepdf.Stream(aid, raw)
    packed["/Filter"] = pikepdf.Array([pikepdf.Name(one) for one in filters])
    made: bytes = packed.read_bytes()
    return made


def without_boxes(raw: bytes) -> bytes:
    """A JPEG 2000 without the boxes in which others write (uuid, xml)."""
    made, at = bytearray(), 0
    while at + 8 <= len(raw):
        size, kind = int.from_bytes(raw[at : at + 4]), raw[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(raw[at + 8 : at + 16])
        end = len(raw) if size < 8 else min(at + size, len(raw))
        if kind not in (b"uuid", b"xml ", b"uinf"):
            made += raw[at:end]
        at = end
    return bytes(made) if raw[4:8] == b"jP  " else raw


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


FOTO: Final = {"/DCTDecode": without_camera, "/JPXDecode": without_boxes}
