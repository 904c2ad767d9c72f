"""Second factors: who holds which, and their secrets sealed for that very account.

The library keeps a secret as text in the row of a factor. Here that text is
``v1.<account>.<master key>.<blob>``: AES-256-GCM under the master key, bound to the
account. PostgreSQL refuses any other (migration 0009), so nothing is stored in the
clear and no secret works in the row of somebody else.

Invariant: whoever has a factor keeps one. A lost one is replaced, never just removed.
Guarded by tests/tenants/test_factoren.py.
"""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import hoofdsleutel
from privacy.zegel import Plaats, ZegelFout, open_bytes, seal_bytes

VERSIE = "v1"
GEHEIM = ("secret", "seed")  # what is sealed of an authenticator's data
Type = Authenticator.Type
ECHT = (Type.WEBAUTHN, Type.TOTP)  # recovery codes stand in for one of these


def sealed(user_id: UUID, text: str) -> str:
    """The secret ``text`` of this account, as it is stored."""
    naam, key = hoofdsleutel.in_use()
    blob = seal_bytes(key, text.encode(), "factor", user_id)
    return ".".join((VERSIE, str(user_id), naam, base64.b64encode(blob).decode()))


def opened(stored: str, user_id: UUID | None = None) -> str:
    """The secret again. With ``user_id`` it has to be of that account.

    Raises ZegelFout, OnbekendeHoofdsleutel.
    """
    owner, naam, blob = _parts(stored)
    if user_id is not None and owner != user_id:
        raise ZegelFout(_plaats(user_id), "geknoeid")
    plain = open_bytes(hoofdsleutel.by_name(naam), blob, "factor", owner)
    if plain is None:
        raise ZegelFout(_plaats(owner), "geknoeid")
    return plain.decode()


def _parts(stored: str) -> tuple[UUID, str, bytes]:
    try:
        versie, owner, naam, blob = stored.split(".")
        found = UUID(owner), naam, base64.b64decode(blob, validate=True)
    except (ValueError, binascii.Error) as error:
        raise ZegelFout(_plaats(UUID(int=0)), "vorm") from error
    if versie != VERSIE:
        raise ZegelFout(_plaats(found[0]), "vorm")
    return found


def _plaats(user_id: UUID) -> Plaats:
    return Plaats(0, "mfa_authenticator", user_id, "data")


def require_own(authenticator: Authenticator) -> None:
    """Raise ZegelFout when a secret in this row was sealed for another account."""
    for name in GEHEIM:
        if name in authenticator.data:
            opened(authenticator.data[name], authenticator.user_id)


def to_present_master() -> int:
    """Seal every secret with the master key in use; how many rows it took.

    For a rotation (``manage.py sleutels``). As the login role, outside any scope.
    """
    naam, _key = hoofdsleutel.in_use()
    done = 0
    with transaction.atomic():
        rows = Authenticator.objects.filter(type__in=[Type.TOTP, Type.RECOVERY_CODES])
        for row in rows.select_for_update().order_by("pk"):
            old = [n for n in GEHEIM if n in row.data and not _is_of(row.data[n], naam)]
            for name in old:
                secret = opened(row.data[name], row.user_id)
                row.data[name] = sealed(row.user_id, secret)
            if old:
                row.save(update_fields=["data"])
                done += 1
    return done


def left_to_do() -> int:
    """Factors that are sealed with an earlier master key."""
    naam, _key = hoofdsleutel.in_use()
    rows = Authenticator.objects.filter(type__in=[Type.TOTP, Type.RECOVERY_CODES])
    return sum(
        not all(_is_of(row.data[n], naam) for n in GEHEIM if n in row.data)
        for row in rows
    )


def _is_of(stored: str, naam: str) -> bool:
    return _parts(stored)[1] == naam


def has_factor(user_id: UUID | None) -> bool:
    """Whether this account has a passkey or an app; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=ECHT).exists())


class FactorAdapter(DefaultMFAAdapter):
    """What the library asks of the house about factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "Deze code klopt niet, of is al gebruikt. Vul een nieuwe code in."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Dit is het laatste waarmee je inlogt. Voeg eerst iets anders toe."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Of whoever is signed in: only she adds a factor to her account."""
        return sealed(context.request.user.pk, text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one. PostgreSQL holds this too, for two at the same moment."""
        if authenticator.type == Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=ECHT
        ).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element of the page: an image in an address is refused."""
        return str(super().build_totp_svg(url).partition("?>")[2].strip())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        return _("Passkey van %(dag)s") % {
            "dag": timezone.localdate().strftime("%d-%m-%Y")
        }

    def _get_site_name(self) -> str:
        return "Adviespunt"
