"""What happened with a kwestie, latest first, in words for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.codelists import label
from cases.models import Contactmoment, ExternTraject, Kwestie, Verwijzing
from cases.selectors import contacts_of

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

    @property
    def op(self) -> str:
        return date_format(timezone.localtime(self.moment), "j F Y, H:i")


def tijdlijn_of(kwestie: Kwestie) -> list[Gebeurtenis]:
    """Contacts, referrals and formal routes; three queries whatever their number."""
    events = [_contact(contact) for contact in contacts_of(kwestie)]
    events += [_verwijzing(v) for v in kwestie.verwijzingen.all()]
    events += [_traject(t) for t in kwestie.trajecten.all()]
    return sorted(events, key=lambda event: event.moment, reverse=True)


def _contact(contact: Contactmoment) -> Gebeurtenis:
    met = ", ".join(str(MET_LABELS[code]) for code in contact.met)
    lines = ["; ".join(label("activiteit", code) for code in contact.activiteiten)]
    if contact.duur_min:
        lines[0] += " · " + ngettext(
            "%(minuten)d minuut", "%(minuten)d minuten", contact.duur_min
        ) % {"minuten": contact.duur_min}
    if contact.notitie:
        lines.append(contact.notitie)
    return Gebeurtenis(
        contact.datum_tijd,
        f"{label('kanaal', contact.kanaal)}: {met}" if met else _("Contact"),
        contact.medewerker.naam if contact.medewerker else "",
        "\n".join(lines),
    )


def _verwijzing(verwijzing: Verwijzing) -> Gebeurtenis:
    return Gebeurtenis(
        verwijzing.aangemaakt_op,
        _("Doorverwezen: %(naar)s")
        % {"naar": label("instantie_type", verwijzing.instantie_type)},
        "",
        verwijzing.organisatie,
    )


def _traject(traject: ExternTraject) -> Gebeurtenis:
    steun = str(ExternTraject.Steun(traject.rol_ondersteuner).label)
    lines = [f"{traject.instantie} · {steun}"]
    if traject.ingediend_op:
        dag = date_format(traject.ingediend_op, "j F Y")
        lines.append(_("Ingediend op %(dag)s") % {"dag": dag})
    return Gebeurtenis(
        traject.aangemaakt_op,
        str(ExternTraject.Type(traject.type).label),
        "",
        "\n".join(lines),
    )
