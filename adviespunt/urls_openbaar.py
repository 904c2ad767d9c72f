"""The doors of the process of the public pages: these, and nothing behind a sign-in.

Other pages are only named here, because public pages link to them; the proxy sends
whoever follows such a link to the other process.
"""

from django.urls import include, path

from adviespunt import views
from adviespunt.views import elders
from signalering import openbaar
from signalering.controlecode import ADRES

HIER = [*openbaar.urlpatterns, path(ADRES, elders, name="verifieer")]
ADVIESPUNT = [path("adviespunt/", elders, name="zoek")]
LOKET = [path("loket/", elders, name="loket")]
urlpatterns = [
    path("", include((HIER, "signalering"))),
    path("", include((ADVIESPUNT, "publiek"))),
    path("", include((LOKET, "cases"))),
    path("gezond", views.health, name="gezond"),
    path("", elders, name="start"),
    path("accounts/login/", elders, name="account_login"),
    path("i18n/setlang/", elders, name="set_language"),
]
