"""The whole fictional register, released in calendar order to both audiences.

``make test`` runs three tenants: the two with a planted secret and the largest one.
ADVIESPUNT_DEEP=1 runs all of them over all quarters and years, with regional years.
"""

import itertools
import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from privacy.disclosure import CountTable, Ledger, PublishableTable, qualified
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document
from tests.privacy.disclosure import register
from tests.privacy.disclosure.releasing import (
    PUBLIC,
    WIDE,
    Released,
    coarse,
    planned,
    release_region,
    release_year,
    together,
)

DEEP = os.environ.get("ADVIESPUNT_DEEP") == "1"
YEARS = (2023, 2024, 2025)
FEW = (("nijmegen", 2024), ("rozendaal", 2024), ("kleinhof", 2025))
LARGE = ("arnhem", "nijmegen", "apeldoorn")  # the three with the most kwesties a year
ALL = tuple((tenant, jaar) for tenant in register.tenants() for jaar in YEARS)
REASONS = {"vastgelegd", "geen-patroon", "groepsonthulling", "tijd"}

run = cache(planned)


def both(tenant: str, jaar: int) -> Iterable[tuple[Released, Released | None]]:
    wide, narrow = run(tenant, jaar)
    yield wide, None
    yield narrow, wide


@pytest.mark.parametrize(("tenant", "jaar"), ALL if DEEP else FEW)
def test_a_year_of_reports_is_certified_or_refused_with_the_reason(
    tenant: str, jaar: int
) -> None:
    for audience, above in both(tenant, jaar):
        periods = set(register.year(tenant, jaar))
        assert audience.figures.keys() | audience.refused.keys() == periods
        assert audience.figures.keys().isdisjoint(audience.refused)
        for refusal in audience.refused.values():
            assert refusal.code in REASONS
            assert refusal.reason
            assert refusal.uitwegen[-1] == "niet"
        assert audience.wrong == []
        assert audience.breaches() == []
        for code, figures in audience.figures.items():
            assert _prints_only_enough(figures, register.year(tenant, jaar)[code])
            if above is not None:
                wider = above.figures[code].printed
                assert figures.printed.items() <= wider.items()


def _prints_only_enough(figures: PublishableTable, table: CountTable) -> bool:
    return all(
        table.by_id[id].clienten >= figures.k or number == 0
        for id, number in figures.printed.items()
    )


@pytest.mark.skipif(not DEEP, reason="all tenants; ADVIESPUNT_DEEP=1")
@pytest.mark.parametrize("tenant", register.tenants())
def test_the_quarter_the_register_begins_with(tenant: str) -> None:
    table = register.table(tenant, "2022-Q4", ["2022-10", "2022-11", "2022-12"])
    for audience in release_year({"2022-Q4": table}, {}, {}):
        assert audience.wrong == []
        assert audience.breaches() == []
        assert audience.figures["2022-Q4"].te_weinig


# The planted secrets (SIG-E and SIG-F)


def secret(tenant: str, months: str, sub: str) -> list[dict[str, str]]:
    """Rows of the register of this tenant, months ("2024-03") and sub-subject."""
    return [
        row
        for row in register.rows()
        if row["tenant"] == tenant
        and row["datum"].startswith(months)
        and row["subaard"] == sub
    ]


def test_one_incident_of_one_person_is_never_visible() -> None:
    """SIG-E: not in a report, and not as the year minus its quarters."""
    rows = secret("rozendaal", "2024-03", "BEH.VEIL")
    assert len(rows) == 1
    inside = ("2024-Q1", "2024-H1", "2024")
    for audience, _ in both("rozendaal", 2024):
        for code in inside:
            assert "aard:BEH" not in audience.figures[code].printed
            assert "wet:WMO" not in audience.figures[code].printed
        _nobody_computes(
            audience,
            ("aard:BEH", "wet:WMO"),
            (("2024", "2024-H2"), ("2024-H1", "2024-Q2")),
        )


def _nobody_computes(
    audience: Released, ids: Iterable[str], periods: Iterable[tuple[str, str]]
) -> int:
    """Whoever subtracts the second period of a pair from the first keeps all of 1..k
    open; how many differences that were tried."""
    document = audit_document(audience.ledger, audience.policy)
    names = {cell["id"] for cell in document["cells"]}
    cells = [{**cell, "sensitive": False} for cell in document["cells"]]
    rests = 0
    for id, (longer, shorter) in itertools.product(ids, periods):
        whole, part = qualified(longer, id), qualified(shorter, id)
        if not names.issuperset((whole, part)):
            continue
        rest = {"id": f"{whole} rest", "value": None, "hidden": True, "sensitive": True}
        cells.append(rest)
        sums = {"sum": whole, "of": [part, rest["id"]], "group": False}
        document["relations"].append(sums)
        rests += 1
    document["cells"] = cells
    found = audit(document)
    assert found.breaches == ()
    assert document["must_contain"] == [1, audience.policy.k]
    return rests


def test_six_kwesties_of_one_client_are_never_visible() -> None:
    """SIG-F: enough kwesties, and one person."""
    rows = secret("kleinhof", "2025", "BEH.DWANG")
    rows = [row for row in rows if row["wet"] == "WZD"]
    assert len(rows) == 6
    assert len({row["client"] for row in rows}) == 1
    tables = register.year("kleinhof", 2025)
    assert tables["2025"].by_id["aard:BEH"].kwesties >= 6
    for audience, _ in both("kleinhof", 2025):
        for code, figures in audience.figures.items():
            cells = {c for row in rows for c in register.cells_of(row)}
            small = {id for id in cells if tables[code].by_id[id].clienten < 5}
            assert "aard:BEH" in small
            assert small.isdisjoint(figures.printed)
        assert audience.breaches() == []


def test_without_protection_both_secrets_would_be_plain() -> None:
    """The same attacker on the same reports when they are printed as counted."""
    for tenant, jaar in (("rozendaal", 2024), ("kleinhof", 2025)):
        wide, _ = run(tenant, jaar)
        ledger: Ledger = wide.ledger
        bare = Ledger(
            tuple(
                replace(
                    r, printed={c.id: c.kwesties for c in r.table.cells if not c.hidden}
                )
                for r in ledger.releases
            )
        )
        found = audit(audit_document(bare, WIDE)).breaches
        assert f"{jaar}/aard:BEH" in {breach.cell for breach in found}


# The same secrets where there is much to show: Rozendaal shows next to nothing anyway.
PERIODS = ("2024-Q1", "2024-Q2", "2024-H1", "2024-H2", "2024")


def planted(*secrets: dict[str, str]) -> dict[str, CountTable]:
    """A fictional tenant: Nijmegen in 2024 without aard BEH and wet WZD, with these
    rows put in (client and month, the rest as in Nijmegen)."""
    rows = [
        row
        for row in register.rows_of("nijmegen")
        if row["datum"].startswith("2024")
        and row["aard"] != "BEH"
        and row["wet"] != "WZD"
    ]
    return register.year_of([*rows, *({**rows[0], **own} for own in secrets)], 2024)


SIG_E = ({"datum": "2024-03-11", "client": "E", "aard": "BEH"},)
SIG_F = tuple(
    {"datum": f"2024-{1 + n:02d}-09", "client": "F", "aard": "BEH", "wet": "WZD"}
    for n in range(6)
)


@pytest.mark.parametrize(
    ("secrets", "ids"),
    [(SIG_E, ("aard:BEH",)), (SIG_F, ("aard:BEH", "wet:WZD"))],
    ids=["SIG-E", "SIG-F"],
)
def test_a_secret_in_a_large_tenant_stays_one_among_many_printed_numbers(
    secrets: tuple[dict[str, str], ...], ids: tuple[str, ...]
) -> None:
    tables = planted(*secrets)
    assert tables["2024"].by_id["aard:BEH"].kwesties == len(secrets)
    assert tables["2024"].by_id["aard:BEH"].clienten == 1
    assert tables["2024"].totaal.kwesties > 250
    quarters = coarse(tables, frozenset({"totaal", "soort", "aard"}))
    for audience in release_year(tables, quarters, quarters, PERIODS):
        assert audience.refused == {} and audience.wrong == []
        assert audience.breaches() == []
        for code, figures in audience.figures.items():
            # A period in which it did not happen may say so.
            happened = {id for id in ids if tables[code].by_id[id].kwesties}
            assert not happened & figures.printed.keys()
        year = audience.figures["2024"].printed
        assert sum(id.startswith("aard:") for id in year) >= 3
        assert "totaal" in year
        pairs = (("2024", "2024-H2"), ("2024-H1", "2024-Q2"))
        assert _nobody_computes(audience, ids[:1], pairs) == 2


# Nothing is hidden for nothing


@pytest.mark.parametrize(
    ("tenant", "jaar"),
    [(t, j) for t in LARGE for j in YEARS] if DEEP else FEW[:1],
)
def test_a_large_tenant_prints_every_subject_that_shields_nobody(
    tenant: str, jaar: int
) -> None:
    """About 300 kwesties a year: each aard cell of enough clients is printed in the
    public year report, or a certificate names the sensitive cell it shields."""
    wide, narrow = run(tenant, jaar)
    table, code = register.year(tenant, jaar)[str(jaar)], str(jaar)
    assert table.totaal.kwesties > 220
    for cell in table.cells:
        if cell.tabel != "aard" or cell.clienten < PUBLIC.k:
            continue
        id = qualified(code, cell.id)
        assert (
            cell.id in narrow.figures[code].printed
            or narrow.why[code].shields[id]
            or (id in narrow.why[code].ceiling and _shields(wide, code, id))
        )


def _shields(audience: Released, code: str, id: str) -> bool:
    why = audience.why[code]
    return id in why.sensitive or bool(why.shields[id])


@pytest.mark.skipif(not DEEP, reason="half a minute; ADVIESPUNT_DEEP=1")
@pytest.mark.parametrize("tenant", ["nijmegen", "zutphen"])
def test_a_year_that_is_known_beforehand_is_certified_too(tenant: str) -> None:
    for audience in together(tenant, 2024):
        assert audience.refused == {}
        assert audience.wrong == []
        assert audience.breaches() == []


# Regions


@pytest.mark.skipif(not DEEP, reason="minutes; ADVIESPUNT_DEEP=1")
@pytest.mark.parametrize(
    ("naam", "jaar"), [(naam, jaar) for naam in register.REGIONS for jaar in YEARS]
)
def test_a_region_does_not_give_back_what_its_gemeenten_withheld(
    naam: str, jaar: int
) -> None:
    members = {tenant: run(tenant, jaar) for tenant in register.REGIONS[naam]}
    members = {
        tenant: found
        for tenant, found in members.items()
        if all(str(jaar) in audience.figures for audience in found)
    }
    assert len(members) > 1
    wide, narrow = release_region(members, f"regio {jaar}", jaar)
    for audience in (wide, narrow):
        for refusal in audience.refused.values():
            assert refusal.code in REASONS
        assert audience.wrong == []
        assert audience.breaches() == []


@pytest.mark.skipif(not DEEP, reason="a minute; ADVIESPUNT_DEEP=1")
def test_a_region_printed_without_looking_gives_a_gemeente_away() -> None:
    """The same region as counted, next to what its gemeenten withheld."""
    members = {tenant: run(tenant, 2024) for tenant in ("nijmegen", "rozendaal")}
    wide, _ = release_region(members, "regio 2024", 2024)
    assert wide.refused == {}
    region = wide.ledger.releases[-1]
    assert region.table.naam == "regio 2024"
    shown = {c.id: c.kwesties for c in region.table.cells if not c.hidden}
    bare = replace(region, printed=shown)
    ledger = replace(wide.ledger, releases=(*wide.ledger.releases[:-1], bare))
    found = {breach.cell for breach in audit(audit_document(ledger, WIDE)).breaches}
    assert any(id.startswith("rozendaal 2024/") for id in found)
