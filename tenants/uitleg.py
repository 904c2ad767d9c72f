"""Why somebody may do something somewhere, or not: every condition, one by one.

The answer is put together apart from ``tenants.access`` on purpose, and a test holds
the two against each other for everybody and every right.
Guarded by tests/tenants/test_uitleg.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from tenants.groepen import Lid
from tenants.models import Geheimhouding, Membership, User
from tenants.roles import LABELS, MEDEWERKER, ROLLEN, Recht
from tenants.verklaring import VERSIE


@dataclass(frozen=True, slots=True)
class Rolregel:
    """A membership, and whether it gives the right that was asked about.

    stand: "geldig", "voorbij" or "komt". zonder: the role gives it, this person not.
    """

    rol: str
    naam: str
    van: date
    tot: date | None
    stand: str
    geeft: bool
    zonder: bool


@dataclass(frozen=True, slots=True)
class Uitleg:
    """The conditions together; ``mag`` is true when each of them is met.

    getekend_op: None when not signed; is_medewerker False: nothing to sign.
    groepen: through which groups guardian holds it. los: through one, while no role
    gives it.
    """

    user_id: UUID
    naam: str
    tenant_id: int
    recht: str
    label: str
    is_actief: bool
    is_medewerker: bool
    getekend_op: datetime | None
    rollen: tuple[Rolregel, ...]
    groepen: tuple[str, ...]

    @property
    def bewaard(self) -> bool:
        """A group that she is in has it."""
        return bool(self.groepen)

    @property
    def is_gegeven(self) -> bool:
        """A role that is valid today gives it."""
        return any(r.stand == "geldig" and r.geeft for r in self.rollen)

    @property
    def is_getekend(self) -> bool:
        return not self.is_medewerker or self.getekend_op is not None

    @property
    def los(self) -> bool:
        return self.bewaard and not self.is_gegeven

    @property
    def mag(self) -> bool:
        return self.is_actief and self.is_getekend and self.is_gegeven and self.bewaard

    def to_json(self) -> dict[str, Any]:
        return {
            "recht": self.recht,
            "mag": self.mag,
            "actief": self.is_actief,
            "getekend": self.is_getekend,
            "rol_geeft_het": self.is_gegeven,
            "rij_in_guardian": self.bewaard,
            "groepen": list(self.groepen),
            "rij_zonder_rol": self.los,
            "rollen": [
                {
                    "rol": r.rol,
                    "van": r.van.isoformat(),
                    "tot": r.tot.isoformat() if r.tot else None,
                    "stand": r.stand,
                    "geeft": r.geeft,
                }
                for r in self.rollen
            ],
        }


def explain(user: User, tenant_id: int, rechten: Iterable[str] = ()) -> list[Uitleg]:
    """Each of ``rechten`` (all when none is given) for this person and tenant.

    user: with id, naam, soort and is_active. Inside a staff scope that reads the tenant.
    """
    memberships = list(
        Membership.objects.filter(tenant_id=tenant_id, user_id=user.pk).order_by("rol")
    )
    stored = _stored(tenant_id, user.pk)
    signed = Geheimhouding.objects.filter(medewerker_id=user.pk, versie=VERSIE)
    getekend_op = signed.values_list("getekend_op", flat=True).first()
    return [
        Uitleg(
            user_id=user.pk,
            naam=user.naam,
            tenant_id=tenant_id,
            recht=str(recht),
            label=str(LABELS[recht]),
            is_actief=user.is_active,
            is_medewerker=user.soort == MEDEWERKER,
            getekend_op=getekend_op,
            rollen=tuple(_regel(m, recht) for m in memberships),
            groepen=tuple(sorted(stored.get(str(recht), ()))),
        )
        for recht in Recht
        if not rechten or recht in set(rechten)
    ]


def _regel(membership: Membership, recht: Recht) -> Rolregel:
    today = timezone.localdate()
    rol = ROLLEN[membership.rol]
    is_over = membership.tot is not None and membership.tot < today
    stand = "voorbij" if is_over else "komt" if membership.van > today else "geldig"
    zonder = recht in membership.zonder
    return Rolregel(
        rol=rol.code,
        naam=str(rol.naam),
        van=membership.van,
        tot=membership.tot,
        stand=stand,
        geeft=recht in rol.rechten and not zonder,
        zonder=zonder and recht in rol.rechten,
    )


def _stored(tenant_id: int, user_id: UUID) -> dict[str, set[str]]:
    """What guardian holds for her here: right → names of the groups it goes by."""
    right = "group__tenantgroupobjectpermission"
    rows = Lid.objects.filter(
        **{"user_id": user_id, f"{right}__content_object_id": tenant_id}
    ).values_list(f"{right}__permission__codename", "group__name")
    found: dict[str, set[str]] = {}
    for code, naam in rows:
        found.setdefault(code, set()).add(naam)
    return found
