"""Doors of the ground floor: tenants (beheer) and people (mensen)."""
