"""No personal data in log lines: of what went wrong the place, never the values.

Invariant: of an exception only its class and where it happened are logged; of a
database error also its first line, without the value that did not fit (SQLSTATE class
22); of a request its page and not its address; of a message in the queue nothing.
What is left of a DETAIL after that is cut off together with everything behind it.

One way is left open: a text that code itself puts into a message. Pass an exception
as an argument, never in an f-string.

Guarded by tests/privacy/test_logging.py and test_kanarie.py.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

DETAIL = re.compile(r"\b(DETAIL|CONTEXT):.*", re.DOTALL)
QUOTED = re.compile(r'".*"', re.DOTALL)
LEFT_OUT = "(weggelaten)"
UNKNOWN = "(onbekend adres)"
# Their messages are about code and settings, never about what somebody typed.
ABOUT_CODE = (ImproperlyConfigured, ImportError, NameError)
# Loggers of others that repeat what was sent to them.
REPEATS = ("celery.worker.consumer", "kombu", "gunicorn", "django.server")
VALUES = ("exc", "traceback", "args", "kwargs", "return_value")


class WithoutDetail(logging.Filter):
    """Strips what log records say of the data from every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        _forget_arguments(record)
        message = record.getMessage()
        clean = DETAIL.sub(rf"\1: {LEFT_OUT}", message)
        if clean != message:
            record.msg, record.args = clean, None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = trace_of(record.exc_info[1])
        record.stack_info = None
        return True


def configuration(level: str) -> dict[str, Any]:
    """LOGGING: everything to the console, through the filter, from ``level`` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"zonder_detail": {"()": "privacy.logging.WithoutDetail"}},
        "formatters": {
            "regel": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["zonder_detail"],
                "formatter": "regel",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        # Named without handlers: Django's own have no filter, and one sends mail.
        "loggers": {
            "django": {"level": level},
            "django.server": {"level": "WARNING", "propagate": True},
            "celery": {"level": level},
        },
    }


class NoValues(SafeExceptionReporterFilter):
    """Django's reports of an exception (page of DEBUG, mail) without any value."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> Any:
        return []


def _forget_arguments(record: logging.LogRecord) -> None:
    """Leave out of the message what it was given of the data."""
    request, status = (
        getattr(record, "request", None),
        getattr(record, "status_code", 0),
    )
    if request is not None and status:
        record.msg, record.args = f"{status} {_page(request)}", None
    elif record.name.startswith(REPEATS):
        if record.args and record.levelno >= logging.WARNING:
            first = str(record.msg).partition("\n")[0]
            record.msg, record.args = f"{first.partition('%')[0]}{LEFT_OUT}", None
    elif isinstance(record.args, dict):
        kept = {k: LEFT_OUT if k in VALUES else v for k, v in record.args.items()}
        record.args = {k: _without_values(v) for k, v in kept.items()}
    elif record.args:
        record.args = tuple(_without_values(one) for one in record.args)
        record.msg = _without_values(record.msg)
    else:
        record.msg = _without_values(record.msg)


def _page(request: Any) -> str:
    """Method and page of a request; of an address that is none, not even that."""
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match is not None else UNKNOWN
    return f"{request.method} {route}"


def _without_values(value: Any) -> Any:
    return scrub(value) if isinstance(value, BaseException) else value


def scrub(error: BaseException) -> str:
    """What may be said of an exception in one line: its class, and no value."""
    if isinstance(error, ABOUT_CODE):
        return str(error)
    for one in (error, error.__cause__):
        diag = getattr(one, "diag", None)
        if diag is not None and diag.message_primary:
            first: str = diag.message_primary
            if (diag.sqlstate or "").startswith("22"):
                first = QUOTED.sub(LEFT_OUT, first)
            return DETAIL.sub(rf"\1: {LEFT_OUT}", first.partition("\n")[0])
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    return f"{type(error).__name__}: {LEFT_OUT}"


def trace_of(error: BaseException) -> str:
    """The traceback of an exception and of what caused it, without their texts."""
    return "".join(reversed(list(_traces(error)))).rstrip("\n")


def _traces(error: BaseException) -> Iterator[str]:
    """The last one first; one that is its own cause is told once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        kind = f"{type(one).__module__}.{type(one).__qualname__}"
        yield (
            "Traceback (most recent call last):\n"
            + "".join(traceback.format_tb(one.__traceback__))
            + f"{kind}: {scrub(one)}\n\n"
        )
        one = one.__cause__ or one.__context__
