"""What could leak: the same kind of rows in both tenants, committed, by name.

Everything of a tenant carries its slug in the text, so a leak can be read off.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from cases.models import Client, Contactmoment, ExternTraject, Kwestie, Verwijzing
from privacy.models import AuditEvent
from signalering.models import (
    Bespreking,
    Bestand,
    Publicatie,
    Rapportage,
    Reactie,
    Status,
)
from tenants.models import Job
from tenants.scope import loading
from tests import people

FIGURES = {"naam": "totaal", "cellen": []}
SHA = "a" * 64
# One report per status, each over a quarter of its own.
PERIODS = {status.value: f"{2019 + n}-Q1" for n, status in enumerate(Status)}
DISCUSSED = {
    Status.BESPROKEN,
    Status.VASTGESTELD,
    Status.OPENBAAR_DEELS,
    Status.VERTROUWELIJK_AFGEROND,
}
OFFERED = {Status.AANGEBODEN, Status.IN_BESPREKING, *DISCUSSED}
TABLES = (
    "cases_client",
    "cases_kwestie",
    "cases_contactmoment",
    "cases_verwijzing",
    "cases_externtraject",
    "tenants_job",
    "signalering_rapportage",
    "signalering_bespreking",
    "signalering_reactie",
    "signalering_bestand",
    "signalering_publicatie",
    "privacy_auditevent",
)
# To clean up or to look at: everything of a tenant, whatever the column is called.
TENANT_COLUMN = {
    "tenants_tenant": "id",
    "tenants_opdracht": "tenant_id",
    "tenants_membership": "tenant_id",
    "tenants_tenantuserobjectpermission": "content_object_id",
    **dict.fromkeys(TABLES, "tenant_id"),
}


def ident(kind: str, slug: str) -> UUID:
    """The fixed id of the planted row ``kind`` of the tenant ``slug``."""
    return people.ident(f"{kind}-{slug}")


def plant() -> None:
    """Put everything in, as owner."""
    with loading(*TABLES):
        for slug in people.TENANTS:
            _cases(slug)
            for status in Status:
                _rapportage(slug, status)


def _cases(slug: str) -> None:
    tenant_id = people.tenant_id(slug)
    supporter = {"arnhem": "anna", "wulpenhorst": "hanna"}[slug]
    client = Client.objects.create(
        id=ident("client", slug),
        tenant_id=tenant_id,
        identiteitsstatus="BEKEND",
        extern_code="C-1",
        naam_v=f"Naam van {slug}",
        telefoon_v=f"06-{slug}",
        email_v=f"client@{slug}.example",
        adres_v=f"Straat {slug}",
    )
    kwestie(slug, "kwestie", client=client, ondersteuner_id=people.ident("nadia"))
    kwestie(slug, "anoniem", ondersteuner_id=people.ident(supporter))
    Contactmoment.objects.create(
        id=ident("contact", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("kwestie", slug),
        medewerker_id=people.ident("nadia"),
        datum_tijd=datetime(2025, 3, 1, 10, tzinfo=UTC),
        kanaal="TEL",
        activiteiten=["IND.INFO"],
        duur_min=17,
        notitie_v=f"Notitie {slug}",
    )
    Verwijzing.objects.create(
        id=ident("verwijzing", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("kwestie", slug),
        instantie_type="GEM",
        organisatie=f"Loket {slug}",
    )
    ExternTraject.objects.create(
        id=ident("traject", slug),
        tenant_id=tenant_id,
        kwestie_id=ident("kwestie", slug),
        type="bezwaar",
        instantie=f"Commissie {slug}",
        rol_ondersteuner="bijgestaan",
    )
    Job.objects.create(
        id=ident("job", slug),
        tenant_id=tenant_id,
        taak="signalering.maak_rapportage",
        onderwerp_id=ident("rapport-CONCEPT", slug),
        actor_id=people.ident("chantal"),
        status=Job.Status.KLAAR,
    )
    AuditEvent.objects.create(
        id=ident("audit", slug),
        tenant_id=tenant_id,
        rol="staff",
        gebeurtenis="kwestie_ingezien",
        onderwerp="kwestie",
        onderwerp_ids=[ident("kwestie", slug)],
    )


def kwestie(slug: str, kind: str, **fields: Any) -> Kwestie:
    """A kwestie with confidential text, of a known client or of nobody."""
    known = "client" in fields
    return Kwestie.objects.create(
        id=ident(kind, slug),
        tenant_id=people.tenant_id(slug),
        nummer=f"{slug[:3].upper()}-{kind}",
        opdracht_id=people.ident(f"opdracht-{slug}"),
        dienst="OCO_SD",
        status="NIEUW",
        datum=date(2025, 3, 1),
        kanaal="TEL",
        rol="CLIENT",
        identiteitsstatus="BEKEND" if known else "ANONIEM",
        soort="VRAAG",
        aard="FIN",
        wet="WMO",
        kernvraag_v=f"Kernvraag {slug}",
        toelichting_v=f"Toelichting {slug}",
        doel_client_v=f"Doel {slug}",
        **fields,
    )


def _rapportage(slug: str, status: Status) -> None:
    tenant_id = people.tenant_id(slug)
    pk = ident(f"rapport-{status}", slug)
    code = PERIODS[status]
    year = int(code[:4])
    made = status != Status.CONCEPT
    Rapportage.objects.create(
        id=pk,
        tenant_id=tenant_id,
        opdracht_id=people.ident(f"opdracht-{slug}"),
        periode=code,
        van=date(year, 1, 1),
        tot=date(year, 3, 31),
        peildatum=date(year, 4, 2),
        diensten=["OCO_SD"],
        status=status,
        druk="KLAAR",
        drempel_opdrachtgever=5,
        drempel_openbaar=10,
        cijfers=FIGURES if made else None,
        cijfers_openbaar=FIGURES if made else None,
        cijfers_sha256=SHA if made else "",
        openbaar_sha256=SHA if made else "",
        bevindingen=f"Bevindingen {slug}",
        opgesteld_door_id=people.ident("chantal"),
        schrijvers=[people.ident("chantal")],
        toets_door_id=people.ident("els") if status in OFFERED else None,
        toets_op=datetime(year, 4, 3, tzinfo=UTC) if status in OFFERED else None,
        aangeboden_op=datetime(year, 4, 4, tzinfo=UTC) if status in OFFERED else None,
        reactie_tot=date(year, 5, 4) if status in OFFERED else None,
        vastgesteld_op=date(year, 6, 1)
        if status in DISCUSSED and status != Status.BESPROKEN
        else None,
    )
    about = {"tenant_id": tenant_id, "rapportage_id": pk}
    if status in {*DISCUSSED, Status.INGETROKKEN}:
        Bespreking.objects.create(
            id=ident(f"bespreking-{status}", slug),
            datum=date(year, 5, 1),
            deelnemers=["Beleidsadviseur"],
            verslag=f"Verslag {slug}",
            vastgelegd_door_id=people.ident("chantal"),
            **about,
        )
        Reactie.objects.create(
            id=ident(f"reactie-{status}", slug),
            tekst=f"Reactie {slug}",
            functie="Wethouder",
            door_id=people.ident("gerard" if slug == "arnhem" else "ivo"),
            **about,
        )
    if made:
        for publiek in ("opdrachtgever", "openbaar"):
            Bestand.objects.create(
                publiek=publiek,
                naam=f"{pk}/{publiek}-{slug}.pdf",
                sha256=SHA,
                grootte=1,
                **about,
            )
    if status == Status.OPENBAAR_DEELS:
        publicatie(slug, pk, code)


def publicatie(slug: str, pk: UUID, code: str) -> Publicatie:
    """The public copy of the planted report over the quarter ``code``."""
    year = int(code[:4])
    naam, soort, _code = people.TENANTS[slug]
    return Publicatie.objects.create(
        id=ident("publicatie", slug),
        tenant_id=people.tenant_id(slug),
        rapportage_id=pk,
        opdrachtgever=naam,
        opdrachtgever_slug=slug,
        opdrachtgever_type=soort,
        periode=code,
        van=date(year, 1, 1),
        tot=date(year, 3, 31),
        peildatum=date(year, 4, 2),
        versie=1,
        diensten=["OCO_SD"],
        drempel=10,
        cijfers=FIGURES,
        cijfers_sha256=SHA,
        besproken_op=date(year, 5, 1),
        vastgesteld_op=date(year, 6, 1),
        reactie=f"Reactie {slug}",
        reactie_functie="Wethouder",
        pdf=f"{pk}/openbaar-{slug}.pdf",
        pdf_sha256=SHA,
    )
