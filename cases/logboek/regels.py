"""The rules of independence: consent, steps, interests, acting without assent."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.logboek.basis import _about, _rol
from cases.models import (
    AmbtshalveActie,
    Belangencheck,
    ExternTraject,
    Kwestie,
    Nevenbelang,
    Stap,
    Toestemming,
)
from privacy import audit
from tenants.access import Wie


def toestemming_gegeven(wie: Wie, kwestie: Kwestie, toestemming: Toestemming) -> None:
    """The client allows a talk; with what kind of partner, not with whom."""
    _about(
        "toestemming_gegeven",
        wie,
        kwestie,
        toestemming=str(toestemming.pk),
        ontvanger=toestemming.ontvanger_soort,
    )


def toestemming_ingetrokken(
    wie: Wie, kwestie: Kwestie, toestemming: Toestemming
) -> None:
    _about("toestemming_ingetrokken", wie, kwestie, toestemming=str(toestemming.pk))


def stap_gepland(wie: Wie, kwestie: Kwestie, stap: Stap) -> None:
    _about("stap_gepland", wie, kwestie, stap=str(stap.pk))


def stap_gezet(wie: Wie, kwestie: Kwestie, stap: Stap, naar: str) -> None:
    """``naar``: besproken, akkoord, uitgevoerd or vervallen."""
    _about("stap_gezet", wie, kwestie, stap=str(stap.pk), naar=naar)


def route_bewust_gekozen(wie: Wie, kwestie: Kwestie, regel: str) -> None:
    """She was warned by the rule ``regel`` and said that it is the right route."""
    _about("route_bewust_gekozen", wie, kwestie, regel=regel)


def oordeel_vastgelegd(wie: Wie, kwestie: Kwestie, traject: ExternTraject) -> None:
    """What another body decided is on record; the code of it, no text."""
    _about(
        "oordeel_vastgelegd",
        wie,
        kwestie,
        traject=str(traject.pk),
        oordeel=traject.oordeel,
    )


def belangencheck_gedaan(wie: Wie, kwestie: Kwestie, check: Belangencheck) -> None:
    _about(
        "belangencheck_gedaan",
        wie,
        kwestie,
        medewerker=str(check.medewerker_id),
        bij=check.bij,
        uitkomst=check.uitkomst,
    )


def belang_in_de_weg(wie: Wie, kwestie: Kwestie, medewerker_id: UUID) -> None:
    """A kwestie was not given to somebody, because of her interests."""
    _about("belang_in_de_weg", wie, kwestie, medewerker=str(medewerker_id))


def belang_gemeld(wie: Wie, belang: Nevenbelang) -> None:
    _of_belangen("belang_gemeld", wie, belang.tenant_id, [belang], "eigen")


def belang_beeindigd(wie: Wie, belang: Nevenbelang) -> None:
    _of_belangen("belang_beeindigd", wie, belang.tenant_id, [belang], "eigen")


def nevenbelangen_getoond(
    wie: Wie, tenant_id: int, belangen: Iterable[Nevenbelang], *, is_team: bool
) -> None:
    """Interests were shown: one's own, or those of the team."""
    grond = "team" if is_team else "eigen"
    _of_belangen("nevenbelangen_getoond", wie, tenant_id, belangen, grond)


def _of_belangen(
    gebeurtenis: str,
    wie: Wie,
    tenant_id: int,
    belangen: Iterable[Nevenbelang],
    grond: str,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="nevenbelang",
        ids=[belang.pk for belang in belangen],
        grond=grond,
    )


def ambtshalve_ingezien(wie: Wie, actie: AmbtshalveActie) -> None:
    """The colleague who reviews it looked at what was written down."""
    _ambtshalve("ambtshalve_ingezien", wie, actie)


def ambtshalve_voorgesteld(wie: Wie, actie: AmbtshalveActie) -> None:
    _ambtshalve("ambtshalve_voorgesteld", wie, actie)


def ambtshalve_getoetst(wie: Wie, actie: AmbtshalveActie) -> None:
    _ambtshalve("ambtshalve_getoetst", wie, actie)


def ambtshalve_uitgevoerd(wie: Wie, actie: AmbtshalveActie) -> None:
    _ambtshalve("ambtshalve_uitgevoerd", wie, actie)


def _ambtshalve(gebeurtenis: str, wie: Wie, actie: AmbtshalveActie) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=actie.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[actie.kwestie_id],
        grond="ambtshalve",
        extra={"actie": str(actie.pk), "akkoord": str(actie.is_akkoord)},
    )
