"""Printed reports on private storage, written so that half a file never exists.

A file gets its final name only when it is complete and on disk; the database row
that points at it is written afterwards. Files without a row are left-overs of a
worker that died and are removed at the next print of the same report.

What everybody may have lies once more in a folder of its own, under the number of its
publication: there from the moment of publication to the withdrawal, and it is all that
the process of the public pages can reach.

Guarded by tests/signalering/test_taken.py and test_openbare_bestanden.py.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

OPENBAAR = re.compile(r"[0-9a-f-]{36}\.pdf")


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
    _put(path, pdf)
    return naam, hashlib.sha256(pdf).hexdigest()


def _put(path: Path, content: bytes, mode: int = 0o600) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".deel")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fchmod(out.fileno(), mode)
        os.fsync(out.fileno())
    Path(temporary).rename(path)


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


def public_path(publicatie_id: UUID) -> Path:
    """Where the PDF of this publication is for everybody."""
    return Path(settings.OPENBAAR_ROOT) / f"{publicatie_id}.pdf"


def set_out(publicatie_id: UUID, naam: str, sha256: str) -> None:
    """Lay the stored PDF out for everybody; OSError or ValueError when that cannot be.

    Nobody can fetch it before the publication stands in the database.
    """
    pdf = path_of(naam).read_bytes()
    if hashlib.sha256(pdf).hexdigest() != sha256:
        raise ValueError("not the file that was recorded")
    path = public_path(publicatie_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    _put(path, pdf, mode=0o644)


def take_in(publicatie_id: UUID) -> None:
    """Nobody can fetch it any more; nothing happens when it was not there."""
    public_path(publicatie_id).unlink(missing_ok=True)


def left_over(standing: set[UUID]) -> list[Path]:
    """Files for everybody that belong to no publication that stands, but for those of
    the last minutes: somebody may be publishing now.
    """
    root = Path(settings.OPENBAAR_ROOT)
    kept = {public_path(pk).name for pk in standing}
    old = time.time() - settings.JOB_LEASE_SECONDS
    return [
        path
        for path in (root.iterdir() if root.is_dir() else ())
        if path.name not in kept
        and (OPENBAAR.fullmatch(path.name) or path.suffix == ".deel")
        and path.stat().st_mtime < old
    ]
