"""What a supporter may know besides the seven fields: all optional, coded where it can.

Achtergrond = at most one row of a kwestie; no row means that nothing was filled in. It
is internal: no role but ``staff`` reads it (migration 0011), except that the job counts
the codes of ``redenen_inzet`` (S173, migration signalering 0007) and of ``herkomst``
(S183, migration 0021).

Guarded by tests/cases/test_achtergrond.py.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codelists import codes
from cases.models.basis import array_of_codes, within
from cases.models.regels import VanKwestie
from privacy.fields import Vertrouwelijk, Verzegeld

EERDER_HOOGSTENS = 2  # so many earlier attempts fit on the form


class Waarom(models.TextChoices):
    """Why somebody cannot stand up for herself alone (S45)."""

    GELEERD = "GELEERD", _("Heeft het niet geleerd")
    BEPERKING = "BEPERKING", _("Door een ziekte of beperking")
    AFHANK = "AFHANK", _("Is afhankelijk van wie de zorg geeft")
    EMOTIE = "EMOTIE", _("Emoties zitten in de weg")
    TAAL = "TAAL", _("Taal, lezen of schrijven is moeilijk")


class Initiatief(models.TextChoices):
    """Who made the first move (S78)."""

    CLIENT = "CLIENT", _("De cliënt")
    NAASTE = "NAASTE", _("Een naaste")
    VERWIJZER = "VERWIJZER", _("Een verwijzer")
    OUTREACH = "OUTREACH", _("Wijzelf, op een vindplaats")


class Woonsituatie(models.TextChoices):
    """Where the client lives (S96)."""

    THUIS = "THUIS", _("Thuis")
    INST = "INST", _("In een instelling")
    ANDERS = "ANDERS", _("Ergens anders, of geen vaste plek")


class Netwerk(models.TextChoices):
    """Who around the client takes part (S82)."""

    FAMILIE = "FAMILIE", _("Partner of familie")
    VRIEND = "VRIEND", _("Vrienden of buren")
    MANTEL = "MANTEL", _("Een mantelzorger")
    VERTEG = "VERTEG", _("Een wettelijk vertegenwoordiger")
    VRIJW = "VRIJW", _("Een vrijwilliger of maatje")
    GEEN = "GEEN", _("Niemand")


class RedenInzet(models.TextChoices):
    """Why this function and not another (S173)."""

    STELSEL = "STELSEL", _("Gaat over meer dan één wet of stelsel")
    ONAFH = "ONAFH", _("Moest onafhankelijk zijn")
    LEVENSBR = "LEVENSBR", _("Gaat over meer levensgebieden")
    ANDERNT = "ANDERNT", _("Geen andere functie paste")


class Uitkomst(models.TextChoices):
    """What came of an earlier attempt elsewhere (S175)."""

    GEEN = "GEEN", _("Geen reactie")
    AFGEWEZEN = "AFGEWEZEN", _("Afgewezen")
    NIET = "NIET", _("Hielp niet")
    DEELS = "DEELS", _("Hielp een beetje")
    LOOPT = "LOOPT", _("Loopt nog")


class Effect(models.TextChoices):
    """What support did for somebody (S55, S133, S162)."""

    MEER = "MEER", _("Meer")
    GELIJK = "GELIJK", _("Gelijk")
    MINDER = "MINDER", _("Minder")
    ONBEKEND = "ONBEKEND", _("Weet ik niet")


EFFECTEN = ("effect_regie", "effect_zelfredzaamheid", "effect_participatie")


def herkomsten() -> tuple[str, ...]:
    """Where somebody came from: a kind of body, or any function (S163, S183)."""
    return (*codes("instantie_type"), *codes("functie"))


def pogingen() -> tuple[str, ...]:
    """An earlier attempt: a kind of body and what came of it, as ``GEM:AFGEWEZEN``."""
    return tuple(f"{i}:{u}" for i in codes("instantie_type") for u in Uitkomst.values)


def one_of(veld: str, values: tuple[str, ...]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"achtergrond_{veld}_lijst", condition=Q(**{f"{veld}__in": ["", *values]})
    )


def some_of(veld: str, values: tuple[str, ...]) -> models.CheckConstraint:
    return within("achtergrond", veld, values)


class Achtergrond(VanKwestie):
    """The background of one kwestie; ``versie`` guards against losing what was saved.

    leeftijdsklasse: at the time of the kwestie, so of an anonymous client too (S118).
    """

    leeftijdsklasse = models.CharField(max_length=5, default="ONB")
    doelgroepen = array_of_codes()
    woonsituatie = models.CharField(max_length=6, blank=True, choices=Woonsituatie)
    waarom = array_of_codes()
    initiatief = models.CharField(max_length=9, blank=True, choices=Initiatief)
    herkomst = models.CharField(max_length=6, blank=True)
    eerder_geprobeerd = array_of_codes()
    redenen_inzet = array_of_codes()
    functies = array_of_codes()
    netwerk = array_of_codes()
    is_conflict = models.BooleanField(default=False)
    effect_regie = models.CharField(max_length=8, blank=True, choices=Effect)
    effect_zelfredzaamheid = models.CharField(max_length=8, blank=True, choices=Effect)
    effect_participatie = models.CharField(max_length=8, blank=True, choices=Effect)
    gewenste_situatie_v = Verzegeld()
    eerste_stap_v = Verzegeld()
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    versie = models.PositiveIntegerField(default=1)

    gewenste_situatie = Vertrouwelijk()
    eerste_stap = Vertrouwelijk()

    class Meta:
        verbose_name = _("achtergrond")
        verbose_name_plural = _("achtergronden")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kwestie"], name="achtergrond_van_kwestie"
            ),
            models.CheckConstraint(
                name="achtergrond_leeftijdsklasse_lijst",
                condition=Q(leeftijdsklasse__in=codes("leeftijdsklasse")),
            ),
            one_of("woonsituatie", tuple(Woonsituatie.values)),
            one_of("initiatief", tuple(Initiatief.values)),
            one_of("herkomst", herkomsten()),
            *(one_of(veld, tuple(Effect.values)) for veld in EFFECTEN),
            some_of("doelgroepen", codes("doelgroep")),
            some_of("waarom", tuple(Waarom.values)),
            some_of("redenen_inzet", tuple(RedenInzet.values)),
            some_of("functies", codes("functie")),
            some_of("netwerk", tuple(Netwerk.values)),
            some_of("eerder_geprobeerd", pogingen()),
            models.CheckConstraint(
                name="achtergrond_eerder_hoogstens",
                condition=Q(eerder_geprobeerd__len__lte=EERDER_HOOGSTENS),
            ),
        ]

    def __str__(self) -> str:
        return f"achtergrond {self.pk}"
