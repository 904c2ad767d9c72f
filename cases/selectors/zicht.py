"""Who sees which kwesties, and why: decided here, once.

Invariant: somebody has a kwestie as its supporter, by a plaatsvervanging that is valid
today (S103), or because it was shared with her until a day that has not passed. A
teamleider reads those of the team besides; of one that is STRIKT, or that a client
wanted away from her, only that it is there (S79, S50). A volunteer never sees STRIKT
(model.md §2.7). Guarded by tests/cases/test_access.py, test_toegang.py and
tests/isolation/test_kwestie_matrix.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from cases.models import CaseGrant, Kwestie, Plaatsvervanging
from privacy.voorbereid import Vandaag
from tenants.access import Plek, Wie
from tenants.roles import CASE_RIGHTS, MEDEWERKER, ROLLEN, Recht

VRIJWILLIGER = "VRIJWILLIGER"
ROLLEN_MET_KWESTIES = tuple(
    rol.code for rol in ROLLEN.values() if Recht.KWESTIE_EIGEN in rol.rechten
)


class Grond(StrEnum):
    """Why somebody has a kwestie; as it stands in the audit record."""

    TOEGEWEZEN = "toegewezen"
    PLAATSVERVANGING = "plaatsvervanging"
    GEDEELD = "gedeeld"  # to read and to change
    MEELEZEN = "meelezen"  # shared to read
    TEAM = "team"
    AFGESCHERMD = "afgeschermd"  # knows that it is there, and no more


# What of a place decides on the conditions here: roles, and rights to kwesties.
Vorm = tuple[frozenset[str], frozenset[str]]
# Hers because of somebody else, who can take it back: an interest keeps her out (V11).
VAN_EEN_ANDER = (Grond.PLAATSVERVANGING, Grond.GEDEELD, Grond.MEELEZEN)
SCHRIJFT = (Grond.TOEGEWEZEN, Grond.PLAATSVERVANGING, Grond.GEDEELD)


def vorm_of(plek: Plek) -> Vorm:
    """Of this place, for a question that is kept (``privacy.voorbereid``)."""
    return plek.rollen, plek.rechten & CASE_RIGHTS


def met_vorm(
    wie: UUID | None, tenants: Sequence[int], vormen: Sequence[Vorm]
) -> tuple[Wie, list[Plek]]:
    """Somebody with these rights at these tenants, and no more: to put a question
    together for whoever has them.
    """
    plekken = [
        Plek(tenant_id, "", "", "", False, rollen, rechten)
        for tenant_id, (rollen, rechten) in zip(tenants, vormen, strict=True)
    ]
    return Wie(wie, "", MEDEWERKER, {plek.id: plek for plek in plekken}), plekken


def is_vrijwilliger(plek: Plek) -> bool:
    """True when the only role with kwesties here is that of a volunteer."""
    return not set(plek.rollen) & set(ROLLEN_MET_KWESTIES) - {VRIJWILLIGER}


def own_in(wie: Wie, plekken: Sequence[Plek]) -> Q:
    """Condition on kwesties of these tenants that are this person's own."""
    here = [plek for plek in plekken if Recht.KWESTIE_EIGEN in plek.rechten]
    own = Q(tenant_id__in=[plek.id for plek in here], ondersteuner_id=wie.user_id)
    informal = [plek.id for plek in here if is_vrijwilliger(plek)]
    if informal:
        own &= ~Q(tenant_id__in=informal, vertrouwelijkheid="STRIKT")
    return own


def valid_now() -> Q:
    """Condition on Plaatsvervanging: its window is open today."""
    return Q(van__lte=Vandaag(), tot__gte=Vandaag(), beeindigd_op__isnull=True)


def substitutions_of(wie: Wie, tenant_id: int) -> QuerySet[Plaatsvervanging]:
    """For whom this person stands in today."""
    return Plaatsvervanging.objects.filter(
        valid_now(), tenant_id=tenant_id, vervanger_id=wie.user_id
    )


def shared_now(wie: Wie, prefix: str = "", *niveaus: str) -> Q:
    """Condition on CaseGrant (behind ``prefix``): shared with her, today still."""
    found = Q(
        **{
            f"{prefix}medewerker_id": wie.user_id,
            f"{prefix}ingetrokken_op__isnull": True,
            f"{prefix}tot__gte": Vandaag(),
        }
    )
    return found & Q(**{f"{prefix}niveau__in": niveaus}) if niveaus else found


def let_in(wie: Wie, plek: Plek) -> Q:
    """Condition: nobody keeps her from this kwestie of somebody else."""
    allowed = _not_kept_out(wie.user_id)
    if is_vrijwilliger(plek):
        allowed &= ~Q(vertrouwelijkheid="STRIKT")
    return allowed


def stands_in(wie: Wie, plek: Plek) -> Exists:
    """The supporter of the kwestie is absent and she is the plaatsvervanger."""
    return Exists(
        substitutions_of(wie, plek.id).filter(afwezige_id=OuterRef("ondersteuner_id"))
    )


def has_grant(wie: Wie, plek: Plek, *niveaus: str) -> Exists:
    """The kwestie was shared with her, to one of ``niveaus`` (none: to any)."""
    return Exists(
        CaseGrant.objects.filter(
            shared_now(wie, "", *niveaus),
            tenant_id=plek.id,
            kwestie_id=OuterRef("pk"),
        )
    )


def cared_for_by(
    wie: Wie, plekken: Sequence[Plek], windows: Sequence[Plaatsvervanging]
) -> QuerySet[Kwestie]:
    """Her own kwesties, and those of whom she stands in for today; ``windows``: the
    plaatsvervangingen of hers that are open now.
    """
    may = own_in(wie, plekken)
    here = {plek.id: plek for plek in plekken if _works_at(plek)}
    for window in windows:
        plek = here.get(window.tenant_id)
        if plek is not None and window.vervanger_id == wie.user_id:
            may |= let_in(wie, plek) & Q(
                tenant_id=plek.id, ondersteuner_id=window.afwezige_id
            )
    if len(here) == len(plekken):  # said twice, PostgreSQL expects next to nothing
        return Kwestie.objects.filter(may)
    return Kwestie.objects.filter(may, tenant_id__in=[plek.id for plek in plekken])


def _works_at(plek: Plek) -> bool:
    return Recht.KWESTIE_EIGEN in plek.rechten


def entrusted_in(wie: Wie, plek: Plek, *niveaus: str) -> Q:
    """Condition: hers, or of the one she stands in for, or shared with her."""
    own = own_in(wie, [plek])
    if not _works_at(plek):
        return own
    others = Q(stands_in(wie, plek)) | Q(has_grant(wie, plek, *niveaus))
    return own | (let_in(wie, plek) & others)


def with_grond(rows: QuerySet[Kwestie], wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """The same rows, each with the ``grond`` on which she has it."""
    allowed = let_in(wie, plek)
    cases = [When(own_in(wie, [plek]), then=Value(Grond.TOEGEWEZEN))]
    if _works_at(plek):
        writes = has_grant(wie, plek, CaseGrant.Niveau.SCHRIJVEN)
        cases += [
            When(allowed & Q(stands_in(wie, plek)), then=Value(Grond.PLAATSVERVANGING)),
            When(allowed & Q(writes), then=Value(Grond.GEDEELD)),
            When(allowed & Q(has_grant(wie, plek)), then=Value(Grond.MEELEZEN)),
        ]
    if Recht.KWESTIE_TEAM in plek.rechten:
        team = allowed & Q(vertrouwelijkheid="NORM")
        cases.append(When(team, then=Value(Grond.TEAM)))
    return rows.annotate(grond=Case(*cases, default=Value(Grond.AFGESCHERMD)))


def grond_of(kwestie: Kwestie) -> str:
    """Its ``grond``; '' when it came from elsewhere (it was just registered)."""
    return str(getattr(kwestie, "grond", ""))


def rows_for(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties of which this person knows that they are there."""
    rows = Kwestie.objects.filter(tenant_id=plek.id)
    if Recht.KWESTIE_TEAM in plek.rechten:
        return rows
    return rows.filter(entrusted_in(wie, plek))


def readable_rows(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties that this person may open, where it does not matter why."""
    may = entrusted_in(wie, plek)
    if Recht.KWESTIE_TEAM in plek.rechten:
        may |= Q(vertrouwelijkheid="NORM") & let_in(wie, plek)
    return Kwestie.objects.filter(may, tenant_id=plek.id)


def readable_for(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties that this person may open, each with her ``grond``."""
    return with_grond(readable_rows(wie, plek), wie, plek)


def writable_rows(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties that this person may change, where it does not matter why."""
    may = entrusted_in(wie, plek, CaseGrant.Niveau.SCHRIJVEN)
    return Kwestie.objects.filter(may, tenant_id=plek.id)


def writable_for(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties that this person may change, each with her ``grond``."""
    return with_grond(writable_rows(wie, plek), wie, plek)


def assignable_for(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties of which the teamleider decides whose they are: what she may read,
    and whatever has no supporter.
    """
    if Recht.KWESTIE_TEAM not in plek.rechten:
        return Kwestie.objects.none()
    may = Q(ondersteuner__isnull=True) | entrusted_in(wie, plek)
    may |= Q(vertrouwelijkheid="NORM") & let_in(wie, plek)
    rows = Kwestie.objects.filter(may, tenant_id=plek.id)
    return with_grond(rows, wie, plek)


def handed_over_by(wie: Wie, plek: Plek) -> QuerySet[Kwestie]:
    """Kwesties of which she decides who else may have them: her own, those of whom
    she stands in for, and as teamleider those of the team; of one that is STRIKT she
    knows the number and the supporter (``grond`` AFGESCHERMD).
    """
    may = own_in(wie, [plek])
    if _works_at(plek):
        may |= let_in(wie, plek) & Q(stands_in(wie, plek))
    if Recht.KWESTIE_TEAM in plek.rechten:
        may |= Q(vertrouwelijkheid="NORM") & let_in(wie, plek)
        may |= strict_of_others(wie.user_id)
    rows = Kwestie.objects.filter(may, tenant_id=plek.id)
    return with_grond(rows, wie, plek)


def strict_of_others(wie: UUID | None) -> Q:
    """Condition: STRIKT, of a colleague, and no client wanted it away from her."""
    strict = Q(vertrouwelijkheid="STRIKT", ondersteuner__isnull=False)
    return strict & ~Q(ondersteuner_id=wie) & _not_kept_out(wie)


def _not_kept_out(wie: UUID | None) -> Q:
    return ~Q(niet_voor__contains=[wie])


def may_share(wie: Wie, kwestie: Kwestie) -> bool:
    """Its supporter, or the teamleider of a kwestie that is not STRIKT; no others.

    ``kwestie`` comes from a selector of this module, so it has its ``grond``.
    """
    leads = wie.may(Recht.KWESTIE_TEAM, kwestie.tenant_id)
    is_norm = kwestie.vertrouwelijkheid != "STRIKT"
    return grond_of(kwestie) == Grond.TOEGEWEZEN or (leads and is_norm)


def plekken_for(wie: Wie) -> list[Plek]:
    """The places where this person works on kwesties, by name."""
    plekken = (p for p in wie.plekken.values() if p.rechten & CASE_RIGHTS)
    return sorted(plekken, key=lambda plek: plek.naam)


def plekken_to_register(wie: Wie) -> list[Plek]:
    """The places for which this person may register kwesties, by name."""
    here = wie.with_right(Recht.KWESTIE_REGISTREREN)
    return sorted((wie.plekken[t] for t in here), key=lambda plek: plek.naam)
