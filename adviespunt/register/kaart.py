"""Writes the tables of docs/data-map.md from the source, between two marks a part.

What stands outside the marks is written by hand.
"""

from __future__ import annotations

import re
from pathlib import Path

from adviespunt.register.bron import DELEN, Tabel, bron, product_models

PAGINA = Path(__file__).resolve().parents[2] / "docs" / "data-map.md"
KOP = "| model, table | purpose | confidential | retention |\n|---|---|---|---|\n"


def marks(deel: str) -> tuple[str, str]:
    """Begin and end of a part on the page."""
    begin = f"<!-- {deel}: written by `manage.py verwerkingen --schrijf` -->\n"
    return begin, f"<!-- end of {deel} -->"


def row(tabel: Tabel, model: str) -> str:
    sealed = ", ".join(f"`{column}`" for column in tabel.verzegeld)
    told = "; ".join(part for part in (sealed, tabel.vertrouwelijk) if part) or "–"
    regel = tabel.regel
    kept = regel.kort if regel else tabel.bewaren
    return f"| `{model}`, {tabel.naam} | {tabel.doel} | {told} | {kept} |\n"


def tables(deel: str) -> str:
    """The rows of one part, in the order of the models."""
    known = bron().tabellen
    rows = [
        row(known[model._meta.db_table], model.__name__)
        for model in product_models()
        if model._meta.db_table in known and known[model._meta.db_table].deel == deel
    ]
    return KOP + "".join(rows)


def rendered(page: str) -> str:
    """The page with its parts as the source has them. ValueError without the marks."""
    for deel in DELEN:
        begin, end = marks(deel)
        if page.count(begin) != 1 or page.count(end) != 1:
            raise ValueError(f"docs/data-map.md lacks the marks of {deel}")
        pattern = re.escape(begin) + ".*?" + re.escape(end)
        old = re.search(pattern, page, flags=re.DOTALL)
        if old is None:
            raise ValueError(f"the marks of {deel} stand the wrong way round")
        page = page.replace(old.group(), begin + tables(deel) + end)
    return page


def is_current() -> bool:
    text = PAGINA.read_text("utf-8")
    return rendered(text) == text


def write() -> None:
    PAGINA.write_text(rendered(PAGINA.read_text("utf-8")), "utf-8")


__all__ = ["PAGINA", "is_current", "rendered", "tables", "write"]
