"""The catalogue for data portals validates, and both ways of writing it are the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, URIRef
from rdflib.compare import isomorphic

from signalering.models import Publicatie
from signalering.publication import dcat
from tests.signalering.dcat_regels import wanting
from tests.signalering.openbare import ident

# pyshacl uses what rdflib is about to rename.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
# Names that try to get out of the text they are in.
NAAM = 'Gemeente "Vuil" \\ <b>\n@nl . <urn:x> a dcat:Catalog'


def publicatie(naam: str, **more: Any) -> Publicatie:
    values: dict[str, Any] = {
        "opdrachtgever": NAAM,
        "opdrachtgever_slug": "vuil",
        "periode": "2025-Q3",
        "van": date(2025, 7, 1),
        "tot": date(2025, 9, 30),
        "versie": 2,
        "drempel": 10,
        "gepubliceerd_op": datetime(2025, 11, 1, tzinfo=UTC),
    }
    return Publicatie(id=ident(naam), **(values | more))


@pytest.fixture(scope="module")
def nodes() -> list[dict[str, Any]]:
    gone = publicatie("weg", ingetrokken_op=datetime(2025, 12, 1, tzinfo=UTC))
    return dcat.graph([publicatie("q3"), publicatie("q2", is_fictief=True), gone])


def iri(name: str) -> URIRef:
    prefix, _colon, last = name.partition(":")
    return URIRef(dcat.PREFIXES[prefix] + last)


def as_graph(nodes: list[dict[str, Any]]) -> Graph:
    return Graph().parse(data=dcat.as_turtle(nodes), format="turtle")


def test_the_catalogue_conforms_to_the_shapes(nodes: list[dict[str, Any]]) -> None:
    violations, warnings = wanting(as_graph(nodes))
    assert violations == set()
    # A page and a PDF do not come out of the API: saying so would not be true.
    left = {(str(focus).partition("/openbaar/")[2], path) for focus, path in warnings}
    of = product(("q2", "q3"), ("html", "pdf"))
    assert left == {(f"{ident(naam)}/#{kind}", DCAT.accessService) for naam, kind in of}


def without(nodes: list[dict[str, Any]], gone: dict[str, set[str]]) -> Graph:
    """The catalogue without these properties of these kinds of thing."""
    return as_graph(
        [
            {k: v for k, v in n.items() if k not in gone.get(str(n["@type"]), set())}
            for n in nodes
        ]
    )


def test_a_property_that_is_missing_is_found(nodes: list[dict[str, Any]]) -> None:
    gone = {
        "dcat:Dataset": {
            *("dct:title", "dct:license", "dcat:theme", "dct:accessRights"),
            *("dcat:contactPoint", "dct:creator", "dct:publisher"),
            *("dct:identifier", "dct:description"),
        },
        "dcat:Distribution": {"dcat:accessURL", "dct:license"},
        "dcat:Catalog": {"dcat:contactPoint"},
    }
    found = without(nodes, gone)
    violations, _warnings = wanting(found)
    for kind, names in gone.items():
        things = set(found.subjects(RDF.type, iri(kind)))
        assert things
        for name, thing in product(names, things):
            assert (thing, iri(name)) in {(v[0], v[1]) for v in violations}


def test_a_recommendation_that_is_not_followed_is_found(
    nodes: list[dict[str, Any]],
) -> None:
    gone = {
        "dcat:Dataset": {"dct:spatial", "foaf:page", "dct:conformsTo"},
        "dcat:Distribution": {"dct:language", "dcatap:availability"},
        "dcat:Catalog": {"dct:issued", "dcat:themeTaxonomy"},
    }
    _violations, warnings = wanting(without(nodes, gone))
    named = {iri(name) for names in gone.values() for name in names}
    assert {path for _focus, path in warnings} == named | {DCAT.accessService}


def test_what_it_points_at_is_of_the_kind_the_profile_asks(
    nodes: list[dict[str, Any]],
) -> None:
    asked = {
        "dct:LicenseDocument": "dct:license",
        "dct:RightsStatement": "dct:accessRights",
        "dct:LinguisticSystem": "dct:language",
        "dct:MediaType": "dcat:mediaType",
        "dct:MediaTypeOrExtent": "dct:format",
        "foaf:Document": "dcat:landingPage",
        "skos:Concept": "dcat:theme",
    }
    broken = [node for node in nodes if str(node["@type"]) not in asked]
    violations, _warnings = wanting(as_graph(broken))
    of_class = {v[1] for v in violations if v[2] == SH.ClassConstraintComponent}
    assert of_class >= {iri(name) for name in asked.values()}


def test_json_ld_and_turtle_say_the_same(nodes: list[dict[str, Any]]) -> None:
    other = Graph().parse(data=dcat.as_json_ld(nodes), format="json-ld")
    assert isomorphic(as_graph(nodes), other)


def test_what_was_withdrawn_is_not_in_it(nodes: list[dict[str, Any]]) -> None:
    found = as_graph(nodes)
    datasets = list(found.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == 2
    assert not any(str(ident("weg")) in str(subject) for subject in found.subjects())
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) == 8


def test_a_name_stays_a_name(nodes: list[dict[str, Any]]) -> None:
    found = as_graph(nodes)
    assert len(list(found.subjects(RDF.type, DCAT.Catalog))) == 1
    assert URIRef("urn:x") not in set(found.subjects())
    titles = [str(title) for title in found.objects(None, DCTERMS.title)]
    assert any(NAAM in title for title in titles)
