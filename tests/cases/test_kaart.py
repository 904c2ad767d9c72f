"""The social chart: found, kept up to date, and nothing about a client in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from cases.services.kaart import add_functie, check_organisatie, end_functie
from cases.services.regels import KwestieError
from tenants.access import Refused
from tenants.models import FunctieScope, Gemeente, Organisatie, OrganisatieVersie
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import path

pytestmark = pytest.mark.django_db
NIEUW = "/t/arnhem/sociale-kaart/nieuw/"
NAAM = "Steunpunt Mantelzorg Oost"


def posted(**over: object) -> dict[str, object]:
    return {
        "sleutel": uuid4(),
        "naam": NAAM,
        "soort": "MZSP",
        "regio": "Achterhoek",
        "onderwerpen": "respijtzorg",
        "functionaris": "Klachtenfunctionaris",
        "functionaris_contact": "026-1234567",
        "is_functionaris_in_dienst": "ja",
        "klachtenregeling": "www.steunpunt.example/klacht",
        "geschilleninstantie": "Geschillencommissie Zorg",
        **over,
    }


def made(door: str = "anna", **over: object) -> UUID:
    sent = posted(**over)
    answer = people.browser(door).post(NIEUW, sent)
    assert answer.status_code == 302
    return UUID(str(sent["sleutel"]))


def here(pk: UUID, sub: str = "") -> str:
    return f"/t/arnhem/sociale-kaart/{pk}/{sub}"


def aged(pk: UUID, days: int) -> None:
    """As if it was looked at so long ago; past the trigger that asks for a version."""
    wie = people.wie("anna")
    with acting_as(wie.scope(1)):
        row = Organisatie.objects.get(tenant_id=1, pk=pk)
        OrganisatieVersie.objects.create(
            tenant_id=1,
            organisatie=row,
            versie=row.versie + 1,
            door_id=people.ident("anna"),
        )
        row.versie += 1
        row.gecontroleerd_op = timezone.localdate() - timedelta(days=days)
        row.save()


def search(q: str, naam: str = "anna", **over: str) -> str:
    return people.browser(naam).get("/sociale-kaart/", {"q": q, **over}).text


def test_s111_what_somebody_types_finds_kind_region_subject_and_gemeente() -> None:
    with acting_as(people.wie("dewi").scope(1)):
        Gemeente.objects.get_or_create(
            code="GM0202", defaults={"naam": "Arnhem", "jaar": 2026}
        )
    made(gemeenten="arnhem")
    for q in ("mantelzorg Achterhoek", "respijt", "ARNHEM", "oost steun"):
        assert NAAM in search(q), q
    for q in ("mantelzorg Veluwe", "schulden"):
        assert NAAM not in search(q), q
    assert NAAM not in search("", soort="GEM")
    # Another tenant has a chart of its own.
    assert NAAM not in search("", "hanna")


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"naam": ""}, "Vul de naam"),
        ({"soort": ""}, "Kies wat voor organisatie"),
        ({"gemeenten": "Arnhem, Nergenshuizen"}, "Nergenshuizen"),
        ({"website": "geen adres"}, "Vul een webadres in"),
        ({"opmerking": "Truus van Kleef is daar cliënt."}, "te herkennen"),
    ],
)
def test_what_does_not_belong_on_the_chart_is_refused(
    over: dict[str, object], says: str
) -> None:
    answer = people.browser("anna").post(NIEUW, posted(**over))
    assert answer.status_code == 422
    assert says in answer.text


def test_s015_what_nobody_looked_at_for_a_year_asks_to_be_checked() -> None:
    pk = made()
    browser = people.browser("anna")
    aged(pk, 365)
    assert "controleren" not in browser.get(here(pk)).text
    aged(pk, 366)
    assert "controleren" in browser.get(here(pk)).text
    assert NAAM in search("", oud="on")
    assert browser.post(here(pk, "stand/"), {"stand": "nagekeken"}).status_code == 302
    page = browser.get(here(pk)).text
    assert "controleren" not in page
    assert "Nagekeken, klopt nog" in page
    assert NAAM not in search("", oud="on")


def test_what_was_changed_and_by_whom_stays() -> None:
    pk = made()
    bram = people.browser("bram")
    sent = posted(sleutel=pk, versie=1, telefoon="026-7654321")
    assert bram.post(here(pk, "bewerken/"), sent).status_code == 302
    page = bram.get(here(pk)).text
    assert 'rel="noreferrer" href="https://www.steunpunt.example/klacht"' in page
    assert "Gewijzigd: telefoon" in page
    assert "Toegevoegd" in page
    # On what is no longer there nothing is written.
    late = bram.post(here(pk, "bewerken/"), posted(sleutel=pk, versie=1, naam="X"))
    assert late.status_code == 422
    assert "intussen gewijzigd" in late.text
    with acting_as(people.wie("anna").scope(1)):
        rows = OrganisatieVersie.objects.filter(tenant_id=1, organisatie_id=pk)
        second = rows.get(versie=2)
        assert second.wijzigingen == {"telefoon": ["", "026-7654321"]}
        assert second.door_id == people.ident("bram")
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(wijzigingen={})
        with pytest.raises(IntegrityError, match="organisatie_zonder_versie"):
            with transaction.atomic():
                Organisatie.objects.filter(tenant_id=1, pk=pk).update(naam="Anders")


def test_one_that_is_gone_is_not_offered_but_can_be_found() -> None:
    pk = made()
    browser = people.browser("anna")
    browser.post(here(pk, "stand/"), {"stand": "vervallen"})
    assert NAAM not in search("mantelzorg")
    assert NAAM in search("mantelzorg", vervallen="on")
    kwestie = seed.register("anna")
    assert NAAM not in browser.get(path(kwestie, "verwijzing/")).text
    browser.post(here(pk, "stand/"), {"stand": "terug"})
    assert NAAM in browser.get(path(kwestie, "verwijzing/")).text


def test_who_only_sees_reports_or_decides_has_no_chart() -> None:
    pk = made()
    for naam in ("els", "fatma", "gerard", "hanna"):
        assert people.browser(naam).get(here(pk)).status_code == 404, naam
    with pytest.raises(Refused):
        wie = people.wie("els")
        with acting_as(wie.scope(1)):
            check_organisatie(actor=wie, tenant_id=1, organisatie_id=pk)
    with acting_as(people.wie("els").scope(1)):
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Organisatie.objects.create(
                tenant_id=1,
                naam="Nep",
                soort="GEM",
                gecontroleerd_op=timezone.localdate(),
            )


def test_s108_s156_the_kwestie_shows_the_route_of_the_organisation_it_names() -> None:
    made(naam="Zorghuis De Linde", soort="ZA")
    kwestie = seed.register("anna")
    browser = people.browser("anna")
    assert "Klachtroute bij" not in browser.get(path(kwestie)).text
    seed.act(
        *("update_kwestie", kwestie),
        versie=1,
        wijzigingen={"wederpartij_organisatie": "zorghuis  de linde; Ander"},
    )
    page = browser.get(path(kwestie)).text
    assert "Klachtroute bij Zorghuis De Linde" in page
    assert "in dienst bij deze organisatie" in page
    assert "Geschillencommissie Zorg" in page
    # The chart does not know of the kwestie.
    names = {field.name for field in Organisatie._meta.get_fields()}
    assert not names & {"kwestie", "client", "kwesties"}


# ----------------------------------------------------------------- functions (S182)


def add(door: str = "dewi", **over: Any) -> FunctieScope:
    wie = people.wie(door)
    given = {"naam": "Maatjesproject", "wet": "WMO", "bereik": "BEPERKT", **over}
    with acting_as(wie.scope(1)):
        return add_functie(actor=wie, tenant_id=1, **given)


def test_s182_a_function_is_added_seen_by_colleagues_and_ended_with_history() -> None:
    row = add()
    anna, dewi = people.browser("anna"), people.browser("dewi")
    assert "Maatjesproject" in anna.get("/wie-doet-wat/").text
    for naam in ("hanna", "gerard"):
        assert "Maatjesproject" not in people.browser(naam).get("/wie-doet-wat/").text
    gone = dewi.post(f"/t/arnhem/functies/{row.pk}/einde/")
    assert gone.status_code == 302
    assert "Maatjesproject" not in anna.get("/wie-doet-wat/").text
    assert "Maatjesproject" in dewi.get("/t/arnhem/functies/").text
    wie = people.wie("dewi")
    with acting_as(wie.scope(1)):
        with pytest.raises(Refused):
            end_functie(actor=wie, tenant_id=1, pk=row.pk)
        rows = FunctieScope.objects.filter(tenant_id=1, pk=row.pk)
        with pytest.raises(IntegrityError, match="functiescope_staat_vast"):
            with transaction.atomic():
                rows.update(tot=None)


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"naam": " "}, "naam"),
        ({"naam": "MAATJESPROJECT"}, "naam"),
        ({"wet": "AWB"}, "wet"),
        ({"bereik": "RUIM"}, "bereik"),
    ],
)
def test_s182_a_function_stands_in_a_cell_of_the_table(
    over: dict[str, Any], veld: str
) -> None:
    add()
    with pytest.raises(KwestieError) as error:
        add(**over)
    assert error.value.veld == veld
    with pytest.raises(Refused):
        add("anna", naam="Iets anders")
