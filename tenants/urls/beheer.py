"""Doors to administration. What writes has the tenant in its path."""

from django.urls import path

from tenants.views import (
    afspraken,
    documenten,
    gemeenten,
    huisstijl,
    opdrachtgevers,
)

app_name = "beheer"
T = "t/<slug:slug>/beheer/"

urlpatterns = [
    path("beheer/opdrachtgevers/", opdrachtgevers.lijst, name="lijst"),
    path("beheer/opdrachtgevers/nieuw/", opdrachtgevers.nieuw, name="nieuw"),
    path("beheer/gemeenten/", gemeenten.gemeenten, name="gemeenten"),
    path(T, opdrachtgevers.opdrachtgever, name="opdrachtgever"),
    path(f"{T}gegevens/", opdrachtgevers.gegevens, name="gegevens"),
    path(f"{T}stand/", opdrachtgevers.zet_stand, name="stand"),
    path(f"{T}instelling/", opdrachtgevers.instelling, name="instelling"),
    path(f"{T}geschiedenis/", opdrachtgevers.geschiedenis, name="geschiedenis"),
    path(f"{T}opdrachten/", afspraken.opdrachten, name="opdrachten"),
    path(f"{T}opdrachten/nieuw/", afspraken.opdracht_nieuw, name="opdracht_nieuw"),
    path(f"{T}opdrachten/<uuid:pk>/", afspraken.opdracht, name="opdracht"),
    path(f"{T}pagina/", afspraken.publieke_pagina, name="pagina"),
    path(f"{T}pagina/voorbeeld/", documenten.pagina_voorbeeld, name="pagina_voorbeeld"),
    path(f"{T}documenten/", documenten.documenten, name="documenten"),
    path(f"{T}documenten/<slug:soort>/", documenten.document, name="document"),
    path(f"{T}lijsten/", afspraken.eigen_lijsten, name="lijsten"),
    path(f"{T}lijsten/<uuid:pk>/", afspraken.waarde, name="waarde"),
    path(f"{T}lijsten/<uuid:pk>/stand/", afspraken.waarde_stand, name="waarde_stand"),
    path(f"{T}huisstijl/", huisstijl.kiezen, name="huisstijl"),
    path(f"{T}huisstijl/<slug:merk>/", huisstijl.voorbeeld, name="voorbeeld"),
    path("t/<slug:slug>/stijl/<slug:merk>.css", huisstijl.stijlblad, name="stijlblad"),
    path("t/<slug:slug>/stijl/<slug:merk>.png", huisstijl.logo, name="logo"),
]
