"""The one window: every figure counted again by hand, people counted carefully."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import counts
from cases.models import Kwestie
from privacy.disclosure import CountTable
from tenants.scope import Scope, acting_as
from tests import people
from tests.signalering import maken

pytestmark = pytest.mark.django_db
JOB = Scope("job", None, (1,), 1, (1,))


def table(van: date = date(2025, 7, 1), tot: date = date(2025, 9, 30)) -> CountTable:
    with acting_as(JOB):
        return counts.count_report(
            naam="2025-Q3",
            tenant_id=1,
            opdracht_id=people.ident("opdracht-arnhem"),
            van=van,
            tot=tot,
        )


def cell(found: CountTable, name: str) -> tuple[int, int]:
    made = found.by_id[name]
    return made.kwesties, made.clienten


def plant(*rows: dict[str, Any], number: int = 1) -> None:
    """Kwesties of Arnhem; ``client`` is an index into ``number`` clients or None."""
    with acting_as(people.known("anna").scope(1)):
        known = [*maken.clients(1, number), None]
        places = [row.pop("client", None) for row in rows]
        maken.kwesties(
            1,
            [
                (known[-1 if place is None else place], row)
                for place, row in zip(places, rows, strict=True)
            ],
        )


def test_s028_people_are_counted_once_and_anonymous_ones_as_one() -> None:
    plant(
        {"client": 0, "aard": "FIN"},
        {"client": 0, "aard": "FIN"},
        {"client": 1, "aard": "FIN"},
        {"aard": "FIN"},
        {"aard": "FIN"},
        {"aard": "REL"},
        number=2,
    )
    found = table()
    assert cell(found, "totaal") == (6, 3)
    assert cell(found, "aard:FIN") == (5, 3)
    assert cell(found, "aard:REL") == (1, 1)
    assert cell(found, "aard:BEH") == (0, 0)


def test_the_period_includes_its_first_and_last_day() -> None:
    plant(
        {"datum": date(2025, 6, 30), "afgerond_op": date(2025, 7, 1)},
        {"datum": date(2025, 7, 1), "afgerond_op": date(2025, 7, 1)},
        {"datum": date(2025, 9, 30), "afgerond_op": date(2025, 9, 30)},
        {"datum": date(2025, 10, 1), "afgerond_op": date(2025, 10, 1)},
    )
    assert cell(table(), "totaal") == (2, 1)


def test_soort_splits_in_two_with_complaints_of_their_own() -> None:
    rows = [{"soort": s} for s in ("VRAAG", "WENS", "ONVREDE", "KLACHT", "MELDING")]
    plant(*rows)
    found = table()
    assert cell(found, "soort:VRAGEN")[0] == 2
    assert cell(found, "soort:KLACHTEN")[0] == 3
    assert cell(found, "soort:KLACHT")[0] == 1
    assert cell(found, "soort:REST")[0] == 2
    assert found.by_id["soort:REST"].hidden


def test_open_kwesties_are_still_running_and_the_rest_has_its_result() -> None:
    running = {"status": "IN_ONDERSTEUNING", "resultaat": "", "afgerond_op": None}
    plant(running, {"resultaat": "BUITEN"}, {"resultaat": "VERWEZEN"})
    found = table()
    assert cell(found, "resultaat:LOPEND")[0] == 1
    assert cell(found, "resultaat:doorverwezen")[0] == 2


def test_support_may_count_more_than_once_and_minutes_add_up() -> None:
    plant({}, {})
    with acting_as(people.wie("anna").scope(1)):
        extra = Kwestie.objects.filter(tenant_id=1).first()
        assert extra is not None
        extra.contactmomenten.create(
            tenant_id=1,
            datum_tijd="2025-08-13T10:00:00Z",
            kanaal="TEL",
            activiteiten=["IND.BRIEF", "IND.RECHT", "INT.OVERL"],
            duur_min=45,
        )
    found = table()
    assert cell(found, "inhoud:Informatie en advies")[0] == 2
    assert cell(found, "inhoud:Ondersteuning")[0] == 1
    assert found.by_id["minuten"].kwesties == 30 + 30 + 45


def test_tables_add_up_to_the_total_and_aard_keeps_its_order() -> None:
    maken.fill(per_aard=4)
    found = table()
    for relation in found.relations:
        parts = sum(found.by_id[part].kwesties for part in relation.parts)
        assert parts == found.by_id[relation.total].kwesties
    order = [c.id for c in found.cells if c.tabel == "aard"]
    assert order == [f"aard:{a}" for a in ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")]


def test_the_public_part_holds_the_four_subjects_only() -> None:
    public = counts.public_part(table())
    assert {c.tabel for c in public.cells} == {
        *("totaal", "soort", "aard", "inhoud", "resultaat")
    }
    assert set(counts.labels()) >= {c.id for c in public.cells if not c.hidden}


def test_another_tenant_and_passed_on_kwesties_do_not_count() -> None:
    plant({}, {"status": "DOORGELEID", "resultaat": "", "afgerond_op": None})
    with acting_as(people.wie("hanna").scope(2)):
        maken.kwestie(2, None)
    assert cell(table(), "totaal") == (1, 1)


def test_counting_takes_three_queries_whatever_the_number() -> None:
    for number in (1, 30):
        plant(*[{} for _ in range(number)])
        with acting_as(JOB), CaptureQueriesContext(connection) as seen:
            counts.count_report(
                naam="x",
                tenant_id=1,
                opdracht_id=people.ident("opdracht-arnhem"),
                van=date(2025, 7, 1),
                tot=date(2025, 9, 30),
            )
        assert len(seen) == 3
