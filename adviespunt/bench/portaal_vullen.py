"""Child process: publications to ask for, and somebody who is signed in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid5

from django.conf import settings

from adviespunt.bench.children import answer
from adviespunt.bench.page import browser_of
from adviespunt.bench.people import ONDERSTEUNER, ident
from signalering.models import Publicatie, Rapportage
from signalering.periodes import parse
from tenants.models import Opdracht, Tenant
from tenants.scope import loading

PERIODEN = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2024")
CELLEN = ("totaal", *(f"aard:{c}" for c in ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")))
SHA = "c" * 64
TABELLEN = (
    *("tenants_tenant", "tenants_opdracht"),
    *("signalering_rapportage", "signalering_publicatie"),
)


def vul() -> int:
    """Five publications of every tenant, once; how many there are. As owner."""
    with loading(*TABELLEN):
        for tenant in Tenant.objects.order_by("pk"):
            opdracht = Opdracht.objects.filter(tenant=tenant).first()
            for code in PERIODEN if opdracht else ():
                _publicatie(tenant, opdracht.pk if opdracht else None, code)
        return Publicatie.objects.count()


def _publicatie(tenant: Tenant, opdracht: Any, code: str) -> None:
    periode = parse(code)
    pk = uuid5(ident(ONDERSTEUNER), f"publicatie {tenant.pk} {code}")
    if Publicatie.objects.filter(pk=pk).exists():
        return
    shared: dict[str, Any] = {
        "id": pk,
        "tenant": tenant,
        "periode": code,
        "van": periode.van,
        "tot": periode.tot,
        "peildatum": date(2025, 1, 2),
        "diensten": ["OCO_SD"],
        "versie": 1,
        "cijfers_sha256": SHA,
        "vastgesteld_op": date(2025, 2, 1),
    }
    Rapportage.objects.create(
        opdracht_id=opdracht,
        status="OPENBAAR_DEELS",
        druk="KLAAR",
        drempel_opdrachtgever=5,
        drempel_openbaar=10,
        openbaar_sha256=SHA,
        opgesteld_door_id=ident(ONDERSTEUNER),
        schrijvers=[],
        **shared,
    )
    Publicatie.objects.create(
        rapportage_id=pk,
        opdrachtgever=tenant.naam,
        opdrachtgever_slug=tenant.slug,
        opdrachtgever_type=tenant.type,
        is_fictief=True,
        drempel=10,
        cijfers=_figures(),
        besproken_op=date(2025, 1, 20),
        **shared,
    )


def _figures() -> dict[str, Any]:
    return {
        "format": "adviespunt-cijfers/1",
        "naam": "bench",
        "k": 10,
        "publiek": "openbaar",
        "te_weinig": False,
        "cells": [
            {
                "id": id,
                "tabel": id.partition(":")[0],
                "dims": [id.split(":")] if ":" in id else [],
                "kwesties": 120 if id == "totaal" else 20,
                "onderdrukt": False,
            }
            for id in CELLEN
        ],
    }


def aangemeld(naam: str) -> str:
    """A Cookie header with which the web server knows her."""
    key = browser_of(naam).session.session_key
    return f"{settings.SESSION_COOKIE_NAME}={key}"


def main() -> None:
    answer({"vul": vul, "aangemeld": aangemeld})
