"""Forms about who may have a kwestie."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.basis import KwestieForm
from cases.models import CaseGrant, Kwestie
from cases.selectors import colleagues_at
from cases.services import HANDED_OVER_FOR, RELIEVED_FOR
from tenants.models import Medewerker
from tenants.velden import DatumField

WACHTRIJ = "WACHTRIJ"
VOORUIT = timedelta(days=28)


def _collega(queryset: QuerySet[Medewerker], label: Any, **more: Any) -> Any:
    return forms.ModelChoiceField(
        label=label,
        queryset=queryset,
        empty_label=gettext_lazy("Kies"),
        error_messages={
            "required": gettext_lazy("Kies een collega."),
            "invalid_choice": gettext_lazy("Kies een collega uit de lijst."),
        },
        **more,
    )


def _collega_of_wachtrij(queryset: QuerySet[Medewerker], label: Any) -> Any:
    """A colleague, or the queue of the team."""
    names = [(str(collega.pk), collega.naam) for collega in queryset]
    return forms.ChoiceField(
        label=label,
        choices=[("", _("Kies")), (WACHTRIJ, _("In de wachtrij van het team")), *names],
        error_messages={
            "required": _("Kies een collega of de wachtrij."),
            "invalid_choice": _("Kies een collega uit de lijst, of de wachtrij."),
        },
    )


def _chosen(value: str) -> UUID | None:
    return None if value in ("", WACHTRIJ) else UUID(value)


class OverdragenForm(KwestieForm):
    """Who gets the kwestie, and why; there is no way to refuse.

    zonder: who may not get it and not read it either; then there is no queue.
    """

    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom gaat de kwestie naar een ander?"),
        choices=[(r.value, r.label) for r in HANDED_OVER_FOR],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies waarom de kwestie naar een ander gaat.")
        },
    )

    def __init__(
        self,
        *args: Any,
        kwestie: Kwestie,
        zonder: UUID | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        others = colleagues_at(
            kwestie.tenant_id, strikt=kwestie.vertrouwelijkheid == "STRIKT"
        ).exclude(pk=kwestie.ondersteuner_id)
        vraag = _("Wie wordt de ondersteuner?")
        if zonder is None:
            self.fields["medewerker"] = _collega_of_wachtrij(others, vraag)
            return
        names = [(str(c.pk), c.naam) for c in others.exclude(pk=zonder)]
        self.fields["medewerker"] = forms.ChoiceField(
            label=vraag,
            choices=[("", _("Kies")), *names],
            error_messages={
                "required": _("Kies een collega."),
                "invalid_choice": _("Kies een collega uit de lijst."),
            },
        )

    @property
    def medewerker_id(self) -> UUID | None:
        """None: the queue."""
        return _chosen(self.cleaned_data["medewerker"])


class DeelForm(KwestieForm):
    """With whom, to do what, until when and why."""

    niveau = forms.ChoiceField(
        label=gettext_lazy("Wat mag je collega?"),
        choices=CaseGrant.Niveau.choices,
        widget=forms.RadioSelect,
        initial=CaseGrant.Niveau.LEZEN,
    )
    tot = DatumField(
        label=gettext_lazy("Tot en met welke dag?"),
        help_text=gettext_lazy("Bijvoorbeeld 05-03-2026. Daarna stopt het vanzelf."),
    )
    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom deel je de kwestie?"),
        choices=CaseGrant.Reden.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarom je de kwestie deelt.")},
    )
    field_order = ("medewerker", "niveau", "tot", "reden")

    def __init__(self, *args: Any, kwestie: Kwestie, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"tot": timezone.localdate() + VOORUIT})
        super().__init__(*args, **kwargs)
        others = colleagues_at(
            kwestie.tenant_id, strikt=kwestie.vertrouwelijkheid == "STRIKT"
        ).exclude(pk=kwestie.ondersteuner_id)
        self.fields["medewerker"] = _collega(others, _("Met welke collega?"))
        self.order_fields(self.field_order)


class VervangingForm(KwestieForm):
    """Who stands in for whom, in which window, by which decision."""

    van = DatumField(label=gettext_lazy("Eerste dag"))
    tot = DatumField(
        label=gettext_lazy("Laatste dag"),
        help_text=gettext_lazy("Op deze dag kan de vervanger er nog bij."),
    )
    besluit = forms.CharField(
        label=gettext_lazy("Besluit"),
        max_length=200,
        help_text=gettext_lazy("Wie besloot dit, en wanneer?"),
        error_messages={
            "required": gettext_lazy("Schrijf op wie dit wanneer besloot.")
        },
    )
    field_order = ("afwezige", "vervanger", "van", "tot", "besluit")

    def __init__(
        self, *args: Any, tenant_id: int, zonder: UUID | None = None, **kwargs: Any
    ) -> None:
        """zonder: who plans it, and does not choose herself."""
        kwargs.setdefault("initial", {"van": timezone.localdate()})
        super().__init__(*args, **kwargs)
        here = colleagues_at(tenant_id)
        self.fields["afwezige"] = _collega(here, _("Wie is er niet?"))
        others = here.exclude(pk=zonder)
        self.fields["vervanger"] = _collega(others, _("Wie vervangt?"))
        self.order_fields(self.field_order)

    @property
    def dagen(self) -> tuple[date, date]:
        return self.cleaned_data["van"], self.cleaned_data["tot"]


class OntheffenForm(KwestieForm):
    """Whose work stops here, why, and who gets what she has open."""

    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom stopt de taak?"),
        choices=[(r.value, r.label) for r in RELIEVED_FOR],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarom de taak stopt.")},
    )
    field_order = ("medewerker", "reden", "naar")

    def __init__(self, *args: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = colleagues_at(tenant_id)
        self.fields["medewerker"] = _collega(here, _("Wie stopt er?"))
        self.fields["naar"] = _collega_of_wachtrij(
            here, _("Wie krijgt de open kwesties?")
        )
        self.order_fields(self.field_order)

    @property
    def naar(self) -> UUID | None:
        """None: the queue."""
        return _chosen(self.cleaned_data["naar"])
