"""Own values of a tenant in the lists of casework (S146).

An own value lives under a code of the core: whatever counts, counts the core. Only the
further description of the aard can have them. Guarded by tests/cases/test_eigen.py.
"""

from __future__ import annotations

from cases import codelists
from tenants.beheer.lijsten import values_of
from tenants.models import EigenWaarde

SUBAARD = "subaard"


def subaarden_of(tenant_id: int) -> list[tuple[str, str]]:
    """(code, name) of what this tenant added and still offers."""
    return [(waarde.code, waarde.naam) for waarde in values_of([tenant_id])]


def is_subaard(tenant_id: int, code: str) -> bool:
    """Whether the code is in the list, or an own value of the tenant (old or new)."""
    if code in codelists.codes(SUBAARD):
        return True
    return _of(tenant_id, code) is not None


def subaard_label(tenant_id: int, code: str) -> str:
    """The name of a further description; '' for '', the code when it is unknown."""
    if not code:
        return ""
    if code in codelists.codes(SUBAARD):
        return codelists.label(SUBAARD, code)
    own = _of(tenant_id, code)
    return own.naam if own else code


def of_core(code: str) -> str:
    """What another tenant understands of it: a code of the core, else ''."""
    return code if code in codelists.codes(SUBAARD) else ""


def _of(tenant_id: int, code: str) -> EigenWaarde | None:
    return EigenWaarde.objects.filter(
        tenant_id=tenant_id, lijst=SUBAARD, code=code
    ).first()
