"""The doors of the process of visitors: these, and nothing behind a sign-in.

Other pages are only named here, because these pages link to them; the proxy sends
whoever follows such a link to another process.
"""

from django.urls import include, path

from adviespunt import views
from adviespunt.views import elders
from cases import urls_bezoek

SIGNALERING = [
    path("openbaar/", elders, name="openbaar"),
    path("openbaar/taal/", elders, name="taal"),
]
ADVIESPUNT = [path("adviespunt/", elders, name="zoek")]
urlpatterns = [
    path("", include((urls_bezoek.urlpatterns, "cases"))),
    path("", include((SIGNALERING, "signalering"))),
    path("", include((ADVIESPUNT, "publiek"))),
    path("gezond", views.health, name="gezond"),
    path("", elders, name="start"),
    path("privacy", elders, name="privacy"),
    path("accounts/login/", elders, name="account_login"),
    path("i18n/setlang/", elders, name="set_language"),
]
