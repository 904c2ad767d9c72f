"""The door for gunicorn: refuses to open on a privileged database role."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from privacy.herkenning import warm
from privacy.logging import WithoutDetail
from tenants.checks import refuse_privileged_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adviespunt.settings")

application = get_wsgi_application()
refuse_privileged_role()
# gunicorn has handlers of its own, and writes the address of a request that failed.
for handler in logging.getLogger("gunicorn.error").handlers:
    handler.addFilter(WithoutDetail())
warm()
