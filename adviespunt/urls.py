"""Composition of the doors."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from adviespunt import views, vindbaar
from adviespunt.meelezen import meelezen
from adviespunt.register import views as register

favicon = RedirectView.as_view(url=settings.STATIC_URL + "adviespunt/favicon.svg")

# Before the door itself, which keeps its names: pages here link to it.
DEUR_ELDERS = [path("loket/", views.elders), path("loket/<path:rest>", views.elders)]
urlpatterns = [
    *(DEUR_ELDERS if settings.LOKET_ELDERS else []),
    path("", views.start, name="start"),
    path("", include("cases.urls")),
    path("", include("signalering.urls")),
    path("", include("tenants.urls.beheer")),
    path("", include("tenants.urls.mensen")),
    path("", include("tenants.urls.publiek")),
    path("accounts/", include("tenants.urls_accounts")),
    path("accounts/", include("tenants.inloggen.adressen")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/koppeling/", include("allauth.socialaccount.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("accounts/sessies/", include("allauth.usersessions.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path(
        "toegankelijkheid",
        TemplateView.as_view(
            template_name="public/toegankelijkheid.html",
            extra_context={"contact": settings.TOEGANKELIJK_CONTACT},
        ),
        name="toegankelijkheid",
    ),
    path(
        "privacy",
        TemplateView.as_view(
            template_name="public/privacy.html",
            extra_context={
                "contact": settings.PRIVACY_CONTACT,
                "maanden": settings.BEWAARMAANDEN[""],
                "jaren": settings.AUDIT_BEWAARTERMIJN,
            },
        ),
        name="privacy",
    ),
    path(
        "kwetsbaarheid-melden",
        TemplateView.as_view(
            template_name="public/kwetsbaarheid.html",
            extra_context={
                "contact": settings.SECURITY_CONTACT,
                "tekst": settings.SECURITY_CONTACT.removeprefix("mailto:"),
            },
        ),
        name="kwetsbaarheid",
    ),
    path(".well-known/security.txt", vindbaar.security_txt, name="security_txt"),
    path("robots.txt", vindbaar.robots_txt, name="robots_txt"),
    path("sitemap.xml", vindbaar.sitemap, name="sitemap"),
    path("gezond", views.health, name="gezond"),
    path("meelezen/", meelezen, name="meelezen"),
    path("verwerkingen/", register.verwerkingen, name="verwerkingen"),
    path("verwerkingen.csv", register.verwerkingen_csv, name="verwerkingen_csv"),
    path("verwerkingen.json", register.verwerkingen_json, name="verwerkingen_json"),
    path("t/<slug:slug>/dpia/<slug:code>/", register.dpia, name="dpia"),
    path("t/<slug:slug>/dpia/<slug:code>.json", register.dpia_json, name="dpia_json"),
]
