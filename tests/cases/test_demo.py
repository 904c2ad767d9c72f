"""The fictional kwesties: the same every time, valid to the last row, with signals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from adviespunt import embedded, verhaal
from cases.demo import SEED, rendering_of
from cases.demo.dag import fill_day, work_with_group
from cases.demo.deuren import ask_questions, demo_code, open_doors, somebody
from cases.demo.drawing import CASELOAD, GEEN, volumes
from cases.demo.kaart import fill_chart
from cases.demo.signals import window
from cases.demo.weights import VAST, WET, until, weights
from cases.selectors.kaart import KaartVraag, organisaties_for
from cases.selectors.loket import waiting_for_team
from cases.services.loket import come_back
from signalering.periodes import parse
from tenants import demo
from tenants.demo import Demotenant
from tenants.roles import rechten_van
from tenants.scope import Scope, acting_as
from tests.cases.registers import manage
from tests.conftest import connected_to, copy_template, drop

DATABASE = "adviespunt_demo"
ANNA = uuid5(demo.SPACE, f"ondersteuner@{demo.DOMAIN}")


def tenants(aantal: int) -> list[Demotenant]:
    """Tenants as ``make_tenants`` gives them, without a database."""
    return [
        Demotenant(
            id=index + 1,
            slug=vorm.slug,
            profiel=vorm.profiel,
            gewicht=vorm.kwesties_per_jaar,
            opdracht_id=uuid5(demo.SPACE, vorm.slug),
            diensten=("OCO_SD",),
            ondersteuners=tuple(
                (person.code, person.id)
                for person in demo.MENSEN
                if person.code and person.works_for(index, vorm.slug)
            ),
        )
        for index, vorm in enumerate(demo.shapes(aantal))
    ]


def print_of(seed: int = SEED, aantal: int = 800, **options: Any) -> str:
    made = rendering_of(tenants(30), aantal, seed=seed, **options)
    text = "".join("".join(blocks) for _columns, blocks in made.tables().values())
    return sha256(text.encode()).hexdigest()


# --------------------------------------------------------------------- the drawing


def test_the_same_seed_gives_the_same_rows() -> None:
    assert print_of() == print_of()
    assert print_of(coded_only=True) == print_of(coded_only=True)


def test_another_seed_or_number_gives_others() -> None:
    different = {print_of(), print_of(seed=7), print_of(aantal=801)}
    assert len(different | {print_of(gelijk=True), print_of(coded_only=True)}) == 5


def test_the_volumes_add_up() -> None:
    assert volumes(10, [1.0, 1.0, 1.0]).tolist() == [4, 3, 3]
    assert volumes(7, [5.0, 1.0, 1.0]).tolist() == [5, 1, 1]
    assert int(volumes(6182, [t.gewicht for t in tenants(25)]).sum()) == 6182


def test_numbers_and_ids_are_all_different() -> None:
    made = rendering_of(tenants(5), 30_000, seed=3)
    for several in (made.nummers, made.kwestie_ids, made.contact_ids):
        assert len(set(several)) == 30_000
    assert all(UUID(ident).version == 4 for ident in made.kwestie_ids[:50])


def test_the_proportions_are_those_of_the_weights() -> None:
    kwesties = rendering_of(tenants(25), 20_000, seed=5).kwesties
    anonymous = float((kwesties.client == GEEN).mean())
    assert abs(anonymous - weights()["identiteit"]["ANONIEM"]) < 0.02
    known = kwesties.client[kwesties.client != GEEN]
    assert abs(len(known) / len(set(known.tolist())) - 1.45) < 0.05
    gemeente = kwesties.tenant < 21
    wmo = (kwesties.wet[gemeente] == WET.index("WMO")).mean()
    assert abs(float(wmo) - 0.46) < 0.02


# --------------------------------------------------------------------- in PostgreSQL


@pytest.fixture(scope="module")
def loaded(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """A database without other tenants, with the demonstration as it is by default."""
    copy_template(DATABASE)
    with embedded.current().superuser(DATABASE) as server:
        server.execute("TRUNCATE tenants_user, tenants_tenant RESTART IDENTITY CASCADE")
        made = manage(DATABASE, "demo_data")
        assert made.returncode == 0, made.stderr
        yield server
    drop(DATABASE)


def one(server: psycopg.Connection[Any], query: str) -> Any:
    return server.execute(query).fetchone()[0]  # type: ignore[index]


def test_there_are_25_fictional_tenants_with_an_opdracht(loaded: Any) -> None:
    found = loaded.execute(
        "SELECT slug, is_fictief, status, diensten, drempel_opdrachtgever,"
        " drempel_openbaar, t.type FROM tenants_tenant t"
        " JOIN tenants_opdracht o ON o.tenant_id = t.id"
    ).fetchall()
    assert len(found) == 25
    assert {(row[1], row[2], row[5]) for row in found} == {(True, "ACTIEF", 10)}
    thresholds = {(row[6], row[4]) for row in found}
    assert thresholds == {("gemeente", 5), ("zorgaanbieder", 10)}
    assert {row[0]: row[3] for row in found}["waalkant-jeugd"] == ["VP_JEUGD"]


def test_nothing_is_missing_on_the_checklist_of_a_tenant(loaded: Any) -> None:
    """The trigger that lets a tenant become active lets each of them."""
    found = loaded.execute(
        "SELECT (SELECT count(DISTINCT tenant_id) FROM tenants_publiekepagina"
        "        WHERE stand = 'VASTGESTELD'),"
        " count(DISTINCT tenant_id) FILTER (WHERE rol = 'CONTACT'),"
        " count(DISTINCT tenant_id) FILTER (WHERE rol = 'ONDERSTEUNER'),"
        " count(DISTINCT tenant_id) FILTER (WHERE rol = 'TEAMLEIDER'),"
        " count(DISTINCT tenant_id) FILTER (WHERE rol = 'DIRECTIE'),"
        " count(DISTINCT tenant_id) FILTER (WHERE rol = 'FG')"
        " FROM tenants_membership"
    ).fetchone()
    assert found == (25,) * 6
    with loaded.transaction(force_rollback=True):
        loaded.execute("SET LOCAL session_replication_role = replica")
        loaded.execute("UPDATE tenants_tenant SET status = 'VOORBEREIDING'")
        loaded.execute("SET LOCAL session_replication_role = origin")
        done = loaded.execute("UPDATE tenants_tenant SET status = 'ACTIEF'")
        assert done.rowcount == 25


def test_every_row_passes_the_triggers_that_were_off(loaded: Any) -> None:
    """Touching a row fires them: V16, and what a kwestie derives from its contacts."""
    derived = (
        "SELECT md5(string_agg(id::text || activiteiten::text || minuten"
        " || laatste_contact_op, '' ORDER BY id)) FROM cases_kwestie"
    )
    before = one(loaded, derived)
    loaded.execute("UPDATE cases_kwestie SET versie = versie")
    loaded.execute("UPDATE cases_contactmoment SET datum_tijd = datum_tijd")
    assert one(loaded, derived) == before
    assert one(loaded, "SELECT count(*) FROM cases_kwestie") == 6182
    assert one(loaded, "SELECT count(*) FROM cases_contactmoment") == 6182


def test_nothing_is_left_to_complete(loaded: Any) -> None:
    """What V4 and V15 ask of a kwestie that people closed, holds here as well."""
    incomplete = {
        "marked": "aan_te_vullen <> '{}'",
        "domein": "levensdomein = '{}'",
        "doel": "doel_client_v IS NULL",
        "wet": "wet = 'ONBEKEND'",
        "activiteit": "activiteiten = '{}'",
        "zorgbemiddeling": "'IND.ZORGBEM' = ANY (activiteiten) AND wet <> 'WLZ'",
        "verwijzing": "resultaat = 'VERWEZEN' AND NOT EXISTS (SELECT FROM"
        " cases_verwijzing v WHERE v.kwestie_id = k.id)",
        "klacht": "resultaat = 'KLACHT_ING' AND NOT EXISTS (SELECT FROM"
        " cases_externtraject t WHERE t.kwestie_id = k.id AND t.type LIKE 'klacht%')",
        "bezwaar": "resultaat IN ('BEZW_ING', 'OMB_GES') AND NOT EXISTS (SELECT FROM"
        " cases_externtraject t WHERE t.kwestie_id = k.id"
        " AND t.type IN ('bezwaar', 'ombudsman'))",
        "team": "ondersteuner_id NOT IN (SELECT user_id FROM tenants_membership m"
        " WHERE m.tenant_id = k.tenant_id AND rol = 'ONDERSTEUNER')",
    }
    found = {
        name: one(loaded, f"SELECT count(*) FROM cases_kwestie k WHERE {condition}")
        for name, condition in incomplete.items()
    }
    assert found == dict.fromkeys(incomplete, 0)


def test_the_planted_signals_are_there(loaded: Any) -> None:
    rates = {}
    for signal in weights()["signalen"][:4]:
        first, last = window(signal)
        inside, outside = loaded.execute(
            "SELECT count(*) FILTER (WHERE hit AND during) * 1.0"
            "         / count(*) FILTER (WHERE during),"
            "       count(*) FILTER (WHERE hit AND NOT during) * 1.0"
            "         / count(*) FILTER (WHERE NOT during)"
            " FROM (SELECT wet = %s AND aard = %s AS hit,"
            "   datum - DATE '2023-01-01' BETWEEN %s AND %s AS during"
            "   FROM cases_kwestie k JOIN tenants_tenant t ON t.id = k.tenant_id"
            "   WHERE t.slug = %s) x",
            [signal["wet"], signal["aard"], first, last, signal["tenant"]],
        ).fetchone()
        rates[signal["id"]] = float(inside / outside)
    assert {name: rate > 1.5 for name, rate in rates.items()} == dict.fromkeys(
        ("SIG-A", "SIG-B", "SIG-C", "SIG-D"), True
    )


@pytest.mark.parametrize(
    ("slug", "sub", "year", "kwesties", "clienten"),
    [("rozendaal", "BEH.VEIL", 2024, 1, 1), ("kleinhof", "BEH.DWANG", 2025, 6, 1)],
)
def test_what_must_stay_invisible_is_there_to_hide(
    loaded: Any, slug: str, sub: str, year: int, kwesties: int, clienten: int
) -> None:
    found = loaded.execute(
        "SELECT extract(year FROM datum)::int, count(*), count(DISTINCT client_id)"
        " FROM cases_kwestie k JOIN tenants_tenant t ON t.id = k.tenant_id"
        " WHERE slug = %s AND subaard = %s GROUP BY 1",
        [slug, sub],
    ).fetchall()
    assert found == [(year, kwesties, clienten)]


def test_the_supporter_of_the_demonstration_has_work_to_do(loaded: Any) -> None:
    hers = (
        "FROM cases_kwestie k JOIN tenants_medewerker m ON m.user_id = ondersteuner_id"
        f" WHERE m.code = '{demo.ONDERSTEUNER}' AND status <> 'AFGEROND'"
    )
    assert one(loaded, f"SELECT count(*) {hers}") >= CASELOAD


def test_there_is_an_account_for_every_role_and_one_password(loaded: Any) -> None:
    found = dict(
        loaded.execute(
            "SELECT email, password FROM tenants_user WHERE email = ANY (%s)",
            [[email for _rol, email in demo.sign_ins()]],
        ).fetchall()
    )
    assert set(found) == {email for _rol, email in demo.sign_ins()}
    assert len(set(found.values())) == 1
    assert len(demo.sign_ins()) == 11
    codes = loaded.execute(
        "SELECT code FROM tenants_medewerker WHERE code LIKE 'ondersteuner-%'"
    ).fetchall()
    assert len(codes) == 18


def test_permissions_are_what_the_roles_give(loaded: Any) -> None:
    """The bulk way makes the same rows as ``sync_permissions``."""
    roles: dict[tuple[UUID, int], list[str]] = {}
    for user, tenant, rol in loaded.execute(
        "SELECT user_id, tenant_id, rol FROM tenants_membership"
    ):
        roles.setdefault((user, tenant), []).append(rol)
    wanted = {
        (user, tenant, str(recht))
        for (user, tenant), held in roles.items()
        for recht in rechten_van(held)
    }
    found = loaded.execute(
        "SELECT DISTINCT user_id, content_object_id, codename"
        " FROM tenants_tenantgroupobjectpermission"
        " JOIN tenants_user_groups USING (group_id)"
        " JOIN auth_permission p ON p.id = permission_id"
    ).fetchall()
    assert Counter(found) == Counter(wanted)


# Keys and nonces are drawn from the system, whatever the seed.
NIET_HERHAALD = ("privacy_tenantsleutel", "privacy_sleutel", "cases_zoekteken")
TEKSTEN = ("naam_v", "kernvraag_v", "doel_client_v", "toelichting_v", "notitie_v")


def everything(server: psycopg.Connection[Any]) -> list[Any]:
    """A print of each table without what is sealed in it, to compare; and how much
    there is of what is not repeated.
    """
    bare = f"to_jsonb(x) - '{{{','.join(TEKSTEN)}}}'::text[]"
    prints = [
        one(
            server,
            f"SELECT md5(string_agg(({bare})::text, '' ORDER BY x.id)) FROM {t} x",
        )
        for t in demo.TABLES
        if t not in NIET_HERHAALD
    ]
    return prints + [one(server, f"SELECT count(*) FROM {t}") for t in NIET_HERHAALD]


def test_names_and_texts_are_sealed_and_can_be_found(loaded: Any) -> None:
    named = "SELECT count(*) FROM cases_client WHERE naam_v IS NOT NULL"
    assert one(loaded, named) > 1000
    assert one(loaded, f"{named} AND get_byte(naam_v, 0) <> 1") == 0
    text = "coalesce(kernvraag_v, doel_client_v, toelichting_v) IS NOT NULL"
    for soort, holders in (
        ("client", named),
        ("kwestie", f"SELECT count(*) FROM cases_kwestie WHERE {text}"),
    ):
        of_soort = f"SELECT count(*) FROM privacy_sleutel WHERE soort = '{soort}'"
        assert one(loaded, of_soort) == one(loaded, holders)
    found = "SELECT count(DISTINCT client_id) FROM cases_zoekteken"
    assert one(loaded, found) == one(loaded, named)


def test_a_second_time_is_refused_and_opnieuw_brings_the_same_back(
    loaded: Any,
) -> None:
    before = everything(loaded)
    again = manage(DATABASE, "demo_data")
    assert again.returncode == 3
    assert again.stderr.strip() == (
        "CommandError: De kwesties van seed 20261121 staan er al. Met --opnieuw worden"
        " alle demonstratiekwesties vervangen."
    )
    assert everything(loaded) == before
    other = manage(DATABASE, "demo_data", "--seed", "9", "--kwesties", "500")
    assert other.returncode == 0, other.stderr
    assert one(loaded, "SELECT count(*) FROM cases_kwestie") == 6682
    replaced = manage(DATABASE, "demo_data", "--opnieuw")
    assert replaced.returncode == 0, replaced.stderr
    assert everything(loaded) == before


def test_many_coded_kwesties_for_many_tenants(loaded: Any) -> None:
    made = manage(
        DATABASE,
        *("demo_data", "--opnieuw", "--tenants", "120", "--kwesties", "7000"),
        *("--coded-only", "--gelijk", "--seed", "4"),
    )
    assert made.returncode == 0, made.stderr
    sizes = loaded.execute(
        "SELECT count(*) FROM cases_kwestie GROUP BY tenant_id"
    ).fetchall()
    assert (len(sizes), sum(n for (n,) in sizes)) == (120, 7_000)
    assert {n for (n,) in sizes} == {58, 59}
    texts = "coalesce(kernvraag_v, doel_client_v, toelichting_v) IS NOT NULL"
    assert one(loaded, f"SELECT count(*) FROM cases_kwestie WHERE {texts}") == 0
    assert one(loaded, "SELECT count(*) FROM cases_client WHERE naam_v <> ''") == 0
    loaded.execute("UPDATE cases_kwestie SET versie = versie")


def test_a_tenant_that_is_real_is_left_alone(loaded: Any) -> None:
    loaded.execute("UPDATE tenants_tenant SET is_fictief = false WHERE slug = 'tiel'")
    refused = manage(DATABASE, "demo_data", "--opnieuw", "--kwesties", "10")
    loaded.execute("UPDATE tenants_tenant SET is_fictief = true WHERE slug = 'tiel'")
    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        "CommandError: De opdrachtgever tiel bestaat al en is echt."
        " Demonstratiegegevens horen in een eigen database."
    )
    assert one(loaded, "SELECT count(*) FROM cases_kwestie") == 7_000


@pytest.mark.parametrize(
    "option", ["--tenants=0", "--tenants=401", "--kwesties=-1", "--seed=-1"]
)
def test_impossible_numbers_are_refused(option: str) -> None:
    """Before anything is done: this test may not even reach the database."""
    with pytest.raises(CommandError, match=option.partition("=")[0]):
        call_command("demo_data", option)


def test_questions_can_be_asked_online_in_the_demonstration(
    loaded: Any, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), connected_to(DATABASE):
        opened = open_doors(f"teamleider@{demo.DOMAIN}")
    doors = "SELECT count(*) FROM tenants_loket WHERE is_open AND publiek IS NOT NULL"
    with embedded.current().superuser(DATABASE) as server:
        assert server.execute(doors).fetchall() == [(opened,)]
    assert opened > 0


def test_one_question_was_answered_one_waits_and_the_chart_is_not_empty(
    loaded: Any, django_db_blocker: Any
) -> None:
    leader, anna = f"teamleider@{demo.DOMAIN}", f"ondersteuner@{demo.DOMAIN}"
    with django_db_blocker.unblock(), connected_to(DATABASE):
        open_doors(leader)
        for _twice in range(2):
            ask_questions(leader, anna)
        code = demo_code()
        assert code is not None
        with acting_as(Scope("public")):
            thread = come_back(code)
        wie = somebody(leader)
        with acting_as(wie.scope()):
            assert len(waiting_for_team(wie, 1)) == 1
        assert fill_chart(anna) > 0
        assert fill_chart(anna) == 0
        hers = somebody(anna)
        with acting_as(hers.scope()):
            found = organisaties_for(hers, KaartVraag("mantelzorg Achterhoek"))
            stale = organisaties_for(hers, KaartVraag(alleen_oud=True))
            complete = organisaties_for(hers, KaartVraag("veerhuis"))[0]
    assert thread is not None
    assert [one.is_van_ons for one in thread.berichten] == [True, False]
    assert {one.soort for one in found} == {"MZSP", "CLO"}  # S111
    assert {one.naam for one in stale} == {"Buurtmaatjes Rijnoever"}  # S15
    assert complete.klachtenregeling
    assert complete.functionaris
    assert complete.geschilleninstantie


def test_what_happened_before_you_came_went_the_way_it_goes(
    loaded: Any, django_db_blocker: Any
) -> None:
    """A signal as far as a promise, an agenda, and a report that was offered."""
    today, anna = timezone.localdate(), f"ondersteuner@{demo.DOMAIN}"
    manage(DATABASE, "demo_data", "--opnieuw")
    with django_db_blocker.unblock(), connected_to(DATABASE):
        for _twice in range(2):
            fill_day(anna, today)
            work_with_group(anna, today)
            verhaal.raise_signal(today)
            verhaal.Weg("arnhem", parse("2024")).go(until="bied_aan")
    assert one(loaded, "SELECT status FROM signalering_signaal") == "TOEGEZEGD"
    assert one(loaded, "SELECT count(*) FROM cases_collectieveactiviteit") == 2
    assert one(loaded, "SELECT status FROM signalering_rapportage") == "AANGEBODEN"
    hers = f"SELECT count(*) FROM cases_agendapunt WHERE gemaakt_door_id = '{ANNA}'"
    assert one(loaded, hers) == 3


def test_the_days_end_where_they_are_asked_to_end() -> None:
    """As long ago as in weights.json lie the signals, in whole quarters."""
    asked = until(date(2026, 11, 21))
    assert (asked.eerste, asked.kwartalen) == (date(2023, 10, 1), 3)
    assert until(VAST.laatste) == VAST
    kwesties = rendering_of(tenants(25), 4_000, seed=5, tijdvak=asked).kwesties
    days = (asked.day(int(kwesties.dag.min())), asked.day(int(kwesties.dag.max())))
    assert asked.eerste <= days[0] < date(2023, 10, 15)
    assert date(2026, 11, 14) < days[1] <= asked.laatste
    sig = next(s for s in weights()["signalen"] if s["id"] == "SIG-A")
    first, last = window(sig, asked)
    assert (asked.day(first), asked.day(last)) == (date(2025, 6, 1), date(2025, 12, 31))
