"""From a report's row to the plain document that is printed or shown on screen.

A document for the public is built from the public figures alone; earlier periods are
quoted from what was printed then, never counted again.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, TypedDict

from django.conf import settings
from django.utils import translation

from cases import codelists, counts
from privacy.disclosure import PublishableTable
from signalering import selectors
from signalering.controlecode import ADRES
from signalering.models import (
    ActieStand,
    Bestand,
    OnderzoekStatus,
    Publicatie,
    Publiek,
    Rapportage,
    Reactie,
    SignaalStatus,
)
from signalering.periodes import parse
from signalering.report import (
    Actieregel,
    Bezwaar,
    Onderzoekregel,
    Rapportdocument,
    Signaalregel,
)
from tenants.beheer.huisstijl import look_of
from tenants.models import Tenant


@cache
def cell_labels() -> dict[str, str]:
    """Dutch label of every cell of a report."""
    return counts.labels("nl")


def document_for(
    rapportage: Rapportage, publiek: str, controlecode: str = ""
) -> Rapportdocument:
    """The document of one version (Publiek) as the report stands now; with a
    ``controlecode`` when it will be sealed.
    """
    tenant = Tenant.objects.get(pk=rapportage.tenant_id)
    is_public = publiek == Publiek.OPENBAAR
    bespreking = selectors.besprekingen_of(rapportage).first()
    reactie = selectors.reacties_of(rapportage).first()
    periode = parse(rapportage.periode)
    figures = rapportage.cijfers_openbaar if is_public else rapportage.cijfers
    vorige = _printed_before(rapportage, publiek)
    return Rapportdocument(
        rapportage_id=str(rapportage.pk),
        titel="Signaleringsrapportage",
        tenant_naam=tenant.naam,
        tenant_type=tenant.type,
        fictief=tenant.is_fictief,
        deelnemers=tuple(rapportage.deelnemers),
        publiek=publiek,
        periode_code=rapportage.periode,
        periode_label=periode.label,
        van=rapportage.van,
        tot=rapportage.tot,
        peildatum=rapportage.peildatum,
        versie=rapportage.versie,
        drempel=rapportage.drempel_voor(publiek),
        status=rapportage.get_status_display(),
        vastgesteld=rapportage.is_definitief,
        vastgesteld_op=rapportage.vastgesteld_op,
        diensten=tuple(codelists.label("dienst", d, "nl") for d in rapportage.diensten),
        cijfers=PublishableTable.from_json(figures or {}),
        vorige=vorige,
        vorige_label=periode.earlier.label if vorige else "",
        bevindingen="" if is_public else rapportage.bevindingen,
        aanbevelingen="" if is_public else rapportage.aanbevelingen,
        paragrafen={} if is_public else rapportage.paragrafen,
        bespreking_op=None if is_public or not bespreking else bespreking.datum,
        bespreking_deelnemers=(
            ", ".join(bespreking.deelnemers) if bespreking and not is_public else ""
        ),
        reactie=reactie.tekst if reactie else "",
        reactie_door=reactie.functie if reactie else "",
        bezwaar=_objection(reactie, is_public=is_public),
        cijfers_sha256=(
            rapportage.openbaar_sha256 if is_public else rapportage.cijfers_sha256
        ),
        labels=cell_labels(),
        signalen=() if is_public else _signals(rapportage),
        onderzoeken=() if is_public else _investigations(rapportage),
        controlecode=controlecode,
        controleadres=f"{settings.SITE_ADRES}/{ADRES}",
        **_look(tenant),
    )


def _objection(reactie: Reactie | None, *, is_public: bool) -> Bezwaar | None:
    """The public reads of an objection only when it was turned down."""
    if reactie is None or not reactie.bezwaar:
        return None
    turned_down = reactie.bezwaar_besluit == Reactie.Besluit.AFGEWEZEN
    if is_public and not turned_down:
        return None
    return Bezwaar(
        tekst=reactie.bezwaar,
        wordt_openbaar=turned_down,
        motivering=reactie.bezwaar_motivering,
        op=reactie.bezwaar_besloten_op,
    )


def _published_objection(publicatie: Publicatie) -> Bezwaar | None:
    """What stands in public was turned down; older ones were never printed."""
    if not publicatie.bezwaar:
        return None
    return Bezwaar(
        tekst=publicatie.bezwaar,
        wordt_openbaar=True,
        motivering=publicatie.bezwaar_motivering,
        op=publicatie.bezwaar_besloten_op,
    )


def _signals(rapportage: Rapportage) -> tuple[Signaalregel, ...]:
    """As they were frozen with the report; none in a report of before there were any."""
    return tuple(
        Signaalregel(
            titel=row["titel"],
            thema=subject_label(row["aard"], row["sub"], row["wet"], "nl"),
            status=_in_dutch(SignaalStatus(row["status"]).label),
            cel=f"aard:{row['aard']}",
            omschrijving=row["omschrijving"],
            verbeterrichting=row["verbeterrichting"],
            vraag=row["vraag"],
            acties=tuple(
                Actieregel(
                    wat=actie["wat"],
                    wie=actie["wie"],
                    uiterlijk=date.fromisoformat(actie["uiterlijk"]),
                    stand=_in_dutch(ActieStand(actie["stand"]).label),
                )
                for actie in row["acties"]
            ),
        )
        for row in rapportage.signalen
    )


def _investigations(rapportage: Rapportage) -> tuple[Onderzoekregel, ...]:
    """As they were frozen with the report."""
    texts = ("titel", "vraag", "aanleiding", "aanpak", "bevindingen", "aanbevelingen")
    return tuple(
        Onderzoekregel(
            **{name: row[name] for name in texts},
            status=_in_dutch(OnderzoekStatus(row["status"]).label),
            besproken_op=(
                date.fromisoformat(row["besproken_op"]) if row["besproken_op"] else None
            ),
        )
        for row in rapportage.onderzoeken
    )


def _in_dutch(label: Any) -> str:
    with translation.override("nl"):
        return str(label)


def subject_label(aard: str, sub: str, wet: str, language: str | None = None) -> str:
    """What a signal or a trend is about: 'Wachttijd (Jeugdwet)'."""
    lijst, code = ("subaard", sub) if sub else ("aard", aard)
    naam = codelists.label(lijst, code, language)
    if not wet:
        return naam
    return f"{naam} ({codelists.label('wet', wet, language)})"


class Uiterlijk(TypedDict):
    """The look of the opdrachtgever, as a document has it."""

    kleur: str
    logo: bytes


def _look(tenant: Tenant) -> Uiterlijk:
    stijl = look_of(tenant.pk, tenant.stijl) if tenant.stijl else None
    if stijl is None:
        return {"kleur": "", "logo": b""}
    return {"kleur": stijl.kleur, "logo": bytes(stijl.logo or b"")}


def public_document(publicatie: Publicatie) -> Rapportdocument:
    """The document of a publication, from that row alone (role ``public``)."""
    periode = parse(publicatie.periode)
    earlier = selectors.earlier_publicatie(publicatie.tenant_id, periode.earlier)
    vorige = _same_threshold(
        PublishableTable.from_json(earlier.cijfers or {}) if earlier else None,
        publicatie.drempel,
    )
    return Rapportdocument(
        rapportage_id=str(publicatie.pk),
        titel="Signaleringsrapportage",
        tenant_naam=publicatie.opdrachtgever,
        tenant_type=publicatie.opdrachtgever_type,
        fictief=publicatie.is_fictief,
        deelnemers=tuple(publicatie.deelnemers),
        publiek=Publiek.OPENBAAR,
        periode_code=publicatie.periode,
        periode_label=periode.label,
        van=publicatie.van,
        tot=publicatie.tot,
        peildatum=publicatie.peildatum,
        versie=publicatie.versie,
        drempel=publicatie.drempel,
        status="Deels openbaar",
        vastgesteld=True,
        vastgesteld_op=publicatie.vastgesteld_op,
        diensten=tuple(codelists.label("dienst", d, "nl") for d in publicatie.diensten),
        cijfers=PublishableTable.from_json(publicatie.cijfers or {}),
        vorige=vorige,
        vorige_label=periode.earlier.label if vorige else "",
        bevindingen="",
        aanbevelingen="",
        bespreking_op=None,
        bespreking_deelnemers="",
        reactie=publicatie.reactie,
        reactie_door=publicatie.reactie_functie,
        bezwaar=_published_objection(publicatie),
        cijfers_sha256=publicatie.cijfers_sha256,
        labels=cell_labels(),
    )


def file_name(rapportage: Rapportage, bestand: Bestand, slug: str) -> str:
    """Name under which a browser saves a PDF."""
    return (
        f"signaleringsrapportage-{slug}-{rapportage.periode}"
        f"-v{rapportage.versie}-{bestand.publiek}.pdf"
    ).lower()


def _printed_before(rapportage: Rapportage, publiek: str) -> PublishableTable | None:
    periode = parse(rapportage.periode).earlier
    if publiek == Publiek.OPENBAAR:
        earlier = selectors.earlier_publicatie(rapportage.tenant_id, periode)
        figures = earlier.cijfers if earlier else None
    else:
        row = selectors.earlier_rapportage(rapportage, periode)
        figures = row.cijfers if row else None
    table = PublishableTable.from_json(figures) if figures else None
    return _same_threshold(table, rapportage.drempel_voor(publiek))


def _same_threshold(
    table: PublishableTable | None, drempel: int
) -> PublishableTable | None:
    """Only figures made with the same threshold can be laid side by side."""
    return table if table and table.k == drempel and not table.te_weinig else None
