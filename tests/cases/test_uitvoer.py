"""What is held on a client is in her export, or there is a reason why not."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from pypdf import PdfReader

from cases import uitvoer
from cases.models import Aanmelding, Kwestie, Loketbericht
from cases.services import Contact, aanmeldingen, moment_on
from cases.services.loket import write_back
from privacy.fields import sealed_columns
from privacy.models import AuditEvent, Sleutel
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import avg, loket, seed

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("cases").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.model_name)
def test_a_table_is_exported_or_there_is_a_reason(model: type[models.Model]) -> None:
    is_exported = model in uitvoer.DELEN
    assert is_exported is not (model._meta.model_name in uitvoer.TABEL_NIET)


@pytest.mark.parametrize(
    "model", list(uitvoer.DELEN), ids=lambda m: str(m._meta.model_name)
)
def test_a_column_is_exported_or_there_is_a_reason(model: type[models.Model]) -> None:
    """A confidential text always is; a reason that is not needed goes."""
    names = {field.attname for field in uitvoer.exported(model)}
    assert set(sealed_columns(model)) <= names
    for field in model._meta.concrete_fields:
        if field.attname not in names:
            full = f"{model._meta.model_name}.{field.name}"
            known = field.name in uitvoer.NIET or full in uitvoer.NIET
            assert known or uitvoer._is_person(field)


def test_no_reason_is_about_a_column_that_is_not_there() -> None:
    names = {f.name for model in uitvoer.DELEN for f in model._meta.concrete_fields}
    names |= {
        f"{model._meta.model_name}.{f.name}"
        for model in uitvoer.DELEN
        for f in model._meta.concrete_fields
    }
    assert uitvoer.NIET.keys() <= names


def test_she_looks_at_every_text_and_then_hands_over_all_but_what_she_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted: list[str] = []
    original = AuditEvent.save

    def note(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        noted.append(self.gebeurtenis)
        original(self, *args, **kwargs)

    kwestie = avg.named(toelichting="De rekening klopt niet.")
    contact = Contact(
        datum_tijd=moment_on(seed.SEVEN["datum"]),
        kanaal="TEL",
        met=("CLIENT",),
        activiteiten=("IND.INFO",),
        notitie="De zus belt terug op 06-12345678.",
    )
    seed.act("add_contactmoment", kwestie, contact=contact)
    row = avg.decided(avg.ask(kwestie))
    anna = people.browser("anna")
    here = f"/t/arnhem/avg/{row.pk}/uitvoer/"
    monkeypatch.setattr(AuditEvent, "save", note)
    page = anna.get(here)
    assert page.status_code == 200
    assert "een telefoonnummer" in page.text
    form = page.context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields}
    (note_key,) = [name for name in chosen if name.endswith(":notitie")]
    answer = anna.post(here, {**chosen, note_key: "ANDER"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "avg_export" in noted
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("gegevens.json"))
        pdf = PdfReader(io.BytesIO(archive.read("gegevens.pdf")))
    tables = {row["tabel"]: row["velden"] for row in data["gegevens"]}
    assert tables["client"]["naam"]["waarde"] == avg.NAAM
    assert tables["kwestie"]["toelichting"]["waarde"] == "De rekening klopt niet."
    assert tables["contactmoment"]["notitie"]["waarde"].startswith("[Weglaten")
    printed = "".join(one.extract_text() for one in pdf.pages)
    assert "De rekening klopt niet." in printed
    assert "12345678" not in printed + json.dumps(data)
    assert "Anna" not in json.dumps(data)


def spoken_at_the_door() -> Kwestie:
    """Truus asked something to be called about, and was answered."""
    code = loket.ask(loket.open_door(), naam=avg.NAAM, telefoon="06 12345678")
    with acting_as(Scope("public")):
        write_back(code, uuid4(), "Het gaat om mijn moeder, zegt zus Willemien.")
    kwestie = loket.take_up(code)
    anna = people.wie("anna")
    with acting_as(anna.scope(1)):
        aanmeldingen.answer(
            actor=anna,
            tenant_id=1,
            kwestie_id=kwestie.pk,
            tekst="U mag een besluit vragen.",
            bericht_id=uuid4(),
        )
    return kwestie


def test_what_was_said_at_the_door_is_in_the_export_and_can_be_blacked_out() -> None:
    row = avg.decided(avg.ask(spoken_at_the_door()))
    anna = people.browser("anna")
    here = f"/t/arnhem/avg/{row.pk}/uitvoer/"
    form = anna.get(here).context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields}
    told, answered = [name for name in chosen if name.endswith(":tekst:zwart")]
    if "besluit" in chosen[told]:
        told, answered = answered, told
    chosen[told] = "Het gaat om mijn moeder, zegt [[zus Willemien]]."
    answer = anna.post(here, chosen)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("gegevens.json"))
        pdf = PdfReader(io.BytesIO(archive.read("gegevens.pdf")))
    rows = [r["velden"] for r in data["gegevens"] if r["tabel"] == "loketbericht"]
    assert [(r["is_van_ons"]["waarde"], r["tekst"]["waarde"]) for r in rows] == [
        (False, "Het gaat om mijn moeder, zegt ▇▇▇."),
        (True, "U mag een besluit vragen."),
    ]
    assert all(r.keys() == {"is_van_ons", "op", "tekst"} for r in rows)
    printed = "".join(one.extract_text() for one in pdf.pages)
    assert "U mag een besluit vragen." in printed
    assert "Willemien" not in printed + json.dumps(data)


def test_an_erasure_that_was_granted_takes_what_was_said_at_the_door_along() -> None:
    kwestie = spoken_at_the_door()
    row = avg.decided(avg.ask(kwestie, "WISSING"))
    avg.executed(row)
    with acting_as(people.wie("anna").scope(1)):
        assert Aanmelding.objects.filter(tenant_id=1).count() == 0
        assert Loketbericht.objects.filter(tenant_id=1).count() == 0
        assert not Sleutel.objects.filter(tenant_id=1, van=kwestie.pk).exists()


@pytest.mark.parametrize("naam", ["frits", "bram", "chantal", "fatma", "gerard"])
def test_only_who_has_the_kwestie_makes_the_export(naam: str) -> None:
    row = avg.decided(avg.ask(avg.named()))
    here = f"/t/arnhem/avg/{row.pk}/uitvoer/"
    assert people.browser(naam).get(here).status_code == 404
