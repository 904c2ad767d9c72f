"""The doors for online questions of the demonstration, opened by its teamleider; one
question that was answered, and one that waits.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

from uuid import uuid5

from cases.models import Aanmelding
from cases.selectors.loket import door_at
from cases.services import hand_over
from cases.services.aanmeldingen import Codering, answer, open_loket, take_up
from cases.services.loket import Zending, send, write_back
from privacy.loketcode import Loketcode, code_for
from tenants.access import Wie, wie_for
from tenants.demo import SPACE
from tenants.models import User
from tenants.roles import Recht
from tenants.scope import Scope, acting_as

WAAR = "arnhem"
# The forms that were sent; each is 24 characters, as a browser makes them.
BEANTWOORD, WACHT = "demonstratie-beantwoord-", "demonstratie-wachtend---"
VRAAG = Zending(
    vraag="Mijn buurvrouw krijgt sinds de zomer minder hulp in huis. Niemand heeft haar"
    " verteld waarom. Kan zij daar iets aan doen?",
    soort="ONVREDE",
    rol="BURGER",
)
ANTWOORD = (
    "Dank u dat u voor uw buurvrouw opkomt. Zij kan de gemeente om een besluit op papier"
    " vragen. Staat zij er niet achter, dan kan zij binnen zes weken bezwaar maken. Wij"
    " helpen haar daar graag bij. Dat is gratis."
)
DANK = "Dank u wel. Ik vertel het haar vanavond."
NIEUW = Zending(vraag="Bij wie klaag ik over de bus naar de dagbesteding?")


def somebody(email: str) -> Wie:
    """Who this is, with her rights. As the login role, not as owner."""
    user = User.objects.get(email=email)
    with acting_as(Scope("identity", user.pk)):
        return wie_for(user)


def open_doors(teamleider: str) -> int:
    """Open the door of every tenant that she leads the team of; returns how many.

    teamleider: her e-mail address.
    """
    wie = somebody(teamleider)
    here = wie.with_right(Recht.KWESTIE_TEAM)
    for tenant_id in here:
        with acting_as(wie.scope(tenant_id)):
            open_loket(actor=wie, tenant_id=tenant_id)
    return len(here)


def demo_code() -> Loketcode | None:
    """With which a visitor reads the answer of the demonstration."""
    with acting_as(Scope("public")):
        deur = door_at(WAAR)
    return code_for(deur.tenant_id, BEANTWOORD) if deur else None


def ask_questions(teamleider: str, ondersteuner: str) -> None:
    """An anonymous question with an answer, and one that waits; once.

    Both are e-mail addresses. The door at ``WAAR`` is open.
    """
    leader, anna = somebody(teamleider), somebody(ondersteuner)
    with acting_as(Scope("public")):
        deur = door_at(WAAR)
    if deur is None:
        return
    tenant_id, code = deur.tenant_id, code_for(deur.tenant_id, BEANTWOORD)
    with acting_as(leader.scope(tenant_id)):
        if Aanmelding.objects.filter(tenant_id=tenant_id, pk=code.id).exists():
            return
    with acting_as(Scope("public")):
        send(deur, BEANTWOORD, VRAAG)
        send(deur, WACHT, NIEUW)
    _answer(leader, anna, code)
    with acting_as(Scope("public")):
        write_back(code, uuid5(SPACE, "loketbericht dank"), DANK)


def _answer(leader: Wie, anna: Wie, code: Loketcode) -> None:
    here = code.tenant_id
    with acting_as(leader.scope(here)):
        kwestie = take_up(
            actor=leader,
            tenant_id=here,
            aanmelding_id=code.id,
            codering=Codering(soort="ONVREDE", aard="ORG", wet="WMO", rol="BURGER"),
        )
        hand_over(
            actor=leader,
            tenant_id=here,
            kwestie_id=kwestie.pk,
            medewerker_id=anna.user_id,
            reden="TOEDELING",
        )
    with acting_as(anna.scope(here)):
        answer(
            actor=anna,
            tenant_id=here,
            kwestie_id=kwestie.pk,
            tekst=ANTWOORD,
            bericht_id=uuid5(SPACE, "loketbericht antwoord"),
        )
