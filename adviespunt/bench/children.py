"""Child processes that measure: one line of JSON in, one line of JSON out.

The bench itself is the owner of the databases; what it measures has to run in the
role that serves people, so each part runs in a process of its own
(``python -m adviespunt.bench <part>``) that answers questions until its input ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any, Self

from adviespunt import embedded
from adviespunt.bench.databases import Database, environment

Handler = Callable[..., Any]


class ChildFailed(RuntimeError):
    """A part of the measurement stopped; its own messages are on stderr."""


class Child:
    """The bench's side: start ``part`` on a database, ask, and let it go."""

    def __init__(self, part: str, database: Database, role: str = "app") -> None:
        self.part = part
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "adviespunt.bench", part],
            cwd=embedded.ROOT,
            env=environment(database.inst, database.naam, role),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self.process.stdin and self.process.stdout  # noqa: S101
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()

    def ask(self, question: str, **arguments: Any) -> Any:
        """What the child answers; ChildFailed when it is gone."""
        assert self.process.stdin and self.process.stdout  # noqa: S101
        line = json.dumps({"question": question, "arguments": arguments})
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise ChildFailed(self.part) from error
        answer = self.process.stdout.readline()
        if not answer:
            raise ChildFailed(self.part)
        return json.loads(answer)


def answer(handlers: Mapping[str, Handler]) -> None:
    """The child's side: answer questions until the input ends.

    Whatever else is printed goes to stderr, so that answers stay readable.
    """
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        found = handlers[asked["question"]](**asked["arguments"])
        answers.write(json.dumps(found) + "\n")
        answers.flush()
