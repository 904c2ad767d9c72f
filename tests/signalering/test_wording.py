"""Sentences agree with their numbers: none, one, many, withheld."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from privacy.disclosure import PublishableCell, PublishableTable
from signalering.report import wording
from signalering.report.context import context_for
from tests.signalering.rapporten import LABELS, OPENBAAR, rapport, tabel


@pytest.fixture(autouse=True)
def in_dutch() -> object:
    with translation.override("nl"):
        yield


def soorten(
    totaal: int | None, vragen: int | None, klachten: int | None
) -> PublishableTable:
    return tabel({"totaal": totaal, "soort:VRAGEN": vragen, "soort:KLACHTEN": klachten})


@pytest.mark.parametrize(
    ("totaal", "vragen", "klachten", "sentence"),
    [
        (
            *(1130, 430, 700),
            "In deze periode registreerden wij 1.130 kwesties: 430 vragen en wensen,"
            " en 700 klachten, onvrede en meldingen.",
        ),
        (
            *(2, 1, 1),
            "In deze periode registreerden wij 2 kwesties: 1 vraag of wens, en 1"
            " klacht, onvrede of melding.",
        ),
        (
            *(7, 7, 0),
            "In deze periode registreerden wij 7 kwesties: 7 vragen en wensen, en"
            " geen klachten, onvrede of meldingen.",
        ),
        (
            *(1, None, None),
            "In deze periode registreerden wij 1 kwestie. Hoeveel daarvan vragen of"
            " klachten waren, tonen wij niet.",
        ),
        (
            *(0, 0, 0),
            "In deze periode registreerden wij geen kwesties. Dat betekent niet dat er"
            " geen knelpunten zijn.",
        ),
        (*(None, 12, None), "Het totale aantal kwesties tonen wij niet."),
    ],
)
def test_the_total_in_a_sentence(
    totaal: int | None, vragen: int | None, klachten: int | None, sentence: str
) -> None:
    assert wording.total_sentence(soorten(totaal, vragen, klachten)) == sentence


@pytest.mark.parametrize(
    ("klacht", "begin"),
    [
        (60, "Daarvan waren 60 kwesties een klacht. Onvrede"),
        (1, "Daarvan was 1 kwestie een klacht. Onvrede"),
        (0, "Een klacht was daar niet bij. Onvrede"),
        (None, "Onvrede"),
    ],
)
def test_dissatisfaction_is_never_called_a_complaint(
    klacht: int | None, begin: str
) -> None:
    cijfers = tabel({"soort:KLACHTEN": 90, "soort:KLACHT": klacht})
    slot = " en meldingen zijn nog geen klacht. Daarom tellen wij die apart."
    assert wording.complaint_sentence(cijfers) == begin + slot


@pytest.mark.parametrize(
    ("now", "then", "part"),
    [
        (12, 9, "waren het 9 kwesties. Wij registreerden nu dus meer kwesties."),
        (9, 12, "waren het 12 kwesties. Wij registreerden nu dus minder kwesties."),
        (9, 9, "waren het 9 kwesties. Dat is evenveel als nu."),
        (9, 1, "was het 1 kwestie. "),
        (9, None, "Een vergelijking met de vorige periode (2024) kunnen wij niet"),
        (None, 9, "Een vergelijking met de vorige periode (2024) kunnen wij niet"),
    ],
)
def test_comparison_with_what_was_printed_then(
    now: int | None, then: int | None, part: str
) -> None:
    sentence = wording.comparison_sentence(
        tabel({"totaal": now}), tabel({"totaal": then}), "2024"
    )
    assert part in sentence


def test_without_an_earlier_report_there_is_no_comparison() -> None:
    assert wording.comparison_sentence(tabel(), None, "") == ""


@pytest.mark.parametrize(
    ("aantallen", "sentence"),
    [
        (
            (9, 7, 5),
            "Vaakst: Financiën (9 kwesties). Daarna volgt Relatie (7 kwesties).",
        ),
        ((9, 9, 5), "Vaakst: Financiën en Relatie (ieder 9 kwesties)."),
        (
            (9, 7, 7),
            "Vaakst: Financiën (9 kwesties). Daarna volgen Relatie en Organisatie"
            " (ieder 7 kwesties).",
        ),
        ((9, 0, 0), "Vaakst: Financiën (9 kwesties)."),
        ((7, 7, 7), ""),
        ((0, 0, 0), ""),
        ((None, None, None), ""),
        (
            (None, 7, 5),
            "Het hoogste aantal dat wij bij de aard tonen, is dat van Relatie"
            " (7 kwesties). Daarna volgt Organisatie (5 kwesties).",
        ),
        (
            (None, 7, 7),
            "De hoogste aantallen die wij bij de aard tonen, zijn die van Relatie en"
            " Organisatie (ieder 7 kwesties).",
        ),
    ],
)
def test_a_ranking_claims_no_more_than_is_shown(
    aantallen: tuple[int | None, ...], sentence: str
) -> None:
    ids = ("aard:FIN", "aard:REL", "aard:ORG")
    cellen = tabel(dict(zip(ids, aantallen, strict=True))).view("aard")
    assert wording.ranking_sentence("Vaakst:", "de aard", cellen, LABELS) == sentence


@pytest.mark.parametrize(
    ("lopend", "slot"),
    [
        (12, "Op de peildatum liepen er nog 12 kwesties."),
        (1, "Op de peildatum liep er nog 1 kwestie."),
        (0, "Op de peildatum liepen er geen kwesties meer."),
        (None, "(541 kwesties). Daarna volgt Doorverwezen (127 kwesties)."),
    ],
)
def test_what_still_runs_is_not_a_result(lopend: int | None, slot: str) -> None:
    cijfers = tabel({**OPENBAAR, "resultaat:LOPEND": lopend})
    sentence = wording.result_sentence(cijfers.view("resultaat"), LABELS)
    assert sentence.startswith("Het vaakst was het resultaat: Opgelost")
    assert sentence.endswith(slot)


@pytest.mark.parametrize(
    ("minuten", "slot"),
    [
        (8137, "8.137 minuten contacttijd vast. Dat is 135 uur en 37 minuten."),
        (121, "121 minuten contacttijd vast. Dat is 2 uur en 1 minuut."),
        (120, "120 minuten contacttijd vast. Dat is 2 uur."),
        (59, "59 minuten contacttijd vast."),
        (None, "De tijd die wij besteedden, tonen wij niet."),
    ],
)
def test_minutes_are_also_given_in_hours(minuten: int | None, slot: str) -> None:
    sentence = wording.minutes_sentence(tabel({"minuten": minuten}))
    assert sentence.endswith(slot)


def test_a_release_without_minutes_has_no_sentence_on_time() -> None:
    assert wording.minutes_sentence(tabel(OPENBAAR)) == ""


def test_zeros_are_named_and_withheld_ones_are_not() -> None:
    cellen = tabel({"aard:FIN": 0, "aard:REL": None, "aard:ORG": 0}).view("aard")
    assert wording.zero_sentence(cellen, LABELS) == (
        "Bij Financiën en Organisatie registreerden wij geen kwesties."
    )
    assert wording.zero_sentence(cellen[1:2], LABELS) == ""


def test_a_list_reads_like_dutch() -> None:
    assert wording.enumerate_nl([]) == ""
    assert wording.enumerate_nl(["a"]) == "a"
    assert wording.enumerate_nl(["a", "b", "c"]) == "a, b en c"


def test_a_date_is_written_out() -> None:
    assert wording.datum(date(2025, 7, 1)) == "1 juli 2025"


def test_an_unknown_status_is_still_readable() -> None:
    assert wording.status_text("VASTGESTELD") == "vastgesteld"
    assert wording.status_text("NOG_NIETS") == "nog niets"


# ----------------------------------------- every sentence with every small number

TOT_TWAALF = range(13)
NIET_DUTCH = re.compile(
    r"\b1 (?:kwesties|vragen|klachten|minuten|mensen)\b"
    r"|\b(?:0|[2-9]|1[0-2]) (?:kwestie|vraag|klacht|minuut)\b"
    r"|\b0 (?:kwesties|vragen|klachten|minuten|keer)\b"
    r"|\b(?:waren|waren er|waren het|liepen er nog|gingen) (?:1|1 \w+)\b"
    r"|\b(?:was|was er|was het|liep er nog) (?:[02-9]|1[0-2])\b"
    r"|^1 \w+(?: \w+){0,3} gingen|%|\bprocent\b|None|  | \.|\.\.| ,"
)


def pair(first: int | None, second: int | None) -> list[PublishableCell]:
    table = tabel({"aard:FIN": first, "aard:REL": second})
    return list(table.view("aard"))


def results(afgerond: int | None, lopend: int | None) -> list[PublishableCell]:
    table = tabel({"resultaat:opgelost": afgerond, "resultaat:LOPEND": lopend})
    return list(table.view("resultaat"))


ZINNEN: dict[str, Callable[[int, int], str]] = {
    "totaal": lambda n, m: wording.total_sentence(soorten(n + m, n, m)),
    "totaal, niet uit te splitsen": lambda n, m: wording.total_sentence(
        soorten(n, None, None)
    ),
    "klachten": lambda n, m: wording.complaint_sentence(
        tabel({"soort:KLACHTEN": n + m, "soort:KLACHT": n})
    ),
    "vergelijking": lambda n, m: wording.comparison_sentence(
        soorten(n, None, None), soorten(m, None, None), "2024"
    ),
    "rangorde": lambda n, m: wording.ranking_sentence(
        *wording.OVER_AARD, pair(n, m), LABELS
    ),
    "rangorde met een streepje": lambda n, m: wording.ranking_sentence(
        *wording.OVER_AARD, pair(n, None), LABELS
    ),
    "nullen": lambda n, m: wording.zero_sentence(pair(n, m), LABELS),
    "resultaat": lambda n, m: wording.result_sentence(results(n, m), LABELS),
    "meer dan het totaal": lambda n, m: wording.multiple_sentence(
        soorten(n, None, None), pair(n, m)
    ),
    "minuten": lambda n, m: wording.minutes_sentence(tabel({"minuten": n * 60 + m})),
    "signaal": lambda n, m: wording.signal_sentence("Organisatie", n),
    "vooraf": lambda n, m: wording.before_complaint_sentence(tabel({"vooraf:JA": n})),
    "groepen": lambda n, m: wording.participants_sentence(
        tabel({"collectief:groepen": n, "collectief:deelnemers": 5 * m})
    ),
}


@pytest.mark.parametrize("naam", ZINNEN)
def test_every_sentence_is_good_dutch_for_every_small_number(naam: str) -> None:
    for n in TOT_TWAALF:
        for m in TOT_TWAALF:
            zin = ZINNEN[naam](n, m)
            wrong = NIET_DUTCH.search(zin)
            assert wrong is None, (n, m, wrong and wrong[0], zin)
            assert zin == zin.strip()
            assert zin == "" or (zin[0].isupper() or zin[0].isdigit())
            assert zin == "" or zin.endswith(".")


@pytest.mark.parametrize("naam", sorted(ZINNEN.keys() - {"minuten", "groepen"}))
def test_a_sentence_holds_no_other_number_than_those_it_was_given(naam: str) -> None:
    for n in TOT_TWAALF:
        for m in TOT_TWAALF:
            numbers = {int(t) for t in re.findall(r"\d+", ZINNEN[naam](n, m))}
            assert numbers <= {n, m, n + m, 2024}, (n, m)


WEGGELATEN: dict[str, tuple[str, str]] = {
    "totaal": (wording.total_sentence(soorten(None, 3, 4)), "tonen wij niet"),
    "splitsing": (wording.total_sentence(soorten(7, None, 4)), "tonen wij niet"),
    "vergelijking": (
        wording.comparison_sentence(
            soorten(None, 3, 4), soorten(5, 3, 2), "vorig jaar"
        ),
        "kunnen wij niet laten zien",
    ),
    "minuten": (
        wording.minutes_sentence(tabel({"minuten": None})),
        "tonen wij niet",
    ),
    "signaal": (wording.signal_sentence("Relatie", None), "tonen wij niet"),
    "vooraf": (
        wording.before_complaint_sentence(tabel({"vooraf:JA": None})),
        "tonen wij niet",
    ),
    "groepen": (
        wording.participants_sentence(tabel({"collectief:groepen": None})),
        "tonen wij niet",
    ),
}


@pytest.mark.parametrize("naam", WEGGELATEN)
def test_a_withheld_number_is_said_to_be_withheld_and_never_to_be_nothing(
    naam: str,
) -> None:
    zin, words = WEGGELATEN[naam]
    assert words in zin
    assert "geen " not in zin
    assert zin.count("3") + zin.count("4") == 0


def test_nothing_at_all_is_said_of_nothing() -> None:
    none = tabel({"totaal": 0})
    assert wording.multiple_sentence(none, []) == ""
    assert wording.minutes_sentence(tabel({"minuten": 0})) == (
        "Onze cliëntondersteuners legden geen contacttijd vast."
    )
    zin = wording.comparison_sentence(none, soorten(0, 0, 0), "2024")
    assert zin.startswith("In de vorige periode (2024) waren er geen kwesties.")


def test_a_key_figure_of_one_is_one() -> None:
    figures = context_for(rapport(cijfers=soorten(1, 1, 0)))["kort"]
    assert isinstance(figures, dict)
    assert figures["kerncijfers"] == [
        ("1", "kwestie"),
        ("1", "vraag of wens"),
        ("0", "klachten, onvrede en meldingen"),
    ]


def test_when_nothing_was_counted_the_total_says_so_and_nothing_else_does() -> None:
    none = tabel(dict.fromkeys(OPENBAAR, 0))
    figures = context_for(rapport(cijfers=none))["kort"]
    assert isinstance(figures, dict)
    (said,) = filter(None, figures["zinnen"])
    assert said.startswith("In deze periode registreerden wij geen kwesties.")


@pytest.mark.parametrize(
    ("openbaar", "op", "woorden"),
    [
        (False, None, "nog niet besloten"),
        (False, date(2026, 2, 1), "op 1 februari 2026 dat dit rapport niet openbaar"),
        (True, date(2026, 2, 1), "toch openbaar wordt. Onze reden:"),
    ],
)
def test_what_was_decided_about_an_objection(
    openbaar: bool, op: date | None, woorden: str
) -> None:
    assert woorden in wording.objection_sentence(openbaar, op)
