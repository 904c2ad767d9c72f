"""Everything that is held on a client, for the client: inzage and overdraagbaarheid.

Invariant: a column of a table that belongs to a client or a kwestie is in the export
or in ``NIET`` with the reason why not; a table is in ``DELEN`` or in ``TABEL_NIET``
(AVG 15, 20). Colleagues are not named: what counts is that it was the Adviespunt.
Guarded by tests/cases/test_uitvoer.py.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import codelists
from cases.models import (
    Achtergrond,
    Agendapunt,
    AmbtshalveActie,
    AvgVerzoek,
    Bijlage,
    Brief,
    Client,
    Contactmoment,
    Correctie,
    Doorbreking,
    Doorgeleiding,
    ExternTraject,
    Kwestie,
    Loketbericht,
    MeldcodeTraject,
    Overdracht,
    PrivacyInformatie,
    Stap,
    Toestemming,
    Verwijzing,
    Vordering,
)
from cases.selectors.brieven import bijlagen_of, inhoud_of
from cases.services.aanmeldingen import GelezenBericht, read_messages
from privacy.fields import sealed_columns
from privacy.herkenning import soorten_in

DELEN: dict[type[models.Model], Promise] = {
    Client: gettext_lazy("Wie u bent"),
    PrivacyInformatie: gettext_lazy("Wat u over privacy is verteld"),
    Kwestie: gettext_lazy("Kwestie"),
    Achtergrond: gettext_lazy("Achtergrond van de kwestie"),
    Contactmoment: gettext_lazy("Contact"),
    Loketbericht: gettext_lazy("Bericht via het loket"),
    Agendapunt: gettext_lazy("Afspraak of termijn"),
    Stap: gettext_lazy("Stap"),
    Toestemming: gettext_lazy("Toestemming"),
    Verwijzing: gettext_lazy("Verwijzing"),
    ExternTraject: gettext_lazy("Klacht, bezwaar of andere procedure"),
    Brief: gettext_lazy("Brief"),
    Bijlage: gettext_lazy("Bijlage"),
    Overdracht: gettext_lazy("Overgang naar een andere ondersteuner"),
    Doorgeleiding: gettext_lazy("Doorgegeven aan een ander Adviespunt"),
    Correctie: gettext_lazy("Verbeterde code"),
    AmbtshalveActie: gettext_lazy("Handelen zonder uw instemming"),
    Doorbreking: gettext_lazy("Doorbreken van de geheimhouding"),
    MeldcodeTraject: gettext_lazy("Meldcode"),
    AvgVerzoek: gettext_lazy("Verzoek over uw gegevens"),
    Vordering: gettext_lazy("Vordering door een instantie"),
}
TABEL_NIET: dict[str, str] = {
    "aanmelding": "the question itself is the text of the kwestie; the rest is keys",
    "loketsleutel": "a key; no client in it",
    "belangencheck": "about a colleague's interests, not about the client",
    "bijlagestuk": "the content of a file; the file itself is in the package",
    "tekstblok": "text that a team shares; no client in it",
    "bewaardfilter": "how a colleague likes to see a list; no client in it",
    "casegrant": "which colleague may see a kwestie; answered by the request LOG",
    "concept": "typed and not sent; read by its maker only, gone after 30 days",
    "collectieveactiviteit": "work with groups; no client in it",
    "dagstaat": "how many calls a colleague counted; no client in it",
    "handeling": "what was there ten seconds ago; gone after a day",
    "kwestiesignaal": "that it counts in a signal, at group level; nothing on the client",
    "nevenbelang": "about a colleague",
    "plaatsvervanging": "about colleagues",
    "prullenbak": "that a row is thrown away; the row itself is in the export",
    "samenvoeging": "ids of rows only, all of which are in the export",
    "uitzondering": "counts for the directie; holds no client and no kwestie",
    "zoekteken": "derived from the name, meaningless without the key",
}
MENS = "an id of a colleague; the function is told, not the name"
NIET: dict[str, str] = {
    "id": "a random number without meaning outside the register",
    "tenant": "told once, at the top",
    "kwestie": "told by the place of the row",
    "client": "told by the place of the row",
    "betrokkenen": MENS,
    "medewerker": MENS,
    "bijlage.contact": "the contact is in the export with the same day",
    "bijlage.stukken": "in how many pieces it is kept; the file itself is there whole",
    "brief.toestemming": "told by the consents of the kwestie",
    "brief.versie": "counts changes of the row, for the product itself",
    "loketbericht.aanmelding": "told by the place of the row",
    "loketbericht.voor_team": "sealed; the text itself is there as tekst",
    "loketbericht.voor_melder": "the same text, sealed to the return code",
    "loketbericht.gelezen_op": "when a colleague looked; answered by the request LOG",
    "kwestie.niet_voor": MENS,
    "kwestie.ondersteuner_code": MENS,
    "kwestie.extern_rij": "the row of the register it came from; each value is a field",
    "kwestie.wederpartij_tekens": "derived from a name that is a field itself",
    "kwestie.versie": "counts changes of the row, for the product itself",
    "kwestie.aan_te_vullen": "which fields are empty; seen from the fields",
    "kwestie.heeft_procedure": "told by the procedures themselves",
    "contactmoment.toestemming": "told by the consents of the kwestie",
}
LIJST = {
    "aard": "aard",
    "soort": "soort_kwestie",
    "subaard": "subaard",
    "wet": "wet",
    "wetten": "wet",
    "levensdomein": "levensdomein",
    "kanaal": "kanaal",
    "rol": "rol_hulpvrager",
    "dienst": "dienst",
    "fase": "fase",
    "resultaat": "resultaat",
    "activiteiten": "activiteit",
    "identiteitsstatus": "identiteitsstatus",
    "vertrouwelijkheid": "vertrouwelijkheid",
    "leeftijdsklasse": "leeftijdsklasse",
    "oordeel": "extern_oordeel",
}
REDENEN: dict[str, Promise] = {
    "": gettext_lazy("Meegeven, zonder wat tussen [[ en ]] staat"),
    "ANDER": gettext_lazy("Weglaten: gaat over een ander (AVG 15 lid 4)"),
    "GEVAAR": gettext_lazy("Weglaten: anders loopt iemand gevaar (UAVG 41)"),
    "EIGEN": gettext_lazy("Weglaten: eigen werkaantekening van de ondersteuner"),
}


@dataclass(frozen=True, slots=True)
class Veld:
    """naam: of the column; sleutel: table:id:column, the same each time."""

    sleutel: str
    naam: str
    label: str
    waarde: Any
    is_tekst: bool

    @property
    def gezien(self) -> tuple[str, ...]:
        """Kinds of personal data recognised in the text."""
        return soorten_in(self.waarde) if self.is_tekst else ()

    @property
    def leesbaar(self) -> str:
        return _readable(self.waarde)


@dataclass(frozen=True, slots=True)
class Rij:
    tabel: str
    titel: str
    velden: tuple[Veld, ...]


def rows_of(client: Client) -> tuple[Rij, ...]:
    """Every row about this client that the scope reads, texts opened."""
    here = {"tenant_id": client.tenant_id}
    # Also what is in the prullenbak: it is held for thirty days.
    kwesties = list(Kwestie.alles.filter(**here, client=client).order_by("datum", "id"))
    found = [_row(client)]
    told = PrivacyInformatie.objects.filter(**here, client=client)
    found += [_row(row) for row in told.order_by("aangemaakt_op")]
    for kwestie in kwesties:
        found.append(_row(kwestie))
        for model in DELEN:
            if "kwestie" in {field.name for field in model._meta.fields}:
                rows = model._base_manager.filter(**here, kwestie=kwestie)
                found += [_row(row) for row in rows.order_by("pk")]
        found += [_said(one) for one in read_messages(kwestie)]
    return tuple(found)


def exported(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The columns of a table that are in the export."""
    name = model._meta.model_name or ""
    for field in model._meta.concrete_fields:
        is_left_out = field.name in NIET or f"{name}.{field.name}" in NIET
        if not is_left_out and not _is_person(field):
            yield field


def _is_person(field: models.Field[Any, Any]) -> bool:
    """A column that names a colleague (MENS)."""
    target = field.related_model
    return isinstance(target, type) and target._meta.model_name == "medewerker"


def _row(row: models.Model) -> Rij:
    model = type(row)
    table, sealed = model._meta.model_name or "", sealed_columns(model)
    velden = []
    for field in exported(model):
        is_text = field.attname in sealed
        name = field.name.removesuffix("_v") if is_text else field.name
        value = getattr(row, name) if is_text else _value(row, field)
        if value in (None, "", []):
            continue
        label = name.replace("_", " ").capitalize()
        key = f"{table}:{row.pk}:{name}"
        velden.append(Veld(key, name, label, value, is_text))
    return Rij(table, str(DELEN[model]), tuple(velden))


def _said(one: GelezenBericht) -> Rij:
    """A message at the door of visitors, whose text is under a key of its own."""
    row = _row(one.bericht)
    key = f"loketbericht:{one.bericht.pk}:tekst"
    return replace(
        row, velden=(*row.velden, Veld(key, "tekst", _("Tekst"), one.tekst, True))
    )


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    if field.is_relation:
        return str(getattr(row, field.name) or "")
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.attname)
    lijst = LIJST.get(field.name)
    if lijst and isinstance(value, list):
        return [_label(lijst, code) for code in value]
    return _label(lijst, value) if lijst and value else value


def _label(lijst: str, code: str) -> str:
    try:
        return codelists.label(lijst, code)
    except codelists.UnknownCode:
        return code


def _readable(value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def without(
    rows: tuple[Rij, ...],
    left_out: Mapping[str, str],
    gezwart: Mapping[str, str] | None = None,
) -> tuple[Rij, ...]:
    """The same with these texts (sleutel → code of REDENEN) replaced by the reason, and
    those of which a part was blacked out (sleutel → what is left) by what is left.
    """
    changed = {**(gezwart or {}), **{key: _gone(why) for key, why in left_out.items()}}
    return tuple(
        Rij(
            rij.tabel,
            rij.titel,
            tuple(
                replace(veld, waarde=changed.get(veld.sleutel, veld.waarde))
                for veld in rij.velden
            ),
        )
        for rij in rows
    )


def _gone(reden: str) -> str:
    return f"[{REDENEN[reden]}]"


def files_of(client: Client, left_out: Mapping[str, str]) -> dict[str, bytes]:
    """The files about this client, by a name of their own; not one of which the name
    was left out.
    """
    found = {}
    for nr, one in enumerate(bijlagen_of(client), start=1):
        if not left_out.get(f"bijlage:{one.pk}:naam"):
            found[f"{nr:02}-{one.naam}"] = inhoud_of(one)
    return found


def package(
    rows: tuple[Rij, ...], tenant: str, bestanden: Mapping[str, bytes] | None = None
) -> bytes:
    """A zip with the same content as JSON and as PDF, and the files that were given
    (name → content); made in memory only.
    """
    op = timezone.now()
    html = render_to_string(
        "report/uitvoer.html", {"rijen": rows, "tenant": tenant, "op": op}
    )
    return zipped("gegevens", as_json(rows, tenant, op), html, bestanden)


def zipped(
    naam: str, text: str, html: str, bestanden: Mapping[str, bytes] | None = None
) -> bytes:
    """``naam``.json and ``naam``.pdf in one file, and the files that were given under
    ``bijlagen/``; nothing is written to disk.
    """
    (pdf,) = import_string(settings.DRUKKER)([html])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{naam}.json", text)
        archive.writestr(f"{naam}.pdf", pdf)
        for name, piece in (bestanden or {}).items():
            archive.writestr(f"bijlagen/{name}", piece)
    return made.getvalue()


def as_json(rows: tuple[Rij, ...], tenant: str, op: datetime) -> str:
    """Machine-readable (AVG 20): table, then column → value with its label."""
    document = {
        "verantwoordelijke": tenant,
        "gemaakt_op": op.isoformat(),
        "gegevens": [
            {
                "tabel": rij.tabel,
                "titel": rij.titel,
                "velden": {
                    v.naam: {"label": v.label, "waarde": v.waarde} for v in rij.velden
                },
            }
            for rij in rows
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=str)
