"""Make a report from the command line; prints one JSON object."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from signalering import lifecycle, selectors, storage
from signalering.models import Publiek, Rapportage
from signalering.periodes import Periode, UnknownPeriode, parse
from signalering.tasks import make
from tenants.access import Refused, Wie, wie_for
from tenants.jobs import JobRefused, enqueue, wait_for
from tenants.models import Job, User
from tenants.scope import Scope, acting_as
from tenants.selectors import regioleden, tenant_ids_by_slug


class Command(BaseCommand):
    """maak_rapportage --tenant SLUG --periode 2025-Q3 [--actor EMAIL] [--wait]

    A period that has a living report gives that report: running it twice is safe.
    """

    help = "Maak een signaleringsrapportage over een gesloten periode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG")
        parser.add_argument("--periode", required=True, metavar="2025-Q3")
        parser.add_argument("--actor", metavar="EMAIL")
        parser.add_argument(
            "--wait",
            action="store_true",
            help="wacht tot de pdf's er zijn; zonder worker doet dit commando het zelf",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            periode = parse(options["periode"])
        except UnknownPeriode as error:
            raise CommandError(str(error)) from error
        tenant_id = tenant_ids_by_slug().get(options["tenant"])
        if tenant_id is None:
            raise CommandError(f"Er is geen opdrachtgever “{options['tenant']}”.")
        actor = self._actor(options["actor"])
        if actor is not None and tenant_id not in actor.plekken:
            raise CommandError("Deze persoon heeft geen rol bij deze opdrachtgever.")
        scope = (
            actor.scope(tenant_id)
            if actor
            else Scope("staff", None, _read_with(tenant_id), tenant_id)
        )
        with acting_as(scope):
            rapportage, job = self._request(actor, tenant_id, periode)
        if options["wait"] and job is not None:
            try:
                wait_for(scope, job, make)
            except JobRefused as refusal:
                raise CommandError(str(refusal)) from refusal
        with acting_as(scope):
            answer = self._answer(tenant_id, rapportage)
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _actor(self, email: str | None) -> Wie | None:
        if not email:
            return None
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"Er is geen account met het adres {email}.")
        with acting_as(Scope("identity", user.pk)):
            return wie_for(user)

    def _request(
        self, actor: Wie | None, tenant_id: int, periode: Periode
    ) -> tuple[Rapportage, Job | None]:
        living = lifecycle.living_rapportage(tenant_id, periode)
        if living is not None:
            job = selectors.job_of(living)
            return living, job if job and job.is_onderweg else None
        try:
            with transaction.atomic():
                rapportage, job = lifecycle.request_rapportage(
                    actor=actor, tenant_id=tenant_id, periode=periode
                )
        except lifecycle.RapportageError as error:
            raise CommandError(str(error)) from error
        except Refused as error:
            raise CommandError("Deze persoon mag geen rapportages maken.") from error
        enqueue(job)
        return rapportage, job

    def _answer(self, tenant_id: int, rapportage: Rapportage) -> dict[str, Any]:
        row = Rapportage.objects.get(tenant_id=tenant_id, pk=rapportage.pk)
        files = {b.publiek: b.naam for b in selectors.bestanden_of(row)}
        paths = {publiek: str(storage.path_of(naam)) for publiek, naam in files.items()}
        return {
            "rapportage": str(row.pk),
            "status": row.status,
            "cijfers_sha256": row.cijfers_sha256,
            "openbaar_sha256": row.openbaar_sha256,
            "pdf": paths.get(Publiek.OPDRACHTGEVER.value),
            "pdf_openbaar": paths.get(Publiek.OPENBAAR.value),
        }


def _read_with(tenant_id: int) -> tuple[int, ...]:
    """This tenant and, of a region, its members: what they discussed is asked."""
    leden = (lid.lid_id for lid in regioleden() if lid.tenant_id == tenant_id)
    return (tenant_id, *leden)
