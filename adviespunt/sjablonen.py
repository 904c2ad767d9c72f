"""The engine of the templates: Django's, with our library in the place of ``i18n``.

Guarded by tests/frontend/test_woorden.py.
"""

from __future__ import annotations

from typing import Any

from django.template.backends.django import DjangoTemplates

from adviespunt.templatetags import woorden


class Sjablonen(DjangoTemplates):
    """Every ``{% load i18n %}`` gets the tags of ``woorden``, which has all of i18n's."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.engine.template_libraries["i18n"] = woorden.register
