"""``python -m adviespunt.bench <part>``: one child process of the bench."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module(f"adviespunt.bench.{sys.argv[1]}").main()
