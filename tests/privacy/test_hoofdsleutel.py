"""The master key: given from outside, told right from wrong, never made here."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from privacy import hoofdsleutel
from tenants.checks import refuse_privileged_role
from tenants.scope import Scope, acting_as
from tests.cases import seed

pytestmark = pytest.mark.django_db
ANDERE = "een-andere-hoofdsleutel-van-meer-dan-vijftig-tekens-lang"


def sealed() -> None:
    seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)


def test_without_sealed_texts_any_key_will_do(settings: Any) -> None:
    settings.MASTER_KEYS = [ANDERE]
    assert hoofdsleutel.complaint() == ""


def test_with_the_right_key_there_is_nothing_to_complain_of() -> None:
    sealed()
    assert [row.naam for row in hoofdsleutel.proofs().all()] == [
        hoofdsleutel.in_use()[0]
    ]
    assert hoofdsleutel.complaint() == ""
    assert [e.id for e in run_checks(tags=["security"]) if "privacy" in e.id] == []


def test_with_another_key_the_product_refuses_and_makes_nothing_new(
    settings: Any,
) -> None:
    sealed()
    right = settings.MASTER_KEYS[0]
    settings.MASTER_KEYS = [ANDERE]
    with pytest.raises(ImproperlyConfigured) as refused:
        hoofdsleutel.refuse_wrong_key()
    assert "HOOFDSLEUTELS_OUD" in str(refused.value)
    assert right not in str(refused.value) and ANDERE not in str(refused.value)
    assert [e.id for e in run_checks(tags=["security"]) if "privacy" in e.id] == [
        "privacy.E001"
    ]
    with pytest.raises(hoofdsleutel.OnbekendeHoofdsleutel):
        sealed()
    settings.MASTER_KEYS = [ANDERE, right]  # as during a rotation
    assert hoofdsleutel.complaint() == ""


def test_a_proof_of_another_key_under_the_right_name_is_seen(settings: Any) -> None:
    sealed()
    with acting_as(Scope("staff")):  # as a command
        row = hoofdsleutel.proofs().get()
        naam, proef = row.naam, bytes(row.proef)
        row.delete()
        hoofdsleutel.proofs().create(naam=naam, proef=proef[:-1] + b"x")
    assert hoofdsleutel.wrong() == [naam]


def test_web_and_worker_look_at_it_when_they_start(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed()
    settings.MASTER_KEYS = [ANDERE]
    with pytest.raises(ImproperlyConfigured, match="sealed with master key"):
        refuse_privileged_role()
