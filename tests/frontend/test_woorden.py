"""The quicker tags say what Django's own say, in either language and for everything."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError, engines
from django.urls import NoReverseMatch
from django.utils import translation

from adviespunt.templatetags import woorden

DJANGO = Engine(libraries={"i18n": "django.templatetags.i18n"})
OURS = Engine(
    libraries={"i18n": "adviespunt.templatetags.woorden"},
    builtins=["adviespunt.templatetags.woorden"],
)
LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # the second, in Amsterdam
VALUES: dict[str, Any] = {
    "dag": date(2026, 3, 1),
    "laat": LATE,
    "leeg": None,
    "tekst": "<b>",
    "pk": uuid4(),
    "ding": uuid4(),
    "nummer": 7,
    "slug": "arnhem",
}


def shown(engine: Engine, text: str, **options: Any) -> str:
    template = Template("{% load i18n %}" + text, engine=engine)
    return template.render(Context(VALUES, **options))


@pytest.mark.parametrize(
    "text",
    [
        '{% translate "Uitloggen" %}|{% trans "Uitloggen" %}',
        '{% translate "Uitloggen" as woord %}{{ woord }}{{ woord|upper }}',
        '{% translate "Uitloggen"|upper %}{% translate "Uitloggen" noop %}',
        '{% translate "100%% <i>" %}{% translate tekst %}',
        '{% translate "Uitloggen" context "elders" %}',
        '{{ dag|date:"d-m-Y" }} {{ laat|date:"d-m-Y" }} {{ laat|date:"j F Y" }}',
        '{{ dag|date:"j F Y" }} {{ dag|date }} {{ laat|date:"d-m-Y H:i" }}',
        '{{ leeg|date:"d-m-Y" }}{{ tekst|date:"d-m-Y" }}{{ leeg|date:"j F Y" }}',
        "{% url 'profiel' %}{% url 'cases:lijst' as hier %}{{ hier }}",
        "{% url 'cases:kwestie' slug=slug pk=pk %}{% url 'cases:kwestie' slug pk %}",
        "{% url 'cases:weg_contact' slug=slug pk=pk ding=ding %}",
        "{% url 'bestaat:niet' as leeg %}[{{ leeg }}]",
    ],
)
@pytest.mark.parametrize("autoescape", [True, False])
def test_as_django_says_it(text: str, autoescape: bool) -> None:
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            ours = shown(OURS, text, autoescape=autoescape)
            assert ours == shown(DJANGO, text, autoescape=autoescape)


def test_a_text_that_was_kept_follows_the_language() -> None:
    template = Template('{% load i18n %}{% translate "Uitloggen" %}', engine=OURS)
    found = []
    for language in ("nl", "en", "nl", "en"):
        with translation.override(language):
            found.append(template.render(Context()))
    assert found == ["Uitloggen", "Log out", "Uitloggen", "Log out"]


def test_the_templates_of_the_product_have_these_tags() -> None:
    engine = engines["django"].engine
    text = "{% load i18n %}{% translate 'Uitloggen' %}{% url 'profiel' %}"
    _load, words, address = Template(text, engine=engine).nodelist
    assert type(words) is woorden.VasteTekst
    assert type(address) is woorden.Adres


def test_other_ids_give_another_address() -> None:
    text = "{% url 'cases:weg_contact' slug=slug pk=pk ding=ding %}"
    first = shown(OURS, text)
    pk, ding = str(VALUES["pk"]), str(VALUES["ding"])
    assert first.index(pk) < first.index(ding)
    template = Template(text, engine=OURS)
    other = template.render(Context({**VALUES, "pk": VALUES["ding"], "ding": uuid4()}))
    assert pk not in other
    assert ding in other


@pytest.mark.parametrize(
    "text",
    [
        "{% url 'bestaat:niet' %}",
        "{% url leeg pk=pk %}",
        "{% url 'cases:lijst' slug=leeg %}",
        "{% url 'cases:lijst' slug=pk %}",
    ],
)
def test_an_address_that_is_none_is_an_error(text: str) -> None:
    with pytest.raises(NoReverseMatch):
        shown(OURS, text)


def test_a_tag_without_a_text_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        shown(OURS, "{% translate %}")


def test_no_address_is_kept_of_anything_but_ids_and_a_slug() -> None:
    woorden._address.cache_clear()
    shown(OURS, "{% url 'cases:kwestie' slug=slug pk=pk %}")
    assert woorden._address.cache_info().currsize == 1
    with pytest.raises(NoReverseMatch):
        shown(OURS, "{% url 'cases:kwestie' slug=slug pk=tekst %}")
    shown(OURS, "{% url 'cases:kwestie' slug=slug pk=ding %}")
    assert woorden._address.cache_info().currsize == 1
