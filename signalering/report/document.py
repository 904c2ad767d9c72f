"""What is printed: one frozen report for one audience, plain values only.

Invariant: a document for the public cannot be made with anything in it that S38
does not name (``__post_init__``), and ``openbare_context`` lets nothing else through
to its template (tests/signalering/test_report.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from privacy.disclosure import PublishableTable

OPDRACHTGEVER: Final = "opdrachtgever"
OPENBAAR: Final = "openbaar"

# S34-S37: the four subjects that may become public.
OPENBARE_TABELLEN: Final = frozenset({"totaal", "soort", "aard", "inhoud", "resultaat"})

# S38: the four subjects, the text on method, the reaction, and what names the report.
OPENBARE_VELDEN: Final = frozenset(
    {
        *("versie_voor", "titel", "documenttitel", "watermerken", "titelblad", "kort"),
        *("drempel", "fictief", "opdrachtgever", "inhoudsopgave"),
        *("van", "laatste_dag", "peildatum", "verantwoording"),
        *("aantal", "aard", "inhoud", "resultaat"),
        *("reactie", "reactie_door", "bezwaar", "deelnemers"),
        *(
            "kleuren",
            "heeft_logo",
        ),  # the look of the opdrachtgever: no figures, no text
    }
)


class NietOpenbaar(ValueError):
    """Something outside the four public subjects was on its way to the public."""


@dataclass(frozen=True, slots=True)
class Actieregel:
    """What the opdrachtgever promised about a signal, and what came of it (a label)."""

    wat: str
    wie: str
    uiterlijk: date
    stand: str


@dataclass(frozen=True, slots=True)
class Signaalregel:
    """A confirmed signal at group level: no number of its own. ``cel`` is the cell of
    the figures it belongs to ("aard:ORG"); thema and status are labels.
    """

    titel: str
    thema: str
    status: str
    cel: str
    omschrijving: str
    verbeterrichting: str = ""
    vraag: str = ""
    acties: tuple[Actieregel, ...] = ()


@dataclass(frozen=True, slots=True)
class Onderzoekregel:
    """An own investigation as it was offered; status is a label, texts at group level."""

    titel: str
    status: str
    vraag: str
    aanleiding: str
    aanpak: str
    bevindingen: str
    aanbevelingen: str
    besproken_op: date | None = None


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """An objection to publication and what was decided about it, unedited as the
    reaction is. ``op`` is None while nothing was decided; ``wordt_openbaar`` then says
    nothing.
    """

    tekst: str
    wordt_openbaar: bool = False
    motivering: str = ""
    op: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapportdocument:
    """A signaleringsrapportage as it will be printed for one audience (``publiek``).

    ``van`` and ``tot`` bound the period; ``tot`` may be its last day or the first day
    after it. ``labels`` maps cell ids ("aard:FIN") to Dutch labels. ``vorige`` is the
    table printed for the same audience over an earlier period, called
    ``vorige_label``. ``bevindingen``, ``aanbevelingen``, ``paragrafen``, ``signalen``
    and ``onderzoeken`` are written at group level and are for the opdrachtgever only (S38). ``cijfers_sha256`` is the
    digest of the publishable figures, never of anything before ``protect``. ``kleur``
    (#rrggbb) and ``logo`` (PNG) are the look of the opdrachtgever; empty for our own.
    ``controlecode`` (with ``controleadres``) only when the report is established.

    Raises ``NietOpenbaar`` when a public document holds more than S34-S38 allow, and
    ``ValueError`` when figures and document disagree on audience or threshold.
    """

    rapportage_id: str
    titel: str
    tenant_naam: str
    tenant_type: str
    fictief: bool
    publiek: str
    periode_code: str
    periode_label: str
    van: date
    tot: date
    peildatum: date
    versie: int
    drempel: int
    status: str
    vastgesteld: bool
    vastgesteld_op: date | None
    diensten: tuple[str, ...]
    cijfers: PublishableTable
    vorige: PublishableTable | None
    vorige_label: str
    bevindingen: str
    aanbevelingen: str
    bespreking_op: date | None
    bespreking_deelnemers: str
    reactie: str
    reactie_door: str
    cijfers_sha256: str
    labels: Mapping[str, str]
    bezwaar: Bezwaar | None = None
    # Of a region: the tenants whose reports it adds up.
    deelnemers: tuple[str, ...] = ()
    signalen: tuple[Signaalregel, ...] = ()
    onderzoeken: tuple[Onderzoekregel, ...] = ()
    # Per subject ("aard"): {"bevindingen": "…", "aanbevelingen": "…"}.
    paragrafen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kleur: str = ""
    logo: bytes = b""
    # On the title page of a report that will be sealed, and where it can be checked.
    controlecode: str = ""
    controleadres: str = ""

    def __post_init__(self) -> None:
        if self.publiek not in (OPDRACHTGEVER, OPENBAAR):
            raise ValueError(f"unknown audience {self.publiek!r}")
        if self.cijfers.k != self.drempel:
            raise ValueError("the threshold is not the one the figures were made with")
        for tabel in filter(None, (self.cijfers, self.vorige)):
            if tabel.publiek != self.publiek:
                raise ValueError(f"figures for {tabel.publiek!r}: not this audience")
            if self.is_openbaar:
                _refuse_other_subjects(tabel)
        if self.is_openbaar:
            self._refuse_other_texts()

    def _refuse_other_texts(self) -> None:
        texts = {
            "bevindingen": self.bevindingen,
            "aanbevelingen": self.aanbevelingen,
            "bespreking_deelnemers": self.bespreking_deelnemers,
            "bespreking_op": self.bespreking_op,
            "signalen": self.signalen,
            "onderzoeken": self.onderzoeken,
            "paragrafen": self.paragrafen,
        }
        found = sorted(name for name, text in texts.items() if text)
        if found:
            raise NietOpenbaar(f"not for the public: {', '.join(found)}")

    @property
    def is_openbaar(self) -> bool:
        return self.publiek == OPENBAAR

    @property
    def is_concept(self) -> bool:
        """Whether the opdrachtgever reads it under the watermark of a draft."""
        return not self.vastgesteld and not self.is_openbaar

    @property
    def laatste_dag(self) -> date:
        """Last day of the period, whichever way ``tot`` was given.

        Periods are whole calendar months, so a ``tot`` on the first of a month can
        only be the day after.
        """
        return self.tot - timedelta(days=1) if self.tot.day == 1 else self.tot


def openbare_context(**velden: object) -> dict[str, object]:
    """The context of the public report: these fields, or ``NietOpenbaar`` (S38).

    The template of the public report is only ever rendered with what this returns.
    """
    found = sorted(velden.keys() - OPENBARE_VELDEN)
    if found:
        raise NietOpenbaar(f"not for the public: {', '.join(found)}")
    return velden


def _refuse_other_subjects(tabel: PublishableTable) -> None:
    found = sorted({cell.tabel for cell in tabel.cells} - OPENBARE_TABELLEN)
    if found:
        raise NietOpenbaar(f"not a public subject: {', '.join(found)}")
