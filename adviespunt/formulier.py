"""Every form in the house is drawn by the templates in templates/django/forms.

Forms live in other storeys, which may not import the frame; the setting
FORM_RENDERER brings them here. Guard: tests/frontend/test_formulier.py.
"""

from django.forms.renderers import TemplatesSetting


class AdviespuntRenderer(TemplatesSetting):
    """Draws forms with the classes of the design system, without inline style.

    Needs ``django.forms`` in INSTALLED_APPS and ``templates/`` in TEMPLATES.
    """

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"
