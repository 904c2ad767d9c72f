"""The catalogue in DCAT-AP-NL 3.0, for data portals: as JSON-LD and as Turtle.

One graph, written twice, in pages that point at each other: each is a catalogue that
validates, and all together are one. What is withdrawn is not in it. What the profiles recommend is
in it too, unless it would not be true (docs/adr/0027-a-portal-apart.md).

Guarded by tests/signalering/test_dcat.py, which validates it with SHACL.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from signalering.models import Publicatie
from signalering.periodes import parse
from signalering.publication.gegevens import LICENTIE, absolute, title

EU: Final = "http://publications.europa.eu/resource/authority/"
PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TAAL: Final = f"{EU}language/NLD"
IANA: Final = "https://www.iana.org/assignments/media-types/"
# Kind of file: page, EU file type, media type.
BESTANDEN: Final = {
    "html": ("publicatie", "HTML", "text/html"),
    "csv": ("publicatie_csv", "CSV", "text/csv"),
    "json": ("api_publicatie", "JSON", "application/json"),
    "pdf": ("publicatie_pdf", "PDF", "application/pdf"),
}
# What a file of each kind follows; of JSON that is our own description.
NORMEN: Final = {
    "html": ("https://html.spec.whatwg.org/",),
    "csv": ("https://www.w3.org/TR/tabular-data-model/",),
    "pdf": (  # PDF/A-3 and PDF/UA-1
        "https://www.iso.org/standard/57229.html",
        "https://www.iso.org/standard/64599.html",
    ),
}
UITLEG: Final = {
    "html": "Het rapport om te lezen, met tabellen en grafieken.",
    "csv": "Alle openbare tabellen als CSV: UTF-8, met puntkomma's.",
    "json": "Alle openbare tabellen als JSON.",
    "pdf": "Het rapport zoals het is vastgesteld, verzegeld.",
}
VIA_API: Final = ("csv", "json")  # the API gives these; a page and a PDF it does not
THEMALIJST: Final = f"{EU}data-theme"
THEMAS: Final = {"SOCI": "Bevolking en samenleving", "HEAL": "Gezondheid"}
# Narrower would need the shape of a municipality, which is not kept here.
NEDERLAND: Final = f"{EU}country/NLD"
BESCHIKBAAR: Final = f"{EU}planned-availability/STABLE"
VRIJ: Final = "http://purl.org/adms/licencetype/PublicDomain"
SOORTEN: Final = "http://purl.org/adms/publishertype/"
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Blad:
    """Which page of the catalogue: ``nummer`` of ``laatste``, of ``aantal`` datasets at
    ``adres``; ``dagen``: of the first and the last publication of them all.
    """

    adres: str
    nummer: int
    laatste: int
    aantal: int
    dagen: tuple[date, date] | None

    def node(self) -> Node:
        """What a harvester follows to the next page (Hydra)."""
        pages = {"first": 1, "last": self.laatste}
        if self.nummer > 1:
            pages["previous"] = self.nummer - 1
        if self.nummer < self.laatste:
            pages["next"] = self.nummer + 1
        count = _typed(str(self.aantal), "integer")
        return {
            "@id": self.url(self.nummer),
            "@type": "hydra:PagedCollection",
            "hydra:totalItems": count,
            **{f"hydra:{rel}": _ref(self.url(page)) for rel, page in pages.items()},
        }

    def url(self, page: int) -> str:
        return f"{self.adres}?page={page}"


def graph(publicaties: Iterable[Publicatie], blad: Blad | None = None) -> list[Node]:
    """The nodes: catalogue, publisher, contact, API, datasets, distributions."""
    with override("nl"):
        standing = [p for p in publicaties if p.ingetrokken_op is None]
        days = [p.gepubliceerd_op.date() for p in standing]
        spread = blad.dagen if blad else (min(days), max(days)) if days else None
        catalogue = _catalogue(standing, spread)
        nodes = [catalogue, _publisher(), _contact(), _service(standing)]
        if blad:
            nodes.append(blad.node())
        for publicatie in standing:
            nodes.append(_dataset(publicatie))
            nodes += [_distribution(publicatie, kind) for kind in BESTANDEN]
        return [*nodes, *_named_elsewhere(standing)]


def as_json_ld(nodes: list[Node]) -> str:
    document = {"@context": PREFIXES, "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_turtle(nodes: list[Node]) -> str:
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
    for node in nodes:
        pairs = [f"a {', '.join(_list(node['@type']))}"]
        for name, value in node.items():
            if not name.startswith("@"):
                pairs.append(f"{name} {', '.join(map(_term, _list(value)))}")
        lines.append(f"\n<{node['@id']}>\n  " + " ;\n  ".join(pairs) + " .")
    return "\n".join(lines) + "\n"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _term(value: Node) -> str:
    if "@id" in value:
        return f"<{value['@id']}>"
    if "@value" not in value:  # a node of its own, without a name
        pairs = [f"a {value['@type']}"]
        pairs += [f"{k} {_term(v)}" for k, v in value.items() if k != "@type"]
        return f"[ {' ; '.join(pairs)} ]"
    text = json.dumps(str(value["@value"]), ensure_ascii=False)
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{value['@type']}" if "@type" in value else text


def _ref(iri: str) -> Node:
    return {"@id": iri}


def _nl(text: str) -> Node:
    return {"@value": text, "@language": "nl"}


def _text(text: str) -> Node:
    return {"@value": text}


def _typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _here(name: str, *args: object) -> str:
    return absolute(reverse(f"signalering:{name}", args=args))


def _mine(what: str) -> str:
    return f"{_here('openbaar')}#{what}"


def _common() -> Node:
    """What every thing in the catalogue says of itself."""
    return {
        "dct:accessRights": _ref(f"{EU}access-right/PUBLIC"),
        "dct:license": _ref(LICENTIE),
        "dct:publisher": _ref(_mine("uitgever")),
        "dct:creator": _ref(_mine("uitgever")),
        "dcat:contactPoint": _ref(_mine("contact")),
        "dcat:theme": [_ref(f"{EU}data-theme/{code}") for code in THEMAS],
        "dct:language": _ref(TAAL),
        "dcat:keyword": [_nl("cliëntondersteuning"), _nl("signaleringsrapportage")],
    }


def _named_elsewhere(standing: list[Publicatie]) -> list[Node]:
    """Of what kind the things are that the catalogue points at: a validator that has
    only this file asks for it (the ranges of DCAT-AP 3.0)."""
    pages = [_here("openbaar"), *(_here("publicatie", p.pk) for p in standing)]
    kinds = [
        (f"{EU}access-right/PUBLIC", "dct:RightsStatement"),
        (TAAL, "dct:LinguisticSystem"),
        *((page, "foaf:Document") for page in pages),
    ]
    if standing:
        for _page, eu_type, media in BESTANDEN.values():
            kinds.append((f"{EU}file-type/{eu_type}", "dct:MediaTypeOrExtent"))
            kinds.append((f"{IANA}{media}", "dct:MediaType"))
        norms = {norm for kind in BESTANDEN for norm in _norms(kind)}
        kinds += [(norm, "dct:Standard") for norm in sorted(norms)]
    named = [{"@id": iri, "@type": kind} for iri, kind in kinds]
    return [*named, _licence(), _netherlands(), *_concepts(standing)]


def _concepts(standing: list[Publicatie]) -> list[Node]:
    themes = [
        _concept(f"{EU}data-theme/{code}", naam) | {"skos:inScheme": _ref(THEMALIJST)}
        for code, naam in THEMAS.items()
    ]
    rest = [
        {
            "@id": THEMALIJST,
            "@type": "skos:ConceptScheme",
            "dct:title": _nl("Thema's van datasets"),
        },
        _concept(VRIJ, "Publiek domein"),
        _concept(_publisher_type(), settings.OPENDATA_UITGEVER_SOORT),
    ]
    if standing:
        rest.append(_concept(BESCHIKBAAR, "Blijvend beschikbaar"))
    return themes + rest


def _concept(iri: str, naam: str) -> Node:
    return {"@id": iri, "@type": "skos:Concept", "skos:prefLabel": _nl(naam)}


def _licence() -> Node:
    return {"@id": LICENTIE, "@type": "dct:LicenseDocument", "dct:type": _ref(VRIJ)}


def _netherlands() -> Node:
    def wkt(shape: str) -> Node:
        return {"@value": shape, "@type": "geo:wktLiteral"}

    corners = "3.3 50.7, 7.3 50.7, 7.3 53.6, 3.3 53.6, 3.3 50.7"
    return {
        "@id": NEDERLAND,
        "@type": "dct:Location",
        "skos:prefLabel": _nl("Nederland"),
        "dcat:bbox": wkt(f"POLYGON(({corners}))"),
        "dcat:centroid": wkt("POINT(5.3 52.15)"),
    }


def _norms(kind: str) -> tuple[str, ...]:
    return NORMEN[kind] if kind in NORMEN else (_schema(),)


def _schema() -> str:
    """Where the shape of a publication is described."""
    return f"{_here('api_openapi')}#/components/schemas/Publicatie"


def _publisher_type() -> str:
    return f"{SOORTEN}{settings.OPENDATA_UITGEVER_SOORT}"


def _publisher() -> Node:
    return {
        "@id": _mine("uitgever"),
        "@type": ["foaf:Agent", "foaf:Organization"],
        "foaf:name": _nl(settings.OPENDATA_UITGEVER),
        "foaf:homepage": _ref(absolute("/")),
        "dct:type": _ref(_publisher_type()),
    }


def _contact() -> Node:
    return {
        "@id": _mine("contact"),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": _nl(settings.OPENDATA_UITGEVER),
        "vcard:hasEmail": _ref(settings.OPENDATA_CONTACT),
    }


def _catalogue(standing: list[Publicatie], days: tuple[date, date] | None) -> Node:
    node: Node = {
        "@id": _mine("catalogus"),
        "@type": "dcat:Catalog",
        "dct:title": _nl(_("Openbare signaleringsrapportages")),
        "dct:description": _nl(
            _(
                "Waar inwoners en cliënten tegenaan lopen in zorg en ondersteuning, per"
                " opdrachtgever en periode. Kleine aantallen staan er niet in."
            )
        ),
        "dct:publisher": _ref(_mine("uitgever")),
        "dct:creator": _ref(_mine("uitgever")),
        "dcat:contactPoint": _ref(_mine("contact")),
        "dct:license": _ref(LICENTIE),
        "dct:language": _ref(TAAL),
        "dct:spatial": _ref(NEDERLAND),
        "dcat:themeTaxonomy": _ref(THEMALIJST),
        "foaf:homepage": _ref(_here("openbaar")),
        "dcat:service": _ref(_mine("api")),
    }
    if standing:
        node["dcat:dataset"] = [_ref(_dataset_iri(p)) for p in standing]
    if days:
        node["dct:issued"] = _typed(days[0].isoformat(), "date")
        node["dct:modified"] = _typed(days[1].isoformat(), "date")
    return node


def _service(standing: list[Publicatie]) -> Node:
    node = {
        "@id": _mine("api"),
        "@type": "dcat:DataService",
        "dct:title": _nl(_("API van de openbare signaleringsrapportages")),
        "dct:description": _nl(_("Alle openbare cijfers als JSON en CSV.")),
        "dct:identifier": _text(_mine("api")),
        "dcat:endpointURL": _ref(absolute("/api/v1")),
        "dcat:endpointDescription": _ref(_here("api_openapi")),
        **_common(),
    }
    if standing:
        node["dcat:servesDataset"] = [_ref(_dataset_iri(p)) for p in standing]
    return node


def _dataset_iri(publicatie: Publicatie) -> str:
    return f"{_here('publicatie', publicatie.pk)}#dataset"


def _dataset(publicatie: Publicatie) -> Node:
    page = _here("publicatie", publicatie.pk)
    naam = _("Signaleringsrapportage %(titel)s") % {"titel": title(publicatie)}
    tekst = _(
        "Aantallen kwesties over %(periode)s: vragen en klachten, aard, inhoud en"
        " resultaat van de ondersteuning. Aantallen over minder dan %(drempel)s"
        " cliënten zijn weggelaten."
    ) % {
        "periode": parse(publicatie.periode).label.lower(),
        "drempel": publicatie.drempel,
    }
    if publicatie.is_fictief:
        naam = f"{_('FICTIEVE GEGEVENS')}: {naam}"
    common = _common()
    return {
        "@id": _dataset_iri(publicatie),
        "@type": "dcat:Dataset",
        "dct:title": _nl(naam),
        "dct:description": _nl(tekst),
        "dct:identifier": _text(page),
        "dct:issued": _typed(publicatie.gepubliceerd_op.date().isoformat(), "date"),
        "dct:modified": _typed(publicatie.gepubliceerd_op.date().isoformat(), "date"),
        "dcat:version": _text(str(publicatie.versie)),
        "dcat:landingPage": _ref(page),
        "foaf:page": _ref(page),
        "dct:conformsTo": _ref(_schema()),
        "dct:spatial": _ref(NEDERLAND),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(publicatie.van.isoformat(), "date"),
            "dcat:endDate": _typed(publicatie.tot.isoformat(), "date"),
        },
        "dcat:distribution": [_ref(f"{page}#{kind}") for kind in BESTANDEN],
        **common,
        "dcat:keyword": [*common["dcat:keyword"], _nl(publicatie.opdrachtgever)],
    }


def _distribution(publicatie: Publicatie, kind: str) -> Node:
    name, eu_type, media = BESTANDEN[kind]
    address = _here(name, publicatie.pk)
    node: Node = {
        "@id": f"{_here('publicatie', publicatie.pk)}#{kind}",
        "@type": "dcat:Distribution",
        "dct:title": _nl(f"{title(publicatie)} ({kind})"),
        "dct:description": _nl(UITLEG[kind]),
        "dcat:accessURL": _ref(address),
        "dcat:downloadURL": _ref(address),
        "dct:license": _ref(LICENTIE),
        "dct:format": _ref(f"{EU}file-type/{eu_type}"),
        "dcat:mediaType": _ref(f"{IANA}{media}"),
        "dct:language": _ref(TAAL),
        "dct:conformsTo": [_ref(norm) for norm in _norms(kind)],
        "dcatap:availability": _ref(BESCHIKBAAR),
    }
    if kind in VIA_API:
        node["dcat:accessService"] = _ref(_mine("api"))
    return node
