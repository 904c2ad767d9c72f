"""Drafts: shown, thrown away, cleared."""

from __future__ import annotations

from uuid import UUID

from cases.logboek.basis import _rol
from cases.models import Concept
from privacy import audit
from tenants.access import Wie


def concept_geopend(wie: Wie, concept: Concept) -> None:
    """A draft was shown again to who wrote it."""
    _draft("concept_geopend", wie, concept.tenant_id, concept.pk)


def concept_weggegooid(wie: Wie, tenant_id: int, concept_id: UUID) -> None:
    _draft("concept_weggegooid", wie, tenant_id, concept_id)


def _draft(gebeurtenis: str, wie: Wie, tenant_id: int, concept_id: UUID) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="concept",
        ids=[concept_id],
        grond="eigen",
    )


def concepten_opgeruimd(tenant_id: int, aantal: int) -> None:
    """The worker removed drafts that were too old."""
    audit.record(
        "concepten_opgeruimd",
        tenant_id=tenant_id,
        actor_id=None,
        rol="job",
        onderwerp="concept",
        ids=[],
        grond="bewaartermijn",
        extra={"aantal": aantal},
    )
