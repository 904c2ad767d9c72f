"""Printed reports on private storage, written so that half a file never exists.

A file gets its final name only when it is complete and on disk; the database row
that points at it is written afterwards. Files without a row are left-overs of a
worker that died and are removed at the next print of the same report.

Guarded by tests/signalering/test_taken.py.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings


def path_of(naam: str) -> Path:
    """Where the file with this recorded name is; ValueError outside the storage."""
    root = Path(settings.RAPPORT_ROOT).resolve()
    path = (root / naam).resolve()
    if not path.is_relative_to(root):
        raise ValueError("outside the report storage")
    return path


def write(rapportage_id: UUID, publiek: str, pdf: bytes) -> tuple[str, str]:
    """Store a PDF for good; returns (name below RAPPORT_ROOT, sha256 in hex)."""
    naam = f"{rapportage_id}/{publiek}-{uuid4()}.pdf"
    path = path_of(naam)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".deel")
    with os.fdopen(handle, "wb") as out:
        out.write(pdf)
        out.flush()
        os.fsync(out.fileno())
    Path(temporary).rename(path)
    return naam, hashlib.sha256(pdf).hexdigest()


def tidy(rapportage_id: UUID, kept: set[str]) -> None:
    """Remove files of this report that no row knows and no living job can own."""
    young = settings.JOB_LEASE_SECONDS  # another worker may be about to record it
    folder = path_of(str(rapportage_id))
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        naam = f"{rapportage_id}/{path.name}"
        if naam not in kept and time.time() - path.stat().st_mtime > young:
            path.unlink(missing_ok=True)
