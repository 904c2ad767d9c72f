"""OpenDocument texts: no scripts, nothing embedded, nothing fetched, nobody named."""

from __future__ import annotations

import posixpath
from typing import Final

from lxml import etree

from privacy.bestanden.beeld import clean_inside
from privacy.bestanden.pakket import as_bytes, is_web, local, pack, unpack, xml
from privacy.bestanden.soorten import Geweigerd, Reden

MIME: Final = b"application/vnd.oasis.opendocument.text"
MANIFEST: Final = "META-INF/manifest.xml"
XLINK: Final = "{http://www.w3.org/1999/xlink}href"
ACTIEF: Final = (
    "Basic/",
    "Scripts/",
    "Object ",
    "ObjectReplacements/",
    "Configurations2/",
)
WEG: Final = ("Thumbnails/", "settings.xml", "layout-cache", "Configurations2/")
# Of this folder only the list of files, which is made anew: no names of signers.
OVER: Final = "META-INF/"
# Elements (local names) that do something, or name somebody.
DOET: Final = frozenset(
    {
        *("script", "event-listeners", "event-listener", "applet", "plugin"),
        *("object-ole", "execute-macro", "floating-frame"),
    }
)
HAALT: Final = frozenset({"dde-source", "dde-connection", "dde-connection-decl"})
NAMEN: Final = frozenset(
    {"creator", "initial-creator", "creator-initials", "sender-initials"}
    | {"sender-firstname"}
)
META: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    b"<office:meta/></office:document-meta>"
)


def clean_odt(inhoud: bytes) -> bytes:
    """Written anew. Raises Geweigerd."""
    files = unpack(inhoud)
    if files.get("mimetype", b"").strip() != MIME or "content.xml" not in files:
        raise Geweigerd(Reden.ANDERS)
    if b"encryption-data" in files.get(MANIFEST, b""):
        raise Geweigerd(Reden.SLOT)
    files = {n: p for n, p in files.items() if not n.startswith((*WEG, OVER))}
    if any(name.startswith(ACTIEF) for name in files):
        raise Geweigerd(Reden.MACRO)
    made = {name: _clean_part(name, piece) for name, piece in files.items()}
    made[MANIFEST] = _manifest(made)
    return pack(made, "mimetype")


def _clean_part(name: str, piece: bytes) -> bytes:
    if name == "mimetype":
        return MIME
    if name == "meta.xml":
        return META
    extension = posixpath.splitext(name)[1].lower()
    picture = clean_inside(extension, piece)
    if picture is not None:
        return picture
    if name == "manifest.rdf" or extension == ".xml":
        root = xml(piece)
        _clean_body(root)
        return as_bytes(root)
    raise Geweigerd(Reden.ANDERS)


def _clean_body(root: etree._Element) -> None:
    for element in list(root.iter()):
        name = local(element)
        if name in DOET:
            raise Geweigerd(Reden.MACRO)
        if name in HAALT:
            raise Geweigerd(Reden.VERWIJST)
        if name in NAMEN or name == "binary-data":  # a whole file, in letters
            element.text = ""
        target = element.get(XLINK)
        if target is None or _is_inside(target):
            continue
        if name == "a" and is_web(target):
            continue
        del element.attrib[XLINK]


def _is_inside(target: str) -> bool:
    return target.startswith("#") or (
        target.removeprefix("./").startswith(("Pictures/", "media/"))
        and ".." not in target
    )


def _manifest(files: dict[str, bytes]) -> bytes:
    """A list of what there is now."""
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    root = etree.Element(f"{{{space}}}manifest", nsmap={"manifest": space})
    root.set(f"{{{space}}}version", "1.3")
    kinds = {".xml": "text/xml", ".png": "image/png", ".jpg": "image/jpeg"}
    rows = [("/", MIME.decode())]
    rows += [
        (name, kinds.get(posixpath.splitext(name)[1].lower(), ""))
        for name in sorted(files)
        if name not in ("mimetype", MANIFEST)
    ]
    for path, kind in rows:
        entry = etree.SubElement(root, f"{{{space}}}file-entry")
        entry.set(f"{{{space}}}full-path", path)
        entry.set(f"{{{space}}}media-type", kind)
    return as_bytes(root)
