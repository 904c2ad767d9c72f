"""Refusals at start: better no service than one on the wrong role or the wrong key."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection
from django.utils.module_loading import import_string
from psycopg.errors import InsufficientPrivilege, UndefinedFunction, UndefinedTable

from privacy.hoofdsleutel import refuse_wrong_key
from tenants.scope import Scope, acting_as

logger = logging.getLogger(__name__)
OPEN = (
    "SELECT has_function_privilege(session_user,"
    " 'pg_catalog.set_config(text, text, boolean)', 'EXECUTE')"
)
# Closed by a later version of the same file.
TELT = (
    "SELECT has_function_privilege(session_user,"
    " 'pg_catalog.pg_stat_get_live_tuples(oid)', 'EXECUTE')"
)


def refuse_lost_keys() -> None:
    """Raise ImproperlyConfigured when there are texts and not the keys to open them, as
    after a restore of the data alone.
    """
    # This door is imported before the models are, so what reads them comes later.
    try:
        lost = import_string("tenants.sleutelbos.without_tenant_key")()
    except ProgrammingError as error:
        if isinstance(error.__cause__, (UndefinedTable, UndefinedFunction)):
            return  # before ``migrate`` there is nothing to open
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise ImproperlyConfigured(
                "RLS_KEY is not the key that this database knows. Put the right one"
                " back, or run migrate with the new one (docs/operations.md)."
            ) from error
        raise
    if lost:
        raise ImproperlyConfigured(
            f"There are sealed texts of {', '.join(lost)}, and no keys that open them."
            " Was the data put back without its keys? Put the key part of the backup"
            " back too (manage.py restore); see docs/operations.md. Do not go on"
            " without: what is written now gets new keys, and hides that the old ones"
            " are lost."
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
        cursor.execute(TELT)
        (counts,) = cursor.fetchone()
    refuse_wrong_key()
    refuse_lost_keys()
    connection.close()
    if is_open:
        logger.warning(
            "set_config() is open to the application: run tenants/database.sql"
            " on this database as superuser (docs/operations.md)."
        )
    if counts:
        logger.warning(
            "How many rows each table has is open to every role: run"
            " tenants/database.sql on this database again (docs/operations.md)."
        )


MORE = r"""
SELECT (SELECT array_agg(rolname::text) FROM pg_roles WHERE rolname <> session_user
        AND pg_has_role(session_user, oid, 'MEMBER')),
       (SELECT array_agg(c.relname::text) FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'adviespunt') AND c.relkind IN ('r', 'p', 'v')
          AND (has_any_column_privilege(c.oid, 'SELECT')
            OR has_any_column_privilege(c.oid, 'INSERT')
            OR has_any_column_privilege(c.oid, 'UPDATE')
            OR has_table_privilege(c.oid, 'DELETE')))
"""


def _more() -> tuple[list[str], list[str]]:
    """What this login role can become, and what it can touch as it is."""
    with connection.cursor() as cursor:
        cursor.execute(MORE)
        roles, tables = cursor.fetchone()
    connection.close()
    return roles or [], tables or []


def refuse_more_than_public() -> None:
    """The process of the public pages reads one table and can become nobody else.

    Raises ImproperlyConfigured when its role may do more, or cannot read that table.
    """
    if _more() != ([], ["signalering_publicatie"]):
        raise ImproperlyConfigured(
            "The process of the public pages signs in as adviespunt_openbaar, which can"
            " read publications and nothing else. Give it that role, run migrate, and"
            " see docs/operations.md."
        )


def refuse_more_than_door() -> None:
    """The process of the door can become a visitor, and is nobody without that.

    Raises ImproperlyConfigured when its role may do more or less, and when its RLS_KEY
    is not the one that the database knows.
    """
    if _more() != (["adviespunt_public"], []):
        raise ImproperlyConfigured(
            "The process of the door signs in as adviespunt_loket, which can become"
            " adviespunt_public and nothing else. Give it that role, run"
            " tenants/bootstrap.sql as superuser, and see docs/operations.md."
        )
    try:
        with acting_as(Scope("public")), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM tenants_loket")
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise ImproperlyConfigured(
                "RLS_KEY is not the key that this database knows. Give the process of"
                " the door the same one as web (docs/operations.md)."
            ) from error
        raise
    finally:
        connection.close()


# Before it serves anybody, by the part that it is (ADVIESPUNT_DEEL).
AT_THE_START = {
    "": refuse_privileged_role,
    "openbaar": refuse_more_than_public,
    "loket": refuse_more_than_door,
}
