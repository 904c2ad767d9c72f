"""The OpenAPI 3.1 description of the API, by the NLGov API Design Rules.

Guarded by tests/signalering/test_api.py: the document itself is validated, and every
answer of every endpoint is checked against its schema here.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from signalering.apiversie import OVERGANG, VERSIE, WIJZIGINGEN
from signalering.publication.gegevens import LICENTIE, absolute

Schema = dict[str, Any]
DATUM: Final[Schema] = {"type": "string", "format": "date"}
TIJDSTIP: Final[Schema] = {"type": "string", "format": "date-time"}
ADRES: Final[Schema] = {"type": "string", "format": "uri"}
TEKST: Final[Schema] = {"type": "string"}
AANTAL: Final[Schema] = {"type": "integer", "minimum": 0}
JA_NEE: Final[Schema] = {"type": "boolean"}
SHA256: Final[Schema] = {"type": "string", "pattern": "^([0-9a-f]{64})?$"}


def _object(required: Schema, **optional: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(of: str) -> Schema:
    return {"type": "array", "items": _ref(of)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


SAMENVATTING: Final[Schema] = {
    "id": {"type": "string", "format": "uuid"},
    "opdrachtgever": TEKST,
    "opdrachtgeverType": {"enum": ["gemeente", "zorgaanbieder", "regio"]},
    "periode": {"type": "string", "pattern": r"^20\d\d(-(Q[1-4]|H[12]))?$"},
    "van": DATUM,
    "tot": DATUM,
    "versie": {"type": "integer", "minimum": 1},
    "fictief": JA_NEE,
    "gepubliceerdOp": TIJDSTIP,
    "ingetrokken": JA_NEE,
    "links": _ref("Bestanden"),
}
SOMS: Final[Schema] = {
    "deelnemers": {"type": "array", "items": TEKST},
    "ingetrokkenOp": TIJDSTIP,
    "ingetrokkenReden": TEKST,
}
SCHEMAS: Final[Schema] = {
    "Bestanden": _object({"html": ADRES, "json": ADRES}, pdf=ADRES, csv=ADRES),
    "Samenvatting": _object(SAMENVATTING, **SOMS),
    "Publicatie": _object(
        {
            **SAMENVATTING,
            "drempel": {"type": "integer", "minimum": 10},
            "eenheid": {"const": "kwesties"},
            "peildatum": DATUM,
            "besprokenOp": DATUM,
            "vastgesteldOp": DATUM,
            "teWeinig": JA_NEE,
            "cijfersSha256": SHA256,
            "pdfSha256": SHA256,
            "licentie": ADRES,
            "reactie": TEKST,
            "tabellen": _list("Tabel"),
        },
        deelnemers=SOMS["deelnemers"],
    ),
    "Tabel": _object({"code": TEKST, "cellen": _list("Cel")}),
    "Cel": {
        **_object(
            {
                "dims": {"type": "object", "additionalProperties": TEKST},
                "label": TEKST,
                "kwesties": {"type": ["integer", "null"], "minimum": 0},
                "onderdrukt": JA_NEE,
            }
        ),
        "description": "Een weggelaten aantal is null, met onderdrukt true.",
        "if": {"properties": {"onderdrukt": {"const": True}}},
        "then": {"properties": {"kwesties": {"type": "null"}}},
        "else": {"properties": {"kwesties": {"type": "integer"}}},
    },
    "Bladzijden": _object(
        {"self": ADRES, "first": ADRES, "last": ADRES}, prev=ADRES, next=ADRES
    ),
    "Publicaties": _object(
        {
            "publicaties": _list("Samenvatting"),
            "aantal": AANTAL,
            "pagina": {"type": "integer", "minimum": 1},
            "paginas": {"type": "integer", "minimum": 1},
            "links": _ref("Bladzijden"),
        }
    ),
    "Opdrachtgever": _object(
        {
            "code": TEKST,
            "naam": TEKST,
            "type": SAMENVATTING["opdrachtgeverType"],
            "aantal": {"type": "integer", "minimum": 1},
            "links": _object({"publicaties": ADRES, "feed": ADRES}),
        }
    ),
    "Begin": _object(
        {
            "versie": TEKST,
            "links": _object(
                {"publicaties": ADRES, "opdrachtgevers": ADRES, "openapi": ADRES}
            ),
        }
    ),
    "Opdrachtgevers": _object({"opdrachtgevers": _list("Opdrachtgever")}),
    "Probleem": _object(
        {
            "type": {"const": "about:blank"},
            "title": TEKST,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEKST,
        },
        fouten={
            "type": "array",
            "items": _object({"parameter": TEKST, "reden": TEKST}),
        },
        publicatie=_ref("Samenvatting"),
    ),
}
FOUTEN: Final = {
    "400": "Een parameter bestaat niet of heeft een verkeerde waarde.",
    "404": "Dit is er niet.",
    "405": "Alleen GET, HEAD en OPTIONS.",
    "410": "De publicatie is ingetrokken; de reden staat erbij.",
    "429": "Te veel vragen vanaf dit adres; Retry-After zegt hoe lang te wachten.",
    "500": "Er ging bij ons iets mis.",
}
KOPPEN: Final[Schema] = {
    "API-Version": {"schema": TEKST, "description": "De versie van deze API."}
}
PK: Final[Schema] = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Het nummer van de publicatie.",
    "schema": {"type": "string", "format": "uuid"},
}
CODE: Final[Schema] = {
    "name": "code",
    "in": "path",
    "required": True,
    "description": "De code van de tabel, zoals aard of resultaat.",
    "schema": TEKST,
}


def _query(name: str, schema: Schema, uitleg: str) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": uitleg}


FORMAAT: Final[Schema] = _query(
    "formaat",
    {"enum": ["json", "csv"], "default": "json"},
    "csv: UTF-8 met byte order mark, puntkomma's; een weggelaten aantal is leeg.",
)
FILTERS: Final[list[Schema]] = [
    _query("opdrachtgever", TEKST, "De code van een opdrachtgever."),
    _query("zoek", {**TEKST, "maxLength": 100}, "Een deel van de naam."),
    _query(
        "jaar",
        {"type": "integer", "minimum": 2000, "maximum": 2100},
        "Het jaar waarin de periode begint.",
    ),
    _query("periode", SAMENVATTING["periode"], "2025-Q3, 2025-H1 of 2025."),
    _query(
        "onderwerp",
        TEKST,
        "Alleen rapporten met een getoond aantal hiervoor, bijvoorbeeld aard:FIN.",
    ),
    _query("page", {"type": "integer", "minimum": 1, "default": 1}, "De bladzijde."),
    _query(
        "pageSize",
        {"type": "integer", "minimum": 1, "maximum": 100, "default": 100},
        "Hoeveel publicaties op een bladzijde.",
    ),
]
CSV: Final[Schema] = {"schema": TEKST}


def _get(
    id: str,
    uitleg: str,
    schema: str,
    parameters: list[Schema],
    errors: str,
    csv: bool = False,
) -> Schema:
    content: Schema = {"application/json": {"schema": _ref(schema)}}
    if csv:
        content["text/csv"] = CSV
    answers: Schema = {
        "200": {"description": uitleg, "headers": KOPPEN, "content": content},
        "304": {
            "description": "Niet veranderd sinds de ETag van de vraag.",
            "headers": KOPPEN,
        },
    }
    for status in errors.split():
        answers[status] = {
            "description": FOUTEN[status],
            "headers": KOPPEN,
            "content": {"application/problem+json": {"schema": _ref("Probleem")}},
        }
    return {
        "get": {
            "operationId": id,
            "summary": uitleg.rstrip("."),
            "description": f"{uitleg} Met If-None-Match: 304 als er niets veranderde.",
            "tags": ["publicaties"],
            "parameters": parameters,
            "responses": answers,
        }
    }


def _description() -> str:
    """What it is, how long a version stays, and what changed (API-18, -19 and -55)."""
    changed = (f"- {versie}: {wat}" for versie, wat in WIJZIGINGEN.items())
    return "\n".join(
        (
            "Wat openbaar is van de signaleringsrapportages. Kleine aantallen zijn"
            " weggelaten. Vrij te gebruiken, zonder sleutel.",
            "",
            "## Versies",
            "Komt er een nieuwe hoofdversie (v2), dan blijft de oude daarna nog"
            f" {OVERGANG} maanden. De datum waarop hij stopt staat dan hier.",
            "",
            "## Wijzigingen",
            *changed,
        )
    )


def document() -> Schema:
    """The whole description, JSON-able."""
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": absolute("/api/v1")}],
        "tags": [{"name": "publicaties", "description": "Openbare rapporten."}],
        "security": [],
        "paths": _paths(),
        "components": {"schemas": SCHEMAS},
    }


def _info() -> Schema:
    return {
        "title": "Openbare signaleringsrapportages",
        "version": VERSIE,
        "description": _description(),
        "contact": {
            "name": settings.OPENDATA_UITGEVER,
            "email": settings.OPENDATA_CONTACT.removeprefix("mailto:"),
            "url": absolute("/openbaar/"),
        },
        "license": {"name": "CC0 1.0", "url": LICENTIE},
    }


def _paths() -> Schema:
    always, one = "400 405 429 500", "400 404 405 410 429 500"
    begin = "Waar alles staat; ook zonder de schuine streep."
    alle = "Alle publicaties, de nieuwste periode eerst."
    een = "Een publicatie met al haar tabellen."
    tabel = "Een tabel van een publicatie."
    wie = "Wie publicaties heeft."
    return {
        "/": _get("begin", begin, "Begin", [], always),
        "/publicaties": _get("publicaties", alle, "Publicaties", FILTERS, always),
        "/publicaties/{id}": _get(
            "publicatie", een, "Publicatie", [PK, FORMAAT], one, csv=True
        ),
        "/publicaties/{id}/tabellen/{code}": _get(
            "tabel", tabel, "Tabel", [PK, CODE, FORMAAT], one, csv=True
        ),
        "/opdrachtgevers": _get("opdrachtgevers", wie, "Opdrachtgevers", [], always),
    }
