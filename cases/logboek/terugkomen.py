"""Anonymous callers who can be known again by a code."""

from __future__ import annotations

from cases.logboek.basis import _about
from cases.models import Kwestie
from tenants.access import Wie


def terugkomcode_gegeven(wie: Wie, kwestie: Kwestie) -> None:
    """The anonymous caller got a return code; the code itself is nowhere."""
    _about("terugkomcode_gegeven", wie, kwestie)


def terugkomcode_gebruikt(wie: Wie, kwestie: Kwestie) -> None:
    """An anonymous caller came back with a code."""
    _about("terugkomcode_gebruikt", wie, kwestie)
