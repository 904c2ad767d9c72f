"""A file from outside, made safe to keep and to give back: attachments.

What comes in is looked at and written anew in a child process with limits on memory,
processor and time (``hek``); what is kept is never what was sent, but what was made of
it: without macros, scripts, embedded files, references to elsewhere and without data
about who made it, where and with what.

Invariant: a file that is not plainly one of the kinds in ``SOORTEN`` is refused; what
is given back holds no active content. Pure: no Django, no models.
Guarded by tests/privacy/test_bestanden.py.
"""

from privacy.bestanden.hek import clean
from privacy.bestanden.soorten import (
    GRENS,
    SOORTEN,
    Geweigerd,
    Reden,
    Schoon,
    Soort,
    safe_name,
)

__all__ = [
    "GRENS",
    "SOORTEN",
    "Geweigerd",
    "Reden",
    "Schoon",
    "Soort",
    "clean",
    "safe_name",
]
