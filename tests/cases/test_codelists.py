"""The code lists: order, labels, public groups, and the database says the same."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest

from cases import codelists
from cases.codelists import UnknownCode

AARD = ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")


def test_aard_is_the_six_of_the_practice_in_their_order() -> None:
    assert codelists.codes("aard") == AARD


def test_every_subaard_belongs_to_an_aard() -> None:
    prefixes = {code.partition(".")[0] for code in codelists.codes("subaard")}
    assert prefixes == set(AARD)


def test_codes_are_unique_within_a_list() -> None:
    for lijst in ("soort_kwestie", "wet", "kanaal", "activiteit", "resultaat"):
        codes = codelists.codes(lijst)
        assert len(codes) == len(set(codes))


def test_a_label_follows_the_language() -> None:
    assert codelists.label("aard", "FIN", "nl") == "Financiën"
    assert codelists.label("aard", "FIN", "en") == "Finances"
    assert codelists.label("aard", "FIN") == "Financiën"


@pytest.mark.parametrize("ask", [codelists.label, codelists.publieksgroep])
def test_an_unknown_code_is_an_error(ask: Any) -> None:
    with pytest.raises(UnknownCode):
        ask("resultaat", "GELUKT")


def test_choices_leave_out_what_is_asked() -> None:
    offered = codelists.choices("identiteitsstatus", leave_out=("GEANON",))
    assert [code for code, _label in offered] == ["ANONIEM", "ANON_ZORG", "BEKEND"]


def test_the_public_groups_of_soort_are_questions_and_complaints() -> None:
    assert codelists.publieksgroepen("soort_kwestie") == (
        codelists.publieksgroep("soort_kwestie", "VRAAG"),
        codelists.publieksgroep("soort_kwestie", "KLACHT"),
    )
    groups = {
        code: codelists.publieksgroep("soort_kwestie", code)
        for code in codelists.codes("soort_kwestie")
    }
    assert groups["WENS"] == groups["VRAAG"]
    assert groups["ONVREDE"] == groups["MELDING"] == groups["KLACHT"]


def test_internal_activities_are_never_reported() -> None:
    hidden = [
        code
        for code in codelists.codes("activiteit")
        if codelists.publieksgroep("activiteit", code) is None
    ]
    assert hidden == ["INT.KLANK", "INT.OVERL"]


@pytest.mark.parametrize(
    ("constraint", "lijst", "also"),
    [
        ("kwestie_aard_lijst", "aard", set()),
        ("kwestie_soort_lijst", "soort_kwestie", set()),
        ("kwestie_wet_lijst", "wet", set()),
        ("kwestie_wetten_lijst", "wet", set()),
        ("kwestie_kanaal_lijst", "kanaal", set()),
        ("kwestie_rol_lijst", "rol_hulpvrager", set()),
        ("kwestie_identiteitsstatus_lijst", "identiteitsstatus", set()),
        ("kwestie_dienst_lijst", "dienst", set()),
        ("kwestie_fase_lijst", "fase", {""}),
        ("kwestie_resultaat_lijst", "resultaat", {""}),
        ("kwestie_levensdomein_lijst", "levensdomein", set()),
        ("kwestie_activiteiten_lijst", "activiteit", set()),
        ("contact_activiteiten_lijst", "activiteit", set()),
        ("contact_kanaal_lijst", "kanaal", set()),
        ("verwijzing_instantie_lijst", "instantie_type", set()),
        ("client_leeftijdsklasse_lijst", "leeftijdsklasse", set()),
        ("achtergrond_leeftijdsklasse_lijst", "leeftijdsklasse", set()),
        ("achtergrond_doelgroepen_lijst", "doelgroep", set()),
        ("achtergrond_functies_lijst", "functie", set()),
    ],
)
def test_the_database_knows_exactly_the_same_codes(
    superuser: psycopg.Connection[Any], constraint: str, lijst: str, also: set[str]
) -> None:
    [definition] = superuser.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
        [constraint],
    ).fetchone() or [""]
    assert (
        set(re.findall(r"'([^']*)'", definition)) == set(codelists.codes(lijst)) | also
    )
