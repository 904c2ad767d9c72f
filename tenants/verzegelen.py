"""What the beat does for the audit record: seals, the head elsewhere, new parts.

Guarded by tests/privacy/test_zegels.py and test_anker.py.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from privacy import anker, zegels
from tenants.jobs import beat
from tenants.scope import Scope, acting_as

logger = logging.getLogger(__name__)
VERZEGEL = "tenants.verzegelen.verzegel"
VERANKER = "tenants.verzegelen.veranker"
MAANDEN_VOORUIT = 3
ZEGEL = Scope("zegel")


def seal_now() -> int:
    """Seal what can not change any more; returns how many events."""
    with acting_as(ZEGEL):
        return zegels.seal()


def anchor_now() -> int:
    """Make parts for the coming months, and put the head elsewhere; returns its number.

    Loud in the log when there is nowhere to put it: a chain without an anchor can be
    made again from the beginning by who manages the database.
    """
    with acting_as(ZEGEL):
        zegels.make_parts(MAANDEN_VOORUIT)
        head = anker.head()
    if head is None:
        return 0
    if settings.AUDIT_ANKER_PAD:
        anker.write_to(Path(settings.AUDIT_ANKER_PAD), head)
    if settings.AUDIT_ANKER_MAIL:
        anker.mail_to(settings.AUDIT_ANKER_MAIL, head)
    if not (settings.AUDIT_ANKER_PAD or settings.AUDIT_ANKER_MAIL):
        logger.error("the seals have no anchor: set AUDIT_ANKER_MAIL, AUDIT_ANKER_PAD")
    return head.nummer


def kept_since() -> datetime:
    """Events of before this moment may have been removed at the end of their term."""
    return timezone.now() - timedelta(days=365 * settings.AUDIT_BEWAARTERMIJN - 2)


verzegel = beat(VERZEGEL)(seal_now)
veranker = beat(VERANKER)(anchor_now)
