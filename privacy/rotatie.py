"""Changing keys while people work: wrap again, in small steps, as often as it takes.

Texts are never touched: a rotation wraps the keys of tenants under another master
key, or the keys of persons under another tenant key. Each step is a transaction of
its own in the scope of one tenant; whatever stops it, the next run goes on where it
was. Rows that somebody is writing with are passed over and taken in a later round.

Guarded by tests/privacy/test_rotatie.py.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import ProtectedError, QuerySet

from privacy import hoofdsleutel
from privacy.models import Sleutel, Tenantsleutel
from privacy.sleutelring import Houder
from privacy.sleutels import (
    raw_sleutel,
    raw_tenant,
    raw_zoek,
    tenant_key,
    wrap,
    wrap_tenant,
)


def _versions(tenant_id: int) -> QuerySet[Tenantsleutel]:
    return Tenantsleutel.objects.filter(tenant_id=tenant_id).order_by("-versie")


def under_present_master(tenant_id: int) -> int:
    """Wrap the keys of this tenant with the master key in use; how many it took.

    Raises ZegelFout, OnbekendeHoofdsleutel.
    """
    naam, _key = hoofdsleutel.in_use()
    old = _versions(tenant_id).exclude(hoofdsleutel=naam).select_for_update()
    rows = list(old)
    if rows:
        hoofdsleutel.lay_down()
    for row in rows:
        again = wrap_tenant(tenant_id, row.versie, raw_tenant(row), raw_zoek(row))
        row.hoofdsleutel = again.hoofdsleutel
        row.sleutel, row.zoek = again.sleutel, again.zoek
        row.save(update_fields=["hoofdsleutel", "sleutel", "zoek"])
    return len(rows)


def begin_tenant_key(tenant_id: int) -> int | None:
    """A new key for this tenant, from now on in use; its version.

    None when nothing was ever sealed here. While an earlier rotation is not finished
    that one is gone on with: its version again. Raises ZegelFout.
    """
    versions = list(_versions(tenant_id).select_for_update())
    if not versions:
        return None
    newest = versions[0]
    if len(versions) > 1:
        return newest.versie
    made = wrap_tenant(
        tenant_id, newest.versie + 1, AESGCM.generate_key(256), raw_zoek(newest)
    )
    hoofdsleutel.lay_down()
    made.save(force_insert=True)
    return made.versie


def rewrap_some(tenant_id: int, most: int) -> int:
    """Wrap up to ``most`` keys with the newest tenant key; how many it took."""
    newest = _versions(tenant_id).first()
    if newest is None:
        return 0
    rows = list(
        Sleutel.objects.filter(tenant_id=tenant_id)
        .exclude(onder=newest)
        .select_related("onder")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("van")[:most]
    )
    key = tenant_key(newest)
    for row in rows:
        houder = Houder(row.tenant_id, row.soort, row.van)
        row.sleutel = wrap(key, raw_sleutel(row), houder)
        row.onder = newest
    Sleutel.objects.bulk_update(rows, ["sleutel", "onder"])
    return len(rows)


def drop_old_tenant_keys(tenant_id: int) -> int:
    """Delete the earlier keys of this tenant that wrap nothing any more."""
    newest = _versions(tenant_id).first()
    if newest is None:
        return 0
    gone = 0
    for old in _versions(tenant_id).exclude(pk=newest.pk):
        try:
            old.delete()
        except ProtectedError:
            continue
        gone += 1
    return gone


def left_to_do(tenant_id: int) -> tuple[int, int]:
    """(tenant keys under another master key, keys under an earlier tenant key)."""
    naam, _key = hoofdsleutel.in_use()
    newest = _versions(tenant_id).first()
    if newest is None:
        return 0, 0
    keys = Sleutel.objects.filter(tenant_id=tenant_id).exclude(onder=newest)
    return _versions(tenant_id).exclude(hoofdsleutel=naam).count(), keys.count()
