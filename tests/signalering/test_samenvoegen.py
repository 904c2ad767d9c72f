"""Tables in fewer groups: carried out, told, and protected in the series."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from privacy.disclosure import PublishableTable
from privacy.disclosure.audit import audit
from signalering import lifecycle
from signalering.documents import document_for
from signalering.lifecycle import RapportageError
from signalering.models import Rapportage, Status
from signalering.report import subjects
from tenants.scope import acting_as
from tests import people
from tests.signalering import maken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_storage(settings: object, tmp_path: Any) -> None:
    settings.RAPPORT_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def jaar() -> Iterator[None]:
    """Laws of a few people each, that are enough together, in both half-years."""
    numbers = {"WMO": 22, "JW": 9, "PW": 7, "WLZ": 2, "ZVW": 2, "WZD": 2, "AWB": 6}
    wanted = [
        {
            "wet": wet,
            "aard": ("FIN", "REL", "ORG", "WEI", "OVE")[(n + place) % 5],
            "soort": ("VRAAG", "ONVREDE")[n % 2],
            "datum": maken.DAY.replace(month=maand, day=n + 1),
            "afgerond_op": maken.DAY.replace(month=maand, day=n + 1),
            "nummer": f"SAM-{maand}{wet}{n}",
        }
        for maand in (2, 8)
        for place, (wet, number) in enumerate(numbers.items())
        for n in range(number)
    ]
    with acting_as(people.known("nadia").scope(1)):
        maken.kwesties_of_each(1, wanted)
    yield


def redesign(pk: Any, *samen: str) -> Any:
    wie = people.wie("chantal")
    with acting_as(wie.scope(1)):
        made, _job = lifecycle.redesign(
            actor=wie, tenant_id=1, pk=pk, samengevoegd=samen
        )
    with acting_as(maken.job_scope(1)):
        lifecycle.freeze_figures(Rapportage.objects.get(tenant_id=1, pk=made.pk))
        Rapportage.objects.filter(tenant_id=1, pk=made.pk).update(druk="KLAAR")
    return made.pk


def figures(pk: Any) -> PublishableTable:
    return PublishableTable.from_json(maken.row(pk).cijfers or {})


def exported(publiek: str = "opdrachtgever") -> dict[str, Any]:
    out = StringIO()
    call_command(
        "disclosure_export", "--tenant", "arnhem", "--audience", publiek, stdout=out
    )
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_a_merged_table_shows_what_its_parts_could_not(jaar: None) -> None:
    first = maken.figures_only(periode="2025")
    fine = figures(first).view("wet")
    assert any(cell.onderdrukt for cell in fine if cell.id != "wet:ONBEKEND")
    second = redesign(first, "wet")
    assert maken.row(first).status == Status.INGETROKKEN
    merged = figures(second).view("wet")
    assert {cell.id: cell.kwesties for cell in merged} == {
        "wet:samen-gemeente": 76,
        "wet:samen-zorg": 12,
        "wet:samen-ander": 12,
    }
    with acting_as(maken.job_scope(1)):
        document = document_for(maken.row(second), "opdrachtgever")
    subject = subjects.wet(document)
    assert subject is not None
    assert "Samengevoegd: Wlz, Zvw, Wzd, Wvggz en Wkkgz" in {
        rij.label for rij in subject.rijen
    }
    assert any("groepen samengevoegd" in tekst for tekst in subject.tekst)


def test_merged_and_not_merged_releases_of_a_year_are_one_system(jaar: None) -> None:
    """Fine first, merged later, and the other way round: nothing can be subtracted."""
    maken.offer(maken.figures_only(periode="2025-H1"))
    maken.offer(redesign(maken.figures_only(periode="2025"), "wet", "resultaat"))
    maken.offer(maken.figures_only(periode="2025-H2"))
    document = exported()
    sums = {row["sum"] for row in document["relations"]}
    assert {"2025.v2/wet:samen-zorg", "2025.v2/wet:WLZ"} <= sums
    found = audit(document)
    assert found.breaches == ()
    assert found.checked > 5


def test_the_checker_carries_a_design_out_with_one_button(jaar: None) -> None:
    pk = maken.figures_only(periode="2025")
    browser, url = people.browser("chantal"), f"/t/arnhem/rapportages/{pk}/"
    page = browser.get(f"{url}beveiliging/").content.decode()
    assert 'name="samen" value="wet"' in page
    assert browser.post(f"{url}opzet/", {"samen": "aard"}).status_code == 404
    answer = browser.post(f"{url}opzet/", {"samen": "wet"})
    assert answer.status_code == 302
    with acting_as(people.wie("chantal").scope(1)):
        made = Rapportage.objects.get(tenant_id=1, periode="2025", versie=2)
    assert made.samengevoegd == ["wet"]
    assert str(made.pk) in answer.headers["Location"]


def test_what_the_commissioning_party_has_keeps_its_design(jaar: None) -> None:
    pk = maken.figures_only(periode="2025")
    maken.offer(pk)
    with pytest.raises(RapportageError, match="heeft deze rapportage al"):
        redesign(pk, "wet")


def test_aard_is_always_the_same_six_and_figures_keep_their_design(jaar: None) -> None:
    pk = maken.figures_only(periode="2025")
    with pytest.raises(RapportageError, match="geen groepen"):
        redesign(pk, "aard")
    rows = Rapportage.objects.filter(tenant_id=1, pk=pk)
    with acting_as(people.wie("chantal").scope(1)):
        with pytest.raises(IntegrityError, match="samengevoegd_lijst|staan_vast"):
            with transaction.atomic():
                rows.update(samengevoegd=["aard"])
        with pytest.raises(IntegrityError, match="rapportage_cijfers_staan_vast"):
            with transaction.atomic():
                rows.update(samengevoegd=["wet"])
