"""The social chart: other organisations, and who added or checked what of them.

Nothing about a client is in it, and no kwestie points at it. Who works on kwesties for
a tenant, or administers it, writes its chart; PostgreSQL holds the same (migration 0016
of tenants). Guarded by tests/cases/test_kaart.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.codelists import codes, label
from cases.logboek import kaart as logboek
from cases.selectors.kaart import may_write
from cases.services.regels import KwestieError
from privacy.meelezen import voor_rapport
from tenants.access import Refused, Wie
from tenants.models import FunctieScope, Gemeente, Organisatie, OrganisatieVersie
from tenants.models.kaart import BEREIKEN, WETTEN
from tenants.roles import Recht

VELDEN = (*Organisatie.TEKSTEN, "gemeenten", "is_functionaris_in_dienst")


@transaction.atomic
def save_organisatie(
    *,
    actor: Wie,
    tenant_id: int,
    organisatie_id: UUID,
    gegevens: Mapping[str, Any],
    versie: int | None = None,
) -> Organisatie:
    """A new one (the form chose the id), or one changed; it counts as checked today.

    versie: on which it was filled in. Raises Refused, KwestieError.
    """
    _require(actor, tenant_id)
    made = _locked(tenant_id, organisatie_id)
    is_new = made is None
    if made is None:
        made = Organisatie(id=organisatie_id, tenant_id=tenant_id, versie=0)
    elif versie is not None and made.versie != versie:
        raise KwestieError(
            _(
                "Een collega heeft deze organisatie intussen gewijzigd. Open haar"
                " opnieuw en vul je wijziging nog eens in."
            )
        )
    _check(gegevens)
    changed = {
        veld: [None if is_new else getattr(made, veld), gegevens[veld]]
        for veld in VELDEN
        if is_new or getattr(made, veld) != gegevens[veld]
    }
    for veld in VELDEN:
        setattr(made, veld, gegevens[veld])
    made.zoektekst = _searchable(made)
    _store(actor, made, changed, is_new=is_new)
    logboek.organisatie_bewaard(actor, made, [] if is_new else list(changed))
    return made


@transaction.atomic
def check_organisatie(*, actor: Wie, tenant_id: int, organisatie_id: UUID) -> None:
    """Somebody looked: it still holds, today (S15). Raises Refused."""
    _require(actor, tenant_id)
    found = _existing(tenant_id, organisatie_id)
    _store(actor, found, {}, is_new=False)
    logboek.organisatie_nagekeken(actor, found)


@transaction.atomic
def retire_organisatie(
    *, actor: Wie, tenant_id: int, organisatie_id: UUID, weer: bool
) -> None:
    """It is no more, or (``weer``) it is again; its row stays. Raises Refused."""
    _require(actor, tenant_id)
    found = _existing(tenant_id, organisatie_id)
    if found.is_vervallen is not weer:
        return
    found.is_vervallen = not weer
    _store(actor, found, {"is_vervallen": [weer, not weer]}, is_new=False)
    logboek.organisatie_bewaard(actor, found, ["is_vervallen"])


def _require(actor: Wie, tenant_id: int) -> None:
    if actor.user_id is None or not may_write(actor, tenant_id):
        raise Refused(Recht.KWESTIE_EIGEN)


def _locked(tenant_id: int, pk: UUID) -> Organisatie | None:
    rows = Organisatie.objects.select_for_update()
    return rows.filter(tenant_id=tenant_id, pk=pk).first()


def _existing(tenant_id: int, pk: UUID) -> Organisatie:
    found = _locked(tenant_id, pk)
    if found is None:
        raise Refused(Recht.KWESTIE_EIGEN)
    return found


def _store(
    actor: Wie, row: Organisatie, changed: Mapping[str, Any], *, is_new: bool
) -> None:
    """The row, and first the version that says what changed: a trigger asks for it."""
    row.versie += 1
    row.gecontroleerd_op = timezone.localdate()
    if is_new:
        row.save(force_insert=True)
    if actor.user_id is not None:
        OrganisatieVersie.objects.create(
            tenant_id=row.tenant_id,
            organisatie=row,
            versie=row.versie,
            wijzigingen=dict(changed),
            door_id=actor.user_id,
        )
    if not is_new:
        row.save()


def _check(gegevens: Mapping[str, Any]) -> None:
    if not gegevens["naam"].strip():
        raise KwestieError(_("Vul de naam van de organisatie in."), "naam")
    if gegevens["soort"] not in codes("instantie_type"):
        raise KwestieError(_("Kies wat voor organisatie het is."), "soort")
    found = voor_rapport(gegevens["opmerking"], eigen=[gegevens["naam"]])
    if found:
        raise KwestieError(
            _(
                "Hieraan is misschien iemand te herkennen: %(woorden)s. De sociale kaart"
                " gaat nooit over een cliënt. Haal dit weg."
            )
            % {"woorden": ", ".join(word.tekst for word in found)},
            "opmerking",
        )


def _searchable(row: Organisatie) -> str:
    """What one types to find it: also its kind and the names of its gemeenten (S111)."""
    names = Gemeente.objects.filter(pk__in=row.gemeenten).values_list("naam", flat=True)
    words = [
        *(row.naam, label("instantie_type", row.soort, "nl"), row.regio),
        *(row.onderwerpen, row.functionaris, *names),
    ]
    return " ".join(filter(None, words)).casefold()


# ------------------------------------------------------------- who does what (S182)


@transaction.atomic
def add_functie(
    *, actor: Wie, tenant_id: int, naam: str, wet: str, bereik: str
) -> FunctieScope:
    """A function in a cell of the table. Raises Refused, KwestieError."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    naam = " ".join(naam.split())
    if not naam:
        raise KwestieError(_("Vul de naam van de functie in."), "naam")
    if wet not in WETTEN:
        raise KwestieError(_("Kies onder welke wet het valt."), "wet")
    if bereik not in BEREIKEN:
        raise KwestieError(_("Kies hoe ver het reikt."), "bereik")
    same = {"tenant_id": tenant_id, "wet": wet, "bereik": bereik, "tot": None}
    if FunctieScope.objects.filter(naam__iexact=naam, **same).exists():
        raise KwestieError(_("Deze functie staat hier al."), "naam")
    if actor.user_id is None:
        raise Refused(Recht.TENANT_BEHEREN)
    made = FunctieScope.objects.create(
        naam=naam, van=timezone.localdate(), door_id=actor.user_id, **same
    )
    logboek.functie_toegevoegd(actor, made)
    return made


@transaction.atomic
def end_functie(*, actor: Wie, tenant_id: int, pk: UUID) -> None:
    """It is no longer shown; that it was, stays. Raises Refused."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    rows = FunctieScope.objects.select_for_update()
    found = rows.filter(tenant_id=tenant_id, pk=pk, tot=None).first()
    if found is None:
        raise Refused(Recht.TENANT_BEHEREN)
    found.tot = timezone.localdate()
    found.save(update_fields=["tot"])
    logboek.functie_beeindigd(actor, found)
