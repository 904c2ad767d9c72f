"""What the public gets: the catalogue, open data, and nothing else.

Runs in the ``public`` database role, or in a process of its own that signs in as
``adviespunt_openbaar``; either reads the table of publications and no other.

Guarded by tests/isolation/test_roles.py and tests/signalering/test_portaal.py.
"""

from signalering.publication.gegevens import (
    LICENTIE,
    absolute,
    as_csv,
    detail,
    figures_of,
    file_name,
    one_table,
    summary,
    tables_of,
    title,
)
from signalering.publication.vergelijking import Vergelijking, compare

__all__ = [
    "LICENTIE",
    "Vergelijking",
    "absolute",
    "as_csv",
    "compare",
    "detail",
    "figures_of",
    "file_name",
    "one_table",
    "summary",
    "tables_of",
    "title",
]
