"""Pictures: decoded and drawn anew, so that only what one sees is left.

Gone are EXIF (place, time, camera), comments, colour profiles, and whatever was put
behind the picture.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from privacy.bestanden.soorten import Geweigerd, Reden

PUNTEN = 60_000_000
KWALITEIT = 90
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
    has_alpha = (
        formaat == "PNG"
        and "A" in upright.convert("PA" if upright.mode == "P" else upright.mode).mode
    )
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    bare = Image.new(plain.mode, plain.size)  # no metadata at all comes along
    bare.paste(plain)
    made = io.BytesIO()
    if formaat == "JPEG":
        bare.save(made, "JPEG", quality=KWALITEIT)
    else:
        bare.save(made, "PNG")
    return made.getvalue()
