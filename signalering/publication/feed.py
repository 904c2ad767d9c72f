"""The Atom feed: what became public, and what was withdrawn, newest change first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from signalering.models import Publicatie
from signalering.publication.gegevens import LICENTIE, absolute, title

MOST = 50  # entries of one feed


def changed_at(publicatie: Publicatie) -> datetime:
    """When something about it changed last."""
    return publicatie.ingetrokken_op or publicatie.gepubliceerd_op


def atom(publicaties: Iterable[Publicatie], *, van: str = "", pad: str) -> str:
    """The feed as a document; ``van``: the name of the one opdrachtgever it is of,
    ``pad``: its own path. In Dutch, as the reports are.
    """
    with override("nl"):
        return _atom(publicaties, van, pad)


def _atom(publicaties: Iterable[Publicatie], van: str, pad: str) -> str:
    name = _("Openbare signaleringsrapportages")
    feed = Atom1Feed(
        title=f"{name}: {van}" if van else name,
        link=absolute(reverse("signalering:openbaar")),
        description=_("Wat openbaar werd, en wat is ingetrokken."),
        language="nl",
        author_name=settings.OPENDATA_UITGEVER,
        feed_copyright=LICENTIE,
        feed_url=absolute(pad),
        feed_guid=absolute(pad),
    )
    for publicatie in sorted(publicaties, key=changed_at, reverse=True)[:MOST]:
        withdrawn = publicatie.ingetrokken_op is not None
        naam = title(publicatie)
        about = {"titel": naam, "reden": publicatie.ingetrokken_reden}
        feed.add_item(
            title=_("Ingetrokken: %(titel)s") % about if withdrawn else naam,
            link=absolute(reverse("signalering:publicatie", args=[publicatie.pk])),
            # A summary is HTML in Atom as Django writes it; a reason is people's text.
            description=escape(
                _("Dit rapport is ingetrokken. De reden: %(reden)s") % about
                if withdrawn
                else _("Signaleringsrapportage van %(titel)s.") % about
            ),
            unique_id=f"urn:uuid:{publicatie.pk}",
            pubdate=publicatie.gepubliceerd_op,
            updateddate=changed_at(publicatie),
            categories=["ingetrokken" if withdrawn else "openbaar"],
        )
    return feed.writeString("utf-8")
