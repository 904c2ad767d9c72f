"""A sealed text did not open: on record, with where and why, never what.

Guarded by tests/isolation/test_zegel_geweigerd.py.
"""

from __future__ import annotations

import logging
from uuid import UUID

from privacy import audit
from privacy.zegel import ZegelFout

logger = logging.getLogger(__name__)


def zegel_geweigerd(fout: ZegelFout, actor_id: UUID | None, rol: str) -> None:
    """Record the refusal; to be called in a transaction of its own, after the one in
    which it happened was rolled back.
    """
    plaats = fout.plaats
    logger.error("sealed text refused: %s", fout)
    audit.record(
        "zegel_geweigerd",
        tenant_id=plaats.tenant_id,
        actor_id=actor_id,
        rol=rol,
        onderwerp=plaats.tabel,
        ids=[plaats.pk],
        uitkomst="geweigerd",
        extra={"kolom": plaats.kolom, "reden": fout.reden},
    )
