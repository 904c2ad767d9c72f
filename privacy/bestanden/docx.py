"""Word documents (OOXML): no macros, nothing embedded, nothing fetched, nobody named."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from lxml import etree

from privacy.bestanden.beeld import clean_jpeg, clean_png
from privacy.bestanden.pakket import as_bytes, is_web, pack, unpack, xml
from privacy.bestanden.soorten import Geweigerd, Reden

TYPES: Final = "[Content_Types].xml"
HOOFD: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Parts that can do something, or are a file in themselves.
ACTIEF: Final = re.compile(
    r"(vba|macro|activex|embeddings/|customui|oleobject|afchunk|\.bin$|\.exe$|\.html?$"
    r"|\.mht)",
    re.IGNORECASE,
)
RELATIES: Final = ("oleobject", "package", "afchunk", "control", "vbaproject", "frame")
# Fields that fetch or start something (WordprocessingML 17.16.5).
VELDEN: Final = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|MACROBUTTON|LINK|DATABASE)\b"
)
BEELD: Final = {".jpg": clean_jpeg, ".jpeg": clean_jpeg, ".png": clean_png}
STIL: Final = (".emf", ".wmf", ".gif", ".bmp", ".tif", ".tiff")
NAMEN: Final = frozenset({"author", "initials", "userId", "providerId"})
LEEG: Final = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        b'metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'extended-properties"/>'
    ),
    "docProps/custom.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'custom-properties"/>'
    ),
}


def clean_docx(inhoud: bytes) -> bytes:
    """Written anew. Raises Geweigerd."""
    files = unpack(inhoud)
    _check_parts(files)
    gone = {name for name in files if name.startswith("docProps/thumbnail")}
    files = {name: piece for name, piece in files.items() if name not in gone}
    for name in [n for n in files if n.endswith(".rels")]:
        _clean_relations(files, name)
    for name, piece in files.items():
        files[name] = _clean_part(name, piece)
    return pack(files, TYPES)


def _check_parts(files: dict[str, bytes]) -> None:
    types = files.get(TYPES)
    if types is None or "word/document.xml" not in files:
        raise Geweigerd(Reden.ANDERS)
    said = [str(e.get("ContentType", "")) for e in xml(types)]
    if any(ACTIEF.search(t) for t in said) or any(map(ACTIEF.search, files)):
        raise Geweigerd(Reden.MACRO)
    if HOOFD not in said:
        raise Geweigerd(Reden.ANDERS)


def _clean_relations(files: dict[str, bytes], name: str) -> None:
    """Take out what points outside the document; a link to click may stay."""
    root = xml(files[name])
    gone: set[str] = set()
    for relation in list(root):
        kind = str(relation.get("Type", "")).rpartition("/")[2].lower()
        target = str(relation.get("Target", ""))
        if kind in RELATIES:
            raise Geweigerd(Reden.MACRO)
        is_outside = relation.get("TargetMode", "").lower() == "external"
        is_link = kind == "hyperlink" and is_web(target)
        if kind == "thumbnail" or (is_outside and not is_link):
            gone.add(str(relation.get("Id")))
            root.remove(relation)
    files[name] = as_bytes(root)
    folder, last = posixpath.split(name)
    part = posixpath.join(posixpath.dirname(folder), last.removesuffix(".rels"))
    if gone and part in files:
        files[part] = _without(files[part], gone)


def _without(piece: bytes, gone: set[str]) -> bytes:
    """The part without what referred to relations that are gone."""
    root = xml(piece)
    for element in list(root.iter()):
        held = [k for k, v in element.attrib.items() if v in gone and f"{{{R}}}" in k]
        parent = element.getparent()
        if held and parent is not None and element.tag == f"{{{W}}}attachedTemplate":
            parent.remove(element)
            continue
        for key in held:
            del element.attrib[key]
    return as_bytes(root)


def _clean_part(name: str, piece: bytes) -> bytes:
    if name in LEEG:
        return LEEG[name]
    extension = posixpath.splitext(name)[1].lower()
    if extension in BEELD:
        return BEELD[extension](piece)
    if extension in STIL or extension == ".odttf":
        return piece
    if not name.endswith((".xml", ".rels")):
        raise Geweigerd(Reden.ANDERS)
    root = xml(piece)
    _check_fields(root)
    _forget_people(root)
    return as_bytes(root)


def _check_fields(root: etree._Element) -> None:
    """Raise Geweigerd when a field fetches or starts something.

    The words of a field may be spread over runs, so they are read together.
    """
    said = "".join(t.text or "" for t in root.iter(f"{{{W}}}instrText"))
    simple = " ".join(
        str(f.get(f"{{{W}}}instr", "")) for f in root.iter(f"{{{W}}}fldSimple")
    )
    if VELDEN.search(f"{said} {simple}"):
        raise Geweigerd(Reden.VERWIJST)


def _forget_people(root: etree._Element) -> None:
    """Who wrote a remark or a change stays unnamed; so do the sessions of writing."""
    for element in root.iter():
        for key in list(element.attrib):
            local = key.rpartition("}")[2]
            if local in NAMEN:
                element.attrib[key] = ""
            elif local.startswith("rsid"):
                del element.attrib[key]
