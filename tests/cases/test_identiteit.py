"""Who the client is: given later, kept from the care, taken away for good (S19, S20),
and told what we keep before support begins (S22).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import (
    Client,
    Contactmoment,
    Kwestie,
    PrivacyInformatie,
    Stap,
    Toestemming,
    Zoekteken,
)
from cases.services import (
    Contact,
    Identiteit,
    KwestieError,
    Privacy,
    Route,
    Traject,
    moment_on,
)
from privacy.blinde_index import tekens_of
from privacy.fields import GEWIST
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
TRUUS = Identiteit(
    status="BEKEND",
    naam=seed.NAAM,
    telefoon="026 1234567",
    email="truus@voorbeeld.example",
    adres="Straat 1",
    geboortejaar="1958",
)
VERTELD = Privacy(wijze="MONDELING", datum=seed.SEVEN["datum"])
SECRET = "Truus woont boven de bakker"


def named(door: str = "anna", **over: Any) -> Kwestie:
    over = {"identiteitsstatus": "BEKEND", "naam": seed.NAAM} | over
    return seed.register(door, **over)


def inside(naam: str = "chantal") -> Any:
    return acting_as(people.wie(naam).scope(1))


def known(kwestie: Kwestie) -> UUID:
    """The id of its client, which it has."""
    assert kwestie.client_id is not None
    return kwestie.client_id


def client_of(kwestie: Kwestie) -> Client:
    with inside():
        return seed.readable(Client.objects.get(tenant_id=1, pk=known(kwestie)))


def tokens_of_name(naam: str, jaar: str = "") -> list[str]:
    with inside():
        return tekens_of(1, naam, jaar)


def tokens(client_id: UUID) -> list[str]:
    with inside():
        rows = Zoekteken.objects.filter(tenant_id=1, client_id=client_id)
        return sorted(rows.values_list("teken", flat=True))


# ------------------------------------------------------------------------ named later


def test_s019_registering_needs_no_name_and_a_name_can_come_later() -> None:
    kwestie = seed.register()
    assert (kwestie.identiteitsstatus, kwestie.client_id) == ("ANONIEM", None)
    seed.act("give_name", kwestie, identiteit=TRUUS, privacy=VERTELD)
    kwestie = seed.seen(kwestie)
    client = client_of(kwestie)
    assert kwestie.identiteitsstatus == client.identiteitsstatus == "BEKEND"
    assert (client.naam, client.geboortejaar) == (seed.NAAM, "1958")
    assert tokens(client.pk) == tokens_of_name(seed.NAAM, "1958")


def test_a_name_may_be_that_of_an_earlier_kwestie() -> None:
    earlier, kwestie = named(), seed.register()
    given = Identiteit(status="BEKEND", client_van=earlier.nummer.lower())
    seed.act("give_name", kwestie, identiteit=given, privacy=VERTELD)
    assert seed.seen(kwestie).client_id == earlier.client_id


def test_the_number_of_a_colleague_gives_no_client() -> None:
    earlier, kwestie = named("bram"), seed.register()
    given = Identiteit(status="BEKEND", client_van=earlier.nummer)
    with pytest.raises(KwestieError, match="geen kwestie op naam"):
        seed.act("give_name", kwestie, identiteit=given, privacy=VERTELD)


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"naam": ""}, "naam"),
        ({"geboortejaar": "58"}, "geboortejaar"),
        ({"geboortejaar": "2999"}, "geboortejaar"),
        ({"status": "GEANON"}, "identiteitsstatus"),
    ],
)
def test_a_name_that_cannot_be_is_refused(over: dict[str, str], veld: str) -> None:
    kwestie = seed.register()
    given = Identiteit(**{"status": "BEKEND", "naam": seed.NAAM} | over)
    with pytest.raises(KwestieError) as refusal:
        seed.act("give_name", kwestie, identiteit=given, privacy=VERTELD)
    assert refusal.value.veld == veld


def test_registering_and_changing_a_name_keep_the_tokens_right() -> None:
    kwestie = named()
    assert tokens(known(kwestie)) == tokens_of_name(seed.NAAM)
    other = Identiteit(status="BEKEND", naam="Trudy Zandbergen", geboortejaar="1959")
    seed.act("change_client", kwestie, identiteit=other)
    assert tokens(known(kwestie)) == tokens_of_name("Trudy Zandbergen", "1959")


def test_a_colleague_changes_no_client() -> None:
    with pytest.raises(Refused):
        seed.act("change_client", named(), "bram", identiteit=TRUUS)


def test_s020_the_wish_to_stay_unknown_to_the_care_counts_at_once() -> None:
    first = named()
    second = seed.register(
        identiteitsstatus="BEKEND", naam="", client_van=first.pk, kanaal="MAIL"
    )
    wish = Identiteit(status="ANON_ZORG", naam=seed.NAAM)
    seed.act("change_client", first, identiteit=wish)
    rows = [seed.seen(first), seed.seen(second)]
    assert [row.identiteitsstatus for row in rows] == ["ANON_ZORG", "ANON_ZORG"]
    assert client_of(first).identiteitsstatus == "ANON_ZORG"
    page = people.browser("anna").get(f"/t/arnhem/kwesties/{first.pk}/")
    assert "Noem deze cliënt niet bij naam buiten Adviespunt" in page.content.decode()
    seed.act("change_client", first, identiteit=TRUUS)
    assert seed.seen(second).identiteitsstatus == "BEKEND"


# ------------------------------------------------------------------------- taken away


def full() -> Kwestie:
    """A kwestie in support with every kind of text on it."""
    kwestie = named(toelichting=SECRET, activiteiten=("IND.INFO",))
    seed.act("change_client", kwestie, identiteit=TRUUS)
    seed.act("start_ondersteuning", kwestie, doel_client=SECRET, privacy=VERTELD)
    contact = Contact(
        datum_tijd=moment_on(seed.SEVEN["datum"]),
        kanaal="TEL",
        met=("CLIENT",),
        activiteiten=("IND.INFO",),
        notitie=SECRET,
    )
    seed.act("add_contactmoment", kwestie, contact=contact)
    route = Route(instantie_type="GEM", organisatie=SECRET)
    seed.act("add_verwijzing", kwestie, verwijzing=route)
    about = {"tenant_id": 1, "kwestie_id": kwestie.pk}
    with inside("anna"):
        row = Kwestie.objects.get(pk=kwestie.pk)
        row.extern_rij = {"naam": SECRET}
        row.kernvraag = row.gewenste_oplossing = SECRET
        row.save()
        Client.objects.filter(pk=known(kwestie)).update(extern_code="C-17")
        Stap.objects.create(
            omschrijving_v=SECRET, wie="SAMEN", gepland_op=timezone.localdate(), **about
        )
        Toestemming.objects.create(
            ontvanger_soort="GEMEENTE",
            ontvanger_naam_v=SECRET,
            onderwerp_v=SECRET,
            wijze="GESPREK",
            is_uitdrukkelijk=True,
            gegeven_op=timezone.now() - timedelta(hours=1),
            vastgelegd_door_id=people.ident("anna"),
            **about,
        )
    return seed.seen(kwestie)


def texts() -> dict[str, list[bytes]]:
    """Every sealed text of the app that there is, by column."""
    found: dict[str, list[bytes]] = {}
    with inside("anna"):
        for model in apps.get_app_config("cases").get_models():
            for field in model._meta.concrete_fields:
                if not field.name.endswith("_v"):
                    continue
                rows = model._default_manager.exclude(**{field.name: None})
                values = sorted(set(rows.values_list(field.name, flat=True)))
                if values:
                    found[f"{model.__name__}.{field.name}"] = values
    return found


def test_s019_maak_anoniem_takes_who_it_is_from_every_table_for_good() -> None:
    kwestie = full()
    before = texts()
    assert {"Client.naam_v", "Kwestie.toelichting_v", "Toestemming.onderwerp_v"} <= set(
        before
    )
    seed.act("make_anonymous", kwestie, is_alles=True)
    assert {value for values in texts().values() for value in values} == {GEWIST}
    kwestie, client = seed.seen(kwestie), client_of(kwestie)
    assert (kwestie.identiteitsstatus, client.identiteitsstatus) == ("GEANON",) * 2
    assert (kwestie.extern_rij, client.extern_code) == (None, None)
    assert client.leeftijdsklasse == "ONB"
    assert tokens(client.pk) == []
    assert (kwestie.aard, kwestie.wet, kwestie.minuten) == ("FIN", "WMO", 0)
    assert kwestie.activiteiten == ["IND.INFO"]
    for verb, given in (
        ("give_name", {"identiteit": TRUUS, "privacy": VERTELD}),
        ("change_client", {"identiteit": TRUUS}),
        ("make_anonymous", {"is_alles": True}),
    ):
        with pytest.raises(KwestieError):
            seed.act(verb, kwestie, **given)


def test_s019_one_kwestie_can_be_made_anonymous_and_the_others_stay() -> None:
    first = named(toelichting=SECRET)
    other = seed.register(
        identiteitsstatus="BEKEND", client_van=first.pk, toelichting=SECRET
    )
    seed.act("make_anonymous", first, is_alles=False)
    first, other = seed.seen(first), seed.seen(other)
    assert (first.identiteitsstatus, first.client_id) == ("ANONIEM", None)
    assert (first.toelichting, other.toelichting) == ("", SECRET)
    assert client_of(other).naam == seed.NAAM


def test_the_open_kwestie_of_an_anonymous_client_goes_on() -> None:
    kwestie = full()
    seed.act("make_anonymous", kwestie, is_alles=True)
    seed.act("wait_kwestie", kwestie, naar="WACHT_CLIENT")
    assert seed.seen(kwestie).doel_client == "–"


def test_a_running_procedure_is_talked_about_first() -> None:
    kwestie = named()
    route = Traject(
        type="bezwaar", instantie="Commissie", rol_ondersteuner="meegedacht"
    )
    seed.act("add_traject", kwestie, traject=route)
    with pytest.raises(KwestieError) as refusal:
        seed.act("make_anonymous", kwestie, is_alles=True)
    assert refusal.value.veld == "weet_procedure"
    seed.act("make_anonymous", kwestie, is_alles=True, weet_procedure=True)
    assert seed.seen(kwestie).identiteitsstatus == "GEANON"


def test_a_colleague_makes_nobody_anonymous() -> None:
    with pytest.raises(Refused):
        seed.act("make_anonymous", named(), "bram", is_alles=True)


def raw(statement: str, pk: UUID | None) -> None:
    with inside("anna"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [pk])


KWESTIE = "UPDATE cases_kwestie SET {} WHERE id = %s"
CLIENT = "UPDATE cases_client SET {} WHERE id = %s"
EMPTY = (
    "identiteitsstatus = 'GEANON', naam_v = NULL, telefoon_v = NULL, email_v = NULL,"
    " adres_v = NULL, geboortejaar_v = NULL, extern_code = NULL,"
    " leeftijdsklasse = 'ONB'"
)


@pytest.mark.parametrize(
    ("table", "change", "name"),
    [
        (KWESTIE, "identiteitsstatus = 'GEANON'", "kwestie_anoniem_zonder_wissen"),
        (
            KWESTIE,
            "identiteitsstatus = 'ANONIEM', client_id = NULL",
            "kwestie_anoniem_zonder_wissen",
        ),
        (
            KWESTIE,
            "identiteitsstatus = 'GEANON', geanonimiseerd_op = now()",
            "kwestie_anoniem_met_tekst",
        ),
        (CLIENT, "identiteitsstatus = 'GEANON'", "client_geanon_leeg"),
    ],
)
def test_postgresql_refuses_to_call_anonymous_what_is_not(
    table: str, change: str, name: str
) -> None:
    kwestie = named(toelichting=SECRET)
    pk = kwestie.pk if table == KWESTIE else kwestie.client_id
    with pytest.raises(IntegrityError, match=name):
        raw(table.format(change), pk)


def test_postgresql_lets_nobody_back_and_no_token_in() -> None:
    kwestie = full()
    seed.act("make_anonymous", kwestie, is_alles=True)
    with pytest.raises(IntegrityError, match="client_identiteit"):
        raw(CLIENT.format("identiteitsstatus = 'BEKEND'"), kwestie.client_id)
    with pytest.raises(IntegrityError, match="kwestie_identiteit"):
        raw(KWESTIE.format("identiteitsstatus = 'BEKEND'"), kwestie.pk)
    with pytest.raises(IntegrityError, match="kwestie_anoniem_blijft"):
        raw(KWESTIE.format("geanonimiseerd_op = NULL"), kwestie.pk)
    with pytest.raises(IntegrityError, match="zoekteken_van_anonieme_client"):
        raw(
            "INSERT INTO cases_zoekteken (id, tenant_id, client_id, teken)"
            " VALUES (gen_random_uuid(), 1, %s, 'w123')",
            kwestie.client_id,
        )


def test_postgresql_takes_the_tokens_when_a_client_becomes_anonymous() -> None:
    kwestie = named()
    assert tokens(known(kwestie)) != []
    raw(CLIENT.format(EMPTY), kwestie.client_id)
    assert tokens(known(kwestie)) == []


def test_a_consent_can_be_wiped_but_not_rewritten() -> None:
    full()
    set_text = "UPDATE cases_toestemming SET onderwerp_v = '{}' WHERE tenant_id = 1"
    with inside("anna"), connection.cursor() as cursor:
        with (
            pytest.raises(IntegrityError, match="tekst_alleen_wissen"),
            transaction.atomic(),
        ):
            cursor.execute(set_text.format("Iets anders"))
        cursor.execute(set_text.format("–"))
        assert cursor.rowcount == 1


# --------------------------------------------------------------------- told what we keep


def test_s022_support_by_name_begins_when_the_client_was_told() -> None:
    kwestie = named()
    with pytest.raises(KwestieError) as refusal:
        seed.act("start_ondersteuning", kwestie, doel_client="Rust.")
    assert refusal.value.veld == "privacy"
    assert seed.seen(kwestie).status == "TOEGEWEZEN"
    seed.act("start_ondersteuning", kwestie, doel_client="Rust.", privacy=VERTELD)
    assert seed.seen(kwestie).status == "IN_ONDERSTEUNING"
    with inside():
        told = PrivacyInformatie.objects.get(tenant_id=1, client_id=known(kwestie))
    assert (told.wijze, told.datum, told.reden) == (
        "MONDELING",
        seed.SEVEN["datum"],
        "",
    )
    assert told.versie
    again = seed.register(identiteitsstatus="BEKEND", client_van=kwestie.pk)
    seed.act("start_ondersteuning", again, doel_client="Nog iets.")


def test_s022_or_with_a_reason_and_then_it_is_asked_again() -> None:
    kwestie = named()
    reason = Privacy(reden="SPOED")
    seed.act("start_ondersteuning", kwestie, doel_client="Rust.", privacy=reason)
    again = seed.register(identiteitsstatus="BEKEND", client_van=kwestie.pk)
    with pytest.raises(KwestieError, match="hoe wij met gegevens omgaan"):
        seed.act("start_ondersteuning", again, doel_client="Nog iets.")


def test_who_is_anonymous_is_told_nothing_of_her_name() -> None:
    kwestie = seed.register()
    page = people.browser("anna").get(f"/t/arnhem/kwesties/{kwestie.pk}/start/")
    assert 'name="privacy"' not in page.content.decode()
    seed.act("start_ondersteuning", kwestie, doel_client="Rust.")


@pytest.mark.parametrize(
    ("privacy", "veld"),
    [
        (Privacy(wijze="ANDERS", datum=seed.SEVEN["datum"]), "privacy"),
        (Privacy(reden="GEEN_ZIN"), "privacy"),
        (Privacy(wijze="PAPIER"), "privacy_datum"),
        (Privacy(wijze="PAPIER", datum=timezone.localdate() + timedelta(1)), None),
    ],
)
def test_told_how_and_when(privacy: Privacy, veld: str | None) -> None:
    with pytest.raises(KwestieError) as refusal:
        seed.act("start_ondersteuning", named(), doel_client="Rust.", privacy=privacy)
    assert refusal.value.veld == (veld or "privacy_datum")


def test_postgresql_starts_no_support_by_name_of_who_was_not_told() -> None:
    kwestie = named()
    start = KWESTIE.format("status = 'IN_ONDERSTEUNING', doel_client_v = 'Rust'")
    with pytest.raises(IntegrityError, match="kwestie_privacyinformatie"):
        raw(start, kwestie.pk)
    with inside("anna"):
        PrivacyInformatie.objects.create(
            tenant_id=1, client_id=known(kwestie), reden="KON_NIET"
        )
    raw(start, kwestie.pk)
    assert seed.seen(kwestie).status == "IN_ONDERSTEUNING"


def test_s022_the_start_screen_asks_it_in_one_line() -> None:
    kwestie = named()
    browser = people.browser("anna")
    url = f"/t/arnhem/kwesties/{kwestie.pk}/start/"
    assert "Hoe heb je verteld wat wij met gegevens doen?" in (
        browser.get(url).content.decode()
    )
    assert browser.post(url, {"doel_client": "Rust."}).status_code == 422
    given = {"doel_client": "Rust.", "privacy": "PAPIER", "privacy_datum": "gisteren"}
    assert browser.post(url, given).status_code == 302
    assert seed.seen(kwestie).status == "IN_ONDERSTEUNING"


def test_the_notes_of_a_contact_are_wiped_with_it() -> None:
    kwestie = full()
    seed.act("make_anonymous", kwestie, is_alles=True)
    with inside():
        notes = Contactmoment.objects.filter(tenant_id=1).values_list("notitie_v")
        assert {note for (note,) in notes} == {None, GEWIST}
