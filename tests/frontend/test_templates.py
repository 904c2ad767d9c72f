"""No page carries inline style or script: the Content-Security-Policy refuses it."""

import json
import re
from pathlib import Path

import pytest

from adviespunt.frontend import ROOT

TEMPLATES = ROOT / "templates"
# Printed by WeasyPrint, never sent to a browser.
PRINT = TEMPLATES / "report"
PAGES = sorted(
    path for path in TEMPLATES.rglob("*.html") if not path.is_relative_to(PRINT)
)
COMMENT = re.compile(
    r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL
)
REFUSED = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "hx-on": re.compile(r"\s(?:data-)?hx-on\b", re.IGNORECASE),
    "hx-vars or js:": re.compile(r"hx-vars|[\"'{ ]js:", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "data address": re.compile(r"(?:src|href)\s*=\s*[\"']data:", re.IGNORECASE),
    "other site": re.compile(
        r"(?:src|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.name))
def test_a_template_has_nothing_inline(page: Path) -> None:
    text = COMMENT.sub("", page.read_text())
    found = [name for name, pattern in REFUSED.items() if pattern.search(text)]
    assert found == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('<p style="color:red">', "style attribute"),
        ("<style>p{}</style>", "style element"),
        ("<script>x()</script>", "inline script"),
        ('<button onclick="x()">', "event handler"),
        ('<div hx-on:click="x()">', "hx-on"),
        ("<a href='javascript:x()'>", "javascript address"),
        ('<img src="data:image/png;base64,AA">', "data address"),
        ('<img src="//elders.example/x.png">', "other site"),
    ],
)
def test_the_scan_sees_what_it_should(line: str, name: str) -> None:
    assert [n for n, pattern in REFUSED.items() if pattern.search(line)] == [name]


def test_an_external_script_of_our_own_is_fine() -> None:
    line = '<script src="/static/adviespunt/app.js" defer></script>'
    assert [n for n, pattern in REFUSED.items() if pattern.search(line)] == []


def test_htmx_is_hardened() -> None:
    base = (TEMPLATES / "base.html").read_text()
    content = re.search(r"name=\"htmx-config\"\s+content='([^']*)'", base)
    assert content is not None
    assert json.loads(content.group(1)) == {
        "allowEval": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,
        "selfRequestsOnly": True,
        "allowScriptTags": False,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "422", "swap": True},
            {"code": "[45]..", "swap": False, "error": True},
        ],
    }


@pytest.mark.parametrize(
    ("naam", "most"),
    [("app", 4096), ("concept", 2048), ("sessie", 4096), ("passkey", 4096)],
)
def test_our_script_is_small_and_evaluates_nothing(naam: str, most: int) -> None:
    script = (ROOT / f"adviespunt/static/adviespunt/{naam}.js").read_text()
    assert len(script.encode()) < most
    assert re.findall(r"\beval\b|new Function|innerHTML|localStorage", script) == []
    assert re.findall(r"https?://", script) == []
