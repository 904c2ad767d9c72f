"""Confidential texts are read and written through one accessor."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from adviespunt import embedded
from cases.models import (
    BijlageStuk,
    Client,
    Contactmoment,
    Kwestie,
    Stap,
    Tekstblok,
)
from privacy.fields import (
    GEWIST,
    Vertrouwelijk,
    Verzegelbaar,
    Verzegeld,
    holder_column,
)
from tenants.scope import acting_as
from tests import people

APPS = ("adviespunt", "signalering", "cases", "tenants", "privacy")


def accessors(model: type[models.Model]) -> dict[str, Vertrouwelijk]:
    return {
        name: value
        for name, value in vars(model).items()
        if isinstance(value, Vertrouwelijk)
    }


def test_a_text_is_written_and_read_through_its_name() -> None:
    """Before it is stored; test_sleutels has the rest of its life."""
    row = Client(naam_v="Yılmaz")
    assert row.naam == "Yılmaz"
    row.naam = "Jansen"
    assert (row.naam, row.naam_v) == ("Jansen", "Jansen")


@pytest.mark.parametrize("empty", ["", None])
def test_nothing_is_stored_as_nothing(empty: str) -> None:
    """An anonymous person has no identity columns filled, not even with ''."""
    row = Client(naam_v="Jansen")
    row.naam = empty
    assert row.naam_v is None
    assert row.naam == ""


def test_two_rows_do_not_share_a_text() -> None:
    one, other = Kwestie(), Kwestie()
    one.toelichting, other.toelichting = "een", "ander"
    assert (one.toelichting, other.toelichting) == ("een", "ander")


def test_on_the_class_the_accessor_is_itself() -> None:
    assert isinstance(Client.naam, Vertrouwelijk)
    assert Client.naam.column == "naam_v"


@pytest.mark.parametrize("model", list(apps.get_app_config("cases").get_models()))
def test_each_confidential_column_has_its_accessor_and_each_accessor_its_column(
    model: type[models.Model],
) -> None:
    columns = {f.name for f in model._meta.get_fields() if f.name.endswith("_v")}
    if model is not BijlageStuk:  # bytes, opened by cases.services.bijlagen only
        assert {a.column for a in accessors(model).values()} == columns
    assert columns or model not in (Client, Kwestie, Contactmoment)


def test_every_free_text_of_a_case_is_sealed() -> None:
    for model in apps.get_app_config("cases").get_models():
        for field in model._meta.get_fields():
            if (
                model is not Tekstblok
            ):  # of a team, checked for people before it is kept
                assert not isinstance(field, models.TextField), (model, field)
            if model is BijlageStuk:
                continue
            if field.name.endswith("_v"):
                assert isinstance(field, Verzegeld), (model, field)
                assert issubclass(model, Verzegelbaar), model
                assert holder_column(model) in {f.attname for f in fields_of(model)}


def fields_of(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    return model._meta.concrete_fields


@pytest.mark.django_db
def test_what_was_not_sealed_does_not_reach_the_database() -> None:
    with acting_as(people.wie("anna").scope(1)):
        with pytest.raises(TypeError, match="naam_v was not sealed"):
            Client.objects.filter(tenant_id=1).update(naam_v="Jansen")
        stap = Stap(tenant_id=1, wie="SAMEN")
        stap.omschrijving = "Van niemand"
        with pytest.raises(ValueError, match="whose key"):
            stap.save()


@pytest.mark.django_db
def test_the_mark_of_what_was_taken_away_reads_as_a_dash() -> None:
    row = Client(naam_v=GEWIST, tenant_id=1)
    assert row.naam == "–"


@pytest.mark.django_db
def test_a_read_text_is_opened_each_time_and_not_kept() -> None:
    with acting_as(people.wie("anna").scope(1)):
        row = Client(tenant_id=1, identiteitsstatus="BEKEND")
        row.naam = "Truus van Kleef"
        row.save()
        again = Client.objects.get(pk=row.pk)
        for one in (row, again):
            assert one.naam == "Truus van Kleef"
            assert "Truus" not in repr(one.__dict__)


def test_a_confidential_column_is_named_by_the_accessor_alone() -> None:
    """In code ``row.naam``, so that sealing changes one file.

    ``_v`` names are fine where columns are meant: models, migrations, and the
    keywords of a query.
    """
    found = []
    for app in APPS:
        for path in (embedded.ROOT / app).rglob("*.py"):
            if "migrations" in path.parts or path.name == "models.py":
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if path.name in ("bijlagen.py", "brieven.py"):
                    continue  # pieces of a file are bytes, sealed there
                if isinstance(node, ast.Attribute) and node.attr.endswith("_v"):
                    found.append(f"{path.relative_to(embedded.ROOT)}:{node.lineno}")
    assert found == []
