"""Thrown away: gone at once, and thirty days to put it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from cases import services
from cases.counts import count_report
from cases.models import (
    Client,
    Contactmoment,
    Kwestie,
    Prullenbak,
    Stap,
    Verwijzing,
)
from cases.selectors import Vraag, prullenbak_of, search
from cases.selectors.prullenbak import Weggegooid
from cases.services import Afronding, Contact, KwestieError, Route
from tenants.access import Refused
from tenants.models import Opdracht
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import about, events, hand_over, path, share, strikt

pytestmark = pytest.mark.django_db
REDEN = "Dubbel vastgelegd"


def throw(
    kwestie: Kwestie, soort: str = "KWESTIE", ding: UUID | None = None, **over: Any
) -> Prullenbak:
    made: Prullenbak = seed.act(
        *("throw_away", kwestie, over.pop("door", "anna")),
        soort=soort,
        ding=ding or kwestie.pk,
        reden=over.pop("reden", REDEN),
    )
    return made


def back(row: Prullenbak, door: str = "anna") -> Prullenbak:
    wie = people.wie(door)
    with acting_as(wie.scope(row.tenant_id)):
        return services.put_back(
            actor=wie, tenant_id=row.tenant_id, prullenbak_id=row.pk
        )


def bin_of(naam: str) -> list[Weggegooid]:
    wie = people.wie(naam)
    with acting_as(wie.scope(1)):
        return prullenbak_of(wie)


def page(naam: str, url: str) -> str:
    return people.browser(naam).get(url).content.decode()


def contact(kwestie: Kwestie, minuten: int = 10, **over: Any) -> Contactmoment:
    given: dict[str, Any] = {
        "datum_tijd": timezone.now() - timedelta(hours=1),
        "kanaal": "TEL",
        "met": ("CLIENT",),
        "activiteiten": ("IND.INFO",),
        "duur_min": minuten,
    }
    made: Contactmoment = seed.act(
        "add_contactmoment", kwestie, contact=Contact(**{**given, **over})
    )
    return made


def counted() -> int:
    """Kwesties that a report over 2025 counts, as the job that makes it sees them."""
    with acting_as(Scope("job", None, (1,), 1, (1,))):
        opdracht = Opdracht.objects.filter(tenant_id=1).values_list("pk", flat=True)[0]
        table = count_report(
            naam="2025",
            tenant_id=1,
            opdracht_id=opdracht,
            van=date(2025, 1, 1),
            tot=date(2025, 12, 31),
        )
    return next(cell.kwesties for cell in table.cells if cell.id == "totaal")


def seen_by_counting(kwestie: Kwestie) -> bool:
    with acting_as(Scope("job", None, (1,), 1, (1,))):
        return Kwestie.alles.filter(pk=kwestie.pk).values_list("pk").exists()


# ------------------------------------------------------------------------ a kwestie


def test_a_kwestie_that_is_thrown_away_is_gone_from_everywhere() -> None:
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    before = counted()
    throw(kwestie)
    for naam in ("anna", "chantal"):
        browser = people.browser(naam)
        assert browser.get(path(kwestie)).status_code == 404
        for url in ("/werk/", "/kwesties/", f"/spring/?q={kwestie.nummer}"):
            shown = browser.get(url).content.decode()
            assert f'href="{path(kwestie)}"' not in shown, (naam, url)
    wie = people.wie("anna")
    for text in (kwestie.nummer, "Zandbergen"):
        with acting_as(wie.scope(1)):
            assert search(wie, Vraag(tekst=text)) == []
    assert counted() == before - 1


def test_the_role_that_counts_has_no_row_of_it() -> None:
    kwestie = seed.register()
    assert seen_by_counting(kwestie)
    row = throw(kwestie)
    assert not seen_by_counting(kwestie)
    back(row)
    assert seen_by_counting(kwestie)


def test_it_comes_back_with_all_there_was() -> None:
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    contact(kwestie, 25)
    seed.act("add_verwijzing", kwestie, verwijzing=Route(instantie_type="GEM"))
    row = throw(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        assert Contactmoment.objects.filter(kwestie_id=kwestie.pk).count() == 0
        assert Client.objects.get(pk=kwestie.client_id).weggegooid_op is not None
    back(row)
    again = seed.seen(kwestie)
    assert (again.minuten, again.activiteiten) == (25, ["IND.INFO"])
    with acting_as(people.wie("anna").scope(1)):
        assert Contactmoment.objects.filter(kwestie_id=kwestie.pk).count() == 1
        assert Verwijzing.objects.filter(kwestie_id=kwestie.pk).count() == 1
        assert Client.objects.get(pk=kwestie.client_id).weggegooid_op is None
    assert people.browser("anna").get(path(kwestie)).status_code == 200


def test_a_client_with_another_kwestie_stays() -> None:
    first = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    second = seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    throw(second)
    with acting_as(people.wie("anna").scope(1)):
        assert Client.objects.get(pk=first.client_id).weggegooid_op is None


def test_a_closed_kwestie_comes_back_closed() -> None:
    kwestie = seed.register(
        *("anna",),
        soort="VRAAG",
        activiteiten=("IND.INFO",),
        resultaat="VERWEZEN",
        instantie_type="GEM",
    )
    row = throw(kwestie)
    back(row)
    again = seed.seen(kwestie)
    assert (again.status, again.resultaat) == ("AFGEROND", "VERWEZEN")


def test_what_a_report_can_have_counted_is_marked() -> None:
    """The frozen figures of a report are never changed; this tells the reader."""
    assert throw(seed.register()).is_gerapporteerd
    today = seed.register(datum=timezone.localdate())
    assert not throw(today).is_gerapporteerd
    assert "Een rapportage kan dit hebben geteld." in page("anna", "/prullenbak/")


def test_only_who_may_change_it_throws_it_away_and_with_a_reason() -> None:
    kwestie = seed.register()
    share(kwestie, "bram")
    for naam in ("bram", "chantal", "vera", "hanna"):
        with pytest.raises(Refused):
            throw(kwestie, door=naam)
    with pytest.raises(KwestieError, match="waarom"):
        throw(kwestie, reden="  ")
    share(kwestie, "nadia", niveau="SCHRIJVEN")
    assert throw(kwestie, door="nadia").reden == REDEN


def test_what_was_passed_on_or_is_anonymous_is_no_file_any_more() -> None:
    kwestie = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    with acting_as(people.wie("anna").scope(1)):
        Kwestie.objects.filter(pk=kwestie.pk).update(
            status="TOEGEWEZEN", ondersteuner_id=people.ident("anna")
        )
        Kwestie.objects.filter(pk=kwestie.pk).update(status="DOORGELEID")
    with pytest.raises(KwestieError, match="niets meer aan veranderen"):
        throw(kwestie)


# ------------------------------------------------------------------------- a part


def test_a_contact_that_is_thrown_away_counts_no_more() -> None:
    kwestie = seed.register()
    contact(kwestie, 10)
    wrong = contact(kwestie, 50, activiteiten=("IND.LUIST",))
    row = throw(kwestie, "CONTACT", wrong.pk)
    now = seed.seen(kwestie)
    assert (now.minuten, now.activiteiten) == (10, ["IND.INFO"])
    back(row)
    now = seed.seen(kwestie)
    assert (now.minuten, now.activiteiten) == (60, ["IND.INFO", "IND.LUIST"])


def test_a_stap_that_is_thrown_away_is_not_in_the_way_of_closing() -> None:
    kwestie = seed.register(soort="VRAAG", activiteiten=("IND.INFO",))
    stap = seed.act(
        "plan_stap", kwestie, omschrijving="Bellen", uitvoerder="ONDERSTEUNER"
    )
    for naar in ("besproken", "akkoord"):
        seed.act("advance_stap", kwestie, stap_id=stap.pk, naar=naar)
    row = throw(kwestie, "STAP", stap.pk)
    seed.act("close_kwestie", kwestie, afronding=Afronding(resultaat="OPGELOST"))
    with pytest.raises(KwestieError, match="stap open"):
        back(row)
    with acting_as(people.wie("anna").scope(1)):
        assert Stap.objects.filter(kwestie_id=kwestie.pk).count() == 0


def test_what_a_closed_kwestie_stands_on_stays() -> None:
    kwestie = seed.register(
        *("anna",),
        soort="VRAAG",
        activiteiten=("IND.INFO",),
        resultaat="VERWEZEN",
        instantie_type="GEM",
    )
    with acting_as(people.wie("anna").scope(1)):
        only = Contactmoment.objects.get(kwestie_id=kwestie.pk)
        route = Verwijzing.objects.get(kwestie_id=kwestie.pk)
    for soort, ding in (("CONTACT", only.pk), ("VERWIJZING", route.pk)):
        with pytest.raises(KwestieError, match="Heropen"):
            throw(kwestie, soort, ding)
    more = seed.act("add_verwijzing", kwestie, verwijzing=Route(instantie_type="GEM"))
    throw(kwestie, "VERWIJZING", more.pk)


def test_a_part_of_what_is_thrown_away_waits_for_the_whole() -> None:
    kwestie = seed.register()
    part = throw(kwestie, "CONTACT", contact(kwestie).pk)
    whole = throw(kwestie)
    with pytest.raises(KwestieError, match="Zet die eerst terug"):
        back(part)
    back(whole)
    back(part)
    assert seed.seen(kwestie).minuten == 10


def test_thrown_away_twice_it_is_there_once() -> None:
    kwestie = seed.register()
    made = contact(kwestie)
    throw(kwestie, "CONTACT", made.pk)
    with pytest.raises(KwestieError, match="al in de prullenbak"):
        throw(kwestie, "CONTACT", made.pk)
    row = throw(kwestie)
    back(row)
    with pytest.raises(Refused):
        back(row)


# --------------------------------------------------------------------------- the page


def test_the_owner_and_her_teamleider_see_it_and_nobody_else() -> None:
    kwestie = seed.register()
    throw(kwestie)
    for naam, is_there in (
        *(("anna", True), ("chantal", True), ("bram", False)),
        *(("nadia", False), ("hanna", False), ("teun", False)),
    ):
        assert (kwestie.nummer in page(naam, "/prullenbak/")) == is_there, naam


def test_of_what_is_strikt_the_teamleider_sees_no_content() -> None:
    kwestie = strikt("anna")
    row = throw(kwestie, reden="Verkeerd verstaan")
    (hers,) = [found for found in bin_of("chantal") if found.is_afgeschermd]
    assert (hers.id, hers.nummer, hers.wat, hers.reden, hers.door) == (
        *(None, "", "", "", ""),
    )
    shown = page("chantal", "/prullenbak/")
    assert kwestie.nummer not in shown
    assert "Verkeerd verstaan" not in shown
    with pytest.raises(Refused):
        back(row, "chantal")
    assert bin_of("anna")[0].nummer == kwestie.nummer
    back(row)


def test_who_lost_the_kwestie_lost_what_was_thrown_away_of_it() -> None:
    kwestie = seed.register()
    row = throw(kwestie, "CONTACT", contact(kwestie).pk)
    hand_over(kwestie, "bram")
    assert bin_of("anna") == []
    with pytest.raises(Refused):
        back(row)
    assert [found.soort for found in bin_of("bram")] == ["Contact"]
    back(row, "bram")


def test_the_teamleider_puts_back_and_the_act_is_on_record(monkeypatch: Any) -> None:
    kwestie = seed.register()
    seen = events(monkeypatch)
    row = throw(kwestie)
    browser = people.browser("chantal")
    assert browser.get("/prullenbak/").status_code == 200
    answer = browser.post(f"/t/arnhem/prullenbak/{row.pk}/terug/", follow=True)
    assert answer.redirect_chain == [(path(kwestie), 302)]
    assert about(seen, kwestie.pk)[:3] == [
        ("weggegooid", "toegewezen"),
        ("prullenbak_getoond", ""),
        ("teruggezet", "team"),
    ]
    assert bin_of("anna") == []


def test_the_form_asks_why_and_the_page_links_to_it() -> None:
    kwestie = seed.register()
    made = contact(kwestie)
    browser = people.browser("anna")
    url = path(kwestie, f"contact/{made.pk}/weg/")
    assert url in browser.get(path(kwestie)).content.decode()
    assert path(kwestie, "weg/") in browser.get(path(kwestie)).content.decode()
    assert browser.post(url, {}).status_code == 422
    assert browser.post(url, {"reden": "bsn 111222333"}).status_code == 422
    answer = browser.post(url, {"reden": REDEN}, follow=True)
    assert answer.redirect_chain == [(path(kwestie), 302)]
    assert "Ongedaan maken" in answer.content.decode()
    assert browser.post(url, {"reden": REDEN}).status_code == 404


def test_the_kwestie_of_somebody_else_cannot_lend_its_part() -> None:
    kwestie, other = seed.register("anna"), seed.register("anna")
    made = contact(other)
    url = path(kwestie, f"contact/{made.pk}/weg/")
    assert people.browser("anna").get(url).status_code == 404


def test_an_old_number_is_not_registered_again() -> None:
    """The form was sent, whatever became of what it made."""
    key = uuid4()
    kwestie = seed.register(pk=key)
    throw(kwestie)
    with pytest.raises(KwestieError, match="al gebruikt"):
        seed.register(pk=key)


def test_anonymous_reaches_into_the_prullenbak() -> None:
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    wrong = contact(kwestie, notitie="Truus belde")
    throw(kwestie, "CONTACT", wrong.pk)
    seed.act("make_anonymous", kwestie, is_alles=True)
    with acting_as(people.wie("anna").scope(1)):
        assert Contactmoment.alles.get(pk=wrong.pk).notitie == "–"
        (row,) = Prullenbak.objects.filter(kwestie_id=kwestie.pk)
        assert row.reden == "–"
