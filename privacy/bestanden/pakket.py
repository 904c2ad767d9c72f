"""A zip of somebody else: every entry counted before and while it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException
from lxml import etree

from privacy.bestanden.soorten import Geweigerd, Reden

STUKS: Final = 2_000
SAMEN: Final = 120 << 20
VERHOUDING: Final = 300
KLEIN: Final = 1 << 20  # below this any ratio will do
EIND: Final = b"PK\x05\x06"
EIND_LENGTE: Final = 22
MAKKELIJK: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def unpack(inhoud: bytes) -> dict[str, bytes]:
    """Name → content of every file in the zip. Raises Geweigerd."""
    if not inhoud.startswith(b"PK\x03\x04"):
        raise Geweigerd(Reden.DUBBEL)
    # The end stands at the very end: nothing is hidden behind it.
    if inhoud[-EIND_LENGTE:][:4] != EIND:
        raise Geweigerd(Reden.DUBBEL if EIND in inhoud else Reden.KAPOT)
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(inhoud))
            return _read(archive, entries)
    except zipfile.BadZipFile as error:
        raise Geweigerd(Reden.KAPOT) from error


def _check_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > STUKS or sum(e.file_size for e in entries) > SAMEN:
        raise Geweigerd(Reden.BOM)
    if min((e.header_offset for e in entries), default=1) != 0:
        raise Geweigerd(Reden.DUBBEL)
    names = [entry.filename for entry in entries]
    if len(set(map(str.lower, names))) != len(names):
        raise Geweigerd(Reden.DUBBEL)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Geweigerd(Reden.SLOT)
        if entry.compress_type not in MAKKELIJK or not _is_plain(entry.orig_filename):
            raise Geweigerd(Reden.KAPOT)
        if entry.file_size > KLEIN and entry.file_size > VERHOUDING * max(
            entry.compress_size, 1
        ):
            raise Geweigerd(Reden.BOM)


def _is_plain(name: str) -> bool:
    """A path that stays where it is put."""
    parts = name.split("/")
    return not (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or "\0" in name
        or ".." in parts
    )


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """What is said about the size is not believed: bytes are counted."""
    left, found = SAMEN, {}
    for entry in entries:
        if entry.is_dir():
            continue
        with archive.open(entry) as source:
            piece = source.read(min(entry.file_size, left) + 1)
        if len(piece) > min(entry.file_size, left):
            raise Geweigerd(Reden.BOM)
        left -= len(piece)
        found[entry.filename] = piece
    return found


def pack(files: Mapping[str, bytes], first: str) -> bytes:
    """A zip without dates or remarks; ``first`` is stored as it is, in front."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda n: (n != first, n)):
            entry = zipfile.ZipInfo(name)
            is_bare = name == first == "mimetype"
            entry.compress_type = (
                zipfile.ZIP_STORED if is_bare else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, files[name])
    return made.getvalue()


def xml(piece: bytes) -> etree._Element:
    """The root of a part; one with a DTD or entities is refused. Raises Geweigerd."""
    try:
        defusedxml.ElementTree.fromstring(piece, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Geweigerd(Reden.BOM) from error
    except SyntaxError as error:
        raise Geweigerd(Reden.KAPOT) from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    return etree.fromstring(piece, parser)


def local(element: etree._Element) -> str:
    """Its name without the namespace; '' of a remark."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def as_bytes(root: etree._Element) -> bytes:
    made: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return made


def is_web(target: str) -> bool:
    """An address that does nothing until somebody clicks it."""
    return target.lower().startswith(("https://", "http://", "mailto:", "#", "tel:"))
