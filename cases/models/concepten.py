"""What somebody has not sent yet, and how she likes to look at the list.

Invariant: a draft and a saved filter are read by their maker only, in PostgreSQL too
(migration 0005); the worker that clears away sees of a draft no more than its age,
and only of one that is too old. Guarded by tests/cases/test_concepten.py.
"""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.dossier import Kwestie
from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models import Medewerker, Tenant

BEWAARTIJD = timedelta(days=30)  # of a draft; the policy of the job role says it too


class Concept(Verzegelbaar):
    """A form as far as it was filled in. ``id`` is the key the form sends along, so
    a draft and what it became cannot both be there.

    invoer: JSON, name of the field → what was typed, as the browser sent it.
    """

    class Soort(models.TextChoices):
        REGISTRATIE = "REGISTRATIE", _("Kwestie registreren")
        CONTACT = "CONTACT", _("Contact toevoegen")
        AFRONDEN = "AFRONDEN", _("Kwestie afronden")
        BEWERKEN = "BEWERKEN", _("Kwestie bewerken")

    sleutel_van = "concept"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, db_index=False)
    soort = models.CharField(max_length=11, choices=Soort)
    # What it is about; of a registration an earlier kwestie of the same client.
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        null=True,
        related_name="concepten",
        db_constraint=False,
        db_index=False,
    )
    bewaard_op = models.DateTimeField(default=timezone.now)
    invoer_v = Verzegeld()

    invoer = Vertrouwelijk()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        indexes = [
            models.Index(
                fields=["tenant", "medewerker", "-bewaard_op"], name="concept_van"
            ),
            models.Index(fields=["tenant", "bewaard_op"], name="concept_bewaard"),
            models.Index(fields=["tenant", "kwestie"], name="concept_kwestie"),
        ]
        constraints = [
            models.CheckConstraint(
                name="concept_soort_lijst",
                condition=Q(
                    soort__in=["REGISTRATIE", "CONTACT", "AFRONDEN", "BEWERKEN"]
                ),
            ),
            models.CheckConstraint(
                name="concept_over_kwestie",
                condition=Q(soort="REGISTRATIE") | Q(kwestie__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"concept {self.pk}"

    @property
    def velden(self) -> dict[str, list[str]]:
        """What was typed: name of the field → its values."""
        return dict(json.loads(self.invoer or "{}"))


class BewaardFilter(models.Model):
    """A view on the list of kwesties that somebody comes back to.

    zoek: the query string of the list, checked by its form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, db_index=False)
    naam = models.CharField(max_length=60)
    zoek = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("bewaard filter")
        verbose_name_plural = _("bewaarde filters")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "medewerker", "naam"], name="filter_naam_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"filter {self.pk}"
