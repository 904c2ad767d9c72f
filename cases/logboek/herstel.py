"""Who a client is, putting right, and making the search index."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.logboek.basis import _about, _rol
from cases.models import Client, Correctie, Kwestie, PrivacyInformatie, Samenvoeging
from privacy import audit
from tenants.access import Wie


def _about_clients(
    gebeurtenis: str,
    wie: Wie,
    tenant_id: int,
    ids: Iterable[UUID],
    **extra: str | int | None,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="client",
        ids=ids,
        grond="toegewezen",
        extra=extra,
    )


def privacy_vastgelegd(wie: Wie, informatie: PrivacyInformatie) -> None:
    """A client was told how we handle what we know, or not yet (S22)."""
    _about_clients(
        "privacy_vastgelegd",
        wie,
        informatie.tenant_id,
        [informatie.client_id],
        versie=informatie.versie,
        wijze=informatie.wijze,
        reden=informatie.reden,
    )


def naam_gegeven(wie: Wie, kwestie: Kwestie) -> None:
    """A client who was anonymous gave a name."""
    _about("naam_gegeven", wie, kwestie, identiteitsstatus=kwestie.identiteitsstatus)


def client_gewijzigd(wie: Wie, kwestie: Kwestie, client: Client) -> None:
    """Name, address or year of birth of a client were put right."""
    _about("client_gewijzigd", wie, kwestie, client=str(client.pk))


def identiteit_gewijzigd(wie: Wie, kwestie: Kwestie, client: Client, was: str) -> None:
    """The client's wish about who may know the name changed."""
    _about("identiteit_gewijzigd", wie, kwestie, van=was, naar=client.identiteitsstatus)


def anoniem_gemaakt(
    wie: Wie, kwestie: Kwestie, client: Client, *, is_alles: bool
) -> None:
    """Who the client is was taken away; ``is_alles``: of all its kwesties."""
    _about(
        "anoniem_gemaakt",
        wie,
        kwestie,
        client=str(client.pk) if is_alles else None,
        alles=int(is_alles),
    )


def clienten_samengevoegd(wie: Wie, samenvoeging: Samenvoeging) -> None:
    _merge("clienten_samengevoegd", wie, samenvoeging)


def samenvoeging_ongedaan(wie: Wie, samenvoeging: Samenvoeging) -> None:
    _merge("samenvoeging_ongedaan", wie, samenvoeging)


def _merge(gebeurtenis: str, wie: Wie, samenvoeging: Samenvoeging) -> None:
    _about_clients(
        gebeurtenis,
        wie,
        samenvoeging.tenant_id,
        [samenvoeging.blijft_id, samenvoeging.vervalt_id],
        kwesties=len(samenvoeging.kwestie_ids),
    )


def kwestie_doorgeleid(wie: Wie, kwestie: Kwestie, naar: int) -> None:
    """It went to the tenant ``naar``."""
    _about("kwestie_doorgeleid", wie, kwestie, naar=naar)


def kwestie_ontvangen(wie: Wie, kwestie: Kwestie) -> None:
    """A kwestie came from another tenant; of which is not said here."""
    _about("kwestie_ontvangen", wie, kwestie, "doorgeleid")


def kwestie_gecorrigeerd(
    wie: Wie, kwestie: Kwestie, correcties: Iterable[Correctie]
) -> None:
    """Codes of a closed kwestie were put right: what they were."""
    _about(
        "kwestie_gecorrigeerd",
        wie,
        kwestie,
        **{one.veld: f"{one.was}>{one.werd}" for one in correcties},
    )


def zoekindex_gemaakt(tenant_id: int, clienten: Iterable[UUID]) -> None:
    """The names of these clients were read to make search tokens, by the system."""
    audit.record(
        "zoekindex_gemaakt",
        tenant_id=tenant_id,
        actor_id=None,
        rol="staff",
        onderwerp="client",
        ids=clienten,
        grond="beheer",
    )
