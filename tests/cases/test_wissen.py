"""Erasing destroys keys: of who is erased, and of nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import tasks
from cases.models import Concept, Kwestie
from cases.services import save_concept
from privacy.models import Sleutel
from privacy.sleutels import destroy
from tenants.jobs import each_tenant
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
TEKST = "Wat de cliënt vertelde."


def inside(naam: str = "anna") -> Any:
    return acting_as(people.wie(naam).scope(1))


def keys() -> set[tuple[str, UUID]]:
    with inside():
        return set(Sleutel.objects.values_list("soort", "van"))


def named(**over: Any) -> Kwestie:
    given = {"identiteitsstatus": "BEKEND", "naam": seed.NAAM, "toelichting": TEKST}
    return seed.register(**given | over)


def test_the_keys_of_a_client_go_with_those_of_all_its_kwesties() -> None:
    first, stranger = named(), named(naam="Iemand Anders")
    second = seed.register(
        identiteitsstatus="BEKEND", client_van=first.pk, toelichting=TEKST
    )
    assert len(keys()) == 5
    seed.act("make_anonymous", first, is_alles=True)
    assert keys() == {("client", stranger.client_id), ("kwestie", stranger.pk)}
    assert seed.seen(second).toelichting == ""


def test_one_kwestie_can_go_and_the_client_keeps_the_rest() -> None:
    first = named()
    other = seed.register(
        identiteitsstatus="BEKEND", client_van=first.pk, toelichting=TEKST
    )
    seed.act("make_anonymous", first, is_alles=False)
    assert keys() == {("client", first.client_id), ("kwestie", other.pk)}
    changes = {"toelichting": "Wat er daarna gebeurde."}
    versie = seed.seen(first).versie
    seed.act("update_kwestie", first, versie=versie, wijzigingen=changes)
    assert seed.seen(first).toelichting == "Wat er daarna gebeurde."  # a new key
    assert ("kwestie", first.pk) in keys()


def test_a_merge_and_its_undoing_leave_every_key_as_it_was() -> None:
    one, other = named(), named()
    before = keys()
    seed.act("merge_clients", one, ander_nummer=other.nummer)
    assert keys() == before
    assert seed.seen(other).toelichting == TEKST
    seed.act("undo_merge", one)
    assert keys() == before


def draft(days: int = 0) -> UUID:
    wie, key = people.wie("anna"), uuid4()
    with inside():
        save_concept(
            actor=wie,
            tenant_id=1,
            concept_id=key,
            soort="REGISTRATIE",
            kwestie_id=None,
            velden={"toelichting": [TEKST]},
        )
        saved = timezone.now() - timedelta(days=days)
        Concept.objects.filter(pk=key).update(bewaard_op=saved)
    return key


def test_a_draft_takes_its_key_along_when_it_is_sent() -> None:
    key = draft()
    assert keys() == {("concept", key)}
    browser = people.browser("anna")
    sent = {"id": key, **seed.POSTED, "toelichting": TEKST}
    assert browser.post("/t/arnhem/kwesties/nieuw/", sent).status_code == 302
    assert keys() == {("kwestie", key)}


def test_the_worker_takes_the_keys_of_old_drafts_and_no_other() -> None:
    old, young = draft(31), draft(1)
    each_tenant(tasks.throw_away)
    assert keys() == {("concept", young)}
    with acting_as(Scope("job", None, (1,), 1, (1,))):
        assert destroy(1, "concept", [old]) == 0
    kwestie = named()
    with acting_as(Scope("job", None, (1,), 1, (1,))):
        assert destroy(1, "kwestie", [kwestie.pk]) == 0  # not to be seen at all


def test_a_draft_that_is_there_keeps_its_key() -> None:
    key = draft()
    with inside(), pytest.raises(IntegrityError, match="sleutel_in_gebruik"):
        with transaction.atomic():
            destroy(1, "concept", [key])
