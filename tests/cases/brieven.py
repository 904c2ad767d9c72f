"""Letters and files for tests, made by the services."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import docx
import odfdo
from django.utils import timezone

from cases.brieven import Document, make_docx, make_odt
from cases.models import Bijlage, Brief, Kwestie
from cases.services import Akkoord, Briefgegevens
from tests.cases import seed
from tests.cases.test_regels_toestemming import consent

WOORDEN = "Ik wacht al zes weken op de traplift."
WENS = "Ik wil dat iemand mij belt."


def letter(**over: Any) -> Briefgegevens:
    given: dict[str, Any] = {
        "soort": "KLACHT",
        "aan_soort": "ANDER",
        "aan": "Klachtencommissie\nPostbus 9\n6800 AA Arnhem",
        "onderwerp": "Klacht over de wachttijd",
        "woorden": WOORDEN,
        "wens": WENS,
        **over,
    }
    return Briefgegevens(**given)


def agreed(**over: Any) -> Akkoord:
    today = timezone.localdate()
    given: dict[str, Any] = {
        "besproken_op": today - timedelta(days=1),
        "akkoord_op": today,
        "door": "CLIENT",
        "wijze": "GESPREK",
        **over,
    }
    return Akkoord(**given)


def write(kwestie: Kwestie, **over: Any) -> Brief:
    made: Brief = seed.act("save_brief", kwestie, gegevens=letter(**over))
    return made


def allow(kwestie: Kwestie, **over: Any) -> Any:
    """The client allows a talk with the gemeente; the id of the consent."""
    return seed.act("give_toestemming", kwestie, toestemming=consent(**over)).pk


def finish(kwestie: Kwestie, brief: Brief, **over: Any) -> Brief:
    made: Brief = seed.act(
        *("finish_brief", kwestie),
        brief_id=brief.pk,
        versie=brief.versie,
        akkoord=agreed(**over),
    )
    return made


def attach(
    kwestie: Kwestie, naam: str = "brief.txt", inhoud: bytes = b"Dag."
) -> Bijlage:
    made: Bijlage = seed.act("add_bijlage", kwestie, naam=naam, inhoud=inhoud)
    return made


def read_docx(inhoud: bytes) -> str:
    document = docx.Document(io.BytesIO(inhoud))
    return "\n".join(p.text for p in document.paragraphs)


def read_odt(inhoud: bytes) -> str:
    return str(odfdo.Document(io.BytesIO(inhoud)).get_formatted_text())


def files(brief: Brief) -> dict[str, bytes]:
    document = Document.from_text(brief.inhoud)
    return {"docx": make_docx(document), "odt": make_odt(document)}
