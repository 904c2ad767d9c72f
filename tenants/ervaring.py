"""What clients say of our help, without anybody knowing who said it (S49).

A colleague prints a pile of slips for the quarter and hands them out from that pile;
which slip went to whom is nowhere. A slip is a code of 89 bits of which only a keyed
hash is kept. Answering takes the slip away, and the answer keeps its quarter and
nothing else: no audit event either, for that would tell when. Figures come through
``protect`` and only of a quarter in which no slip works any more, so that nobody sees
the difference that one answer makes. Guarded by tests/tenants/test_ervaring.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.disclosure import (
    CountCell,
    CountTable,
    Ledger,
    Policy,
    PublishableTable,
    Refused,
    Relation,
    protect,
)
from privacy.terugkomen import code_hash, new_code
from tenants import logboek_publiek
from tenants.beheer import BeheerFout, pagina
from tenants.models import Ervaring, Ervaringscode, Opdracht
from tenants.roles import Recht
from tenants.scope import Scope, acting_as
from tenants.wie import Wie

STAPELS = (5, 10, 20)
NOG_GELDIG = timedelta(days=28)  # after the quarter; also in migration 0015
DREMPEL = 5
TERUG = 8  # quarters that are shown
ANTWOORDEN: Mapping[str, tuple[int, ...]] = {
    "eens": (4, 5),
    "tussenin": (3,),
    "oneens": (1, 2),
}


@dataclass(frozen=True, slots=True)
class Kwartaal:
    """Figures of a quarter. open_tot: until when slips work, if they still do.

    cijfers: None while it is open, or when no safe pattern was found.
    """

    begin: date
    open_tot: date | None
    cijfers: PublishableTable | None

    @property
    def totaal(self) -> int | None:
        return self.cijfers.cell("totaal").kwesties if self.cijfers else None

    @property
    def naam(self) -> str:
        return _("Kwartaal %(nummer)d van %(jaar)d") % {
            "nummer": (self.begin.month + 2) // 3,
            "jaar": self.begin.year,
        }


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def last_day(kwartaal: date) -> date:
    """The last day on which a slip of this quarter works."""
    return quarter_of(kwartaal + timedelta(days=93)) + NOG_GELDIG - timedelta(days=1)


@transaction.atomic
def make_slips(*, actor: Wie, tenant_id: int, aantal: int) -> list[str]:
    """A pile of new codes, to be shown once. Raises Refused, BeheerFout."""
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    if aantal not in STAPELS:
        raise BeheerFout(_("Kies hoeveel briefjes je wilt maken."), "aantal")
    if pagina.established(tenant_id) is None:
        raise BeheerFout(
            _(
                "De publieke pagina is er nog niet. Daar vullen cliënten hun code in."
                " Vraag de beheerder om haar vast te stellen."
            )
        )
    today = timezone.localdate()
    Ervaringscode.objects.filter(
        tenant_id=tenant_id, kwartaal__lt=today - timedelta(days=130)
    ).delete()
    codes = [new_code() for _number in range(aantal)]
    Ervaringscode.objects.bulk_create(
        Ervaringscode(
            tenant_id=tenant_id,
            kwartaal=quarter_of(today),
            hash=code_hash(tenant_id, code),
        )
        for code in codes
    )
    logboek_publiek.briefjes_gemaakt(actor, tenant_id, aantal)
    return codes


def answer(*, tenant_id: int, code: str, antwoorden: Mapping[str, int]) -> None:
    """Give up a slip for one answer. Raises BeheerFout when it does not work."""
    bewijs = code_hash(tenant_id, code)
    scope = Scope("public", None, (tenant_id,), tenant_id)
    try:
        with acting_as(scope):
            kwartaal = _quarter_of_slip(tenant_id, bewijs)
            Ervaring.objects.create(
                tenant_id=tenant_id,
                kwartaal=kwartaal,
                bewijs=bewijs,
                **{vraag: antwoorden[vraag] for vraag in Ervaring.VRAGEN},
            )
    except IntegrityError as taken:  # by the same code at the same moment
        raise _useless() from taken


def _quarter_of_slip(tenant_id: int, bewijs: str) -> date:
    """The quarter of a slip that still works. Raises BeheerFout."""
    slips = Ervaringscode.objects.filter(tenant_id=tenant_id, hash=bewijs)
    # Without .first(): that orders by a column which this role may not read.
    for kwartaal in slips.values_list("kwartaal", flat=True):
        if last_day(kwartaal) >= timezone.localdate():
            return kwartaal
    raise _useless()


def _useless() -> BeheerFout:
    return BeheerFout(
        _(
            "Deze code werkt niet (meer). Elke code werkt één keer. Kijk of u hem goed"
            " hebt overgetypt."
        ),
        "code",
    )


def figures(wie: Wie, tenant_id: int, today: date) -> list[Kwartaal]:
    """The latest quarters on that day, newest first. Raises Refused."""
    if not wie.may(Recht.RAPPORTAGE_VASTSTELLEN, tenant_id):
        wie.require(Recht.KWESTIE_TEAM, tenant_id)
    k = _threshold(tenant_id)
    found = []
    begin = quarter_of(today)
    for _number in range(TERUG):
        is_open = last_day(begin) >= today
        found.append(
            Kwartaal(
                begin,
                last_day(begin) if is_open else None,
                None if is_open else _protected(tenant_id, begin, k),
            )
        )
        begin = quarter_of(begin - timedelta(days=1))
    logboek_publiek.ervaringen_getoond(wie, tenant_id)
    return found


def _threshold(tenant_id: int) -> int:
    """The highest threshold that was agreed for this tenant, and never under five."""
    rows = Opdracht.objects.filter(tenant_id=tenant_id)
    agreed = rows.aggregate(hoogste=Max("drempel_opdrachtgever"))["hoogste"]
    return max(DREMPEL, agreed or 0)


def _protected(tenant_id: int, kwartaal: date, k: int) -> PublishableTable | None:
    rows = Ervaring.objects.filter(tenant_id=tenant_id, kwartaal=kwartaal)
    answers = list(rows.values_list(*Ervaring.VRAGEN))
    try:
        return protect(
            _table(f"{tenant_id}-{kwartaal}", answers),
            Policy(k, "opdrachtgever", time_limit=2.0),
            Ledger.empty(),
        )
    except Refused:
        return None


def _table(naam: str, answers: Sequence[tuple[int, ...]]) -> CountTable:
    """Per statement how many agree, are in between or do not; all add up to the total."""
    cells = [_cell("totaal", "totaal", len(answers))]
    relations = []
    for place, vraag in enumerate(Ervaring.VRAGEN):
        counted = Counter(answer[place] for answer in answers)
        parts = []
        for groep, punten in ANTWOORDEN.items():
            parts.append(f"{vraag}:{groep}")
            cells.append(_cell(parts[-1], vraag, sum(counted[p] for p in punten)))
        relations.append(Relation("totaal", tuple(parts)))
    return CountTable(naam, tuple(cells), tuple(relations), "totaal", multi=())


def _cell(ident: str, tabel: str, aantal: int) -> CountCell:
    return CountCell(ident, tabel, (("antwoord", ident),), aantal, aantal)
