"""The printed report says what the figures say, to whom they may be said."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from pypdf import PdfReader

from privacy.disclosure import PublishableTable
from signalering.report import (
    NietOpenbaar,
    Rapportdocument,
    openbare_context,
    print_pdf,
    print_pdfs,
    render_html,
)
from signalering.report.context import context_for, paragraphs
from signalering.report.document import OPENBARE_VELDEN
from tests.signalering.rapporten import (
    OPDRACHTGEVER,
    OPENBAAR,
    elements_of,
    openbaar,
    pages_of,
    rapport,
    tabel,
    text_of,
)

CONCEPT = "CONCEPT – VERTROUWELIJK"
FICTIEF = "FICTIEVE GEGEVENS"
NUMBER = re.compile(r"\d+(?:\.\d{3})*")
# Numbers in the document that are not figures: dates, page numbers, thresholds.
AROUND = re.compile(
    r"\d+ (?:januari|februari|maart|december) 202\d|heel 202\d|SHA-256|[0-9a-f]{64}"
    r"|versie \d|Versie \d|Pagina \d+ van \d+|over (?:5|10) of meer|Een 0 betekent"
    r"|(?:\. ){3,}\d+|Dat is 135 uur en 37 minuten"
)
CONFIDENTIAL = {
    *("wet", "kanaal", "tijd", "bevindingen", "aanbevelingen"),
    *("besproken_op", "besproken_met"),
    *("verdieping", "collectief", "signalen", "opvolging", "paragrafen"),
    *("onderzoeken", "herkomstkaart"),
}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return print_pdf(rapport())


@pytest.fixture(scope="module")
def public_pdf() -> bytes:
    return print_pdf(openbaar())


def numbers_in(text: str) -> set[str]:
    return set(NUMBER.findall(AROUND.sub(" ", text)))


def dutch(numbers: Iterable[int | None]) -> set[str]:
    return {f"{n:,}".replace(",", ".") for n in numbers if n is not None}


def prose_of(document: Rapportdocument) -> str:
    """All text of the HTML, the words of the charts included, without markup."""
    html = re.sub(r"<style>.*?</style>", "", render_html(document), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# ----------------------------------------------------------------------- the figures


def test_the_numbers_in_the_pdf_are_the_figures_and_nothing_else(pdf: bytes) -> None:
    assert numbers_in(text_of(pdf)) == dutch(OPDRACHTGEVER.values())


def test_the_public_numbers_are_the_public_figures(public_pdf: bytes) -> None:
    assert numbers_in(text_of(public_pdf)) == dutch(OPENBAAR.values())


def test_text_alternatives_hold_the_same_numbers(pdf: bytes) -> None:
    alternatives = [
        str(element["/Alt"]) for element in elements_of(pdf) if "/Alt" in element
    ]
    assert alternatives[1] == (
        "Staafdiagram aard van de kwesties: Financiën 211, Relatie 197,"
        " Organisatie 283, Weigering 229, Behandeling 149, Overig 61."
    )
    assert len(alternatives) == 6
    in_views = {id: n for id, n in OPDRACHTGEVER.items() if ":" in id}
    assert numbers_in(" ".join(alternatives)) == dutch(in_views.values())


def test_tables_show_each_label_with_its_number(pdf: bytes) -> None:
    text = text_of(pdf)
    assert "Opgelost vraag beantwoord, afspraken gemaakt" in text
    assert re.search(r"Wet maatschappelijke ondersteuning 467 Jeugdwet 663", text)
    assert "Alle kwesties 1.130" in text


def test_withheld_numbers_are_dashes_everywhere_they_would_have_been() -> None:
    weg = ("aard:ORG", "aard:OVE", "soort:VRAGEN", "soort:KLACHTEN", "soort:KLACHT")
    document = rapport(cijfers=tabel(weg=weg))
    pdf = print_pdf(document)
    gone = {OPDRACHTGEVER[id] for id in weg}
    assert numbers_in(text_of(pdf)) == dutch(set(OPDRACHTGEVER.values()) - gone)
    assert "Organisatie –" in text_of(pdf)
    alternatives = [str(e["/Alt"]) for e in elements_of(pdf) if "/Alt" in e]
    assert "Organisatie niet getoond" in alternatives[1]
    spoken = [e for e in elements_of(pdf) if e.get("/ActualText") == "niet getoond"]
    assert len(spoken) == len(weg)
    assert "<5" not in prose_of(document) and "< 5" not in prose_of(document)


def test_a_view_without_any_number_is_a_sentence_and_no_page_of_dashes() -> None:
    weg = ("wet:WMO", "wet:JW")
    quarter = rapport(cijfers=tabel(weg=weg), periode_code="2025-Q3")
    html = render_html(quarter)
    assert html.count("tonen wij niet over een kwartaal") == 1
    assert "Wet maatschappelijke ondersteuning" not in html
    assert "Telefoon" in html
    then = replace(quarter, vorige=tabel(), vorige_label="2024")
    assert "Wet maatschappelijke ondersteuning" in render_html(then)


def test_a_withheld_leader_is_not_called_less_than_the_others() -> None:
    text = prose_of(rapport(cijfers=tabel(weg=("aard:ORG", "aard:OVE"))))
    assert "aantal dat wij bij de aard tonen, is dat van Weigering" in text
    assert "Het vaakst ging het over" not in text


@pytest.mark.parametrize("order", [1, -1])
def test_the_six_kinds_keep_their_order(order: int) -> None:
    aantallen = dict(list(OPENBAAR.items())[::order])
    cijfers = tabel(aantallen, publiek="openbaar")
    html = render_html(openbaar(cijfers=cijfers))
    table = html[html.index("<caption>Aard") :]
    assert re.findall(r'<th scope="row">(\w+)</th>', table)[:6] == [
        *("Financiën", "Relatie", "Organisatie"),
        *("Weigering", "Behandeling", "Overig"),
    ]


def test_support_adds_up_to_more_than_the_total_and_says_why() -> None:
    assert "Daarom is de som van deze tabel hoger" in prose_of(openbaar())
    low: dict[str, int | None] = {**OPENBAAR, "inhoud:Ondersteuning": 20}
    low["inhoud:Informatie en advies"] = 20
    text = prose_of(openbaar(cijfers=tabel(low, publiek="openbaar")))
    assert "Daarom kan de som hoger zijn" in text


def test_an_earlier_period_is_quoted_as_it_was_printed() -> None:
    then: dict[str, int | None] = {
        id: n + 1000 if n else n for id, n in OPDRACHTGEVER.items()
    }
    vorige = tabel(then, weg=("aard:FIN", "minuten"))
    document = rapport(vorige=vorige, vorige_label="heel 2024")
    now = set(OPDRACHTGEVER.values())
    pdf_numbers = numbers_in(text_of(print_pdf(document)))
    assert pdf_numbers == dutch(now | set(vorige.printed.values()))
    assert "In de vorige periode (heel 2024) waren het 2.130 kwesties." in prose_of(
        document
    )
    assert re.search(
        r'Financiën</th>.*?"getal">\s*211\s*</td>\s*<td class="getal">\s*–\s*</td>',
        render_html(document),
        re.DOTALL,
    )


@pytest.mark.parametrize("weg", [(), ("aard:FIN", "inhoud:Verwijzing", "soort:KLACHT")])
def test_in_short_has_three_figures_and_at_most_150_words(weg: tuple[str, ...]) -> None:
    html = render_html(rapport(cijfers=tabel(weg=(*weg, "resultaat:niet"))))
    part = html[html.index('id="kort">') + 10 : html.index('<section id="wij"')]
    words = unescape(re.sub(r"<[^>]+>", " ", part)).split()
    assert re.findall(r"<strong>([^<]+)</strong>", part) == ["1.130", "431", "699"]
    assert 40 < len(words) <= 150


def test_a_withheld_key_figure_is_a_dash_with_words() -> None:
    weg = ("totaal", "soort:VRAGEN", "soort:KLACHTEN")
    text = prose_of(rapport(cijfers=tabel(weg=weg)))
    assert "– kwesties (niet getoond) – vragen en wensen (niet getoond)" in text
    assert "Het totale aantal kwesties tonen wij niet." in text


# ------------------------------------------------------------- two audiences (S31, S38)


def test_the_public_version_holds_the_four_subjects_only(public_pdf: bytes) -> None:
    outline = PdfReader(BytesIO(public_pdf)).outline
    assert [item.title for item in outline if not isinstance(item, list)] == [
        "Signaleringsrapportage",
        "In het kort",
        "Wie wij zijn en hoe wij onafhankelijk werken",
        "Leeswijzer",
        "Aantal kwesties",
        "Aard van de kwesties",
        "Inhoud van de ondersteuning",
        "Resultaat van de ondersteuning",
        "Reactie van de opdrachtgever",
        "Verantwoording",
    ]


def test_the_opdrachtgever_reads_more(pdf: bytes) -> None:
    text = text_of(pdf)
    assert "Wetten waar kwesties over gaan" in text
    assert "Hoe mensen ons bereiken" in text
    assert "legden 8.137 minuten contacttijd vast. Dat is 135 uur" in text
    assert "Cliënten wachten lang op een gesprek." in text
    assert "op 12 februari 2026 met de opdrachtgever" in text
    assert "Wij herkennen dit beeld." in text


def test_the_public_reads_the_reaction_and_no_findings(public_pdf: bytes) -> None:
    text = text_of(public_pdf)
    assert "Wij herkennen dit beeld." in text
    for secret in ("Cliënten wachten lang", "contactpersoon", "12 februari", "minuten"):
        assert secret not in text


@pytest.mark.parametrize("field", sorted(CONFIDENTIAL | {"casus", "doc", "vorige"}))
def test_any_other_field_in_the_public_context_raises(field: str) -> None:
    context = context_for(openbaar())
    with pytest.raises(NietOpenbaar, match=field):
        openbare_context(**context, **{field: ""})


def test_every_field_of_the_document_is_outside_or_named_in_s38() -> None:
    public_fields = {"titel", "fictief", "drempel", "peildatum", "van"}
    public_fields |= {"reactie", "reactie_door", "bezwaar", "deelnemers"}
    for field in {f.name for f in fields(Rapportdocument)} - public_fields:
        with pytest.raises(NietOpenbaar):
            openbare_context(**{field: ""})


def test_what_only_the_opdrachtgever_gets_is_not_whitelisted() -> None:
    extra = set(context_for(rapport())) - set(context_for(openbaar()))
    assert extra == CONFIDENTIAL
    assert extra & OPENBARE_VELDEN == set()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bevindingen", "tekst"),
        ("aanbevelingen", "tekst"),
        ("bespreking_op", date(2026, 2, 12)),
        ("bespreking_deelnemers", "de wethouder"),
        ("paragrafen", {"aard": {"bevindingen": "tekst"}}),
    ],
)
def test_a_public_document_with_confidential_text_cannot_exist(
    field: str, value: object
) -> None:
    with pytest.raises(NietOpenbaar, match=field):
        openbaar(**{field: value})


@pytest.mark.parametrize("field", ["cijfers", "vorige"])
def test_a_public_document_with_another_subject_cannot_exist(field: str) -> None:
    wider = tabel({**OPENBAAR, "wet:WMO": 467}, publiek="openbaar")
    with pytest.raises(NietOpenbaar, match="wet"):
        openbaar(**{field: wider})


def test_figures_for_the_other_audience_are_refused() -> None:
    with pytest.raises(ValueError, match="audience"):
        replace(rapport(), cijfers=tabel(publiek="openbaar"), drempel=10)


def test_a_threshold_the_figures_were_not_made_with_is_refused() -> None:
    with pytest.raises(ValueError, match="threshold"):
        rapport(drempel=3)


# ------------------------------------------------------------ too few kwesties (V20)


@pytest.mark.parametrize("publiek", ["opdrachtgever", "openbaar"])
def test_too_few_kwesties_is_one_page_without_figures(publiek: str) -> None:
    cijfers = tabel(publiek=publiek, te_weinig=True)
    document = (rapport if publiek == "opdrachtgever" else openbaar)(cijfers=cijfers)
    pdf = print_pdf(document)
    text = text_of(pdf)
    assert len(pages_of(pdf)) == 1
    assert "te weinig kwesties om over te rapporteren" in text
    assert "Dat betekent niet dat er geen knelpunten zijn." in text
    assert numbers_in(text) == {str(cijfers.k)}
    assert [e for e in elements_of(pdf) if e["/S"] == "/Figure"] == []
    assert "Cliënten wachten lang" not in text


# ----------------------------------------------------------------------- watermarks


def test_a_draft_says_so_on_every_page(pdf: bytes) -> None:
    pages = pages_of(pdf)
    assert [page.count(CONCEPT) for page in pages] == [3, *[2] * (len(pages) - 1)]
    assert FICTIEF not in "".join(pages)


def test_an_adopted_report_has_no_watermark() -> None:
    document = rapport(
        status="VASTGESTELD", vastgesteld=True, vastgesteld_op=date(2026, 3, 3)
    )
    text = text_of(print_pdf(document))
    assert CONCEPT not in text
    assert "vastgesteld (vastgesteld op 3 maart 2026)" in text


@pytest.mark.parametrize("vastgesteld", [True, False])
def test_the_draft_watermark_is_the_opdrachtgever_s_only(vastgesteld: bool) -> None:
    op = None if not vastgesteld else date(2026, 3, 3)
    changed = {"vastgesteld": vastgesteld, "vastgesteld_op": op}
    assert (CONCEPT in prose_of(rapport(**changed))) is not vastgesteld
    assert CONCEPT not in prose_of(openbaar(**changed))


@pytest.mark.parametrize("make", [rapport, openbaar])
def test_fictional_figures_are_called_so_on_every_page(
    make: Callable[..., Rapportdocument],
) -> None:
    pages = pages_of(print_pdf(make(fictief=True)))
    assert [page for page in pages if FICTIEF not in page] == []


# -------------------------------------------------------------------- hostile texts


HOSTILE = (
    '<img src="http://127.0.0.1:9/x.png"><img src="file:///etc/passwd">'
    "</style></blockquote><script>alert(1)</script>"
    '<link rel=stylesheet href="http://127.0.0.1:9/x.css">{{ 7|add:7 }} {% now "Y" %}'
)


def test_hostile_text_is_printed_as_text_and_reaches_nothing() -> None:
    document = rapport(
        bevindingen=HOSTILE,
        aanbevelingen=HOSTILE,
        reactie=HOSTILE,
        reactie_door=HOSTILE,
        bespreking_deelnemers=HOSTILE,
        titel="<b>Titel</b>",
        tenant_naam='Gemeente "><script>x</script>',
        diensten=(HOSTILE,),
        labels={"aard:FIN": HOSTILE},
    )
    html = render_html(document)
    assert re.findall(r"<(?:script|img|link|b)\b", html) == []
    text = text_of(print_pdf(document))
    squeezed = text.replace(" ", "")
    assert '<imgsrc="file:///etc/passwd">' in squeezed
    assert "root:" not in text
    assert "{{7|add:7}}" in squeezed


def test_endless_words_stay_on_their_page() -> None:
    long = "Donaudampfschifffahrt" * 100
    pdf = print_pdf(rapport(bevindingen=long, reactie=long, tenant_naam="x" * 300))
    assert len(pages_of(pdf)) <= 20
    assert text_of(pdf).replace(" ", "").count("Donaudampfschifffahrt") > 180


def test_paragraphs_and_lists_are_read_from_plain_text() -> None:
    text = "Eerste regel\ntweede regel\r\n\r\nInleiding:\n- een\n* twee\n\n   \n\nSlot"
    found = [(alinea.tekst, alinea.punten) for alinea in paragraphs(text)]
    assert found == [
        ("Eerste regel tweede regel", ()),
        ("Inleiding:", ("een", "twee")),
        ("Slot", ()),
    ]
    assert paragraphs(" \n ") == ()


# ------------------------------------------------------------------- the file itself


def test_the_pdf_names_itself_and_nobody_else(pdf: bytes) -> None:
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"].get_object()
    assert root["/Lang"] == "nl"
    assert bool(root["/MarkInfo"]["/Marked"])
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata == {
        "/Title": "Signaleringsrapportage – Gemeente Voorbeeld – versie opdrachtgever",
        "/Creator": "Adviespunt",
        "/Producer": "Adviespunt",
    }
    xmp = root["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in xmp
    assert b"WeasyPrint" not in xmp and b"WeasyPrint" not in pdf


def test_headings_are_bookmarks(pdf: bytes) -> None:
    outline = PdfReader(BytesIO(pdf)).outline
    flat = [item.title for item in outline if not isinstance(item, list)]
    assert flat[0] == "Signaleringsrapportage"
    assert flat[-3:] == [
        "Bevindingen en aanbevelingen",
        "Bespreking en reactie",
        "Verantwoording",
    ]


def test_table_headers_have_a_scope_and_figures_a_text(pdf: bytes) -> None:
    elements = list(elements_of(pdf))
    scopes = {str(e["/A"]["/Scope"]) for e in elements if e["/S"] == "/TH"}
    assert scopes == {"/Column", "/Row"}
    assert [e for e in elements if e["/S"] == "/Figure" and not e.get("/Alt")] == []
    assert [e["/S"] for e in elements].count("/H1") == 1


def test_page_margins_are_artifacts_not_text_to_read(pdf: bytes) -> None:
    for page in PdfReader(BytesIO(pdf)).pages:
        stream = page.get_contents().get_data()  # type: ignore[union-attr]
        assert stream.count(b"/Pagination") >= 2  # running header and watermark


def test_the_same_document_gives_the_same_bytes(pdf: bytes) -> None:
    assert print_pdf(rapport()) == pdf


def test_both_artefacts_are_printed_side_by_side(pdf: bytes, public_pdf: bytes) -> None:
    assert print_pdfs([rapport(), openbaar()]) == [pdf, public_pdf]


def test_the_largest_report_has_at_most_20_pages() -> None:
    codes = {f"{view}:C{n}": 40 + n for view in ("wet", "kanaal") for n in range(15)}
    wide: dict[str, int | None] = {**OPDRACHTGEVER, **codes}
    document = rapport(
        cijfers=tabel(wide),
        vorige=tabel(wide),
        vorige_label="heel 2024",
        labels={id: f"Een lange omschrijving van onderdeel {id}" for id in wide},
        bevindingen="Een bevinding van een hele regel tekst. " * 150,
        reactie="woord " * 500,
    )
    assert len(pages_of(print_pdf(document))) <= 20


@pytest.mark.parametrize("tot", [date(2026, 1, 1), date(2025, 12, 31)])
def test_the_last_day_is_the_last_of_the_period(tot: date) -> None:
    assert "1 januari 2025 tot en met 31 december 2025" in prose_of(rapport(tot=tot))


def test_the_report_is_dutch_whatever_the_language_of_the_page() -> None:
    with translation.override("en"):
        abroad = context_for(rapport())
    assert abroad == context_for(rapport())


def test_a_page_gets_the_drawing_for_a_screen_and_paper_the_other() -> None:
    onderwerp = context_for(rapport())["aard"]
    screen = render_to_string("report/onderwerp.html", {"onderwerp": onderwerp})
    assert 'viewBox="0 0 400 ' in screen and 'viewBox="0 0 612 ' not in screen
    paper = render_html(rapport())
    assert 'viewBox="0 0 612 ' in paper and 'viewBox="0 0 400 ' not in paper
    assert "style=" not in screen and "<style" not in screen


def test_on_a_page_a_withheld_number_has_words_for_a_screen_reader() -> None:
    onderwerp = context_for(rapport(cijfers=tabel(weg=("aard:FIN",))))["aard"]
    screen = render_to_string("report/onderwerp.html", {"onderwerp": onderwerp})
    assert screen.count('<span class="app-hidden">niet getoond</span>') == 1


def test_only_publishable_figures_are_accepted() -> None:
    hints = Rapportdocument.__dataclass_fields__
    assert hints["cijfers"].type is PublishableTable
