"""What is typed is kept until it is sent: for its writer only, and not for ever."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client as Browser
from django.utils import timezone

from cases import services, tasks
from cases.forms import AfrondForm, ContactForm, RegistratieForm
from cases.models import BEWAARTIJD, BewaardFilter, Concept, Contactmoment, Kwestie
from cases.services import Conflict, KwestieError
from privacy.models import AuditEvent
from tenants.access import Refused
from tenants.jobs import each_tenant
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases import seed

pytestmark = pytest.mark.django_db
NIEUW = "/t/arnhem/kwesties/nieuw/"
TEKST = "Mevrouw wacht al weken op"  # nobody finished this sentence
HTMX = {"HX-Request": "true"}


def page(kwestie: Kwestie, sub: str = "") -> str:
    return f"/t/arnhem/kwesties/{kwestie.pk}/{sub}"


def keep(browser: Browser, address: str, key: UUID | None = None, **typed: Any) -> UUID:
    """What the page sends while somebody types; the key of the form."""
    key = key or uuid4()
    name = "id" if "nieuw" in address else "sleutel"
    before = timezone.localtime()
    answer = browser.post(f"{address}concept/", {name: key, **typed}, headers=HTMX)
    assert answer.status_code == 204
    minutes = {f"{moment:%H:%M}" for moment in (before, timezone.localtime())}
    assert answer.headers["X-Bewaard"] in minutes
    return key


def concepten(naam: str = "anna", slug: str = "arnhem") -> list[Concept]:
    """The drafts that the database shows this person."""
    tenant_id = people.tenant_id(slug)
    with acting_as(people.wie(naam).scope(tenant_id)):
        return [seed.readable(c) for c in Concept.objects.filter(tenant_id=tenant_id)]


def text(answer: Any) -> str:
    return str(answer.content.decode())


# ------------------------------------------------------------------------ typing it


def test_s110_what_is_typed_comes_back_as_it_was() -> None:
    anna = people.browser("anna")
    key = keep(
        *(anna, NIEUW),
        datum="3-3-2",
        soort="VRAAG",
        toelichting=TEKST,
        activiteiten=["IND.INFO", "IND.LUIST"],
    )
    answer = anna.get(NIEUW)
    form = answer.context["form"]
    assert "Je bent hier al begonnen" in text(answer)
    assert TEKST in text(answer)
    assert form["id"].value() == str(key)
    assert form["datum"].value() == "3-3-2"  # half a date is kept as half a date
    assert form["activiteiten"].value() == ["IND.INFO", "IND.LUIST"]
    assert form["aard"].value() is None


def test_a_draft_takes_anything_and_checks_nothing() -> None:
    """A rule that speaks while one types is in the way (V9 speaks on sending)."""
    anna = people.browser("anna")
    keep(anna, NIEUW, minuten="veel", email="x@", naam="half", aard="FIN")
    assert anna.get(NIEUW).context["form"]["minuten"].value() == "veel"


def test_typing_on_changes_the_same_draft() -> None:
    anna = people.browser("anna")
    key = keep(anna, NIEUW, toelichting="Mev")
    keep(anna, NIEUW, key, toelichting=TEKST)
    (concept,) = concepten()
    assert concept.velden["toelichting"] == [TEKST]


def test_two_calls_at_once_are_two_drafts() -> None:
    anna = people.browser("anna")
    one, two = keep(anna, NIEUW, aard="FIN"), keep(anna, NIEUW, aard="REL")
    assert {c.pk for c in concepten()} == {one, two}
    assert anna.get(NIEUW).context["concept"].pk == two
    assert anna.get(f"{NIEUW}?concept={one}").context["concept"].pk == one
    assert anna.get(f"{NIEUW}?leeg=1").context["concept"] is None


def test_the_button_keeps_it_without_javascript() -> None:
    anna = people.browser("anna")
    shown = anna.get(NIEUW)
    assert f'formaction="{NIEUW}concept/"' in text(shown)
    data = {"id": uuid4(), "toelichting": TEKST}
    answer = anna.post(f"{NIEUW}concept/", data, follow=True)
    assert answer.redirect_chain == [("/werk/", 302)]
    assert "Je concept is bewaard" in text(answer)
    assert f"{NIEUW}?concept={data['id']}" in text(answer)


@pytest.mark.parametrize(
    ("sub", "field"),
    [
        ("contact/", "notitie"),
        ("afronden/", "resultaat_toelichting"),
        ("bewerken/", "kernvraag"),
    ],
)
def test_a_contact_and_an_end_have_drafts_of_their_own(sub: str, field: str) -> None:
    kwestie, other = seed.register(), seed.register()
    anna = people.browser("anna")
    keep(anna, page(kwestie, sub), **{field: TEKST})
    assert TEKST in text(anna.get(page(kwestie, sub)))
    assert TEKST not in text(anna.get(page(other, sub)))
    work = text(anna.get("/werk/"))
    assert kwestie.nummer in work.partition("Mijn concepten")[2].partition("</ul>")[0]


def test_a_registration_for_a_known_client_has_its_own_draft() -> None:
    known = seed.register(identiteitsstatus="BEKEND", naam=seed.NAAM)
    anna = people.browser("anna")
    address = f"{NIEUW}concept/?bij={known.pk}"
    data = {"id": uuid4(), "toelichting": TEKST}
    assert anna.post(address, data, headers=HTMX).status_code == 204
    assert TEKST in text(anna.get(f"{NIEUW}?bij={known.pk}"))
    assert TEKST not in text(anna.get(NIEUW))


@pytest.mark.parametrize(
    ("sub", "field"),
    [
        ("contact/", "notitie"),
        ("afronden/", "resultaat_toelichting"),
        ("bewerken/", "kernvraag"),
    ],
)
def test_a_draft_never_holds_a_bsn(sub: str, field: str) -> None:
    """V9 holds while one types, as it does on sending; what was kept stays."""
    kwestie = seed.register()
    anna = people.browser("anna")
    key = keep(anna, page(kwestie, sub), **{field: TEKST})
    typed = {"sleutel": key, field: f"{TEKST}: 111222333"}
    url = page(kwestie, f"{sub}concept/")
    answer = anna.post(url, typed, headers=HTMX)
    assert answer.status_code == 422
    assert "burgerservicenummer" in text(answer)
    assert answer.headers["Content-Type"].startswith("text/plain")
    (concept,) = concepten()
    assert concept.velden[field] == [TEKST]
    anna.post(url, {**typed, "geen_bsn": "on"}, headers=HTMX)
    assert "111222333" in concepten()[0].velden[field][0]  # she said what it is


def test_a_registration_has_no_bsn_in_its_draft() -> None:
    anna = people.browser("anna")
    data = {"id": uuid4(), "toelichting": "111222333"}
    assert anna.post(f"{NIEUW}concept/", data, headers=HTMX).status_code == 422
    assert concepten() == []


def test_sending_what_was_edited_ends_its_draft() -> None:
    kwestie = seed.register()
    anna = people.browser("anna")
    url = page(kwestie, "bewerken/")
    key = keep(anna, url, kernvraag=TEKST)
    form = anna.get(url).context["form"]
    assert form["sleutel"].value() == str(key)
    data = {n: form[n].value() for n in form.fields if form[n].value() is not None}
    data["datum"] = "05-03-2025"
    assert anna.post(url, data).status_code == 302
    assert concepten() == []
    assert seed.seen(kwestie).kernvraag == TEKST


def test_a_form_without_a_key_keeps_nothing() -> None:
    answer = people.browser("anna").post(f"{NIEUW}concept/", {"toelichting": TEKST})
    assert answer.status_code == 404
    assert concepten() == []


def test_too_much_is_refused_and_said() -> None:
    anna = people.browser("anna")
    data = {"id": uuid4(), "toelichting": "x" * 100_001}
    assert anna.post(f"{NIEUW}concept/", data, headers=HTMX).status_code == 422
    told = anna.post(f"{NIEUW}concept/", data, follow=True)
    assert "te veel tekst" in text(told)
    assert concepten() == []


# ----------------------------------------------------------------------- sending it


def test_sending_the_form_ends_its_draft() -> None:
    anna = people.browser("anna")
    key = keep(anna, NIEUW, toelichting=TEKST)
    assert anna.post(NIEUW, {"id": key, **seed.POSTED}).status_code == 302
    assert concepten() == []


def test_what_comes_in_after_the_form_was_sent_is_not_kept() -> None:
    """The last autosave may be slower than the form itself."""
    anna = people.browser("anna")
    key = uuid4()
    anna.post(NIEUW, {"id": key, **seed.POSTED})
    keep(anna, NIEUW, key, toelichting=TEKST)
    assert concepten() == []


def test_a_draft_of_what_is_there_already_is_not_shown() -> None:
    """And when both came in at the same moment, only one counts."""
    kwestie = seed.register()
    wie = people.wie("anna")
    with acting_as(wie.scope(1)):
        Concept.objects.create(
            id=kwestie.pk, tenant_id=1, medewerker_id=wie.user_id, soort="REGISTRATIE"
        )
    anna = people.browser("anna")
    assert anna.get(NIEUW).context["concept"] is None
    assert "Mijn concepten" not in text(anna.get("/werk/"))


def test_throwing_it_away_leads_to_an_empty_form_and_is_recorded() -> None:
    anna = people.browser("anna")
    key = keep(anna, NIEUW, toelichting=TEKST)
    answer = anna.post(f"/t/arnhem/concepten/{key}/weg/")
    assert answer.headers["Location"] == f"{NIEUW}?leeg=1"
    assert concepten() == []
    again = keep(anna, NIEUW)
    answer = anna.post(f"/t/arnhem/concepten/{again}/weg/", {"werk": "1"})
    assert answer.headers["Location"] == "/werk/"


def test_showing_and_throwing_away_are_recorded(superuser: Any) -> None:
    kinds: list[str] = []
    original = AuditEvent.save

    def note(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        kinds.append(f"{self.gebeurtenis} {self.onderwerp_ids}")
        original(self, *args, **kwargs)

    anna = people.browser("anna")
    key = keep(anna, NIEUW, toelichting=TEKST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AuditEvent, "save", note)
        anna.get(NIEUW)
        anna.post(f"/t/arnhem/concepten/{key}/weg/")
    assert kinds == [f"concept_geopend {[key]}", f"concept_weggegooid {[key]}"]


# --------------------------------------------------------------------------- for whom


@pytest.mark.parametrize("naam", ["bram", "chantal", "nadia", "vera"])
def test_nobody_else_sees_a_draft_not_even_in_the_database(naam: str) -> None:
    """Also not who leads the team: it is not registered yet."""
    key = keep(people.browser("anna"), NIEUW, toelichting=TEKST)
    assert [c.pk for c in concepten("anna")] == [key]
    assert concepten(naam) == []
    browser = people.browser(naam)
    assert TEKST not in text(browser.get(f"{NIEUW}?concept={key}"))
    assert TEKST not in text(browser.get("/werk/"))
    assert browser.post(f"/t/arnhem/concepten/{key}/weg/").status_code == 404
    assert [c.pk for c in concepten("anna")] == [key]


def test_nobody_writes_a_draft_of_somebody_else() -> None:
    wie, anna = people.wie("bram"), people.ident("anna")
    with acting_as(wie.scope(1)):
        with pytest.raises(ProgrammingError, match="row-level security"):
            with transaction.atomic():
                Concept.objects.create(
                    tenant_id=1, medewerker_id=anna, soort="REGISTRATIE"
                )
        with pytest.raises(ProgrammingError, match="row-level security"):
            with transaction.atomic():
                BewaardFilter.objects.create(
                    tenant_id=1, medewerker_id=anna, naam="x", zoek="aard=FIN"
                )


def test_the_key_of_somebody_else_is_refused() -> None:
    key = keep(people.browser("anna"), NIEUW, toelichting=TEKST)
    answer = people.browser("bram").post(f"{NIEUW}concept/", {"id": key}, headers=HTMX)
    assert answer.status_code == 422
    (concept,) = concepten("anna")
    assert concept.velden == {"id": [str(key)], "toelichting": [TEKST]}


def test_who_lost_the_kwestie_lost_her_draft_about_it() -> None:
    kwestie = seed.register()
    anna = people.browser("anna")
    keep(anna, page(kwestie, "contact/"), notitie=TEKST)
    seed.assign(kwestie, "bram")
    assert kwestie.nummer not in text(anna.get("/werk/"))
    assert anna.get(page(kwestie, "contact/")).status_code == 404


def test_a_contact_of_an_opdrachtgever_has_no_drafts() -> None:
    wie = people.wie("gerard")
    with pytest.raises(Refused):
        services.save_concept(
            actor=wie,
            tenant_id=1,
            concept_id=uuid4(),
            soort="REGISTRATIE",
            kwestie_id=None,
            velden={},
        )
    with pytest.raises(ProgrammingError, match="denied"):
        with acting_as(wie.scope(1)):
            list(Concept.objects.filter(tenant_id=1))


def test_a_draft_about_a_kwestie_names_it() -> None:
    wie = people.wie("anna")
    with pytest.raises(IntegrityError, match="over_kwestie"):
        with acting_as(wie.scope(1)):
            Concept.objects.create(
                tenant_id=1, medewerker_id=wie.user_id, soort="CONTACT"
            )


# ------------------------------------------------------------------------- thirty days


def draft(days: int, naam: str = "anna", slug: str = "arnhem") -> UUID:
    wie, tenant_id = people.wie(naam), people.tenant_id(slug)
    with acting_as(wie.scope(tenant_id)):
        return Concept.objects.create(
            tenant_id=tenant_id,
            medewerker_id=wie.user_id,
            soort="REGISTRATIE",
            bewaard_op=timezone.now() - timedelta(days=days),
            invoer_v=json.dumps({"toelichting": [TEKST]}),
        ).pk


def test_the_worker_throws_away_what_is_older_than_thirty_days() -> None:
    for days, naam, slug in ((31, "anna", "arnhem"), (40, "hanna", "wulpenhorst")):
        draft(days, naam, slug)
    kept = draft(29)
    assert each_tenant(tasks.throw_away) == len(people.TENANTS)
    assert [c.pk for c in concepten()] == [kept]
    assert concepten("hanna", "wulpenhorst") == []


def test_the_beat_asks_for_it_every_night() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["ruim-oude-concepten"]
    assert entry["task"] == tasks.RUIM_CONCEPTEN == tasks.ruim_concepten.name
    assert entry["schedule"] == crontab(hour=3, minute=30)
    assert BEWAARTIJD == timedelta(days=30)


def test_the_worker_sees_no_more_than_the_age_of_what_is_too_old() -> None:
    old, young = draft(31), draft(1)
    with acting_as(Scope("job", None, (1,), 1, (1,))):
        assert list(Concept.objects.values_list("pk", flat=True)) == [old]
        Concept.objects.filter(tenant_id=1, pk=young).delete()
        with pytest.raises(ProgrammingError, match="permission denied"):
            with transaction.atomic():
                list(Concept.objects.values_list("invoer_v", flat=True))
    assert {c.pk for c in concepten()} == {old, young}


# ---------------------------------------------------------- twice, and in two tabs


def contact(key: UUID, **over: Any) -> dict[str, Any]:
    return {
        "sleutel": key,
        "datum": "05-03-2025",
        "kanaal": "TEL",
        "richting": "IN",
        "met": ["CLIENT"],
        "activiteiten": ["IND.INFO"],
        "duur_min": "10",
        "notitie": "Een keer.",
        **over,
    }


def test_s113_a_contact_that_is_sent_twice_is_there_once() -> None:
    kwestie = seed.register()
    anna, data = people.browser("anna"), contact(uuid4())
    answers = [anna.post(page(kwestie, "contact/"), data) for _ in range(2)]
    assert [a.headers["Location"] for a in answers] == [page(kwestie)] * 2
    with acting_as(people.wie("anna").scope(1)):
        (made,) = Contactmoment.objects.filter(tenant_id=1, kwestie=kwestie)
    assert made.pk == data["sleutel"]
    assert seed.seen(kwestie).minuten == 10


def test_the_key_of_a_contact_elsewhere_is_refused_in_words() -> None:
    one, two = seed.register(), seed.register()
    anna, data = people.browser("anna"), contact(uuid4())
    anna.post(page(one, "contact/"), data)
    answer = anna.post(page(two, "contact/"), data)
    assert answer.status_code == 422
    assert "Dit formulier is al gebruikt" in text(answer)


END = {"resultaat": "BEANTW", "activiteiten": ["IND.INFO"], "minuten": "5"}


def test_closing_twice_is_closing_once() -> None:
    kwestie = seed.register(soort="VRAAG")
    anna = people.browser("anna")
    form = anna.get(page(kwestie, "afronden/")).context["form"]
    data = {**END, "versie": form["versie"].value(), "sleutel": form["sleutel"].value()}
    answers = [anna.post(page(kwestie, "afronden/"), data) for _ in range(2)]
    assert [a.headers["Location"] for a in answers] == [page(kwestie)] * 2
    assert seed.seen(kwestie).minuten == 5


def test_closing_in_an_old_tab_shows_both_texts_and_loses_neither() -> None:
    kwestie = seed.register(soort="VRAAG", wet="ONBEKEND")
    anna = people.browser("anna")
    versie = anna.get(page(kwestie, "afronden/")).context["form"]["versie"].value()
    seed.act(  # the other tab
        *("start_ondersteuning", kwestie), doel_client="Ik wil thuis blijven wonen."
    )
    mine = {**END, "versie": versie, "doel_client": "Ik wil naar huis."}
    answer = anna.post(page(kwestie, "afronden/"), mine)
    assert answer.status_code == 409
    for said in ("Ik wil thuis blijven wonen.", "Ik wil naar huis.", "Vraag beantw"):
        assert said in text(answer)
    assert seed.seen(kwestie).doel_client == "Ik wil thuis blijven wonen."
    form = answer.context["form"]
    again = {**mine, "versie": form["versie"].value()}
    assert anna.post(page(kwestie, "afronden/"), again).status_code == 302
    assert seed.seen(kwestie).doel_client == "Ik wil naar huis."


def test_a_draft_from_before_a_change_meets_that_change() -> None:
    """The version is in the draft: opening it again overwrites nothing unseen."""
    kwestie = seed.register(soort="VRAAG")
    anna = people.browser("anna")
    form = anna.get(page(kwestie, "afronden/")).context["form"]
    sent = {"versie": form["versie"].value(), **END}
    keep(anna, page(kwestie, "afronden/"), form["sleutel"].value(), **sent)
    seed.act("start_ondersteuning", kwestie, doel_client="Iets anders.")
    restored = anna.get(page(kwestie, "afronden/")).context["form"]
    assert restored["versie"].value() == str(sent["versie"])
    assert restored["activiteiten"].value() == ["IND.INFO"]


def test_the_service_refuses_an_old_version() -> None:
    kwestie = seed.register(soort="VRAAG")
    with pytest.raises(Conflict):
        seed.act(
            *("close_kwestie", kwestie),
            afronding=services.Afronding(resultaat="BEANTW"),
            versie=kwestie.versie + 1,
        )


def test_s110_the_edit_form_sends_its_version_and_a_conflict_shows_both() -> None:
    kwestie = seed.register(toelichting="Eerst.")
    anna = people.browser("anna")
    form = anna.get(page(kwestie, "bewerken/")).context["form"]
    data = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, "")
    }
    data["datum"] = "05-03-2025"
    for said, status in (("Van de ene tab.", 302), ("Van de andere tab.", 409)):
        answer = anna.post(page(kwestie, "bewerken/"), {**data, "toelichting": said})
        assert answer.status_code == status
    shown = text(answer)
    assert "Van de ene tab." in shown
    assert shown.count("Van de andere tab.") == 2  # beside it, and in the form


# ------------------------------------------------------------------- by typing


@pytest.mark.parametrize(
    ("aard", "typed", "code"),
    [
        ("ORG", "wacht", "ORG.WACHT"),
        ("ORG", "Wachttijd of wachtlijst", "ORG.WACHT"),
        ("ORG", "ORG.WACHT", "ORG.WACHT"),
        ("ORG", "KLACHT", "ORG.KLACHT"),
        ("REL", "", ""),
        ("OVE", " anders ", "OVE.ANDERS"),
    ],
)
def test_a_description_is_found_by_typing_a_part(
    aard: str, typed: str, code: str
) -> None:
    form = RegistratieForm(
        {**seed.POSTED, "id": uuid4(), "aard": aard, "subaard": typed}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["subaard"] == code


@pytest.mark.parametrize(
    ("aard", "typed", "said"),
    [("BEH", "zxq", "staat niet in de lijst"), ("BEH", "zorg", "meer aanduidingen")],
)
def test_a_description_that_is_not_clear_is_asked_again(
    aard: str, typed: str, said: str
) -> None:
    form = RegistratieForm(
        {**seed.POSTED, "id": uuid4(), "aard": aard, "subaard": typed}
    )
    assert said in str(form.errors["subaard"])


def test_an_organisation_that_she_referred_to_before_is_suggested() -> None:
    closed = {"soort": "VRAAG", "activiteiten": ("IND.INFO",), "resultaat": "VERWEZEN"}
    for naam, organisatie in (("anna", "MEE Gelderse Poort"), ("bram", "Elders")):
        seed.register(naam, **closed, instantie_type="GEM", organisatie=organisatie)
    shown = text(people.browser("anna").get(NIEUW))
    assert '<option value="MEE Gelderse Poort">' in shown
    assert "Elders" not in shown


def test_forms_that_keep_drafts_have_a_key() -> None:
    kwestie = seed.register()
    assert RegistratieForm()["id"].value()
    assert ContactForm()["sleutel"].value()
    assert AfrondForm(kwestie=kwestie)["sleutel"].value()
    assert AfrondForm(kwestie=kwestie)["versie"].value() == kwestie.versie


# --------------------------------------------------------------------- saved filters


def test_a_filter_is_kept_under_its_name_for_its_maker_only() -> None:
    anna = people.browser("anna")
    answer = anna.get("/kwesties/?aard=FIN&na=x&onzin=1")
    assert 'name="zoek" value="aard=FIN"' in text(answer)
    kept = anna.post(
        "/t/arnhem/filters/", {"naam": "Geld", "zoek": "aard=FIN&onzin=1"}, follow=True
    )
    assert kept.redirect_chain == [("/kwesties/?aard=FIN", 302)]
    assert (
        '<a class="utrecht-link utrecht-link--html-a" href="/kwesties/?aard=FIN">'
        in (text(kept))
    )
    assert "Geld" not in text(people.browser("bram").get("/kwesties/"))
    with acting_as(people.wie("bram").scope(1)):
        assert list(BewaardFilter.objects.filter(tenant_id=1)) == []


def test_the_same_name_replaces_and_a_filter_can_go() -> None:
    anna = people.browser("anna")
    for zoek in ("aard=FIN", "status=OPEN"):
        anna.post("/t/arnhem/filters/", {"naam": "Mijn", "zoek": zoek})
    with acting_as(people.wie("anna").scope(1)):
        (kept,) = BewaardFilter.objects.filter(tenant_id=1)
    assert kept.zoek == "status=OPEN"
    away = f"/t/arnhem/filters/{kept.pk}/weg/"
    people.browser("bram").post(away)
    assert "Mijn filters" in text(anna.get("/kwesties/"))
    anna.post(away)
    assert "Mijn filters" not in text(anna.get("/kwesties/"))


@pytest.mark.parametrize(
    "data", [{"naam": "", "zoek": "aard=FIN"}, {"naam": "x", "zoek": "aard=ZZZ"}]
)
def test_a_filter_without_a_name_or_that_is_none_is_not_kept(
    data: dict[str, str],
) -> None:
    anna = people.browser("anna")
    answer = anna.post("/t/arnhem/filters/", data, follow=True)
    assert "utrecht-alert--error" in text(answer)
    assert "Mijn filters" not in text(answer)


def test_there_is_an_end_to_the_number_of_filters() -> None:
    wie = people.wie("anna")
    with acting_as(wie.scope(1)):
        for n in range(20):
            services.save_filter(
                actor=wie, tenant_id=1, naam=f"f{n}", zoek="status=OPEN"
            )
        with pytest.raises(KwestieError, match="20 filters"):
            services.save_filter(actor=wie, tenant_id=1, naam="f20", zoek="aard=FIN")


def test_what_goes_wrong_at_one_tenant_does_not_keep_the_others_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """And each sees nothing but its own."""
    seen: dict[int, list[int]] = {}
    for naam, slug in (("anna", "arnhem"), ("hanna", "wulpenhorst")):
        draft(31, naam, slug)

    def work(tenant_id: int) -> None:
        seen[tenant_id] = list(Concept.objects.values_list("tenant_id", flat=True))
        if tenant_id == 1:
            raise ValueError("stuk")

    assert each_tenant(work) == 1
    assert seen == {1: [1], 2: [2]}
    assert "failed for tenant 1" in caplog.text
