"""Secrets of factors: sealed for one account, and sealed again when the key changes."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from adviespunt import embedded
from privacy.hoofdsleutel import OnbekendeHoofdsleutel
from privacy.zegel import ZegelFout
from tenants.demo import DOMAIN
from tenants.inloggen import demo, factoren
from tenants.models import User
from tests import people

pytestmark = pytest.mark.django_db


def totp(naam: str) -> Authenticator:
    return Authenticator.objects.get(user_id=people.ident(naam), type="totp")


def test_a_secret_opens_for_its_own_account_only() -> None:
    anna, bram = people.ident("anna"), people.ident("bram")
    stored = factoren.sealed(anna, "geheim")
    assert "geheim" not in stored
    assert factoren.opened(stored, anna) == "geheim"
    with pytest.raises(ZegelFout):
        factoren.opened(stored, bram)
    with pytest.raises(ZegelFout):
        factoren.opened(stored.replace(str(anna), str(bram)), bram)
    with pytest.raises(ZegelFout):
        factoren.opened("JBSWY3DPEHPK3PXP")


def test_changing_the_master_key_seals_every_factor_again(settings: Any) -> None:
    old, new = settings.MASTER_KEYS[0], "n" * 60
    settings.MASTER_KEYS = [new, old]
    assert factoren.left_to_do() == len(people.PEOPLE) - 1
    out = StringIO()
    call_command("sleutels", "--hoofdsleutel", stdout=out)
    assert json.loads(out.getvalue())["factoren"] == len(people.PEOPLE) - 1
    settings.MASTER_KEYS = [new]
    assert factoren.left_to_do() == 0
    secret = factoren.opened(totp("anna").data["secret"], people.ident("anna"))
    assert secret == people.SECRET
    settings.MASTER_KEYS = [old]
    with pytest.raises(OnbekendeHoofdsleutel):
        totp("anna").wrap().validate_code(people.code())


# ------------------------------------------------------------------ demonstration


def test_the_code_of_the_demonstration_is_for_made_up_people_only(
    settings: Any,
) -> None:
    with pytest.raises(CommandError, match="fictieve gegevens"):
        call_command("democode")
    for row in User.objects.all():
        row.email = row.email.replace("adviespunt.example", DOMAIN)
        row.save(update_fields=["email"])
    out = StringIO()
    call_command("democode", stdout=out)
    secret = demo.secret_of(embedded.current().secrets()["demo"])
    assert out.getvalue()[:6] in {demo.code(secret)[0], demo.code(secret, 0)[0]}
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="fictieve gegevens"):
        call_command("democode")


def test_the_sign_in_page_tells_of_the_code_in_the_demonstration_only(
    settings: Any,
) -> None:
    browser = people.browser(None)
    assert "democode" not in browser.get("/accounts/login/").content.decode()
    settings.DEMO = True
    assert "democode" in browser.get("/accounts/login/").content.decode()


def test_the_code_is_that_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [demo.code(secret, at)[0] for at in (59, 1111111109, 20000000000)] == [
        *("287082", "081804", "353130"),
    ]
