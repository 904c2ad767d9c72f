"""What happened with a kwestie, latest first, in words for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from cases.codelists import label
from cases.models import (
    OPEN,
    Bijlage,
    Brief,
    Contactmoment,
    Correctie,
    ExternTraject,
    Kwestie,
    Stap,
    Toestemming,
    Verwijzing,
)
from cases.selectors.onderdelen import (
    contacten_in,
    contacts_at,
    contacts_of,
    load_parts,
)
from cases.selectors.termijnen import termijn_for

MET_LABELS: dict[str, Promise] = {
    "CLIENT": gettext_lazy("De cliënt"),
    "NAASTE": gettext_lazy("Een naaste"),
    "HULPVERLENER": gettext_lazy("Een hulpverlener of zorgaanbieder"),
    "GEMEENTE": gettext_lazy("De gemeente"),
    "FUNCTIE": gettext_lazy("Een andere functie, zoals een klachtenfunctionaris"),
    "ANDERS": gettext_lazy("Iemand anders"),
}


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One point of the timeline (components/timeline.html)."""

    moment: datetime
    titel: str
    door: str
    tekst: str
    # Address at which this one is thrown away, and its id there.
    weg: str = ""
    ding: UUID | None = None

    @property
    def op(self) -> str:
        local = timezone.localtime(self.moment)
        return f"{_day(local.date(), get_language())}, {local:%H:%M}"


@lru_cache(2_000)
def _day(dag: date, language: str | None) -> str:
    """In the words of ``language``, which is the active one."""
    return date_format(dag, "j F Y")


@dataclass(frozen=True, slots=True)
class Tijdlijn:
    """The latest events first; eerder: how many there are that are not shown."""

    gebeurtenissen: list[Gebeurtenis]
    eerder: int = 0

    def __len__(self) -> int:
        return len(self.gebeurtenissen)

    def __iter__(self) -> Iterator[Gebeurtenis]:
        return iter(self.gebeurtenissen)


def tijdlijn_of(kwestie: Kwestie, most: int | None = None) -> Tijdlijn:
    """Contacts, referrals, formal routes, steps, consents, files and letters: two
    queries whatever their number, one after ``load_parts``. Of one that is closed also
    what was put right since. most: the latest so many; a text that is not shown is not
    opened.
    """
    load_parts(kwestie)
    contacts = contacts_of(kwestie, most)
    events = [_contact(contact) for contact in contacts]
    events += [_verwijzing(v) for v in kwestie.verwijzingen.all()]
    events += [_traject(t) for t in kwestie.trajecten.all()]
    for stap in kwestie.stap_rijen.all():
        events += _stap(stap)
    for toestemming in kwestie.toestemming_rijen.all():
        events += _toestemming(toestemming)
    bijlagen = kwestie.bijlage_rijen.all()
    given_at = contacts_at(kwestie, contacts, {b.contact for b in bijlagen})
    events += [_bijlage(b, given_at.get(b.contact)) for b in bijlagen]
    for brief in kwestie.brief_rijen.all():
        events += _brief(brief)
    if kwestie.status not in OPEN:
        events += [_correctie(c) for c in kwestie.correcties.all()]
    events.sort(key=lambda event: event.moment, reverse=True)
    count = len(events) - len(contacts) + contacten_in(kwestie).aantal
    shown = events[:most]
    return Tijdlijn(shown, count - len(shown))


def _contact(contact: Contactmoment) -> Gebeurtenis:
    met = ", ".join(str(MET_LABELS[code]) for code in contact.met)
    lines = ["; ".join(label("activiteit", code) for code in contact.activiteiten)]
    if contact.duur_min:
        lines[0] += " · " + ngettext(
            "%(minuten)d minuut", "%(minuten)d minuten", contact.duur_min
        ) % {"minuten": contact.duur_min}
    if contact.inspringen_reden:
        waarom = Contactmoment.Inspringen(contact.inspringen_reden).label
        tot = contact.inspringen_tot
        dag = date_format(tot, "j F Y") if tot else ""
        said = {"waarom": str(waarom).lower(), "dag": dag}
        lines.append(_("Ingesprongen tot en met %(dag)s: %(waarom)s.") % said)
    if contact.toestemming_id is not None:
        lines.append(_("Zonder de cliënt, met toestemming van de cliënt."))
    notitie = contact.notitie  # opened once
    if notitie:
        lines.append(notitie)
    return Gebeurtenis(
        contact.datum_tijd,
        f"{label('kanaal', contact.kanaal)}: {met}" if met else _("Contact"),
        getattr(contact, "door", "") or "",
        "\n".join(lines),
        "cases:weg_contact",
        contact.pk,
    )


def _verwijzing(verwijzing: Verwijzing) -> Gebeurtenis:
    how = {True: _("Warm: wij gingen mee of droegen over."), False: _("Koud.")}
    lines = [verwijzing.organisatie]
    if verwijzing.is_warm is not None:
        lines.append(how[verwijzing.is_warm])
    if verwijzing.aangekomen:
        lines.append(
            _("Aangekomen: %(antwoord)s.")
            % {"antwoord": str(Verwijzing.Aankomst(verwijzing.aangekomen).label)}
        )
    return Gebeurtenis(
        verwijzing.aangemaakt_op,
        _("Doorverwezen: %(naar)s")
        % {"naar": label("instantie_type", verwijzing.instantie_type)},
        "",
        "\n".join(filter(None, lines)),
        "cases:weg_verwijzing",
        verwijzing.pk,
    )


def _traject(traject: ExternTraject) -> Gebeurtenis:
    steun = str(ExternTraject.Steun(traject.rol_ondersteuner).label)
    lines = [f"{traject.instantie} · {steun}"]
    if traject.ingediend_op:
        dag = date_format(traject.ingediend_op, "j F Y")
        lines.append(_("Ingediend op %(dag)s") % {"dag": dag})
    termijn = termijn_for(traject)
    if termijn is not None:
        dag = date_format(termijn.dag, "j F Y")
        lines.append(f"{termijn.naam}: {dag}")
    return Gebeurtenis(
        traject.aangemaakt_op,
        str(ExternTraject.Type(traject.type).label),
        "",
        "\n".join(lines),
        "cases:weg_traject",
        traject.pk,
    )


def _correctie(correctie: Correctie) -> Gebeurtenis:
    """What was put right after closing; a report may have counted what it was."""
    lijst = {"soort": "soort_kwestie", "aard": "aard"}[correctie.veld]
    text = _("Was “%(was)s”, nu “%(werd)s”.") % {
        "was": label(lijst, correctie.was),
        "werd": label(lijst, correctie.werd),
    }
    if correctie.is_gerapporteerd:
        text += " " + _("Een rapportage kan de oude indeling hebben geteld.")
    return Gebeurtenis(correctie.aangemaakt_op, _("Correctie na afronden"), "", text)


def _stap(stap: Stap) -> list[Gebeurtenis]:
    """Each moment of a step that was; with its reason when it was dropped."""
    moments = (
        (stap.aangemaakt_op, _("Stap voorgenomen"), ""),
        (stap.besproken_op, _("Stap besproken met de cliënt"), ""),
        (stap.akkoord_op, _("Cliënt akkoord met de stap"), ""),
        (stap.uitgevoerd_op, _("Stap uitgevoerd"), ""),
        (stap.vervallen_op, _("Stap vervallen"), stap.vervallen_reden),
    )
    return [
        Gebeurtenis(op, titel, "", "\n".join(filter(None, [stap.omschrijving, reden])))
        for op, titel, reden in moments
        if op is not None
    ]


def _toestemming(toestemming: Toestemming) -> list[Gebeurtenis]:
    tekst = f"{toestemming.ontvanger_naam}: {toestemming.onderwerp}"
    moments = (
        (toestemming.gegeven_op, _("Cliënt gaf toestemming")),
        (toestemming.ingetrokken_op, _("Cliënt trok de toestemming in")),
    )
    return [Gebeurtenis(op, titel, "", tekst) for op, titel in moments if op]


def _bijlage(bijlage: Bijlage, contact: Contactmoment | None) -> Gebeurtenis:
    lines = [bijlage.naam]
    if contact is not None:
        dag = date_format(timezone.localtime(contact.datum_tijd), "j F Y")
        lines.append(_("Bij het contact van %(dag)s.") % {"dag": dag})
    return Gebeurtenis(
        bijlage.aangemaakt_op,
        _("Bijlage toegevoegd"),
        bijlage.toegevoegd_door.naam,
        "\n".join(lines),
        "cases:weg_bijlage",
        bijlage.pk,
    )


def _brief(brief: Brief) -> list[Gebeurtenis]:
    """When it was begun, and when the client had agreed and it was final."""
    soort, aan = Brief.Soort(brief.soort).label, Brief.Aan(brief.aan_soort).label
    what = f"{brief.onderwerp}\n{aan}"
    begun = Gebeurtenis(
        brief.aangemaakt_op,
        _("%(soort)s opgesteld") % {"soort": soort},
        brief.opgesteld_door.naam,
        what,
        "cases:weg_brief",
        brief.pk,
    )
    if brief.definitief_op is None or brief.akkoord_op is None:
        return [begun]
    said = {
        "dag": date_format(brief.akkoord_op, "j F Y"),
        "wie": str(Toestemming.Door(brief.akkoord_door).label).lower(),
    }
    final = Gebeurtenis(
        brief.definitief_op,
        _("%(soort)s definitief") % {"soort": soort},
        "",
        f"{what}\n" + _("Akkoord op %(dag)s: %(wie)s.") % said,
    )
    return [begun, final]
