"""Own values and settings of a tenant, where the casework meets them (S146, S75)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cases import codelists, eigen
from cases.forms import RegistratieForm
from cases.models import Kwestie
from cases.selectors.achtergrond import diensten_on
from cases.selectors.dag import shared_norm
from cases.services import KwestieError
from cases.services.regels import check_subaard
from tenants import diensten
from tenants.beheer import lijsten
from tenants.models import Opdracht
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import path

pytestmark = pytest.mark.django_db


def test_the_lists_of_administration_are_those_of_the_casework() -> None:
    assert tuple(lijsten.AARDEN) == codelists.codes("aard")
    for code, naam in lijsten.AARDEN.items():
        assert str(naam) == codelists.label("aard", code)
    assert tuple(diensten.DIENSTEN) == codelists.codes("dienst")
    for code, naam in diensten.DIENSTEN.items():
        assert str(naam) == codelists.label("dienst", code)
    taken = {code for code in codelists.codes("subaard") if ".X" in code}
    assert taken == set()


def test_s095_a_part_stands_after_its_whole_and_says_so() -> None:
    codes = [code for code, _label in diensten.choices()]
    assert codes[codes.index("OCO_SD") + 1] == "VP_SD"
    assert "onderdeel van" in dict(diensten.choices())["VP_SD"]


def test_s146_an_own_value_is_offered_kept_and_known_by_its_tenant_only() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        made = lijsten.add_value(actor=dewi, tenant_id=1, onder="ORG", naam="Loket")
    nadia = people.wie("nadia")
    with acting_as(nadia.scope(1)):
        form = RegistratieForm(eigen=eigen.subaarden_of(1))
        assert form.fields["subaard"].code_for("loket", "ORG") == made.code
        check_subaard(Kwestie(tenant_id=1, aard="ORG", subaard=made.code))
        for tenant_id, aard in ((2, "ORG"), (1, "REL")):
            with pytest.raises(KwestieError):
                check_subaard(
                    Kwestie(tenant_id=tenant_id, aard=aard, subaard=made.code)
                )
        assert eigen.subaard_label(1, made.code) == "Loket"
        assert eigen.of_core(made.code) == ""
    with acting_as(dewi.scope(1)):
        lijsten.retire_value(actor=dewi, tenant_id=1, pk=made.pk, weer=False)
    with acting_as(nadia.scope(1)):
        assert eigen.subaarden_of(1) == []
        assert eigen.subaard_label(1, made.code) == "Loket"
    body = people.browser("anna").get("/t/arnhem/kwesties/nieuw/").content.decode()
    assert "Loket" not in body


def test_an_own_value_stands_in_the_form_of_a_new_kwestie() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        lijsten.add_value(actor=dewi, tenant_id=1, onder="ORG", naam="Balie Zuid")
    body = people.browser("anna").get("/t/arnhem/kwesties/nieuw/").content.decode()
    assert "Balie Zuid" in body


def test_s144_for_whom_an_opdracht_is_stands_at_the_form_and_refuses_nobody() -> None:
    page = "/t/arnhem/kwesties/nieuw/"
    anna = people.browser("anna")
    assert "De opdracht is voor" not in anna.get(page).content.decode()
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(doelgroepafbakening="Ouderen")
    answer = anna.get(page)
    assert "De opdracht is voor: Ouderen." in answer.content.decode()
    assert answer.status_code == 200
    kwestie = seed.register("anna")
    for verb in ("bewerken/", "afronden/"):
        text = anna.get(path(kwestie, verb)).content.decode()
        assert "De opdracht is voor: Ouderen." in text
        assert "utrecht-alert--warning" in text
    # Outside it: passed on with the result that says so.
    assert codelists.label("resultaat", "BUITEN") in text


def test_s075_the_norm_and_the_usual_dienst_are_those_of_the_tenant() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        assert lijsten.norms_of([1, 2]) == {1: 2, 2: 2}
        lijsten.change_setting(
            actor=dewi, tenant_id=1, reactienorm=5, standaarddienst="VP_SD"
        )
        norms = lijsten.norms_of([1, 2])
        assert norms == {1: 5, 2: 2}
        assert (shared_norm([5, 5]), shared_norm(norms.values())) == (5, 0)
        assert diensten_on(1, timezone.localdate()) == ["OCO_SD"]
