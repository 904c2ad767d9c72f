"""Refusals at start: better no service than one on the wrong role or the wrong key."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from privacy.hoofdsleutel import refuse_wrong_key

logger = logging.getLogger(__name__)
OPEN = (
    "SELECT has_function_privilege(session_user,"
    " 'pg_catalog.set_config(text, text, boolean)', 'EXECUTE')"
)


def refuse_privileged_role() -> None:
    """Open a connection now; the backend refuses superuser, owner and BYPASSRLS.
    Refuse as well when the master keys are not those of the sealed texts.

    Raises ImproperlyConfigured with what to do; the process then does not start.
    Warns when ``tenants/database.sql`` was not run on this database.
    """
    if settings.DB_ROL == "owner":
        raise ImproperlyConfigured(
            "This process serves people, so it may not work as the owner of the"
            " tables. Leave ADVIESPUNT_DB_ROL out (docs/operations.md)."
        )
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        (is_open,) = cursor.fetchone()
    refuse_wrong_key()
    connection.close()
    if is_open:
        logger.warning(
            "set_config() is open to the application: run tenants/database.sql"
            " on this database as superuser (docs/operations.md)."
        )
