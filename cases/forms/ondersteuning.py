"""Forms of the verbs between start and end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.db.models import Case, Model, When
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.basis import (
    KOLOMMEN,
    KwestieForm,
    activiteiten,
    ja_nee,
    keuzes,
    lange_tekst,
    met_leeg,
    minuten,
)
from cases.forms.identiteit import PrivacyForm
from cases.forms.regels import RouteForm
from cases.lifecycle import allows
from cases.models import Contactmoment, Kwestie, Status, Toestemming
from cases.selectors import colleagues_at
from cases.services import Contact, moment_on
from cases.tijdlijn import MET_LABELS
from tenants.velden import DatumField


def _consent(toestemming: Toestemming) -> str:
    """A consent in a list: with whom, about what, whether it holds no more."""
    words = f"{toestemming.ontvanger_naam}: {toestemming.onderwerp}"
    short = words if len(words) <= 90 else f"{words[:89]}…"
    if toestemming.ingetrokken_op is not None:
        return gettext("%(wat)s (ingetrokken)") % {"wat": short}
    if toestemming.geldig_tot is not None:
        dag = date_format(toestemming.geldig_tot, "j F Y")
        return gettext("%(wat)s (tot en met %(dag)s)") % {"wat": short, "dag": dag}
    return short


class ContactForm(RouteForm):
    """One contact about a kwestie."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("notitie",)
    voorwaardelijk: ClassVar[tuple[str, ...]] = (
        *("is_inhoudelijk", "is_client_aanwezig", "toestemming"),
        *("inspringen_reden", "inspringen_tot"),
    )

    sleutel = forms.UUIDField(widget=forms.HiddenInput, required=False)
    datum = DatumField(
        label=_("Datum"), help_text=_("Bijvoorbeeld 05-03-2026, vandaag of gisteren")
    )
    tijd = forms.TimeField(
        label=_("Tijd"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        help_text=_("Bijvoorbeeld 14:30"),
        widget=forms.TextInput(attrs={"class": "app-short", "autocomplete": "off"}),
        error_messages={"invalid": _("Vul de tijd zo in: 14:30.")},
    )
    kanaal = forms.ChoiceField(
        label=_("Hoe ging het contact?"), choices=keuzes("kanaal"), initial="TEL"
    )
    richting = forms.ChoiceField(
        label=_("Wie nam contact op?"),
        choices=Contactmoment.Richting.choices,
        widget=forms.RadioSelect,
        initial=Contactmoment.Richting.IN,
    )
    met = forms.MultipleChoiceField(
        label=_("Met wie?"),
        choices=list(MET_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies met wie het contact was.")},
    )
    is_inhoudelijk = ja_nee(
        label=_("Ging het inhoudelijk over de cliënt?"),
        help_text=_("Alleen bij contact met een hulpverlener of de gemeente."),
    )
    is_client_aanwezig = ja_nee(
        label=_("Was de cliënt erbij?"),
        help_text=_("Alleen bij contact met een hulpverlener of de gemeente."),
    )
    toestemming = forms.ChoiceField(
        label=_("Met welke toestemming?"),
        required=False,
        help_text=_("Alleen als de cliënt er niet bij was."),
    )
    activiteiten = forms.MultipleChoiceField(
        label=_("Wat heb je gedaan?"),
        choices=activiteiten,
        widget=KOLOMMEN,
        error_messages={"required": _("Kies wat je hebt gedaan.")},
    )
    inspringen_reden = forms.ChoiceField(
        label=_("Waarom sprong je in?"),
        choices=[("", _("Niet ingesprongen")), *Contactmoment.Inspringen.choices],
        required=False,
    )
    inspringen_tot = DatumField(
        label=_("Tot en met wanneer?"),
        required=False,
        help_text=_("De dag waarop een ander het weer doet."),
    )
    duur_min = minuten()
    vindplaats = forms.ChoiceField(
        label=_("Waar?"),
        choices=met_leeg(keuzes("vindplaats"), _("Niet ingevuld")),
        required=False,
    )
    notitie = lange_tekst(_("Notitie"))

    def __init__(
        self, *args: Any, toestemmingen: Iterable[Toestemming] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sleutel"].initial = uuid4
        given = [(str(t.pk), _consent(t)) for t in toestemmingen]
        self.has_toestemming = bool(given)
        self.fields["toestemming"].choices = [  # type: ignore[attr-defined]
            ("", _("Geen")),
            *given,
        ]
        self.fields["datum"].initial = _("vandaag")

    @property
    def contact_id(self) -> UUID | None:
        """The id the contact will have: the same each time this form is sent."""
        chosen: UUID | None = self.cleaned_data["sleutel"]
        return chosen

    def contact(self) -> Contact:
        """What was filled in, for ``services.add_contactmoment``."""
        data = self.cleaned_data
        return Contact(
            datum_tijd=moment_on(data["datum"], data["tijd"]),
            kanaal=data["kanaal"],
            richting=data["richting"],
            met=tuple(data["met"]),
            is_inhoudelijk=data["is_inhoudelijk"],
            is_client_aanwezig=data["is_client_aanwezig"],
            activiteiten=tuple(data["activiteiten"]),
            duur_min=data["duur_min"] or 0,
            vindplaats=data["vindplaats"],
            notitie=data["notitie"],
            toestemming_id=UUID(data["toestemming"]) if data["toestemming"] else None,
            route_gezien=data["route_gezien"],
            inspringen_reden=data["inspringen_reden"],
            inspringen_tot=data["inspringen_tot"],
        )

    @property
    def is_inspringen_open(self) -> bool:
        """Stepping in was chosen, or asked about."""
        names = ("inspringen_reden", "inspringen_tot")
        return any(self.errors.get(n) or self[n].value() for n in names)


class StartForm(PrivacyForm):
    vrije_tekst: ClassVar[tuple[str, ...]] = ("doel_client",)

    doel_client = lange_tekst(
        _("Wat wil de cliënt bereiken?"),
        required=True,
        help_text=_("In de woorden van de cliënt. Schrijf geen namen of nummers op."),
        error_messages={"required": _("Schrijf op wat de cliënt wil bereiken.")},
    )


class WachtForm(KwestieForm):
    """Where to from here: on whom to wait, or on with it."""

    naar = forms.ChoiceField(
        label=_("Hoe gaat het verder?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het verder gaat.")},
    )

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = {
            Status.WACHT_CLIENT: _("Wachten op de cliënt"),
            Status.WACHT_DERDEN: _("Wachten op anderen"),
            Status.IN_ONDERSTEUNING: _("Verder met de ondersteuning"),
        }
        self.fields["naar"].choices = [  # type: ignore[attr-defined]
            (status.value, label)
            for status, label in ways.items()
            if allows(kwestie.status, status)
        ]


class Collegakeuze(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Colleagues; whose specialism fits stands first, with that specialism (S142)."""

    def __init__(
        self, *args: Any, passend: Mapping[UUID, str] | None = None, **kwargs: Any
    ) -> None:
        self.passend = passend or {}
        if self.passend:
            first = Case(When(pk__in=list(self.passend), then=0), default=1)
            kwargs["queryset"] = kwargs["queryset"].order_by(first, "naam")
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj: Model) -> str:
        specialisme = self.passend.get(obj.pk)
        if specialisme is None:
            return str(obj)
        return gettext("%(naam)s (past: specialisme %(wat)s)") % {
            "naam": obj,
            "wat": specialisme,
        }


class ToewijzenForm(KwestieForm):
    """Whose kwestie it is from now on."""

    def __init__(
        self,
        *args: Any,
        kwestie: Kwestie,
        eerder: UUID | None = None,
        passend: Mapping[UUID, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """``eerder``: who supports this client already (S136). ``passend``: whose
        specialism fits, and which (S142).
        """
        super().__init__(*args, **kwargs)
        is_voorstel = eerder is not None and kwestie.ondersteuner_id is None
        hint = _("Bovenaan staat wie een specialisme heeft dat bij de kwestie past.")
        self.fields["medewerker"] = Collegakeuze(
            label=_("Welke collega?"),
            help_text=_("Deze collega ondersteunde de cliënt eerder.")
            if is_voorstel
            else (hint if passend else ""),
            passend=passend,
            queryset=colleagues_at(
                kwestie.tenant_id, strikt=kwestie.vertrouwelijkheid == "STRIKT"
            ),
            initial=kwestie.ondersteuner_id or eerder,
            empty_label=_("Kies"),
            error_messages={
                "required": _("Kies een collega."),
                "invalid_choice": _("Kies een collega uit de lijst."),
            },
        )
