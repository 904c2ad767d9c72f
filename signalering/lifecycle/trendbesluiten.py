"""Trends as proposals: counted, laid before a person, taken up or dismissed (S29).

Invariant: true counts, only for who leads the team of the tenant; nothing of it goes to
an opdrachtgever. A person decides, once for a quarter.

Guarded by tests/signalering/test_trends.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.counts_signalen import Kwartaalreeks, count_quarters
from signalering import logboek
from signalering.lifecycle.signalen import SignaalError, locked_signal
from signalering.lifecycle.tabel import person
from signalering.models import Besluit, Trendbesluit
from signalering.periodes import Periode
from signalering.trends import Onderwerp, Reeks, Richting, Trend, find_trends
from tenants.access import Plek, Wie
from tenants.roles import Recht
from tenants.scope import Scope, acting_as

TERUG: Final = 4  # quarters in which a trend that goes on is looked up


@dataclass(frozen=True, slots=True)
class Voorstel:
    """A trend in a quarter. sinds: the first of the quarters in a row in which it was
    proposed; besluit: what a person decided about it in one of those, if anybody did.
    """

    trend: Trend
    sinds: str
    besluit: Trendbesluit | None = None

    @property
    def is_nieuw(self) -> bool:
        return self.sinds == self.trend.kwartalen[-1]


def reeks_of(tenant_id: int, periode: Periode) -> Reeks:
    """The numbers of a tenant up to this quarter, in a scope that may count them."""
    counted: Kwartaalreeks = count_quarters(tenant_id, periode.tot)
    return Reeks(
        kwartalen=counted.kwartalen,
        kwesties={Onderwerp(*key): row for key, row in counted.kwesties.items()},
        mensen={Onderwerp(*key): row for key, row in counted.mensen.items()},
        totaal=counted.totaal,
    )


def proposals(reeks: Reeks) -> list[Voorstel]:
    """The trends of the last quarter of the series, each with since when."""
    now = find_trends(reeks)
    sinds = {_key(trend): trend.kwartalen[-1] for trend in now}
    going_on = set(sinds)
    for back in range(1, TERUG):
        if not going_on or len(reeks.kwartalen) <= back:
            break
        before = {_key(trend) for trend in find_trends(_until(reeks, back))}
        going_on &= before
        sinds |= dict.fromkeys(going_on, reeks.kwartalen[-1 - back])
    return [Voorstel(trend, sinds[_key(trend)]) for trend in now]


def _key(trend: Trend) -> tuple[Onderwerp, Richting]:
    return trend.onderwerp, trend.richting


def _until(reeks: Reeks, back: int) -> Reeks:
    return Reeks(
        reeks.kwartalen[:-back],
        {o: row[:-back] for o, row in reeks.kwesties.items()},
        {o: row[:-back] for o, row in reeks.mensen.items()},
        reeks.totaal[:-back],
    )


def proposals_for(wie: Wie, tenant_id: int, periode: Periode) -> list[Voorstel]:
    """What the software proposes to who leads this team. Raises Refused."""
    wie.require(Recht.KWESTIE_TEAM, tenant_id)
    one = (tenant_id,)
    with acting_as(Scope("job", wie.user_id, one, None, one)):
        found = proposals(reeks_of(tenant_id, periode))
    decided: dict[tuple[str, ...], Trendbesluit] = {
        (b.wet, b.aard, b.sub, b.richting, b.periode): b
        for b in Trendbesluit.objects.filter(tenant_id=tenant_id)
    }
    return [
        Voorstel(v.trend, v.sinds, _decision(decided, v, periode.code)) for v in found
    ]


def _decision(
    decided: dict[tuple[str, ...], Trendbesluit], voorstel: Voorstel, tot: str
) -> Trendbesluit | None:
    o = voorstel.trend.onderwerp
    about = (o.wet, o.aard, o.sub, str(voorstel.trend.richting))
    found = [b for key, b in decided.items() if key[:4] == about]
    in_row = [b for b in found if voorstel.sinds <= b.periode <= tot]
    return max(in_row, key=lambda b: b.periode, default=None)


@transaction.atomic
def decide(
    *,
    actor: Wie,
    tenant_id: int,
    periode: Periode,
    onderwerp: Onderwerp,
    richting: str,
    reden: str = "",
    signaal_id: UUID | None = None,
) -> Trendbesluit:
    """Taken up as this signal, or dismissed with a reason. Only what is proposed now.

    Raises Refused, SignaalError.
    """
    voorstel = next(
        (
            v
            for v in proposals_for(actor, tenant_id, periode)
            if (v.trend.onderwerp, v.trend.richting) == (onderwerp, richting)
        ),
        None,
    )
    if voorstel is None or voorstel.besluit is not None:
        raise SignaalError(_("Over deze trend hoeft niets meer te worden besloten."))
    if signaal_id is None and not reden.strip():
        raise SignaalError(_("Schrijf op waarom dit geen signaal is."))
    if signaal_id is not None:
        locked_signal(actor, tenant_id, signaal_id)
    try:
        with transaction.atomic():
            made = Trendbesluit.objects.create(
                tenant_id=tenant_id,
                periode=periode.code,
                wet=onderwerp.wet,
                aard=onderwerp.aard,
                sub=onderwerp.sub,
                richting=richting,
                besluit=Besluit.AFGEWEZEN if signaal_id is None else Besluit.OPGEPAKT,
                reden=reden.strip(),
                signaal_id=signaal_id,
                door_id=person(actor),
            )
    except IntegrityError as error:
        if "trendbesluit_eenmaal" not in str(error):
            raise
        raise SignaalError(_("Een collega besliste dit net al.")) from error
    logboek.trend_beoordeeld(actor, made)
    return made


def decide_about(
    actor: Wie,
    plek: Plek,
    code: str,
    periode: Periode,
    *,
    reden: str = "",
    signaal_id: UUID | None = None,
) -> Trendbesluit:
    """``decide``, of a trend as a form names it: law|aard|sub|richting."""
    parts = code.split("|")
    if len(parts) != len(("wet", "aard", "sub", "richting")):
        raise SignaalError(_("Over deze trend hoeft niets meer te worden besloten."))
    wet, aard, sub, richting = parts
    return decide(
        actor=actor,
        tenant_id=plek.id,
        periode=periode,
        onderwerp=Onderwerp(wet, aard, sub),
        richting=richting,
        reden=reden,
        signaal_id=signaal_id,
    )
