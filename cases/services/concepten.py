"""Keep what somebody types until she sends it, and how she looks at the list.

Nothing is checked here: a draft is what was typed, right or wrong. The rules speak
when the form itself is sent. Guarded by tests/cases/test_concepten.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import BewaardFilter, Concept, Contactmoment, Kwestie
from cases.services.regels import KwestieError
from cases.services.wissen import delete_concepten
from tenants.access import Wie
from tenants.roles import Recht

MOST_CHARACTERS = 100_000  # of one draft: more than all its fields can hold
MOST_FILTERS = 20


@transaction.atomic
def save_concept(
    *,
    actor: Wie,
    tenant_id: int,
    concept_id: UUID,
    soort: str,
    kwestie_id: UUID | None,
    velden: Mapping[str, Sequence[str]],
) -> Concept | None:
    """Keep ``velden`` (name → what was typed) as the actor's draft ``concept_id``.

    None when the form was sent meanwhile, so that there is nothing left to keep.
    Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    text = json.dumps({name: list(values) for name, values in velden.items()})
    if len(text) > MOST_CHARACTERS:
        raise KwestieError(_("Dit is te veel tekst voor een concept."))
    same = {"tenant_id": tenant_id, "pk": concept_id}
    for sent in (Kwestie.alles.filter(**same), Contactmoment.alles.filter(**same)):
        if sent.exists():
            return None
    concept = Concept.objects.filter(**same, medewerker_id=actor.user_id).first()
    is_new = concept is None
    if concept is None:
        concept = Concept(
            id=concept_id,
            tenant_id=tenant_id,
            medewerker_id=actor.user_id,
            soort=soort,
            kwestie_id=kwestie_id,
        )
    concept.invoer = text
    concept.bewaard_op = timezone.now()
    try:
        with transaction.atomic():
            concept.save(force_insert=is_new, force_update=not is_new)
    except IntegrityError as error:
        if "cases_concept_pkey" not in str(error):
            raise
        raise KwestieError(
            _("Dit formulier is al gebruikt. Begin een nieuw formulier.")
        ) from error
    return concept


def discard_concept(*, actor: Wie, tenant_id: int, concept_id: UUID) -> None:
    """Throw the actor's draft away; recorded."""
    if _delete(actor, tenant_id, concept_id):
        logboek.concept_weggegooid(actor, tenant_id, concept_id)


def forget_concept(*, actor: Wie, tenant_id: int, concept_id: UUID | None) -> None:
    """The form was sent, so its draft can go; it is recorded as what it became."""
    if concept_id is not None:
        _delete(actor, tenant_id, concept_id)


def _delete(actor: Wie, tenant_id: int, concept_id: UUID) -> bool:
    rows = Concept.objects.filter(medewerker_id=actor.user_id, pk=concept_id)
    return delete_concepten(tenant_id, rows) > 0


def save_filter(*, actor: Wie, tenant_id: int, naam: str, zoek: str) -> BewaardFilter:
    """Keep ``zoek`` (the query string of the list) under ``naam``; the same name
    again replaces it. Raises Refused, KwestieError.
    """
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    hers = BewaardFilter.objects.filter(
        tenant_id=tenant_id, medewerker_id=actor.user_id
    )
    if not hers.filter(naam=naam).exists() and hers.count() >= MOST_FILTERS:
        raise KwestieError(
            _("Je hebt al 20 filters bewaard. Verwijder er eerst een."), "naam"
        )
    kept, _is_new = BewaardFilter.objects.update_or_create(
        tenant_id=tenant_id,
        medewerker_id=actor.user_id,
        naam=naam,
        defaults={"zoek": zoek},
    )
    return kept


def delete_filter(*, actor: Wie, tenant_id: int, filter_id: UUID) -> None:
    """Remove the actor's own filter; somebody else's is not touched."""
    BewaardFilter.objects.filter(
        tenant_id=tenant_id, medewerker_id=actor.user_id, pk=filter_id
    ).delete()
