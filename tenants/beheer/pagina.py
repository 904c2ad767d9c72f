"""What the public page of a tenant says, in versions (S165).

One version at a time is worked on; established, it never changes any more.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.beheer import BeheerFout, logboek
from tenants.models import Publiekepagina
from tenants.models.beheer import Stand
from tenants.roles import Recht
from tenants.wie import Wie


def established(tenant_id: int) -> Publiekepagina | None:
    """The version that holds now."""
    rows = Publiekepagina.objects.filter(tenant_id=tenant_id, stand=Stand.VASTGESTELD)
    return rows.order_by("-versie").first()


def draft(tenant_id: int) -> Publiekepagina | None:
    """The version that is worked on."""
    rows = Publiekepagina.objects.filter(tenant_id=tenant_id, stand=Stand.CONCEPT)
    return rows.first()


@transaction.atomic
def save_draft(
    *, actor: Wie, tenant_id: int, teksten: Mapping[str, str]
) -> Publiekepagina:
    """Keep these texts as the version that is worked on. Raises Refused."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    pagina = draft(tenant_id)
    if pagina is None:
        latest = established(tenant_id)
        pagina = Publiekepagina(
            tenant_id=tenant_id, versie=latest.versie + 1 if latest else 1
        )
    for veld in Publiekepagina.TEKSTEN:
        setattr(pagina, veld, teksten.get(veld, "").strip())
    if actor.user_id is not None:
        pagina.door_id = actor.user_id
    pagina.gewijzigd_op = timezone.now()
    pagina.save()
    logboek.pagina_bewaard(actor, pagina)
    return pagina


@transaction.atomic
def establish(*, actor: Wie, tenant_id: int) -> Publiekepagina:
    """The version that is worked on holds from now. Raises Refused, BeheerFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    pagina = draft(tenant_id)
    if pagina is None:
        raise BeheerFout(_("Er is geen nieuwe tekst om vast te stellen."))
    for veld in Publiekepagina.TEKSTEN:
        if not getattr(pagina, veld).strip():
            raise BeheerFout(_("Vul deze tekst in. Bezoekers moeten dit weten."), veld)
    pagina.stand = Stand.VASTGESTELD
    pagina.gewijzigd_op = timezone.now()  # from when it holds, for who reads it
    pagina.save(update_fields=["stand", "gewijzigd_op"])
    logboek.pagina_vastgesteld(actor, pagina)
    return pagina
