"""What happened in a kwestie: contacts, referrals, formal routes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codelists import codes
from cases.models.basis import INHOUDELIJK_MET, MEE, array_of_codes, within
from cases.models.dossier import Kwestie
from privacy.fields import Vertrouwelijk
from tenants.models import Medewerker, Tenant


class Contactmoment(models.Model):
    """One contact about a kwestie, with at least one activity (S170)."""

    class Richting(models.TextChoices):
        IN = "IN", _("De ander nam contact op")
        UIT = "UIT", _("Wij namen contact op")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="contactmomenten",
        db_constraint=False,
        db_index=False,
    )
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, db_index=False
    )
    datum_tijd = models.DateTimeField(_("Wanneer"))
    kanaal = models.CharField(max_length=8)
    vindplaats = models.CharField(max_length=8, blank=True)
    richting = models.CharField(max_length=3, choices=Richting, default=Richting.IN)
    met = array_of_codes()
    is_inhoudelijk = models.BooleanField(null=True)
    is_client_aanwezig = models.BooleanField(null=True)
    activiteiten = array_of_codes()
    duur_min = models.PositiveSmallIntegerField(default=0)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    notitie_v = models.TextField(null=True)

    notitie = Vertrouwelijk()

    class Meta:
        verbose_name = _("contactmoment")
        verbose_name_plural = _("contactmomenten")
        indexes = [
            models.Index(
                fields=["tenant", "kwestie", "-datum_tijd"], name="contact_kwestie"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="contact_kanaal_lijst", condition=Q(kanaal__in=codes("kanaal"))
            ),
            models.CheckConstraint(
                name="contact_activiteit_nodig",
                condition=Q(activiteiten__len__gte=1),
            ),
            within("contact", "activiteiten", codes("activiteit")),
            within("contact", "met", MEE),
            models.CheckConstraint(
                name="contact_duur", condition=Q(duur_min__lte=24 * 60)
            ),
            models.CheckConstraint(  # V5 (S12): not about a client without the client
                name="contact_client_erbij",
                condition=~Q(met__overlap=list(INHOUDELIJK_MET))
                | Q(is_inhoudelijk__isnull=False, is_inhoudelijk=False)
                | Q(is_client_aanwezig__isnull=False, is_client_aanwezig=True),
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Verwijzing(models.Model):
    """Where a client was referred to; the fact behind resultaat VERWEZEN (V15)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="verwijzingen",
        db_constraint=False,
        db_index=False,
    )
    instantie_type = models.CharField(max_length=6)
    organisatie = models.CharField(max_length=160, blank=True)
    is_warm = models.BooleanField(null=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("verwijzing")
        verbose_name_plural = _("verwijzingen")
        indexes = [
            models.Index(fields=["tenant", "kwestie"], name="verwijzing_kwestie")
        ]
        constraints = [
            models.CheckConstraint(
                name="verwijzing_instantie_lijst",
                condition=Q(instantie_type__in=codes("instantie_type")),
            )
        ]

    def __str__(self) -> str:
        return f"verwijzing {self.pk}"


class ExternTraject(models.Model):
    """A formal route at another body; the fact behind a filed complaint (V15)."""

    class Type(models.TextChoices):
        KLACHT_AWB = "klacht_awb", _("Klacht bij een bestuursorgaan (Awb)")
        KLACHT_WKKGZ = "klacht_wkkgz", _("Klacht bij een zorgaanbieder (Wkkgz)")
        KLACHT_WMO = "klacht_wmo_aanbieder", _("Klacht bij een Wmo-aanbieder")
        KLACHT_JEUGDWET = "klacht_jeugdwet", _("Klacht in de jeugdhulp (Jeugdwet)")
        KLACHT_WZD = "klacht_wzd", _("Klacht onvrijwillige zorg (Wzd)")
        KLACHT_WVGGZ = "klacht_wvggz", _("Klacht verplichte zorg (Wvggz)")
        BEZWAAR = "bezwaar", _("Bezwaar")
        BEROEP = "beroep", _("Beroep bij de rechter")
        GESCHIL = "geschil", _("Geschil bij een geschilleninstantie")
        OMBUDSMAN = "ombudsman", _("Ombudsman")
        TUCHTRECHT = "tuchtrecht", _("Tuchtrecht")
        MELDING_INSPECTIE = "melding_inspectie", _("Melding bij de inspectie")

    class Steun(models.TextChoices):
        MEEGEDACHT = "meegedacht", _("Meegedacht")
        GESCHREVEN = "geschreven", _("Geholpen met schrijven")
        BIJGESTAAN = "bijgestaan", _("Bijgestaan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie = models.ForeignKey(
        Kwestie,
        on_delete=models.CASCADE,
        related_name="trajecten",
        db_constraint=False,
        db_index=False,
    )
    type = models.CharField(max_length=20, choices=Type)
    instantie = models.CharField(max_length=160)
    ingediend_op = models.DateField(null=True)
    rol_ondersteuner = models.CharField(max_length=10, choices=Steun)
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("extern traject")
        verbose_name_plural = _("externe trajecten")
        indexes = [models.Index(fields=["tenant", "kwestie"], name="traject_kwestie")]
        constraints = [
            models.CheckConstraint(
                name="traject_type_lijst",
                condition=Q(
                    type__in=[
                        "klacht_awb",
                        "klacht_wkkgz",
                        "klacht_wmo_aanbieder",
                        "klacht_jeugdwet",
                        "klacht_wzd",
                        "klacht_wvggz",
                        "bezwaar",
                        "beroep",
                        "geschil",
                        "ombudsman",
                        "tuchtrecht",
                        "melding_inspectie",
                    ]
                ),
            )
        ]

    def __str__(self) -> str:
        return f"traject {self.pk}"


# V15: which formal route belongs to which result.
TRAJECT_BIJ_RESULTAAT: dict[str, tuple[str, ...]] = {
    "KLACHT_ING": tuple(
        t.value for t in ExternTraject.Type if t.value.startswith("klacht_")
    ),
    "BEZW_ING": ("bezwaar", "beroep"),
    "OMB_GES": ("ombudsman", "geschil"),
}
