"""Coming in: the link of an invitation, the declaration of secrecy, one's own profile.

These pages work as the login role, outside every scope: who comes here has none yet.
A link that does not count has one page, whatever is wrong with it.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tenants import logboek_mensen as logboek
from tenants import uitnodigen, verklaring
from tenants.forms.mensen import AannemenForm, ProfielForm, TekenForm, WelkomForm
from tenants.inloggen.personen import person_of
from tenants.models import Medewerker, User
from tenants.roles import MEDEWERKER, OPDRACHTGEVER, ROLLEN
from tenants.uitnodigen import Genodigd, LinkWerktNiet
from tenants.views.antwoorden import form_page, posted, show, succeeds


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _dead(request: HttpRequest, token: str) -> HttpResponse:
    uitnodigen.refused(token)
    return render(request, "tenants/link_werkt_niet.html", status=404)


@never_cache
@sensitive_post_parameters("wachtwoord")
@form_page
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation; it is used up by accepting, not by looking."""
    try:
        found = uitnodigen.look(token)
        user = _user(request)
        if user is not None:
            return _as_herself(request, token, found, user)
        if uitnodigen.account_at(found.email) is not None:
            context = {"rol": ROLLEN[found.rol].naam, "tenant": found.tenant}
            return render(request, "tenants/uitnodiging_inloggen.html", context)
        return _as_new(request, token, found)
    except LinkWerktNiet:
        return _dead(request, token)


def _as_new(request: HttpRequest, token: str, found: Genodigd) -> HttpResponse:
    form = WelkomForm(posted(request), email=found.email)
    if succeeds(
        form,
        lambda: uitnodigen.accept_as_new(
            token,
            naam=form.cleaned_data["naam"],
            password=form.cleaned_data["wachtwoord"],
        ),
    ):
        return render(request, "tenants/uitnodiging_klaar.html")
    return show(
        request,
        "uitnodiging",
        form,
        genodigd=found,
        rol=ROLLEN[found.rol].naam,
        is_medewerker=found.soort == MEDEWERKER,
    )


def _as_herself(
    request: HttpRequest, token: str, found: Genodigd, user: User
) -> HttpResponse:
    """Signed in already: take the role, when the invitation is for this very person."""
    is_hers = user.email == found.email
    form = AannemenForm(posted(request) if is_hers else None)
    if succeeds(form, lambda: uitnodigen.accept_as(token, user)):
        messages.success(request, _("Je hebt de rol nu."))
        return redirect("start")
    return show(
        request,
        "uitnodiging_aannemen",
        form,
        genodigd=found,
        rol=ROLLEN[found.rol].naam,
        is_hers=is_hers,
    )


@never_cache
@login_required
@form_page
def geheimhouding(request: HttpRequest) -> HttpResponse:
    """The declaration of secrecy: sign it, or read again what was signed (S17)."""
    user = _user(request)
    if user is None or user.soort != MEDEWERKER:
        raise Http404
    signed = verklaring.signed_by(user)
    form = TekenForm(posted(request) if signed is None else None)
    if succeeds(form, lambda: verklaring.sign(user, form.cleaned_data["naam"])):
        logboek.geheimhouding_getekend(person_of(user), verklaring.VERSIE)
        messages.success(request, _("Je hebt de verklaring getekend."))
        return redirect("start")
    return show(
        request,
        "verklaring",
        form,
        tekst=verklaring.tekst(),
        versie=verklaring.VERSIE,
        naam=user.naam,
        getekend=signed,
    )


@never_cache
@login_required
@form_page
def profiel(request: HttpRequest) -> HttpResponse:
    """What is known of her. A contact of a commissioning party changes her own name and
    what she is told about (S98); of a colleague tenant administration does that.
    """
    user = _user(request)
    if user is None:
        raise Http404
    if user.soort != OPDRACHTGEVER:
        return _of_colleague(request, user)
    form = ProfielForm(posted(request), initial={"naam": user.naam})
    if form.is_bound and form.is_valid():
        User.objects.filter(pk=user.pk).update(**form.cleaned_data)
        logboek.profiel_gewijzigd(person_of(user))
        messages.success(request, _("Uw gegevens zijn opgeslagen."))
        return redirect("start")
    return show(request, "profiel", form, email=user.email)


def _of_colleague(request: HttpRequest, user: User) -> HttpResponse:
    """She reads; what she sends changes nothing."""
    if request.method == "POST":
        raise Http404
    found = Medewerker.objects.filter(pk=user.pk).first()
    rows = [(_("Naam"), user.naam), (_("E-mailadres"), user.email)]
    if found is not None:
        rows += [
            (_("Functie"), found.get_functie_display()),
            (_("Laag"), found.get_laag_display()),
            (_("Specialismen"), ", ".join(found.specialismen)),
        ]
    return render(request, "tenants/profiel_collega.html", {"rows": rows})
