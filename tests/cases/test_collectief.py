"""Work without a client: groups and consultations, in codes and numbers only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.forms.collectief import CollectiefForm
from cases.models import CollectieveActiviteit, Kwestie, soorten
from cases.services import KwestieError
from cases.services.collectief import Collectief, record_collectief
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people

pytestmark = pytest.mark.django_db
NIEUW = "/t/arnhem/collectief/nieuw/"
GROEP: dict[str, Any] = {
    "datum": date(2025, 4, 3),
    "soort": "COL.LOTG",
    "publiek": ("CLIENTEN", "NAASTEN"),
    "doelgroepen": ("MZ",),
    "aantal_deelnemers": 12,
    "duur_min": 90,
}


def record(
    door: str = "anna", pk: UUID | None = None, **over: Any
) -> CollectieveActiviteit:
    wie = people.wie(door)
    with acting_as(wie.scope(1)):
        return record_collectief(
            actor=wie,
            tenant_id=1,
            activiteit_id=pk or uuid4(),
            gegevens=Collectief(**{**GROEP, **over}),
        )


def stored() -> list[CollectieveActiviteit]:
    with acting_as(people.wie("anna").scope(1)):
        return list(CollectieveActiviteit.objects.filter(tenant_id=1))


def test_s058_a_meeting_of_peers_with_twelve_people_and_no_client() -> None:
    browser = people.browser("anna")
    sent = {
        "sleutel": uuid4(),
        "datum": "3-4-2025",
        "soort": "COL.LOTG",
        "publiek": ["CLIENTEN"],
        "doelgroepen": ["MZ"],
        "aantal_deelnemers": "12",
        "duur_min": "90",
    }
    assert browser.post(NIEUW, sent).status_code == 302
    assert browser.post(NIEUW, sent).status_code == 302
    (row,) = stored()
    assert (row.aantal_deelnemers, row.deelnemers, row.duur_min) == (12, 10, 90)
    text = browser.get("/collectief/").content.decode()
    assert "Lotgenotencontact faciliteren of organiseren" in text
    assert "rond 10" in text
    with acting_as(people.wie("anna").scope(1)):
        assert not Kwestie.objects.filter(tenant_id=1).exists()


def test_s085_peers_talks_and_training_for_clients_and_professionals() -> None:
    for soort in ("COL.LOTG", "COL.GESPR", "COL.TRAIN"):
        for publiek in ("CLIENTEN", "ZORGVERL"):
            record(soort=soort, publiek=(publiek,))
    assert len(stored()) == 6


def test_s121_a_sounding_board_has_a_theme_and_nobody_in_it() -> None:
    row = record(
        soort="INT.KLANK",
        thema="REL.BEJ",
        publiek=(),
        doelgroepen=(),
        aantal_deelnemers=None,
    )
    assert (row.thema, row.publiek, row.deelnemers) == ("REL.BEJ", [], None)
    with pytest.raises(KwestieError, match="alleen het thema"):
        record(soort="INT.KLANK")
    with acting_as(people.wie("anna").scope(1)):
        with pytest.raises(IntegrityError, match="collectief_overleg_over_niemand"):
            with transaction.atomic():
                CollectieveActiviteit.objects.filter(pk=row.pk).update(
                    doelgroepen=["VB"]
                )


def test_no_answer_is_about_a_person_and_none_is_free_text() -> None:
    names = {field.name for field in CollectieveActiviteit._meta.get_fields()}
    assert not names & {"kwestie", "client", "naam", "notitie", "toelichting"}
    asked = set(CollectiefForm.base_fields) - {"sleutel"}
    assert asked == {*GROEP, "thema"}
    assert all(not code.startswith("IND.") for code in soorten())


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"soort": "IND.INFO"}, "soort"),
        ({"publiek": ()}, "publiek"),
        ({"thema": "X"}, "thema"),
        ({"datum": timezone.localdate() + timedelta(days=2)}, "datum"),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(
    over: dict[str, Any], veld: str
) -> None:
    with pytest.raises(KwestieError) as refusal:
        record(**over)
    assert refusal.value.veld == veld


def test_each_puts_right_her_own_and_colleagues_see_it() -> None:
    row = record("anna")
    there = f"/t/arnhem/collectief/{row.pk}/"
    assert people.browser("bram").get(there).status_code == 404
    with pytest.raises(KwestieError, match="collega"):
        record("bram", pk=row.pk)
    assert "Anna" in people.browser("bram").get("/collectief/").content.decode()
    form = people.browser("anna").get(there).content.decode()
    assert 'value="12"' in form
    record("anna", pk=row.pk, aantal_deelnemers=23)
    assert [one.deelnemers for one in stored()] == [25]


@pytest.mark.parametrize("naam", ["gerard", "dewi", "hanna"])
def test_who_has_no_case_role_here_records_nothing(naam: str) -> None:
    with pytest.raises(Refused):
        record(naam)
    assert people.browser(naam).get(NIEUW).status_code == 404


def test_the_counting_job_reads_none_of_it(
    superuser: psycopg.Connection[Any],
) -> None:
    found = superuser.execute(
        "SELECT DISTINCT grantee FROM information_schema.column_privileges WHERE"
        " table_name = 'cases_collectieveactiviteit' AND grantee LIKE 'adviespunt%'"
    ).fetchall()
    assert sorted(row[0] for row in found) == [
        *("adviespunt_job", "adviespunt_owner", "adviespunt_staff")
    ]
