"""Form fields that speak Dutch: one text field for a date.

Guarded by tests/tenants/test_velden.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

VORMEN = ("%d-%m-%Y", "%d-%m-%y", "%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d")
WOORDEN = {
    "vandaag": 0,
    "today": 0,
    "gisteren": 1,
    "yesterday": 1,
    "eergisteren": 2,
    "morgen": -1,
    "tomorrow": -1,
    "overmorgen": -2,
}


class DatumField(forms.DateField):
    """A day as people type it: 5-3-26, 5/3/2026, 05-03-2026, vandaag, gisteren."""

    widget = forms.DateInput(
        format="%d-%m-%Y", attrs={"class": "app-short", "autocomplete": "off"}
    )
    default_error_messages = {
        "required": _("Vul de datum in. Bijvoorbeeld 05-03-2026."),
        "invalid": _("Deze datum klopt niet. Vul hem zo in: 05-03-2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Bijvoorbeeld 05-03-2026"))
        super().__init__(input_formats=VORMEN, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            back = WOORDEN.get(value.strip().lower())
            if back is not None:
                return timezone.localdate() - timedelta(days=back)
        return super().to_python(value)
