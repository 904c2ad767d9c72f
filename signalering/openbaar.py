"""Doors for everybody; a process of its own opens these and no other."""

from django.urls import path

from signalering import public_views

app_name = "signalering"
EEN = "openbaar/<uuid:pk>/"
API = "api/v1/"

urlpatterns = [
    path("openbaar/", public_views.catalogus, name="openbaar"),
    path("openbaar/taal/", public_views.taal, name="taal"),
    path("openbaar/feed.atom", public_views.feed, name="feed"),
    path("openbaar/van/<slug:code>/feed.atom", public_views.feed, name="feed_van"),
    path("openbaar/catalogus.jsonld", public_views.dcat_jsonld, name="dcat_jsonld"),
    path("openbaar/catalogus.ttl", public_views.dcat_turtle, name="dcat_turtle"),
    path(EEN, public_views.publicatie, name="publicatie"),
    path(f"{EEN}vergelijken/", public_views.vergelijken, name="vergelijken"),
    path(f"{EEN}pdf", public_views.pdf, name="publicatie_pdf"),
    path(f"{EEN}csv", public_views.csv, name="publicatie_csv"),
    path(f"{API}openapi.json", public_views.api_openapi, name="api_openapi"),
    path(f"{API}publicaties", public_views.api_lijst, name="api_publicaties"),
    path(
        f"{API}publicaties/<uuid:pk>",
        public_views.api_publicatie,
        name="api_publicatie",
    ),
    path(
        f"{API}publicaties/<uuid:pk>/tabellen/<slug:code>",
        public_views.api_tabel,
        name="api_tabel",
    ),
    path(
        f"{API}opdrachtgevers",
        public_views.api_opdrachtgevers,
        name="api_opdrachtgevers",
    ),
    path(f"{API}<path:rest>", public_views.api_onbekend, name="api_onbekend"),
    path(API, public_views.api_begin),
    path(API.rstrip("/"), public_views.api_begin, name="api"),
]
