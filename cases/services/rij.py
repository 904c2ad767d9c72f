"""One row of a kwestie while a verb works on it: locked, moved, stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.lifecycle import allows
from cases.models import Client, Kwestie, Status
from cases.selectors import assignable_for, handed_over_by, writable_for
from cases.services.belang import check_stand_in
from cases.services.regels import KwestieError, still_missing
from tenants.access import Refused, Wie
from tenants.roles import Recht

WACHTEND = (Status.WACHT_CLIENT, Status.WACHT_DERDEN)
VOORBIJ = (Status.DOORGELEID, Status.GEANONIMISEERD, Status.VERNIETIGD)


def _locked(rows: QuerySet[Kwestie], kwestie_id: UUID, recht: Recht) -> Kwestie:
    kwestie = rows.select_for_update().filter(pk=kwestie_id).first()
    if kwestie is None:
        raise Refused(recht)
    check_unrestricted(kwestie)
    return kwestie


def check_unrestricted(kwestie: Kwestie) -> None:
    """Raise KwestieError while nothing may be done with the client's data (AVG 18)."""
    if is_restricted(kwestie):
        raise KwestieError(
            _(
                "De gegevens van deze cliënt zijn beperkt (AVG). Je kunt nu niets"
                " veranderen. Sluit eerst het verzoek om beperking."
            )
        )


def is_restricted(kwestie: Kwestie) -> bool:
    """True while nothing may be done with the data of its client (AVG 18)."""
    if kwestie.client_id is None:
        return False
    return Client.objects.filter(
        tenant_id=kwestie.tenant_id, pk=kwestie.client_id, beperkt_op__isnull=False
    ).exists()


def own_locked(actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    """A kwestie that the actor may change, locked. Raises Refused."""
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    rows = writable_for(actor, actor.plekken[tenant_id])
    kwestie = _locked(rows, kwestie_id, Recht.KWESTIE_EIGEN)
    check_stand_in(actor, kwestie)
    return kwestie


def team_locked(actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    """A kwestie of the team that the actor leads, locked. Raises Refused."""
    actor.require(Recht.KWESTIE_TEAM, tenant_id)
    rows = assignable_for(actor, actor.plekken[tenant_id])
    return _locked(rows, kwestie_id, Recht.KWESTIE_TEAM)


def trusted_locked(actor: Wie, tenant_id: int, kwestie_id: UUID) -> Kwestie:
    """A kwestie of which the actor decides who else has it, locked. Raises Refused."""
    if tenant_id not in actor.with_right(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM):
        raise Refused(Recht.KWESTIE_EIGEN)
    rows = handed_over_by(actor, actor.plekken[tenant_id])
    return _locked(rows, kwestie_id, Recht.KWESTIE_EIGEN)


@contextmanager
def once(sleutel: str) -> Iterator[None]:
    """For a row of which the form chose the id: of somebody else's form it is taken.

    sleutel: name of the primary key. Raises KwestieError.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if sleutel not in str(error):
            raise
        raise KwestieError(
            _("Dit formulier is al gebruikt. Begin een nieuw formulier.")
        ) from error


def check_alive(kwestie: Kwestie) -> None:
    """Raise KwestieError when the kwestie is no file any more."""
    if kwestie.status in VOORBIJ:
        raise KwestieError(
            _("Deze kwestie is “%(status)s”. Je kunt er niets meer aan veranderen.")
            % {"status": Status(kwestie.status).label}
        )


def move(kwestie: Kwestie, naar: str) -> str:
    """Give the kwestie its next status along an arrow; returns the one it had."""
    van = kwestie.status
    if not allows(van, naar):
        raise KwestieError(
            _(
                "Dit kan nu niet: de kwestie is “%(van)s” en kan niet naar “%(naar)s”."
                " Open de kwestie opnieuw en kijk wat er veranderd is."
            )
            % {"van": Status(van).label, "naar": Status(naar).label}
        )
    kwestie.status = naar
    return van


def store(kwestie: Kwestie, velden: Iterable[str]) -> None:
    """Write these columns and the marks of a change; never the counted columns."""
    kwestie.versie += 1
    kwestie.gewijzigd_op = timezone.now()
    kwestie.aan_te_vullen = still_missing(kwestie)
    marks = ("versie", "gewijzigd_op", "aan_te_vullen")
    kwestie.save(update_fields=[*velden, *marks])
