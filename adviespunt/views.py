"""The front door: where somebody goes first, and what machines ask."""

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenants.middleware import TenantRequest
from tenants.roles import CASE_RIGHTS, Recht

REPORT_RIGHTS = (Recht.RAPPORTAGE_LEZEN, Recht.RAPPORTAGE_ONTVANGEN)


def start(request: TenantRequest) -> HttpResponse:
    """Everybody to the page her work begins with; a visitor gets the welcome."""
    wie = request.wie
    if wie is None:
        return render(request, "public/welkom.html")
    if wie.can(*CASE_RIGHTS):
        return redirect("cases:dag")
    if wie.can(*REPORT_RIGHTS):
        return redirect("signalering:lijst")
    if wie.can(Recht.LOG_INZIEN):
        return redirect("cases:logboek")
    if wie.can(Recht.TENANT_BEHEREN):
        return redirect("beheer:lijst")
    return render(request, "public/geen_taken.html")


def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: this process can reach its database."""
    return HttpResponse("ok\n", content_type="text/plain")


def elders(request: HttpRequest, **_parts: object) -> NoReturn:
    """A page of another process (``adviespunt.delen``)."""
    raise Http404
