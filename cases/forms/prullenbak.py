"""Throwing away: why."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from cases.forms.basis import KwestieForm, lange_tekst


class WeggooiForm(KwestieForm):
    """Why something goes into the prullenbak."""

    vrije_tekst: ClassVar[tuple[str, ...]] = ("reden",)

    reden = lange_tekst(
        _("Waarom gooi je dit weg?"),
        rows=2,
        required=True,
        help_text=_(
            "Bijvoorbeeld: dubbel vastgelegd. Schrijf geen namen, adressen of nummers"
            " op."
        ),
        error_messages={"required": _("Schrijf op waarom je dit weggooit.")},
    )
