"""Attributes and options of form controls: hundreds on a page, so not by templates.

Guarded by tests/frontend/test_formulier.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NIET = frozenset(("class", "placeholder"))
NIET_OPTIE = frozenset(("class", "required", "aria-invalid"))


def _attributes(attrs: Mapping[str, Any], leave_out: frozenset[str]) -> SafeString:
    """As a row of attributes, each with a space in front; False is left out."""
    if not attrs:
        return SafeString("")
    parts = []
    for name, value in attrs.items():
        if value is False or name in leave_out:
            continue
        if name == "required":
            parts.append(SafeString(' aria-required="true"'))
        elif value is True:
            parts.append(format_html(" {}", name))
        else:
            parts.append(format_html(' {}="{}"', name, value))
    return mark_safe("".join(parts))  # noqa: S308 (each part is escaped)


@register.simple_tag
def attributen(widget: Mapping[str, Any]) -> SafeString:
    """The attributes of a control; what is required is so for a screen reader."""
    return _attributes(widget["attrs"], NIET)


@register.simple_tag
def optie_attributen(widget: Mapping[str, Any]) -> SafeString:
    """The attributes of one of several boxes or buttons."""
    return _attributes(widget["attrs"], NIET_OPTIE)


@register.simple_tag
def opties(choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """The options of a list to choose from."""
    return mark_safe(  # noqa: S308 (each part is escaped)
        "\n".join(
            format_html(
                '<option value="{}"{}>{}</option>',
                one["value"] if isinstance(one["value"], str) else str(one["value"]),
                _attributes(one["attrs"], NIET),
                conditional_escape(localize(one["label"])),
            )
            for one in choices
        )
    )
