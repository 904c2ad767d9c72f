"""Word documents (OOXML): no macros, nothing embedded, nothing fetched, nobody named."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from privacy.bestanden.beeld import clean_inside
from privacy.bestanden.pakket import as_bytes, is_web, local, pack, unpack, xml
from privacy.bestanden.soorten import Geweigerd, Reden

TYPES: Final = "[Content_Types].xml"
HOOFD: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
# Parts that can do something, or are a file in themselves.
ACTIEF: Final = re.compile(
    r"(vba|macro|activex|embeddings/|customui|oleobject|afchunk|\.bin$|\.exe$|\.html?$"
    r"|\.mht)",
    re.IGNORECASE,
)
RELATIES: Final = (
    *("oleobject", "package", "afchunk", "control", "vbaproject", "frame"),
    *("extensibility", "webextension", "webextensiontaskpanes", "attachedtoolbars"),
    "keymapcustomizations",
)
# A part of the document itself; what it has besides goes where somebody else says.
BINNEN: Final = re.compile(r"(?![a-z][a-z0-9+.-]*:|//|[^:]*\\)", re.IGNORECASE)
# Fields that fetch or start something (WordprocessingML 17.16.5), by their first word;
# Word does not mind how that is written.
VELDEN: Final = frozenset(
    {
        *("DDE", "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT"),
        *("MACROBUTTON", "LINK", "DATABASE", "RD", "EMBED", "CONTROL", "PRINT"),
    }
)
WOORD: Final = re.compile(r'\\([a-z])(?![^\s"])|"([^"]*)"?|([^\s"]+)', re.IGNORECASE)
# Elements (local names) that say where data or rules are fetched, or hold what nobody
# sees; and letters of one's own, which are programs.
WEG: Final = frozenset(
    {
        *("mailMerge", "docVars", "attachedTemplate", "saveThroughXslt"),
        *("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"),
    }
)
LETTER: Final = ".odttf"
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
# The same by what they are, because they may stand under any name.
EIGENSCHAPPEN: Final = ("coreProperties", "Properties")


def clean_docx(inhoud: bytes) -> bytes:
    """Written anew. Raises Geweigerd."""
    files = unpack(inhoud)
    _check_parts(files)
    files = {name: piece for name, piece in files.items() if not _is_left_out(name)}
    for name in [n for n in files if n.endswith(".rels")]:
        _clean_relations(files, name)
    for name, piece in files.items():
        files[name] = _clean_part(name, piece)
    return pack(files, TYPES)


def _is_left_out(name: str) -> bool:
    return name.startswith("docProps/thumbnail") or name.lower().endswith(LETTER)


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
        kind = str(relation.get("Type", "")).rstrip("/ ").rpartition("/")[2].lower()
        target = str(relation.get("Target", "")).strip()
        if kind in RELATIES:
            raise Geweigerd(Reden.MACRO)
        mode = str(relation.get("TargetMode", "")).strip().lower()
        is_outside = mode == "external" or not BINNEN.match(target)
        is_link = kind == "hyperlink" and is_web(target)
        if kind in ("thumbnail", "font") or (is_outside and not is_link):
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
    for element in root.iter():
        for key in [k for k, v in element.attrib.items() if v in gone]:
            if str(key).partition("}")[0].endswith("/relationships"):
                del element.attrib[key]
    return as_bytes(root)


def _clean_part(name: str, piece: bytes) -> bytes:
    if name in LEEG:
        return LEEG[name]
    picture = clean_inside(posixpath.splitext(name)[1].lower(), piece)
    if picture is not None:
        return picture
    if not name.endswith((".xml", ".rels")):
        raise Geweigerd(Reden.ANDERS)
    root = xml(piece)
    if local(root) in EIGENSCHAPPEN:
        return as_bytes(etree.Element(root.tag, nsmap=root.nsmap))
    _check_fields(root)
    _take_out(root)
    _forget_people(root)
    return as_bytes(root)


def _check_fields(root: etree._Element) -> None:
    """Raise Geweigerd when a field fetches or starts something."""
    for said in _fields(root):
        words = said.split()
        first = words[0].upper() if words else ""
        if first in VELDEN or (first == "HYPERLINK" and not _leads_to_web(said)):
            raise Geweigerd(Reden.VERWIJST)


def _fields(root: etree._Element) -> Iterator[str]:
    """What each field says: its words may be spread over runs, and a field may stand in
    another.
    """
    begun = [""]
    for element in root.iter():
        name = local(element)
        if name == "fldSimple":
            yield _attribute(element, "instr")
        elif name in ("instrText", "delInstrText"):
            begun[-1] += element.text or ""
        elif name == "fldChar":
            kind = _attribute(element, "fldCharType")
            if kind == "begin":
                begun.append("")
            elif kind == "end" and len(begun) > 1:
                yield begun.pop()
    yield from begun


def _leads_to_web(said: str) -> bool:
    """Whether all that a HYPERLINK names is on the web or in the document; what comes
    after ``\\l``, ``\\o`` and ``\\t`` is a place in it, or a text.
    """
    switch = "HYPERLINK"
    for option, quoted, bare in WOORD.findall(said.strip()[len(switch) :]):
        target = (quoted or bare).strip()
        if target and switch not in ("l", "o", "t") and not is_web(target):
            return False
        switch = option.lower()
    return True


def _attribute(element: etree._Element, name: str) -> str:
    """By its local name: of the usual namespace, and of the strict one."""
    found = [v for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name]
    return str(found[0]) if found else ""


def _take_out(root: etree._Element) -> None:
    """Where data is fetched, and pictures of VML that stand elsewhere."""
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is not None and local(element) in WEG:
            parent.remove(element)
            continue
        for key in list(element.attrib):
            if str(key).rpartition("}")[2] not in ("src", "href"):
                continue
            if local(element) == "imagedata" or not is_web(str(element.attrib[key])):
                del element.attrib[key]


def _forget_people(root: etree._Element) -> None:
    """Who wrote a remark or a change stays unnamed; so do the sessions of writing."""
    for element in root.iter():
        for key in list(element.attrib):
            name = str(key).rpartition("}")[2]
            if name in NAMEN:
                element.attrib[key] = ""
            elif name.startswith("rsid"):
                del element.attrib[key]
