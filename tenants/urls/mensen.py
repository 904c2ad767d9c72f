"""Addresses of people and their roles. What writes has the tenant in its path."""

from django.urls import path

from tenants.views import mensen, rollen

app_name = "tenants"
BEHEER = "t/<slug:slug>/beheer/"

urlpatterns = [
    path("beheer/mensen/", mensen.mensen, name="mensen"),
    path("beheer/mensen/<uuid:pk>/", mensen.persoon, name="persoon"),
    path("beheer/rollen/", mensen.rollen, name="rollen"),
    path("beheer/rollen/<str:rol>/", mensen.voorbeeld, name="voorbeeld"),
    path("beheer/waarom/", mensen.waarom, name="waarom"),
    path(f"{BEHEER}mensen/", mensen.rolverdeling, name="rolverdeling"),
    path(f"{BEHEER}uitnodigen/", rollen.uitnodigen_nieuw, name="uitnodigen"),
    path(
        f"{BEHEER}uitnodigingen/<uuid:pk>/opnieuw/",
        rollen.uitnodiging_opnieuw,
        name="uitnodiging_opnieuw",
    ),
    path(
        f"{BEHEER}uitnodigingen/<uuid:pk>/intrekken/",
        rollen.uitnodiging_intrekken,
        name="uitnodiging_intrekken",
    ),
    path(f"{BEHEER}mensen/<uuid:pk>/rol/", rollen.rol_geven, name="rol_geven"),
    path(f"{BEHEER}rollen/<uuid:pk>/stoppen/", rollen.rol_stoppen, name="rol_stoppen"),
    path(f"{BEHEER}mensen/<uuid:pk>/gegevens/", rollen.gegevens, name="gegevens"),
    path(
        f"{BEHEER}mensen/<uuid:pk>/aanstelling/",
        rollen.aanstelling,
        name="aanstelling",
    ),
    path(
        f"{BEHEER}aanstellingen/<uuid:pk>/einde/",
        rollen.aanstelling_einde,
        name="aanstelling_einde",
    ),
    path(f"{BEHEER}rolverzoek/", rollen.rolverzoek, name="rolverzoek"),
    path(
        f"{BEHEER}rolverzoeken/<uuid:pk>/",
        rollen.rolverzoek_besluit,
        name="rolverzoek_besluit",
    ),
]
