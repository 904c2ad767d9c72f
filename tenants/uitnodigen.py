"""Inviting somebody, and accepting it: one address, one tenant, one role, once.

Invariant: the secret of 256 bits is made by the worker and is in the mail only; here is
its SHA-256. A link counts for three days and once; two at the same moment wait for the
same row, and one wins. Accepting is done with the authority of who invited, as it is at
that moment: who may no longer give the role, has no open invitations left.

Guarded by tests/tenants/test_uitnodigen.py and triggers of migration 0010.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants import logboek_mensen as logboek
from tenants.access import wie_for
from tenants.fouten import RegelFout
from tenants.jobs import enqueue
from tenants.models import Medewerker, Membership, Tenant, Uitnodiging, User
from tenants.rolbericht import tell_other_administrators
from tenants.roles import MEDEWERKER, ROLLEN, Recht, may_give
from tenants.scope import Scope, acting_as
from tenants.services import (
    OwnRole,
    check_period,
    create_job,
    grant_membership,
)
from tenants.wie import Refused, Wie

GELDIG = timedelta(days=3)
TAAK = "tenants.post.uitnodiging"
SECRET = 32  # bytes: 256 bits
HEAD = 4 + 16  # tenant, invitation


class LinkWerktNiet(Exception):
    """Unknown, used, withdrawn, too old or of who may not invite any more: all alike."""


@dataclass(frozen=True, slots=True)
class Genodigd:
    """An invitation as the page of its link shows it."""

    id: UUID
    tenant_id: int
    tenant: str
    rol: str
    email: str
    soort: str


# --------------------------------------------------------------- inviting, by beheer


@transaction.atomic
def invite(
    *, actor: Wie, tenant_id: int, email: str, rol: str, tot: date | None = None
) -> Uitnodiging:
    """Invite who reads mail at this address for a role; the link follows by mail.

    Says the same whether there is an account or not. Raises Refused, OwnRole, RegelFout.
    """
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    if not may_give(actor.plekken[tenant_id].rollen, rol):
        raise Refused(rol)
    address = email.strip().lower()
    check_period(timezone.localdate(), tot)
    own = User.objects.filter(email=address).values_list("pk", flat=True)
    if actor.user_id in own:
        raise OwnRole(_("Je kunt jezelf niet uitnodigen."), "email")
    open_ones = Uitnodiging.objects.filter(
        tenant_id=tenant_id,
        email=address,
        rol=rol,
        aangenomen_op__isnull=True,
        ingetrokken_op__isnull=True,
    )
    if open_ones.exists():
        raise RegelFout(
            _("Voor dit adres staat al een uitnodiging open. Stuur die opnieuw."),
            "email",
        )
    row = Uitnodiging.objects.create(
        tenant_id=tenant_id,
        email=address,
        soort=ROLLEN[rol].soort,
        rol=rol,
        tot=tot,
        door_id=actor.user_id,
    )
    logboek.uitnodiging_gemaakt(actor, row)
    _post(actor, row)
    return row


@transaction.atomic
def invite_again(*, actor: Wie, tenant_id: int, uitnodiging_id: UUID) -> None:
    """A new link, three days; the one before no longer counts. Raises RegelFout."""
    row = _open(actor, tenant_id, uitnodiging_id)
    row.token_hash, row.vervalt_op = None, None
    row.save(update_fields=["token_hash", "vervalt_op"])
    logboek.uitnodiging_opnieuw(actor, row)
    _post(actor, row)


@transaction.atomic
def withdraw(*, actor: Wie, tenant_id: int, uitnodiging_id: UUID) -> None:
    """The link no longer counts, and there will be no other. Raises RegelFout."""
    row = _open(actor, tenant_id, uitnodiging_id)
    row.token_hash, row.ingetrokken_op = None, timezone.now()
    row.save(update_fields=["token_hash", "ingetrokken_op"])
    logboek.uitnodiging_ingetrokken(actor, row)


def _open(actor: Wie, tenant_id: int, uitnodiging_id: UUID) -> Uitnodiging:
    actor.require(Recht.TENANT_BEHEREN, tenant_id)
    rows = Uitnodiging.objects.select_for_update()
    row = rows.filter(tenant_id=tenant_id, pk=uitnodiging_id).first()
    if row is None or not row.is_open:
        raise RegelFout(_("Deze uitnodiging is al gebruikt of ingetrokken."))
    return row


def _post(actor: Wie, row: Uitnodiging) -> None:
    job = create_job(
        tenant_id=row.tenant_id, taak=TAAK, onderwerp_id=row.pk, actor=actor
    )
    enqueue(job)


# -------------------------------------------------------------------- the link itself


def new_secret(row: Uitnodiging) -> str:
    """A fresh link for an open invitation: its hash is stored, the text is for the mail.

    In the job role, with the row locked.
    """
    secret = secrets.token_bytes(SECRET)
    row.token_hash = hashlib.sha256(secret).hexdigest()
    row.verstuurd_op = timezone.now()
    row.vervalt_op = row.verstuurd_op + GELDIG
    row.save(update_fields=["token_hash", "verstuurd_op", "vervalt_op"])
    whole = row.tenant_id.to_bytes(4) + row.pk.bytes + secret
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def _parts(token: str) -> tuple[int, UUID, bytes]:
    """Tenant, invitation and secret of a link; raises LinkWerktNiet."""
    try:
        whole = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError) as error:
        raise LinkWerktNiet from error
    if len(whole) != HEAD + SECRET:
        raise LinkWerktNiet
    tenant_id = int.from_bytes(whole[:4])
    if not 0 < tenant_id < 2**31:
        raise LinkWerktNiet
    return tenant_id, UUID(bytes=whole[4:HEAD]), whole[HEAD:]


def _held(tenant_id: int, pk: UUID, secret: bytes, *, lock: bool) -> Uitnodiging:
    """The invitation of this link, in the job role; raises LinkWerktNiet."""
    rows = Uitnodiging.objects.select_related("tenant").filter(
        tenant_id=tenant_id, pk=pk
    )
    row = rows.select_for_update(of=("self",)).first() if lock else rows.first()
    given = hashlib.sha256(secret).hexdigest()
    if row is None or not hmac.compare_digest(row.token_hash or "", given):
        raise LinkWerktNiet
    if not row.is_open or row.is_verlopen:
        raise LinkWerktNiet
    return row


def _as_worker(tenant_id: int) -> Scope:
    return Scope("job", None, (tenant_id,), tenant_id)


def look(token: str) -> Genodigd:
    """What a link is for; looking uses nothing up. Raises LinkWerktNiet.

    Outside a scope, as the login role.
    """
    tenant_id, pk, secret = _parts(token)
    with acting_as(_as_worker(tenant_id)):
        row = _held(tenant_id, pk, secret, lock=False)
        tenant = row.tenant.naam
    _giver(row)
    return Genodigd(pk, tenant_id, tenant, row.rol, row.email, row.soort)


def refused(token: str) -> None:
    """Put on record that a link did not count."""
    try:
        tenant_id, pk, _secret = _parts(token)
        with acting_as(_as_worker(tenant_id)):
            is_known = Uitnodiging.objects.filter(tenant_id=tenant_id, pk=pk).exists()
    except LinkWerktNiet:
        is_known = False
    if is_known:
        logboek.uitnodiging_geweigerd(tenant_id, pk)
    else:
        logboek.uitnodiging_geweigerd(None, None)


def _giver(row: Uitnodiging) -> Wie:
    """Who invited, as she is now; raises LinkWerktNiet when she may not any more."""
    user = User.objects.filter(pk=row.door_id, is_active=True).first()
    if user is None:
        raise LinkWerktNiet
    with acting_as(Scope("identity", user.pk)):
        giver = wie_for(user)
    plek = giver.plekken.get(row.tenant_id)
    if plek is None or not giver.may(Recht.TENANT_BEHEREN, row.tenant_id):
        raise LinkWerktNiet
    if not may_give(plek.rollen, row.rol):
        raise LinkWerktNiet
    return giver


# ------------------------------------------------------------------------- accepting


def account_at(email: str) -> User | None:
    """The account of this address; as the login role."""
    return User.objects.filter(email=email).first()


def accept_as_new(token: str, *, naam: str, password: str) -> User:
    """Make the account and give it the role. Raises LinkWerktNiet, RegelFout.

    password: checked by the form. Outside a scope, as the login role.
    """

    def make(row: Uitnodiging) -> User:
        if account_at(row.email) is not None:
            raise LinkWerktNiet
        user = User(email=row.email, naam=naam.strip(), soort=row.soort)
        user.password = make_password(password)
        user.save(force_insert=True)
        if user.soort == MEDEWERKER:
            code = f"m-{secrets.token_hex(5)}"
            Medewerker.objects.create(user=user, naam=user.naam, code=code)
        return user

    return _accept(token, make)


def accept_as(token: str, user: User) -> User:
    """Give the role to who is signed in; the address has to be hers.

    Raises LinkWerktNiet, IncompatibleRole.
    """

    def take(row: Uitnodiging) -> User:
        if user.email != row.email:
            raise LinkWerktNiet
        return user

    return _accept(token, take)


def _accept(token: str, who: Callable[[Uitnodiging], User]) -> User:
    tenant_id, pk, secret = _parts(token)
    with transaction.atomic():
        with acting_as(_as_worker(tenant_id)):
            row = _held(tenant_id, pk, secret, lock=True)
        giver = _giver(row)
        user = who(row)
        with acting_as(_as_worker(tenant_id)):
            row.aangenomen_op, row.aangenomen_door = timezone.now(), user.pk
            row.token_hash = None
            row.save(update_fields=["aangenomen_op", "aangenomen_door", "token_hash"])
        with acting_as(giver.scope(tenant_id)):
            _give(giver, row, user)
        with acting_as(Scope("identity", user.pk)):
            wie = wie_for(user)
        logboek.uitnodiging_aangenomen(wie, row)
    return user


def _give(giver: Wie, row: Uitnodiging, user: User) -> Membership:
    tenant = Tenant.objects.get(pk=row.tenant_id)
    made = grant_membership(
        actor=giver, tenant=tenant, user=user, rol=row.rol, tot=row.tot
    )
    # An address can be of anybody, of the giver herself too: another one hears of it.
    tell_other_administrators(giver, row.tenant_id, user.pk)
    return made
