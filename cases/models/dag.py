"""What must happen on a day, for one kwestie.

Agendapunt = a call that was promised, the last day of a term, or something else that
must not be forgotten. It is of the kwestie, not of a colleague: whoever has the kwestie
has what was promised in it. Dagstaat = the phone calls of a day, as they were tallied.

What is done stands, and a term of the law is never moved (trigger, migration 0008);
the twins in words are in ``cases.services.agenda``. Guarded by
tests/cases/test_agenda.py.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.regels import VanKwestie
from privacy.fields import Vertrouwelijk, Verzegeld
from tenants.models import Medewerker, Tenant


class Agendapunt(VanKwestie):
    """On ``dag``, between ``van`` and ``tot`` when a time was agreed; done or not.

    besluit_op: of a term of the law, the day of the decision it runs from (S7).
    """

    class Soort(models.TextChoices):
        BELLEN = "BELLEN", _("Terugbellen")
        BEZWAAR = "BEZWAAR", _("Laatste dag voor bezwaar")
        BEROEP = "BEROEP", _("Laatste dag voor beroep")
        REACTIE = "REACTIE", _("Reactie van een ander verwacht")
        ANDERS = "ANDERS", _("Iets anders dat niet vergeten mag worden")

    soort = models.CharField(max_length=7, choices=Soort)
    dag = models.DateField()
    van = models.TimeField(null=True)
    tot = models.TimeField(null=True)
    besluit_op = models.DateField(null=True)
    gemaakt_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gedaan_op = models.DateTimeField(null=True)
    gedaan_door = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    waarover_v = Verzegeld()

    waarover = Vertrouwelijk()

    class Meta:
        verbose_name = _("agendapunt")
        verbose_name_plural = _("agendapunten")
        indexes = [
            models.Index(fields=["tenant", "kwestie"], name="agenda_kwestie"),
            models.Index(
                fields=["tenant", "dag"],
                name="agenda_open",
                condition=Q(gedaan_op__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="agenda_soort_lijst",
                condition=Q(
                    soort__in=["BELLEN", "BEZWAAR", "BEROEP", "REACTIE", "ANDERS"]
                ),
            ),
            models.CheckConstraint(
                name="agenda_venster",
                condition=Q(tot__isnull=True) | Q(van__isnull=False, tot__gt=F("van")),
            ),
            models.CheckConstraint(  # S7: a term of the law runs from a decision
                name="agenda_besluit",
                condition=Q(
                    soort__in=["BEZWAAR", "BEROEP"],
                    besluit_op__isnull=False,
                    dag__gt=F("besluit_op"),
                )
                | (~Q(soort__in=["BEZWAAR", "BEROEP"]) & Q(besluit_op__isnull=True)),
            ),
            models.CheckConstraint(
                name="agenda_gedaan_door",
                condition=Q(gedaan_op__isnull=True, gedaan_door__isnull=True)
                | Q(gedaan_op__isnull=False, gedaan_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"agendapunt {self.pk}"

    @property
    def is_wettelijk(self) -> bool:
        """A term of the law: it cannot be moved."""
        return self.besluit_op is not None


class Dagstaat(models.Model):
    """How many phone calls somebody had on a day for one tenant, as she counted them;
    beside it stands what was registered (S113).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dag = models.DateField()
    telefoontjes = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("dagstaat")
        verbose_name_plural = _("dagstaten")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "medewerker", "dag"], name="dagstaat_eenmaal"
            ),
            models.CheckConstraint(
                name="dagstaat_telefoontjes", condition=Q(telefoontjes__lte=500)
            ),
        ]

    def __str__(self) -> str:
        return f"dagstaat {self.dag}"
