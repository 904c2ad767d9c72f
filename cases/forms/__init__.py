"""Forms of casework: the shape of the input; rules are in ``cases.services``."""

from cases.forms.afronding import AfrondForm, TrajectForm, VerwijzingForm
from cases.forms.basis import KwestieForm
from cases.forms.bewerken import BewerkForm
from cases.forms.filter import FilterForm
from cases.forms.ondersteuning import (
    ContactForm,
    StartForm,
    ToewijzenForm,
    WachtForm,
)
from cases.forms.registratie import RegistratieForm

__all__ = [
    "AfrondForm",
    "BewerkForm",
    "ContactForm",
    "FilterForm",
    "KwestieForm",
    "RegistratieForm",
    "StartForm",
    "ToewijzenForm",
    "TrajectForm",
    "VerwijzingForm",
    "WachtForm",
]
