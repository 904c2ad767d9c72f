"""The Adviespunt's own investigation, begun because of signals (S159).

Invariant: it is written at group level and has no key to a kwestie or a client. Its
lifecycle is the table in ``signalering.lifecycle.onderzoeken`` and a trigger in
PostgreSQL (migration 0012): nothing is offered unread by a second person, and nothing
becomes public that was not discussed and released by somebody who did not write it. No
timer takes a step. The commissioning party sees it from ``aangeboden_op`` on, the public
from ``openbaar_op`` on.

Guarded by tests/signalering/test_onderzoek.py and tests/isolation/test_roles.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class OnderzoekStatus(models.TextChoices):
    GESTART = "GESTART", _("Gestart")
    AFGEROND = "AFGEROND", _("Afgerond")
    AANGEBODEN = "AANGEBODEN", _("Aangeboden")
    BESPROKEN = "BESPROKEN", _("Besproken")
    OPENBAAR = "OPENBAAR", _("Openbaar")
    INGETROKKEN = "INGETROKKEN", _("Ingetrokken")


# The commissioning party reads it, and it may be in a report.
BIJ_OPDRACHTGEVER = (
    OnderzoekStatus.AANGEBODEN,
    OnderzoekStatus.BESPROKEN,
    OnderzoekStatus.OPENBAAR,
)


class Onderzoek(models.Model):
    """One question that signals raised: what was done about it and what came out.

    signalen: the signals that gave rise to it. schrijvers: everybody who wrote in it:
    none of them signs the check or makes it public.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    titel = models.CharField(max_length=120)
    vraag = models.TextField()
    signalen = ArrayField(models.UUIDField())
    aanpak = models.TextField(blank=True)
    bevindingen = models.TextField(blank=True)
    aanbevelingen = models.TextField(blank=True)
    status = models.CharField(
        max_length=11, choices=OnderzoekStatus, default=OnderzoekStatus.GESTART
    )
    gestart_door_id = models.UUIDField()
    gestart_op = models.DateTimeField(default=timezone.now)
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    schrijvers = ArrayField(models.UUIDField())
    toets_door_id = models.UUIDField(null=True)
    toets_op = models.DateTimeField(null=True)
    aangeboden_op = models.DateTimeField(null=True)
    besproken_op = models.DateField(null=True)
    besproken_met = models.TextField(blank=True)
    openbaar_door_id = models.UUIDField(null=True)
    openbaar_op = models.DateTimeField(null=True)
    ingetrokken_reden = models.TextField(blank=True)

    class Meta:
        verbose_name = _("eigen onderzoek")
        verbose_name_plural = _("eigen onderzoeken")
        indexes = [
            models.Index(
                fields=["tenant", "status", "-gewijzigd_op"], name="onderzoek_status"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="onderzoek_tenant_id"
            ),
            models.CheckConstraint(
                name="onderzoek_status_lijst",
                condition=Q(status__in=list(OnderzoekStatus.values)),
            ),
            models.CheckConstraint(
                name="onderzoek_begin",
                condition=Q(titel__regex=r"\S", vraag__regex=r"\S")
                & Q(signalen__len__gte=1, schrijvers__len__gte=1),
            ),
            models.CheckConstraint(
                name="onderzoek_toets",
                condition=Q(toets_door_id__isnull=True, toets_op__isnull=True)
                | Q(toets_door_id__isnull=False, toets_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"eigen onderzoek {self.pk}"
