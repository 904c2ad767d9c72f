"""The checks of ``doctor``: settings, database, keys, backup, seals.

Each gives findings and changes nothing, as the role that serves people.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http.request import validate_host
from packaging.version import Version

from privacy import zegels
from signalering.certificaat import (
    CertificaatFout,
    certificate_of,
    our_place,
    require_pair,
)
from tenants.checks import AT_THE_START, OPEN, TELT, refuse_privileged_role
from tenants.scope import Scope, acting_as
from tenants.sleutelbos import lost_texts

OK, LET_OP, FOUT = "ok", "let op", "fout"
# PostgreSQL before these minors has weaknesses in row security (CVE-2024-10976,
# CVE-2025-8713, and those of 14 May 2026).
FLOORS = {15: 150018, 16: 160014, 17: 170010, 18: 180004}
LOG_SETTINGS = {
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
ALLAUTH_FLOOR = "65.19.4"
KEY_FILES = (
    *("SECRET_KEY", "RLS_KEY", "DATABASE_PASSWORD", "DATABASE_OWNER_PASSWORD"),
    *("REDIS_PASSWORD", "HOOFDSLEUTEL", "LOKET_SLEUTEL"),
)
OLDEST_BACKUP = timedelta(hours=26)
LONGEST_WAIT = timedelta(minutes=10)
RENEW_DAYS = 60  # before its end that the certificate of the seal is worth a line
AHEAD = 1  # months that have a part of the record already


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One line: how it is, about what, and what to do when it is not ok."""

    stand: str
    wat: str
    doen: str = ""


def examine() -> list[Bevinding]:
    """Every check; one that cannot be done is itself a finding."""
    found: list[Bevinding] = []
    for check in OF_A_PART if settings.APART else CHECKS:
        try:
            found += check()
        except DatabaseError as error:
            said = f"{check.__name__}: niet te controleren ({type(error).__name__})"
            found.append(Bevinding(FOUT, said, "Kijk of PostgreSQL bereikbaar is."))
    return found


def _asked(sql: str, *params: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        row: tuple[object, ...] = cursor.fetchone()
        return row


def _is(good: bool, wat: str, doen: str, worst: str = FOUT) -> Bevinding:
    return Bevinding(OK, wat) if good else Bevinding(worst, wat, doen)


def debug() -> Iterator[Bevinding]:
    yield _is(
        not settings.DEBUG,
        f"DEBUG staat {'aan' if settings.DEBUG else 'uit'}",
        "Zet DEBUG uit: foutpagina's tonen anders hoe het systeem werkt.",
    )


def role() -> Iterator[Bevinding]:
    """The role that serves people: no superuser, owner or BYPASSRLS."""
    try:
        refuse_privileged_role()
    except ImproperlyConfigured as error:
        if "sealed" in str(error):
            yield Bevinding(
                FOUT,
                "De sleutels passen niet bij de gegevens: web en worker starten niet",
                "Zet HOOFDSLEUTEL en het deel met sleutels van de kopie terug.",
            )
            return
        yield Bevinding(
            FOUT,
            "De databaserol mag te veel (superuser, eigenaar of BYPASSRLS)",
            "Laat web en worker aanmelden als adviespunt_app.",
        )
        return
    yield Bevinding(OK, "De databaserol is geen superuser, eigenaar of BYPASSRLS")
    (is_open,) = _asked(OPEN)
    yield _is(
        not is_open,
        f"set_config() is {'open' if is_open else 'dicht'} voor de applicatie",
        "Voer tenants/database.sql uit als superuser.",
    )
    (counts,) = _asked(TELT)
    yield _is(
        not counts,
        f"Tellers van tabellen zijn {'open' if counts else 'dicht'} voor de applicatie",
        "Voer tenants/database.sql opnieuw uit als superuser.",
    )
    (kinds,) = _asked(
        "SELECT count(*) FROM pg_roles WHERE rolname IN ('adviespunt_audit',"
        " 'adviespunt_zegel') AND NOT rolsuper AND NOT rolbypassrls"
        " AND NOT rolcanlogin AND pg_has_role(session_user, oid, 'MEMBER')"
    )
    yield _is(
        kinds == 2,
        "De rollen voor het logboek zijn er",
        "Voer tenants/bootstrap.sql opnieuw uit als superuser.",
    )


def part() -> Iterator[Bevinding]:
    """Of a process with ADVIESPUNT_DEEL: it can do what it is for and nothing else.
    With a key too many it does not get as far as this (``adviespunt.delen``).
    """
    try:
        AT_THE_START[settings.DEEL]()
    except ImproperlyConfigured as error:
        yield Bevinding(
            FOUT,
            f"Het deel {settings.DEEL} mag te veel of kan zijn werk niet doen: {error}",
            f"Laat dit proces aanmelden als adviespunt_{settings.DEEL}.",
        )
        return
    yield Bevinding(
        OK,
        f"Het deel {settings.DEEL} heeft geen hoofdsleutel, en een rol die niet meer mag"
        " dan nodig",
    )


def door() -> Iterator[Bevinding]:
    """Who takes over what visitors reach, should find no key there (ADR 29)."""
    (roles,) = _asked(
        "SELECT array_agg(r.rolname::text) FROM pg_roles u"
        " LEFT JOIN pg_auth_members m ON m.member = u.oid"
        " LEFT JOIN pg_roles r ON r.oid = m.roleid"
        " WHERE u.rolname = 'adviespunt_loket' AND u.rolcanlogin AND NOT u.rolsuper"
        " AND NOT u.rolbypassrls AND NOT u.rolcreaterole"
    )
    yield _is(
        roles == ["adviespunt_public"],
        "De rol van het loket voor bezoekers kan alleen bezoeker worden",
        "Voer tenants/bootstrap.sql opnieuw uit als superuser.",
    )
    if settings.EMBEDDED:
        return
    elders = settings.LOKET_ELDERS
    yield _is(
        elders,
        f"Bezoekers komen binnen bij een proces {'zonder' if elders else 'met'}"
        " hoofdsleutel",
        "Start een proces met ADVIESPUNT_DEEL=loket, laat de proxy /loket/ daarheen"
        " sturen, en zet hier LOKET_ELDERS aan.",
        LET_OP,
    )
    yield _is(
        settings.LOKET_SLEUTEL != settings.SECRET_KEY,
        "Terugkomcodes hebben een sleutel van zichzelf",
        "Zet LOKET_SLEUTEL. Codes van eerder werken dan niet meer.",
        LET_OP,
    )


def server() -> Iterator[Bevinding]:
    """The minor version of PostgreSQL, and that its log keeps silent about people."""
    (number,) = _asked("SELECT current_setting('server_version_num')::int")
    major = int(str(number)) // 10000
    shown = f"PostgreSQL {major}.{int(str(number)) % 10000}"
    floor = FLOORS.get(major)
    if floor is None and major > max(FLOORS):
        yield Bevinding(
            LET_OP, f"{shown} is nieuwer dan wat getest is", "Lees CHANGELOG.md."
        )
    else:
        least = f"{major}.{(floor or 0) % 10000}" if floor else "18.4"
        yield _is(
            floor is not None and int(str(number)) >= floor,
            f"{shown} (minstens {least})",
            f"Werk PostgreSQL bij tot {least} of nieuwer.",
        )
    for name, wanted in LOG_SETTINGS.items():
        (value,) = _asked("SELECT current_setting(%s)", name)
        yield _is(
            value == wanted,
            f"PostgreSQL: {name} = {value}",
            f"Zet {name} = {wanted}: anders komen gegevens in het log.",
        )


def binding() -> Iterator[Bevinding]:
    options = settings.DATABASES["default"].get("OPTIONS", {})
    yield _is(
        options.get("server_side_binding") is True,
        "server_side_binding staat aan",
        "Zet server_side_binding aan: anders komen waarden in het log.",
    )
    handlers = settings.LOGGING["handlers"].values()
    yield _is(
        all("zonder_detail" in one.get("filters", ()) for one in handlers),
        "Elk log van de applicatie laat waarden weg",
        "Geef elke handler in LOGGING het filter zonder_detail.",
    )


def packages() -> Iterator[Bevinding]:
    found = version("django-allauth")
    yield _is(
        Version(found) >= Version(ALLAUTH_FLOOR),
        f"django-allauth {found} (minstens {ALLAUTH_FLOOR})",
        f"Werk django-allauth bij tot {ALLAUTH_FLOOR} of nieuwer.",
    )


def site() -> Iterator[Bevinding]:
    """Links in mail, and passkeys, hang on the address people know."""
    host = urlsplit(settings.SITE_ADRES).hostname or ""
    own = validate_host(host, settings.ALLOWED_HOSTS)
    yield _is(
        own and (settings.SITE_ADRES.startswith("https://") or not settings.HTTPS),
        f"Links in mail beginnen met {settings.SITE_ADRES}",
        "Zet SITE_ADRES op het https-adres waarmee mensen hier komen.",
    )


def keys() -> Iterator[Bevinding]:
    """Files with keys: there, not empty, and not for everybody on the machine."""
    named = [name for name in KEY_FILES if os.environ.get(f"{name}_FILE")]
    for name in named:
        yield _key(name, Path(os.environ[f"{name}_FILE"]))
    if not named and not settings.EMBEDDED:
        yield Bevinding(
            LET_OP,
            "Sleutels staan in de omgeving van het proces, niet in bestanden",
            "Geef ze als bestand: RLS_KEY_FILE, SECRET_KEY_FILE.",
        )
    if settings.EMBEDDED:
        yield Bevinding(
            LET_OP,
            "Dit zijn de ingebouwde servers, met sleutels die vanzelf zijn gemaakt",
            "Gebruik voor echte gegevens eigen servers (DATABASE_URL, REDIS_URL).",
        )


def _key(name: str, path: Path) -> Bevinding:
    try:
        about = path.stat()
    except OSError:
        return Bevinding(FOUT, f"{name}_FILE is er niet", "Zet het bestand terug.")
    if not about.st_size:
        return Bevinding(FOUT, f"{name}_FILE is leeg", "Zet de sleutel terug.")
    # In a folder that is shut, the mode of the file says nothing.
    shut = not path.parent.stat().st_mode & stat.S_IXOTH
    is_open = about.st_mode & stat.S_IROTH and not shut
    return _is(
        not is_open,
        f"{name}_FILE is {'' if is_open else 'niet '}voor iedereen te lezen",
        "Sluit het bestand (chmod 0640) of de map (chmod 0700).",
        LET_OP,
    )


def texts() -> Iterator[Bevinding]:
    """Every sealed text still has its key; after a restore one may be missing."""
    lost = lost_texts()
    where = ", ".join(f"{slug} {rijen}" for slug, rijen in lost.items())
    yield _is(
        not lost,
        f"Rijen met tekst waarvan de sleutel weg is: {where}"
        if lost
        else "Bij elke verzegelde tekst is de sleutel er",
        "Zet het deel met de sleutels van de reservekopie terug (manage.py restore)."
        " Was het een wissing? Voer dan manage.py verwijderingen uit.",
    )


def backup() -> Iterator[Bevinding]:
    """How old the last one is, when the backup touches BACKUP_MERK at its end."""
    if not settings.BACKUP_MERK:
        yield Bevinding(
            LET_OP,
            "Hoe oud de laatste back-up is, is niet bekend",
            "Laat de back-up aan het eind BACKUP_MERK aanraken (touch).",
        )
        return
    try:
        touched = Path(settings.BACKUP_MERK).stat().st_mtime
    except OSError:
        yield Bevinding(FOUT, "Er is nog geen back-up gemaakt", "Maak een back-up.")
        return
    age = datetime.now(UTC) - datetime.fromtimestamp(touched, UTC)
    hours = int(age.total_seconds() // 3600)
    yield _is(
        age <= OLDEST_BACKUP,
        f"De laatste back-up is {hours} uur oud",
        "Kijk waarom de back-up van afgelopen nacht er niet is.",
    )


def seals() -> Iterator[Bevinding]:
    """The sealer keeps up, on this server, with an anchor and with parts to write in."""
    with acting_as(Scope("zegel")):
        keten = zegels.current_chain()
        here = zegels.cluster()
        count, since = zegels.unsealed()
        ahead = zegels.parts_ahead()
    yield _is(
        keten.cluster == here,
        "De keten van zegels hoort bij deze server",
        "De database is teruggezet: voer manage.py migrate uit.",
    )
    age = datetime.now(UTC) - since if since else timedelta(0)
    minutes = int(age.total_seconds() // 60)
    yield _is(
        age <= LONGEST_WAIT,
        f"Wachten op een zegel: {count}, de oudste {minutes} minuten",
        "Kijk of worker en beat draaien, en of er een transactie te lang openstaat.",
    )
    yield _is(
        bool(settings.AUDIT_ANKER_MAIL or settings.AUDIT_ANKER_PAD),
        "Het zegel gaat elke dag naar buiten (anker)",
        "Zet AUDIT_ANKER_MAIL (de FG) of AUDIT_ANKER_PAD: zonder anker kan de beheerder"
        " de hele keten opnieuw maken.",
        LET_OP,
    )
    yield _is(
        ahead >= AHEAD,
        f"Het logboek heeft delen voor {ahead} maanden vooruit",
        "Kijk of beat draait: die maakt ze elke dag.",
        LET_OP,
    )


def report_seal() -> Iterator[Bevinding]:
    """The certificate of the seal on reports, and its key where this process has it.

    Web has no key; run this where the worker runs to have that looked at as well.
    """
    if settings.EMBEDDED:
        return
    plek = our_place()
    doen = "Zet ZEGEL_CERTIFICAAT goed: zonder zegel wordt geen rapport vastgesteld."
    try:
        found = certificate_of(plek)
    except CertificaatFout as error:
        yield Bevinding(FOUT, f"Het zegel op rapporten: {error}", doen)
        return
    days = (found.tot - datetime.now(UTC)).days
    yield _is(
        found.van <= datetime.now(UTC) and days >= RENEW_DAYS,
        f"Het certificaat van het zegel geldt nog {days} dagen",
        "Vraag een nieuw certificaat aan (docs/operations.md).",
        FOUT if days < 0 or found.van > datetime.now(UTC) else LET_OP,
    )
    if not plek.sleutel.exists():
        yield Bevinding(OK, "De sleutel van het zegel is hier niet (alleen de worker)")
        return
    try:
        require_pair(plek)
    except CertificaatFout as error:
        yield Bevinding(FOUT, f"Het zegel op rapporten: {error}", doen)
        return
    yield Bevinding(OK, "De sleutel van het zegel hoort bij het certificaat")


CHECKS: tuple[Callable[[], Iterator[Bevinding]], ...] = (
    *(debug, binding, packages, site, keys, role, server, texts, seals, backup),
    *(report_seal, door),
)
OF_A_PART: tuple[Callable[[], Iterator[Bevinding]], ...] = (
    *(debug, binding, packages, keys, part, server),
)
