"""Addresses of casework. What writes has the tenant in its path."""

from django.urls import path

from cases import views

app_name = "cases"
KWESTIE = "t/<slug:slug>/kwesties/<uuid:pk>/"

urlpatterns = [
    path("werk/", views.werk, name="werk"),
    path("kwesties/", views.lijst, name="lijst"),
    path("registreren/", views.registreren, name="registreren"),
    path("t/<slug:slug>/kwesties/nieuw/", views.nieuw, name="nieuw"),
    path(KWESTIE, views.kwestie, name="kwestie"),
    path(f"{KWESTIE}bewerken/", views.bewerken, name="bewerken"),
    path(f"{KWESTIE}contact/", views.contact, name="contact"),
    path(f"{KWESTIE}start/", views.start, name="start"),
    path(f"{KWESTIE}wacht/", views.wacht, name="wacht"),
    path(f"{KWESTIE}afronden/", views.afronden, name="afronden"),
    path(f"{KWESTIE}heropenen/", views.heropenen, name="heropenen"),
    path(f"{KWESTIE}toewijzen/", views.toewijzen, name="toewijzen"),
    path(f"{KWESTIE}verwijzing/", views.verwijzing, name="verwijzing"),
    path(f"{KWESTIE}traject/", views.traject, name="traject"),
]
