"""A return code for an anonymous caller: given once, or taken back in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cases import access
from cases.forms.terugkomen import TerugkomForm
from cases.services import KwestieError
from cases.services.terugkomen import give_code, use_code
from cases.views.antwoorden import form_page, posted, say, show, to
from tenants.doors import SignedRequest, signed_in


@signed_in
@form_page
def terugkomcode(request: SignedRequest, slug: str, pk: UUID) -> HttpResponse:
    """Give a code, shown on the answer to this POST and nowhere else, or use one."""
    wie = request.wie
    found = access.kwestie_for(wie, request.plek, pk, write=True)
    form = TerugkomForm(posted(request))
    if form.is_bound and form.is_valid():
        tenant_id, typed = found.tenant_id, form.cleaned_data["terugkomcode"]
        try:
            if not typed:
                code = give_code(actor=wie, tenant_id=tenant_id, kwestie_id=pk)
                return show(request, "terugkomcode_gegeven", found, form, code=code)
            use_code(actor=wie, tenant_id=tenant_id, kwestie_id=pk, code=typed)
        except KwestieError as error:
            form.refuse(error)
        else:
            say(request, _("De terugkomcode klopt. Deze kwestie hoort erbij."), form)
            return to(pk, slug)
    return show(request, "terugkomcode", found, form)
