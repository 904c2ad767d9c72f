"""The Adviespunt's own investigation: started, finished, offered, discussed, public.

Invariant: a step is taken only along an arrow of ``ONDERZOEKSTAPPEN``, by somebody with
the right, with its guard satisfied, on a locked row, with an audit event in the same
transaction; PostgreSQL holds all of it once more (migration 0012). Who wrote in it
neither signs the check nor makes it public. No timer takes a step, and texts in which
somebody may be recognised stop (``woorden``).

Guarded by tests/signalering/test_onderzoek.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from signalering import logboek
from signalering.lifecycle.tabel import RapportageError, Stap, person
from signalering.lifecycle.woorden import NIETS, Toegestaan, let_pass
from signalering.models import (
    BIJ_OPDRACHTGEVER,
    Onderzoek,
    OnderzoekStatus,
    Rapportage,
    Signaal,
    SignaalStatus,
)
from tenants.access import Refused, Wie
from tenants.roles import Recht

S = OnderzoekStatus


class OnderzoekError(RapportageError):
    """The verb cannot be carried out now; the text says what has to happen first."""


def _arrows() -> dict[tuple[str, str], Stap]:
    maken, aanbieden = Recht.RAPPORTAGE_MAKEN, Recht.RAPPORTAGE_AANBIEDEN
    found: dict[tuple[str, str], Stap] = {
        (S.GESTART, "rond-af"): Stap(S.AFGEROND, maken, "onderzoek_afgerond"),
        (S.AFGEROND, "heropen"): Stap(S.GESTART, maken, "onderzoek_heropend"),
        (S.AFGEROND, "teken"): Stap(
            S.AFGEROND, Recht.RAPPORTAGE_TOETSEN, "onderzoek_toets_getekend"
        ),
        (S.AFGEROND, "bied-aan"): Stap(S.AANGEBODEN, aanbieden, "onderzoek_aangeboden"),
        (S.AANGEBODEN, "bespreek"): Stap(
            S.BESPROKEN, Recht.BESPREKING_VASTLEGGEN, "onderzoek_besproken"
        ),
        (S.BESPROKEN, "maak-openbaar"): Stap(
            S.OPENBAAR, Recht.RAPPORTAGE_PUBLICEREN, "onderzoek_openbaar"
        ),
    }
    for status in (S.GESTART, S.AFGEROND):
        found[status, "trek-in"] = Stap(S.INGETROKKEN, maken, "onderzoek_ingetrokken")
    for status in BIJ_OPDRACHTGEVER:
        found[status, "trek-in"] = Stap(
            S.INGETROKKEN, Recht.RAPPORTAGE_VASTSTELLEN, "onderzoek_ingetrokken"
        )
    return found


# (status, verb) → arrow. What is not here cannot be done.
ONDERZOEKSTAPPEN: Final[Mapping[tuple[str, str], Stap]] = _arrows()


@dataclass(frozen=True, slots=True, kw_only=True)
class Onderzoekgegevens:
    """What an investigation says; ``signalen`` are the ids of those it comes from."""

    titel: str
    vraag: str
    signalen: Sequence[UUID]
    aanpak: str = ""
    bevindingen: str = ""
    aanbevelingen: str = ""

    @property
    def teksten(self) -> tuple[str, ...]:
        return (
            *(self.titel, self.vraag, self.aanpak),
            *(self.bevindingen, self.aanbevelingen),
        )


@transaction.atomic
def start_onderzoek(
    *,
    actor: Wie,
    tenant_id: int,
    gegevens: Onderzoekgegevens,
    toegestaan: Toegestaan = NIETS,
) -> Onderzoek:
    """A new investigation, GESTART. Raises Refused, RapportageError."""
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    passed = _checked(tenant_id, gegevens, toegestaan)
    made = Onderzoek.objects.create(
        tenant_id=tenant_id,
        gestart_door_id=person(actor),
        schrijvers=[person(actor)],
        **asdict(gegevens),
    )
    logboek.onderzoek_stap(actor, made, "onderzoek_gestart", passed, toegestaan.reden)
    return made


@transaction.atomic
def edit_onderzoek(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    gegevens: Onderzoekgegevens,
    toegestaan: Toegestaan = NIETS,
) -> Onderzoek:
    """Write in it, until it is finished; who writes is remembered. Raises Refused,
    RapportageError.
    """
    actor.require(Recht.RAPPORTAGE_MAKEN, tenant_id)
    found = _locked(tenant_id, pk)
    if found.status != S.GESTART:
        raise OnderzoekError(_("Het onderzoek is afgerond. Heropen het eerst."))
    passed = _checked(tenant_id, gegevens, toegestaan)
    values: dict[str, Any] = asdict(gegevens)
    if person(actor) not in found.schrijvers:
        values["schrijvers"] = [*found.schrijvers, person(actor)]
    _save(found, **values)
    logboek.onderzoek_stap(actor, found, "onderzoek_bewerkt", passed, toegestaan.reden)
    return found


def _checked(
    tenant_id: int, gegevens: Onderzoekgegevens, toegestaan: Toegestaan
) -> int:
    """How many words were let pass; RapportageError when it cannot be kept like this."""
    if not gegevens.titel.strip() or not gegevens.vraag.strip():
        raise OnderzoekError(_("Vul een titel en een vraag in."))
    known = Signaal.objects.filter(tenant_id=tenant_id, pk__in=gegevens.signalen)
    wanted = set(gegevens.signalen)
    open_ones = known.exclude(status=SignaalStatus.GESLOTEN)
    if not wanted or open_ones.count() != len(wanted):
        raise OnderzoekError(_("Kies de signalen waar het onderzoek uit voortkomt."))
    return let_pass(tenant_id, gegevens.teksten, toegestaan)


def _locked(tenant_id: int, pk: UUID) -> Onderzoek:
    rows = Onderzoek.objects.select_for_update().filter(tenant_id=tenant_id, pk=pk)
    found = rows.first()
    if found is None:
        raise Refused(Recht.RAPPORTAGE_LEZEN)
    return found


def _save(found: Onderzoek, **values: Any) -> None:
    values["gewijzigd_op"] = timezone.now()
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))


def possible_steps(wie: Wie, onderzoek: Onderzoek) -> list[str]:
    """The verbs that lead on from here and that this person may carry out."""
    is_own = wie.user_id in onderzoek.schrijvers
    return [
        verb
        for (status, verb), stap in ONDERZOEKSTAPPEN.items()
        if status == onderzoek.status
        and wie.may(stap.recht, onderzoek.tenant_id)
        and not (is_own and verb in VIER_OGEN)
        and not (verb == "bied-aan" and onderzoek.toets_op is None)
    ]


VIER_OGEN: Final = ("teken", "maak-openbaar")


@transaction.atomic
def take_step(
    *,
    actor: Wie,
    tenant_id: int,
    pk: UUID,
    verb: str,
    reden: str = "",
    datum: date | None = None,
    deelnemers: Sequence[str] = (),
    toegestaan: Toegestaan = NIETS,
) -> Onderzoek:
    """Carry out ``verb``. reden: of "trek-in"; datum and deelnemers (functions): of
    "bespreek". Raises Refused, RapportageError.
    """
    arrows = [stap for (_van, name), stap in ONDERZOEKSTAPPEN.items() if name == verb]
    if not any(actor.may(stap.recht, tenant_id) for stap in arrows):
        raise Refused(verb)
    found = _locked(tenant_id, pk)
    stap = ONDERZOEKSTAPPEN.get((found.status, verb))
    if stap is None:
        raise OnderzoekError(
            _("Deze stap kan niet meer of nog niet: het onderzoek is “%(status)s”.")
            % {"status": found.get_status_display().lower()}
        )
    actor.require(stap.recht, tenant_id)
    if verb in VIER_OGEN and actor.user_id in found.schrijvers:
        raise OnderzoekError(
            _("Je hebt zelf aan dit onderzoek geschreven. Een ander doet deze stap.")
        )
    passed = let_pass(tenant_id, [reden, *deelnemers], toegestaan)
    values = _values(actor, found, verb, reden, datum, deelnemers)
    _save(found, status=stap.naar, **values)
    logboek.onderzoek_stap(actor, found, stap.gebeurtenis, passed, toegestaan.reden)
    return found


def _values(
    actor: Wie,
    found: Onderzoek,
    verb: str,
    reden: str,
    datum: date | None,
    deelnemers: Sequence[str],
) -> dict[str, Any]:
    """What a step writes besides the status. Raises OnderzoekError when it is not time
    for it.
    """
    now = timezone.now()
    match verb:
        case "rond-af":
            _require_whole(found)
        case "heropen":
            return {"toets_door_id": None, "toets_op": None}
        case "teken":
            return {"toets_door_id": person(actor), "toets_op": now}
        case "bied-aan":
            _require_offerable(found)
            return {"aangeboden_op": now}
        case "bespreek":
            return _discussed(found, datum, deelnemers)
        case "maak-openbaar":
            return {"openbaar_door_id": person(actor), "openbaar_op": now}
        case _:
            if not reden.strip():
                raise OnderzoekError(_("Schrijf op waarom."))
            return {"ingetrokken_reden": reden.strip()}
    return {}


def _require_whole(found: Onderzoek) -> None:
    texts = (found.aanpak, found.bevindingen, found.aanbevelingen)
    if not all(text.strip() for text in texts):
        raise OnderzoekError(
            _("Vul eerst in wat er is gedaan, wat daaruit kwam en wat je aanbeveelt.")
        )


def _require_offerable(found: Onderzoek) -> None:
    if found.toets_op is None:
        raise OnderzoekError(_("Eerst tekent een ander de herleidbaarheidstoets."))
    waiting = Signaal.objects.filter(
        tenant_id=found.tenant_id, pk__in=found.signalen, ingebracht_op__isnull=True
    )
    if waiting.exists():
        raise OnderzoekError(
            _("Breng eerst de signalen in waar het onderzoek uit voortkomt.")
        )


def _discussed(
    found: Onderzoek, datum: date | None, deelnemers: Sequence[str]
) -> dict[str, Any]:
    offered = timezone.localdate(found.aangeboden_op)
    if datum is None or not offered <= datum <= timezone.localdate():
        raise OnderzoekError(
            _("Kies een dag vanaf het aanbieden, en niet in de toekomst.")
        )
    if not deelnemers:
        raise OnderzoekError(_("Vul minstens één functie in."))
    return {"besproken_op": datum, "besproken_met": ", ".join(deelnemers)}


def onderzoeken_for_report(rapportage: Rapportage) -> list[dict[str, str]]:
    """What a report tells of the investigations that were offered in its period or
    after it, as plain values that stay as they are.
    """
    rows = Onderzoek.objects.filter(
        tenant_id=rapportage.tenant_id,
        status__in=BIJ_OPDRACHTGEVER,
        aangeboden_op__date__gte=rapportage.van,
    )
    titels = dict(
        Signaal.objects.filter(
            tenant_id=rapportage.tenant_id, ingebracht_op__isnull=False
        ).values_list("pk", "titel")
    )
    return [
        {
            "id": str(row.pk),
            "titel": row.titel,
            "status": row.status,
            "vraag": row.vraag,
            "aanleiding": "; ".join(titels[s] for s in row.signalen if s in titels),
            "aanpak": row.aanpak,
            "bevindingen": row.bevindingen,
            "aanbevelingen": row.aanbevelingen,
            "besproken_op": row.besproken_op.isoformat() if row.besproken_op else "",
        }
        for row in rows.order_by("aangeboden_op", "pk")
    ]
