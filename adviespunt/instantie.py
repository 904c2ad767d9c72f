"""One set of embedded servers: where its data is, and its secrets.

Guarded by tests/adviespunt/test_embedded.py.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SOCKET_LIMIT = 90  # a Unix socket path holds about 107 bytes, file name included


@dataclass(frozen=True, slots=True)
class Instance:
    """One set of embedded servers with its data, by name (``demo`` or ``test``)."""

    name: str

    @property
    def home(self) -> Path:
        return ROOT / ".data" / self.name

    @property
    def pgdata(self) -> Path:
        return self.home / "postgres"

    @property
    def run(self) -> Path:
        """Folder of the sockets; short, because a socket path may not be long."""
        near = self.home / "run"
        if len(str(near)) <= SOCKET_LIMIT:
            return near
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path("/tmp") / f"adviespunt-{os.getuid()}-{mark}"  # noqa: S108

    @property
    def users(self) -> Path:
        return self.home / "gebruikers"

    @property
    def valkey_socket(self) -> Path:
        return self.run / "valkey.sock"

    def secrets(self) -> dict[str, str]:
        """Generated passwords and keys of this instance; made on first use."""
        path = self.home / "geheim.json"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            names = ("postgres", "owner", "app", "secret_key", "rls_key", "demo")
            made = {name: secrets.token_urlsafe(48) for name in names}
            made["demo"] = secrets.token_urlsafe(9)
            _write_once(path, json.dumps(made))
        loaded: dict[str, str] = json.loads(path.read_text())
        return loaded

    def hoofdsleutel(self) -> str:
        """The master key of this instance, in a file beside its other secrets.

        Made on first use. A new one in the place of one that got lost opens nothing:
        the product then refuses to start (``privacy.hoofdsleutel``).
        """
        path = self.home / "hoofdsleutel"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text()

    def password(self, role: str) -> str:
        """Of a database role; those of the parts came later than the file."""
        made = self.secrets()
        if role not in ("openbaar", "loket"):
            return made[role]
        return hashlib.sha256(f"{role}|{made['app']}".encode()).hexdigest()

    def database(self, role: str, name: str = "adviespunt") -> dict[str, Any]:
        """Django DATABASES entry for ``role``: postgres, owner, app, openbaar, loket."""
        user = "postgres" if role == "postgres" else f"adviespunt_{role}"
        return {
            "NAME": name,
            "USER": user,
            "PASSWORD": self.password(role),
            "HOST": str(self.run),
            "PORT": "",
        }

    def superuser(self, name: str = "postgres") -> psycopg.Connection[Any]:
        """An autocommitting connection to the database ``name``, for setting up."""
        entry = self.database("postgres", name)
        return psycopg.connect(
            host=entry["HOST"],
            user=entry["USER"],
            password=entry["PASSWORD"],
            dbname=name,
            autocommit=True,
        )

    def shut(self, name: str) -> None:
        """Close in the database ``name`` what no role of the application needs."""
        with self.superuser(name) as connection:
            connection.execute((ROOT / "tenants" / "database.sql").read_bytes())

    def redis_url(self, database: int = 0) -> str:
        return f"unix://{self.valkey_socket}?db={database}"


def _write_once(path: Path, text: str) -> None:
    """Write a file for this user only, whole or not at all; who is first, wins."""
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    with os.fdopen(handle, "w") as file:
        file.write(text)
    with suppress(FileExistsError):
        os.link(fresh, path)
    os.unlink(fresh)


def current() -> Instance:
    """The instance of this process: ADVIESPUNT_INSTANCE, else ``demo``.

    Under pytest it is ``test``, so tests never touch the data of a demo.
    """
    default = "test" if "PYTEST_VERSION" in os.environ else "demo"
    return Instance(os.environ.get("ADVIESPUNT_INSTANCE", default))
