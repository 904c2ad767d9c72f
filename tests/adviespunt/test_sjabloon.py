"""What every test starts from. ``make test`` runs this beside the linters, so that the
databases are there when the other tests begin (Makefile).
"""

from __future__ import annotations

from adviespunt import embedded
from tests import people
from tests.conftest import SCHEMA, TEMPLATE


def test_the_template_has_people_and_the_schema_has_none(django_db_setup: None) -> None:
    found = {}
    for name in (SCHEMA, TEMPLATE):
        with embedded.current().superuser(name) as server:
            rows = server.execute("SELECT count(*) FROM tenants_user").fetchall()
            found[name] = rows[0][0]
    assert found == {SCHEMA: 0, TEMPLATE: len(people.PEOPLE) + 1}
    mark = (embedded.current().home / embedded.MIGRATED).read_text()
    assert mark == embedded.migrations_mark()
