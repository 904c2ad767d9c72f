"""Requests about one's data: terms, persons, order, and what they do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases import retention
from cases.models import Client, Vordering
from cases.services import KwestieError
from cases.services.avg import end_of_term
from privacy.models import Sleutel
from tenants.access import Refused
from tenants.roles import ROLLEN, Recht
from tenants.scope import acting_as
from tests import people
from tests.cases import avg, seed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ontvangen", "maanden", "uiterlijk"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 3, 2), 1, date(2026, 4, 2)),
        (date(2026, 3, 3), 1, date(2026, 4, 7)),  # Good Friday until Easter Monday
        (date(2026, 11, 25), 1, date(2026, 12, 28)),  # Christmas, then a weekend
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
    ],
)
def test_a_term_in_months_ends_on_a_working_day(
    ontvangen: date, maanden: int, uiterlijk: date
) -> None:
    assert end_of_term(ontvangen, maanden) == uiterlijk


def test_the_supporter_gathers_the_fg_decides_and_it_is_carried_out() -> None:
    row = avg.ask(avg.named())
    with pytest.raises(KwestieError, match="Ontvangen"):
        avg.carry("decide_verzoek", row, "frits", uitkomst="DEELS", motivering="x")
    avg.carry("establish_identity", row, "anna", vaststelling="BEKEND")
    for naam in ("anna", "chantal", "fatma"):
        with pytest.raises(Refused):
            avg.carry("decide_verzoek", row, naam, uitkomst="DEELS", motivering="x")
    with pytest.raises(KwestieError) as error:
        avg.carry("decide_verzoek", row, "frits", uitkomst="AFGEWEZEN", motivering="x")
    assert error.value.veld == "afwijzing"
    avg.carry("decide_verzoek", row, "frits", uitkomst="INGEWILLIGD", motivering="Ja.")
    with pytest.raises(KwestieError, match="Vertel de persoon eerst"):
        avg.executed(row)
    with pytest.raises(Refused):  # who decides does not carry out
        avg.carry("tell_person", row, "frits", op=timezone.localdate())
    avg.carry("tell_person", row, "anna", op=timezone.localdate())
    assert avg.executed(row).stand == "UITGEVOERD"
    assert avg.carry("close_verzoek", row, "anna").stand == "GESLOTEN"


def test_two_months_more_once_and_within_the_first() -> None:
    row = avg.ask(avg.named())
    avg.carry("establish_identity", row, "anna", vaststelling="VRAGEN")
    with pytest.raises(Refused):
        avg.carry("extend_term", row, "anna", reden="Veel werk.")
    longer = avg.carry("extend_term", row, "frits", reden="Een groot dossier.")
    assert longer.uiterlijk == end_of_term(row.ontvangen_op, 3)
    with pytest.raises(KwestieError, match="verlengd"):
        avg.carry("extend_term", row, "frits", reden="Nog groter.")
    late = avg.ask(avg.named(), ontvangen_op=timezone.localdate() - timedelta(days=45))
    assert late.is_te_laat
    avg.carry("establish_identity", late, "anna", vaststelling="BEKEND")
    with pytest.raises(KwestieError, match="de maand is voorbij"):
        avg.carry("extend_term", late, "frits", reden="Vergeten.")


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"soort": "OVERDRAAGBAARHEID", "grondslag": "TAAK"}, "grondslag"),
        ({"soort": "BEZWAAR", "grondslag": "TOESTEMMING"}, "grondslag"),
        ({"leeftijd": "TOT_12", "ondertekenaar": "ZELF"}, "ondertekenaar"),
        ({"leeftijd": "VAN_12", "ondertekenaar": "VERTEGENW"}, "ondertekenaar"),
        ({"vraag": " "}, "vraag"),
        ({"ontvangen_op": date(2100, 1, 1)}, "ontvangen_op"),
    ],
)
def test_s118_what_the_law_does_not_give_is_said_at_once(
    over: dict[str, Any], veld: str
) -> None:
    with pytest.raises(KwestieError) as error:
        avg.ask(avg.named(), **over)
    assert error.value.veld == veld


def test_somebody_who_is_not_in_any_kwestie_is_not_to_be_found() -> None:
    row = avg.ask(None)
    done = avg.carry(
        "decide_verzoek",
        row,
        "frits",
        uitkomst="NIET_TE_KOPPELEN",
        motivering="Belde anoniem.",
    )
    assert done.stand == "NIET_TE_KOPPELEN"


def test_a_request_without_a_kwestie_is_linked_by_who_has_it() -> None:
    row, kwestie = avg.ask(None), avg.named()
    with pytest.raises(KwestieError):
        avg.carry("link_kwestie", row, "bram", nummer=kwestie.nummer)
    linked = avg.carry("link_kwestie", row, "anna", nummer=kwestie.nummer.lower())
    assert linked.kwestie_id == kwestie.pk


def test_erasure_destroys_the_client_and_the_texts_of_the_request() -> None:
    kwestie = avg.named(toelichting="Over de rekening.")
    row = avg.decided(avg.ask(kwestie, "WISSING"))
    with pytest.raises(KwestieError) as error:
        avg.executed(row, ontvangers="")
    assert error.value.veld == "ontvangers"
    done = avg.executed(row)
    assert (done.stand, done.vraag, done.besluit) == ("UITGEVOERD", "–", "–")
    with acting_as(people.wie("anna").scope(1)):
        assert kwestie.client_id is not None
        client = Client.objects.get(pk=kwestie.client_id)
        assert client.identiteitsstatus == "GEANON"
        gone = [kwestie.pk, kwestie.client_id, row.pk]
        assert not Sleutel.objects.filter(tenant_id=1, van__in=gone).exists()


def test_s125_while_an_authority_demands_data_nothing_is_erased() -> None:
    kwestie = avg.named()
    row = avg.decided(avg.ask(kwestie, "WISSING"))
    with acting_as(people.wie("anna").scope(1)):
        vordering = Vordering(
            tenant_id=1,
            kwestie=kwestie,
            instantie="Openbaar Ministerie",
            ontvangen_op=timezone.localdate(),
            vastgelegd_door_id=people.ident("anna"),
        )
        vordering.wat = "Het hele dossier."
        vordering.save()
    with pytest.raises(KwestieError, match="gevorderd"):
        avg.executed(row)
    assert seed.seen(kwestie).geanonimiseerd_op is None


def test_restriction_holds_everything_until_it_is_closed() -> None:
    kwestie = avg.named(
        soort="VRAAG",
        resultaat="OPGELOST",
        activiteiten=("IND.INFO",),
        datum=date(2020, 1, 6),
    )
    today = timezone.localdate()

    def due() -> tuple[Any, ...]:
        with acting_as(retention.scope(1)):
            return retention.due(1, today + timedelta(days=5000)).clienten

    assert due() == (kwestie.client_id,)
    row = avg.decided(avg.ask(kwestie, "BEPERKING"))
    avg.executed(row)
    assert due() == ()
    with pytest.raises(KwestieError, match="beperkt"):
        seed.act("reopen_kwestie", kwestie)
    avg.carry("close_verzoek", row, "anna")
    assert due() == (kwestie.client_id,)


def test_the_role_in_the_database_is_the_role_with_the_right() -> None:
    """The policies say FG; so does the table of roles."""
    has = [rol.code for rol in ROLLEN.values() if Recht.AVG_BEHANDELEN in rol.rechten]
    assert has == ["FG"]
