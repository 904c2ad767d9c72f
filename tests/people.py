"""Two tenants and the people in and around them, the same in every test.

Arnhem is a gemeente, Wulpenhorst a care provider. Anna and Bram are supporters for
Arnhem, Chantal leads their team, Els signs checks, Fatma is directie, Dewi
administers, Gerard reads reports for Arnhem. Hanna supports for Wulpenhorst, Ivo
reads there; Nadia supports for both; Teun leads the team there and signs checks too.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client as Browser

from tenants.access import Wie, wie_for
from tenants.models import Medewerker, Opdracht, Tenant, User
from tenants.roles import MEDEWERKER, OPDRACHTGEVER
from tenants.scope import Scope, acting_as, loading
from tenants.services import grant_membership

SPACE = UUID("7f2a1c5e-0d7c-4f8e-9b5e-2f6b8a1d3c4e")
PASSWORD = "een-heel-lang-wachtwoord"
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
        "tenants_tenantuserobjectpermission",
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
        for naam, rollen in PEOPLE.items():
            soort = OPDRACHTGEVER if naam in CONTACTS else MEDEWERKER
            user = User.objects.create_user(
                email(naam), None, id=ident(naam), naam=naam.title(), soort=soort
            )
            if soort == MEDEWERKER:
                Medewerker.objects.create(user=user, naam=user.naam, code=naam)
            for slug, rol in rollen:
                grant_membership(
                    actor=None,
                    tenant=tenants[slug],
                    user=user,
                    rol=rol,
                    van=date(2020, 1, 1),
                )
        User.objects.update(password=make_password(PASSWORD))  # slow, so once


def user(naam: str) -> User:
    return User.objects.get(pk=ident(naam))


def wie(naam: str) -> Wie:
    """The person as the middleware sees her."""
    with acting_as(Scope("identity", ident(naam))):
        return wie_for(User(id=ident(naam), naam=naam.title(), soort=_soort(naam)))


def _soort(naam: str) -> str:
    return OPDRACHTGEVER if naam in CONTACTS else MEDEWERKER


def tenant_id(slug: str) -> int:
    return {"arnhem": 1, "wulpenhorst": 2}[slug]


def browser(naam: str | None) -> Browser:
    """A test client signed in as ``naam`` (None: a visitor)."""
    cache.clear()
    made = Browser()
    if naam is not None:
        made.force_login(
            user(naam), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return made
