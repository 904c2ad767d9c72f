"""System libraries that no wheel brings: installed where possible, else named.

``python -m adviespunt.systeem [chromium]``: Pango for PDFs and gettext for the
translation check, with ``chromium`` also a browser for the journeys (the light one
where apt has it). As root with apt they are installed; otherwise the exact command is
printed.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

# The shell of Chromium takes half the processor time: it draws no window around a page.
SHELL = "chromium-headless-shell"
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome")
LISTS = Path("/var/lib/apt/lists")
WAIT = ("-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=0")


def browser() -> str | None:
    """Path of a Chromium on this machine (or CHROMIUM), if there is one."""
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    return next((found for n in names if n and (found := shutil.which(n))), None)


def _has_pango() -> bool:
    return all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0")))


def _has_fonts() -> bool:
    done = subprocess.run(["fc-list"], capture_output=True, check=False)  # noqa: S607
    return bool(done.stdout.strip())


NEEDS: dict[str, tuple[Callable[[], bool], tuple[str, ...], str]] = {
    "pango": (
        _has_pango,
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig"),
        "brew install pango",
    ),
    "lettertype": (
        lambda: shutil.which("fc-list") is None or _has_fonts(),
        ("fonts-dejavu-core",),
        "",
    ),
    "gettext": (
        lambda: shutil.which("xgettext") is not None,
        ("gettext",),
        "brew install gettext",
    ),
    "chromium": (
        lambda: browser() is not None,
        ("chromium",),
        "brew install --cask chromium",
    ),
}


def _apt(packages: list[str], *, quietly: bool = False) -> bool:
    """Install with apt when this is root on Debian or Ubuntu; True when it worked."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run(  # noqa: S603
            [*command, *(WAIT if quietly else ())],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if quietly else None,
            check=False,
        )
    return done.returncode == 0


def _prefer_the_shell() -> None:
    """The journeys run in any Chromium; where apt has the shell, they take half.

    Not when CHROMIUM names a browser; and no matter when it does not work.
    """
    if (
        os.environ.get("CHROMIUM")
        or shutil.which(SHELL)
        or not shutil.which("apt-cache")
    ):
        return
    asked = ["apt-cache", "show", SHELL]
    known = subprocess.run(asked, capture_output=True, check=False)  # noqa: S603
    if known.returncode == 0 or not any(LISTS.glob("*Packages*")):
        _apt([SHELL], quietly=True)


def main(wanted: list[str]) -> int:
    """0 when everything is there; 1 with what to do when it is not."""
    if "chromium" in wanted:
        _prefer_the_shell()
    names = ["pango", "lettertype", "gettext", *wanted]
    missing = [name for name in names if not NEEDS[name][0]()]
    if not missing:
        return 0
    packages = [package for name in missing for package in NEEDS[name][1]]
    print(f"Ontbreekt op dit systeem: {', '.join(missing)}.", file=sys.stderr)  # noqa: T201
    if _apt(packages) and all(NEEDS[name][0]() for name in missing):
        return 0
    brew = " && ".join(NEEDS[name][2] for name in missing if NEEDS[name][2])
    print(  # noqa: T201
        f"Installeer dit eerst:\n  sudo apt-get install {' '.join(packages)}\n"
        f"of op macOS:\n  {brew}",
        file=sys.stderr,
    )
    # Without Pango the product runs, but prints no PDF; a test needs everything.
    return 1 if wanted else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
