"""A kwestie and the signals it is part of: linked, and let go."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import access, services
from cases.services import KwestieError
from cases.views.antwoorden import to
from tenants.access import Refused
from tenants.doors import SignedRequest, signed_in


@signed_in
@require_POST
def signaal_koppelen(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """From now on the kwestie counts in the signal that was chosen."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    try:
        signaal_id = UUID(request.POST.get("signaal", ""))
        services.link_signaal(
            actor=wie, tenant_id=found.tenant_id, kwestie_id=pk, signaal_id=signaal_id
        )
    except ValueError:
        messages.error(request, _("Kies een signaal."))
    except KwestieError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("De kwestie telt nu mee in het signaal."))
    return to(pk, slug)


@signed_in
@require_POST
def signaal_los(
    request: SignedRequest, slug: str, pk: UUID, koppeling: UUID
) -> HttpResponse:
    """The kwestie counts no more in the signal."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    try:
        services.unlink_signaal(
            actor=wie, tenant_id=found.tenant_id, kwestie_id=pk, koppeling_id=koppeling
        )
    except Refused as error:
        raise Http404 from error
    except KwestieError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("De kwestie telt niet meer mee in het signaal."))
    return to(pk, slug)
