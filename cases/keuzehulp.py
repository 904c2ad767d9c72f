"""Who fits a question: at most four questions, ending at one function (S147).

The whole tree is on the page, folded; what somebody opens is sent nowhere. Data in
``keuzehulp.json``. Guarded by tests/cases/test_functies.py.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from cases.codelists import label

PATH = Path(__file__).with_name("keuzehulp.json")


@cache
def _read() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded


def keuzehulp() -> dict[str, Any]:
    """``vraag`` with ``antwoorden``: each an ``antwoord`` and a further question
    (``verder``) or where it ends (``einde``: functie, naam, uitleg).
    """
    return _named(_read())


def _named(node: dict[str, Any]) -> dict[str, Any]:
    answers = []
    for answer in node["antwoorden"]:
        if "verder" in answer:
            answers.append({**answer, "verder": _named(answer["verder"])})
        else:
            end = answer["einde"]
            name = label("functie", end["functie"])
            answers.append({**answer, "einde": {**end, "naam": name}})
    return {"vraag": node["vraag"], "antwoorden": answers}
