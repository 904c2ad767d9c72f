"""Addresses beside the sign-in: they work as the login role, outside every scope."""

from django.urls import path

from tenants.views import binnenkomen

urlpatterns = [
    path("uitnodiging/<str:token>/", binnenkomen.uitnodiging, name="uitnodiging"),
    path("geheimhouding/", binnenkomen.geheimhouding, name="verklaring"),
    path("profiel/", binnenkomen.profiel, name="profiel"),
]
