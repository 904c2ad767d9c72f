"""The description of the API by the NLGov REST API Design Rules, rule by rule.

What is about answers, and not about the description, is in test_api.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from signalering.apiversie import VERSIE, WIJZIGINGEN
from signalering.publication.openapi import document

DOCUMENT = document()
PROBLEEM = "application/problem+json"


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def responses() -> Iterator[tuple[str, dict[str, Any]]]:
    for _path, _method, operation in operations():
        yield from operation["responses"].items()


def properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property anywhere in the schemas."""
    if isinstance(schema, dict):
        found = schema.get("properties", {})
        yield from ((k, v) for k, v in found.items() if isinstance(v, dict))
        for value in schema.values():
            yield from properties(value)


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_core_paths_are_plural_nouns_in_kebab_case_without_a_slash_at_the_end(
    path: str,
) -> None:
    """/core/naming-collections, path-segments-kebab-case, no-trailing-slash,
    nested-child: a table is of its publication."""
    if path == "/":  # the root is exempt
        return
    assert re.fullmatch(r"(/[a-z0-9]+(-[a-z0-9]+)*(/\{[a-z]+\})?)+", path)
    collections = re.findall(r"/([a-z-]+)", path)
    assert set(collections) <= {"publicaties", "tabellen", "opdrachtgevers"}


def test_core_http_methods_only_get() -> None:
    assert {method for _path, method, _operation in operations()} == {"get"}


def test_core_query_keys_are_camel_case() -> None:
    keys = {
        parameter["name"]
        for _path, _method, operation in operations()
        for parameter in operation["parameters"]
        if parameter["in"] == "query"
    }
    assert "pageSize" in keys
    assert all(re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", key) for key in keys)


def test_core_names_are_camel_case() -> None:
    assert all(name[0].isupper() for name in DOCUMENT["components"]["schemas"])
    names = {name for name, _schema in properties(DOCUMENT["components"])}
    assert all(re.fullmatch(r"[a-z][a-zA-Z0-9]*", name) for name in names)


def test_core_uri_version_and_semver() -> None:
    assert re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", VERSIE)
    major = VERSIE.partition(".")[0]
    assert all(s["url"].endswith(f"/v{major}") for s in DOCUMENT["servers"])
    assert DOCUMENT["info"]["version"] == VERSIE


def test_core_version_header_is_described_of_every_answer() -> None:
    for status, answer in responses():
        assert "API-Version" in answer["headers"], status


def test_core_error_handling_is_problem_json_with_its_members() -> None:
    errors = [answer for status, answer in responses() if status >= "400"]
    assert errors
    for answer in errors:
        assert set(answer["content"]) == {PROBLEEM}
    members = DOCUMENT["components"]["schemas"]["Probleem"]["required"]
    assert {"status", "title", "detail"} <= set(members)


def test_core_error_handling_every_operation_can_answer_400() -> None:
    for path, _method, operation in operations():
        assert {"400", "405", "429", "500"} <= set(operation["responses"]), path


def test_core_doc_openapi_contact() -> None:
    contact = DOCUMENT["info"]["contact"]
    assert all(contact[name] for name in ("name", "email", "url"))
    assert ":" not in contact["email"]  # an address, not a link


def test_core_date_time_formats() -> None:
    found = dict(properties(DOCUMENT["components"]))
    assert found["gepubliceerdOp"]["format"] == "date-time"
    for name in ("van", "tot", "peildatum", "besprokenOp", "vastgesteldOp"):
        assert found[name]["format"] == "date"


def test_core_doc_openapi_says_of_everything_what_it_is() -> None:
    for path, _method, operation in operations():
        assert operation["summary"] and operation["description"], path
        assert all(parameter["description"] for parameter in operation["parameters"])


def test_core_changelog_and_transition_are_in_the_description() -> None:
    text = DOCUMENT["info"]["description"]
    assert next(iter(WIJZIGINGEN)) == VERSIE
    for versie, wat in WIJZIGINGEN.items():
        assert f"- {versie}: {wat}" in text
    assert re.search(r"blijft de oude daarna nog \d+ maanden", text)
