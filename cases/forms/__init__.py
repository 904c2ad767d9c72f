"""Forms of casework: the shape of the input; rules are in ``cases.services``."""

from cases.forms.afronding import AfrondForm, TrajectForm, VerwijzingForm
from cases.forms.basis import KwestieForm
from cases.forms.bewerken import BewerkForm
from cases.forms.filter import BewaarFilterForm, FilterForm
from cases.forms.herstel import DoorgeleidForm, SamenvoegForm
from cases.forms.identiteit import AnoniemForm, ClientForm
from cases.forms.ondersteuning import (
    ContactForm,
    StartForm,
    ToewijzenForm,
    WachtForm,
)
from cases.forms.prullenbak import WeggooiForm
from cases.forms.registratie import DubbelForm, RegistratieForm
from cases.forms.toegang import (
    DeelForm,
    OntheffenForm,
    OverdragenForm,
    VervangingForm,
)
from cases.forms.typen import suggest
from cases.forms.zoeken import ZoekForm

__all__ = [
    "AfrondForm",
    "AnoniemForm",
    "BewaarFilterForm",
    "BewerkForm",
    "ClientForm",
    "ContactForm",
    "DoorgeleidForm",
    "DubbelForm",
    "DeelForm",
    "FilterForm",
    "KwestieForm",
    "OntheffenForm",
    "OverdragenForm",
    "RegistratieForm",
    "SamenvoegForm",
    "StartForm",
    "ToewijzenForm",
    "TrajectForm",
    "VervangingForm",
    "VerwijzingForm",
    "WachtForm",
    "WeggooiForm",
    "ZoekForm",
    "suggest",
]
