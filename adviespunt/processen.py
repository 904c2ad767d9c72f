"""Processes of this machine that we started, and wheels that hold programs.

A pid comes back: nothing is ended before its command line says that it still is ours.
Guarded by tests/adviespunt/test_embedded.py.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

NOT_INSTALLED = (
    "{name} is not installed. Run 'make setup', or set DATABASE_URL and REDIS_URL"
    " to servers of your own."
)


class EmbeddedError(RuntimeError):
    """The embedded servers cannot run; the text says what to do about it."""


def born_at(pid: int) -> float:
    """When the process began, in seconds since 1970; 0 when there is none."""
    psutil = module("psutil")
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0.0


def end_process(pid: int, name: str) -> None:
    """Stop a process that we started, after checking that it still is that one."""
    if name not in command_of(pid):
        return
    for sign, patience in ((signal.SIGTERM, 100), (signal.SIGKILL, 100)):
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        for _ in range(patience):
            if name not in command_of(pid):
                return
            time.sleep(0.05)


def command_of(pid: int) -> str:
    """Command line of a living process; empty when it is gone or a zombie."""
    psutil = module("psutil")
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return ""
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def module(name: str) -> Any:
    """Import a module of a wheel that only a development machine has."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EmbeddedError(NOT_INSTALLED.format(name=name)) from error


def wheel_folder(package: str) -> Path:
    """Folder of an installed package, without running any of its code."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise EmbeddedError(NOT_INSTALLED.format(name=package))
    return Path(found.origin).parent
