"""Parts of the product that run in a process of their own, open to everybody.

Invariant: a part is given what it needs and does not start with more. What stands in
the environment of a process is there for whoever takes it over, so a key that it does
not need is refused rather than dropped. No part has a master key: ``MASTER_KEYS`` is
empty, and what visitors send is sealed with the public half of a key (ADR 29).

Guarded by tests/signalering/test_apart.py and tests/cases/test_loket_apart.py.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from adviespunt.instantie import Instance
from adviespunt.omgeving import SEE, momentary

# Of no use to a part; each of them opens what a part must not be able to open.
NOOIT: Final = (
    *("HOOFDSLEUTEL", "HOOFDSLEUTELS_OUD", "BACKUP_SLEUTEL"),
    *("DATABASE_OWNER_URL", "DATABASE_OWNER_PASSWORD"),
)


@dataclass(frozen=True, slots=True)
class Deel:
    """One part.

    urlconf: its addresses. zonder: middleware that it leaves out, by a piece of the
    name, because nobody is signed in there; plus: what it has instead. geen: settings
    that it may not be given.
    """

    urlconf: str
    zonder: tuple[str, ...]
    plus: tuple[str, ...] = ()
    geen: tuple[str, ...] = NOOIT


NIEMAND: Final = ("auth.middleware", "messages", "htmx", "tenants.")
DELEN: Final[Mapping[str, Deel]] = {
    # What everybody may read: no form, no signed context (ADR 27).
    "openbaar": Deel("adviespunt.urls_openbaar", (*NIEMAND, "csrf")),
    # What visitors send: sealed, and answered to their code (ADR 29).
    "loket": Deel(
        "adviespunt.urls_loket",
        NIEMAND,
        ("tenants.middleware.BezoekersMiddleware",),
        (*NOOIT, "SECRET_KEY"),
    ),
}


def part(naam: str) -> Deel | None:
    """The part of this name, None for the whole product. Raises ImproperlyConfigured
    for another name, and when the process was given what the part may not have.
    """
    if not naam:
        return None
    if naam not in DELEN:
        names = " or ".join(DELEN)
        raise ImproperlyConfigured(f"ADVIESPUNT_DEEL is {names}, or empty. {SEE}")
    deel = DELEN[naam]
    forms = ((name, form) for name in deel.geen for form in (name, f"{name}_FILE"))
    given = [form for _name, form in forms if os.environ.get(form, "").strip()]
    if given:
        raise ImproperlyConfigured(
            f"The process with ADVIESPUNT_DEEL={naam} may not have {', '.join(given)}:"
            " whoever takes it over would have it too. Take it out of the environment"
            f" of this process. {SEE}"
        )
    return deel


def made_up(naam: str, inst: Instance | None) -> dict[str, str]:
    """Secrets that nobody has to give: of the embedded servers (``inst``), and for a
    part those of a moment, because it signs nothing that has to last.
    """
    if naam == "openbaar":
        return {"secret_key": momentary(), "rls_key": momentary()}
    ours = inst.secrets() if inst else {}
    if naam != "loket":
        return ours
    shared = {"rls_key": ours["rls_key"], "loket": ours["secret_key"]} if ours else {}
    return {"secret_key": momentary(), **shared}


def middleware(deel: Deel, whole: Sequence[str]) -> list[str]:
    """What is left of the middleware of the whole product, and what comes instead."""
    kept = [one for one in whole if not any(name in one for name in deel.zonder)]
    return [*kept, *deel.plus]
