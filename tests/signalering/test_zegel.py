"""Anybody can check a report: real or not, changed or not, and whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.test import Client, override_settings

from signalering import controlecode, storage
from signalering.models import Bestand, Druk, Publicatie, Rapportage, Rapportzegel
from signalering.periodes import parse
from signalering.public_views import verifieer
from signalering.verificatie import Oordeel, Uitslag, check_code, check_file
from tenants.models import Job
from tenants.scope import Scope, acting_as
from tests import people
from tests.conftest import undone
from tests.signalering import maken

ADRES: Final = "/verifieer/"
NAAM: Final = people.TENANTS["arnhem"][0]
Pdfs = dict[str, bytes]


@pytest.fixture(scope="module")
def established(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[UUID, Pdfs, Path]]:
    """A report of Arnhem that was established: printed and sealed once."""
    folder = tmp_path_factory.mktemp("rapporten")
    with django_db_blocker.unblock(), undone(), override_settings(RAPPORT_ROOT=folder):
        maken.fill()
        pk = maken.figures_only()
        for _status, naam, verb in maken.WEG[:-1]:
            is_last = verb == "stel_vast"
            maken.act(naam, verb, pk, printing=is_last, **maken.fields_for(verb))
        with acting_as(maken.job_scope(1)):
            names = {
                bestand.publiek: bestand.naam
                for bestand in Bestand.objects.filter(rapportage_id=pk)
            }
        pdfs = {
            publiek: storage.path_of(naam).read_bytes()
            for publiek, naam in names.items()
        }
        yield pk, pdfs, folder


@pytest.fixture(autouse=True)
def private(established: tuple[UUID, Pdfs, Path], settings: Any) -> Iterator[None]:
    settings.RAPPORT_ROOT = established[2]
    with undone():
        yield


@pytest.fixture
def pk(established: tuple[UUID, Pdfs, Path]) -> UUID:
    return established[0]


@pytest.fixture
def pdfs(established: tuple[UUID, Pdfs, Path]) -> Pdfs:
    return established[1]


def of_file(content: bytes) -> Uitslag:
    with acting_as(Scope("public")):
        return check_file(content)


def of_code(code: str) -> Uitslag:
    with acting_as(Scope("public")):
        return check_code(code)


def publish(pk: UUID) -> None:
    maken.act("fatma", "publiceer", pk)


def code_in(pdf: bytes) -> str:
    found = re.search(rb"<dc:identifier>(AP-[0-9A-Z-]{19})</dc:identifier>", pdf)
    assert found is not None
    return found[1].decode()


def offer(pdf: bytes | None = None, code: str = "", **extra: Any) -> Any:
    data: dict[str, Any] = {"code": code}
    if pdf is not None:
        data["bestand"] = SimpleUploadedFile("rapport.pdf", pdf)
    return Client().post(ADRES, data, **extra)


# ------------------------------------------------------------------------- what is said


def test_a_report_that_is_not_public_is_real_and_nothing_more_is_told(
    pdfs: Pdfs,
) -> None:
    for pdf in pdfs.values():
        assert of_file(pdf).oordeel == Oordeel.ECHT
        assert of_file(pdf).publicatie is None
        assert of_code(code_in(pdf)).publicatie is None
        for page in (offer(pdf), offer(code=code_in(pdf))):
            text = page.content.decode()
            assert page.status_code == 200
            assert "niet openbaar" in text
            assert NAAM not in text and "2025" not in text


def test_a_public_report_is_told_by_its_title_period_version_and_day(
    pk: UUID, pdfs: Pdfs
) -> None:
    publish(pk)
    uitslag = of_file(pdfs["openbaar"])
    assert (uitslag.oordeel, uitslag.stand) == (Oordeel.ECHT, "GELDIG")
    assert uitslag.publicatie is not None and uitslag.publicatie.rapportage_id == pk
    for page in (offer(pdfs["openbaar"]), offer(code=code_in(pdfs["openbaar"]))):
        text = page.content.decode()
        assert NAAM in text and parse(maken.PERIODE).label in text
        assert f"/openbaar/{uitslag.publicatie.pk}/" in text
    # The version of the opdrachtgever stays what it was: real, and not public.
    assert of_file(pdfs["opdrachtgever"]).publicatie is None
    assert NAAM not in offer(pdfs["opdrachtgever"]).content.decode()


def test_one_changed_byte_is_seen(pk: UUID, pdfs: Pdfs) -> None:
    publish(pk)
    pdf = pdfs["openbaar"]
    in_code = pdf.index(b"<dc:identifier>AP-") + len(b"<dc:identifier>AP-")
    for at in (20, len(pdf) // 3, len(pdf) // 2, in_code):
        changed = bytearray(pdf)
        changed[at] ^= 1
        assert of_file(bytes(changed)).oordeel == Oordeel.GEWIJZIGD, at
    assert of_file(pdf + b"\n").oordeel == Oordeel.GEWIJZIGD
    assert "Dit bestand is veranderd" in offer(pdf + b"\n").content.decode()


def test_what_is_not_ours_is_not_recognised(pdfs: Pdfs) -> None:
    assert of_file(b"%PDF-1.7 iets anders").oordeel == Oordeel.ONBEKEND
    assert of_file(b"AP-0000-0000-0000-0000").oordeel == Oordeel.ONBEKEND
    assert of_code("AP-0000-0000-0000-0000").oordeel == Oordeel.ONBEKEND
    assert of_code(code_in(pdfs["openbaar"])[:-1]).oordeel == Oordeel.ONBEKEND


def test_a_withdrawn_report_is_said_to_be_so_with_the_way_to_its_tombstone(
    pk: UUID, pdfs: Pdfs
) -> None:
    publish(pk)
    maken.act("fatma", "trek_in", pk, reden="Er zat een fout in.")
    uitslag = of_file(pdfs["openbaar"])
    assert (uitslag.oordeel, uitslag.stand) == (Oordeel.ECHT, "INGETROKKEN")
    text = offer(pdfs["openbaar"]).content.decode()
    assert uitslag.publicatie is not None
    assert "ingetrokken" in text and f"/openbaar/{uitslag.publicatie.pk}/" in text
    assert of_file(pdfs["opdrachtgever"]).stand == "INGETROKKEN"


def test_a_replaced_report_leads_to_the_newer_one_once_that_is_public(
    pk: UUID, pdfs: Pdfs
) -> None:
    publish(pk)
    maken.act("fatma", "trek_in", pk, reden="Er zat een fout in.")
    newer = maken.figures_only()
    for _status, naam, verb in maken.WEG[:-1]:
        maken.act(naam, verb, newer, printing=False, **maken.fields_for(verb))
    assert of_file(pdfs["openbaar"]).stand == "VERVANGEN"
    assert of_file(pdfs["openbaar"]).opvolger is None
    without_seal(newer, b"%PDF van voor het zegel")
    publish(newer)
    uitslag = of_code(code_in(pdfs["openbaar"]))
    assert uitslag.stand == "VERVANGEN"
    assert uitslag.opvolger is not None and uitslag.opvolger.rapportage_id == newer
    # And a public report of before there were seals is still known by its hash.
    older = of_file(b"%PDF van voor het zegel")
    assert (older.oordeel, older.is_verzegeld) == (Oordeel.ECHT, False)
    assert older.publicatie is not None and older.publicatie.rapportage_id == newer


def without_seal(pk: UUID, pdf: bytes) -> None:
    """Printed as it was in a version that had no seal."""
    with acting_as(maken.job_scope(1)):
        naam, sha256 = storage.write(pk, "openbaar", pdf)
        Bestand.objects.create(
            tenant_id=1,
            rapportage_id=pk,
            publiek="openbaar",
            naam=naam,
            sha256=sha256,
            grootte=len(pdf),
        )
        Rapportage.objects.filter(pk=pk).update(druk=Druk.KLAAR)


# ----------------------------------------------------------------- what PostgreSQL holds


def refused(kind: Scope, message: str, act: Any) -> None:
    with acting_as(kind), pytest.raises(Error, match=message), transaction.atomic():
        act()


def test_a_seal_cannot_be_made_up_or_moved_by_hand(pk: UUID) -> None:
    job, staff = maken.job_scope(1), people.wie("fatma").scope(1)
    made_up = Rapportzegel(
        tenant_id=1,
        rapportage_id=pk,
        publiek="openbaar",
        sha256="0" * 64,
        code_sha256="0" * 64,
        certificaat_sha256="0" * 64,
    )
    refused(job, "rapportzegel_zonder_bestand", lambda: made_up.save(force_insert=True))
    own = Rapportzegel.objects.filter(tenant_id=1, rapportage_id=pk)
    refused(staff, "rapportzegel_volgt", lambda: own.update(stand="INGETROKKEN"))
    refused(staff, "rapportzegel_staat_vast", lambda: own.update(stand="VERVANGEN"))
    refused(staff, "permission denied", lambda: own.update(sha256="1" * 64))
    refused(job, "permission denied", own.delete)


def test_the_code_itself_is_stored_nowhere(pk: UUID, pdfs: Pdfs) -> None:
    code = code_in(pdfs["openbaar"])
    with acting_as(maken.job_scope(1)):
        rows = list(Rapportzegel.objects.filter(rapportage_id=pk).values())
    assert len(rows) == 2 and code.replace("-", "") not in str(rows)
    assert controlecode.digest(code) in {row["code_sha256"] for row in rows}


def test_without_a_certificate_nothing_is_printed_and_the_reason_is_said(
    pk: UUID, settings: Any, tmp_path: Path
) -> None:
    settings.EMBEDDED = False
    settings.ZEGEL_SLEUTEL = settings.ZEGEL_CERTIFICAAT = tmp_path / "is-er-niet.pem"
    with acting_as(people.wie("chantal").scope(1)):
        job = maken.lifecycle.print_again(
            actor=people.wie("chantal"), tenant_id=1, pk=pk
        )
    maken.run(job)
    with acting_as(maken.job_scope(1)):
        assert "zonder zegel" in Job.objects.get(pk=job.pk).fout
        assert Rapportzegel.objects.filter(rapportage_id=pk).count() == 2
    assert maken.row(pk).druk == Druk.MISLUKT


def test_nothing_is_established_without_a_certificate(
    pk: UUID, settings: Any, tmp_path: Path
) -> None:
    maken.act("fatma", "trek_in", pk, reden="Er zat een fout in.")
    newer = maken.figures_only()
    for _status, naam, verb in maken.WEG[:-2]:
        maken.act(naam, verb, newer, printing=False, **maken.fields_for(verb))
    settings.EMBEDDED = False
    settings.ZEGEL_CERTIFICAAT = tmp_path / "is-er-niet.pem"
    with pytest.raises(maken.lifecycle.RapportageError, match="certificaat"):
        maken.act("fatma", "stel_vast", newer, printing=False)
    assert maken.row(newer).status == "BESPROKEN"


def test_a_file_that_was_given_out_stays_real_when_there_is_a_newer_print(
    pk: UUID, pdfs: Pdfs
) -> None:
    about: dict[str, Any] = {"tenant_id": 1, "rapportage_id": pk, "publiek": "openbaar"}
    with acting_as(maken.job_scope(1)):
        Bestand.objects.filter(**about).update(naam="x", sha256="a" * 64)
        Rapportzegel.objects.create(
            **about,
            sha256="a" * 64,
            code_sha256="b" * 64,
            certificaat_sha256="c" * 64,
        )
    assert of_file(pdfs["openbaar"]).oordeel == Oordeel.ECHT


# ------------------------------------------------------------------------------ the page


def test_the_page_asks_for_a_file_or_a_code_and_says_what_is_wrong() -> None:
    page = Client().get(ADRES)
    assert page.status_code == 200 and "Set-Cookie" not in page.headers
    for wrong in (offer(), offer(b""), offer(code="AP-123")):
        assert wrong.status_code == 422
        assert "app-error-summary" in wrong.content.decode() or "Fout" in (
            wrong.content.decode()
        )


def test_a_file_above_20_mb_is_not_read() -> None:
    page = offer(b"%PDF", CONTENT_LENGTH=str(30 << 20))
    assert page.status_code == 413
    assert "groter dan 20 MB" in page.content.decode()
    assert "Kies een bestand" not in page.content.decode()


def test_the_page_runs_in_the_public_role_whoever_asks(pdfs: Pdfs) -> None:
    roles = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "signalering_rapportzegel" in sql:
            with connection.connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                roles.add(cursor.fetchone()[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        people.browser("anna").post(ADRES, {"code": code_in(pdfs["openbaar"])})
    assert roles == {"adviespunt_public"}


def test_who_asks_too_often_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six in at most two minutes: in one of them more than the two that may."""
    monkeypatch.setattr(verifieer, "MOST_CHECKS", 2)
    cache.clear()
    asked = [offer(code="AP-0000-0000-0000-0000") for _ in range(6)]
    cache.clear()
    statuses = [page.status_code for page in asked]
    assert statuses[:2] == [200, 200]
    assert 429 in statuses


# ------------------------------------------------------------------------------ the code


def test_a_code_has_80_random_bits_and_is_read_as_people_write_it() -> None:
    made = {controlecode.new_code() for _ in range(200)}
    assert len(made) == 200
    assert len(controlecode.LETTERS) ** controlecode.LENGTE == 2**80
    letters = set("".join(made)) - {"-"}
    assert letters == set(controlecode.LETTERS)
    code = "AP-0123-4567-89AB-CDEF"
    wanted = controlecode.digest(code)
    for written in ("ap 0123 4567 89ab cdef", "O1234567 89AB CDEF", "olz3"):
        is_same = controlecode.digest(written) == wanted
        assert is_same == (written != "olz3")
    assert controlecode.digest("AP-0123-4567-89AB-CDEU") == ""


def test_no_more_than_twenty_codes_of_one_file_are_looked_up() -> None:
    many = b" ".join(controlecode.new_code().encode() for _ in range(50))
    assert len(controlecode.digests_in(many)) == controlecode.MOST


def test_publicatie_has_the_hash_of_the_sealed_file(pk: UUID, pdfs: Pdfs) -> None:
    publish(pk)
    with acting_as(Scope("public")):
        found = Publicatie.objects.get(rapportage_id=pk)
        seals = Rapportzegel.objects.filter(rapportage_id=pk, publiek="openbaar")
        assert found.pdf_sha256 in seals.values_list("sha256", flat=True)
