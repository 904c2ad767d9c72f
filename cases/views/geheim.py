"""The exceptional procedures: a page each, with what is next for who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import access
from cases.forms import KwestieForm
from cases.forms.geheim import (
    AfwegingForm,
    ClientVertellenForm,
    ConsultatieForm,
    DoorbrekingForm,
    GesprekForm,
    MeekijkerForm,
    MeldcodeBesluitForm,
    MeldcodeStartForm,
    OordeelVanCollegaForm,
    TekstForm,
)
from cases.logboek import geheim as logboek
from cases.models import Doorbreking, MeldcodeTraject, Uitzondering
from cases.selectors.geheim import (
    doorbrekingen_for,
    exceptions_of_year,
    is_her_turn,
    meldcodes_for,
)
from cases.services import doorbreken
from cases.services import meldcode as meldcoden
from cases.views.antwoorden import form_page, page, posted, say, show, succeeds
from cases.views.beurten import Beurt, answer, mine, shown
from tenants.access import Plek, Wie
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@page
def geheimhouding(request: SignedRequest) -> HttpResponse:
    """What waits for her, what she was in, and for the directie how many there were."""
    wie = request.wie
    if not wie.can(Recht.KWESTIE_EIGEN, Recht.DOORBREKING_BESLISSEN):
        raise Http404
    rows: list[Doorbreking | MeldcodeTraject] = [*doorbrekingen_for(wie)]
    rows += meldcodes_for(wie)
    jaar = timezone.localdate().year
    context = {
        "wacht": [row for row in rows if is_her_turn(wie, row)],
        "eerder": [row for row in rows if not is_her_turn(wie, row)],
        "tellingen": [
            _telling(wie, wie.plekken[tenant_id], jaar)
            for tenant_id in wie.with_right(Recht.DOORBREKING_BESLISSEN)
        ],
        "jaar": jaar,
    }
    return render(request, "cases/geheimhouding.html", context)


def _telling(wie: Wie, plek: Plek, jaar: int) -> dict[str, Any]:
    """This year and the two before it; being shown is recorded."""
    jaren = []
    for one in range(jaar, jaar - 3, -1):
        counts = exceptions_of_year(plek.id, one)
        logboek.uitzonderingen_geteld(wie, plek.id, one)
        per_soort = {
            soort: {u: n for (s, u), n in counts.items() if s == soort}
            for soort in Uitzondering.Soort.values
        }
        given = ("VERSTREKT", "GEEVALUEERD")
        asked = per_soort[Uitzondering.Soort.DOORBREKING]
        jaren.append(
            {
                "jaar": one,
                "gevraagd": sum(asked.values()),
                "verstrekt": sum(asked.get(u, 0) for u in given),
                "afgewezen": asked.get(Doorbreking.Stand.AFGEWEZEN.value, 0),
                "meldcodes": sum(per_soort[Uitzondering.Soort.MELDCODE].values()),
                "gemeld": per_soort[Uitzondering.Soort.MELDCODE].get("GEMELD", 0),
            }
        )
    return {"plek": plek, "jaren": jaren}


@signed_in
@form_page
def doorbreking_nieuw(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = DoorbrekingForm(posted(request), kwestie=found)
    made: list[Doorbreking] = []
    if succeeds(
        form,
        lambda: made.append(
            doorbreken.request_doorbreking(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                aanvraag=form.aanvraag(),
            )
        ),
    ):
        say(request, _("Je collega kan dit nu toetsen. Vertel nog niets."), form)
        return redirect("cases:doorbreking", slug=slug, pk=made[0].pk)
    return show(request, "doorbreking_nieuw", found, form)


@signed_in
@form_page
def doorbreking(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """The whole request; and below it what is hers to do next, if anything."""
    wie = request.wie
    row = access.doorbreking_for(wie, request.plek, pk)
    plek = access.plek_with(wie, request.plek, *Recht)
    is_eigen = access.has_to_write(wie, plek, row.kwestie_id)
    beurten = _doorbreking_turns(request, row, is_eigen=is_eigen)
    if answered := answer(request, beurten):
        return redirect("cases:doorbreking", slug=slug, pk=pk)
    logboek.doorbreking_ingezien(wie, row)
    context = {"row": row, "plek": plek, "is_eigen": is_eigen, "beurten": beurten}
    return shown(request, "doorbreking", context, answered)


def _doorbreking_turns(
    request: SignedRequest, row: Doorbreking, *, is_eigen: bool
) -> list[Beurt]:
    wie, stand = request.wie, row.stand
    about: dict[str, Any] = {"actor": wie, "tenant_id": row.tenant_id, "pk": row.pk}
    turns: list[Beurt] = []
    if stand == Doorbreking.Stand.TOETS and wie.user_id == row.toetser_id:
        turns.append(_verdict(request, about, "toets"))
    if stand == Doorbreking.Stand.BESLUIT and wie.user_id == row.beslisser_id:
        turns.append(_verdict(request, about, "besluit"))
    if not is_eigen:
        return turns
    if stand == Doorbreking.Stand.TOEGESTAAN:
        turns += _own_turns(request, row, about)
    if stand == Doorbreking.Stand.VERSTREKT:
        terug = TekstForm(
            mine(request, "terugkijken"),
            vraag=_("Hoe is het gegaan? Wat vond de cliënt ervan?"),
        )
        turns.append(
            Beurt(
                "terugkijken",
                _("Terugkijken"),
                terug,
                lambda: doorbreken.look_back(
                    **about, evaluatie=terug.cleaned_data["tekst"]
                ),
                _("Opslaan"),
            )
        )
    if stand in (Doorbreking.Stand.TOETS, Doorbreking.Stand.BESLUIT):
        weg = KwestieForm(mine(request, "intrekken"))
        turns.append(
            Beurt(
                "intrekken",
                _("Toch niet nodig?"),
                weg,
                lambda: doorbreken.withdraw_doorbreking(**about),
                _("Aanvraag intrekken"),
            )
        )
    return turns


def _verdict(request: SignedRequest, about: dict[str, Any], doe: str) -> Beurt:
    form = OordeelVanCollegaForm(mine(request, doe))

    def verb() -> object:
        said, tekst = form.is_akkoord, form.cleaned_data["tekst"]
        if doe == "toets":
            return doorbreken.review_doorbreking(**about, is_akkoord=said, advies=tekst)
        return doorbreken.decide_doorbreking(**about, is_toegestaan=said, besluit=tekst)

    kop = _("Jouw toets") if doe == "toets" else _("Jouw besluit")
    return Beurt(doe, kop, form, verb, _("Vastleggen"))


def _own_turns(
    request: SignedRequest, row: Doorbreking, about: dict[str, Any]
) -> list[Beurt]:
    """Tell the client first; then what was told to whom."""
    tell = ClientVertellenForm(mine(request, "vertellen"))
    told = Beurt(
        "vertellen",
        _("Vertel het de cliënt"),
        tell,
        lambda: doorbreken.tell_client(
            **about, op=tell.moment(), uitstel=tell.cleaned_data["uitstel"]
        ),
        _("Vastleggen"),
    )
    untold = [] if row.client_geinformeerd_op else [told]
    if untold and not row.uitstel:
        return untold
    give = TekstForm(
        mine(request, "verstrekken"),
        auto_id="verstrekken_%s",
        vraag=_("Wat heb je aan wie verteld?"),
        hulp=_("Niet meer dan wat is toegestaan."),
    )
    given = Beurt(
        "verstrekken",
        _("Informatie gegeven"),
        give,
        lambda: doorbreken.give_information(
            **about, verstrekt=give.cleaned_data["tekst"]
        ),
        _("Vastleggen"),
    )
    return [given, *untold]


@signed_in
@form_page
def meldcode_nieuw(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Step 1 of the meldcode."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = MeldcodeStartForm(posted(request), kwestie=found)
    made: list[MeldcodeTraject] = []

    def verb() -> None:
        data = form.cleaned_data
        made.append(
            meldcoden.start_meldcode(
                actor=wie,
                tenant_id=found.tenant_id,
                kwestie_id=pk,
                signalen=data["signalen"],
                signalen_op=data["signalen_op"],
                functie=data["functie"],
                verantwoordelijke_id=data["verantwoordelijke"].pk,
            )
        )

    if succeeds(form, verb):
        say(request, _("Stap 1 is vastgelegd. Overleg nu met een collega."), form)
        return redirect("cases:meldcode", slug=slug, pk=made[0].pk)
    return show(request, "meldcode_nieuw", found, form)


@signed_in
@form_page
def meldcode(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """What was done of the five steps, and the step that is next."""
    wie = request.wie
    row = access.meldcode_for(wie, request.plek, pk)
    plek = access.plek_with(wie, request.plek, *Recht)
    is_eigen = access.has_to_write(wie, plek, row.kwestie_id)
    beurt = _meldcode_turn(request, row, is_eigen=is_eigen)
    beurten = [beurt] if beurt else []
    if answered := answer(request, beurten):
        return redirect("cases:meldcode", slug=slug, pk=pk)
    logboek.meldcode_ingezien(wie, row)
    context = {"row": row, "plek": plek, "is_eigen": is_eigen, "beurten": beurten}
    return shown(request, "meldcode", context, answered)


def _meldcode_turn(
    request: SignedRequest, row: MeldcodeTraject, *, is_eigen: bool
) -> Beurt | None:
    stap = row.stap
    is_second = request.wie.user_id == row.verantwoordelijke_id
    if stap == MeldcodeTraject.Stap.BEVESTIGING:
        return _confirmation(request, row) if is_second else None
    if not is_eigen or stap == MeldcodeTraject.Stap.GESLOTEN:
        return None
    about: dict[str, Any] = {
        "actor": request.wie,
        "tenant_id": row.tenant_id,
        "pk": row.pk,
    }
    if meldcoden.looks_at_herself(request.wie, row):
        return _other_colleague(request, row, about)
    return _MELDCODE_STAPPEN[stap](request, about, row.stap_label)


def _other_colleague(
    request: SignedRequest, row: MeldcodeTraject, about: dict[str, Any]
) -> Beurt:
    form = MeekijkerForm(mine(request, "MEEKIJKER"), row=row)

    def verb() -> object:
        ander = form.cleaned_data["verantwoordelijke"].pk
        return meldcoden.ask_other_colleague(**about, verantwoordelijke_id=ander)

    return Beurt("MEEKIJKER", _("Vraag een ander"), form, verb, _("Opslaan"))


def _confirmation(request: SignedRequest, row: MeldcodeTraject) -> Beurt:
    form = OordeelVanCollegaForm(mine(request, "BEVESTIGING"))
    return Beurt(
        "BEVESTIGING",
        _("Jij kijkt mee"),
        form,
        lambda: meldcoden.confirm_meldcode(
            actor=request.wie,
            tenant_id=row.tenant_id,
            pk=row.pk,
            is_akkoord=form.is_akkoord,
            tekst=form.cleaned_data["tekst"],
        ),
        _("Vastleggen"),
    )


def _consultatie(request: SignedRequest, about: dict[str, Any], kop: str) -> Beurt:
    form = ConsultatieForm(mine(request, "CONSULTATIE"))
    return Beurt(
        "CONSULTATIE",
        kop,
        form,
        lambda: meldcoden.record_consultatie(
            **about,
            op=form.cleaned_data["op"],
            tekst=form.cleaned_data["tekst"],
            is_veilig_thuis=form.cleaned_data["is_veilig_thuis"],
        ),
        _("Stap 2 vastleggen"),
    )


def _gesprek(request: SignedRequest, about: dict[str, Any], kop: str) -> Beurt:
    form = GesprekForm(mine(request, "GESPREK"))

    def verb() -> object:
        data = form.cleaned_data
        return meldcoden.record_gesprek(
            **about,
            op=data["op"] if data["gesproken"] == "ja" else None,
            tekst=data["tekst"],
            geen_gesprek=data["geen_gesprek"],
        )

    return Beurt("GESPREK", kop, form, verb, _("Stap 3 vastleggen"))


def _afweging(request: SignedRequest, about: dict[str, Any], kop: str) -> Beurt:
    form = AfwegingForm(mine(request, "AFWEGING"))
    return Beurt(
        "AFWEGING",
        kop,
        form,
        lambda: meldcoden.weigh(**about, afweging=form.afweging()),
        _("Stap 4 vastleggen"),
    )


def _besluit(request: SignedRequest, about: dict[str, Any], kop: str) -> Beurt:
    form = MeldcodeBesluitForm(mine(request, "BESLUIT"))

    def verb() -> object:
        data = form.cleaned_data
        return meldcoden.decide_meldcode(
            **about,
            is_melden=data["is_melden"] == "ja",
            melden=data["melden"],
            is_hulp=data["is_hulp"] == "ja",
            hulp=data["hulp"],
        )

    return Beurt("BESLUIT", kop, form, verb, _("Stap 5 vastleggen"))


def _gevolgd(request: SignedRequest, about: dict[str, Any], kop: str) -> Beurt:
    form = TekstForm(
        mine(request, "GEVOLGD"), vraag=_("Wat is er na de besluiten gebeurd?")
    )
    return Beurt(
        "GEVOLGD",
        kop,
        form,
        lambda: meldcoden.close_meldcode(**about, gevolg=form.cleaned_data["tekst"]),
        _("Meldcode sluiten"),
    )


_MELDCODE_STAPPEN: dict[str, Callable[[SignedRequest, dict[str, Any], str], Beurt]] = {
    MeldcodeTraject.Stap.CONSULTATIE: _consultatie,
    MeldcodeTraject.Stap.GESPREK: _gesprek,
    MeldcodeTraject.Stap.AFWEGING: _afweging,
    MeldcodeTraject.Stap.BESLUIT: _besluit,
    MeldcodeTraject.Stap.GEVOLGD: _gevolgd,
}
