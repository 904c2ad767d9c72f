"""Who looked at a client, for the client: the request LOG (AVG 15, NEN 7513).

Invariant: every event about a kwestie of hers that the record holds is in it, with what
was done, when and why; past ``MEESTE_UITVOER`` it says that older ones are left out. Of
a colleague whose name is left out there is her function.
Guarded by tests/cases/test_uitvoer_log.py.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import uitvoer
from cases.models import Aanmelding, Kwestie
from cases.selectors.spoor import MEESTE_UITVOER, Gezien, Spoor, trail_of
from tenants.access import Wie


@dataclass(frozen=True, slots=True)
class Spoorboek:
    """Of one kwestie: its number, the events newest first, and lists it was seen in.

    is_afgekapt: there are older events than fit in one file.
    """

    nummer: str
    sporen: tuple[Spoor, ...]
    lijsten: tuple[Gezien, ...]
    is_afgekapt: bool = False


def books_of(wie: Wie, kwestie: Kwestie) -> tuple[Spoorboek, ...]:
    """The record of every kwestie of this client; of an anonymous one of that alone."""
    rows = Kwestie.alles.filter(tenant_id=kwestie.tenant_id)
    client_id = kwestie.client_id
    rows = rows.filter(client_id=client_id) if client_id else rows.filter(pk=kwestie.pk)
    about = list(rows.order_by("datum", "id").values_list("pk", "nummer"))
    sent = Aanmelding.objects.filter(
        tenant_id=kwestie.tenant_id, kwestie_id__in=[pk for pk, _nummer in about]
    )
    before = dict(sent.values_list("kwestie_id", "pk"))
    seen: set[object] = set()
    books = []
    for pk, nummer in about:
        about_it = (wie, kwestie.tenant_id, pk, client_id)
        trail, lists = trail_of(*about_it, MEESTE_UITVOER)
        if pk in before:  # who read it at the door, before it was a kwestie
            asked = (wie, kwestie.tenant_id, before[pk], None)
            trail += trail_of(*asked, MEESTE_UITVOER)[0]
            trail.sort(key=lambda one: one.op, reverse=True)
        fresh = tuple(one for one in trail if one.id not in seen)
        seen |= {one.id for one in fresh}
        cut = len(trail) == MEESTE_UITVOER
        books.append(Spoorboek(nummer, fresh, tuple(lists), cut))
    return tuple(books)


def people_in(books: Collection[Spoorboek]) -> tuple[str, ...]:
    """Everybody who is named, in the order of the alphabet."""
    names = {one.wie for book in books for one in book.sporen}
    names |= {one.namens for book in books for one in book.sporen}
    names |= {one.wie for book in books for one in book.lijsten}
    return tuple(sorted(names - {""}))


def without_names(
    books: Collection[Spoorboek], names: Collection[str]
) -> tuple[Spoorboek, ...]:
    """The same; who is in ``names`` is a colleague with a function."""
    hidden = _("Een medewerker van het Adviespunt")

    def shown(wie: str) -> str:
        return hidden if wie in names else wie

    return tuple(
        Spoorboek(
            book.nummer,
            tuple(
                replace(one, wie=shown(one.wie), namens=shown(one.namens))
                for one in book.sporen
            ),
            tuple(replace(one, wie=shown(one.wie)) for one in book.lijsten),
            book.is_afgekapt,
        )
        for book in books
    )


def package(books: tuple[Spoorboek, ...], tenant: str) -> bytes:
    """A zip with the same content as JSON and as PDF; made in memory only."""
    op = timezone.now()
    html = render_to_string(
        "report/uitvoer_log.html", {"boeken": books, "tenant": tenant, "op": op}
    )
    return uitvoer.zipped("logboek", as_json(books, tenant, op), html)


def as_json(books: tuple[Spoorboek, ...], tenant: str, op: datetime) -> str:
    document = {
        "verantwoordelijke": tenant,
        "gemaakt_op": op.isoformat(),
        "kwesties": [
            {
                "nummer": book.nummer,
                "ouder_ontbreekt": book.is_afgekapt,
                "gebeurtenissen": [_event(one) for one in book.sporen],
                "lijsten": [
                    {"wie": one.wie, "aantal": one.aantal, "laatst": one.laatst}
                    for one in book.lijsten
                ],
            }
            for book in books
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=_moment)


def _event(one: Spoor) -> dict[str, object]:
    return {
        "tijdstip": one.op,
        "wie": one.wie,
        "functie": one.functie,
        "wat": one.wat,
        "waarom": one.waarom,
        "namens": one.namens,
        "uitkomst": one.uitkomst,
        "noodprocedure": one.is_nood,
    }


def _moment(value: object) -> str:
    assert isinstance(value, datetime)  # noqa: S101
    return timezone.localtime(value).isoformat()
