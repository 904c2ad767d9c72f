"""``python -m privacy.disclosure FILE.json``: protect the tables of a file.

Reads sdc-protect/1 (or standard input for "-"), prints sdc-protect-result/1 and
exits 0 (safe), 1 (refused), 2 (bad input) or 3 (contradictory numbers).
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from privacy.disclosure.bounds import TooLarge, check_size, limited_memory
from privacy.disclosure.formats import (
    BadInput,
    Contradiction,
    failed,
    read_problem,
    result_of,
)
from privacy.disclosure.solution import solve
from privacy.disclosure.solver import SolverFailed

SAFE, REFUSED, BAD_INPUT, CONTRADICTORY = 0, 1, 2, 3


def main(arguments: Sequence[str]) -> int:
    """Answer one file; the exit code."""
    if len(arguments) != 1 or arguments[0] in {"-h", "--help"}:
        sys.stderr.write((__doc__ or "") + "\n")
        return BAD_INPUT
    code, result = answer(arguments[0])
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return code


def answer(name: str) -> tuple[int, dict[str, Any]]:
    """Exit code and result for the file called ``name``."""
    started = time.monotonic()
    try:
        data = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
        problem, rule = read_problem(json.loads(data))
        check_size(problem)
        with limited_memory():
            solution = solve(problem, rule.seconds)
    except Contradiction as wrong:
        return CONTRADICTORY, failed(str(wrong))
    except (BadInput, json.JSONDecodeError, OSError, UnicodeDecodeError) as wrong:
        return BAD_INPUT, failed(f"bad input: {wrong}")
    except RecursionError:
        return BAD_INPUT, failed("bad input: nested too deeply")
    except TooLarge as failure:
        return REFUSED, failed(f"too large: {failure}")
    except SolverFailed as failure:
        return REFUSED, failed(f"the solver gave no answer: {failure}")
    result = result_of(problem, solution, time.monotonic() - started)
    return (SAFE if result["status"] == "safe" else REFUSED), result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
