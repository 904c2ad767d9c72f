"""What a web process has loaded is no longer looked through for garbage."""

from __future__ import annotations

import os
import subprocess
import sys

from adviespunt import embedded

ASK = """
import gc, sys, django
django.setup()
from adviespunt.geheugen import settle
settle()
kept, left = gc.get_freeze_count(), len(gc.get_objects())
print(kept, left, "cases.views.kwestie" in sys.modules)
"""


def test_all_code_is_loaded_and_set_apart() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=embedded.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "adviespunt.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    kept, left, is_loaded = done.stdout.split()
    assert is_loaded == "True"
    assert int(kept) > 100_000
    assert int(left) < int(kept) / 20


def test_the_web_process_does_so_when_it_has_loaded() -> None:
    source = (embedded.ROOT / "adviespunt" / "wsgi.py").read_text("utf-8")
    assert source.rstrip().endswith("settle()")
