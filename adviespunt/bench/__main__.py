"""``python -m adviespunt.bench <part>``: one child process of the bench."""

import sys
from importlib import import_module

import django

ALONE = ("portaal_last",)  # works on no database and takes no time to start

if __name__ == "__main__":
    if sys.argv[1] not in ALONE:
        django.setup()
    import_module(f"adviespunt.bench.{sys.argv[1]}").main()
