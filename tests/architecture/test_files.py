"""A file is a page that can be read: at most 400 lines, and it imports what it lists."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STOREYS = ("adviespunt", "signalering", "cases", "tenants", "privacy")
MOST = 400
TEMPLATE = 160  # a guide of 150
# Told by the name of the module, not that of the package.
OF_OURSELVES = {*STOREYS, "tests"}


def sources() -> list[Path]:
    """All but migrations: those tell what happened and are never edited."""
    return [
        path
        for storey in STOREYS
        for path in sorted((ROOT / storey).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_file_is_longer_than_400_lines() -> None:
    found = {str(p.relative_to(ROOT)): lines_of(p) for p in sources()}
    assert len(found) > 400
    assert {name: n for name, n in found.items() if n > MOST} == {}


def test_no_template_is_longer_than_its_guide() -> None:
    found = {p.name: lines_of(p) for p in (ROOT / "templates").rglob("*.html")}
    assert {name: n for name, n in found.items() if n > TEMPLATE} == {}


def imported() -> dict[str, str]:
    """Top-level names that the product imports, and where one of them is."""
    found = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            for name in names:
                found[name.partition(".")[0]] = str(path.relative_to(ROOT))
    return found


def test_what_the_product_imports_is_in_its_list_of_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    listed = {
        re.split(r"[\[<>=~!;]", wanted)[0].strip().lower().replace("_", "-")
        for wanted in (
            *project["project"]["dependencies"],
            *project["dependency-groups"]["dev"],
        )
    }
    owners = packages_distributions()
    missing = {
        name: where
        for name, where in imported().items()
        if name not in sys.stdlib_module_names
        and name not in OF_OURSELVES
        and not {o.lower().replace("_", "-") for o in owners.get(name, [])} & listed
    }
    assert missing == {}
