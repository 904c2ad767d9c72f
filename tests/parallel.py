"""The tests in several processes, each with embedded servers of its own.

What stands here costs time when it is wrong, and nothing else: every file can run in
any process, beside any other.
"""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling

# Files, or the rest of a folder, that go to one process together because they share
# something that takes long to make. The longest first, so that no process is left
# with one at the end.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("tests/journeys/test_whole_way.py",),  # apart: the next is long enough
    ("tests/journeys/",),  # one site and its browser
    ("tests/adviespunt/test_bench.py",),
    ("tests/isolation/test_url_matrix.py",),
    ("tests/cases/test_demo.py",),
    ("tests/cases/test_access.py",),
    (  # the fixture ``register``
        "tests/cases/test_import_command.py",
        "tests/signalering/test_register.py",
        "tests/signalering/test_trends.py",
    ),
    ("tests/isolation/test_kwestie_matrix.py",),
    ("tests/privacy/disclosure/",),
    ("tests/signalering/test_taken.py",),
    ("tests/signalering/test_reeks.py",),
    ("tests/signalering/test_report.py",),
    ("tests/signalering/test_printing.py",),
    ("tests/signalering/test_lifecycle.py",),
    ("tests/tenants/test_jobs.py",),
)


def place_of(path: str) -> int:
    """Where it comes in the order; what is in no family comes last."""
    for place, family in enumerate(FAMILIES):
        if path.startswith(family):
            return place
    return len(FAMILIES)


class ByFamily(LoadScopeScheduling):
    """Hands out families of files, and every other file as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        place = place_of(path)
        return FAMILIES[place][0] if place < len(FAMILIES) else path

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=place_of), last=False)
        super()._assign_work_unit(node)
