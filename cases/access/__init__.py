"""The doors to one kwestie: fetch it and ask whether this person may have it.

Invariant: everything that is not allowed is 404, so nobody learns that a kwestie
exists. Changing is for its own supporter, her plaatsvervanger and the colleague with
whom it was shared to write; the teamleider reads and assigns (selectors.zicht). The
doors of oversight are in ``access.toezicht``.

Guarded by tests/cases/test_access.py and tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from cases import logboek, selectors
from cases.models import (
    Aanmelding,
    AmbtshalveActie,
    CollectieveActiviteit,
    Concept,
    Doorbreking,
    ExternTraject,
    Handeling,
    Kwestie,
    MeldcodeTraject,
    Nevenbelang,
    Plaatsvervanging,
    Verwijzing,
)
from cases.models.basis import Weggooibaar
from cases.models.regels import VanKwestie
from cases.selectors.collectief import own_collectief as own_collectief_at
from cases.selectors.een import one_kwestie
from cases.selectors.kaart import SCHRIJVEN
from cases.selectors.prullenbak import SOORTEN
from cases.selectors.regels import acties_to_review, belang_in, nevenbelangen_at
from cases.selectors.zicht import VAN_EEN_ANDER
from tenants.access import Plek, Wie
from tenants.roles import Recht


def plek_with(wie: Wie, plek: Plek | None, *rechten: Recht) -> Plek:
    """The place in the path when she has one of ``rechten`` there; else 404."""
    if plek is None or not any(wie.may(recht, plek.id) for recht in rechten):
        raise Http404
    return plek


def caseworker(wie: Wie) -> Wie:
    """This person when she works on kwesties anywhere; else 404."""
    if not wie.can(Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM):
        raise Http404
    return wie


KAART = (Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN)


def reads_kaart(wie: Wie) -> Wie:
    """This person when she sees the social chart of any tenant; else 404."""
    if not wie.can(*KAART):
        raise Http404
    return wie


def plek_on_kaart(wie: Wie, plek: Plek | None) -> Plek:
    """The place in the path when she sees its social chart; else 404."""
    return plek_with(wie, plek, *KAART)


def plek_keeps_kaart(wie: Wie, plek: Plek | None) -> Plek:
    """The place in the path when she keeps its social chart; else 404."""
    return plek_with(wie, plek, *SCHRIJVEN)


def with_right_anywhere(wie: Wie, recht: Recht) -> Wie:
    """This person when she has the right for any tenant; else 404."""
    if not wie.can(recht):
        raise Http404
    return wie


def _one(wie: Wie, plek: Plek, rows: QuerySet[Kwestie], pk: UUID) -> Kwestie:
    kwestie = rows.select_related("client", "ondersteuner").filter(pk=pk).first()
    if kwestie is None:
        raise Http404
    if Recht.KWESTIE_TEAM not in plek.rechten:  # who leads gives it to somebody else
        _check_stand_in(wie, plek, kwestie)
    return kwestie


def kwestie_for(
    wie: Wie, plek: Plek | None, pk: UUID, *, write: bool = False
) -> Kwestie:
    """The kwestie, with its client and supporter, to read or to change; else 404."""
    here = plek_with(wie, plek, Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM)
    found = one_kwestie(wie, here, pk, write=write)
    if found is None:
        raise Http404
    _check_stand_in(wie, here, found)
    return found


def _check_stand_in(wie: Wie, plek: Plek, kwestie: Kwestie) -> None:
    """An interest keeps out whoever stands in or reads along (V11): 404, on record."""
    if wie.user_id is not None and is_kept_out(wie, plek, kwestie):
        logboek.belang_in_de_weg(wie, kwestie, wie.user_id)
        raise Http404


def is_kept_out(wie: Wie, plek: Plek, kwestie: Kwestie) -> bool:
    """She has it from somebody else, and an interest in whom it is about (V11)."""
    if selectors.grond_of(kwestie) not in VAN_EEN_ANDER:
        return False
    return wie.user_id is not None and bool(belang_in(kwestie, wie.user_id, plek.type))


def concept_for(
    wie: Wie, plek: Plek, soort: str, kwestie: Kwestie | None, pk: str = ""
) -> Concept | None:
    """Her draft of this form about this kwestie: the one with id ``pk`` (text from
    an address), else the last one; None when there is none. Being shown is recorded.
    """
    try:
        wanted = UUID(pk) if pk else None
    except ValueError:
        wanted = None
    about = kwestie.pk if kwestie else None
    found = selectors.last_concept(wie, plek, soort, about, wanted)
    if found is not None:
        logboek.concept_geopend(wie, found)
    return found


def own_concept(wie: Wie, plek: Plek, pk: UUID) -> Concept:
    """Her own draft here; else 404."""
    rows = Concept.objects.filter(tenant_id=plek.id, medewerker_id=wie.user_id, pk=pk)
    found = rows.select_related("kwestie").first()
    if found is None:
        raise Http404
    return found


def kwestie_to_assign(wie: Wie, plek: Plek | None, pk: UUID) -> Kwestie:
    """The kwestie for the teamleider who decides whose it is; else 404.

    Of one that is STRIKT and without a supporter she sees the number (``grond``).
    """
    here = plek_with(wie, plek, Recht.KWESTIE_TEAM)
    return _one(wie, here, selectors.assignable_for(wie, here), pk)


def kwestie_to_put_right(wie: Wie, plek: Plek | None, pk: UUID) -> Kwestie:
    """A kwestie of hers, or of the team that she leads; else 404."""
    here = plek_with(wie, plek, Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM)
    is_leader = Recht.KWESTIE_TEAM in here.rechten
    rows = selectors.readable_for if is_leader else selectors.writable_for
    return _one(wie, here, rows(wie, here), pk)


Deel = TypeVar("Deel", bound=VanKwestie)


def part_of(kwestie: Kwestie, model: type[Deel], pk: UUID) -> Deel:
    """A consent, step … of a kwestie one has already; else 404."""
    rows: QuerySet[Deel] = QuerySet(model)
    found = rows.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie, pk=pk).first()
    if found is None:
        raise Http404
    return found


def deel_of(kwestie: Kwestie, soort: str, pk: UUID) -> Weggooibaar:
    """A part (Prullenbak.Soort) of a kwestie one has already; else 404."""
    rows = SOORTEN[soort].objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    found: Weggooibaar | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_handeling(wie: Wie, plek: Plek, pk: UUID) -> Handeling:
    """What she did herself a moment ago; else 404."""
    rows = Handeling.objects.filter(tenant_id=plek.id, medewerker_id=wie.user_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def traject_of(kwestie: Kwestie, pk: UUID) -> ExternTraject:
    """A formal route of a kwestie one has already; else 404."""
    rows = ExternTraject.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def verwijzing_of(kwestie: Kwestie, pk: UUID) -> Verwijzing:
    """A referral of a kwestie one has already; else 404."""
    rows = Verwijzing.objects.filter(tenant_id=kwestie.tenant_id, kwestie=kwestie)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_belang(wie: Wie, plek: Plek, pk: UUID) -> Nevenbelang:
    """An interest that she declared here herself; else 404."""
    found = nevenbelangen_at(plek.id, wie.user_id).filter(pk=pk).first()
    if found is None or wie.user_id is None:
        raise Http404
    return found


def own_collectief(wie: Wie, plek: Plek, pk: UUID) -> CollectieveActiviteit:
    """Work without a client that she recorded here herself; else 404."""
    found = own_collectief_at(wie, plek.id).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def actie_to_review(wie: Wie, plek: Plek, pk: UUID) -> AmbtshalveActie:
    """An action that waits for her review; else 404."""
    found = acties_to_review(wie).filter(tenant_id=plek.id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def kwestie_to_hand_over(wie: Wie, plek: Plek | None, pk: UUID) -> Kwestie:
    """The kwestie for who decides who else may have it; else 404."""
    here = plek_with(wie, plek, Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM)
    return _bare(_one(wie, here, selectors.handed_over_by(wie, here), pk))


def _bare(kwestie: Kwestie) -> Kwestie:
    """Of one she may not read, without its texts and its client: what a page does not
    have, it cannot show.
    """
    if selectors.grond_of(kwestie) == selectors.Grond.AFGESCHERMD:
        kwestie.client = None
        for field in kwestie._meta.concrete_fields:
            if field.name.endswith("_v"):
                setattr(kwestie, field.name, None)
    return kwestie


def kwestie_to_share(wie: Wie, plek: Plek | None, pk: UUID) -> Kwestie:
    """The kwestie for its supporter or the teamleider who shares it; else 404."""
    found = kwestie_to_hand_over(wie, plek, pk)
    if not selectors.may_share(wie, found):
        raise Http404
    return found


def team_planner(wie: Wie, plek: Plek | None) -> Plek:
    """The place where she makes and ends plaatsvervangingen; else 404 (S103)."""
    return plek_with(wie, plek, Recht.KWESTIE_TEAM, Recht.TENANT_BEHEREN)


def plaatsvervanging_for(wie: Wie, plek: Plek | None, pk: UUID) -> Plaatsvervanging:
    """One plaatsvervanging of this place; else 404."""
    here = team_planner(wie, plek)
    found = selectors.plaatsvervangingen_at([here.id]).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def doorbreking_for(wie: Wie, plek: Plek | None, pk: UUID) -> Doorbreking:
    """A request to break confidentiality, for who has the kwestie to write, the
    colleague who looks at it and the one who decides (S24); else 404.
    """
    here = plek_with(wie, plek, Recht.KWESTIE_EIGEN, Recht.DOORBREKING_BESLISSEN)
    rows = Doorbreking.objects.filter(tenant_id=here.id, pk=pk)
    found = rows.select_related("aanvrager", "toetser", "beslisser").first()
    if found is None:
        raise Http404
    is_named = (
        wie.user_id == found.toetser_id and Recht.KWESTIE_EIGEN in here.rechten
    ) or (
        wie.user_id == found.beslisser_id
        and Recht.DOORBREKING_BESLISSEN in here.rechten
    )
    if not is_named and not has_to_write(wie, here, found.kwestie_id):
        raise Http404
    return found


def has_to_write(wie: Wie, plek: Plek, kwestie_id: UUID) -> bool:
    """True when this person may change that kwestie; an interest that keeps her out of
    the kwestie keeps her out of what hangs on it (V11).
    """
    if Recht.KWESTIE_EIGEN not in plek.rechten:
        return False
    found = selectors.writable_for(wie, plek).filter(pk=kwestie_id).first()
    return found is not None and not is_kept_out(wie, plek, found)


def meldcode_for(wie: Wie, plek: Plek | None, pk: UUID) -> MeldcodeTraject:
    """A meldcode, for who has the kwestie to write and the second person; else 404."""
    here = plek_with(wie, plek, Recht.KWESTIE_EIGEN, Recht.KWESTIE_TEAM)
    rows = MeldcodeTraject.objects.filter(tenant_id=here.id, pk=pk)
    found = rows.select_related("gestart_door", "verantwoordelijke").first()
    if found is None:
        raise Http404
    is_second = wie.user_id == found.verantwoordelijke_id
    if not is_second and not has_to_write(wie, here, found.kwestie_id):
        raise Http404
    return found


def aanmelding_for(wie: Wie, plek: Plek | None, pk: UUID) -> Aanmelding:
    """A question that nobody took up yet, for who leads the team; else 404."""
    here = plek_with(wie, plek, Recht.KWESTIE_TEAM)
    rows = Aanmelding.objects.filter(
        tenant_id=here.id, pk=pk, kwestie__isnull=True, naar__isnull=True
    )
    found = rows.select_related("loketsleutel").first()
    if found is None:
        raise Http404
    return found
