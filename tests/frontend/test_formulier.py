"""Every form is drawn with label, hint and error tied to its control."""

from html.parser import HTMLParser
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation

from adviespunt.formulier import AdviespuntRenderer

AARD = [("FIN", "Financiën"), ("REL", "Relatie")]
Element = dict[str, Any]


class Kwestieformulier(forms.Form):
    datum = forms.DateField(
        label="Datum",
        help_text="Bijvoorbeeld 05-03-2026",
        error_messages={"required": "Vul de datum in."},
    )
    aard = forms.ChoiceField(label="Aard", choices=AARD, widget=forms.RadioSelect)
    soort = forms.ChoiceField(label="Soort", choices=AARD)
    activiteit = forms.MultipleChoiceField(
        label="Activiteiten", choices=AARD, widget=forms.CheckboxSelectMultiple
    )
    verhaal = forms.CharField(label="Verhaal", required=False, widget=forms.Textarea)
    anoniem = forms.BooleanField(label="Anoniem", required=False)
    bron = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("De periode is al afgesloten.")


class Filter(forms.Form):
    mark_optional = False
    status = forms.CharField(label="Status", required=False)


class Elements(HTMLParser):
    """All elements of a page, each with its attributes and the text inside."""

    VOID = {"input", "br", "img", "hr", "meta", "link"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: Element = {"tag": tag, "text": "", **dict(attrs)}
        self.found.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element["text"] += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [
            element
            for element in self.found
            if element["tag"] == tag
            and all(
                element.get(k.strip("_").replace("_", "-")) == v
                for k, v in attributes.items()
            )
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.all(tag, **attributes)
        return element

    def by_id(self, name: str) -> Element:
        (element,) = [e for e in self.found if e.get("id") == name]
        return element


def draw(form: forms.Form) -> Elements:
    return Elements(str(form))


def words(element: Element) -> str:
    return " ".join(element["text"].split())


def empty() -> Kwestieformulier:
    return Kwestieformulier(renderer=AdviespuntRenderer())


def wrong() -> Kwestieformulier:
    form = Kwestieformulier({"bron": "x"}, renderer=AdviespuntRenderer())
    assert not form.is_valid()
    return form


def test_the_renderer_is_the_one_of_the_whole_project() -> None:
    assert settings.FORM_RENDERER == "adviespunt.formulier.AdviespuntRenderer"


def test_every_control_has_exactly_one_label() -> None:
    page = draw(empty())
    controls = [
        e
        for e in page.found
        if e["tag"] in {"input", "select", "textarea"} and e.get("type") != "hidden"
    ]
    labels = [e["for"] for e in page.all("label")]
    assert sorted(labels) == sorted(e["id"] for e in controls)
    assert len(labels) == 8


def test_a_hint_is_tied_to_its_control() -> None:
    page = draw(empty())
    assert page.by_id("id_datum")["aria-describedby"] == "id_datum_helptext"
    assert words(page.by_id("id_datum_helptext")) == "Bijvoorbeeld 05-03-2026"


def test_an_error_is_tied_to_its_control_after_the_hint() -> None:
    page = draw(wrong())
    control = page.by_id("id_datum")
    assert control["aria-describedby"] == "id_datum_helptext id_datum_error"
    assert control["aria-invalid"] == "true"
    assert words(page.by_id("id_datum_error")) == "Fout: Vul de datum in."


def test_an_error_of_a_group_is_tied_to_the_fieldset() -> None:
    page = draw(wrong())
    group = page.one("fieldset", role="radiogroup")
    assert group["aria-describedby"] == "id_aard_error"
    assert group["aria-invalid"] == "true"
    assert group["aria-required"] == "true"
    assert words(page.all("legend")[0]) == "Aard"
    assert "aria-invalid" not in page.by_id("id_aard_0")


def test_required_fields_are_unmarked_and_optional_ones_say_so() -> None:
    page = draw(empty())
    assert words(page.one("label", for_="id_datum")) == "Datum"
    assert words(page.one("label", for_="id_verhaal")) == "Verhaal (niet verplicht)"
    assert words(page.one("label", for_="id_anoniem")) == "Anoniem"


def test_a_filter_does_not_say_that_it_is_optional() -> None:
    page = draw(Filter(renderer=AdviespuntRenderer()))
    assert words(page.one("label", for_="id_status")) == "Status"


def test_required_is_told_without_browser_bubbles() -> None:
    page = draw(empty())
    assert page.by_id("id_datum")["aria-required"] == "true"
    assert [e["id"] for e in page.found if "required" in e] == []


def test_controls_wear_the_classes_of_the_design_system() -> None:
    page = draw(empty())
    classes = {
        name: page.by_id(name)["class"]
        for name in ("id_datum", "id_aard_0", "id_soort", "id_verhaal", "id_anoniem")
    }
    assert classes == {
        "id_datum": "utrecht-textbox utrecht-textbox--html-input",
        "id_aard_0": "utrecht-radio-button utrecht-radio-button--html-input",
        "id_soort": "utrecht-select utrecht-select--html-select",
        "id_verhaal": "utrecht-textarea utrecht-textarea--html-textarea",
        "id_anoniem": "utrecht-checkbox utrecht-checkbox--html-input",
    }


def test_a_class_and_attributes_of_the_form_are_kept_and_placeholders_dropped() -> None:
    widget = forms.TextInput(
        attrs={"class": "app-short", "inputmode": "numeric", "placeholder": "12"}
    )
    html = forms.CharField(widget=widget).widget.render(
        "minuten", "5", {"id": "id_minuten"}, renderer=AdviespuntRenderer()
    )
    control = Elements(html).one("input")
    assert control["class"] == "utrecht-textbox utrecht-textbox--html-input app-short"
    assert control["inputmode"] == "numeric"
    assert control["value"] == "5"
    assert "placeholder" not in control


def test_the_summary_links_to_every_field_that_is_wrong() -> None:
    with translation.override("nl"):
        page = draw(wrong())
    assert [(e["href"], words(e)) for e in page.all("a")] == [
        ("#id_datum", "Vul de datum in."),
        ("#id_aard_0", "Vul “Aard” in."),
        ("#id_soort", "Vul “Soort” in."),
        ("#id_activiteit_0", "Vul “Activiteiten” in."),
    ]
    assert [page.by_id(e["href"][1:])["tag"] for e in page.all("a")] == [
        "input",
        "input",
        "select",
        "input",
    ]


def test_the_summary_has_errors_of_the_whole_form_and_can_take_focus() -> None:
    page = draw(wrong())
    summary = page.one("div", role="alert")
    assert words(page.all("li")[0]) == "De periode is al afgesloten."
    assert summary["tabindex"] == "-1"
    assert "data-error-summary" in summary


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw(empty()).all("div", role="alert") == []


def test_text_of_a_visitor_is_escaped() -> None:
    form = Kwestieformulier(
        {"verhaal": "</textarea><script>x</script>", "datum": '"><b>'},
        renderer=AdviespuntRenderer(),
    )
    page = draw(form)
    assert page.all("script") == []
    assert page.all("b") == []
    assert page.by_id("id_verhaal")["text"].strip() == "</textarea><script>x</script>"


def test_hidden_fields_come_along_without_label() -> None:
    page = draw(wrong())
    assert page.by_id("id_bron")["value"] == "x"
    assert "class" not in page.by_id("id_bron")


def test_option_groups_are_named() -> None:
    choices = [("Wet", [("WMO", "Wmo"), ("WLZ", "Wlz")])]
    field = forms.MultipleChoiceField(
        choices=choices, widget=forms.CheckboxSelectMultiple
    )
    html = field.widget.render("wet", ["WLZ"], {"id": "id_wet"}, AdviespuntRenderer())
    page = Elements(html)
    assert page.one("div", role="group")["aria-label"] == "Wet"
    assert [e["value"] for e in page.all("input") if "checked" in e] == ["WLZ"]


def test_nothing_breaks_out_of_a_list_or_its_attributes() -> None:
    hostile = '"><script>'
    keuzes = [(hostile, hostile), ("Groep", [("1", "Een")])]
    attrs = {"data-wat": hostile, "data-uit": False, "data-aan": True}

    class Lijst(forms.Form):
        een = forms.ChoiceField(choices=keuzes, widget=forms.Select(attrs=attrs))
        meer = forms.ChoiceField(choices=keuzes, widget=forms.RadioSelect(attrs=attrs))

    html = Lijst(initial={"een": "1"}, renderer=AdviespuntRenderer()).as_div()
    assert "<script>" not in html
    found = Elements(html).found
    options = [(e.get("value"), e["text"]) for e in found if e["tag"] == "option"]
    assert options == [(hostile, hostile), ("1", "Een")]
    chosen = [e["value"] for e in found if "selected" in e]
    assert chosen == ["1"]
    for element in found:
        if element["tag"] == "select" or element.get("type") == "radio":
            assert element["data-wat"] == hostile
            assert "data-aan" in element and "data-uit" not in element
