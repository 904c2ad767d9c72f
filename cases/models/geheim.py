"""The two exceptional procedures: breaking confidentiality, and the meldcode.

Doorbreking = speaking without the client's consent, on one of two grounds (S24, S26):
a colleague looks first, somebody of the directie decides, then it may be done.
MeldcodeTraject = the five steps when violence or abuse is suspected (S27), with the
questions of the afwegingskader and two decisions, confirmed by a second person.
Uitzondering = that there was one, in codes: what the directie counts (S25).

In the database (migration 0012): each moment is written by the person it is of, and in
order; nobody decides about her own request (V12); a kwestie with an open meldcode does
not close. No report, export or job can reach these tables.
Guarded by tests/cases/test_geheim_sql.py.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from cases.models.regels import VanKwestie
from privacy.fields import Vertrouwelijk, Verzegeld
from tenants.models import Medewerker, Tenant


def _mens() -> models.ForeignKey[Medewerker, Medewerker]:
    return models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Doorbreking(VanKwestie):
    """A request to speak without the client's consent, and all that came of it."""

    class Grond(models.TextChoices):
        BELANG_CLIENT = "BELANG_CLIENT", _("Een zwaar belang van de cliënt zelf")
        GEVAAR_ANDER = "GEVAAR_ANDER", _("Concreet gevaar voor een ander")

    class Stand(models.TextChoices):
        TOETS = "TOETS", _("Wacht op de toets van een collega")
        BESLUIT = "BESLUIT", _("Wacht op het besluit van de directie")
        TOEGESTAAN = "TOEGESTAAN", _("Toegestaan")
        AFGEWEZEN = "AFGEWEZEN", _("Afgewezen")
        VERSTREKT = "VERSTREKT", _("Informatie gegeven")
        GEEVALUEERD = "GEEVALUEERD", _("Afgerond en teruggekeken")
        INGETROKKEN = "INGETROKKEN", _("Ingetrokken")

    grond = models.CharField(max_length=13, choices=Grond)
    aanvrager = _mens()
    toetser = _mens()
    beslisser = _mens()
    # Who is named above; a trigger keeps it. Whoever has no kwesties sees these only.
    betrokkenen = ArrayField(
        models.UUIDField(), default=list, db_default=Value([]), editable=False
    )
    # The decision was given by telephone before it was written down here.
    mondeling_besluit_op = models.DateTimeField(null=True)
    toets_op = models.DateTimeField(null=True)
    is_toets_akkoord = models.BooleanField(null=True)
    besluit_op = models.DateTimeField(null=True)
    is_toegestaan = models.BooleanField(null=True)
    client_geinformeerd_op = models.DateTimeField(null=True)
    verstrekt_op = models.DateTimeField(null=True)
    evaluatie_op = models.DateTimeField(null=True)
    ingetrokken_op = models.DateTimeField(null=True)

    feiten_v = Verzegeld()
    geen_toestemming_v = Verzegeld()
    geprobeerd_v = Verzegeld()
    ernst_v = Verzegeld()
    wie_v = Verzegeld()
    gevaar_v = Verzegeld()
    concreet_v = Verzegeld()
    minimaal_v = Verzegeld()
    ontvanger_v = Verzegeld()
    advies_v = Verzegeld()
    besluit_v = Verzegeld()
    uitstel_v = Verzegeld()
    verstrekt_v = Verzegeld()
    evaluatie_v = Verzegeld()

    feiten = Vertrouwelijk()
    geen_toestemming = Vertrouwelijk()
    geprobeerd = Vertrouwelijk()
    ernst = Vertrouwelijk()
    wie = Vertrouwelijk()
    gevaar = Vertrouwelijk()
    concreet = Vertrouwelijk()
    minimaal = Vertrouwelijk()
    ontvanger = Vertrouwelijk()
    advies = Vertrouwelijk()
    besluit = Vertrouwelijk()
    uitstel = Vertrouwelijk()
    verstrekt = Vertrouwelijk()
    evaluatie = Vertrouwelijk()

    class Meta:
        verbose_name = _("doorbreking van de geheimhouding")
        verbose_name_plural = _("doorbrekingen van de geheimhouding")
        indexes = [
            models.Index(fields=["tenant", "kwestie"], name="doorbreking_kwestie")
        ]
        constraints = [
            models.CheckConstraint(
                name="doorbreking_grond_lijst",
                condition=Q(grond__in=["BELANG_CLIENT", "GEVAAR_ANDER"]),
            ),
            models.CheckConstraint(  # S24
                name="doorbreking_onderbouwd",
                condition=Q(
                    feiten_v__isnull=False,
                    geen_toestemming_v__isnull=False,
                    geprobeerd_v__isnull=False,
                    minimaal_v__isnull=False,
                    ontvanger_v__isnull=False,
                ),
            ),
            models.CheckConstraint(  # S24, S26
                name="doorbreking_grond_onderbouwd",
                condition=Q(grond="BELANG_CLIENT", ernst_v__isnull=False)
                | Q(
                    grond="GEVAAR_ANDER",
                    wie_v__isnull=False,
                    gevaar_v__isnull=False,
                    concreet_v__isnull=False,
                ),
            ),
            models.CheckConstraint(  # V12: three people
                name="doorbreking_door_anderen",
                condition=~Q(toetser=F("aanvrager"))
                & ~Q(beslisser=F("aanvrager"))
                & ~Q(beslisser=F("toetser")),
            ),
            models.CheckConstraint(
                name="doorbreking_toets",
                condition=Q(
                    toets_op__isnull=True,
                    is_toets_akkoord__isnull=True,
                    advies_v__isnull=True,
                )
                | Q(
                    toets_op__isnull=False,
                    is_toets_akkoord__isnull=False,
                    advies_v__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="doorbreking_besluit_na_toets",
                condition=Q(
                    besluit_op__isnull=True,
                    is_toegestaan__isnull=True,
                    besluit_v__isnull=True,
                )
                | Q(
                    toets_op__isnull=False,
                    besluit_op__isnull=False,
                    is_toegestaan__isnull=False,
                    besluit_v__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="doorbreking_verstrekt_na_besluit",
                condition=Q(verstrekt_op__isnull=True)
                | Q(
                    Q(client_geinformeerd_op__isnull=False)
                    | Q(uitstel_v__isnull=False),
                    is_toegestaan__isnull=False,
                    is_toegestaan=True,
                    verstrekt_v__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="doorbreking_evaluatie_na_verstrekt",
                condition=Q(evaluatie_op__isnull=True)
                | Q(verstrekt_op__isnull=False, evaluatie_v__isnull=False),
            ),
            models.CheckConstraint(
                name="doorbreking_ingetrokken_voor_besluit",
                condition=Q(ingetrokken_op__isnull=True) | Q(besluit_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"doorbreking {self.pk}"

    @property
    def stand(self) -> str:
        """Code of where it stands now (Stand)."""
        passed = (
            (self.ingetrokken_op is not None, self.Stand.INGETROKKEN),
            (self.toets_op is None, self.Stand.TOETS),
            (self.besluit_op is None, self.Stand.BESLUIT),
            (self.is_toegestaan is False, self.Stand.AFGEWEZEN),
            (self.verstrekt_op is None, self.Stand.TOEGESTAAN),
            (self.evaluatie_op is None, self.Stand.VERSTREKT),
        )
        return next((s for is_so, s in passed if is_so), self.Stand.GEEVALUEERD).value

    @property
    def stand_label(self) -> str:
        return str(self.Stand(self.stand).label)


class MeldcodeTraject(VanKwestie):
    """The meldcode for one kwestie: what was seen, asked, weighed and decided."""

    class Stap(models.TextChoices):
        SIGNALEN = "SIGNALEN", _("Stap 1: signalen in kaart brengen")
        CONSULTATIE = "CONSULTATIE", _("Stap 2: overleggen met een collega")
        GESPREK = "GESPREK", _("Stap 3: praten met de cliënt")
        AFWEGING = "AFWEGING", _("Stap 4: wegen")
        BESLUIT = "BESLUIT", _("Stap 5: beslissen")
        BEVESTIGING = "BEVESTIGING", _("Een collega kijkt mee")
        GEVOLGD = "GEVOLGD", _("Volgen hoe het gaat")
        GESLOTEN = "GESLOTEN", _("Gesloten")

    class Kindcheck(models.TextChoices):
        JA = "JA", _("Ja, er zijn kinderen")
        NEE = "NEE", _("Nee, er zijn geen kinderen")
        NVT = "NVT", _("Het gaat om een kind zelf")

    gestart_door = _mens()
    verantwoordelijke = _mens()
    functie = models.CharField(max_length=80)
    kindcheck = models.CharField(max_length=3, choices=Kindcheck, blank=True)
    signalen_op = models.DateField()
    consultatie_op = models.DateField(null=True)
    is_veilig_thuis_gevraagd = models.BooleanField(default=False)
    gesprek_op = models.DateField(null=True)
    afweging_op = models.DateTimeField(null=True)
    # The five questions of the afwegingskader; None: not reached.
    is_vermoeden = models.BooleanField(null=True)
    is_onveilig = models.BooleanField(null=True)
    is_hulp_haalbaar = models.BooleanField(null=True)
    is_hulp_aanvaard = models.BooleanField(null=True)
    is_hulp_werkzaam = models.BooleanField(null=True)
    besluit_op = models.DateTimeField(null=True)
    is_melden = models.BooleanField(null=True)
    is_hulp = models.BooleanField(null=True)
    bevestigd_op = models.DateTimeField(null=True)
    gesloten_op = models.DateTimeField(null=True)

    signalen_v = Verzegeld()
    consultatie_v = Verzegeld()
    gesprek_v = Verzegeld()
    geen_gesprek_v = Verzegeld()
    afweging_v = Verzegeld()
    melden_v = Verzegeld()
    hulp_v = Verzegeld()
    bevestiging_v = Verzegeld()
    gevolg_v = Verzegeld()

    signalen = Vertrouwelijk()
    consultatie = Vertrouwelijk()
    gesprek = Vertrouwelijk()
    geen_gesprek = Vertrouwelijk()
    afweging = Vertrouwelijk()
    melden = Vertrouwelijk()
    hulp = Vertrouwelijk()
    bevestiging = Vertrouwelijk()
    gevolg = Vertrouwelijk()

    class Meta:
        verbose_name = _("meldcode")
        verbose_name_plural = _("meldcodes")
        indexes = [models.Index(fields=["tenant", "kwestie"], name="meldcode_kwestie")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kwestie"],
                name="meldcode_een_open",
                condition=Q(gesloten_op__isnull=True),
            ),
            models.CheckConstraint(
                name="meldcode_kindcheck_lijst",
                condition=Q(kindcheck__in=["", "JA", "NEE", "NVT"]),
            ),
            models.CheckConstraint(  # V12
                name="meldcode_door_ander",
                condition=~Q(verantwoordelijke=F("gestart_door")),
            ),
            models.CheckConstraint(
                name="meldcode_signalen", condition=Q(signalen_v__isnull=False)
            ),
            models.CheckConstraint(
                name="meldcode_consultatie",
                condition=Q(consultatie_op__isnull=True)
                | Q(consultatie_v__isnull=False),
            ),
            models.CheckConstraint(
                name="meldcode_gesprek_na_consultatie",
                condition=Q(gesprek_op__isnull=True, geen_gesprek_v__isnull=True)
                | Q(consultatie_op__isnull=False),
            ),
            models.CheckConstraint(  # S27: a talk, or why it is not safe
                name="meldcode_gesprek_of_reden",
                condition=Q(afweging_op__isnull=True)
                | Q(geen_gesprek_v__isnull=False)
                | Q(gesprek_op__isnull=False, gesprek_v__isnull=False),
            ),
            models.CheckConstraint(
                name="meldcode_afgewogen",
                condition=Q(afweging_op__isnull=True)
                | (Q(is_vermoeden__isnull=False, afweging_v__isnull=False))
                & ~Q(kindcheck=""),
            ),
            models.CheckConstraint(  # S27: two decisions, each with its reason
                name="meldcode_twee_besluiten",
                condition=Q(besluit_op__isnull=True)
                | Q(
                    afweging_op__isnull=False,
                    is_melden__isnull=False,
                    melden_v__isnull=False,
                    is_hulp__isnull=False,
                    hulp_v__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="meldcode_bevestigd_na_besluit",
                condition=Q(bevestigd_op__isnull=True) | Q(besluit_op__isnull=False),
            ),
            models.CheckConstraint(
                name="meldcode_gesloten_na_bevestiging",
                condition=Q(gesloten_op__isnull=True)
                | Q(bevestigd_op__isnull=False, gevolg_v__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"meldcode {self.pk}"

    @property
    def stap(self) -> str:
        """Code of what is to be done now (Stap)."""
        waits = (
            (self.consultatie_op is None, self.Stap.CONSULTATIE),
            (
                self.gesprek_op is None
                and not getattr(self, MeldcodeTraject.geen_gesprek.column),
                self.Stap.GESPREK,
            ),
            (self.afweging_op is None, self.Stap.AFWEGING),
            (self.besluit_op is None, self.Stap.BESLUIT),
            (self.bevestigd_op is None, self.Stap.BEVESTIGING),
            (self.gesloten_op is None, self.Stap.GEVOLGD),
        )
        return next((s for is_so, s in waits if is_so), self.Stap.GESLOTEN).value

    @property
    def stap_label(self) -> str:
        return str(self.Stap(self.stap).label)

    @property
    def is_melden_aangewezen(self) -> bool | None:
        """What the afwegingskader says; the person decides. None: not weighed."""
        if self.is_vermoeden is None:
            return None
        if not self.is_vermoeden:
            return False
        helps = (self.is_hulp_haalbaar, self.is_hulp_aanvaard, self.is_hulp_werkzaam)
        return bool(self.is_onveilig) or False in helps


class Uitzondering(models.Model):
    """That there was a doorbreking or a meldcode; triggers write it, with its id."""

    class Soort(models.TextChoices):
        DOORBREKING = "DOORBREKING", _("Doorbreking van de geheimhouding")
        MELDCODE = "MELDCODE", _("Meldcode")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    soort = models.CharField(max_length=11, choices=Soort)
    jaar = models.PositiveSmallIntegerField()
    uitkomst = models.CharField(max_length=11)

    class Meta:
        verbose_name = _("uitzondering")
        verbose_name_plural = _("uitzonderingen")
        indexes = [
            models.Index(fields=["tenant", "jaar", "soort"], name="uitzondering_jaar")
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.jaar}"
