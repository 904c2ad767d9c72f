"""Accounts, colleagues and the roles that are given to people."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models.opdrachtgevers import Tenant
from tenants.roles import MEDEWERKER, OPDRACHTGEVER, ROLLEN

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


class Medewerker(models.Model):
    """A person who works for the Adviespunt; ``code`` is her mark in registers.

    vog_op: date of her certificate of conduct. Who is vertrouwenspersoon jeugd has one
    of at most three months before she began (Jeugdwet 4.1.9); PostgreSQL holds that
    (constraint medewerker_vog_jeugd). laag: S140. specialismen: S142.
    """

    class Functie(models.TextChoices):
        OCO = "OCO", _("Onafhankelijk cliëntondersteuner")
        OVP = "OVP", _("Onafhankelijk vertrouwenspersoon")
        VPJ = "VPJ", _("Vertrouwenspersoon jeugd")
        CVPWZD = "CVPWZD", _("Cliëntenvertrouwenspersoon Wzd")
        PVP = "PVP", _("Patiëntenvertrouwenspersoon Wvggz")
        VRIJW = "VRIJW", _("Vrijwilliger")
        OVERIG = "OVERIG", _("Andere functie")

    class Laag(models.IntegerChoices):
        EEN = 1, _("Laag 1: informele ondersteuning door vrijwilligers")
        TWEE = 2, _("Laag 2: professionele ondersteuning")
        DRIE = 3, _("Laag 3: specialistische ondersteuning")

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.PROTECT, related_name="medewerker"
    )
    naam = models.CharField(max_length=120)
    code = models.CharField(max_length=40, unique=True)
    functie = models.CharField(max_length=8, choices=Functie, default=Functie.OCO)
    functie_sinds = models.DateField(null=True)
    laag = models.PositiveSmallIntegerField(choices=Laag, default=Laag.TWEE)
    specialismen = ArrayField(models.CharField(max_length=80), default=list)
    vog_op = models.DateField(null=True)
    beroepsregistratie = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("medewerker")
        verbose_name_plural = _("medewerkers")
        constraints = [
            models.CheckConstraint(
                name="medewerker_laag", condition=Q(laag__gte=1, laag__lte=3)
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Membership(models.Model):
    """A role of a person for a tenant, during a period; read on every request.

    zonder: rights of the role that this contact does not have (model.md §2.2).
    """

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
    zonder = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "rol"], name="membership_eenmaal"
            ),
            models.CheckConstraint(
                name="membership_zonder_van_contact",
                condition=Q(zonder=[]) | Q(soort=OPDRACHTGEVER),
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
