"""Regions: who makes one, who is in it, and what somebody may do there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from tenants.access import Refused
from tenants.models import Opdracht, RegioLid, Tenant
from tenants.regios import RegioError, change_regio, make_regio
from tenants.roles import Recht
from tenants.scope import acting_as
from tests import people

pytestmark = pytest.mark.django_db
VAN = date(2020, 1, 1)


def make(naam: str = "Regio Rijn") -> Tenant:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        return make_regio(actor=dewi, naam=naam, leden=[1, 2], van=VAN)


def change(
    regio: Tenant, leden: list[int], dag: date, naam: str = "Regio Rijn"
) -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(regio.pk)):
        change_regio(actor=dewi, tenant_id=regio.pk, naam=naam, leden=leden, dag=dag)


def rechten(naam: str, regio: Tenant) -> set[str]:
    plek = people.wie(naam).plekken.get(regio.pk)
    return set(plek.rechten) if plek else set()


def test_s145_who_administers_all_members_makes_a_region_with_their_thresholds() -> (
    None
):
    regio = make()
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(regio.pk)):
        opdracht = Opdracht.objects.get(tenant_id=regio.pk)
        leden = RegioLid.objects.filter(tenant_id=regio.pk)
        assert set(leden.values_list("lid_id", flat=True)) == {1, 2}
    assert (regio.slug, regio.type) == ("regio-rijn", "regio")
    assert opdracht.drempel_opdrachtgever == 10
    assert opdracht.diensten == ["OCO_SD"]


def test_what_somebody_may_follows_from_her_roles_for_the_members() -> None:
    regio = make()
    assert rechten("dewi", regio) == {Recht.TENANT_BEHEREN}
    assert rechten("els", regio) == {Recht.RAPPORTAGE_LEZEN, Recht.RAPPORTAGE_TOETSEN}
    assert Recht.RAPPORTAGE_PUBLICEREN in rechten("fatma", regio)
    assert rechten("chantal", regio) == {Recht.RAPPORTAGE_LEZEN}  # leads one team
    assert rechten("anna", regio) == {Recht.RAPPORTAGE_LEZEN}
    assert rechten("vera", regio) == set()
    reads = {Recht.RAPPORTAGE_ONTVANGEN, Recht.RAPPORTAGE_DOWNLOADEN}
    contact = {*reads, Recht.RAPPORTAGE_REAGEREN, Recht.RAPPORTAGE_CONCEPT}
    assert rechten("gerard", regio) == rechten("ivo", regio) == contact
    assert rechten("otto", regio) == reads
    assert people.wie("gerard").plekken.keys() == {1, regio.pk}


def test_nobody_makes_a_region_of_what_she_does_not_administer() -> None:
    chantal = people.wie("chantal")
    with acting_as(chantal.scope()), pytest.raises(Refused):
        make_regio(actor=chantal, naam="Regio", leden=[1, 2], van=VAN)


def test_a_region_has_two_members_or_more_and_a_name_of_its_own() -> None:
    make()
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        with pytest.raises(RegioError, match="ten minste twee"):
            make_regio(actor=dewi, naam="Alleen", leden=[1], van=VAN)
        with pytest.raises(RegioError, match="al een regio"):
            make_regio(actor=dewi, naam="rijn", leden=[1, 2], van=VAN)


def test_who_left_gives_nobody_a_place_and_does_not_come_back() -> None:
    regio = make()
    yesterday = timezone.localdate() - timedelta(days=1)
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(regio.pk)):
        RegioLid.objects.filter(tenant_id=regio.pk, lid_id=2).update(tot=yesterday)
    assert rechten("ivo", regio) == set()
    assert Recht.RAPPORTAGE_MAKEN in rechten("chantal", regio)
    with pytest.raises(RegioError, match="niet terug"):
        change(regio, [1, 2], timezone.localdate())


def test_a_region_gets_another_name() -> None:
    regio = make()
    change(regio, [1, 2], VAN, naam="Regio Midden")
    assert people.wie("gerard").plekken[regio.pk].naam == "Regio Midden"


def test_the_database_keeps_members_as_they_were() -> None:
    regio = make()
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(regio.pk)):
        mine = RegioLid.objects.filter(tenant_id=regio.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.update(van=date(2021, 1, 1))
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.delete()
    with acting_as(dewi.scope(1)), transaction.atomic():
        with pytest.raises(IntegrityError, match="regiolid_van_een_regio"):
            RegioLid.objects.create(
                tenant_id=1, lid_id=2, van=VAN, door_id=dewi.user_id
            )


def test_the_screens_of_a_region() -> None:
    dewi = people.browser("dewi")
    data = {"naam": "Regio Rijn", "leden": ["1", "2"], "vanaf": "01-01-2020"}
    assert dewi.post("/regios/nieuw/", {**data, "leden": ["1"]}).status_code == 422
    assert dewi.post("/regios/nieuw/", data).status_code == 302
    page = dewi.get("/regios/").content.decode()
    assert "Gemeente Arnhem, Zorggroep Wulpenhorst" in page
    changed = dewi.post("/t/regio-rijn/regio/", {**data, "naam": "Regio Midden"})
    assert changed.status_code == 302
    assert "Regio Midden" in dewi.get("/regios/").content.decode()
    for naam in ("chantal", "gerard", "fatma"):
        assert people.browser(naam).get("/t/regio-rijn/regio/").status_code == 404
