"""Work without a client: with groups, or with others about how things go (S58, S121).

Invariant: no client, no kwestie and no free text, so nobody can be found in it. How many
took part is kept as it was and shown rounded to five.

Guarded by tests/cases/test_collectief.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codelists import codes
from tenants.models import Medewerker, Tenant

AFRONDING = 5


def soorten() -> tuple[str, ...]:
    """The activities that are about no client in particular: COL and INT."""
    return tuple(c for c in codes("activiteit") if not c.startswith("IND."))


class Publiek(models.TextChoices):
    """For whom it was (model.md §2.2)."""

    CLIENTEN = "CLIENTEN", _("Cliënten")
    NAASTEN = "NAASTEN", _("Naasten")
    ZORGVERL = "ZORGVERL", _("Zorgverleners")
    VRIJW = "VRIJW", _("Vrijwilligers")
    PROF = "PROF", _("Andere professionals")


class CollectieveActiviteit(models.Model):
    """One meeting, training or consultation of a colleague for a tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    datum = models.DateField()
    soort = models.CharField(max_length=12)
    thema = models.CharField(max_length=20, blank=True)
    publiek = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    doelgroepen = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    aantal_deelnemers = models.PositiveSmallIntegerField(null=True)
    duur_min = models.PositiveSmallIntegerField(default=0)
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("collectieve activiteit")
        verbose_name_plural = _("collectieve activiteiten")
        indexes = [
            models.Index(fields=["tenant", "-datum", "id"], name="collectief_datum")
        ]
        constraints = [
            models.CheckConstraint(
                name="collectief_soort_lijst", condition=Q(soort__in=soorten())
            ),
            models.CheckConstraint(
                name="collectief_thema_lijst",
                condition=Q(thema__in=["", *codes("subaard")]),
            ),
            models.CheckConstraint(
                name="collectief_publiek_lijst",
                condition=Q(publiek__contained_by=Publiek.values),
            ),
            models.CheckConstraint(
                name="collectief_doelgroepen_lijst",
                condition=Q(doelgroepen__contained_by=list(codes("doelgroep"))),
            ),
            models.CheckConstraint(
                name="collectief_duur", condition=Q(duur_min__lte=24 * 60)
            ),
            models.CheckConstraint(
                name="collectief_datum_vanaf_2015", condition=Q(datum__gte="2015-01-01")
            ),
            models.CheckConstraint(  # S121: a consultation is about nobody
                name="collectief_overleg_over_niemand",
                condition=~Q(soort__startswith="INT.")
                | Q(publiek=[], doelgroepen=[], aantal_deelnemers__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"collectieve activiteit {self.pk}"

    @property
    def deelnemers(self) -> int | None:
        """Rounded to five, as it is shown; None when not counted."""
        if self.aantal_deelnemers is None:
            return None
        return AFRONDING * round(self.aantal_deelnemers / AFRONDING)

    @property
    def publieken(self) -> str:
        return "; ".join(str(Publiek(code).label) for code in self.publiek)
