"""Questions about somebody's day: what is due, who waits, and who stands in for whom.

Hers are her own kwesties and those of whom she stands in for today
(``zicht.cared_for_by``). Whatever their number, the questions are as many: one for each
kind of row. Guarded by tests/cases/test_dag.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cases import werkdagen
from cases.models import (
    OPEN,
    Agendapunt,
    ExternTraject,
    Kwestie,
    Plaatsvervanging,
    Stap,
    Status,
)
from cases.selectors.dagvragen import (
    AGENDA,
    MAXIMUM,
    STAPPEN,
    TRAJECTEN,
    VENSTERS,
    here_of,
    per_tenant,
    with_number,
)
from cases.selectors.onderdelen import load_parts
from cases.selectors.termijnen import LANGST, terms_in
from cases.selectors.zaken import Zaakrij, zaken_rows
from cases.selectors.zicht import cared_for_by, plekken_for, plekken_to_register
from tenants.access import Plek, Wie
from tenants.models import TenantInstelling
from tenants.roles import Recht

VOORUIT = timedelta(days=7)  # S7 warns seven days before
# Our own choice: after four weeks without a word, look whether the client is all right.
STIL_NA = timedelta(days=28)
NOG_NIET_BEGONNEN = (Status.NIEUW, Status.TOEGEWEZEN)
OMBUDSMAN = "OMBUDSMAN"
STAP = "STAP"
TRAJECT = "TRAJECT"


@dataclass(frozen=True, slots=True)
class Punt:
    """One thing that is due. ``id``: of the row it comes from; ``namens``: the name of
    the absent colleague whose kwestie it is.
    """

    soort: str
    wat: str
    dag: date
    id: UUID
    kwestie_id: UUID
    nummer: str
    plek: Plek
    tekst: str = ""
    van: time | None = None
    tot: time | None = None
    is_wettelijk: bool = False
    # Of a step: besproken, akkoord or uitgevoerd; of a route: its phase.
    volgende: str = ""
    namens: str = ""

    @property
    def is_te_laat(self) -> bool:
        return self.dag < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Zaak:
    """One open kwestie of hers, with its last contact (None: not one yet); or a closed
    one in which somebody wrote.
    """

    id: UUID
    nummer: str
    plek: Plek
    datum: date
    status: str
    laatste_contact_op: datetime | None
    aangemaakt_op: datetime
    namens: str = ""
    norm: int = TenantInstelling.REACTIENORM  # of its tenant, in working days (S75)
    heeft_bericht: bool = False  # its sender wrote, and nobody read it yet (S39)

    @property
    def is_stil(self) -> bool:
        """Nothing was heard for STIL_NA."""
        border = timezone.now() - STIL_NA
        if self.laatste_contact_op is None:
            return self.datum < timezone.localdate(border)
        return self.laatste_contact_op < border

    @property
    def is_onbeantwoord(self) -> bool:
        """Nobody answered within the norm (S75)."""
        is_new = self.status in NOG_NIET_BEGONNEN and self.laatste_contact_op is None
        return is_new and self.aangemaakt_op < reaction_border(self.norm)


@dataclass(frozen=True, slots=True)
class Turf:
    """The tally of today for one tenant: calls counted (None: not yet), calls
    registered (S113).
    """

    plek: Plek
    geteld: int | None
    vastgelegd: int

    @property
    def ontbreekt(self) -> int:
        return max((self.geteld or 0) - self.vastgelegd, 0)

    @property
    def is_begonnen(self) -> bool:
        """Whether anything of today was counted or registered."""
        return self.geteld is not None or self.vastgelegd > 0


@dataclass(frozen=True, slots=True)
class Dag:
    """Everything of *Mijn dag*."""

    nu: list[Punt]
    straks: list[Punt]
    zaken: list[Zaak]
    vervangingen: list[tuple[Plek, Plaatsvervanging]]
    turven: list[Turf]
    te_toetsen: int

    @property
    def onbeantwoord(self) -> list[Zaak]:
        return [zaak for zaak in self.zaken if zaak.is_onbeantwoord]

    @property
    def eigen(self) -> list[Zaak]:
        """Her own, the one without contact for longest first."""
        return [z for z in self.zaken if not z.namens and z.status in OPEN]

    @property
    def berichten(self) -> list[Zaak]:
        """In which somebody wrote through the loket; closed ones too."""
        return [zaak for zaak in self.zaken if zaak.heeft_bericht]


def reaction_border(norm: int) -> datetime:
    """What came before this moment has waited longer than ``norm`` working days (S75)."""
    return werkdagen.voor(timezone.now(), norm)


def shared_norm(norms: Iterable[int]) -> int:
    """The one reaction norm among these; 0 when there are different ones, or none."""
    found = set(norms)
    return found.pop() if len(found) == 1 else 0


def day_of(wie: Wie) -> Dag:
    """What is due for her, over all her tenants; six questions."""
    plekken = plekken_for(wie)
    windows = windows_of(wie, plekken)
    today = timezone.localdate()
    open_now = [w for w in windows if w.vervanger_id == wie.user_id and w.is_van_nu]
    names = {w.afwezige_id: w.afwezige.naam for w in open_now}
    punten = _punten(wie, plekken, open_now, names, today + VOORUIT)
    registers = plekken_to_register(wie)
    here = {plek.id for plek in registers} | set(wie.with_right(Recht.KWESTIE_EIGEN))
    found = per_tenant(wie, [wie.plekken[t] for t in sorted(here)], today)
    return Dag(
        nu=[punt for punt in punten if punt.dag <= today],
        straks=[punt for punt in punten if punt.dag > today],
        zaken=_zaken(wie, zaken_rows(wie, plekken, open_now), names, found),
        vervangingen=[(wie.plekken[w.tenant_id], w) for w in windows],
        turven=[Turf(plek, *found[plek.id][1:3]) for plek in registers],
        te_toetsen=sum(waits for *_rest, waits in found.values()),
    )


def windows_of(wie: Wie, plekken: Sequence[Plek]) -> list[Plaatsvervanging]:
    """Now or later: for whom she stands in, and who stands in for her."""
    return VENSTERS(wie=wie.user_id, tenants=tuple(plek.id for plek in plekken))


def _punten(
    wie: Wie,
    plekken: Sequence[Plek],
    windows: Sequence[Plaatsvervanging],
    names: dict[UUID, str],
    tot: date,
) -> list[Punt]:
    about = (wie, plekken, windows)
    found = [_of_agenda(wie, row, names) for row in AGENDA(*about, tot)]
    found += [_of_stap(wie, row, names) for row in STAPPEN(*about, tot)]
    routes = TRAJECTEN(*about, timezone.localdate() - LANGST)
    found += _of_trajecten(wie, routes, names, tot)
    return sorted(found, key=lambda punt: (punt.dag, punt.van or time(0), punt.nummer))


def _about(
    wie: Wie, row: Agendapunt | Stap | ExternTraject, names: dict[UUID, str]
) -> dict[str, object]:
    owner = row.kwestie.ondersteuner_id
    return {
        "id": row.pk,
        "kwestie_id": row.kwestie_id,
        "nummer": row.kwestie.nummer,
        "plek": wie.plekken[row.tenant_id],
        "namens": "" if owner == wie.user_id or owner is None else names.get(owner, ""),
    }


def _of_agenda(wie: Wie, row: Agendapunt, names: dict[UUID, str]) -> Punt:
    return Punt(
        soort=row.soort,
        wat=str(Agendapunt.Soort(row.soort).label),
        dag=row.dag,
        van=row.van,
        tot=row.tot,
        tekst=row.waarover,
        is_wettelijk=row.is_wettelijk,
        **_about(wie, row, names),  # type: ignore[arg-type]
    )


def _of_stap(wie: Wie, row: Stap, names: dict[UUID, str]) -> Punt:
    return Punt(
        soort=STAP,
        wat=_("Stap"),
        dag=row.gepland_op or timezone.localdate(),
        tekst=row.omschrijving,
        volgende=row.volgende,
        **_about(wie, row, names),  # type: ignore[arg-type]
    )


def _of_trajecten(
    wie: Wie, rows: Iterable[ExternTraject], names: dict[UUID, str], tot: date | None
) -> list[Punt]:
    """Terms of formal routes (S105), also the year for the ombudsman (S124)."""
    return [
        Punt(
            soort=OMBUDSMAN if term.vervolg == "ombudsman" else TRAJECT,
            wat=str(term.naam),
            dag=term.dag,
            is_wettelijk=bool(term.artikel),
            volgende=term.fase,
            **_about(wie, row, names),  # type: ignore[arg-type]
        )
        for row, term in terms_in(rows, tot)
    ]


def terms_of(wie: Wie) -> list[Punt]:
    """Every open term of her own kwesties and of those she looks after now, whenever it
    ends: of formal routes, and what is on the agenda as a term of the law.
    """
    plekken = plekken_for(wie)
    windows = windows_of(wie, plekken)
    open_now = [w for w in windows if w.vervanger_id == wie.user_id and w.is_van_nu]
    names = {w.afwezige_id: w.afwezige.naam for w in open_now}
    mine = cared_for_by(wie, plekken, open_now)
    agenda = Agendapunt.objects.filter(
        gedaan_op__isnull=True,
        besluit_op__isnull=False,
        **here_of(mine, (plek.id for plek in plekken)),
    )
    found = [_of_agenda(wie, row, names) for row in with_number(agenda, "dag")]
    routes = TRAJECTEN(wie, plekken, open_now, timezone.localdate() - LANGST)
    found += _of_trajecten(wie, routes, names, None)
    return sorted(found, key=lambda punt: (punt.dag, punt.nummer))


def _zaken(
    wie: Wie,
    rows: Iterable[Zaakrij],
    names: dict[UUID, str],
    found: Mapping[int, tuple[int, int | None, int, int]],
) -> list[Zaak]:
    """found: of ``dagvragen.per_tenant``."""
    return [
        Zaak(
            id=pk,
            nummer=nummer,
            plek=wie.plekken[tenant_id],
            datum=datum,
            status=status,
            laatste_contact_op=laatste,
            aangemaakt_op=made,
            namens="" if owner == wie.user_id else names.get(owner, ""),
            norm=found[tenant_id][0],
            heeft_bericht=bool(bericht),
        )
        for pk, nummer, tenant_id, datum, status, laatste, made, owner, bericht in rows
    ]


def agenda_of(kwestie: Kwestie) -> list[Agendapunt]:
    """Of this kwestie: what is open first, then what was done lately."""
    found = load_parts(kwestie).agendapunt_rijen.all()
    return sorted(found, key=lambda punt: punt.gedaan_op is not None)[:MAXIMUM]
