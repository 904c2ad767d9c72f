"""The seal (PAdES) on what was printed, put on in a limited child of its own.

Invariant: the private key is read in that child and nowhere else. The worker forks the
children that draw documents from itself, so what it never read they cannot hold. Of
the bytes that were drawn not one changes.

Guarded by tests/signalering/test_zegelen.py.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from types import ModuleType

from signalering.certificaat import CertificaatFout, Sleutelplek, require_valid
from signalering.report.printing import PrintFailed, in_children

_warming = threading.Lock()


def seal(pdfs: Sequence[tuple[bytes, str]], plek: Sleutelplek) -> list[bytes]:
    """Each PDF, given with its code, with its seal. All of them or none.

    Raises ``CertificaatFout`` when the certificate is missing or not valid today, and
    ``PrintFailed`` when sealing did not work (its message names no text).
    """
    require_valid(plek)
    sign = _loaded().sign
    works = [
        partial(sign, pdf, f"Vastgestelde rapportage, controlecode {code}", plek)
        for pdf, code in pdfs
    ]
    try:
        sealed = in_children(works)
    except PrintFailed as failure:
        if CertificaatFout.__name__ in str(failure):
            raise CertificaatFout(
                "the key of the seal is missing or wrong"
            ) from failure
        raise
    for (pdf, _code), result in zip(pdfs, sealed, strict=True):
        if not result.startswith(pdf) or len(result) == len(pdf):
            raise PrintFailed("the seal changed what was printed")
    return sealed


def _loaded() -> ModuleType:
    """pyHanko, loaded before the first fork; no page of the web server needs it."""
    with _warming:
        from signalering.report import signing  # noqa: PLC0415

        return signing
