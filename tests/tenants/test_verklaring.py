"""Nothing before the declaration of secrecy is signed, and a signature stays (S17)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser

from tenants import verklaring
from tenants.access import Wie, wie_for
from tenants.fouten import RegelFout
from tenants.models import Geheimhouding, Tenant, User
from tenants.scope import Scope, acting_as
from tenants.services import grant_membership
from tests import people
from tests.isolation.test_url_matrix import address, names

pytestmark = pytest.mark.django_db
SOFIE = people.ident(people.ONGETEKEND)
TEKEN = "/accounts/geheimhouding/"
# What an unsigned colleague may open: pages that say nothing of anybody.
OPEN = {
    *("toegankelijkheid", "privacy", "security_txt", "gezond", "set_language"),
    *("signalering:openbaar", "signalering:api_publicaties"),
    *("signalering:publicatie", "signalering:publicatie_pdf"),
    *("signalering:publicatie_csv", "signalering:api_publicatie"),
    *("kwetsbaarheid", "robots_txt", "sitemap"),
    *("publiek:zoek", "publiek:uitleg", "publiek:adviespunt", "publiek:versie"),
    *("publiek:document", "publiek:document_versie"),
    *("publiek:stijlblad", "publiek:logo"),
    *("publiek:ervaring", "publiek:ervaring_bedankt"),
    *("signalering:vergelijken", "signalering:feed", "signalering:feed_van"),
    *("signalering:dcat_jsonld", "signalering:dcat_turtle", "signalering:taal"),
    *("signalering:api_tabel", "signalering:api_opdrachtgevers"),
    *("signalering:api_openapi", "signalering:api_onbekend", "signalering:api"),
    *("signalering:verifieer", "cases:loket", "cases:loket_terug"),
    "cases:loket_melden",
    "signalering:eigen_onderzoek",
}


@pytest.fixture
def sofie() -> Browser:
    """A supporter for Arnhem who has not signed."""
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        for rol in ("ONDERSTEUNER", "BEHEER"):
            grant_membership(
                actor=dewi,
                tenant=Tenant.objects.get(pk=1),
                user=User(id=SOFIE, naam="Sofie", soort="MEDEWERKER"),
                rol=rol,
            )
    return people.browser(people.ONGETEKEND)


def wie() -> Wie:
    with acting_as(Scope("identity", SOFIE)):
        return wie_for(User(id=SOFIE, naam="Sofie", soort="MEDEWERKER"))


def test_s017_an_unsigned_colleague_gets_the_declaration_at_every_address(
    sofie: Browser,
) -> None:
    places = dict.fromkeys(("cases", "signalering", "tenants", "beheer"), uuid4())
    wrong = []
    walked = set(names()) - OPEN
    assert len(walked) > 100
    for name in sorted(walked):
        url = address(name, places)
        for answer in (sofie.get(url), sofie.post(url)):
            if (answer.status_code, answer.headers.get("Location")) != (302, TEKEN):
                wrong.append((name, answer.status_code))
    assert wrong == []


def test_s017_without_the_signature_the_database_scope_holds_no_tenant(
    sofie: Browser,
) -> None:
    before = wie()
    assert (before.moet_tekenen, dict(before.plekken)) == (True, {})
    assert before.scope(1) == Scope("staff", SOFIE)
    verklaring.sign(people.user(people.ONGETEKEND), "Sofie")
    after = wie()
    assert (after.moet_tekenen, list(after.plekken)) == (False, [1])


def test_s017_after_signing_with_her_name_she_goes_to_her_work(sofie: Browser) -> None:
    page = sofie.get(TEKEN)
    assert page.status_code == 200
    assert verklaring.tekst()[0][:40] in page.content.decode()
    wrong = sofie.post(TEKEN, {"naam": "Iemand anders"})
    assert wrong.status_code == 422
    assert not Geheimhouding.objects.filter(medewerker_id=SOFIE).exists()
    assert sofie.post(TEKEN, {"naam": " sofie "}).status_code == 302
    row = Geheimhouding.objects.get(medewerker_id=SOFIE)
    assert (row.versie, row.sha256) == (verklaring.VERSIE, verklaring.sha256())
    assert sofie.get("/dag/").status_code == 200


def test_s017_a_new_version_asks_everybody_again(monkeypatch: Any) -> None:
    anna = people.browser("anna")
    assert anna.get("/dag/").status_code == 200
    newer = verklaring.VERSIE + 1
    monkeypatch.setitem(verklaring.TEKSTEN, newer, ("Een andere tekst.",))
    monkeypatch.setattr(verklaring, "VERSIE", newer)
    monkeypatch.setattr("tenants.access.VERSIE", newer)
    answer = anna.get("/dag/")
    assert (answer.status_code, answer.headers["Location"]) == (302, TEKEN)


def test_a_text_that_was_signed_is_never_another_text() -> None:
    """Another text is another version: add one, and its hash here."""
    hashes = {versie: verklaring.sha256(versie)[:16] for versie in verklaring.TEKSTEN}
    assert hashes == {1: "bb10fdb90eb43ab1"}


def test_a_contact_has_nothing_to_sign() -> None:
    assert people.wie("gerard").moet_tekenen is False
    assert people.browser("gerard").get(TEKEN).status_code == 404
    with pytest.raises(RegelFout):
        verklaring.sign(people.user("gerard"), "Gerard")


@pytest.mark.parametrize("verb", ["UPDATE {} SET naam = 'X'", "DELETE FROM {}"])
def test_no_role_changes_or_removes_a_signature(verb: str, superuser: Any) -> None:
    statement = verb.format("tenants_geheimhouding")
    with pytest.raises(DatabaseError, match="permission denied"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(Exception, match="append-only|never|refuse|wijzig|change"):
        superuser.execute(statement)
