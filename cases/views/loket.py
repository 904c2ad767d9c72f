"""The door of visitors: no account, no session, nothing remembered of who was there.

Every answer is ``no-store``: what is on it is for one pair of eyes. The code goes along
in the form, never in an address.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.loket import BerichtForm, LoketForm, TerugForm
from cases.selectors.loket import KORTSTE_ZOEKTERM, door_at, doors, national_door
from cases.services.loket import Draad, come_back, send, write_back
from cases.services.loketdrempel import TeDruk
from cases.services.regels import KwestieError
from privacy.loketcode import Loketcode, read

# Not more doors than one can look over; else she types where it is.
LIJST = 12
no_store = cache_control(no_store=True, private=True)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _show(
    request: HttpRequest, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    return render(request, f"public/loket/{template}.html", context, status=status)


@require_safe
@no_store
def loket(request: HttpRequest) -> HttpResponse:
    """The national door: where it is about decides who helps (S76)."""
    zoek = request.GET.get("waar", "").strip()[:80]
    is_asked = "waar" in request.GET
    found = doors(zoek) if len(zoek) >= KORTSTE_ZOEKTERM or not is_asked else []
    return _show(
        request,
        "deur",
        zoek=zoek,
        is_gevraagd=is_asked,
        landelijk=national_door(),
        deuren=found if is_asked or len(found) <= LIJST else [],
        fictief=any(een.is_fictief for een in found),
    )


@form_page
@no_store
@sensitive_post_parameters()
def loket_melden(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask something of one tenant; the code is on the answer and nowhere else."""
    deur = door_at(slug)
    if deur is None:
        raise Http404
    context: dict[str, Any] = {"deur": deur, "fictief": deur.is_fictief}
    context["is_landelijk"] = slug == settings.LOKET_LANDELIJK
    if not deur.is_open:
        return _show(request, "dicht", **context)
    form = LoketForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            code = send(deur, form.cleaned_data["token"], form.zending)
        except TeDruk as error:
            return _show(request, "druk", 429, fout=error, **context)
        except KwestieError as error:
            form.refuse(error)
        else:
            belt = bool(form.zending.telefoon)
            return _show(request, "verstuurd", code=code, belt=belt, **context)
    status = 422 if form.errors else 200
    return _show(request, "melden", status, form=form, **context)


@form_page
@no_store
@sensitive_post_parameters()
def loket_terug(request: HttpRequest) -> HttpResponse:
    """Come back with a code: read what was answered, and perhaps add something."""
    if request.method != "POST":
        return _show(request, "terug", form=TerugForm())
    if "bericht_id" in request.POST:
        return _add(request)
    form = TerugForm(request.POST)
    if not form.is_valid():
        return _show(request, "terug", 422, form=form)
    code: Loketcode = form.cleaned_data["code"]
    try:
        draad = come_back(code)
    except TeDruk as error:
        return _show(request, "druk", 429, fout=error)
    if draad is None:
        form.add_error("code", _unknown())
        return _show(request, "terug", 422, form=form)
    return _thread(request, code, draad)


def _unknown() -> str:
    return _(
        "Deze code kennen we niet. Kijk hem nog eens na. Is uw vraag langer dan twee"
        " jaar geleden afgerond? Dan is alles verwijderd."
    )


def _add(request: HttpRequest) -> HttpResponse:
    form = BerichtForm(request.POST)
    code = read(request.POST.get("code", ""))
    try:
        draad = come_back(code) if code else None
        if code is None or draad is None:
            again = TerugForm({"code": ""})
            again.add_error("code", _unknown())
            return _show(request, "terug", 422, form=again)
        if not form.is_valid():
            return _thread(request, code, draad, form)
        data = form.cleaned_data
        write_back(code, data["bericht_id"], data["bericht"].strip())
        draad = come_back(code) or draad
    except TeDruk as error:
        return _show(request, "druk", 429, fout=error)
    return _thread(request, code, draad, is_toegevoegd=True)


def _thread(
    request: HttpRequest,
    code: Loketcode,
    draad: Draad,
    form: BerichtForm | None = None,
    **context: Any,
) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    form = form or BerichtForm(initial={"code": str(code)})
    return _show(request, "draad", status, draad=draad, form=form, **context)
