"""``{% translate %}``, ``{% url %}`` and ``|date`` as Django has them, but quicker.

A page has a hundred fixed texts and addresses, and a date in every row. What a fixed
text is in a language is found once per place in a template, and an address once per
page and tenant, with the ids put in afterwards. Everything that is not so fixed is left
to Django, and so are the other tags and filters. What is kept is of nobody: words, and
the addresses of tenants. ``adviespunt.sjablonen`` puts this library in the place of
``i18n``, and the settings its tags and filter in every template.

Guarded by tests/frontend/test_woorden.py.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template import defaulttags
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.context import Context
from django.template.defaultfilters import date as date_filter
from django.templatetags import i18n
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class VasteTekst(i18n.TranslateNode):
    """A text that stands in the template itself, without filters and context."""

    def __init__(self, filter_expression: FilterExpression, asvar: str | None) -> None:
        super().__init__(filter_expression, noop=False, asvar=asvar)
        self._own = i18n.TranslateNode(filter_expression, noop=False)
        self._kept: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = get_language(), context.autoescape
        value = self._kept.get(key)
        if value is None:
            value = self._kept[key] = self._own.render(context)
        if not self.asvar:
            return value
        context[self.asvar] = value
        return ""


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> i18n.TranslateNode:
    """Django's own tag; a fixed text keeps what it is in each language."""
    node = i18n.do_translate(parser, token)
    found: Any = node.filter_expression
    is_fixed = isinstance(found.var, Variable) and isinstance(found.var.literal, str)
    if not is_fixed or found.filters or node.noop or node.message_context:
        return node
    return VasteTekst(found, node.asvar)


# Stand in an address where the ids come.
PLAATSEN = tuple(UUID(int=number) for number in range(1, 5))


class Adres(defaulttags.URLNode):
    """An address of which the parts are ids, and the slug of a tenant."""

    def render(self, context: Context) -> str:
        naam = self.view_name.resolve(context)
        parts = {name: part.resolve(context) for name, part in self.kwargs.items()}
        ids = [name for name, part in parts.items() if isinstance(part, UUID)]
        word = parts.get("slug")
        slug = word if isinstance(word, str) else None
        rest = len(parts) - len(ids) - (slug is not None)
        if self.args or rest or len(ids) > len(PLAATSEN):
            return super().render(context)
        try:
            found = _address(
                (settings.ROOT_URLCONF, get_urlconf(), get_script_prefix()),
                *(naam, _app(context), slug, tuple(ids)),
            )
        except (NoReverseMatch, TypeError):
            return super().render(context)
        for place, name in zip(PLAATSEN, ids, strict=False):
            found = found.replace(str(place), str(parts[name]))
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


def _app(context: Context) -> str | None:
    """As Django finds it: whose names are meant first."""
    request: Any = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    found: str | None = getattr(match, "namespace", None)
    return getattr(request, "current_app", found)


@lru_cache(4_000)
def _address(
    where: Hashable, naam: str, app: str | None, slug: str | None, ids: tuple[str, ...]
) -> str:
    """With a place for each id. where: of which addresses there are."""
    parts: dict[str, Any] = dict(zip(ids, PLAATSEN, strict=False))
    if slug is not None:
        parts["slug"] = slug
    return reverse(naam, kwargs=parts, current_app=app)


@register.tag
def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    """Django's own tag."""
    node = defaulttags.url(parser, token)
    return Adres(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter("date", expects_localtime=True, is_safe=False)
def dag(value: Any, arg: str | None = None) -> str:
    """Django's own filter, without looking at the format again in every row."""
    if not isinstance(value, date) or arg not in ("d-m-Y", "j F Y"):
        return date_filter(value, arg)
    if arg == "d-m-Y":
        return f"{value.day:02d}-{value.month:02d}-{value.year:04d}"
    return _in_words(value.year, value.month, value.day, get_language())


@lru_cache(4_000)
def _in_words(year: int, month: int, day: int, language: str | None) -> str:
    """In ``language``, which is the active one."""
    return date_format(date(year, month, day), "j F Y")
