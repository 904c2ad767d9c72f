"""The register says what the product does: source, models, page and files agree."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from adviespunt.register import bron, kaart
from cases.bewaarregels import REGELS
from tenants.access import Refused
from tenants.dpia import Beoordeling, DpiaError, dpias_of, record_dpia
from tenants.models import Dpia
from tenants.scope import acting_as
from tests import people

GOED = Beoordeling(
    beschrijving="Wat er gebeurt.",
    noodzaak="Anders kan het niet.",
    risicos="Iemand wordt herkend.",
    maatregelen="Drempel en verzegeling.",
    restrisico="LAAG",
)


def test_every_column_of_every_model_is_in_the_register() -> None:
    assert bron.gaps() == []
    assert bron.skeleton() == ""


def test_the_data_map_is_what_the_register_says() -> None:
    assert kaart.is_current(), "run: python manage.py verwerkingen --schrijf"


def test_a_new_column_and_a_new_table_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bron.bron()
    client = whole.tabellen["cases_client"]
    less = replace(
        client,
        verzegeld=tuple(c for c in client.verzegeld if c != "naam_v"),
        bewaren="regel:verzonnen",
    )
    tables = {**whole.tabellen, "cases_client": less}
    del tables["cases_kwestie"]
    monkeypatch.setattr(bron, "bron", lambda: bron.Bron(whole.verwerkingen, tables))
    found = bron.gaps()
    assert "cases_client.naam_v: not named" in found
    assert "cases_client: no rule verzonnen" in found
    assert "cases_kwestie: missing" in found
    assert '[tabel.cases_client]\nverzegeld = ["naam_v"]' in bron.skeleton()


def test_terms_are_those_that_are_carried_out() -> None:
    used = {
        regel.code
        for one in bron.bron().verwerkingen.values()
        for regel in one.termijnen
    }
    # Of these no table is kept: an anonymous kwestie is one, sessions are Django's.
    assert {regel.code for regel in REGELS} - used == {"anoniem", "sessie"}


@pytest.mark.django_db
def test_the_fg_reads_and_exports_the_register() -> None:
    frits = people.browser("frits")
    page = frits.get("/verwerkingen/")
    assert page.status_code == 200
    for one in bron.bron().verwerkingen.values():
        assert one.naam in page.text
    assert "24 maanden nadat de laatste kwestie is afgerond" in page.text
    answer = frits.get("/verwerkingen.csv")
    lines = list(csv.DictReader(StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert [line["code"] for line in lines] == list(bron.bron().verwerkingen)
    assert all(line["bewaartermijn"] and line["maatregelen"] for line in lines)
    data = json.loads(frits.get("/verwerkingen.json").content)
    columns = {
        (table["naam"], column)
        for one in data["verwerkingen"]
        for table in one["tabellen"]
        for column in table["kolommen"]
    }
    assert ("cases_client", "naam_v") in columns


def record(naam: str = "frits", gelezen: int = 0, **over: Any) -> Dpia:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        return record_dpia(
            actor=wie,
            tenant_id=1,
            verwerking="ondersteuning",
            gelezen=gelezen,
            beoordeling=replace(GOED, **over),
        )


@pytest.mark.django_db
def test_a_dpia_has_versions_and_none_is_changed() -> None:
    assert record().versie == 1
    assert record(gelezen=1, restrisico="MIDDEL").versie == 2
    with pytest.raises(DpiaError, match="intussen"):
        record(gelezen=1)
    with pytest.raises(DpiaError):
        record(gelezen=2, risicos=" ")
    with pytest.raises(Refused):
        record("chantal", gelezen=2)
    with acting_as(people.wie("frits").scope(1)):
        assert [row.versie for row in dpias_of(1, "ondersteuning")] == [2, 1]
        with pytest.raises(ProgrammingError, match="permission denied"):
            with transaction.atomic():
                Dpia.objects.update(restrisico="LAAG")


@pytest.mark.django_db
def test_only_the_fg_reads_or_writes_one_in_the_database() -> None:
    made = record()
    wie = people.wie("chantal")
    with acting_as(wie.scope(1)):
        assert list(Dpia.objects.all()) == []
        with pytest.raises((ProgrammingError, IntegrityError)):
            with transaction.atomic():
                Dpia.objects.create(
                    tenant_id=1,
                    verwerking="ondersteuning",
                    versie=9,
                    restrisico="LAAG",
                    door_id=wie.user_id,
                    beschrijving_v="x",
                    noodzaak_v="x",
                    risicos_v="x",
                    maatregelen_v="x",
                )
    assert made.versie == 1


@pytest.mark.django_db
def test_the_fg_writes_a_dpia_on_the_page_and_takes_it_along() -> None:
    frits = people.browser("frits")
    here = "/t/arnhem/dpia/ondersteuning/"
    form = frits.get(here).context["form"]
    given = {**form.initial, "risicos": "Herkenning.", "restrisico": "LAAG"}
    empty = frits.post(here, {**given, "risicos": ""})
    assert empty.status_code == 422
    assert frits.post(here, given).status_code == 302
    page = frits.get(here).text
    assert "Versie 1, geldt nu" in page
    (one,) = json.loads(frits.get("/t/arnhem/dpia/ondersteuning.json").content)[
        "versies"
    ]
    assert (one["versie"], one["risicos"], one["restrisico"]) == (
        1,
        "Herkenning.",
        "LAAG",
    )
    assert frits.get("/t/arnhem/dpia/verzonnen/").status_code == 404
