"""Kwesties and the signals they are part of."""

from __future__ import annotations

from cases.logboek.basis import _about
from cases.models import Kwestie
from tenants.access import Wie


def signaal_gekoppeld(wie: Wie, kwestie: Kwestie, signaal: object) -> None:
    """The kwestie is one of those this signal is made of."""
    _about("signaal_gekoppeld", wie, kwestie, signaal=str(signaal))


def signaal_losgemaakt(wie: Wie, kwestie: Kwestie, signaal: object) -> None:
    """The kwestie is no part of this signal any more."""
    _about("signaal_losgemaakt", wie, kwestie, signaal=str(signaal))
