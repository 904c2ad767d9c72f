"""Clients and kwesties."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.codelists import codes
from cases.models.basis import (
    MET_DOEL,
    OPEN,
    Bron,
    Status,
    Wederpartij,
    Weggooibaar,
    array_of_codes,
    listed,
    within,
)
from privacy.blinde_index import organisatie_teken
from privacy.fields import Vertrouwelijk, Verzegelbaar, Verzegeld
from tenants.models import Medewerker, Opdracht, Tenant


class Client(Verzegelbaar):
    """A person known to the Adviespunt. Identity is in ``_v`` columns only."""

    class Identiteit(models.TextChoices):
        BEKEND = "BEKEND", _("Op naam")
        ANON_ZORG = "ANON_ZORG", _("Anoniem tegenover de zorg")
        GEANON = "GEANON", _("Geanonimiseerd")

    sleutel_van = "client"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, db_index=False)
    identiteitsstatus = models.CharField(max_length=9, choices=Identiteit)
    leeftijdsklasse = models.CharField(max_length=5, default="ONB")
    extern_code = models.CharField(max_length=80, null=True, blank=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    # Since when nothing is done with its data (AVG 18); a trigger holds everything.
    beperkt_op = models.DateTimeField(null=True)
    naam_v = Verzegeld()
    telefoon_v = Verzegeld()
    email_v = Verzegeld()
    adres_v = Verzegeld()
    geboortejaar_v = Verzegeld()
    # With the last of its kwesties: to be destroyed together.
    weggegooid_op = models.DateTimeField(null=True, editable=False)

    naam = Vertrouwelijk()
    telefoon = Vertrouwelijk()
    email = Vertrouwelijk()
    adres = Vertrouwelijk()
    geboortejaar = Vertrouwelijk()

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
                    geboortejaar_v__isnull=True,
                    extern_code__isnull=True,
                    leeftijdsklasse="ONB",
                ),
            ),
            models.CheckConstraint(
                name="client_leeftijdsklasse_lijst",
                condition=Q(leeftijdsklasse__in=codes("leeftijdsklasse")),
            ),
        ]

    def __str__(self) -> str:
        return f"cliënt {self.pk}"

    @property
    def is_op_naam(self) -> bool:
        """Known to us by name, whoever else may know it."""
        return self.identiteitsstatus != self.Identiteit.GEANON


class Kwestie(Weggooibaar):
    """One question or knelpunt; coded columns plus confidential text in ``_v``."""

    sleutel_van = "kwestie"

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
    wetten = array_of_codes()
    levensdomein = array_of_codes()
    wederpartij = array_of_codes()
    # Which organisation that is, for the look at interests (V11): sealed below; by
    # these tokens PostgreSQL compares it with the interests of colleagues.
    wederpartij_tekens = array_of_codes(db_default=Value([]))
    fase = models.CharField(max_length=8, blank=True)
    laag = models.PositiveSmallIntegerField(default=2)
    gewezen_op_oco = models.CharField(max_length=8, blank=True)
    resultaat = models.CharField(max_length=10, blank=True)
    procedure_voorkomen = models.CharField(max_length=8, blank=True)
    afgerond_op = models.DateField(null=True)
    # Kept equal to the contacts by a trigger, so that counting needs no contacts.
    activiteiten = array_of_codes()
    minuten = models.PositiveIntegerField(default=0)
    # What an old register left out (field names); shown as 'aan te vullen'.
    aan_te_vullen = array_of_codes()
    # Former supporters who are kept from it, at the client's wish (S50); a trigger
    # writes it with each Overdracht.
    niet_voor = ArrayField(
        models.UUIDField(), default=list, db_default=Value([]), editable=False
    )
    # A doorbreking or meldcode hangs on it; a trigger writes it.
    heeft_procedure = models.BooleanField(
        default=False, db_default=False, editable=False
    )

    aangemaakt_op = models.DateTimeField(default=timezone.now)
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    laatste_contact_op = models.DateTimeField(null=True)
    # Since when its texts and who it is about are gone (S19).
    geanonimiseerd_op = models.DateTimeField(null=True)
    versie = models.PositiveIntegerField(default=1)

    kernvraag_v = Verzegeld()
    gewenste_oplossing_v = Verzegeld()
    doel_client_v = Verzegeld()
    toelichting_v = Verzegeld()
    resultaat_toelichting_v = Verzegeld()
    wederpartij_organisatie_v = Verzegeld()

    kernvraag = Vertrouwelijk()
    gewenste_oplossing = Vertrouwelijk()
    doel_client = Vertrouwelijk()
    toelichting = Vertrouwelijk()
    resultaat_toelichting = Vertrouwelijk()
    wederpartij_organisatie = Vertrouwelijk()

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
            models.Index(
                fields=["tenant", "ondersteuner", "-datum", "id"], name="kwestie_eigen"
            ),
            models.Index(fields=["tenant", "client"], name="kwestie_client"),
            models.Index(
                fields=["tenant", "weggegooid_op"],
                name="kwestie_weggegooid",
                condition=Q(weggegooid_op__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "id"], name="kwestie_tenant_id"),
            models.UniqueConstraint(
                fields=["tenant", "nummer"], name="kwestie_tenant_nummer"
            ),
            models.UniqueConstraint(
                fields=["tenant", "extern_nummer"], name="kwestie_tenant_extern"
            ),
            listed("aard", "aard"),  # V1
            listed("soort", "soort_kwestie"),
            listed("wet", "wet"),  # V3: one column, so exactly one primary law
            listed("kanaal", "kanaal"),
            listed("rol", "rol_hulpvrager"),
            listed("identiteitsstatus", "identiteitsstatus"),
            listed("vertrouwelijkheid", "vertrouwelijkheid"),
            listed("dienst", "dienst"),
            listed("fase", "fase", ""),
            listed("resultaat", "resultaat", ""),
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
            within("kwestie", "wetten", codes("wet")),
            within("kwestie", "levensdomein", codes("levensdomein")),
            within("kwestie", "activiteiten", codes("activiteit")),
            within("kwestie", "wederpartij", tuple(Wederpartij.values)),
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the tokens of the organisations, when those are new or gone."""
        named = self.__dict__.get("wederpartij_organisatie_v", b"")
        columns = kwargs.get("update_fields")
        is_written = columns is None or "wederpartij_organisatie_v" in columns
        if is_written and (named is None or isinstance(named, str)):
            found = {
                organisatie_teken(self.tenant_id, een)
                for een in (named or "").split(";")
            }
            self.wederpartij_tekens = sorted(found - {""})
            if columns is not None:
                kwargs["update_fields"] = [*columns, "wederpartij_tekens"]
        super().save(*args, **kwargs)

    @property
    def is_anoniem(self) -> bool:
        return self.identiteitsstatus == "ANONIEM"
