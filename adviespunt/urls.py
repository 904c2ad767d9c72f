"""Composition of the doors."""

from django.conf import settings
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView, TemplateView

from adviespunt import views
from adviespunt.meelezen import meelezen

favicon = RedirectView.as_view(url=settings.STATIC_URL + "adviespunt/favicon.svg")

urlpatterns = [
    path("", views.start, name="start"),
    path("", include("cases.urls")),
    path("", include("signalering.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path(
        "toegankelijkheid",
        TemplateView.as_view(template_name="public/toegankelijkheid.html"),
        name="toegankelijkheid",
    ),
    path(
        "privacy",
        TemplateView.as_view(template_name="public/privacy.html"),
        name="privacy",
    ),
    path(
        ".well-known/security.txt",
        cache_control(max_age=86400)(views.security_txt),
        name="security_txt",
    ),
    path("gezond", views.health, name="gezond"),
    path("meelezen/", meelezen, name="meelezen"),
]
