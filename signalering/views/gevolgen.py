"""*Wat gebeurde ermee*: signals her kwesties count in, and reports over her periods."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases import counts, counts_signalen
from signalering import selectors
from signalering.models import SignaalStatus
from signalering.periodes import parse
from signalering.signaalwoorden import KLEUREN
from tenants.doors import SignedRequest, signed_in
from tenants.roles import Recht


@signed_in
@require_GET
def gevolgen(request: SignedRequest) -> HttpResponse:
    """The signals in which her kwesties count, with where they stand, and the reports
    that were offered over her periods; a page of its own, or as a part of *Mijn dag*.
    """
    wie = request.wie
    if wie.user_id is None or not _works_and_reads(request):
        raise Http404
    reports = selectors.offered_rapportages_for(wie)
    periodes = {f"r{n}": (r.tenant_id, r.van, r.tot) for n, r in enumerate(reports)}
    own = counts.own_kwesties(wie.user_id, periodes)
    rows = [
        {
            "rapportage": rapportage,
            "plek": wie.plekken[rapportage.tenant_id],
            "periode": parse(rapportage.periode),
            "aantal": own[f"r{n}"],
        }
        for n, rapportage in enumerate(reports)
        if own[f"r{n}"]
    ]
    own_signals = counts_signalen.own_signals(
        wie.user_id, wie.with_right(Recht.KWESTIE_EIGEN)
    )
    found = selectors.signalen_for(wie).filter(pk__in=list(own_signals))
    used = selectors.reports_with(own_signals.keys(), reports)
    signalen = [
        {
            "signaal": signaal,
            "plek": wie.plekken[signaal.tenant_id],
            "kleur": KLEUREN[SignaalStatus(signaal.status)],
            "aantal": own_signals[signaal.pk],
            "rapportages": used[signaal.pk],
        }
        for signaal in found
    ]
    is_part = request.headers.get("HX-Request") == "true"
    template = "gevolgen_deel" if is_part else "gevolgen"
    context = {"rows": rows, "signalen": signalen, "is_deel": is_part}
    return render(request, f"signalering/{template}.html", context)


def _works_and_reads(request: SignedRequest) -> bool:
    wie = request.wie
    here = set(wie.with_right(Recht.KWESTIE_EIGEN))
    return bool(here & set(wie.with_right(Recht.RAPPORTAGE_LEZEN)))
