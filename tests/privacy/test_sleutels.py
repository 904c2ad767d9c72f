"""The key chain: made once, fetched together, refused when tampered with."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Client, Contactmoment, Kwestie
from privacy.fields import GEWIST, Cel, texts_of
from privacy.models import Sleutel, Tenantsleutel
from privacy.sleutels import destroy
from privacy.zegel import ZegelFout
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
TEKST = "Mevrouw vertelt dat de hulp niet komt."


def inside(naam: str = "anna", tenant_id: int = 1) -> Any:
    return acting_as(people.wie(naam).scope(tenant_id))


def named(**over: Any) -> Kwestie:
    given = {"identiteitsstatus": "BEKEND", "naam": seed.NAAM, "toelichting": TEKST}
    return seed.register(**given | over)


def holders() -> list[tuple[str, UUID]]:
    with inside():
        return sorted(Sleutel.objects.values_list("soort", "van"))


def test_a_client_and_each_kwestie_have_a_key_of_their_own() -> None:
    kwestie, anonymous = named(), seed.register(toelichting=TEKST)
    seed.register()  # without a text: no key
    assert holders() == sorted(
        [
            ("client", kwestie.client_id),
            ("kwestie", kwestie.pk),
            ("kwestie", anonymous.pk),
        ]
    )
    with inside():
        assert Tenantsleutel.objects.get().tenant_id == 1


def test_cells_of_a_list_are_opened_as_their_rows_would_be() -> None:
    for over in ({}, {}, {"toelichting": ""}):
        named(**over)
    with inside():
        rows = Kwestie.objects.order_by("aangemaakt_op").values_list(
            "pk", "toelichting_v"
        )
        first, second, empty = (Cel(1, pk, pk, blob) for pk, blob in rows)
        with CaptureQueriesContext(connection) as asked:
            found = texts_of(Kwestie, "toelichting_v", [first, second, empty])
        assert found == [TEKST, TEKST, ""]
        assert len(asked) == 1
        gone = first._replace(blob=GEWIST)
        assert texts_of(Kwestie, "toelichting_v", [gone]) == ["–"]
        for elsewhere in (
            first._replace(blob=second.blob),
            first._replace(pk=second.pk),
            first._replace(van=second.van),
            first._replace(van=uuid4()),
            first._replace(tenant_id=2),
        ):
            with pytest.raises(ZegelFout):
                texts_of(Kwestie, "toelichting_v", [elsewhere])
        with pytest.raises(ZegelFout):
            texts_of(Kwestie, "kernvraag_v", [first])
    with inside("hanna", 2), pytest.raises(ZegelFout):
        texts_of(Kwestie, "toelichting_v", [first])


def test_fifty_rows_cost_one_query_for_keys_and_writing_them_four() -> None:
    with inside():
        one = named()
        with CaptureQueriesContext(connection) as asked:
            made = [Client(tenant_id=1, identiteitsstatus="BEKEND") for _ in range(50)]
            for number, client in enumerate(made):
                client.naam, client.adres = f"Naam {number}", TEKST
            Client.objects.bulk_create(made)
        about_keys = [q for q in asked.captured_queries if "privacy_" in q["sql"]]
        assert len(about_keys) <= 4
    with inside():
        rows = list(Client.objects.filter(tenant_id=1).exclude(pk=one.client_id))
        with CaptureQueriesContext(connection) as asked:
            names = {row.naam for row in rows}
            assert {row.adres for row in rows} == {TEKST}
        assert (len(names), len(asked)) == (50, 1)


def test_a_join_and_a_prefetch_announce_their_rows_too() -> None:
    for _ in range(3):
        kwestie = named()
        contact = Contactmoment(
            tenant_id=1,
            kwestie=kwestie,
            datum_tijd=kwestie.aangemaakt_op,
            kanaal="TEL",
            activiteiten=["IND.INFO"],
        )
        contact.notitie = TEKST
        with inside():
            contact.save()
    with inside():
        rows = Kwestie.objects.select_related("client").prefetch_related(
            "contactmomenten"
        )
        found = list(rows)
        with CaptureQueriesContext(connection) as asked:
            for row in found:
                assert row.client is not None
                assert (row.client.naam, row.toelichting) == (seed.NAAM, TEKST)
                assert [c.notitie for c in row.contactmomenten.all()] == [TEKST]
        assert len(asked) == 1


# --------------------------------------------------------------------------- tampering


def test_a_row_of_another_tenant_does_not_open_here() -> None:
    """The tenant is in what is authenticated, and so are row and holder."""
    here = named()
    there = seed.register(
        "hanna", "wulpenhorst", identiteitsstatus="BEKEND", naam="Iemand Anders"
    )
    with inside("hanna", 2):
        theirs = Client.objects.get(pk=there.client_id)
        blob = bytes(theirs.__dict__["naam_v"])
    with inside():
        Client.objects.filter(pk=here.client_id).update(naam_v=blob)
        with pytest.raises(ZegelFout, match="geknoeid"):
            _read = Client.objects.get(pk=here.client_id).naam


def test_a_destroyed_key_is_gone_from_the_ring_as_well() -> None:
    kwestie = seed.register(toelichting=TEKST)
    with inside():
        row = Kwestie.objects.get(pk=kwestie.pk)
        assert row.toelichting == TEKST
        row.geanonimiseerd_op = row.aangemaakt_op
        blob = row.__dict__["toelichting_v"]
        row.toelichting = ""
        row.save()
        assert destroy(1, "kwestie", [row.pk]) == 1
        row.__dict__["toelichting_v"] = blob
        with pytest.raises(ZegelFout, match="sleutel_weg"):
            _read = row.toelichting


# ------------------------------------------------------------------------- who may what


def test_the_key_of_who_is_on_record_is_not_destroyed() -> None:
    kwestie = named()
    assert kwestie.client_id is not None
    for soort, pk in (("client", kwestie.client_id), ("kwestie", kwestie.pk)):
        with inside(), pytest.raises(IntegrityError, match="sleutel_in_gebruik"):
            with transaction.atomic():
                destroy(1, soort, [pk])
    assert len(holders()) == 2


def test_who_has_no_cases_destroys_no_key() -> None:
    named()
    dewi = people.wie("dewi")
    with acting_as(dewi.scope(1)):
        with pytest.raises(IntegrityError, match="sleutel_in_gebruik"):
            with transaction.atomic():
                Sleutel.objects.filter(tenant_id=1).delete()


def test_a_wrapped_key_changes_in_a_rotation_only() -> None:
    named()
    with inside(), pytest.raises(IntegrityError, match="sleutel_staat_vast"):
        with transaction.atomic():
            Sleutel.objects.filter(tenant_id=1).update(sleutel=b"x")


@pytest.mark.parametrize("kind", ["portal", "public", "job", "identity", "dispatch"])
def test_no_other_role_reads_a_key(kind: Any) -> None:
    named()
    with acting_as(Scope(kind, None, (1,), 1, (1,))):
        for model in (Sleutel, Tenantsleutel):
            with pytest.raises(Exception, match="permission denied"):
                with transaction.atomic():
                    list(model.objects.values_list("sleutel"))


def test_the_keys_of_another_tenant_do_not_exist() -> None:
    named()
    with inside("hanna", 2):
        assert (Sleutel.objects.count(), Tenantsleutel.objects.count()) == (0, 0)
