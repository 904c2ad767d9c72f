"""`manage.py sleutels`: how the keys stand, and changing them while people work."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy import hoofdsleutel, rotatie
from privacy.zegel import ZegelFout
from tenants.inloggen import factoren
from tenants.logboek import factoren_vernieuwd, sleutels_vernieuwd
from tenants.models import Tenant
from tenants.scope import Scope, acting_as

HELP = """Show the keys of names and texts, or change them. Prints one JSON object.

Without options: per tenant what a rotation has left to do.
--hoofdsleutel: wrap the keys of all tenants, and the secrets of second factors, with
the present HOOFDSLEUTEL. Start with
the earlier one in HOOFDSLEUTELS_OUD; when it is done, that one can go.
--tenant SLUG (or 'alle'): a new key for that tenant; its keys are wrapped with it.

Each step is a transaction of its own: stop it when you like and run it again, also
while people work. Every tenant that is done leaves an audit event.
"""
STEP = 500
MOST_ROUNDS = 200  # of passing over what is being written with
PAUSE = 0.2


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--hoofdsleutel", action="store_true")
        what.add_argument("--tenant", metavar="SLUG")

    def handle(
        self, *args: Any, hoofdsleutel: bool, tenant: str | None, **options: Any
    ) -> None:
        try:
            if hoofdsleutel:
                found = _rotate_master()
            elif tenant:
                found = {slug: _rotate_tenant(pk) for pk, slug in _tenants(tenant)}
            else:
                found = _state()
        except ZegelFout as error:
            raise CommandError(f"A key is not what was stored: {error}") from error
        self.stdout.write(json.dumps(found))


def _tenants(slug: str = "alle") -> list[tuple[int, str]]:
    with acting_as(Scope("dispatch")):
        rows = list(Tenant.objects.order_by("pk").values_list("pk", "slug"))
    chosen = [row for row in rows if slug in ("alle", row[1])]
    if not chosen:
        raise CommandError(f"There is no tenant {slug}.", returncode=2)
    return chosen


def _scope(tenant_id: int) -> Scope:
    tenants = (tenant_id,)
    return Scope("staff", None, tenants, tenant_id, tenants)


def _state() -> dict[str, Any]:
    found = {}
    for pk, slug in _tenants():
        with acting_as(_scope(pk)):
            masters, keys = rotatie.left_to_do(pk)
        found[slug] = {"hoofdsleutel": masters, "sleutels": keys}
    naam, _key = hoofdsleutel.in_use()
    left = factoren.left_to_do()
    return {"hoofdsleutel": naam, "te_doen": found, "factoren": left}


def _rotate_master() -> dict[str, Any]:
    """Every tenant, one transaction each; then the proofs of earlier keys can go,
    unless a process that still works with an earlier key made something meanwhile.
    """
    done, left = {}, 0
    for pk, slug in _tenants():
        with acting_as(_scope(pk)):
            done[slug] = rotatie.under_present_master(pk)
            if done[slug]:
                sleutels_vernieuwd(pk, "hoofdsleutel", done[slug])
    again = _reseal_factors()
    for pk, _slug in _tenants():
        with acting_as(_scope(pk)):
            left += rotatie.left_to_do(pk)[0]
    left += factoren.left_to_do()
    naam, _key = hoofdsleutel.in_use()
    with acting_as(Scope("staff")):
        gone = [] if left else hoofdsleutel.forget_others()
    return {
        "hoofdsleutel": naam,
        "vernieuwd": done,
        "factoren": again,
        "over": left,
        "vervallen": gone,
    }


def _reseal_factors() -> int:
    """The secrets of second factors, which hang on the master key by themselves."""
    again = factoren.to_present_master()
    if again:
        with acting_as(Scope("staff")):
            hoofdsleutel.lay_down()
            factoren_vernieuwd(again)
    return again


def _rotate_tenant(tenant_id: int) -> dict[str, int]:
    """A new key, or on with the one that was begun; then everything under it."""
    with acting_as(_scope(tenant_id)):
        versie = rotatie.begin_tenant_key(tenant_id)
    if versie is None:
        return {"versie": 0, "vernieuwd": 0, "over": 0}
    done, left, rounds = 0, 1, 0
    while left and rounds < MOST_ROUNDS:
        with acting_as(_scope(tenant_id)):
            taken = rotatie.rewrap_some(tenant_id, STEP)
            done += taken
            left = rotatie.left_to_do(tenant_id)[1]
        if not taken and left:
            rounds += 1
            time.sleep(PAUSE)
    with acting_as(_scope(tenant_id)):
        if not left:
            rotatie.drop_old_tenant_keys(tenant_id)
        sleutels_vernieuwd(tenant_id, "tenantsleutel", done)
    return {"versie": versie, "vernieuwd": done, "over": left}
