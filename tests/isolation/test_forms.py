"""What no form names changes nothing, and an id of another tenant is nowhere taken.

Every address of the urlconf that takes POST is sent, as somebody who may, every column
of every table that its forms do not name, with values one knows again; then the same
with the forms filled in, and then with an id of the other tenant in each field that
holds one. What is looked at is what goes to PostgreSQL. A form of the house that no
address bound here needs a row with a reason.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.backends.django import Template
from django.test import Client as Browser
from django.urls import resolve
from django.utils import timezone

from signalering import lifecycle
from signalering.models import Signaal
from signalering.periodes import parse
from tenants.inloggen import formulieren
from tenants.scope import acting_as
from tests import people
from tests.conftest import undone
from tests.isolation import test_url_matrix as matrix
from tests.signalering import maken

HOUSE = ("adviespunt", "cases", "signalering", "tenants", "privacy")
VREEMD = people.ident("hanna")  # works at Wulpenhorst only, and is sent as an id
MERK = "gekaapt"
DAG = "1999-09-19"
MARKS = (VREEMD, MERK, DAG, "datetime.date(1999")

BASIS = "what other forms are made of; never sent by itself"
LEEST = "sent with GET, and writes nothing"
BEURT = "a later turn of a page whose first turn is sent here; each turn has its tests"
# Forms that no POST here binds, and why, or where their fields are tried.
ELSEWHERE: dict[str, str] = {
    **dict.fromkeys(
        (
            *("cases.forms.identiteit.PrivacyForm", "cases.forms.regels.RouteForm"),
            *("signalering.forms.RapportTekstForm", "tenants.forms.beheer.BeheerForm"),
            *(
                f"cases.forms.afronding.{naam}Form"
                for naam in ("Traject", "Verwijzing")
            ),
        ),
        BASIS,
    ),
    **dict.fromkeys(
        (
            *("cases.forms.logboek.LogboekForm", "cases.forms.kaart.ZoekForm"),
            *("tenants.forms.publiek.ZoekForm",),
            *(
                f"signalering.forms_openbaar.{naam}Form"
                for naam in ("ApiFilter", "Catalogus", "Vergelijk")
            ),
            *("tenants.forms.beheer.FilterForm", "tenants.forms.mensen.WaaromForm"),
            *("signalering.forms_signaal.SignalenFilter",),
            *("tenants.forms.mensen.ZoekForm",),
        ),
        LEEST,
    ),
    **dict.fromkeys(
        (
            *(
                f"cases.forms.avg.{naam}Form"
                for naam in (
                    *("Beoordeel", "Besluit", "Dag", "Koppel", "Meld", "Uitvoer"),
                )
            ),
            *(
                f"cases.forms.geheim.{naam}Form"
                for naam in (
                    *("Afweging", "ClientVertellen", "Consultatie", "Gesprek"),
                    *("MeldcodeBesluit", "Meekijker", "OordeelVanCollega"),
                )
            ),
            *("cases.forms.uitvoer.LogUitvoerForm", "cases.forms.uitvoer.WeglaatForm"),
        ),
        BEURT,
    ),
    "signalering.forms.ReactieForm": "tests/signalering/test_lifecycle.py",
    "signalering.forms_signaal.ActieStandForm": "tests/signalering/test_signalen.py",
    "signalering.forms_signaal.AfwijsForm": "tests/signalering/test_trends.py",
    "signalering.forms_signaal.SignaalRedenForm": "tests/signalering/test_signalen.py",
    **dict.fromkeys(
        (
            f"signalering.forms_onderzoek.Onderzoek{n}Form"
            for n in ("Bespreking", "Reden")
        ),
        "tests/signalering/test_onderzoek.py",
    ),
    "signalering.forms_tekst.BesluitForm": BASIS,
    "signalering.forms_tekst.BezwaarBesluitForm": "tests/signalering/test_gesprek.py",
    "signalering.forms_tekst.OnjuistheidBesluitForm": "tests/signalering/test_gesprek.py",
    "signalering.forms_tekst.OnjuistheidForm": "tests/signalering/test_gesprek.py",
    "tenants.forms.beheer.GemeentenForm": "tests/tenants/test_gemeenten.py",
    **dict.fromkeys(
        (
            f"cases.forms.loket.{naam}Form"
            for naam in ("Afwijzen", "Antwoord", "Bericht", "Loket", "Opnemen")
        ),
        "tests/cases/test_loket.py and test_loket_sql.py",
    ),
    **dict.fromkeys(
        ("cases.forms.loket.DoorsturenForm",),
        "tests/cases/test_doorsturen.py",
    ),
    "tenants.forms.mensen.AannemenForm": "tests/tenants/test_uitnodigen.py",
    "tenants.forms.mensen.ProfielForm": "tests/tenants/test_mensen.py",
    "tenants.forms.mensen.TekenForm": "tests/tenants/test_verklaring.py",
    "tenants.forms.mensen.WelkomForm": "tests/tenants/test_uitnodigen.py",
    **dict.fromkeys(
        (
            f"{formulieren.__name__}.{naam}"
            for naam in (
                *("_Code", "CodeForm", "CodeOpnieuwForm", "AppForm", "PasskeyForm"),
                *("PasskeyLoginForm", "PasskeyCodeForm", "PasskeyOpnieuwForm"),
                *("HerstelForm", "NieuwWachtwoordForm"),
            )
        ),
        "of signing in: tests/tenants/test_inloggen.py and test_inloggen_aanval.py",
    ),
}
# What a form needs besides an answer to each of its questions.
TYPED: dict[str, dict[str, Any]] = {
    "cases:bellen": {"tot": ""},
    "cases:agenda_verzetten": {"tot": ""},
    "cases:nieuw": {
        **dict.fromkeys(("subaard", "naam", "telefoon", "email", "adres"), ""),
        **dict.fromkeys(("geboortejaar", "resultaat", "instantie_type"), ""),
        **dict.fromkeys(("duur_min", "organisatie", "wachtrij"), ""),
        "activiteiten": [],
        "identiteitsstatus": "ANONIEM",
    },
    "cases:bewerken": {"subaard": "", "wetten": []},
    "cases:toewijzen": {"medewerker": str(people.ident("bram"))},
    "cases:plaatsvervanging_nieuw": {"vervanger": str(people.ident("bram"))},
    "cases:zoeken": {"geboortejaar": "1958"},
    "cases:client": {"geboortejaar": "1958"},
    "signalering:signaal_bewerken": {"sub": ""},
    "signalering:regio_nieuw": {"leden": ["1", "2"]},
    "beheer:nieuw": {"kvk": "12345678"},
    "beheer:gegevens": {"kvk": "12345678"},
}
# What a page needs to see before it looks at a form at all.
BEGIN: dict[str, dict[str, str]] = {
    "cases:avg_verzoek": {"doe": "identiteit"},
    "cases:filter_bewaren": {"zoek": "aard=FIN"},
}
# Fields of one's own form that are the id of what is being made, and not of a row.
OWN_KEY = {"sleutel", "id"}


@dataclass
class Sent:
    """What one request did: forms it bound, writes it did, how it answered."""

    status: int = 0
    bound: list[forms.BaseForm] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    ids: list[tuple[str, str]] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)

    def holds(self, *marks: object) -> list[str]:
        return [w for w in self.writes for mark in marks if str(mark) in w]


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sent]:
    """Which forms are cleaned, and what is written."""
    sent, clean = Sent(), forms.BaseForm.full_clean

    def note_form(form: forms.BaseForm) -> None:
        if form.is_bound and type(form).__module__.startswith(HOUSE):
            sent.bound.append(form)
            sent.answers |= filled([form])
            sent.ids += id_fields([form])
        clean(form)

    def note_sql(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        done = execute(sql, params, many, context)  # what is refused, is not written
        is_write = re.match(r"\s*(INSERT|UPDATE|DELETE)\b", text)
        if is_write and "django_session" not in text:
            sent.writes.append(f"{text} {params}")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(forms.BaseForm, "full_clean", note_form)
        with connection.execute_wrapper(note_sql):
            yield sent


def hostile() -> dict[str, str]:
    """Every column of ours, by name, with a value one knows again."""
    given = {"pk": str(VREEMD), "_state": MERK, "actor": MERK, "rechten": MERK}
    for model in filter(lambda one: one._meta.app_label in HOUSE, apps.get_models()):
        for column in model._meta.get_fields():
            if not getattr(column, "concrete", False):
                continue
            kind = column.get_internal_type()  # type: ignore[union-attr]
            value = {
                "UUIDField": str(VREEMD),
                "ForeignKey": str(VREEMD),
                "BooleanField": "1",
                "DateField": DAG,
            }.get(kind, MERK)
            for name in {column.name, str(getattr(column, "attname", ""))}:
                given.setdefault(name, value)
    return given | {"tenant": "2", "tenant_id": "2", "opdrachtgever": "2"}


def choices_of(asked: Any) -> Iterator[str]:
    for value, label in asked.choices:
        if isinstance(label, (list, tuple)):
            yield from (str(one) for one, _text in label)
        else:
            yield str(getattr(value, "value", value))


def a_choice(asked: Any) -> str:
    return next((value for value in choices_of(asked) if value), "")


def chosen(asked: Any, given: Any) -> Any:
    """What is chosen already, else the first there is to choose."""
    if isinstance(asked, forms.MultipleChoiceField):
        return [str(v) for v in given or filter(None, [a_choice(asked)])]
    is_known = bool(given) and str(given) in set(choices_of(asked))
    return str(given) if is_known else a_choice(asked)


# A kind of field and something it takes, from the field and what is in it already.
TAKES: tuple[tuple[Any, Callable[[Any, Any], Any]], ...] = (
    ((forms.ChoiceField, forms.ModelChoiceField), chosen),
    (forms.BooleanField, lambda _asked, _given: "on"),
    (
        forms.FileField,
        lambda _asked, _given: SimpleUploadedFile("a.txt", b"Dag.", "text/plain"),
    ),
    (forms.UUIDField, lambda _asked, given: str(given or uuid4())),
    (
        forms.IntegerField,
        lambda asked, given: str(given if given is not None else asked.min_value or 1),
    ),
    (forms.TimeField, lambda _asked, _given: "10:00"),
    (forms.DateField, lambda _asked, _given: f"{timezone.localdate():%d-%m-%Y}"),
    (forms.EmailField, lambda _asked, _given: "iemand@elders.example"),
)


def answer(form: forms.BaseForm, name: str) -> Any:
    """Something this field takes."""
    asked = form.fields[name]
    given = form.get_initial_for_field(asked, name)
    for kind, made in TAKES:
        if isinstance(asked, kind):
            return made(asked, given)
    text = "Een tekst die lang genoeg is." if given in (None, "") else str(given)
    return text[: getattr(asked, "max_length", None) or 200]


def filled(bound: Iterable[forms.BaseForm]) -> dict[str, Any]:
    return {
        form.add_prefix(name): answer(form, name)
        for form in bound
        for name in form.fields
    }


def id_fields(bound: Iterable[forms.BaseForm]) -> Iterator[tuple[str, str]]:
    """(what it is called in the form that is sent, its own name) of each that holds
    the id of a row."""
    for form in bound:
        for name, asked in form.fields.items():
            is_id = isinstance(asked, (forms.UUIDField, forms.ModelChoiceField))
            if isinstance(asked, forms.ChoiceField) and not is_id:
                is_id = any(is_uuid(value) for value in choices_of(asked))
            if is_id:
                yield form.add_prefix(name), name


def is_uuid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def who(allowed: set[Any]) -> str | None:
    return next((naam for naam in people.PEOPLE if naam in allowed), None)


def takers() -> dict[str, str]:
    """Each address of the matrix with somebody who gets in."""
    rows = {**matrix.GET, **matrix.POST}
    return {name: naam for name, allowed in rows.items() if (naam := who(allowed))}


def takes_post(view: Any) -> bool:
    """False when a decorator of the view lets other methods through only."""
    while view is not None:
        found = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if found is not None:
            return "POST" in found
        view = getattr(view, "__wrapped__", None)
    return True


@dataclass
class Walked:
    """What came of it, by address: what was written that should not be, what was
    written at all, and which forms were bound.
    """

    wrong: list[tuple[str, str]] = field(default_factory=list)
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    asked: set[tuple[str, str]] = field(default_factory=set)
    wrote: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)


def body(data: dict[str, Any]) -> dict[str, Any]:
    """As a browser sends it; in parts only with a file, for that takes long."""
    if any(isinstance(value, SimpleUploadedFile) for value in data.values()):
        return {"data": data}
    text = urlencode(data, doseq=True)
    kind = "application/x-www-form-urlencoded"
    return {"data": text, "content_type": kind}


@dataclass
class Walk:
    """Sends to every address, each time from the same rows."""

    patch: pytest.MonkeyPatch
    places: dict[str, UUID]
    cookies: dict[str, str] = field(default_factory=dict)
    browser: Browser = field(default_factory=Browser)

    def send(self, naam: str, name: str, data: dict[str, Any]) -> Sent:
        if naam not in self.cookies:
            made = people.browser(naam).cookies.output(header="")
            self.cookies[naam] = made
        self.browser.cookies = SimpleCookie(self.cookies[naam])
        url = matrix.address(name, self.places)
        with undone(), watched(self.patch) as sent:
            sent.status = self.browser.post(url, **body(data)).status_code
        return sent

    def visit(self, naam: str, name: str, seen: Walked, evil: dict[str, str]) -> None:
        bare = self.send(naam, name, evil)
        if bare.status == 405:
            return
        seen.bound |= {name_of(type(form)) for form in bare.bound}
        if not bare.bound:
            seen.wrong += [(name, write) for write in bare.holds(*MARKS)]
            return
        given = evil | bare.answers | TYPED.get(name, {})
        full = self.send(naam, name, given)
        seen.bound |= {name_of(type(form)) for form in full.bound}
        seen.wrong += [(name, write) for write in full.holds(*MARKS)]
        if full.status == 302:
            seen.wrote.add(name)
        for key, own in bare.ids:
            if own in OWN_KEY:
                continue
            seen.asked.add((name, own))
            foreign = self.send(naam, name, given | {key: str(VREEMD)})
            seen.taken += [(name, own, write) for write in foreign.holds(VREEMD)]


def rows() -> dict[str, UUID]:
    """A kwestie of Anna with everything on it, and a report that was asked for."""
    wie, chantal = people.wie("anna"), people.wie("chantal")
    with acting_as(wie.scope(1)):
        (client,) = maken.clients(1, 1)
        kwestie = maken.kwestie(
            1,
            client,
            ondersteuner_id=wie.user_id,
            status="IN_ONDERSTEUNING",
            resultaat="",
            afgerond_op=None,
        )
        matrix.hang_on(kwestie)
    matrix.administer(kwestie.pk)
    matrix.of_people()
    with acting_as(chantal.scope(1)):
        rapportage, _job = lifecycle.request_rapportage(
            actor=chantal, tenant_id=1, periode=parse(maken.PERIODE)
        )
    with acting_as(wie.scope(1)):
        Signaal.objects.create(
            id=rapportage.pk,
            tenant_id=1,
            titel="Lang wachten",
            aard="ORG",
            omschrijving="Cliënten wachten lang.",
            voorgesteld_door_id=wie.user_id,
        )
    matrix.begin_onderzoek(rapportage.pk)
    return {
        "cases": kwestie.pk,
        "signalering": rapportage.pk,
        "beheer": kwestie.pk,
        "tenants": people.ident("anna"),
    }


@pytest.fixture(scope="module")
def walked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walked]:
    """Once for all tests of this file; pages are not drawn, only answered."""
    seen, evil = Walked(), hostile()

    with django_db_blocker.unblock(), undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FIELDS", 2 * len(evil))
        patch.setattr(Template, "render", lambda *_args, **_kwargs: "")
        walk = Walk(patch, rows())
        done: set[Any] = set()
        for name, naam in takers().items():
            view = resolve(matrix.address(name, walk.places)).func
            # One view can have several addresses.
            if view not in done and takes_post(view):
                walk.visit(naam, name, seen, evil | BEGIN.get(name, {}))
            done.add(view)
        yield seen


def name_of(form: type) -> str:
    return f"{form.__module__}.{form.__name__}"


def of_the_house(kind: type = forms.BaseForm) -> Iterator[type]:
    for made in kind.__subclasses__():
        if made.__module__.startswith(HOUSE):
            yield made
        yield from of_the_house(made)


def test_what_a_form_does_not_name_is_written_nowhere(walked: Walked) -> None:
    assert walked.wrong == []
    assert len(walked.wrote) > 60


def test_every_form_was_sent_or_has_a_row(walked: Walked) -> None:
    known = {name_of(form) for form in of_the_house()}
    assert known - walked.bound == set(ELSEWHERE)


def test_no_form_is_made_of_a_model() -> None:
    """A form of a model takes columns by itself; ours name each field."""
    assert [form for form in of_the_house(forms.BaseModelForm)] == []


def test_an_id_of_another_tenant_is_taken_in_no_field(walked: Walked) -> None:
    assert walked.taken == []
    assert len(walked.asked) > 12
