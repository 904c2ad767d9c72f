"""Administration: a new opdrachtgever until it is active, and what is then closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from cases.models import Kwestie
from tenants.access import Refused, Wie
from tenants.beheer import BeheerFout, lijsten, pagina
from tenants.beheer.geschiedenis import history_of
from tenants.beheer.opdrachten import (
    Afspraken,
    change_opdracht,
    make_opdracht,
    overlapping,
)
from tenants.beheer.opdrachtgevers import Nieuw, change_tenant, make_tenant
from tenants.beheer.stand import change_status, checklist
from tenants.models import (
    Membership,
    Opdracht,
    Publiekepagina,
    Tenant,
)
from tenants.roles import MEDEWERKER, OPDRACHTGEVER, Recht
from tenants.scope import Scope, acting_as
from tests import people
from tests.signalering import maken

pytestmark = pytest.mark.django_db
TEKSTEN = dict.fromkeys(Publiekepagina.TEKSTEN, "Een tekst voor inwoners.")
OPDRACHT = Afspraken(
    naam="Cliëntondersteuning",
    diensten=["OCO_SD", "VP_SD"],
    van=date(2026, 1, 1),
    onafhankelijkheidsclausule_akkoord_op=date(2026, 1, 1),
)


@contextmanager
def as_(naam: str, tenant_id: int = 1) -> Iterator[Wie]:
    wie = people.wie(naam)
    with acting_as(wie.scope(tenant_id)):
        yield wie


def new_gemeente(code: str = "GM0200") -> int:
    """Apeldoorn, made by Dewi: the id of the tenant."""
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        nieuw = Nieuw(type="gemeente", gemeentecode=code)
        return make_tenant(actor=dewi, gegevens=nieuw).id


def give(tenant_id: int, naam: str, rol: str) -> None:
    contact = naam in people.CONTACTS
    Membership.objects.create(
        tenant_id=tenant_id,
        user_id=people.ident(naam),
        soort=OPDRACHTGEVER if contact else MEDEWERKER,
        rol=rol,
    )


def complete(tenant_id: int) -> None:
    """Everything that must be there, in the scope of Dewi."""
    with as_("dewi", tenant_id) as dewi:
        make_opdracht(actor=dewi, tenant_id=tenant_id, afspraken=OPDRACHT)
        pagina.save_draft(actor=dewi, tenant_id=tenant_id, teksten=TEKSTEN)
        pagina.establish(actor=dewi, tenant_id=tenant_id)
        give(tenant_id, "anna", "ONDERSTEUNER")
        give(tenant_id, "gerard", "CONTACT")


def missing(tenant_id: int) -> set[str]:
    with as_("dewi", tenant_id):
        punten = checklist(Tenant.objects.get(pk=tenant_id))
    return {punt.code for punt in punten if punt.moet and not punt.is_goed}


def verb(tenant_id: int, naam: str) -> str:
    with as_("dewi", tenant_id) as dewi:
        made = change_status(actor=dewi, tenant_id=tenant_id, verb=naam)
    return str(made.status)


# ------------------------------------------------------------------- a new one


def test_s008_a_provider_with_a_dienst_is_made_without_a_developer() -> None:
    dewi = people.wie("dewi")
    with acting_as(dewi.scope()):
        nieuw = Nieuw(type="zorgaanbieder", naam="Zorghuis De Linde")
        plek = make_tenant(actor=dewi, gegevens=nieuw)
    assert plek.slug == "zorghuis-de-linde"
    afspraken = replace(OPDRACHT, diensten=["CVP_WZD"])
    with as_("dewi", plek.id) as dewi:
        made = make_opdracht(actor=dewi, tenant_id=plek.id, afspraken=afspraken)
    assert (made.tenant_id, made.diensten) == (plek.id, ["CVP_WZD"])


def test_a_gemeente_is_made_once_and_only_from_the_list() -> None:
    new_gemeente()
    with pytest.raises(BeheerFout, match="al opdrachtgever"):
        new_gemeente()
    with pytest.raises(BeheerFout, match="uit de lijst"):
        new_gemeente("GM9999")


def test_whoever_administers_no_tenant_makes_none() -> None:
    chantal = people.wie("chantal")
    with acting_as(chantal.scope()), pytest.raises(Refused):
        make_tenant(actor=chantal, gegevens=Nieuw(type="zorgaanbieder", naam="X"))


def test_the_database_lets_only_administration_add_and_change_a_tenant() -> None:
    chantal = people.wie("chantal")
    wide = Scope("staff", chantal.user_id, (1, 900), 900)
    with acting_as(wide), pytest.raises(ProgrammingError, match="door_beheer"):
        with transaction.atomic():
            Tenant.objects.bulk_create(
                [Tenant(id=900, slug="x", naam="X", type="zorgaanbieder")]
            )
    with as_("chantal"), pytest.raises(ProgrammingError, match="door_beheer"):
        with transaction.atomic():
            Tenant.objects.filter(pk=1).update(naam="Van mij")
    with as_("chantal"), pytest.raises(ProgrammingError, match="door_beheer"):
        with transaction.atomic():
            Opdracht.objects.filter(tenant_id=1).update(naam="Van mij")


# ------------------------------------------------------------------ its status


def test_s009_without_the_clause_a_tenant_does_not_become_active() -> None:
    tenant_id = new_gemeente()
    assert missing(tenant_id) == {
        *("opdracht", "clausule", "drempels", "pagina", "ondersteuner", "contact")
    }
    complete(tenant_id)
    assert missing(tenant_id) == set()
    with as_("dewi", tenant_id):
        Opdracht.objects.filter(tenant_id=tenant_id).update(
            onafhankelijkheidsclausule_akkoord_op=None
        )
    with pytest.raises(BeheerFout, match="onafhankelijkheid"):
        verb(tenant_id, "activeren")


DELEN: dict[str, Any] = {
    "opdracht": lambda t: Opdracht.objects.filter(tenant_id=t).update(
        van=timezone.localdate() + timedelta(days=9)
    ),
    "clausule": lambda t: Opdracht.objects.filter(tenant_id=t).update(
        onafhankelijkheidsclausule_akkoord_op=None
    ),
    "contact": lambda t: Membership.objects.filter(tenant_id=t, rol="CONTACT").delete(),
    "ondersteuner": lambda t: Membership.objects.filter(
        tenant_id=t, rol="ONDERSTEUNER"
    ).delete(),
}


def test_the_database_asks_the_same_of_an_active_tenant() -> None:
    tenant_id = new_gemeente()
    complete(tenant_id)
    for take_away in DELEN.values():
        with as_("dewi", tenant_id), transaction.atomic():
            take_away(tenant_id)
            with pytest.raises(IntegrityError, match="opdrachtgever_niet_compleet"):
                with transaction.atomic():
                    Tenant.objects.filter(pk=tenant_id).update(status="ACTIEF")
            transaction.set_rollback(True)
    assert verb(tenant_id, "activeren") == "ACTIEF"
    with as_("dewi", tenant_id), pytest.raises(IntegrityError, match="volgorde"):
        with transaction.atomic():
            Tenant.objects.filter(pk=tenant_id).update(status="VOORBEREIDING")


def test_a_tenant_with_a_running_opdracht_is_not_ended_and_afterwards_is() -> None:
    with pytest.raises(BeheerFout, match="loopt nog een opdracht"):
        verb(1, "beeindigen")
    with as_("dewi"), pytest.raises(IntegrityError, match="opdracht_loopt"):
        with transaction.atomic():
            Tenant.objects.filter(pk=1).update(status="BEEINDIGD")
    with as_("dewi"):
        Opdracht.objects.filter(tenant_id=1).update(tot=timezone.localdate())
    assert verb(1, "beeindigen") == "BEEINDIGD"
    assert verb(1, "hervatten") == "VOORBEREIDING"


def test_of_an_ended_tenant_everything_is_read_and_nothing_new_begins() -> None:
    with as_("anna") as anna:
        (client,) = maken.clients(1, 1)
        kwestie = maken.kwestie(1, client, ondersteuner_id=anna.user_id)
    with as_("dewi"):
        Opdracht.objects.filter(tenant_id=1).update(tot=timezone.localdate())
    verb(1, "beeindigen")
    anna = people.wie("anna")
    assert not anna.may(Recht.KWESTIE_REGISTREREN, 1)
    browser = people.browser("anna")
    assert browser.get(f"/t/arnhem/kwesties/{kwestie.pk}/").status_code == 200
    assert browser.get("/t/arnhem/kwesties/nieuw/").status_code == 404
    with acting_as(anna.scope(1)), pytest.raises(IntegrityError, match="bij_actief"):
        with transaction.atomic():
            kwestie.pk, kwestie.nummer = uuid4(), "ARN-9999-9999"
            kwestie.save(force_insert=True)
    with acting_as(anna.scope(1)):
        assert Kwestie.objects.filter(tenant_id=1).count() == 1


# ------------------------------------------------------------------- agreements


def change(**fields: Any) -> Opdracht:
    with as_("dewi") as dewi:
        found = Opdracht.objects.get(tenant_id=1, pk=people.ident("opdracht-arnhem"))
        now = {veld: getattr(found, veld) for veld in OPDRACHT.__slots__}
        return change_opdracht(
            actor=dewi,
            tenant_id=1,
            opdracht_id=found.pk,
            afspraken=Afspraken(**{**now, **fields}),
        )


def test_a_threshold_goes_up_freely_and_down_with_a_reason() -> None:
    assert change(drempel_openbaar=15).drempel_openbaar == 15
    with pytest.raises(BeheerFout, match="waarom"):
        change(drempel_openbaar=10)
    made = change(drempel_openbaar=10, drempel_reden="Zo staat het in het contract.")
    assert made.drempel_openbaar == 10
    with pytest.raises(BeheerFout, match="lager dan 10"):
        change(drempel_openbaar=9, drempel_reden="Omdat het mag.")


def test_s094_s144_s154_who_between_for_whom_and_where_are_on_the_opdracht() -> None:
    between = {
        "hoofdaannemer": "AKJ",
        "doelgroepafbakening": "Jeugdigen tot 18 jaar",
        "gebied": "Heel Gelderland",
    }
    made = change(**between)
    assert {veld: getattr(made, veld) for veld in between} == between
    body = people.browser("dewi").get("/t/arnhem/beheer/opdrachten/").content.decode()
    assert "→ AKJ\n" in body or "→ AKJ →" in body.replace("\n", " ")
    assert "Heel Gelderland" in body


def test_two_opdrachten_with_one_dienst_at_a_time_are_noticed() -> None:
    with as_("dewi") as dewi:
        made = make_opdracht(actor=dewi, tenant_id=1, afspraken=OPDRACHT)
        assert [row.naam for row in overlapping(made)] == [
            "Cliëntondersteuning Gemeente Arnhem"
        ]
        made.diensten = ["CVP_WZD"]
        assert overlapping(made) == []


def test_what_changed_is_told_with_who_and_when() -> None:
    change(drempel_openbaar=15)
    with as_("dewi") as dewi:
        change_tenant(actor=dewi, tenant_id=1, naam="Gemeente Arnhem", kvk="12345678")
        found = history_of(dewi, 1)
    assert [(r.wie, r.wat, r.details) for r in found[:2]] == [
        ("Dewi", "Gegevens gewijzigd", "KvK-nummer"),
        ("Dewi", "Opdracht gewijzigd", "drempel voor openbaar: 10 > 15"),
    ]


# ------------------------------------------------------- page, values, settings


def test_s165_an_established_page_is_whole_and_never_changes() -> None:
    with as_("dewi") as dewi:
        half = pagina.save_draft(actor=dewi, tenant_id=1, teksten={"gratis": "Ja"})
        with pytest.raises(BeheerFout) as refused:
            pagina.establish(actor=dewi, tenant_id=1)
        assert refused.value.veld == "wie_betaalt"
        with pytest.raises(IntegrityError, match="pagina_compleet"):
            with transaction.atomic():
                Publiekepagina.objects.filter(pk=half.pk).update(stand="VASTGESTELD")
        pagina.save_draft(actor=dewi, tenant_id=1, teksten=TEKSTEN)
        first = pagina.establish(actor=dewi, tenant_id=1)
        with pytest.raises(IntegrityError, match="pagina_staat_vast"):
            with transaction.atomic():
                Publiekepagina.objects.filter(pk=first.pk).update(gratis="Nee")
        second = pagina.save_draft(actor=dewi, tenant_id=1, teksten=TEKSTEN)
    assert (first.versie, second.versie) == (1, 2)


def test_s146_a_tenant_adds_under_the_core_and_cannot_touch_it() -> None:
    with as_("dewi") as dewi:
        made = lijsten.add_value(actor=dewi, tenant_id=1, onder="ORG", naam="Loket")
        assert made.code == "ORG.X1"
        with pytest.raises(BeheerFout, match="is er al"):
            lijsten.add_value(actor=dewi, tenant_id=1, onder="REL", naam=" LOKET ")
        with pytest.raises(BeheerFout, match="onder valt"):
            lijsten.add_value(actor=dewi, tenant_id=1, onder="NEW", naam="Zevende")
        with connection.cursor() as cursor, transaction.atomic():
            for code in ("ORG", "ORG.WACHT", "NEW.X1"):
                with pytest.raises(IntegrityError, match="onder_kern"):
                    with transaction.atomic():
                        cursor.execute(
                            "INSERT INTO tenants_eigenwaarde (id, tenant_id, lijst,"
                            " code, naam, is_actief) VALUES (%s, 1, 'subaard', %s,"
                            " 'x', true)",
                            [uuid4(), code],
                        )
        with pytest.raises(ProgrammingError, match="permission denied"):
            with transaction.atomic():
                made.delete()


def test_a_form_of_administration_sets_nothing_that_it_does_not_show() -> None:
    """Mass assignment: status, code, type and look are no fields of it."""
    browser = people.browser("dewi")
    sent = {"naam": "Arnhem", "kvk": "", "status": "BEEINDIGD", "slug": "x", "id": "9"}
    sent |= {"type": "zorgaanbieder", "gemeentecode": "GM0200", "stijl": "zz"}
    assert browser.post("/t/arnhem/beheer/gegevens/", sent).status_code == 302
    with as_("dewi"):
        now = Tenant.objects.get(pk=1)
    assert (now.naam, now.status, now.slug) == ("Arnhem", "ACTIEF", "arnhem")
    assert (now.type, now.gemeentecode, now.stijl) == ("gemeente", "GM0202", "")
