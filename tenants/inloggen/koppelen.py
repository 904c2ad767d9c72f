"""A link by mail that lets somebody link the account of her organisation, once.

Who is signed in and just showed her own factor asks for it; it goes to the address of
her account, counts for half an hour, for her alone, and is used up by going to the
provider, not by looking. Then there are ten minutes to come back, in that very session.
Without it nothing is linked (``tenants.inloggen.oidc``): somebody who sits down at a
computer that was left, or who makes a page send its visitor to the provider, gains
nothing. The link is in no row, queue or log; that it was used is a keyed hash.

Guarded by tests/tenants/test_oidc.py.
"""

from __future__ import annotations

import secrets
import time
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.inloggen import pogingen
from tenants.jobs import send_letter
from tenants.mail import Mail, mail_account, site_address
from tenants.models import User
from tenants.wie import Wie

TAAK = "tenants.inloggen.post.koppelen"
ZOUT = "koppelen"
GELDIG = timedelta(minutes=30)
TERUG = 600  # seconds to come back from the provider
MAG = "koppelen"  # in the session: with which provider, until when


def ask(wie: Wie, user_id: UUID) -> bool:
    """Have the link sent; False when that was asked too often."""
    may = pogingen.consume("koppellink", str(user_id))
    if may:
        send_letter(TAAK, user_id)
    logboek.koppellink_gevraagd(wie, may=may)
    return may


def send_link(user_id: UUID) -> bool:
    """The mail with the link; False when there is nobody of that id."""
    return mail_account(user_id, _link)


def _link(user: User) -> Mail:
    token = signing.dumps([str(user.pk), secrets.token_urlsafe(16)], salt=ZOUT)
    link = site_address(reverse("inloggen_koppelen_link", kwargs={"token": token}))
    body = render_to_string("account/email/koppelen.txt", {"link": link})
    return Mail(_("Account koppelen aan Adviespunt"), body)


def is_hers(token: str, user_id: UUID | None) -> bool:
    """Whether this link is of this person and counts today; used or not."""
    try:
        owner, _nonce = signing.loads(token, salt=ZOUT, max_age=GELDIG)
    except (signing.BadSignature, ValueError):
        return False
    return bool(owner == str(user_id))


def works(token: str, user_id: UUID | None) -> bool:
    """Whether it can still be used; looking uses nothing up."""
    return is_hers(token, user_id) and not pogingen.is_used("koppellink", token)


def use(request: HttpRequest, token: str, provider_id: str) -> bool:
    """Use it up and let this session link; of two at once one gets True."""
    user_id = request.user.pk
    if not is_hers(token, user_id) or not pogingen.use_once("koppellink", token):
        return False
    request.session[MAG] = [provider_id, int(time.time()) + TERUG]
    return True


def may_link(request: HttpRequest, provider_id: str) -> bool:
    """Whether this session may link with this provider; asking ends it."""
    chosen, until = request.session.pop(MAG, ["", 0])
    return bool(chosen == provider_id and until > time.time())
