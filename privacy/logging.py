"""No personal data in log lines: PostgreSQL's DETAIL repeats the values of a row.

Invariant: of a database error only the first line is logged, and of a value that did
not fit (SQLSTATE class 22) not the value itself. What is left of a DETAIL after that
is cut off together with everything behind it: a text may hold any line it likes.

Guarded by tests/privacy/test_logging.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

DETAIL = re.compile(r"\b(DETAIL|CONTEXT):.*", re.DOTALL)
QUOTED = re.compile(r'".*"', re.DOTALL)
LEFT_OUT = "(weggelaten)"


class WithoutDetail(logging.Filter):
    """Strips what database errors say of the data from every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        clean = scrub(message, record.args if isinstance(record.args, tuple) else ())
        if clean != message:
            record.msg, record.args = clean, None
        if record.exc_info and record.exc_info[1] is not None:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text = scrub(text, (record.exc_info[1],))
        return True


def scrub(text: str, errors: tuple[object, ...] = ()) -> str:
    """``text`` without the data in the database errors it repeats."""
    for error in errors:
        if isinstance(error, BaseException):
            for full, short in _messages(error):
                text = text.replace(full, short)
    return DETAIL.sub(rf"\1: {LEFT_OUT}", text)


def _messages(error: BaseException) -> Iterator[tuple[str, str]]:
    """The message of each database error in the chain, with what may be said of it."""
    seen: set[int] = set()
    chain = [error]
    while chain:
        one = chain.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        chain += [e for e in (one.__cause__, one.__context__) if e is not None]
        diag = getattr(one, "diag", None)
        if diag is not None and diag.message_primary:
            first = diag.message_primary
            if (diag.sqlstate or "").startswith("22"):
                first = QUOTED.sub(LEFT_OUT, first)
            yield str(one), first
