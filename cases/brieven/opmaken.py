"""A letter as a file to work on: Word (DOCX) and OpenDocument (ODT).

Both have a title, a language and real headings, for who listens to a screen reader;
their properties name nobody: not the client, not the writer.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
import odfdo
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from cases.brieven.document import CITAAT, KOP, Blok, Document

TAAL = "nl-NL"
LETTER = "Liberation Sans"
# The same for every letter: when one was made is in the letter itself.
ALTIJD = datetime(2020, 1, 1, tzinfo=UTC)


def make_docx(document: Document) -> bytes:
    """The letter as a Word document."""
    made: Any = docx.Document()
    _dress(made)
    about = made.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "category"):
        setattr(about, name, "")
    about.title, about.language = document.titel, TAAL
    about.created = about.modified = ALTIJD.replace(tzinfo=None)
    made.add_heading(document.onderwerp or document.titel, level=1)
    styles = {KOP: "Heading 2", CITAAT: "Quote"}
    for blok in document.blokken:
        paragraph = made.add_paragraph(style=styles.get(blok.soort, "Normal"))
        for number, line in enumerate(blok.regels):
            run = paragraph.add_run()
            if number:
                run.add_break()
            run.add_text(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _dress(made: Any) -> None:
    """Paper, letter and language."""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = LETTER, Pt(11)
    normal.paragraph_format.space_after = Pt(10)
    for name in ("Heading 1", "Heading 2"):
        made.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    for lang in made.styles.element.iter(qn("w:lang")):
        for kind in ("val", "eastAsia", "bidi"):
            lang.set(qn(f"w:{kind}"), TAAL)


def make_odt(document: Document) -> bytes:
    """The letter as an OpenDocument text."""
    made = odfdo.Document("text")
    made.meta.title = document.titel
    made.meta.language = TAAL
    made.meta.generator = "Adviespunt"
    made.meta.creator = made.meta.initial_creator = ""
    made.meta.creation_date = made.meta.date = ALTIJD
    made.language = TAAL
    quote = odfdo.Style("paragraph", name="Citaat", parent_style="Standard")
    quote.set_properties(
        {
            "fo:margin-left": "1cm",
            "fo:margin-bottom": "0.35cm",
        },
        area="paragraph",
    )
    plain = odfdo.Style("paragraph", name="Alinea", parent_style="Standard")
    plain.set_properties({"fo:margin-bottom": "0.35cm"}, area="paragraph")
    for style in (quote, plain):
        made.insert_style(style, automatic=True)
    made.body.clear()
    made.body.append(odfdo.Header(1, document.onderwerp or document.titel))
    for blok in document.blokken:
        made.body.append(_element(blok))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _element(blok: Blok) -> odfdo.Element:
    if blok.soort == KOP:
        return odfdo.Header(2, blok.tekst)
    style = "Citaat" if blok.soort == CITAAT else "Alinea"
    return odfdo.Paragraph(blok.tekst, style=style)
