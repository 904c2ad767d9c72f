"""Which terms run for these kwesties; one question, whatever their number.

Guarded by tests/cases/test_termijn_pagina.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from cases.models import OPEN, ExternTraject
from cases.termijnen import REGELS, Fase, Stand, Termijn, termijn_of

MAXIMUM = 300
# A term of a year, and the days it can move.
LANGST = timedelta(days=372)
VERVOLG = {
    type: rules[Fase.VERDER].vervolg
    for type, rules in REGELS.items()
    if Fase.VERDER in rules
}


def termijn_for(traject: ExternTraject) -> Termijn | None:
    """The term that runs for this route now; None when there is none."""
    return termijn_of(
        Stand(
            type=traject.type,
            bekend_op=traject.bekend_op,
            ingediend_op=traject.ingediend_op,
            oordeel_op=traject.oordeel_op,
            is_lang=traject.is_lang,
            verdaagd_weken=traject.verdaagd_weken,
            opgeschort_dagen=traject.opgeschort_dagen,
            termijn_tot=traject.termijn_tot,
        )
    )


def terms_in(
    rows: Iterable[ExternTraject], tot: date | None = None
) -> list[tuple[ExternTraject, Termijn]]:
    """Terms that end on or before ``tot`` (None: all) of these routes (``route_rows``),
    the first to end first.

    What is still to be lodged or decided stays until that is done, while the kwestie is
    open. What could be done after a decision goes when it was done, or too late.
    """
    today = timezone.localdate()
    found = [
        (row, term)
        for row in rows
        if (term := termijn_for(row)) is not None
        and (term.fase != Fase.VERDER or term.dag >= today)
        and (tot is None or term.dag <= tot)
    ]
    return sorted(found, key=lambda pair: pair[1].dag)


def route_rows(here: Mapping[str, object], sinds: date) -> QuerySet[ExternTraject]:
    """Formal routes in which a term can run, each with the number and supporter of its
    kwestie; of what was decided, since that day (LANGST before today).
    """
    running = Q(oordeel_op__isnull=True, kwestie__status__in=OPEN) & ~Q(
        bekend_op__isnull=True, ingediend_op__isnull=True, termijn_tot__isnull=True
    )
    decided = Q(oordeel_op__gte=sinds, type__in=list(VERVOLG))
    after = ExternTraject.objects.filter(
        tenant_id=OuterRef("tenant_id"),
        kwestie_id=OuterRef("kwestie_id"),
        type=OuterRef("vervolg"),
        aangemaakt_op__gt=OuterRef("aangemaakt_op"),
    )
    next_type = Case(
        *(When(type=type, then=Value(vervolg)) for type, vervolg in VERVOLG.items()),
        default=Value(""),
        output_field=CharField(),
    )
    columns = [field.name for field in ExternTraject._meta.concrete_fields]
    return (
        ExternTraject.objects.filter(running | decided, **here)
        .annotate(vervolg=next_type)
        .filter(~Q(Exists(after)) | Q(oordeel_op__isnull=True))
        .select_related("kwestie")
        .only(*columns, "kwestie__nummer", "kwestie__ondersteuner_id")
        .order_by("-aangemaakt_op", "id")[:MAXIMUM]
    )
