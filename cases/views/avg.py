"""The AVG desk: requests with their clock, each with what is next for who looks."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import access, uitvoer, uitvoer_log
from cases.access import toezicht
from cases.forms import KwestieForm
from cases.forms.avg import (
    BesluitForm,
    DagForm,
    IdentiteitForm,
    KoppelForm,
    UitvoerForm,
    VerzoekForm,
    VorderingForm,
)
from cases.forms.geheim import TekstForm
from cases.forms.uitvoer import LogUitvoerForm, WeglaatForm
from cases.logboek import avg as logboek
from cases.models import AvgVerzoek, Kwestie, Vordering
from cases.selectors.avg import unlinked_for, verzoeken_for, verzoeken_of
from cases.services import avg, vorderen
from cases.views.antwoorden import form_page, page, posted, say, show, succeeds, to
from cases.views.beurten import Beurt, answer, mine, shown
from tenants.doors import SignedRequest, signed_in
from tenants.inloggen.bewijs import recent_proof, recent_proof_to
from tenants.roles import CASE_RIGHTS, Recht

Stand = AvgVerzoek.Stand
GIVES = ("INZAGE", "OVERDRAAGBAARHEID", "LOG")


@signed_in
@page
def avg_balie(request: SignedRequest) -> HttpResponse:
    """The FG: every request that is open. Caseworkers: those that nobody knows."""
    wie = request.wie
    if not wie.can(Recht.AVG_BEHANDELEN, *CASE_RIGHTS):
        raise Http404
    rows, loose = list(verzoeken_for(wie)), list(unlinked_for(wie))
    for tenant_id in sorted({row.tenant_id for row in [*rows, *loose]}):
        ids = [row.pk for row in {*rows, *loose} if row.tenant_id == tenant_id]
        logboek.verzoeken_bekeken(wie, tenant_id, ids)
    context = {
        "verzoeken": rows,
        "los": loose,
        "is_fg": wie.can(Recht.AVG_BEHANDELEN),
        "plekken": [wie.plekken[t] for t in wie.with_right(Recht.AVG_BEHANDELEN)],
    }
    return render(request, "cases/avg_balie.html", context)


@signed_in
@form_page
def avg_nieuw(request: SignedRequest, slug: str) -> HttpResponse:
    """A request by somebody of whom the FG knows no kwestie."""
    wie = request.wie
    plek = access.plek_with(wie, request.plek, Recht.AVG_BEHANDELEN)
    form = VerzoekForm(posted(request))
    made: list[AvgVerzoek] = []
    if succeeds(
        form,
        lambda: made.append(
            avg.register_verzoek(actor=wie, tenant_id=plek.id, verzoek=form.verzoek())
        ),
    ):
        say(request, _("Het verzoek is vastgelegd. De maand loopt."), form)
        return redirect("cases:avg_verzoek", slug=slug, pk=made[0].pk)
    context = {"plek": plek, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/avg_nieuw.html", context, status=status)


@signed_in
@form_page
def avg_kwestie(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """The requests and demands about this kwestie, and writing down a new request."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = VerzoekForm(posted(request))
    made: list[AvgVerzoek] = []
    if succeeds(
        form,
        lambda: made.append(
            avg.register_verzoek(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                verzoek=form.verzoek(),
            )
        ),
    ):
        say(request, _("Het verzoek is vastgelegd. De maand loopt."), form)
        return redirect("cases:avg_verzoek", slug=slug, pk=made[0].pk)
    rows = list(verzoeken_of(found))
    logboek.verzoeken_bekeken(wie, found.tenant_id, [row.pk for row in rows])
    demands = Vordering.objects.filter(tenant_id=found.tenant_id, kwestie=found)
    return show(
        request, "avg_kwestie", found, form, verzoeken=rows, vorderingen=demands
    )


@signed_in
@recent_proof_to("doe", "uitvoeren")  # wiping destroys keys
@form_page
def avg_verzoek(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """One request; and below it what is hers to do next, if anything."""
    wie = request.wie
    row = toezicht.avgverzoek_for(wie, request.plek, pk)
    plek = access.plek_with(wie, request.plek, *Recht)
    is_eigen = row.kwestie_id is not None and access.has_to_write(
        wie, plek, row.kwestie_id
    )
    beurten = _turns(request, row, is_eigen=is_eigen)
    if done := answer(request, beurten):
        return redirect("cases:avg_verzoek", slug=slug, pk=pk)
    logboek.verzoek_ingezien(wie, row)
    context = {
        "row": row,
        "plek": plek,
        "is_eigen": is_eigen,
        "beurten": beurten,
        "geeft": is_eigen and _may_be_given(row),
    }
    return shown(request, "avg_verzoek", context, done)


def _may_be_given(row: AvgVerzoek) -> bool:
    """Decided, and what was asked is a copy."""
    decided = (Stand.INGEWILLIGD, Stand.DEELS, Stand.UITGEVOERD)
    return row.soort in GIVES and row.stand in decided


def _turns(request: SignedRequest, row: AvgVerzoek, *, is_eigen: bool) -> list[Beurt]:
    wie = request.wie
    is_fg = wie.may(Recht.AVG_BEHANDELEN, row.tenant_id)
    about: dict[str, Any] = {"actor": wie, "tenant_id": row.tenant_id, "pk": row.pk}
    turns: list[Beurt] = []
    if is_eigen or (is_fg and row.kwestie_id is None):
        turns += _gathering(request, row, about)
    elif row.kwestie_id is None and row.stand in (Stand.ONTVANGEN, Stand.IDENTITEIT):
        turns.append(_link(request, about))
    if is_fg and wie.user_id != (row.geregistreerd_door_id if row.kwestie_id else None):
        turns += _deciding(request, row, about)
    return turns


def _link(request: SignedRequest, about: dict[str, Any]) -> Beurt:
    form = KoppelForm(mine(request, "koppelen"))
    return Beurt(
        "koppelen",
        _("Bij welke kwestie hoort dit?"),
        form,
        lambda: avg.link_kwestie(**about, nummer=form.cleaned_data["nummer"]),
        _("Koppelen"),
    )


def _gathering(
    request: SignedRequest, row: AvgVerzoek, about: dict[str, Any]
) -> list[Beurt]:
    """What the supporter does: who asks, telling, carrying out, closing."""
    if row.stand in (Stand.ONTVANGEN, Stand.IDENTITEIT):
        return [_identity(request, about)]
    if row.is_open or row.stand == Stand.GESLOTEN:
        return []
    if row.verteld_op is None:
        return [_tell(request, about)]
    if row.stand in (Stand.INGEWILLIGD, Stand.DEELS):
        return [_execute(request, row, about)]
    form = KwestieForm(mine(request, "sluiten"))
    knop = _("Verzoek sluiten")
    if row.soort == "BEPERKING" and row.stand == Stand.UITGEVOERD:
        knop = _("Beperking opheffen en sluiten")
    close = partial(avg.close_verzoek, **about)
    return [Beurt("sluiten", _("Klaar?"), form, close, knop)]


def _identity(request: SignedRequest, about: dict[str, Any]) -> Beurt:
    form = IdentiteitForm(mine(request, "identiteit"))
    return Beurt(
        "identiteit",
        _("Wie vraagt dit?"),
        form,
        lambda: avg.establish_identity(**about, vaststelling=form.code),
        _("Vastleggen"),
    )


def _tell(request: SignedRequest, about: dict[str, Any]) -> Beurt:
    form = DagForm(mine(request, "vertellen"))
    return Beurt(
        "vertellen",
        _("Vertel de persoon wat er is besloten"),
        form,
        lambda: avg.tell_person(**about, op=form.cleaned_data["datum"]),
        _("Vastleggen"),
    )


def _execute(request: SignedRequest, row: AvgVerzoek, about: dict[str, Any]) -> Beurt:
    form = UitvoerForm(mine(request, "uitvoeren"), soort=row.soort)
    knop = {
        "WISSING": _("Gegevens voorgoed wissen"),
        "BEPERKING": _("Gegevens beperken"),
    }.get(row.soort, _("Uitgevoerd"))

    def verb() -> object:
        data = form.cleaned_data
        return avg.execute_verzoek(
            **about,
            tekst=data["tekst"],
            ontvangers=data.get("ontvangers", ""),
            weet_procedure=data.get("weet_procedure", False),
        )

    return Beurt("uitvoeren", _("Voer het besluit uit"), form, verb, knop)


def _deciding(
    request: SignedRequest, row: AvgVerzoek, about: dict[str, Any]
) -> list[Beurt]:
    """What the FG does: decide, take more time."""
    is_unknown = row.stand in (Stand.ONTVANGEN, Stand.IDENTITEIT)
    if not row.is_open:
        return []
    form = BesluitForm(mine(request, "besluiten"), is_onbekend=is_unknown)

    def verb() -> object:
        data = form.cleaned_data
        return avg.decide_verzoek(
            **about,
            uitkomst=data["uitkomst"],
            motivering=data["motivering"],
            afwijzing=data.get("afwijzing", ""),
        )

    kop = _("Niet te koppelen?") if is_unknown else _("Jouw besluit")
    turns = [Beurt("besluiten", kop, form, verb, _("Besluit vastleggen"))]
    if row.stand == Stand.IN_BEHANDELING and not row.is_te_laat:
        more = TekstForm(
            mine(request, "verlengen"),
            auto_id="verlengen_%s",
            vraag=_("Waarom is er meer tijd nodig?"),
            hulp=_("Alleen als het ingewikkeld is. De persoon hoort dit ook, nu."),
        )
        turns.append(
            Beurt(
                "verlengen",
                _("Twee maanden langer"),
                more,
                lambda: avg.extend_term(**about, reden=more.cleaned_data["tekst"]),
                _("Termijn verlengen"),
            )
        )
    return turns


@signed_in
@recent_proof
@form_page
def avg_uitvoer(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Every text about the client, to look through; then all of it as one file."""
    wie = request.wie
    row = toezicht.avgverzoek_for(wie, request.plek, pk)
    kwestie = access.kwestie_for(wie, request.plek, row.kwestie_id or pk, write=True)
    if not _may_be_given(row):
        raise Http404
    if row.soort == "LOG":
        return _log_uitvoer(request, row, kwestie)
    if kwestie.client is None:
        raise Http404
    rows = uitvoer.rows_of(kwestie.client)
    form = WeglaatForm(posted(request), rijen=rows)
    if form.is_bound and form.is_valid():
        left_out = form.weglaten()
        made = uitvoer.package(
            uitvoer.without(rows, left_out, form.zwart),
            _naam(request),
            uitvoer.files_of(kwestie.client, left_out),
        )
        logboek.avg_export(wie, row, kwestie.client.pk, len(left_out), len(form.zwart))
        return _as_file(made, "gegevens")
    logboek.avg_nagekeken(wie, row)
    return show(request, "avg_uitvoer", kwestie, form, row=row, aantal=len(rows))


def _log_uitvoer(
    request: SignedRequest, row: AvgVerzoek, kwestie: Kwestie
) -> HttpResponse:
    """Who looked at this client: to look through, then as one file."""
    books = uitvoer_log.books_of(request.wie, kwestie)
    form = LogUitvoerForm(posted(request), mensen=uitvoer_log.people_in(books))
    if form.is_bound and form.is_valid():
        hidden = form.cleaned_data.get("zonder_naam", [])
        made = uitvoer_log.package(
            uitvoer_log.without_names(books, hidden), _naam(request)
        )
        logboek.avg_log_export(request.wie, row, len(hidden))
        return _as_file(made, "logboek")
    logboek.avg_nagekeken(request.wie, row)
    return show(request, "avg_uitvoer_log", kwestie, form, row=row, boeken=books)


def _naam(request: SignedRequest) -> str:
    return request.plek.naam if request.plek else ""


def _as_file(made: bytes, naam: str) -> HttpResponse:
    return HttpResponse(
        made,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{naam}.zip"',
            "Cache-Control": "no-store",
        },
    )


@signed_in
@form_page
def vordering(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """A demand by an authority about this kwestie."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = VorderingForm(posted(request))

    def verb() -> object:
        names = ("instantie", "ontvangen_op", "wat")
        return vorderen.record_vordering(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            **{name: form.cleaned_data[name] for name in names},
        )

    if succeeds(form, verb):
        messages.warning(
            request,
            _(
                "Vastgelegd. Geef niets. De directie en de FG krijgen een mail zonder"
                " inhoud: bel nu om te zeggen waar het over gaat."
            ),
        )
        return to(pk, slug)
    return show(request, "vordering", found, form)


@signed_in
@form_page
def vordering_afdoen(
    request: SignedRequest, slug: str, pk: UUID, vordering: UUID
) -> HttpResponse:
    """What directie and FG decided about the demand."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = toezicht.vordering_of(found, vordering)
    form = TekstForm(posted(request), vraag=_("Wat hebben directie en FG besloten?"))
    if succeeds(
        form,
        lambda: vorderen.settle_vordering(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            pk=row.pk,
            afloop=form.cleaned_data["tekst"],
        ),
    ):
        say(request, _("De vordering is afgedaan."), form)
        return redirect("cases:avg_kwestie", slug=slug, pk=pk)
    return show(request, "vordering_afdoen", found, form, row=row)
