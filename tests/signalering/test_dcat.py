"""The catalogue for data portals validates, and both ways of writing it are the same."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from signalering.models import Publicatie
from signalering.publication import dcat
from tests.signalering.openbare import ident

# pyshacl uses what rdflib is about to rename.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
OURS = Path(__file__).with_name("dcat_ap_nl.ttl")
# The published SHACL files of the profiles, for who has them: the same tests, stricter.
THEIRS = os.environ.get("ADVIESPUNT_DCAT_SHAPES", "")
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


def as_graph(nodes: list[dict[str, Any]]) -> Graph:
    return Graph().parse(data=dcat.as_turtle(nodes), format="turtle")


@cache
def shapes() -> Graph:
    found = Graph().parse(OURS)
    if THEIRS:
        files = sorted(Path(THEIRS).glob("*.ttl"))
        assert files, "no shapes in ADVIESPUNT_DCAT_SHAPES"
        for file in files:
            found.parse(file)
    return found


def conforms(graph: Graph) -> tuple[bool, str]:
    good, _graph, text = validate(graph, shacl_graph=shapes(), inference="none")
    return bool(good), str(text)


def test_the_catalogue_conforms_to_the_shapes(nodes: list[dict[str, Any]]) -> None:
    good, text = conforms(as_graph(nodes))
    assert good, text


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("dcat:Dataset", n) for n in ("dct:title", "dct:license", "dcat:theme")),
        *(("dcat:Dataset", n) for n in ("dct:accessRights", "dcat:contactPoint")),
        *(("dcat:Dataset", n) for n in ("dct:creator", "dct:publisher")),
        *(("dcat:Dataset", n) for n in ("dct:identifier", "dct:description")),
        ("dcat:Distribution", "dcat:accessURL"),
        ("dcat:Distribution", "dct:license"),
        ("dcat:Catalog", "dcat:contactPoint"),
    ],
)
def test_a_property_that_is_missing_is_found(
    nodes: list[dict[str, Any]], kind: str, name: str
) -> None:
    broken = [
        {k: v for k, v in node.items() if node["@type"] != kind or k != name}
        for node in nodes
    ]
    assert conforms(as_graph(broken))[0] is False


@pytest.mark.parametrize(
    "kind",
    [
        *("dct:LicenseDocument", "dct:RightsStatement", "dct:LinguisticSystem"),
        *("dct:MediaType", "dct:MediaTypeOrExtent", "foaf:Document", "skos:Concept"),
    ],
)
def test_what_it_points_at_is_of_the_kind_the_profile_asks(
    nodes: list[dict[str, Any]], kind: str
) -> None:
    broken = [node for node in nodes if node["@type"] != kind]
    assert len(broken) < len(nodes)
    assert conforms(as_graph(broken))[0] is False


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
