"""Quick registration: what it writes, and each rule it refuses, at the field."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Client, Kwestie, Status
from cases.services import KwestieError
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def test_seven_fields_make_a_kwestie_of_the_one_who_registers() -> None:
    kwestie = seed.register()
    assert kwestie.status == Status.TOEGEWEZEN
    assert kwestie.ondersteuner_id == people.ident("anna")
    assert kwestie.bron == "FORMULIER"
    assert kwestie.opdracht_id == people.ident("opdracht-arnhem")
    assert kwestie.dienst == "OCO_SD"
    assert kwestie.client_id is None
    assert kwestie.nummer.startswith("ARN-")
    assert len(kwestie.nummer) == 11


def test_an_anonymous_kwestie_makes_no_client_and_fills_no_identity_column() -> None:
    kwestie = seed.register()
    with acting_as(people.wie("anna").scope(1)):
        assert not Client.objects.filter(tenant_id=1).exists()
        row = Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk).values().get()
    texts = {name: value for name, value in row.items() if name.endswith("_v")}
    assert len(texts) == 6
    assert set(texts.values()) == {None}


@pytest.mark.parametrize("status", ["BEKEND", "ANON_ZORG"])
def test_a_client_who_is_not_anonymous_is_kept_with_name_and_contact(
    status: str,
) -> None:
    kwestie = seed.register(
        identiteitsstatus=status,
        naam=seed.NAAM,
        telefoon="026 123 45 67",
        email="truus@voorbeeld.example",
    )
    with acting_as(people.wie("anna").scope(1)):
        client = seed.readable(Client.objects.get(tenant_id=1, pk=kwestie.client_id))
    assert client.identiteitsstatus == status
    assert (client.naam, client.telefoon, client.email) == (
        seed.NAAM,
        "026 123 45 67",
        "truus@voorbeeld.example",
    )


def test_a_question_answered_at_once_is_closed_in_the_same_act() -> None:
    kwestie = seed.register(
        soort="VRAAG",
        wet="ONBEKEND",
        activiteiten=("IND.INFO", "IND.RECHT"),
        minuten=15,
        resultaat="BEANTW",
    )
    assert kwestie.status == Status.AFGEROND
    assert kwestie.resultaat == "BEANTW"
    assert kwestie.afgerond_op == kwestie.datum
    assert kwestie.activiteiten == ["IND.INFO", "IND.RECHT"]
    assert kwestie.minuten == 15


def test_a_report_that_is_referred_at_once_has_its_referral_on_record() -> None:
    kwestie = seed.register(
        soort="MELDING",
        activiteiten=("IND.VERWIJS",),
        resultaat="VERWEZEN",
        instantie_type="WIJKT",
    )
    assert kwestie.status == Status.AFGEROND
    with acting_as(people.wie("anna").scope(1)):
        assert [v.instantie_type for v in kwestie.verwijzingen.all()] == ["WIJKT"]


def test_sending_the_form_twice_gives_one_kwestie() -> None:
    pk = uuid4()
    first = seed.register(pk=pk, identiteitsstatus="BEKEND", naam=seed.NAAM)
    second = seed.register(pk=pk, identiteitsstatus="BEKEND", naam=seed.NAAM)
    assert second.nummer == first.nummer
    with acting_as(people.wie("anna").scope(1)):
        assert Kwestie.objects.filter(tenant_id=1).count() == 1
        assert Client.objects.filter(tenant_id=1).count() == 1


def test_the_id_of_somebody_elses_kwestie_gives_nothing_away() -> None:
    theirs = seed.register("hanna", "wulpenhorst")
    with pytest.raises(KwestieError, match="al gebruikt"):
        seed.register("anna", pk=theirs.pk)
    of_a_colleague = seed.register("bram")
    with pytest.raises(KwestieError, match="al gebruikt"):
        seed.register("anna", pk=of_a_colleague.pk)


def test_a_second_kwestie_of_a_known_client_shares_the_client() -> None:
    first = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    second = seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    assert second.client_id == first.client_id


def test_a_client_of_a_colleague_cannot_be_borrowed() -> None:
    first = seed.register("bram", identiteitsstatus="BEKEND", naam=seed.NAAM)
    with pytest.raises(KwestieError, match="niet gevonden"):
        seed.register("anna", identiteitsstatus="BEKEND", client_van=first.pk)


def test_on_a_day_without_opdracht_nothing_can_be_registered(superuser: Any) -> None:
    with acting_as(people.wie("dewi").scope(1)), connection.cursor() as cursor:
        cursor.execute("UPDATE tenants_opdracht SET tot = '2025-03-04'")
    with pytest.raises(KwestieError) as refused:
        seed.register()
    assert refused.value.veld == "datum"
    assert seed.register(datum=date(2025, 3, 4)).status == Status.TOEGEWEZEN


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        pytest.param({"aard": "XXX"}, "aard", id="V1"),
        pytest.param({"aard": "FIN", "subaard": "REL.BEJ"}, "subaard", id="V2"),
        pytest.param({"aard": "FIN", "subaard": "FIN.ZZZ"}, "subaard", id="V2-list"),
        pytest.param({"wet": ""}, "wet", id="V3"),
        pytest.param({"kanaal": "ROOK"}, "kanaal", id="kanaal"),
        pytest.param(
            {"soort": "VRAAG", "resultaat": "BEANTW"}, "activiteiten", id="V4"
        ),
        pytest.param(
            {"activiteiten": ("IND.INFO",), "resultaat": "OPGELOST"},
            "resultaat",
            id="V4-not-at-once",
        ),
        pytest.param(
            {"soort": "VRAAG", "resultaat": "X", "activiteiten": ("IND.INFO",)},
            "resultaat",
            id="V4-list",
        ),
        pytest.param({"naam": seed.NAAM}, "naam", id="V7-name"),
        pytest.param({"telefoon": "0612345678"}, "telefoon", id="V7-telephone"),
        pytest.param({"email": "t@voorbeeld.example"}, "email", id="V7-mail"),
        pytest.param({"identiteitsstatus": "BEKEND"}, "naam", id="V7-nameless"),
        pytest.param({"identiteitsstatus": "ANON_ZORG"}, "naam", id="V7-zorg"),
        pytest.param(
            {
                "soort": "VRAAG",
                "resultaat": "VERWEZEN",
                "activiteiten": ("IND.VERWIJS",),
            },
            "instantie_type",
            id="V15",
        ),
        pytest.param({"datum": TOMORROW}, "datum", id="V16-future"),
        pytest.param({"datum": date(2014, 12, 31)}, "datum", id="V16-before-2015"),
        pytest.param({"minuten": 10}, "activiteiten", id="minutes-of-nothing"),
    ],
)
def test_registering_against_a_rule_is_refused_at_the_field(
    over: dict[str, Any], veld: str
) -> None:
    with pytest.raises(KwestieError) as refused:
        seed.register(**over)
    assert refused.value.veld == veld
    with acting_as(people.wie("anna").scope(1)):
        assert not Kwestie.objects.filter(tenant_id=1).exists()
        assert not Client.objects.filter(tenant_id=1).exists()
