"""Questions about people, for who administers: whom there is, and what she is doing.

Only of tenants that the asker administers; each query names them.
Guarded by tests/tenants/test_mensen.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from tenants.models import (
    Aanstelling,
    Geheimhouding,
    Medewerker,
    Membership,
    Rolverzoek,
    Uitnodiging,
    User,
)
from tenants.roles import MEDEWERKER, ROLLEN, Recht
from tenants.verklaring import VERSIE
from tenants.wie import Plek, Wie

ACTIEF, KOMT, GESTOPT = "actief", "komt", "gestopt"
ONGETEKEND, UITGENODIGD = "ongetekend", "uitgenodigd"


@dataclass(frozen=True, slots=True)
class Rolhouder:
    """One role of one person at one tenant. stand: ACTIEF, KOMT or GESTOPT."""

    id: UUID
    plek: Plek
    rol: str
    naam: str
    van: date
    tot: date | None
    stand: str
    zonder: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Persoon:
    """Somebody with a role, now or before, at a tenant of the asker."""

    id: UUID
    naam: str
    email: str
    soort: str
    stand: str
    laatst: datetime | None
    rollen: tuple[Rolhouder, ...]
    medewerker: Medewerker | None
    getekend_op: datetime | None

    @property
    def functie(self) -> str:
        return self.medewerker.get_functie_display() if self.medewerker else ""

    @property
    def is_medewerker(self) -> bool:
        return self.soort == MEDEWERKER

    @property
    def nu(self) -> list[str]:
        """Her roles of today in words, each once."""
        names = [r.naam for r in self.rollen if r.stand == ACTIEF]
        return list(dict.fromkeys(names))


def administered(wie: Wie) -> tuple[int, ...]:
    return wie.with_right(Recht.TENANT_BEHEREN)


def plek_beheerd(wie: Wie, plek: Plek | None) -> Plek:
    """The place in the path when she administers it; else 404."""
    if plek is None or not wie.may(Recht.TENANT_BEHEREN, plek.id):
        raise Http404
    return plek


def administrator(wie: Wie) -> Wie:
    """This person when she administers any tenant; else 404."""
    if not administered(wie):
        raise Http404
    return wie


def _memberships(
    tenants: Sequence[int], users: Iterable[UUID] | None
) -> QuerySet[Membership]:
    rows = Membership.objects.filter(tenant_id__in=tenants)
    if users is not None:
        rows = rows.filter(user_id__in=list(users))
    return rows.order_by("tenant_id", "rol")


def _stand_of(row: Membership, today: date) -> str:
    if row.tot is not None and row.tot < today:
        return GESTOPT
    return KOMT if row.van > today else ACTIEF


def people(
    wie: Wie, tenants: Sequence[int], users: Iterable[UUID] | None = None
) -> list[Persoon]:
    """Everybody with a role, now or before, at ``tenants``, by name; or only ``users``.

    Five queries, whatever their number.
    """
    today = timezone.localdate()
    held: dict[UUID, list[Rolhouder]] = {}
    for row in _memberships(tenants, users):
        plek = wie.plekken[row.tenant_id]
        held.setdefault(row.user_id, []).append(
            Rolhouder(
                id=row.pk,
                plek=plek,
                rol=row.rol,
                naam=str(ROLLEN[row.rol].naam),
                van=row.van,
                tot=row.tot,
                stand=_stand_of(row, today),
                zonder=tuple(row.zonder),
            )
        )
    accounts = User.objects.filter(pk__in=held).only(
        "id", "naam", "email", "soort", "is_active", "last_login"
    )
    colleagues = Medewerker.objects.in_bulk(held)
    signed = dict(
        Geheimhouding.objects.filter(medewerker_id__in=held, versie=VERSIE).values_list(
            "medewerker_id", "getekend_op"
        )
    )
    found = []
    for account in accounts:
        rollen = tuple(held[account.pk])
        getekend_op = signed.get(account.pk)
        found.append(
            Persoon(
                id=account.pk,
                naam=account.naam,
                email=account.email,
                soort=account.soort,
                stand=_stand(account, rollen, is_signed=getekend_op is not None),
                laatst=account.last_login,
                rollen=rollen,
                medewerker=colleagues.get(account.pk),
                getekend_op=getekend_op,
            )
        )
    return sorted(found, key=lambda one: (one.naam.casefold(), str(one.id)))


def _stand(account: User, rollen: Sequence[Rolhouder], *, is_signed: bool) -> str:
    standen = {r.stand for r in rollen}
    if not account.is_active or standen == {GESTOPT}:
        return GESTOPT
    if account.soort == MEDEWERKER and not is_signed:
        return ONGETEKEND
    return ACTIEF if ACTIEF in standen else KOMT


def search(persons: list[Persoon], zoek: str, stand: str) -> list[Persoon]:
    """Those with ``zoek`` in name or address, and of this stand ('': all)."""
    wanted = zoek.strip().casefold()
    return [
        one
        for one in persons
        if (not wanted or wanted in f"{one.naam} {one.email}".casefold())
        and (not stand or one.stand == stand)
    ]


def person_for(wie: Wie, pk: UUID, tenants: Sequence[int] | None = None) -> Persoon:
    """Somebody with a role at a tenant she administers (or ``tenants``); else 404."""
    here = administered(wie) if tenants is None else tuple(tenants)
    found = people(administrator(wie), here, [pk])
    if not found:
        raise Http404
    return found[0]


def membership_for(wie: Wie, plek: Plek, pk: UUID) -> Membership:
    """A role at the tenant of the path; else 404."""
    here = plek_beheerd(wie, plek)
    found = Membership.objects.filter(tenant_id=here.id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def uitnodigingen_at(tenants: Sequence[int]) -> QuerySet[Uitnodiging]:
    """The open ones, newest first."""
    return Uitnodiging.objects.filter(
        tenant_id__in=tenants, aangenomen_op__isnull=True, ingetrokken_op__isnull=True
    ).order_by("-gemaakt_op")


def uitnodiging_for(wie: Wie, plek: Plek, pk: UUID) -> Uitnodiging:
    here = plek_beheerd(wie, plek)
    found = Uitnodiging.objects.filter(tenant_id=here.id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def verzoeken_at(tenants: Sequence[int]) -> QuerySet[Rolverzoek]:
    """What waits for a decision, oldest first."""
    return (
        Rolverzoek.objects.select_related("door")
        .filter(tenant_id__in=tenants, besluit__isnull=True)
        .order_by("gevraagd_op")
    )


def verzoek_for(wie: Wie, plek: Plek, pk: UUID) -> Rolverzoek:
    here = plek_beheerd(wie, plek)
    rows = Rolverzoek.objects.select_related("door", "besloten_door")
    found = rows.filter(tenant_id=here.id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def aanstellingen_of(tenants: Sequence[int], pk: UUID) -> QuerySet[Aanstelling]:
    rows = Aanstelling.objects.filter(tenant_id__in=tenants, medewerker_id=pk)
    return rows.order_by("-van")


def aanstelling_for(wie: Wie, plek: Plek, pk: UUID) -> Aanstelling:
    here = plek_beheerd(wie, plek)
    rows = Aanstelling.objects.select_related("medewerker")
    found = rows.filter(tenant_id=here.id, pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Cel:
    """One person × one role in the matrix; ``houdt`` when she has it."""

    rol: str
    naam: str
    houdt: Rolhouder | None


def matrix(persons: Sequence[Persoon], soort: str) -> list[tuple[Persoon, list[Cel]]]:
    """Rows of people of one kind, a cell for each role they can have."""
    rollen = [rol for rol in ROLLEN.values() if rol.soort == soort]
    rows = []
    for one in persons:
        if one.soort != soort:
            continue
        held = {r.rol: r for r in one.rollen if r.stand != GESTOPT}
        cells = [Cel(r.code, str(r.naam), held.get(r.code)) for r in rollen]
        rows.append((one, cells))
    return rows
