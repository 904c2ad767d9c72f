"""Files and letters: added, looked at, taken along."""

from __future__ import annotations

from uuid import UUID

from cases.logboek.basis import _about, _rol
from cases.models import Bijlage, Brief, Kwestie
from privacy import audit
from tenants.access import Wie


def bijlage_toegevoegd(wie: Wie, kwestie: Kwestie, bijlage: Bijlage) -> None:
    about = {"bijlage": str(bijlage.pk), "soort": bijlage.soort}
    _about("bijlage_toegevoegd", wie, kwestie, omvang=bijlage.omvang, **about)


def bijlage_geweigerd(wie: Wie, kwestie: Kwestie, reden: str) -> None:
    """A file was not taken; ``reden``: code of privacy.bestanden.Reden."""
    _about("bijlage_geweigerd", wie, kwestie, reden=reden)


def bijlage_opgehaald(wie: Wie, kwestie: Kwestie, bijlage: Bijlage) -> None:
    """The file went to a computer outside the register."""
    _about("bijlage_opgehaald", wie, kwestie, bijlage=str(bijlage.pk))


def brief_bewaard(wie: Wie, kwestie: Kwestie, brief: Brief) -> None:
    about = {"brief": str(brief.pk), "soort": brief.soort}
    _about("brief_bewaard", wie, kwestie, versie=brief.versie, **about)


def brief_ingezien(wie: Wie, kwestie: Kwestie, brief: Brief) -> None:
    _about("brief_ingezien", wie, kwestie, brief=str(brief.pk))


def brief_definitief(wie: Wie, kwestie: Kwestie, brief: Brief) -> None:
    """The client agreed; to what kind of reader it goes, not to whom."""
    about = {"brief": str(brief.pk), "aan": brief.aan_soort}
    _about("brief_definitief", wie, kwestie, **about)


def brief_opgehaald(wie: Wie, kwestie: Kwestie, brief: Brief, vorm: str) -> None:
    """``vorm``: docx, odt or pdf."""
    _about("brief_opgehaald", wie, kwestie, brief=str(brief.pk), vorm=vorm)


def tekstblok_gewijzigd(wie: Wie, tenant_id: int, blok_id: UUID, hoe: str) -> None:
    """A shared text for letters; ``hoe``: bewaard or verwijderd."""
    audit.record(
        "tekstblok_gewijzigd",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="tekstblok",
        ids=[blok_id],
        grond="",
        extra={"hoe": hoe},
    )
