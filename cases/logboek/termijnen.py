"""Terms of formal routes: written down, taken along in a calendar; referrals."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.logboek.basis import _about
from cases.logboek.dag import _desk
from cases.models import ExternTraject, Kwestie, Verwijzing
from tenants.access import Wie


def termijn_vastgelegd(wie: Wie, kwestie: Kwestie, traject: ExternTraject) -> None:
    """From what the term of a route runs; days and numbers, no text."""
    _about(
        "termijn_vastgelegd",
        wie,
        kwestie,
        traject=str(traject.pk),
        soort=traject.type,
        verdaagd=traject.verdaagd_weken,
        opgeschort=traject.opgeschort_dagen,
    )


def aankomst_vastgelegd(wie: Wie, kwestie: Kwestie, verwijzing: Verwijzing) -> None:
    """Whether the client got where we referred to; not where that is."""
    _about(
        "aankomst_vastgelegd",
        wie,
        kwestie,
        verwijzing=str(verwijzing.pk),
        aangekomen=verwijzing.aangekomen,
    )


def termijn_opgehaald(wie: Wie, kwestie: Kwestie, ding: UUID) -> None:
    """One term went to a calendar outside the register: number, name and day of it."""
    _about("termijn_opgehaald", wie, kwestie, ding=str(ding))


def termijnen_opgehaald(
    wie: Wie, tenants: Iterable[int], kwesties: Iterable[UUID]
) -> None:
    """All her open terms went to a calendar outside the register."""
    _desk("termijnen_opgehaald", wie, sorted(set(tenants)), kwesties)
