"""What follows from the codes of a kwestie without anybody filling it in.

Guarded by tests/cases/test_afgeleid.py.
"""

from __future__ import annotations

from cases.models import Kwestie

# S149, S150: part one is before and during care that goes well, part two is problems.
# After the end nothing is left to arrange, so that is part two as well.
ONDERDEEL = {
    **dict.fromkeys(("ORIENT", "VOORB", "KTG", "VERSLAG", "BESLUIT", "ZORGGOED"), 1),
    **dict.fromkeys(("KNELP", "KLPROC", "NA"), 2),
}
# S168: before there is something to object to. A knelpunt before a complaint counts:
# support then is to prevent one.
PREVENTIEF = {
    **dict.fromkeys(("ORIENT", "VOORB", "KTG", "VERSLAG", "ZORGGOED", "KNELP"), True),
    **dict.fromkeys(("BESLUIT", "KLPROC", "NA"), False),
}

# S144: diensten that are commissioned for one law only; the others are for everybody.
BEREIK = {"OCO_WLZ": "WLZ", "VP_JEUGD": "JW", "CVP_WZD": "WZD"}


def buiten_bereik(kwestie: Kwestie) -> str:
    """The law for which its dienst is commissioned, when the kwestie is about others.

    '' when it fits, or when no law is known yet. It informs and refuses nothing.
    """
    wetten = {kwestie.wet, *kwestie.wetten} - {"ONBEKEND"}
    wanted = BEREIK.get(kwestie.dienst, "")
    return wanted if wanted and wetten and wanted not in wetten else ""


def onderdeel_of(kwestie: Kwestie) -> int | None:
    """Part 1 or 2 of cliëntondersteuning; None while the fase is not known."""
    return ONDERDEEL.get(kwestie.fase)


def is_preventief(kwestie: Kwestie) -> bool | None:
    """True before, False after there is a decision; None while that is not known."""
    return PREVENTIEF.get(kwestie.fase)


def is_stelseloverstijgend(kwestie: Kwestie) -> bool:
    """Two laws or more (S169)."""
    return len({kwestie.wet, *kwestie.wetten} - {"ONBEKEND"}) >= 2


def is_voor_klacht(kwestie: Kwestie) -> bool:
    """Before a complaint: onvrede, or a knelpunt that is no complaint (S40)."""
    return kwestie.soort == "ONVREDE" or (
        kwestie.fase == "KNELP" and kwestie.soort != "KLACHT"
    )
