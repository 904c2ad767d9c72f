"""Clients, kwesties and contacts.

Kwestie = one question or knelpunt of one client (S28), of exactly one aard (V1).
Client = a person the Adviespunt knows; an anonymous caller has no Client at all.
Contactmoment = one contact, with what support was given and how long it took.

V1-V4, V7, V15 and V16 are constraints of the database too (constraints below,
triggers in migration 0002); only ``bron=IMPORT`` is exempt from what an old register
lacks, and no form can set that.

Confidential columns end in ``_v`` and are reached through ``privacy.fields`` only.
"""

from __future__ import annotations

import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codelists import codes
from privacy.fields import Vertrouwelijk
from tenants.models import Medewerker, Opdracht, Tenant

# No 0/O, 1/I/L: a number is read out over the phone.
NUMMER_TEKENS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def _array(**options: object) -> ArrayField[list[str], list[str]]:
    return ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        **options,  # type: ignore[arg-type]
    )


def _in(field: str, lijst: str, *also: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"kwestie_{field}_lijst",
        condition=Q(**{f"{field}__in": [*also, *codes(lijst)]}),
    )


def _within(model: str, field: str, allowed: tuple[str, ...]) -> models.CheckConstraint:
    """Every element of the array is one of ``allowed``."""
    return models.CheckConstraint(
        name=f"{model}_{field}_lijst",
        condition=Q(**{f"{field}__contained_by": list(allowed)}),
    )


class Bron(models.TextChoices):
    FORMULIER = "FORMULIER", _("Formulier")
    IMPORT = "IMPORT", _("Overgenomen uit een ouder register")


class Status(models.TextChoices):
    NIEUW = "NIEUW", _("Nieuw")
    TOEGEWEZEN = "TOEGEWEZEN", _("Toegewezen")
    IN_ONDERSTEUNING = "IN_ONDERSTEUNING", _("In ondersteuning")
    WACHT_CLIENT = "WACHT_CLIENT", _("Wacht op cliënt")
    WACHT_DERDEN = "WACHT_DERDEN", _("Wacht op anderen")
    AFGEROND = "AFGEROND", _("Afgerond")
    HEROPEND = "HEROPEND", _("Heropend")
    DOORGELEID = "DOORGELEID", _("Doorgeleid")
    GEANONIMISEERD = "GEANONIMISEERD", _("Geanonimiseerd")
    VERNIETIGD = "VERNIETIGD", _("Vernietigd")


OPEN = (
    Status.NIEUW,
    Status.TOEGEWEZEN,
    Status.IN_ONDERSTEUNING,
    Status.WACHT_CLIENT,
    Status.WACHT_DERDEN,
    Status.HEROPEND,
)
# From here on the client's own goal is on record (S134).
MET_DOEL = (Status.IN_ONDERSTEUNING, Status.WACHT_CLIENT, Status.WACHT_DERDEN)
MEE = ("CLIENT", "NAASTE", "HULPVERLENER", "GEMEENTE", "FUNCTIE", "ANDERS")
INHOUDELIJK_MET = ("HULPVERLENER", "GEMEENTE")


def new_nummer(prefix: str) -> str:
    """A number that looks random and tells nothing of order: ARN-7K3F9Q2."""
    return f"{prefix}-{''.join(secrets.choice(NUMMER_TEKENS) for _ in range(7))}"


def nummer_prefix(slug: str) -> str:
    """What the numbers of a tenant begin with: three letters of its slug."""
    return "".join(char for char in slug if char.isalpha())[:3].upper() or "KWE"


class Client(models.Model):
    """A person known to the Adviespunt. Identity is in ``_v`` columns only."""

    class Identiteit(models.TextChoices):
        BEKEND = "BEKEND", _("Op naam")
        ANON_ZORG = "ANON_ZORG", _("Anoniem tegenover de zorg")
        GEANON = "GEANON", _("Geanonimiseerd")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    identiteitsstatus = models.CharField(max_length=9, choices=Identiteit)
    leeftijdsklasse = models.CharField(max_length=5, default="ONB")
    extern_code = models.CharField(max_length=80, null=True, blank=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    naam_v = models.TextField(null=True)
    telefoon_v = models.TextField(null=True)
    email_v = models.TextField(null=True)
    adres_v = models.TextField(null=True)

    naam = Vertrouwelijk()
    telefoon = Vertrouwelijk()
    email = Vertrouwelijk()
    adres = Vertrouwelijk()

    class Meta:
        verbose_name = _("cliënt")
        verbose_name_plural = _("cliënten")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="client_tenant_id"),
            models.UniqueConstraint(
                fields=["tenant", "extern_code"], name="client_tenant_extern"
            ),
            models.CheckConstraint(
                name="client_identiteit_lijst",
                condition=Q(identiteitsstatus__in=["BEKEND", "ANON_ZORG", "GEANON"]),
            ),
            models.CheckConstraint(
                name="client_geanon_leeg",
                condition=~Q(identiteitsstatus="GEANON")
                | Q(
                    naam_v__isnull=True,
                    telefoon_v__isnull=True,
                    email_v__isnull=True,
                    adres_v__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="client_leeftijdsklasse_lijst",
                condition=Q(leeftijdsklasse__in=codes("leeftijdsklasse")),
            ),
        ]

    def __str__(self) -> str:
        return f"cliënt {self.pk}"


class Kwestie(models.Model):
    """One question or knelpunt; coded columns plus confidential text in ``_v``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    nummer = models.CharField(max_length=40)
    extern_nummer = models.CharField(max_length=80, null=True, blank=True)
    # The row as the register last gave it: a later file changes what changed there.
    extern_rij = models.JSONField(null=True, blank=True)
    bron = models.CharField(max_length=9, choices=Bron, default=Bron.FORMULIER)
    opdracht = models.ForeignKey(
        Opdracht,
        on_delete=models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
    )
    dienst = models.CharField(max_length=12)
    client = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        null=True,
        related_name="kwesties",
        db_constraint=False,
        db_index=False,
    )
    ondersteuner = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        null=True,
        related_name="kwesties",
        db_index=False,
    )
    ondersteuner_code = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=16, choices=Status, default=Status.NIEUW)

    datum = models.DateField(_("Datum van het eerste contact"))
    kanaal = models.CharField(max_length=8)
    rol = models.CharField(max_length=8)
    identiteitsstatus = models.CharField(max_length=9)
    vertrouwelijkheid = models.CharField(max_length=6, default="NORM")
    soort = models.CharField(max_length=8)
    aard = models.CharField(max_length=3)
    subaard = models.CharField(max_length=20, blank=True)
    wet = models.CharField(max_length=8)
    wetten = _array()
    levensdomein = _array()
    wederpartij = _array()
    fase = models.CharField(max_length=8, blank=True)
    laag = models.PositiveSmallIntegerField(default=2)
    gewezen_op_oco = models.CharField(max_length=8, blank=True)
    resultaat = models.CharField(max_length=10, blank=True)
    procedure_voorkomen = models.CharField(max_length=8, blank=True)
    afgerond_op = models.DateField(null=True)
    # Kept equal to the contacts by a trigger, so that counting needs no contacts.
    activiteiten = _array()
    minuten = models.PositiveIntegerField(default=0)
    # What an old register left out (field names); shown as 'aan te vullen'.
    aan_te_vullen = _array()

    aangemaakt_op = models.DateTimeField(default=timezone.now)
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    laatste_contact_op = models.DateTimeField(null=True)
    versie = models.PositiveIntegerField(default=1)

    kernvraag_v = models.TextField(null=True)
    gewenste_oplossing_v = models.TextField(null=True)
    doel_client_v = models.TextField(null=True)
    toelichting_v = models.TextField(null=True)
    resultaat_toelichting_v = models.TextField(null=True)

    kernvraag = Vertrouwelijk()
    gewenste_oplossing = Vertrouwelijk()
    doel_client = Vertrouwelijk()
    toelichting = Vertrouwelijk()
    resultaat_toelichting = Vertrouwelijk()

    class Meta:
        verbose_name = _("kwestie")
        verbose_name_plural = _("kwesties")
        indexes = [
            models.Index(fields=["tenant", "-datum", "id"], name="kwestie_datum"),
            models.Index(
                fields=["tenant", "status", "-datum", "id"], name="kwestie_status"
            ),
            models.Index(
                fields=["tenant", "ondersteuner", "status", "-datum", "id"],
                name="kwestie_caseload",
            ),
            models.Index(fields=["tenant", "client"], name="kwestie_client"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="kwestie_tenant_id"),
            models.UniqueConstraint(
                fields=["tenant", "nummer"], name="kwestie_tenant_nummer"
            ),
            models.UniqueConstraint(
                fields=["tenant", "extern_nummer"], name="kwestie_tenant_extern"
            ),
            _in("aard", "aard"),  # V1
            _in("soort", "soort_kwestie"),
            _in("wet", "wet"),  # V3: one column, so exactly one primary law
            _in("kanaal", "kanaal"),
            _in("rol", "rol_hulpvrager"),
            _in("identiteitsstatus", "identiteitsstatus"),
            _in("vertrouwelijkheid", "vertrouwelijkheid"),
            _in("dienst", "dienst"),
            _in("fase", "fase", ""),
            _in("resultaat", "resultaat", ""),
            models.CheckConstraint(
                name="kwestie_laag_lijst", condition=Q(laag__in=[1, 2, 3])
            ),
            models.CheckConstraint(
                name="kwestie_status_lijst",
                condition=Q(status__in=[s.value for s in Status]),
            ),
            models.CheckConstraint(
                name="kwestie_bron_lijst", condition=Q(bron__in=[b.value for b in Bron])
            ),
            _within("kwestie", "wetten", codes("wet")),
            _within("kwestie", "levensdomein", codes("levensdomein")),
            _within("kwestie", "activiteiten", codes("activiteit")),
            models.CheckConstraint(  # V3: the primary law is not a further one too
                name="kwestie_wet_eenmaal",
                condition=~Q(wetten__contains=[F("wet")]),
            ),
            models.CheckConstraint(  # V2
                name="kwestie_subaard_bij_aard",
                condition=Q(subaard="") | Q(subaard__startswith=F("aard")),
            ),
            models.CheckConstraint(  # V16, lower bound (S129)
                name="kwestie_datum_vanaf_2015", condition=Q(datum__gte="2015-01-01")
            ),
            models.CheckConstraint(
                name="kwestie_afgerond_na_datum",
                condition=Q(afgerond_op__isnull=True) | Q(afgerond_op__gte=F("datum")),
            ),
            models.CheckConstraint(  # V7: who is anonymous has no client record
                name="kwestie_anoniem_zonder_client",
                condition=Q(identiteitsstatus="ANONIEM", client__isnull=True)
                | (~Q(identiteitsstatus="ANONIEM") & Q(client__isnull=False)),
            ),
            models.CheckConstraint(  # V4: a result, and the day it was closed
                name="kwestie_afgerond_resultaat",
                condition=(
                    Q(status__in=[Status.AFGEROND, Status.GEANONIMISEERD])
                    & ~Q(resultaat="")
                    & Q(afgerond_op__isnull=False)
                )
                | (
                    ~Q(status__in=[Status.AFGEROND, Status.GEANONIMISEERD])
                    & Q(afgerond_op__isnull=True)
                ),
            ),
            models.CheckConstraint(  # V4: support given; law and domain known
                name="kwestie_afgerond_compleet",
                condition=~Q(status=Status.AFGEROND)
                | Q(bron=Bron.IMPORT)
                | (
                    Q(activiteiten__len__gte=1)
                    & (
                        Q(soort__in=["VRAAG", "MELDING"])
                        | (~Q(wet="ONBEKEND") & Q(levensdomein__len__gte=1))
                    )
                ),
            ),
            models.CheckConstraint(  # S134
                name="kwestie_doel_client",
                condition=~Q(status__in=MET_DOEL)
                | Q(bron=Bron.IMPORT)
                | Q(doel_client_v__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_anoniem(self) -> bool:
        return self.identiteitsstatus == "ANONIEM"


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
    met = _array()
    is_inhoudelijk = models.BooleanField(null=True)
    is_client_aanwezig = models.BooleanField(null=True)
    activiteiten = _array()
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
            _within("contact", "activiteiten", codes("activiteit")),
            _within("contact", "met", MEE),
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
