"""The ground floor: who may stand where."""

from importlib import import_module

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "Opdrachtgevers en medewerkers"

    def ready(self) -> None:
        """The models are there: listen to the sign-in library."""
        import_module("tenants.inloggen.gebeurtenissen").connect()
