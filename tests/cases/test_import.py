"""Reading a register: every good row, no bad row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cases.importing import COLUMNS
from cases.models import Client, Contactmoment, Kwestie
from tests import people
from tests.cases.registers import (
    ARNHEM,
    GOED,
    WULPENHORST,
    counts,
    inside,
    line,
    numbers,
    read,
    rows,
    stored,
    without_rejected,
    write,
)

pytestmark = pytest.mark.django_db
MORGEN = (timezone.localdate() + timedelta(days=1)).isoformat()


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
FUTURE_TOO = f"{FUTURE} Ook niet goed: afgerond_op."
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
    ({"datum": MORGEN, "afgerond_op": MORGEN}, "datum", FUTURE_TOO),
    ({"kanaal": ""}, "kanaal", EMPTY),
    ({"kanaal": "FAX"}, "kanaal", UNKNOWN),
    ({"soort": ""}, "soort", EMPTY),
    ({"soort": "RUZIE"}, "soort", SOORTEN),
    ({"aard": "", "subaard": ""}, "aard", EMPTY),
    ({"aard": "fin", "subaard": ""}, "aard", AARDEN),
    (
        {"aard": "A" * 200_000, "subaard": ""},
        "rij",
        "Deze regel is te lang: meer dan 20000 tekens.",
    ),
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
    assert refusal["reason"] == reason
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


def test_a_kwestie_that_was_made_anonymous_stays_so(tmp_path: Path) -> None:
    """The file still knows who it was; we do not, and do not learn it again."""
    read(write(tmp_path, line()))
    with inside():
        Kwestie.objects.filter(tenant_id=ARNHEM).update(
            identiteitsstatus="GEANON",
            extern_rij=None,
            geanonimiseerd_op=timezone.now(),
        )
        Client.objects.filter(tenant_id=ARNHEM).update(
            identiteitsstatus="GEANON", extern_code=None
        )
    report = read(write(tmp_path, line(), line(nummer="A-2", client="c-2")))
    assert [(r["row"], r["column"]) for r in report["rejected"]] == [(2, "nummer")]
    with inside():
        gone = Kwestie.objects.get(tenant_id=ARNHEM, identiteitsstatus="GEANON")
        assert gone.extern_rij is None
        assert not Client.objects.filter(tenant_id=ARNHEM, extern_code="c-1").exists()


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
