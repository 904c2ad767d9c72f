"""What happened in a kwestie: contacts, referrals, formal routes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codelists import codes
from cases.models.basis import (
    INHOUDELIJK_MET,
    MEE,
    Weggooibaar,
    array_of_codes,
    within,
)
from cases.models.dossier import Kwestie
from privacy.fields import Vertrouwelijk, Verzegeld
from tenants.models import Medewerker, Tenant


class Contactmoment(Weggooibaar):
    """One contact about a kwestie, with at least one activity (S170)."""

    class Richting(models.TextChoices):
        IN = "IN", _("De ander nam contact op")
        UIT = "UIT", _("Wij namen contact op")

    class Inspringen(models.TextChoices):
        NIEMAND = "NIEMAND", _("Er was nu niemand anders")
        SPOED = "SPOED", _("Het kon niet wachten")
        UITVAL = "UITVAL", _("Wie het zou doen, viel uit")
        CLIENT = "CLIENT", _("De cliënt kon het nu niet zelf")

    sleutel_van = "kwestie"

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
    # By which consent of the client this talk was without the client (S13).
    toestemming = models.ForeignKey(
        "cases.Toestemming",
        on_delete=models.PROTECT,
        null=True,
        related_name="contacten",
        db_constraint=False,
        db_index=False,
    )
    activiteiten = array_of_codes()
    # Stepping in for somebody else: why, and until when (S177). A trigger asks both
    # with the activity IND.INSPR (migration 0011).
    inspringen_reden = models.CharField(
        max_length=7, choices=Inspringen, blank=True, default="", db_default=""
    )
    inspringen_tot = models.DateField(null=True)
    duur_min = models.PositiveSmallIntegerField(default=0)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    notitie_v = Verzegeld()

    notitie = Vertrouwelijk()

    class Meta:
        verbose_name = _("contactmoment")
        verbose_name_plural = _("contactmomenten")
        indexes = [
            models.Index(
                fields=["tenant", "kwestie", "-datum_tijd"], name="contact_kwestie"
            ),
            models.Index(
                fields=["tenant", "datum_tijd"],
                name="contact_zonder_client",
                condition=Q(toestemming__isnull=False),
            ),
            models.Index(  # the hours of a month, without the contacts themselves
                fields=["tenant", "datum_tijd"],
                name="contact_uren",
                include=["kwestie", "duur_min"],
            ),
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
                name="contact_inspringen",
                condition=Q(inspringen_reden="", inspringen_tot__isnull=True)
                | Q(
                    inspringen_reden__in=["NIEMAND", "SPOED", "UITVAL", "CLIENT"],
                    inspringen_tot__isnull=False,
                    activiteiten__contains=["IND.INSPR"],
                ),
            ),
            models.CheckConstraint(
                name="contact_duur", condition=Q(duur_min__lte=24 * 60)
            ),
            # V5 (S12): not about a client without the client, unless the client said
            # so; that the consent holds is seen by a trigger (migration 0004).
            models.CheckConstraint(
                name="contact_client_erbij",
                condition=~Q(met__overlap=list(INHOUDELIJK_MET))
                | Q(is_inhoudelijk__isnull=False, is_inhoudelijk=False)
                | Q(is_client_aanwezig__isnull=False, is_client_aanwezig=True)
                | Q(toestemming__isnull=False),
            ),
            models.CheckConstraint(  # each use of a consent is an exception (S13)
                name="contact_toestemming_nodig",
                condition=Q(toestemming__isnull=True)
                | Q(
                    met__overlap=list(INHOUDELIJK_MET),
                    is_inhoudelijk__isnull=False,
                    is_inhoudelijk=True,
                    is_client_aanwezig__isnull=False,
                    is_client_aanwezig=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Verwijzing(Weggooibaar):
    """Where a client was referred to; the fact behind resultaat VERWEZEN (V15).

    is_warm: we went along or handed over ourselves; None: not said.
    """

    class Aankomst(models.TextChoices):
        JA = "JA", _("Ja, de cliënt is daar geholpen")
        NEE = "NEE", _("Nee, de cliënt kwam daar niet terecht")
        ONBEKEND = "ONBEKEND", _("Dat weten we niet")

    sleutel_van = "kwestie"

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
    # Whether the client got there; '' while nobody asked.
    aangekomen = models.CharField(
        max_length=8, choices=Aankomst, blank=True, default="", db_default=""
    )
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
            ),
            models.CheckConstraint(
                name="verwijzing_aangekomen_lijst",
                condition=Q(aangekomen__in=["", "JA", "NEE", "ONBEKEND"]),
            ),
        ]

    def __str__(self) -> str:
        return f"verwijzing {self.pk}"


BEOORDEELD = ("GEGROND", "DEELSGEG", "ONGEGROND", "NIETONTV", "ONBEVOEGD", "INGETR")
AFGEHANDELD = ("GEENOORD", "INFORM", "NIETBEH", "DOORGEZ")
# V6, S126: which rulings the body that decides a route can give.
OORDEEL_BIJ_TRAJECT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("klacht_awb", "klacht_wkkgz", "klacht_wmo_aanbieder"),
            *("klacht_jeugdwet", "klacht_wzd", "klacht_wvggz"),
        ),
        (*BEOORDEELD, *AFGEHANDELD),
    ),
    **dict.fromkeys(("bezwaar", "beroep"), (*BEOORDEELD, "INFORM", "DOORGEZ")),
    "geschil": (*BEOORDEELD, "INFORM", "NIETBEH"),
    "ombudsman": (
        *("BEHOORL", "NIETBEHOORL", "AANBEV", "ONBEVOEGD", "INGETR"),
        *AFGEHANDELD,
    ),
    "tuchtrecht": BEOORDEELD,
    "melding_inspectie": ("INGETR", "GEENOORD", "NIETBEH", "DOORGEZ"),
}


def oordeel_bij_type() -> Q:
    """No ruling yet, or one from the list of this route."""
    found = Q(oordeel="")
    for type, oordelen in OORDEEL_BIJ_TRAJECT.items():
        found |= Q(type=type, oordeel__in=oordelen)
    return found


class ExternTraject(Weggooibaar):
    """A formal route at another body; the fact behind a filed complaint (V15).

    Who is right is said here only, by the body that decides: never by us (S11).
    Its term is computed (``cases.termijnen``) from: bekend_op, when the decision it is
    against was made known; ingediend_op; oordeel_op; is_lang, the longer term of the
    law holds; verdaagd_weken and opgeschort_dagen, as the body said. termijn_tot: a
    last day that somebody typed, which then holds instead.
    """

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

    sleutel_van = "kwestie"

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
    bekend_op = models.DateField(null=True)
    is_lang = models.BooleanField(default=False, db_default=False)
    verdaagd_weken = models.PositiveSmallIntegerField(default=0, db_default=0)
    opgeschort_dagen = models.PositiveSmallIntegerField(default=0, db_default=0)
    termijn_tot = models.DateField(null=True)
    rol_ondersteuner = models.CharField(max_length=10, choices=Steun)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    oordeel = models.CharField(max_length=11, blank=True, default="", db_default="")
    oordeel_door = models.CharField(
        max_length=160, blank=True, default="", db_default=""
    )
    oordeel_op = models.DateField(null=True)
    herstelactie_v = Verzegeld()
    # Why the ombudsman without a complaint first (V14).
    reden_direct_v = Verzegeld()

    herstelactie = Vertrouwelijk()
    reden_direct = Vertrouwelijk()

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
            ),
            models.CheckConstraint(  # V6: a ruling has a body and a day
                name="traject_oordeel_compleet",
                condition=Q(
                    oordeel="",
                    oordeel_door="",
                    oordeel_op__isnull=True,
                    herstelactie_v__isnull=True,
                )
                | (~Q(oordeel="") & ~Q(oordeel_door="") & Q(oordeel_op__isnull=False)),
            ),
            models.CheckConstraint(  # V6, S126
                name="traject_oordeel_lijst", condition=oordeel_bij_type()
            ),
            models.CheckConstraint(
                name="traject_oordeel_na_indienen",
                condition=Q(oordeel_op__isnull=True)
                | Q(ingediend_op__isnull=True)
                | Q(oordeel_op__gte=F("ingediend_op")),
            ),
            models.CheckConstraint(  # Awb 7:10 lid 3; Awb 9:11 lid 2, Wkkgz 17 lid 2
                name="traject_verdaagd",
                condition=Q(verdaagd_weken=0)
                | Q(type="bezwaar", verdaagd_weken__lte=6)
                | Q(type__in=["klacht_awb", "klacht_wkkgz"], verdaagd_weken__lte=4),
            ),
            models.CheckConstraint(  # Awb 7:10 lid 2
                name="traject_opgeschort",
                condition=Q(opgeschort_dagen=0)
                | Q(type="bezwaar", opgeschort_dagen__lte=365),
            ),
            models.CheckConstraint(  # Awb 7:10, 9:11; Wzd 56a, Wvggz 10:5
                name="traject_lange_termijn",
                condition=Q(is_lang=False)
                | Q(type__in=["bezwaar", "klacht_awb", "klacht_wzd", "klacht_wvggz"]),
            ),
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
