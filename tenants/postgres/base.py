"""Stock PostgreSQL backend plus three promises.

1. The first statement of every transaction carries the current scope, so no query
   of a transaction can run before row-level security knows who is asking.
2. A process that serves people never works on a connection of a role that row-level
   security cannot hold (superuser, BYPASSRLS, owner of tables, a role of the server).
3. One call sends one statement, also without parameters: what is injected into a
   query cannot end it and begin another.

Guarded by tests/isolation/.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from psycopg import ClientCursor

from tenants import scope

PRIVILEGED = r"""
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole,
       EXISTS (SELECT FROM pg_class c
               JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname IN ('public', 'adviespunt') AND c.relkind IN ('r', 'p')
                 AND pg_has_role(r.oid, c.relowner, 'MEMBER')),
       EXISTS (SELECT FROM pg_roles o
               WHERE (o.rolsuper OR o.rolbypassrls OR o.rolname LIKE 'pg\_%')
                 AND pg_has_role(r.oid, o.oid, 'MEMBER'))
FROM pg_roles r WHERE r.rolname = session_user
"""


class OneStatementCursor(base.ServerBindingCursor):
    """Always the extended protocol, in which one call is one statement."""

    def _execute_send(
        self, query: Any, *, force_extended: bool = True, binary: bool | None = None
    ) -> None:
        super()._execute_send(  # type: ignore[misc]
            query, force_extended=True, binary=binary
        )


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with the scope of ``tenants.scope`` on every transaction."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if settings.DB_ROL != "owner":  # migrations hold several statements
            params["cursor_factory"] = OneStatementCursor
        return params

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        if settings.DB_ROL != "owner" and not getattr(connection, "role_ok", False):
            with connection.cursor() as cursor:
                row = cursor.execute(PRIVILEGED).fetchone()
            if not connection.autocommit:
                connection.rollback()
            if row is None or any(row):
                connection.close()
                raise ImproperlyConfigured(
                    "This process serves people, so it may not sign in to PostgreSQL"
                    " as superuser, as owner of the tables, with BYPASSRLS or as"
                    " member of a role of the server itself (pg_…)."
                    " Use the role adviespunt_app (docs/operations.md)."
                )
            connection.role_ok = True
        return connection

    def _configure_timezone(self, connection: Any) -> bool:
        """Django's own way is set_config(), which tenants/database.sql closes."""
        name = self.timezone_name
        if not name or connection.info.parameter_status("TimeZone") == name:
            return False
        with ClientCursor(connection) as cursor:
            cursor.execute("SET TIME ZONE %s", [name])
        return True

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit:
            with self.wrap_database_errors:
                try:
                    scope.push(self, scope.current())
                except BaseException:
                    # Never leave a half-open transaction outside Django's books.
                    self.connection.rollback()
                    self.connection.autocommit = True
                    raise
