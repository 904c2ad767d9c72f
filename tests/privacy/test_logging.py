"""What goes wrong is logged without the data it went wrong on.

In the application's own log, and in that of the embedded PostgreSQL.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.utils import IntegrityError

from adviespunt import embedded
from cases.models import Client, Kwestie
from privacy.logging import LEFT_OUT, WithoutDetail, scrub
from tenants.models import User
from tenants.scope import Scope, acting_as
from tests import people

NAAM = "Wilhelmina van Zwanenburg"
ANNA = Scope("staff", people.ident("anna"), (1,), 1, (1,))


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the handler of the settings would print, of one logger."""
    made = settings.LOGGING["handlers"]["console"]
    assert made["filters"] == ["zonder_detail"]
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutDetail())
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("proef")
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)


def log_it(error: BaseException, how: str) -> None:
    logger = logging.getLogger("proef")
    try:
        raise error
    except BaseException:
        if how == "exception":
            logger.exception("mislukt")
        elif how == "argument":
            logger.error("mislukt: %s", error)
        else:
            logger.error(f"mislukt: {error}")


def failing(text: str) -> BaseException:
    """A real error of PostgreSQL that repeats ``text`` (the key of an account)."""
    try:
        User.objects.create(email=text, naam="X", soort="MEDEWERKER", password="x")
        User.objects.create(email=text, naam="X", soort="MEDEWERKER", password="x")
    except IntegrityError as error:
        return error
    raise AssertionError


HOWS = ("exception", "argument", "text")
SPOOFS = (
    NAAM,
    f"x\nHINT: {NAAM}",
    f"x\nNAAM: {NAAM}",
    f"x\n\nThe above exception was the direct cause of the following exception:\n{NAAM}",
    f"DETAIL: {NAAM}",
)


@pytest.mark.django_db
@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("text", SPOOFS)
def test_an_error_of_the_database_is_logged_without_the_values(
    text: str, how: str, lines: io.StringIO
) -> None:
    error = failing(text)
    assert NAAM in str(error)
    log_it(error, how)
    assert NAAM not in lines.getvalue()
    assert "duplicate key value violates unique constraint" in lines.getvalue()


@pytest.mark.django_db
def test_where_it_went_wrong_stays_readable(lines: io.StringIO) -> None:
    log_it(failing(NAAM), "exception")
    text = lines.getvalue()
    assert "UniqueViolation" in text
    assert "IntegrityError" in text
    assert "in failing" in text
    assert "log_it" in text


@pytest.mark.django_db
@pytest.mark.parametrize("how", HOWS)
def test_a_value_that_did_not_fit_is_left_out(how: str, lines: io.StringIO) -> None:
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::date", [f'{NAAM} "Willy" op 3 mei'])
    assert NAAM in str(caught.value)
    log_it(caught.value, how)
    if how == "text":  # nothing is known any more of what was put into a string
        return
    assert NAAM not in lines.getvalue()
    assert "invalid input syntax for type date: " + LEFT_OUT in lines.getvalue()


def test_a_message_of_somebody_else_stays_as_it_is(lines: io.StringIO) -> None:
    logging.getLogger("proef").warning("%s van %s", "taak", 3)
    assert lines.getvalue() == "WARNING proef taak van 3\n"
    logging.getLogger("proef").warning("De DETAILhandel: open")
    logging.getLogger("proef").warning("DETAIL: Jan")
    assert lines.getvalue().splitlines()[1:] == [
        "WARNING proef De DETAILhandel: open",
        f"WARNING proef DETAIL: {LEFT_OUT}",
    ]


@pytest.mark.parametrize("how", ["exception", "argument"])
@pytest.mark.parametrize(
    "error",
    [ValueError(NAAM), KeyError(NAAM), TypeError(NAAM), RuntimeError(f"x\n{NAAM}")],
    ids=lambda error: type(error).__name__,
)
def test_of_an_exception_its_class_is_logged_and_not_what_it_says(
    error: BaseException, how: str, lines: io.StringIO
) -> None:
    log_it(error, how)
    assert NAAM not in lines.getvalue()
    assert f"{type(error).__name__}: {LEFT_OUT}" in lines.getvalue()


def test_the_cause_of_an_exception_is_logged_without_its_text(
    lines: io.StringIO,
) -> None:
    try:
        try:
            raise KeyError(NAAM)
        except KeyError as first:
            raise LookupError(NAAM) from first
    except LookupError:
        logging.getLogger("proef").exception("mislukt")
    text = lines.getvalue()
    assert NAAM not in text
    assert text.index("builtins.KeyError") < text.index("builtins.LookupError")


def test_what_is_about_code_or_a_file_stays_readable() -> None:
    assert scrub(ImproperlyConfigured("RLS_KEY is missing")) == "RLS_KEY is missing"
    missing = FileNotFoundError(2, "No such file or directory", f"/{NAAM}.pdf")
    assert scrub(missing) == "FileNotFoundError: No such file or directory"


def test_an_error_that_is_its_own_cause_ends_too(lines: io.StringIO) -> None:
    one, other = ValueError("een"), ValueError("ander")
    one.__context__, other.__context__ = other, one
    log_it(one, "exception")
    assert "ValueError" in lines.getvalue()


def test_every_handler_leaves_it_out() -> None:
    """Loggers of the settings end in handlers with the filter, and nowhere else."""
    for name, entry in settings.LOGGING["handlers"].items():
        assert entry["filters"] == ["zonder_detail"], name
    assert settings.LOGGING["filters"]["zonder_detail"] == {
        "()": "privacy.logging.WithoutDetail"
    }
    for name in ("django", "django.request", "django.security", "celery", "tenants"):
        logger = logging.getLogger(name)
        assert (logger.handlers, logger.propagate) == ([], True), name


# ------------------------------------------------------------------ PostgreSQL's log


def server_log() -> str:
    return (embedded.current().pgdata / "server.log").read_text(errors="replace")


def test_a_row_behind_the_wall_is_not_repeated_at_all(wall: str) -> None:
    """P26: with row security PostgreSQL leaves the row out of its errors."""
    with pytest.raises(IntegrityError) as caught, acting_as(ANNA):
        Client.objects.create(tenant_id=1, identiteitsstatus="FOUT", naam_v=NAAM)
    assert "client_identiteit_lijst" in str(caught.value)
    assert NAAM not in str(caught.value)


def test_the_log_of_the_server_holds_no_personal_data(wall: str) -> None:
    before = len(server_log())
    works: list[Any] = [
        lambda: Client.objects.create(
            tenant_id=1, identiteitsstatus="FOUT", naam_v=NAAM
        ),
        lambda: Client.objects.create(
            tenant_id=2, identiteitsstatus="BEKEND", naam_v=NAAM
        ),
        lambda: Kwestie.objects.filter(nummer=NAAM).update(status=NAAM[:9]),
        lambda: Kwestie.objects.update(kernvraag_v=NAAM.encode(), datum="2001-01-01"),
        lambda: _run(f"SELEC '{NAAM}'"),
        lambda: _run("SELECT 1/0 WHERE %s <> ''", NAAM),
    ]
    failed = 0
    for work in works:
        try:
            with acting_as(ANNA):
                work()
        except DatabaseError:
            failed += 1
    with pytest.raises(IntegrityError):
        failing_account(NAAM)
    assert failed == 5
    log = server_log()[before:]
    assert "client_identiteit_lijst" in log  # the errors themselves are there
    assert "division by zero" in log
    assert "DETAIL" not in log
    assert "STATEMENT" not in log
    assert NAAM not in log


def test_what_does_not_fit_its_type_is_quoted_by_the_server_itself(wall: str) -> None:
    """The one way left into PostgreSQL's log, kept in sight here.

    A text that is taken for a date, a number or a uuid stands in the first line of
    the error, which no setting but silence leaves out. Forms and the import check
    types before anything reaches the database; our own log leaves it out.
    """
    before = len(server_log())
    with pytest.raises(DatabaseError), acting_as(ANNA):
        _run("SELECT %s::text::uuid", NAAM)
    log = server_log()[before:]
    assert f'invalid input syntax for type uuid: "{NAAM}"' in log
    assert "STATEMENT" not in log


def _run(sql: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


def failing_account(naam: str) -> None:
    user = User(email=f"{naam}@x", naam=naam, soort="MEDEWERKER", is_superuser=True)
    user.password = naam
    user.save(force_insert=True)


def test_settings_of_the_log_cannot_be_changed_from_a_session(wall: str) -> None:
    for name in ("log_error_verbosity", "log_min_error_statement", "log_statement"):
        with pytest.raises(DatabaseError, match="permission denied"):
            with acting_as(ANNA):
                _run(
                    f"SET {name} = 'verbose'"
                    if "verb" in name
                    else f"SET {name} = 'all'"
                )


def test_the_wrapped_error_is_the_one_of_psycopg(wall: str) -> None:
    """What ``scrub`` relies on: the chain holds psycopg's error with its parts."""
    with pytest.raises(IntegrityError) as caught:
        failing_account(NAAM)
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.diag.message_primary is not None
    assert str(cause) == str(caught.value)
