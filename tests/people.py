"""Two tenants and the people in and around them, the same in every test.

Arnhem is a gemeente, Wulpenhorst a care provider. Anna and Bram are supporters for
Arnhem, Chantal leads their team, Els signs checks, Fatma is directie, Dewi
administers, Gerard reads reports for Arnhem. Hanna supports for Wulpenhorst, Ivo
reads there; Nadia supports for both; Teun leads the team there and signs checks too.
Everybody has an app for codes, but for Vera, who is new.
"""

from __future__ import annotations

import time
from datetime import date
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client as Browser

from tenants import verklaring
from tenants.access import Wie, wie_for
from tenants.inloggen.demo import code as code_of
from tenants.inloggen.demo import enrol
from tenants.models import Medewerker, Opdracht, Tenant, User
from tenants.roles import MEDEWERKER, OPDRACHTGEVER
from tenants.scope import Scope, acting_as, loading
from tenants.services import grant_membership

SPACE = UUID("7f2a1c5e-0d7c-4f8e-9b5e-2f6b8a1d3c4e")
PASSWORD = "een-heel-lang-wachtwoord"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of the app that everybody has
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TENANTS = {
    "arnhem": ("Gemeente Arnhem", "gemeente", "GM0202"),
    "wulpenhorst": ("Zorggroep Wulpenhorst", "zorgaanbieder", None),
}
PEOPLE: dict[str, list[tuple[str, str]]] = {
    "anna": [("arnhem", "ONDERSTEUNER")],
    "bram": [("arnhem", "ONDERSTEUNER")],
    "vera": [("arnhem", "VRIJWILLIGER")],
    "chantal": [("arnhem", "TEAMLEIDER")],
    "els": [("arnhem", "TOETSER"), ("wulpenhorst", "TOETSER")],
    "fatma": [("arnhem", "DIRECTIE"), ("wulpenhorst", "DIRECTIE")],
    "frits": [("arnhem", "FG")],
    "dewi": [("arnhem", "BEHEER"), ("wulpenhorst", "BEHEER")],
    "gerard": [("arnhem", "CONTACT")],
    "otto": [("arnhem", "ONTVANGER")],
    "hanna": [("wulpenhorst", "ONDERSTEUNER")],
    "ivo": [("wulpenhorst", "CONTACT")],
    "nadia": [("arnhem", "ONDERSTEUNER"), ("wulpenhorst", "ONDERSTEUNER")],
    "teun": [("wulpenhorst", "TEAMLEIDER"), ("wulpenhorst", "TOETSER")],
    "niemand": [],
}
CONTACTS = {"gerard", "otto", "ivo"}
# Sofie has an account and did not sign the declaration of secrecy; she has no role yet.
ONGETEKEND = "sofie"


def ident(naam: str) -> UUID:
    """The fixed id of a person or an opdracht."""
    return uuid5(SPACE, naam)


def email(naam: str) -> str:
    return f"{naam}@adviespunt.example"


def load() -> None:
    """Everybody and everything of this module, committed, as owner."""
    tables = (
        "tenants_tenant",
        "tenants_opdracht",
        "tenants_membership",
        "tenants_tenantgroupobjectpermission",
    )
    with loading(*tables):
        tenants = {}
        for slug, (naam, soort, code) in TENANTS.items():
            tenants[slug] = Tenant.objects.create(
                slug=slug,
                naam=naam,
                type=soort,
                gemeentecode=code,
                status=Tenant.Status.ACTIEF,
            )
            Opdracht.objects.create(
                id=ident(f"opdracht-{slug}"),
                tenant=tenants[slug],
                naam=f"Cliëntondersteuning {naam}",
                diensten=["OCO_SD"],
                van=date(2015, 1, 1),
                drempel_opdrachtgever=5 if soort == "gemeente" else 10,
            )
        for naam, rollen in {**PEOPLE, ONGETEKEND: []}.items():
            soort = OPDRACHTGEVER if naam in CONTACTS else MEDEWERKER
            user = User.objects.create_user(
                email(naam), None, id=ident(naam), naam=naam.title(), soort=soort
            )
            if soort == MEDEWERKER:
                Medewerker.objects.create(user=user, naam=user.naam, code=naam)
            if soort == MEDEWERKER and naam != ONGETEKEND:
                verklaring.sign(user, user.naam)
            for slug, rol in rollen:
                grant_membership(
                    actor=None,
                    tenant=tenants[slug],
                    user=user,
                    rol=rol,
                    van=date(2020, 1, 1),
                )
        User.objects.update(password=make_password(PASSWORD))  # slow, so once
        enrol((ident(naam) for naam in PEOPLE if naam != "vera"), SECRET)


def user(naam: str) -> User:
    return User.objects.get(pk=ident(naam))


def wie(naam: str) -> Wie:
    """The person as the middleware sees her."""
    with acting_as(Scope("identity", ident(naam))):
        return wie_for(User(id=ident(naam), naam=naam.title(), soort=_soort(naam)))


_FIRST: dict[str, Wie] = {}


def remember() -> None:
    """Look everybody up as she is before any test, for ``known``."""
    _FIRST.update({naam: wie(naam) for naam in PEOPLE})


def known(naam: str) -> Wie:
    """The person as ``load`` made her: for laying out what a test is about, and for
    looking at what is there. What she may do now, after what a test changed, is in
    ``wie``.
    """
    return _FIRST[naam]


def _soort(naam: str) -> str:
    return OPDRACHTGEVER if naam in CONTACTS else MEDEWERKER


def tenant_id(slug: str) -> int:
    return {"arnhem": 1, "wulpenhorst": 2}[slug]


def code(at: float | None = None) -> str:
    """What the app of everybody shows now, or at ``at`` (Unix time)."""
    return code_of(SECRET, at)[0]


def browser(naam: str | None, *, factor: bool = True) -> Browser:
    """A test client signed in as ``naam`` (None: a visitor), with a second factor or
    halfway (factor=False).
    """
    cache.clear()
    made = Browser()
    if naam is not None:
        made.force_login(user(naam), backend=BACKEND)
        if factor:
            prove(made, naam)
    return made


def prove(browser: Browser, naam: str, *, at: float | None = None) -> None:
    """Put in the session that a code was given, now or at ``at`` (Unix time)."""
    session = browser.session
    session.update(proof(naam, at=at))
    session.save()


def proof(naam: str, *, at: float | None = None) -> dict[str, object]:
    """What the session holds of a code that was given."""
    when = time.time() if at is None else at
    return {
        "account_authentication_methods": [
            {"method": "mfa", "type": "totp", "at": when}
        ],
        "account_authentication_methods_user": str(ident(naam)),
        **dict.fromkeys(("begonnen", "actief"), int(time.time())),
    }
