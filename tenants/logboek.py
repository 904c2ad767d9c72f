"""Audit events of the ground floor: signing in, rights, and what was refused.

An event holds ids and codes; of a refused page its name and the id that was asked for,
whether that exists or not, and never what was typed. No address of anybody's computer.

Guarded by tests/tenants/test_logboek.py and test_sleutels.py.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError

from privacy import audit
from tenants.models import Dpia, Membership
from tenants.scope import Scope, acting_as, current
from tenants.wie import Wie

logger = logging.getLogger(__name__)
OWNER = "owner"
ENKELVOUD = {"kwesties": "kwestie", "rapportages": "rapportage", "concepten": "concept"}


def functies(wie: Wie) -> Mapping[int, str]:
    """Per tenant the codes of her roles, as an event holds them."""
    return {t: "+".join(sorted(p.rollen)) for t, p in wie.plekken.items()}


def rol(wie: Wie) -> str:
    return "staff" if wie.is_medewerker else "portal"


# ------------------------------------------------------------------------- signing in


def _of_account(gebeurtenis: str, wie: Wie, uitkomst: str, **extra: str) -> None:
    """In her own name; for whoever reads the log of one of her tenants."""
    ids = [wie.user_id] if wie.user_id else []
    with acting_as(wie.scope()), audit.through(audit.WEB, functies(wie)):
        audit.record(
            gebeurtenis,
            tenant_id=None,
            tenants=wie.plekken,
            actor_id=wie.user_id,
            rol=rol(wie),
            onderwerp="account",
            ids=ids,
            uitkomst=uitkomst,
            extra=extra,
        )


def aangemeld(wie: Wie, met: str = "") -> None:
    """She signed in, with everything that was asked for; ``met``: with what."""
    _of_account("aangemeld", wie, "gelukt", **({"met": met} if met else {}))


def afgemeld(wie: Wie) -> None:
    _of_account("afgemeld", wie, "gelukt")


def wachtwoord_gewijzigd(wie: Wie) -> None:
    _of_account("wachtwoord_gewijzigd", wie, "gelukt")


def tweede_factor_geweigerd(wie: Wie, soort: str) -> None:
    """The password was right and the second factor not; ``soort``: which one."""
    _of_account("tweede_factor_geweigerd", wie, "geweigerd", soort=soort)


def opnieuw_bevestigd(wie: Wie, soort: str) -> None:
    """She showed once more that it is she, before something that matters."""
    _of_account("opnieuw_bevestigd", wie, "gelukt", soort=soort)


def factor_toegevoegd(wie: Wie, soort: str) -> None:
    _of_account("factor_toegevoegd", wie, "gelukt", soort=soort)


def factor_verwijderd(wie: Wie, soort: str) -> None:
    _of_account("factor_verwijderd", wie, "gelukt", soort=soort)


def account_gekoppeld(wie: Wie, *, is_linked: bool) -> None:
    """The account of her organisation signs in here from now on, or no longer."""
    name = "account_gekoppeld" if is_linked else "account_ontkoppeld"
    _of_account(name, wie, "gelukt")


def koppellink_gevraagd(wie: Wie, *, may: bool) -> None:
    """She asked for a link to link the account of her organisation."""
    _of_account("koppellink_gevraagd", wie, "gelukt" if may else "geweigerd")


def koppelen_geweigerd(wie: Wie) -> None:
    """A provider was about to be linked without a link that counts."""
    _of_account("account_koppelen_geweigerd", wie, "geweigerd")


def herstelcodes_vernieuwd(wie: Wie) -> None:
    _of_account("herstelcodes_vernieuwd", wie, "gelukt")


def sessie_verlopen(wie: Wie, reden: str) -> None:
    """Ended by the clock: ``stil`` or ``geheel`` (``tenants.inloggen.toelating``)."""
    _of_account("sessie_verlopen", wie, "gelukt", reden=reden)


def sessies_beeindigd(wie: Wie, aantal: int) -> None:
    _of_account("sessies_beeindigd", wie, "gelukt", aantal=str(aantal))


def herstel_gevraagd(user_id: UUID | None, *, may: bool) -> None:
    """Somebody asked for a new password; the same work for an unknown address."""
    _of_nobody("wachtwoord_herstel_gevraagd", user_id, "" if may else "te_vaak")


def aanmelden_geweigerd(user_id: UUID | None, reden: str) -> None:
    """Nobody signed in: ``user_id`` is the account that was named, if there is one.

    The same work for a known and an unknown address, so that time tells neither.
    """
    _of_nobody("aanmelden_geweigerd", user_id, reden)


def _of_nobody(gebeurtenis: str, user_id: UUID | None, reden: str) -> None:
    """About an account, by somebody who is not signed in. With a reason: refused."""
    with acting_as(Scope("public")), audit.through(audit.WEB):
        audit.record(
            gebeurtenis,
            tenant_id=None,
            actor_id=None,
            rol="public",
            onderwerp="account",
            ids=[user_id] if user_id else [],
            uitkomst="geweigerd" if reden else "gelukt",
            extra={"reden": reden} if reden else {},
        )


# ------------------------------------------------------------------------------ rights


def rol_gegeven(actor: Wie | None, membership: Membership) -> None:
    _of_role("rol_gegeven", actor, membership)


def rol_ingetrokken(actor: Wie | None, membership: Membership) -> None:
    _of_role("rol_ingetrokken", actor, membership)


def _of_role(gebeurtenis: str, actor: Wie | None, membership: Membership) -> None:
    """By somebody of tenant administration, or by the owner of the installation."""
    scope = current()
    is_owner = settings.DB_ROL == OWNER
    audit.record(
        gebeurtenis,
        tenant_id=membership.tenant_id,
        actor_id=None if is_owner or scope is None else scope.user_id,
        rol=OWNER if is_owner or scope is None else scope.kind,
        onderwerp="account",
        ids=[membership.user_id],
        grond="beheer" if actor else "systeem",
        extra={
            "rol": membership.rol,
            "tot": f"{membership.tot or ''}",
            **({"zonder": "+".join(membership.zonder)} if membership.zonder else {}),
        },
    )


# ------------------------------------------------------------------ refused and failed


def pagina_geweigerd(
    wie: Wie,
    tenant_id: int | None,
    *,
    pagina: str,
    onderwerp: str,
    ids: list[UUID],
    methode: str,
    status: int,
) -> None:
    """A page answered 4xx or 5xx, in a transaction of its own: that of the page may
    be gone. A log that cannot be written does not change the answer.
    """
    tenant = tenant_id if tenant_id in wie.plekken else None
    try:
        with acting_as(wie.scope()):
            audit.record(
                "pagina_mislukt" if status >= 500 else "toegang_geweigerd",
                tenant_id=tenant,
                tenants=() if tenant else wie.plekken,
                actor_id=wie.user_id,
                rol=rol(wie),
                onderwerp=onderwerp,
                ids=ids,
                uitkomst="mislukt" if status >= 500 else "geweigerd",
                extra={"pagina": pagina, "methode": methode, "status": status},
            )
    except DatabaseError:
        logger.exception("a refused request could not be recorded")


# ------------------------------------------------------------------------------- keys


def factoren_vernieuwd(aantal: int) -> None:
    """Secrets of second factors were sealed again (by ``manage.py sleutels``)."""
    audit.record(
        "sleutels_vernieuwd",
        tenant_id=None,
        actor_id=None,
        rol="staff",
        onderwerp="sleutel",
        ids=[],
        extra={"welke": "factoren", "aantal": aantal},
    )


def sleutels_vernieuwd(tenant_id: int, welke: str, aantal: int) -> None:
    """Keys of a tenant were wrapped again (by ``manage.py sleutels``)."""
    audit.record(
        "sleutels_vernieuwd",
        tenant_id=tenant_id,
        actor_id=None,
        rol="staff",
        onderwerp="sleutel",
        ids=[],
        extra={"welke": welke, "aantal": aantal},
    )


# --------------------------------------------------------------------------- register


def register_ingezien(wie: Wie, tenants: Iterable[int], vorm: str) -> None:
    """The register of processing was shown, or taken along as a file (``vorm``)."""
    audit.record(
        "register_ingezien",
        tenant_id=None,
        tenants=tuple(tenants),
        actor_id=wie.user_id,
        rol=rol(wie),
        onderwerp="register",
        ids=[],
        grond="toezicht",
        extra={"vorm": vorm},
    )


def dpia_ingezien(wie: Wie, tenant_id: int, verwerking: str, vorm: str) -> None:
    _of_dpia("dpia_ingezien", wie, tenant_id, verwerking, [], vorm=vorm)


def dpia_vastgelegd(wie: Wie, row: Dpia) -> None:
    """A new version; which one is in the event, not what it says."""
    _of_dpia(
        "dpia_vastgelegd",
        wie,
        row.tenant_id,
        row.verwerking,
        [row.pk],
        versie=row.versie,
    )


def _of_dpia(
    gebeurtenis: str,
    wie: Wie,
    tenant_id: int,
    verwerking: str,
    ids: list[UUID],
    **extra: str | int,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=rol(wie),
        onderwerp="dpia",
        ids=ids,
        grond="toezicht",
        extra={"verwerking": verwerking, **extra},
    )


# ---------------------------------------------------------------------------- regions


def _of_regio(gebeurtenis: str, wie: Wie, tenant_id: int, leden: list[int]) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol="staff",
        onderwerp="regio",
        ids=[],
        grond="beheer",
        extra={"leden": ",".join(map(str, leden))},
    )


def regio_gemaakt(wie: Wie, tenant_id: int, leden: list[int]) -> None:
    """A region was made, of these tenants."""
    _of_regio("regio_gemaakt", wie, tenant_id, leden)


def regio_gewijzigd(wie: Wie, tenant_id: int, leden: list[int]) -> None:
    """A region was renamed or has other members from now on."""
    _of_regio("regio_gewijzigd", wie, tenant_id, leden)
