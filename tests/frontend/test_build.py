"""The design system is built from locked, open packages, and only when needed."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adviespunt import frontend
from adviespunt.frontend import FrontendError, build_frontend, prune_tokens

THEME = """/** made by hand */
.voorbeeld-theme {
  --utrecht-button-color: var(--basis-color-action-1-color-default);
  --utrecht-map-color: var(--merk-rood); /* [code-only] */
  --basis-color-action-1-color-default: var(--merk-blauw);
  --merk-blauw: #0000ff;
  --merk-rood: #ff0000;
}
"""
BUTTON = (
    '@charset "UTF-8";/** licence */.utrecht-button{color:var(--utrecht-button-color)}'
)


class Registry:
    """Stands in for the network: writes what ``npm ci`` would have installed."""

    def __init__(self, licence: str = "EUPL-1.2") -> None:
        self.licence = licence
        self.installs = 0

    def __call__(self, root: Path) -> None:
        self.installs += 1
        self._package(root, frontend.TOKENS, "theme.css", THEME)
        self._package(root, "@utrecht/button-css", "index.min.css", BUTTON)

    def _package(self, root: Path, name: str, file: str, css: str) -> None:
        folder = root / "node_modules" / name
        (folder / "dist").mkdir(parents=True, exist_ok=True)
        (folder / "dist" / file).write_text(css)
        (folder / "LICENSE.md").write_text("the text of the licence")
        (folder / "package.json").write_text(
            json.dumps({"name": name, "version": "1.2.3", "license": self.licence})
        )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    wanted = {frontend.TOKENS: "1.2.3", "@utrecht/button-css": "1.2.3"}
    (tmp_path / "package.json").write_text(json.dumps({"dependencies": wanted}))
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


def test_the_first_build_collects_css_theme_and_licences(root: Path) -> None:
    css = build_frontend(root, install=Registry())
    assert css == root / "adviespunt/static/build/design-system.css"
    assert css.read_text().splitlines() == [
        '@charset "UTF-8";',
        "/* NL Design System, EUPL-1.2; see licenties.txt */",
        ":root{--utrecht-button-color:var(--basis-color-action-1-color-default);"
        "--basis-color-action-1-color-default:var(--merk-blauw);--merk-blauw:#0000ff}",
        ".utrecht-button{color:var(--utrecht-button-color)}",
    ]
    assert (css.parent / "thema-adviespunt.css").read_text().startswith(".thema-")
    licences = (css.parent / "licenties.txt").read_text()
    assert licences.count("1.2.3: EUPL-1.2") == 2
    assert licences.count("the text of the licence") == 1


def test_an_unchanged_lock_installs_nothing(root: Path) -> None:
    registry = Registry()
    build_frontend(root, install=registry)
    build_frontend(root, install=registry)
    assert registry.installs == 1


def test_a_changed_lock_builds_again(root: Path) -> None:
    registry = Registry()
    build_frontend(root, install=registry)
    (root / "package-lock.json").write_text('{"lockfileVersion": 3}')
    build_frontend(root, install=registry)
    assert registry.installs == 2


def test_a_lost_file_builds_again(root: Path) -> None:
    registry = Registry()
    build_frontend(root, install=registry).unlink()
    assert build_frontend(root, install=registry).is_file()
    assert registry.installs == 2


def test_force_builds_in_any_case(root: Path) -> None:
    registry = Registry()
    build_frontend(root, install=registry)
    build_frontend(root, force=True, install=registry)
    assert registry.installs == 2


def test_two_builds_at_once_install_once(root: Path) -> None:
    registry = Registry()
    with ThreadPoolExecutor(2) as both:
        paths = [both.submit(build_frontend, root, install=registry) for _ in "12"]
    assert paths[0].result().read_text() == paths[1].result().read_text()
    assert registry.installs == 1


def test_a_failed_install_is_tried_again_next_time(root: Path) -> None:
    def no_network(_: Path) -> None:
        raise FrontendError("npm ci could not install the design system.")

    with pytest.raises(FrontendError, match="npm ci"):
        build_frontend(root, install=no_network)
    registry = Registry()
    build_frontend(root, install=registry)
    assert registry.installs == 1


@pytest.mark.parametrize("licence", ["SEE LICENSE IN LICENSE.md", "UNLICENSED", ""])
def test_a_package_without_open_licence_never_gets_in(root: Path, licence: str) -> None:
    with pytest.raises(FrontendError, match="open licence"):
        build_frontend(root, install=Registry(licence))
    assert not (root / frontend.BUILD / frontend.CSS).exists()
    assert not (root / frontend.BUILD / frontend.STAMP).exists()


def test_a_package_that_is_not_there_is_named(root: Path) -> None:
    with pytest.raises(FrontendError, match="voorbeeld-design-tokens"):
        build_frontend(root, install=lambda _: None)


def test_pruning_keeps_what_components_reach_and_all_basis_tokens() -> None:
    kept = re.findall(r"(--[\w-]+):", prune_tokens(THEME, BUTTON))
    assert kept == [
        "--utrecht-button-color",
        "--basis-color-action-1-color-default",
        "--merk-blauw",
    ]


def test_npm_of_the_system_is_used_when_node_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _npm_with_node(tmp_path, monkeypatch, "v20.1.0") == [str(tmp_path / "npm")]


@pytest.mark.parametrize("version", ["v18.20.0", "nonsense"])
def test_npm_of_the_wheel_is_used_when_node_is_too_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    node, script = _npm_with_node(tmp_path, monkeypatch, version)
    assert Path(node).is_file()
    assert Path(script).name == "npm-cli.js"
    assert Path(script).is_file()


def test_npm_of_the_wheel_is_used_when_there_is_no_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(frontend.npm_command()[1]).name == "npm-cli.js"


def test_the_message_of_a_failed_install_says_what_to_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "node", "echo v22.0.0")
    _program(tmp_path / "npm", "echo no matching version; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(FrontendError) as failure:
        frontend.npm_ci(tmp_path)
    assert str(failure.value).splitlines() == [
        "npm ci could not install the design system.",
        "Check that the npm registry can be reached (npm ping) and that",
        "package.json and package-lock.json belong together.",
        "",
        "no matching version",
    ]


def test_the_lock_pins_everything_and_names_no_registry() -> None:
    manifest = json.loads((frontend.ROOT / "package.json").read_text())
    lock_text = (frontend.ROOT / "package-lock.json").read_text()
    packages = json.loads(lock_text)["packages"]
    packages.pop("")
    assert "resolved" not in lock_text
    assert "://" not in lock_text
    assert all(re.fullmatch(r"[\d.]+", v) for v in manifest["dependencies"].values())
    assert {
        name.removeprefix("node_modules/"): package["version"]
        for name, package in packages.items()
    } == manifest["dependencies"]
    assert {package["license"] for package in packages.values()} == {"EUPL-1.2"}
    assert all("integrity" in package for package in packages.values())


def test_the_built_css_fetches_nothing_so_the_strict_csp_holds() -> None:
    css = build_frontend(frontend.ROOT).read_text()
    own = (frontend.ROOT / "adviespunt/static/adviespunt/app.css").read_text()
    for text in (css, own):
        assert re.findall(r"url\(|@import|data:", text) == []


def test_our_css_uses_only_tokens_that_exist() -> None:
    css = build_frontend(frontend.ROOT).read_text()
    own = (frontend.ROOT / "adviespunt/static/adviespunt/app.css").read_text()
    known = set(re.findall(r"(--[\w-]+)\s*:", css + own))
    used = set(re.findall(r"var\(\s*(--[\w-]+)", own))
    assert used - known == set()


def _npm_with_node(
    folder: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> list[str]:
    _program(folder / "node", f"echo {version}")
    _program(folder / "npm", "exit 0")
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    return frontend.npm_command()


def _program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
