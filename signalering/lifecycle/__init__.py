"""From concept to discussed, established and partly public: the verbs of a report.

Invariant: a verb is carried out only along an arrow of STAPPEN, by somebody with the
right, with its guard satisfied, on a locked row, with its audit event in the same
transaction. PostgreSQL checks the arrows, the bespreking, the four eyes and the
frozen figures once more (migration 0002). No timer calls any of these.

Guarded by tests/signalering/test_lifecycle.py.
"""

from signalering.lifecycle.aanbieden import (
    edit_texts,
    offer,
    sign_check,
    submit,
    take_back,
)
from signalering.lifecycle.afronden import close_confidentially, publish, withdraw
from signalering.lifecycle.bespreken import (
    establish,
    open_discussion,
    react,
    record_discussion,
)
from signalering.lifecycle.bezwaar import decide_objection, open_objection
from signalering.lifecycle.cijfers import (
    count_figures,
    freeze_figures,
    protect_figures,
    refusal_to_json,
    series_of,
)
from signalering.lifecycle.gesprek import (
    ONJUISTHEID_BIJ,
    decide,
    point_out,
    remark,
    settle_remark,
)
from signalering.lifecycle.maken import (
    living_rapportage,
    print_again,
    request_rapportage,
)
from signalering.lifecycle.opzet import leave_out, redesign
from signalering.lifecycle.tabel import (
    MOST_WORDS,
    REACTIE_BIJ,
    STAPPEN,
    TAAK,
    RapportageError,
    Stap,
    last_reactie,
    possible_verbs,
)
from signalering.lifecycle.woorden import (
    REDENEN,
    Toegestaan,
    herkenbaar,
    require_unnamed,
    toe_te_staan,
)

__all__ = [
    "MOST_WORDS",
    "ONJUISTHEID_BIJ",
    "REACTIE_BIJ",
    "REDENEN",
    "RapportageError",
    "STAPPEN",
    "Stap",
    "TAAK",
    "Toegestaan",
    "close_confidentially",
    "count_figures",
    "decide",
    "decide_objection",
    "edit_texts",
    "establish",
    "freeze_figures",
    "herkenbaar",
    "last_reactie",
    "leave_out",
    "living_rapportage",
    "offer",
    "open_discussion",
    "open_objection",
    "possible_verbs",
    "point_out",
    "print_again",
    "protect_figures",
    "publish",
    "react",
    "record_discussion",
    "redesign",
    "refusal_to_json",
    "remark",
    "request_rapportage",
    "require_unnamed",
    "series_of",
    "settle_remark",
    "sign_check",
    "submit",
    "take_back",
    "toe_te_staan",
    "withdraw",
]
