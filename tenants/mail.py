"""Mail to one person, by a worker: that there is something, and where to read it.

Invariant: who she is and what the mail says is looked up and written when it is sent,
so a closed account gets nothing and a queue holds an id only; it is written in the
language of the house, whatever language a visitor chose; a job is done after the mail
server took its mail, so one that failed is tried again, and one that went is not sent
twice. What it may say (nothing of a client, kwestie or report) is for who writes it.

Who gets it is asked with ``tenants.services.tell``. Guarded by tests/tenants/test_mail.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from tenants.jobs import Claim, JobRefused, job
from tenants.models import User
from tenants.scope import acting_as

ONTHOUDEN: Final = timedelta(hours=20)  # that a mail went


class Mail(NamedTuple):
    """What somebody reads: two plain texts."""

    onderwerp: str
    tekst: str


def site_address(path: str) -> str:
    """The link to a page of ours, for in a mail."""
    return f"{settings.SITE_ADRES}{path}"


def deliver(email: str, write: Callable[[], Mail]) -> None:
    """Write the mail in the language of the house and hand it to the mail server."""
    with translation.override(settings.LANGUAGE_CODE):
        mail = write()
    EmailMessage(mail.onderwerp, mail.tekst, to=[email]).send()


def mail_account(user_id: UUID, write: Callable[[User], Mail]) -> bool:
    """Mail the person of this account; False when there is none, or it is closed.

    As the login role: the worker's own role reads no account.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return False
    deliver(user.email, lambda: write(user))
    return True


def mail_job(
    naam: str, *, daily: bool = False
) -> Callable[[Callable[[User], Mail]], Callable[[Claim], None]]:
    """Make ``write(user)`` the task ``naam``: mail the person whom its job is about.

    daily: whatever the number of jobs, she gets this mail once a day. Gives what the
    task does with a job that is claimed.
    """

    def decorate(write: Callable[[User], Mail]) -> Callable[[Claim], None]:
        def work(claim: Claim) -> None:
            once = naam if daily else claim.id
            _mail_once(f"mail:{once}:{claim.onderwerp_id}", claim.onderwerp_id, write)
            with acting_as(claim.scope()):
                claim.finish()

        job(naam)(work)
        return work

    return decorate


def _mail_once(key: str, user_id: UUID, write: Callable[[User], Mail]) -> None:
    if not cache.add(key, 1, ONTHOUDEN.total_seconds()):
        return
    try:
        if not mail_account(user_id, write):
            raise JobRefused(_("Dit account is er niet meer."))
    except Exception:
        cache.delete(key)  # nothing went: the next try may
        raise
