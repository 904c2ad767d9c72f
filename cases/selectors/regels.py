"""Questions about the rules of independence: what hangs on a kwestie, and on whom.

Guarded by tests/cases/test_regels_toestemming.py and its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import (
    OVERHEID,
    AmbtshalveActie,
    Contactmoment,
    Kwestie,
    Nevenbelang,
    Toestemming,
    Wederpartij,
)
from cases.selectors.lijsten import colleagues_at
from cases.selectors.onderdelen import contacten_in
from privacy.voorbereid import Voorbereid
from tenants.access import Wie
from tenants.models import Medewerker, Tenant
from tenants.roles import Recht

# Whom a kwestie is about when it is about the opdrachtgever itself.
EIGEN_KRING = {
    Tenant.Type.GEMEENTE.value: frozenset(OVERHEID),
    Tenant.Type.ZORGAANBIEDER.value: frozenset(
        {Wederpartij.ZORGINST, Wederpartij.INST_MEDEW, Wederpartij.DIENSTVERL}
    ),
}
# Words that tell nothing about which organisation it is.
LEGE_WOORDEN = {"stichting", "vereniging", "bv", "nv", "de", "het", "van", "en", "voor"}


def uses_of(kwestie: Kwestie) -> dict[UUID, int]:
    """How often each consent was used: contacts without the client (S13)."""
    return dict(Counter(contacten_in(kwestie).gebruik))


def usable_toestemmingen(kwestie: Kwestie) -> QuerySet[Toestemming]:
    """Those that may hold for a contact that is recorded now, latest first.

    Also one that was taken back or ran out lately: the contact may be of before. The
    service looks at the moment of the contact itself.
    """
    lately = timezone.now() - timedelta(days=31)
    return Toestemming.objects.filter(
        Q(ingetrokken_op__isnull=True) | Q(ingetrokken_op__gte=lately),
        Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=lately.date()),
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
    ).order_by("-gegeven_op", "id")


def yearly_uses(tenant_id: int, jaar: int) -> int:
    """Contacts without the client in a year, for the teamleider (S13)."""
    return Contactmoment.objects.filter(
        tenant_id=tenant_id,
        toestemming__isnull=False,
        datum_tijd__year=jaar,
    ).count()


# ---------------------------------------------------------------------- interests


def naamwoorden(organisatie: str) -> frozenset[str]:
    """The words by which an organisation is known, without legal form or capitals."""
    words = re.findall(r"\w+", organisatie.casefold().replace(".", ""))
    return frozenset(words) - LEGE_WOORDEN


def is_same_organisation(een: str, ander: str) -> bool:
    """True when one name is the other, or the other with words added to it."""
    here, there = naamwoorden(een), naamwoorden(ander)
    return bool(here and there) and (here <= there or there <= here)


def nevenbelangen_at(
    tenant_id: int, medewerker_id: UUID | None = None, dag: date | None = None
) -> QuerySet[Nevenbelang]:
    """What was declared at this tenant, of one colleague or of all; on ``dag`` only."""
    rows = Nevenbelang.objects.filter(tenant_id=tenant_id)
    if medewerker_id is not None:
        rows = rows.filter(medewerker_id=medewerker_id)
    if dag is not None:
        rows = rows.filter(Q(tot__isnull=True) | Q(tot__gte=dag), van__lte=dag)
    return rows.select_related("medewerker").order_by("medewerker__naam", "van", "id")


def belang_in(
    kwestie: Kwestie, medewerker_id: UUID, tenant_type: str
) -> Nevenbelang | None:
    """An interest of this colleague in whom the kwestie is about, today (V11).

    An interest in the opdrachtgever counts for every kwestie there, unless it is known
    to be about somebody else.
    """
    declared = _DECLARED(
        tenant=kwestie.tenant_id, wie=medewerker_id, dag=timezone.localdate()
    )
    return first_belang(kwestie, declared, tenant_type)


def _declared(*, tenant: int, wie: UUID, dag: date) -> QuerySet[Nevenbelang]:
    return nevenbelangen_at(tenant, wie, dag)


_DECLARED = Voorbereid(_declared)


def first_belang(
    kwestie: Kwestie, declared: Iterable[Nevenbelang], tenant_type: str
) -> Nevenbelang | None:
    """The first of these interests that is in whom the kwestie is about."""
    about = set(kwestie.wederpartij)
    own_circle = not about or bool(about & EIGEN_KRING[tenant_type])
    for belang in declared:
        if belang.is_opdrachtgever:
            if own_circle:
                return belang
        elif any(
            is_same_organisation(belang.organisatie, een)
            for een in kwestie.wederpartij_organisatie.split(";")
        ):
            return belang
    return None


def may_see_belangen(wie: Wie, tenant_id: int) -> bool:
    """The teamleider and who administers a tenant see those of the whole team."""
    return wie.may(Recht.KWESTIE_TEAM, tenant_id) or wie.may(
        Recht.TENANT_BEHEREN, tenant_id
    )


# ----------------------------------------------------------------- colleague's review


def acties_to_review(wie: Wie) -> QuerySet[AmbtshalveActie]:
    """Actions without assent that wait for the review of this colleague (S84)."""
    return (
        AmbtshalveActie.objects.filter(
            tenant_id__in=wie.with_right(Recht.KWESTIE_EIGEN),
            toetser_id=wie.user_id,
            toets_op__isnull=True,
            kwestie__weggegooid_op__isnull=True,
        )
        .select_related("voorgesteld_door", "tenant")
        .order_by("aangemaakt_op", "id")
    )


def reviewers_at(tenant_id: int, without: UUID | None) -> QuerySet[Medewerker]:
    """Colleagues with kwesties of this tenant who are not the proposer."""
    return colleagues_at(tenant_id, strikt=True).exclude(pk=without)
