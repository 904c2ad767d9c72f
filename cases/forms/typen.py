"""Fields that are filled in by typing, with a list that helps and never hinders.

A list is a ``datalist`` of the browser: it works without JavaScript, and what is typed
may be a part of what is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import codelists


class TypLijst(forms.TextInput):
    """A text box with suggestions (``suggesties``: texts, asked when it is drawn)."""

    template_name = "django/forms/widgets/typlijst.html"

    def __init__(
        self, suggesties: Callable[[], Iterable[str]] = tuple, **attrs: Any
    ) -> None:
        super().__init__({"autocomplete": "off", **attrs})
        self.suggesties = suggesties

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["lijst"] = (
            f"{context['widget']['attrs'].get('id', name)}_lijst"
        )
        context["widget"]["suggesties"] = list(self.suggesties())
        return context


def _aanduidingen() -> list[str]:
    return [naam for _code, naam in codelists.choices("subaard")]


class SubaardField(forms.CharField):
    """A further description of the aard: its code, its name, or a part of its name."""

    widget = TypLijst
    default_error_messages = {
        "onbekend": _(
            "Deze aanduiding staat niet in de lijst. Kies er een, of maak leeg."
        ),
        "meer": _(
            "Er zijn meer aanduidingen met deze tekst. Kies er een uit de lijst."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=120, widget=TypLijst(_aanduidingen), **kwargs
        )
        self.eigen: list[tuple[str, str]] = []

    def offer(self, eigen: Iterable[tuple[str, str]]) -> None:
        """Also (code, name) of what the tenant added to the list (S146)."""
        self.eigen = list(eigen)
        names = [naam for _code, naam in self.choices]
        self.widget.suggesties = lambda: names

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen, as other fields with a list have it."""
        return [*codelists.choices("subaard"), *self.eigen]

    def prepare_value(self, value: Any) -> Any:
        return dict(self.choices).get(value, value)

    def code_for(self, tekst: str, aard: str) -> str:
        """The code that ``tekst`` means, of this aard when there are more; '' for ''.

        Raises ValidationError.
        """
        sought = " ".join(tekst.casefold().split())
        if not sought:
            return ""
        choices = self.choices
        whole = [c for c, n in choices if sought in (c.casefold(), n.casefold())]
        part = [c for c, n in choices if sought in n.casefold()]
        for found in (whole, part):
            here = [code for code in found if code.startswith(f"{aard}.")]
            if len(here or found) == 1:
                return (here or found)[0]
            if found:
                raise forms.ValidationError(self.error_messages["meer"])
        raise forms.ValidationError(self.error_messages["onbekend"])


def suggest(
    form: forms.Form, name: str, suggesties: Callable[[], Iterable[str]]
) -> None:
    """What the field ``name`` of this form suggests; asked when it is drawn."""
    widget = form.fields[name].widget
    if isinstance(widget, TypLijst):
        widget.suggesties = suggesties
