"""Is this installation as safe as it was meant to be? Checks, each in one plain line.

``manage.py doctor`` prints them; docs/operations.md says what to do about each.

Guarded by tests/adviespunt/test_doctor.py.
"""

from adviespunt.doctor.checking import FOUT, LET_OP, OK, Bevinding, examine

__all__ = ["FOUT", "LET_OP", "OK", "Bevinding", "examine"]
