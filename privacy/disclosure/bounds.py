"""How large a problem may be, and how much memory a search may take.

Invariant: what does not fit is refused with that as the reason ("omvang"), before the
machine runs out (tests/privacy/disclosure/test_effort.py).
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from privacy.disclosure.problem import Problem

MOST_CELLS: Final = 50_000
MOST_TERMS: Final = 400_000  # places of cells in sums
MEMORY: Final = 1024  # MB on top of what the process has when a search begins
_STATM: Final = Path("/proc/self/statm")


class TooLarge(Exception):
    """The problem, or the memory it takes, is beyond the bounds."""


def check_size(problem: Problem) -> None:
    """TooLarge when there are more cells or terms than a search is made for."""
    terms = sum(len(row) for row in problem.rows)
    if len(problem.cells) > MOST_CELLS or terms > MOST_TERMS:
        raise TooLarge(f"{len(problem.cells)} cells, {terms} terms")


@contextmanager
def limited_memory(megabytes: int = MEMORY) -> Iterator[None]:
    """At most so much more address space inside; TooLarge when that is not enough.

    The limit is one of the process, so it is for a job, which does one thing at a
    time. Where the kernel does not tell what a process has, nothing is limited.
    """
    before = resource.getrlimit(resource.RLIMIT_AS)
    if not _STATM.exists():
        yield
        return
    pages = int(_STATM.read_text().split()[0])
    most = pages * resource.getpagesize() + megabytes * 2**20
    soft, hard = before
    for other in (soft, hard):
        if other != resource.RLIM_INFINITY:
            most = min(most, other)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    except MemoryError as full:
        raise TooLarge("out of memory") from full
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
