"""Fictional tenants and people, for demonstrations, tests of scale and benchmarks.

The first 25 tenants are in ``demo.json``: municipalities that exist, with figures
that do not. Everything made here is marked ``is_fictief``, and nothing is made when a
tenant of the same name is real.

Guarded by tests/cases/test_demo.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from tenants import verklaring
from tenants.demo_contacten import CONTACTEN
from tenants.demo_publiek import publish_pages
from tenants.groepen import fill_groups
from tenants.inloggen.demo import enrol
from tenants.models import (
    Geheimhouding,
    Medewerker,
    Membership,
    Opdracht,
    Tenant,
    User,
)
from tenants.roles import MEDEWERKER, ROLLEN
from tenants.scope import loading

SPACE = uuid5(NAMESPACE_URL, "https://adviespunt.example/demo")
DOMAIN = "demo.example"
BEKEND = 25  # tenants with a name and a size of their own, in demo.json
MEESTE = 400
KLEIN = 10.0  # kwesties in an average year of each tenant beyond the 25
VANAF = date(2015, 1, 1)
MENSEN_VANAF = date(2022, 12, 1)
TABLES = (
    "tenants_tenant",
    "tenants_opdracht",
    "tenants_membership",
    "tenants_tenantgroupobjectpermission",
    *("tenants_publiekepagina", "tenants_openbaardocument", "tenants_loket"),
)
# The supporter you sign in as: she works for some tenants, with a full caseload.
ONDERSTEUNER = "ondersteuner-01"
HAAR_TENANTS = ("arnhem", "nijmegen", "renkum", "rheden", "overbetuwe", "wulpenhorst")
OVERAL = ("*",)
PER_EXTRA_TENANT = 3  # supporters of each tenant beyond the 25


class NotFictional(Exception):
    """A tenant with this name is there already, and it is real."""


@dataclass(frozen=True, slots=True)
class Demotenant:
    """A tenant of the demonstration as the generator of kwesties needs it.

    profiel: gemeente, vvt, ghz or jeugd. gewicht: kwesties in an average year.
    ondersteuners: code in registers and account (None without people).
    """

    id: int
    slug: str
    profiel: str
    gewicht: float
    opdracht_id: UUID
    diensten: tuple[str, ...]
    ondersteuners: tuple[tuple[str, UUID | None], ...]


@dataclass(frozen=True, slots=True)
class Gemaakt:
    """What there is after ``make_tenants``; accounts: how many were new."""

    tenants: list[Demotenant]
    accounts: int


@dataclass(frozen=True, slots=True)
class Vorm:
    """What a tenant is going to look like."""

    slug: str
    naam: str
    type: str
    gemeentecode: str | None
    profiel: str
    kwesties_per_jaar: float


@dataclass(frozen=True, slots=True)
class Persoon:
    """An account of the demonstration. waar: slugs of tenants, or OVERAL (the 25)."""

    adres: str
    naam: str
    rol: str
    waar: tuple[str, ...] = OVERAL
    code: str = ""
    op_lijst: bool = True

    @property
    def email(self) -> str:
        return f"{self.adres}@{DOMAIN}"

    @property
    def id(self) -> UUID:
        return uuid5(SPACE, self.email)

    def works_for(self, index: int, slug: str) -> bool:
        """index: place of the tenant among all, from 0."""
        if self.waar == OVERAL and index >= BEKEND:
            nummer = int(self.code.rpartition("-")[2] or 0) if self.code else 0
            places = {(index * PER_EXTRA_TENANT + i) % 17 for i in range(3)}
            return self.rol == "ONDERSTEUNER" and nummer - 2 in places
        return self.waar == OVERAL or slug in self.waar


COLLEGAS = (
    *("Bas Wielewaal", "Carlijn Duinroos", "Daan Vlinderslag", "Esra Maanzaad"),
    *("Floor Regendauw", "Guus Zandoever", "Hatice Korenveld", "Ids Lindelaar"),
    *("Jasmijn Beekdal", "Koen Heidebloem", "Lotte Sterrenkijk", "Mo Zilverlaan"),
    *("Noor Wolkenveld", "Olaf Rietpluim", "Pien Avondrood", "Quinten Berkenbos"),
    "Roos Dennenappel",
)
MENSEN = (
    Persoon("vrijwilliger", "Vera Kersenboom", "VRIJWILLIGER", ("arnhem", "nijmegen")),
    Persoon(
        "ondersteuner", "Anna Klaproos", "ONDERSTEUNER", HAAR_TENANTS, ONDERSTEUNER
    ),
    Persoon("teamleider", "Chantal Zonnedauw", "TEAMLEIDER"),
    Persoon("toetser", "Els Waterlelie", "TOETSER"),
    Persoon("directie", "Fatma Eikenhout", "DIRECTIE"),
    Persoon("fg", "Frits Goudsbloem", "FG"),
    Persoon("beheer", "Dewi Populier", "BEHEER"),
    Persoon("contact", "Gerard Meidoorn", "CONTACT", ("nijmegen",)),
    Persoon("contact-arnhem", "Gea Veldkers", "CONTACT", ("arnhem",)),
    Persoon("contact-wulpenhorst", "Ivo Sleedoorn", "CONTACT", ("wulpenhorst",)),
    Persoon("ontvanger", "Otto Hazelaar", "ONTVANGER", ("nijmegen",)),
    *(
        Persoon(f"contact-{slug}", naam, "CONTACT", (slug,), op_lijst=False)
        for slug, naam in CONTACTEN.items()
    ),
    *(
        Persoon(
            f"ondersteuner-{nummer:02}",
            naam,
            "ONDERSTEUNER",
            code=f"ondersteuner-{nummer:02}",
            op_lijst=False,
        )
        for nummer, naam in enumerate(COLLEGAS, start=2)
    ),
)


def sign_ins() -> list[tuple[str, str]]:
    """(role, e-mail address) of the accounts to try the product with."""
    return [
        (str(ROLLEN[person.rol].naam), person.email)
        for person in MENSEN
        if person.op_lijst
    ]


def make_tenants(
    aantal: int, *, password: str | None, app: str | None = None
) -> Gemaakt:
    """The first ``aantal`` fictional tenants (at most MEESTE) and their people.

    As owner of the database. password: of every new demo account; None makes no
    accounts. app: secret of an app for codes that all of them have; None: each makes
    a factor herself. What is there already stays. Raises NotFictional.
    """
    with loading(*TABLES):
        tenants = [_tenant(vorm) for vorm in shapes(aantal)]
        opdrachten = _opdrachten(tenants)
        fresh = 0 if password is None else _people(tenants, password)
        if app is not None:
            ids = [person.id for person in MENSEN]
            enrol(User.objects.filter(pk__in=ids).values_list("pk", flat=True), app)
        accounts = dict(Medewerker.objects.values_list("code", "pk"))
        made = [
            _demotenant(index, tenant, opdrachten[tenant.pk], accounts)
            for index, tenant in enumerate(tenants)
        ]
    return Gemaakt(made, fresh)


# ------------------------------------------------------------------------ tenants


@cache
def _known() -> dict[str, Any]:
    path = Path(__file__).with_name("demo.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def shapes(aantal: int) -> tuple[Vorm, ...]:
    """What the first ``aantal`` tenants look like."""
    known = [Vorm(**tenant) for tenant in _known()["tenants"]]
    extra = (_extra(nummer) for nummer in range(BEKEND + 1, MEESTE + 1))
    return tuple([*known, *extra][:aantal])


def _extra(nummer: int) -> Vorm:
    """Tenant ``nummer`` beyond the 25: small, and every eighth one a care provider."""
    if nummer % 8 == 0:
        slug, naam = f"zorg-{nummer:03}", f"Zorgaanbieder Voorbeeld {nummer:03}"
        return Vorm(slug, f"{naam} (fictief)", "zorgaanbieder", None, "vvt", KLEIN)
    # No municipality has a code from GM9000 on.
    slug, naam = f"voorbeeld-{nummer:03}", f"Gemeente Voorbeeld {nummer:03}"
    code = f"GM{9000 + nummer}"
    return Vorm(slug, f"{naam} (fictief)", "gemeente", code, "gemeente", KLEIN)


def _tenant(vorm: Vorm) -> Tenant:
    tenant, made = Tenant.objects.get_or_create(
        slug=vorm.slug,
        defaults={
            "naam": vorm.naam,
            "type": vorm.type,
            "gemeentecode": vorm.gemeentecode,
            "status": Tenant.Status.ACTIEF,
            "is_fictief": True,
        },
    )
    if not made and not tenant.is_fictief:
        text = _(
            "De opdrachtgever %(slug)s bestaat al en is echt. Demonstratiegegevens"
            " horen in een eigen database."
        )
        raise NotFictional(text % {"slug": vorm.slug})
    return tenant


def _opdrachten(tenants: Sequence[Tenant]) -> dict[int, UUID]:
    """Id of the one opdracht of each tenant; makes it where there is none."""
    vormen = {vorm.slug: vorm for vorm in shapes(len(tenants))}
    wanted = {
        tenant.pk: Opdracht(
            id=uuid5(SPACE, f"opdracht/{tenant.slug}"),
            tenant=tenant,
            naam=f"Onafhankelijke ondersteuning {tenant.naam}",
            diensten=_known()["diensten"][vormen[tenant.slug].profiel],
            van=VANAF,
            drempel_opdrachtgever=5 if tenant.type == Tenant.Type.GEMEENTE else 10,
            drempel_openbaar=10,
            onafhankelijkheidsclausule_akkoord_op=VANAF,
        )
        for tenant in tenants
    }
    ids = [opdracht.pk for opdracht in wanted.values()]
    there = Opdracht.objects.filter(pk__in=ids).values_list("pk", flat=True)
    held = set(there)
    Opdracht.objects.bulk_create(o for o in wanted.values() if o.pk not in held)
    return {tenant_id: opdracht.pk for tenant_id, opdracht in wanted.items()}


def _demotenant(
    index: int, tenant: Tenant, opdracht_id: UUID, accounts: dict[str, UUID]
) -> Demotenant:
    vorm = shapes(index + 1)[index]
    codes = [
        person.code
        for person in MENSEN
        if person.code and person.works_for(index, tenant.slug)
    ]
    return Demotenant(
        id=tenant.pk,
        slug=tenant.slug,
        profiel=vorm.profiel,
        gewicht=vorm.kwesties_per_jaar,
        opdracht_id=opdracht_id,
        diensten=tuple(_known()["diensten"][vorm.profiel]),
        ondersteuners=tuple((code, accounts.get(code)) for code in sorted(codes)),
    )


# ------------------------------------------------------------------------- people


def _people(tenants: Sequence[Tenant], password: str) -> int:
    """Accounts, memberships and permissions that are not there yet; new accounts."""
    roles = [
        (person, tenant)
        for person in MENSEN
        for index, tenant in enumerate(tenants)
        if person.works_for(index, tenant.slug)
    ]
    people = list(dict.fromkeys(person for person, _tenant in roles))
    there = set(
        User.objects.filter(pk__in=[p.id for p in people]).values_list("pk", flat=True)
    )
    new = [person for person in people if person.id not in there]
    if new:
        _accounts(new, make_password(password))  # one hash for all: it takes a while
    _memberships(roles)
    _signatures(people)
    publish_pages(tenants, next(p.id for p in MENSEN if p.rol == "BEHEER"))
    return len(new)


def _signatures(people: Sequence[Persoon]) -> None:
    """Everybody of the demonstration has signed the declaration of secrecy."""
    versie = verklaring.VERSIE
    signed = set(
        Geheimhouding.objects.filter(versie=versie).values_list(
            "medewerker_id", flat=True
        )
    )
    Geheimhouding.objects.bulk_create(
        Geheimhouding(
            medewerker_id=person.id,
            versie=versie,
            sha256=verklaring.sha256(),
            naam=person.naam,
        )
        for person in people
        if ROLLEN[person.rol].soort == MEDEWERKER and person.id not in signed
    )


def _memberships(roles: Sequence[tuple[Persoon, Tenant]]) -> None:
    people = {person.id for person, _tenant in roles}
    held = set(
        Membership.objects.filter(user_id__in=people).values_list(
            "user_id", "tenant_id"
        )
    )
    fresh = [(p, t) for p, t in roles if (p.id, t.pk) not in held]
    Membership.objects.bulk_create(
        Membership(
            id=uuid5(SPACE, f"{person.email}/{tenant.slug}"),
            tenant=tenant,
            user_id=person.id,
            soort=ROLLEN[person.rol].soort,
            rol=person.rol,
            van=MENSEN_VANAF,
        )
        for person, tenant in fresh
    )
    fill_groups((person.id, tenant.pk, person.rol) for person, tenant in fresh)


def _accounts(people: Sequence[Persoon], hashed: str) -> None:
    User.objects.bulk_create(
        User(
            id=person.id,
            email=person.email,
            naam=person.naam,
            soort=ROLLEN[person.rol].soort,
            password=hashed,
            aangemaakt_op=datetime(2022, 12, 1, 9, tzinfo=UTC),
        )
        for person in people
    )
    Medewerker.objects.bulk_create(
        Medewerker(
            user_id=person.id, naam=person.naam, code=person.code or person.adres
        )
        for person in people
        if ROLLEN[person.rol].soort == MEDEWERKER
    )
