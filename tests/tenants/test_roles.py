"""The table of roles is that of the practice (model.md §2.7), and separates powers."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from tenants.models import Membership, Tenant
from tenants.roles import (
    CASE_RIGHTS,
    LABELS,
    MEDEWERKER,
    OPDRACHTGEVER,
    ROLLEN,
    Recht,
    rechten_van,
)

# Role → rights, written out once more, so that a change is made in two places.
WANTED: dict[str, set[str]] = {
    "VRIJWILLIGER": {"kwestie_registreren", "kwestie_eigen"},
    "ONDERSTEUNER": {"kwestie_registreren", "kwestie_eigen", "rapportage_lezen"},
    "TEAMLEIDER": {
        "kwestie_registreren",
        "kwestie_eigen",
        "kwestie_team",
        "rapportage_lezen",
        "rapportage_maken",
        "rapportage_aanbieden",
        "bespreking_vastleggen",
    },
    "TOETSER": {"rapportage_lezen", "rapportage_toetsen"},
    "DIRECTIE": {
        "rapportage_lezen",
        "rapportage_vaststellen",
        "rapportage_publiceren",
        "doorbreking_beslissen",
        "uitzonderingen_tellen",
        "uren_tellen",
    },
    "FG": {"log_inzien", "avg_behandelen"},
    "BEHEER": {"tenant_beheren"},
    "CONTACT": {
        "rapportage_ontvangen",
        "rapportage_concept",
        "rapportage_reageren",
        "rapportage_downloaden",
    },
    "ONTVANGER": {"rapportage_ontvangen", "rapportage_downloaden"},
}


def test_the_table_is_the_one_of_the_practice() -> None:
    assert {code: set(map(str, r.rechten)) for code, r in ROLLEN.items()} == WANTED


def test_the_commissioning_party_has_no_right_on_cases() -> None:
    kinds = {code: rol.soort for code, rol in ROLLEN.items()}
    theirs = {code for code, kind in kinds.items() if kind == OPDRACHTGEVER}
    assert theirs == {"CONTACT", "ONTVANGER"}
    assert set(kinds.values()) == {MEDEWERKER, OPDRACHTGEVER}
    allowed = {
        Recht.RAPPORTAGE_ONTVANGEN,
        Recht.RAPPORTAGE_CONCEPT,
        Recht.RAPPORTAGE_REAGEREN,
        Recht.RAPPORTAGE_DOWNLOADEN,
    }
    assert rechten_van(theirs) == allowed
    ours = rechten_van(set(kinds) - theirs)
    assert not ours & allowed


@pytest.mark.parametrize("code", ["TOETSER", "DIRECTIE", "FG", "BEHEER"])
def test_who_checks_decides_or_administers_sees_no_case(code: str) -> None:
    assert not ROLLEN[code].rechten & (CASE_RIGHTS | {Recht.KWESTIE_REGISTREREN})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Recht.RAPPORTAGE_MAKEN, Recht.RAPPORTAGE_TOETSEN),
        (Recht.RAPPORTAGE_MAKEN, Recht.RAPPORTAGE_VASTSTELLEN),
        (Recht.RAPPORTAGE_MAKEN, Recht.RAPPORTAGE_PUBLICEREN),
        (Recht.RAPPORTAGE_TOETSEN, Recht.RAPPORTAGE_PUBLICEREN),
        (Recht.TENANT_BEHEREN, Recht.LOG_INZIEN),
    ],
)
def test_no_single_role_holds_both_ends_of_a_check(one: Recht, other: Recht) -> None:
    assert [c for c, rol in ROLLEN.items() if {one, other} <= rol.rechten] == []


def test_every_right_has_a_label_and_a_holder() -> None:
    assert set(LABELS) == set(Recht)
    assert rechten_van(ROLLEN) == set(Recht)


def test_no_roles_no_rights() -> None:
    assert rechten_van([]) == frozenset()


def test_a_membership_can_hold_each_role_and_no_other() -> None:
    field = Membership._meta.get_field("rol")
    assert [code for code, _naam in field.choices or []] == list(ROLLEN)


@pytest.mark.django_db
def test_guardian_knows_each_right_as_a_permission_on_tenant() -> None:
    assert dict(Tenant._meta.permissions).keys() == {str(r) for r in Recht}
    own = Permission.objects.filter(content_type__model="tenant")
    assert {str(r) for r in Recht} <= set(own.values_list("codename", flat=True))
