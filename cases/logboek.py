"""Audit events of casework: one named function for each.

An event holds ids, codes and counts; never a name, a number or a text.

Guarded by tests/cases/test_committed.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import Contactmoment, Kwestie
from cases.selectors import Lijst
from privacy import audit
from tenants.access import Wie


def _rol(wie: Wie) -> str:
    return "staff" if wie.is_medewerker else "portal"


def _about(
    gebeurtenis: str,
    wie: Wie,
    kwestie: Kwestie,
    grond: str = "toegewezen",
    **extra: str | int | None,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=kwestie.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[kwestie.pk],
        grond=grond,
        extra=extra,
    )


def _shown(gebeurtenis: str, wie: Wie, lijsten: Iterable[Lijst]) -> None:
    regels = [regel for lijst in lijsten for regel in lijst.regels]
    ids = dict.fromkeys(regel.id for regel in regels if regel.id is not None)
    tenants = sorted({regel.plek.id for regel in regels})
    audit.record(
        gebeurtenis,
        tenant_id=tenants[0] if len(tenants) == 1 else None,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=ids,
        extra={
            "tenants": ",".join(map(str, tenants)),
            "afgeschermd": sum(regel.is_afgeschermd for regel in regels),
        },
    )


def kwesties_getoond(wie: Wie, lijst: Lijst) -> None:
    """A page of the list was shown."""
    _shown("kwesties_getoond", wie, [lijst])


def werk_getoond(wie: Wie, lijsten: Iterable[Lijst]) -> None:
    """Somebody's page *Mijn werk* was shown."""
    _shown("werk_getoond", wie, lijsten)


def kwestie_ingezien(wie: Wie, kwestie: Kwestie) -> None:
    """The content of a kwestie was shown."""
    own = kwestie.ondersteuner_id == wie.user_id
    _about("kwestie_ingezien", wie, kwestie, "toegewezen" if own else "team")


def kwestie_geregistreerd(wie: Wie, kwestie: Kwestie, *, bsn_akkoord: bool) -> None:
    _about(
        "kwestie_geregistreerd",
        wie,
        kwestie,
        status=kwestie.status,
        identiteitsstatus=kwestie.identiteitsstatus,
        bsn_akkoord=int(bsn_akkoord),
    )


def contact_toegevoegd(wie: Wie, kwestie: Kwestie, contact: Contactmoment) -> None:
    _about("contact_toegevoegd", wie, kwestie, contact=str(contact.pk))


def status_gewijzigd(wie: Wie, kwestie: Kwestie, van: str) -> None:
    _about(
        "kwestie_status_gewijzigd",
        wie,
        kwestie,
        van=van,
        naar=kwestie.status,
        resultaat=kwestie.resultaat,
    )


def kwestie_heropend(wie: Wie, kwestie: Kwestie, resultaat: str) -> None:
    """``resultaat``: the code that stood before."""
    _about("kwestie_heropend", wie, kwestie, resultaat=resultaat)


def kwestie_gewijzigd(wie: Wie, kwestie: Kwestie, velden: Iterable[str]) -> None:
    """``velden``: the names of the changed fields, not what is in them."""
    _about("kwestie_gewijzigd", wie, kwestie, velden=",".join(sorted(velden)))


def kwestie_toegewezen(wie: Wie, kwestie: Kwestie) -> None:
    _about("kwestie_toegewezen", wie, kwestie, "team", aan=str(kwestie.ondersteuner_id))


def verwijzing_toegevoegd(wie: Wie, kwestie: Kwestie, instantie_type: str) -> None:
    _about("verwijzing_toegevoegd", wie, kwestie, instantie_type=instantie_type)


def traject_toegevoegd(wie: Wie, kwestie: Kwestie, type: str) -> None:
    _about("traject_toegevoegd", wie, kwestie, type=type)
