"""Fictional kwesties for demonstrations, benchmarks and tests of scale.

Invariant: only into tenants that are fictional; the same seed gives the same rows,
ids and numbers included. Rows are marked by ``extern_nummer`` (demo-<seed>-<n>), so
the same seed is never loaded twice and demo rows can be taken out again.

As owner, in one transaction, through COPY with triggers off: every constraint holds,
and what triggers derive is written by ``rendering``.
Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.demo.drawing import Opdrachtgever, draw, give_caseload
from cases.demo.rendering import Plek, Rendering, idents, nummers
from cases.demo.sealing import Zegelaar
from cases.demo.signals import plant
from cases.demo.weights import VAST, Tijdvak, until
from cases.models import (
    Client,
    Contactmoment,
    ExternTraject,
    Kwestie,
    Verwijzing,
    nummer_prefix,
)
from privacy.models import Sleutel
from tenants.demo import ONDERSTEUNER, Demotenant
from tenants.scope import copy_rows, loading

__all__ = [
    "AANTAL",
    "SEED",
    "VAST",
    "AlreadyLoaded",
    "load_kwesties",
    "rendering_of",
    "until",
]

SEED = 20261121
AANTAL = 6182
TABLES = (
    "privacy_tenantsleutel",
    "privacy_sleutel",
    "cases_zoekteken",
    "cases_client",
    "cases_kwestie",
    "cases_contactmoment",
    "cases_verwijzing",
    "cases_externtraject",
)


class AlreadyLoaded(Exception):
    """These kwesties are there already; the text says what to do."""


def load_kwesties(
    tenants: Sequence[Demotenant],
    aantal: int,
    *,
    seed: int = SEED,
    coded_only: bool = False,
    gelijk: bool = False,
    opnieuw: bool = False,
    tijdvak: Tijdvak = VAST,
) -> int:
    """Add ``aantal`` kwesties, spread over ``tenants``; returns how many there came.

    As owner of the database. coded_only: no names and no free text. gelijk: every
    tenant gets as many. opnieuw: earlier demo kwesties, of any seed, go first.
    tijdvak: the days they are spread over.
    Raises AlreadyLoaded.
    """
    with loading(*TABLES):
        if opnieuw:
            _remove(tenants)
        elif _rows(tenants, _merk(seed)).exists():
            text = _(
                "De kwesties van seed %(seed)d staan er al. Met --opnieuw worden alle"
                " demonstratiekwesties vervangen."
            )
            raise AlreadyLoaded(text % {"seed": seed})
        if not aantal or not tenants:
            return 0
        made = rendering_of(
            tenants,
            aantal,
            seed=seed,
            coded_only=coded_only,
            gelijk=gelijk,
            tijdvak=tijdvak,
        )
        if coded_only:
            for table, (columns, blocks) in made.tables().items():
                copy_rows(table, columns, blocks)
        else:
            _copy_sealed(tenants, made)
    return len(made.kwesties)


def _copy_sealed(tenants: Sequence[Demotenant], made: Rendering) -> None:
    zegelaar = Zegelaar([tenant.id for tenant in tenants])
    for table, (columns, blocks) in made.tables().items():
        copy_rows(table, columns, zegelaar.sealed(table, columns, blocks))
    for table, (columns, blocks) in zegelaar.tables().items():
        copy_rows(table, columns, blocks)


def rendering_of(
    tenants: Sequence[Demotenant],
    aantal: int,
    *,
    seed: int,
    coded_only: bool = False,
    gelijk: bool = False,
    tijdvak: Tijdvak = VAST,
) -> Rendering:
    """The rows themselves, without touching a database."""
    people = sorted({person for tenant in tenants for person in tenant.ondersteuners})
    bronnen = [
        Opdrachtgever(
            slug=tenant.slug,
            profiel=tenant.profiel,
            gewicht=1.0 if gelijk else tenant.gewicht,
            ondersteuners=tuple(people.index(p) for p in tenant.ondersteuners),
        )
        for tenant in tenants
    ]
    rng = np.random.Generator(np.random.PCG64(seed))
    kwesties, clienten = draw(rng, bronnen, aantal, tijdvak)
    plant(rng, kwesties, bronnen, tijdvak)
    codes = [code for code, _user in people]
    if ONDERSTEUNER in codes:
        give_caseload(kwesties, bronnen, codes.index(ONDERSTEUNER))
    # As in life: the rows of the tenants lie mixed, in order of time.
    kwesties.take(np.argsort(kwesties.dag, kind="stable"))
    prefixes = [nummer_prefix(tenant.slug) for tenant in tenants]
    return Rendering(
        kwesties=kwesties,
        clienten=clienten,
        plekken=[
            Plek(tenant.id, tenant.opdracht_id, tenant.diensten) for tenant in tenants
        ],
        ondersteuners=people,
        merk=_merk(seed),
        nummers=nummers(rng, prefixes, kwesties.tenant),
        kwestie_ids=idents(rng, aantal),
        client_ids=idents(rng, len(clienten.tenant)),
        contact_ids=idents(rng, aantal),
        with_texts=not coded_only,
        tijdvak=tijdvak,
    )


def _merk(seed: int) -> str:
    return f"demo-{seed}-"


def _rows(tenants: Sequence[Demotenant], merk: str) -> QuerySet[Kwestie]:
    ids = [tenant.id for tenant in tenants]
    return Kwestie.objects.filter(tenant_id__in=ids, extern_nummer__startswith=merk)


def _remove(tenants: Sequence[Demotenant]) -> None:
    """Take out every demo kwestie with all that hangs on it, its client, its keys."""
    ids = [tenant.id for tenant in tenants]
    kwesties = _rows(tenants, "demo-")
    keys = Sleutel.objects.filter(tenant_id__in=ids)
    keys.filter(soort="kwestie", van__in=kwesties.values("pk")).delete()
    for model in (Contactmoment, Verwijzing, ExternTraject):
        model._default_manager.filter(
            tenant_id__in=ids, kwestie__in=kwesties.values("pk")
        ).delete()
    # Django would fetch every row to look for children; they are gone already.
    kwesties._raw_delete(kwesties.db)
    clients = Client.objects.filter(
        tenant_id__in=ids, extern_code__startswith="demo-", kwesties__isnull=True
    )
    keys.filter(soort="client", van__in=clients.values("pk")).delete()
    clients.delete()
