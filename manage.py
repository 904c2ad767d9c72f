#!/usr/bin/env python
"""Run a management command; without DATABASE_URL on the embedded PostgreSQL."""

import os
import sys

from django.core.management import execute_from_command_line

from adviespunt import embedded

# These commands do the owner's work: they change the schema or load data in bulk.
OWNER_COMMANDS = {"migrate", "demo_data", "sqlmigrate", "showmigrations", "bench"}
OWNER_COMMANDS |= {"audit_opruimen"}
WITHOUT_DATABASE = {
    "help",
    "version",
    "makemessages",
    "compilemessages",
    "build_frontend",
    "collectstatic",
    "findstatic",
    "deidentify",
    "demo",
    "test",
}
WITHOUT_SCHEMA = {"check", "migrate", "makemigrations", "sqlmigrate"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adviespunt.settings")
    command = next((a for a in sys.argv[1:] if not a.startswith("-")), "help")
    if command in OWNER_COMMANDS:
        os.environ["ADVIESPUNT_DB_ROL"] = "owner"
    if command in WITHOUT_DATABASE or not embedded.is_default():
        execute_from_command_line(sys.argv)
        return
    with embedded.running():
        if command not in WITHOUT_SCHEMA:
            embedded.ensure_migrated()
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
