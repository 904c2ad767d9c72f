"""The pages say what the product does: models, rights, settings, links.

A page that drifts from the code fails here and not with whoever trusted it.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
STOREYS = ("privacy", "tenants", "cases", "signalering")
ROLES = ("app", "identity", "staff", "portal", "public", "job", "dispatch")
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *DOCS.rglob("*.md"),
        *(ROOT / "deploy").rglob("*"),
        *(ROOT / name for name in ("publiccode.yml", "docker-compose.yml")),
        *(ROOT / name for name in ("Dockerfile", ".dockerignore")),
    ]
)
FILES = [page for page in PAGES if page.is_file() and "geheim" not in page.parts]


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def model_names() -> list[str]:
    return sorted(
        model.__name__
        for storey in STOREYS
        for model in apps.get_app_config(storey).get_models()
    )


def rows(text: str, columns: int) -> list[list[str]]:
    """Cells of the table rows of a page that have this many columns."""
    found = []
    for line in text.splitlines():
        if line.startswith("|") and not set(line) <= set("|-"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if len(cells) == columns:
                found.append(cells)
    return found


# ------------------------------------------------------------------------- models


def test_there_are_models_to_look_for() -> None:
    assert {"Kwestie", "Rapportage", "Tenant", "AuditEvent"} <= set(model_names())


@pytest.mark.parametrize("name", model_names())
def test_every_model_is_in_the_glossary_and_the_data_map(name: str) -> None:
    glossary = [cells[0] for cells in rows(page("docs/glossary.md"), 3)]
    assert glossary.count(f"`{name}`") == 1
    assert f"| `{name}`, " in page("docs/data-map.md")


def test_the_glossary_names_the_right_tables() -> None:
    tables = {
        f"`{model.__name__}`": model._meta.db_table
        for storey in STOREYS
        for model in apps.get_app_config(storey).get_models()
    }
    text = page("docs/glossary.md").partition("## Words")[0]
    listed = {cells[0]: cells[1] for cells in rows(text, 3) if cells[0] != "model"}
    assert listed == tables


def test_the_glossary_is_about_words_of_the_code() -> None:
    sources = [
        path.read_text("utf-8")
        for storey in (*STOREYS, "adviespunt")
        for path in (ROOT / storey).rglob("*")
        if path.suffix in {".py", ".json"}
    ]
    code = "\n".join(sources)
    words = re.findall(r"`([^`]+)`", page("docs/glossary.md"))
    assert [word for word in words if word not in code] == []


def test_every_confidential_column_is_in_the_data_map() -> None:
    columns = [
        f"`{field.column}`"
        for storey in STOREYS
        for model in apps.get_app_config(storey).get_models()
        for field in model._meta.concrete_fields
        if str(field.column).endswith("_v")
    ]
    text = page("docs/data-map.md")
    assert len(columns) >= 10
    assert [column for column in columns if column not in text] == []


# ------------------------------------------------------------------------- rights

RIGHTS = """
SELECT c.oid::regclass::text, substr(r.rolname, 12), p.letter,
  has_table_privilege(r.oid, c.oid, p.verb),
  p.verb <> 'DELETE' AND has_any_column_privilege(
    r.oid, c.oid, CASE p.verb WHEN 'DELETE' THEN 'SELECT' ELSE p.verb END)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN pg_roles r
CROSS JOIN (VALUES (1, 'SELECT', 'S'), (2, 'INSERT', 'I'), (3, 'UPDATE', 'U'),
  (4, 'DELETE', 'D')) p(nr, verb, letter)
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname IN ('public', 'adviespunt')
  AND r.rolname LIKE 'adviespunt\\_%' AND r.rolname <> 'adviespunt_owner'
ORDER BY p.nr
"""


def rights_in_postgresql(server: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """table → what each of ROLES may do, in the letters of the data map."""
    held: dict[tuple[str, str], str] = {}
    for found in server.execute(RIGHTS).fetchall():
        table, role, letter, whole, some = found
        text = letter if whole else letter.lower() if some else ""
        held[table, role] = held.get((table, role), "") + text
    tables = {table for table, _role in held}
    return {t: [held.get((t, role), "") or "–" for role in ROLES] for t in tables}


def test_the_data_map_tells_who_can_reach_which_table(
    superuser: psycopg.Connection[Any],
) -> None:
    listed = {
        cells[0]: cells[1:]
        for cells in rows(page("docs/data-map.md"), 1 + len(ROLES))
        if cells[0] != "table"
    }
    assert listed == rights_in_postgresql(superuser)


def test_the_data_map_lists_the_columns_the_job_role_reads(
    superuser: psycopg.Connection[Any],
) -> None:
    found = superuser.execute(
        "SELECT column_name FROM information_schema.column_privileges"
        " WHERE grantee = 'adviespunt_job' AND table_name = 'cases_kwestie'"
    ).fetchall()
    text = page("docs/data-map.md").partition("role `job` reads:")[2]
    listed = re.sub(r"\s+", " ", text.partition(".\n")[0]).strip().split(", ")
    assert sorted(listed) == sorted(str(row[0]) for row in found)


# ----------------------------------------------------------------------- settings


def settings_read() -> set[str]:
    """Names of environment variables the settings and their helpers look at."""
    names: set[str] = set()
    for path in ("settings.py", "embedded.py", "instantie.py"):
        tree = ast.parse(page(f"adviespunt/{path}"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _reads(node.func):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    names.add(str(first.value))
    servers = ("DATABASE", "DATABASE_OWNER", "REDIS")
    names -= set(servers)
    return names | {f"{s}_{part}" for s in servers for part in ("URL", "PASSWORD")}


def _reads(function: ast.expr) -> bool:
    text = ast.unparse(function)
    is_ours = re.fullmatch(r"(env|omgeving)\.\w+", text) is not None
    return is_ours or text == "os.environ.get"


def test_every_setting_is_in_the_operations_page() -> None:
    names = settings_read()
    assert {"SECRET_KEY", "RLS_KEY", "REDIS_URL", "HTTPS", "LOG_LEVEL"} <= names
    listed = {name for cells in rows(page("docs/operations.md"), 3) for name in cells}
    assert sorted(name for name in names if f"`{name}`" not in listed) == []


def test_docker_compose_gives_only_settings_that_exist() -> None:
    known = settings_read()
    given = re.findall(r"^ {4,6}([A-Z_]+): ", page("docker-compose.yml"), re.MULTILINE)
    of_others = {"POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS", "ADVIESPUNT_DOMEIN"}
    wrong = {name for name in given if name not in of_others} - known
    assert {name for name in wrong if name.removesuffix("_FILE") not in known} == set()
    assert "SECRET_KEY_FILE" in given


# --------------------------------------------------------------------- deployment


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(page("docker-compose.yml"))[
        "services"
    ]
    return found


def test_images_are_pinned_and_name_no_host() -> None:
    images = {entry["image"] for entry in services().values()}
    images |= set(re.findall(r"^ARG \w+=(\S+)", page("Dockerfile"), re.MULTILINE))
    for image in images:
        name, _colon, tag = image.rpartition(":")
        assert re.match(r"v?\d+(\.\d+)?", tag), image
        assert "." not in name.partition("/")[0], image


def test_only_the_migration_is_given_the_password_of_the_owner() -> None:
    holders = {
        name
        for name, entry in services().items()
        if "db_owner" in entry.get("secrets", []) and name != "db"
    }
    assert holders == {"migrate"}


def test_what_visitors_reach_is_given_no_key_that_opens() -> None:
    given = {name: set(services()[name]["secrets"]) for name in ("openbaar", "loket")}
    assert given == {
        "openbaar": {"db_openbaar"},
        "loket": {"db_loket", "rls_key", "loket_sleutel"},
    }
    assert "reverse_proxy @loket loket:8000" in page("deploy/Caddyfile")
    assert services()["web"]["environment"]["LOKET_ELDERS"] == "1"


def test_the_database_and_the_broker_have_no_way_out() -> None:
    compose = yaml.safe_load(page("docker-compose.yml"))
    inside = {name for name, net in compose["networks"].items() if net.get("internal")}
    for name in ("db", "redis", "worker", "beat", "migrate"):
        assert set(compose["services"][name]["networks"]) <= inside, name
        assert "ports" not in compose["services"][name], name


def test_what_sends_mail_has_a_way_out_and_a_queue_of_its_own() -> None:
    compose = yaml.safe_load(page("docker-compose.yml"))
    post, worker = compose["services"]["post"], compose["services"]["worker"]
    queue = post["environment"]["POSTRIJ"]
    assert f"--queues {queue} " in post["command"]
    assert "--queues" not in worker["command"]  # the usual one only
    assert any(
        not (compose["networks"][n] or {}).get("internal") for n in post["networks"]
    )


def test_every_service_that_stays_is_watched() -> None:
    for name, entry in services().items():
        assert ("healthcheck" in entry) is (name != "migrate"), name


def test_postgresql_keeps_values_out_of_its_log() -> None:
    lines = page("deploy/postgresql.conf").splitlines()
    given = dict(line.split(" = ") for line in lines if line.startswith("log_"))
    assert (
        given.items()
        >= {
            "log_error_verbosity": "terse",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
            "log_min_error_statement": "panic",
        }.items()
    )


def test_the_licence_is_whole() -> None:
    text = page("LICENSE")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert [f"\n{number}." in text for number in range(1, 16)] == [True] * 15
    assert text.rstrip().endswith("require the production of a new EUPL version.")


# -------------------------------------------------------------------------- pages


def test_the_readme_can_be_read_in_one_go() -> None:
    text = page("README.md")
    assert len(text.splitlines()) < 150
    assert "make demo" in text
    assert "make test" in text


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_page_names_a_registry_or_somebodys_workplace(path: Path) -> None:
    text = path.read_text("utf-8")
    hosts = re.findall(r"https?://([\w.-]+)", text)
    registry = re.compile(r"(^|\.)(pypi|registry|npm|files|deb|ghcr|quay|cdn)\b")
    assert [host for host in hosts if registry.search(host)] == []
    assert re.findall(r"(?<![\w.])/(?:work|home|root|Users)/\S*", text) == []


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.suffix == ".md"],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    local = [target for target in local if not target.startswith("mailto:")]
    assert [t for t in local if not (path.parent / t).exists()] == []


def test_decisions_are_numbered_and_say_their_price() -> None:
    found = sorted((DOCS / "adr").glob("*.md"))
    assert [path.name[:4] for path in found] == [
        f"{number:04d}" for number in range(1, len(found) + 1)
    ]
    for path in found:
        text = path.read_text("utf-8")
        headings = [line for line in text.splitlines() if line.startswith("## ")]
        assert headings == ["## Context", "## Decision", "## Price"], path.name
        assert len(text.splitlines()) <= 60, path.name


# ------------------------------------------------------------------- requirements


def requirements() -> list[list[str]]:
    return [cells for cells in rows(page("docs/requirements.md"), 4)[1:]]


def test_all_183_requirements_have_a_state() -> None:
    found = requirements()
    assert [cells[0] for cells in found] == [f"S{n}" for n in range(1, 184)]
    assert {cells[2] for cells in found} == {"done", "part", "later"}


def test_what_is_done_is_tested() -> None:
    for number, _about, state, tests in requirements():
        named = re.findall(r"`([^`]+)`", tests)
        if state == "done":
            assert named, number
        for name in named:
            assert (ROOT / "tests" / name).exists(), (number, name)


# ------------------------------------------------------------------------- promises


def test_every_promise_has_a_test() -> None:
    promises = [row for row in rows(page("SECURITY.md"), 2) if row[0] != "promise"]
    assert len(promises) >= 25
    for promise, tests in promises:
        named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", tests)
        assert named, promise
        for path, name in named:
            tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
            there = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
            assert name in there, f"{promise}: {path} has no {name}"


def test_what_a_module_says_guards_it_is_there() -> None:
    named = re.compile(r"tests/[a-z]+(?:/[a-z]+)?/test_\w+(?:\.py)?(?![\w*{])")
    for storey in ("adviespunt", *STOREYS):
        for path in (ROOT / storey).rglob("*.py"):
            for test in named.findall(path.read_text("utf-8")):
                file = ROOT / f"{test.removesuffix('.py')}.py"
                assert file.exists(), f"{path.relative_to(ROOT)}: {test}"
