"""Who makes backups: the superuser of the embedded server, else BACKUP_DATABASE_URL."""

from __future__ import annotations

import environ
from django.conf import settings

from adviespunt import embedded, omgeving
from adviespunt.reservekopie import Server


def backup_server() -> Server:
    """Raises ImproperlyConfigured when BACKUP_DATABASE_URL is missing."""
    if settings.EMBEDDED:
        name = settings.DATABASES["default"]["NAME"]
        return Server.from_django(embedded.current().database("postgres", name))
    url = omgeving.address("BACKUP_DATABASE")
    return Server.from_django(dict(environ.Env.db_url_config(url)))


def backup_sleutel() -> str:
    """What both parts are sealed with; not the master key of the texts."""
    made_up = embedded.current().secrets()["secret_key"] if settings.EMBEDDED else ""
    return omgeving.secret("BACKUP_SLEUTEL", made_up)
