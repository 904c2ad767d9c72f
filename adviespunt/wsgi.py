"""The door for gunicorn: refuses to open on a privileged database role."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from adviespunt.geheugen import settle
from adviespunt.poort import Poort
from privacy.herkenning import warm
from privacy.logging import WithoutDetail
from tenants.checks import AT_THE_START

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adviespunt.settings")

django_application = get_wsgi_application()
application = Poort(
    django_application,
    per_minuut=settings.OPENBAAR_PER_MINUUT,
    proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    loket_per_minuut=settings.LOKET_PER_MINUUT,
)
AT_THE_START[settings.DEEL]()
# gunicorn has handlers of its own, and writes the address of a request that failed.
for handler in logging.getLogger("gunicorn.error").handlers:
    handler.addFilter(WithoutDetail())
if not settings.APART:
    warm()
settle()
