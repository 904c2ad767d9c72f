"""The life of a signal: proposed, confirmed, brought in, promised, realised, followed.

Invariant: a step is taken only along an arrow of ``SIGNAALSTAPPEN``, by somebody with
the right, with its guard satisfied, on a locked row, with a Signaalstap and an audit
event in the same transaction. PostgreSQL holds the arrows and the guards once more
(migration 0006). No timer takes any step. Texts are at group level: what may tell who
somebody is, stops them (``woorden``).

Guarded by tests/signalering/test_signalen.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import codelists
from signalering import logboek
from signalering.lifecycle.sterkte import joint_strength
from signalering.lifecycle.tabel import RapportageError, Stap, person
from signalering.lifecycle.woorden import NIETS, Toegestaan, let_pass
from signalering.models import (
    ActieStand,
    Signaal,
    Signaaloverleg,
    Signaalstap,
    SignaalStatus,
    Verbeteractie,
)
from tenants.access import Refused, Wie
from tenants.roles import Recht

CLIENTEN: Final = 5  # S116: enough different clients
TENANTS: Final = 2  # or more than one tenant
S = SignaalStatus


class SignaalError(RapportageError):
    """The verb cannot be carried out now; the text says what has to happen first."""


def _arrows() -> dict[tuple[str, str], Stap]:
    maken, inbrengen = Recht.RAPPORTAGE_MAKEN, Recht.RAPPORTAGE_AANBIEDEN
    gesprek = Recht.BESPREKING_VASTLEGGEN
    found: dict[tuple[str, str], Stap] = {
        (S.OPGEPAKT, "bevestig"): Stap(S.BEVESTIGD, maken, "signaal_bevestigd"),
        (S.BEVESTIGD, "breng-in"): Stap(S.INGEBRACHT, inbrengen, "signaal_ingebracht"),
        (S.INGEBRACHT, "bespreek"): Stap(S.IN_GESPREK, gesprek, "signaal_in_gesprek"),
        (S.IN_GESPREK, "zeg-toe"): Stap(S.TOEGEZEGD, gesprek, "signaal_toegezegd"),
        (S.TOEGEZEGD, "realiseer"): Stap(
            S.GEREALISEERD, gesprek, "signaal_gerealiseerd"
        ),
        (S.GEMONITORD, "sluit"): Stap(S.GESLOTEN, maken, "signaal_gesloten"),
    }
    for status in (S.OPGEPAKT, S.BEVESTIGD):
        found[status, "sluit"] = Stap(S.GESLOTEN, maken, "signaal_gesloten")
    for status in (S.IN_GESPREK, S.TOEGEZEGD):
        found[status, "neem-niet-over"] = Stap(
            S.NIET_OVERGENOMEN, gesprek, "signaal_niet_overgenomen"
        )
    for status in (S.GEREALISEERD, S.NIET_OVERGENOMEN, S.GEMELD_INSPECTIE):
        found[status, "volg"] = Stap(S.GEMONITORD, maken, "signaal_gevolgd")
    for status in (
        *(S.OPGEPAKT, S.BEVESTIGD, S.INGEBRACHT, S.IN_GESPREK, S.TOEGEZEGD),
        S.NIET_OVERGENOMEN,
    ):
        found[status, "meld-inspectie"] = Stap(
            S.GEMELD_INSPECTIE, maken, "signaal_gemeld_inspectie"
        )
    return found


# (status, verb) → arrow. What is not here cannot be done.
SIGNAALSTAPPEN: Final[Mapping[tuple[str, str], Stap]] = _arrows()
MET_REDEN: Final = ("neem-niet-over", "meld-inspectie", "sluit")
ACTIE_BIJ: Final = (S.INGEBRACHT, S.IN_GESPREK, S.TOEGEZEGD)
TEKST_BIJ: Final = (S.OPGEPAKT, S.BEVESTIGD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaalgegevens:
    """What a signal says: its subject in codes, and texts at group level."""

    titel: str
    aard: str
    omschrijving: str
    sub: str = ""
    wet: str = ""
    domein: str = ""
    doelgroep: str = ""
    verbeterrichting: str = ""
    vraag: str = ""

    @property
    def teksten(self) -> tuple[str, ...]:
        return self.titel, self.omschrijving, self.verbeterrichting, self.vraag


def may_propose(wie: Wie, tenant_id: int) -> bool:
    """Who works on kwesties of the tenant and reads its reports: not a volunteer."""
    return wie.may(Recht.KWESTIE_EIGEN, tenant_id) and wie.may(
        Recht.RAPPORTAGE_LEZEN, tenant_id
    )


@transaction.atomic
def propose_signal(
    *,
    actor: Wie,
    tenant_id: int,
    gegevens: Signaalgegevens,
    samen_met: UUID | None = None,
    toegestaan: Toegestaan = NIETS,
) -> Signaal:
    """A new signal, OPGEPAKT. samen_met: a signal of another tenant about the same.

    Raises Refused, RapportageError.
    """
    if not may_propose(actor, tenant_id):
        raise Refused(Recht.KWESTIE_EIGEN)
    _check(gegevens)
    passed = let_pass(tenant_id, gegevens.teksten, toegestaan)
    together = _together(actor, tenant_id, samen_met)
    signaal = Signaal(
        tenant_id=tenant_id, voorgesteld_door_id=person(actor), **asdict(gegevens)
    )
    if together is not None:
        signaal.gezamenlijk_id = together
    signaal.save(force_insert=True)
    _remember(actor, signaal, "", "")
    logboek.signaal_stap(
        actor, signaal, "signaal_voorgesteld", passed, toegestaan.reden
    )
    return signaal


def _together(actor: Wie, tenant_id: int, other: UUID | None) -> UUID | None:
    """What ties it to ``other``, a signal of another tenant that she may propose at."""
    if other is None:
        return None
    found = Signaal.objects.filter(pk=other, tenant_id__in=list(actor.plekken)).first()
    if found is None or not may_propose(actor, found.tenant_id):
        raise Refused(Recht.KWESTIE_EIGEN)
    if Signaal.objects.filter(
        tenant_id=tenant_id, gezamenlijk_id=found.gezamenlijk_id
    ).exists():
        raise SignaalError(_("Dit signaal is bij deze opdrachtgever al opgepakt."))
    return found.gezamenlijk_id


def _check(gegevens: Signaalgegevens) -> None:
    if gegevens.aard not in codelists.codes("aard"):
        raise SignaalError(_("Kies de aard waar het signaal over gaat."))
    if gegevens.sub and not gegevens.sub.startswith(f"{gegevens.aard}."):
        raise SignaalError(_("Het onderwerp hoort bij een andere aard. Kies opnieuw."))
    if not gegevens.titel.strip() or not gegevens.omschrijving.strip():
        raise SignaalError(_("Vul een titel en een omschrijving in."))


@transaction.atomic
def edit_signal(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    gegevens: Signaalgegevens,
    toegestaan: Toegestaan = NIETS,
) -> Signaal:
    """Put the texts right, until the commissioning party has read them. Her own
    proposal, or with the right to make reports. Raises Refused, RapportageError.
    """
    signaal = locked_signal(actor, tenant_id, pk)
    is_own = signaal.voorgesteld_door_id == actor.user_id
    if not is_own or signaal.status != S.OPGEPAKT:
        actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    if signaal.status not in TEKST_BIJ:
        raise SignaalError(
            _("Het signaal is ingebracht. De tekst verandert niet meer.")
        )
    _check(gegevens)
    passed = let_pass(tenant_id, gegevens.teksten, toegestaan)
    values = asdict(gegevens)
    for name, value in values.items():
        setattr(signaal, name, value)
    signaal.gewijzigd_op = timezone.now()
    signaal.save(update_fields=[*values, "gewijzigd_op"])
    logboek.signaal_stap(actor, signaal, "signaal_bewerkt", passed, toegestaan.reden)
    return signaal


def locked_signal(actor: Wie, tenant_id: int, pk: UUID) -> Signaal:
    """The row, locked. Raises Refused when it is not there."""
    rows = Signaal.objects.select_for_update().filter(tenant_id=tenant_id, pk=pk)
    signaal = rows.first() if tenant_id in actor.plekken else None
    if signaal is None:
        raise Refused(Recht.RAPPORTAGE_LEZEN)
    return signaal


def possible_steps(wie: Wie, signaal: Signaal) -> list[str]:
    """The verbs that lead on from here and that this person may carry out."""
    return [
        verb
        for (status, verb), stap in SIGNAALSTAPPEN.items()
        if status == signaal.status and wie.may(stap.recht, signaal.tenant_id)
    ]


@transaction.atomic
def take_step(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    verb: str,
    reden: str = "",
    toegestaan: Toegestaan = NIETS,
) -> Signaal:
    """Carry out ``verb``. reden: why, when that has to be said (``MET_REDEN``).

    Raises Refused, RapportageError.
    """
    signaal = locked_signal(actor, tenant_id, pk)
    arrows = [stap for (_van, name), stap in SIGNAALSTAPPEN.items() if name == verb]
    if not any(actor.may(stap.recht, tenant_id) for stap in arrows):
        raise Refused(verb)
    stap = SIGNAALSTAPPEN.get((signaal.status, verb))
    if stap is None:
        raise SignaalError(
            _("Deze stap kan niet meer of nog niet: het signaal is “%(status)s”.")
            % {"status": signaal.get_status_display().lower()}
        )
    if verb in MET_REDEN and not reden.strip():
        raise SignaalError(_("Schrijf op waarom."))
    passed = let_pass(tenant_id, [reden], toegestaan)
    if verb in GUARDS:
        GUARDS[verb](actor, signaal)
    van, signaal.status = signaal.status, stap.naar
    signaal.gewijzigd_op = timezone.now()
    if stap.naar == S.BEVESTIGD:
        signaal.bevestigd_op = signaal.gewijzigd_op
    if stap.naar == S.INGEBRACHT:
        signaal.ingebracht_op = signaal.gewijzigd_op
    signaal.save(
        update_fields=["status", "gewijzigd_op", "bevestigd_op", "ingebracht_op"]
    )
    _remember(actor, signaal, van, reden)
    logboek.signaal_stap(actor, signaal, stap.gebeurtenis, passed, toegestaan.reden)
    return signaal


def _remember(actor: Wie, signaal: Signaal, van: str, reden: str) -> None:
    Signaalstap.objects.create(
        tenant_id=signaal.tenant_id,
        signaal=signaal,
        van=van,
        naar=signaal.status,
        reden=reden.strip(),
        door_id=person(actor),
    )


def _is_strong(actor: Wie, signaal: Signaal) -> None:
    """S116: enough different clients, or seen at more than one tenant."""
    clienten, tenants = joint_strength(actor, signaal)
    if clienten < CLIENTEN and tenants < TENANTS:
        raise SignaalError(
            _(
                "Bevestigen kan vanaf %(n)s verschillende cliënten, of als het bij meer"
                " dan één opdrachtgever speelt. Koppel eerst meer kwesties."
            )
            % {"n": CLIENTEN}
        )


def _may_be_read(actor: Wie, signaal: Signaal) -> None:
    """Never about few people, also when it was seen at more than one tenant."""
    if not signaal.verbeterrichting.strip():
        raise SignaalError(
            _("Schrijf eerst op wat er beter kan: de verbeterrichting is nog leeg.")
        )
    if joint_strength(actor, signaal)[0] < CLIENTEN:
        raise SignaalError(
            _(
                "Inbrengen kan pas als het signaal over %(n)s of meer verschillende"
                " cliënten gaat. Anders is het te herleiden."
            )
            % {"n": CLIENTEN}
        )


def _was_discussed(_actor: Wie, signaal: Signaal) -> None:
    overleggen = Signaaloverleg.objects.filter(
        tenant_id=signaal.tenant_id, signaal=signaal, ontvangers__contains=["OPDR"]
    )
    if not overleggen.exists():
        raise SignaalError(
            _("Leg eerst het overleg met de opdrachtgever over dit signaal vast.")
        )


def _was_promised(_actor: Wie, signaal: Signaal) -> None:
    rows = Verbeteractie.objects.filter(tenant_id=signaal.tenant_id, signaal=signaal)
    if not rows.exclude(stand=ActieStand.VERVALLEN).exists():
        raise SignaalError(_("Er is nog geen verbeteractie toegezegd."))


def _is_done(_actor: Wie, signaal: Signaal) -> None:
    rows = Verbeteractie.objects.filter(tenant_id=signaal.tenant_id, signaal=signaal)
    if rows.filter(stand=ActieStand.TOEGEZEGD).exists():
        raise SignaalError(
            _("Er staat nog een verbeteractie open. Leg eerst vast wat ervan kwam.")
        )
    if not rows.filter(stand=ActieStand.UITGEVOERD).exists():
        raise SignaalError(_("Er is geen verbeteractie uitgevoerd."))


GUARDS: Final[Mapping[str, Callable[[Wie, Signaal], None]]] = {
    "bevestig": _is_strong,
    "breng-in": _may_be_read,
    "bespreek": _was_discussed,
    "zeg-toe": _was_promised,
    "realiseer": _is_done,
}
