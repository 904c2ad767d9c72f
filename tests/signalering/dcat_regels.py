"""The rules for the catalogue: in our own words, and as published for who has those."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pyshacl import validate
from rdflib import RDF, SH, Graph, Node

OURS = Path(__file__).with_name("dcat_ap_nl.ttl")
# A folder with the published SHACL files of both profiles, as docs/operations.md says.
THEIRS = os.environ.get("ADVIESPUNT_DCAT_SHAPES", "")


@cache
def shapes() -> Graph:
    found = Graph().parse(OURS)
    if THEIRS:
        files = sorted(Path(THEIRS).rglob("*.ttl"))
        assert files, "no shapes in ADVIESPUNT_DCAT_SHAPES"
        for file in files:
            found.parse(file)
    # The published ranges hold property shapes without any content, which demand
    # nothing and which pyshacl refuses.
    for triple in list(found.triples((None, SH.property, None))):
        if (triple[2], None, None) not in found:
            found.remove(triple)
    return found


Thing = Node | None


def wanting(
    graph: Graph,
) -> tuple[set[tuple[Thing, Thing, Thing]], set[tuple[Thing, Thing]]]:
    """Violations (thing, property, kind of rule) and warnings (thing, property)."""
    _good, report, _text = validate(graph, shacl_graph=shapes(), inference="none")
    assert isinstance(report, Graph)
    violations, warnings = set(), set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        about = (
            report.value(result, SH.focusNode),
            report.value(result, SH.resultPath),
        )
        if report.value(result, SH.resultSeverity) == SH.Violation:
            kind = report.value(result, SH.sourceConstraintComponent)
            violations.add((*about, kind))
        else:
            warnings.add(about)
    return violations, warnings
