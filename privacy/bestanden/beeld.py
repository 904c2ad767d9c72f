"""Pictures: decoded and drawn anew, so that only what one sees is left.

Gone are EXIF (place, time, camera), comments, colour profiles, and whatever was put
behind the picture.
"""

from __future__ import annotations

import io
import warnings
from typing import Any, Final

from PIL import Image, ImageOps

from privacy.bestanden.metabestand import clean_emf, clean_wmf
from privacy.bestanden.soorten import Geweigerd, Reden

PUNTEN = 60_000_000
KWALITEIT = 90
BEWAREN: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": KWALITEIT},
    "TIFF": {"compression": "tiff_lzw"},
}
DOORZICHTIG: Final = ("LA", "PA", "RGBA", "La", "RGBa")
# Other pictures that stand in a document; each stays what its name says.
ANDERE: Final = {".gif": "GIF", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF"}
# What a second file, hidden behind the picture, begins with.
TWEEDE = (
    b"PK\x03\x04",
    b"%PDF-",
    b"<html",
    b"<script",
    b"<?php",
    b"<svg",
    b"MZ\x90",
    b"Rar!",
)


def clean_jpeg(inhoud: bytes) -> bytes:
    """Drawn anew as JPEG. Raises Geweigerd."""
    if not inhoud.startswith(b"\xff\xd8\xff"):
        raise Geweigerd(Reden.DUBBEL)
    _check_behind(inhoud[inhoud.rfind(b"\xff\xd9") + 2 :])
    return _anew(inhoud, "JPEG")


def clean_png(inhoud: bytes) -> bytes:
    """Drawn anew as PNG. Raises Geweigerd."""
    if not inhoud.startswith(b"\x89PNG\r\n\x1a\n"):
        raise Geweigerd(Reden.DUBBEL)
    _check_behind(inhoud[_end_of_png(inhoud) :])
    return _anew(inhoud, "PNG")


def clean_inside(extension: str, inhoud: bytes) -> bytes | None:
    """A picture in a document, by the extension of its part; None when that is no
    picture. Raises Geweigerd.
    """
    if extension in (".jpg", ".jpeg"):
        return clean_jpeg(inhoud)
    if extension == ".png":
        return clean_png(inhoud)
    if extension in (".emf", ".wmf"):
        return clean_emf(inhoud) if extension == ".emf" else clean_wmf(inhoud)
    if extension in ANDERE:
        return _anew(inhoud, ANDERE[extension])
    return None


def _end_of_png(inhoud: bytes) -> int:
    """Where the picture ends: chunks of length, name, data and checksum."""
    at = 8
    while at + 12 <= len(inhoud):
        name = inhoud[at + 4 : at + 8]
        at += 12 + int.from_bytes(inhoud[at : at + 4])
        if name == b"IEND":
            return at
    raise Geweigerd(Reden.KAPOT)


def _check_behind(rest: bytes) -> None:
    low = rest.lower()
    if any(mark.lower() in low for mark in TWEEDE):
        raise Geweigerd(Reden.DUBBEL)


def _anew(inhoud: bytes, formaat: str) -> bytes:
    Image.MAX_IMAGE_PIXELS = PUNTEN
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(inhoud), formats=[formaat]) as found:
                found.load()
                upright = ImageOps.exif_transpose(found)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Geweigerd(Reden.BOM) from error
        except (OSError, SyntaxError, ValueError) as error:
            raise Geweigerd(Reden.KAPOT) from error
    plain = _seen(upright, formaat)
    bare = Image.new(plain.mode, plain.size)  # no metadata at all comes along
    bare.paste(plain)
    made = io.BytesIO()
    bare.save(made, formaat, **BEWAREN.get(formaat, {}))
    return made.getvalue()


def _seen(found: Image.Image, formaat: str) -> Image.Image:
    """What one sees of it: in colours, and through it only where PNG can say so."""
    if found.mode not in DOORZICHTIG and "transparency" not in found.info:
        return found.convert("RGB")
    full = found.convert("RGBA")
    if formaat == "PNG":
        return full
    paper = Image.new("RGBA", full.size, "white")
    return Image.alpha_composite(paper, full).convert("RGB")
