"""The verbs of casework after registration: what they write, whose kwestie it must be,
and each rule refused in words.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Contactmoment, Kwestie, Status
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


# --------------------------------------------------- contacts


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
        rows = Contactmoment.objects.filter(kwestie=kwestie)
        last = seed.readable(rows.latest("datum_tijd"))
    assert last.notitie == "Teruggebeld."
    assert last.medewerker_id == people.ident("anna")


def test_s134_support_does_not_start_without_the_clients_goal() -> None:
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
            reden_direct="De klacht liep al voor dit contact.",
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


def test_s134_the_goal_of_running_support_cannot_be_emptied() -> None:
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
    seed.assign(kwestie, "bram")
    kwestie = seed.seen(kwestie)
    assert kwestie.ondersteuner_id == people.ident("bram")
    assert kwestie.status == Status.TOEGEWEZEN


@pytest.mark.parametrize("naam", ["hanna", "els", "fatma", "dewi", "frits", "niemand"])
def test_a_kwestie_goes_to_nobody_without_a_case_role_here(naam: str) -> None:
    kwestie = seed.register("anna")
    with pytest.raises(KwestieError) as refused:
        seed.assign(kwestie, naam)
    assert refused.value.veld == "medewerker"


def test_a_strictly_confidential_kwestie_does_not_go_to_a_volunteer() -> None:
    kwestie = seed.register("chantal")
    changes = {"vertrouwelijkheid": "STRIKT"}
    seed.act("update_kwestie", kwestie, "chantal", versie=1, wijzigingen=changes)
    with pytest.raises(KwestieError):
        seed.assign(kwestie, "vera")
    seed.assign(kwestie, "bram")


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
        seed.assign(kwestie, "bram", naam)


@pytest.mark.parametrize("naam", ["els", "fatma", "frits", "dewi", "gerard", "hanna"])
def test_who_has_no_case_role_here_registers_nothing(naam: str) -> None:
    with pytest.raises(Refused):
        seed.register(naam)


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
