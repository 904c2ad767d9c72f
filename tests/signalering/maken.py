"""Making kwesties and reports for tests, through the product's own verbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from cases.models import Bron, Client, Contactmoment, Kwestie, new_nummer
from signalering import lifecycle, tasks
from signalering.models import Druk, Rapportage, Status
from signalering.periodes import parse
from tenants.access import Wie
from tenants.jobs import run_job
from tenants.models import Job
from tenants.scope import Scope, acting_as
from tests import people

PERIODE = "2025-Q3"
DAY = date(2025, 8, 12)


def kwestie(tenant_id: int, client: Client | None, **fields: Any) -> Kwestie:
    """One closed kwestie of an older register; call it within a scope."""
    return kwesties(tenant_id, [(client, fields)])[0]


def kwesties(
    tenant_id: int, wanted: Iterable[tuple[Client | None, dict[str, Any]]]
) -> list[Kwestie]:
    """Closed kwesties of an older register, each with a contact, in two statements."""
    made = [_kwestie(tenant_id, client, fields) for client, fields in wanted]
    Kwestie.objects.bulk_create(made)
    Contactmoment.objects.bulk_create(
        Contactmoment(
            tenant_id=tenant_id,
            kwestie=one,
            datum_tijd=datetime.combine(
                one.datum, datetime.min.time(), ZoneInfo("Europe/Amsterdam")
            ),
            kanaal="TEL",
            activiteiten=["IND.INFO"],
            duur_min=30,
        )
        for one in made
    )
    return made


def kwesties_of_each(tenant_id: int, wanted: Sequence[dict[str, Any]]) -> None:
    """Closed kwesties, each of another client; call it within a scope."""
    made = clients(tenant_id, len(wanted))
    kwesties(tenant_id, zip(made, wanted, strict=True))


def _kwestie(tenant_id: int, client: Client | None, fields: dict[str, Any]) -> Kwestie:
    values: dict[str, Any] = {
        "nummer": new_nummer("PRF"),
        "bron": Bron.IMPORT,
        "opdracht_id": people.ident(
            "opdracht-arnhem" if tenant_id == 1 else "opdracht-wulpenhorst"
        ),
        "dienst": "OCO_SD",
        "datum": DAY,
        "kanaal": "TEL",
        "rol": "CLIENT",
        "soort": "ONVREDE",
        "aard": "ORG",
        "wet": "WMO",
        "resultaat": "OPGELOST",
        "status": "AFGEROND",
        "afgerond_op": DAY,
    } | fields
    values["identiteitsstatus"] = "BEKEND" if client else "ANONIEM"
    return Kwestie(tenant_id=tenant_id, client=client, **values)


def clients(tenant_id: int, number: int) -> list[Client]:
    return Client.objects.bulk_create(
        Client(tenant_id=tenant_id, identiteitsstatus="BEKEND") for _ in range(number)
    )


def fill(naam: str = "nadia", slug: str = "arnhem", per_aard: int = 12) -> None:
    """Kwesties in the period: ``per_aard`` of each aard, each of another client."""
    tenant = people.tenant_id(slug)
    aarden = ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")
    soorten = ("VRAAG", "ONVREDE", "KLACHT")
    with acting_as(people.known(naam).scope(tenant)):
        kwesties_of_each(
            tenant,
            [
                {"aard": aard, "soort": soorten[n % 3]}
                for aard in aarden
                for n in range(per_aard)
            ],
        )


def make_report(
    naam: str = "chantal", slug: str = "arnhem", periode: str = PERIODE
) -> UUID:
    """Ask for a report as ``naam`` and run its job as a worker would."""
    wie, tenant = people.wie(naam), people.tenant_id(slug)
    with acting_as(wie.scope(tenant)):
        rapportage, job = lifecycle.request_rapportage(
            actor=wie, tenant_id=tenant, periode=parse(periode)
        )
    run(job)
    return rapportage.pk


def figures_only(
    naam: str = "chantal", slug: str = "arnhem", periode: str = PERIODE
) -> UUID:
    """A report with its frozen figures, as if printed; raises Refused."""
    wie, tenant = people.wie(naam), people.tenant_id(slug)
    with acting_as(wie.scope(tenant)):
        rapportage, _job = lifecycle.request_rapportage(
            actor=wie, tenant_id=tenant, periode=parse(periode)
        )
    with acting_as(job_scope(tenant)):
        mine = Rapportage.objects.get(tenant_id=tenant, pk=rapportage.pk)
        lifecycle.freeze_figures(mine)
    as_printed(rapportage.pk, slug)
    return rapportage.pk


def job_scope(tenant: int) -> Scope:
    """The scope in which true figures are counted and protected."""
    return Scope("job", None, (tenant,), tenant, (tenant,))


def offer(pk: UUID, slug: str = "arnhem", maker: str = "chantal") -> None:
    """Let a concept go out to the commissioning party, without printing."""
    for naam, verb in ((maker, "dien_in"), ("els", "teken_toets"), (maker, "bied_aan")):
        act(naam, verb, pk, slug, printing=False)


def run(job: Job) -> None:
    """Do the work of a job row, in the job's own database role."""
    assert run_job(job.pk, tasks.make)


def act(
    naam: str,
    verb: str,
    pk: UUID,
    slug: str = "arnhem",
    printing: bool = True,
    wie: Wie | None = None,
    **fields: Any,
) -> Any:
    """Carry out a verb of the lifecycle as a person, and print what it asks for."""
    wie, tenant = wie or people.wie(naam), people.tenant_id(slug)
    with acting_as(wie.scope(tenant)):
        done = VERBS[verb](actor=wie, tenant_id=tenant, pk=pk, **fields)
    for job in done if isinstance(done, tuple) else ():
        if isinstance(job, Job) and printing:
            run(job)
    return done


def as_printed(pk: UUID, slug: str = "arnhem") -> None:
    """From here on as if the PDFs of this report were ready."""
    tenant = people.tenant_id(slug)
    with acting_as(job_scope(tenant)):
        Rapportage.objects.filter(tenant_id=tenant, pk=pk).update(druk=Druk.KLAAR)


def row(pk: UUID, naam: str = "chantal", slug: str = "arnhem") -> Rapportage:
    with acting_as(people.known(naam).scope(people.tenant_id(slug))):
        return Rapportage.objects.get(pk=pk)


VERBS = {
    "bewerk": lifecycle.edit_texts,
    "dien_in": lifecycle.submit,
    "haal_terug": lifecycle.take_back,
    "teken_toets": lifecycle.sign_check,
    "bied_aan": lifecycle.offer,
    "open_bespreking": lifecycle.open_discussion,
    "leg_bespreking_vast": lifecycle.record_discussion,
    "reageer": lifecycle.react,
    "stel_vast": lifecycle.establish,
    "publiceer": lifecycle.publish,
    "rond_vertrouwelijk_af": lifecycle.close_confidentially,
    "trek_in": lifecycle.withdraw,
}
BESPREKING: dict[str, Any] = {
    "deelnemers": ["beleidsadviseur Wmo"],
    "verslag": "Wij spraken over de wachttijden.",
}
REACTIE: dict[str, Any] = {
    "tekst": "Wij herkennen dit beeld.",
    "functie": "beleidsadviseur",
    "is_akkoord": True,
}
# The whole way, in order: who does what, with what.
WEG: Sequence[tuple[str, str, str]] = (
    (Status.CONCEPT, "chantal", "dien_in"),
    (Status.INTERNE_CONTROLE, "els", "teken_toets"),
    (Status.INTERNE_CONTROLE, "chantal", "bied_aan"),
    (Status.AANGEBODEN, "gerard", "reageer"),
    (Status.AANGEBODEN, "chantal", "open_bespreking"),
    (Status.IN_BESPREKING, "chantal", "leg_bespreking_vast"),
    (Status.BESPROKEN, "fatma", "stel_vast"),
    (Status.VASTGESTELD, "fatma", "publiceer"),
)


def fields_for(verb: str) -> dict[str, Any]:
    """What a verb needs besides the report."""
    return {
        "leg_bespreking_vast": {"datum": timezone.localdate(), **BESPREKING},
        "reageer": REACTIE,
        "rond_vertrouwelijk_af": {"reden": "Geen toestemming."},
        "trek_in": {"reden": "Er zat een fout in."},
        "bewerk": {"bevindingen": "Het viel op.", "aanbevelingen": "Bel eerder."},
    }.get(verb, {})


def bring_to(status: str, pk: UUID) -> None:
    """Take a concept along the way until it has ``status``, without printing."""
    for now, naam, verb in WEG:
        if row(pk).status == status:
            return
        assert row(pk).status == now
        step(naam, verb, pk, **fields_for(verb))
    assert row(pk).status == status


def step(naam: str, verb: str, pk: UUID, slug: str = "arnhem", **fields: Any) -> None:
    """A verb of the lifecycle, as if what it has printed were ready."""
    act(naam, verb, pk, slug, printing=False, **fields)
    as_printed(pk, slug)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def register_csv(slug: str, number: int, jaar: int = 2025) -> str:
    """A register of ``number`` closed kwesties spread over a year, as CSV."""
    head = (
        "nummer;tenant;datum;kanaal;soort;aard;subaard;wet;rol;identiteit;client;laag;"
        "activiteiten;resultaat;afgerond_op;minuten;ondersteuner"
    )
    lines = [head]
    for n in range(number):
        day = f"{jaar}-{n % 12 + 1:02}-{n % 27 + 1:02}"
        aard = ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")[n % 6]
        soort = ("VRAAG", "ONVREDE", "KLACHT", "MELDING")[n // 6 % 4]
        resultaat = ("OPGELOST", "DEELS", "BEANTW", "VERWEZEN")[n // 24 % 4]
        who = "ANONIEM;" if n % 5 == 0 else f"BEKEND;{slug}-c{n}"
        lines.append(
            f"{slug}-{n:05};{slug};{day};TEL;{soort};{aard};;WMO;CLIENT;{who};2;"
            f"IND.INFO;{resultaat};{day};30;anna"
        )
    return "\n".join(lines) + "\n"
