"""Who is acting, for which tenants, in which database role: the only setter.

Invariant: tenant data is reachable only inside ``acting_as(scope)``. The scope goes
to PostgreSQL as the first statement of the transaction, signed with RLS_KEY and
bound to the kind, the backend process and an expiry; policies (``tenants.rls``)
check that signature, so SQL injected in a session cannot widen it. Outside a scope
the login role has no rights on tenant tables: forgetting it is a loud error.

The context is set with SET LOCAL, a statement of its own. ``set_config()``, its twin
that fits inside a SELECT, is closed to the application (``tenants/database.sql``) and
the backend sends one statement a call, so a query that was tampered with cannot
change who is asking, not even back to the login role.

Guarded by tests/isolation/test_scope.py and test_injection.py.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from psycopg import ClientCursor
from psycopg.copy import QueuedLibpqWriter

from privacy import sleutelring

Kind = Literal[
    "staff", "portal", "public", "job", "identity", "dispatch", "audit", "zegel"
]
LIFETIME = 3600  # seconds a signed context stays valid; longer than any transaction

SET = "SET LOCAL ROLE %s; SET LOCAL adviespunt.ctx = %s; SET LOCAL adviespunt.sig = %s"


@dataclass(frozen=True, slots=True)
class Scope:
    """One signed context.

    kind: the database role ``adviespunt_<kind>`` of the transaction.
    user_id: who acts; None for a visitor or a system job.
    tenants: ids of the tenants whose rows may be read.
    tenant: id of the one tenant whose rows may be written; None for reading only.
    cases: ids of the tenants whose case data may be read (a part of ``tenants``).
    """

    kind: Kind
    user_id: UUID | None = None
    tenants: tuple[int, ...] = ()
    tenant: int | None = None
    cases: tuple[int, ...] = ()

    def parameters(self, backend_pid: int) -> tuple[str, str, str]:
        """Values for SET: role, context text and its HMAC-SHA256 in hex."""
        expiry = int(time.time()) + LIFETIME
        context = "|".join(
            (
                str(self.user_id or ""),
                self.kind,
                ",".join(map(str, self.tenants)),
                str(backend_pid),
                str(expiry),
                str(self.tenant or ""),
                ",".join(map(str, self.cases)),
            )
        )
        signature = hmac.new(settings.RLS_KEY, context.encode(), hashlib.sha256)
        return f"adviespunt_{self.kind}", context, signature.hexdigest()


_current: ContextVar[Scope | None] = ContextVar("adviespunt_scope", default=None)


def current() -> Scope | None:
    """The scope of this request, job or command; None outside one."""
    return _current.get()


def push(wrapper: Any, scope: Scope | None) -> None:
    """Put ``scope`` on the open transaction of ``wrapper`` (a DatabaseWrapper)."""
    if scope is not None:
        pid = wrapper.connection.info.backend_pid
        _set(wrapper, scope.parameters(pid))


def _clear(wrapper: Any) -> None:
    _set(wrapper, ("none", "", ""))


def _set(wrapper: Any, values: tuple[str, str, str]) -> None:
    """Three statements in one message; SET takes literals, so these are quoted here."""
    with ClientCursor(wrapper.connection) as cursor:
        cursor.execute(SET, values)


@contextmanager
def acting_as(scope: Scope) -> Iterator[None]:
    """The one way to touch tenant data: a transaction (or savepoint) with ``scope``.

    Inside an open transaction the outer scope comes back on leaving, also after an
    error (PostgreSQL itself reverts the settings of a rolled back savepoint).
    """
    outer = _current.get()
    token = _current.set(scope)
    try:
        if not connection.in_atomic_block:
            with sleutelring.fresh(), transaction.atomic():
                yield
            return
        with sleutelring.fresh(), transaction.atomic():
            push(connection, scope)
            yield
            if outer is None:
                _clear(connection)
            else:
                push(connection, outer)
    finally:
        _current.reset(token)


def replace(scope: Scope) -> None:
    """Change the scope of the transaction this process already holds.

    For the middleware only: it learns who somebody is in the narrow ``identity``
    scope and goes on in the full one, in the same transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("replace() needs an open transaction")
    _current.set(scope)
    sleutelring.current().clear()
    push(connection, scope)


def write_key() -> None:
    """Store the two padded halves of RLS_KEY for the policies; as owner only."""
    key = settings.RLS_KEY
    block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = bytes(byte ^ 0x36 for byte in block)
    outer = bytes(byte ^ 0x5C for byte in block)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO adviespunt.ctx_key (id, ipad, opad) VALUES (1, %s, %s)"
            " ON CONFLICT (id) DO UPDATE SET ipad = EXCLUDED.ipad,"
            " opad = EXCLUDED.opad",
            [inner, outer],
        )


def next_tenant_id() -> int:
    """The number of a tenant that is about to be made, to write it in its own scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tenants_tenant_id_seq')")
        return int(cursor.fetchone()[0])


def wait_for(what: str) -> None:
    """Until the end of the transaction nobody else is past this call with ``what``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


@contextmanager
def loading(*tables: str) -> Iterator[None]:
    """Bulk loading by the owner: one transaction without row security on ``tables``.

    Their triggers on rows are off as well, so the loader fills derived columns
    itself. Both come back at the end; an error undoes everything.
    """
    with (
        sleutelring.fresh(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def copy_rows(table: str, columns: Sequence[str], blocks: Iterable[str]) -> None:
    """COPY rows into ``table``, inside ``loading``; then refresh its statistics.

    blocks: text in COPY's own format: a line a row, cells between tabs, ``\\N`` for
    NULL. They are sent from a thread of their own while the next one is made.
    """
    with connection.cursor() as cursor:
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        writer = QueuedLibpqWriter(cursor.cursor)
        with cursor.copy(statement, writer=writer) as copy:
            for block in blocks:
                copy.write(block)
        cursor.execute(f"ANALYZE {table}")


def reserve_tenant_id() -> int:
    """The id that a tenant gets which is about to be made (a number nobody else gets)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tenants_tenant_id_seq')")
        (number,) = cursor.fetchone()
    return int(number)
