"""Celery carries job ids, nothing else; the job row in PostgreSQL is the record."""

import os

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured
from kombu.transport.redis import QoS

from tenants.checks import refuse_privileged_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adviespunt.settings")

app = Celery("adviespunt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["signalering", "cases"])
app.autodiscover_tasks(["cases"], related_name="wachtpost")
app.autodiscover_tasks(["signalering"], related_name="voorstellen")
app.autodiscover_tasks(["signalering"], related_name="herinneren")
app.autodiscover_tasks(["signalering"], related_name="post")
app.autodiscover_tasks(["tenants"], related_name="jobs")
app.autodiscover_tasks(["tenants"], related_name="verzegelen")
app.autodiscover_tasks(["tenants"], related_name="post")
app.autodiscover_tasks(["tenants.inloggen"], related_name="post")

# A worker that ends does not put back what it had not read: a message that nobody can
# read would end every next worker too. What was lost with it, the sweeper sends again.
QoS.restore_at_shutdown = False


@worker_init.connect  # type: ignore[untyped-decorator]
def refuse_wrong_role(**_kwargs: object) -> None:
    """A worker does not start on a database role that row security cannot hold.

    Celery only logs an exception of a signal and goes on; this ends the process.
    """
    try:
        refuse_privileged_role()
    except ImproperlyConfigured as error:
        raise SystemExit(f"ImproperlyConfigured: {error}") from error
