"""What is recorded about a colleague: function, layer, VOG, appointment.

Guarded by tests/tenants/test_mensen.py and constraints of migration 0010.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants import logboek_mensen as logboek
from tenants.fouten import RegelFout
from tenants.models import Aanstelling, Medewerker, Membership
from tenants.roles import Recht
from tenants.wie import Wie

VOG_MAANDEN = 3  # Jeugdwet 4.1.9
JEUGD = Medewerker.Functie.VPJ
VELDEN = (
    *("functie", "functie_sinds", "laag", "specialismen"),
    *("vog_op", "beroepsregistratie"),
)


@dataclass(frozen=True, slots=True)
class Gegevens:
    """What tenant administration keeps of a colleague."""

    functie: str
    functie_sinds: date | None
    laag: int
    specialismen: tuple[str, ...]
    vog_op: date | None
    beroepsregistratie: str


def check_vog(functie: str, sinds: date | None, vog_op: date | None) -> None:
    """A vertrouwenspersoon jeugd has a VOG of at most three months before she began.

    Raises RegelFout.
    """
    if vog_op is not None and vog_op > timezone.localdate():
        raise RegelFout(_("De datum van de VOG ligt in de toekomst."), "vog_op")
    if functie != JEUGD:
        return
    if sinds is None:
        raise RegelFout(
            _("Vul in sinds wanneer deze collega vertrouwenspersoon jeugd is."),
            "functie_sinds",
        )
    if vog_op is None:
        raise RegelFout(
            _("Voor jeugd is een VOG nodig. Vul de datum van de VOG in."), "vog_op"
        )
    if vog_op < sinds - relativedelta(months=VOG_MAANDEN):
        raise RegelFout(
            _(
                "De VOG is ouder dan drie maanden op de eerste dag. Vraag eerst een"
                " nieuwe VOG."
            ),
            "vog_op",
        )


def _is_here(tenant_id: int, user_id: UUID) -> bool:
    return Membership.objects.filter(tenant_id=tenant_id, user_id=user_id).exists()


@transaction.atomic
def change_medewerker(
    *, actor: Wie, tenant_id: int, medewerker_id: UUID, gegevens: Gegevens
) -> None:
    """Raises Refused, RegelFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    row = Medewerker.objects.filter(pk=medewerker_id).first()
    if row is None or not _is_here(tenant_id, medewerker_id):
        raise RegelFout(_("Deze collega heeft hier geen rol."))
    check_vog(gegevens.functie, gegevens.functie_sinds, gegevens.vog_op)
    new = {
        "functie": gegevens.functie,
        "functie_sinds": gegevens.functie_sinds,
        "laag": gegevens.laag,
        "specialismen": list(gegevens.specialismen),
        "vog_op": gegevens.vog_op,
        "beroepsregistratie": gegevens.beroepsregistratie,
    }
    changed = [veld for veld in VELDEN if getattr(row, veld) != new[veld]]
    if not changed:
        return
    Medewerker.objects.filter(pk=row.pk).update(**{v: new[v] for v in changed})
    logboek.medewerker_gewijzigd(actor, tenant_id, row.pk, changed)


@dataclass(frozen=True, slots=True)
class Besluit:
    """The decision by which somebody is appointed (S97)."""

    instantie: str
    besluit_op: date
    functie: str
    van: date
    tot: date | None = None


@transaction.atomic
def appoint(
    *, actor: Wie, tenant_id: int, medewerker_id: UUID, besluit: Besluit
) -> Aanstelling:
    """Record an appointment for this tenant. Raises Refused, RegelFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    row = Medewerker.objects.filter(pk=medewerker_id).first()
    if row is None or not _is_here(tenant_id, medewerker_id):
        raise RegelFout(_("Deze collega heeft hier geen rol."))
    if besluit.besluit_op > timezone.localdate():
        raise RegelFout(_("Het besluit ligt in de toekomst."), "besluit_op")
    if besluit.tot is not None and besluit.tot < besluit.van:
        raise RegelFout(_("De laatste dag ligt vóór de eerste dag."), "tot")
    check_vog(besluit.functie, besluit.van, row.vog_op)
    made = Aanstelling.objects.create(
        tenant_id=tenant_id,
        medewerker=row,
        instantie=besluit.instantie.strip(),
        besluit_op=besluit.besluit_op,
        functie=besluit.functie,
        van=besluit.van,
        tot=besluit.tot,
        door_id=actor.user_id,
    )
    logboek.aanstelling_vastgelegd(actor, made)
    return made


@transaction.atomic
def end_appointment(
    *, actor: Wie, tenant_id: int, aanstelling_id: UUID, tot: date, reden: str
) -> None:
    """The last day of an appointment, and why. Raises Refused, RegelFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    rows = Aanstelling.objects.select_for_update(of=("self",))
    row = rows.filter(tenant_id=tenant_id, pk=aanstelling_id).first()
    if row is None or row.einde_reden:
        raise RegelFout(_("Deze aanstelling is al beëindigd."))
    if tot < row.van:
        raise RegelFout(_("De laatste dag ligt vóór de eerste dag."), "tot")
    row.tot, row.einde_reden = tot, reden
    row.save(update_fields=["tot", "einde_reden"])
    logboek.aanstelling_beeindigd(actor, row)
