"""Beheer › Mensen: who is there, what is recorded, and what no form lets in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, transaction
from django.utils import timezone

from tenants import mensen
from tenants.models import Aanstelling, Medewerker, Membership, User
from tenants.roles import PER_CONTACT, ROLLEN, Recht
from tenants.scope import acting_as
from tests import people

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
ANNA, NADIA, GERARD = (people.ident(n) for n in ("anna", "nadia", "gerard"))
HIER = "/t/arnhem/beheer"
GEGEVENS = {"functie": "OCO", "laag": "2", "specialismen": "", "vog_op": ""}


def dewi() -> Any:
    return people.browser("dewi")


def colleague(pk: Any = ANNA) -> Medewerker:
    return Medewerker.objects.get(pk=pk)


def held(pk: Any, rol: str, tenant_id: int = 1) -> Membership | None:
    with acting_as(people.wie("dewi").scope(1)):
        return Membership.objects.filter(
            tenant_id=tenant_id, user_id=pk, rol=rol
        ).first()


def dag(when: date | None) -> str:
    return f"{when:%d-%m-%Y}" if when else ""


# ---------------------------------------------------------------------------- finding


def test_the_list_finds_people_by_name_and_by_where_they_stand() -> None:
    page = dewi().get("/beheer/mensen/").content.decode()
    for naam in ("Anna", "Gerard", "Teun"):
        assert f">{naam}</a>" in page
    assert ">Niemand</a>" not in page  # no role anywhere
    found = dewi().get("/beheer/mensen/?zoek=nadia").content.decode()
    assert (">Nadia</a>" in found, ">Anna</a>" in found) == (True, False)
    gone = dewi().get("/beheer/mensen/?stand=gestopt").content.decode()
    assert "Niemand gevonden" in gone


def test_the_list_takes_the_same_number_of_queries_for_two_people_as_for_all(
    django_assert_num_queries: Any,
) -> None:
    wie = people.wie("dewi")
    for users in ([ANNA, NADIA], None):
        with acting_as(wie.scope()), django_assert_num_queries(4):
            assert len(mensen.people(wie, [1, 2], users)) >= 2


def test_each_role_is_told_in_words_with_a_preview_without_data() -> None:
    page = dewi().get("/beheer/rollen/").content.decode()
    assert all(str(rol.naam) in page for rol in ROLLEN.values())
    shown = dewi().get("/beheer/rollen/DIRECTIE/").content.decode()
    main = shown[shown.index("<main") :]
    assert "Uitzonderingen" in main  # of her menu
    assert "Rapportages vaststellen of intrekken" in main
    assert "Arnhem" not in main
    assert dewi().get("/beheer/rollen/BAAS/").status_code == 404


# ---------------------------------------------------------------------- roles on screen


def test_a_role_is_given_and_ended_and_the_next_request_knows() -> None:
    vera = people.browser("vera")
    assert vera.get("/rapportages/").status_code == 404
    data = {"rol": "TOETSER", "van": dag(TODAY()), "tot": ""}
    url = f"{HIER}/mensen/{people.ident('vera')}/rol/"
    assert dewi().post(url, data).status_code == 302
    assert vera.get("/rapportages/").status_code == 200  # with her page open
    row = held(people.ident("vera"), "TOETSER")
    assert row is not None
    assert dewi().post(f"{HIER}/rollen/{row.pk}/stoppen/").status_code == 302
    assert vera.get("/rapportages/").status_code == 404
    assert held(people.ident("vera"), "TOETSER") is None  # it began today


def test_a_role_of_longer_stays_on_record_and_gives_nothing() -> None:
    bram = people.ident("bram")
    browser = people.browser("bram")
    row = held(bram, "ONDERSTEUNER")
    assert row is not None
    assert browser.get("/werk/").status_code == 200
    page = dewi().get(f"{HIER}/rollen/{row.pk}/stoppen/").content.decode()
    assert "/t/arnhem/ontheffen/" in page
    dewi().post(f"{HIER}/rollen/{row.pk}/stoppen/")
    assert browser.get("/werk/").status_code == 404
    after = held(bram, "ONDERSTEUNER")
    assert after is not None
    assert after.tot == TODAY() - timedelta(days=1)
    gone = dewi().get("/beheer/mensen/?stand=gestopt").content.decode()
    assert ">Bram</a>" in gone


def test_her_own_role_leads_an_administrator_to_the_request() -> None:
    me = people.ident("dewi")
    for url in (f"{HIER}/mensen/{me}/rol/", f"{HIER}/rollen/{_own()}/stoppen/"):
        answer = dewi().post(url, {"rol": "FG", "van": dag(TODAY())})
        assert answer.headers["Location"] == f"{HIER}/rolverzoek/"
    assert people.wie("dewi").plekken[1].rollen == {"BEHEER"}


def _own() -> Any:
    row = held(people.ident("dewi"), "BEHEER")
    assert row is not None
    return row.pk


@pytest.mark.parametrize("naam", ["anna", "chantal", "fatma", "frits", "gerard"])
def test_nobody_else_changes_a_role(naam: str) -> None:
    browser = people.browser(naam)
    url = f"{HIER}/mensen/{ANNA}/rol/"
    data = {"rol": "BEHEER", "van": dag(TODAY())}
    assert browser.post(url, data).status_code == 404
    assert held(ANNA, "BEHEER") is None


def test_without_a_recent_proof_no_role_changes() -> None:
    browser = dewi()
    session = browser.session
    del session["account_authentication_methods"]
    session.save()
    data = {"rol": "TOETSER", "van": dag(TODAY())}
    answer = browser.post(f"{HIER}/mensen/{ANNA}/rol/", data)
    assert answer.headers["Location"].startswith("/accounts/bevestigen/")
    assert held(ANNA, "TOETSER") is None


# --------------------------------------------------------------------- about a colleague


def test_what_is_recorded_of_a_colleague() -> None:
    data = {**GEGEVENS, "functie": "OVP", "laag": "3"}
    data |= {"specialismen": "dementie\n\n jeugd \ndementie"}
    assert dewi().post(f"{HIER}/mensen/{ANNA}/gegevens/", data).status_code == 302
    row = colleague()
    assert (row.functie, row.laag, row.specialismen) == (
        "OVP",
        3,
        ["dementie", "jeugd"],
    )
    page = dewi().get(f"/beheer/mensen/{ANNA}/").content.decode()
    assert "Onafhankelijk vertrouwenspersoon" in page


@pytest.mark.parametrize(
    ("sinds", "vog", "status"),
    [
        (None, timedelta(), 422),
        (timedelta(), None, 422),
        (timedelta(), timedelta(days=100), 422),
        (timedelta(), timedelta(days=-1), 422),  # tomorrow
        (timedelta(), timedelta(days=80), 302),
    ],
)
def test_who_works_for_youth_has_a_fresh_vog(
    sinds: timedelta | None, vog: timedelta | None, status: int
) -> None:
    data = {
        **GEGEVENS,
        "functie": "VPJ",
        "functie_sinds": dag(TODAY() - sinds if sinds is not None else None),
        "vog_op": dag(TODAY() - vog if vog is not None else None),
    }
    answer = dewi().post(f"{HIER}/mensen/{ANNA}/gegevens/", data)
    assert answer.status_code == status
    assert colleague().functie == ("VPJ" if status == 302 else "OCO")


def test_the_database_holds_the_vog_and_who_may_write_it() -> None:
    old = TODAY() - relativedelta(months=3, days=1)
    wie = people.wie("dewi")
    with acting_as(wie.scope(1)):
        with pytest.raises(DatabaseError, match="vog_jeugd"), transaction.atomic():
            Medewerker.objects.filter(pk=ANNA).update(
                functie="VPJ", functie_sinds=TODAY(), vog_op=old
            )
    with acting_as(people.wie("chantal").scope(1)):
        with pytest.raises(DatabaseError, match="medewerker_door_beheer"):
            with transaction.atomic():
                Medewerker.objects.filter(pk=ANNA).update(laag=3)


def test_s097_an_appointment_is_recorded_per_tenant_and_ends_with_a_reason() -> None:
    data = {
        "instantie": "Het college van B&W van Arnhem",
        "besluit_op": dag(TODAY() - timedelta(days=9)),
        "functie": "OCO",
        "van": dag(TODAY() - timedelta(days=5)),
        "tot": "",
    }
    url = f"{HIER}/mensen/{ANNA}/aanstelling/"
    assert dewi().post(url, data).status_code == 302
    assert dewi().post(url, {**data, "besluit_op": "01-01-2099"}).status_code == 422
    with acting_as(people.wie("dewi").scope(1)):
        row = Aanstelling.objects.get(tenant_id=1, medewerker_id=ANNA)
    end = f"{HIER}/aanstellingen/{row.pk}/einde/"
    assert dewi().post(end, {"tot": dag(TODAY())}).status_code == 422
    assert dewi().post(end, {"tot": dag(TODAY()), "reden": "EIGEN"}).status_code == 302
    page = dewi().get(f"/beheer/mensen/{ANNA}/").content.decode()
    assert ("college van B&amp;W" in page, "Op eigen verzoek" in page) == (True, True)


# ------------------------------------------------------------- contacts of a tenant (S98)


def test_one_contact_may_download_what_another_may_only_read() -> None:
    assert people.wie("gerard").may(Recht.RAPPORTAGE_DOWNLOADEN, 1)
    data = {"rol": "CONTACT", "van": "01-01-2020", "mag": ["rapportage_concept"]}
    assert dewi().post(f"{HIER}/mensen/{GERARD}/rol/", data).status_code == 302
    wie = people.wie("gerard")
    allowed = {recht for recht in PER_CONTACT if wie.may(recht, 1)}
    assert allowed == {Recht.RAPPORTAGE_CONCEPT}
    assert wie.may(Recht.RAPPORTAGE_ONTVANGEN, 1)


def test_s098_a_contact_changes_her_own_name_and_nothing_else() -> None:
    browser = people.browser("gerard")
    data = {"naam": "Gerard M.", "email": "ander@x.example", "soort": "MEDEWERKER"}
    assert browser.post("/accounts/profiel/", {**data, "is_superuser": "1"}).url == "/"
    user = User.objects.get(pk=GERARD)
    assert (user.naam, user.email, user.soort) == (
        "Gerard M.",
        people.email("gerard"),
        "OPDRACHTGEVER",
    )


def test_a_colleague_reads_what_is_known_of_her_and_sends_nothing() -> None:
    anna = people.browser("anna")
    assert 'href="/accounts/profiel/"' in anna.get("/dag/").content.decode()
    page = anna.get("/accounts/profiel/").content.decode()
    for text in (people.email("anna"), "Onafhankelijk cliëntondersteuner", "Laag 2"):
        assert text in page
    assert anna.post("/accounts/profiel/", {"naam": "Baas"}).status_code == 404
    assert User.objects.get(pk=ANNA).naam == "Anna"
    gerard = people.browser("gerard").get("/rapportages/").content.decode()
    assert 'href="/accounts/profiel/"' in gerard


# --------------------------------------------------------- what no form lets through

# Addresses with a form, and a form of another tenant's rows in every place of an id.
ELSEWHERE = people.ident("hanna")  # only at Wulpenhorst
NIEMAND = UUID(int=0)


@pytest.mark.parametrize(
    ("url", "data"),
    [
        (f"/t/wulpenhorst/beheer/mensen/{ANNA}/gegevens/", GEGEVENS),
        (f"/t/wulpenhorst/beheer/mensen/{ANNA}/aanstelling/", {"functie": "OCO"}),
        (f"{HIER}/mensen/{ELSEWHERE}/gegevens/", GEGEVENS),
        (f"{HIER}/mensen/{NIEMAND}/rol/", {"rol": "TOETSER"}),
        (f"/t/wulpenhorst/beheer/rollen/{ANNA}/stoppen/", {}),
        (f"/t/wulpenhorst/beheer/aanstellingen/{NIEMAND}/einde/", {}),
        (f"/t/wulpenhorst/beheer/rolverzoeken/{NIEMAND}/", {"besluit": "ja"}),
        (f"/t/bestaat-niet/beheer/mensen/{ANNA}/rol/", {"rol": "TOETSER"}),
    ],
)
def test_an_id_of_another_tenant_is_not_there(url: str, data: Any) -> None:
    row = held(ANNA, "ONDERSTEUNER")
    assert row is not None
    assert dewi().post(url.format(anna=row.pk), data).status_code == 404
    assert held(ANNA, "ONDERSTEUNER") is not None


def test_what_a_form_does_not_name_changes_nothing() -> None:
    more = {
        "tenant": "2",
        "tenant_id": "2",
        "user": str(NADIA),
        "door": str(ANNA),
        "code": "baas",
        "naam": "Baas",
        "zonder": "x",
        "is_superuser": "1",
        "soort": "OPDRACHTGEVER",
    }
    before = colleague()
    dewi().post(f"{HIER}/mensen/{ANNA}/gegevens/", {**GEGEVENS, "laag": "1", **more})
    after = colleague()
    assert (after.code, after.naam, after.laag) == (before.code, before.naam, 1)
    role = {"rol": "TOETSER", "van": dag(TODAY()), **more}
    dewi().post(f"{HIER}/mensen/{ANNA}/rol/", role)
    row = held(ANNA, "TOETSER")
    assert row is not None
    assert (row.tenant_id, row.soort, row.zonder) == (1, "MEDEWERKER", [])
    assert held(NADIA, "TOETSER") is None
    assert held(ANNA, "TOETSER", 2) is None


@pytest.mark.parametrize("rol", ["CONTACT", "BAAS", "", "BEHEER,FG"])
def test_a_role_that_is_not_offered_is_refused(rol: str) -> None:
    data = {"rol": rol, "van": dag(TODAY())}
    url = f"{HIER}/mensen/{ANNA}/rol/"
    assert dewi().post(url, data).status_code == 422
    assert people.wie("anna").plekken[1].rollen == {"ONDERSTEUNER"}
