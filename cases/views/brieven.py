"""Letters: typed with a preview beside it, agreed with the client, taken as a file."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from cases import access
from cases.brieven import Document, make_docx, make_odt
from cases.forms.brieven import AkkoordForm, BriefForm, as_gegevens, block_text
from cases.logboek import brieven as logboek
from cases.models import Brief, Kwestie, Prullenbak
from cases.selectors import SCHRIJFT, grond_of
from cases.selectors.brieven import may_leave
from cases.services import KwestieError
from cases.services.brieven import (
    document_of,
    finish_brief,
    gegevens_of,
    is_hidden,
    save_brief,
)
from cases.services.rij import VOORBIJ
from cases.views.antwoorden import form_page, page, posted, say, show, succeeds
from cases.views.bijlagen import download
from tenants.doors import SignedRequest, signed_in


def _brief(kwestie: Kwestie, pk: UUID) -> Brief:
    row = access.deel_of(kwestie, Prullenbak.Soort.BRIEF, pk)
    if not isinstance(row, Brief):
        raise Http404
    return row


@signed_in
@form_page
def brief_nieuw(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    found = access.kwestie_for(request.wie, request.plek, pk, write=True)
    return _write(request, found, None)


@signed_in
@form_page
def brief_bewerken(
    request: SignedRequest, slug: str, pk: UUID, brief: UUID
) -> HttpResponse:
    """A concept; one that is final is only looked at."""
    found = access.kwestie_for(request.wie, request.plek, pk, write=True)
    row = _brief(found, brief)
    if row.is_definitief:
        messages.info(request, _("Deze brief is definitief. Hij verandert niet meer."))
        return redirect("cases:brief", slug=slug, pk=pk, brief=brief)
    logboek.brief_ingezien(request.wie, found, row)
    return _write(request, found, row)


def _write(request: SignedRequest, kwestie: Kwestie, row: Brief | None) -> HttpResponse:
    form = BriefForm(posted(request), kwestie=kwestie, brief=row)
    made: list[Brief] = []
    if request.method == "POST" and request.POST.get("actie") == "invoegen":
        form = _with_block(request, kwestie, row)
    elif succeeds(
        form,
        lambda: made.append(
            save_brief(
                actor=request.wie,
                tenant_id=kwestie.tenant_id,
                kwestie_id=kwestie.pk,
                gegevens=form.gegevens(),
                brief_id=row.pk if row else form.cleaned_data["sleutel"],
                versie=form.cleaned_data["versie"] if row else None,
            )
        ),
    ):
        say(request, _("De brief is bewaard als concept."), form, kwestie)
        slug = request.plek.slug if request.plek else ""
        return redirect("cases:brief", slug=slug, pk=kwestie.pk, brief=made[0].pk)
    return show(request, "brief_vorm", kwestie, form, brief=row)


def _with_block(
    request: SignedRequest, kwestie: Kwestie, row: Brief | None
) -> BriefForm:
    """What was typed, with the chosen text block behind it; nothing is stored."""
    data = request.POST.copy()
    block = block_text(kwestie.tenant_id, data.get("blok", ""))
    parts = [data.get("tekst", "").strip(), block]
    data["tekst"] = "\n\n".join(part for part in parts if part)
    data["blok"] = ""
    return BriefForm(kwestie=kwestie, brief=row, concept=BriefForm.getypt_in(data))


@signed_in
@require_POST
def brief_voorbeeld(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """How the letter looks with what is typed now; nothing is stored."""
    found = access.kwestie_for(request.wie, request.plek, pk, write=True)
    gegevens = as_gegevens(request.POST)
    context = _about(found, gegevens.soort, gegevens.aan_soort)
    try:
        context["document"] = document_of(found, gegevens)
    except KwestieError as error:
        context["fout"] = error.tekst
    return render(request, "cases/brief_tekst.html", context)


def _about(kwestie: Kwestie, soort: str, aan_soort: str) -> dict[str, object]:
    """What there is to know before it goes out."""
    hidden = is_hidden(kwestie, aan_soort)
    return {
        "is_verborgen": hidden,
        "is_bezwaar_zonder_naam": hidden and soort == Brief.Soort.BEZWAAR,
    }


@signed_in
@page
def brief(request: SignedRequest, slug: str, pk: UUID, brief: UUID) -> HttpResponse:
    """One letter as it will be read; final, with its files."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk)
    row = _brief(found, brief)
    logboek.brief_ingezien(wie, found, row)
    context = {
        "kwestie": found,
        "plek": request.plek,
        "brief": row,
        "is_eigen": grond_of(found) in SCHRIJFT and found.status not in VOORBIJ,
        "mag_eruit": may_leave(found, row),
        **_about(found, row.soort, row.aan_soort),
    }
    try:
        context["document"] = _document(found, row)
    except KwestieError as error:
        context["fout"] = error.tekst
    return render(request, "cases/brief.html", context)


def _document(kwestie: Kwestie, row: Brief) -> Document:
    if row.is_definitief:
        return Document.from_text(row.inhoud)
    return document_of(kwestie, gegevens_of(row))


@signed_in
@form_page
def brief_definitief(
    request: SignedRequest, slug: str, pk: UUID, brief: UUID
) -> HttpResponse:
    """The client saw it and agreed."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    row = _brief(found, brief)
    form = AkkoordForm(posted(request), kwestie=found, brief=row)
    if succeeds(
        form,
        lambda: finish_brief(
            actor=wie,
            tenant_id=found.tenant_id,
            kwestie_id=pk,
            brief_id=row.pk,
            versie=form.cleaned_data["versie"],
            akkoord=form.akkoord(),
        ),
    ):
        say(request, _("De brief is definitief. Je kunt hem nu ophalen."), form)
        return redirect("cases:brief", slug=slug, pk=pk, brief=brief)
    return show(request, "brief_definitief", found, form, brief=row)


@signed_in
@page
def brief_bestand(
    request: SignedRequest, slug: str, pk: UUID, brief: UUID, vorm: str
) -> HttpResponse:
    """A final letter as a file, made now; nothing of it is stored."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk)
    row = _brief(found, brief)
    if vorm not in ("docx", "odt", "pdf") or not row.is_definitief:
        raise Http404
    if not may_leave(found, row):  # V8: the client became anonymous since
        raise Http404
    logboek.brief_opgehaald(wie, found, row, vorm)
    document = Document.from_text(row.inhoud)
    made = {"docx": make_docx, "odt": make_odt, "pdf": _pdf}[vorm](document)
    return download(made, f"{row.soort.lower()}-{found.nummer}.{vorm}")


def _pdf(document: Document) -> bytes:
    with override("nl"):
        html = render_to_string("report/brief.html", {"document": document})
    (made,) = import_string(settings.DRUKKER)([html])
    return bytes(made)
