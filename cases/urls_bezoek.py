"""Addresses of the door of visitors, by themselves: a process of its own has these and
no others of casework (``adviespunt.urls_loket``).
"""

from django.urls import path

from cases import views

urlpatterns = [
    path("loket/", views.loket, name="loket"),
    path("loket/terug/", views.loket_terug, name="loket_terug"),
    path("loket/bij/<slug:slug>/", views.loket_melden, name="loket_melden"),
]
