"""Make and change an opdrachtgever (S8).

A new tenant is in nobody's scope yet. Its id is reserved first, and the row is written
in the scope of her who makes it, with that id added: the floor of row security holds
for it like for every other row, and a trigger asks that she administers tenants.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tenants import logboek as rollen
from tenants.beheer import BeheerFout, logboek
from tenants.groepen import sync_permissions
from tenants.models import Gemeente, Membership, Tenant
from tenants.roles import MEDEWERKER, Recht
from tenants.scope import acting_as, reserve_tenant_id
from tenants.selectors import tenant_ids_by_slug
from tenants.wie import Plek, Refused, Wie

BEHEER = "BEHEER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nieuw:
    """A new opdrachtgever: a gemeente by its code, or a zorgaanbieder by its name."""

    type: str
    gemeentecode: str = ""
    naam: str = ""
    kvk: str = ""


def make_tenant(*, actor: Wie, gegevens: Nieuw) -> Plek:
    """The place of a new tenant, in preparation, administered by whoever administers
    with the actor. Raises Refused, BeheerFout.
    """
    if not actor.can(Recht.TENANT_BEHEREN):
        raise Refused(Recht.TENANT_BEHEREN)
    is_gemeente = gegevens.type == Tenant.Type.GEMEENTE
    naam = _gemeente(gegevens.gemeentecode) if is_gemeente else gegevens.naam.strip()
    if not naam:
        raise BeheerFout(_("Vul de naam in."), "naam")
    colleagues = _administrators(actor)
    new_id = reserve_tenant_id()
    plek = Plek(
        id=new_id,
        slug=_slug(naam, is_gemeente),
        naam=naam,
        type=gegevens.type,
        is_fictief=False,
        rollen=frozenset({BEHEER}),
        rechten=frozenset({Recht.TENANT_BEHEREN}),
    )
    there = replace(actor, plekken={**actor.plekken, new_id: plek})
    try:
        with acting_as(there.scope(new_id)):
            _write(there, plek, gegevens, colleagues)
    except IntegrityError as error:
        raise _already_there(error) from error
    return plek


def _write(actor: Wie, plek: Plek, gegevens: Nieuw, colleagues: list[UUID]) -> None:
    """In the scope of the new tenant: its row, and the roles of who administers it."""
    Tenant.objects.bulk_create(
        [
            Tenant(
                id=plek.id,
                slug=plek.slug,
                naam=plek.naam,
                type=plek.type,
                gemeentecode=gegevens.gemeentecode or None,
                kvk=gegevens.kvk,
            )
        ]
    )
    logboek.opdrachtgever_gemaakt(actor, plek.id, plek.type)
    for user_id in colleagues:
        membership = Membership.objects.create(
            tenant_id=plek.id, user_id=user_id, soort=MEDEWERKER, rol=BEHEER
        )
        sync_permissions(tenant_id=plek.id, user_id=user_id)
        rollen.rol_gegeven(actor, membership)


def _administrators(actor: Wie) -> list[UUID]:
    """Who administers a tenant that the actor administers, and the actor herself.

    So a new tenant has as many administrators as the others: a change of one's own
    rights needs a second one.
    """
    today = timezone.localdate()
    rows = Membership.objects.filter(
        tenant_id__in=actor.with_right(Recht.TENANT_BEHEREN), rol=BEHEER
    ).filter(van__lte=today)
    found = {row.user_id for row in rows if row.tot is None or row.tot >= today}
    return sorted(found)


def _gemeente(code: str) -> str:
    found = Gemeente.objects.filter(code=code, is_vervallen=False).first()
    if found is None:
        raise BeheerFout(_("Kies een gemeente uit de lijst."), "gemeentecode")
    return f"Gemeente {found.naam}"


def _slug(naam: str, is_gemeente: bool) -> str:
    bare = naam.removeprefix("Gemeente ") if is_gemeente else naam
    slug = slugify(bare)[:56].strip("-") or "opdrachtgever"
    if not is_gemeente:
        return slug
    taken = tenant_ids_by_slug()  # a provider may be called like a gemeente
    free = (f"{slug}{end}" for end in ("", *(f"-{n}" for n in range(2, 99))))
    return next((one for one in free if one not in taken), slug)


def _already_there(error: IntegrityError) -> Exception:
    if "gemeentecode" in str(error):
        return BeheerFout(
            _("Deze gemeente is al opdrachtgever. Zoek haar op in de lijst."),
            "gemeentecode",
        )
    if "slug" in str(error):
        return BeheerFout(
            _(
                "Er is al een opdrachtgever met deze naam. Geef een naam die verschilt,"
                " bijvoorbeeld met de plaats erbij."
            ),
            "naam",
        )
    return error


@transaction.atomic
def change_tenant(*, actor: Wie, tenant_id: int, naam: str, kvk: str) -> Tenant:
    """Another name or number; the address of its pages stays. Raises Refused."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    tenant = Tenant.objects.get(pk=tenant_id)
    velden = [
        veld
        for veld, waarde in (("naam", naam), ("kvk", kvk))
        if getattr(tenant, veld) != waarde
    ]
    if velden:
        tenant.naam, tenant.kvk = naam, kvk
        tenant.save(update_fields=velden)
        logboek.opdrachtgever_gewijzigd(actor, tenant_id, velden)
    return tenant


def renamed(tenant: Tenant) -> str:
    """How the list of gemeenten calls this gemeente now, when that is otherwise."""
    if not tenant.gemeentecode:
        return ""
    found = Gemeente.objects.filter(code=tenant.gemeentecode).first()
    if found is None or tenant.naam.endswith(found.naam):
        return ""
    return found.naam


def is_valid_on(membership: Membership, day: date) -> bool:
    """Whether the role counts on ``day``."""
    return membership.van <= day and (membership.tot is None or membership.tot >= day)
