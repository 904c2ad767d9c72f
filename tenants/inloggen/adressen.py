"""Addresses of our own pages of signing in; before those of the library."""

from django.urls import path

from tenants.inloggen import schermen

urlpatterns = [
    path("factor/", schermen.factor, name="inloggen_factor"),
    path("bevestigen/", schermen.bevestigen, name="inloggen_bevestigen"),
    path("verder/", schermen.verder, name="inloggen_verder"),
    path("sessie/", schermen.sessie, name="inloggen_sessie"),
    path(
        "sessies/<int:pk>/einde/", schermen.sessie_einde, name="inloggen_sessie_einde"
    ),
    path("koppelen/", schermen.koppelen_vragen, name="inloggen_koppelen"),
    path(
        "koppelen/<str:token>/",
        schermen.koppelen_link,
        name="inloggen_koppelen_link",
    ),
    path("2fa/totp/activate/", schermen.app_erbij, name="mfa_activate_totp"),
    path("2fa/totp/vervangen/", schermen.app_vervangen, name="inloggen_app_vervangen"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        schermen.passkey_weg,
        name="mfa_remove_webauthn",
    ),
    # Who may sign in with which address is for tenant administration.
    path("email/", schermen.gesloten, name="account_email"),
]
