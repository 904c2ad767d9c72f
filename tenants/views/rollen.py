"""Changing who may what: inviting, giving and ending roles, four eyes, appointing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenants import mensen as vraag
from tenants import personeel, uitnodigen, vierogen
from tenants.doors import SignedRequest, signed_in
from tenants.forms.mensen import (
    AanstellingForm,
    BeheerForm,
    BesluitForm,
    EindeForm,
    GegevensForm,
    RolForm,
    UitnodigForm,
    VerzoekForm,
)
from tenants.fouten import RegelFout
from tenants.inloggen.bewijs import recent_proof
from tenants.mensen import Persoon
from tenants.roles import CASE_RIGHTS, MEDEWERKER, ROLLEN
from tenants.views.antwoorden import form_page, posted, show, succeeds
from tenants.wie import Plek


def _here(request: SignedRequest, pk: UUID) -> tuple[Plek, Persoon]:
    """The tenant of the path and somebody who is known at a tenant of the asker."""
    plek = vraag.plek_beheerd(request.wie, request.plek)
    return plek, vraag.person_for(request.wie, pk)


def _here_only(request: SignedRequest, pk: UUID) -> tuple[Plek, Persoon]:
    """The same, with a role at this very tenant."""
    plek = vraag.plek_beheerd(request.wie, request.plek)
    return plek, vraag.person_for(request.wie, pk, [plek.id])


# ------------------------------------------------------------------------- inviting


@signed_in
@recent_proof
@form_page
def uitnodigen_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    form = UitnodigForm(posted(request))
    if succeeds(
        form,
        lambda: uitnodigen.invite(
            actor=wie,
            tenant_id=plek.id,
            email=form.cleaned_data["email"],
            rol=form.cleaned_data["rol"],
            tot=form.cleaned_data["tot"],
        ),
    ):
        messages.success(request, _("De uitnodiging wordt verstuurd."))
        return redirect("tenants:mensen")
    return show(request, "uitnodigen", form, plek=plek)


@signed_in
@recent_proof
@require_POST
def uitnodiging_opnieuw(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    row = vraag.uitnodiging_for(wie, plek, pk)
    try:
        uitnodigen.invite_again(actor=wie, tenant_id=plek.id, uitnodiging_id=row.pk)
    except RegelFout as error:
        messages.error(request, error.tekst)
    else:
        messages.success(
            request, _("Er gaat een nieuwe link op de post. De oude werkt niet meer.")
        )
    return redirect("tenants:mensen")


@signed_in
@recent_proof
@require_POST
def uitnodiging_intrekken(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    row = vraag.uitnodiging_for(wie, plek, pk)
    try:
        uitnodigen.withdraw(actor=wie, tenant_id=plek.id, uitnodiging_id=row.pk)
    except RegelFout as error:
        messages.error(request, error.tekst)
    else:
        messages.success(request, _("De uitnodiging is ingetrokken."))
    return redirect("tenants:mensen")


# ---------------------------------------------------------------------------- roles


@signed_in
@recent_proof
@form_page
def rol_geven(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Give somebody who is known a role here, or change its period."""
    wie = request.wie
    plek, one = _here(request, pk)
    if one.id == wie.user_id:
        return redirect("tenants:rolverzoek", slug=plek.slug)
    form = RolForm(posted(request), soort=one.soort, initial=_begin(request, plek, one))
    if succeeds(
        form,
        lambda: vierogen.give_role(
            actor=wie,
            tenant_id=plek.id,
            user_id=one.id,
            rol=form.cleaned_data["rol"],
            van=form.cleaned_data["van"],
            tot=form.cleaned_data["tot"],
            zonder=form.zonder,
        ),
    ):
        messages.success(request, _("De rol is gegeven. Dat geldt meteen."))
        return redirect("tenants:persoon", pk=one.id)
    return show(request, "rol_geven", form, plek=plek, persoon=one)


def _begin(request: SignedRequest, plek: Plek, one: Persoon) -> dict[str, Any]:
    """The role of ``?rol=``, with the period in which it is held now."""
    wanted = request.GET.get("rol", "")
    held = [r for r in one.rollen if r.plek.id == plek.id and r.rol == wanted]
    begin: dict[str, Any] = {"rol": wanted}
    for row in held:
        begin |= {"van": row.van, "tot": row.tot}
    for row in held:
        if row.zonder:
            begin["mag"] = sorted(set(ROLLEN[row.rol].rechten) - set(row.zonder))
    return begin


@signed_in
@recent_proof
@form_page
def rol_stoppen(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """End a role here, now; asked once more before it is done."""
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    row = vraag.membership_for(wie, plek, pk)
    one = vraag.person_for(wie, row.user_id, [plek.id])
    if one.id == wie.user_id:
        return redirect("tenants:rolverzoek", slug=plek.slug)
    form = BeheerForm(posted(request))
    if succeeds(form, lambda: vierogen.end_role(actor=wie, membership=row)):
        messages.success(request, _("De rol is gestopt. Dat geldt meteen."))
        return redirect("tenants:persoon", pk=one.id)
    return show(
        request,
        "rol_stoppen",
        form,
        plek=plek,
        persoon=one,
        rol=ROLLEN[row.rol].naam,
        heeft_kwesties=bool(ROLLEN[row.rol].rechten & CASE_RIGHTS),
    )


# ------------------------------------------------------------------------ four eyes


@signed_in
@recent_proof
@form_page
def rolverzoek(request: SignedRequest, slug: str) -> HttpResponse:
    """Ask another administrator about one's own roles."""
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    form = VerzoekForm(posted(request))
    if succeeds(
        form,
        lambda: vierogen.ask(
            actor=wie,
            tenant_id=plek.id,
            **{k: form.cleaned_data[k] for k in form.fields},
        ),
    ):
        messages.success(request, _("Een andere beheerder kan hier nu over besluiten."))
        return redirect("tenants:mensen")
    return show(request, "rolverzoek", form, plek=plek)


@signed_in
@recent_proof
@form_page
def rolverzoek_besluit(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    row = vraag.verzoek_for(wie, plek, pk)
    form = BesluitForm(posted(request))
    if succeeds(
        form,
        lambda: vierogen.decide(
            actor=wie,
            tenant_id=plek.id,
            verzoek_id=row.pk,
            is_akkoord=form.cleaned_data["besluit"] == "ja",
        ),
    ):
        messages.success(request, _("Je besluit is vastgelegd."))
        return redirect("tenants:mensen")
    return show(
        request,
        "rolverzoek_besluit",
        form,
        plek=plek,
        verzoek=row,
        is_eigen=row.door_id == wie.user_id,
    )


# ------------------------------------------------------------------------ colleagues


@signed_in
@form_page
def gegevens(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Function, layer, specialisms and VOG of a colleague."""
    wie = request.wie
    plek, one = _here_only(request, pk)
    if one.medewerker is None:
        return redirect("tenants:persoon", pk=one.id)
    form = GegevensForm(posted(request), initial=GegevensForm.of(one.medewerker))
    if succeeds(
        form,
        lambda: personeel.change_medewerker(
            actor=wie,
            tenant_id=plek.id,
            medewerker_id=one.id,
            gegevens=form.gegevens(),
        ),
    ):
        messages.success(request, _("De gegevens zijn opgeslagen."))
        return redirect("tenants:persoon", pk=one.id)
    return show(request, "medewerker", form, plek=plek, persoon=one)


@signed_in
@form_page
def aanstelling(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """By whom a colleague was appointed for this tenant (S97)."""
    wie = request.wie
    plek, one = _here_only(request, pk)
    if one.soort != MEDEWERKER:
        return redirect("tenants:persoon", pk=one.id)
    form = AanstellingForm(posted(request))
    if succeeds(
        form,
        lambda: personeel.appoint(
            actor=wie, tenant_id=plek.id, medewerker_id=one.id, besluit=form.besluit()
        ),
    ):
        messages.success(request, _("De aanstelling is vastgelegd."))
        return redirect("tenants:persoon", pk=one.id)
    return show(request, "aanstelling", form, plek=plek, persoon=one)


@signed_in
@form_page
def aanstelling_einde(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    plek = vraag.plek_beheerd(wie, request.plek)
    row = vraag.aanstelling_for(wie, plek, pk)
    form = EindeForm(posted(request))
    if succeeds(
        form,
        lambda: personeel.end_appointment(
            actor=wie,
            tenant_id=plek.id,
            aanstelling_id=row.pk,
            tot=form.cleaned_data["tot"],
            reden=form.cleaned_data["reden"],
        ),
    ):
        messages.success(request, _("Het einde van de aanstelling is vastgelegd."))
        return redirect("tenants:persoon", pk=row.medewerker_id)
    return show(request, "aanstelling_einde", form, plek=plek, aanstelling=row)
