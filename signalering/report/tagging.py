"""What WeasyPrint leaves undone for PDF/UA, finished before the file is written.

Table headers get their ``Scope`` and links are printed like they show; text in the page margins (running header, page
number, watermark) becomes an artifact, so that a screen reader does not stumble over
it on every page; a withheld number is read aloud as what it is and not as a dash;
producer and generator are one fixed name. Works on the objects of
the PDF, without a second pass (tests/signalering/test_report.py).
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import pydyf

from signalering.charts import NIET_GETOOND

MAKER: Final = "Adviespunt"
UITGESPROKEN: Final = "niet getoond"
PRINT: Final = 4
PRODUCER: Final = re.compile(rb'(Producer=")[^"]*(")')


def finish(document: Any, pdf: Any) -> None:
    """The ``finisher`` of ``write_pdf``: changes ``pdf`` in place."""
    pdf.info["Producer"] = pydyf.String(MAKER)
    objects = {f"{one.number} 0 R".encode(): one for one in pdf.objects}
    root = objects.get(pdf.catalog.get("StructTreeRoot", b""))
    if root is not None:
        reachable = dict(_walk(objects, root["K"], in_head=False))
        _set_scopes(objects, reachable)
        _mark_artifacts(objects, pdf, root, reachable)
        _speak_withheld(document, objects)
    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("Subtype") == "/Link":
            one["F"] = PRINT
    metadata = objects.get(pdf.catalog.get("Metadata", b""))
    if metadata is not None:
        metadata.stream = [
            PRODUCER.sub(rb"\g<1>" + MAKER.encode() + rb"\g<2>", part)
            for part in metadata.stream
        ]


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
