"""The verbs of casework: what they write, and each rule refused twice: by the service
in words, and by PostgreSQL whoever asks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import Client, Contactmoment, Kwestie, Status
from cases.services import Afronding, Contact, KwestieError, Route, Traject
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)
DOEL = "Ik wil weer zelf mijn boodschappen kunnen doen."
KLACHT_TRAJECT = Traject(
    type="klacht_wkkgz",
    instantie="Klachtencommissie Oost",
    rol_ondersteuner="bijgestaan",
)


def raw(statement: str, kwestie: Kwestie, *parameters: Any) -> None:
    """SQL on this kwestie as its supporter; %s … the parameters, then its id."""
    with (
        acting_as(people.wie("anna").scope(1)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [*parameters, kwestie.pk])


def contact(**over: Any) -> Contact:
    given: dict[str, Any] = {
        "datum_tijd": timezone.now() - timedelta(hours=1),
        "kanaal": "TEL",
        "met": ("CLIENT",),
        "activiteiten": ("IND.INFO",),
        "duur_min": 25,
        **over,
    }
    return Contact(**given)


def started(**over: Any) -> Kwestie:
    """A kwestie in support with one activity, ready to be closed."""
    kwestie = seed.register(activiteiten=("IND.INFO",), minuten=30, **over)
    made: Kwestie = seed.act("start_ondersteuning", kwestie, doel_client=DOEL)
    return made


def closing(**over: Any) -> Afronding:
    given: dict[str, Any] = {
        "resultaat": "OPGELOST",
        "levensdomein": ("WON",),
        **over,
    }
    return Afronding(**given)


# ----------------------------------------------------------------------- register


def test_seven_fields_make_a_kwestie_of_the_one_who_registers() -> None:
    kwestie = seed.register()
    assert kwestie.status == Status.TOEGEWEZEN
    assert kwestie.ondersteuner_id == people.ident("anna")
    assert kwestie.bron == "FORMULIER"
    assert kwestie.opdracht_id == people.ident("opdracht-arnhem")
    assert kwestie.dienst == "OCO_SD"
    assert kwestie.client_id is None
    assert kwestie.nummer.startswith("ARN-")
    assert len(kwestie.nummer) == 11


def test_an_anonymous_kwestie_makes_no_client_and_fills_no_identity_column() -> None:
    kwestie = seed.register()
    with acting_as(people.wie("anna").scope(1)):
        assert not Client.objects.filter(tenant_id=1).exists()
        row = Kwestie.objects.filter(tenant_id=1, pk=kwestie.pk).values().get()
    texts = {name: value for name, value in row.items() if name.endswith("_v")}
    assert len(texts) == 5
    assert set(texts.values()) == {None}


@pytest.mark.parametrize("status", ["BEKEND", "ANON_ZORG"])
def test_a_client_who_is_not_anonymous_is_kept_with_name_and_contact(
    status: str,
) -> None:
    kwestie = seed.register(
        identiteitsstatus=status,
        naam=seed.NAAM,
        telefoon="026 123 45 67",
        email="truus@voorbeeld.example",
    )
    with acting_as(people.wie("anna").scope(1)):
        client = Client.objects.get(tenant_id=1, pk=kwestie.client_id)
    assert client.identiteitsstatus == status
    assert (client.naam, client.telefoon, client.email) == (
        seed.NAAM,
        "026 123 45 67",
        "truus@voorbeeld.example",
    )


def test_a_question_answered_at_once_is_closed_in_the_same_act() -> None:
    kwestie = seed.register(
        soort="VRAAG",
        wet="ONBEKEND",
        activiteiten=("IND.INFO", "IND.RECHT"),
        minuten=15,
        resultaat="BEANTW",
    )
    assert kwestie.status == Status.AFGEROND
    assert kwestie.resultaat == "BEANTW"
    assert kwestie.afgerond_op == kwestie.datum
    assert kwestie.activiteiten == ["IND.INFO", "IND.RECHT"]
    assert kwestie.minuten == 15


def test_a_report_that_is_referred_at_once_has_its_referral_on_record() -> None:
    kwestie = seed.register(
        soort="MELDING",
        activiteiten=("IND.VERWIJS",),
        resultaat="VERWEZEN",
        instantie_type="WIJKT",
    )
    assert kwestie.status == Status.AFGEROND
    with acting_as(people.wie("anna").scope(1)):
        assert [v.instantie_type for v in kwestie.verwijzingen.all()] == ["WIJKT"]


def test_sending_the_form_twice_gives_one_kwestie() -> None:
    pk = uuid4()
    first = seed.register(pk=pk, identiteitsstatus="BEKEND", naam=seed.NAAM)
    second = seed.register(pk=pk, identiteitsstatus="BEKEND", naam=seed.NAAM)
    assert second.nummer == first.nummer
    with acting_as(people.wie("anna").scope(1)):
        assert Kwestie.objects.filter(tenant_id=1).count() == 1
        assert Client.objects.filter(tenant_id=1).count() == 1


def test_the_id_of_somebody_elses_kwestie_gives_nothing_away() -> None:
    theirs = seed.register("hanna", "wulpenhorst")
    with pytest.raises(KwestieError, match="al gebruikt"):
        seed.register("anna", pk=theirs.pk)
    of_a_colleague = seed.register("bram")
    with pytest.raises(KwestieError, match="al gebruikt"):
        seed.register("anna", pk=of_a_colleague.pk)


def test_a_second_kwestie_of_a_known_client_shares_the_client() -> None:
    first = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    second = seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    assert second.client_id == first.client_id


def test_a_client_of_a_colleague_cannot_be_borrowed() -> None:
    first = seed.register("bram", identiteitsstatus="BEKEND", naam=seed.NAAM)
    with pytest.raises(KwestieError, match="niet gevonden"):
        seed.register("anna", identiteitsstatus="BEKEND", client_van=first.pk)


def test_on_a_day_without_opdracht_nothing_can_be_registered(superuser: Any) -> None:
    with acting_as(people.wie("dewi").scope(1)), connection.cursor() as cursor:
        cursor.execute("UPDATE tenants_opdracht SET tot = '2025-03-04'")
    with pytest.raises(KwestieError) as refused:
        seed.register()
    assert refused.value.veld == "datum"
    assert seed.register(datum=date(2025, 3, 4)).status == Status.TOEGEWEZEN


# --------------------------------------------------- refused in words, by the service


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        pytest.param({"aard": "XXX"}, "aard", id="V1"),
        pytest.param({"aard": "FIN", "subaard": "REL.BEJ"}, "subaard", id="V2"),
        pytest.param({"aard": "FIN", "subaard": "FIN.ZZZ"}, "subaard", id="V2-list"),
        pytest.param({"wet": ""}, "wet", id="V3"),
        pytest.param({"kanaal": "ROOK"}, "kanaal", id="kanaal"),
        pytest.param(
            {"soort": "VRAAG", "resultaat": "BEANTW"}, "activiteiten", id="V4"
        ),
        pytest.param(
            {"activiteiten": ("IND.INFO",), "resultaat": "OPGELOST"},
            "resultaat",
            id="V4-not-at-once",
        ),
        pytest.param(
            {"soort": "VRAAG", "resultaat": "X", "activiteiten": ("IND.INFO",)},
            "resultaat",
            id="V4-list",
        ),
        pytest.param({"naam": seed.NAAM}, "naam", id="V7-name"),
        pytest.param({"telefoon": "0612345678"}, "telefoon", id="V7-telephone"),
        pytest.param({"email": "t@voorbeeld.example"}, "email", id="V7-mail"),
        pytest.param({"identiteitsstatus": "BEKEND"}, "naam", id="V7-nameless"),
        pytest.param({"identiteitsstatus": "ANON_ZORG"}, "naam", id="V7-zorg"),
        pytest.param(
            {
                "soort": "VRAAG",
                "resultaat": "VERWEZEN",
                "activiteiten": ("IND.VERWIJS",),
            },
            "instantie_type",
            id="V15",
        ),
        pytest.param({"datum": TOMORROW}, "datum", id="V16-future"),
        pytest.param({"datum": date(2014, 12, 31)}, "datum", id="V16-before-2015"),
        pytest.param({"minuten": 10}, "activiteiten", id="minutes-of-nothing"),
    ],
)
def test_registering_against_a_rule_is_refused_at_the_field(
    over: dict[str, Any], veld: str
) -> None:
    with pytest.raises(KwestieError) as refused:
        seed.register(**over)
    assert refused.value.veld == veld
    with acting_as(people.wie("anna").scope(1)):
        assert not Kwestie.objects.filter(tenant_id=1).exists()
        assert not Client.objects.filter(tenant_id=1).exists()


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        pytest.param({"activiteiten": ()}, "activiteiten", id="no activity"),
        pytest.param({"activiteiten": ("IND.X",)}, "activiteiten", id="no such"),
        pytest.param({"met": ()}, "met", id="with nobody"),
        pytest.param({"kanaal": "ROOK"}, "kanaal", id="kanaal"),
        pytest.param({"duur_min": 1441}, "duur_min", id="longer than a day"),
        pytest.param({"met": ("HULPVERLENER",)}, "is_inhoudelijk", id="V5-not-said"),
        pytest.param(
            {"met": ("GEMEENTE",), "is_inhoudelijk": True},
            "is_client_aanwezig",
            id="V5-presence-not-said",
        ),
        pytest.param(
            {
                "met": ("CLIENT", "HULPVERLENER"),
                "is_inhoudelijk": True,
                "is_client_aanwezig": False,
            },
            "is_client_aanwezig",
            id="V5",
        ),
        pytest.param(
            {"datum_tijd": datetime(2014, 12, 31, 12, tzinfo=UTC)}, "datum", id="V16"
        ),
        pytest.param(
            {"datum_tijd": timezone.now() + timedelta(days=2)}, "datum", id="V16-future"
        ),
    ],
)
def test_a_contact_against_a_rule_is_refused_at_the_field(
    over: dict[str, Any], veld: str
) -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as refused:
        seed.act("add_contactmoment", kwestie, contact=contact(**over))
    assert refused.value.veld == veld


def test_the_refusal_of_a_talk_without_the_client_quotes_the_rule() -> None:
    kwestie = seed.register()
    given = contact(met=("GEMEENTE",), is_inhoudelijk=True, is_client_aanwezig=False)
    with pytest.raises(KwestieError) as refused:
        seed.act("add_contactmoment", kwestie, contact=given)
    assert (
        "voert geen inhoudelijke gesprekken met hulpverleners als de cliënt daarbij"
        " niet aanwezig is" in refused.value.tekst
    )


@pytest.mark.parametrize(
    "over",
    [
        {"met": ("HULPVERLENER",), "is_inhoudelijk": False},
        {"met": ("GEMEENTE",), "is_inhoudelijk": True, "is_client_aanwezig": True},
        {"met": ("NAASTE",), "is_inhoudelijk": None},
    ],
)
def test_a_contact_within_the_rule_is_kept(over: dict[str, Any]) -> None:
    kwestie = seed.register()
    seed.act("add_contactmoment", kwestie, contact=contact(**over))
    assert seed.seen(kwestie).minuten == 25


def test_contacts_add_up_on_the_kwestie() -> None:
    kwestie = seed.register(activiteiten=("IND.LUIST",), minuten=10)
    seed.act("add_contactmoment", kwestie, contact=contact(notitie="Teruggebeld."))
    kwestie = seed.seen(kwestie)
    assert kwestie.minuten == 35
    assert kwestie.activiteiten == ["IND.INFO", "IND.LUIST"]
    assert kwestie.laatste_contact_op is not None
    with acting_as(people.wie("anna").scope(1)):
        last = Contactmoment.objects.filter(kwestie=kwestie).latest("datum_tijd")
    assert last.notitie == "Teruggebeld."
    assert last.medewerker_id == people.ident("anna")


def test_support_does_not_start_without_the_clients_goal() -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as refused:
        seed.act("start_ondersteuning", kwestie, doel_client="")
    assert refused.value.veld == "doel_client"
    assert seed.seen(kwestie).status == Status.TOEGEWEZEN


# -------------------------------------------------------------------------- closing


def test_closing_writes_result_and_day_and_what_was_missing() -> None:
    kwestie = started(wet="ONBEKEND")
    given = closing(wet="WLZ", resultaat_toelichting="De rolstoel is er.")
    seed.act("close_kwestie", kwestie, afronding=given)
    kwestie = seed.seen(kwestie)
    assert kwestie.status == Status.AFGEROND
    assert kwestie.afgerond_op == timezone.localdate()
    assert (kwestie.wet, kwestie.levensdomein) == ("WLZ", ["WON"])
    assert kwestie.resultaat_toelichting == "De rolstoel is er."


def test_one_screen_closes_what_was_only_registered() -> None:
    kwestie = seed.register()
    given = closing(doel_client=DOEL, activiteiten=("IND.BEMID",), minuten=40)
    seed.act("close_kwestie", kwestie, afronding=given)
    kwestie = seed.seen(kwestie)
    assert kwestie.status == Status.AFGEROND
    assert kwestie.doel_client == DOEL
    assert (kwestie.activiteiten, kwestie.minuten) == (["IND.BEMID"], 40)


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        pytest.param({"resultaat": ""}, "resultaat", id="no result"),
        pytest.param({"resultaat": "X"}, "resultaat", id="no such result"),
        pytest.param({"levensdomein": ()}, "levensdomein", id="no domain"),
        pytest.param({"levensdomein": ("X",)}, "levensdomein", id="no such domain"),
        pytest.param({"resultaat": "VERWEZEN"}, "instantie_type", id="V15"),
        pytest.param(
            {"resultaat": "VERWEZEN", "verwijzing": Route(instantie_type="")},
            "instantie_type",
            id="V15-no-kind",
        ),
        pytest.param({"resultaat": "KLACHT_ING"}, "traject_type", id="V15-complaint"),
        pytest.param({"resultaat": "BEZW_ING"}, "traject_type", id="V15-objection"),
        pytest.param({"resultaat": "OMB_GES"}, "traject_type", id="V15-ombudsman"),
        pytest.param(
            {"resultaat": "OMB_GES", "traject": KLACHT_TRAJECT},
            "traject_type",
            id="V15-another-route",
        ),
        pytest.param(
            {
                "resultaat": "KLACHT_ING",
                "traject": Traject(
                    type="klacht_awb", instantie="", rol_ondersteuner="bijgestaan"
                ),
            },
            "instantie",
            id="V15-where",
        ),
    ],
)
def test_closing_against_a_rule_is_refused_and_changes_nothing(
    over: dict[str, Any], veld: str
) -> None:
    kwestie = started()
    with pytest.raises(KwestieError) as refused:
        seed.act("close_kwestie", kwestie, afronding=closing(**over))
    assert refused.value.veld == veld
    kwestie = seed.seen(kwestie)
    assert kwestie.status == Status.IN_ONDERSTEUNING
    with acting_as(people.wie("anna").scope(1)):
        assert not kwestie.verwijzingen.exists()
        assert not kwestie.trajecten.exists()


def test_closing_needs_a_law_an_activity_and_a_goal() -> None:
    for over, given, veld in [
        ({"wet": "ONBEKEND"}, {}, "wet"),
        ({"activiteiten": ()}, {}, "activiteiten"),
    ]:
        kwestie = seed.register(**{"activiteiten": ("IND.INFO",), **over})
        seed.act("start_ondersteuning", kwestie, doel_client=DOEL)
        with pytest.raises(KwestieError) as refused:
            seed.act("close_kwestie", kwestie, afronding=closing(**given))
        assert refused.value.veld == veld
    kwestie = seed.register(activiteiten=("IND.INFO",))
    with pytest.raises(KwestieError) as refused:
        seed.act("close_kwestie", kwestie, afronding=closing())
    assert refused.value.veld == "doel_client"


@pytest.mark.parametrize("soort", ["VRAAG", "MELDING"])
def test_law_domain_and_goal_are_waived_for_a_question_and_a_report(
    soort: str,
) -> None:
    kwestie = seed.register(soort=soort, wet="ONBEKEND", activiteiten=("IND.INFO",))
    given = closing(resultaat="BEANTW", levensdomein=())
    seed.act("close_kwestie", kwestie, afronding=given)
    assert seed.seen(kwestie).status == Status.AFGEROND


@pytest.mark.parametrize("resultaat", ["AFGEZIEN", "CONTACT", "BUITEN"])
def test_a_client_who_stops_before_the_start_had_no_goal(resultaat: str) -> None:
    kwestie = seed.register(activiteiten=("IND.INFO",))
    seed.act("close_kwestie", kwestie, afronding=closing(resultaat=resultaat))
    assert seed.seen(kwestie).resultaat == resultaat


@pytest.mark.parametrize(
    ("resultaat", "types"),
    [
        ("KLACHT_ING", ["klacht_awb", "klacht_wkkgz", "klacht_wzd"]),
        ("BEZW_ING", ["bezwaar", "beroep"]),
        ("OMB_GES", ["ombudsman", "geschil"]),
    ],
)
def test_a_procedure_as_result_comes_with_its_route(
    resultaat: str, types: list[str]
) -> None:
    for type_ in types:
        kwestie = started()
        route = Traject(
            type=type_,
            instantie="Commissie Oost",
            rol_ondersteuner="geschreven",
            ingediend_op=date(2025, 6, 1),
        )
        given = closing(resultaat=resultaat, traject=route)
        seed.act("close_kwestie", kwestie, afronding=given)
        assert seed.seen(kwestie).status == Status.AFGEROND


def test_a_route_on_record_already_is_enough() -> None:
    kwestie = started()
    seed.act("add_traject", kwestie, traject=KLACHT_TRAJECT)
    seed.act("add_verwijzing", kwestie, verwijzing=Route(instantie_type="GEM"))
    seed.act("close_kwestie", kwestie, afronding=closing(resultaat="KLACHT_ING"))
    assert seed.seen(kwestie).resultaat == "KLACHT_ING"


def test_reopening_takes_the_result_back() -> None:
    kwestie = started()
    seed.act("close_kwestie", kwestie, afronding=closing())
    seed.act("reopen_kwestie", kwestie)
    kwestie = seed.seen(kwestie)
    assert kwestie.status == Status.HEROPEND
    assert (kwestie.resultaat, kwestie.afgerond_op) == ("", None)
    seed.act("start_ondersteuning", kwestie, doel_client="Nu echt.")
    assert seed.seen(kwestie).doel_client == "Nu echt."


def test_waiting_and_going_on() -> None:
    kwestie = started()
    for naar in ("WACHT_CLIENT", "WACHT_DERDEN"):
        seed.act("wait_kwestie", kwestie, naar=naar)
        assert seed.seen(kwestie).status == naar
        seed.act("resume_kwestie", kwestie)
        assert seed.seen(kwestie).status == Status.IN_ONDERSTEUNING
    with pytest.raises(KwestieError):
        seed.act("wait_kwestie", kwestie, naar="AFGEROND")


# --------------------------------------------------------------------------- editing


def test_a_change_is_kept_and_counts_as_a_version() -> None:
    kwestie = seed.register()
    changes = {"kernvraag": "De rolstoel past niet door de deur.", "wetten": ["WLZ"]}
    seed.act("update_kwestie", kwestie, versie=kwestie.versie, wijzigingen=changes)
    kwestie = seed.seen(kwestie)
    assert kwestie.kernvraag == changes["kernvraag"]
    assert kwestie.wetten == ["WLZ"]
    assert kwestie.versie == 2


def test_saving_without_a_change_is_no_version() -> None:
    kwestie = seed.register()
    seed.act("update_kwestie", kwestie, versie=1, wijzigingen={"aard": "FIN"})
    assert seed.seen(kwestie).versie == 1


@pytest.mark.parametrize(
    ("changes", "veld"),
    [
        pytest.param({"aard": "X"}, "aard", id="V1"),
        pytest.param({"subaard": "ORG.WACHT"}, "subaard", id="V2"),
        pytest.param({"wetten": ["WMO"]}, "wetten", id="V3"),
        pytest.param({"wet": "X"}, "wet", id="V3-list"),
        pytest.param({"datum": TOMORROW}, "datum", id="V16"),
        pytest.param({"fase": "X"}, "fase", id="fase"),
        pytest.param({"levensdomein": ["X"]}, "levensdomein", id="levensdomein"),
        pytest.param({"vertrouwelijkheid": "X"}, "vertrouwelijkheid", id="who"),
    ],
)
def test_a_change_against_a_rule_is_refused(changes: dict[str, Any], veld: str) -> None:
    kwestie = seed.register()
    with pytest.raises(KwestieError) as refused:
        seed.act("update_kwestie", kwestie, versie=1, wijzigingen=changes)
    assert refused.value.veld == veld


def test_a_closed_kwestie_stays_complete_when_it_is_changed() -> None:
    kwestie = started()
    seed.act("close_kwestie", kwestie, afronding=closing())
    versie = seed.seen(kwestie).versie
    for changes, veld in [
        ({"levensdomein": []}, "levensdomein"),
        ({"wet": "ONBEKEND"}, "wet"),
    ]:
        with pytest.raises(KwestieError) as refused:
            seed.act("update_kwestie", kwestie, versie=versie, wijzigingen=changes)
        assert refused.value.veld == veld


def test_the_goal_of_running_support_cannot_be_emptied() -> None:
    kwestie = started()
    with pytest.raises(KwestieError) as refused:
        seed.act(
            "update_kwestie",
            kwestie,
            versie=kwestie.versie,
            wijzigingen={"doel_client": ""},
        )
    assert refused.value.veld == "doel_client"


@pytest.mark.parametrize("name", ["bron", "status", "tenant_id", "ondersteuner_id"])
def test_a_form_cannot_change_what_is_not_on_it(name: str) -> None:
    kwestie = seed.register()
    with pytest.raises(ValueError, match=name):
        seed.act("update_kwestie", kwestie, versie=1, wijzigingen={name: "IMPORT"})


# ------------------------------------------------------------------------- assigning


def test_the_teamleider_gives_a_kwestie_to_a_colleague() -> None:
    kwestie = seed.register("anna")
    seed.act("assign_kwestie", kwestie, "chantal", medewerker_id=people.ident("bram"))
    kwestie = seed.seen(kwestie)
    assert kwestie.ondersteuner_id == people.ident("bram")
    assert kwestie.status == Status.TOEGEWEZEN


@pytest.mark.parametrize("naam", ["hanna", "els", "fatma", "dewi", "frits", "niemand"])
def test_a_kwestie_goes_to_nobody_without_a_case_role_here(naam: str) -> None:
    kwestie = seed.register("anna")
    with pytest.raises(KwestieError) as refused:
        seed.act("assign_kwestie", kwestie, "chantal", medewerker_id=people.ident(naam))
    assert refused.value.veld == "medewerker"


def test_a_strictly_confidential_kwestie_does_not_go_to_a_volunteer() -> None:
    kwestie = seed.register("chantal")
    changes = {"vertrouwelijkheid": "STRIKT"}
    seed.act("update_kwestie", kwestie, "chantal", versie=1, wijzigingen=changes)
    with pytest.raises(KwestieError):
        seed.act(
            "assign_kwestie", kwestie, "chantal", medewerker_id=people.ident("vera")
        )
    seed.act("assign_kwestie", kwestie, "chantal", medewerker_id=people.ident("bram"))


def test_a_volunteer_cannot_make_a_kwestie_strictly_confidential() -> None:
    kwestie = seed.register("vera")
    assert kwestie.laag == 1
    changes = {"vertrouwelijkheid": "STRIKT"}
    with pytest.raises(KwestieError):
        seed.act("update_kwestie", kwestie, "vera", versie=1, wijzigingen=changes)


# ---------------------------------------------------------- whose kwestie: everybody


@pytest.mark.parametrize("naam", ["bram", "vera", "chantal", "els", "dewi", "hanna"])
@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("add_contactmoment", {"contact": contact()}),
        ("start_ondersteuning", {"doel_client": DOEL}),
        ("wait_kwestie", {"naar": "WACHT_CLIENT"}),
        ("resume_kwestie", {}),
        ("close_kwestie", {"afronding": closing()}),
        ("reopen_kwestie", {}),
        ("update_kwestie", {"versie": 1, "wijzigingen": {"aard": "OVE"}}),
        ("add_verwijzing", {"verwijzing": Route(instantie_type="GEM")}),
        ("add_traject", {"traject": KLACHT_TRAJECT}),
    ],
)
def test_only_the_own_supporter_changes_a_kwestie(
    naam: str, verb: str, arguments: dict[str, Any]
) -> None:
    kwestie = seed.register("anna")
    with pytest.raises(Refused):
        seed.act(verb, kwestie, naam, **arguments)


@pytest.mark.parametrize("naam", ["anna", "bram", "vera", "fatma", "teun"])
def test_only_the_teamleider_of_this_tenant_assigns(naam: str) -> None:
    kwestie = seed.register("anna")
    with pytest.raises(Refused):
        seed.act("assign_kwestie", kwestie, naam, medewerker_id=people.ident("bram"))


@pytest.mark.parametrize("naam", ["els", "fatma", "frits", "dewi", "gerard", "hanna"])
def test_who_has_no_case_role_here_registers_nothing(naam: str) -> None:
    with pytest.raises(Refused):
        seed.register(naam)


# ------------------------------------------------- the same rules, held by PostgreSQL

SET = "UPDATE cases_kwestie SET {} WHERE id = %s"
CLOSED = "status = 'AFGEROND', afgerond_op = '2025-06-01'"
NEW_CONTACT = (
    "INSERT INTO cases_contactmoment (id, tenant_id, kwestie_id, datum_tijd, kanaal,"
    " vindplaats, richting, met, is_inhoudelijk, is_client_aanwezig, activiteiten,"
    " duur_min, aangemaakt_op) SELECT gen_random_uuid(), tenant_id, id, {}, 'TEL', '',"
    " 'IN', {}, {}, {}, {}, 5, now() FROM cases_kwestie WHERE id = %s"
)
NOW = "clock_timestamp()"


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        pytest.param(SET.format("aard = 'XXX'"), "kwestie_aard_lijst", id="V1"),
        pytest.param(SET.format("aard = NULL"), '"aard"', id="V1-none"),
        pytest.param(
            SET.format("subaard = 'REL.BEJ'"), "kwestie_subaard_bij_aard", id="V2"
        ),
        pytest.param(
            SET.format("wetten = '{WMO,WLZ}'"), "kwestie_wet_eenmaal", id="V3"
        ),
        pytest.param(SET.format("wet = ''"), "kwestie_wet_lijst", id="V3-none"),
        pytest.param(
            SET.format("status = 'AFGEROND'"), "kwestie_afgerond_resultaat", id="V4"
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'NIET', activiteiten = '{{}}'"),
            "kwestie_afgerond_compleet",
            id="V4-activity",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'NIET', levensdomein = '{{}}'"),
            "kwestie_afgerond_compleet",
            id="V4-domain",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'NIET', wet = 'ONBEKEND'"),
            "kwestie_afgerond_compleet",
            id="V4-law",
        ),
        pytest.param(
            NEW_CONTACT.format(NOW, "'{GEMEENTE}'", "true", "false", "'{IND.INFO}'"),
            "contact_client_erbij",
            id="V5",
        ),
        pytest.param(
            NEW_CONTACT.format(NOW, "'{GEMEENTE}'", "NULL", "NULL", "'{IND.INFO}'"),
            "contact_client_erbij",
            id="V5-not-said",
        ),
        pytest.param(
            NEW_CONTACT.format(NOW, "'{CLIENT}'", "NULL", "NULL", "'{}'"),
            "contact_activiteit_nodig",
            id="S170",
        ),
        pytest.param(
            SET.format("identiteitsstatus = 'BEKEND'"),
            "kwestie_anoniem_zonder_client",
            id="V7",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'VERWEZEN'"),
            "kwestie_verwezen_zonder_verwijzing",
            id="V15",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'KLACHT_ING'"),
            "kwestie_procedure_zonder_traject",
            id="V15-complaint",
        ),
        pytest.param(
            SET.format(f"{CLOSED}, resultaat = 'OMB_GES'"),
            "kwestie_procedure_zonder_traject",
            id="V15-ombudsman",
        ),
        pytest.param(
            SET.format("datum = current_date + 2"),
            "kwestie_datum_niet_in_toekomst",
            id="V16",
        ),
        pytest.param(
            SET.format("datum = '2014-12-31'"),
            "kwestie_datum_vanaf_2015",
            id="V16-before-2015",
        ),
        pytest.param(
            NEW_CONTACT.format(
                f"{NOW} + interval '1 hour'",
                "'{CLIENT}'",
                "NULL",
                "NULL",
                "'{IND.INFO}'",
            ),
            "contact_datum",
            id="V16-contact",
        ),
        pytest.param(
            SET.format("doel_client_v = NULL"), "kwestie_doel_client", id="S134"
        ),
        pytest.param(
            SET.format("bron = 'IMPORT'"), "kwestie_bron_staat_vast", id="bron"
        ),
        pytest.param(
            SET.format("status = 'NIEUW'"), "kwestie_overgang", id="no arrow back"
        ),
    ],
)
def test_the_database_refuses_what_the_service_refuses(
    statement: str, constraint: str
) -> None:
    kwestie = started()
    raw(SET.format("levensdomein = '{WON}'"), kwestie)
    with pytest.raises(IntegrityError, match=constraint):
        raw(statement, kwestie)


def test_the_database_refuses_a_client_of_somebody_anonymous() -> None:
    known = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    with pytest.raises(IntegrityError, match="kwestie_anoniem_zonder_client"):
        raw(SET.format("identiteitsstatus = 'ANONIEM'"), known)


def test_the_database_takes_what_the_rules_allow() -> None:
    """The statements above fail for their reason, not for a typing error."""
    kwestie = started()
    raw(SET.format("levensdomein = '{WON}', wetten = '{WLZ}'"), kwestie)
    raw(
        NEW_CONTACT.format(NOW, "'{GEMEENTE}'", "true", "true", "'{IND.INFO}'"), kwestie
    )
    raw(SET.format(f"{CLOSED}, resultaat = 'NIET'"), kwestie)
    assert seed.seen(kwestie).status == Status.AFGEROND


def test_a_new_kwestie_begins_as_new_unless_it_was_imported() -> None:
    with (
        acting_as(people.wie("anna").scope(1)),
        pytest.raises(IntegrityError, match="kwestie_begint_nieuw"),
        transaction.atomic(),
    ):
        Kwestie.objects.create(
            tenant_id=1,
            nummer="ARN-X",
            dienst="OCO_SD",
            status=Status.TOEGEWEZEN,
            **seed.SEVEN,
        )


# -------------------------------------------------------------- from an old register


def test_filling_in_what_a_register_left_out_takes_it_off_the_list() -> None:
    with acting_as(people.wie("anna").scope(1)):
        old = Kwestie.objects.create(
            tenant_id=1,
            nummer="OUD-1",
            bron="IMPORT",
            dienst="OCO_SD",
            status=Status.AFGEROND,
            resultaat="VERWEZEN",
            afgerond_op=date(2025, 5, 1),
            ondersteuner_id=people.ident("anna"),
            aan_te_vullen=["levensdomein", "verwijzing", "activiteiten"],
            **seed.SEVEN,
        )
    seed.act(
        "update_kwestie", old, versie=1, wijzigingen={"levensdomein": ["WON", "ZORG"]}
    )
    assert seed.seen(old).aan_te_vullen == ["verwijzing", "activiteiten"]
    seed.act("add_contactmoment", old, contact=contact())
    assert seed.seen(old).aan_te_vullen == ["verwijzing"]
    seed.act("add_verwijzing", old, verwijzing=Route(instantie_type="GEM"))
    assert seed.seen(old).aan_te_vullen == []
