"""The catalogue in DCAT-AP-NL 3.0, for data portals: as JSON-LD and as Turtle.

One graph, written twice. What is withdrawn is not in it.

Guarded by tests/signalering/test_dcat.py, which validates it with SHACL.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
IANA: Final = "https://www.iana.org/assignments/media-types/"
# Kind of file: page, EU file type, media type.
BESTANDEN: Final = {
    "html": ("publicatie", "HTML", "text/html"),
    "csv": ("publicatie_csv", "CSV", "text/csv"),
    "json": ("api_publicatie", "JSON", "application/json"),
    "pdf": ("publicatie_pdf", "PDF", "application/pdf"),
}
THEMAS: Final = {"SOCI": "Bevolking en samenleving", "HEAL": "Gezondheid"}
Node = dict[str, Any]


def graph(publicaties: Iterable[Publicatie]) -> list[Node]:
    """The nodes: catalogue, publisher, contact, API, datasets, distributions."""
    with override("nl"):
        standing = [p for p in publicaties if p.ingetrokken_op is None]
        nodes = [_catalogue(standing), _publisher(), _contact(), _service(standing)]
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
        "dct:language": _ref(f"{EU}language/NLD"),
    }


def _named_elsewhere(standing: list[Publicatie]) -> list[Node]:
    """Of what kind the things are that the catalogue points at: a validator that has
    only this file asks for it (the ranges of DCAT-AP 3.0)."""
    pages = [_here("openbaar"), *(_here("publicatie", p.pk) for p in standing)]
    kinds = [
        (LICENTIE, "dct:LicenseDocument"),
        (f"{EU}access-right/PUBLIC", "dct:RightsStatement"),
        (f"{EU}language/NLD", "dct:LinguisticSystem"),
        *((page, "foaf:Document") for page in pages),
    ]
    if standing:
        for _page, eu_type, media in BESTANDEN.values():
            kinds.append((f"{EU}file-type/{eu_type}", "dct:MediaTypeOrExtent"))
            kinds.append((f"{IANA}{media}", "dct:MediaType"))
    themes = [
        {
            "@id": f"{EU}data-theme/{code}",
            "@type": "skos:Concept",
            "skos:prefLabel": _nl(naam),
        }
        for code, naam in THEMAS.items()
    ]
    return [{"@id": iri, "@type": kind} for iri, kind in kinds] + themes


def _publisher() -> Node:
    return {
        "@id": _mine("uitgever"),
        "@type": ["foaf:Agent", "foaf:Organization"],
        "foaf:name": _nl(settings.OPENDATA_UITGEVER),
        "foaf:homepage": _ref(absolute("/")),
    }


def _contact() -> Node:
    return {
        "@id": _mine("contact"),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": _nl(settings.OPENDATA_UITGEVER),
        "vcard:hasEmail": _ref(settings.OPENDATA_CONTACT),
    }


def _catalogue(standing: list[Publicatie]) -> Node:
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
        "dcat:contactPoint": _ref(_mine("contact")),
        "dct:license": _ref(LICENTIE),
        "dct:language": _ref(f"{EU}language/NLD"),
        "foaf:homepage": _ref(_here("openbaar")),
        "dcat:service": _ref(_mine("api")),
    }
    if standing:
        node["dcat:dataset"] = [_ref(_dataset_iri(p)) for p in standing]
        newest = max(p.gepubliceerd_op for p in standing)
        node["dct:modified"] = _typed(newest.date().isoformat(), "date")
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
    return {
        "@id": _dataset_iri(publicatie),
        "@type": "dcat:Dataset",
        "dct:title": _nl(naam),
        "dct:description": _nl(tekst),
        "dct:identifier": _text(page),
        "dct:issued": _typed(publicatie.gepubliceerd_op.date().isoformat(), "date"),
        "dct:modified": _typed(publicatie.gepubliceerd_op.date().isoformat(), "date"),
        "dcat:version": _text(str(publicatie.versie)),
        "dcat:keyword": [_nl("cliëntondersteuning"), _nl("signaleringsrapportage")],
        "dcat:landingPage": _ref(page),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(publicatie.van.isoformat(), "date"),
            "dcat:endDate": _typed(publicatie.tot.isoformat(), "date"),
        },
        "dcat:distribution": [_ref(f"{page}#{kind}") for kind in BESTANDEN],
        **_common(),
    }


def _distribution(publicatie: Publicatie, kind: str) -> Node:
    name, eu_type, media = BESTANDEN[kind]
    address = _here(name, publicatie.pk)
    return {
        "@id": f"{_here('publicatie', publicatie.pk)}#{kind}",
        "@type": "dcat:Distribution",
        "dct:title": _nl(f"{title(publicatie)} ({kind})"),
        "dcat:accessURL": _ref(address),
        "dcat:downloadURL": _ref(address),
        "dct:license": _ref(LICENTIE),
        "dct:format": _ref(f"{EU}file-type/{eu_type}"),
        "dcat:mediaType": _ref(f"{IANA}{media}"),
    }
