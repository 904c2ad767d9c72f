"""Mail about an account, sent by the worker: the page says and takes the same for all.

What goes to the worker is an id; the link that gives access is made there, with the
address from the settings, and is in no queue, no log and no row.

Guarded by tests/tenants/test_inloggen.py and test_inloggen_aanval.py.
"""

from __future__ import annotations

import logging
from importlib import import_module
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from tenants import logboek
from tenants.inloggen import pogingen
from tenants.inloggen.koppelen import TAAK, send_link
from tenants.jobs import beat, letter, send_letter
from tenants.mail import Mail, mail_account, site_address
from tenants.models import User

logger = logging.getLogger(__name__)
HERSTEL = "tenants.inloggen.post.herstel"
RUIM = "tenants.inloggen.post.ruim"


def ask_reset(email: str) -> None:
    """Somebody wants a new password for this address, known or not."""
    found = User.objects.filter(email=email, is_active=True).values_list("pk")
    user_id = next((pk for (pk,) in found), None)
    may = pogingen.consume("herstel", email)
    logboek.herstel_gevraagd(user_id, may=may)
    send_letter(HERSTEL, user_id if user_id and may else uuid4())


def send_reset(user_id: UUID) -> bool:
    """The mail with the link; False when there is nobody of that id."""
    return mail_account(user_id, _reset)


def _reset(user: User) -> Mail:
    key = default_token_generator.make_token(user)
    where = {"uidb36": user_pk_to_url_str(user), "key": key}
    link = site_address(reverse("account_reset_password_from_key", kwargs=where))
    body = render_to_string("account/email/herstel.txt", {"link": link})
    return Mail(_("Nieuw wachtwoord voor Adviespunt"), body)


def clean_up() -> int:
    """Attempts and sessions that are over; returns how many."""
    gone = pogingen.forget()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    left = Session.objects.values("session_key")
    ended, _each = UserSession.objects.exclude(session_key__in=left).delete()
    return gone + int(ended)


herstel = letter(HERSTEL)(send_reset)
koppelen = letter(TAAK)(send_link)
ruim = beat(RUIM)(clean_up)
