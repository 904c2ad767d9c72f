"""The attacker: what a reader can work out of everything that was released.

Shares no code with the search for patterns and does not know the true numbers: it
reads sdc-audit/1 (what was printed, what adds up, what insiders know) and computes
for every sensitive cell how small and how large it can still be, in whole numbers.
A cell passes only on two tables that were checked in exact arithmetic; a solver
that gives no answer, a time limit or contradictory numbers never pass
(tests/privacy/disclosure/test_audit.py plants unsafe patterns of every kind).

``attacking`` goes over cells and readers, ``knowing`` is what a reader knows,
``reaching`` how far a cell can go. Nothing here imports anything of the package
outside this folder.
"""

from privacy.disclosure.audit.attacking import AuditReport, Breach, audit

__all__ = ["AuditReport", "Breach", "audit"]
