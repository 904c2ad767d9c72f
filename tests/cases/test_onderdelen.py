"""What comes as JSON in one question is the same as what is asked for one by one."""

from __future__ import annotations

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Agendapunt, Correctie, Kwestie
from cases.selectors.onderdelen import (
    ONDERDELEN,
    Contacten,
    contacten_in,
    load_parts,
)
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.brieven import attach, write
from tests.cases.test_vragen import eventful

pytestmark = pytest.mark.django_db


def test_every_row_and_every_value_is_the_same() -> None:
    kwestie = eventful(30)
    attach(kwestie)
    write(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        Correctie.objects.create(
            tenant_id=1,
            kwestie=kwestie,
            veld="aard",
            was="FIN",
            werd="REL",
            is_gerapporteerd=True,
        )
        Agendapunt.objects.create(
            tenant_id=1,
            kwestie=kwestie,
            soort="BELLEN",
            dag=timezone.localdate(),
            van=time(9, 30),
            gemaakt_door_id=people.ident("anna"),
            waarover_v="Bellen",
        )
        loaded = load_parts(Kwestie.objects.get(pk=kwestie.pk))
        with CaptureQueriesContext(connection) as asked:
            load_parts(loaded)
            rows = {part: list(getattr(loaded, part.naam).all()) for part in ONDERDELEN}
            telling = contacten_in(loaded)
        assert len(asked) == 0
        assert telling == Contacten(10, ())
        found = sorted(len(found) for found in rows.values())
        assert found == [0, 1, 1, 1, 1, 1, 5, 5, 5, 5]
        for part in ONDERDELEN:
            one_by_one = part.model._default_manager.filter(kwestie_id=kwestie.pk)
            for here, there in zip(
                rows[part], one_by_one.order_by(*part.volgorde), strict=True
            ):
                for field in part.model._meta.concrete_fields:
                    found = getattr(here, field.attname)
                    assert found == getattr(there, field.attname), field
                    assert type(found) is type(getattr(there, field.attname)), field
    (deling,) = rows[ONDERDELEN[-1]]
    assert deling.medewerker.naam == "Bram"  # type: ignore[attr-defined]
    (stap, *_more) = rows[ONDERDELEN[1]]
    with acting_as(people.wie("anna").scope(1)):
        assert seed.readable(stap).omschrijving == "Bellen"  # type: ignore[attr-defined]


def test_a_kwestie_without_anything_has_nothing() -> None:
    kwestie = seed.register()
    with acting_as(people.wie("anna").scope(1)):
        load_parts(kwestie)
        assert [list(getattr(kwestie, part.naam).all()) for part in ONDERDELEN] == [
            [] for _part in ONDERDELEN
        ]
