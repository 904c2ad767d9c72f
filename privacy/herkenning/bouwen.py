"""Build the word lists: ``python -m privacy.herkenning.bouwen``, part of make setup."""

from __future__ import annotations

import sys

from privacy.herkenning.lijsten import build


def main(_args: list[str]) -> int:
    build()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
