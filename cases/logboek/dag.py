"""The day of a supporter, the desks of teamleider and directie."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cases.logboek.basis import _about, _over, _rol
from cases.models import Agendapunt, Kwestie, Stap
from cases.selectors import Grond
from privacy import audit
from tenants.access import Wie


def agendapunt_gemaakt(wie: Wie, kwestie: Kwestie, punt: Agendapunt) -> None:
    _agenda("agendapunt_gemaakt", wie, kwestie, punt)


def agendapunt_verzet(wie: Wie, kwestie: Kwestie, punt: Agendapunt, was: date) -> None:
    _agenda("agendapunt_verzet", wie, kwestie, punt, was=f"{was}")


def agendapunt_gedaan(wie: Wie, kwestie: Kwestie, punt: Agendapunt) -> None:
    _agenda("agendapunt_gedaan", wie, kwestie, punt)


def _agenda(
    gebeurtenis: str, wie: Wie, kwestie: Kwestie, punt: Agendapunt, **extra: str
) -> None:
    about = {"punt": str(punt.pk), "soort": punt.soort, "dag": f"{punt.dag}"}
    _about(gebeurtenis, wie, kwestie, **about, **extra)


def stap_verzet(wie: Wie, kwestie: Kwestie, stap: Stap) -> None:
    _about("stap_verzet", wie, kwestie, stap=str(stap.pk), dag=f"{stap.gepland_op}")


def dagstaat_bewaard(wie: Wie, tenant_id: int, telefoontjes: int) -> None:
    """Her own tally of a day's calls."""
    audit.record(
        "dagstaat_bewaard",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="dagstaat",
        ids=[],
        grond="eigen",
        extra={"telefoontjes": telefoontjes},
    )


def dag_getoond(
    wie: Wie, tenants: Iterable[int], eigen: Iterable[UUID], namens: Iterable[UUID]
) -> None:
    """Somebody's page *Mijn dag*; a second event for what she sees as substitute."""
    here = sorted(set(tenants))
    _desk("dag_getoond", wie, here, eigen)
    others = list(dict.fromkeys(namens))
    if others:
        _desk("dag_getoond", wie, here, others, Grond.PLAATSVERVANGING)


def team_getoond(
    wie: Wie, tenants: Iterable[int], ids: Iterable[UUID], afgeschermd: Iterable[UUID]
) -> None:
    """The desk of the teamleider; a second event for what shows its number only."""
    here = sorted(set(tenants))
    _desk("team_getoond", wie, here, ids, Grond.TEAM)
    hidden = list(dict.fromkeys(afgeschermd))
    if hidden:
        _desk("team_getoond", wie, here, hidden, Grond.AFGESCHERMD)


def afgeschermd_getoond(wie: Wie, kwestie: Kwestie) -> None:
    """Number and supporter of a kwestie she cannot read, to hand it over."""
    _about("afgeschermd_getoond", wie, kwestie)


def _desk(
    gebeurtenis: str,
    wie: Wie,
    tenants: list[int],
    ids: Iterable[UUID],
    grond: str = "",
) -> None:
    _over(gebeurtenis, wie, tenants, "kwestie", ids, grond, noemt=True)


def cijfers_getoond(wie: Wie, tenants: Iterable[int], wat: str, jaar: int) -> None:
    """The counts of a year for the directie; ``wat``: uitzonderingen or uren."""
    here = sorted(set(tenants))
    _over(
        "cijfers_getoond",
        wie,
        here,
        "cijfers",
        grond="directie",
        noemt=True,
        wat=wat,
        jaar=jaar,
    )


def laag_gewijzigd(wie: Wie, kwestie: Kwestie, was: int, reden: str) -> None:
    """The kwestie goes to another layer of support (S140), and why: a code."""
    _about("laag_gewijzigd", wie, kwestie, van=was, naar=kwestie.laag, reden=reden)
