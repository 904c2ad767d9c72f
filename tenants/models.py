"""Tenants, people and the roles between them.

Tenant = opdrachtgever: it commissions and pays, and never sees a client.
User = an account; ``soort`` says of whom: of the Adviespunt or of an opdrachtgever.
Nobody can be both (V10: S100, S164); a composite foreign key in the database and
``tenants.services`` keep it so.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.roles import LABELS, MEDEWERKER, OPDRACHTGEVER, ROLLEN

SOORTEN = [
    (MEDEWERKER, _("Medewerker van het Adviespunt")),
    (OPDRACHTGEVER, _("Contact van een opdrachtgever")),
]


class UserManager(BaseUserManager["User"]):
    """Makes accounts by e-mail address; there are no superusers."""

    def create_user(self, email: str, password: str | None, **fields: Any) -> User:
        """A saved User with a normalised address; no password means: cannot sign in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account. ``naam`` is how colleagues see this person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mailadres"), unique=True)
    naam = models.CharField(_("Naam"), max_length=120)
    soort = models.CharField(max_length=13, choices=SOORTEN)
    is_active = models.BooleanField(default=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    is_staff = False

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam", "soort"]
    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_superuser=False), name="user_geen_superuser"
            ),
            models.UniqueConstraint(fields=["id", "soort"], name="user_id_soort"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_medewerker(self) -> bool:
        return self.soort == MEDEWERKER


class Tenant(models.Model):
    """Opdrachtgever: a gemeente (with its CBS code) or a zorgaanbieder (S8)."""

    class Type(models.TextChoices):
        GEMEENTE = "gemeente", _("Gemeente")
        ZORGAANBIEDER = "zorgaanbieder", _("Zorgaanbieder")

    class Status(models.TextChoices):
        VOORBEREIDING = "VOORBEREIDING", _("In voorbereiding")
        ACTIEF = "ACTIEF", _("Actief")
        BEEINDIGD = "BEEINDIGD", _("Beëindigd")

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(max_length=60, unique=True)
    naam = models.CharField(_("Naam"), max_length=160)
    type = models.CharField(max_length=13, choices=Type)
    gemeentecode = models.CharField(max_length=6, null=True, blank=True, unique=True)
    kvk = models.CharField(max_length=8, blank=True)
    status = models.CharField(
        max_length=13, choices=Status, default=Status.VOORBEREIDING
    )
    is_fictief = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("opdrachtgever")
        verbose_name_plural = _("opdrachtgevers")
        ordering = ["naam"]
        permissions = [  # a lazy label; Django translates it when it is shown
            (recht.value, label)  # type: ignore[misc]
            for recht, label in LABELS.items()
        ]
        constraints = [
            models.CheckConstraint(
                name="tenant_gemeentecode",
                condition=Q(type="gemeente", gemeentecode__regex=r"^GM\d{4}$")
                | Q(type="zorgaanbieder", gemeentecode__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.naam


class TenantUserObjectPermission(UserObjectPermissionBase):
    """django-guardian's record of one permission of one person on one Tenant."""

    content_object = models.ForeignKey(Tenant, on_delete=models.CASCADE)


class TenantGroupObjectPermission(GroupObjectPermissionBase):
    """The same for a group; empty as long as roles are given to people."""

    content_object = models.ForeignKey(Tenant, on_delete=models.CASCADE)


class Opdracht(models.Model):
    """What an opdrachtgever commissions, and the agreements on reporting."""

    class Frequentie(models.TextChoices):
        KWARTAAL = "kwartaal", _("Elk kwartaal")
        HALFJAAR = "halfjaar", _("Elk half jaar")
        JAAR = "jaar", _("Elk jaar")

    class Afspraak(models.TextChoices):
        DEELS = "deels", _("Deels openbaar na bespreking")
        TOESTEMMING = "toestemming", _("Openbaar alleen met toestemming")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    naam = models.CharField(_("Naam"), max_length=160)
    diensten = ArrayField(models.CharField(max_length=12))
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    drempel_opdrachtgever = models.PositiveSmallIntegerField(default=5)
    drempel_openbaar = models.PositiveSmallIntegerField(default=10)
    rapportagefrequentie = models.CharField(
        max_length=8, choices=Frequentie, default=Frequentie.KWARTAAL
    )
    reactietermijn_dagen = models.PositiveSmallIntegerField(default=28)
    publicatieafspraak = models.CharField(
        max_length=11, choices=Afspraak, default=Afspraak.DEELS
    )
    onafhankelijkheidsclausule_akkoord_op = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("opdracht")
        verbose_name_plural = _("opdrachten")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="opdracht_tenant_id"),
            # Never below five, and ten for everyone outside (disclosure §2).
            models.CheckConstraint(
                name="opdracht_drempels",
                condition=Q(drempel_opdrachtgever__gte=5, drempel_openbaar__gte=10),
            ),
            models.CheckConstraint(
                name="opdracht_periode",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Medewerker(models.Model):
    """A person who works for the Adviespunt; ``code`` is her mark in registers."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.PROTECT, related_name="medewerker"
    )
    naam = models.CharField(max_length=120)
    code = models.CharField(max_length=40, unique=True)
    functie = models.CharField(max_length=8, default="OCO")

    class Meta:
        verbose_name = _("medewerker")
        verbose_name_plural = _("medewerkers")

    def __str__(self) -> str:
        return self.naam


class Membership(models.Model):
    """A role of a person for a tenant, during a period; read on every request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="memberships",
        db_constraint=False,
        db_index=False,
    )
    soort = models.CharField(max_length=13, choices=SOORTEN)
    rol = models.CharField(
        max_length=12, choices=[(r.code, r.naam) for r in ROLLEN.values()]
    )
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "rol"], name="membership_eenmaal"
            ),
            models.CheckConstraint(
                name="membership_rol_van_soort",
                condition=models.Q(
                    soort=MEDEWERKER,
                    rol__in=[r.code for r in ROLLEN.values() if r.soort == MEDEWERKER],
                )
                | models.Q(
                    soort=OPDRACHTGEVER,
                    rol__in=[
                        r.code for r in ROLLEN.values() if r.soort == OPDRACHTGEVER
                    ],
                ),
            ),
        ]
        # Read on every request by person: the one index that leads with a person.
        indexes = [models.Index(fields=["user"], name="membership_user")]

    def __str__(self) -> str:
        return f"{self.rol} · {self.tenant_id}"


class Job(models.Model):
    """A task on the queue of record. Celery carries only its id.

    lease_tot and poging are the lease and the fencing token: a worker that lost its
    lease cannot write its result any more.
    """

    class Status(models.TextChoices):
        WACHT = "WACHT", _("Wacht op uitvoering")
        BEZIG = "BEZIG", _("Wordt uitgevoerd")
        KLAAR = "KLAAR", _("Klaar")
        MISLUKT = "MISLUKT", _("Mislukt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    taak = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    onderwerp_id = models.UUIDField()
    status = models.CharField(max_length=7, choices=Status, default=Status.WACHT)
    voortgang = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=120, blank=True)
    poging = models.PositiveSmallIntegerField(default=0)
    lease_tot = models.DateTimeField(null=True)
    fout = models.CharField(max_length=300, blank=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    klaar_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("taak")
        verbose_name_plural = _("taken")
        indexes = [
            models.Index(fields=["tenant", "onderwerp_id"], name="job_onderwerp"),
            models.Index(
                fields=["tenant"],
                name="job_onderweg",
                condition=Q(status__in=["WACHT", "BEZIG"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taak} {self.id}"

    @property
    def is_onderweg(self) -> bool:
        """Still waiting or being done."""
        return self.status in (self.Status.WACHT, self.Status.BEZIG)


class InzageNotitie(models.Model):
    """What the FG made of one unusual access: looked at, with a note; never changed.

    sleutel: which finding it is about (``cases.opvallend``): rule, person and moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    sleutel = models.CharField(max_length=120)
    notitie = models.CharField(max_length=500)
    door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("notitie over inzage")
        verbose_name_plural = _("notities over inzage")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "sleutel"], name="inzagenotitie_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return self.sleutel


class Telafspraak(models.Model):
    """How anonymous kwesties of a tenant count as clients, since when, and why.

    The last row holds; without a row it is EEN. Rows are only added. Guarded by
    tests/signalering/test_tellen.py.
    """

    class Wijze(models.TextChoices):
        EEN = "EEN", _("Alle anonieme kwesties van een aantal tellen als één cliënt")
        ELK = "ELK", _("Elke anonieme kwestie telt als een eigen cliënt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    wijze = models.CharField(max_length=3, choices=Wijze)
    reden = models.TextField(_("Reden"))
    door_id = models.UUIDField()
    gemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("telafspraak")
        verbose_name_plural = _("telafspraken")
        indexes = [
            models.Index(fields=["tenant", "-gemaakt_op"], name="telafspraak_laatste")
        ]
        constraints = [
            models.CheckConstraint(
                name="telafspraak_wijze_lijst", condition=Q(wijze__in=["EEN", "ELK"])
            ),
            models.CheckConstraint(
                name="telafspraak_reden", condition=Q(reden__regex=r"\S.{8,}\S")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wijze} · {self.tenant_id}"


class Terugkomcode(models.Model):
    """One anonymous person who can show to be the same: a keyed hash, never the code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    hash = models.CharField(max_length=64)
    door_id = models.UUIDField()
    gegeven_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("terugkomcode")
        verbose_name_plural = _("terugkomcodes")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "id"], name="terugkomcode_tenant_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "hash"], name="terugkomcode_eenmaal"
            ),
        ]

    def __str__(self) -> str:
        return f"terugkomcode {self.pk}"


class Terugkomst(models.Model):
    """This kwestie (its id) is of the person with this code; counting reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    kwestie_id = models.UUIDField()
    code = models.ForeignKey(
        Terugkomcode,
        on_delete=models.PROTECT,
        related_name="kwesties",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        verbose_name = _("terugkomst")
        verbose_name_plural = _("terugkomsten")
        indexes = [models.Index(fields=["tenant", "code"], name="terugkomst_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kwestie_id"], name="terugkomst_kwestie_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return f"kwestie {self.kwestie_id}"


class Datalek(Verzegelbaar):
    """A breach of personal data and what was done about it (AVG 33 and 34).

    Any colleague writes down what happened; the FG judges. 72 hours after it was
    found the supervisor must know, or it is on record why it need not.
    Order and persons are held by a trigger (migration 0008).
    Guarded by tests/cases/test_datalek.py.
    """

    class Stand(models.TextChoices):
        ONTDEKT = "ONTDEKT", _("Ontdekt, nog niet beoordeeld")
        BEOORDEELD = "BEOORDEELD", _("Moet worden gemeld bij de AP")
        GEMELD_AP = "GEMELD_AP", _("Gemeld bij de AP")
        NIET_MELDPLICHTIG = "NIET_MELDPLICHTIG", _("Hoeft niet te worden gemeld")
        BETROKKENEN = "BETROKKENEN", _("Betrokkenen zijn ingelicht")
        GESLOTEN = "GESLOTEN", _("Gesloten")

    sleutel_van = "datalek"
    TERMIJN = timedelta(hours=72)  # AVG 33 lid 1

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    stand = models.CharField(max_length=17, choices=Stand, default=Stand.ONTDEKT)
    ontdekt_op = models.DateTimeField()
    gemeld_door = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    beoordelaar = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    afgewogen_op = models.DateTimeField(null=True)
    gemeld_ap_op = models.DateTimeField(null=True)
    gesloten_op = models.DateTimeField(null=True)
    wat_v = Verzegeld()
    beoordeling_v = Verzegeld()
    te_laat_v = Verzegeld()
    betrokkenen_v = Verzegeld()
    maatregelen_v = Verzegeld()

    wat = Vertrouwelijk()
    beoordeling = Vertrouwelijk()
    te_laat = Vertrouwelijk()
    betrokkenen = Vertrouwelijk()
    maatregelen = Vertrouwelijk()

    class Meta:
        verbose_name = _("datalek")
        verbose_name_plural = _("datalekken")
        indexes = [models.Index(fields=["tenant", "-ontdekt_op"], name="datalek_op")]
        constraints = [
            models.CheckConstraint(
                name="datalek_wat", condition=Q(wat_v__isnull=False)
            ),
            models.CheckConstraint(
                name="datalek_beoordeeld",
                condition=Q(stand="ONTDEKT", afgewogen_op__isnull=True)
                | Q(
                    ~Q(stand="ONTDEKT"),
                    afgewogen_op__isnull=False,
                    beoordelaar__isnull=False,
                    beoordeling_v__isnull=False,
                ),
            ),
            models.CheckConstraint(  # AVG 33 lid 1
                name="datalek_binnen_72_uur",
                condition=Q(gemeld_ap_op__isnull=True)
                | Q(gemeld_ap_op__lte=F("ontdekt_op") + timedelta(hours=72))
                | Q(te_laat_v__isnull=False),
            ),
            models.CheckConstraint(
                name="datalek_gemeld",
                condition=~Q(stand="GEMELD_AP") | Q(gemeld_ap_op__isnull=False),
            ),
            models.CheckConstraint(  # AVG 34: told, or why that is not needed
                name="datalek_betrokkenen",
                condition=~Q(stand="BETROKKENEN") | Q(betrokkenen_v__isnull=False),
            ),
            models.CheckConstraint(
                name="datalek_gesloten",
                condition=~Q(stand="GESLOTEN")
                | Q(gesloten_op__isnull=False, maatregelen_v__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"datalek {self.pk}"

    @property
    def uren(self) -> int:
        """Whole hours left of the 72; below zero: the term is over."""
        left = self.ontdekt_op + self.TERMIJN - timezone.now()
        return int(left.total_seconds() // 3600)

    @property
    def loopt(self) -> bool:
        """The clock of 72 hours runs."""
        return self.stand in (self.Stand.ONTDEKT, self.Stand.BEOORDEELD)
