"""Letters: templates with a few named places, and the files that come of them.

Invariant: a template holds no more than the names in ``velden`` and text; nothing of it
is carried out. Who the client is has names of its own, and those are refused where the
client is not to be known (V8, S20). Pure: no models.
Guarded by tests/cases/test_brieven.py.
"""

from cases.brieven.document import Blok, Document
from cases.brieven.opmaken import make_docx, make_odt
from cases.brieven.sjablonen import BLOKKEN, Invoer, Standaardblok, compose
from cases.brieven.velden import (
    VAN_CLIENT,
    Invulling,
    OnbekendVeld,
    VerborgenVeld,
    fill,
    identity_in,
)

__all__ = [
    "BLOKKEN",
    "VAN_CLIENT",
    "Blok",
    "Document",
    "Invoer",
    "Invulling",
    "OnbekendVeld",
    "Standaardblok",
    "VerborgenVeld",
    "compose",
    "fill",
    "identity_in",
    "make_docx",
    "make_odt",
]
