"""Disclosure control: figures nobody can trace, in one report and in the series.

``protect`` turns true counts into the only kind of table that may be shown;
``audit`` (privacy.disclosure.audit) is an attacker that shares no code with it.
No Django, no database, no clock but for the time limit.
"""

from privacy.disclosure.explaining import Explanation
from privacy.disclosure.ledger import Knower, Ledger, Release, qualified
from privacy.disclosure.planning import Plan, plan_year
from privacy.disclosure.protecting import protect, protect_explained
from privacy.disclosure.publishable import PublishableCell, PublishableTable, Refused
from privacy.disclosure.series import Correction, link_period, link_reissue
from privacy.disclosure.tables import CountCell, CountTable, Group, Policy, Relation
from privacy.disclosure.verifying import verify

__all__ = [
    "Correction",
    "CountCell",
    "CountTable",
    "Explanation",
    "Group",
    "Knower",
    "Ledger",
    "Plan",
    "Policy",
    "PublishableCell",
    "PublishableTable",
    "Refused",
    "Relation",
    "Release",
    "link_period",
    "link_reissue",
    "plan_year",
    "protect",
    "protect_explained",
    "qualified",
    "verify",
]
