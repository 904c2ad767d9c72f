"""Doors for everybody to what a tenant says of itself; and to slips for its clients."""

from django.urls import path

from tenants.views import ervaringen, publiek

app_name = "publiek"
A = "adviespunt/<slug:slug>/"

urlpatterns = [
    path("adviespunt/", publiek.zoek, name="zoek"),
    path("adviespunt/wat-is-clientondersteuning/", publiek.uitleg, name="uitleg"),
    path(A, publiek.adviespunt, name="adviespunt"),
    path(f"{A}versie/<int:versie>/", publiek.adviespunt, name="versie"),
    path(f"{A}stijl/<slug:merk>.css", publiek.stijlblad, name="stijlblad"),
    path(f"{A}stijl/<slug:merk>.png", publiek.logo, name="logo"),
    path(f"{A}ervaring/", publiek.ervaring, name="ervaring"),
    path(f"{A}ervaring/bedankt/", publiek.ervaring_bedankt, name="ervaring_bedankt"),
    path(f"{A}<slug:soort>/", publiek.document, name="document"),
    path(f"{A}<slug:soort>/<int:versie>/", publiek.document, name="document_versie"),
    path("ervaringen/", ervaringen.lijst, name="ervaringen_lijst"),
    path("t/<slug:slug>/briefjes/", ervaringen.briefjes, name="briefjes"),
    path("t/<slug:slug>/ervaringen/", ervaringen.ervaringen, name="ervaringen"),
]
