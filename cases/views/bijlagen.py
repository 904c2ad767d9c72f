"""Files with a kwestie: put in, and taken out again as a download, never shown."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from cases import access
from cases.forms.brieven import BijlageForm
from cases.logboek import brieven as logboek
from cases.models import Bijlage, Kwestie, Prullenbak
from cases.selectors.brieven import inhoud_of
from cases.services import KwestieError
from cases.services.bijlagen import add_bijlage
from cases.views.antwoorden import form_page, page, posted, say, show, succeeds, to
from privacy.bestanden import Geweigerd
from privacy.zegel import ZegelFout
from tenants.doors import SignedRequest, signed_in

# Whatever it is: nothing of it runs, is guessed at, or is kept by the browser.
VEILIG = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def download(inhoud: bytes, naam: str) -> HttpResponse:
    """A file to keep elsewhere: to the browser no more than bytes with a name."""
    answer = HttpResponse(inhoud, content_type="application/octet-stream")
    named = content_disposition_header(True, naam)
    answer["Content-Disposition"] = named or "attachment"
    for header, value in VEILIG.items():
        answer[header] = value
    return answer


@signed_in
@form_page
def bijlage(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """A file that somebody gave."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = BijlageForm(posted(request), request.FILES or None, kwestie=found)
    if succeeds(form, lambda: _add(request, found, form)):
        say(request, _("De bijlage is toegevoegd."), form, found)
        return to(pk, slug)
    return show(request, "bijlage", found, form)


def _add(request: SignedRequest, kwestie: Kwestie, form: BijlageForm) -> Bijlage:
    """Also that a file was refused is on record, by the code of the reason."""
    file = form.cleaned_data["bestand"]
    try:
        return add_bijlage(
            actor=request.wie,
            tenant_id=kwestie.tenant_id,
            kwestie_id=kwestie.pk,
            naam=file.name,
            inhoud=file.read(),
            contact_id=form.contact_id,
            bijlage_id=form.cleaned_data["sleutel"],
        )
    except KwestieError as error:
        if isinstance(error.__cause__, Geweigerd):
            reden = error.__cause__.reden.value
            logboek.bijlage_geweigerd(request.wie, kwestie, reden)
        raise


@signed_in
@page
def bijlage_ophalen(
    request: SignedRequest, slug: str, pk: UUID, bijlage: UUID
) -> HttpResponse:
    """The file, as a download. What was erased is not there any more."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk)
    row = access.deel_of(found, Prullenbak.Soort.BIJLAGE, bijlage)
    if not isinstance(row, Bijlage):
        raise Http404
    try:
        inhoud = inhoud_of(row)
    except ZegelFout as error:
        if error.reden != "sleutel_weg":
            raise
        raise Http404 from error
    logboek.bijlage_opgehaald(wie, found, row)
    return download(inhoud, row.naam)
