"""No kwestie for whoever has an interest in whom it is about (S52, V11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cases.models import Belangencheck, Kwestie, Nevenbelang, Plaatsvervanging
from cases.selectors.regels import is_same_organisation
from cases.services import BelangError, KwestieError, NieuwBelang
from cases.services.belang import declare_belang, end_belang
from cases.services.vervangen import make_plaatsvervanging
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import geheim, seed
from tests.cases.test_regels_ambtshalve import propose
from tests.cases.toegang import share

pytestmark = pytest.mark.django_db
ORG = "Stichting Thuiszorg Rijnoever"


def declare(naam: str = "bram", slug: str = "arnhem", **over: Any) -> Nevenbelang:
    given: dict[str, Any] = {
        "soort": "BESTUUR",
        "van": date(2024, 1, 1),
        "organisatie": ORG,
        **over,
    }
    wie, tenant_id = people.wie(naam), people.tenant_id(slug)
    with acting_as(wie.scope(tenant_id)):
        return declare_belang(
            actor=wie, tenant_id=tenant_id, belang=NieuwBelang(**given)
        )


def about(organisatie: str = ORG, *wederpartij: str) -> Kwestie:
    """A kwestie of Anna about this organisation."""
    kwestie = seed.register()
    changes: dict[str, Any] = {"wederpartij_organisatie": organisatie}
    changes["wederpartij"] = list(wederpartij)
    made: Kwestie = seed.act(
        "update_kwestie", kwestie, versie=kwestie.versie, wijzigingen=changes
    )
    return made


def assign(kwestie: Kwestie, naar: str = "bram") -> Kwestie:
    return seed.assign(kwestie, naar)


def checks(kwestie: Kwestie) -> list[tuple[str, str]]:
    with acting_as(people.wie("chantal").scope(1)):
        rows = Belangencheck.objects.filter(tenant_id=1, kwestie=kwestie)
        return list(rows.order_by("aangemaakt_op").values_list("bij", "uitkomst"))


@pytest.mark.parametrize(
    "geschreven", [ORG, "thuiszorg rijnoever", "Thuiszorg Rijnoever B.V., Arnhem"]
)
def test_s052_a_colleague_with_an_interest_does_not_get_the_kwestie(
    geschreven: str,
) -> None:
    declare("bram")
    kwestie = about(geschreven)
    with pytest.raises(BelangError, match="heeft een belang gemeld bij"):
        assign(kwestie)
    assert seed.seen(kwestie).ondersteuner_id == people.ident("anna")
    assign(kwestie, "nadia")


def test_s052_what_came_of_the_look_is_kept_with_the_assignment() -> None:
    kwestie = about()
    assign(kwestie)
    assert checks(kwestie) == [
        ("REGISTREREN", "GEEN"),
        ("WIJZIGEN", "GEEN"),
        ("TOEWIJZEN", "GEEN"),
    ]


def test_s052_another_organisation_or_another_time_is_no_bar() -> None:
    declare("bram", organisatie="Zorggroep Veluwezoom")
    declare("bram", tot=date(2025, 1, 1))
    declare("nadia")
    kwestie = about()
    assert assign(kwestie).ondersteuner_id == people.ident("bram")


def test_s052_an_interest_in_the_opdrachtgever_bars_its_kwesties() -> None:
    declare("bram", is_opdrachtgever=True, organisatie="")
    for kwestie in (about(""), about("", "GEM_MEDEW")):
        with pytest.raises(BelangError, match="Gemeente Arnhem"):
            assign(kwestie)
    assert assign(about("", "VERZEKER")).ondersteuner_id == people.ident("bram")


def test_s052_nobody_registers_for_herself_what_she_has_an_interest_in() -> None:
    declare("anna", is_opdrachtgever=True, organisatie="")
    with pytest.raises(BelangError, match="Je hebt gemeld"):
        seed.register("anna")


def test_s052_when_it_becomes_known_whom_it_is_about_the_page_warns() -> None:
    declare("anna")
    kwestie = about()
    assert checks(kwestie)[-1] == ("WIJZIGEN", "BELANG")
    here = f"/t/arnhem/kwesties/{kwestie.pk}/"
    page = people.browser("anna").get(here).content.decode()
    assert "Vraag je teamleider om een collega" in page
    page = people.browser("chantal").get(here).content.decode()
    assert "Wijs de kwestie toe aan een collega" in page


def test_names_of_organisations_are_compared_by_their_own_words() -> None:
    assert is_same_organisation("Stichting Siza", "Siza")
    assert is_same_organisation("De Driestroom", "driestroom elst")
    assert not is_same_organisation("Stichting", "Stichting Siza")
    assert not is_same_organisation("Siza", "Pluryn")
    assert not is_same_organisation("", "")


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"soort": "X"}, "soort"),
        ({"organisatie": " "}, "organisatie"),
        ({"van": timezone.localdate() + timedelta(days=2)}, "van"),
        ({"tot": date(2023, 1, 1)}, "tot"),
    ],
)
def test_an_interest_says_in_what_and_since_when(
    over: dict[str, Any], veld: str
) -> None:
    with pytest.raises(KwestieError) as error:
        declare(**over)
    assert error.value.veld == veld


def test_an_interest_is_ended_by_who_declared_it_only() -> None:
    belang = declare("bram")
    for naam in ("bram", "chantal"):
        wie = people.wie(naam)
        with acting_as(wie.scope(1)):
            if naam == "chantal":
                with pytest.raises(KwestieError):
                    end_belang(actor=wie, tenant_id=1, belang_id=belang.pk)
            else:
                end_belang(actor=wie, tenant_id=1, belang_id=belang.pk)
    with pytest.raises(Refused):
        declare("els")


def test_s052_each_sees_her_own_and_who_leads_sees_the_team() -> None:
    declare("bram")
    declare("nadia", "wulpenhorst", organisatie="Verborgen Hoeve")

    def page(naam: str) -> str:
        return people.browser(naam).get("/nevenbelangen/").content.decode()

    assert ORG in page("bram")
    assert ORG not in page("anna")
    for naam in ("chantal", "dewi"):
        assert ORG in page(naam)
    assert "Verborgen Hoeve" not in page("chantal")
    assert "Verborgen Hoeve" in page("teun")


def test_s052_declared_and_ended_on_the_page() -> None:
    browser = people.browser("anna")
    here = "/t/arnhem/nevenbelangen/nieuw/"
    assert browser.post(here, {"waarin": "organisatie"}).status_code == 422
    sent = {
        "waarin": "organisatie",
        "organisatie": ORG,
        "soort": "FAMILIE",
        "van": "01-02-2024",
        "toelichting": "Mijn zus werkt er.",
    }
    assert browser.post(here, sent).headers["Location"] == "/nevenbelangen/"
    page = browser.get("/nevenbelangen/").content.decode()
    assert "Mijn zus werkt er." in page
    end = page.split('/einde/"')[0].split('href="')[-1] + "/einde/"
    assert ORG in browser.get(end).content.decode()
    assert browser.post(end).status_code == 302
    assert "/einde/" not in browser.get("/nevenbelangen/").content.decode()


# ------------------------------------------------------------------- plaatsvervanging


def substitute(door: str = "chantal", vervanger: str = "bram") -> Any:
    wie = people.wie(door)
    today = timezone.localdate()
    with acting_as(wie.scope(1)):
        return make_plaatsvervanging(
            actor=wie,
            tenant_id=1,
            afwezige_id=people.ident("anna"),
            vervanger_id=people.ident(vervanger),
            van=today,
            tot=today + timedelta(days=7),
            besluit="Teamoverleg",
        )


@pytest.mark.parametrize("door", ["chantal", "dewi"])
def test_v11_nobody_stands_in_who_has_an_interest(door: str) -> None:
    """Also when who administers plans it, who sees no kwestie."""
    kwestie = about()
    declare()
    with pytest.raises(BelangError, match="belang bij wie een van deze") as refused:
        substitute(door)
    assert refused.value.veld == "vervanger"
    assert ORG not in refused.value.tekst  # who plans need not know which kwestie
    substitute(door, "nadia")
    assert ("VERVANGEN", "GEEN") in checks(kwestie)


def _doors_of(kwestie: Kwestie) -> list[str]:
    """What hangs on a kwestie has doors of its own."""
    here, there = f"/t/arnhem/kwesties/{kwestie.pk}/", "/t/arnhem/"
    parts = ("wie-keek", "andere-ondersteuner", "toegang", "samenvoegen", "avg")
    nadia = {"toetser_id": people.ident("nadia")}
    asked = geheim.request(kwestie, **nadia)
    begun = geheim.start(kwestie, verantwoordelijke_id=people.ident("nadia"))
    return [
        *(f"{here}{part}/" for part in parts),
        f"{there}doorbrekingen/{asked.pk}/",
        f"{there}meldcodes/{begun.pk}/",
        f"{here}wie-keek/",
    ]


def test_v11_an_interest_that_shows_later_keeps_the_plaatsvervanger_out() -> None:
    kwestie = seed.register()
    declare()
    substitute()
    browser = people.browser("bram")
    url = f"/t/arnhem/kwesties/{kwestie.pk}/"
    assert browser.get(url).status_code == 200
    changes = {"wederpartij_organisatie": ORG}
    seed.act("update_kwestie", kwestie, versie=kwestie.versie, wijzigingen=changes)
    hanging_on_it = [url, *_doors_of(kwestie)]
    assert [browser.get(one).status_code for one in hanging_on_it] == [404] * 9
    assert people.browser("anna").get(hanging_on_it[-1]).status_code == 200
    with pytest.raises(BelangError):
        seed.act("start_ondersteuning", kwestie, "bram", doel_client="Rust")


def test_v11_who_has_an_interest_reads_nothing_along_and_judges_nothing() -> None:
    """Sharing gives a kwestie as well; so does asking for a second pair of eyes."""
    kwestie = about()
    share(kwestie, "nadia", niveau="SCHRIJVEN")
    url = f"/t/arnhem/kwesties/{kwestie.pk}/"
    assert people.browser("nadia").get(url).status_code == 200
    declare("nadia")
    assert people.browser("nadia").get(url).status_code == 404
    with pytest.raises(BelangError):
        seed.act("start_ondersteuning", kwestie, "nadia", doel_client="Rust")
    declare("bram")
    with pytest.raises(BelangError):
        share(kwestie, "bram")
    with pytest.raises(BelangError) as asked:
        geheim.request(kwestie)
    with pytest.raises(BelangError) as begun:
        geheim.start(kwestie)
    with pytest.raises(BelangError) as proposed:
        propose(kwestie)
    velden = [held.value.veld for held in (asked, begun, proposed)]
    assert velden == ["toetser", "verantwoordelijke", "toetser"]


def test_v11_the_database_holds_it_for_a_plaatsvervanging_too() -> None:
    about()
    declare()
    today = timezone.localdate()
    with pytest.raises(IntegrityError, match="vervanging_belang"):
        with acting_as(people.wie("chantal").scope(1)):
            Plaatsvervanging.objects.create(
                tenant_id=1,
                afwezige_id=people.ident("anna"),
                vervanger_id=people.ident("bram"),
                van=today,
                tot=today,
                besluit="Teamoverleg",
                door_id=people.ident("chantal"),
            )
