"""The content of a file, and the texts that letters are made of.

Guarded by tests/cases/test_bijlagen.py and test_brieven.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.codelists import label
from cases.models import (
    Bijlage,
    BijlageStuk,
    Brief,
    Client,
    Contactmoment,
    Kwestie,
    Tekstblok,
    Toestemming,
)
from privacy import sleutelring
from privacy.fields import GEWIST
from privacy.sleutelring import Houder
from privacy.sleutels import key_of
from privacy.zegel import Plaats, ZegelFout, open_bytes
from tenants.access import Wie
from tenants.roles import Recht

CONTACTEN = 20


def plaats_of(stuk: BijlageStuk, van: Bijlage) -> tuple[object, ...]:
    """What a piece is bound to: its file, which piece it is, and of how many."""
    table, tenant = BijlageStuk._meta.db_table, van.tenant_id
    return tenant, table, van.pk.hex, "inhoud_v", stuk.nr, van.stukken


def inhoud_of(bijlage: Bijlage) -> bytes:
    """The file itself. Raises ZegelFout: erased, or not what was stored."""
    plaats = Plaats(
        bijlage.tenant_id, BijlageStuk._meta.db_table, bijlage.pk, "inhoud_v"
    )
    houder = Houder(bijlage.tenant_id, "kwestie", bijlage.kwestie_id)
    key = key_of(houder, sleutelring.current())
    pieces = []
    for stuk in BijlageStuk.objects.filter(
        tenant_id=bijlage.tenant_id, bijlage_id=bijlage.pk
    ).order_by("nr"):
        blob = bytes(stuk.inhoud_v or b"")
        if key is None or blob == GEWIST:
            raise ZegelFout(plaats, "sleutel_weg")
        piece = open_bytes(key, blob, *plaats_of(stuk, bijlage))
        if piece is None:
            raise ZegelFout(plaats, "geknoeid")
        pieces.append(piece)
    if len(pieces) != bijlage.stukken:
        raise ZegelFout(plaats, "geknoeid")
    return b"".join(pieces)


def bijlagen_of(client: Client) -> QuerySet[Bijlage]:
    """Every file about this client, also what is in the prullenbak."""
    rows = Bijlage.alles.filter(
        tenant_id=client.tenant_id, kwestie__client_id=client.pk
    )
    return rows.order_by("aangemaakt_op", "id")


def contact_choices(kwestie: Kwestie) -> list[tuple[str, str]]:
    """The last contacts: at which of them the file was given."""
    rows = Contactmoment.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie
    ).order_by("-datum_tijd", "id")[:CONTACTEN]
    found = [
        (str(c.pk), f"{_day(c.datum_tijd)}, {label('kanaal', c.kanaal)}") for c in rows
    ]
    return [("", _("Niet bij een contact")), *found]


def toestemming_choices(kwestie: Kwestie) -> list[tuple[str, str]]:
    """The consents of the client that hold now."""
    rows = Toestemming.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie=kwestie, ingetrokken_op__isnull=True
    ).order_by("-gegeven_op", "id")
    today = timezone.localdate()
    found = [
        (str(t.pk), f"{t.ontvanger_naam} ({_day(t.gegeven_op)})")
        for t in rows
        if t.geldig_tot is None or t.geldig_tot >= today
    ]
    return [("", _("Geen")), *found]


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def tekstblokken_for(wie: Wie) -> QuerySet[Tekstblok]:
    """The shared texts of every place where she works on kwesties."""
    rows = Tekstblok.objects.filter(tenant_id__in=wie.with_right(Recht.KWESTIE_EIGEN))
    return rows.select_related("tenant", "gemaakt_door").order_by(
        "tenant_id", "titel", "id"
    )


def tekstblok_at(tenant_id: int, pk: UUID) -> Tekstblok | None:
    return Tekstblok.objects.filter(tenant_id=tenant_id, pk=pk).first()


def eigen_blokken(tenant_id: int, soort: str) -> Iterable[Tekstblok]:
    """The shared texts for this kind of letter."""
    rows = Tekstblok.objects.filter(tenant_id=tenant_id, soorten__contains=[soort])
    return rows.order_by("titel", "id")


def may_leave(kwestie: Kwestie, brief: Brief) -> bool:
    """V8: a letter that names the client does not go out (any more) while the client
    is anonymous to whom it goes.
    """
    is_known = kwestie.identiteitsstatus == Client.Identiteit.BEKEND
    return is_known or not (brief.is_extern and brief.is_met_client)
