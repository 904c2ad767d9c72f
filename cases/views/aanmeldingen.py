"""What came in at the door of visitors, for the team. Showing is recorded."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import access
from cases.forms import KwestieForm
from cases.forms.loket import AfwijzenForm, AntwoordForm, DoorsturenForm, OpnemenForm
from cases.logboek import loket as logboek
from cases.models import Kwestie
from cases.selectors.achtergrond import diensten_on
from cases.selectors.loket import door_of
from cases.services import aanmeldingen, doorsturen
from cases.views.antwoorden import form_page, posted, say, show, succeeds, to
from tenants.access import Plek
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@form_page
def loket_team(request: SignedRequest, slug: str) -> HttpResponse:
    """Open or shut the door of a tenant, for who gets what comes in (S165)."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_TEAM)
    form = KwestieForm(posted(request))
    deur = door_of(plek.id)
    shut = request.POST.get("stand") == "dicht"
    verb = aanmeldingen.shut_loket if shut else aanmeldingen.open_loket
    if succeeds(form, lambda: verb(actor=wie, tenant_id=plek.id)):
        said = _("Het loket is dicht.") if shut else _("Het loket is open.")
        messages.success(request, said)
        return redirect("cases:loket_team", slug=slug)
    context = {"plek": plek, "deur": deur, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/loket_team.html", context, status=status)


@signed_in
@form_page
def aanmelding(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """A question that waits: read it, and make it a kwestie of the queue."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_TEAM)
    row = access.aanmelding_for(wie, plek, pk)
    zending = aanmeldingen.contents(row)
    dag = timezone.localdate(row.ontvangen_op)
    diensten = diensten_on(plek.id, dag)
    elders = _elders(request, plek, pk)
    if isinstance(elders, HttpResponse):
        return elders
    sent = None if elders and elders.is_bound else posted(request)
    form = OpnemenForm(sent, zending=zending, diensten=diensten)
    made: list[Kwestie] = []
    if succeeds(
        form,
        lambda: made.append(
            aanmeldingen.take_up(
                actor=wie,
                tenant_id=plek.id,
                aanmelding_id=pk,
                codering=form.codering,
            )
        ),
    ):
        messages.success(request, _("De aanmelding is nu een kwestie. Wijs haar toe."))
        return redirect("cases:toewijzen", slug=slug, pk=made[0].pk)
    logboek.aanmelding_ingezien(wie, plek.id, pk)
    context = {
        "plek": plek,
        "aanmelding": row,
        "zending": zending,
        "berichten": aanmeldingen.messages_before(row),
        "form": form,
        "elders": elders,
    }
    status = 422 if form.errors or (elders and elders.errors) else 200
    return render(request, "cases/aanmelding.html", context, status=status)


def _elders(
    request: SignedRequest, plek: Plek, pk: UUID
) -> DoorsturenForm | HttpResponse | None:
    """At the national door: to which tenant it goes on; None at every other."""
    if not doorsturen.is_national(plek):
        return None
    given = request.POST if "naar" in request.POST else None
    form = DoorsturenForm(given, deuren=doorsturen.targets(plek.id))
    if succeeds(
        form,
        lambda: doorsturen.send_on(
            actor=request.wie,
            tenant_id=plek.id,
            aanmelding_id=pk,
            naar=form.cleaned_data["naar"],
            is_met_toestemming=form.cleaned_data["is_met_toestemming"],
        ),
    ):
        messages.success(request, _("De vraag is doorgestuurd. De code blijft werken."))
        return redirect("cases:team")
    return form


@signed_in
@form_page
def aanmelding_weg(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """What is no question for us is removed, for good."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.KWESTIE_TEAM)
    row = access.aanmelding_for(wie, plek, pk)
    form = AfwijzenForm(posted(request))
    if succeeds(
        form,
        lambda: aanmeldingen.turn_away(
            actor=wie,
            tenant_id=plek.id,
            aanmelding_id=pk,
            reden=form.cleaned_data["reden"],
        ),
    ):
        messages.success(request, _("De aanmelding is verwijderd."))
        return redirect("cases:team")
    context = {"plek": plek, "aanmelding": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/aanmelding_weg.html", context, status=status)


@signed_in
@form_page
def melder(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """What was said back and forth with who sent it; an answer goes to the code."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    if not found.via_loket:  # type: ignore[attr-defined]
        messages.info(request, _("Deze kwestie kwam niet binnen via het loket."))
        return to(pk, slug)
    form = AntwoordForm(posted(request))
    if succeeds(
        form,
        lambda: aanmeldingen.answer(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            tekst=form.cleaned_data["tekst"],
            bericht_id=form.cleaned_data["bericht_id"],
        ),
    ):
        say(
            request, _("Je bericht staat klaar. De melder leest het met de code."), form
        )
        return redirect("cases:melder", slug=slug, pk=pk)
    berichten = aanmeldingen.read_messages(found)
    aanmeldingen.mark_read(actor=wie, kwestie=found)
    return show(request, "melder", found, form, is_ingezien=True, berichten=berichten)
