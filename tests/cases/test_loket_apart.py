"""The process of the door: a visitor is helped by it, and it cannot read what she sent."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg import errors

from adviespunt import delen, embedded, urls
from cases.models import Kwestie
from cases.services import aanmeldingen
from privacy.loketcode import read
from tenants.checks import refuse_more_than_door
from tenants.scope import acting_as
from tests import people
from tests.adviespunt.test_settings import LONG, settings_from
from tests.cases import loket as door
from tests.conftest import connected_to, copy_template, drop
from tests.isolation.test_catalogue import KINDS

DATABASE = "adviespunt_deur"
MELDEN, TERUG = "/loket/bij/arnhem/", "/loket/terug/"
ANTWOORD = "U mag een besluit vragen. Wij helpen u met de brief."
# Started as ``check --deploy`` wants it. One browser, as strict as a real one about
# forms; a line in is a request.
SERVE = """
import json, sys
from adviespunt import wsgi
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from privacy import hoofdsleutel
call_command("check", deploy=True, fail_level="WARNING", stdout=sys.stderr)
browser = Client(
    enforce_csrf_checks=True, headers={"Referer": "https://testserver/"}
)
with connection.cursor() as cursor:
    cursor.execute("SELECT session_user")
    (who,) = cursor.fetchone()
try:
    hoofdsleutel.in_use()
except hoofdsleutel.OnbekendeHoofdsleutel:
    who += " without a master key"
print(json.dumps([len(settings.MASTER_KEYS), who]), flush=True)
for line in sys.stdin:
    method, path, data = json.loads(line)
    if method == "post":
        data["csrfmiddlewaretoken"] = browser.cookies["csrftoken"].value
    answer = getattr(browser, method)(path, data, secure=True)
    page = answer.content.decode()
    print(json.dumps([answer.status_code, page, dict(answer.headers)]), flush=True)
"""
WHOLE = {
    "DATABASE_URL": "postgres://adviespunt_loket@db.example/adviespunt",
    "ADVIESPUNT_DEEL": "loket",
    "RLS_KEY": LONG,
    "LOKET_SLEUTEL": LONG[::-1],
}


@dataclass
class Deur:
    """A real process with ADVIESPUNT_DEEL=loket; ``began``: what it said of itself."""

    process: subprocess.Popen[str]
    began: list[Any]

    def ask(self, method: str, path: str, **data: str) -> tuple[int, str]:
        status, page, headers = self.say([method, path, data])
        assert "Content-Security-Policy" in headers
        if status == 200 and path.startswith("/loket/"):
            assert headers["Cache-Control"] == "no-store, private"
        return status, page

    def say(self, line: list[Any]) -> list[Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def hear(self) -> list[Any]:
        assert self.process.stdout is not None
        text = self.process.stdout.readline()
        if not text:
            pytest.fail(self.process.communicate()[1])
        heard: list[Any] = json.loads(text)
        return heard

    def holds(self, secret: str) -> bool:
        """Whether these bytes are anywhere in its memory."""
        wanted, pid = secret.encode(), self.process.pid
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as mem:
            for line in maps:
                place, rights = line.split()[:2]
                if "r" not in rights or line.rstrip().endswith(
                    ("[vvar]", "[vsyscall]")
                ):
                    continue
                begin, end = (int(part, 16) for part in place.split("-"))
                try:
                    mem.seek(begin)
                    if wanted in mem.read(end - begin):
                        return True
                except (OSError, ValueError, OverflowError):
                    continue
        return False


@pytest.fixture(scope="module")
def deur(django_db_setup: None, django_db_blocker: Any) -> Iterator[Deur]:
    kept = ("PATH", "HOME", "LANG", "ADVIESPUNT_INSTANCE")
    environment = {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "DJANGO_SETTINGS_MODULE": "adviespunt.settings",
        "ADVIESPUNT_INSTANCE": embedded.current().name,
        "ADVIESPUNT_DATABASE": DATABASE,
        "ADVIESPUNT_DEEL": "loket",
        "ALLOWED_HOSTS": "testserver",
        "HTTPS": "1",
    }
    with django_db_blocker.unblock():
        copy_template(DATABASE)
        with connected_to(DATABASE):
            door.open_door()
            process = subprocess.Popen(
                [sys.executable, "-c", SERVE],
                cwd=embedded.ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            made = Deur(process, [])
            try:
                made.began = made.hear()
                yield made
            finally:
                process.communicate(timeout=20)
        drop(DATABASE)


def answer(code: str) -> Kwestie:
    """The team, in this process: takes the question up and answers it."""
    found = read(code)
    assert found is not None
    chantal = people.wie("chantal")
    with acting_as(chantal.scope(1)):
        (row,) = aanmeldingen.Aanmelding.objects.filter(tenant_id=1, pk=found.id)
        assert aanmeldingen.contents(row).vraag == door.VRAAG
    kwestie = door.take_up(found)
    anna = people.wie("anna")
    with acting_as(anna.scope(1)):
        aanmeldingen.answer(
            actor=anna,
            tenant_id=1,
            kwestie_id=kwestie.pk,
            tekst=ANTWOORD,
            bericht_id=uuid4(),
        )
    return kwestie


def test_s074_a_visitor_asks_there_the_team_answers_here_and_she_reads_it_there(
    deur: Deur,
) -> None:
    status, page = deur.ask("get", MELDEN)
    assert status == 200
    (token,) = re.findall(r'name="token"[^>]* value="([^"]+)"', page)
    status, page = deur.ask("post", MELDEN, token=token, vraag=door.VRAAG, website="")
    assert status == 200, page
    (code,) = set(re.findall(r"(?:[2-9A-Z]{3}-){6}[2-9A-Z]{3}", page))
    kwestie = answer(code)
    assert deur.ask("get", TERUG)[0] == 200
    status, page = deur.ask("post", TERUG, code=code)
    assert (status, ANTWOORD in page) == (200, True)
    more = {"code": code, "bericht_id": str(uuid4()), "bericht": "Ik wacht nog."}
    assert deur.ask("post", TERUG, **more)[0] == 200
    with acting_as(people.wie("anna").scope(1)):
        said = [een.tekst for een in aanmeldingen.read_messages(kwestie)]
    assert said == [ANTWOORD, "Ik wacht nog."]


def test_it_has_the_addresses_of_visitors_and_no_other(deur: Deur) -> None:
    open_here = ("/loket/", MELDEN, TERUG, "/gezond")
    assert [deur.ask("get", path)[0] for path in open_here] == [200] * 4
    for path in (
        *("/", "/kwesties/", "/t/arnhem/loket/", "/accounts/login/", "/openbaar/"),
        *("/adviespunt/", "/rapportages/", "/i18n/setlang/", "/privacy"),
        f"/t/arnhem/aanmeldingen/{uuid4()}/",
        f"/t/arnhem/kwesties/{uuid4()}/",
    ):
        assert deur.ask("get", path)[0] == 404, path
    assert deur.ask("get", "/loket/bij/bestaat-niet/")[0] == 404


def test_no_master_key_is_in_its_environment_its_settings_or_its_memory(
    deur: Deur,
) -> None:
    assert deur.began == [0, "adviespunt_loket without a master key"]
    inst = embedded.current()
    given = Path(f"/proc/{deur.process.pid}/environ").read_text()
    for secret in (inst.hoofdsleutel(), inst.secrets()["rls_key"]):
        assert secret not in given
    assert deur.holds(inst.secrets()["rls_key"])  # so this would have found the other
    assert not deur.holds(inst.hoofdsleutel())


def test_its_role_is_a_visitor_and_can_become_nobody_else(deur: Deur) -> None:
    assert deur.process.poll() is None
    entry = embedded.current().database("loket", DATABASE)
    with psycopg.connect(
        host=entry["HOST"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        dbname=DATABASE,
        autocommit=True,
    ) as visitor:
        for table in ("tenants_loket", "cases_aanmelding", "tenants_user"):
            with pytest.raises(errors.UndefinedTable):  # not even the schema
                visitor.execute(f"SELECT 1 FROM {table}")
            with pytest.raises(errors.InsufficientPrivilege):
                visitor.execute(f"SELECT 1 FROM public.{table}")
        for role in {*KINDS, "app", "owner", "openbaar"} - {"public"}:
            with pytest.raises(errors.InsufficientPrivilege):
                visitor.execute(f"SET ROLE adviespunt_{role}")
        visitor.execute("SET ROLE adviespunt_public")
        for column in ("cases_aanmelding.inhoud", "cases_loketsleutel.geheim_v"):
            table = column.partition(".")[0]
            with pytest.raises(errors.InsufficientPrivilege):
                visitor.execute(f"SELECT {column} FROM {table}")


def test_it_does_not_start_on_a_role_that_may_do_more_or_on_another_key(
    deur: Deur, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    with pytest.raises(ImproperlyConfigured, match="signs in as adviespunt_loket"):
        refuse_more_than_door()
    entry = embedded.current().database("loket", DATABASE)
    connection.close()
    for name in ("USER", "PASSWORD"):
        monkeypatch.setitem(connection.settings_dict, name, entry[name])
    refuse_more_than_door()
    settings.RLS_KEY = b"een andere sleutel"
    with pytest.raises(ImproperlyConfigured, match="RLS_KEY is not the key"):
        refuse_more_than_door()


def test_it_asks_for_two_keys_and_makes_up_the_rest() -> None:
    names = ("ROOT_URLCONF", "MASTER_KEYS", "LOKET_SLEUTEL", "DB_ROL", "REDIS_URL")
    assert settings_from(WHOLE, *names) == {
        "ROOT_URLCONF": "adviespunt.urls_loket",
        "MASTER_KEYS": [],
        "LOKET_SLEUTEL": LONG[::-1],
        "DB_ROL": "loket",
        "REDIS_URL": "redis://nergens",
    }


@pytest.mark.parametrize(
    ("deel", "name"),
    [
        ("loket", "HOOFDSLEUTEL"),
        ("loket", "SECRET_KEY_FILE"),
        ("loket", "DATABASE_OWNER_URL"),
        ("openbaar", "HOOFDSLEUTELS_OUD_FILE"),
    ],
)
def test_a_part_may_not_be_given_a_key_it_has_no_use_for(
    deel: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert delen.part(deel)
    monkeypatch.setenv(name, LONG)
    with pytest.raises(ImproperlyConfigured, match=f"={deel} may not have {name}:"):
        delen.part(deel)


@pytest.mark.django_db
def test_where_the_door_is_elsewhere_this_process_does_not_serve_it(
    settings: Any,
) -> None:
    module = ModuleType("adviespunt.urls_zonder_deur")
    module.urlpatterns = [*urls.DEUR_ELDERS, *urls.urlpatterns]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = module
    door.open_door()
    visitor = people.browser(None)
    for path in ("/loket/", MELDEN, TERUG):
        assert visitor.get(path).status_code == 404, path
    assert visitor.post(MELDEN, door.posted()).status_code == 404
    assert 'href="/loket/"' in visitor.get("/adviespunt/").content.decode()
