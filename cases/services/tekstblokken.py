"""Texts for letters that the people of a tenant share. Nothing about a client.

Guarded by tests/cases/test_tekstblokken.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.brieven import Invulling, OnbekendVeld, fill
from cases.logboek import brieven as logboek
from cases.models import Brief, Tekstblok
from cases.services.regels import KwestieError
from privacy.meelezen import voor_rapport
from tenants.access import Refused, Wie
from tenants.roles import Recht


@transaction.atomic
def save_tekstblok(
    *,
    actor: Wie,
    tenant_id: int,
    blok_id: UUID,
    titel: str,
    tekst: str,
    soorten: Iterable[str],
) -> Tekstblok:
    """A new one (the form chose ``blok_id``) or one changed. Raises Refused,
    KwestieError: also when somebody can be recognised in it.
    """
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    titel, tekst, chosen = titel.strip(), tekst.strip(), sorted(set(soorten))
    _check(actor.plekken[tenant_id].naam, titel, tekst, chosen)
    rows = Tekstblok.objects.select_for_update()
    made = rows.filter(tenant_id=tenant_id, pk=blok_id).first()
    if made is None:
        made = Tekstblok(id=blok_id, tenant_id=tenant_id)
        if actor.user_id is not None:
            made.gemaakt_door_id = actor.user_id
    made.titel, made.tekst, made.soorten = titel, tekst, chosen
    made.gewijzigd_op = timezone.now()
    made.save()
    logboek.tekstblok_gewijzigd(actor, tenant_id, made.pk, "bewaard")
    return made


def _check(tenant: str, titel: str, tekst: str, soorten: list[str]) -> None:
    if not titel or not tekst:
        raise KwestieError(_("Schrijf een titel en een tekst op."), "tekst")
    if not soorten or not set(soorten) <= set(Brief.Soort.values):
        raise KwestieError(_("Kies in welke brieven het kan."), "soorten")
    try:
        fill(tekst, Invulling({}, is_verborgen=False))
    except OnbekendVeld as error:
        raise KwestieError(
            _("In de tekst staat {%(veld)s}. Dat veld bestaat niet. Haal het weg.")
            % {"veld": error},
            "tekst",
        ) from error
    for veld, text in (("titel", titel), ("tekst", tekst)):
        found = voor_rapport(text, eigen=[tenant])
        if found:
            raise KwestieError(
                _(
                    "Hieraan is misschien iemand te herkennen: %(woorden)s. Een tekstblok"
                    " is voor iedereen. Haal dit weg."
                )
                % {"woorden": ", ".join(word.tekst for word in found)},
                veld,
            )


@transaction.atomic
def delete_tekstblok(*, actor: Wie, tenant_id: int, blok_id: UUID) -> None:
    """Take it off the list; letters that used it keep their text. Raises Refused."""
    actor.require(Recht.KWESTIE_EIGEN, tenant_id)
    rows = Tekstblok.objects.filter(tenant_id=tenant_id, pk=blok_id)
    gone, _each = rows.delete()
    if not gone:
        raise Refused(Recht.KWESTIE_EIGEN)
    logboek.tekstblok_gewijzigd(actor, tenant_id, blok_id, "verwijderd")
