"""Reading a register: every good row, no bad row, and twice is once."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from adviespunt import embedded
from cases.importing import COLUMNS, UnreadableRegister, import_register
from cases.models import Client, Contactmoment, Kwestie
from tenants.scope import Scope, acting_as
from tests import people
from tests.cases.registers import GOED, REGISTER, WAARHEID, line, manage, rows, write
from tests.conftest import copy_template, drop

pytestmark = pytest.mark.django_db
ARNHEM, WULPENHORST = 1, 2
MORGEN = (timezone.localdate() + timedelta(days=1)).isoformat()


def read(path: Path, actor: str | None = None, **options: Any) -> dict[str, Any]:
    """What the command prints."""
    wie = people.wie(actor) if actor else None
    return import_register(path, actor=wie, **options).to_json()


def inside(tenant_id: int = ARNHEM) -> Any:
    here = (tenant_id,)
    return acting_as(Scope("staff", None, here, tenant_id, here))


def stored(nummer: str = "A-1", tenant_id: int = ARNHEM) -> Kwestie:
    with inside(tenant_id):
        return Kwestie.objects.get(tenant_id=tenant_id, extern_nummer=nummer)


def numbers(tenant_id: int = ARNHEM) -> list[str]:
    with inside(tenant_id):
        found = Kwestie.objects.filter(tenant_id=tenant_id).values_list(
            "extern_nummer", flat=True
        )
        return sorted(str(nummer) for nummer in found)


def counts(**over: int) -> dict[str, int]:
    names = ("read", "created", "updated", "unchanged", "warnings")
    return {**dict.fromkeys(names, 0), **over}


def without_rejected(report: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in report.items() if name != "rejected"}


# ----------------------------------------------------------------------- good rows


def test_a_row_becomes_a_kwestie_with_its_client_and_its_contact(
    tmp_path: Path,
) -> None:
    report = read(write(tmp_path, line(wet="WMO ZVW")))
    assert report == {**counts(read=1, created=1, warnings=1), "rejected": []}
    kwestie = stored()
    assert {name: getattr(kwestie, name) for name in EXPECTED} == EXPECTED
    assert kwestie.nummer.startswith("ARN-")
    assert kwestie.ondersteuner_id == people.ident("anna")
    assert kwestie.opdracht_id == people.ident("opdracht-arnhem")
    with inside():
        client = Client.objects.get(tenant_id=ARNHEM)
        contact = Contactmoment.objects.get(tenant_id=ARNHEM)
    assert (client.extern_code, client.identiteitsstatus) == ("c-1", "BEKEND")
    assert (client.naam_v, kwestie.client_id) == (None, client.pk)
    assert contact.activiteiten == ["IND.BRIEF", "IND.INFO"]
    assert (contact.duur_min, contact.kwestie_id) == (45, kwestie.pk)
    assert timezone.localtime(contact.datum_tijd).date() == date(2025, 3, 3)


EXPECTED = {
    "bron": "IMPORT",
    "status": "AFGEROND",
    "datum": date(2025, 3, 3),
    "kanaal": "TEL",
    "soort": "ONVREDE",
    "aard": "ORG",
    "subaard": "ORG.WACHT",
    "wet": "WMO",
    "wetten": ["ZVW"],
    "rol": "CLIENT",
    "identiteitsstatus": "BEKEND",
    "laag": 2,
    "resultaat": "OPGELOST",
    "afgerond_op": date(2025, 4, 1),
    "activiteiten": ["IND.BRIEF", "IND.INFO"],
    "minuten": 45,
    "ondersteuner_code": "anna",
    "dienst": "OCO_SD",
    "aan_te_vullen": ["levensdomein"],
}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "AFGEROND"),
        ({"resultaat": "", "afgerond_op": ""}, "IN_ONDERSTEUNING"),
        ({"resultaat": "", "afgerond_op": "", "ondersteuner": ""}, "NIEUW"),
    ],
)
def test_the_status_follows_from_the_row(
    tmp_path: Path, change: dict[str, str], status: str
) -> None:
    read(write(tmp_path, line(**change)))
    assert stored().status == status


def test_a_supporter_without_account_is_kept_as_a_code(tmp_path: Path) -> None:
    read(write(tmp_path, line(ondersteuner="ondersteuner-77")))
    kwestie = stored()
    assert (kwestie.ondersteuner_code, kwestie.ondersteuner_id) == (
        "ondersteuner-77",
        None,
    )


def test_kwesties_of_one_code_are_of_one_client_within_a_tenant(
    tmp_path: Path,
) -> None:
    changes = ({}, {}, {"client": "c-2"}, {"tenant": "wulpenhorst"})
    read(write(tmp_path, *rows(*changes)))
    here = [stored(f"A-{n}").client_id for n in (1, 2, 3)]
    elsewhere = stored("A-4", WULPENHORST).client_id
    assert (here[0] == here[1], here[0] == here[2], here[0] == elsewhere) == (
        True,
        False,
        False,
    )


def test_the_identity_of_a_client_is_that_of_the_latest_row(tmp_path: Path) -> None:
    changes = (
        {"datum": "2025-03-03", "identiteit": "ANON_ZORG"},
        {"datum": "2025-02-02", "identiteit": "BEKEND"},
    )
    read(write(tmp_path, *rows(*changes)))
    with inside():
        assert Client.objects.get(tenant_id=ARNHEM).identiteitsstatus == "ANON_ZORG"
    later = {"nummer": "A-3", "datum": "2025-03-04", "identiteit": "BEKEND"}
    read(write(tmp_path, line(**later)))
    with inside():
        assert Client.objects.get(tenant_id=ARNHEM).identiteitsstatus == "BEKEND"


def test_a_cell_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    read(write(tmp_path, line(nummer="=1+1", ondersteuner="@SUM(A1)")))
    assert stored("=1+1").ondersteuner_code == "@SUM(A1)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_mark_and_line_ends_of_a_spreadsheet_make_no_difference(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    path = tmp_path / "excel.csv"
    text = newline.join([";".join(COLUMNS), line(ondersteuner="Zoë"), ";" * 16, ""])
    path.write_bytes(text.encode(encoding))
    report = read(path)
    assert without_rejected(report) == counts(read=1, created=1, warnings=1)
    assert stored().ondersteuner_code == "Zoë"


def test_columns_may_come_in_any_order_and_others_are_passed_over(
    tmp_path: Path,
) -> None:
    order = [*reversed(COLUMNS), "extra"]
    cells = ";".join({**GOED, "extra": "iets"}[column] for column in order)
    report = read(write(tmp_path, cells, header=";".join(order)))
    assert without_rejected(report) == counts(read=1, created=1, warnings=1)


# ------------------------------------------------------------------------ bad rows

UNKNOWN = "Deze code staat niet in de lijst."
EMPTY = "Hier moet een code staan."
NOT_ISO = "Schrijf de datum als jjjj-mm-dd."
FUTURE = "Deze datum ligt in de toekomst."
INVISIBLE = "Hier staat een onzichtbaar teken dat niet in een register hoort."
WHOLE = "Schrijf hele minuten: een getal van 0 tot en met 1440."
AARDEN = f"{UNKNOWN} Kies uit: FIN, REL, ORG, WEI, BEH, OVE."
SOORTEN = f"{UNKNOWN} Kies uit: VRAAG, WENS, ONVREDE, KLACHT, MELDING."

BAD: list[tuple[dict[str, str], str, str]] = [
    ({"nummer": ""}, "nummer", "Het nummer ontbreekt."),
    ({"nummer": "x" * 81}, "nummer", "Dit is langer dan 80 tekens."),
    ({"nummer": "A\x00B"}, "nummer", INVISIBLE),
    ({"tenant": ""}, "tenant", "De opdrachtgever ontbreekt."),
    (
        {"tenant": "atlantis"},
        "tenant",
        "Deze opdrachtgever is niet bekend. Laat die eerst aanmaken.",
    ),
    ({"datum": ""}, "datum", "De datum ontbreekt."),
    ({"datum": "2025-02-30"}, "datum", "Deze datum bestaat niet."),
    ({"datum": "03-03-2025"}, "datum", NOT_ISO),
    ({"datum": "20250303"}, "datum", NOT_ISO),
    ({"datum": "2025-03-٠٣"}, "datum", NOT_ISO),
    ({"datum": "2014-12-31"}, "datum", "Deze datum ligt voor 1 januari 2015."),
    ({"datum": MORGEN, "afgerond_op": MORGEN}, "datum", f"{FUTURE} "),
    ({"kanaal": ""}, "kanaal", EMPTY),
    ({"kanaal": "FAX"}, "kanaal", UNKNOWN),
    ({"soort": ""}, "soort", EMPTY),
    ({"soort": "RUZIE"}, "soort", SOORTEN),
    ({"aard": "", "subaard": ""}, "aard", EMPTY),
    ({"aard": "fin", "subaard": ""}, "aard", AARDEN),
    ({"aard": "A" * 200_000, "subaard": ""}, "rij", "te lang"),
    ({"subaard": "ORG.XYZ"}, "subaard", UNKNOWN),
    (
        {"subaard": "FIN.EB"},
        "subaard",
        "Deze nadere aanduiding hoort niet bij aard ORG.",
    ),
    ({"wet": ""}, "wet", EMPTY),
    ({"wet": "WMO XYZ"}, "wet", UNKNOWN),
    ({"wet": "WMO ZVW WMO"}, "wet", "Dezelfde wet staat hier meer dan eens."),
    ({"rol": ""}, "rol", EMPTY),
    ({"rol": "BUUR"}, "rol", UNKNOWN),
    ({"identiteit": ""}, "identiteit", EMPTY),
    (
        {"identiteit": "GEANON"},
        "identiteit",
        f"{UNKNOWN} Kies uit: ANONIEM, ANON_ZORG, BEKEND.",
    ),
    (
        {"identiteit": "ANONIEM"},
        "client",
        "Wie anoniem is, heeft geen cliëntcode. Haal de code weg.",
    ),
    (
        {"client": ""},
        "client",
        "De cliëntcode ontbreekt. Alleen ANONIEM mag zonder.",
    ),
    (
        {"identiteit": "ANON_ZORG", "client": ""},
        "client",
        "De cliëntcode ontbreekt. Alleen ANONIEM mag zonder.",
    ),
    ({"laag": ""}, "laag", EMPTY),
    ({"laag": "4"}, "laag", f"{UNKNOWN} Kies uit: 1, 2, 3."),
    ({"activiteiten": "IND.INFO IND.ZANG"}, "activiteiten", UNKNOWN),
    ({"resultaat": "GELUKT"}, "resultaat", UNKNOWN),
    (
        {"resultaat": ""},
        "resultaat",
        "De kwestie is afgerond, maar zonder resultaat.",
    ),
    (
        {"afgerond_op": ""},
        "afgerond_op",
        "Er staat een resultaat, maar niet wanneer de kwestie is afgerond.",
    ),
    ({"afgerond_op": MORGEN}, "afgerond_op", FUTURE),
    (
        {"afgerond_op": "2025-03-02"},
        "afgerond_op",
        "De kwestie kan niet zijn afgerond voor de datum waarop zij begon.",
    ),
    ({"afgerond_op": "2025-04-31"}, "afgerond_op", "Deze datum bestaat niet."),
    ({"minuten": ""}, "minuten", WHOLE),
    ({"minuten": "-5"}, "minuten", WHOLE),
    ({"minuten": "12,5"}, "minuten", WHOLE),
    ({"minuten": "1441"}, "minuten", WHOLE),
    ({"minuten": "veel"}, "minuten", WHOLE),
    ({"ondersteuner": "x" * 41}, "ondersteuner", "Dit is langer dan 40 tekens."),
]


@pytest.mark.parametrize(
    ("change", "column", "reason"), BAD, ids=[f"{n}-{b[1]}" for n, b in enumerate(BAD)]
)
def test_a_bad_row_is_refused_and_the_others_are_taken_in(
    tmp_path: Path, change: dict[str, str], column: str, reason: str
) -> None:
    bad = line(**{"nummer": "B-1", "client": "b-1", **change})
    report = read(write(tmp_path, line(nummer="A-1"), bad, line(nummer="A-2")))
    [refusal] = report["rejected"]
    assert (refusal["row"], refusal["column"]) == (3, column)
    assert refusal["reason"].startswith(reason) or reason == "te lang"
    assert len(refusal["value"]) <= 81
    assert without_rejected(report) == counts(read=3, created=2, warnings=2)
    assert numbers() == ["A-1", "A-2"]
    with inside():
        assert Client.objects.filter(tenant_id=ARNHEM).count() == 1


def test_the_value_that_is_wrong_is_shown(tmp_path: Path) -> None:
    report = read(write(tmp_path, line(kanaal="FAX")))
    assert report["rejected"] == [
        {"row": 2, "column": "kanaal", "value": "FAX", "reason": UNKNOWN}
    ]


def test_the_other_columns_that_are_wrong_are_named_too(tmp_path: Path) -> None:
    report = read(write(tmp_path, line(wet="X", kanaal="FAX", minuten="x")))
    assert report["rejected"] == [
        {
            "row": 2,
            "column": "kanaal",
            "value": "FAX",
            "reason": f"{UNKNOWN} Ook niet goed: wet, minuten.",
        }
    ]


def test_a_number_twice_in_a_file_is_refused_the_second_time(tmp_path: Path) -> None:
    twice = (line(), line(kanaal="MAIL"), line(tenant="wulpenhorst"))
    report = read(write(tmp_path, *twice))
    assert report["rejected"] == [
        {
            "row": 3,
            "column": "nummer",
            "value": "A-1",
            "reason": "Dubbel: dit nummer staat ook op regel 2.",
        }
    ]
    assert without_rejected(report) == counts(read=3, created=2, warnings=2)
    assert stored().kanaal == "TEL"


@pytest.mark.parametrize(
    "odd", ["te;weinig", line() + ";te veel", '"' + line(), '"x"y;' + line()]
)
def test_a_line_of_another_shape_is_refused_on_its_own(
    tmp_path: Path, odd: str
) -> None:
    report = read(write(tmp_path, line(), odd, line(nummer="A-2")))
    [refusal] = report["rejected"]
    assert (refusal["row"], refusal["column"]) == (3, "rij")
    assert numbers() == ["A-1", "A-2"]


def test_a_client_that_is_anonymised_gets_no_kwesties(tmp_path: Path) -> None:
    read(write(tmp_path, line()))
    with inside():
        Client.objects.filter(tenant_id=ARNHEM).update(identiteitsstatus="GEANON")
    many = rows(*({"client": f"c-{n % 4}"} for n in range(12)))
    report = read(write(tmp_path, *many[1:]))
    assert [(r["row"], r["column"], r["value"]) for r in report["rejected"]] == [
        (2, "client", "c-1"),
        (6, "client", "c-1"),
        (10, "client", "c-1"),
    ]
    assert without_rejected(report) == counts(read=11, created=8, warnings=8)
    with inside():
        gone = Client.objects.get(tenant_id=ARNHEM, extern_code="c-1")
        assert Client.objects.filter(tenant_id=ARNHEM).count() == 4
    assert gone.identiteitsstatus == "GEANON"


# ------------------------------------------------------------------ what is lacking


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, ["levensdomein"]),
        ({"resultaat": "", "afgerond_op": ""}, ["levensdomein", "doel_client"]),
        ({"resultaat": "VERWEZEN"}, ["levensdomein", "verwijzing"]),
        ({"resultaat": "BUITEN"}, ["levensdomein"]),
        ({"resultaat": "KLACHT_ING"}, ["levensdomein", "traject"]),
        ({"resultaat": "BEZW_ING"}, ["levensdomein", "traject"]),
        ({"resultaat": "OMB_GES"}, ["levensdomein", "traject"]),
        ({"activiteiten": ""}, ["levensdomein", "activiteiten"]),
        ({"wet": "ONBEKEND"}, ["levensdomein", "wet"]),
        ({"wet": "ONBEKEND", "soort": "MELDING"}, ["levensdomein"]),
        (
            {"wet": "ONBEKEND", "resultaat": "", "afgerond_op": ""},
            ["levensdomein", "doel_client"],
        ),
    ],
)
def test_what_an_old_register_lacks_is_a_warning(
    tmp_path: Path, change: dict[str, str], lacks: list[str]
) -> None:
    report = read(write(tmp_path, line(**change)))
    assert without_rejected(report) == counts(read=1, created=1, warnings=len(lacks))
    assert stored().aan_te_vullen == lacks


# ------------------------------------------------------------------- a second time


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({}, {"kanaal": "FAX"}, {"resultaat": "VERWEZEN"}))
    first = read(path)
    before = {nummer: stored(nummer).__dict__ for nummer in numbers()}
    second = read(path)
    after = {nummer: stored(nummer).__dict__ for nummer in numbers()}
    assert without_rejected(second) == counts(read=3, unchanged=2, warnings=3)
    assert second["rejected"] == first["rejected"]
    drop_state(before), drop_state(after)
    assert after == before


def drop_state(found: dict[str, dict[str, Any]]) -> None:
    for fields in found.values():
        fields.pop("_state")


def test_a_row_that_changed_changes_its_kwestie(tmp_path: Path) -> None:
    still_open = {"resultaat": "", "afgerond_op": "", "activiteiten": ""}
    read(write(tmp_path, *rows(still_open, {})))
    other = stored("A-2").__dict__
    closed = {"wet": "ZVW", "minuten": "60", "client": "c-9", "ondersteuner": "bram"}
    report = read(write(tmp_path, *rows(closed, {})))
    assert without_rejected(report) == counts(
        read=2, updated=1, unchanged=1, warnings=2
    )
    kwestie, same = stored(), stored("A-2").__dict__
    drop_state({"a": other, "b": same})
    assert same == other
    assert (kwestie.status, kwestie.resultaat, kwestie.wet) == (
        "AFGEROND",
        "OPGELOST",
        "ZVW",
    )
    assert (kwestie.minuten, kwestie.activiteiten) == (60, ["IND.BRIEF", "IND.INFO"])
    assert kwestie.ondersteuner_id == people.ident("bram")
    assert (kwestie.versie, kwestie.aan_te_vullen) == (2, ["levensdomein"])
    with inside():
        client = Client.objects.get(tenant_id=ARNHEM, pk=kwestie.client_id)
    assert client.extern_code == "c-9"


def test_what_colleagues_changed_since_stays(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({"resultaat": "", "afgerond_op": ""}, {}))
    read(path)
    with inside():
        Kwestie.objects.filter(tenant_id=ARNHEM, extern_nummer="A-1").update(
            levensdomein=["ZORG"], status="WACHT_CLIENT", kanaal="MAIL", versie=7
        )
    report = read(path)
    assert without_rejected(report) == counts(read=2, unchanged=2, warnings=3)
    assert stored().kanaal == "MAIL"
    change = {"resultaat": "", "afgerond_op": "", "laag": "3"}
    report = read(write(tmp_path, *rows(change, {})))
    assert without_rejected(report) == counts(
        read=2, updated=1, unchanged=1, warnings=2
    )
    kwestie = stored()
    assert (kwestie.laag, kwestie.kanaal, kwestie.status) == (3, "MAIL", "WACHT_CLIENT")
    assert (kwestie.levensdomein, kwestie.aan_te_vullen) == (["ZORG"], ["doel_client"])
    assert kwestie.versie == 8


def test_a_change_that_cannot_be_carried_out_is_refused(tmp_path: Path) -> None:
    read(write(tmp_path, *rows({}, {})))
    report = read(write(tmp_path, *rows({"activiteiten": "", "laag": "3"}, {})))
    [refusal] = report["rejected"]
    assert (refusal["row"], refusal["column"], refusal["value"]) == (
        2,
        "activiteiten",
        "",
    )
    assert (stored().laag, stored().activiteiten) == (2, ["IND.BRIEF", "IND.INFO"])


def test_a_change_that_the_database_refuses_is_refused_whole(tmp_path: Path) -> None:
    read(write(tmp_path, *rows({"resultaat": "", "afgerond_op": ""}, {})))
    with inside():  # closed by a colleague in the meantime
        Kwestie.objects.filter(tenant_id=ARNHEM, extern_nummer="A-1").update(
            status="AFGEROND", resultaat="DEELS", afgerond_op="2025-03-03"
        )
    change = {"resultaat": "", "afgerond_op": "", "datum": "2025-05-05", "laag": "3"}
    report = read(write(tmp_path, *rows(change, {"laag": "1"})))
    [refusal] = report["rejected"]
    assert (refusal["row"], refusal["column"]) == (2, "rij")
    assert without_rejected(report) == counts(read=2, updated=1, warnings=1)
    assert (stored().laag, stored().datum) == (2, date(2025, 3, 3))


def test_an_anonymised_kwestie_does_not_come_back(tmp_path: Path) -> None:
    read(write(tmp_path, line()))
    with inside():
        Kwestie.objects.filter(tenant_id=ARNHEM).update(
            status="GEANONIMISEERD", extern_rij=None
        )
    report = read(write(tmp_path, line()))
    assert [refusal["column"] for refusal in report["rejected"]] == ["nummer"]
    assert stored().status == "GEANONIMISEERD"


def test_a_dry_run_tells_the_same_and_stores_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({}, {"kanaal": "FAX"}, {"tenant": "wulpenhorst"}))
    rehearsal = read(path, dry_run=True)
    assert (numbers(), numbers(WULPENHORST)) == ([], [])
    assert rehearsal == read(path)
    assert (numbers(), numbers(WULPENHORST)) == (["A-1"], ["A-3"])


# ----------------------------------------------------------------- in whose name


def test_rows_of_a_tenant_without_the_right_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, *rows({}, {"tenant": "wulpenhorst"}))
    report = read(path, actor="anna")
    assert [(r["row"], r["column"], r["value"]) for r in report["rejected"]] == [
        (3, "tenant", "wulpenhorst")
    ]
    assert report["rejected"][0]["reason"].startswith("Geen recht")
    assert (numbers(), numbers(WULPENHORST)) == (["A-1"], [])


@pytest.mark.parametrize("actor", ["els", "dewi", "gerard", "niemand", "hanna"])
def test_who_does_not_register_kwesties_imports_none(
    tmp_path: Path, actor: str
) -> None:
    report = read(write(tmp_path, line()), actor=actor)
    assert without_rejected(report) == counts(read=1)
    assert numbers() == []


# -------------------------------------------------------------------- the command


def command(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_register", *arguments, stdout=out)
    printed: dict[str, Any] = json.loads(out.getvalue())
    return printed


def test_the_command_prints_one_json_object(tmp_path: Path) -> None:
    path = write(tmp_path, line(), line(nummer="A-2", kanaal="FAX"))
    printed = command(str(path), "--actor", people.email("anna"))
    assert printed == {
        **counts(read=2, created=1, warnings=1),
        "rejected": [{"row": 3, "column": "kanaal", "value": "FAX", "reason": UNKNOWN}],
    }


def refusal_of(*arguments: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as caught:
        command(*arguments)
    return caught.value.returncode, str(caught.value)


def test_a_file_without_the_columns_is_refused_as_a_whole(tmp_path: Path) -> None:
    header = ";".join(c for c in COLUMNS if c not in ("aard", "rol"))
    path = write(tmp_path, line(), header=header)
    code, text = refusal_of(str(path))
    assert code == 2
    assert text == (
        "In de eerste regel ontbreken deze kolommen: aard, rol. Het scheidingsteken"
        " is een puntkomma. Er is niets ingelezen."
    )
    assert numbers() == []


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes((";".join(COLUMNS) + "\nZoë").encode("latin-1"))
    double = write(tmp_path, header=";".join([*COLUMNS, "aard"]))
    empty = tmp_path / "leeg.csv"
    empty.touch()
    for path in (latin, double, empty, tmp_path, tmp_path / "weg.csv"):
        assert refusal_of(str(path))[0] == 2
        with pytest.raises(UnreadableRegister):
            import_register(path)


def test_an_actor_must_have_an_account(tmp_path: Path) -> None:
    code, text = refusal_of(str(write(tmp_path, line())), "--actor", "x@y.example")
    assert (code, text) == (2, "Er is geen actief account met het adres x@y.example.")


# ------------------------------------------------------------------ a whole register

DATABASE = "adviespunt_eigen"
GEHEEL = "adviespunt_register"
PER_CEL = """
SELECT slug || '|' || to_char(datum, 'YYYY-"Q"Q') || '|' || aard, count(*),
       count(DISTINCT client_id) + (count(*) > count(client_id))::int
FROM cases_kwestie k JOIN tenants_tenant t ON t.id = k.tenant_id GROUP BY 1
"""


@pytest.fixture
def own_database(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """A committed copy with the people of the tests, to see what is left behind."""
    copy_template(DATABASE)
    with embedded.current().superuser(DATABASE) as server:
        yield server
    drop(DATABASE)


def test_the_audit_names_the_actor_and_counts(
    own_database: psycopg.Connection[Any], tmp_path: Path
) -> None:
    path = write(tmp_path, *rows({}, {"kanaal": "FAX"}, {}))
    rehearsal = manage(DATABASE, "import_register", str(path), "--dry-run")
    done = manage(
        DATABASE, "import_register", str(path), "--actor", people.email("anna")
    )
    assert (done.returncode, done.stdout) == (0, rehearsal.stdout)
    events = own_database.execute(
        "SELECT tenant_id, actor_id, rol, onderwerp_ids, grond, extra"
        " FROM privacy_auditevent WHERE gebeurtenis = 'register_ingelezen'"
    ).fetchall()
    extra = {
        "nieuw": 2,
        "gewijzigd": 0,
        "ongewijzigd": 0,
        "afgewezen": 0,
        "waarschuwingen": 2,
    }
    anna = people.ident("anna")
    assert events == [(ARNHEM, anna, "staff", [], "registratie", extra)]


@pytest.fixture(scope="module")
def register(
    django_db_setup: None,
) -> Iterator[tuple[psycopg.Connection[Any], dict[str, Any], dict[str, Any]]]:
    """A database of its own with the 25 tenants; the register read in it, twice."""
    copy_template(GEHEEL)
    with embedded.current().superuser(GEHEEL) as server:
        server.execute("UPDATE tenants_tenant SET is_fictief = true")
        made = manage(GEHEEL, "demo_data", "--kwesties", "0")
        assert made.returncode == 0, made.stderr
        first = manage(GEHEEL, "import_register", str(REGISTER))
        second = manage(GEHEEL, "import_register", str(REGISTER))
        yield server, json.loads(first.stdout), json.loads(second.stdout)
    drop(GEHEEL)


def test_the_register_is_read_whole(register: Any) -> None:
    _server, first, second = register
    lacking = 6047 + 257 + 589 + 365 + 184 + 19
    assert without_rejected(first) == counts(read=6047, created=6047, warnings=lacking)
    assert without_rejected(second) == counts(
        read=6047, unchanged=6047, warnings=lacking
    )
    assert (first["rejected"], second["rejected"]) == ([], [])


def test_the_register_counts_as_the_truth(register: Any) -> None:
    server, *_reports = register
    truth = json.loads(WAARHEID.read_text(encoding="utf-8"))["tenant|kwartaal|aard"]
    found = {
        cell: {"kwesties": kwesties, "clienten": clienten}
        for cell, kwesties, clienten in server.execute(PER_CEL)
    }
    assert found == truth


def test_the_register_holds_its_contacts_people_and_traces(register: Any) -> None:
    server, *_reports = register

    def one(query: str) -> Any:
        return server.execute(query).fetchone()[0]

    assert one("SELECT count(*) FROM cases_contactmoment") == 6047
    assert one("SELECT count(*) FROM cases_client") == 3505
    assert one("SELECT count(*) FROM cases_kwestie WHERE ondersteuner_id IS NULL") == 0
    assert one("SELECT count(DISTINCT nummer) FROM cases_kwestie") == 6047
    assert one("SELECT count(*) FROM cases_kwestie WHERE bron <> 'IMPORT'") == 0
    events = server.execute(
        "SELECT tenant_id, actor_id, extra->'nieuw' FROM privacy_auditevent"
        " WHERE gebeurtenis = 'register_ingelezen'"
    ).fetchall()
    assert Counter(actor for _tenant, actor, _new in events) == {None: 50}
    assert sum(new for _tenant, _actor, new in events) == 6047
