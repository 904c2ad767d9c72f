"""Documents that clients may read: statuut, reglement, meldcode, klachtenregeling (S4).

One version at a time is worked on; established, it never changes any more and counts
from a day that is not past, nor before the version it follows. A trigger of migration
0015 holds the same. Guarded by tests/tenants/test_publiek.py.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants import logboek_publiek
from tenants.beheer import BeheerFout
from tenants.models import OpenbaarDocument
from tenants.models.beheer import Stand
from tenants.roles import Recht
from tenants.wie import Wie


def documents(tenant_id: int, soort: str = "") -> list[OpenbaarDocument]:
    """Every version, also the one that is worked on; of each kind the newest first."""
    rows = OpenbaarDocument.objects.filter(tenant_id=tenant_id)
    if soort:
        rows = rows.filter(soort=soort)
    return list(rows.order_by("soort", "-versie"))


@transaction.atomic
def save_document(
    *, actor: Wie, tenant_id: int, soort: str, tekst: str, geldig_vanaf: date
) -> OpenbaarDocument:
    """Keep this as the version that is worked on. Raises Refused."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    versions = documents(tenant_id, soort)
    if versions and versions[0].stand == Stand.CONCEPT:
        document = versions[0]
    else:
        document = OpenbaarDocument(
            tenant_id=tenant_id,
            soort=OpenbaarDocument.Soort(soort).value,
            versie=versions[0].versie + 1 if versions else 1,
        )
    document.tekst = tekst.strip()
    document.geldig_vanaf = geldig_vanaf
    if actor.user_id is not None:
        document.door_id = actor.user_id
    document.gewijzigd_op = timezone.now()
    document.save()
    logboek_publiek.document_bewaard(actor, document)
    return document


@transaction.atomic
def establish_document(*, actor: Wie, tenant_id: int, soort: str) -> OpenbaarDocument:
    """The version that is worked on stands. Raises Refused, BeheerFout."""
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    versions = documents(tenant_id, soort)
    if not versions or versions[0].stand != Stand.CONCEPT:
        raise BeheerFout(_("Er is geen nieuwe tekst om vast te stellen."))
    document = versions[0]
    if not document.tekst:
        raise BeheerFout(_("Vul de tekst in."), "tekst")
    if document.geldig_vanaf < timezone.localdate():
        raise BeheerFout(
            _("Deze dag is al voorbij. Kies vandaag of later."), "geldig_vanaf"
        )
    if versions[1:] and versions[1].geldig_vanaf > document.geldig_vanaf:
        raise BeheerFout(
            _("De vorige versie geldt pas later. Kies een dag waarop die al geldt."),
            "geldig_vanaf",
        )
    document.stand = Stand.VASTGESTELD
    document.save(update_fields=["stand"])
    logboek_publiek.document_vastgesteld(actor, document)
    return document
