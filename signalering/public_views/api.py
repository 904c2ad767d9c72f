"""The API of open data, by the NLGov API Design Rules (docs/adr/0027-a-portal-apart.md).

Every answer says the version, every error is problem+json, anybody's page may ask.

Guarded by tests/signalering/test_api.py.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from signalering import publication, selectors
from signalering.apiversie import VERSIE
from signalering.forms_openbaar import ApiFilterForm
from signalering.models import Publicatie
from signalering.public_views.voorraad import DATA, fresh
from signalering.publication.openapi import document

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
VEILIG: Final = ("GET", "HEAD", "OPTIONS")
PROBLEEM: Final = "application/problem+json"
JSON: Final = "application/json"
FILTERS: Final = (
    *("opdrachtgever", "zoek", "jaar", "periode", "onderwerp"),
    *("page", "pageSize"),
)
TITELS: Final = {
    400: "Deze vraag klopt niet",
    404: "Niet gevonden",
    405: "Alleen lezen",
    410: "Ingetrokken",
    500: "Er ging iets mis",
}


class Fout(Exception):
    """A parameter that is wrong; the text says what to do."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__("parameters")
        self.fouten = dict(fouten)


def endpoint(*parameters: str) -> Callable[[View], View]:
    """Reading only, no other query keys than these, CORS, version, problem+json."""

    def decorate(view: View) -> View:
        kept = fresh(DATA)(view)

        @wraps(view)
        def inner(
            request: HttpRequest, *args: object, **kwargs: object
        ) -> HttpResponse:
            if request.method == "OPTIONS":
                return _headers(HttpResponse(status=204))
            return _headers(_answer(kept, parameters, request, *args, **kwargs))

        return csrf_exempt(inner)  # POST gets its own answer: it is not there

    return decorate


def _answer(
    view: View,
    parameters: tuple[str, ...],
    request: HttpRequest,
    *args: object,
    **kwargs: object,
) -> HttpResponse:
    if request.method not in VEILIG:
        refused = problem(405, _("Deze API is alleen om te lezen. Gebruik GET."))
        refused["Allow"] = ", ".join(VEILIG)
        return refused
    unknown = {
        name: _("Deze parameter bestaat niet. Haal hem weg.")
        for name in request.GET
        if name not in parameters
    }
    try:
        if unknown:
            raise Fout(unknown)
        return view(request, *args, **kwargs)
    except Fout as fout:
        fouten = [{"parameter": k, "reden": v} for k, v in fout.fouten.items()]
        detail = _("Verbeter de parameters die bij fouten staan.")
        return problem(400, detail, fouten=fouten)
    except Exception:
        logger.exception("an answer of the API failed")
        return problem(500, _("Probeer het later opnieuw."))


def _headers(response: HttpResponse) -> HttpResponse:
    response["API-Version"] = VERSIE
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(VEILIG)
    response["Access-Control-Expose-Headers"] = "API-Version, ETag, Link, Retry-After"
    response["Referrer-Policy"] = "no-referrer"
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response["Cache-Control"] = "no-store"
    return response


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An error by RFC 9457."""
    body = {"type": "about:blank", "title": TITELS[status], "status": status}
    return _json({**body, "detail": detail, **more}, status, PROBLEEM)


def _json(body: Any, status: int = 200, media: str = JSON) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=media)


@endpoint(*FILTERS)
def api_lijst(request: HttpRequest) -> HttpResponse:
    """The catalogue, a page at a time."""
    form = ApiFilterForm(request.GET)
    if not form.is_valid():
        raise Fout({name: str(found[0]) for name, found in form.errors.items()})
    found = selectors.publicaties(**form.filters).defer("cijfers")
    pages = Paginator(found, form.cleaned_data["pageSize"] or 100)
    number = form.cleaned_data["page"] or 1
    if number > pages.num_pages:
        raise Fout({"page": _("Zo veel bladzijden zijn er niet.")})
    page = pages.page(number)
    links = _page_links(request, page)
    answer = _json(
        {
            "publicaties": [publication.summary(p) for p in page],
            "aantal": pages.count,
            "pagina": page.number,
            "paginas": pages.num_pages,
            "links": links,
        }
    )
    answer["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
    return answer


def _page_links(request: HttpRequest, page: Page[Publicatie]) -> dict[str, str]:
    given = {k: request.GET[k] for k in request.GET if k != "page"}
    numbers = {"self": page.number, "first": 1, "last": page.paginator.num_pages}
    if page.has_previous():
        numbers["prev"] = page.previous_page_number()
    if page.has_next():
        numbers["next"] = page.next_page_number()
    base = publication.absolute(request.path)
    return {
        rel: f"{base}?{urlencode({**given, 'page': number})}"
        for rel, number in numbers.items()
    }


def _found(pk: UUID) -> Publicatie | HttpResponse:
    """The publication, or what to answer instead."""
    found = selectors.publicatie_by_id(pk)
    if found is None:
        return problem(404, _("Er is geen publicatie met dit nummer."))
    if found.ingetrokken_op:
        detail = _("Deze publicatie is ingetrokken: %(reden)s") % {
            "reden": found.ingetrokken_reden
        }
        return problem(410, detail, publicatie=publication.summary(found))
    return found


def _wants_csv(request: HttpRequest) -> bool:
    formaat = request.GET.get("formaat", "json")
    if formaat not in ("json", "csv"):
        raise Fout({"formaat": _("Kies json of csv.")})
    return formaat == "csv"


@endpoint("formaat")
def api_publicatie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One publication with every table; withheld numbers are null."""
    as_csv, found = _wants_csv(request), _found(pk)
    if isinstance(found, HttpResponse):
        return found
    if as_csv:
        return csv_file(found)
    return _json(publication.detail(found))


@endpoint("formaat")
def api_tabel(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """One table of a publication."""
    as_csv, found = _wants_csv(request), _found(pk)
    if isinstance(found, HttpResponse):
        return found
    figures = publication.figures_of(found)
    if code not in publication.tables_of(figures):
        return problem(404, _("Deze publicatie heeft geen tabel met deze code."))
    if as_csv:
        return csv_file(found, code)
    return _json(publication.one_table(figures, code))


def csv_file(found: Publicatie, tabel: str = "") -> HttpResponse:
    """The figures as a file to open in a spreadsheet."""
    name = publication.file_name(found, "csv", tabel)
    return HttpResponse(
        publication.as_csv(found, tabel),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@endpoint()
def api_opdrachtgevers(request: HttpRequest) -> HttpResponse:
    """Who has publications."""
    rows = selectors.opdrachtgevers_met_publicaties()
    return _json({"opdrachtgevers": [_opdrachtgever(row) for row in rows]})


def _opdrachtgever(row: dict[str, Any]) -> dict[str, Any]:
    code = row["opdrachtgever_slug"]
    listed = f"{reverse('signalering:api_publicaties')}?opdrachtgever={code}"
    return {
        "code": code,
        "naam": row["opdrachtgever"],
        "type": row["opdrachtgever_type"],
        "aantal": row["aantal"],
        "links": {
            "publicaties": publication.absolute(listed),
            "feed": publication.absolute(reverse("signalering:feed_van", args=[code])),
        },
    }


@endpoint()
def api_begin(request: HttpRequest) -> HttpResponse:
    """Where everything is; also with a slash, which the root may have."""
    names = ("publicaties", "opdrachtgevers", "openapi")
    links = {
        name: publication.absolute(reverse(f"signalering:api_{name}")) for name in names
    }
    return _json({"versie": VERSIE, "links": links})


@endpoint()
def api_openapi(request: HttpRequest) -> HttpResponse:
    """The description of all this."""
    return _json(document())


@endpoint()
def api_onbekend(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address under /api/v1/, also one with a slash at its end."""
    return problem(404, _("Dit adres is er niet. Zie /api/v1/openapi.json."))
