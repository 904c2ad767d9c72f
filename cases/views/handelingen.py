"""The verbs on one kwestie: each a form of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cases import access, selectors, services
from cases.forms import (
    AfrondForm,
    ContactForm,
    KwestieForm,
    StartForm,
    ToewijzenForm,
    WachtForm,
    suggest,
)
from cases.forms.termijnen import NieuweVerwijzingForm, NieuwTrajectForm
from cases.models import Concept, Overdracht, Status
from cases.selectors.achtergrond import limits_on
from cases.selectors.kaart import names_on_kaart
from cases.selectors.regels import usable_toestemmingen
from cases.selectors.specialisten import specialists_at
from cases.selectors.team import earlier_supporter
from cases.services import WACHTEND, Conflict
from cases.services.routes import ombudsman_deadline
from cases.views.antwoorden import (
    form_page,
    no_way,
    posted,
    say,
    show,
    show_conflict,
    succeeds,
    to,
    to_or_work,
)
from cases.views.concepten import about_draft, kept_for
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@form_page
def contact(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    kept = kept_for(request, plek, Concept.Soort.CONTACT, found)
    typed = kept.velden if kept else None
    given = usable_toestemmingen(found)
    form = ContactForm(posted(request), concept=typed, toestemmingen=given)
    if succeeds(
        form,
        lambda: services.add_contactmoment(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            contact=form.contact(),
            contact_id=form.contact_id,
        ),
    ):
        services.forget_concept(
            actor=wie, tenant_id=plek.id, concept_id=form.contact_id
        )
        say(request, _("Het contact is opgeslagen."), form, found)
        return to(pk, slug)
    draft = about_draft(kept, slug, Concept.Soort.CONTACT, found)
    return show(request, "contact", found, form, **draft)


@signed_in
@form_page
def start(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    if refused := no_way(request, found, Status.IN_ONDERSTEUNING):
        return refused
    form = StartForm(
        posted(request),
        initial={"doel_client": found.doel_client},
        met_privacy=services.is_asked(found),
    )
    if succeeds(
        form,
        lambda: services.start_ondersteuning(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            doel_client=form.cleaned_data["doel_client"],
            privacy=form.privacy_given(),
        ),
    ):
        say(request, _("De ondersteuning is gestart."), form, found)
        return to(pk, slug)
    return show(request, "start", found, form)


@signed_in
@form_page
def wacht(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Wait for somebody, or go on."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    if refused := no_way(request, found, *WACHTEND, Status.IN_ONDERSTEUNING):
        return refused
    form = WachtForm(posted(request), kwestie=found)

    def verb() -> object:
        to, tenant_id = form.cleaned_data["naar"], found.tenant_id
        if to == Status.IN_ONDERSTEUNING:
            return services.resume_kwestie(
                actor=wie, tenant_id=tenant_id, kwestie_id=pk
            )
        return services.wait_kwestie(
            actor=wie, tenant_id=tenant_id, kwestie_id=pk, naar=to
        )

    if succeeds(form, verb):
        say(request, _("De status is veranderd."), form, found)
        return to(pk, slug)
    return show(request, "wacht", found, form)


@signed_in
@form_page
def afronden(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    if refused := no_way(request, found, Status.AFGEROND):
        return refused
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_EIGEN)
    kept = kept_for(request, plek, Concept.Soort.AFRONDEN, found)
    form = AfrondForm(
        posted(request), kwestie=found, concept=kept.velden if kept else None
    )
    suggest(form, "organisatie", lambda: selectors.typed_organisations(wie, plek))
    draft = about_draft(kept, slug, Concept.Soort.AFRONDEN, found)
    try:
        is_closed = succeeds(
            form,
            lambda: services.close_kwestie(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                afronding=form.afronding(),
                versie=form.cleaned_data["versie"],
            ),
        )
    except Conflict as conflict:
        is_closed = form.is_gedaan(conflict.nu)
        if not is_closed:
            return show_conflict(request, "afronden", form, conflict, **draft)
    if is_closed:
        key = form.cleaned_data["sleutel"]
        services.forget_concept(actor=wie, tenant_id=plek.id, concept_id=key)
        say(request, _("De kwestie is afgerond."), form, found)
        return to(pk, slug)
    groep = limits_on(found.tenant_id, found.datum)
    return show(request, "afronden", found, form, afbakening=groep, **draft)


@signed_in
@form_page
def heropenen(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    if refused := no_way(request, found, Status.HEROPEND):
        return refused
    form = KwestieForm(posted(request))
    if succeeds(
        form,
        lambda: services.reopen_kwestie(
            actor=wie, tenant_id=found.tenant_id, kwestie_id=pk
        ),
    ):
        say(request, _("De kwestie is weer open."), form, found)
        return to(pk, slug)
    return show(request, "heropenen", found, form)


@signed_in
@form_page
def toewijzen(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """The teamleider decides whose kwestie it is."""
    wie = request.wie
    found = access.kwestie_to_assign(wie, request.plek, pk)
    is_hidden = selectors.grond_of(found) == selectors.Grond.AFGESCHERMD
    eerder = None if is_hidden else earlier_supporter(wie, found)
    form = ToewijzenForm(
        posted(request),
        kwestie=found,
        eerder=eerder,
        passend={} if is_hidden else specialists_at(found),
    )
    if succeeds(
        form,
        lambda: services.hand_over(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            medewerker_id=form.cleaned_data["medewerker"].pk,
            reden=Overdracht.Reden.TOEDELING,
        ),
    ):
        naam = form.cleaned_data["medewerker"].naam
        say(request, _("De kwestie is nu van %(naam)s.") % {"naam": naam}, form)
        return to_or_work(request, pk, slug)
    return show(request, "toewijzen", found, form)


@signed_in
@form_page
def verwijzing(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = NieuweVerwijzingForm(posted(request))
    suggest(form, "organisatie", lambda: names_on_kaart(found.tenant_id))
    if succeeds(
        form,
        lambda: services.add_verwijzing(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            verwijzing=form.verwijzing(),
            verwijzing_id=form.cleaned_data["sleutel"],
        ),
    ):
        say(request, _("De verwijzing is opgeslagen."), form, found)
        return to(pk, slug)
    return show(request, "verwijzing", found, form)


@signed_in
@form_page
def traject(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = NieuwTrajectForm(posted(request))
    suggest(form, "instantie", lambda: names_on_kaart(found.tenant_id))
    if succeeds(
        form,
        lambda: services.add_traject(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            traject=form.traject(),
            traject_id=form.cleaned_data["sleutel"],
        ),
    ):
        say(request, _("De procedure is opgeslagen."), form, found)
        return to(pk, slug)
    last = ombudsman_deadline(found)
    return show(request, "traject", found, form, laatste_dag=last)
