"""Put the rows of one tenant in the database; each row whole or not at all.

Invariant: a row lands with its client and its contact in one savepoint. Rows go in
batches; a batch that PostgreSQL refuses is halved until the one bad row is found.

The kwestie keeps the row it came from (``extern_rij``). A later file changes what is
different *there*, so that what colleagues changed or filled in since stays as it is.

Guarded by tests/cases/test_import_again.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.importing.reading import HELE_RIJ, Afwijzing
from cases.importing.rules import Registratie, aan_te_vullen_of, status_of
from cases.models import (
    Bron,
    Client,
    Contactmoment,
    Kwestie,
    Status,
    new_nummer,
    nummer_prefix,
)
from cases.services.regels import still_missing
from tenants.models import Medewerker, Opdracht

BATCH = 500
DIENST_ZONDER_OPDRACHT = "AP_ALG"
# Which fields of the kwestie follow from which column of the register.
FIELDS: dict[str, tuple[str, ...]] = {
    "datum": ("datum", "opdracht_id", "dienst"),
    "kanaal": ("kanaal",),
    "soort": ("soort",),
    "aard": ("aard",),
    "subaard": ("subaard",),
    "wet": ("wet", "wetten"),
    "rol": ("rol",),
    "identiteit": ("identiteitsstatus",),
    "client": ("client_id",),
    "laag": ("laag",),
    "resultaat": ("resultaat",),
    "afgerond_op": ("afgerond_op",),
    "ondersteuner": ("ondersteuner_id", "ondersteuner_code"),
}
OF_CONTACT = frozenset({"datum", "kanaal", "activiteiten", "minuten", "ondersteuner"})
OF_CLIENT = frozenset({"datum", "client", "identiteit"})
VOORBIJ = (Status.GEANONIMISEERD, Status.VERNIETIGD)


class Onuitvoerbaar(Exception):
    """The row keeps the rules, but not with what is on record; says why."""

    def __init__(self, kolom: str, reden: str) -> None:
        super().__init__(reden)
        self.kolom = kolom
        self.reden = reden


@dataclass(slots=True)
class Telling:
    """What happened to the rows of one tenant."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: int = 0
    rejected: list[Afwijzing] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Bekend:
    """What is on record of a kwestie of the register.

    rij: the row it came from. aan_te_vullen: how many things it lacks. code: of the
    supporter, while there was no account to go with it; else ''.
    """

    rij: dict[str, str] | None
    aan_te_vullen: int
    code: str


class Tenantregister:
    """The kwesties of one tenant as its register has them, inside its own scope."""

    def __init__(self, tenant_id: int, slug: str) -> None:
        self.tenant_id = tenant_id
        self.prefix = nummer_prefix(slug)
        self.telling = Telling()
        self.clients: dict[str, UUID] = {}
        self.touched: set[UUID] = set()
        self.opdrachten = list(
            Opdracht.objects.filter(tenant_id=tenant_id, diensten__len__gte=1).order_by(
                "-van", "id"
            )
        )
        self.medewerkers = dict(Medewerker.objects.values_list("code", "pk"))

    def store(self, rows: Sequence[Registratie]) -> Telling:
        """Take the rows in; says how many were new, changed, the same or refused."""
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            known = self._known(batch)
            self._store_new([row for row in batch if row.nummer not in known])
            for row in batch:
                if row.nummer in known:
                    self._store_again(row, known[row.nummer])
        self._settle_clients()
        return self.telling

    def _known(self, batch: Sequence[Registratie]) -> dict[str, _Bekend]:
        rows = Kwestie.alles.filter(
            tenant_id=self.tenant_id, extern_nummer__in=[row.nummer for row in batch]
        )
        return {
            str(row["extern_nummer"]): _Bekend(
                rij=row["extern_rij"],
                aan_te_vullen=len(row["aan_te_vullen"]),
                code="" if _is_settled(row) else row["ondersteuner_code"],
            )
            for row in rows.values(*KNOWN)
        }

    # ------------------------------------------------------------------ new rows

    def _store_new(self, rows: Sequence[Registratie]) -> None:
        if not rows:
            return
        try:
            with transaction.atomic():
                fresh, lacking = self._create(rows)
        except REFUSED as error:
            if len(rows) > 1:
                self._store_halves(rows)
            else:
                self._reject(rows[0], error)
        else:
            self.clients.update(fresh)
            self.telling.created += len(rows)
            self.telling.warnings += lacking

    def _store_halves(self, rows: Sequence[Registratie]) -> None:
        middle = len(rows) // 2
        self._store_new(rows[:middle])
        self._store_new(rows[middle:])

    def _create(self, rows: Sequence[Registratie]) -> tuple[dict[str, UUID], int]:
        """Clients, kwesties and contacts of ``rows``; the new clients, the warnings."""
        clients = self._clients_of(rows)
        kwesties = [self._kwestie(row, clients) for row in rows]
        Kwestie.objects.bulk_create(kwesties)
        Contactmoment.objects.bulk_create(
            self._contact(row, kwestie.pk)
            for row, kwestie in zip(rows, kwesties, strict=True)
            if row.activiteiten
        )
        self.touched |= {k.client_id for k in kwesties if k.client_id}
        return clients, sum(len(kwestie.aan_te_vullen) for kwestie in kwesties)

    def _clients_of(self, rows: Sequence[Registratie]) -> dict[str, UUID]:
        """Id by code of the clients of ``rows``; makes those that are not there."""
        wanted = {row.client: row.identiteit for row in rows if row.client}
        asked = wanted.keys() - self.clients.keys()
        found = Client.objects.filter(
            tenant_id=self.tenant_id, extern_code__in=sorted(asked)
        ).values_list("extern_code", "pk")
        ids: dict[str, UUID] = {str(code): pk for code, pk in found}
        made = [
            Client(
                tenant_id=self.tenant_id,
                extern_code=code,
                identiteitsstatus=wanted[code],
            )
            for code in sorted(asked - ids.keys())
        ]
        Client.objects.bulk_create(made)
        ids |= {str(client.extern_code): client.pk for client in made}
        return {code: self.clients.get(code) or ids[code] for code in wanted}

    def _kwestie(self, row: Registratie, clients: dict[str, UUID]) -> Kwestie:
        return Kwestie(
            id=uuid4(),
            tenant_id=self.tenant_id,
            nummer=new_nummer(self.prefix),
            extern_nummer=row.nummer,
            extern_rij=dict(row.cellen),
            bron=Bron.IMPORT,
            status=row.status,
            aan_te_vullen=aan_te_vullen_of(row),
            **self._values(row, clients),
        )

    def _values(self, row: Registratie, clients: dict[str, UUID]) -> dict[str, Any]:
        """Everything in FIELDS, by name."""
        opdracht = self._opdracht(row.datum)
        return {
            "datum": row.datum,
            "opdracht_id": opdracht.pk if opdracht else None,
            "dienst": opdracht.diensten[0] if opdracht else DIENST_ZONDER_OPDRACHT,
            "kanaal": row.kanaal,
            "soort": row.soort,
            "aard": row.aard,
            "subaard": row.subaard,
            "wet": row.wet,
            "wetten": list(row.wetten),
            "rol": row.rol,
            "identiteitsstatus": row.identiteit,
            "client_id": clients[row.client] if row.client else None,
            "laag": row.laag,
            "resultaat": row.resultaat,
            "afgerond_op": row.afgerond_op,
            "ondersteuner_id": self.medewerkers.get(row.ondersteuner),
            "ondersteuner_code": row.ondersteuner,
        }

    def _opdracht(self, day: date) -> Opdracht | None:
        """The opdracht in force that day; the latest begun when there are more."""
        running = (
            opdracht
            for opdracht in self.opdrachten
            if opdracht.van <= day and (opdracht.tot is None or day <= opdracht.tot)
        )
        return next(running, None)

    def _contact(self, row: Registratie, kwestie_id: UUID) -> Contactmoment:
        return Contactmoment(
            id=_contact_id(kwestie_id),
            tenant_id=self.tenant_id,
            kwestie_id=kwestie_id,
            medewerker_id=self.medewerkers.get(row.ondersteuner),
            datum_tijd=_noon(row.datum),
            kanaal=row.kanaal,
            activiteiten=list(row.activiteiten),
            duur_min=row.minuten,
        )

    # ---------------------------------------------------------------- known rows

    def _store_again(self, row: Registratie, known: _Bekend) -> None:
        if known.rij == dict(row.cellen) and known.code not in self.medewerkers:
            self.telling.unchanged += 1
            self.telling.warnings += known.aan_te_vullen
            return
        try:
            with transaction.atomic():
                fresh, lacking = self._change(row)
        except REFUSED as error:
            self._reject(row, error)
        else:
            self.clients.update(fresh)
            self.telling.updated += 1
            self.telling.warnings += lacking

    def _change(self, row: Registratie) -> tuple[dict[str, UUID], int]:
        """Bring what the register changed to the kwestie; leave the rest alone."""
        kwestie = Kwestie.alles.select_for_update().get(
            tenant_id=self.tenant_id, extern_nummer=row.nummer
        )
        _check_alive(kwestie)
        before = kwestie.extern_rij or {}
        changed = {c for c, text in row.cellen.items() if before.get(c) != text}
        if kwestie.ondersteuner_id is None:
            changed.add("ondersteuner")  # perhaps she has an account by now
        clients = self._clients_of([row])
        values = self._values(row, clients)
        old_client = kwestie.client_id
        for column in changed & FIELDS.keys():
            for name in FIELDS[column]:
                setattr(kwestie, name, values[name])
        if not before or status_of(before) != row.status:
            kwestie.status = row.status
        kwestie.extern_rij = dict(row.cellen)
        kwestie.aan_te_vullen = aan_te_vullen_of(row)
        kwestie.aan_te_vullen = still_missing(kwestie)
        kwestie.versie += 1
        kwestie.gewijzigd_op = timezone.now()
        kwestie.save(update_fields=[*CHANGEABLE])
        if changed & OF_CONTACT:
            self._change_contact(row, kwestie.pk)
        if changed & OF_CLIENT:
            self.touched |= {pk for pk in (old_client, kwestie.client_id) if pk}
        return clients, len(kwestie.aan_te_vullen)

    def _change_contact(self, row: Registratie, kwestie_id: UUID) -> None:
        """The contact of the register follows its row; others are not touched."""
        contact = self._contact(row, kwestie_id)
        same = Contactmoment.alles.filter(tenant_id=self.tenant_id, pk=contact.pk)
        if row.activiteiten and same.exists():
            contact.save(force_update=True, update_fields=[*CONTACT_CHANGEABLE])
        elif row.activiteiten:
            contact.save(force_insert=True)
        elif same.exists():
            reason = _(
                "Bij deze kwestie staat al een contact, dus een activiteit moet."
            )
            raise Onuitvoerbaar("activiteiten", reason)

    # ----------------------------------------------------------------- afterwards

    def _settle_clients(self) -> None:
        """The identity of a client is the one in the latest of its kwesties."""
        latest = (
            Kwestie.objects.filter(
                tenant_id=self.tenant_id, client_id__in=sorted(self.touched)
            )
            .order_by("client_id", "-datum", "-extern_nummer", "id")
            .distinct("client_id")
            .values_list("client_id", "identiteitsstatus")
        )
        now = dict(latest)
        for identiteit in (Client.Identiteit.BEKEND, Client.Identiteit.ANON_ZORG):
            ids = sorted(
                pk for pk, status in now.items() if pk and status == identiteit
            )
            Client.objects.filter(tenant_id=self.tenant_id, pk__in=ids).exclude(
                identiteitsstatus__in=[identiteit, Client.Identiteit.GEANON]
            ).update(identiteitsstatus=identiteit)

    def _reject(self, row: Registratie, error: Exception) -> None:
        refusal = error if isinstance(error, Onuitvoerbaar) else _unexpected()
        value = row.cellen.get(refusal.kolom, "")
        self.telling.rejected.append(
            Afwijzing(row.regel, refusal.kolom, value, refusal.reden)
        )


REFUSED = (Onuitvoerbaar, IntegrityError, DataError)
KNOWN = (
    *("extern_nummer", "extern_rij", "aan_te_vullen", "status"),
    *("ondersteuner_id", "ondersteuner_code"),
)
CHANGEABLE = (
    *(name.removesuffix("_id") for names in FIELDS.values() for name in names),
    *("status", "extern_rij", "aan_te_vullen", "versie", "gewijzigd_op"),
)
CONTACT_CHANGEABLE = ("medewerker", "datum_tijd", "kanaal", "activiteiten", "duur_min")


def _check_alive(kwestie: Kwestie) -> None:
    if kwestie.weggegooid_op is not None:
        reason = _("Deze kwestie staat in de prullenbak. Zet haar eerst terug.")
        raise Onuitvoerbaar("nummer", reason)
    if kwestie.status in VOORBIJ or kwestie.geanonimiseerd_op is not None:
        reason = _("Deze kwestie is geanonimiseerd en verandert niet meer.")
        raise Onuitvoerbaar("nummer", reason)


def _is_settled(row: Mapping[str, Any]) -> bool:
    """True when an account for the code of the supporter would make no difference."""
    return row["ondersteuner_id"] is not None or row["status"] in VOORBIJ


def _contact_id(kwestie_id: UUID) -> UUID:
    """The register gives one contact a kwestie; this is its id."""
    return uuid5(kwestie_id, "register")


def _noon(day: date) -> datetime:
    """A register knows no hours; noon, or now when that is still to come."""
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    return min(noon, timezone.now())


def _unexpected() -> Onuitvoerbaar:
    """PostgreSQL refuses what our rules allow; without the values it complains of."""
    reason = _(
        "Deze rij past niet bij wat er al in Adviespunt staat. Vergelijk de kwestie"
        " met het register en pas een van de twee aan."
    )
    return Onuitvoerbaar(HELE_RIJ, reason)
