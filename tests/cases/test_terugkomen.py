"""Return codes and how anonymous people are counted (S18)."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from cases import counts, services
from cases.models import Kwestie
from cases.services import KwestieError, Registratie
from cases.services.terugkomen import give_code, use_code
from privacy.disclosure import CountTable
from privacy.terugkomen import bare, code_hash, new_code
from tenants.access import Refused
from tenants.models import Terugkomcode, Terugkomst
from tenants.scope import Scope, acting_as
from tests import people
from tests.signalering import maken

pytestmark = pytest.mark.django_db
JOB = Scope("job", None, (1,), 1, (1,))


def register(code: str = "", identiteit: str = "ANONIEM") -> UUID:
    """A kwestie of an anonymous caller, registered by Anna today."""
    made = services.register_kwestie(
        actor=people.wie("anna"),
        tenant_id=1,
        kwestie_id=uuid4(),
        gegevens=Registratie(
            datum=timezone.localdate(),
            kanaal="TEL",
            soort="VRAAG",
            aard="FIN",
            wet="WMO",
            rol="CLIENT",
            identiteitsstatus=identiteit,
            naam="" if identiteit == "ANONIEM" else "J. Pieterse",
            terugkomcode=code,
        ),
    )
    return made.pk


def give(kwestie: UUID) -> str:
    return give_code(actor=people.wie("anna"), tenant_id=1, kwestie_id=kwestie)


def clients(telwijze: str = "") -> tuple[int, int]:
    """(kwesties, clients) of the aard FIN today."""
    cell = counted(telwijze).by_id["aard:FIN"]
    return cell.kwesties, cell.clienten


def counted(telwijze: str = "") -> CountTable:
    with acting_as(JOB):
        return counts.count_report(
            naam="nu",
            tenant_id=1,
            opdracht_id=people.ident("opdracht-arnhem"),
            van=timezone.localdate(),
            tot=timezone.localdate(),
            telwijze=telwijze,
        )


def test_a_code_is_long_random_and_read_however_it_is_typed() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    code = codes.pop()
    assert len(bare(code)) == 18  # 31 ** 18 is more than 89 bits
    assert code_hash(1, f" {code.lower()} ") == code_hash(1, code.replace("-", ""))
    assert code_hash(1, code) != code_hash(2, code)
    assert bare(code) not in code_hash(1, code).upper()


def test_without_a_code_all_who_are_anonymous_are_one_client() -> None:
    with acting_as(people.wie("anna").scope(1)):
        for _ in range(4):
            register()
    assert clients() == (4, 1)
    assert clients("ELK") == (4, 4)
    assert counted().telwijze == ""
    assert counted("ELK").telwijze == "ELK"


def test_one_code_is_one_client_and_two_codes_are_two() -> None:
    with acting_as(people.wie("anna").scope(1)):
        first, second = give(register()), give(register())
        for code in (first, first, second, ""):
            register(code)
    # Who gave no code may be one of the two.
    assert clients() == (6, 2)
    # Told apart: the two with a code, and the one without.
    assert clients("ELK") == (6, 3)


def test_who_is_named_later_does_not_count_twice() -> None:
    with acting_as(people.wie("anna").scope(1)):
        first = register()
        code = give(first)
        register(code)
        services.give_name(
            actor=people.wie("anna"),
            tenant_id=1,
            kwestie_id=first,
            identiteit=services.Identiteit(status="BEKEND", naam="J. Pieterse"),
            privacy=services.Privacy(reden="SPOED"),
        )
    assert clients() == (2, 1)
    assert clients("ELK") == (2, 1)


def test_minutes_are_of_the_same_people() -> None:
    with acting_as(people.wie("anna").scope(1)):
        for _ in range(3):
            maken.kwestie(
                1, None, datum=timezone.localdate(), afgerond_op=timezone.localdate()
            )
    assert counted().by_id["minuten"].clienten == 1
    assert counted("ELK").by_id["minuten"].clienten == 3


def test_a_merged_cell_counts_each_client_once() -> None:
    with acting_as(people.wie("anna").scope(1)):
        both, other = maken.clients(1, 2)
        day = {"datum": timezone.localdate(), "afgerond_op": timezone.localdate()}
        for client, wet in ((both, "WLZ"), (both, "ZVW"), (other, "WZD")):
            maken.kwestie(1, client, wet=wet, **day)
    table = counted().merged("wet")
    whole = table.by_id["wet:samen-zorg"]
    assert (whole.kwesties, whole.clienten) == (3, 2)
    assert table.by_id["wet:WLZ"].hidden
    parts = {cell.id for cell in table.cells if cell.tabel == "wet" and not cell.hidden}
    assert parts == {"wet:samen-gemeente", "wet:samen-zorg", "wet:samen-ander"}


def test_the_code_is_not_kept_and_every_step_is_recorded() -> None:
    with acting_as(people.wie("anna").scope(1)):
        code = give(register())
        register(code)
        kept = Terugkomcode.objects.get(tenant_id=1)
        assert kept.hash == code_hash(1, code)
        assert Terugkomst.objects.filter(tenant_id=1).count() == 2


def test_a_code_is_refused_where_it_does_not_belong() -> None:
    anna = people.wie("anna")
    with acting_as(anna.scope(1)):
        made = register()
        code = give(made)
        with pytest.raises(KwestieError, match="al een terugkomcode"):
            give(made)
        with pytest.raises(KwestieError, match="kennen we niet"):
            register(new_code())
        with pytest.raises(KwestieError, match="anoniem blijft"):
            register(code, "BEKEND")
        with pytest.raises(KwestieError, match="kennen we niet"):
            use_code(actor=anna, tenant_id=1, kwestie_id=register(), code="--")
    with acting_as(people.wie("bram").scope(1)), pytest.raises(Refused):
        give_code(actor=people.wie("bram"), tenant_id=1, kwestie_id=made)


def test_postgresql_ties_a_code_to_an_anonymous_kwestie_of_the_tenant_only() -> None:
    with acting_as(people.wie("anna").scope(1)):
        give(register())
        named = Kwestie.objects.get(pk=register(identiteit="BEKEND"))
        code = Terugkomcode.objects.get(tenant_id=1)
        for kwestie_id in (named.pk, uuid4()):
            with pytest.raises(IntegrityError, match="terugkomst_van_anonieme"):
                with transaction.atomic():
                    Terugkomst.objects.create(
                        tenant_id=1, kwestie_id=kwestie_id, code=code
                    )
        with pytest.raises(DatabaseError), transaction.atomic():
            Terugkomcode.objects.filter(pk=code.pk).update(hash="0" * 64)


def test_the_code_is_on_one_page_once() -> None:
    with acting_as(people.wie("anna").scope(1)):
        pk = register()
    browser, url = people.browser("anna"), f"/t/arnhem/kwesties/{pk}/terugkomcode/"
    assert browser.get(url).status_code == 200
    answer = browser.post(url)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    code = answer.content.decode().partition('translate="no">')[2].partition("<")[0]
    with acting_as(people.wie("anna").scope(1)):
        kept = Terugkomcode.objects.get(tenant_id=1)
        assert kept.hash == code_hash(1, code)
        other = register()
    assert browser.post(url).status_code == 422
    assert code not in browser.get(f"/t/arnhem/kwesties/{pk}/").content.decode()
    again = f"/t/arnhem/kwesties/{other}/terugkomcode/"
    assert browser.post(again, {"terugkomcode": "ABC"}).status_code == 422
    assert browser.post(again, {"terugkomcode": code.lower()}).status_code == 302
    assert clients() == (2, 1)
