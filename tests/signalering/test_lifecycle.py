"""Every status × verb × person: only the arrows of the table, only by who may."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import Error, connection, transaction
from django.test import override_settings
from django.utils import timezone

from signalering import storage
from signalering.lifecycle import REACTIE_BIJ, STAPPEN, RapportageError
from signalering.models import Bestand, Druk, Publicatie, Rapportage, Status
from tenants.access import Refused
from tenants.models import Opdracht
from tenants.roles import Recht
from tenants.scope import acting_as
from tests import people
from tests.conftest import undone
from tests.signalering import maken

VERB_NAMES = [verb for verb in maken.VERBS if verb not in ("bewerk", "reageer")]


@pytest.fixture(scope="module")
def printed(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[UUID, Path]]:
    """A concept of Arnhem and the folder with its two versions, printed once."""
    folder = tmp_path_factory.mktemp("rapporten")
    with django_db_blocker.unblock(), undone():
        with override_settings(RAPPORT_ROOT=folder):
            maken.fill()
            rapport = maken.make_report()
        yield rapport, folder


@pytest.fixture
def rapport(printed: tuple[UUID, Path]) -> UUID:
    return printed[0]


@pytest.fixture(autouse=True)
def private(
    printed: tuple[UUID, Path], settings: object, tmp_path: Path
) -> Iterator[None]:
    """What a test does to the rows and the files is gone after it."""
    shutil.copytree(printed[1], tmp_path, dirs_exist_ok=True)
    settings.RAPPORT_ROOT = tmp_path  # type: ignore[attr-defined]
    with undone():
        yield


def outcome(naam: str, verb: str, pk: UUID) -> str:
    """'gedaan', 'mag niet' (no right) or 'kan niet' (not now); nothing stays."""
    point = transaction.savepoint()
    wie = people.known(naam)
    try:
        maken.act(naam, verb, pk, printing=False, wie=wie, **maken.fields_for(verb))
    except Refused:
        return "mag niet"
    except (RapportageError, Rapportage.DoesNotExist):
        return "kan niet"
    else:
        return "gedaan"
    finally:
        transaction.savepoint_rollback(point)


def expected(naam: str, verb: str, rapportage: Rapportage) -> set[str]:
    """What may come of it by the table; guards can only say 'kan niet'."""
    wie, stap = people.known(naam), STAPPEN.get((rapportage.status, verb))
    if stap is None:
        return {"mag niet", "kan niet"}
    if not wie.may(stap.recht, 1):
        return {"mag niet", "kan niet"}
    return {"gedaan", "kan niet"} if verb in GUARDED else {"gedaan"}


GUARDED = {"bied_aan", "stel_vast", "teken_toets", "publiceer"}
WHO = ("anna", "chantal", "els", "fatma", "dewi", "gerard", "hanna")


def test_only_the_arrows_of_the_table_can_be_taken(rapport: UUID) -> None:
    for _status, naam, verb in maken.WEG:
        now = maken.row(rapport)
        for tried in VERB_NAMES:
            for who in WHO:
                got = outcome(who, tried, rapport)
                assert got in expected(who, tried, now), (now.status, tried, who)
        reacted = outcome("gerard", "reageer", rapport)
        assert (reacted == "gedaan") == (now.status in REACTIE_BIJ)
        maken.step(naam, verb, rapport, **maken.fields_for(verb))
    assert {outcome(who, "publiceer", rapport) for who in WHO} == {
        "mag niet",
        "kan niet",
    }


def test_the_whole_way_leads_to_a_publication_that_leaves_only_its_reason(
    rapport: UUID, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """Printed and sealed at every step that prints; the public file goes with it."""
    (tmp_path / "geen-map").write_text("")
    for _status, naam, verb in maken.WEG:
        if verb == "publiceer":
            with override_settings(OPENBAAR_ROOT=tmp_path / "geen-map"):
                assert outcome(naam, verb, rapport) == "kan niet"
        maken.act(naam, verb, rapport, **maken.fields_for(verb))
    assert maken.row(rapport).status == Status.OPENBAAR_DEELS
    with acting_as(people.wie("fatma").scope(1)):
        publicatie = Publicatie.objects.get(rapportage_id=rapport)
    row = maken.row(rapport)
    assert publicatie.cijfers == row.cijfers_openbaar
    assert publicatie.reactie == "Wij herkennen dit beeld."
    pdf = (settings.RAPPORT_ROOT / publicatie.pdf).read_bytes()
    assert pdf.startswith(b"%PDF")
    assert storage.public_path(publicatie.pk).read_bytes() == pdf
    with django_capture_on_commit_callbacks(execute=True):
        maken.act("fatma", "trek_in", rapport, reden="Een telfout.")
        assert storage.public_path(publicatie.pk).exists()  # until it is certain
    assert not storage.public_path(publicatie.pk).exists()
    with acting_as(people.wie("fatma").scope(1)):
        left = Publicatie.objects.get(rapportage_id=rapport)
    assert (left.cijfers, left.reactie, left.pdf) == (None, "", "")
    assert left.ingetrokken_reden == "Een telfout."


def test_the_author_does_not_sign_even_with_both_roles() -> None:
    maken.fill("hanna", "wulpenhorst", per_aard=11)
    pk = maken.figures_only("teun", "wulpenhorst")
    maken.act("teun", "dien_in", pk, "wulpenhorst")
    with pytest.raises(RapportageError, match="zelf aan deze rapportage"):
        maken.act("teun", "teken_toets", pk, "wulpenhorst")
    maken.act("els", "teken_toets", pk, "wulpenhorst")
    maken.act("teun", "bied_aan", pk, "wulpenhorst", printing=False)
    assert maken.row(pk, "teun", "wulpenhorst").status == Status.AANGEBODEN


def test_without_signature_nothing_is_offered(rapport: UUID) -> None:
    maken.act("chantal", "dien_in", rapport)
    with pytest.raises(RapportageError, match="nog niet getekend"):
        maken.act("chantal", "bied_aan", rapport)


def test_going_back_to_concept_drops_the_signature(rapport: UUID) -> None:
    maken.act("chantal", "dien_in", rapport)
    maken.act("els", "teken_toets", rapport)
    maken.act("chantal", "haal_terug", rapport)
    row = maken.row(rapport)
    assert (row.status, row.toets_door_id) == (Status.CONCEPT, None)


def test_texts_stand_still_once_the_concept_is_out_of_hand(rapport: UUID) -> None:
    maken.act("chantal", "dien_in", rapport)
    with pytest.raises(RapportageError, match="alleen in een concept"):
        maken.act("chantal", "bewerk", rapport, **maken.fields_for("bewerk"))


INCOMPLETE = [
    ({"datum": timezone.localdate() + timedelta(days=1)}, "toekomst"),
    ({"datum": maken.yesterday() - timedelta(days=30)}, "niet vóór de dag"),
    ({"deelnemers": ["  "]}, "wie er namens"),
    ({"verslag": " \n "}, "wie er namens"),
]


def test_a_meeting_is_recorded_whole_or_not(rapport: UUID) -> None:
    maken.bring_to(Status.IN_BESPREKING, rapport)
    for change, text in INCOMPLETE:
        fields = maken.fields_for("leg_bespreking_vast") | change
        with pytest.raises(RapportageError, match=text):
            maken.act("chantal", "leg_bespreking_vast", rapport, **fields)
    assert maken.row(rapport).status == Status.IN_BESPREKING


def test_without_reaction_the_term_has_to_be_over(rapport: UUID) -> None:
    for _status, naam, verb in maken.WEG[:3]:
        maken.step(naam, verb, rapport)
    maken.act("chantal", "open_bespreking", rapport)
    fields = maken.fields_for("leg_bespreking_vast")
    maken.act("chantal", "leg_bespreking_vast", rapport, **fields)
    with pytest.raises(RapportageError, match="reactietermijn"):
        maken.act("fatma", "stel_vast", rapport)


def test_consent_is_asked_when_the_opdracht_says_so(rapport: UUID) -> None:
    with acting_as(people.wie("dewi").scope(1)):
        Opdracht.objects.filter(tenant_id=1).update(publicatieafspraak="toestemming")
    for status, naam, verb in maken.WEG[:-1]:
        fields = dict(maken.fields_for(verb))
        if verb == "reageer":
            fields["is_akkoord"] = False
        assert maken.row(rapport).status == status
        maken.step(naam, verb, rapport, **fields)
    with pytest.raises(RapportageError, match="toestemming"):
        maken.act("fatma", "publiceer", rapport)
    maken.act("fatma", "rond_vertrouwelijk_af", rapport, reden="Geen toestemming.")
    assert maken.row(rapport).status == Status.VERTROUWELIJK_AFGEROND


def test_a_new_version_follows_a_withdrawn_one(rapport: UUID) -> None:
    with pytest.raises(RapportageError, match="al een rapportage"):
        maken.make_report()
    maken.act("chantal", "trek_in", rapport, reden="Opnieuw.")
    second = maken.row(maken.figures_only())
    assert (second.versie, second.vorige_versie_id) == (2, rapport)


def test_both_versions_are_printed_and_on_record(rapport: UUID) -> None:
    with acting_as(people.wie("chantal").scope(1)):
        row = Rapportage.objects.get(pk=rapport)
        files = list(Bestand.objects.filter(rapportage=row).order_by("publiek"))
    assert row.druk == Druk.KLAAR
    assert [f.publiek for f in files] == ["opdrachtgever", "openbaar"]
    for made in files:
        assert (settings.RAPPORT_ROOT / made.naam).stat().st_size == made.grootte


def test_the_table_in_postgresql_is_the_table_in_code() -> None:
    codes = [s.value for s in Status]
    arrows = {(van, stap.naar) for (van, _verb), stap in STAPPEN.items()}
    arrows = {(van, str(naar)) for van, naar in arrows if van != naar}
    with acting_as(people.wie("chantal").scope(1)), connection.cursor() as cursor:
        for van in codes:
            for naar in codes:
                cursor.execute(
                    "SELECT adviespunt.rapportage_overgang(%s, %s)", [van, naar]
                )
                assert cursor.fetchone()[0] == ((van, naar) in arrows), (van, naar)


def test_frozen_figures_refuse_every_change(rapport: UUID) -> None:
    with acting_as(people.wie("chantal").scope(1)):
        for change in ({"cijfers": {"x": 1}}, {"cijfers_sha256": "0" * 64}):
            with pytest.raises(Error, match="cijfers_staan_vast"), transaction.atomic():
                Rapportage.objects.filter(pk=rapport).update(**change)


def test_every_verb_is_somebodys() -> None:
    held = {
        recht
        for naam in people.PEOPLE
        for plek in people.wie(naam).plekken.values()
        for recht in plek.rechten
    }
    assert {stap.recht for stap in STAPPEN.values()} <= {Recht(r) for r in held}


def test_towards_a_provider_the_threshold_is_ten_whatever_the_opdracht_says() -> None:
    with acting_as(people.wie("dewi").scope(2)):
        Opdracht.objects.filter(tenant_id=2).update(
            drempel_opdrachtgever=5, drempel_reden="Zo staat het in het contract."
        )
    maken.fill("hanna", "wulpenhorst", per_aard=2)
    pk = maken.figures_only("teun", "wulpenhorst")
    assert maken.row(pk, "teun", "wulpenhorst").drempel_opdrachtgever == 10
