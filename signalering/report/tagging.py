"""What WeasyPrint leaves undone for PDF/A-3a and PDF/UA-1 at once, finished before the
file is written.

Table headers get their ``Scope`` and links are printed like they show; text in the
page margins (running header, page number, watermark) becomes an artifact, so that a
screen reader does not stumble over it on every page; a withheld number is read aloud
as what it is and not as a dash; producer and generator are one fixed name. A report
that will be sealed has the place for it from the start. Works on the objects of the
PDF, without a second pass (tests/signalering/test_report.py, test_zegelen.py).
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import pydyf

from signalering.charts import NIET_GETOOND

MAKER: Final = "Adviespunt"
UITGESPROKEN: Final = "niet getoond"
PRINT: Final = 4
LOCKED: Final = 128
VELD: Final = "Zegel"
PRODUCER: Final = re.compile(rb'(Producer=")[^"]*(")')
RDF: Final = b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
IDENTIFIER: Final = (
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    + RDF
    + b"><dc:identifier>%s</dc:identifier></rdf:Description>"
)
# PDF/A wants every namespace of its own explained in the file itself.
UA: Final = b"""<rdf:Description rdf:about="" RDF
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" RDF
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"
><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema
><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI
><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix
><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"
><pdfaProperty:name>part</pdfaProperty:name
><pdfaProperty:valueType>Integer</pdfaProperty:valueType
><pdfaProperty:category>internal</pdfaProperty:category
><pdfaProperty:description>PDF/UA part number</pdfaProperty:description
></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag
></pdfaExtension:schemas></rdf:Description>""".replace(b"RDF", RDF, 2)


def finish(document: Any, pdf: Any, *, code: str = "") -> None:
    """The ``finisher`` of ``write_pdf``: changes ``pdf`` in place.

    With a ``code`` the document gets a place for a seal, and says its code.
    """
    pdf.info["Producer"] = pydyf.String(MAKER)
    objects = {f"{one.number} 0 R".encode(): one for one in pdf.objects}
    root = objects.get(pdf.catalog.get("StructTreeRoot", b""))
    if root is not None:
        reachable = dict(_walk(objects, root["K"], in_head=False))
        _set_scopes(objects, reachable)
        _mark_artifacts(objects, pdf, root, reachable)
        _speak_withheld(document, objects)
        if code:
            _add_seal_field(pdf, objects, root)
    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("Subtype") == "/Link":
            one["F"] = PRINT
    if "AF" in pdf.catalog:  # WeasyPrint names each file twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    metadata = objects.get(pdf.catalog.get("Metadata", b""))
    if metadata is not None:
        _say_what_it_is(metadata, code)


def _say_what_it_is(metadata: Any, code: str) -> None:
    """The properties (XMP): our name, PDF/UA-1 besides PDF/A-3a, and the code.

    Not compressed: ``signalering.verificatie`` finds the code without reading the PDF.
    """
    text = b"".join(metadata.stream)
    text = PRODUCER.sub(rb"\g<1>" + MAKER.encode() + rb"\g<2>", text)
    extra = UA + (IDENTIFIER % code.encode() if code else b"")
    metadata.stream = [text.replace(b"</rdf:RDF>", extra + b"</rdf:RDF>", 1)]
    metadata.compress = False


def _add_seal_field(pdf: Any, objects: dict[bytes, Any], root: Any) -> None:
    """An invisible signature field in the structure tree, before anything is signed: a
    seal that is added later may change nothing of the document itself.
    """
    page_reference = pdf.page_references[-1]
    page, numbers = objects[page_reference], objects[root["ParentTree"]]["Nums"]
    key = max(numbers[::2]) + 1
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(VELD),
            "TU": pydyf.String("Digitaal zegel van Adviespunt"),
            "Rect": pydyf.Array([0, 0, 0, 0]),
            "F": PRINT | LOCKED,
            "P": page_reference,
            "StructParent": key,
        }
    )
    pdf.add_object(widget)
    whole = objects[root["K"][0]]
    form = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "P": whole.reference,
            "Pg": page_reference,
            "K": pydyf.Array(
                [
                    pydyf.Dictionary(
                        {"Type": "/OBJR", "Obj": widget.reference, "Pg": page_reference}
                    )
                ]
            ),
        }
    )
    pdf.add_object(form)
    whole["K"].append(form.reference)
    numbers.extend((key, form.reference))
    if "ParentTreeNextKey" in root:
        root["ParentTreeNextKey"] = key + 1
    page["Annots"] = pydyf.Array([*page.get("Annots", ()), widget.reference])
    page["Tabs"] = "/S"
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {"Fields": pydyf.Array([widget.reference]), "SigFlags": 3}
    )


def _walk(
    objects: dict[bytes, Any], kids: Any, *, in_head: bool
) -> Iterator[tuple[bytes, bool]]:
    """References of all structure elements, and whether each is in a table head."""
    for kid in kids:
        element = objects.get(kid) if isinstance(kid, bytes) else None
        if not isinstance(element, pydyf.Dictionary) or "S" not in element:
            continue
        head = in_head or element["S"] == "/THead"
        yield kid, head
        yield from _walk(objects, element.get("K", ()), in_head=head)


def _set_scopes(objects: dict[bytes, Any], reachable: dict[bytes, bool]) -> None:
    for reference, in_head in reachable.items():
        element = objects[reference]
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if in_head else "/Row"


def _speak_withheld(document: Any, objects: dict[bytes, Any]) -> None:
    """A cell with nothing but "–" gets the words a screen reader says instead."""
    for page in document.pages:
        for box in page._page_box.descendants():
            element = getattr(box, "mark", None)  # WeasyPrint's own link to its tag
            if element is None or element["S"] != "/TD":
                continue
            text = "".join(getattr(one, "text", "") for one in box.descendants())
            if text.strip() == NIET_GETOOND:
                _leaf(element, objects)["ActualText"] = pydyf.String(UITGESPROKEN)


def _leaf(element: Any, objects: dict[bytes, Any]) -> Any:
    """The innermost structure element: the one that holds the text itself."""
    while isinstance(kid := element["K"][0], bytes):
        element = objects[kid]
    return element


def _mark_artifacts(
    objects: dict[bytes, Any], pdf: Any, root: Any, reachable: dict[bytes, bool]
) -> None:
    """Marked content that no element of the tree owns is decoration of the page."""
    numbers = objects[root["ParentTree"]]["Nums"]
    owners_by_key = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in pdf.page_references:
        page = objects[reference]
        owners = owners_by_key[page["StructParents"]]
        _rename_orphans(objects[page["Contents"]].stream, owners, reachable)
        owners[:] = [owner if owner in reachable else "null" for owner in owners]


def _rename_orphans(
    commands: list[Any], owners: list[Any], reachable: dict[bytes, bool]
) -> None:
    """``/P <</MCID 3>> BDC`` without an owner becomes an artifact, in place."""
    for index, command in enumerate(commands):
        if not isinstance(command, pydyf.Dictionary) or "MCID" not in command:
            continue
        if owners[command["MCID"]] not in reachable:
            commands[index - 1] = "/Artifact"
            commands[index] = pydyf.Dictionary({"Type": "/Pagination"})
