"""The door for gunicorn: refuses to open on a privileged database role."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from adviespunt.poort import Poort
from privacy.herkenning import warm
from privacy.logging import WithoutDetail
from tenants.checks import refuse_more_than_public, refuse_privileged_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adviespunt.settings")

django_application = get_wsgi_application()
application = Poort(
    django_application,
    per_minuut=settings.OPENBAAR_PER_MINUUT,
    proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    loket_per_minuut=settings.LOKET_PER_MINUUT,
)
if settings.APART:
    refuse_more_than_public()
else:
    refuse_privileged_role()
# gunicorn has handlers of its own, and writes the address of a request that failed.
for handler in logging.getLogger("gunicorn.error").handlers:
    handler.addFilter(WithoutDetail())
if not settings.APART:
    warm()
