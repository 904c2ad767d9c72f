"""The signals a kwestie is part of: ids only, what they say is a storey higher."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from cases.models import KwestieSignaal


def signalen() -> ArraySubquery:
    """Of a kwestie, as a column: {signaal, koppeling} of what holds now, oldest first."""
    rows = KwestieSignaal.objects.filter(
        tenant_id=OuterRef("tenant_id"), kwestie_id=OuterRef("pk"), los_op__isnull=True
    ).order_by("gekoppeld_op", "pk")
    return ArraySubquery(
        rows.values(rij=JSONObject(signaal="signaal_id", koppeling="id"))
    )
