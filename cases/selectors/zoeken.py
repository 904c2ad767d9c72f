"""Search: by number, date, code, organisation, name, and in one's own open texts.

Invariant: every hit comes from ``readable_rows``, so what somebody may not open is not
found, not counted and not hinted at; a kwestie that is STRIKT of a colleague never
shows. Names are found by tokens and compared after reading; texts are read only of
one's own open kwesties. The number of queries does not depend on what is found.

Guarded by tests/cases/test_zoeken.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from cases import codelists
from cases.models import (
    OPEN,
    Client,
    Contactmoment,
    ExternTraject,
    Kwestie,
    Verwijzing,
    Zoekteken,
    nummer_prefix,
)
from cases.selectors.lijsten import KOLOMMEN, Regel
from cases.selectors.zicht import own_in, plekken_for, readable_rows
from privacy.blinde_index import fold, has_words, naamwoorden, teken
from privacy.fields import announce
from tenants.access import Plek, Wie
from tenants.models import Medewerker

MAXIMUM = 50  # hits of one kind
EIGEN_MAXIMUM = 400  # own open kwesties of which the texts are read
KANDIDATEN = 400  # kwesties whose client may have this name
KORTSTE_TEKST = 3
TEKSTEN = ("kernvraag", "gewenste_oplossing", "doel_client", "toelichting")
LIJSTEN = (
    ("aard", "aard"),
    ("subaard", "subaard"),
    ("wet", "wet"),
    ("soort", "soort_kwestie"),
)
CIJFER = re.compile(r"\d")
# For at most a page of rows: not joined, so that the order is read from the index.
NAAM = Subquery(
    Medewerker.objects.filter(pk=OuterRef("ondersteuner_id")).values("naam")
)
VAN_CLIENT = ("client_id", "client__naam_v", "client__geboortejaar_v")


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is searched for. geboortejaar: with a name only. van, tot: first contact."""

    tekst: str = ""
    geboortejaar: str = ""
    van: date | None = None
    tot: date | None = None

    def periode(self) -> Q:
        found = Q()
        if self.van:
            found &= Q(datum__gte=self.van)
        if self.tot:
            found &= Q(datum__lte=self.tot)
        return found


@dataclass(frozen=True, slots=True)
class Treffer:
    """One kwestie that was found; client: the name, when it was found by that."""

    regel: Regel
    client: str = ""


@dataclass(frozen=True, slots=True)
class Groep:
    """The hits of one kind. is_meer: there are more than are shown."""

    soort: str
    titel: str
    treffers: tuple[Treffer, ...]
    is_meer: bool = False


@dataclass(frozen=True, slots=True)
class Blik:
    """Where somebody looks for something. rijen: of each place what she may open; put
    together once, because every way to look begins there.
    """

    wie: Wie
    vraag: Vraag
    rijen: tuple[tuple[Plek, QuerySet[Kwestie]], ...]

    @classmethod
    def of(cls, wie: Wie, vraag: Vraag) -> Blik:
        return cls(
            wie,
            vraag,
            tuple(
                (
                    plek,
                    readable_rows(wie, plek)
                    .filter(vraag.periode())
                    .annotate(ondersteuner_naam=NAAM)
                    .order_by("-datum", "id"),
                )
                for plek in plekken_for(wie)
            ),
        )


Row = dict[str, Any]
Condition = Callable[[Plek], Q | None]


def search(wie: Wie, vraag: Vraag) -> list[Groep]:
    """What this person may open and was asked for, kind by kind; empty kinds left out.

    At most six queries, and two for keys.
    """
    return [
        Groep(
            soort,
            titel,
            tuple(
                Treffer(_regel(wie, row), clients.get(row["id"], ""))
                for row in rows[:MAXIMUM]
            ),
            len(rows) > MAXIMUM,
        )
        for soort, titel, rows, clients in _kinds(Blik.of(wie, vraag))
        if rows
    ]


def _kinds(blik: Blik) -> Iterator[tuple[str, str, list[Row], dict[UUID, str]]]:
    """(kind, heading, rows, name by kwestie) of each way to look."""
    tekst = blik.vraag.tekst.strip()
    if not tekst:
        rows = _rows(blik, lambda plek: Q())
        yield "datum", _("Op datum van het eerste contact"), rows, {}
        return
    if CIJFER.search(tekst) or " " not in tekst:
        yield "nummer", _("Op nummer"), _by_number(blik), {}
    if coded := _codes_like(tekst):
        rows = _rows(blik, lambda plek: coded)
        yield "code", _("Op aard, wet of soort"), rows, {}
    words = naamwoorden(tekst)
    # Fetched before any name is read: one query then brings the keys of both.
    is_text = len(tekst) >= KORTSTE_TEKST
    own = _own_texts(blik.wie, blik.vraag) if is_text else ([], [])
    if words:
        rows, names = _by_name(blik, words)
        yield "naam", _("Cliënten op naam"), rows, names
    if is_text:
        yield "organisatie", _("Op organisatie"), _by_organisation(blik), {}
        rows = _by_text(blik.wie, blik.vraag, *own)
        yield "tekst", _("In de tekst van je open kwesties"), rows, {}


def _rows(
    blik: Blik, condition: Condition, *more: str, most: int = MAXIMUM
) -> list[Row]:
    """One query: of each place the newest rows that she may open, at most most + 1.

    more: columns besides those of a list.
    """
    parts = []
    for plek, rows in blik.rijen:
        which = condition(plek)
        if which is not None:
            found = rows.filter(which)
            parts.append(
                found.values(*KOLOMMEN, "ondersteuner_naam", *more)[: most + 1]
            )
    if len(parts) < 2:
        return list(parts[0]) if parts else []
    united = parts[0].union(*parts[1:], all=True)
    return list(united.order_by("-datum", "id")[: most + 1])


def _regel(wie: Wie, row: Row) -> Regel:
    return Regel(
        id=row["id"],
        plek=wie.plekken[row["tenant_id"]],
        datum=row["datum"],
        status=row["status"],
        ondersteuner=row["ondersteuner_naam"] or "",
        is_afgeschermd=False,
        nummer=row["nummer"],
        soort=row["soort"],
        aard=row["aard"],
        wet=row["wet"],
        laatste_contact_op=row["laatste_contact_op"],
    )


# ---------------------------------------------------------------------- each kind


def _by_number(blik: Blik) -> list[Row]:
    """The number, with or without what it begins with, or that of an old register."""
    tekst = blik.vraag.tekst.strip()
    upper = tekst.upper().replace(" ", "")

    def condition(plek: Plek) -> Q:
        ours = [upper, f"{nummer_prefix(plek.slug)}-{upper}"]
        return Q(nummer__in=ours) | Q(extern_nummer__in=[tekst, upper])

    return _rows(blik, condition)


def _codes_like(tekst: str) -> Q | None:
    """Condition on the codes of which the code or a word of the label is ``tekst``."""
    wanted = fold(tekst)
    found = Q()
    for veld, lijst in LIJSTEN:
        hits = [
            code
            for code in codelists.codes(lijst)
            if wanted == fold(code)
            or wanted in re.findall(r"\w+", fold(codelists.label(lijst, code)))
            or wanted == fold(codelists.label(lijst, code))
        ]
        if hits:
            found |= Q(**{f"{veld}__in": hits})
    return found or None


def _by_name(blik: Blik, words: Sequence[str]) -> tuple[list[Row], dict[UUID, str]]:
    """Kwesties of clients with these words in their name (and this year of birth)."""
    jaar = blik.vraag.geboortejaar

    def condition(plek: Plek) -> Q:
        found = Q()
        for word in words:
            marked = Zoekteken.objects.filter(
                tenant_id=plek.id, teken=teken(plek.id, word, jaar)
            )
            found &= Q(client_id__in=marked.values("client_id"))
        return found

    # A token is short on purpose: what counts is the name itself.
    rows = _rows(blik, condition, *VAN_CLIENT, most=KANDIDATEN)
    clients = [
        Client(
            pk=row["client_id"],
            tenant_id=row["tenant_id"],
            naam_v=row["client__naam_v"],
            geboortejaar_v=row["client__geboortejaar_v"],
        )
        for row in rows
    ]
    announce(clients)
    names: dict[UUID, str] = {}
    for row, client in zip(rows, clients, strict=True):
        is_year = jaar in ("", client.geboortejaar)
        if is_year and has_words(client.naam, list(words)):
            names[row["id"]] = client.naam
    return [row for row in rows if row["id"] in names], names


def _by_organisation(blik: Blik) -> list[Row]:
    """Referred to it, or a formal route at it."""
    tekst = blik.vraag.tekst.strip()

    def condition(plek: Plek) -> Q:
        referred = Verwijzing.objects.filter(
            tenant_id=plek.id, organisatie__icontains=tekst
        )
        lodged = ExternTraject.objects.filter(
            tenant_id=plek.id, instantie__icontains=tekst
        )
        # One set: with an OR PostgreSQL looks at every kwestie of the tenant.
        return Q(
            pk__in=referred.values("kwestie_id").union(lodged.values("kwestie_id"))
        )

    return _rows(blik, condition)


def _own_texts(wie: Wie, vraag: Vraag) -> tuple[list[Kwestie], list[Contactmoment]]:
    """Her own open kwesties, and their contacts with a note; nothing is read yet."""
    kwesties = list(
        Kwestie.objects.filter(
            own_in(wie, plekken_for(wie)), vraag.periode(), status__in=OPEN
        ).order_by("-datum", "id")[:EIGEN_MAXIMUM]
    )
    contacts = Contactmoment.objects.filter(
        tenant_id__in=sorted({kwestie.tenant_id for kwestie in kwesties}),
        kwestie_id__in=[kwestie.pk for kwestie in kwesties],
        notitie_v__isnull=False,
    )
    return kwesties, list(contacts)


def _by_text(
    wie: Wie, vraag: Vraag, kwesties: list[Kwestie], contacts: list[Contactmoment]
) -> list[Row]:
    """Those of her own in whose texts or notes every word occurs."""
    words = fold(vraag.tekst).split()
    notes: dict[UUID, list[str]] = {}
    for contact in contacts:
        notes.setdefault(contact.kwestie_id, []).append(contact.notitie)
    return [
        {name: getattr(kwestie, name) for name in KOLOMMEN}
        | {"ondersteuner_naam": wie.naam}
        for kwestie in kwesties
        if _has_all(words, [*_texts(kwestie), *notes.get(kwestie.pk, [])])
    ]


def _texts(kwestie: Kwestie) -> list[str]:
    return [getattr(kwestie, name) for name in TEKSTEN]


def _has_all(words: Iterable[str], texts: Iterable[str]) -> bool:
    whole = fold(" ".join(texts))
    return all(word in whole for word in words)
