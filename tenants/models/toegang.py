"""How somebody comes in: invited, sworn to secrecy, appointed; and the four eyes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.mensen import SOORTEN, Medewerker
from tenants.models.opdrachtgevers import Tenant
from tenants.roles import MEDEWERKER, OPDRACHTGEVER, ROLLEN

NAMEN = [(rol.code, rol.naam) for rol in ROLLEN.values()]


def _codes(soort: str) -> list[str]:
    return [rol.code for rol in ROLLEN.values() if rol.soort == soort]


class Geheimhouding(models.Model):
    """A declaration of secrecy that somebody signed: which text, when, as whom (S17).

    Of the person, not of a tenant. Rows are only added; a trigger refuses the rest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="verklaringen"
    )
    versie = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    naam = models.CharField(max_length=120)
    getekend_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("geheimhoudingsverklaring")
        verbose_name_plural = _("geheimhoudingsverklaringen")
        constraints = [
            models.UniqueConstraint(
                fields=["medewerker", "versie"], name="geheimhouding_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"versie {self.versie} · {self.medewerker_id}"


class Uitnodiging(models.Model):
    """An invitation: one address, one tenant, one role, three days, once.

    token_hash: SHA-256 of the secret in the link; the secret itself is only in the
    mail. Guarded by tests/tenants/test_uitnodigen.py and a trigger (migration 0010).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    email = models.EmailField(_("E-mailadres"))
    soort = models.CharField(max_length=13, choices=SOORTEN)
    rol = models.CharField(max_length=12, choices=NAMEN)
    tot = models.DateField(null=True)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gemaakt_op = models.DateTimeField(default=timezone.now)
    token_hash = models.CharField(max_length=64, null=True)
    verstuurd_op = models.DateTimeField(null=True)
    vervalt_op = models.DateTimeField(null=True)
    aangenomen_op = models.DateTimeField(null=True)
    aangenomen_door = models.UUIDField(null=True)
    ingetrokken_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "email", "rol"],
                condition=Q(aangenomen_op__isnull=True, ingetrokken_op__isnull=True),
                name="uitnodiging_een_open",
            ),
            models.CheckConstraint(  # V10
                name="uitnodiging_rol_van_soort",
                condition=Q(soort=MEDEWERKER, rol__in=_codes(MEDEWERKER))
                | Q(soort=OPDRACHTGEVER, rol__in=_codes(OPDRACHTGEVER)),
            ),
            models.CheckConstraint(
                name="uitnodiging_afgedaan",
                condition=Q(aangenomen_op__isnull=True)
                | Q(ingetrokken_op__isnull=True),
            ),
            models.CheckConstraint(
                name="uitnodiging_aangenomen_door",
                condition=Q(aangenomen_op__isnull=True, aangenomen_door__isnull=True)
                | Q(aangenomen_op__isnull=False, aangenomen_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.pk}"

    @property
    def is_open(self) -> bool:
        """Neither accepted nor withdrawn; its link may be too old."""
        return self.aangenomen_op is None and self.ingetrokken_op is None

    @property
    def is_verlopen(self) -> bool:
        return self.vervalt_op is not None and self.vervalt_op <= timezone.now()


class Rolverzoek(models.Model):
    """Somebody of tenant administration asks another to change her own roles.

    Nobody gives herself access: PostgreSQL refuses a membership that its own holder
    writes, and a decision by who asked (migration 0010).
    """

    class Wat(models.TextChoices):
        GEVEN = "GEVEN", _("een rol krijgen")
        STOPPEN = "STOPPEN", _("een rol kwijtraken")

    class Besluit(models.TextChoices):
        AKKOORD = "AKKOORD", _("Goedgekeurd")
        AFGEWEZEN = "AFGEWEZEN", _("Afgewezen")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    wat = models.CharField(max_length=7, choices=Wat)
    rol = models.CharField(max_length=12, choices=NAMEN)
    tot = models.DateField(null=True)
    reden = models.CharField(max_length=500)
    gevraagd_op = models.DateTimeField(default=timezone.now)
    besluit = models.CharField(max_length=9, choices=Besluit, null=True)
    besloten_door = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    besloten_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("rolverzoek")
        verbose_name_plural = _("rolverzoeken")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "door", "rol"],
                condition=Q(besluit__isnull=True),
                name="rolverzoek_een_open",
            ),
            models.CheckConstraint(
                name="rolverzoek_vier_ogen",
                condition=Q(besloten_door__isnull=True) | ~Q(besloten_door=F("door")),
            ),
            models.CheckConstraint(
                name="rolverzoek_besloten",
                condition=Q(
                    besluit__isnull=True,
                    besloten_door__isnull=True,
                    besloten_op__isnull=True,
                )
                | Q(
                    besluit__isnull=False,
                    besloten_door__isnull=False,
                    besloten_op__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wat} {self.rol}"


class Aanstelling(models.Model):
    """By whom somebody was appointed for this tenant, and until when (S97)."""

    class Einde(models.TextChoices):
        VERLOPEN = "VERLOPEN", _("De periode is afgelopen")
        EIGEN_VERZOEK = "EIGEN", _("Op eigen verzoek")
        ONTHEVEN = "ONTHEVEN", _("Uit de functie ontheven")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    medewerker = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="aanstellingen",
        db_index=False,
    )
    instantie = models.CharField(max_length=160)
    besluit_op = models.DateField()
    functie = models.CharField(max_length=8, choices=Medewerker.Functie)
    van = models.DateField()
    tot = models.DateField(null=True)
    einde_reden = models.CharField(max_length=8, choices=Einde, blank=True, default="")
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("aanstelling")
        verbose_name_plural = _("aanstellingen")
        indexes = [
            models.Index(fields=["tenant", "medewerker"], name="aanstelling_van_wie")
        ]
        constraints = [
            models.CheckConstraint(
                name="aanstelling_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
            models.CheckConstraint(  # who ends says why
                name="aanstelling_einde",
                condition=Q(einde_reden="") | Q(tot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instantie} · {self.van}"
