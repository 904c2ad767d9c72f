"""What PostgreSQL holds of the prullenbak, and how it is emptied (migration 0009)."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from cases import tasks
from cases.models import (
    PRULLENBAK_TIJD,
    Client,
    Concept,
    Contactmoment,
    Handeling,
    Kwestie,
    PrivacyInformatie,
    Prullenbak,
    Zoekteken,
)
from cases.selectors.prullenbak import SOORTEN
from cases.services import NieuweToestemming, Route, Traject
from cases.services.vernietigen import hanging_on_kwestie
from tenants.jobs import each_tenant
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed
from tests.cases.brieven import attach, write
from tests.cases.test_prullenbak import back, contact, throw
from tests.cases.toegang import events, share

pytestmark = pytest.mark.django_db
ANNA = people.ident("anna")
JOB = Scope("job", None, (1,), 1, (1,))


def full() -> Kwestie:
    """A kwestie by name with something in every table that has a key to it."""
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    contact(kwestie)
    seed.act("add_verwijzing", kwestie, verwijzing=Route(instantie_type="GEM"))
    traject = Traject(type="bezwaar", instantie="C", rol_ondersteuner="meegedacht")
    seed.act("add_traject", kwestie, traject=traject)
    seed.act("plan_stap", kwestie, omschrijving="Bellen", uitvoerder="SAMEN")
    given = NieuweToestemming(
        ontvanger_soort="GEMEENTE",
        ontvanger_naam="Consulent",
        onderwerp="De brief",
        wijze="GESPREK",
        is_uitdrukkelijk=True,
        gegeven_op=timezone.now(),
    )
    seed.act("give_toestemming", kwestie, toestemming=given)
    share(kwestie, "bram")
    attach(kwestie)
    write(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        Concept.objects.create(
            tenant_id=1,
            medewerker_id=ANNA,
            soort="CONTACT",
            kwestie_id=kwestie.pk,
            bewaard_op=timezone.now() - timedelta(days=90),
        )
        PrivacyInformatie.objects.create(
            tenant_id=1, client_id=kwestie.client_id, reden="SPOED"
        )
    return kwestie


def throw_long_ago(kwestie: Kwestie, days: int) -> Prullenbak:
    """As ``throw_away`` leaves it, so many days ago."""
    moment = timezone.now() - timedelta(days=days)
    with acting_as(people.wie("anna").scope(1)):
        row = mark(kwestie, moment)
        for soort, model in SOORTEN.items():
            if soort != "KWESTIE":
                model.objects.filter(kwestie_id=kwestie.pk).update(weggegooid_op=moment)
        Client.objects.filter(pk=kwestie.client_id).update(weggegooid_op=moment)
    return row


def mark(kwestie: Kwestie, moment: datetime) -> Prullenbak:
    row = Prullenbak.objects.create(
        tenant_id=1,
        kwestie=kwestie,
        soort="KWESTIE",
        ding=kwestie.pk,
        weggegooid_op=moment,
        weggegooid_door_id=ANNA,
        reden_v="Dubbel",
    )
    Kwestie.objects.filter(pk=kwestie.pk).update(weggegooid_op=moment)
    return row


@pytest.fixture
def no_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done long ago was forgotten long ago."""
    for verb in (
        *("afronden", "ondersteunen", "stappen", "prullenbak"),
        *("bijlagen", "brieven"),
    ):
        module = f"cases.services.{verb}.remember"
        monkeypatch.setattr(module, lambda *_args, **_named: None)


def left(kwestie: Kwestie) -> dict[str, int]:
    with acting_as(people.wie("anna").scope(1)):
        found = {
            model.__name__: model._base_manager.filter(**{name: kwestie.pk}).count()
            for model, name in hanging_on_kwestie()
        }
        found["Kwestie"] = Kwestie.alles.filter(pk=kwestie.pk).count()
        for model in (Zoekteken, PrivacyInformatie):
            rows = model._base_manager.filter(client_id=kwestie.client_id)
            found[model.__name__] = rows.count()
        found["Client"] = Client.objects.filter(pk=kwestie.client_id).count()
    return found


# ------------------------------------------------------------------------- destroyed


@pytest.mark.usefixtures("no_acts")
def test_after_thirty_days_nothing_of_it_is_left(monkeypatch: Any) -> None:
    kwestie, kept = full(), full()
    throw_long_ago(kwestie, 31)
    throw_long_ago(kept, 29)
    before = left(kept)
    assert min(left(kwestie)[n] for n in ("Contactmoment", "Stap", "Zoekteken")) > 0
    seen = events(monkeypatch)
    assert each_tenant(tasks.clear_bin) == len(people.TENANTS)
    assert set(left(kwestie).values()) == {0}
    assert left(kept) == before
    (event,) = seen
    assert event["gebeurtenis"] == "prullenbak_vernietigd"
    assert event["ids"] == [kwestie.pk]
    assert event["extra"] == {
        "bijlage": 1,
        "brief": 1,
        "clienten": 1,
        "contact": 1,
        "stap": 1,
        "traject": 1,
        "verwijzing": 1,
    }


@pytest.mark.usefixtures("no_acts")
def test_a_part_goes_without_its_kwestie() -> None:
    kwestie = seed.register()
    contact(kwestie, 10)
    wrong = contact(kwestie, 50)
    moment = timezone.now() - timedelta(days=31)
    with acting_as(people.wie("anna").scope(1)):
        Prullenbak.objects.create(
            tenant_id=1,
            kwestie=kwestie,
            soort="CONTACT",
            ding=wrong.pk,
            weggegooid_op=moment,
            weggegooid_door_id=ANNA,
            reden_v="Dubbel",
        )
        Contactmoment.objects.filter(pk=wrong.pk).update(weggegooid_op=moment)
    each_tenant(tasks.clear_bin)
    assert seed.seen(kwestie).minuten == 10
    with acting_as(people.wie("anna").scope(1)):
        assert Contactmoment.alles.filter(kwestie_id=kwestie.pk).count() == 1
        assert Prullenbak.objects.filter(kwestie_id=kwestie.pk).count() == 0


def test_the_worker_can_remove_nothing_that_is_not_due() -> None:
    kwestie = full()
    live = left(kwestie)
    with acting_as(JOB):
        for model, name in hanging_on_kwestie():
            rows = model._base_manager.filter(tenant_id=1, **{name: kwestie.pk})
            if model is Concept:  # that it is old is enough
                continue
            assert rows._raw_delete("default") == 0, model
        assert Kwestie.alles.filter(tenant_id=1)._raw_delete("default") == 0
        assert Client.objects.filter(tenant_id=1)._raw_delete("default") == 0
        for column in ("naam_v", "identiteitsstatus"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                with transaction.atomic():
                    list(Client.objects.values_list(column, flat=True))
    assert left(kwestie) == live


def test_every_table_with_a_key_to_a_kwestie_can_be_emptied(superuser: Any) -> None:
    """Whoever adds one gives the worker the right to clear it (rls.admit)."""
    for model, name in hanging_on_kwestie():
        column = model._meta.get_field(name).column  # type: ignore[union-attr]
        may = superuser.execute(
            "SELECT has_table_privilege('adviespunt_job', %s, 'DELETE'),"
            " has_column_privilege('adviespunt_job', %s, %s, 'SELECT')",
            [model._meta.db_table, model._meta.db_table, column],
        ).fetchone()
        assert may == (True, True), model


def test_acts_are_forgotten_after_a_day() -> None:
    kwestie = seed.register()
    with acting_as(people.wie("anna").scope(1)):
        for hours in (30, 1):
            Handeling.objects.create(
                tenant_id=1,
                kwestie=kwestie,
                medewerker_id=ANNA,
                op=timezone.now() - timedelta(hours=hours),
                versie=1,
                van="NIEUW",
                naar="NIEUW",
                was_v=json.dumps({}),
            )
    each_tenant(tasks.clear_bin)
    with acting_as(people.wie("anna").scope(1)):
        assert Handeling.objects.filter(kwestie_id=kwestie.pk).count() == 1


def test_the_beat_asks_for_it_every_night() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["leeg-prullenbak"]
    assert entry["task"] == tasks.LEEG_PRULLENBAK == tasks.leeg_prullenbak.name
    assert entry["schedule"] == crontab(hour=3, minute=45)
    assert PRULLENBAK_TIJD == timedelta(days=30)


# ------------------------------------------------------------------------ what holds


def refused(match: str, verb: Any) -> None:
    with acting_as(people.wie("anna").scope(1)):
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            verb()


def test_nothing_is_thrown_away_without_who_and_why() -> None:
    kwestie = seed.register()
    made = contact(kwestie)
    now = timezone.now()
    for rows in (
        Kwestie.objects.filter(pk=kwestie.pk),
        Contactmoment.objects.filter(pk=made.pk),
    ):
        refused("prullenbak_zonder_reden", partial(rows.update, weggegooid_op=now))


def test_nothing_comes_back_after_thirty_days() -> None:
    kwestie = seed.register()
    throw_long_ago(kwestie, 31)
    rows = Kwestie.alles.filter(pk=kwestie.pk)
    refused("prullenbak_voorbij", lambda: rows.update(weggegooid_op=None))


def test_what_is_in_it_is_not_worked_on() -> None:
    kwestie = seed.register()
    row = throw(kwestie)
    rows = Kwestie.alles.filter(pk=kwestie.pk)
    refused("kwestie_in_prullenbak", lambda: rows.update(aard="REL"))
    later = row.weggegooid_op + timedelta(days=1)
    refused("prullenbak_tijdstip", lambda: rows.update(weggegooid_op=later))


def test_a_client_that_is_thrown_away_gets_no_kwestie_besides() -> None:
    kwestie = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    throw(kwestie)
    other = seed.register(datum=date(2025, 3, 6))
    rows = Kwestie.objects.filter(pk=other.pk)
    known = {"client_id": kwestie.client_id, "identiteitsstatus": "BEKEND"}
    refused("kwestie_client_weggegooid", lambda: rows.update(**known))


def test_v15_holds_when_a_route_is_thrown_away_past_the_service() -> None:
    kwestie = seed.register(
        *("anna",),
        soort="VRAAG",
        activiteiten=("IND.INFO",),
        resultaat="VERWEZEN",
        instantie_type="GEM",
    )
    with acting_as(people.wie("anna").scope(1)):
        route = kwestie.verwijzingen.get()
        row = Prullenbak.objects.create(
            tenant_id=1,
            kwestie=kwestie,
            soort="VERWIJZING",
            ding=route.pk,
            weggegooid_door_id=ANNA,
            reden_v="Zomaar",
        )
    rows = type(route).objects.filter(pk=route.pk)
    refused(
        "kwestie_verwezen_zonder_verwijzing",
        lambda: rows.update(weggegooid_op=row.weggegooid_op),
    )


def test_put_back_it_can_be_thrown_away_again() -> None:
    kwestie = seed.register()
    back(throw(kwestie))
    throw(kwestie)
