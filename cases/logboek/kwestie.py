"""Looking at kwesties and working on one."""

from __future__ import annotations

from collections.abc import Iterable

from cases.logboek.basis import _about, _over, _rol
from cases.models import Contactmoment, Kwestie
from cases.selectors import Groep, Grond, Lijst, Regel, grond_of
from privacy import audit
from tenants.access import Wie


def _shown(gebeurtenis: str, wie: Wie, lijsten: Iterable[Lijst]) -> None:
    """One event; a second one, with its ground, for what she sees as substitute."""
    regels = [regel for lijst in lijsten for regel in lijst.regels]
    namens = [regel for regel in regels if regel.is_namens]
    _shown_rows(gebeurtenis, wie, [r for r in regels if not r.is_namens])
    if namens:
        _shown_rows(gebeurtenis, wie, namens, Grond.PLAATSVERVANGING)


def _shown_rows(
    gebeurtenis: str, wie: Wie, regels: list[Regel], grond: str = ""
) -> None:
    ids = [regel.id for regel in regels if regel.id is not None]
    tenants = sorted({regel.plek.id for regel in regels})
    _over(
        gebeurtenis,
        wie,
        tenants,
        "kwestie",
        ids,
        grond,
        noemt=True,
        afgeschermd=sum(regel.is_afgeschermd for regel in regels),
    )


def kwesties_getoond(wie: Wie, lijst: Lijst) -> None:
    """A page of the list was shown."""
    _shown("kwesties_getoond", wie, [lijst])


def werk_getoond(wie: Wie, lijsten: Iterable[Lijst]) -> None:
    """Somebody's page *Mijn werk* was shown."""
    _shown("werk_getoond", wie, lijsten)


def _ground(wie: Wie, kwestie: Kwestie) -> str:
    """Why she sees it; a kwestie that came from elsewhere is hers or of the team."""
    own = kwestie.ondersteuner_id == wie.user_id
    return grond_of(kwestie) or ("toegewezen" if own else "team")


def kwestie_ingezien(wie: Wie, kwestie: Kwestie) -> None:
    """The content of a kwestie was shown."""
    _about("kwestie_ingezien", wie, kwestie, _ground(wie, kwestie), **_strikt(kwestie))


def _strikt(kwestie: Kwestie) -> dict[str, int]:
    """A mark on looking at what is STRIKT, for who watches over it (S79)."""
    return {"strikt": 1} if kwestie.vertrouwelijkheid == "STRIKT" else {}


def formulier_geopend(wie: Wie, kwestie: Kwestie, formulier: str) -> None:
    """A form about a kwestie was shown, with what is in it that the form is about."""
    _about(
        "formulier_geopend", wie, kwestie, _ground(wie, kwestie), formulier=formulier
    )


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


def achtergrond_gewijzigd(wie: Wie, kwestie: Kwestie, velden: Iterable[str]) -> None:
    """``velden``: the names of the changed answers, not what is in them."""
    _about("achtergrond_gewijzigd", wie, kwestie, velden=",".join(sorted(velden)))


def kwestie_toegewezen(wie: Wie, kwestie: Kwestie) -> None:
    _about("kwestie_toegewezen", wie, kwestie, "team", aan=str(kwestie.ondersteuner_id))


def verwijzing_toegevoegd(wie: Wie, kwestie: Kwestie, instantie_type: str) -> None:
    _about("verwijzing_toegevoegd", wie, kwestie, instantie_type=instantie_type)


def traject_toegevoegd(wie: Wie, kwestie: Kwestie, type: str) -> None:
    _about("traject_toegevoegd", wie, kwestie, type=type)


def dubbel_getoond(wie: Wie, tenant_id: int, kwesties: Iterable[Kwestie]) -> None:
    """While registering, these kwesties of her own were shown as perhaps the same."""
    audit.record(
        "dubbel_getoond",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[kwestie.pk for kwestie in kwesties],
        grond="toegewezen",
    )


def kwestie_afgedrukt(wie: Wie, kwestie: Kwestie) -> None:
    """The content of a kwestie was shown to be printed."""
    _about("kwestie_afgedrukt", wie, kwestie, _ground(wie, kwestie), **_strikt(kwestie))


def gezocht(wie: Wie, groepen: Iterable[Groep]) -> None:
    """A search: what kinds of hits, and which kwesties; never what was typed."""
    found = list(groepen)
    regels = [treffer.regel for groep in found for treffer in groep.treffers]
    ids = dict.fromkeys(regel.id for regel in regels if regel.id is not None)
    tenants = sorted({regel.plek.id for regel in regels})
    _over(
        "gezocht",
        wie,
        tenants,
        "kwestie",
        ids,
        soorten=",".join(groep.soort for groep in found),
        aantal=len(ids),
    )
