"""Doors to reports: for colleagues, for contacts of tenants, and for everybody."""

from django.urls import path

from signalering import openbaar, views
from signalering.controlecode import ADRES
from signalering.public_views.onderzoek import eigen_onderzoek
from signalering.public_views.verifieer import verifieer

app_name = "signalering"
RAPPORT = "t/<slug:slug>/rapportages/<uuid:pk>/"
SIGNAAL = "t/<slug:slug>/signalen/<uuid:pk>/"
ONDERZOEK = "t/<slug:slug>/onderzoeken/<uuid:pk>/"

urlpatterns = [
    path("rapportages/", views.lijst, name="lijst"),
    path("rapportages/voortgang/", views.periode_voortgang, name="periode_voortgang"),
    path("wat-gebeurde-ermee/", views.gevolgen, name="gevolgen"),
    path("t/<slug:slug>/rapportages/nieuw/", views.nieuw, name="nieuw"),
    path(RAPPORT, views.rapportage, name="rapportage"),
    path(f"{RAPPORT}voortgang/", views.voortgang, name="voortgang"),
    path(f"{RAPPORT}versie/<slug:publiek>/", views.versie, name="versie"),
    path(f"{RAPPORT}pdf/<slug:publiek>/", views.pdf, name="pdf"),
    path(f"{RAPPORT}knelpunten.csv", views.knelpunten, name="knelpunten"),
    path(f"{RAPPORT}opnieuw/", views.opnieuw, name="opnieuw"),
    path(f"{RAPPORT}weglaten/", views.weglaten, name="weglaten"),
    path(f"{RAPPORT}opzet/", views.opzet, name="opzet"),
    path(f"{RAPPORT}beveiliging/", views.beveiliging, name="beveiliging"),
    path(f"{RAPPORT}tekst/", views.tekst, name="tekst"),
    path(f"{RAPPORT}tekst/voorbeeld/", views.tekst_voorbeeld, name="tekst_voorbeeld"),
    path(f"{RAPPORT}opmerkingen/", views.opmerkingen, name="opmerkingen"),
    path(
        f"{RAPPORT}opmerkingen/<uuid:opmerking>/klaar/",
        views.opmerking_klaar,
        name="opmerking_klaar",
    ),
    path(f"{RAPPORT}onjuistheid/", views.onjuistheid, name="onjuistheid"),
    path(
        f"{RAPPORT}onjuistheid/<uuid:onjuistheid>/",
        views.onjuistheid_besluit,
        name="onjuistheid_besluit",
    ),
    path(f"{RAPPORT}toets/", views.toets, name="toets"),
    path(f"{RAPPORT}stap/<slug:verb>/", views.stap, name="stap"),
    path(f"{RAPPORT}bespreking/", views.bespreking, name="bespreking"),
    path(f"{RAPPORT}bezwaar/", views.bezwaar, name="bezwaar"),
    path(f"{RAPPORT}reactie/", views.reactie, name="reactie"),
    path(f"{RAPPORT}vertrouwelijk/", views.vertrouwelijk, name="vertrouwelijk"),
    path(f"{RAPPORT}intrekken/", views.intrekken, name="intrekken"),
    path("signalen/", views.signalen, name="signalen"),
    path("t/<slug:slug>/signalen/nieuw/", views.signaal_nieuw, name="signaal_nieuw"),
    path("t/<slug:slug>/signalen/bij-kwestie/", views.bij_kwestie, name="bij_kwestie"),
    path(SIGNAAL, views.signaal, name="signaal"),
    path(f"{SIGNAAL}bewerken/", views.signaal_bewerken, name="signaal_bewerken"),
    path(f"{SIGNAAL}stap/<slug:verb>/", views.signaal_stap, name="signaal_stap"),
    path(f"{SIGNAAL}overleg/", views.signaal_overleg, name="signaal_overleg"),
    path(f"{SIGNAAL}actie/", views.signaal_actie, name="signaal_actie"),
    path(
        f"{SIGNAAL}actie/<uuid:actie>/", views.signaal_actie_stand, name="actie_stand"
    ),
    path("onderzoeken/", views.onderzoeken, name="onderzoeken"),
    path(
        "t/<slug:slug>/onderzoeken/nieuw/",
        views.onderzoek_nieuw,
        name="onderzoek_nieuw",
    ),
    path(ONDERZOEK, views.onderzoek, name="onderzoek"),
    path(f"{ONDERZOEK}bewerken/", views.onderzoek_bewerken, name="onderzoek_bewerken"),
    path(f"{ONDERZOEK}stap/<slug:verb>/", views.onderzoek_stap, name="onderzoek_stap"),
    path("adviespunt/<slug:slug>/onderzoek/", eigen_onderzoek, name="eigen_onderzoek"),
    path("trends/", views.trends, name="trends"),
    path("t/<slug:slug>/trends/", views.trends_hier, name="trends_hier"),
    path("t/<slug:slug>/trends/besluit/", views.trend_besluit, name="trend_besluit"),
    path("telwijze/", views.telwijzen, name="telwijzen"),
    path("t/<slug:slug>/telwijze/", views.telwijze, name="telwijze"),
    path("regios/", views.regios, name="regios"),
    path("regios/nieuw/", views.regio_nieuw, name="regio_nieuw"),
    path("t/<slug:slug>/regio/", views.regio, name="regio"),
    path("berichten/", views.berichten, name="berichten"),
    path("t/<slug:slug>/berichten/", views.berichten_hier, name="berichten_hier"),
    path(ADRES, verifieer, name="verifieer"),
    *openbaar.urlpatterns,
]
