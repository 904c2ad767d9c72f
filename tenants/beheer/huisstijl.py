"""The look of a tenant: one colour becomes a theme, a logo becomes our own PNG.

Invariant: a logo that is stored was drawn anew by us from its pixels, so nothing else
that was in the file (EXIF, scripts, trailing bytes) is in it; no vector formats, and
the size is asked of the header before a pixel is read.
Guarded by tests/tenants/test_huisstijl.py.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tenants import thema
from tenants.beheer import BeheerFout, logboek
from tenants.models import Huisstijl, Tenant
from tenants.roles import Recht
from tenants.wie import Wie

MEESTE_BYTES = 1_000_000
MEESTE_PIXELS = 4_000_000
BREEDTE, HOOGTE = 480, 160  # a stored logo fits in this
FORMATEN = ("PNG", "JPEG", "WEBP")
VOORBEELD = "tenant"  # the name of the theme on <html>


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG of ours with its size in pixels."""

    png: bytes
    breedte: int
    hoogte: int


def read_logo(inhoud: bytes) -> Logo:
    """The picture drawn anew as a PNG that fits in our frame. Raises BeheerFout."""
    if len(inhoud) > MEESTE_BYTES:
        raise BeheerFout(_("Dit bestand is te groot. Kies er een tot 1 MB."), "logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redraw(inhoud)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise _too_many_pixels() from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as unreadable:
        raise BeheerFout(
            _(
                "Dit is geen afbeelding die wij kunnen lezen. Kies een PNG, JPEG of WebP."
            ),
            "logo",
        ) from unreadable


def _too_many_pixels() -> BeheerFout:
    return BeheerFout(
        _("Deze afbeelding heeft te veel beeldpunten. Maak haar kleiner."), "logo"
    )


def _redraw(inhoud: bytes) -> Logo:
    with Image.open(io.BytesIO(inhoud), formats=FORMATEN) as picture:
        if picture.width * picture.height > MEESTE_PIXELS:
            raise _too_many_pixels()
        picture.load()
        drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    drawn.thumbnail((BREEDTE, HOOGTE))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return Logo(out.getvalue(), clean.width, clean.height)


def css_of(stijl: Huisstijl) -> str:
    """The stylesheet of this look; only colours that were computed from its own."""
    return thema.theme_css(VOORBEELD, stijl.kleur)


@transaction.atomic
def save_look(
    *, actor: Wie, tenant_id: int, kleur: str, logo: Logo | None, houdt: str = ""
) -> Huisstijl:
    """Keep a look to try it; nobody sees it yet.

    houdt: the mark of an earlier look whose logo this one keeps when ``logo`` is None.
    Raises Refused, BeheerFout.
    """
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    kleur = kleur.lower()
    try:
        thema.ramp(kleur)
    except ValueError as error:
        raise BeheerFout(
            _("Vul de kleur zo in: # en zes cijfers of letters, zoals #0b5a72."),
            "kleur",
        ) from error
    if logo is None and houdt:
        logo = _logo_of(tenant_id, houdt)
    merk = _mark([thema.RECEPT.encode(), kleur.encode(), logo.png if logo else b""])
    found = Huisstijl.objects.filter(tenant_id=tenant_id, merk=merk).first()
    if found is not None:
        return found
    stijl = Huisstijl.objects.create(
        tenant_id=tenant_id,
        kleur=kleur,
        logo=logo.png if logo else None,
        logo_breedte=logo.breedte if logo else 0,
        logo_hoogte=logo.hoogte if logo else 0,
        merk=merk,
        door_id=actor.user_id,
    )
    logboek.huisstijl_gemaakt(actor, stijl)
    return stijl


@transaction.atomic
def use_look(*, actor: Wie, tenant_id: int, merk: str) -> None:
    """From now on pages and reports of the tenant look like this; '' like ours."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    if merk and not Huisstijl.objects.filter(tenant_id=tenant_id, merk=merk).exists():
        raise BeheerFout(_("Deze huisstijl is er niet meer. Maak haar opnieuw."))
    Tenant.objects.filter(pk=tenant_id).update(stijl=merk)
    logboek.huisstijl_gebruikt(actor, tenant_id, merk)


def look_of(tenant_id: int, merk: str) -> Huisstijl | None:
    """The look of this tenant with this mark."""
    return Huisstijl.objects.filter(tenant_id=tenant_id, merk=merk).first()


def _logo_of(tenant_id: int, merk: str) -> Logo | None:
    stijl = look_of(tenant_id, merk)
    if stijl is None or stijl.logo is None:
        return None
    return Logo(bytes(stijl.logo), stijl.logo_breedte, stijl.logo_hoogte)


def _mark(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()[:16]
