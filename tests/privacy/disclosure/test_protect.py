"""One release: what is shown, what is withheld, and what is refused."""

import ast
import json
from pathlib import Path

import pytest

import privacy.disclosure
from privacy.disclosure import (
    CountCell,
    CountTable,
    Ledger,
    Policy,
    PublishableCell,
    PublishableTable,
    Refused,
    Relation,
    protect,
)
from privacy.disclosure.audit import audit
from privacy.disclosure.export import audit_document

AARD = ("FIN", "REL", "ORG", "WEI", "BEH", "OVE")
BROAD = Policy(k=5, publiek="opdrachtgever")
PUBLIC = Policy(k=10, publiek="openbaar")


def report(
    aard: tuple[int, ...] = (12, 3, 9, 0, 20, 6),
    klachten: tuple[int, int] = (6, 4),
    inhoud: dict[str, int] | None = None,
    clienten: dict[str, int] | None = None,
    group: bool = False,
) -> CountTable:
    """A year report with as many clients as kwesties unless ``clienten`` says so."""
    total = sum(aard)
    numbers = {"totaal": total}
    numbers |= {f"aard:{code}": n for code, n in zip(AARD, aard, strict=True)}
    numbers |= {"soort:VRAGEN": total - sum(klachten), "soort:KLACHTEN": sum(klachten)}
    numbers |= {"soort:KLACHT": klachten[0], "soort:REST": klachten[1]}
    numbers |= {f"inhoud:{name}": n for name, n in (inhoud or {}).items()}
    numbers["minuten"] = 40 * total
    people = {"minuten": total} | (clienten or {})
    cells = tuple(
        CountCell(
            id=id,
            tabel=id.partition(":")[0],
            dims=(),
            kwesties=number,
            clienten=people.get(id, number),
            hidden=id == "soort:REST",
        )
        for id, number in numbers.items()
    )
    relations = (
        Relation("totaal", tuple(f"aard:{code}" for code in AARD), group=group),
        Relation("totaal", ("soort:VRAGEN", "soort:KLACHTEN")),
        Relation("soort:KLACHTEN", ("soort:KLACHT", "soort:REST")),
    )
    return CountTable("2025", cells, relations, "totaal")


def test_a_small_number_is_withheld_together_with_one_that_shields_it() -> None:
    figures = protect(report(), BROAD, Ledger.empty())
    aard = {cell.id: cell.kwesties for cell in figures.view("aard")}
    withheld = {id for id, number in aard.items() if number is None}
    assert "aard:REL" in withheld
    assert len(withheld) == 2
    assert figures.cell("totaal").kwesties == 50


def test_the_hidden_rest_of_waarvan_klachten_is_protected_too() -> None:
    figures = protect(report(), BROAD, Ledger.empty())
    klachten = figures.cell("soort:KLACHTEN"), figures.cell("soort:KLACHT")
    assert any(cell.onderdrukt for cell in klachten)
    assert [cell.id for cell in figures.view("soort")] == [
        "soort:VRAGEN",
        "soort:KLACHTEN",
        "soort:KLACHT",
    ]


def test_all_but_a_few_kwesties_in_one_group_is_a_small_number_as_well() -> None:
    figures = protect(report(inhoud={"Informatie": 48}), BROAD, Ledger.empty())
    assert figures.cell("inhoud:Informatie").onderdrukt
    figures = protect(report(inhoud={"Informatie": 40}), BROAD, Ledger.empty())
    assert figures.cell("inhoud:Informatie").kwesties == 40


def test_many_kwesties_of_few_clients_are_withheld() -> None:
    table = report(aard=(40, 30, 20, 30, 20, 30), clienten={"aard:ORG": 4})
    figures = protect(table, BROAD, Ledger.empty())
    assert figures.cell("aard:ORG").onderdrukt


def test_one_client_with_more_than_half_of_a_cell_makes_it_sensitive() -> None:
    table = report(aard=(40, 30, 20, 30, 20, 30))
    cells = tuple(
        CountCell("aard:ORG", "aard", (), 20, 8, grootste=11)
        if cell.id == "aard:ORG"
        else cell
        for cell in table.cells
    )
    table = CountTable(table.naam, cells, table.relations, table.total)
    assert protect(table, BROAD, Ledger.empty()).cell("aard:ORG").onderdrukt


def test_a_cell_of_fewer_than_three_organisations_is_withheld() -> None:
    table = report(aard=(40, 30, 20, 30, 20, 30))
    cells = tuple(
        CountCell("aard:ORG", "aard", (), 20, 20, organisaties=2)
        if cell.id == "aard:ORG"
        else cell
        for cell in table.cells
    )
    table = CountTable(table.naam, cells, table.relations, table.total)
    assert protect(table, BROAD, Ledger.empty()).cell("aard:ORG").onderdrukt


def test_a_total_of_too_few_clients_shows_nothing_at_all() -> None:
    figures = protect(report((1, 0, 2, 0, 1, 0), (1, 0)), BROAD, Ledger.empty())
    assert figures.te_weinig
    assert figures.printed == {}


def test_nothing_small_means_nothing_withheld() -> None:
    table = report((30, 30, 30, 0, 30, 30), (30, 20))
    figures = protect(table, PUBLIC, Ledger.empty())
    assert figures.withheld == frozenset()
    assert figures.cell("aard:WEI").kwesties == 0


def test_the_public_version_prints_only_what_the_other_one_prints() -> None:
    table = report(inhoud={"Informatie": 45, "Verwijzing": 7})
    wide = protect(table, BROAD, Ledger.empty())
    narrow = protect(table, PUBLIC, Ledger.subset_of(wide))
    assert narrow.printed.items() <= wide.printed.items()
    assert narrow.withheld >= wide.withheld


def test_the_public_version_of_nothing_is_nothing() -> None:
    small = report((2, 1, 1, 0, 2, 2), (1, 0), clienten={"totaal": 4})
    wide = protect(small, BROAD, Ledger.empty())
    assert protect(report(), PUBLIC, Ledger.subset_of(wide)).te_weinig


@pytest.mark.parametrize("k", [5, 10])
def test_what_comes_out_stands_up_to_the_attacker(k: int) -> None:
    policy = Policy(k, "opdrachtgever")
    table = report(inhoud={"Informatie": 48, "Verwijzing": 7, "Collectief": 0})
    ledger = Ledger.empty().add(table, protect(table, policy, Ledger.empty()))
    found = audit(audit_document(ledger, policy))
    assert found.breaches == ()
    assert found.checked > 0


def test_the_same_figures_come_out_every_time_whatever_the_order() -> None:
    table = report()
    turned = CountTable(
        table.naam, table.cells[::-1], table.relations[::-1], table.total
    )
    first = protect(table, PUBLIC, Ledger.empty())
    assert protect(table, PUBLIC, Ledger.empty()).sha256() == first.sha256()
    assert protect(turned, PUBLIC, Ledger.empty()).printed == first.printed


def test_numbers_that_do_not_add_up_are_refused() -> None:
    table = report()
    cells = (CountCell("totaal", "totaal", (), 51, 51), *table.cells[1:])
    with pytest.raises(Refused) as refusal:
        protect(
            CountTable("2025", cells, table.relations, "totaal"), BROAD, Ledger.empty()
        )
    assert refusal.value.code == "tegenstrijdig"


def test_a_threshold_below_the_floor_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        protect(report(), Policy(4, "opdrachtgever"), Ledger.empty())
    assert refusal.value.code == "beleid"


def test_a_total_that_is_all_in_one_part_is_refused_and_gets_out_without_it() -> None:
    table = report((0, 0, 0, 40, 0, 0), (20, 10), group=True)
    with pytest.raises(Refused) as refusal:
        protect(table, BROAD, Ledger.empty())
    assert refusal.value.code == "groepsonthulling"
    assert refusal.value.cellen == ("2025/aard:WEI",)
    rest = protect(table.without("aard"), BROAD, Ledger.empty())
    assert rest.cell("totaal").kwesties == 40
    assert rest.view("aard") == ()


def test_a_total_that_is_spread_is_not_group_disclosure() -> None:
    table = report((5, 5, 5, 25, 5, 5), (20, 10), group=True)
    assert protect(table, BROAD, Ledger.empty()).cell("aard:WEI").kwesties == 25


def test_figures_survive_json_and_keep_their_hash() -> None:
    figures = protect(report(), PUBLIC, Ledger.empty())
    text = json.dumps(figures.to_json())
    again = PublishableTable.from_json(json.loads(text))
    assert again == figures
    assert again.sha256() == figures.sha256()


def test_json_does_not_tell_small_cells_from_shielding_ones() -> None:
    figures = protect(report(), BROAD, Ledger.empty()).to_json()
    for cell in figures["cells"]:
        assert set(cell) == {"id", "tabel", "dims", "kwesties", "onderdrukt"}
        assert (cell["kwesties"] is None) == cell["onderdrukt"]


def test_nobody_else_makes_publishable_figures() -> None:
    cell = PublishableCell("totaal", "totaal", (), 3)
    with pytest.raises(TypeError):
        PublishableTable("2025", 10, "openbaar", False, (cell,), object())


ATTACKER = "privacy.disclosure.audit"


def test_the_package_is_arithmetic_only_and_the_attacker_shares_no_code() -> None:
    folder = Path(privacy.disclosure.__file__).parent
    for file in folder.rglob("*.py"):
        names = _imports(file)
        assert not {n for n in names if n.split(".")[0] in {"django", "celery"}}
        own = {name for name in names if name.startswith("privacy")}
        assert all(name.startswith("privacy.disclosure.") for name in own), file
        attacker = {name for name in own if f"{name}.".startswith(f"{ATTACKER}.")}
        if file.parent.name == "audit":
            assert own == attacker, file
        else:
            assert attacker == set(), file


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found
