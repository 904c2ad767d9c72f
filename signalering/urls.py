"""Doors to reports: for colleagues, for contacts of tenants, and for everybody."""

from django.urls import path

from signalering import public_views, views

app_name = "signalering"
RAPPORT = "t/<slug:slug>/rapportages/<uuid:pk>/"

urlpatterns = [
    path("rapportages/", views.lijst, name="lijst"),
    path("wat-gebeurde-ermee/", views.gevolgen, name="gevolgen"),
    path("t/<slug:slug>/rapportages/nieuw/", views.nieuw, name="nieuw"),
    path(RAPPORT, views.rapportage, name="rapportage"),
    path(f"{RAPPORT}voortgang/", views.voortgang, name="voortgang"),
    path(f"{RAPPORT}versie/<slug:publiek>/", views.versie, name="versie"),
    path(f"{RAPPORT}pdf/<slug:publiek>/", views.pdf, name="pdf"),
    path(f"{RAPPORT}opnieuw/", views.opnieuw, name="opnieuw"),
    path(f"{RAPPORT}weglaten/", views.weglaten, name="weglaten"),
    path(f"{RAPPORT}opzet/", views.opzet, name="opzet"),
    path(f"{RAPPORT}beveiliging/", views.beveiliging, name="beveiliging"),
    path(f"{RAPPORT}tekst/", views.tekst, name="tekst"),
    path(f"{RAPPORT}toets/", views.toets, name="toets"),
    path(f"{RAPPORT}stap/<slug:verb>/", views.stap, name="stap"),
    path(f"{RAPPORT}bespreking/", views.bespreking, name="bespreking"),
    path(f"{RAPPORT}reactie/", views.reactie, name="reactie"),
    path(f"{RAPPORT}vertrouwelijk/", views.vertrouwelijk, name="vertrouwelijk"),
    path(f"{RAPPORT}intrekken/", views.intrekken, name="intrekken"),
    path("telwijze/", views.telwijzen, name="telwijzen"),
    path("t/<slug:slug>/telwijze/", views.telwijze, name="telwijze"),
    path("openbaar/", public_views.catalogus, name="openbaar"),
    path("openbaar/<uuid:pk>/", public_views.publicatie, name="publicatie"),
    path("openbaar/<uuid:pk>/pdf", public_views.pdf, name="publicatie_pdf"),
    path("openbaar/<uuid:pk>/csv", public_views.csv, name="publicatie_csv"),
    path("api/v1/publicaties", public_views.api_lijst, name="api_publicaties"),
    path(
        "api/v1/publicaties/<uuid:pk>",
        public_views.api_publicatie,
        name="api_publicatie",
    ),
]
