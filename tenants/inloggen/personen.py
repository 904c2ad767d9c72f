"""Who an account is, for an event in her own name."""

from tenants.access import Wie, wie_for
from tenants.models import User
from tenants.scope import Scope, acting_as


def person_of(user: User) -> Wie:
    """Her places and roles, read in the narrow scope of signing in."""
    with acting_as(Scope("identity", user.pk)):
        return wie_for(user)
