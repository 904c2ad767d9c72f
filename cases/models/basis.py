"""Words and building blocks of the casework tables."""

from __future__ import annotations

import secrets
from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.codelists import codes
from privacy.fields import Verzegelbaar, VerzegeldManager

Rij = TypeVar("Rij", bound=models.Model)

# No 0/O, 1/I/L: a number is read out over the phone.
NUMMER_TEKENS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def array_of_codes(**options: object) -> ArrayField[list[str], list[str]]:
    return ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        **options,  # type: ignore[arg-type]
    )


def listed(field: str, lijst: str, *also: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"kwestie_{field}_lijst",
        condition=Q(**{f"{field}__in": [*also, *codes(lijst)]}),
    )


def within(model: str, field: str, allowed: tuple[str, ...]) -> models.CheckConstraint:
    """Every element of the array is one of ``allowed``."""
    return models.CheckConstraint(
        name=f"{model}_{field}_lijst",
        condition=Q(**{f"{field}__contained_by": list(allowed)}),
    )


class Levend(VerzegeldManager[Rij]):
    """What is not in the prullenbak: the rows that every question is about."""

    def get_queryset(self) -> models.QuerySet[Rij]:
        return super().get_queryset().filter(weggegooid_op__isnull=True)


class Weggooibaar(Verzegelbaar):
    """What can be put in the prullenbak; from then on only ``alles`` knows it."""

    weggegooid_op = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Levend[Self]] = Levend()
    alles: ClassVar[VerzegeldManager[Self]] = VerzegeldManager()

    class Meta:
        abstract = True


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


class Wederpartij(models.TextChoices):
    """Whom a kwestie is about (model.md §2.2)."""

    GEMEENTE = "GEMEENTE", _("De gemeente")
    GEM_MEDEW = "GEM_MEDEW", _("Een medewerker van de gemeente")
    ORGAAN = "ORGAAN", _("Een ander bestuursorgaan")
    ZORGINST = "ZORGINST", _("Een zorginstelling")
    INST_MEDEW = "INST_MEDEW", _("Een medewerker van een zorginstelling")
    DIENSTVERL = "DIENSTVERL", _("Een dienstverlenende organisatie")
    VERZEKER = "VERZEKER", _("Een zorgverzekeraar of zorgkantoor")
    OVERIG = "OVERIG", _("Iemand anders")


OVERHEID = (Wederpartij.GEMEENTE, Wederpartij.GEM_MEDEW, Wederpartij.ORGAAN)

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
