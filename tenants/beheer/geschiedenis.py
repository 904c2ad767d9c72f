"""What was changed of an opdrachtgever, by whom and when: read from the audit record.

Runs in the scope ``audit`` of that one tenant; asking is recorded by the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.models import AuditEvent
from tenants.beheer.logboek import ONDERWERPEN
from tenants.models import Medewerker, Opdracht, Tenant
from tenants.roles import ROLLEN
from tenants.scope import Scope, acting_as
from tenants.wie import Wie

MEESTE = 200
ROL = ("rol_gegeven", "rol_ingetrokken")
GEBEURTENISSEN: Mapping[str, Promise] = {
    "opdrachtgever_gemaakt": gettext_lazy("Opdrachtgever toegevoegd"),
    "opdrachtgever_gewijzigd": gettext_lazy("Gegevens gewijzigd"),
    "opdrachtgever_stand": gettext_lazy("Stand gewijzigd"),
    "opdracht_gemaakt": gettext_lazy("Opdracht toegevoegd"),
    "opdracht_gewijzigd": gettext_lazy("Opdracht gewijzigd"),
    "huisstijl_gemaakt": gettext_lazy("Huisstijl bewaard om te bekijken"),
    "huisstijl_gebruikt": gettext_lazy("Huisstijl in gebruik genomen"),
    "pagina_bewaard": gettext_lazy("Tekst van de publieke pagina bewaard"),
    "pagina_vastgesteld": gettext_lazy("Tekst van de publieke pagina vastgesteld"),
    "document_bewaard": gettext_lazy("Document voor cliënten bewaard"),
    "document_vastgesteld": gettext_lazy("Document voor cliënten vastgesteld"),
    "waarde_toegevoegd": gettext_lazy("Eigen waarde toegevoegd"),
    "waarde_hernoemd": gettext_lazy("Eigen waarde hernoemd"),
    "waarde_uit_gebruik": gettext_lazy("Eigen waarde uit gebruik genomen"),
    "waarde_weer_in_gebruik": gettext_lazy("Eigen waarde weer in gebruik genomen"),
    "instelling_gewijzigd": gettext_lazy("Instellingen gewijzigd"),
    "geschiedenis_getoond": gettext_lazy("Deze geschiedenis bekeken"),
    "rol_gegeven": gettext_lazy("Rol gegeven"),
    "rol_ingetrokken": gettext_lazy("Rol ingetrokken"),
}
VELDEN: Mapping[str, Promise] = {
    "naam": gettext_lazy("naam"),
    "kvk": gettext_lazy("KvK-nummer"),
    "diensten": gettext_lazy("diensten"),
    "van": gettext_lazy("van"),
    "tot": gettext_lazy("tot"),
    "naar": gettext_lazy("naar"),
    "drempel_opdrachtgever": gettext_lazy("drempel voor de opdrachtgever"),
    "drempel_openbaar": gettext_lazy("drempel voor openbaar"),
    "drempel_reden": gettext_lazy("reden van de drempel"),
    "rapportagefrequentie": gettext_lazy("hoe vaak"),
    "reactietermijn_dagen": gettext_lazy("reactietermijn"),
    "publicatieafspraak": gettext_lazy("afspraak over openbaar"),
    "onafhankelijkheidsclausule_akkoord_op": gettext_lazy("akkoord onafhankelijkheid"),
    "hoofdaannemer": gettext_lazy("hoofdaannemer"),
    "onderaannemer": gettext_lazy("onderaannemer"),
    "doelgroepafbakening": gettext_lazy("doelgroep"),
    "gebied": gettext_lazy("gebied"),
    "kleur": gettext_lazy("kleur"),
    "versie": gettext_lazy("versie"),
    "soort": gettext_lazy("document"),
    "code": gettext_lazy("code"),
    "reactienorm": gettext_lazy("reactienorm in werkdagen"),
    "standaarddienst": gettext_lazy("standaarddienst"),
    "rol": gettext_lazy("rol"),
    "type": gettext_lazy("soort"),
}


@dataclass(frozen=True, slots=True)
class Regel:
    """One event in words; ``waarover``: the opdracht or person it is about."""

    op: datetime
    wie: str
    wat: str
    waarover: str
    details: str


def history_of(wie: Wie, tenant_id: int) -> list[Regel]:
    """The latest changes of this tenant, newest first."""
    with acting_as(Scope("audit", wie.user_id, (tenant_id,))):
        rows = AuditEvent.objects.filter(
            tenant_id=tenant_id, onderwerp__in=ONDERWERPEN
        ) | AuditEvent.objects.filter(tenant_id=tenant_id, gebeurtenis__in=ROL)
        events = list(rows.order_by("-tijdstip")[:MEESTE])
    names = _names(tenant_id, events)
    return [_shown(event, names) for event in events]


def _names(tenant_id: int, events: Iterable[AuditEvent]) -> dict[UUID, str]:
    """People by id, and opdrachten by theirs."""
    about = {i for event in events for i in event.onderwerp_ids}
    people = about | {event.actor_id for event in events if event.actor_id}
    opdrachten = Opdracht.objects.filter(tenant_id=tenant_id, pk__in=about)
    return {
        **dict(Medewerker.objects.filter(pk__in=people).values_list("pk", "naam")),
        **dict(opdrachten.values_list("pk", "naam")),
    }


def _shown(event: AuditEvent, names: Mapping[UUID, str]) -> Regel:
    actor = names.get(event.actor_id, "") if event.actor_id else ""
    return Regel(
        op=event.tijdstip,
        wie=actor or _("de beheerder van het systeem"),
        wat=str(GEBEURTENISSEN.get(event.gebeurtenis, event.gebeurtenis)),
        waarover=", ".join(names[i] for i in event.onderwerp_ids if i in names),
        details=_details(event),
    )


def _details(event: AuditEvent) -> str:
    """Of an opdracht also the texts that changed: they are told without what they say."""
    parts = []
    texts = event.gebeurtenis == "opdracht_gewijzigd"
    for key, value in event.extra.items():
        if key == "velden":
            found = [str(VELDEN.get(v, v)) for v in str(value).split(",")]
            parts.append(", ".join(found))
        elif key in VELDEN and value:
            parts.append(f"{VELDEN[key]}: {_value(value)}")
        elif key in VELDEN and texts:
            parts.append(str(VELDEN[key]))
    return "; ".join(parts)


def _value(value: object) -> str:
    text = str(value)
    statuses = dict(Tenant.Status.choices) | dict(Tenant.Type.choices)
    if text in ROLLEN:
        return str(ROLLEN[text].naam)
    return str(statuses.get(text, text))
