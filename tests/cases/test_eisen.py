"""Row by row: what the texts this product was born from ask of casework.

One scenario for each, under its number. Rules with a file of their own (consent,
steps, interests, routes, identity, background) have their numbers there.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from cases import counts, services
from cases import forms as case_forms
from cases.codelists import codes, publieksgroep
from cases.forms import (
    AfrondForm,
    BewerkForm,
    ContactForm,
    FilterForm,
    RegistratieForm,
    VerwijzingForm,
)
from cases.forms.achtergrond import AchtergrondForm
from cases.models import Kwestie, Status, Wederpartij
from cases.services import Contact, KwestieError, Route, Traject
from cases.services.regels import check_codes
from cases.urls import urlpatterns
from privacy.disclosure import CountTable
from tenants.middleware import PUBLIC
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
JOB = Scope("job", None, (1,), 1, (1,))


def offered(form: type[forms.Form], name: str) -> set[str]:
    """The codes a field offers, also those under a heading."""
    field: Any = form.base_fields[name]
    flat: list[str] = []
    for code, label in field.choices:
        inner = isinstance(label, list | tuple)
        flat += [str(c) for c, _label in label] if inner else [str(code)]
    return set(flat)


def here(kwestie: Kwestie, sub: str = "") -> str:
    return f"/t/arnhem/kwesties/{kwestie.pk}/{sub}"


def page(kwestie: Kwestie, sub: str = "", naam: str = "anna") -> str:
    return str(people.browser(naam).get(here(kwestie, sub)).content.decode())


def contact(kwestie: Kwestie, *activiteiten: str, **over: Any) -> Any:
    given: dict[str, Any] = {
        "datum_tijd": timezone.now() - timedelta(hours=1),
        "kanaal": "TEL",
        "met": ("CLIENT",),
        "activiteiten": activiteiten,
        **over,
    }
    return seed.act("add_contactmoment", kwestie, contact=Contact(**given))


def change(kwestie: Kwestie, **over: Any) -> Kwestie:
    versie = seed.seen(kwestie).versie
    made: Kwestie = seed.act("update_kwestie", kwestie, versie=versie, wijzigingen=over)
    return made


def counted() -> CountTable:
    """The figures of Arnhem in 2025, as the worker counts them."""
    with acting_as(JOB):
        return counts.count_report(
            naam="2025",
            tenant_id=1,
            opdracht_id=people.ident("opdracht-arnhem"),
            van=date(2025, 1, 1),
            tot=date(2025, 12, 31),
        )


def case_form_fields() -> Iterator[tuple[str, str]]:
    """Form and field, of every form of casework that registers or changes."""
    modules = [m for _n, m in inspect.getmembers(case_forms, inspect.ismodule)]
    for module in modules:
        for _name, form in inspect.getmembers(module, inspect.isclass):
            if issubclass(form, forms.Form) and form.__module__ == module.__name__:
                for name, field in form.base_fields.items():
                    yield f"{form.__name__}.{name}", str(field.label)


# ------------------------------------------------------------------ 000: independence


def test_s010_there_is_no_place_for_our_view_of_the_other_party() -> None:
    found = list(case_form_fields())
    assert len(found) > 80
    wrong = re.compile(r"standpunt|mening|visie|gelijk heeft|schuld|oordeel", re.I)
    hits = {
        name
        for name, label in found
        if wrong.search(f"{name.partition('.')[2]} {label}")
    }
    # What another body decided, with that body and the day (S11).
    assert hits <= {
        f"OordeelForm.{part}" for part in ("oordeel", "door", "herstelactie")
    }


def test_s014_a_wish_and_help_with_writing_can_be_picked() -> None:
    for form in (RegistratieForm, BewerkForm):
        assert {"VRAAG", "WENS", "KLACHT"} <= offered(form, "soort")
    kwestie = seed.register(soort="WENS")
    contact(kwestie, "IND.BRIEF", "IND.GESPREK")
    assert "Helpen schrijven (brief, klacht, verzoek)" in page(kwestie)


def test_s016_there_is_no_plan_of_care_or_decision_to_write() -> None:
    names = {model.__name__ for model in apps.get_app_config("cases").get_models()}
    pattern = re.compile(r"hulpplan|indicatie|beschikking|zorgplan|besluit", re.I)
    assert {name for name in names if pattern.search(name)} == set()
    assert "Stap" in names


def test_s020_print_and_plan_leave_the_name_out_and_warn() -> None:
    kwestie = seed.register(identiteitsstatus="ANON_ZORG", naam=seed.NAAM)
    printed = page(kwestie, "afdrukken/")
    assert "Deze cliënt is anoniem tegenover de zorg." in printed
    for text in (printed, page(kwestie, "plan/")):
        assert seed.NAAM not in text
        assert seed.NAAM.split()[-1] not in text


def test_s020_passing_on_to_the_care_leaves_the_name_out() -> None:
    kwestie = seed.register("nadia", identiteitsstatus="ANON_ZORG", naam=seed.NAAM)
    seed.act("pass_on", kwestie, "nadia", naar=2, is_met_toestemming=False)
    with acting_as(people.wie("teun").scope(2)):
        there = Kwestie.objects.get(tenant_id=2)
    text = people.browser("teun").get("/werk/").content.decode()
    assert (there.client_id, there.identiteitsstatus) == (None, "ANONIEM")
    assert there.nummer in text
    assert seed.NAAM not in text


def test_s020_the_wish_of_the_client_goes_along_when_the_name_does() -> None:
    kwestie = seed.register("nadia", identiteitsstatus="ANON_ZORG", naam=seed.NAAM)
    seed.act("pass_on", kwestie, "nadia", naar=2, is_met_toestemming=True)
    with acting_as(people.wie("teun").scope(2)):
        there = Kwestie.objects.get(tenant_id=2)
    assert there.identiteitsstatus == "ANON_ZORG"


def test_s028_one_client_with_two_kwesties_is_one_client() -> None:
    first = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    seed.register(identiteitsstatus="BEKEND", client_van=first.pk)
    total = counted().by_id["totaal"]
    assert (total.kwesties, total.clienten) == (2, 1)


def test_s051_no_figure_is_of_a_supporter() -> None:
    seed.register("anna")
    seed.register("bram")
    ids = set(counted().by_id)
    tables = {one.partition(":")[0] for one in ids}
    assert tables == {
        *("totaal", "soort", "aard", "inhoud", "resultaat", "wet", "kanaal"),
        "minuten",
    }
    assert not any(naam in one.lower() for one in ids for naam in ("anna", "bram"))


# -------------------------------------------------------------- 001: terms and support


def test_s040_dissatisfaction_before_a_complaint_is_found_by_its_fase() -> None:
    before = change(seed.register(soort="ONVREDE"), fase="KNELP")
    after = change(seed.register(soort="KLACHT"), fase="KLPROC")
    found = people.browser("anna").get("/kwesties/?fase=KNELP").content.decode()
    assert before.nummer in found
    assert after.nummer not in found
    figures = counted().by_id
    assert figures["soort:KLACHTEN"].kwesties == 2
    assert figures["soort:KLACHT"].kwesties == 1


def test_s054_living_working_and_care_are_one_kwestie() -> None:
    kwestie = change(seed.register(), levensdomein=["WON", "W_INK", "ZORG"])
    assert "Wonen; Werk en inkomen; Zorg" in page(kwestie)
    with acting_as(people.wie("anna").scope(1)):
        assert Kwestie.objects.filter(tenant_id=1).count() == 1


def test_s057_the_seven_forms_of_support_are_picked_and_counted() -> None:
    forms_of = (
        *("IND.INFO", "IND.VERHELD", "IND.BEMID", "IND.VERWIJS", "IND.KORT"),
        *("IND.CRISIS", "IND.MONIT", "IND.KLACHT", "IND.BEZWAAR", "IND.BEROEP"),
    )
    assert set(forms_of) <= offered(ContactForm, "activiteiten")
    for code in forms_of:
        seed.register(activiteiten=(code,))
    figures = counted().by_id
    for group in {publieksgroep("activiteit", code) for code in forms_of}:
        wanted = sum(publieksgroep("activiteit", code) == group for code in forms_of)
        assert figures[f"inhoud:{group}"].kwesties == wanted


@pytest.fixture
def twee_diensten(superuser: Any) -> Iterator[None]:
    """Arnhem commissioned VP_SD beside OCO_SD, as long as the test takes."""
    said = "UPDATE tenants_opdracht SET diensten = %s WHERE tenant_id = 1"
    superuser.execute(said, [["OCO_SD", "VP_SD"]])
    superuser.commit()
    yield
    superuser.execute(said, [["OCO_SD"]])
    superuser.commit()


@pytest.mark.usefixtures("twee_diensten")
def test_s059_a_kwestie_of_the_vertrouwenspersoon_is_told_apart() -> None:
    usual, other = seed.register(), seed.register(dienst="VP_SD")
    assert (usual.dienst, other.dienst) == ("OCO_SD", "VP_SD")
    browser = people.browser("anna")
    text = browser.get("/t/arnhem/kwesties/nieuw/").content.decode()
    assert "Vertrouwenspersoon sociaal domein" in text
    sent = {**seed.POSTED, "id": uuid4(), "dienst": "VP_SD"}
    assert browser.post("/t/arnhem/kwesties/nieuw/", sent).status_code == 302
    with acting_as(people.wie("anna").scope(1)):
        rows = Kwestie.objects.filter(tenant_id=1)
        assert rows.filter(dienst="VP_SD").count() == 2
    assert change(usual, dienst="VP_SD").dienst == "VP_SD"
    assert "Vertrouwenspersoon sociaal domein" in page(usual)


def test_s059_with_one_dienst_nothing_is_asked() -> None:
    browser = people.browser("anna")
    text = browser.get("/t/arnhem/kwesties/nieuw/").content.decode()
    assert "Welke dienst?" not in text


def test_s060_the_list_is_narrowed_by_fase() -> None:
    assert {"VOORB", "KTG", "VERSLAG", "BESLUIT"} <= offered(FilterForm, "fase")
    rows = {
        fase: change(seed.register(), fase=fase).nummer
        for fase in ("VOORB", "KTG", "VERSLAG", "BESLUIT")
    }
    browser = people.browser("anna")
    for fase, nummer in rows.items():
        text = browser.get(f"/kwesties/?fase={fase}").content.decode()
        assert [n for n in rows.values() if n in text] == [nummer]


def test_s060_a_fase_tells_nothing_of_a_strict_kwestie() -> None:
    strict = change(seed.register(), fase="KTG", vertrouwelijkheid="STRIKT")
    leader = people.browser("chantal")
    assert "Strikt vertrouwelijk" in leader.get("/kwesties/").content.decode()
    narrowed = leader.get("/kwesties/?fase=KTG").content.decode()
    assert "Geen kwesties gevonden" in narrowed
    assert strict.nummer not in narrowed


def test_s062_client_family_and_carer_can_ask() -> None:
    asks = {"CLIENT", "FAMILIE", "MANTEL"}
    assert asks <= offered(RegistratieForm, "rol")
    assert {seed.register(rol=rol).rol for rol in asks} == asks


def test_s063_more_domains_and_laws_and_one_of_them_first() -> None:
    kwestie = change(
        seed.register(wet="WMO"), wetten=["ZVW", "PW"], levensdomein=["WON", "SOC"]
    )
    shown = page(kwestie)
    assert "Wmo 2015" in shown
    assert "Zorgverzekeringswet (Zvw); Participatiewet" in shown
    with pytest.raises(KwestieError):
        change(kwestie, wetten=["WMO"])


def test_s064_a_gemeente_has_kwesties_of_other_laws_too() -> None:
    for wet in ("ZVW", "PW", "ONDW"):
        assert seed.register(slug="arnhem", wet=wet).wet == wet


def test_s067_informal_support_and_networks() -> None:
    kwestie = seed.register()
    contact(kwestie, "IND.NETWERK", "COL.NETW")
    assert seed.seen(kwestie).activiteiten == ["COL.NETW", "IND.NETWERK"]


def test_s068_family_is_supported_and_experts_by_experience_trained() -> None:
    assert {"COL.NETW", "COL.ERVAR"} <= offered(ContactForm, "activiteiten")


def test_s069_a_referral_to_mee_names_that_kind_of_body() -> None:
    assert {"GGZ", "MEE", "OUDA", "CLO"} <= offered(VerwijzingForm, "instantie_type")
    assert {"GGZ", "MEE", "OUDA", "CLO"} <= offered(AchtergrondForm, "herkomst")
    kwestie = seed.register()
    route = Route(instantie_type="MEE")
    seed.act("add_verwijzing", kwestie, verwijzing=route)
    assert "Doorverwezen: MEE-organisatie" in page(kwestie)


def test_s071_daily_life_and_older_people() -> None:
    kwestie = change(seed.register(), levensdomein=["DAG"])
    save = {"versie": 0, "gegevens": {"doelgroepen": ["OUD"]}}
    seed.act("save_achtergrond", kwestie, **save)
    shown = page(kwestie)
    assert "Daginvulling en meedoen" in shown
    assert "Oudere met lichamelijke en/of psychische beperking" in shown


def test_s072_peers_and_help_with_bezwaar() -> None:
    assert {"COL.LOTG", "IND.BEZWAAR"} <= offered(ContactForm, "activiteiten")


def test_s074_nothing_is_asked_beforehand() -> None:
    """Whatever the group: no indication, no address, no BSN, no name."""
    needed = {n for n, f in RegistratieForm.base_fields.items() if f.required}
    assert needed == {"id", *seed.SEVEN}
    assert not any(
        f.required for n, f in AchtergrondForm.base_fields.items() if n != "versie"
    )
    kwestie = seed.register(wet="ONBEKEND", toelichting="Kan iemand mij helpen?")
    assert kwestie.status == Status.TOEGEWEZEN


def test_s080_information_on_rights_and_duties() -> None:
    assert "IND.RECHT" in offered(ContactForm, "activiteiten")


def test_s081_clarifying_with_the_two_questions() -> None:
    assert "IND.VERHELD" in offered(ContactForm, "activiteiten")
    kwestie = change(seed.register(), kernvraag="Niemand belt terug.")
    assert "Niemand belt terug." in page(kwestie)


def test_s082_a_gemeente_and_a_provider_in_one_kwestie() -> None:
    kwestie = change(
        seed.register(),
        wederpartij=["GEMEENTE", "ZORGINST"],
        wederpartij_organisatie="Gemeente Arnhem; Siza",
    )
    shown = page(kwestie)
    assert "De gemeente; Een zorginstelling" in shown
    assert "Gemeente Arnhem; Siza" in shown
    seed.act("save_achtergrond", kwestie, versie=0, gegevens={"netwerk": ["FAMILIE"]})
    assert "Partner of familie" in page(kwestie)


def test_s082_an_interest_in_the_second_party_counts_as_much() -> None:
    kwestie = change(seed.register(), wederpartij_organisatie="Pluryn; Stichting Siza")
    with acting_as(people.wie("bram").scope(1)):
        services.declare_belang(
            actor=people.wie("bram"),
            tenant_id=1,
            belang=services.NieuwBelang(
                organisatie="Siza", soort="NEVEN", van=date(2024, 1, 1)
            ),
        )
    with pytest.raises(services.BelangError):
        seed.assign(kwestie, "bram")


def test_s086_upholding_rights_and_talking_about_it_first() -> None:
    wanted = {"IND.RECHT", "IND.KLACHT", "IND.BESPREEK"}
    assert wanted <= offered(ContactForm, "activiteiten")


def test_s089_behaviour_of_staff_is_coded_and_never_named() -> None:
    staff = {"GEM_MEDEW", "INST_MEDEW"}
    assert staff <= offered(BewerkForm, "wederpartij")
    kwestie = change(
        seed.register(aard="REL"), subaard="REL.ONGEW", wederpartij=["INST_MEDEW"]
    )
    shown = page(kwestie)
    assert "Ongewenste gedragingen" in shown
    assert "Een medewerker van een zorginstelling" in shown
    columns = {field.name for field in Kwestie._meta.get_fields()}
    of_party = {name for name in columns if name.startswith("wederpartij")}
    sealed = {"wederpartij_organisatie_v", "wederpartij_tekens"}
    assert of_party == {"wederpartij", *sealed}
    hint = str(BewerkForm.base_fields["wederpartij_organisatie"].help_text)
    assert "niet van een mens" in hint


def test_s090_trouble_with_staff_or_with_a_body() -> None:
    for subaard in ("REL.SAM", "REL.ONBILL"):
        row = Kwestie(
            aard="REL",
            subaard=subaard,
            soort="KLACHT",
            wet="WMO",
            kanaal="TEL",
            rol="CLIENT",
            wederpartij=[Wederpartij.ORGAAN, Wederpartij.GEM_MEDEW],
        )
        check_codes(row)
        assert subaard in offered(BewerkForm, "subaard")


def test_s091_at_the_side_of_the_client_in_a_complaint() -> None:
    kwestie = seed.register(soort="KLACHT")
    route = Traject(
        type="klacht_wkkgz",
        instantie="Klachtencommissie",
        rol_ondersteuner="bijgestaan",
        ingediend_op=date(2025, 3, 12),
    )
    seed.act("add_traject", kwestie, traject=route)
    contact(kwestie, "IND.GESPREK", notitie="Klachtgesprek op het kantoor.")
    shown = page(kwestie)
    assert "Klachtencommissie · Bijgestaan" in shown
    assert "Ingediend op 12 maart 2025" in shown
    assert "Klachtgesprek op het kantoor." in shown


def test_s104_miscommunication_and_a_talk_with_everybody() -> None:
    assert {"REL.INFO", "REL.BEJ"} <= offered(BewerkForm, "subaard")
    kwestie = seed.register(aard="REL", subaard="REL.INFO")
    contact(
        kwestie,
        "IND.GESPREK",
        met=("CLIENT", "HULPVERLENER"),
        is_inhoudelijk=True,
        is_client_aanwezig=True,
    )
    assert "De cliënt, Een hulpverlener of zorgaanbieder" in page(kwestie)


def test_s113_a_report_without_a_wish_for_help_is_registered_and_closed() -> None:
    kwestie = seed.register(
        soort="MELDING",
        rol="BURGER",
        wet="ONBEKEND",
        activiteiten=("IND.LUIST",),
        resultaat="GEMELD",
    )
    assert (kwestie.status, kwestie.resultaat) == (Status.AFGEROND, "GEMELD")
    assert counted().by_id["resultaat:gemeld"].kwesties == 1


def test_s119_information_for_groups() -> None:
    assert "COL.VOORL" in offered(ContactForm, "activiteiten")


def test_s120_coaching() -> None:
    assert "IND.COACH" in offered(ContactForm, "activiteiten")


# --------------------------------------------------------------------- 002 and 003


@pytest.mark.parametrize("naam", ["ivo", "gerard", "otto"])
def test_s131_a_contact_of_either_kind_of_tenant_opens_no_page_of_casework(
    naam: str,
) -> None:
    slug = "wulpenhorst" if naam == "ivo" else "arnhem"
    kwestie = seed.register("nadia", slug=slug)
    browser = people.browser(naam)
    answers = set()
    for entry in urlpatterns:
        known = {"slug": slug, "pk": kwestie.pk}
        ids = {name: uuid4() for name in entry.pattern.converters}
        kwargs = {**ids, **{k: v for k, v in known.items() if k in ids}}
        url = reverse(f"cases:{entry.name}", kwargs=kwargs)
        if url.startswith((*PUBLIC, "/wie-doet-wat/", "/begrippen/")):
            continue  # for everybody, and about nobody
        answers.add(browser.get(url).status_code)
    assert answers <= {404, 405}


def test_s132_a_question_is_enough_to_be_helped() -> None:
    browser = people.browser("anna")
    sent = {**seed.POSTED, "id": uuid4(), "soort": "VRAAG", "wet": "ONBEKEND"}
    answer = browser.post("/t/arnhem/kwesties/nieuw/", sent, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Anoniem (identiteit niet bekend bij Adviespunt)" in text
    welcome = people.browser(None).get("/").content.decode()
    assert "Gratis, en u hoeft uw naam niet te noemen." in welcome


def test_s135_help_with_putting_a_question_into_words() -> None:
    kwestie = change(seed.register(), kernvraag="Hoe vraag ik een traplift aan?")
    contact(kwestie, "IND.VERHELD")
    shown = page(kwestie)
    assert "Hoe vraag ik een traplift aan?" in shown
    assert "Vraagverheldering" in shown


def test_s137_all_of_life() -> None:
    assert set(codes("levensdomein")) <= offered(BewerkForm, "levensdomein")
    assert set(codes("levensdomein")) <= offered(AfrondForm, "levensdomein")


def test_s148_wmo_jeugdwet_and_participatiewet() -> None:
    for wet in ("WMO", "JW", "PW"):
        assert wet in offered(RegistratieForm, "wet")
        assert seed.register(wet=wet).wet == wet


def test_s151_the_client_is_helped_on_by_another_organisation() -> None:
    kwestie = seed.register()
    seed.act("hand_over", kwestie, medewerker_id=None, reden="CLIENT_ORG")
    seed.assign(kwestie, "bram")
    route = Route(instantie_type="MEE", organisatie="MEE Gelderse Poort", is_warm=True)
    seed.act("add_verwijzing", kwestie, "bram", verwijzing=route)
    shown = page(kwestie, naam="bram")
    assert "MEE Gelderse Poort" in shown
    assert people.browser("anna").get(here(kwestie)).status_code == 404


# ------------------------------------------------------------------------------ 004


def test_s160_what_is_done_and_where_never_decides_the_dienst() -> None:
    kwestie = seed.register()
    for vindplaats in ("THUIS", "SCHOOL", "STRAAT"):
        contact(kwestie, "IND.INFO", vindplaats=vindplaats)
        assert seed.seen(kwestie).dienst == kwestie.dienst


def test_s160_a_dienst_that_was_not_commissioned_is_refused() -> None:
    with pytest.raises(KwestieError) as refusal:
        seed.register(dienst="CVP_WZD")
    assert refusal.value.veld == "dienst"


def test_s161_whom_to_call_when_it_cannot_wait_is_on_the_first_page() -> None:
    text = people.browser(None).get("/").content.decode()
    for number in ("112", "113", "0800-2000"):
        assert number in text


def test_s163_no_referral_and_no_indication_is_asked() -> None:
    kwestie = seed.register()
    with acting_as(people.wie("anna").scope(1)):
        assert not kwestie.achtergrond_rijen.exists()
    pattern = re.compile(r"verwijsbrief|indicatie|beschikking", re.I)
    assert not any(pattern.search(f"{n} {lab}") for n, lab in case_form_fields())


def test_s166_the_domains_of_the_wmo() -> None:
    eight = {"MO", "PREV", "ZORG", "JEUGD", "OND", "WELZ", "WON", "W_INK"}
    assert eight <= offered(BewerkForm, "levensdomein")
    kwestie = change(seed.register(), levensdomein=sorted(eight))
    assert set(kwestie.levensdomein) == eight


def test_s170_each_contact_has_its_activity_and_its_place() -> None:
    kwestie = seed.register()
    made = [
        contact(kwestie, code, vindplaats=plaats)
        for code, plaats in (("IND.INFO", "THUIS"), ("IND.COACH", "SCHOOL"))
    ]
    assert [(m.activiteiten, m.vindplaats) for m in made] == [
        (["IND.INFO"], "THUIS"),
        (["IND.COACH"], "SCHOOL"),
    ]
    assert {"THUIS", "INST", "SCHOOL", "STRAAT"} <= offered(ContactForm, "vindplaats")


def test_s172_functions_of_structural_problems_can_be_named() -> None:
    assert {"OVP", "KLF", "MENTOR"} <= offered(AchtergrondForm, "functies")


def test_s176_no_status_takes_over_from_another_professional() -> None:
    words = " ".join(f"{s.value} {s.label}" for s in Status)
    assert re.findall(r"overgenomen|behandeling|beslist|toegekend", words, re.I) == []


def test_s141_a_volunteer_has_no_export_and_nothing_strict() -> None:
    kwestie = seed.register("vera")
    vera = people.browser("vera")
    for entry in urlpatterns:
        if re.search(r"export|csv|download", str(entry.name)):
            assert vera.get(reverse(f"cases:{entry.name}")).status_code == 404
    assert people.browser("vera").get(here(kwestie)).status_code == 200
    form = people.browser("vera").get(here(kwestie, "bewerken/")).content.decode()
    assert "Strikt vertrouwelijk" not in form
