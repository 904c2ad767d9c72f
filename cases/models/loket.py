"""What came in through the door of visitors, until and after it became a kwestie.

Aanmelding = one question that was sent. Its id is a keyed hash of the return code, so
who shows the code is in the database who may see this row, and nobody else outside the
staff. ``inhoud`` is sealed to the key of the door (Loketsleutel), of which
``team_publiek`` is the half; taken up, the text is in the kwestie and a key of its own,
under that of the kwestie, comes in its place.
Loketbericht = what is said back and forth, sealed twice: for the team, and for who has
the code (``melder_publiek``), so that our own server cannot read it back to anybody
else.
An aanmelding of the national door that was sent on (``naar``) holds nothing any more;
there is another one at that tenant, to which its code leads.

No address, no browser, no header of the sender is in any of it (V7).
Guarded by tests/cases/test_loket.py, test_loket_sql.py, test_doorsturen.py and the
migrations 0019 and 0020.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.dossier import Kwestie
from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models import Medewerker, Tenant


class Loketsleutel(Verzegelbaar):
    """A key of a door: what was sealed with ``publiek`` opens with ``geheim``."""

    sleutel_van = "loketsleutel"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    publiek = models.BinaryField()
    gemaakt_op = models.DateTimeField(default=timezone.now)
    geheim_v = Verzegeld()

    geheim = Vertrouwelijk()

    class Meta:
        verbose_name = _("loketsleutel")
        verbose_name_plural = _("loketsleutels")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="loketsleutel_tenant_id"
            ),
        ]

    def __str__(self) -> str:
        return f"loketsleutel {self.pk}"


class Aanmelding(Verzegelbaar):
    """One question of a visitor. The id is made from the return code."""

    sleutel_van = "kwestie"

    id = models.UUIDField(primary_key=True, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    ontvangen_op = models.DateTimeField(default=timezone.now)
    melder_publiek = models.BinaryField()
    loketsleutel = models.ForeignKey(
        Loketsleutel, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    inhoud = models.BinaryField(null=True)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        null=True,
        related_name="aanmeldingen",
        db_constraint=False,
        db_index=False,
    )
    opgenomen_op = models.DateTimeField(null=True)
    naar = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    team_publiek = models.BinaryField()
    team_geheim_v = Verzegeld()

    team_geheim = Vertrouwelijk()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="aanmelding_tenant_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "kwestie"], name="aanmelding_van_kwestie"
            ),
            models.CheckConstraint(
                name="aanmelding_opgenomen",
                condition=Q(
                    kwestie__isnull=True,
                    opgenomen_op__isnull=True,
                    team_geheim_v__isnull=True,
                    inhoud__isnull=False,
                    naar__isnull=True,
                )
                | Q(
                    kwestie__isnull=True,
                    opgenomen_op__isnull=True,
                    team_geheim_v__isnull=True,
                    inhoud__isnull=True,
                    naar__isnull=False,
                )
                | Q(
                    kwestie__isnull=False,
                    opgenomen_op__isnull=False,
                    team_geheim_v__isnull=False,
                    inhoud__isnull=True,
                    naar__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "ontvangen_op"],
                name="aanmelding_wacht",
                condition=Q(kwestie__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"aanmelding {self.pk}"


class Loketbericht(models.Model):
    """One message of the sender or of ours (``door``)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    aanmelding = models.ForeignKey(
        Aanmelding,
        on_delete=models.CASCADE,
        related_name="berichten",
        db_constraint=False,
        db_index=False,
    )
    is_van_ons = models.BooleanField(default=False)
    op = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    voor_team = models.BinaryField()
    voor_melder = models.BinaryField()
    gelezen_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("bericht aan het loket")
        verbose_name_plural = _("berichten aan het loket")
        constraints = [
            models.CheckConstraint(
                name="loketbericht_van",
                condition=Q(is_van_ons=True, door__isnull=False)
                | Q(is_van_ons=False, door__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "aanmelding", "op"], name="loketbericht_draad"
            ),
            models.Index(
                fields=["tenant", "aanmelding"],
                name="loketbericht_nieuw",
                condition=Q(is_van_ons=False, gelezen_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"loketbericht {self.pk}"
