"""Keys change while people work; what was sealed before still opens."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from cases.models import Kwestie
from privacy import hoofdsleutel, rotatie
from privacy.models import Sleutel, Tenantsleutel
from privacy.sleutels import zoeksleutel
from tenants.scope import Scope, acting_as
from tests.cases import seed

pytestmark = pytest.mark.django_db
NIEUW = "een-nieuwe-hoofdsleutel-van-meer-dan-vijftig-tekens-lang"
TEKST = "Wat de cliënt vertelde."


def inside() -> Any:
    """As the command does it: in nobody's name."""
    return acting_as(Scope("staff", None, (1,), 1, (1,)))


def sleutels(*options: str) -> Any:
    out = StringIO()
    call_command("sleutels", *options, stdout=out)
    return json.loads(out.getvalue())


def some(many: int) -> list[Kwestie]:
    return [seed.register(toelichting=TEKST) for _ in range(many)]


def all_open(many: int) -> None:
    with inside():
        texts = [row.toelichting for row in Kwestie.objects.filter(tenant_id=1)]
    assert texts == [TEKST] * many


def test_another_master_key_and_the_old_one_can_go(settings: Any) -> None:
    some(2)
    old = settings.MASTER_KEYS[0]
    settings.MASTER_KEYS = [NIEUW, old]
    naam = hoofdsleutel.in_use()[0]
    assert sleutels()["te_doen"]["arnhem"] == {"hoofdsleutel": 1, "sleutels": 0}
    done = sleutels("--hoofdsleutel")
    assert done["hoofdsleutel"] == naam
    assert done["vernieuwd"] == {"arnhem": 1, "wulpenhorst": 0}
    assert (done["over"], len(done["vervallen"])) == (0, 1)
    settings.MASTER_KEYS = [NIEUW]
    assert hoofdsleutel.complaint() == ""
    all_open(2)
    assert sleutels("--hoofdsleutel")["vernieuwd"]["arnhem"] == 0
    settings.MASTER_KEYS = [old]
    assert naam in hoofdsleutel.complaint()


def test_another_tenant_key_leaves_tokens_and_texts_as_they_were() -> None:
    some(3)
    with inside():
        before, zoek = list(Sleutel.objects.values_list("sleutel")), zoeksleutel(1)
    assert sleutels("--tenant", "arnhem") == {
        "arnhem": {"versie": 2, "vernieuwd": 3, "over": 0}
    }
    with inside():
        assert [row.versie for row in Tenantsleutel.objects.all()] == [2]
        after = list(Sleutel.objects.values_list("sleutel"))
        assert not {bytes(b) for (b,) in before} & {bytes(b) for (b,) in after}
        assert zoeksleutel(1) == zoek
    all_open(3)


def test_a_rotation_that_was_stopped_goes_on_where_it_was() -> None:
    some(3)
    with inside():
        assert rotatie.begin_tenant_key(1) == 2
        assert rotatie.rewrap_some(1, 2) == 2
    all_open(3)  # half-way everything opens
    some(1)  # and what is new goes under the new key
    with inside():
        assert rotatie.left_to_do(1) == (0, 1)
        assert rotatie.drop_old_tenant_keys(1) == 0  # it still wraps something
    assert sleutels("--tenant", "arnhem")["arnhem"] == {
        "versie": 2,
        "vernieuwd": 1,
        "over": 0,
    }
    all_open(4)


def test_a_tenant_without_texts_has_nothing_to_change() -> None:
    assert sleutels("--tenant", "alle")["wulpenhorst"]["versie"] == 0


def test_each_tenant_that_was_done_is_on_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some(1)
    noted: list[Any] = []
    monkeypatch.setattr(
        "tenants.logboek.audit.record", lambda naam, **more: noted.append((naam, more))
    )
    sleutels("--tenant", "arnhem")
    ((naam, more),) = noted
    assert (naam, more["tenant_id"]) == ("sleutels_vernieuwd", 1)
    assert more["extra"] == {"welke": "tenantsleutel", "aantal": 1}
