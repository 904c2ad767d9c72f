"""The ground floor: who may stand where."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "Opdrachtgevers en medewerkers"
