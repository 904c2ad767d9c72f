"""Steps with the client: planned, discussed, agreed, done; or dropped with a reason.

S6, S23. Guarded by tests/cases/test_regels_stappen.py; what PostgreSQL holds of it by
test_regels_sql.py.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import logboek
from cases.models import Kwestie, Prullenbak, Stap, Status
from cases.services.handeling import remember, snapshot
from cases.services.regels import KwestieError
from cases.services.rij import check_alive, once, own_locked
from tenants.access import Wie


@transaction.atomic
def plan_stap(
    *,
    actor: Wie,
    tenant_id: int,
    kwestie_id: UUID,
    omschrijving: str,
    uitvoerder: str,
    gepland_op: date | None = None,
    stap_id: UUID | None = None,
) -> Stap:
    """A step to discuss with the client. Raises Refused, KwestieError.

    stap_id is chosen by the form: sent twice, it is there once.
    """
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    stap_id = stap_id or uuid4()
    before = kwestie.stap_rijen.filter(pk=stap_id).first()
    if before is not None:
        return before
    check_alive(kwestie)
    if kwestie.status == Status.AFGEROND:
        raise KwestieError(
            _("De kwestie is afgerond. Heropen haar voor een nieuwe stap.")
        )
    if not omschrijving.strip():
        raise KwestieError(_("Schrijf op wat de stap is."), "omschrijving")
    if uitvoerder not in Stap.Wie.values:
        raise KwestieError(_("Kies wie de stap zet."), "wie")
    made = Stap(
        id=stap_id,
        tenant_id=tenant_id,
        kwestie=kwestie,
        wie=uitvoerder,
        gepland_op=gepland_op,
    )
    made.omschrijving = omschrijving
    with once("cases_stap_pkey"):
        made.save(force_insert=True)
    logboek.stap_gepland(actor, kwestie, made)
    new = (Prullenbak.Soort.STAP, made.pk)
    remember(actor, kwestie, snapshot(kwestie), gemaakt=[new])
    return made


def _locked(
    actor: Wie, tenant_id: int, kwestie_id: UUID, stap_id: UUID
) -> tuple[Kwestie, Stap]:
    """The kwestie is the lock; the step is one of it and still open."""
    kwestie = own_locked(actor, tenant_id, kwestie_id)
    check_alive(kwestie)
    stap = Stap.objects.filter(tenant_id=tenant_id, kwestie=kwestie, pk=stap_id).first()
    if stap is None or not stap.is_open:
        raise KwestieError(_("Deze stap is al gedaan of vervallen."))
    return kwestie, stap


@transaction.atomic
def advance_stap(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, stap_id: UUID, naar: str
) -> Stap:
    """On to ``naar``: besproken, akkoord or uitgevoerd, each after the one before.

    Raises Refused, KwestieError (S23).
    """
    kwestie, stap = _locked(actor, tenant_id, kwestie_id, stap_id)
    if naar not in ("besproken", "akkoord", "uitgevoerd"):
        raise KwestieError(_("Kies een van de mogelijkheden."))
    if naar != stap.volgende:
        raise KwestieError(_wrong_order(stap, naar))
    setattr(stap, f"{naar}_op", timezone.now())
    stap.save(update_fields=[f"{naar}_op"])
    logboek.stap_gezet(actor, kwestie, stap, naar)
    return stap


def _wrong_order(stap: Stap, naar: str) -> str:
    if stap.akkoord_op is not None or (naar == "besproken"):
        return _("Dit is al vastgelegd. Kijk wat er nu bij de stap staat.")
    if stap.besproken_op is None:
        return _(
            "Dit kan nog niet: “alle stappen met de cliënt bespreken”. Bespreek de stap"
            " eerst met de cliënt en leg dat vast."
        )
    if naar == "akkoord":
        return _("Dit is al vastgelegd. Kijk wat er nu bij de stap staat.")
    return _(
        "Dit kan nog niet: de cliënt beslist over elke stap. Leg eerst vast dat de"
        " cliënt akkoord is."
    )


@transaction.atomic
def drop_stap(
    *, actor: Wie, tenant_id: int, kwestie_id: UUID, stap_id: UUID, reden: str
) -> Stap:
    """The step is not taken after all, and why. Raises Refused, KwestieError."""
    kwestie, stap = _locked(actor, tenant_id, kwestie_id, stap_id)
    if not reden.strip():
        raise KwestieError(_("Schrijf op waarom de stap vervalt."), "reden")
    stap.vervallen_op = timezone.now()
    stap.vervallen_reden = reden
    stap.save(update_fields=["vervallen_op", "vervallen_reden_v"])
    logboek.stap_gezet(actor, kwestie, stap, "vervallen")
    return stap


def check_stappen(kwestie: Kwestie) -> None:
    """V4: nothing that was agreed with the client is left behind at the end."""
    if kwestie.status != Status.AFGEROND:
        return
    left = Stap.objects.filter(
        tenant_id=kwestie.tenant_id,
        kwestie=kwestie,
        akkoord_op__isnull=False,
        uitgevoerd_op__isnull=True,
        vervallen_op__isnull=True,
    ).count()
    if left:
        raise KwestieError(
            _(
                "Er staat nog een stap open waarmee de cliënt akkoord is. Leg bij"
                " “Stappen” vast dat hij is uitgevoerd of waarom hij vervalt. Rond"
                " daarna af."
            )
        )
